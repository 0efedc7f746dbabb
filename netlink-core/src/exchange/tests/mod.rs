//! One test a trap: what the kernel does, and what must come out. The numbers are those of the list of netlink traps.

mod batch;
mod loss;

use std::time::{Duration, Instant};

use super::*;
use crate::{
    errno::Errno,
    protocol::{Audit, Connector, KobjectUevent, Route, UserSock},
};

const PORT: u32 = 4711;
const KERNEL: Envelope = Envelope { sender: 0, group: 0, nsid: None, truncated: None };
const DUMP_FLAGS: MessageFlags = MessageFlags::REQUEST.union(MessageFlags::DUMP);
const ACK_FLAGS: MessageFlags = MessageFlags::REQUEST.union(MessageFlags::ACK);
const NEWLINK: u16 = 16;

fn message(kind: u16, flags: u16, seq: u32, body: &[u8]) -> Vec<u8> {
    let len = u32::try_from(MessageHeader::SIZE + body.len()).unwrap();
    let header = MessageHeader { len, kind, flags: MessageFlags::from_bits(flags), seq, port: PORT };
    let mut bytes = header.to_bytes().to_vec();
    bytes.extend(body);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn attr(kind: u16, payload: &[u8]) -> Vec<u8> {
    let mut out = crate::wire::Writer::new();
    out.attr(kind, payload);
    out.finish().unwrap()
}

/// `NLMSG_ERROR` with the request's header alone, and attributes.
fn error(errno: i32, flags: u16, seq: u32, attrs: &[u8]) -> Vec<u8> {
    let request = message(18, 5, seq, &[]);
    message(2, flags, seq, &[&errno.to_ne_bytes()[..], &request, attrs].concat())
}

fn done(errno: i32, flags: u16, seq: u32) -> Vec<u8> {
    message(3, flags, seq, &errno.to_ne_bytes())
}

fn exchange() -> (Exchange, Instant) {
    (Exchange::new(Rules::of::<Route>(), PORT), Instant::now())
}

fn start(exchange: &mut Exchange, flags: MessageFlags, expect: Expect, now: Instant) -> u32 {
    let header = MessageHeader { len: 24, kind: 18, flags, ..MessageHeader::default() };
    let request = [&header.to_bytes()[..], &attr(3, b"lo\0")].concat();
    exchange.start(request, expect, Some(Duration::from_secs(1)), now).unwrap()
}

/// What comes of a datagram, in words.
fn feed(exchange: &mut Exchange, envelope: Envelope, datagram: &[u8], now: Instant) -> Vec<String> {
    let Some(mut reading) = exchange.open(envelope) else { return Vec::new() };
    std::iter::from_fn(|| exchange.next_event(&mut reading, datagram, now).map(|event| tell(&event))).collect()
}

fn tell(event: &Event<'_>) -> String {
    match event {
        Event::Reply { seq, .. } => format!("reply {seq}"),
        Event::Finished(Finished { seq, outcome }) => format!("{seq} {}", tell_outcome(outcome)),
        Event::Notification { envelope, .. } => format!("notification {}", envelope.group),
        Event::Unframed { bytes, .. } => format!("{} bytes", bytes.len()),
        Event::Unmatched { refused: Some(refused), .. } => format!("unmatched {:?}", refused.errno()),
        Event::Unmatched { .. } => "unmatched".to_owned(),
        Event::Damaged { seq, damage: Damage::Truncated { length } } => format!("truncated {length} of {seq:?}"),
        Event::Damaged { seq, damage: Damage::Malformed(error) } => {
            format!("malformed at {} of {seq:?}", error.offset())
        }
        Event::Lost => "lost".to_owned(),
    }
}

fn tell_outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Completed(Completion { interrupted: true, .. }) => "interrupted".to_owned(),
        Outcome::Completed(Completion { filtered: true, .. }) => "filtered".to_owned(),
        Outcome::Completed(completion) => {
            match completion.ext_ack.as_ref().and_then(|ext_ack| ext_ack.message.as_ref()) {
                Some(warning) => format!("completed: {warning}"),
                None => "completed".to_owned(),
            }
        }
        Outcome::Refused(refused) => refused.to_string(),
        Outcome::Overrun => "overrun".to_owned(),
        Outcome::TimedOut => "timed out".to_owned(),
    }
}

#[test]
fn trap_01_a_dump_that_asked_for_an_ack_ends_with_done_alone() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, DUMP_FLAGS | MessageFlags::ACK, Expect::Dump, now);
    let datagram = [message(NEWLINK, 2, seq, &[0; 16]), done(0, 2, seq)].concat();
    assert_eq!(feed(&mut exchange, KERNEL, &datagram, now), ["reply 1", "1 completed"]);
    assert_eq!(exchange.running_dump(), None);
}

