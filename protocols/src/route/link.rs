//! Links: network interfaces.
//!
//! Declared after `linux/if_link.h` and `struct ifinfomsg` in `linux/rtnetlink.h`; the kernel's side is
//! `net/core/rtnetlink.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, link};
//!
//! let mut route = Route::connect()?;
//! for link in route.dump(link::list())? {
//!     let link = link?;
//!     println!("{}: {:?}, {:?}, MTU {:?}", link.index(), link.ifname, link.kind(), link.mtu);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```
//!
//! Links are asked for with [`get`] and [`list`], made with [`veth`], [`vlan`] and so on, with [`new`] for any kind,
//! changed with [`set`], and removed with [`del`]. All of these give requests, for connections that block and those that
//! do not. What they lack, a [`Link`] has: it is sent with the operations of [`Route`](super::Route).

mod af;
mod bond;
mod bridge;
mod can;
mod flags;
mod get;
mod gre;
mod header;
mod info;
mod iptun;
mod kinds;
mod macsec;
mod macvlan;
mod netkit;
mod operations;
mod parts;
mod port;
mod setup;
mod small;
mod stats;
mod udp;
mod verbs;
mod vf;
mod vlan;
mod vxlan;
mod which;
mod xdp;

pub use af::*;
pub use bond::*;
pub use bridge::*;
pub use can::*;
pub use flags::*;
pub use get::{LinkGet, LinkInfoGet};
pub use gre::*;
pub use header::LinkHeader;
pub use info::*;
pub use iptun::*;
pub use kinds::*;
pub use macsec::*;
pub use macvlan::*;
pub use netkit::*;
pub(super) use operations::Operations;
pub use parts::*;
pub use port::*;
pub use setup::{Existing, New, Setup, set};
pub use small::*;
pub use stats::*;
pub use udp::*;
pub use verbs::*;
pub use vf::*;
pub use vlan::*;
pub use vxlan::*;
pub(super) use which::Named;
pub use which::Which;
pub use xdp::*;

use netlink_core::{
    NlDebug, NlMessage,
    wire::{Hex, LinkAddr, Text, UnknownAttrs},
};

