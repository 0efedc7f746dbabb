//! What becomes of connector messages that are damaged or hostile, and of payloads of one's own.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use netlink_core::{
    Error, NlStruct, Protocol,
    socket::Socket,
    wire::{EncodeErrorKind, MessageFlags, MessageHeader},
};
use netlink_tests::{
    require, skip,
    zoo::{
        any::config,
        damage::{apply, damage},
    },
};
use proptest::{collection::vec, prelude::*};
use protocols::connector::{
    CallbackId, Channel, CnMsg, MAX_MESSAGE, MAX_PAYLOAD, Observed, Watch,
    proc::{EventData, Events, Exec, ProcEvent, ProcInput},
};

/// A message around the bytes of an event.
fn message(event: &[u8]) -> Vec<u8> {
    CnMsg { id: CallbackId::PROC, seq: 7, ack: 0, len: 0, flags: 0, data: event }.to_bytes().unwrap()
}

/// Reads bytes as everything that the connector carries. Where that fails, the place is in the bytes.
fn read(bytes: &[u8]) -> Result<(), TestCaseError> {
    let errors = [
        CnMsg::<&[u8]>::decode(bytes).err(),
        CnMsg::<ProcEvent<'_>>::decode(bytes).err(),
        CnMsg::<ProcInput>::decode(bytes).err(),
        ProcEvent::decode(bytes).err(),
        ProcInput::decode(bytes).err(),
    ];
    for error in errors.into_iter().flatten() {
        prop_assert!(error.offset() <= bytes.len(), "{error:?} in {} bytes", bytes.len());
        prop_assert!(!error.to_string().is_empty());
    }
    Ok(())
}

fn kind_of_event() -> impl Strategy<Value = u32> {
    let known: Vec<u32> = Events::all().iter_names().map(|(_, event)| event.bits()).chain([0]).collect();
    prop_oneof![3 => prop::sample::select(known), 1 => any::<u32>()]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bytes_whatever_disturb_the_reader(bytes in vec(any::<u8>(), 0..80)) {
        read(&bytes)?;
    }

    #[test]
    fn no_event_of_whatever_length_disturbs_the_reader(what in kind_of_event(), rest in vec(any::<u8>(), 0..60)) {
        let event = [&what.to_ne_bytes()[..], &rest].concat();
        read(&event)?;
        read(&message(&event))?;
    }

    #[test]
    fn no_damage_disturbs_the_reader(what in kind_of_event(), rest in vec(any::<u8>(), 36), damage in damage()) {
        let mut bytes = message(&[&what.to_ne_bytes()[..], &rest].concat());
        apply(&mut bytes, &damage);
        read(&bytes)?;
    }

    #[test]
    fn trap_38_what_is_read_is_written_again(what in kind_of_event(), rest in vec(any::<u8>(), 36)) {
        let bytes = [&what.to_ne_bytes()[..], &rest].concat();
        let event = ProcEvent::decode(&bytes).unwrap();
        let again = event.to_bytes().unwrap();
        // Bytes behind the members that an event has are the union's, and mean nothing.
        let same = matches!(event.data, EventData::Comm(_)) || bytes.starts_with(&again);
        prop_assert!(same, "{bytes:02x?} became {again:02x?}");
        prop_assert_eq!(ProcEvent::decode(&again), Ok(event));
    }
}

#[test]
fn a_length_that_lies_is_an_error_with_its_place() {
    let mut bytes = message(&[1; 8]);
    bytes[16..18].copy_from_slice(&9_u16.to_ne_bytes());
    let error = CnMsg::<&[u8]>::decode(&bytes).unwrap_err();
    assert_eq!((error.offset(), error.path().as_str()), (20, "CnMsg.data"), "{error}");
    // Fewer are what the sender says, and the rest is not its payload.
    bytes[16..18].copy_from_slice(&3_u16.to_ne_bytes());
    assert_eq!(CnMsg::<&[u8]>::decode(&bytes).unwrap().data, [1; 3]);
}

#[test]
fn a_message_that_is_cut_is_an_error_and_no_panic() {
    let event = ProcEvent { what: Events::EXEC, cpu: 0, timestamp: 1, data: EventData::Exec(Exec::default()) };
    let bytes = message(&event.to_bytes().unwrap());
    for length in 0..bytes.len() {
        assert!(CnMsg::<ProcEvent<'_>>::decode(&bytes[..length]).is_err(), "{length} bytes");
    }
}

/// What a module of one's own takes.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct Setting {
    sensor: u32,
    #[nl(pad = 2)]
    level: i16,
    name: [u8; 4],
}

