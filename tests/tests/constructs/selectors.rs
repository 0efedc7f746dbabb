//! Payloads that depend: on a selector in the same set or further out, on the message, on a header.

use std::borrow::Cow;

use netlink_core::{
    NlMessage, NlStruct, NlUnion,
    wire::{Body, RawValue, UnknownAttrs},
};

use crate::{again, both, refused, unsendable, wire};

/// `struct tcmsg` (linux/rtnetlink.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct TcHeader {
    #[nl(pad = 3)]
    family: u8,
    ifindex: i32,
    handle: u32,
    parent: u32,
    info: u32,
}

/// A queueing discipline, a class or a filter: what the options are depends on the kind, and on which of these it is.
#[derive(NlMessage, Clone, Debug, PartialEq)]
struct Tc<'a, O> {
    #[nl_attr(header)]
    header: TcHeader,
    #[nl_attr(1, selector)]
    kind: Option<Cow<'a, str>>,
    #[nl_attr(2, plain, select = kind)]
    options: Option<O>,
    #[nl_attr(7, plain)]
    stats2: Option<Stats2<'a>>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

// The derived one would want a default of the options.
impl<O> Default for Tc<'_, O> {
    fn default() -> Self {
        let (header, unknown) = (TcHeader::default(), UnknownAttrs::default());
        Self { header, kind: None, options: None, stats2: None, unknown }
    }
}

