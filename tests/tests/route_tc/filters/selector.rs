//! `u32`.

use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    tc::{
        filter::{ClsFlags, FilterOptions, U32, U32Flags, U32Key, U32Mark, U32Selector},
        qdisc::{self, Htb, HtbGlobal, QdiscOptions},
    },
};
use serde_json::json;

use crate::{
    ONE,
    filters::{CLASS, IP, act, filter, list},
    with_link,
};

/// The first hash table, and a number in it.
const U32_HANDLE: u32 = 0x8000_0805;

fn selector() -> U32Selector {
    let key = |mask, val, off| U32Key { mask, val, off, offmask: 0 };
    U32Selector {
        flags: U32Flags::TERMINAL,
        // Counted when it is sent.
        nkeys: 2,
        keys: vec![key(0x00ff_0000, 0x0006_0000, 8), key(0x0000_ffff, 80, 20)],
        ..U32Selector::default()
    }
}

#[test]
fn u32() {
    let mark = U32Mark { val: 0x10, mask: 0xff, success: 0 };
    let options = U32 {
        classid: CLASS,
        sel: Some(selector()),
        act: act(),
        indev: Some("lo".parse().unwrap()),
        mark: Some(mark),
        flags: Some(ClsFlags::SKIP_HW),
        ..U32::default()
    };
    filter(
        "u32",
        U32_HANDLE & 0xfff | 0x8000_0000,
        IP,
        FilterOptions::U32(options),
        &["flags"],
        json!("match 00060000/00ff0000 at 8"),
    );
}

#[test]
fn u32_with_offsets() {
    let sel = U32Selector {
        flags: U32Flags::OFFSET | U32Flags::VAROFFSET | U32Flags::EAT,
        nkeys: 1,
        off: 20,
        offoff: 6,
        offshift: 3,
        offmask: 0x0ff0,
        keys: vec![U32Key { mask: 0xff, val: 7, off: 8, offmask: -1 }],
        ..U32Selector::default()
    };
    filter(
        "u32",
        U32_HANDLE,
        IP,
        FilterOptions::U32(U32 { sel: Some(sel), ..U32::default() }),
        &[],
        json!("match 00000007/000000ff at nexthdr+8\n    offset 0ff0>>3 at 6 plus 20  eat"),
    );
}

#[test]
fn u32_hash_tables_and_links() {
    if require::classifier("u32").is_none() {
        return;
    }
    with_link(|route, index| {
        let htb = Htb { init: Some(HtbGlobal::with_default_class(1)), ..Htb::default() };
        route.tell(qdisc::add(index, ONE, QdiscOptions::Htb(htb))).unwrap();
        let table = U32 { divisor: Some(16), ..U32::default() };
        let two = 2_u32 << 20;
        route.tell(filter::add(index, ONE, 9, IP, FilterOptions::U32(table)).handle(two)).unwrap();
        let sel = U32Selector {
            flags: U32Flags::VAROFFSET,
            offshift: 6,
            offmask: 0x0f00,
            hoff: 12,
            hmask: 0xff,
            keys: vec![U32Key::default()],
            ..U32Selector::default()
        };
        let link = U32 { link: Some(two), sel: Some(sel.clone()), ..U32::default() };
        route.tell(filter::add(index, ONE, 9, IP, FilterOptions::U32(link))).unwrap();
        let bucket = U32 { hash: Some(two | 3 << 12), sel: Some(selector()), classid: CLASS, ..U32::default() };
        route.tell(filter::add(index, ONE, 9, IP, FilterOptions::U32(bucket))).unwrap();

        let filters = list(route, index, ONE);
        let options = filters.iter().filter_map(|filter| match &filter.options {
            Some(FilterOptions::U32(options)) => Some(options),
            _ => None,
        });
        let options: Vec<&U32<'_>> = options.collect();
        assert!(options.iter().any(|options| options.divisor == Some(16)));
        let link = options.iter().find(|options| options.link == Some(two)).unwrap();
        assert_eq!(link.sel, Some(U32Selector { nkeys: 1, ..sel }));
        assert!(options.iter().any(|options| options.sel == Some(selector())));
        let counts = options.iter().filter_map(|options| options.pcnt.as_ref().map(|pcnt| pcnt.kcnts.len()));
        assert!(counts.eq([2, 1]) || options.iter().all(|options| options.pcnt.is_none()), "{options:?}");
        let said = netns::output("tc", &["filter", "show", "dev", "t0", "parent", "1:"]);
        for part in ["fh 2: ht divisor 16", "link 2:", "offset 0f00>>6 at 0", "hash mask 000000ff at 12", "fh 2:3:"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        reencode::assert(route, Route::GET_FILTER.with(&filter::list(index, ONE).body), &[]);
    });
}
