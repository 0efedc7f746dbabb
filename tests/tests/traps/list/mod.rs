//! One test for each trap that a connection can step into, for both shells.

mod batches;
mod ext_ack;
mod lists;
mod live;
mod loss;
mod mistakes;
mod others;
mod requests;
mod trust;

use super::{Connection, another, connect, let_pass, open};

/// What arrives without being asked for until nothing does: groups of notifications, gaps, refusals.
macro_rules! happenings {
    ($connection:expr) => {{
        let mut told = Vec::new();
        let mut events = $connection.events().timeout(std::time::Duration::from_millis(1));
        loop {
            told.push(match wait!(events.next_event()) {
                Some(Ok(netlink_core::connection::Incoming::Notification(event))) => format!("group {}", event.group()),
                Some(Ok(netlink_core::connection::Incoming::Refused { refused, .. })) => {
                    format!("{:?}", refused.errno())
                }
                Some(Ok(netlink_core::connection::Incoming::Lost)) => "lost".to_owned(),
                Some(Ok(other)) => format!("{other:?}"),
                Some(Err(netlink_core::Error::Timeout)) => break,
                Some(Err(error)) => panic!("{error}"),
                None => panic!("nobody cancelled"),
            });
        }
        told
    }};
}

/// All entries of a list, and the error at its end.
macro_rules! listed {
    ($list:expr) => {{
        let mut list = $list;
        let (mut entries, mut errors) = (Vec::new(), Vec::new());
        while let Some(entry) = wait!(list.next()) {
            match entry {
                Ok(entry) => entries.push(entry),
                Err(error) => errors.push(error),
            }
        }
        (entries, errors)
    }};
}

use {happenings, listed};
