//! Extended matches, in a `basic` filter.

use std::borrow::Cow;

use netlink_tests::require;
use protocols::route::tc::filter::{
    Basic, CanFilter, Ematch, EmatchCanId, EmatchCmp, EmatchData, EmatchFlags, EmatchHeader, EmatchMeta,
    EmatchMetaHeader, EmatchMetaValue, EmatchNbyte, EmatchText, EmatchTree, FilterOptions, U32Key,
};
use serde_json::json;

use crate::filters::{CLASS, Case, IP, act, check_but};

fn ematch(flags: EmatchFlags, data: EmatchData<'static>) -> Ematch<'static> {
    // The kind is filled in from the data.
    Ematch { matchid: 0, kind: 0, flags, data }
}

fn basic(module: &str, tree_list: Vec<Ematch<'static>>, unsaid: &'static [&'static str], shown: &str) {
    // The kernel leaves the last byte of the name of an algorithm as it finds it.
    let tells_noise = tree_list.iter().any(|ematch| matches!(ematch.data, EmatchData::Text(_)));
    if require::classifier("basic").is_none() || require::module(module).is_none() {
        return;
    }
    let header = EmatchHeader { nmatches: u16::try_from(tree_list.len()).unwrap(), progid: 0 };
    let tree = EmatchTree { tree_hdr: Some(header), tree_list: Some(tree_list), ..EmatchTree::default() };
    let options = Basic { classid: CLASS, ematches: Some(tree), act: act(), ..Basic::default() };
    let options = FilterOptions::Basic(options);
    check_but(Case { kind: "basic", handle: 3, protocol: IP, options, unsaid, shown: json!(shown) }, tells_noise);
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
    let left = EmatchMetaValue { kind: 1 << 12 | 6, shift: 1, op: 1 };
    let right = EmatchMetaValue { kind: 1 << 12, ..EmatchMetaValue::default() };
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

#[test]
fn can_identifiers() {
    let rules = vec![CanFilter { can_id: 0x123, can_mask: 0x7ff }, CanFilter { can_id: 0x100, can_mask: 0x700 }];
    let data = EmatchData::CanId(EmatchCanId { rules });
    basic("em_canid", vec![ematch(EmatchFlags::empty(), data)], &[], "canid(");
}
