//! Small nests of links.

use netlink_core::{
    NlDebug, NlMessage,
    wire::{Text, UnknownAttrs},
};

use super::Link;

/// Further names of a link.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Link<'static>)]
pub struct PropList<'a> {
    /// A further name: at most 127 bytes.
    #[doc(alias = "IFLA_ALT_IFNAME")]
    #[nl_attr(multi, len = ..=127)]
    pub alt_ifname: Vec<Text<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Why a protocol keeps a link down: bits that programs agree upon.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct ProtoDownReason<'a> {
    /// The bits that a request means to change. Only set.
    #[doc(alias = "IFLA_PROTO_DOWN_REASON_MASK")]
    #[nl_attr(1)]
    pub mask: Option<u32>,
    /// The bits.
    #[doc(alias = "IFLA_PROTO_DOWN_REASON_VALUE")]
    #[nl_attr(2)]
    pub value: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The port of devlink that a link belongs to. Not proven against a kernel, which needs such a card.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct DevlinkPort<'a> {
    /// The bus of the device.
    #[doc(alias = "DEVLINK_ATTR_BUS_NAME")]
    #[nl_attr(1)]
    pub bus_name: Option<Text<'a>>,
    /// The name of the device on the bus.
    #[doc(alias = "DEVLINK_ATTR_DEV_NAME")]
    #[nl_attr(2)]
    pub dev_name: Option<Text<'a>>,
    /// The number of the port.
    #[doc(alias = "DEVLINK_ATTR_PORT_INDEX")]
    #[nl_attr(3)]
    pub port_index: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The clock that a link is tied to. Not proven against a kernel, which needs such a card.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct DpllPin<'a> {
    /// The number of the pin, of the generic family `dpll`.
    #[doc(alias = "DPLL_A_PIN_ID")]
    #[nl_attr(1)]
    pub id: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