/// A link: what the kernel says of one, and what a request says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 42)]
pub struct Link<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: LinkHeader,
    /// The address of the link.
    #[doc(alias = "IFLA_ADDRESS")]
    #[nl_attr(1)]
    pub address: Option<LinkAddr<'a>>,
    /// The broadcast address, or for point-to-point links the address of the peer.
    #[doc(alias = "IFLA_BROADCAST")]
    #[nl_attr(2)]
    pub broadcast: Option<LinkAddr<'a>>,
    /// The name: at most 15 bytes.
    #[doc(alias = "IFLA_IFNAME")]
    #[nl_attr(3, len = ..=15)]
    pub ifname: Option<Text<'a>>,
    /// The largest packet that is sent, in bytes.
    #[doc(alias = "IFLA_MTU")]
    #[nl_attr(4, refused = "mtu ")]
    pub mtu: Option<u32>,
    /// The index of the link below: of a VLAN its parent, of a veth its peer.
    #[doc(alias = "IFLA_LINK")]
    #[nl_attr(5)]
    pub link: Option<u32>,
    /// The name of the root queueing discipline.
    #[doc(alias = "IFLA_QDISC")]
    #[nl_attr(6)]
    pub qdisc: Option<Text<'a>>,
    /// What went through, in 32 bits.
    #[doc(alias = "IFLA_STATS")]
    #[nl_attr(7)]
    pub stats: Option<LinkStats>,
    /// The index of the bridge, bond, VRF or team that the link is a port of; 0 takes it out.
    #[doc(alias = "IFLA_MASTER")]
    #[nl_attr(10)]
    pub master: Option<u32>,
    /// An event of wireless extensions, `struct iw_event` in `linux/wireless.h`: only in notifications of old drivers.
    #[doc(alias = "IFLA_WIRELESS")]
    #[nl_attr(11)]
    pub wireless: Option<Hex<'a>>,
    /// What the family in the header has to say: [ports of bridges](ProtInfo::BridgePort), [IPv6](ProtInfo::Inet6).
    #[doc(alias = "IFLA_PROTINFO")]
    #[nl_attr(12, select = header.family)]
    pub protinfo: Option<ProtInfo<'a>>,
    /// The length of the transmit queue, in packets.
    #[doc(alias = "IFLA_TXQLEN")]
    #[nl_attr(13)]
    pub txqlen: Option<u32>,
    /// Resources of ancient hardware. To set them is not proven against a kernel, which needs such a card.
    #[doc(alias = "IFLA_MAP")]
    #[nl_attr(14)]
    pub map: Option<LinkMap>,
    /// Unused since Linux 2.6.24; still there for old programs.
    #[doc(alias = "IFLA_WEIGHT")]
    #[nl_attr(15)]
    pub weight: Option<u32>,
    /// Whether packets get through (RFC 2863).
    #[doc(alias = "IFLA_OPERSTATE")]
    #[nl_attr(16)]
    pub operstate: Option<OperState>,
    /// What `operstate` may become when the carrier comes.
    #[doc(alias = "IFLA_LINKMODE")]
    #[nl_attr(17)]
    pub linkmode: Option<LinkMode>,
    /// What kind of link it is, and what is special to that kind.
    #[doc(alias = "IFLA_LINKINFO")]
    #[nl_attr(18)]
    pub link_info: Option<LinkInfo<'a>>,
    /// The network namespace of this process: where to move the link.
    #[doc(alias = "IFLA_NET_NS_PID")]
    #[nl_attr(19)]
    pub net_ns_pid: Option<u32>,
    /// A description that users give; at most 255 bytes, not necessarily UTF-8.
    #[doc(alias = "IFLA_IFALIAS")]
    #[nl_attr(20)]
    pub ifalias: Option<Text<'a>>,
    /// The number of virtual functions, if asked for with `ext_mask`.
    #[doc(alias = "IFLA_NUM_VF")]
    #[nl_attr(21)]
    pub num_vf: Option<u32>,
    /// The virtual functions.
    #[doc(alias = "IFLA_VFINFO_LIST")]
    #[nl_attr(22)]
    pub vfinfo_list: Option<VfInfoList<'a>>,
    /// What went through.
    #[doc(alias = "IFLA_STATS64")]
    #[nl_attr(23)]
    pub stats64: Option<LinkStats64>,
    /// The profiles of the ports of virtual functions.
    #[doc(alias = "IFLA_VF_PORTS")]
    #[nl_attr(24)]
    pub vf_ports: Option<VfPorts<'a>>,
    /// The profile of the card's own port.
    #[doc(alias = "IFLA_PORT_SELF")]
    #[nl_attr(25)]
    pub port_self: Option<Box<Port<'a>>>,
    /// What address families have to say; its form depends on the family in the header.
    #[doc(alias = "IFLA_AF_SPEC")]
    #[nl_attr(26, select = header.family)]
    pub af_spec: Option<AfSpec<'a>>,
    /// The number of the group that the link belongs to.
    #[doc(alias = "IFLA_GROUP")]
    #[nl_attr(27)]
    pub group: Option<u32>,
    /// A file descriptor of a network namespace: where to move the link.
    #[doc(alias = "IFLA_NET_NS_FD")]
    #[nl_attr(28)]
    pub net_ns_fd: Option<u32>,
    /// What a request wants to be told in addition, or not.
    #[doc(alias = "IFLA_EXT_MASK")]
    #[nl_attr(29)]
    pub ext_mask: Option<ExtMask>,
    /// How many want all packets on the wire: 0 for none.
    #[doc(alias = "IFLA_PROMISCUITY")]
    #[nl_attr(30)]
    pub promiscuity: Option<u32>,
    /// The number of transmit queues.
    #[doc(alias = "IFLA_NUM_TX_QUEUES")]
    #[nl_attr(31)]
    pub num_tx_queues: Option<u32>,
    /// The number of receive queues.
    #[doc(alias = "IFLA_NUM_RX_QUEUES")]
    #[nl_attr(32)]
    pub num_rx_queues: Option<u32>,
    /// 1 if there is a carrier. Few kinds of links take it, such as `dummy`.
    #[doc(alias = "IFLA_CARRIER")]
    #[nl_attr(33)]
    pub carrier: Option<u8>,
    /// Identifies the physical port; links with the same share it.
    #[doc(alias = "IFLA_PHYS_PORT_ID")]
    #[nl_attr(34)]
    pub phys_port_id: Option<Hex<'a>>,
    /// How often the carrier came or went.
    #[doc(alias = "IFLA_CARRIER_CHANGES")]
    #[nl_attr(35)]
    pub carrier_changes: Option<u32>,
    /// Identifies the switch; links with the same are its ports.
    #[doc(alias = "IFLA_PHYS_SWITCH_ID")]
    #[nl_attr(36)]
    pub phys_switch_id: Option<Hex<'a>>,
    /// The number of the namespace in which `link` is, if it is another one.
    #[doc(alias = "IFLA_LINK_NETNSID")]
    #[nl_attr(37)]
    pub link_netnsid: Option<i32>,
    /// What is printed on the physical port.
    #[doc(alias = "IFLA_PHYS_PORT_NAME")]
    #[nl_attr(38)]
    pub phys_port_name: Option<Text<'a>>,
    /// 1 if a protocol keeps the link down.
    #[doc(alias = "IFLA_PROTO_DOWN")]
    #[nl_attr(39)]
    pub proto_down: Option<u8>,
    /// The most segments that are given to the device at once.
    #[doc(alias = "IFLA_GSO_MAX_SEGS")]
    #[nl_attr(40)]
    pub gso_max_segs: Option<u32>,
    /// The largest packet that is given to the device to be cut, in bytes.
    #[doc(alias = "IFLA_GSO_MAX_SIZE")]
    #[nl_attr(41)]
    pub gso_max_size: Option<u32>,
    /// The program of BPF at the entrance.
    #[doc(alias = "IFLA_XDP")]
    #[nl_attr(43)]
    pub xdp: Option<Xdp<'a>>,
    /// Why a notification was sent.
    #[doc(alias = "IFLA_EVENT")]
    #[nl_attr(44)]
    pub event: Option<LinkEvent>,
    /// In the notification of a link that moves: the number of the namespace that it moves to.
    #[doc(alias = "IFLA_NEW_NETNSID")]
    #[nl_attr(45)]
    pub new_netnsid: Option<i32>,
    /// The number of the namespace that a request is about; of changes the one to move the link to.
    #[doc(alias = "IFLA_TARGET_NETNSID")]
    #[nl_attr(46)]
    pub target_netnsid: Option<i32>,
    /// How often the carrier came.
    #[doc(alias = "IFLA_CARRIER_UP_COUNT")]
    #[nl_attr(47)]
    pub carrier_up_count: Option<u32>,
    /// How often the carrier went.
    #[doc(alias = "IFLA_CARRIER_DOWN_COUNT")]
    #[nl_attr(48)]
    pub carrier_down_count: Option<u32>,
    /// The index that a link gets where it moves to: told by the notification of it, and set since Linux 5.13.
    #[doc(alias = "IFLA_NEW_IFINDEX")]
    #[nl_attr(49)]
    pub new_ifindex: Option<i32>,
    /// The smallest MTU that the device takes, in bytes.
    #[doc(alias = "IFLA_MIN_MTU")]
    #[nl_attr(50)]
    pub min_mtu: Option<u32>,
    /// The largest MTU that the device takes, in bytes; 0 for no limit.
    #[doc(alias = "IFLA_MAX_MTU")]
    #[nl_attr(51)]
    pub max_mtu: Option<u32>,
    /// Further names.
    #[doc(alias = "IFLA_PROP_LIST")]
    #[nl_attr(52)]
    pub prop_list: Option<PropList<'a>>,
    /// A further name, in requests: at most 127 bytes. It stands instead of `ifname`, since Linux 5.5.
    #[doc(alias = "IFLA_ALT_IFNAME")]
    #[nl_attr(53, len = ..=127)]
    pub alt_ifname: Option<Text<'a>>,
    /// The address that the hardware came with.
    #[doc(alias = "IFLA_PERM_ADDRESS")]
    #[nl_attr(54)]
    pub perm_address: Option<LinkAddr<'a>>,
    /// Why a protocol keeps the link down. Since Linux 5.9.
    #[doc(alias = "IFLA_PROTO_DOWN_REASON")]
    #[nl_attr(55)]
    pub proto_down_reason: Option<ProtoDownReason<'a>>,
    /// The name of the device below in sysfs.
    #[doc(alias = "IFLA_PARENT_DEV_NAME")]
    #[nl_attr(56)]
    pub parent_dev_name: Option<Text<'a>>,
    /// The name of the bus that the device below is on.
    #[doc(alias = "IFLA_PARENT_DEV_BUS_NAME")]
    #[nl_attr(57)]
    pub parent_dev_bus_name: Option<Text<'a>>,
    /// The largest packet that received ones are put together to, in bytes.
    #[doc(alias = "IFLA_GRO_MAX_SIZE")]
    #[nl_attr(58)]
    pub gro_max_size: Option<u32>,
    /// The largest packet that the device can cut, in bytes.
    #[doc(alias = "IFLA_TSO_MAX_SIZE")]
    #[nl_attr(59)]
    pub tso_max_size: Option<u32>,
    /// The most segments that the device can cut a packet into.
    #[doc(alias = "IFLA_TSO_MAX_SEGS")]
    #[nl_attr(60)]
    pub tso_max_segs: Option<u32>,
    /// How many want all multicast packets: 0 for none. Since Linux 6.0.
    #[doc(alias = "IFLA_ALLMULTI")]
    #[nl_attr(61)]
    pub allmulti: Option<u32>,
    /// The port of devlink that the link belongs to. Since Linux 6.2.
    #[doc(alias = "IFLA_DEVLINK_PORT")]
    #[nl_attr(62)]
    pub devlink_port: Option<DevlinkPort<'a>>,
    /// As `gso_max_size`, for IPv4. Since Linux 6.3.
    #[doc(alias = "IFLA_GSO_IPV4_MAX_SIZE")]
    #[nl_attr(63)]
    pub gso_ipv4_max_size: Option<u32>,
    /// As `gro_max_size`, for IPv4. Since Linux 6.3.
    #[doc(alias = "IFLA_GRO_IPV4_MAX_SIZE")]
    #[nl_attr(64)]
    pub gro_ipv4_max_size: Option<u32>,
    /// The clock that the link is tied to. Since Linux 6.7.
    #[doc(alias = "IFLA_DPLL_PIN")]
    #[nl_attr(65)]
    pub dpll_pin: Option<DpllPin<'a>>,
    /// How far ahead the device can be told when to send, in nanoseconds. Since Linux 6.13.
    #[doc(alias = "IFLA_MAX_PACING_OFFLOAD_HORIZON")]
    #[nl_attr(66, uint)]
    pub max_pacing_offload_horizon: Option<u64>,
    /// 1 if the link cannot be moved to another namespace. Since Linux 6.15.
    #[doc(alias = "IFLA_NETNS_IMMUTABLE")]
    #[nl_attr(67)]
    pub netns_immutable: Option<u8>,
    /// The bytes that the device needs before each packet.
    #[doc(alias = "IFLA_HEADROOM")]
    #[nl_attr(68)]
    pub headroom: Option<u16>,
    /// The bytes that the device needs after each packet.
    #[doc(alias = "IFLA_TAILROOM")]
    #[nl_attr(69)]
    pub tailroom: Option<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