#[test]
fn a_payload_of_ones_own_is_wrapped_as_the_kernel_reads_it() {
    let setting = Setting { sensor: 7, level: -2, name: *b"roof" };
    let id = CallbackId { idx: 0x10, val: 0x20 };
    let bytes = CnMsg { id, seq: 1, ack: 2, len: 0, flags: 0, data: setting.clone() }.to_bytes().unwrap();
    let mut expected = Vec::new();
    for word in [0x10_u32, 0x20, 1, 2] {
        expected.extend(word.to_ne_bytes());
    }
    expected.extend(12_u16.to_ne_bytes());
    expected.extend([0; 2]);
    expected.extend(7_u32.to_ne_bytes());
    expected.extend((-2_i16).to_ne_bytes());
    expected.extend([0, 0]);
    expected.extend(b"roof");
    assert_eq!(bytes, expected);
    assert_eq!(CnMsg::<Setting>::decode(&bytes).unwrap().data, setting);
}

#[test]
fn a_payload_that_is_too_long_is_refused_before_it_is_sent() {
    let Some(mut channel) = channel(CallbackId { idx: 0x10, val: 1 }) else { return };
    assert_eq!(channel.send(&vec![0_u8; MAX_PAYLOAD], 0).unwrap(), 1);
    let error = channel.send(&vec![0_u8; MAX_PAYLOAD + 1], 0).unwrap_err();
    let Error::Encode(error) = error else { panic!("{error}") };
    let (limit, found) = (MAX_MESSAGE - 20, MAX_MESSAGE - 19);
    assert_eq!(*error.kind(), EncodeErrorKind::TooLong { limit, found });
    assert_eq!(error.path(), "CnMsg.data");
    // A member of the payload is told as one.
    let name = Named { len: 0, name: vec![0; 256] };
    let Err(Error::Encode(error)) = channel.send(&name, 0) else { panic!("256 are no u8") };
    assert_eq!(error.path(), "CnMsg.data.len");
}

/// A payload that can be wrong in itself.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct Named {
    #[nl(len_of = name)]
    len: u8,
    #[nl(rest)]
    name: Vec<u8>,
}

#[test]
fn the_kernel_takes_a_message_for_nobody_without_a_word() {
    let Some(mut channel) = channel(CallbackId { idx: 0x10, val: 0x4711 }) else { return };
    channel.set_timeout(Some(Duration::from_millis(50)));
    channel.send(&Setting::default(), 5).unwrap();
    let received = channel.receive::<Setting>().unwrap();
    assert!(matches!(received, Err(Error::Timeout)), "{received:?}");
}

/// A channel, where there is a connector.
#[track_caller]
fn channel(id: CallbackId) -> Option<Channel> {
    if !std::fs::exists("/proc/net/connector").unwrap() {
        require::skipped("needs the connector (CONFIG_CONNECTOR) and the initial network namespace");
        return None;
    }
    Some(Channel::open(id).unwrap())
}

/// A whole datagram as the kernel would send it, with a header that claims so.
fn forged(data: &[u8]) -> Vec<u8> {
    let body = message(data);
    let len = (MessageHeader::SIZE + body.len()).try_into().unwrap();
    let header = MessageHeader { len, kind: 3, flags: MessageFlags::default(), seq: 7, port: 0 };
    [&header.to_bytes()[..], &body].concat()
}

#[test]
fn trap_23_messages_of_other_processes_are_passed_over() {
    let Some(mut channel) = channel(CallbackId::PROC) else { return };
    let Some(()) = require::capability(require::NET_ADMIN) else { return };
    let stranger = Socket::open(Protocol::CONNECTOR).unwrap();
    let event = ProcEvent { what: Events::EXEC, cpu: 0, timestamp: 1, data: EventData::Exec(Exec { pid: 1, tgid: 1 }) };
    stranger.send(&forged(&event.to_bytes().unwrap()), channel.socket().port(), None).unwrap();
    stranger.send(b"no message at all", channel.socket().port(), None).unwrap();
    channel.set_timeout(Some(Duration::from_millis(200)));
    let received = channel.receive_with(|bytes| Ok(bytes.to_vec())).unwrap();
    assert!(matches!(received, Err(Error::Timeout)), "{received:?}");
}

#[test]
fn trap_23_a_watch_shows_no_forged_event() {
    let (Some(_), Some(())) = (channel(CallbackId::PROC), require::capability(require::NET_ADMIN)) else { return };
    let mut watch = match Watch::all() {
        Ok(watch) => watch,
        Err(error) => skip!("needs process events: {error}"),
    };
    let stranger = Socket::open(Protocol::CONNECTOR).unwrap();
    for pid in [1, 2, 3] {
        let event =
            ProcEvent { what: Events::EXEC, cpu: 0, timestamp: 1, data: EventData::Exec(Exec { pid, tgid: pid }) };
        stranger.send(&forged(&event.to_bytes().unwrap()), watch.socket().port(), None).unwrap();
    }
    let mut marker = Command::new("true").spawn().unwrap();
    marker.wait().unwrap();
    watch.set_timeout(Some(Duration::from_secs(30)));
    let begun = Instant::now();
    for observed in watch {
        let Observed::Event(event) = observed.unwrap() else { continue };
        assert_ne!(event.timestamp, 1, "{event:?}");
        if matches!(event.data, EventData::Exit(exit) if u32::try_from(exit.pid) == Ok(marker.id())) {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(30));
    }
}
