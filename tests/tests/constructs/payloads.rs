//! Payloads that are C structs, and bodies that have no attributes at all.

use std::borrow::Cow;

use netlink_core::{
    NlMessage, NlStruct, NlUnion,
    wire::{FixedStr, MacAddr, RawValue, Text},
};

use crate::{both, both_struct, wire};

/// `struct tc_ratespec` (linux/pkt_sched.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct RateSpec {
    cell_log: u8,
    linklayer: u8,
    overhead: u16,
    cell_align: i16,
    mpu: u16,
    rate: u32,
}

/// `struct tc_htb_opt` (linux/pkt_sched.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct HtbOpt {
    rate: RateSpec,
    ceil: RateSpec,
    buffer: u32,
    cbuffer: u32,
    quantum: u32,
    level: u32,
    prio: u32,
}

/// `struct gnet_stats_basic` (linux/gen_stats.h): its end is padding.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct Basic {
    bytes: u64,
    #[nl(pad = 4)]
    packets: u32,
}

/// `struct comm_proc_event` (linux/cn_proc.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct Comm {
    process_pid: u32,
    process_tgid: u32,
    comm: FixedStr<16>,
}

/// `struct ifla_vf_mac` (linux/if_link.h): 32 bytes for an address of any kind.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct VfMac {
    vf: u32,
    #[nl(pad = 26)]
    mac: MacAddr,
}

/// `struct tcf_t` (linux/pkt_cls.h): `firstuse` came with Linux 4.8.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct Times {
    install: u64,
    lastuse: u64,
    expires: u64,
    #[nl(optional)]
    firstuse: Option<u64>,
}

/// As [`Times`], for those who want to keep what kernels to come will add.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct AllTimes<'a> {
    install: u64,
    lastuse: u64,
    expires: u64,
    #[nl(optional)]
    firstuse: Option<u64>,
    #[nl(rest)]
    newer: Cow<'a, [u8]>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Structs {
    #[nl_attr(1)]
    htb: Option<HtbOpt>,
    #[nl_attr(2)]
    times: Option<Times>,
    #[nl_attr(3, packed)]
    rates: Option<Vec<RateSpec>>,
}

#[test]
fn c06_binary_as_a_c_struct_with_padding_nested_and_growing() {
    // TCA_HTB_PARMS of the kernel about `tc class add ... htb rate 1mbit`.
    let bytes = wire(
        "30 00 01 00 00 01 00 00 00 00 00 00 48 e8 01 00 00 01 00 00 00 00 00 00 48 e8 01 00
         40 0d 03 00 40 0d 03 00 d4 30 00 00 00 00 00 00 00 00 00 00",
    );
    let rate = RateSpec { linklayer: 1, rate: 125_000, ..RateSpec::default() };
    let htb = HtbOpt { rate, ceil: rate, buffer: 200_000, cbuffer: 200_000, quantum: 12_500, level: 0, prio: 0 };
    both(&bytes, &Structs { htb: Some(htb), ..Structs::default() });
    let bytes = wire("1c 00 03 00 00 01 00 00 00 00 00 00 48 e8 01 00 00 00 00 00 ff ff 00 00 00 00 00 00");
    let other = RateSpec { cell_align: -1, ..RateSpec::default() };
    both(&bytes, &Structs { rates: Some(vec![rate, other]), ..Structs::default() });

    // TCA_STATS_BASIC, as the kernel's `struct gnet_stats_basic` has it (net/core/gen_stats.c).
    let bytes = wire("2a 00 00 00 00 00 00 00 03 00 00 00 00 00 00 00");
    both_struct(&bytes, &Basic { bytes: 42, packets: 3 });
    // After `proc_comm_connector` (drivers/connector/cn_proc.c).
    let bytes = wire("07 00 00 00 08 00 00 00 'kworker/0:1' 00 00 00 00 00");
    both_struct(&bytes, &Comm { process_pid: 7, process_tgid: 8, comm: "kworker/0:1".parse().unwrap() });
    // `ip link set dev v0 vf 0 mac 02:00:00:00:00:01` sends this.
    let mut bytes = wire("00 00 00 00 02 00 00 00 00 01");
    bytes.resize(4 + 32, 0);
    both_struct(&bytes, &VfMac { vf: 0, mac: "02:00:00:00:00:01".parse().unwrap() });
}

