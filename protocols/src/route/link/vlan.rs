//! VLANs (IEEE 802.1Q, `IFLA_VLAN_*`).

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs};

/// A VLAN.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Vlan<'a> {
    /// The VLAN identifier.
    #[doc(alias = "IFLA_VLAN_ID")]
    #[nl_attr(1, range = 0..=4094)]
    pub id: Option<u16>,
    /// Properties.
    #[doc(alias = "IFLA_VLAN_FLAGS")]
    #[nl_attr(2)]
    pub flags: Option<VlanFlagsAndMask>,
    /// From the priority of a packet in the kernel to that in the tag.
    #[doc(alias = "IFLA_VLAN_EGRESS_QOS")]
    #[nl_attr(3)]
    pub egress_qos: Option<VlanQos<'a>>,
    /// From the priority in the tag to that of the packet in the kernel.
    #[doc(alias = "IFLA_VLAN_INGRESS_QOS")]
    #[nl_attr(4)]
    pub ingress_qos: Option<VlanQos<'a>>,
    /// The type of the tag. Big-endian on the wire.
    #[doc(alias = "IFLA_VLAN_PROTOCOL")]
    #[nl_attr(5, be)]
    pub protocol: Option<VlanProtocol>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Properties of a VLAN, and which of them are meant.
#[doc(alias = "ifla_vlan_flags")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VlanFlagsAndMask {
    /// The properties.
    pub flags: VlanFlags,
    /// The properties that a request means to change; in replies, all bits.
    pub mask: VlanFlags,
}

bitflags! {
    /// Properties of a VLAN.
    #[doc(alias = "vlan_flags")]
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "VLAN_FLAG_")]
    pub struct VlanFlags: u32 {
        /// Shows packets without their tag.
        #[doc(alias = "VLAN_FLAG_REORDER_HDR")]
        const REORDER_HDR = 0x1;
        /// Registers with GVRP.
        #[doc(alias = "VLAN_FLAG_GVRP")]
        const GVRP = 0x2;
        /// Does not follow the state of the link below.
        #[doc(alias = "VLAN_FLAG_LOOSE_BINDING")]
        const LOOSE_BINDING = 0x4;
        /// Registers with MVRP.
        #[doc(alias = "VLAN_FLAG_MVRP")]
        const MVRP = 0x8;
        /// Follows the state of the bridge's ports in this VLAN.
        #[doc(alias = "VLAN_FLAG_BRIDGE_BINDING")]
        const BRIDGE_BINDING = 0x10;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// A map of priorities.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VlanQos<'a> {
    /// The entries.
    #[doc(alias = "IFLA_VLAN_QOS_MAPPING")]
    #[nl_attr(1, multi)]
    pub mapping: Vec<VlanQosMapping>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// An entry of a map of priorities.
#[doc(alias = "ifla_vlan_qos_mapping")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VlanQosMapping {
    /// The priority to be mapped.
    pub from: u32,
    /// What it is mapped to.
    pub to: u32,
}

/// The type of a VLAN tag.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum VlanProtocol {
    /// IEEE 802.1Q.
    #[doc(alias = "ETH_P_8021Q")]
    Ieee8021q = 0x8100,
    /// IEEE 802.1ad: for VLANs around VLANs.
    #[doc(alias = "ETH_P_8021AD")]
    Ieee8021ad = 0x88a8,
    /// Another type.
    #[nl(other)]
    Other(u16),
}
