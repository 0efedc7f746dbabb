//! Kinds of links with few attributes.

use netlink_core::{
    NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{MacAddr, Text, UnknownAttrs},
};

/// A routing table with links of its own: kind `vrf`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Vrf<'a> {
    /// The number of the table.
    #[doc(alias = "IFLA_VRF_TABLE")]
    #[nl_attr(1)]
    pub table: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A port of a VRF.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VrfPort<'a> {
    /// The number of the table.
    #[doc(alias = "IFLA_VRF_PORT_TABLE")]
    #[nl_attr(1)]
    pub table: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Two links that carry each packet twice (IEC 62439-3): kind `hsr`, for PRP too.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Hsr<'a> {
    /// The index of the first link.
    #[doc(alias = "IFLA_HSR_SLAVE1")]
    #[nl_attr(1)]
    pub slave1: Option<u32>,
    /// The index of the second link.
    #[doc(alias = "IFLA_HSR_SLAVE2")]
    #[nl_attr(2)]
    pub slave2: Option<u32>,
    /// The last byte of the address that supervision frames go to. Only set.
    #[doc(alias = "IFLA_HSR_MULTICAST_SPEC")]
    #[nl_attr(3)]
    pub multicast_spec: Option<u8>,
    /// That address. Only told.
    #[doc(alias = "IFLA_HSR_SUPERVISION_ADDR")]
    #[nl_attr(4)]
    pub supervision_addr: Option<MacAddr>,
    /// The number of the last packet. Only told.
    #[doc(alias = "IFLA_HSR_SEQ_NR")]
    #[nl_attr(5)]
    pub seq_nr: Option<u16>,
    /// The version of HSR.
    #[doc(alias = "IFLA_HSR_VERSION")]
    #[nl_attr(6, range = 0..=1)]
    pub version: Option<u8>,
    /// HSR or PRP. Since Linux 5.9.
    #[doc(alias = "IFLA_HSR_PROTOCOL")]
    #[nl_attr(7)]
    pub protocol: Option<HsrProtocol>,
    /// The index of the link that leads to another ring. Since Linux 6.10.
    #[doc(alias = "IFLA_HSR_INTERLINK")]
    #[nl_attr(8)]
    pub interlink: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The protocol of redundancy.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum HsrProtocol {
    /// High-availability seamless redundancy: a ring.
    #[doc(alias = "HSR_PROTOCOL_HSR")]
    Hsr = 0,
    /// The parallel redundancy protocol: two networks.
    #[doc(alias = "HSR_PROTOCOL_PRP")]
    Prp = 1,
    /// A protocol of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// A link whose other end is a program: kind `tun`. It is made with `/dev/net/tun`, and only told here. Proven on
/// Linux 6.18.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Tun<'a> {
    /// The user who may use it.
    #[doc(alias = "IFLA_TUN_OWNER")]
    #[nl_attr(1)]
    pub owner: Option<u32>,
    /// The group that may use it.
    #[doc(alias = "IFLA_TUN_GROUP")]
    #[nl_attr(2)]
    pub group: Option<u32>,
    /// What packets it carries.
    #[doc(alias = "IFLA_TUN_TYPE")]
    #[nl_attr(3)]
    pub type_: Option<TunType>,
    /// 1 if a header goes before each packet.
    #[doc(alias = "IFLA_TUN_PI")]
    #[nl_attr(4)]
    pub pi: Option<u8>,
    /// 1 if a header about offloads goes before each packet.
    #[doc(alias = "IFLA_TUN_VNET_HDR")]
    #[nl_attr(5)]
    pub vnet_hdr: Option<u8>,
    /// 1 if it stays when the program ends.
    #[doc(alias = "IFLA_TUN_PERSIST")]
    #[nl_attr(6)]
    pub persist: Option<u8>,
    /// 1 if it has several queues.
    #[doc(alias = "IFLA_TUN_MULTI_QUEUE")]
    #[nl_attr(7)]
    pub multi_queue: Option<u8>,
    /// How many of them work.
    #[doc(alias = "IFLA_TUN_NUM_QUEUES")]
    #[nl_attr(8)]
    pub num_queues: Option<u32>,
    /// How many of them do not.
    #[doc(alias = "IFLA_TUN_NUM_DISABLED_QUEUES")]
    #[nl_attr(9)]
    pub num_disabled_queues: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What packets a TUN link carries.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TunType {
    /// IP packets.
    #[doc(alias = "IFF_TUN")]
    Tun = 1,
    /// Ethernet frames.
    #[doc(alias = "IFF_TAP")]
    Tap = 2,
    /// A type of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// A channel of a Qualcomm modem: kind `rmnet`. Not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Rmnet<'a> {
    /// The number of the channel.
    #[doc(alias = "IFLA_RMNET_MUX_ID")]
    #[nl_attr(1)]
    pub mux_id: Option<u16>,
    /// Properties.
    #[doc(alias = "IFLA_RMNET_FLAGS")]
    #[nl_attr(2)]
    pub flags: Option<RmnetFlagsAndMask>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Properties of an rmnet link, and which of them are meant.
#[doc(alias = "ifla_rmnet_flags")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RmnetFlagsAndMask {
    /// The properties.
    pub flags: RmnetFlags,
    /// The properties that a request means to change.
    pub mask: RmnetFlags,
}

bitflags! {
    /// Properties of an rmnet link.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "RMNET_FLAGS_")]
    pub struct RmnetFlags: u32 {
        /// Takes several packets at once.
        #[doc(alias = "RMNET_FLAGS_INGRESS_DEAGGREGATION")]
        const INGRESS_DEAGGREGATION = 0x1;
        /// Understands commands.
        #[doc(alias = "RMNET_FLAGS_INGRESS_MAP_COMMANDS")]
        const INGRESS_MAP_COMMANDS = 0x2;
        /// Takes checksums of version 4.
        #[doc(alias = "RMNET_FLAGS_INGRESS_MAP_CKSUMV4")]
        const INGRESS_MAP_CKSUMV4 = 0x4;
        /// Sends checksums of version 4.
        #[doc(alias = "RMNET_FLAGS_EGRESS_MAP_CKSUMV4")]
        const EGRESS_MAP_CKSUMV4 = 0x8;
        /// Takes checksums of version 5.
        #[doc(alias = "RMNET_FLAGS_INGRESS_MAP_CKSUMV5")]
        const INGRESS_MAP_CKSUMV5 = 0x10;
        /// Sends checksums of version 5.
        #[doc(alias = "RMNET_FLAGS_EGRESS_MAP_CKSUMV5")]
        const EGRESS_MAP_CKSUMV5 = 0x20;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// A session of a mobile modem: kind `wwan`. Not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Wwan<'a> {
    /// The number of the session.
    #[doc(alias = "IFLA_WWAN_LINK_ID")]
    #[nl_attr(1)]
    pub link_id: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A link of the point-to-point protocol: kind `ppp`. Not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Ppp<'a> {
    /// A file descriptor of `/dev/ppp`. Only set.
    #[doc(alias = "IFLA_PPP_DEV_FD")]
    #[nl_attr(1)]
    pub dev_fd: Option<i32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A mesh network of B.A.T.M.A.N.: kind `batadv`. The rest is the matter of the generic family `batadv`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Batadv<'a> {
    /// The routing algorithm: `BATMAN_IV` or `BATMAN_V`.
    #[doc(alias = "IFLA_BATADV_ALGO_NAME")]
    #[nl_attr(1)]
    pub algo_name: Option<Text<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// IP over InfiniBand: kind `ipoib`. Not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Ipoib<'a> {
    /// The partition key.
    #[doc(alias = "IFLA_IPOIB_PKEY")]
    #[nl_attr(1)]
    pub pkey: Option<u16>,
    /// How packets travel.
    #[doc(alias = "IFLA_IPOIB_MODE")]
    #[nl_attr(2)]
    pub mode: Option<IpoibMode>,
    /// 1 if programs join multicast groups themselves.
    #[doc(alias = "IFLA_IPOIB_UMCAST")]
    #[nl_attr(3)]
    pub umcast: Option<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How packets travel over InfiniBand.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum IpoibMode {
    /// Unreliably.
    #[doc(alias = "IPOIB_MODE_DATAGRAM")]
    Datagram = 0,
    /// Reliably, in connections.
    #[doc(alias = "IPOIB_MODE_CONNECTED")]
    Connected = 1,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u16),
}

/// A port of a switch: kind `dsa`. Not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Dsa<'a> {
    /// The index of the link between the processor and the switch.
    #[doc(alias = "IFLA_DSA_CONDUIT")]
    #[nl_attr(1)]
    pub conduit: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A tunnel of OpenVPN: kind `ovpn`, since Linux 6.16. Its peers are the matter of the generic family `ovpn`. Proven on
/// Linux 7.3.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Ovpn<'a> {
    /// How many peers there are.
    #[doc(alias = "IFLA_OVPN_MODE")]
    #[nl_attr(1)]
    pub mode: Option<OvpnMode>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How many peers an OpenVPN link has.
#[doc(alias = "ovpn_mode")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum OvpnMode {
    /// One.
    #[doc(alias = "OVPN_MODE_P2P")]
    P2p = 0,
    /// Many.
    #[doc(alias = "OVPN_MODE_MP")]
    Mp = 1,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u8),
}
