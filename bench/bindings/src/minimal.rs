//! What is built and weighed: links, addresses and routes, listed.

use netlink_bindings::{rt_addr, rt_link, rt_route};
use netlink_socket2::NetlinkSocket;

fn main() {
    let mut socket = NetlinkSocket::new();
    let request = rt_link::Request::new().op_getlink_dump(&rt_link::Ifinfomsg::new());
    let mut list = socket.request(&request).expect("a request");
    while let Some(entry) = list.recv() {
        let (header, attrs) = entry.expect("a link");
        println!("{} {:?} {:?}", header.ifi_index, attrs.get_ifname().ok(), attrs.get_mtu().ok());
    }
    let request = rt_addr::Request::new().op_getaddr_dump(&rt_addr::Ifaddrmsg::new());
    let mut list = socket.request(&request).expect("a request");
    while let Some(entry) = list.recv() {
        let (header, attrs) = entry.expect("an address");
        println!("{} {:?}", header.ifa_index, attrs.get_address().ok());
    }
    let request = rt_route::Request::new().op_getroute_dump(&rt_route::Rtmsg::new());
    let mut list = socket.request(&request).expect("a request");
    while let Some(entry) = list.recv() {
        let (_, attrs) = entry.expect("a route");
        println!("{:?} {:?} {:?}", attrs.get_dst().ok(), attrs.get_gateway().ok(), attrs.get_oif().ok());
    }
}
