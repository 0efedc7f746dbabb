//! Extended matches, in a `basic` filter.

use std::borrow::Cow;

use netlink_core::{Connection, NlMessage, NlStruct, Request, protocol::Netfilter};
use netlink_tests::require;
use protocols::route::tc::{
    Handle,
    filter::{
        self, Basic, CanFilter, Cgroup, Ematch, EmatchCanId, EmatchCmp, EmatchData, EmatchFlags, EmatchHeader,
        EmatchIpSet, EmatchIpt, EmatchMeta, EmatchMetaHeader, EmatchMetaId, EmatchMetaValue, EmatchNbyte,
        EmatchOperation, EmatchText, EmatchTree, FilterOptions, Flow, FlowKeys, FlowMode, U32Key,
    },
    qdisc::{self, QdiscOptions},
};
use serde_json::json;

use crate::{
    filters::{CLASS, IP, act, add_at_egress, filter},
    with_link,
};

fn ematch(flags: EmatchFlags, data: EmatchData<'static>) -> Ematch<'static> {
    // The kind is filled in from the data.
    Ematch { matchid: 0, kind: 0, flags, data }
}

fn basic(module: &str, tree_list: Vec<Ematch<'static>>, unsaid: &'static [&'static str], shown: &str) {
    if require::classifier("basic").is_none() || require::module(module).is_none() {
        return;
    }
    let header = EmatchHeader { nmatches: u16::try_from(tree_list.len()).unwrap(), progid: 0 };
    let tree = EmatchTree { tree_hdr: Some(header), tree_list: Some(tree_list), ..EmatchTree::default() };
    let options = Basic { classid: CLASS, ematches: Some(tree), act: act(), ..Basic::default() };
    let options = FilterOptions::Basic(options);
    filter("basic", 3, IP, options, unsaid, json!(shown));
}

#[test]
fn numbers_and_parentheses() {
    // u16 at 2 from the network header on, greater than 0x100.
    let cmp = EmatchCmp { val: 0x100, mask: 0xffff, off: 2, align_flags: 2, layer_opnd: 0x11 };
    let tree = vec![
        ematch(EmatchFlags::REL_AND, EmatchData::Cmp(cmp)),
        ematch(EmatchFlags::INVERT, EmatchData::Container(2)),
        ematch(EmatchFlags::REL_OR, EmatchData::Cmp(EmatchCmp { val: 1, ..cmp })),
        ematch(EmatchFlags::empty(), EmatchData::Cmp(EmatchCmp { val: 2, ..cmp })),
    ];
    let shown = "cmp(u16 at 2 layer 1 mask 0xffff gt 256)\n  AND NOT ";
    basic("em_cmp", tree, &[], shown);
}

#[test]
fn bytes() {
    let nbyte = EmatchNbyte { off: 12, len_layer: 4 | 1 << 12, needle: Cow::Borrowed(&[10, 0, 0, 1]) };
    basic(
        "em_nbyte",
        vec![ematch(EmatchFlags::empty(), EmatchData::Nbyte(nbyte))],
        &[],
        "nbyte(0a 00 00 01 \"....\" at 12 layer 1)",
    );
}

#[test]
fn as_u32_does() {
    let key = U32Key { mask: 0x00ff_0000, val: 0x0006_0000, off: 8, offmask: 0 };
    basic("em_u32", vec![ematch(EmatchFlags::INVERT, EmatchData::U32(key))], &[], "NOT u32(00060000/00ff0000 at 8)");
}

#[test]
fn what_the_kernel_knows() {
    let (shift, op) = (1, EmatchOperation::Greater);
    let left = EmatchMetaValue { shift, op, ..EmatchMetaValue::number(EmatchMetaId::Priority) };
    let right = EmatchMetaValue::number(EmatchMetaId::Value);
    assert_eq!(left.id(), EmatchMetaId::Priority);
    let meta = EmatchMeta {
        hdr: Some(EmatchMetaHeader { left, right }),
        // The mask of the left side, and the number on the right.
        lvalue: Some(Cow::Owned(0xff_u32.to_ne_bytes().to_vec())),
        rvalue: Some(Cow::Owned(7_u32.to_ne_bytes().to_vec())),
        ..EmatchMeta::default()
    };
    let tree = vec![ematch(EmatchFlags::empty(), EmatchData::Meta(meta))];
    basic("em_meta", tree, &[], "meta(priority shift 1 mask 0x000000ff gt 7)");
}

#[test]
fn text() {
    let text = EmatchText {
        algo: "kmp".parse().unwrap(),
        from_offset: 4,
        to_offset: 400,
        pattern_len: 8,
        layers: 0x11,
        // `tc` stumbles over lengths that are no multiple of 4, which the kernel does not pad.
        pattern: Cow::Borrowed(b"two-4s--"),
    };
    basic("em_text", vec![ematch(EmatchFlags::empty(), EmatchData::Text(text))], &[], "basic chain 0 handle 0x3");
}

/// Of a match of iptables: addresses of these kinds, `struct xt_addrtype_info_v1`.
#[test]
fn as_iptables_does() {
    if require::module("xt_addrtype").is_none() {
        return;
    }
    // Sources of any kind, destinations for this machine: RTN_LOCAL; no flags.
    let data = [0_u16.to_ne_bytes(), (1_u16 << 2).to_ne_bytes(), [0; 2], [0; 2]].concat();
    let ipt = EmatchIpt {
        hook: Some(1),
        match_name: Some("addrtype".into()),
        match_revision: Some(1),
        nfproto: Some(2),
        match_data: Some(data.into()),
        ..EmatchIpt::default()
    };
    // To say more, `tc` needs the libraries of iptables.
    basic("em_ipt", vec![ematch(EmatchFlags::empty(), EmatchData::Ipt(ipt))], &[], "ipt(");
}

/// `struct nfgenmsg` (linux/netfilter/nfnetlink.h).
#[derive(NlStruct, Clone, Copy, Debug, Default)]
struct NfGenMsg {
    family: u8,
    version: u8,
    #[nl(be)]
    res_id: u16,
}

/// As much of an IP set as it takes to make one (linux/netfilter/ipset/ip_set.h).
#[derive(NlMessage, Debug, Default)]
struct IpSet {
    #[nl_attr(header)]
    header: NfGenMsg,
    #[nl_attr(1)]
    protocol: Option<u8>,
    #[nl_attr(2)]
    name: Option<String>,
    #[nl_attr(3)]
    kind: Option<String>,
    #[nl_attr(4)]
    revision: Option<u8>,
    #[nl_attr(5)]
    family: Option<u8>,
    #[nl_attr(7)]
    data: Option<NoData>,
}

#[derive(NlMessage, Debug, Default)]
struct NoData {}

/// Makes a set of IPv4 addresses, the first one, which has the index 0.
fn make_set() {
    let header = NfGenMsg { family: 2, ..NfGenMsg::default() };
    let set = IpSet {
        header,
        protocol: Some(6),
        name: Some("s".to_owned()),
        kind: Some("hash:ip".to_owned()),
        revision: Some(4),
        family: Some(2),
        data: Some(NoData::default()),
    };
    let (subsystem, create) = (6, 2); // NFNL_SUBSYS_IPSET, IPSET_CMD_CREATE
    let request = Request::raw(Netfilter, subsystem << 8 | create).create().exclusive();
    Connection::open().unwrap().tell(request.add_bytes(&set.to_bytes().unwrap())).unwrap();
}

#[test]
fn addresses_in_a_set() {
    for module in ["ip_set", "ip_set_hash_ip", "em_ipset"] {
        if require::module(module).is_none() {
            return;
        }
    }
    let of = |index| EmatchData::IpSet(EmatchIpSet { index, dim: 1, flags: 1 });
    let with = |data| {
        let header = EmatchHeader { nmatches: 1, progid: 0 };
        let tree_list = Some(vec![ematch(EmatchFlags::empty(), data)]);
        let tree = EmatchTree { tree_hdr: Some(header), tree_list, ..EmatchTree::default() };
        let basic = Basic { ematches: Some(tree), ..Basic::default() };
        move |index| filter::add(index, Handle::CLSACT_EGRESS, 9, IP, FilterOptions::Basic(basic)).handle(3)
    };
    with_link(move |route, index| {
        make_set();
        route.tell(qdisc::add(index, Handle::UNSPEC, QdiscOptions::Clsact)).unwrap();
        assert!(route.tell(with(of(1))(index)).is_err(), "there is no such set");
        add_at_egress(route, index, with(of(0))(index), &[]);
    });
}

/// Other filters that have them.
#[test]
fn in_filters_of_other_kinds() {
    if require::module("em_cmp").is_none() {
        return;
    }
    let tree = || {
        let cmp = EmatchCmp { val: 0x100, mask: 0xffff, off: 2, align_flags: 2, layer_opnd: 0x11 };
        let header = EmatchHeader { nmatches: 1, progid: 7 };
        let list = vec![ematch(EmatchFlags::INVERT, EmatchData::Cmp(cmp))];
        Some(EmatchTree { tree_hdr: Some(header), tree_list: Some(list), ..EmatchTree::default() })
    };
    let flow =
        Flow { keys: Some(FlowKeys::SRC), mode: Some(FlowMode::Hash), ematches: tree(), act: act(), ..Flow::default() };
    let cgroup = Cgroup { ematches: tree(), act: act(), ..Cgroup::default() };
    for (kind, handle, options) in
        [("flow", 7, FilterOptions::Flow(flow)), ("cgroup", 1, FilterOptions::Cgroup(cgroup))]
    {
        let shown = json!("NOT cmp(u16 at 2 layer 1 mask 0xffff gt 256)");
        filter(kind, handle, IP, options, &[], shown);
    }
}

#[test]
fn can_identifiers() {
    let rules = vec![CanFilter { can_id: 0x123, can_mask: 0x7ff }, CanFilter { can_id: 0x100, can_mask: 0x700 }];
    let data = EmatchData::CanId(EmatchCanId { rules });
    basic("em_canid", vec![ematch(EmatchFlags::empty(), data)], &[], "canid(");
}