#[test]
fn trap_02_reply_and_ack_in_two_datagrams() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
    assert_eq!(feed(&mut exchange, KERNEL, &message(NEWLINK, 0, seq, &[0; 16]), now), ["reply 1"]);
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, seq, &[]), now), ["1 completed"]);
    // Without an acknowledgement asked for, the reply is the end.
    let seq = start(&mut exchange, MessageFlags::REQUEST, Expect::Reply, now);
    assert_eq!(feed(&mut exchange, KERNEL, &message(NEWLINK, 0, seq, &[0; 16]), now), ["reply 2", "2 completed"]);
}

#[test]
fn trap_03_errno_in_done_reaches_the_caller() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    assert_eq!(feed(&mut exchange, KERNEL, &done(-95, 2, seq), now), ["1 Operation not supported (EOPNOTSUPP)"]);
}

#[test]
fn trap_04_ext_ack_starts_at_4_in_done_and_behind_the_echo_in_error() {
    let (mut exchange, now) = exchange();
    let said = attr(1, b"no\0");
    let seq = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    let end = message(3, 0x202, seq, &[&(-22_i32).to_ne_bytes()[..], &said].concat());
    assert_eq!(feed(&mut exchange, KERNEL, &end, now), ["1 Invalid argument (EINVAL): no"]);

    let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    assert_eq!(feed(&mut exchange, KERNEL, &error(-22, 0x300, seq, &said), now), ["2 Invalid argument (EINVAL): no"]);

    // Not capped: the whole request, whose length is no multiple of 4, stands before.
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let echo = message(18, 5, seq, &[9; 13]);
    let body = [&(-22_i32).to_ne_bytes()[..], &echo, &said].concat();
    assert_eq!(feed(&mut exchange, KERNEL, &message(2, 0x200, seq, &body), now), ["3 Invalid argument (EINVAL): no"]);

    // The flag says that there are attributes, and there are none.
    for answer in [done(-22, 0x202, 4), error(-22, 0x300, 4, &[])] {
        exchange.set_next_seq(4);
        start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
        assert_eq!(feed(&mut exchange, KERNEL, &answer, now), ["4 Invalid argument (EINVAL)"]);
    }
}

#[test]
fn trap_05_a_done_with_a_payload_of_its_own_or_none_ends_a_request() {
    let (mut exchange, now) = exchange();
    for (seq, body) in [(1, vec![]), (2, vec![1]), (3, 77_i32.to_ne_bytes().to_vec())] {
        start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
        assert_eq!(feed(&mut exchange, KERNEL, &message(3, 0, seq, &body), now), [format!("{seq} completed")]);
    }
    // Several replies that end in an acknowledgement.
    start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
    let replies = [message(NEWLINK, 2, 4, &[]), message(NEWLINK, 2, 4, &[]), error(0, 0x100, 4, &[])].concat();
    assert_eq!(feed(&mut exchange, KERNEL, &replies, now), ["reply 4", "reply 4", "4 completed"]);
}

#[test]
fn trap_06_errors_may_be_positive_and_beyond_4095() {
    let (mut exchange, now) = exchange();
    for (errno, raw) in [(22, 22), (-4103, 4103), (4103, 4103), (i32::MIN, i32::MAX)] {
        let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
        let datagram = error(errno, 0x100, seq, &[]);
        let mut reading = exchange.open(KERNEL).unwrap();
        let Some(Event::Finished(end)) = exchange.next_event(&mut reading, &datagram, now) else { panic!() };
        let Outcome::Refused(refused) = end.outcome else { panic!() };
        assert_eq!(refused.errno(), Errno::from_raw(raw));
    }
}

#[test]
fn trap_08_noop_overrun_and_reserved_types_never_end_anything() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let datagram = [1, 0, 5, 15, 4].map(|kind| message(kind, 0, seq, &[])).concat();
    assert_eq!(feed(&mut exchange, KERNEL, &datagram, now), ["lost"]);
    assert_eq!(exchange.counters().ignored, 4);
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0, seq, &[]), now), ["1 completed"]);
}

#[test]
fn trap_09_the_sequence_number_wraps_and_is_never_0_or_taken() {
    let (mut exchange, now) = exchange();
    exchange.set_next_seq(u32::MAX);
    assert_eq!(start(&mut exchange, ACK_FLAGS, Expect::Ack, now), u32::MAX);
    assert_eq!(start(&mut exchange, ACK_FLAGS, Expect::Ack, now), 1);
    exchange.set_next_seq(u32::MAX);
    assert_eq!(start(&mut exchange, ACK_FLAGS, Expect::Ack, now), 2);
    assert_eq!(feed(&mut exchange, KERNEL, &message(NEWLINK, 0, 0, &[]), now), ["notification 0"]);
}

