//! What bridges and their ports say in messages of the family `AF_BRIDGE` (`IFLA_BRIDGE_*`), proven on Linux 6.12 for
//! VLANs and several spanning trees.

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs};

use super::{BridgePortState, Cfm, Mrp};

/// `IFLA_AF_SPEC` of messages whose header has the family 7 (`AF_BRIDGE`).
/// A request about a bridge's port means the port; with `flags` it can mean the bridge, or the device of the port.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BridgeAfSpec<'a> {
    /// Whom a request is for.
    #[doc(alias = "IFLA_BRIDGE_FLAGS")]
    #[nl_attr(0)]
    pub flags: Option<BridgeFlags>,
    /// How a switch in hardware treats packets between its virtual functions. Not proven against a kernel, which needs
    /// such a card.
    #[doc(alias = "IFLA_BRIDGE_MODE")]
    #[nl_attr(1)]
    pub mode: Option<BridgeMode>,
    /// VLANs, each or as ranges of two entries. Told if [`BRVLAN`](super::super::ExtMask::BRVLAN) is asked for.
    #[doc(alias = "IFLA_BRIDGE_VLAN_INFO")]
    #[nl_attr(2, multi)]
    pub vlan_info: Vec<BridgeVlanInfo>,
    /// From VLANs to tunnel identifiers.
    #[doc(alias = "IFLA_BRIDGE_VLAN_TUNNEL_INFO")]
    #[nl_attr(3, multi)]
    pub vlan_tunnel_info: Vec<BridgeVlanTunnel<'a>>,
    /// The media redundancy protocol.
    #[doc(alias = "IFLA_BRIDGE_MRP")]
    #[nl_attr(4)]
    pub mrp: Option<Box<Mrp<'a>>>,
    /// Connectivity fault management.
    #[doc(alias = "IFLA_BRIDGE_CFM")]
    #[nl_attr(5)]
    pub cfm: Option<Box<Cfm<'a>>>,
    /// The states of the port in several spanning trees.
    #[doc(alias = "IFLA_BRIDGE_MST")]
    #[nl_attr(6)]
    pub mst: Option<BridgeMst<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// Whom a request about a bridge's port is for.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "BRIDGE_FLAGS_")]
    pub struct BridgeFlags: u16 {
        /// The bridge.
        #[doc(alias = "BRIDGE_FLAGS_MASTER")]
        const MASTER = 0x1;
        /// The device that is the port.
        #[doc(alias = "BRIDGE_FLAGS_SELF")]
        const SELF = 0x2;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// How a switch in hardware treats packets between its virtual functions.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum BridgeMode {
    /// Does not say.
    #[doc(alias = "BRIDGE_MODE_UNDEF")]
    Undef = 65535,
    /// Delivers them itself.
    #[doc(alias = "BRIDGE_MODE_VEB")]
    Veb = 0,
    /// Sends them to the switch outside, which sends them back.
    #[doc(alias = "BRIDGE_MODE_VEPA")]
    Vepa = 1,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u16),
}

/// A VLAN of a bridge or a port, or one end of a range.
#[doc(alias = "bridge_vlan_info")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BridgeVlanInfo {
    /// Properties.
    pub flags: BridgeVlanFlags,
    /// The VLAN identifier: 1 to 4094.
    pub vid: u16,
}

bitflags! {
    /// Properties of a VLAN of a bridge or a port.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "BRIDGE_VLAN_INFO_")]
    pub struct BridgeVlanFlags: u16 {
        /// The request is for the bridge itself.
        #[doc(alias = "BRIDGE_VLAN_INFO_MASTER")]
        const MASTER = 0x1;
        /// Untagged packets that come in belong to it.
        #[doc(alias = "BRIDGE_VLAN_INFO_PVID")]
        const PVID = 0x2;
        /// Packets go out without a tag.
        #[doc(alias = "BRIDGE_VLAN_INFO_UNTAGGED")]
        const UNTAGGED = 0x4;
        /// Begins a range.
        #[doc(alias = "BRIDGE_VLAN_INFO_RANGE_BEGIN")]
        const RANGE_BEGIN = 0x8;
        /// Ends the range.
        #[doc(alias = "BRIDGE_VLAN_INFO_RANGE_END")]
        const RANGE_END = 0x10;
        /// Exists on the bridge itself.
        #[doc(alias = "BRIDGE_VLAN_INFO_BRENTRY")]
        const BRENTRY = 0x20;
        /// The request changes options only.
        #[doc(alias = "BRIDGE_VLAN_INFO_ONLY_OPTS")]
        const ONLY_OPTS = 0x40;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// From a VLAN to a tunnel identifier, or one end of such a range.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BridgeVlanTunnel<'a> {
    /// The tunnel identifier.
    #[doc(alias = "IFLA_BRIDGE_VLAN_TUNNEL_ID")]
    #[nl_attr(1)]
    pub id: Option<u32>,
    /// The VLAN identifier.
    #[doc(alias = "IFLA_BRIDGE_VLAN_TUNNEL_VID")]
    #[nl_attr(2)]
    pub vid: Option<u16>,
    /// Whether a range begins or ends.
    #[doc(alias = "IFLA_BRIDGE_VLAN_TUNNEL_FLAGS")]
    #[nl_attr(3)]
    pub flags: Option<BridgeVlanFlags>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The states of a port in several spanning trees.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BridgeMst<'a> {
    /// One spanning tree each.
    #[doc(alias = "IFLA_BRIDGE_MST_ENTRY")]
    #[nl_attr(1, multi)]
    pub entry: Vec<BridgeMstEntry<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The state of a port in one of several spanning trees.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BridgeMstEntry<'a> {
    /// The spanning tree.
    #[doc(alias = "IFLA_BRIDGE_MST_ENTRY_MSTI")]
    #[nl_attr(1)]
    pub msti: Option<u16>,
    /// The state.
    #[doc(alias = "IFLA_BRIDGE_MST_ENTRY_STATE")]
    #[nl_attr(2)]
    pub state: Option<BridgePortState>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
