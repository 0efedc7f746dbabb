//! Asks the running kernel which generic netlink families it has. Needs no privilege.
//!
//! What is needed of the controller's protocol is declared right here; `netlink_core::generic` has all of it.

use std::borrow::Cow;

use netlink_core::{Dump, Error, NlFamily, NlMessage};

/// What the controller says of a family.
#[derive(NlMessage, Debug, Default)]
struct Family<'a> {
    #[nl_attr(1)]
    id: Option<u16>,
    #[nl_attr(2)]
    name: Option<Cow<'a, str>>,
    #[nl_attr(3)]
    version: Option<u32>,
    #[nl_attr(6, indexed)]
    operations: Vec<Operation>,
    #[nl_attr(7, indexed)]
    groups: Vec<Group<'a>>,
}

#[derive(NlMessage, Debug, Default)]
struct Operation {
    #[nl_attr(1)]
    id: Option<u32>,
}

#[derive(NlMessage, Debug, Default)]
struct Group<'a> {
    #[nl_attr(1)]
    name: Option<Cow<'a, str>>,
}

/// The controller: command 3 asks for families, command 1 answers.
#[derive(NlFamily)]
#[nl(generic = "nlctrl", version = 2)]
struct Controller {
    #[nl(3, reply = 1)]
    get_family: Dump<Family<'static>, Family<'static>>,
}

fn main() -> Result<(), Error> {
    let mut controller = Controller::connect()?;
    let families = controller.dump(Controller::GET_FAMILY.with(&Family::default()))?.collect::<Result<Vec<_>, _>>()?;

    println!("{:>3}  {:<16} {:>7} {:>10}  GROUPS", "ID", "NAME", "VERSION", "OPERATIONS");
    for Family { id, name, version, operations, groups } in families {
        let mut operations: Vec<u32> = operations.into_iter().filter_map(|operation| operation.id).collect();
        // The kernel lists an operation twice if it both answers and lists.
        operations.dedup();
        let (id, name, version) = (id.unwrap_or_default(), name.unwrap_or_default(), version.unwrap_or_default());
        let groups: Vec<Cow<'_, str>> = groups.into_iter().filter_map(|group| group.name).collect();
        let line = format!("{id:>3}  {name:<16} {version:>7} {:>10}  {}", operations.len(), groups.join(" "));
        println!("{}", line.trim_end());
    }
    Ok(())
}
