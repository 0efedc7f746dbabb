//! The state machine alone, with many requests in flight.

use std::{collections::BTreeMap, time::Duration};

use netlink_core::{
    exchange::{Envelope, Event, Exchange, Expect, Outcome, Rules},
    protocol::{Protocol, Route},
    sim::Faults,
    socket::{ReceiveBuffer, ReceiveError},
    wire::MessageFlags,
};

use crate::items::{Dice, Item, Items, item, kernel};

/// Each request ends, and only once.
pub(crate) fn in_flight(seed: u64) {
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