#[test]
fn trap_10_a_notification_with_our_number_and_port_is_no_reply_and_an_echo_is_one() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let event = message(20, 0, seq, &[0; 8]);
    assert_eq!(feed(&mut exchange, Envelope { group: 5, ..KERNEL }, &event, now), ["notification 5"]);
    exchange.forget(seq);

    let seq = start(&mut exchange, ACK_FLAGS | MessageFlags::ECHO, Expect::Ack, now);
    let echo = message(20, 0, seq, &[0; 8]);
    assert_eq!(feed(&mut exchange, Envelope { group: 5, ..KERNEL }, &echo, now), ["reply 2"]);
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, seq, &[]), now), ["2 completed"]);
}

#[test]
fn trap_41_offsets_are_walked_in_the_bytes_that_were_sent() {
    let (mut exchange, now) = exchange();
    let inner = [attr(1, b"dummy\0"), attr(2, &[1, 2])].concat();
    let body = [vec![0; 16], attr(3, b"x\0"), attr(18 | 0x8000, &inner)].concat();
    let request = message(16, 5, 0, &body);
    // The nest starts at 16 + 16 + 8, its second attribute after a header of 4 and 12 bytes.
    for (offset, path) in [(40, &[18][..]), (44, &[18, 1]), (56, &[18, 2]), (32, &[3]), (20, &[]), (1000, &[])] {
        let seq = exchange.start(request.clone(), Expect::Ack, None, now).unwrap();
        let offset = attr(2, &u32::to_ne_bytes(offset));
        let datagram = error(-22, 0x300, seq, &offset);
        let mut reading = exchange.open(KERNEL).unwrap();
        let Some(Event::Finished(end)) = exchange.next_event(&mut reading, &datagram, now) else { panic!() };
        let Outcome::Refused(refused) = end.outcome else { panic!() };
        assert_eq!(refused.attributes(16), path);
        assert_eq!(refused.request().len(), request.len());
    }
}

#[test]
fn trap_42_a_missing_attribute_without_a_nest_is_missing_at_the_top() {
    let (mut exchange, now) = exchange();
    let missing = attr(5, &7_u32.to_ne_bytes());
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let told = feed(&mut exchange, KERNEL, &error(-22, 0x300, seq, &missing), now);
    assert_eq!(told, ["1 Invalid argument (EINVAL) (attribute 7 is missing)"]);
    let nested = [missing, attr(6, &40_u32.to_ne_bytes())].concat();
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let told = feed(&mut exchange, KERNEL, &error(-22, 0x300, seq, &nested), now);
    assert_eq!(told, ["2 Invalid argument (EINVAL) (attribute 7 is missing in the nest at byte 40)"]);
}

#[test]
fn trap_43_a_warning_comes_with_success() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let warning = attr(1, b"deprecated\0");
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x300, seq, &warning), now), ["1 completed: deprecated"]);
}

#[test]
fn trap_44_in_the_connector_done_is_data_and_uevents_have_no_messages() {
    let now = Instant::now();
    let mut connector = Exchange::new(Rules::of::<Connector>(), PORT);
    let datagram = [done(0, 0, 0), done(0, 0, 0)].concat();
    let envelope = Envelope { group: 1, ..KERNEL };
    assert_eq!(feed(&mut connector, envelope, &datagram, now), ["notification 1", "notification 1"]);
    let mut uevents = Exchange::new(Rules::of::<KobjectUevent>(), PORT);
    assert_eq!(feed(&mut uevents, envelope, b"add@/devices/x\0ACTION=add\0", now), ["26 bytes"]);
}

#[test]
fn audit_replies_may_come_after_the_acknowledgement_and_without_a_port() {
    let now = Instant::now();
    let mut audit = Exchange::new(Rules::of::<Audit>(), PORT);
    let seq = start(&mut audit, ACK_FLAGS, Expect::Reply, now);
    assert!(feed(&mut audit, KERNEL, &error(0, 0x100, seq, &[]), now).is_empty());
    let mut reply = message(1000, 0, seq, &[0; 40]);
    reply[12..16].fill(0);
    assert_eq!(feed(&mut audit, KERNEL, &reply, now), ["reply 1", "1 completed"]);
}

#[test]
fn many_requests_in_flight_are_answered_in_any_order() {
    let (mut exchange, now) = exchange();
    let seqs: Vec<u32> = (0..1000).map(|_| start(&mut exchange, ACK_FLAGS, Expect::Ack, now)).collect();
    let mut ends = 0;
    for seq in seqs.iter().rev() {
        let errno = if seq % 3 == 0 { -1 } else { 0 };
        ends += feed(&mut exchange, KERNEL, &error(errno, 0x100, *seq, &[]), now).len();
    }
    assert_eq!(ends, 1000);
    assert!(exchange.deadline().is_none());
}
