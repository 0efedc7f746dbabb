//! netlink-bindings with netlink-socket2.

use std::net::IpAddr;

use common::{GATEWAY, Job, Tally, destination, run};
use netlink_bindings::{rt_link, rt_route};
use netlink_socket2::NetlinkSocket;

fn bits(addr: Option<IpAddr>) -> u32 {
    match addr {
        Some(IpAddr::V4(addr)) => addr.to_bits(),
        _ => 0,
    }
}

/// In one pass, as is quickest with this library: each getter would walk from the start.
fn list_routes(socket: &mut NetlinkSocket) -> Tally {
    use rt_route::RouteAttrs as Attr;
    let mut tally = Tally::default();
    let header = rt_route::Rtmsg { rtm_family: libc::AF_INET as u8, ..Default::default() };
    let request = rt_route::Request::new().op_getroute_dump(&header);
    let mut list = socket.request(&request).expect("a request");
    while let Some(entry) = list.recv() {
        let (header, attrs) = entry.expect("a route");
        let (mut dst, mut oif, mut gateway, mut priority, mut table) = (None, 0, None, 0, u32::from(header.rtm_table));
        for attr in attrs {
            match attr.expect("an attribute") {
                Attr::Dst(addr) => dst = Some(addr),
                Attr::Oif(index) => oif = index,
                Attr::Gateway(addr) => gateway = Some(addr),
                Attr::Priority(number) => priority = number,
                Attr::Table(number) => table = number,
                _ => {}
            }
        }
        tally.route(bits(dst), header.rtm_dst_len, oif, bits(gateway), priority, table);
    }
    tally
}

fn list_links(socket: &mut NetlinkSocket) -> Tally {
    use rt_link::LinkAttrs as Attr;
    let mut tally = Tally::default();
    let request = rt_link::Request::new().op_getlink_dump(&rt_link::Ifinfomsg::new());
    let mut list = socket.request(&request).expect("a request");
    while let Some(entry) = list.recv() {
        let (header, attrs) = entry.expect("a link");
        let (mut name, mut mtu) = (0, 0);
        for attr in attrs {
            match attr.expect("an attribute") {
                Attr::Ifname(text) => name = text.to_bytes().len(),
                Attr::Mtu(number) => mtu = number,
                _ => {}
            }
        }
        tally.link(header.ifi_index as u32, name, mtu);
    }
    tally
}

fn insert(socket: &mut NetlinkSocket, count: u32, index: u32) -> Tally {
    let mut made = 0;
    let header = rt_route::Rtmsg {
        rtm_family: libc::AF_INET as u8,
        rtm_dst_len: 28,
        rtm_table: libc::RT_TABLE_MAIN,
        rtm_protocol: libc::RTPROT_BOOT,
        rtm_scope: libc::RT_SCOPE_UNIVERSE,
        rtm_type: libc::RTN_UNICAST,
        ..Default::default()
    };
    for n in 0..count {
        let mut request = rt_route::Request::new().set_create().set_excl().op_newroute_do(&header);
        request.encode().push_dst(destination(n).into()).push_gateway(GATEWAY.into()).push_oif(index);
        let mut reply = socket.request(&request).expect("a request");
        made += u64::from(reply.recv_ack().is_ok());
    }
    Tally { count: made, sum: 0 }
}

fn main() {
    let mut socket = NetlinkSocket::new();
    run(|job| match job {
        Job::Routes => list_routes(&mut socket),
        Job::Links => list_links(&mut socket),
        Job::Insert { count, index } => insert(&mut socket, count, index),
    });
}