#[test]
fn c06_a_struct_may_be_shorter_or_longer_than_declared() {
    // After `tcf_tm_dump` (include/net/act_api.h): before Linux 4.8, after, and some day.
    let old = wire("01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 03 00 00 00 00 00 00 00");
    let new = [&old[..], &wire("04 00 00 00 00 00 00 00")].concat();
    let newer = [&new[..], &wire("05 00 00 00 00 00 00 00")].concat();
    let times = |firstuse| Times { install: 1, lastuse: 2, expires: 3, firstuse };
    both_struct(&old, &times(None));
    both_struct(&new, &times(Some(4)));
    assert_eq!(Times::decode(&newer).unwrap(), times(Some(4)));
    let kept = AllTimes { install: 1, lastuse: 2, expires: 3, firstuse: Some(4), newer: newer[32..].into() };
    both_struct(&newer, &kept);
    both_struct(&old, &AllTimes { firstuse: None, newer: Cow::default(), ..kept });

    // As an attribute, with what follows in its place.
    let mut bytes = wire("1c 00 02 00");
    bytes.extend(&old);
    bytes.extend(wire("04 00 03 00"));
    both(&bytes, &Structs { times: Some(times(None)), rates: Some(Vec::new()), ..Structs::default() });

    let error = Times::decode(&old[..20]).unwrap_err().to_string();
    assert_eq!(error, "`Times`: truncated: 20 bytes where at least 24 are needed (at byte 0)");
    let error = Times::decode(&new[..28]).unwrap_err().to_string();
    assert_eq!(error, "`Times.firstuse`: truncated: 4 bytes where at least 8 are needed (at byte 24)");
    let hole = AllTimes { newer: newer[32..].into(), ..AllTimes::default() };
    let error = hole.to_bytes().unwrap_err().to_string();
    assert_eq!(error, "`AllTimes.newer`: present, though an earlier member of the struct is absent");
}

/// A struct with a length in front of its text, as audit rules have them (linux/audit.h).
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct Labelled<'a> {
    #[nl(pad = 2)]
    version: u16,
    #[nl(len_of = label)]
    len: u32,
    #[nl(rest, no_nul)]
    label: Text<'a>,
}

#[test]
fn c06_a_struct_may_tell_the_length_of_its_end() {
    let bytes = wire("0e 00 00 00 03 00 00 00 'abc'");
    both_struct(&bytes, &Labelled { version: 14, len: 3, label: "abc".into() });
    let nul = Labelled { label: "a\0b".into(), ..Labelled::default() };
    let error = nul.to_bytes().unwrap_err().to_string();
    assert_eq!(error, "`Labelled.label`: text with a NUL byte inside would end there");
    let long = wire("0e 00 00 00 04 00 00 00 'abc'");
    let error = Labelled::decode(&long).unwrap_err().to_string();
    assert_eq!(error, "`Labelled.label`: truncated: 3 bytes where at least 4 are needed (at byte 8)");

    // Or end in attributes.
    let bytes = wire("07 00 00 00  06 00 01 00 'a' 00 00 00");
    both_struct(&bytes, &Headed { id: 7, options: Options { name: Some("a".into()) } });
    let nul = Headed { id: 7, options: Options { name: Some("a\0b".into()) } };
    let error = nul.to_bytes().unwrap_err().to_string();
    assert_eq!(error, "`Headed.options.name`: text with a NUL byte inside would end there");
    let error = Headed::decode(&wire("07 00 00 00  06 00 01 00 ff 00 00 00")).unwrap_err().to_string();
    assert_eq!(error, "`Headed.options.name`: not UTF-8 (at byte 8)");
}

#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct Headed<'a> {
    id: u32,
    #[nl(rest)]
    options: Options<'a>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Options<'a> {
    #[nl_attr(1)]
    name: Option<Cow<'a, str>>,
}

/// An audit event: text without a NUL, as long as the message.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct AuditText<'a> {
    #[nl(rest, no_nul)]
    text: Text<'a>,
}

#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct Uevent<'a> {
    #[nl(rest, strings)]
    lines: Vec<Text<'a>>,
}

/// `struct cn_msg` (linux/connector.h).
#[derive(NlStruct, Clone, Debug, PartialEq)]
struct Connector<'a> {
    id: [u32; 2],
    seq: u32,
    ack: u32,
    #[nl(len_of = event)]
    len: u16,
    flags: u16,
    #[nl(rest)]
    event: ProcEvent<'a>,
}

/// `struct proc_event` (linux/cn_proc.h): a union of 24 bytes, whatever is in it.
#[derive(NlStruct, Clone, Debug, PartialEq)]
struct ProcEvent<'a> {
    what: u32,
    cpu: u32,
    timestamp: u64,
    #[nl(select = what)]
    data: ProcData<'a>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum ProcData<'a> {
    #[nl(1)]
    Fork(Fork),
    #[nl(2)]
    Exec(Exec),
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlStruct, Clone, Copy, Debug, PartialEq)]
struct Fork {
    parent: [u32; 2],
    #[nl(pad = 8)]
    child: [u32; 2],
}

#[derive(NlStruct, Clone, Copy, Debug, PartialEq)]
struct Exec {
    #[nl(pad = 16)]
    process: [u32; 2],
}

