//! `flow`: the class is calculated from properties of the packet.

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, bitflags, wire::UnknownAttrs};

use super::{
    super::{
        Handle,
        action::{Action, Police},
    },
    EmatchTree,
};

/// The class is calculated from properties of the packet.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Flow<'a> {
    /// Which properties.
    #[doc(alias = "TCA_FLOW_KEYS")]
    #[nl_attr(1)]
    pub keys: Option<FlowKeys>,
    /// How.
    #[doc(alias = "TCA_FLOW_MODE")]
    #[nl_attr(2)]
    pub mode: Option<FlowMode>,
    /// The class for 0.
    #[doc(alias = "TCA_FLOW_BASECLASS")]
    #[nl_attr(3)]
    pub baseclass: Option<Handle>,
    /// By how much the property is shifted right, when mapped.
    #[doc(alias = "TCA_FLOW_RSHIFT")]
    #[nl_attr(4)]
    pub rshift: Option<u32>,
    /// What is added, when mapped.
    #[doc(alias = "TCA_FLOW_ADDEND")]
    #[nl_attr(5)]
    pub addend: Option<u32>,
    /// The bits that count, when mapped.
    #[doc(alias = "TCA_FLOW_MASK")]
    #[nl_attr(6)]
    pub mask: Option<u32>,
    /// The bits that are inverted, when mapped.
    #[doc(alias = "TCA_FLOW_XOR")]
    #[nl_attr(7)]
    pub xor: Option<u32>,
    /// How many classes there are.
    #[doc(alias = "TCA_FLOW_DIVISOR")]
    #[nl_attr(8)]
    pub divisor: Option<u32>,
    /// What is done with the packet.
    #[doc(alias = "TCA_FLOW_ACT")]
    #[nl_attr(9, indexed)]
    pub act: Vec<Action<'a>>,
    /// A rate, as before actions.
    #[doc(alias = "TCA_FLOW_POLICE")]
    #[nl_attr(10)]
    pub police: Option<Police<'a>>,
    /// Which packets.
    #[doc(alias = "TCA_FLOW_EMATCHES")]
    #[nl_attr(11)]
    pub ematches: Option<EmatchTree<'a>>,
    /// After how many seconds the hash changes.
    #[doc(alias = "TCA_FLOW_PERTURB")]
    #[nl_attr(12)]
    pub perturb: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How the class is calculated.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum FlowMode {
    /// From one property: masked, inverted, shifted, added.
    #[doc(alias = "FLOW_MODE_MAP")]
    Map = 0,
    /// By a hash of all properties.
    #[doc(alias = "FLOW_MODE_HASH")]
    Hash = 1,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}

bitflags! {
    /// Properties of a packet; the bit is the number of `FLOW_KEY_*`.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct FlowKeys: u32 {
        /// The source address.
        const SRC = 1 << 0;
        /// The destination address.
        const DST = 1 << 1;
        /// The protocol.
        const PROTO = 1 << 2;
        /// The source port.
        const PROTO_SRC = 1 << 3;
        /// The destination port.
        const PROTO_DST = 1 << 4;
        /// The index of the link that it came in by.
        const IIF = 1 << 5;
        /// The priority.
        const PRIORITY = 1 << 6;
        /// The mark.
        const MARK = 1 << 7;
        /// The connection.
        const NFCT = 1 << 8;
        /// The source address of the connection.
        const NFCT_SRC = 1 << 9;
        /// The destination address of the connection.
        const NFCT_DST = 1 << 10;
        /// The source port of the connection.
        const NFCT_PROTO_SRC = 1 << 11;
        /// The destination port of the connection.
        const NFCT_PROTO_DST = 1 << 12;
        /// The realm of the route.
        const RTCLASSID = 1 << 13;
        /// The user of the socket.
        const SKUID = 1 << 14;
        /// The group of the socket.
        const SKGID = 1 << 15;
        /// The VLAN identifier.
        const VLAN_TAG = 1 << 16;
        /// The hash of the device.
        const RXHASH = 1 << 17;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
