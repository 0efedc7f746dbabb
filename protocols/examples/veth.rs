//! Makes a pair of links, sets it up, gives one end an address, and lists the links. Needs `CAP_NET_ADMIN`: try it in a
//! namespace of its own.
//!
//! ```sh
//! cargo build -p protocols --example veth
//! unshare --map-root-user --net target/debug/examples/veth
//! ```

use std::error::Error;

use netlink_core::NlFamily;
use protocols::route::{Route, address, ip::IpNet, link};

fn main() -> Result<(), Box<dyn Error>> {
    let mut route = Route::connect()?;
    route.tell(link::veth("a").peer("b").up().add())?;
    route.tell(link::set("b").up())?;
    route.tell(address::add("a", "192.0.2.1/24".parse::<IpNet>()?))?;
    for link in route.dump(link::list())? {
        let link = link?;
        println!("{}: {} {:?}", link.index(), link.ifname.clone().unwrap_or_default(), link.operstate);
    }
    Ok(())
}
