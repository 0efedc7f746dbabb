//! What happens to packets with segments (SRv6): each action with all that it takes.

use std::net::Ipv6Addr;

use netlink_core::{IntoRequest, errno::Errno};
use netlink_tests::{netns, reencode, require};
use protocols::route::routes::{
    self, Encap, Seg6Action, Seg6Counters, Seg6Encap, Seg6Flavor, Seg6Flavors, Seg6Local, Seg6Mode, Seg6Srh,
    SegmentRoutingHeader,
};
use serde_json::{Value, json};

use crate::{Conn, furnished, index, ip, json};

/// An action: as `ip` calls it, what it takes, since when, and what `ip` shows of that.
type Action = (&'static str, Seg6Local<'static>, (u32, u32), Vec<(&'static str, Value)>);

fn action(action: Seg6Action) -> Seg6Local<'static> {
    Seg6Local { action: Some(action), ..Seg6Local::default() }
}

fn segments() -> SegmentRoutingHeader<'static> {
    let segments: [Ipv6Addr; 2] = ["fc00::1".parse().unwrap(), "fc00::2".parse().unwrap()];
    SegmentRoutingHeader { tag: 0x0102, flags: 0x20, ..SegmentRoutingHeader::new(&segments) }
}

fn actions() -> Vec<Action> {
    let v1 = Some(index("v1"));
    let (nh4, nh6) = (Some([192, 0, 2, 9].into()), Some("fc00::9".parse().unwrap()));
    let counters = Some(Seg6Counters { packets: Some(0), bytes: Some(0), errors: Some(0) });
    let flavor = |operation| Some(Seg6Flavors { operation: Some(operation), ..Seg6Flavors::default() });
    let short =
        Some(Seg6Flavors { lcblock_bits: Some(48), lcnode_fn_bits: Some(8), ..flavor(Seg6Flavor::NEXT_CSID).unwrap() });
    let none = (4, 10);
    vec![
        ("End", Seg6Local { counters, ..action(Seg6Action::End) }, (5, 14), vec![]),
        (
            "End",
            Seg6Local { flavors: flavor(Seg6Flavor::PSP), ..action(Seg6Action::End) },
            (6, 3),
            vec![("flavors", json!(["psp"]))],
        ),
        (
            "End",
            Seg6Local { flavors: short, ..action(Seg6Action::End) },
            (6, 1),
            vec![("flavors", json!(["next-csid"])), ("lblen", 48.into()), ("nflen", 8.into())],
        ),
        ("End.X", Seg6Local { nh6, ..action(Seg6Action::EndX) }, none, vec![("nh6", "fc00::9".into())]),
        ("End.T", Seg6Local { table: Some(77), ..action(Seg6Action::EndT) }, none, vec![("table", "77".into())]),
        ("End.DX2", Seg6Local { oif: v1, ..action(Seg6Action::EndDx2) }, none, vec![("oif", "v1".into())]),
        ("End.DX6", Seg6Local { nh6, ..action(Seg6Action::EndDx6) }, none, vec![("nh6", "fc00::9".into())]),
        ("End.DX4", Seg6Local { nh4, ..action(Seg6Action::EndDx4) }, none, vec![("nh4", "192.0.2.9".into())]),
        ("End.DT6", Seg6Local { table: Some(78), ..action(Seg6Action::EndDt6) }, none, vec![("table", "78".into())]),
        ("End.B6", Seg6Local { srh: Some(segments()), ..action(Seg6Action::EndB6) }, none, vec![]),
        ("End.B6.Encaps", Seg6Local { srh: Some(segments()), ..action(Seg6Action::EndB6Encap) }, none, vec![]),
    ]
}

