//! What is built and weighed: links, addresses and routes, listed.

use neli::{
    consts::{nl::NlmF, rtnl::*, socket::NlFamily},
    nl::NlPayload,
    router::synchronous::NlRouter,
    rtnl::{Ifaddrmsg, IfaddrmsgBuilder, Ifinfomsg, IfinfomsgBuilder, Rtmsg, RtmsgBuilder},
    utils::Groups,
};

fn main() {
    let (router, _) = NlRouter::connect(NlFamily::Route, None, Groups::empty()).expect("a connection");
    let wanted = IfinfomsgBuilder::default().ifi_family(RtAddrFamily::Unspecified).build().expect("a message");
    for link in
        router.send::<_, _, Rtm, Ifinfomsg>(Rtm::Getlink, NlmF::DUMP, NlPayload::Payload(wanted)).expect("a request")
    {
        println!("{:?}", link.expect("a link").get_payload());
    }
    let wanted = IfaddrmsgBuilder::default()
        .ifa_family(RtAddrFamily::Unspecified)
        .ifa_prefixlen(0)
        .ifa_scope(RtScope::Universe)
        .ifa_index(0)
        .build()
        .expect("a message");
    for address in
        router.send::<_, _, Rtm, Ifaddrmsg>(Rtm::Getaddr, NlmF::DUMP, NlPayload::Payload(wanted)).expect("a request")
    {
        println!("{:?}", address.expect("an address").get_payload());
    }
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
    for route in
        router.send::<_, _, Rtm, Rtmsg>(Rtm::Getroute, NlmF::DUMP, NlPayload::Payload(wanted)).expect("a request")
    {
        println!("{:?}", route.expect("a route").get_payload());
    }
}
