//! neli.

use common::{GATEWAY, Job, Tally, destination, run};
use neli::{
    consts::{nl::NlmF, rtnl::*, socket::NlFamily},
    nl::{NlPayload, Nlmsghdr},
    router::synchronous::NlRouter,
    rtnl::{Ifinfomsg, IfinfomsgBuilder, RtattrBuilder, Rtmsg, RtmsgBuilder},
    types::RtBuffer,
    utils::Groups,
};

fn number(bytes: &[u8]) -> u32 {
    u32::from_ne_bytes(bytes.try_into().expect("four bytes"))
}

fn list_routes(router: &NlRouter) -> Tally {
    let mut tally = Tally::default();
    let wanted = RtmsgBuilder::default()
        .rtm_family(RtAddrFamily::Inet)
        .rtm_dst_len(0)
        .rtm_src_len(0)
        .rtm_tos(0)
        .rtm_table(RtTable::Unspec)
        .rtm_protocol(Rtprot::Unspec)
        .rtm_scope(RtScope::Universe)
        .rtm_type(Rtn::Unspec)
        .build()
        .expect("a message");
    let list =
        router.send::<_, _, Rtm, Rtmsg>(Rtm::Getroute, NlmF::DUMP, NlPayload::Payload(wanted)).expect("a request");
    for entry in list {
        let entry: Nlmsghdr<Rtm, Rtmsg> = entry.expect("a route");
        let Some(route) = entry.get_payload() else { continue };
        let (mut dst, mut oif, mut gateway, mut priority) = (0, 0, 0, 0);
        let mut table = u32::from(u8::from(*route.rtm_table()));
        for attr in route.rtattrs().iter() {
            let payload = attr.rta_payload().as_ref();
            match attr.rta_type() {
                Rta::Dst => dst = number(payload).swap_bytes(),
                Rta::Oif => oif = number(payload),
                Rta::Gateway => gateway = number(payload).swap_bytes(),
                Rta::Priority => priority = number(payload),
                Rta::Table => table = number(payload),
                _ => {}
            }
        }
        tally.route(dst, *route.rtm_dst_len(), oif, gateway, priority, table);
    }
    tally
}

fn list_links(router: &NlRouter) -> Tally {
    let mut tally = Tally::default();
    let wanted = IfinfomsgBuilder::default().ifi_family(RtAddrFamily::Unspecified).build().expect("a message");
    let list =
        router.send::<_, _, Rtm, Ifinfomsg>(Rtm::Getlink, NlmF::DUMP, NlPayload::Payload(wanted)).expect("a request");
    for entry in list {
        let entry: Nlmsghdr<Rtm, Ifinfomsg> = entry.expect("a link");
        let Some(link) = entry.get_payload() else { continue };
        let (mut name, mut mtu) = (0, 0);
        for attr in link.rtattrs().iter() {
            let payload = attr.rta_payload().as_ref();
            match attr.rta_type() {
                Ifla::Ifname => name = payload.len() - 1,
                Ifla::Mtu => mtu = number(payload),
                _ => {}
            }
        }
        tally.link(*link.ifi_index() as u32, name, mtu);
    }
    tally
}

fn insert(router: &NlRouter, count: u32, index: u32) -> Tally {
    let mut made = 0;
    for n in 0..count {
        let mut attrs = RtBuffer::new();
        let parts =
            [(Rta::Dst, destination(n).octets()), (Rta::Gateway, GATEWAY.octets()), (Rta::Oif, index.to_ne_bytes())];
        for (ty, payload) in parts {
            attrs.push(
                RtattrBuilder::default().rta_type(ty).rta_payload(payload.to_vec()).build().expect("an attribute"),
            );
        }
        let route = RtmsgBuilder::default()
            .rtm_family(RtAddrFamily::Inet)
            .rtm_dst_len(28)
            .rtm_src_len(0)
            .rtm_tos(0)
            .rtm_table(RtTable::Main)
            .rtm_protocol(Rtprot::Boot)
            .rtm_scope(RtScope::Universe)
            .rtm_type(Rtn::Unicast)
            .rtattrs(attrs)
            .build()
            .expect("a message");
        let flags = NlmF::REQUEST | NlmF::ACK | NlmF::CREATE | NlmF::EXCL;
        let answers =
            router.send::<_, _, Rtm, Rtmsg>(Rtm::Newroute, flags, NlPayload::Payload(route)).expect("a request");
        made += u64::from(answers.into_iter().all(|answer| answer.is_ok()));
    }
    Tally { count: made, sum: 0 }
}

fn main() {
    let (router, _) = NlRouter::connect(NlFamily::Route, None, Groups::empty()).expect("a connection");
    run(|job| match job {
        Job::Routes => list_routes(&router),
        Job::Links => list_links(&router),
        Job::Insert { count, index } => insert(&router, count, index),
    });
}
