//! The connector's messages and process events, against the kernel's C headers.

use std::collections::BTreeSet;

use netlink_core::{
    NlStruct,
    wire::{FixedStr, RawValue},
};
use netlink_tests::headers::{self, Fill, Headers, assert_constants, assert_struct};
use protocols::connector::{
    CallbackId, CnMsg, MAX_MESSAGE, MAX_PAYLOAD,
    proc::{
        Ack, Comm, Coredump, EventData, Events, Exec, Exit, Fork, Gid, McastOp, ProcEvent, ProcInput, Ptrace, Sid, Uid,
    },
};

const CN_PROC: &[&str] = &["linux/cn_proc.h"];
const CONNECTOR: &[&str] = &["linux/connector.h"];

/// The size of `struct proc_event`: 16 bytes, and the largest member of its union.
const EVENT: usize = 40;

/// What C is to fill the members of an event's union with, by their paths.
type Members = Vec<(&'static str, Fill<'static>)>;

/// Every event: what C is to fill in, and what that is in Rust. Every member has a value of its own, with four bytes
/// that differ.
fn events() -> Vec<(Events, Members, EventData<'static>)> {
    let (a, b, c, d): (i32, i32, i32, i32) = (0x1112_1314, 0x2122_2324, 0x3132_3334, 0x4142_4344);
    let (c_u, d_u, e, f) = (0xf132_3334_u32, 0xf142_4344_u32, 0x5152_5354_i32, -0x6162_6364_i32);
    vec![
        (Events::NONE, vec![("event_data.ack.err", 22.into())], EventData::Ack(Ack { err: 22 })),
        (
            Events::FORK,
            vec![
                ("event_data.fork.parent_pid", a.into()),
                ("event_data.fork.parent_tgid", b.into()),
                ("event_data.fork.child_pid", c.into()),
                ("event_data.fork.child_tgid", d.into()),
            ],
            EventData::Fork(Fork { parent_pid: a, parent_tgid: b, child_pid: c, child_tgid: d }),
        ),
        (
            Events::EXEC,
            vec![("event_data.exec.process_pid", a.into()), ("event_data.exec.process_tgid", b.into())],
            EventData::Exec(Exec { pid: a, tgid: b }),
        ),
        (
            Events::UID,
            vec![
                ("event_data.id.process_pid", a.into()),
                ("event_data.id.process_tgid", b.into()),
                ("event_data.id.r.ruid", c_u.into()),
                ("event_data.id.e.euid", d_u.into()),
            ],
            EventData::Uid(Uid { pid: a, tgid: b, ruid: c_u, euid: d_u }),
        ),
        (
            Events::GID,
            vec![
                ("event_data.id.process_pid", a.into()),
                ("event_data.id.process_tgid", b.into()),
                ("event_data.id.r.rgid", c_u.into()),
                ("event_data.id.e.egid", d_u.into()),
            ],
            EventData::Gid(Gid { pid: a, tgid: b, rgid: c_u, egid: d_u }),
        ),
        (
            Events::SID,
            vec![("event_data.sid.process_pid", a.into()), ("event_data.sid.process_tgid", b.into())],
            EventData::Sid(Sid { pid: a, tgid: b }),
        ),
        (
            Events::PTRACE,
            vec![
                ("event_data.ptrace.process_pid", a.into()),
                ("event_data.ptrace.process_tgid", b.into()),
                ("event_data.ptrace.tracer_pid", c.into()),
                ("event_data.ptrace.tracer_tgid", d.into()),
            ],
            EventData::Ptrace(Ptrace { pid: a, tgid: b, tracer_pid: c, tracer_tgid: d }),
        ),
        (
            Events::COMM,
            vec![
                ("event_data.comm.process_pid", a.into()),
                ("event_data.comm.process_tgid", b.into()),
                ("event_data.comm.comm", "fifteen-letters".into()),
            ],
            EventData::Comm(Comm { pid: a, tgid: b, comm: FixedStr::try_from("fifteen-letters").unwrap() }),
        ),
        (
            Events::COREDUMP,
            vec![
                ("event_data.coredump.process_pid", a.into()),
                ("event_data.coredump.process_tgid", b.into()),
                ("event_data.coredump.parent_pid", c.into()),
                ("event_data.coredump.parent_tgid", d.into()),
            ],
            EventData::Coredump(Coredump { pid: a, tgid: b, parent_pid: Some(c), parent_tgid: Some(d) }),
        ),
        (
            Events::EXIT,
            vec![
                ("event_data.exit.process_pid", a.into()),
                ("event_data.exit.process_tgid", b.into()),
                ("event_data.exit.exit_code", c_u.into()),
                ("event_data.exit.exit_signal", d_u.into()),
                ("event_data.exit.parent_pid", e.into()),
                ("event_data.exit.parent_tgid", f.into()),
            ],
            EventData::Exit(Exit {
                pid: a,
                tgid: b,
                exit_code: c_u,
                exit_signal: d_u,
                parent_pid: Some(e),
                parent_tgid: Some(f),
            }),
        ),
    ]
}

