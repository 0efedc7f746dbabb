//! From a simulated kernel, where everything goes wrong that can, and each time the same.

use std::time::Duration;

use netlink_core::{
    Connection, DoDump, Error, Event, Group, NlFamily, NlMessage,
    connection::{Incoming, Replies},
    protocol::Route,
    sim::{Faults, Kernel},
};

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
    #[nl(16)]
    changed: Event<Item>,
    #[nl(group = 1)]
    changes: Group,
}

fn item(number: u32) -> Item {
    Item { number: Some(number), text: Some("x".repeat(usize::try_from(number % 97).unwrap())) }
}

/// A kernel with a list of several parts.
fn kernel() -> Kernel {
    let kernel = Kernel::new();
    kernel.on_dump(Items::GET, |_, call| {
        call.notify(Items::CHANGES, Items::CHANGED, &item(1_000_000));
        Ok((1..=2000).map(item))
    });
    kernel.on(Items::GET, |wanted, _| Ok(wanted));
    kernel
}

/// How a list is read.
#[derive(Clone, Copy)]
enum Way {
    Next,
    Ahead,
    ForEach,
}

/// Why a function has enough.
enum Stop {
    Full,
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What the list says, up to so many entries and errors.
fn entries(mut list: Replies<'_, Item>, most: usize, way: Way) -> Vec<String> {
    if !matches!(way, Way::ForEach) {
        let list = if matches!(way, Way::Ahead) { list.read_ahead() } else { list };
        return list.take(most).map(|entry| format!("{entry:?}")).collect();
    }
    let mut told = Vec::new();
    while told.len() < most {
        let ended = list.for_each_borrowed(|entry| {
            told.push(format!("Ok({entry:?})"));
            if told.len() == most { Err(Stop::Full) } else { Ok(()) }
        });
        match ended {
            Ok(()) => break,
            Err(Stop::Full) => assert_eq!(told.len(), most),
            Err(Stop::Failed(error)) => told.push(format!("Err({error:?})")),
        }
    }
    told
}

/// What a reader is told who reads so much of a list, and then notifications.
fn told(connection: &mut Connection<Route>, most: usize, way: Way) -> Vec<String> {
    let mut told = match connection.dump(Items::GET.with(&Item::default())) {
        Ok(list) => entries(list, most, way),
        Err(error) => vec![format!("{error:?}")],
    };
    let mut events = connection.events().timeout(Duration::from_millis(1));
    loop {
        match events.next_event() {
            Some(Ok(Incoming::Notification(event))) => told.push(format!("{:?}", event.decode(Items::CHANGED))),
            Some(Ok(other)) => told.push(format!("{other:?}")),
            other => break told.push(format!("{other:?}")),
        }
    }
    told.push(format!("{:?}", connection.ask(Items::GET.with(&item(7)))));
    told
}

fn conversation(seed: u64, way: Way) -> (Vec<String>, String) {
    let kernel = kernel();
    let rate = [0, 5, 20, 100][usize::try_from(seed % 4).unwrap()];
    kernel.set_faults(Faults::all(seed, rate));
    let mut connection = kernel.connect::<Route>().unwrap();
    if seed % 3 > 0 {
        connection.join(Items::CHANGES).unwrap();
    }
    let mut all = Vec::new();
    for most in [usize::MAX, 0, 900, usize::MAX] {
        all.extend(told(&mut connection, most, way));
    }
    (all, format!("{:?}", connection.counters()))
}

#[test]
fn whatever_goes_wrong_what_is_told_is_the_same() {
    for seed in 0..200 {
        let usual = conversation(seed, Way::Next);
        assert!(seed % 4 != 0 || usual.0.len() > 4900, "{}", usual.0.len());
        for way in [Way::Ahead, Way::ForEach] {
            let other = conversation(seed, way);
            let difference = usual.0.iter().zip(&other.0).find(|(usual, other)| usual != other);
            assert_eq!(difference, None, "conversation {seed}");
            assert_eq!((usual.0.len(), &usual.1), (other.0.len(), &other.1), "conversation {seed}");
        }
    }
}

#[test]
fn who_is_cancelled_reads_on_where_the_list_was() {
    let mut told = [false, true].map(|ahead| {
        let mut connection = kernel().connect::<Route>().unwrap();
        let canceller = connection.canceller().unwrap();
        let list = connection.dump(Items::GET.with(&Item::default())).unwrap();
        let mut list = if ahead { list.read_ahead() } else { list };
        let mut told: Vec<_> = (&mut list).take(1000).map(|entry| format!("{entry:?}")).collect();
        canceller.cancel();
        told.extend((&mut list).map(|entry| format!("{entry:?}")));
        drop(list);
        told.push(format!("{:?}", connection.ask(Items::GET.with(&item(7)))));
        canceller.reset();
        told.push(format!("{:?}", connection.ask(Items::GET.with(&item(8)))));
        told.push(connection.dump(Items::GET.with(&Item::default())).unwrap().count().to_string());
        told.push(format!("{:?}", connection.counters()));
        told
    });
    let end = told[0].split_off(told[0].len() - 5);
    assert!(end[0] == "Err(Cancelled)" && end[1] == end[0] && end[2].starts_with("Ok("), "{end:?}");
    assert_eq!(end[3], "2000");
    assert!(told[0].len() < 1900);
    told[0].extend(end);
    assert_eq!(told[0], told[1]);
}

#[test]
fn a_kernel_that_goes_silent_is_waited_for_as_long_as_without() {
    let [without, with] = [false, true].map(|ahead| {
        let kernel = kernel();
        let mut faults = Faults::none(1);
        faults.stalled = 200;
        kernel.set_faults(faults);
        let mut connection = kernel.connect::<Route>().unwrap();
        let begun = kernel.now();
        let list = connection.dump(Items::GET.with(&Item::default()).deadline(Duration::from_secs(3))).unwrap();
        let list = if ahead { list.read_ahead() } else { list };
        let entries: Vec<_> = list.map(|entry| format!("{entry:?}")).collect();
        (entries, kernel.now() - begun)
    });
    assert!(without.0.len() > 500 && without.0.last().unwrap().starts_with("Err("), "{:?}", without.0.last());
    assert_eq!(without, with);
}
