//! The conversations, with connections that block.

use std::time::Duration;

use netlink_core::{connection::Replies, protocol::Route, sim::Kernel};

use crate::items::{Dice, Item};
use conversation::Conversation;

pub(crate) use conversation::converse as run;
pub(crate) use netlink_core::Connection;

/// What the other shell awaits, this one has already waited for.
macro_rules! wait {
    ($call:expr) => {
        $call
    };
}

/// Functions that wait.
macro_rules! waiting {
    ($($(#[$attr:meta])* fn $name:ident($($arguments:tt)*) $body:block)*) => {
        $($(#[$attr])* pub(crate) fn $name($($arguments)*) $body)*
    };
}

fn connect(kernel: &Kernel) -> Connection<Route> {
    kernel.connect().unwrap()
}

fn let_pass(kernel: &Kernel, time: Duration) {
    kernel.advance(time);
}

/// By another thread.
fn read_ahead(list: Replies<'_, Item>) -> Replies<'_, Item> {
    list.read_ahead()
}

/// One thing at a time: there is no other way.
fn together(talk: &mut Conversation, _: &mut Dice, batches: bool) {
    talk.ask();
    talk.dump(7);
    if batches {
        talk.batch(3);
    }
    talk.tell();
}

#[path = "conversation.rs"]
mod conversation;
