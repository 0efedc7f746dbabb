//! Links on another link.

use netlink_core::{NlFamily, wire::MacAddr};
use netlink_tests::{netns, require};
use protocols::route::{
    Route,
    link::{
        self, Hsr, HsrProtocol, Ipvlan, IpvlanFlags, IpvlanMode, LinkData, Macsec, MacsecCipher, MacsecOffload,
        MacsecValidation, Macvlan, MacvlanFlags, MacvlanMacaddrMode, MacvlanMacaddrs, MacvlanMode, Vlan, VlanFlags,
        VlanFlagsAndMask, VlanProtocol, VlanQos, VlanQosMapping,
    },
};

use crate::table::{Kind, lower};

#[test]
fn a_vlan_is_what_ip_says() {
    let same =
        &["id", "protocol", "flags/flags flags", "egress-qos/mapping egress_qos", "ingress-qos/mapping ingress_qos"];
    Kind { not_told: &["flags/mask"], ..Kind::new("vlan", same) }.prove_on(|_| {
        let qos = |pairs: &[(u32, u32)]| {
            let mapping = pairs.iter().map(|&(from, to)| VlanQosMapping { from, to }).collect();
            Some(VlanQos { mapping, ..VlanQos::default() })
        };
        let flags = VlanFlags::REORDER_HDR | VlanFlags::GVRP | VlanFlags::LOOSE_BINDING | VlanFlags::MVRP;
        LinkData::Vlan(Vlan {
            id: Some(4094),
            flags: Some(VlanFlagsAndMask { flags, mask: flags }),
            egress_qos: qos(&[(1, 7), (2, 6)]),
            ingress_qos: qos(&[(3, 5)]),
            protocol: Some(VlanProtocol::Ieee8021ad),
            ..Vlan::default()
        })
    });
}

#[test]
fn a_macvlan_is_what_ip_says() {
    let kind = |name| Kind {
        since: &[("bc-queue-len", (5, 13)), ("bc-cutoff", (6, 4))],
        ..Kind::new(name, &["mode", "bc_queue_len bcqueuelen", "bc_queue_len_used usedbcqueuelen", "=1 nodst"])
    };
    let data = || Macvlan {
        mode: Some(MacvlanMode::Bridge),
        flags: Some(MacvlanFlags::NODST),
        bc_queue_len: Some(500),
        bc_cutoff: Some(3),
        ..Macvlan::default()
    };
    kind("macvlan").prove_on(move |_| LinkData::Macvlan(data()));
    kind("macvtap").prove_on(move |_| LinkData::Macvtap(data()));
}

#[test]
fn a_macvlan_has_senders_that_it_receives_from() {
    let kind = Kind {
        not_told: &["macaddr-mode"],
        ..Kind::new("macvlan", &["mode", "macaddr_count", "macaddr-data/macaddr macaddr_data"])
    };
    kind.prove_on(|_| {
        let macaddr = vec![MacAddr([2, 0, 0, 0, 0, 1])];
        LinkData::Macvlan(Macvlan {
            mode: Some(MacvlanMode::Source),
            macaddr_mode: Some(MacvlanMacaddrMode::Set),
            macaddr_data: Some(MacvlanMacaddrs { macaddr, ..MacvlanMacaddrs::default() }),
            ..Macvlan::default()
        })
    });
}

#[test]
fn senders_are_added_to_those_that_a_macvlan_receives_from_and_taken_away() {
    if require::link_kind("macvlan").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let low = lower(&mut route, "low");
        route.tell(link::macvlan(MacvlanMode::Source).on(low).name("x0").add()).unwrap();
        let [one, two] = [1, 2].map(|last| MacAddr([2, 0, 0, 0, 0, last]));
        for (macaddr_mode, macaddr, expected) in [
            (MacvlanMacaddrMode::Add, Some(one), vec![one]),
            (MacvlanMacaddrMode::Add, Some(two), vec![one, two]),
            (MacvlanMacaddrMode::Del, Some(one), vec![two]),
            (MacvlanMacaddrMode::Flush, None, vec![]),
        ] {
            let change = Macvlan { macaddr_mode: Some(macaddr_mode), macaddr, ..Macvlan::default() };
            route.tell(link::set("x0").data(LinkData::Macvlan(change))).unwrap();
            let told = route.ask(link::get("x0")).unwrap();
            let Some(LinkData::Macvlan(macvlan)) = &told.link_info.as_ref().unwrap().data else { panic!("{told:?}") };
            let mut listed = macvlan.macaddr_data.as_ref().map_or_else(Vec::new, |list| list.macaddr.clone());
            listed.sort_by_key(|macaddr| macaddr.0);
            assert_eq!((&listed, macvlan.macaddr_count), (&expected, Some(expected.len() as u32)));
            let shown = netns::output("ip", &["-d", "link", "show", "x0"]);
            assert!([one, two].iter().all(|one| shown.contains(&one.to_string()) == expected.contains(one)), "{shown}");
        }
    });
}

