//! Virtual functions of network cards (SR-IOV, `IFLA_VF_*`), told if [`VF`](super::ExtMask::VF) is asked for.
//! Declared after the headers; not proven against a kernel, which needs such a card.

use netlink_core::{NlDebug, NlEnum, NlMessage, NlStruct, wire::UnknownAttrs};

/// The virtual functions of a card; in requests, those to be changed.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VfInfoList<'a> {
    /// One each.
    #[doc(alias = "IFLA_VF_INFO")]
    #[nl_attr(1, multi)]
    pub info: Vec<VfInfo<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A virtual function. Each part says by number which one it is about.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VfInfo<'a> {
    /// The address.
    #[doc(alias = "IFLA_VF_MAC")]
    #[nl_attr(1)]
    pub mac: Option<VfMac>,
    /// The VLAN.
    #[doc(alias = "IFLA_VF_VLAN")]
    #[nl_attr(2)]
    pub vlan: Option<VfVlan>,
    /// The largest rate of sending.
    #[doc(alias = "IFLA_VF_TX_RATE")]
    #[nl_attr(3)]
    pub tx_rate: Option<VfTxRate>,
    /// Whether the sender's address is checked: 1 for yes.
    #[doc(alias = "IFLA_VF_SPOOFCHK")]
    #[nl_attr(4)]
    pub spoofchk: Option<VfSetting>,
    /// When the link is up.
    #[doc(alias = "IFLA_VF_LINK_STATE")]
    #[nl_attr(5)]
    pub link_state: Option<VfLinkState>,
    /// The rates of sending.
    #[doc(alias = "IFLA_VF_RATE")]
    #[nl_attr(6)]
    pub rate: Option<VfRate>,
    /// Whether the function may ask for the table by which packets are spread: 1 for yes.
    #[doc(alias = "IFLA_VF_RSS_QUERY_EN")]
    #[nl_attr(7)]
    pub rss_query_en: Option<VfSetting>,
    /// What went through. Only told.
    #[doc(alias = "IFLA_VF_STATS")]
    #[nl_attr(8)]
    pub stats: Option<VfStats<'a>>,
    /// Whether the function is trusted: 1 for yes.
    #[doc(alias = "IFLA_VF_TRUST")]
    #[nl_attr(9)]
    pub trust: Option<VfSetting>,
    /// The identifier of the node, of InfiniBand.
    #[doc(alias = "IFLA_VF_IB_NODE_GUID")]
    #[nl_attr(10)]
    pub ib_node_guid: Option<VfGuid>,
    /// The identifier of the port, of InfiniBand.
    #[doc(alias = "IFLA_VF_IB_PORT_GUID")]
    #[nl_attr(11)]
    pub ib_port_guid: Option<VfGuid>,
    /// The VLAN, with the type of its tag.
    #[doc(alias = "IFLA_VF_VLAN_LIST")]
    #[nl_attr(12)]
    pub vlan_list: Option<VfVlanList<'a>>,
    /// The broadcast address. Only told.
    #[doc(alias = "IFLA_VF_BROADCAST")]
    #[nl_attr(13)]
    pub broadcast: Option<VfBroadcast>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The address of a virtual function.
#[doc(alias = "ifla_vf_mac")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfMac {
    /// The number of the function.
    pub vf: u32,
    /// The address, and zeros behind it.
    pub mac: [u8; 32],
}

/// The broadcast address of a virtual function.
#[doc(alias = "ifla_vf_broadcast")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfBroadcast {
    /// The address, and zeros behind it.
    pub broadcast: [u8; 32],
}

/// The VLAN of a virtual function.
#[doc(alias = "ifla_vf_vlan")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfVlan {
    /// The number of the function.
    pub vf: u32,
    /// The VLAN identifier: 0 to 4095, 0 for none.
    pub vlan: u32,
    /// The priority: 0 to 7.
    pub qos: u32,
}

