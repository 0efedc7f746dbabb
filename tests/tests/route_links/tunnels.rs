//! Tunnels of IP in IP and of GRE.

use protocols::route::link::{
    Gre, Gre6, GreFlags, Ip6Tunnel, IpTunnel, LinkData, TunnelEncap, TunnelEncapFlags, Vti, Vti6, Xfrm,
};

use netlink_tests::require;

use crate::table::Kind;

const LOCAL: [u8; 4] = [192, 0, 2, 1];
const REMOTE: [u8; 4] = [192, 0, 2, 2];

fn v6(last: u16) -> Option<std::net::Ipv6Addr> {
    Some(std::net::Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, last))
}

fn gre(low: u32) -> Gre<'static> {
    Gre {
        link: Some(low),
        iflags: Some(GreFlags::KEY | GreFlags::CSUM),
        oflags: Some(GreFlags::KEY | GreFlags::CSUM),
        ikey: Some(7),
        okey: Some(8),
        local: Some(LOCAL.into()),
        remote: Some(REMOTE.into()),
        ttl: Some(64),
        tos: Some(4),
        pmtudisc: Some(1),
        fwmark: Some(99),
        ..Gre::default()
    }
}

const GRE_SAME: &[&str] = &[
    "=low link",
    "=0.0.0.7 ikey",
    "=0.0.0.8 okey",
    "local",
    "remote",
    "ttl",
    "tos",
    "pmtudisc",
    "fwmark",
    "=1 icsum",
    "=1 ocsum",
];

#[test]
fn a_gre_tunnel_is_what_ip_says() {
    Kind::new("gre", GRE_SAME).prove(|low| LinkData::Gre(Box::new(gre(low))));
    Kind::new("gretap", GRE_SAME).prove(|low| LinkData::GreTap(Box::new(gre(low))));
    Kind::new("gretap", &["collect_metadata external"])
        .prove(|_| LinkData::GreTap(Box::new(Gre { collect_metadata: true, ..Gre::default() })));
    Kind::new("gretap", &["ignore_df"]).prove(|_| {
        LinkData::GreTap(Box::new(Gre {
            remote: Some(REMOTE.into()),
            pmtudisc: Some(0),
            ignore_df: Some(1),
            encap_type: Some(TunnelEncap::None),
            encap_flags: Some(TunnelEncapFlags::CSUM),
            encap_sport: Some(1000),
            encap_dport: Some(2000),
            ..Gre::default()
        }))
    });
}

#[test]
fn an_erspan_tunnel_is_what_ip_says() {
    let base = || Gre {
        iflags: Some(GreFlags::KEY | GreFlags::SEQ),
        oflags: Some(GreFlags::KEY | GreFlags::SEQ),
        ikey: Some(7),
        okey: Some(7),
        local: Some(LOCAL.into()),
        remote: Some(REMOTE.into()),
        ..Gre::default()
    };
    let same = &["local", "remote", "erspan_ver", "erspan_index"];
    Kind::new("erspan", same)
        .prove(move |_| LinkData::Erspan(Box::new(Gre { erspan_ver: Some(1), erspan_index: Some(123), ..base() })));
    Kind::new("erspan", &["erspan_ver", "=egress erspan_dir", "erspan_hwid"]).prove(move |_| {
        LinkData::Erspan(Box::new(Gre { erspan_ver: Some(2), erspan_dir: Some(1), erspan_hwid: Some(17), ..base() }))
    });
}

fn gre6(low: u32) -> Gre6<'static> {
    Gre6 {
        link: Some(low),
        iflags: Some(GreFlags::KEY | GreFlags::SEQ),
        oflags: Some(GreFlags::KEY | GreFlags::SEQ),
        ikey: Some(7),
        okey: Some(7),
        local: v6(1),
        remote: v6(2),
        ttl: Some(64),
        encap_limit: Some(5),
        flowinfo: Some(0x12345),
        ..Gre6::default()
    }
}