/// The bytes that C makes of an event, and the event.
fn made_by_c(headers: &Headers, what: Events, members: &Members, data: EventData<'static>) -> (Vec<u8>, [u8; EVENT]) {
    let mut all: Members =
        vec![("what", what.bits().into()), ("cpu", 3.into()), ("timestamp_ns", 0x0102_0304_0506_0708_u64.into())];
    all.extend(members);
    let bytes = headers.bytes(CN_PROC, "struct proc_event", &all).unwrap_or_else(|error| panic!("{error}"));
    let event = ProcEvent { what, cpu: 3, timestamp: 0x0102_0304_0506_0708, data };
    let ours = event.to_bytes().unwrap();
    let mut whole = [0; EVENT];
    whole[..ours.len()].copy_from_slice(&ours);
    assert_eq!(ProcEvent::decode(&bytes), Ok(event), "{bytes:02x?}");
    (bytes, whole)
}

#[test]
fn every_event_that_c_fills_in_is_read_member_by_member_and_written_byte_by_byte() {
    let Some(headers) = headers::find() else { return };
    for (what, members, data) in events() {
        let (theirs, ours) = made_by_c(&headers, what, &members, data);
        assert_eq!(theirs, ours, "{what:?}");
    }
}

#[test]
fn every_event_of_the_header_is_declared_and_has_its_number() {
    let Some(headers) = headers::find() else { return };
    let text = headers.text("linux/cn_proc.h");
    let word = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let names: BTreeSet<&str> = text.split(|char| !word(char)).filter(|name| name.starts_with("PROC_EVENT_")).collect();
    // The macro for all of them together is checked below.
    let names: BTreeSet<&str> = names.into_iter().filter(|name| *name != "PROC_EVENT_ALL").collect();
    assert!(names.len() >= 11, "only {names:?}: the header has changed its shape");

    let declared: Vec<(&str, i128)> = names
        .iter()
        .map(|name| match Events::from_name(name.trim_start_matches("PROC_EVENT_")) {
            Some(event) => (*name, event.bits().into()),
            None => panic!("the header has {name}, and `Events` has not"),
        })
        .collect();
    // An `enum` may be signed in C, and is 32 bits wide here.
    let unsigned: Vec<String> = declared.iter().map(|(name, _)| format!("(unsigned int){name}")).collect();
    let unsigned: Vec<(&str, i128)> =
        unsigned.iter().zip(&declared).map(|(name, (_, number))| (name.as_str(), *number)).collect();
    assert_constants(&headers, CN_PROC, &unsigned);

    let ours = Events::all().iter_names().map(|(name, _)| format!("PROC_EVENT_{name}"));
    let invented: Vec<String> = ours.filter(|name| !names.contains(name.as_str())).collect();
    assert!(invented.is_empty(), "`Events` has {invented:?}, and the header has not");
    let all = declared.iter().fold(0, |all, (_, number)| all | number);
    assert_constants(&headers, CN_PROC, &[("(unsigned int)PROC_EVENT_ALL", all)]);
}

#[test]
fn every_event_has_members_of_its_own_and_is_compared_with_c() {
    let compared: Vec<Events> = events().iter().map(|(what, ..)| *what).collect();
    for (name, what) in Events::all().iter_names() {
        let bytes = [&what.bits().to_ne_bytes()[..], &[0; EVENT - 4]].concat();
        let event = ProcEvent::decode(&bytes).unwrap();
        assert!(!matches!(event.data, EventData::Other(_)), "{name} is {event:?}");
        // That one is only in filters.
        assert!(compared.contains(&what) || what == Events::NONZERO_EXIT, "{name} is not compared with C");
    }
}

