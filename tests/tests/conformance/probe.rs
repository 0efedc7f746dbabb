//! A made-up specification, and declarations that agree with it, of which others change one thing.

use std::net::Ipv4Addr;

use netlink_core::{Do, DoDump, Event, Group, NlEnum, NlFamily, NlFlags, NlMessage, NlStruct, bitflags};
use netlink_tests::conformance::{Comparison, Report, Spec};

/// What the declarations below are compared with; the names and numbers are real ones, which the headers have too.
pub(crate) const SPEC: &str = "
name: probe
protocol: netlink-raw
definitions:
  - name: mode
    type: enum
    name-prefix: if-link-mode-
    entries: [default, dormant, testing]
  - name: filter
    type: flags
    name-prefix: rtext-filter-
    entries: [vf, brvlan]
  - name: ifinfomsg
    type: struct
    members:
      - {name: ifi-family, type: u8}
      - {name: pad, type: pad, len: 1}
      - {name: ifi-type, type: u16}
      - {name: ifi-index, type: s32}
      - {name: ifi-flags, type: u32}
      - {name: ifi-change, type: u32}
attribute-sets:
  - name: links
    name-prefix: ifla-
    attributes:
      - {name: mtu, type: u32, value: 4}
      - {name: linkmode, type: u8, value: 17, enum: mode}
      - {name: vf-ports, type: nest, value: 24, nested-attributes: ports}
      - {name: ext-mask, type: u32, value: 29, enum: filter, enum-as-flags: true}
      - {name: pad, type: pad, value: 42}
      - {name: alt-ifname, type: string, value: 53, multi-attr: true}
  - name: ports
    name-prefix: ifla-vlan-
    attributes:
      - {name: id, type: u16}
      - {name: protocol, type: u16, byte-order: big-endian, value: 5}
      - {name: address, type: u32, byte-order: big-endian, display-hint: ipv4, value: 6}
operations:
  enum-model: directional
  name-prefix: rtm-
  list:
    - {name: newlink-ntf, doc: '', value: 16, notify: getlink}
    - name: getlink
      doc: ''
      attribute-set: links
      fixed-header: ifinfomsg
      do: &messages {request: {value: 18}, reply: {value: 16}}
      dump: *messages
    - name: dellink
      doc: ''
      attribute-set: links
      fixed-header: ifinfomsg
      do: {request: {value: 17}}
mcast-groups:
  list:
    - {name: rtnlgrp-link, value: 1}
";

#[doc(alias = "ifinfomsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default)]
pub(crate) struct Header {
    #[doc(alias = "ifi_family")]
    #[nl(pad = 1)]
    pub(crate) family: u8,
    #[doc(alias = "ifi_type")]
    pub(crate) ty: u16,
    #[doc(alias = "ifi_index")]
    pub(crate) index: i32,
    #[doc(alias = "ifi_flags")]
    pub(crate) flags: u32,
    #[doc(alias = "ifi_change")]
    pub(crate) change: u32,
}

#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
pub(crate) enum Mode {
    #[doc(alias = "IF_LINK_MODE_DEFAULT")]
    Default = 0,
    #[doc(alias = "IF_LINK_MODE_DORMANT")]
    Dormant = 1,
    #[doc(alias = "IF_LINK_MODE_TESTING")]
    Testing = 2,
    #[nl(other)]
    Other(u8),
}

bitflags! {
    #[derive(NlFlags, Clone, Copy, PartialEq)]
    #[nl(prefix = "RTEXT_FILTER_")]
    pub(crate) struct Filter: u32 {
        const VF = 1;
        const BRVLAN = 2;
    }
}

#[derive(NlMessage, Debug, Default)]
pub(crate) struct Ports {
    #[doc(alias = "IFLA_VLAN_ID")]
    #[nl_attr(1)]
    id: Option<u16>,
    #[doc(alias = "IFLA_VLAN_PROTOCOL")]
    #[nl_attr(5, be)]
    protocol: Option<u16>,
    #[doc(alias = "IFLA_VLAN_ADDRESS")]
    #[nl_attr(6)]
    address: Option<Ipv4Addr>,
}

#[derive(NlMessage, Debug, Default)]
#[nl(pad = 42)]
pub(crate) struct Link {
    #[nl_attr(header)]
    header: Header,
    #[doc(alias = "IFLA_MTU")]
    #[nl_attr(4)]
    mtu: Option<u32>,
    #[doc(alias = "IFLA_LINKMODE")]
    #[nl_attr(17)]
    linkmode: Option<Mode>,
    #[doc(alias = "IFLA_VF_PORTS")]
    #[nl_attr(24)]
    vf_ports: Option<Ports>,
    #[doc(alias = "IFLA_EXT_MASK")]
    #[nl_attr(29)]
    ext_mask: Option<Filter>,
    #[doc(alias = "IFLA_ALT_IFNAME")]
    #[nl_attr(53, multi)]
    alt_ifname: Vec<String>,
}

#[derive(NlFamily, Debug)]
#[nl(protocol = Route)]
pub(crate) struct Links {
    #[doc(alias = "RTM_GETLINK")]
    #[nl(18, reply = 16)]
    get_link: DoDump<Link, Link>,
    #[doc(alias = "RTM_DELLINK")]
    #[nl(17)]
    del_link: Do<Link>,
    #[doc(alias = "RTM_NEWLINK")]
    #[nl(16)]
    link_changed: Event<Link>,
    #[nl(group = 1)]
    link: Group,
}

pub(crate) fn compare(point: impl FnOnce(&mut Comparison<'_>)) -> Report {
    let spec = Spec::parse(SPEC).unwrap();
    let mut comparison = Comparison::new(&spec);
    point(&mut comparison);
    comparison.report()
}

/// The differences, as a reader sees them.
#[track_caller]
pub(crate) fn assert_found(report: &Report, expected: &[&str]) {
    let found: Vec<String> = report.differences.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
    assert!(report.check().is_err(), "differences must fail a test");
}