#[test]
fn an_ipvlan_is_what_ip_says() {
    let data = || Ipvlan { mode: Some(IpvlanMode::L3), flags: Some(IpvlanFlags::VEPA), ..Ipvlan::default() };
    Kind::new("ipvlan", &["mode", "=1 vepa"]).prove_on(move |_| LinkData::Ipvlan(data()));
    Kind::new("ipvtap", &["mode"]).prove_on(move |_| LinkData::Ipvtap(data()));
}

#[test]
fn a_macsec_link_is_what_ip_says() {
    let same = &[
        "icv_len",
        "encoding_sa",
        "window",
        "=strict validation",
        "=gcm-aes-256 cipher_suite",
        "encrypt",
        "protect",
        "inc_sci",
        "es",
        "scb",
        "replay_protect",
    ];
    Kind { not_told: &["port"], ..Kind::new("macsec", same) }.prove_on(|_| {
        LinkData::Macsec(Macsec {
            port: Some(77),
            icv_len: Some(16),
            cipher_suite: Some(MacsecCipher::GcmAes256),
            window: Some(32),
            encoding_sa: Some(2),
            encrypt: Some(1),
            protect: Some(1),
            inc_sci: Some(0),
            es: Some(1),
            scb: Some(0),
            replay_protect: Some(1),
            validation: Some(MacsecValidation::Strict),
            ..Macsec::default()
        })
    });
}

#[test]
fn a_macsec_link_has_the_channel_that_it_is_told() {
    // Before, the kernel did not tell who does the work.
    let since = &[("offload", (6, 3))];
    let kind = Kind { since, ..Kind::new("macsec", &["=0200000000010011 sci", "offload"]) };
    kind.prove_on(|_| {
        let offload = Some(MacsecOffload::Off);
        LinkData::Macsec(Macsec { sci: Some(0x0200_0000_0001_0011), offload, ..Macsec::default() })
    });
    if require::link_kind("macsec").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let low = lower(&mut route, "low");
        for offload in [MacsecOffload::Phy, MacsecOffload::Mac] {
            let macsec = LinkData::Macsec(Macsec { offload: Some(offload), ..Macsec::default() });
            // A pair has nobody who could.
            let error = route.tell(link::new(macsec).on(low).name("x0").add()).unwrap_err();
            assert_eq!(error.errno(), Some(netlink_core::Errno::OPNOTSUPP), "{offload:?}");
        }
    });
}

#[test]
fn an_hsr_link_is_what_ip_says() {
    if require::link_kind("hsr").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let slaves = [lower(&mut route, "s1"), lower(&mut route, "s2")];
        if require::is_linux(6, 10) {
            let interlink = Some(lower(&mut route, "s3"));
            let hsr = Hsr { slave1: Some(slaves[0]), slave2: Some(slaves[1]), interlink, ..Hsr::default() };
            route.tell(link::new(LinkData::Hsr(hsr)).name("x0").add()).unwrap();
            let told = route.ask(link::get("x0")).unwrap();
            let Some(LinkData::Hsr(hsr)) = &told.link_info.as_ref().unwrap().data else { panic!("{told:?}") };
            assert_eq!((hsr.slave1, hsr.interlink), (Some(slaves[0]), interlink));
            route.tell(link::del("x0")).unwrap();
        }
        for (protocol, version, since) in [(HsrProtocol::Hsr, Some(1), (4, 0)), (HsrProtocol::Prp, None, (5, 9))] {
            if crate::table::linux() < since {
                continue;
            }
            let hsr = Hsr {
                slave1: Some(slaves[0]),
                slave2: Some(slaves[1]),
                multicast_spec: Some(45),
                version,
                protocol: (protocol != HsrProtocol::Hsr).then_some(protocol),
                ..Hsr::default()
            };
            let made = link::new(LinkData::Hsr(hsr)).name("x0").into_link();
            route.tell(Route::NEW_LINK.with(&made).create().exclusive()).unwrap();
            let told = route.ask(link::get("x0")).unwrap();
            let kind = Kind {
                not_told: &["multicast-spec", "version"],
                ..Kind::new("hsr", &["=s1 slave1", "=s2 slave2", "seq_nr", "supervision_addr"])
            };
            kind.compare(&made, &told, "link-info/data", "/linkinfo/info_data");
            route.tell(link::del("x0")).unwrap();
        }
    });
}