#[test]
fn g12_payloads_without_attributes() {
    // After `audit_log_end` (kernel/audit.c): the text has no NUL, and its end is the end of the message.
    let text = "audit(1700000000.123:42): arch=c000003e syscall=59";
    both_struct(text.as_bytes(), &AuditText { text: text.into() });

    // The kernel about `echo change > /sys/class/net/v0/uevent`.
    let bytes = wire(
        "'change@/devices/virtual/net/v0' 00 'ACTION=change' 00 'DEVPATH=/devices/virtual/net/v0' 00 'SUBSYSTEM=net' 00
         'SYNTH_UUID=0' 00 'INTERFACE=v0' 00 'IFINDEX=3' 00 'SEQNUM=1051' 00",
    );
    let uevent = Uevent::decode(&bytes).unwrap();
    both_struct(&bytes, &uevent);
    assert_eq!(
        (uevent.lines.len(), &uevent.lines[1], &uevent.lines[7]),
        (8, &"ACTION=change".into(), &"SEQNUM=1051".into())
    );

    let nul = Uevent { lines: vec!["a".into(), "b\0".into()] };
    let error = nul.to_bytes().unwrap_err().to_string();
    assert_eq!(error, "`Uevent.lines[1]`: text with a NUL byte inside would end there");

    // The kernel about a process that forks, and about one that execs.
    let fork = wire(
        "01 00 00 00 01 00 00 00 b0 6f 01 00 00 00 00 00 28 00 00 00  01 00 00 00 01 00 00 00 18 58 86 33 de 03 00 00
         90 49 00 00 90 49 00 00 b9 49 00 00 b9 49 00 00 00 00 00 00 00 00 00 00",
    );
    let data = ProcData::Fork(Fork { parent: [0x4990; 2], child: [0x49b9; 2] });
    let event = ProcEvent { what: 1, cpu: 1, timestamp: 0x03de_3386_5818, data };
    let message = Connector { id: [1, 1], seq: 0x1_6fb0, ack: 0, len: 40, flags: 0, event };
    both_struct(&fork, &message);
    let exec = wire(
        "01 00 00 00 01 00 00 00 b1 6f 01 00 00 00 00 00 28 00 00 00  02 00 00 00 01 00 00 00 89 88 92 33 de 03 00 00
         b9 49 00 00 b9 49 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
    );
    let event = Connector::decode(&exec).unwrap().event;
    assert_eq!(event.data, ProcData::Exec(Exec { process: [0x49b9; 2] }));
    // The tag and the length are those of the payload; what nobody declared is kept.
    let told = Connector { len: 0, event: ProcEvent { what: 9, ..message.event.clone() }, ..message };
    assert_eq!(told.to_bytes().unwrap(), fork);
    let mut exit = exec;
    exit[23] = 0x80;
    let decoded = Connector::decode(&exit).unwrap();
    assert!(matches!(decoded.event.data, ProcData::Other(_)));
    assert_eq!(decoded.to_bytes().unwrap(), exit);
    let error = Connector::decode(&fork[..36]).unwrap_err().to_string();
    assert_eq!(error, "`Connector.event`: truncated: 16 bytes where at least 40 are needed (at byte 20)");
}

/// `struct tc_pedit_sel` (linux/tc_act/tc_pedit.h), without what all actions have: it counts what follows it.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct PeditSel {
    #[nl(count_of = keys)]
    nkeys: u8,
    #[nl(pad = 2)]
    flags: u8,
    #[nl(rest, packed)]
    keys: Vec<PeditKey>,
}

/// `struct tc_pedit_key`, the first half of it.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct PeditKey {
    mask: u32,
    val: u32,
    off: u32,
}

#[test]
fn g12_a_list_behind_the_number_of_its_elements() {
    let key = |off| PeditKey { mask: 0xff, val: 7, off };
    let bytes = wire("02 00 00 00  ff 00 00 00 07 00 00 00 04 00 00 00  ff 00 00 00 07 00 00 00 08 00 00 00");
    let sel = PeditSel { nkeys: 2, flags: 0, keys: vec![key(4), key(8)] };
    both_struct(&bytes, &sel);

    // Whatever the value says: there are so many. What comes behind them is of a newer kernel.
    let counted = PeditSel { nkeys: 9, ..sel.clone() };
    assert_eq!(counted.to_bytes().unwrap(), bytes);
    let longer = [&bytes[..], &[1, 2, 3]].concat();
    assert_eq!(PeditSel::decode(&longer).unwrap(), sel);

    let more = [&[3], &bytes[1..]].concat();
    let error = "`PeditSel.keys`: truncated: 24 bytes where at least 36 are needed (at byte 4)";
    assert_eq!(PeditSel::decode(&more).unwrap_err().to_string(), error);
    let many = PeditSel { keys: vec![key(0); 256], ..sel };
    assert_eq!(many.to_bytes().unwrap_err().to_string(), "`PeditSel.nkeys`: 256 where at most 255 fit");
}
