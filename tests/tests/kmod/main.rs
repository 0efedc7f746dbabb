//! A family of one's own, both ends: the kernel's are the modules of `tests/kmod`, which `tests/vm/run` loads into its
//! machines; where they are not, the tests are not supported.

mod connector;
mod declared;
mod events;
mod lists;
mod refusals;
mod reload;
mod round_trip;
mod sensors;

use std::sync::{Mutex, MutexGuard, PoisonError};

use netlink_core::{Connection, NlFamily, protocol::Generic};
use netlink_tests::require;

use declared::Kinds;

/// A connection, if the module is there. The tests run one after the other: some take the module away for a while.
#[track_caller]
fn kinds() -> Option<(MutexGuard<'static, ()>, Connection<Generic>)> {
    let alone = alone();
    require::generic_family(Kinds::INFO.name)?;
    Some((alone, Kinds::connect().unwrap()))
}

fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}
