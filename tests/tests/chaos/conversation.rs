//! One conversation, with whichever shell.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use netlink_core::{
    Errno, Error,
    connection::{Incoming, batch::Fate},
    protocol::Route,
    sim::{Faults, Kernel},
};

use super::{Connection, connect, let_pass, read_ahead, together};
use crate::items::{Dice, Item, Items, is_refused, item, kernel};

/// What a request may end with when something went wrong with it: nothing that pretends to be an answer.
#[track_caller]
fn is_a_fault(error: &Error, faulty: bool) {
    let fits = match error {
        Error::Timeout | Error::Overrun | Error::Interrupted | Error::NoReply => true,
        Error::Truncated { .. } | Error::Decode(_) => true,
        Error::Io(_) => error.errno() == Some(Errno::NOBUFS),
        Error::Refused(refused) => matches!(refused.errno(), Errno::IO | Errno::BUSY),
        _ => false,
    };
    assert!(fits && faulty, "{error:?}");
}

pub(crate) struct Conversation {
    pub(crate) kernel: Kernel,
    pub(crate) connection: Connection<Route>,
    pub(crate) set: Arc<Mutex<BTreeMap<u32, u32>>>,
    pub(crate) items: u32,
    pub(crate) faulty: bool,
    pub(crate) next: u32,
}

impl Conversation {
    waiting! {
        fn ask(&mut self) {
            self.next += 1;
            let number = self.next;
            match wait!(self.connection.ask(Items::GET.with(&item(number)))) {
                Ok(reply) => assert!(reply == item(number) && !is_refused(number), "{reply:?} for {number}"),
                Err(Error::Refused(refused)) if is_refused(number) => assert_eq!(refused.errno(), Errno::NODEV),
                Err(error) => is_a_fault(&error, self.faulty),
            }
        }

        fn tell(&mut self) {
            self.next += 1;
            let number = self.next;
            let result = wait!(self.connection.tell(Items::SET.with(&item(number))));
            let times = self.set.lock().unwrap().get(&number).copied().unwrap_or(0);
            match result {
                Ok(()) => assert_eq!(times, 1, "{number} is said to be done"),
                Err(Error::Refused(refused)) if is_refused(number) => {
                    assert_eq!((refused.errno(), times), (Errno::PERM, 0));
                }
                Err(error) => {
                    is_a_fault(&error, self.faulty);
                    assert!(times <= 1, "{number} was done {times} times");
                }
            }
        }

        /// Reads a list, perhaps not to its end. What is said to be whole is whole.
        fn dump(&mut self, most: usize) {
            let mut list = match wait!(self.connection.dump(Items::GET.with(&Item::default()))) {
                Ok(list) if self.next % 2 == 0 => read_ahead(list),
                Ok(list) => list,
                Err(error) => return is_a_fault(&error, self.faulty),
            };
            let (mut numbers, mut errors) = (Vec::new(), 0);
            while numbers.len() + errors < most {
                let Some(entry) = wait!(list.next()) else { break };
                match entry {
                    Ok(entry) => {
                        let number = entry.number.expect("an item");
                        assert_eq!(entry, item(number));
                        numbers.push(number);
                    }
                    Err(error) => {
                        is_a_fault(&error, self.faulty);
                        errors += 1;
                    }
                }
            }
            assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
            assert!(numbers.iter().all(|number| (1..=self.items).contains(number)), "{numbers:?}");
            let all = usize::try_from(self.items).unwrap();
            // A damaged datagram may have been a part of it: what is left of earlier lists counts, too.
            assert!(errors <= all + 16, "{errors} errors");
            if errors == 0 {
                assert_eq!(numbers.len(), all.min(most), "something is missing, and nobody said so");
            }
        }

        fn batch(&mut self, count: u32) {
            let first = self.next + 1;
            self.next += count;
            let mut batch = self.connection.batch();
            for number in first..first + count {
                wait!(batch.add(Items::SET.with(&item(number)))).unwrap();
            }
            let report = wait!(batch.finish());
            let set = self.set.lock().unwrap();
            for (index, number) in (first..first + count).enumerate() {
                let times = set.get(&number).copied().unwrap_or(0);
                match report.fate(index).expect("one outcome") {
                    Fate::Done => assert_eq!(times, 1, "{number} is said to be done"),
                    Fate::Failed(Error::Refused(refused)) if is_refused(number) => {
                        assert_eq!((refused.errno(), times), (Errno::PERM, 0));
                    }
                    Fate::Failed(error) => {
                        is_a_fault(error, self.faulty);
                        assert_eq!(times, 0, "{number} is said not to be done: {error:?}");
                    }
                    Fate::Unknown(error) => {
                        is_a_fault(error, self.faulty);
                        assert!(times <= 1);
                    }
                    // The socket broke before.
                    Fate::NotSent => assert!(self.faulty && times == 0),
                    other => panic!("{number}: {other:?}"),
                }
            }
        }

        /// Reads notifications until there are none.
        fn listen(&mut self) {
            let mut events = self.connection.events().timeout(Duration::from_millis(1));
            loop {
                match wait!(events.next_event()) {
                    Some(Ok(Incoming::Notification(event))) => {
                        let body = event.decode(Items::CHANGED);
                        assert!(body.is_ok() || self.faulty, "{body:?}");
                    }
                    Some(Ok(Incoming::Lost | Incoming::Refused { .. })) => assert!(self.faulty),
                    Some(Err(Error::Timeout)) => return,
                    other => panic!("{other:?}"),
                }
            }
        }
    }

