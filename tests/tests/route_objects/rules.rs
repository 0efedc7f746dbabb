//! Rules.

use netlink_core::{IntoRequest, errno::Errno};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    ip::AddressFamily,
    routes::RouteProtocol,
    rule::{self, Rule, RuleAction, RuleFlags, UidRange},
};

use crate::{Conn, entry, furnished, json, net};

fn at(route: &mut Conn, list: rule::RuleList, priority: u32) -> Rule<'static> {
    let rules: Vec<_> = route.dump(list).unwrap().collect::<Result<_, _>>().unwrap();
    rules.into_iter().find(|rule| rule.priority == Some(priority)).expect("the rule")
}

#[test]
fn nothing_replaces_a_rule() {
    netns::run(|| {
        let mut route = furnished();
        let add = rule::add(AddressFamily::Inet).table(77).priority(100);
        for request in [add.clone(), add.clone().replace(), add.clone().update()] {
            route.tell(request).unwrap();
        }
        assert_eq!(route.tell(add).unwrap_err().errno(), Some(Errno::EXIST));
        let rules = route.list(rule::list().v4(), 3).unwrap().entries;
        assert_eq!(rules.iter().filter(|rule| rule.priority == Some(100)).count(), 3);
    });
}

#[test]
fn a_rule_is_what_was_set_and_what_ip_says() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        // Elsewhere not every user is known.
        let Some(()) = require::root_outside() else { return };
        let mut route = furnished();
        let mut add = rule::add(AddressFamily::Inet)
            .from(net("192.0.2.0/24"))
            .to(net("198.51.100.0/25"))
            .iif("v0".parse().unwrap())
            .oif("v1".parse().unwrap())
            .mark(0x1234, 0xffff)
            .sports(1000, 2000)
            .dports(80, 90)
            .priority(500)
            .table(70_000);
        add.body.ip_proto = Some(6);
        add.body.tun_id = Some(0x0102_0304);
        add.body.suppress_prefixlen = Some(8);
        add.body.suppress_ifgroup = Some(5);
        add.body.uid_range = Some(UidRange { start: 100, end: 200 });
        add.body.flow = Some(3 << 16 | 4);
        add.body.protocol = Some(RouteProtocol::Zebra);
        add.body.header.tos = 0x10;
        let sent = add.body.clone();
        route.tell(add.clone()).unwrap();
        assert_eq!(route.tell(add.clone()).unwrap_err().errno(), Some(Errno::EXIST));

        let got = at(&mut route, rule::list().v4(), 500);
        assert_eq!((got.source(), got.destination()), (Some(net("192.0.2.0/24")), Some(net("198.51.100.0/25"))));
        assert_eq!((got.iifname, got.oifname, got.table()), (sent.iifname, sent.oifname, 70_000));
        assert_eq!((got.fwmark, got.fwmask, got.flow), (sent.fwmark, sent.fwmask, sent.flow));
        assert_eq!(
            (got.sport_range, got.dport_range, got.ip_proto),
            (sent.sport_range, sent.dport_range, sent.ip_proto)
        );
        assert_eq!((got.tun_id, got.uid_range, got.protocol), (sent.tun_id, sent.uid_range, sent.protocol));
        assert_eq!(got.suppress_prefixlen, sent.suppress_prefixlen);
        assert_eq!(got.suppress_ifgroup, sent.suppress_ifgroup);
        assert_eq!((got.header.tos, got.header.action), (0x10, RuleAction::ToTbl));

        let shown = json("ip", "-N rule show");
        let shown = shown.iter().find(|rule| rule["priority"] == 500).unwrap();
        assert_eq!((&shown["src"], &shown["srclen"]), (&"192.0.2.0".into(), &24.into()));
        assert_eq!((&shown["dst"], &shown["dstlen"]), (&"198.51.100.0".into(), &25.into()));
        assert_eq!((&shown["iif"], &shown["oif"]), (&"v0".into(), &"v1".into()));
        assert_eq!((&shown["fwmark"], &shown["fwmask"]), (&"0x1234".into(), &"0xffff".into()));
        assert_eq!((&shown["sport_start"], &shown["sport_end"]), (&1000.into(), &2000.into()));
        assert_eq!((&shown["dport_start"], &shown["dport_end"]), (&80.into(), &90.into()));
        assert_eq!((&shown["uid_start"], &shown["uid_end"]), (&100.into(), &200.into()));
        // As an identifier of a tunnel it is big-endian.
        assert_eq!(shown["tun_id"], 0x0102_0304);
        assert_eq!((&shown["table"], &shown["protocol"]), (&"70000".into(), &"11".into()));
        assert_eq!(shown["suppress_prefixlen"], 8);

        reencode::assert(&mut route, rule::list().into_request(), &[]);
        route.tell(rule::del(AddressFamily::Inet).priority(500)).unwrap();
        assert_eq!(json("ip", "rule show").len(), 3);
        let error = route.tell(rule::del(AddressFamily::Inet).priority(500)).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::NOENT));
    });
}

