//! What else is told and done by the numbers of routes and links: gateways of CAN, tables of multicast routes, data
//! center bridging.

use std::time::Duration;

use netlink_core::{IntoOwned, IntoRequest, Request, errno::Errno, exchange::Change, protocol};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    can_gw::{
        self, CanCrc8, CanCrc8Profile, CanFdFrame, CanFdFrameMod, CanFrame, CanFrameMod, CanJob, CanJobFlags,
        CanModified, CanXor,
    },
    dcb::{self, DcbCommand, Ieee, IeeeEts},
    follow,
    ip::AddressFamily,
    link::{self, AfSpec, Link, LinkGet},
    routes,
};

use crate::{Conn, furnished, index, ip, lacks};

fn jobs(route: &mut Conn) -> Vec<CanJob<'static>> {
    route.dump(can_gw::list()).unwrap().map(|job| job.unwrap().into_owned()).collect()
}

/// A job with all that can be set, of CAN.
fn rich(from: u32, to: u32) -> CanJob<'static> {
    let frame = CanFrame { id: 0x123, len: 8, len8_dlc: 0, data: [1, 2, 3, 4, 5, 6, 7, 8] };
    let change = |modtype| Some(CanFrameMod { frame, modtype });
    let mut crctab = [0; 256];
    crctab.iter_mut().zip(0..=u8::MAX).for_each(|(entry, number)| *entry = number.rotate_left(3));
    let mut job = can_gw::add(from, to).filter(0x100, 0x7ff).with(CanJobFlags::ECHO | CanJobFlags::SRC_TSTAMP).body;
    job.mod_and = change(CanModified::ID | CanModified::DATA);
    job.mod_or = change(CanModified::DATA);
    job.mod_xor = change(CanModified::LEN);
    job.mod_set = change(CanModified::ID);
    job.cs_xor = Some(CanXor { from_idx: 1, to_idx: -3, result_idx: -2, init_xor_val: 9 });
    job.cs_crc8 = Some(CanCrc8 {
        from_idx: 2,
        to_idx: 5,
        result_idx: 7,
        init_crc_val: 0xff,
        final_xor_val: 0x55,
        crctab,
        profile: CanCrc8Profile::OneByte,
        profile_data: [7; 20],
    });
    job.lim_hops = Some(1);
    job.mod_uid = Some(77);
    job
}

#[test]
fn gateways_of_can_are_what_was_set() {
    netns::run(|| {
        let (Some(_), Some(()), Some(())) =
            (require::tool("ip"), require::link_kind("vcan"), require::module("can-gw"))
        else {
            return;
        };
        let mut route = furnished();
        ip("link add name c0 type vcan");
        ip("link add name c1 type vcan");
        let mut index = |name: &str| route.ask(link::get(name)).unwrap().index();
        let (c0, c1) = (index("c0"), index("c1"));

        let wanted = rich(c0, c1);
        let mut add = can_gw::add(c0, c1);
        add.body = wanted.clone();
        route.tell(add).unwrap();
        assert_eq!(jobs(&mut route), std::slice::from_ref(&wanted));
        let mut request = can_gw::add(c1, c0).with(CanJobFlags::FD | CanJobFlags::IIF_TX_OK);
        let frame = CanFdFrame { id: 5, len: 64, flags: 1, data: [9; 64] };
        let change = |modtype| Some(CanFdFrameMod { frame, modtype });
        request.body.fdmod_and = change(CanModified::DATA);
        request.body.fdmod_or = change(CanModified::FLAGS);
        request.body.fdmod_xor = change(CanModified::ID);
        request.body.fdmod_set = change(CanModified::LEN);
        let second = request.body.clone();
        route.tell(request).unwrap();
        let told = jobs(&mut route);
        assert!(told.len() == 2 && told.contains(&wanted) && told.contains(&second), "{told:?}");
        assert_eq!(reencode::assert(&mut route, can_gw::list().into_request(), &[]), 2);

        // They are no routes, although the kernel lists them among these.
        let raw = Request::raw(protocol::Route, 26).add_bytes(&[0; 12]);
        let listed: Vec<_> = route.dump(raw).unwrap().map(|message| message.unwrap().body[0]).collect();
        assert_eq!(listed.iter().filter(|family| **family == 29).count(), 2, "{listed:?}");
        let mut entries = route.dump(routes::list()).unwrap();
        let families: Vec<_> = entries.by_ref().map(|route| route.unwrap().header.family).collect();
        assert_eq!((families.len(), entries.passed_over()), (listed.len() - 2, 2));
        drop(entries);
        assert!(!families.contains(&AddressFamily::Can), "{families:?}");
        let mut followed = follow::routes().start().unwrap().timeout(Duration::from_secs(5));
        while !matches!(followed.next().unwrap().unwrap(), Change::Synced) {}
        route.tell(can_gw::del(&wanted)).unwrap();
        assert_eq!(jobs(&mut route), [second]);
        route.tell(can_gw::flush()).unwrap();
        assert!(jobs(&mut route).is_empty());
    });
}

#[test]
fn tables_of_multicast_routes_are_told_as_links() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let mut wanted = LinkGet::default();
        wanted.header.family = AddressFamily::Ipmr.into();
        let request = || Route::GET_LINK.dump_with(&wanted);
        let tables: Result<Vec<_>, _> = route.dump(request()).unwrap().collect();
        let tables = match tables {
            Err(error) if lacks(&error) => {
                netlink_tests::unsupported!("needs a kernel that routes multicast packets (CONFIG_IP_MROUTE)")
            }
            tables => tables.unwrap(),
        };
        let [Link { af_spec: Some(AfSpec::Ipmr(table)), .. }] = &tables[..] else { panic!("{tables:?}") };
        assert_eq!((table.table_id, table.mroute_reg_vif_num), (Some(253), Some(-1)));
        assert_eq!((table.mroute_do_pim, table.mroute_do_assert), (Some(0), Some(0)));
        assert_eq!(reencode::assert(&mut route, request(), &[]), 1);
    });
}

#[test]
fn links_that_cannot_bridge_data_centers_say_so() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        assert!(index("v0") > 0);
        for command in [DcbCommand::Gstate, DcbCommand::IeeeGet, DcbCommand::CeeGet, DcbCommand::Gcap] {
            let error = route.ask(dcb::get("v0", command)).unwrap_err();
            assert_eq!(error.errno(), Some(Errno::OPNOTSUPP), "{command:?}");
        }
        let ieee = Ieee { ets: Some(IeeeEts { willing: 1, ..IeeeEts::default() }), ..Ieee::default() };
        let mut set = dcb::set("v0", DcbCommand::IeeeSet);
        set.body.ieee = Some(ieee);
        let error = route.ask(set).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::OPNOTSUPP));
        let error = route.ask(dcb::get("nowhere", DcbCommand::Gstate)).unwrap_err();
        assert!(error.errno() == Some(Errno::NODEV) || lacks(&error), "{error}");
    });
}
