//! Asks the kernel for all its generic families, and then for each of them, all at the same time; needs no privilege.
//!
//! `cargo run -p netlink-core --features tokio --example families_tokio`

use netlink_core::{
    Error,
    generic::{Controller, Family},
    tokio::connect,
};
use tokio::task::JoinSet;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let controller = connect::<Controller>().await?;
    let all = Controller::GET_FAMILY.with(&Family::default());
    let families: Vec<Family<'static>> = controller.dump(all).await?.collect().await?;

    let mut asking = JoinSet::new();
    for Family { name, .. } in families {
        // A handle on the same connection.
        let controller = controller.clone();
        asking.spawn(async move {
            let wanted = Family { name, ..Family::default() };
            controller.ask(Controller::GET_FAMILY.with(&wanted)).await
        });
    }
    for family in asking.join_all().await {
        // One whose module was unloaded in between is an error, and of no importance here.
        let Ok(family) = family else { continue };
        let groups = family.groups.iter().filter_map(|group| group.name.as_deref()).collect::<Vec<_>>();
        println!("{:?}: {} operations, groups {groups:?}", family.name, family.operations.len());
    }
    Ok(())
}