#[test]
fn sizes_and_places_are_those_of_the_header() {
    let Some(headers) = headers::find() else { return };
    let members = ["what", "cpu", "timestamp_ns", "event_data"];
    let event = headers.layout(CN_PROC, "struct proc_event", &members).unwrap();
    assert_eq!((event.size, members.map(|member| event.members[member])), (EVENT, [(0, 4), (4, 4), (8, 8), (16, 24)]));
    let message = headers.layout(CONNECTOR, "struct cn_msg", &["id", "seq", "ack", "len", "flags"]).unwrap();
    let empty = CnMsg { id: CallbackId::PROC, seq: 0, ack: 0, len: 0, flags: 0, data: &[][..] };
    assert_eq!(empty.to_bytes().unwrap().len(), message.size);
    assert_eq!(MAX_PAYLOAD, MAX_MESSAGE - message.size);
    assert_constants(&headers, CONNECTOR, &[("__builtin_offsetof(struct cn_msg, data)", 20)]);

    for (name, size) in [
        ("fork_proc_event", Fork::default().to_bytes().unwrap().len()),
        ("exec_proc_event", Exec::default().to_bytes().unwrap().len()),
        ("id_proc_event", Uid::default().to_bytes().unwrap().len()),
        ("id_proc_event", Gid::default().to_bytes().unwrap().len()),
        ("sid_proc_event", Sid::default().to_bytes().unwrap().len()),
        ("ptrace_proc_event", Ptrace::default().to_bytes().unwrap().len()),
        ("comm_proc_event", Comm::default().to_bytes().unwrap().len()),
    ] {
        assert_eq!(size, headers.layout(CN_PROC, &format!("struct {name}"), &[]).unwrap().size, "{name}");
    }
    // These two grew: without their later members they are 8 bytes shorter.
    for (name, size) in [
        ("coredump_proc_event", Coredump::default().to_bytes().unwrap().len()),
        ("exit_proc_event", Exit::default().to_bytes().unwrap().len()),
    ] {
        assert_eq!(size + 8, headers.layout(CN_PROC, &format!("struct {name}"), &[]).unwrap().size, "{name}");
    }
}

#[test]
fn requests_of_4_and_of_8_bytes_are_those_of_the_header() {
    let Some(headers) = headers::find() else { return };
    let events = Events::EXEC | Events::EXIT;
    let filled = [("mcast_op", 1_u8.into()), ("event_type", events.bits().into())];
    let input = ProcInput { op: McastOp::Listen, events: Some(events) };
    assert_struct(&headers, CN_PROC, "struct proc_input", &filled, &input);
    assert_eq!(input.to_bytes().unwrap().len(), 8);

    let input = ProcInput { op: McastOp::Ignore, events: None };
    let bytes = headers.bytes(CN_PROC, "struct proc_input", &[("mcast_op", 2_u8.into())]).unwrap();
    assert_eq!(input.to_bytes().as_deref(), Ok(&bytes[..4]));
    assert_eq!(ProcInput::decode(&bytes[..4]), Ok(input));
}