#[test]
fn rules_that_do_something_else() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let actions = [RuleAction::Blackhole, RuleAction::Unreachable, RuleAction::Prohibit];
        for (priority, action) in (600..).zip(actions) {
            route.tell(rule::add(AddressFamily::Inet6).priority(priority).action(action)).unwrap();
            assert_eq!(at(&mut route, rule::list().v6(), priority).header.action, action);
        }
        route.tell(rule::add(AddressFamily::Inet6).priority(550).invert().goto(600)).unwrap();
        let got = at(&mut route, rule::list().v6(), 550);
        assert_eq!((got.goto, got.header.action, got.header.flags), (Some(600), RuleAction::Goto, RuleFlags::INVERT));
        let shown = json("ip", "-6 rule show");
        let shown = shown.iter().find(|rule| rule["priority"] == 550).unwrap();
        assert_eq!(shown["goto"], 600);
        assert!(shown.get("not").is_some(), "{shown:#}");
        let shown = json("ip", "-6 rule show");
        assert_eq!(entry(&shown, "action", "blackhole")["priority"], 600);
        reencode::assert(&mut route, rule::list().into_request(), &[]);
    });
}

#[test]
fn packets_of_a_vrf_are_looked_up_in_its_table() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let mut add = rule::add(AddressFamily::Inet).priority(500);
        add.body.l3mdev = Some(1);
        // Such a rule has no table of its own.
        let error = route.tell(add.clone()).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::INVAL));
        (add.body.table, add.body.header.table) = (None, 0);
        route.tell(add).unwrap();
        let got = at(&mut route, rule::list().v4(), 500);
        assert_eq!((got.l3mdev, got.table()), (Some(1), 0));
        let shown = json("ip", "rule show");
        let shown = shown.iter().find(|rule| rule["priority"] == 500).unwrap();
        assert!(shown.get("l3mdev").is_some(), "{shown:#}");
        reencode::assert(&mut route, rule::list().into_request(), &[]);
    });
}

#[test]
fn matches_of_newer_kernels() {
    netns::run(|| {
        let Some(()) = require::linux(6, 15) else { return };
        let mut route = furnished();
        let mut add = rule::add(AddressFamily::Inet6).priority(700).table(100);
        (add.body.flowlabel, add.body.flowlabel_mask) = (Some(0x12345), Some(0xfffff));
        (add.body.dscp, add.body.dscp_mask) = (Some(10), Some(0x3e));
        add.body.ip_proto = Some(17);
        let mut add = add.sports(0x2300, 0x2300).dports(8000, 8000);
        (add.body.sport_mask, add.body.dport_mask) = (Some(0xff00), Some(0xfff0));
        let sent = add.body.clone();
        route.tell(add).unwrap();
        let got = at(&mut route, rule::list().v6(), 700);
        assert_eq!((got.flowlabel, got.flowlabel_mask), (sent.flowlabel, sent.flowlabel_mask));
        assert_eq!((got.dscp, got.dscp_mask, got.dport_mask), (sent.dscp, sent.dscp_mask, sent.dport_mask));
        assert_eq!(got.sport_mask, sent.sport_mask);
        // The kernel takes no more than 20 bits: the byte order is its own.
        let mut wide = rule::add(AddressFamily::Inet6).priority(701).table(100);
        (wide.body.flowlabel, wide.body.flowlabel_mask) = (Some(0x0010_0000), Some(0x0010_0000));
        assert!(route.tell(wide).is_err());
        reencode::assert(&mut route, rule::list().into_request(), &[]);
    });
}