#[test]
fn a_gre_tunnel_over_ipv6_is_what_ip_says() {
    let same =
        &["=low link", "=0.0.0.7 ikey", "=0.0.0.7 okey", "local", "remote", "ttl", "encap_limit", "=1 iseq", "=1 oseq"];
    Kind::new("ip6gre", same).prove(|low| LinkData::Ip6Gre(Box::new(gre6(low))));
    Kind::new("ip6gretap", same).prove(|low| LinkData::Ip6GreTap(Box::new(gre6(low))));
    Kind::new("ip6erspan", &["local", "remote", "erspan_ver", "erspan_index"]).prove(|low| {
        LinkData::Ip6Erspan(Box::new(Gre6 {
            erspan_ver: Some(1),
            erspan_index: Some(123),
            flowinfo: None,
            ..gre6(low)
        }))
    });
}

fn ip(low: u32, proto: u8) -> IpTunnel<'static> {
    IpTunnel {
        link: Some(low),
        local: Some(LOCAL.into()),
        remote: Some(REMOTE.into()),
        ttl: Some(64),
        tos: Some(4),
        proto: Some(proto),
        pmtudisc: Some(1),
        fwmark: Some(99),
        ..IpTunnel::default()
    }
}

#[test]
fn an_ip_tunnel_is_what_ip_says() {
    let same = &["=low link", "local", "remote", "ttl", "tos", "pmtudisc", "fwmark"];
    Kind::new("ipip", same).prove(|low| LinkData::Ipip(Box::new(ip(low, 4))));
    Kind::new("sit", same).prove(|low| LinkData::Sit(Box::new(ip(low, 41))));
    Kind::new(
        "sit",
        &[
            "sixrd_prefix prefix",
            "sixrd_prefixlen prefixlen",
            "sixrd_relay_prefix relay_prefix",
            "sixrd_relay_prefixlen relay_prefixlen",
        ],
    )
    .prove(|_| {
        LinkData::Sit(Box::new(IpTunnel {
            local: Some(LOCAL.into()),
            ttl: Some(64),
            sixrd_prefix: Some("2001:db8::".parse().unwrap()),
            sixrd_prefixlen: Some(32),
            sixrd_relay_prefix: Some([192, 0, 0, 0].into()),
            sixrd_relay_prefixlen: Some(16),
            ..IpTunnel::default()
        }))
    });
    Kind::new("ipip", &["collect_metadata external"])
        .prove(|_| LinkData::Ipip(Box::new(IpTunnel { collect_metadata: true, ..IpTunnel::default() })));
}

#[test]
fn an_ipv6_tunnel_is_what_ip_says() {
    let same = &["=low link", "local", "remote", "ttl", "encap_limit", "fwmark", "=1 ip6_tnl_f_use_orig_tclass"];
    Kind { not_told: &["flags"], ..Kind::new("ip6tnl", same) }.prove(|low| {
        LinkData::Ip6Tnl(Box::new(Ip6Tunnel {
            link: Some(low),
            local: v6(1),
            remote: v6(2),
            ttl: Some(64),
            encap_limit: Some(5),
            flowinfo: Some(0x12345),
            flags: Some(0x2), // IP6_TNL_F_USE_ORIG_TCLASS
            proto: Some(41),
            fwmark: Some(99),
            ..Ip6Tunnel::default()
        }))
    });
}

#[test]
fn a_vti_tunnel_is_what_ip_says() {
    let same = &["=low link", "local", "remote", "=0.0.0.7 ikey", "=0.0.0.8 okey", "fwmark"];
    Kind::new("vti", same).prove(|low| {
        LinkData::Vti(Vti {
            link: Some(low),
            ikey: Some(7),
            okey: Some(8),
            local: Some(LOCAL.into()),
            remote: Some(REMOTE.into()),
            fwmark: Some(99),
            ..Vti::default()
        })
    });
    Kind::new("vti6", same).prove(|low| {
        LinkData::Vti6(Vti6 {
            link: Some(low),
            ikey: Some(7),
            okey: Some(8),
            local: v6(1),
            remote: v6(2),
            fwmark: Some(99),
            ..Vti6::default()
        })
    });
}

#[test]
fn an_xfrm_interface_is_what_ip_says() {
    Kind::new("xfrm", &["if_id"])
        .prove(|low| LinkData::Xfrm(Xfrm { link: Some(low), if_id: Some(77), ..Xfrm::default() }));
    // Before, it was no attribute, and a number was wanted.
    if require::is_linux(6, 1) {
        Kind::new("xfrm", &["collect_metadata external"])
            .prove(|_| LinkData::Xfrm(Xfrm { collect_metadata: true, ..Xfrm::default() }));
    }
}

