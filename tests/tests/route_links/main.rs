//! Links of the running kernel, compared with what `ip` says of them.

mod attributes;
mod bonds;
mod bridges;
mod names;
mod on_links;
mod others;
mod ports;
mod table;
mod tunnels;
mod udp;
mod verbs;

use std::{collections::BTreeMap, time::Duration};

use netlink_core::{
    Connection, IntoOwned, NlFamily, NlFlags, NlMessage,
    protocol::Route as RouteProtocol,
    wire::{LinkAddr, MacAddr, Text},
};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    link::{ExtMask, Link, LinkData, LinkFlags, LinkGet, LinkHeader, LinkInfo, OperState, PropList, Veth, Vlan},
};
use serde_json::Value;

type Conn = Connection<RouteProtocol>;

fn name(name: &'static str) -> Option<Text<'static>> {
    Some(name.into())
}

fn info(kind: &'static str, data: Option<LinkData<'static>>) -> Option<LinkInfo<'static>> {
    Some(LinkInfo { kind: Some(kind.into()), data, ..LinkInfo::default() })
}

/// A bridge with one end of a veth pair as its port.
fn furnish(route: &mut Conn) {
    let peer = Link { ifname: name("there"), mtu: Some(1300), ..Link::default() };
    let veth = Veth { peer: Some(Box::new(peer)), ..Veth::default() };
    let here = Link {
        ifname: name("here"),
        mtu: Some(1400),
        address: Some(MacAddr([2, 0, 0x5e, 0x10, 0, 1]).into()),
        // The kind is filled in from the data.
        link_info: Some(LinkInfo { data: Some(LinkData::Veth(veth)), ..LinkInfo::default() }),
        ..Link::default()
    };
    route.tell(Route::NEW_LINK.with(&here).create().exclusive()).unwrap();
    let bridge = Link { ifname: name("br0"), link_info: info("bridge", None), ..Link::default() };
    route.tell(Route::NEW_LINK.with(&bridge).create().exclusive()).unwrap();

    let master = u32::try_from(get(route, "br0").header.index).unwrap();
    let up = LinkHeader { flags: LinkFlags::UP, change: LinkFlags::UP, ..LinkHeader::default() };
    let change = Link {
        header: up,
        ifname: name("here"),
        master: Some(master),
        ifalias: Some(Text::from("some words")),
        txqlen: Some(77),
        group: Some(5),
        ..Link::default()
    };
    route.tell(Route::NEW_LINK.with(&change)).unwrap();
    netns::output("ip", &["link", "property", "add", "dev", "here", "altname", "a-rather-long-alternative-name"]);
}

fn get(route: &mut Conn, link: &str) -> Link<'static> {
    route.ask(Route::GET_LINK.with(&LinkGet { ifname: Some(link.into()), ..LinkGet::default() })).unwrap().into_owned()
}

/// What `ip -j -d link show` calls a field, and what the declaration holds, as JSON.
fn compared(link: &Link<'_>, names: &BTreeMap<i32, String>) -> Vec<(&'static str, Value)> {
    let text = |text: &Option<Text<'_>>| text.as_ref().map(ToString::to_string).into();
    let addr = |addr: &Option<LinkAddr<'_>>| addr.as_ref().map(ToString::to_string).into();
    let named = |index: Option<u32>| index.map(|index| names[&(index as i32)].clone()).into();
    let altnames: Vec<Value> =
        link.prop_list.iter().flat_map(|list| &list.alt_ifname).map(|name| name.to_string().into()).collect();
    vec![
        ("ifindex", link.header.index.into()),
        ("ifname", text(&link.ifname)),
        ("mtu", link.mtu.into()),
        ("qdisc", text(&link.qdisc)),
        ("master", named(link.master)),
        ("txqlen", link.txqlen.into()),
        ("address", addr(&link.address)),
        ("broadcast", addr(&link.broadcast)),
        ("promiscuity", link.promiscuity.into()),
        ("allmulti", link.allmulti.into()),
        ("min_mtu", link.min_mtu.into()),
        ("max_mtu", link.max_mtu.into()),
        ("num_tx_queues", link.num_tx_queues.into()),
        ("num_rx_queues", link.num_rx_queues.into()),
        ("gso_max_size", link.gso_max_size.into()),
        ("gso_max_segs", link.gso_max_segs.into()),
        ("tso_max_size", link.tso_max_size.into()),
        ("tso_max_segs", link.tso_max_segs.into()),
        ("gro_max_size", link.gro_max_size.into()),
        ("ifalias", text(&link.ifalias)),
        ("altnames", if altnames.is_empty() { Value::Null } else { altnames.into() }),
        ("operstate", link.operstate.map(oper_state).into()),
    ]
}

fn oper_state(state: OperState) -> &'static str {
    match state {
        OperState::Unknown => "UNKNOWN",
        OperState::Down => "DOWN",
        OperState::LowerLayerDown => "LOWERLAYERDOWN",
        OperState::Up => "UP",
        other => panic!("{other:?}"),
    }
}