/// The VLAN of a virtual function, with the type of its tag.
#[doc(alias = "ifla_vf_vlan_info")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfVlanInfo {
    /// The number of the function.
    pub vf: u32,
    /// The VLAN identifier: 0 to 4095, 0 for none.
    pub vlan: u32,
    /// The priority: 0 to 7.
    pub qos: u32,
    /// The type of the tag: 0x8100 for 802.1Q, 0x88a8 for 802.1ad. Big-endian on the wire.
    #[nl(be, pad = 2)]
    pub vlan_proto: u16,
}

/// The largest rate of sending of a virtual function.
#[doc(alias = "ifla_vf_tx_rate")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfTxRate {
    /// The number of the function.
    pub vf: u32,
    /// In megabits per second; 0 for no limit.
    pub rate: u32,
}

/// The rates of sending of a virtual function.
#[doc(alias = "ifla_vf_rate")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfRate {
    /// The number of the function.
    pub vf: u32,
    /// The smallest, in megabits per second.
    pub min_tx_rate: u32,
    /// The largest, in megabits per second; 0 for no limit.
    pub max_tx_rate: u32,
}

/// A switch of a virtual function; `struct ifla_vf_trust` and `struct ifla_vf_rss_query_en` are the same.
#[doc(alias = "ifla_vf_spoofchk")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfSetting {
    /// The number of the function.
    pub vf: u32,
    /// Whether it is on: 1 for yes, 0 for no.
    pub setting: u32,
}

/// An identifier of a virtual function, of InfiniBand.
#[doc(alias = "ifla_vf_guid")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfGuid {
    /// The number of the function.
    #[nl(pad = 4)]
    pub vf: u32,
    /// The identifier.
    pub guid: u64,
}

/// When the link of a virtual function is up.
#[doc(alias = "ifla_vf_link_state")]
#[derive(NlStruct, Clone, Copy, Debug, PartialEq, Eq)]
pub struct VfLinkState {
    /// The number of the function.
    pub vf: u32,
    /// When.
    pub link_state: VfLinkMode,
}

/// When the link of a virtual function is up.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum VfLinkMode {
    /// When that of the card is.
    #[doc(alias = "IFLA_VF_LINK_STATE_AUTO")]
    Auto = 0,
    /// Always.
    #[doc(alias = "IFLA_VF_LINK_STATE_ENABLE")]
    Enable = 1,
    /// Never.
    #[doc(alias = "IFLA_VF_LINK_STATE_DISABLE")]
    Disable = 2,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// What went through a virtual function.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct VfStats<'a> {
    /// Packets received.
    #[doc(alias = "IFLA_VF_STATS_RX_PACKETS")]
    #[nl_attr(0)]
    pub rx_packets: Option<u64>,
    /// Packets sent.
    #[doc(alias = "IFLA_VF_STATS_TX_PACKETS")]
    #[nl_attr(1)]
    pub tx_packets: Option<u64>,
    /// Bytes received.
    #[doc(alias = "IFLA_VF_STATS_RX_BYTES")]
    #[nl_attr(2)]
    pub rx_bytes: Option<u64>,
    /// Bytes sent.
    #[doc(alias = "IFLA_VF_STATS_TX_BYTES")]
    #[nl_attr(3)]
    pub tx_bytes: Option<u64>,
    /// Broadcast packets received.
    #[doc(alias = "IFLA_VF_STATS_BROADCAST")]
    #[nl_attr(4)]
    pub broadcast: Option<u64>,
    /// Multicast packets received.
    #[doc(alias = "IFLA_VF_STATS_MULTICAST")]
    #[nl_attr(5)]
    pub multicast: Option<u64>,
    /// Packets received and dropped.
    #[doc(alias = "IFLA_VF_STATS_RX_DROPPED")]
    #[nl_attr(7)]
    pub rx_dropped: Option<u64>,
    /// Packets dropped on the way out.
    #[doc(alias = "IFLA_VF_STATS_TX_DROPPED")]
    #[nl_attr(8)]
    pub tx_dropped: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The VLANs of a virtual function: the kernel takes one.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VfVlanList<'a> {
    /// One each.
    #[doc(alias = "IFLA_VF_VLAN_INFO")]
    #[nl_attr(1, multi)]
    pub info: Vec<VfVlanInfo>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
