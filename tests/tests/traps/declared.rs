//! The families that the traps are shown with: a piece of rtnetlink, and a generic family that no kernel has.

use std::borrow::Cow;

use netlink_core::{Do, DoDump, Event, Group, NlFamily, NlMessage, NlStruct, sim::Kernel, wire::UnknownAttrs};

/// `struct ifinfomsg`.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Header {
    #[nl(pad = 1)]
    pub(crate) family: u8,
    pub(crate) ty: u16,
    pub(crate) index: i32,
    pub(crate) flags: u32,
    pub(crate) change: u32,
}

/// A link as far as the traps need it.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub(crate) struct Link<'a> {
    #[nl_attr(header)]
    pub(crate) header: Header,
    #[nl_attr(3)]
    pub(crate) name: Option<Cow<'a, [u8]>>,
    #[nl_attr(4)]
    pub(crate) mtu: Option<u32>,
    #[nl_attr(18)]
    pub(crate) info: Option<Info<'a>>,
    #[nl_attr(unknown)]
    pub(crate) unknown: UnknownAttrs<'a>,
}

/// `IFLA_LINKINFO`.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub(crate) struct Info<'a> {
    #[nl_attr(1)]
    pub(crate) kind: Option<Cow<'a, str>>,
    #[nl_attr(2)]
    pub(crate) data: Option<Data>,
    #[nl_attr(unknown)]
    pub(crate) unknown: UnknownAttrs<'a>,
}

/// What is special to a kind of link.
#[derive(NlMessage, Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Data {
    #[nl_attr(1)]
    pub(crate) id: Option<u16>,
    #[nl_attr(2)]
    pub(crate) reorder: Option<u16>,
}

/// The messages about links.
#[derive(NlFamily, Debug)]
#[nl(protocol = Route)]
pub(crate) struct Net {
    #[nl(18, reply = 16)]
    pub(crate) get: DoDump<Link<'static>, Link<'static>>,
    #[nl(19)]
    pub(crate) set: Do<Link<'static>>,
    #[nl(16)]
    pub(crate) changed: Event<Link<'static>>,
    #[nl(group = 1)]
    pub(crate) changes: Group,
    #[nl(group = 37)]
    pub(crate) far: Group,
}

/// A sensor: what a generic family of one's own may be about.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub(crate) struct Sensor {
    #[nl_attr(1, required)]
    pub(crate) id: Option<u32>,
    #[nl_attr(2)]
    pub(crate) limits: Option<Limits>,
    #[nl_attr(3, len = ..=15)]
    pub(crate) name: Option<String>,
}

#[derive(NlMessage, Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Limits {
    #[nl_attr(1, range = ..=125_000)]
    pub(crate) high: Option<i32>,
    #[nl_attr(2, be)]
    pub(crate) port: Option<u16>,
}

#[derive(NlFamily, Debug)]
#[nl(generic = "sensors", version = 1)]
pub(crate) struct Sensors {
    #[nl(1, reply = 2)]
    pub(crate) get: DoDump<Sensor, Sensor, ()>,
    #[nl(3)]
    pub(crate) set: Do<Sensor>,
    #[nl(2)]
    pub(crate) changed: Event<Sensor>,
    #[nl(group = "readings")]
    pub(crate) readings: Group,
}

pub(crate) fn link(index: i32) -> Link<'static> {
    let name = Some(Cow::Owned(format!("eth{index}\0").into_bytes()));
    Link { header: Header { index, ..Header::default() }, name, ..Link::default() }
}

/// A link that takes up so many bytes as a message, the message header included.
pub(crate) fn link_of(index: i32, bytes: usize) -> Link<'static> {
    let mut link = Link { header: Header { index, ..Header::default() }, ..Link::default() };
    let mut left = bytes - 32;
    while left > 0 {
        let size = left.min(60_000);
        link.unknown.push(1000, vec![7; size - 4]);
        left -= size;
    }
    assert_eq!(link.to_bytes().unwrap().len() + 16, bytes);
    link
}

/// A kernel with so many links, which can be asked for, listed and set.
pub(crate) fn kernel_with(links: i32) -> Kernel {
    let kernel = Kernel::new();
    kernel.on(Net::GET, move |wanted, _| {
        if (1..=links).contains(&wanted.header.index) {
            Ok(link(wanted.header.index))
        } else {
            Err(netlink_core::Errno::NODEV.into())
        }
    });
    kernel.on_dump(Net::GET, move |_, _| Ok((1..=links).map(link)));
    kernel.on(Net::SET, |_, _| Ok(()));
    kernel
}

pub(crate) fn indices<'a>(links: impl IntoIterator<Item = &'a Link<'static>>) -> Vec<i32> {
    links.into_iter().map(|link| link.header.index).collect()
}
