//! The minimal program, reading nothing but what it prints.

use netlink_core::{Error, NlFamily, NlMessage, wire::Text};
use protocols::route::{
    Route,
    address::{self, Address, AddressHeader},
    ip::Addr,
    link::{self, Link, LinkHeader},
    routes::{self, RouteEntry, RouteHeader},
};

#[derive(NlMessage, Default)]
#[nl(subset_of = Link<'_>)]
struct Name<'a> {
    #[nl_attr(header)]
    header: LinkHeader,
    ifname: Option<Text<'a>>,
    mtu: Option<u32>,
}

#[derive(NlMessage, Default)]
#[nl(subset_of = Address<'_>)]
struct Place<'a> {
    #[nl_attr(header)]
    header: AddressHeader,
    #[nl_attr(select = header.family)]
    address: Option<Addr<'a>>,
}

#[derive(NlMessage, Default)]
#[nl(subset_of = RouteEntry<'_>)]
struct Way<'a> {
    #[nl_attr(header)]
    header: RouteHeader,
    #[nl_attr(select = header.family)]
    dst: Option<Addr<'a>>,
    #[nl_attr(select = header.family)]
    gateway: Option<Addr<'a>>,
    oif: Option<u32>,
}

fn main() -> Result<(), Error> {
    let mut route = Route::connect()?;
    let mut links = route.dump(link::list().reply_as::<Name>())?;
    while let Some(link) = links.next_borrowed() {
        let link = link?;
        println!("{} {:?} {:?}", link.header.index, link.ifname, link.mtu);
    }
    drop(links);
    let mut addresses = route.dump(address::list().reply_as::<Place>())?;
    while let Some(address) = addresses.next_borrowed() {
        let address = address?;
        println!("{} {:?}", address.header.index, address.address);
    }
    drop(addresses);
    let mut routes = route.dump(routes::list().reply_as::<Way>())?;
    while let Some(entry) = routes.next_borrowed() {
        let entry = entry?;
        println!("{:?} {:?} {:?}", entry.dst, entry.gateway, entry.oif);
    }
    Ok(())
}