#[test]
fn links_are_what_ip_says() {
    netns::run(|| {
        if require::tool("ip").is_none() {
            return;
        }
        let mut route = Route::connect().unwrap();
        furnish(&mut route);
        // That the other end is down, the kernel finds out a little later.
        netns::wait_for(|| get(&mut route, "here").operstate != Some(OperState::Unknown));
        let links: Vec<Link<'_>> =
            route.dump(Route::GET_LINK.with(&LinkGet::default())).unwrap().collect::<Result<_, _>>().unwrap();
        // Where tunnels are loaded, each namespace has some from the start.
        let ours = |name: &str| ["lo", "here", "there", "br0"].contains(&name);
        let links: Vec<_> = links.into_iter().filter(|link| ours(&link.ifname.as_ref().unwrap().to_string())).collect();
        let names = links.iter().map(|link| (link.header.index, link.ifname.as_ref().unwrap().to_string())).collect();
        let shown: Vec<Value> = serde_json::from_str(&netns::output("ip", &["-j", "-d", "link", "show"])).unwrap();
        let shown: Vec<&Value> = shown.iter().filter(|link| ours(link["ifname"].as_str().unwrap())).collect();
        assert_eq!(links.len(), 4);
        assert_eq!(shown.len(), 4);
        for (link, shown) in links.iter().zip(shown) {
            for (key, value) in compared(link, &names) {
                assert_eq!(value, shown[key], "{key} of {:?}", link.ifname);
            }
            let kind = link.link_info.as_ref().and_then(|info| info.kind.as_ref()).map(ToString::to_string);
            assert_eq!(Value::from(kind), shown["linkinfo"]["info_kind"]);
            // `ip` leaves out RUNNING and shows its absence instead.
            let flags = link.header.flags - LinkFlags::RUNNING;
            let mut ours: Vec<&str> = flags.iter_names().map(|(name, _)| name).collect();
            let mut theirs: Vec<&str> = shown["flags"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            theirs.retain(|flag| *flag != "NO-CARRIER" && *flag != "M-DOWN");
            ours.sort_unstable();
            theirs.sort_unstable();
            assert_eq!(ours, theirs, "flags of {:?}", link.ifname);
        }
        let here = links.iter().find(|link| link.ifname == name("here")).unwrap();
        assert_eq!((here.mtu, here.group, here.txqlen), (Some(1400), Some(5), Some(77)));
        let there = links.iter().find(|link| link.ifname == name("there")).unwrap();
        assert_eq!(there.mtu, Some(1300));
        assert_eq!(here.link, Some(there.header.index as u32));
    });
}

#[test]
fn messages_survive_decoding_and_encoding() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        furnish(&mut route);
        let all = LinkGet { ext_mask: Some(ExtMask::VF), ..LinkGet::default() };
        let count = reencode::assert(&mut route, Route::GET_LINK.with(&all), &[]);
        assert!(count >= 4);
    });
}

#[test]
fn k6_a_name_of_any_bytes_is_listed_and_found() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let odd = Text::from(&b"\xff\xfe"[..]);
        let link = Link { ifname: Some(odd.clone()), link_info: info("bridge", None), ..Link::default() };
        route.tell(Route::NEW_LINK.with(&link).create()).unwrap();
        let found = route.dump(Route::GET_LINK.with(&LinkGet::default())).unwrap().filter(|link| {
            let link = link.as_ref().unwrap();
            link.ifname.as_ref() == Some(&odd)
        });
        assert_eq!(found.count(), 1);
        let request = LinkGet { ifname: Some(odd.clone()), ..LinkGet::default() };
        assert_eq!(route.ask(Route::GET_LINK.with(&request)).unwrap().ifname, Some(odd.clone()));
        assert_eq!(odd.to_string(), r"\xff\xfe");
    });
}

#[test]
fn trap_36_a_link_is_found_by_its_alternative_name() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        furnish(&mut route);
        let alternative = Text::from("a-rather-long-alternative-name");
        let request = LinkGet { alt_ifname: Some(alternative.clone()), ..LinkGet::default() };
        let link = route.ask(Route::GET_LINK.with(&request)).unwrap();
        assert_eq!(link.ifname, name("here"));
        assert_eq!(link.prop_list, Some(PropList { alt_ifname: vec![alternative], ..PropList::default() }));
    });
}

#[test]
fn changes_are_told_to_members_of_the_group() {
    netns::run(|| {
        let mut watcher = Route::connect().unwrap();
        watcher.join(Route::LINKS).unwrap();
        let mut route = Route::connect().unwrap();
        furnish(&mut route);
        let mut events = watcher.events().timeout(Duration::from_secs(5));
        let mut seen = Vec::new();
        while !seen.contains(&name("br0")) {
            let Some(Ok(netlink_core::connection::Incoming::Notification(notification))) = events.next_event() else {
                panic!("{seen:?}");
            };
            assert_eq!(notification.group(), 1);
            seen.push(notification.decode(Route::LINK_CHANGED).unwrap().ifname.map(IntoOwned::into_owned));
        }
        assert!(seen.contains(&name("here")) && seen.contains(&name("there")));
    });
}

#[test]
fn a_vlan_out_of_range_is_refused_before_it_is_sent() {
    let vlan = LinkData::Vlan(Vlan { id: Some(5000), ..Vlan::default() });
    let link = Link { link_info: Some(LinkInfo { data: Some(vlan), ..LinkInfo::default() }), ..Link::default() };
    let error = link.to_bytes().unwrap_err();
    assert_eq!(error.to_string(), "`Link.link_info.data.id`: 5000 is out of range (0..=4094)");
}

#[test]
fn flags_without_a_name_are_kept() {
    let flags = LinkFlags::UP | LinkFlags::from_bits_retain(1 << 30);
    assert_eq!(flags.bits(), 1 | 1 << 30);
    assert_eq!(<LinkFlags as NlFlags>::SCHEMA.prefix, Some("IFF_"));
}
