//! Routing netlink (`NETLINK_ROUTE`): links, addresses, routes, neighbours, rules and what belongs to them, traffic
//! control.
//!
//! Each object has a module, with its declaration and with functions that make requests: `link::get`, `address::add`,
//! `routes::list`. A [`Connection`](netlink_core::Connection) sends them, or the one for `tokio` in the same words:
//! `ask` for one object, `tell` for a change, `dump` or `list` for all.
//!
//! ```no_run
//! use netlink_core::{Error, NlFamily};
//! use protocols::route::{Route, address, ip::IpNet, link, neighbour, routes};
//!
//! let mut route = Route::connect()?;
//! route.tell(link::vlan(10).on("eth0").name("eth0.10").up().add())?;
//! route.tell(address::add("eth0.10", "192.0.2.1/24".parse::<IpNet>()?))?;
//! route.tell(routes::add("198.51.100.0/24".parse::<IpNet>()?).via([192, 0, 2, 254]).replace())?;
//! for neighbour in route.dump(neighbour::list().of_link("eth0"))? {
//!     let neighbour = neighbour?;
//!     println!("{:?} is {:?}", neighbour.dst, neighbour.lladdr);
//! }
//! if let Err(Error::Refused(refused)) = route.tell(link::set("eth0.10").mtu(10)) {
//!     println!("{refused}"); // the kernel's words, and the field that it means
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is where
//!
//! | to | there is |
//! |---|---|
//! | list, ask for one | `list` and `get` of each module |
//! | make, remove | `add` and `del` (of traffic control `delete`); of links, a function for each kind, such as [`link::veth`], with [`add`](link::Setup::add) at the end |
//! | change | [`link::set`]; of others, `add` with [`update`](verb::Change::update) |
//! | have it so, whatever there was | `add` with [`replace`](verb::Change::replace); of links [`ensure`](link::Setup::ensure) |
//! | say which link | its index, its name or an alternative name: [`link::Which`] |
//! | list only some | methods of the list, such as `of_link`: the kernel chooses, and [`was_filtered`](netlink_core::connection::Replies::was_filtered) tells whether it knew how |
//! | say what no method says | [`body`](verb::Verb::body), which is the declared message; of links [`with_link`](link::Setup::with_link) |
//! | read large tables | [`next_borrowed`](netlink_core::connection::Replies::next_borrowed), [`read_ahead`](netlink_core::connection::Replies::read_ahead), and [`reply_as`](verb::Verb::reply_as) for the few fields that matter |
//! | know what there is at any time | [`follow`]; single notifications are read with [`events`](netlink_core::Connection::events) |
//! | send very many | [`batch`](netlink_core::Connection::batch) |
//! | work in another network namespace | [`open_in`](netlink_core::Connection::open_in); links are moved there with [`netns`](link::Setup::netns) |
//! | print everything, or have it as JSON | [`to_node`](netlink_core::schema::to_node) |

pub mod address;
#[cfg(feature = "bridge")]
pub mod bridge_vlan;
#[cfg(feature = "can")]
pub mod can_gw;
#[cfg(feature = "dcb")]
pub mod dcb;
pub mod follow;
pub mod ip;
pub mod label;
pub mod link;
#[cfg(feature = "bridge")]
pub mod mdb;
pub mod neighbour;
pub mod netconf;
pub mod nexthop;
pub mod notify;
pub mod nsid;
pub mod routes;
pub mod rule;
#[cfg(feature = "stats")]
pub mod stats;
#[cfg(feature = "tc")]
pub mod tc;
pub mod tunnel;
pub mod verb;

use netlink_core::{Group, NlFamily};

/// Routing netlink.
///
/// Its operations are declared where their objects are; here are the parts, and the groups that nothing is declared for.
#[derive(NlFamily, Debug)]
#[nl(protocol = Route)]
pub struct Route {
    #[nl(part)]
    links: link::Operations,
    #[nl(part)]
    addresses: address::Operations,
    #[nl(part)]
    routes: routes::Operations,
    #[nl(part)]
    neighbours: neighbour::Operations,
    #[nl(part)]
    rules: rule::Operations,
    #[nl(part)]
    next_hops: nexthop::Operations,
    #[nl(part)]
    labels: label::Operations,
    #[nl(part)]
    netconf: netconf::Operations,
    #[nl(part)]
    namespaces: nsid::Operations,
    #[nl(part)]
    notifications: notify::Operations,
    #[nl(part)]
    tunnels: tunnel::Operations,
    #[cfg(feature = "stats")]
    #[nl(part)]
    stats: stats::Operations,
    #[cfg(feature = "bridge")]
    #[nl(part)]
    mdb: mdb::Operations,
    #[cfg(feature = "bridge")]
    #[nl(part)]
    bridge_vlans: bridge_vlan::Operations,
    #[cfg(feature = "tc")]
    #[nl(part)]
    traffic_control: tc::Operations,
    #[cfg(feature = "can")]
    #[nl(part)]
    can_jobs: can_gw::Operations,
    #[cfg(feature = "dcb")]
    #[nl(part)]
    dcb: dcb::Operations,
    /// Unused since Linux 2.6.
    #[doc(alias = "RTNLGRP_NOTIFY")]
    #[nl(group = 2)]
    pub notify: Group,
    /// Unused since Linux 6.1: addresses of DECnet.
    #[doc(alias = "RTNLGRP_DECnet_IFADDR")]
    #[nl(group = 13)]
    pub decnet_ifaddr: Group,
    /// Unused.
    #[doc(alias = "RTNLGRP_NOP2")]
    #[nl(group = 14)]
    pub nop2: Group,
    /// Unused since Linux 6.1: routes of DECnet.
    #[doc(alias = "RTNLGRP_DECnet_ROUTE")]
    #[nl(group = 15)]
    pub decnet_route: Group,
    /// Unused since Linux 6.1: rules of DECnet.
    #[doc(alias = "RTNLGRP_DECnet_RULE")]
    #[nl(group = 16)]
    pub decnet_rule: Group,
    /// Unused.
    #[doc(alias = "RTNLGRP_NOP4")]
    #[nl(group = 17)]
    pub nop4: Group,
    /// Addresses of Phonet.
    #[doc(alias = "RTNLGRP_PHONET_IFADDR")]
    #[nl(group = 21)]
    pub phonet_ifaddr: Group,
    /// Routes of Phonet.
    #[doc(alias = "RTNLGRP_PHONET_ROUTE")]
    #[nl(group = 22)]
    pub phonet_route: Group,
    /// Addresses of MCTP. Since Linux 5.15.
    #[doc(alias = "RTNLGRP_MCTP_IFADDR")]
    #[nl(group = 34)]
    pub mctp_ifaddr: Group,
}