/// What is put around a tunnel: another header of UDP.
const FOU_SAME: &[&str] = &[
    "=fou encap/type",
    "encap_sport encap/sport",
    "encap_dport encap/dport",
    "=1 encap/csum",
    "=1 encap/csum6",
    "=1 encap/remcsum",
];

#[test]
fn what_is_put_around_a_tunnel_is_what_ip_says() {
    let Some(()) = require::module("fou") else { return };
    let flags = TunnelEncapFlags::CSUM | TunnelEncapFlags::CSUM6 | TunnelEncapFlags::REMCSUM;
    let (encap_type, encap_flags) = (Some(TunnelEncap::Fou), Some(flags));
    let (encap_sport, encap_dport) = (Some(1000), Some(5555));
    let gre = move || Gre { encap_type, encap_flags, encap_sport, encap_dport, ..gre(0) };
    Kind::new("gre", FOU_SAME).prove(move |low| LinkData::Gre(Box::new(Gre { link: Some(low), ..gre() })));
    Kind::new("gretap", FOU_SAME).prove(move |low| LinkData::GreTap(Box::new(Gre { link: Some(low), ..gre() })));
    let ip = move |low, proto| IpTunnel { encap_type, encap_flags, encap_sport, encap_dport, ..ip(low, proto) };
    Kind::new("ipip", FOU_SAME).prove(move |low| LinkData::Ipip(Box::new(ip(low, 4))));
    Kind::new("sit", FOU_SAME).prove(move |low| LinkData::Sit(Box::new(ip(low, 41))));

    let Some(()) = require::module("fou6") else { return };
    let gre6 = move |low| Gre6 { encap_type, encap_flags, encap_sport, encap_dport, ..gre6(low) };
    Kind::new("ip6gre", FOU_SAME).prove(move |low| LinkData::Ip6Gre(Box::new(gre6(low))));
    Kind::new("ip6gretap", FOU_SAME).prove(move |low| LinkData::Ip6GreTap(Box::new(gre6(low))));
    Kind::new("ip6tnl", FOU_SAME).prove(move |_| {
        let (local, remote, proto) = (v6(1), v6(2), Some(41));
        let tunnel = Ip6Tunnel { local, remote, proto, ..Ip6Tunnel::default() };
        LinkData::Ip6Tnl(Box::new(Ip6Tunnel { encap_type, encap_flags, encap_sport, encap_dport, ..tunnel }))
    });
}

#[test]
fn tunnels_over_ipv6_that_others_decide_about_are_what_ip_says() {
    let same = &["collect_metadata external"];
    Kind::new("ip6tnl", same)
        .prove(|_| LinkData::Ip6Tnl(Box::new(Ip6Tunnel { collect_metadata: true, ..Ip6Tunnel::default() })));
    let gre = || Box::new(Gre6 { collect_metadata: true, ..Gre6::default() });
    Kind::new("ip6gretap", same).prove(move |_| LinkData::Ip6GreTap(gre()));
    let erspan = move || Box::new(Gre6 { erspan_ver: Some(1), ..*gre() });
    Kind { not_told: &["erspan-ver"], ..Kind::new("ip6erspan", same) }.prove(move |_| LinkData::Ip6Erspan(erspan()));
}

#[test]
fn what_only_some_tunnels_have_is_what_ip_says() {
    // SIT_ISATAP
    Kind::new("sit", &["pmtudisc"]).prove(|_| {
        LinkData::Sit(Box::new(IpTunnel {
            local: Some(LOCAL.into()),
            ttl: Some(64),
            flags: Some(1),
            ..IpTunnel::default()
        }))
    });
    Kind::new("ip6erspan", &["erspan_ver", "=egress erspan_dir", "erspan_hwid", "fwmark"]).prove(|low| {
        LinkData::Ip6Erspan(Box::new(Gre6 {
            erspan_ver: Some(2),
            erspan_dir: Some(1),
            erspan_hwid: Some(17),
            fwmark: Some(99),
            flowinfo: None,
            ..gre6(low)
        }))
    });
    // IP6_TNL_F_RCV_DSCP_COPY, to which the kernel adds others.
    Kind { not_told: &["flags"], ..Kind::new("ip6gre", &["=1 ip6_tnl_f_rcv_dscp_copy"]) }
        .prove(|low| LinkData::Ip6Gre(Box::new(Gre6 { flags: Some(0x10), ..gre6(low) })));
}
