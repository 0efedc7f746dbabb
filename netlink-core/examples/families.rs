//! Shows a generic family: its operations, what the kernel accepts in their attributes, and its groups.
//!
//! `cargo run --example families -- ethtool`; without a name, the controller itself. Needs no privilege.

use std::{collections::BTreeMap, process::ExitCode};

use netlink_core::{
    Error, IntoOwned, NlFamily,
    generic::{AttrPolicy, Controller, Family, OpPolicy, PolicyRequest},
};

/// What the kernel accepts: attributes by their numbers, by the number of the policy.
type Policies = BTreeMap<u32, BTreeMap<u16, AttrPolicy>>;

fn show(name: &str) -> Result<(), Error> {
    let mut controller = Controller::connect()?;
    let wanted = Family { name: Some(name.into()), ..Family::default() };
    let family = controller.ask(Controller::GET_FAMILY.with(&wanted))?.into_owned();
    println!("{name}: number {}, version {}", family.id.unwrap_or(0), family.version.unwrap_or(0));

    let (mut policies, mut by_operation) = (Policies::new(), BTreeMap::<u16, OpPolicy>::new());
    let request = PolicyRequest { family_id: family.id, ..PolicyRequest::default() };
    for part in controller.dump(Controller::GET_POLICY.with(&request))? {
        match part {
            Ok(part) => {
                by_operation.extend(part.op_policy);
                for (policy, attributes) in part.policy {
                    policies.entry(policy.into()).or_default().extend(attributes);
                }
            }
            // Many families have none.
            Err(error) => println!("no policies: {error}"),
        }
    }

    println!("\noperations");
    let mut seen = Vec::new();
    for operation in &family.operations {
        let id = operation.id.unwrap_or(0);
        let flags: Vec<&str> = operation.flags.unwrap_or_default().iter_names().map(|(name, _)| name).collect();
        println!("  {id:>3}  {}", flags.join(" "));
        let policy = u16::try_from(id).ok().and_then(|id| by_operation.get(&id)).copied().unwrap_or_default();
        for (what, policy) in [("do", policy.do_), ("dump", policy.dump)] {
            match policy {
                Some(policy) if seen.contains(&policy) => println!("       {what}: policy {policy}, as above"),
                Some(policy) => {
                    println!("       {what}: policy {policy}");
                    tree(&policies, policy, 9, &mut seen);
                }
                None => {}
            }
        }
    }

    println!("\ngroups");
    for group in &family.groups {
        println!("  {:>3}  {}", group.id.unwrap_or(0), group.name.as_deref().unwrap_or("?"));
    }
    Ok(())
}

/// A policy, with those of its nests; each is shown once, since they may be inside of themselves.
fn tree(policies: &Policies, policy: u32, indent: usize, seen: &mut Vec<u32>) {
    seen.push(policy);
    for (id, accepted) in policies.get(&policy).into_iter().flatten() {
        match accepted.policy_idx {
            Some(inner) if seen.contains(&inner) => println!("{:indent$}{id:>3}  {accepted}: policy {inner}", ""),
            Some(inner) => {
                println!("{:indent$}{id:>3}  {accepted}: policy {inner}", "");
                tree(policies, inner, indent + 5, seen);
            }
            None => println!("{:indent$}{id:>3}  {accepted}", ""),
        }
    }
}

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_else(|| "nlctrl".to_owned());
    match show(&name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("families: {error}");
            ExitCode::FAILURE
        }
    }
}