/// Sets the action, and compares.
fn prove(route: &mut Conn, (name, local, since, shows): Action) {
    if !require::is_linux(since.0, since.1) {
        return;
    }
    let dst = "fc00:7::/64".parse::<protocols::route::ip::IpNet>().unwrap();
    let add = routes::add(dst).dev(index("v0")).encap(Encap::Seg6Local(Box::new(local.clone())));
    route.tell(add).unwrap_or_else(|error| panic!("{name}: {error}"));
    let told: Vec<_> = route.dump(routes::list().v6()).unwrap().map(Result::unwrap).collect();
    let told = told.iter().find(|entry| entry.destination() == Some(dst)).unwrap();
    assert_eq!(told.encap.as_deref(), Some(&Encap::Seg6Local(Box::new(local))), "{name}");
    let shown = json("ip", "-6 route show");
    let shown = shown.iter().find(|entry| entry["dst"] == "fc00:7::/64").unwrap();
    assert_eq!((&shown["encap"], &shown["action"]), (&"seg6local".into(), &name.into()), "{shown:#}");
    for (key, value) in shows {
        assert_eq!(shown[key], value, "{shown:#}");
    }
    reencode::assert(route, routes::list().v6().into_request(), &[]);
    route.tell(routes::del(dst)).unwrap();
}

#[test]
fn actions_at_the_end_of_a_segment_are_what_was_set_and_what_ip_says() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        for action in actions() {
            prove(&mut route, action);
        }
        // What an action does not take is not told: the kernel has no action that takes a link to come in by.
        let iif = Seg6Local { iif: Some(index("v1")), ..action(Seg6Action::EndDx4) };
        let add = routes::add("fc00:8::".parse::<Ipv6Addr>().unwrap()).dev(index("v0"));
        let error = route.tell(add.encap(Encap::Seg6Local(Box::new(iif)))).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::INVAL));
    });
}

#[test]
fn segments_end_in_the_table_of_a_vrf() {
    netns::run(|| {
        let (Some(()), Some(())) = (require::linux(5, 11), require::link_kind("vrf")) else { return };
        let mut route = furnished();
        netns::output("sysctl", &["-qw", "net.vrf.strict_mode=1"]);
        ip("link add vrf0 type vrf table 77");
        ip("link set vrf0 up");
        let in_vrf = |one| Seg6Local { vrftable: Some(77), ..action(one) };
        let shown = || vec![("vrftable", "77".into())];
        prove(&mut route, ("End.DT4", in_vrf(Seg6Action::EndDt4), (5, 11), shown()));
        prove(&mut route, ("End.DT6", in_vrf(Seg6Action::EndDt6), (5, 11), shown()));
        prove(&mut route, ("End.DT46", in_vrf(Seg6Action::EndDt46), (5, 14), shown()));
    });
}

#[test]
fn packets_get_segments_in_every_way() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let dst = "fc00:7::/64".parse::<protocols::route::ip::IpNet>().unwrap();
        let src = require::is_linux(7, 2).then(|| "fc00::7".parse().unwrap());
        for (mode, name, since, src) in [
            (Seg6Mode::Inline, "inline", (4, 10), None),
            (Seg6Mode::Encap, "encap", (4, 10), src),
            (Seg6Mode::L2Encap, "l2encap", (4, 14), None),
            (Seg6Mode::EncapRed, "encap.red", (6, 0), src),
            (Seg6Mode::L2EncapRed, "l2encap.red", (6, 0), None),
        ] {
            if !require::is_linux(since.0, since.1) {
                continue;
            }
            let seg6 = Seg6Encap { srh: Some(Seg6Srh { mode, srh: segments() }), src, ..Seg6Encap::default() };
            let encap = Encap::Seg6(Box::new(seg6));
            route.tell(routes::add(dst).dev(index("v0")).encap(encap.clone())).unwrap();
            let told: Vec<_> = route.dump(routes::list().v6()).unwrap().map(Result::unwrap).collect();
            let told = told.iter().find(|entry| entry.destination() == Some(dst)).unwrap();
            assert_eq!(told.encap.as_deref(), Some(&encap), "{name}");
            let shown = json("ip", "-6 route show");
            let shown = shown.iter().find(|entry| entry["dst"] == "fc00:7::/64").unwrap();
            assert_eq!((&shown["mode"], &shown["segs"]), (&name.into(), &json!(["fc00::1", "fc00::2"])));
            reencode::assert(&mut route, routes::list().v6().into_request(), &[]);
            route.tell(routes::del(dst)).unwrap();
        }
    });
}