    fn is_bounded(&self) {
        let limit = self.connection.socket().receive_buffer().unwrap() + 64 * 1024;
        let queued = self.kernel.queued(self.connection.socket());
        assert!(queued <= limit, "{queued} bytes are queued");
    }
}

waiting! {
    /// One conversation from beginning to end.
    fn converse(seed: u64) {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        // Every fault is on in all of them but each eighth, which proves that the others are to blame.
        let rate = [0, 5, 10, 20, 50, 100, 200, 20][usize::try_from(seed % 8).unwrap()];
        let items = [0, 1, 3, 40, 600][usize::try_from(dice.below(5)).unwrap()];
        let (kernel, set) = kernel(items);
        let mut faults = Faults::all(seed, rate);
        // Only the last request of a batch is acknowledged: where losses are not told, no word about the others is no
        // proof. The kernel always tells.
        let batches = dice.below(2) == 0;
        if batches {
            faults.lost = 0;
        }
        kernel.set_faults(faults);
        let connection = connect(&kernel);
        let mut talk = Conversation { kernel, connection, set, items, faulty: rate > 0, next: 0 };
        if dice.below(2) == 0 {
            wait!(talk.connection.join(Items::CHANGES)).unwrap();
        }
        if talk.faulty && dice.below(3) == 0 {
            let size = usize::try_from(dice.below(20_000)).unwrap();
            talk.connection.socket().set_receive_buffer(size).unwrap();
        }
        for _ in 0..4 + dice.below(8) {
            match dice.below(9) {
                0 | 1 => wait!(talk.ask()),
                2 | 3 => wait!(talk.tell()),
                4 => wait!(talk.dump(usize::MAX)),
                5 => wait!(talk.dump(usize::try_from(dice.below(50)).unwrap())),
                6 if batches => wait!(talk.batch(dice.below(40))),
                7 => wait!(together(&mut talk, &mut dice, batches)),
                _ => wait!(talk.listen()),
            }
            talk.is_bounded();
        }
        // Nothing goes wrong any more: what is under way arrives, what is queued is read, and all is well.
        talk.kernel.set_faults(Faults::none(seed));
        wait!(let_pass(&talk.kernel, Duration::from_secs(3600)));
        wait!(talk.listen());
        talk.faulty = false;
        talk.connection.socket().set_receive_buffer(100_000).unwrap();
        wait!(talk.ask());
        wait!(talk.tell());
        wait!(talk.dump(usize::MAX));
    }
}
