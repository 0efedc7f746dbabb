//! Subscriptions, and how the kernel answers them: to everybody.

use std::{
    process::Command,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use netlink_core::{Connection, NlStruct, Request, connection::Incoming, protocol::Connector, wire::MessageFlags};
use netlink_tests::require;
use protocols::connector::{
    CallbackId, CnMsg, MAX_MESSAGE, Observed,
    proc::{Ack, EventData, Events, McastOp, ProcInput},
};

use crate::{LONG, Reference, all, alone, only, pid, sh, story};

const LISTEN: ProcInput = ProcInput { op: McastOp::Listen, events: None };

/// A number for a request that nobody else has.
fn token(reference: &Reference) -> u32 {
    reference.0.socket().port() ^ 0x5500_0000
}

#[test]
fn trap_44_events_have_the_type_of_the_end_of_a_list_and_are_no_end() {
    let Some(_alone) = alone() else { return };
    let mut connection = Connection::<Connector>::open().unwrap();
    connection.join_number(CallbackId::PROC.idx).unwrap();
    let subscription = |op| {
        let data = ProcInput { op, events: None };
        CnMsg { id: CallbackId::PROC, seq: 0, ack: 0, len: 0, flags: 0, data }.to_bytes().unwrap()
    };
    connection.send(Request::raw(Connector, 3).add_bytes(&subscription(McastOp::Listen))).unwrap();
    for _ in 0..5 {
        Command::new("true").status().unwrap();
    }
    let mut events = connection.events().timeout(LONG);
    for _ in 0..10 {
        let Incoming::Notification(notification) = events.next_event().unwrap().unwrap() else { panic!("no event") };
        let header = notification.header();
        assert_eq!((header.kind, header.flags, notification.group()), (3, MessageFlags::default(), 1));
        CnMsg::<&[u8]>::decode(notification.message().body()).unwrap();
    }
    connection.send(Request::raw(Connector, 3).add_bytes(&subscription(McastOp::Ignore))).unwrap();
}

#[test]
fn trap_45_answers_have_the_number_of_the_request_plus_one_and_errors_are_positive() {
    let Some(_alone) = alone() else { return };
    let mut reference = Reference::open();
    let token = token(&reference);
    reference.0.send(&LISTEN, token).unwrap();
    let answers = reference.answers(token);
    assert!(matches!(answers.as_slice(), [(_, Ack { err: 0 })]), "{answers:?}");
    // The real CPU, or none at all before Linux 6.6.
    assert!(answers[0].0 < 4096 || answers[0].0 == u32::MAX, "{answers:?}");

    let _other = all();
    reference.0.send(&ProcInput { op: McastOp::Other(99), events: None }, token).unwrap();
    let answers = reference.answers(token);
    let [(_, ack)] = answers.as_slice() else { panic!("{answers:?}") };
    assert_eq!((ack.err, ack.errno()), (22, Some(netlink_core::Errno::INVAL)));
}

#[test]
fn trap_45_many_watches_that_start_at_once_find_their_own_answers() {
    let Some(_alone) = alone() else { return };
    let (begin, started) = (Barrier::new(8), Barrier::new(8));
    thread::scope(|scope| {
        let watches = [false, true].repeat(4).into_iter().map(|filtered| {
            let (begin, started) = (&begin, &started);
            scope.spawn(move || {
                begin.wait();
                let mut watch = if filtered { only(Events::EXEC | Events::EXIT) } else { all() };
                started.wait();
                // Each sees what all of them do, and nobody an answer.
                let seen = story(&mut watch, &mut sh("exit 5")).1.len();
                assert_eq!(seen, if filtered { 2 } else { 3 });
            })
        });
        for watch in watches.collect::<Vec<_>>() {
            watch.join().unwrap();
        }
    });
}

#[test]
fn trap_46_answers_to_others_are_no_events_and_no_gaps() {
    let Some(_alone) = alone() else { return };
    let mut watch = all();
    for _ in 0..20 {
        drop(all());
        drop(only(Events::EXIT));
    }
    let mut marker = Command::new("true").spawn().unwrap();
    marker.wait().unwrap();
    let begun = Instant::now();
    for observed in &mut watch {
        assert!(begun.elapsed() < LONG);
        let Observed::Event(event) = observed.unwrap() else { panic!("something was lost") };
        assert!(!matches!(event.data, EventData::Ack(_)), "{event:?}");
        if matches!(event.data, EventData::Exit(exit) if exit.pid == pid(&marker)) {
            break;
        }
    }
}

#[test]
fn trap_47_the_kernel_ignores_payloads_of_other_lengths_and_does_not_answer_filters() {
    let Some(_alone) = alone() else { return };
    let mut reference = Reference::open();
    let token = token(&reference);
    for length in [0, 3, 5, 7, 9, 12, 16] {
        reference.0.send(&vec![1_u8; length], token).unwrap();
    }
    assert_eq!(reference.answers(token), [], "to payloads of wrong lengths");
    let Some(()) = require::linux(6, 6) else { return };
    reference.0.send(&ProcInput { events: Some(Events::EXEC), ..LISTEN }, token).unwrap();
    assert_eq!(reference.answers(token), [], "to a filter");
    // Taking it back is answered again.
    reference.0.send(&LISTEN, token).unwrap();
    assert_eq!(reference.answers(token).len(), 1);
}

#[test]
fn the_kernel_takes_messages_up_to_the_limit_and_drops_longer_ones() {
    let Some(_alone) = alone() else { return };
    let mut reference = Reference::open();
    let token = token(&reference);
    let mut connection = Connection::<Connector>::open().unwrap();
    let mut send = |length: usize| {
        // The length inside stays 4, which is all that process events take; the rest only makes the message longer.
        let message = CnMsg { id: CallbackId::PROC, seq: 0, ack: token, len: 0, flags: 0, data: LISTEN };
        let mut bytes = message.to_bytes().unwrap();
        bytes.resize(length, 0);
        connection.send(Request::raw(Connector, 3).add_bytes(&bytes)).unwrap();
    };
    send(MAX_MESSAGE + 1);
    assert_eq!(reference.answers(token), []);
    send(MAX_MESSAGE);
    assert_eq!(reference.answers(token).len(), 1);
}

#[test]
fn a_dropped_watch_takes_its_subscription_back() {
    let Some(_alone) = alone() else { return };
    let mut reference = Reference::open();
    let watch = all();
    let port = watch.socket().port();
    assert_eq!(reference.answers(port).len(), 1, "to the subscription");
    drop(watch);
    assert_eq!(reference.answers(port).len(), 1, "to its end");
    let sockets = std::fs::read_to_string("/proc/net/netlink").unwrap();
    let open = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        words.next() == Some("11") && words.next() == Some(&port.to_string())
    };
    assert!(!sockets.lines().any(open), "{sockets}");
}

#[test]
fn who_takes_the_subscription_back_gets_no_more_events() {
    let Some(_alone) = alone() else { return };
    let Some(()) = require::linux(6, 6) else { return };
    let _others = all();
    let mut reference = Reference::open();
    reference.0.send(&ProcInput { op: McastOp::Ignore, events: None }, 0).unwrap();
    reference.0.set_timeout(Some(Duration::from_millis(100)));
    while reference.next().is_ok() {}
    let begun = Instant::now();
    Command::new("true").status().unwrap();
    assert!(reference.next().is_err(), "an event after {:?}", begun.elapsed());
}
