//! Ten thousand conversations in which everything goes wrong that can. Whatever happens: each request has one outcome,
//! which is true; nothing hangs (the time is that of the simulation, and a wait that nothing can end panics), nothing
//! panics, memory is bounded, and afterwards the connection works.
//!
//! A conversation that fails is one number: `CHAOS_SEED=17 cargo test -p netlink-tests --test chaos` repeats it alone.

use std::{
    collections::BTreeMap,
    env,
    sync::{Arc, Mutex},
    time::Duration,
};

use netlink_core::{
    Connection, Do, DoDump, Errno, Error, Event as Told, Group, NlFamily, NlMessage,
    connection::{Incoming, batch::Fate},
    exchange::{Envelope, Event, Exchange, Expect, Outcome, Rules},
    protocol::{Protocol, Route},
    sim::{Faults, Kernel},
    socket::{ReceiveBuffer, ReceiveError},
    wire::MessageFlags,
};

/// How many conversations there are.
const CONVERSATIONS: u64 = 10_000;

/// They are spread over so many tests, which run beside each other.
const SHARES: u64 = 4;

/// The most memory that one may take, in bytes: two receive buffers of 1 MiB, notifications put aside (1 MiB), requests.
const MEMORY: u64 = 6 << 20;

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Item {
    #[nl_attr(1)]
    number: Option<u32>,
    #[nl_attr(2)]
    text: Option<String>,
}

#[derive(NlFamily, Debug)]
#[nl(protocol = Route)]
struct Items {
    #[nl(18, reply = 16)]
    get: DoDump<Item, Item>,
    #[nl(19)]
    set: Do<Item>,
    #[nl(16)]
    changed: Told<Item>,
    #[nl(group = 1)]
    changes: Group,
}

fn item(number: u32) -> Item {
    let text = "x".repeat(usize::try_from(number % 97).unwrap());
    Item { number: Some(number), text: Some(text) }
}

/// What the kernel refuses.
fn is_refused(number: u32) -> bool {
    number % 5 == 0
}

/// A source of random numbers, for the conversation alone: the kernel has its own.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 >> 40).unwrap() % limit
    }
}

/// A kernel with so many items, and how often each was set.
fn kernel(items: u32) -> (Kernel, Arc<Mutex<BTreeMap<u32, u32>>>) {
    let kernel = Kernel::new();
    let set = Arc::new(Mutex::new(BTreeMap::new()));
    kernel.on(Items::GET, |wanted, call| {
        let number = wanted.number.unwrap_or(0);
        call.notify(Items::CHANGES, Items::CHANGED, &item(1_000_000));
        if is_refused(number) { Err(Errno::NODEV.into()) } else { Ok(item(number)) }
    });
    kernel.on_dump(Items::GET, move |_, _| Ok((1..=items).map(item)));
    let carried_out = Arc::clone(&set);
    kernel.on(Items::SET, move |wanted, call| {
        let number = wanted.number.unwrap_or(0);
        if is_refused(number) {
            return Err(Errno::PERM.into());
        }
        *carried_out.lock().unwrap().entry(number).or_insert(0) += 1;
        call.notify(Items::CHANGES, Items::CHANGED, &wanted);
        Ok(())
    });
    (kernel, set)
}

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

struct Conversation {
    kernel: Kernel,
    connection: Connection<Route>,
    set: Arc<Mutex<BTreeMap<u32, u32>>>,
    items: u32,
    faulty: bool,
    next: u32,
}

impl Conversation {
    fn ask(&mut self) {
        self.next += 1;
        let number = self.next;
        match self.connection.ask(Items::GET.with(&item(number))) {
            Ok(reply) => assert!(reply == item(number) && !is_refused(number), "{reply:?} for {number}"),
            Err(Error::Refused(refused)) if is_refused(number) => assert_eq!(refused.errno(), Errno::NODEV),
            Err(error) => is_a_fault(&error, self.faulty),
        }
    }

