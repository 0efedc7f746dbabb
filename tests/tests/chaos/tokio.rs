//! The conversations, with connections for tokio.

use std::time::Duration;

use netlink_core::{
    protocol::{Protocol, Route},
    sim::Kernel,
    tokio::Replies,
};
use tokio::{
    runtime::Builder,
    time::{sleep, timeout},
};

use crate::items::{Dice, Item};
use conversation::{Conversation, converse};

pub(crate) use netlink_core::tokio::Connection;

macro_rules! wait {
    ($call:expr) => {
        $call.await
    };
}

/// Functions that wait.
macro_rules! waiting {
    ($($(#[$attr:meta])* fn $name:ident($($arguments:tt)*) $body:block)*) => {
        $($(#[$attr])* pub(crate) async fn $name($($arguments)*) $body)*
    };
}

/// Time does not pass but where everything waits.
pub(crate) fn run(seed: u64) {
    let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async { timeout(Duration::from_secs(10_000_000), converse(seed)).await.expect("it hangs") });
}

fn connect(kernel: &Kernel) -> Connection<Route> {
    Connection::with_socket(kernel.socket(Protocol::ROUTE).unwrap()).unwrap()
}

/// There is none of that.
fn read_ahead(list: Replies<'_, Item>) -> Replies<'_, Item> {
    list
}

async fn let_pass(_: &Kernel, time: Duration) {
    sleep(time).await;
}

impl Conversation {
    /// Another user of the same connection, whose requests have numbers of their own.
    fn another(&self, numbers: u32) -> Self {
        let (kernel, connection) = (self.kernel.clone(), self.connection.clone());
        Self { kernel, connection, set: self.set.clone(), next: self.next + numbers, ..*self }
    }
}

/// Several things at the same time, on the same connection, and one that is dropped in the middle.
async fn together(talk: &mut Conversation, dice: &mut Dice, batches: bool) {
    let mut others = [1, 2, 3, 4, 5].map(|other| talk.another(1000 * other));
    talk.next += 10_000;
    let [asks, tells, lists, sends, drops] = &mut others;
    let patience = Duration::from_millis(dice.below(20_000).into());
    let (few, requests) = (usize::try_from(dice.below(50)).unwrap(), if batches { dice.below(20) } else { 0 });
    tokio::join!(
        async {
            asks.ask().await;
            asks.ask().await;
        },
        async {
            tells.tell().await;
            tells.dump(few).await;
        },
        lists.dump(usize::MAX),
        sends.batch(requests),
        async {
            let _ = timeout(patience, async {
                drops.dump(usize::MAX).await;
                drops.ask().await;
                drops.tell().await;
            })
            .await;
        },
    );
}

#[path = "conversation.rs"]
mod conversation;