#[test]
fn connector_messages_are_those_of_the_header() {
    let Some(headers) = headers::find() else { return };
    let members: [(&str, Fill<'_>); 6] = [
        ("id.idx", 0x0102_0304_u32.into()),
        ("id.val", 0x1112_1314_u32.into()),
        ("seq", 0x2122_2324_u32.into()),
        ("ack", 0x3132_3334_u32.into()),
        ("len", 5_u16.into()),
        ("flags", 0x5152_u16.into()),
    ];
    let mut bytes = headers.bytes(CONNECTOR, "struct cn_msg", &members).unwrap();
    bytes.extend(b"hello");
    let message = CnMsg {
        id: CallbackId { idx: 0x0102_0304, val: 0x1112_1314 },
        seq: 0x2122_2324,
        ack: 0x3132_3334,
        len: 5,
        flags: 0x5152,
        data: &b"hello"[..],
    };
    assert_eq!(CnMsg::decode(&bytes).as_ref(), Ok(&message));
    assert_eq!(CnMsg { len: 0, ..message }.to_bytes(), Ok(bytes));
}

#[test]
fn numbers_of_the_connector_are_those_of_the_header() {
    let Some(headers) = headers::find() else { return };
    let ids = [
        ("CN_IDX_PROC", "CN_VAL_PROC", CallbackId::PROC),
        ("CN_IDX_CIFS", "CN_VAL_CIFS", CallbackId::CIFS),
        ("CN_W1_IDX", "CN_W1_VAL", CallbackId::W1),
        ("CN_IDX_V86D", "CN_VAL_V86D_UVESAFB", CallbackId::V86D_UVESAFB),
        ("CN_DST_IDX", "CN_DST_VAL", CallbackId::DST),
        ("CN_IDX_DM", "CN_VAL_DM_USERSPACE_LOG", CallbackId::DM_USERSPACE_LOG),
        ("CN_IDX_DRBD", "CN_VAL_DRBD", CallbackId::DRBD),
        ("CN_KVP_IDX", "CN_KVP_VAL", CallbackId::KVP),
        ("CN_VSS_IDX", "CN_VSS_VAL", CallbackId::VSS),
    ];
    let mut declared = vec![
        ("CN_IDX_BB", CallbackId::IDX_BB.into()),
        ("CONNECTOR_MAX_MSG_SIZE", MAX_MESSAGE.try_into().unwrap()),
        ("sizeof(struct cb_id)", CallbackId::PROC.to_bytes().unwrap().len().try_into().unwrap()),
    ];
    for (idx, val, id) in ids {
        declared.extend([(idx, id.idx.into()), (val, id.val.into())]);
    }
    assert_constants(&headers, CONNECTOR, &declared);

    let text = headers.text("linux/connector.h");
    let macros = text.lines().filter_map(|line| line.strip_prefix("#define")?.split_whitespace().next());
    let lacking: Vec<&str> = macros
        .filter(|name| name.starts_with("CN_") && *name != "CN_NETLINK_USERS")
        .filter(|name| !declared.iter().any(|(ours, _)| ours == name))
        .collect();
    assert!(lacking.is_empty(), "ids that the header has and `CallbackId` has not: {lacking:?}");
}

#[test]
fn operations_and_the_message_type_are_those_of_the_headers() {
    let Some(headers) = headers::find() else { return };
    let declared = [
        ("PROC_CN_MCAST_LISTEN", u32::from(McastOp::Listen).into()),
        ("PROC_CN_MCAST_IGNORE", u32::from(McastOp::Ignore).into()),
    ];
    assert_constants(&headers, CN_PROC, &declared);
    assert_eq!(McastOp::from(7), McastOp::Other(7));
    // What `Channel` sends with, and what events arrive with: `trap_44_...` looks at it live.
    assert_constants(&headers, &["linux/netlink.h"], &[("NLMSG_DONE", 3)]);
}

#[test]
fn trap_37_events_of_older_kernels_lack_members_at_their_end() {
    let Some(headers) = headers::find() else { return };
    // Before Linux 4.18 the union was as large, and zero there; where it is cut, the members are absent.
    for (what, members, data) in events() {
        let (bytes, _) = made_by_c(&headers, what, &members, data.clone());
        let shorter = match data {
            EventData::Exit(exit) => (16, EventData::Exit(Exit { parent_pid: None, parent_tgid: None, ..exit })),
            EventData::Coredump(dump) => {
                (8, EventData::Coredump(Coredump { parent_pid: None, parent_tgid: None, ..dump }))
            }
            _ => continue,
        };
        let cut = &bytes[..16 + shorter.0];
        let event = ProcEvent::decode(cut).unwrap();
        assert_eq!(event.data, shorter.1);
        assert_eq!(event.to_bytes().as_deref(), Ok(cut));
        // Half of the later members.
        let event = ProcEvent::decode(&bytes[..16 + shorter.0 + 4]).unwrap();
        let parents = match event.data {
            EventData::Exit(exit) => (exit.parent_pid.is_some(), exit.parent_tgid),
            EventData::Coredump(dump) => (dump.parent_pid.is_some(), dump.parent_tgid),
            other => panic!("{other:?}"),
        };
        assert_eq!(parents, (true, None));
        // Nothing else may be missing.
        let error = ProcEvent::decode(&bytes[..16 + shorter.0 - 1]).unwrap_err();
        assert_eq!(error.offset(), 16, "{error}");
    }
}

#[test]
fn trap_37_events_of_newer_kernels_may_be_longer() {
    let Some(headers) = headers::find() else { return };
    for (what, members, data) in events() {
        let (mut bytes, _) = made_by_c(&headers, what, &members, data.clone());
        bytes.extend([0xee; 24]);
        assert_eq!(ProcEvent::decode(&bytes).unwrap().data, data);
    }
}

#[test]
fn trap_38_events_that_nobody_knows_yet_are_kept_byte_for_byte() {
    let bytes = [&0x400_u32.to_ne_bytes()[..], &[1; 12], &[7; 24]].concat();
    let event = ProcEvent::decode(&bytes).unwrap();
    assert_eq!(event.what.bits(), 0x400);
    let EventData::Other(RawValue { .. }) = &event.data else { panic!("{event:?}") };
    assert_eq!(event.to_bytes(), Ok(bytes));
}
