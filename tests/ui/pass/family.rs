//! Families: generic and not, with operations and groups, under another name of the crate.

#![forbid(unsafe_code)]
#![deny(missing_docs, dead_code, unused)]

use netlink_core::{
    NlFamily, NlMessage,
    operation::{Do, DoDump, Dump, Event, Group},
};

const GET: u16 = 1;

/// Sensors.
#[derive(NlFamily)]
#[nl(generic = "sensors", version = 2)]
pub struct Sensors {
    /// One or all.
    #[nl(GET, reply = 2)]
    pub get: DoDump<Sensor<'static>, Sensor<'static>>,
    /// Changes one.
    #[nl(3, admin)]
    set: Do<Sensor<'static>>,
    /// All.
    #[nl(4, uns_admin, dont_validate = strict | dump)]
    pub(crate) list: Dump<(), Sensor<'static>>,
    /// A change.
    #[nl(5)]
    pub changed: Event<Sensor<'static>>,
    /// Changes.
    #[nl(group = "events")]
    pub events: Group,
}

/// A sensor.
#[derive(NlMessage, Debug, Default)]
pub struct Sensor<'a> {
    /// Its name.
    #[nl_attr(1)]
    pub name: Option<&'a str>,
}

/// Routes.
#[derive(NlFamily)]
#[nl(protocol = Route)]
pub struct Routes {
    /// One or all.
    #[nl(18, reply = 16)]
    pub get: DoDump<(), ()>,
    /// Changes.
    #[nl(group = 1)]
    pub links: Group,
}

/// Nothing.
#[derive(NlFamily)]
#[nl(generic = "nothing", crate = netlink_core)]
pub struct Nothing;

fn main() {
    let _ = (Sensors::GET, Sensors::SET, Sensors::LIST, Sensors::CHANGED, Sensors::EVENTS);
    let _ = (Routes::GET, Routes::LINKS);
}

/// A protocol of one's own, by its path.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mine;

impl netlink_core::protocol::IsProtocol for Mine {
    const PROTOCOL: netlink_core::Protocol = netlink_core::Protocol::from_raw(31);
}

/// What is spoken over it.
#[derive(NlFamily)]
#[nl(protocol = self::Mine)]
pub struct Own {
    /// One.
    #[nl(16)]
    pub get: netlink_core::Do<()>,
}