    fn tell(&mut self) {
        self.next += 1;
        let number = self.next;
        let result = self.connection.tell(Items::SET.with(&item(number)));
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
        let list = match self.connection.dump(Items::GET.with(&Item::default())) {
            Ok(list) => list,
            Err(error) => return is_a_fault(&error, self.faulty),
        };
        let (mut numbers, mut errors) = (Vec::new(), 0);
        for entry in list.take(most) {
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
        // A damaged datagram while it is waited for may have been a part of it: what is left of earlier lists counts, too.
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
            batch.add(Items::SET.with(&item(number))).unwrap();
        }
        let report = batch.finish();
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
            match events.next_event() {
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

    fn is_bounded(&self) {
        let limit = self.connection.socket().receive_buffer().unwrap() + 64 * 1024;
        let queued = self.kernel.queued(self.connection.socket());
        assert!(queued <= limit, "{queued} bytes are queued");
    }
}

/// One conversation from beginning to end.
fn converse(seed: u64) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    // Every fault is on in all of them but each eighth, which proves that the others are to blame.
    let rate = [0, 5, 10, 20, 50, 100, 200, 20][usize::try_from(seed % 8).unwrap()];
    let items = [0, 1, 3, 40, 200][usize::try_from(dice.below(5)).unwrap()];
    let (kernel, set) = kernel(items);
    let mut faults = Faults::all(seed, rate);
    // Only the last request of a batch is acknowledged: where losses are not told, no word about the others is no proof.
    // The kernel always tells.
    let batches = dice.below(2) == 0;
    if batches {
        faults.lost = 0;
    }
    kernel.set_faults(faults);
    let connection = kernel.connect::<Route>().unwrap();
    let mut talk = Conversation { kernel, connection, set, items, faulty: rate > 0, next: 0 };
    if dice.below(2) == 0 {
        talk.connection.join(Items::CHANGES).unwrap();
    }
    if talk.faulty && dice.below(3) == 0 {
        let size = usize::try_from(dice.below(20_000)).unwrap();
        talk.connection.socket().set_receive_buffer(size).unwrap();
    }
    for _ in 0..4 + dice.below(8) {
        match dice.below(8) {
            0 | 1 => talk.ask(),
            2 | 3 => talk.tell(),
            4 => talk.dump(usize::MAX),
            5 => talk.dump(usize::try_from(dice.below(50)).unwrap()),
            6 if batches => talk.batch(dice.below(40)),
            _ => talk.listen(),
        }
        talk.is_bounded();
    }
    // Nothing goes wrong any more: what is under way arrives, what is queued is read, and all is well.
    talk.kernel.set_faults(Faults::none(seed));
    talk.kernel.advance(Duration::from_secs(3600));
    talk.listen();
    talk.faulty = false;
    talk.connection.socket().set_receive_buffer(100_000).unwrap();
    talk.ask();
    talk.tell();
    talk.dump(usize::MAX);
}

/// Many requests in flight at a time, which only the state machine sees: each ends, and only once.
fn in_flight(seed: u64) {
    let mut dice = Dice(seed | 1 << 40);
    let rate = [5, 20, 100][usize::try_from(seed % 3).unwrap()];
    let (kernel, _) = kernel(100);
    kernel.set_faults(Faults::all(seed, rate));
    let socket = kernel.socket(Protocol::ROUTE).unwrap();
    let mut exchange = Exchange::new(Rules::of::<Route>(), socket.port());
    let mut buffer = ReceiveBuffer::with_size(0);
    let mut open: BTreeMap<u32, u32> = BTreeMap::new();
    let limit = Some(Duration::from_secs(5));
    for number in 1..=2 + dice.below(30) {
        let (expect, flags, request) = match dice.below(3) {
            0 => (Expect::Reply, MessageFlags::ACK, Items::GET.with(&item(number))),
            1 if exchange.running_dump().is_none() => {
                (Expect::Dump, MessageFlags::DUMP, Items::GET.with(&Item::default()))
            }
            _ => (Expect::Reply, MessageFlags::ACK, Items::GET.with(&item(number))),
        };
        let bytes = request.flags(flags).to_bytes(0, 0).unwrap();
        let seq = exchange.start(bytes, expect, limit, socket.now()).unwrap();
        if socket.send(exchange.request(seq).unwrap(), 0, None).is_err() {
            exchange.forget(seq);
            continue;
        }
        open.insert(seq, 0);
    }
    let ended = |open: &mut BTreeMap<u32, u32>, seq: u32, outcome: &Outcome| {
        *open.get_mut(&seq).unwrap_or_else(|| panic!("{seq} was never started: {outcome:?}")) += 1;
    };
    while open.values().any(|times| *times == 0) {
        let until = if exchange.is_draining() { Some(socket.now()) } else { exchange.deadline() };
        match socket.receive(&mut buffer, until) {
            Ok(datagram) => {
                let (sender, group, truncated) = (datagram.sender, datagram.group, datagram.truncated);
                let envelope = Envelope { sender, group, nsid: None, truncated };
                if let Some(mut reading) = exchange.open(envelope) {
                    while let Some(event) = exchange.next_event(&mut reading, datagram.bytes, socket.now()) {
                        if let Event::Finished(end) = event {
                            ended(&mut open, end.seq, &end.outcome);
                        }
                    }
                }
            }
            Err(ReceiveError::Overrun) => exchange.overrun(),
            Err(ReceiveError::Timeout) => {
                exchange.drained();
            }
            Err(error) => panic!("{error}"),
        }
        while let Some(end) = exchange.poll(socket.now()) {
            ended(&mut open, end.seq, &end.outcome);
        }
    }
    assert!(open.values().all(|times| *times == 1), "{open:?}");
    assert!(exchange.deadline().is_none());
}

fn share(number: u64) {
    let alone = env::var("CHAOS_SEED").ok().map(|seed| seed.parse().expect("CHAOS_SEED is a number"));
    let seeds = match alone {
        Some(seed) => seed..seed + 1,
        None => CONVERSATIONS / SHARES * number..CONVERSATIONS / SHARES * (number + 1),
    };
    for seed in seeds {
        let tell = Named(seed);
        let memory = allocation_counter::measure(|| converse(seed));
        assert!(memory.bytes_max < MEMORY, "{} bytes of memory", memory.bytes_max);
        in_flight(seed);
        drop(tell);
    }
}

/// Says which conversation it was, if it fails.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("conversation {0}: repeat it with CHAOS_SEED={0}", self.0);
        }
    }
}

#[test]
fn ten_thousand_conversations_a() {
    share(0);
}

#[test]
fn ten_thousand_conversations_b() {
    share(1);
}

#[test]
fn ten_thousand_conversations_c() {
    share(2);
}

#[test]
fn ten_thousand_conversations_d() {
    share(3);
}