type Qdisc<'a> = Tc<'a, QdiscOptions<'a>>;
type Class<'a> = Tc<'a, ClassOptions<'a>>;

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum QdiscOptions<'a> {
    #[nl("pfifo", "bfifo")]
    Fifo(FifoOptions),
    #[nl("htb")]
    Htb(HtbOptions),
    #[nl("hfsc")]
    Hfsc(HfscQdisc),
    #[nl("mqprio")]
    Mqprio(Mqprio<'a>),
    #[nl("netem")]
    Netem(Netem<'a>),
    #[nl("ingress", "clsact")]
    Nothing,
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum ClassOptions<'a> {
    #[nl("htb")]
    Htb(HtbOptions),
    #[nl("hfsc")]
    Hfsc(HfscClass),
    #[nl(other)]
    Other(RawValue<'a>),
}

/// `struct tc_fifo_qopt` (linux/pkt_sched.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct FifoOptions {
    limit: u32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct HtbOptions {
    #[nl_attr(1)]
    parms: Option<[u8; 44]>,
    #[nl_attr(2)]
    init: Option<HtbGlobal>,
    #[nl_attr(5)]
    direct_qlen: Option<u32>,
}

/// `struct tc_htb_glob` (linux/pkt_sched.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct HtbGlobal {
    version: u32,
    rate2quantum: u32,
    defcls: u32,
    debug: u32,
    direct_pkts: u32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Stats2<'a> {
    #[nl_attr(1)]
    basic: Option<[u8; 16]>,
    #[nl_attr(3)]
    queue: Option<[u8; 20]>,
    #[nl_attr(4, select = outer(Class<'a>))]
    app: Option<AppStats<'a>>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum AppStats<'a> {
    #[nl("htb")]
    Htb(HtbXstats),
    #[nl(other)]
    Other(RawValue<'a>),
}

/// `struct tc_htb_xstats` (linux/pkt_sched.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct HtbXstats {
    lends: u32,
    borrows: u32,
    giants: u32,
    tokens: i32,
    ctokens: i32,
}

fn qdisc(kind: &'static str, options: QdiscOptions<'static>) -> Qdisc<'static> {
    Qdisc { kind: Some(kind.into()), options: Some(options), ..Qdisc::default() }
}

/// The header of these tests: all zeros.
fn tc(attributes: &str) -> Vec<u8> {
    [&[0; 20][..], &wire(attributes)].concat()
}

#[test]
fn c17_a_selector_in_the_same_set_or_an_outer_one_decides_about_the_payload() {
    // The kernel about a `pfifo` of limit 7: a struct and nothing else.
    let bytes = tc("0a 00 01 00 'pfifo' 00 00 00  08 00 02 00 07 00 00 00");
    both(&bytes, &qdisc("pfifo", QdiscOptions::Fifo(FifoOptions { limit: 7 })));
    // The kernel about `htb default 3`: attributes and nothing else.
    let bytes =
        tc("08 00 01 00 'htb' 00  24 00 02 00 18 00 02 00 11 00 03 00 0a 00 00 00 03 00 00 00 00 00 00 00 00 00 00 00
         08 00 05 00 e8 03 00 00");
    let init = HtbGlobal { version: 0x0003_0011, rate2quantum: 10, defcls: 3, ..HtbGlobal::default() };
    let options = HtbOptions { init: Some(init), direct_qlen: Some(1000), ..HtbOptions::default() };
    both(&bytes, &qdisc("htb", QdiscOptions::Htb(options)));
    // The kernel about `ingress`: nothing at all. And a kind that nobody declared.
    both(&tc("0c 00 01 00 'ingress' 00  04 00 02 00"), &qdisc("ingress", QdiscOptions::Nothing));
    let raw = RawValue { flags: 0, payload: [1, 2, 3][..].into() };
    both(&tc("07 00 01 00 'fq' 00 00  07 00 02 00 01 02 03 00"), &qdisc("fq", QdiscOptions::Other(raw)));
    again::<Qdisc<'_>>(&tc("08 00 02 00 07 00 00 00"));

    // The payload knows its selector; a second name of the same payload is kept; what contradicts is refused.
    let mut message = qdisc("bfifo", QdiscOptions::Fifo(FifoOptions { limit: 7 }));
    let bytes = tc("0a 00 01 00 'bfifo' 00 00 00  08 00 02 00 07 00 00 00");
    both(&bytes, &message);
    message.kind = None;
    assert_eq!(message.to_bytes().unwrap(), tc("0a 00 01 00 'pfifo' 00 00 00  08 00 02 00 07 00 00 00"));
    message.kind = Some("htb".into());
    assert_eq!(unsendable(&message), "`Tc.kind`: says something else than the payload that it selects");
    let short = tc("0a 00 01 00 'pfifo' 00 00 00  06 00 02 00 07 00 00 00");
    let error = "`Tc.options`: truncated: 2 bytes where at least 4 are needed (at byte 36)";
    assert_eq!(refused::<Qdisc<'_>>(&short), error);

    // The kernel about a class of `htb`: the statistics in TCA_STATS2 are selected by the kind two levels further out.
    let bytes =
        tc("08 00 01 00 'htb' 00  34 00 02 00 30 00 01 00 00 01 00 00 00 00 00 00 48 e8 01 00 00 01 00 00 00 00 00 00
         48 e8 01 00 40 0d 03 00 40 0d 03 00 d4 30 00 00 00 00 00 00 00 00 00 00
         48 00 07 00 14 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
         18 00 03 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
         18 00 04 00 00 00 00 00 00 00 00 00 00 00 00 00 40 0d 03 00 40 0d 03 00
         2c 00 03 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
         00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
         18 00 04 00 00 00 00 00 00 00 00 00 00 00 00 00 40 0d 03 00 40 0d 03 00");
    again::<Class<'_>>(&bytes);
    let class = Class::decode(&bytes).unwrap();
    let xstats = HtbXstats { tokens: 200_000, ctokens: 200_000, ..HtbXstats::default() };
    assert_eq!(class.stats2.unwrap().app, Some(AppStats::Htb(xstats)));
    assert!(matches!(class.options, Some(ClassOptions::Htb(HtbOptions { parms: Some(_), .. }))));
}

/// `struct tc_hfsc_qopt` (linux/pkt_sched.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct HfscQdisc {
    defcls: u16,
}

/// `struct tc_service_curve` (linux/pkt_sched.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct ServiceCurve {
    m1: u32,
    d: u32,
    m2: u32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct HfscClass {
    #[nl_attr(1)]
    rsc: Option<ServiceCurve>,
    #[nl_attr(2)]
    fsc: Option<ServiceCurve>,
    #[nl_attr(3)]
    usc: Option<ServiceCurve>,
}

// A message of which the options are chosen is a body like any other: operations name it.
impl Body for Tc<'static, ClassOptions<'static>> {
    type Of<'a> = Class<'a>;
}

#[test]
fn g03_the_kind_and_the_message_select_together() {
    // What `tc qdisc add ... handle 1: hfsc default 3` sends: a struct of two bytes.
    let bytes = tc("09 00 01 00 'hfsc' 00 00 00 00  06 00 02 00 03 00 00 00");
    both(&bytes, &qdisc("hfsc", QdiscOptions::Hfsc(HfscQdisc { defcls: 3 })));

    // What `tc class add ... hfsc sc rate 1mbit ul rate 2mbit` sends: attributes.
    let bytes = tc("09 00 01 00 'hfsc' 00 00 00 00
         34 00 02 00 10 00 01 00 00 00 00 00 00 00 00 00 48 e8 01 00 10 00 02 00 00 00 00 00 00 00 00 00 48 e8 01 00
         10 00 03 00 00 00 00 00 00 00 00 00 90 d0 03 00");
    let curve = |m2| Some(ServiceCurve { m1: 0, d: 0, m2 });
    let hfsc = HfscClass { rsc: curve(125_000), fsc: curve(125_000), usc: curve(250_000) };
    let class = Class {
        kind: Some("hfsc".into()),
        options: Some(ClassOptions::Hfsc(hfsc)),
        ..<Class<'_> as Default>::default()
    };
    both(&bytes, &class);
    fn decode<'a, B: Body>(bytes: &'a [u8]) -> B::Of<'a> {
        netlink_core::wire::Decode::decode_at(bytes, 0).expect("the bytes are the body")
    }
    assert_eq!(decode::<Class<'static>>(&bytes), class);
}

/// `struct tc_mqprio_qopt` (linux/pkt_sched.h): 82 bytes, so that two of padding come before the attributes.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct MqprioOpt {
    num_tc: u8,
    prio_tc_map: [u8; 16],
    hw: u8,
    count: [u16; 16],
    offset: [u16; 16],
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Mqprio<'a> {
    #[nl_attr(header)]
    header: MqprioOpt,
    #[nl_attr(1)]
    mode: Option<u16>,
    #[nl_attr(2)]
    shaper: Option<u16>,
    #[nl_attr(3)]
    min_rates: Option<MinRates>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct MinRates {
    #[nl_attr(3, multi)]
    rates: Vec<u64>,
}

/// `struct tc_netem_qopt` (linux/pkt_sched.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct NetemOpt {
    latency: u32,
    limit: u32,
    loss: u32,
    gap: u32,
    duplicate: u32,
    jitter: u32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Netem<'a> {
    #[nl_attr(header)]
    header: NetemOpt,
    #[nl_attr(7)]
    ecn: Option<u32>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[test]
fn g04_a_header_and_attributes_inside_of_an_attribute() {
    // What `tc qdisc add ... netem delay 10ms loss 5% ecn` sends.
    let bytes = tc("0a 00 01 00 'netem' 00 00 00
         24 00 02 00 5a 62 02 00 e8 03 00 00 cd cc cc 0c 00 00 00 00 00 00 00 00 00 00 00 00 08 00 07 00 01 00 00 00");
    let header = NetemOpt { latency: 156_250, limit: 1000, loss: 0x0ccc_cccd, ..NetemOpt::default() };
    both(&bytes, &qdisc("netem", QdiscOptions::Netem(Netem { header, ecn: Some(1), ..Netem::default() })));
    // Without attributes, nothing pads the header: the kernel sends so, too.
    let bytes = tc("0a 00 01 00 'netem' 00 00 00
         1c 00 02 00 00 00 00 00 e8 03 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
    let header = NetemOpt { limit: 1000, ..NetemOpt::default() };
    both(&bytes, &qdisc("netem", QdiscOptions::Netem(Netem { header, ..Netem::default() })));

    // What `tc qdisc add ... mqprio num_tc 2 map 0 1 queues 1@0 1@1 hw 1 mode channel shaper bw_rlimit min_rate 1kbit
    // 2kbit` sends, without 14 more rates.
    let mut options = wire("02 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 01 00 01 00");
    options.resize(1 + 16 + 1 + 32, 0);
    options.extend([0, 0, 1, 0]);
    options.resize(82 + 2, 0);
    options.extend(wire("06 00 01 00 01 00 00 00 06 00 02 00 01 00 00 00"));
    options.extend(wire("1c 00 03 80 0c 00 03 00 7d 00 00 00 00 00 00 00 0c 00 03 00 fa 00 00 00 00 00 00 00"));
    let bytes = [tc("0b 00 01 00 'mqprio' 00 00  84 00 02 00"), options].concat();
    let mut header = MqprioOpt { num_tc: 2, hw: 1, ..MqprioOpt::default() };
    header.prio_tc_map[1] = 1;
    (header.count[0], header.count[1], header.offset[1]) = (1, 1, 1);
    let min_rates = Some(MinRates { rates: vec![125, 250] });
    let mqprio = Mqprio { header, mode: Some(1), shaper: Some(1), min_rates, ..Mqprio::default() };
    both(&bytes, &qdisc("mqprio", QdiscOptions::Mqprio(mqprio)));

    let short = tc("0a 00 01 00 'netem' 00 00 00  06 00 02 00 00 00 00 00");
    let error = "`Tc.options.header`: truncated: 2 bytes where at least 24 are needed (at byte 36)";
    assert_eq!(refused::<Qdisc<'_>>(&short), error);
}
