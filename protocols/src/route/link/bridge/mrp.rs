//! The media redundancy protocol of bridges (IEC 62439-2, `IFLA_BRIDGE_MRP_*`), since Linux 5.8. Declared after the
//! headers; not proven against a kernel.

use netlink_core::{NlDebug, NlMessage, wire::UnknownAttrs};

use super::{MrpInState, MrpInterconnectionRole, MrpPortRole, MrpPortState, MrpRingRole, MrpState};

/// What a request does about the media redundancy protocol, or what a bridge says of it.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Mrp<'a> {
    /// Makes a ring, or removes it.
    #[doc(alias = "IFLA_BRIDGE_MRP_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<MrpInstance<'a>>,
    /// Sets the state of a port.
    #[doc(alias = "IFLA_BRIDGE_MRP_PORT_STATE")]
    #[nl_attr(2)]
    pub port_state: Option<MrpPortStateNest<'a>>,
    /// Sets the role of a port.
    #[doc(alias = "IFLA_BRIDGE_MRP_PORT_ROLE")]
    #[nl_attr(3)]
    pub port_role: Option<MrpPortRoleNest<'a>>,
    /// Sets the state of a ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_RING_STATE")]
    #[nl_attr(4)]
    pub ring_state: Option<MrpRing<'a>>,
    /// Sets the role in a ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_RING_ROLE")]
    #[nl_attr(5)]
    pub ring_role: Option<MrpRole<'a>>,
    /// Starts to send test packets around a ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_TEST")]
    #[nl_attr(6)]
    pub start_test: Option<MrpStartTest<'a>>,
    /// What there is, a ring each. Only told.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO")]
    #[nl_attr(7, multi)]
    pub info: Vec<MrpInfo<'a>>,
    /// Sets the role in an interconnection of rings.
    #[doc(alias = "IFLA_BRIDGE_MRP_IN_ROLE")]
    #[nl_attr(8)]
    pub in_role: Option<MrpInRole<'a>>,
    /// Sets the state of an interconnection.
    #[doc(alias = "IFLA_BRIDGE_MRP_IN_STATE")]
    #[nl_attr(9)]
    pub in_state: Option<MrpInStateNest<'a>>,
    /// Starts to send test packets through an interconnection.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_IN_TEST")]
    #[nl_attr(10)]
    pub start_in_test: Option<MrpStartInTest<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A ring.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpInstance<'a> {
    /// The number of the ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_INSTANCE_RING_ID")]
    #[nl_attr(1)]
    pub ring_id: Option<u32>,
    /// The index of the primary port.
    #[doc(alias = "IFLA_BRIDGE_MRP_INSTANCE_P_IFINDEX")]
    #[nl_attr(2)]
    pub p_ifindex: Option<u32>,
    /// The index of the secondary port.
    #[doc(alias = "IFLA_BRIDGE_MRP_INSTANCE_S_IFINDEX")]
    #[nl_attr(3)]
    pub s_ifindex: Option<u32>,
    /// The priority of this bridge as a manager: the smaller, the sooner.
    #[doc(alias = "IFLA_BRIDGE_MRP_INSTANCE_PRIO")]
    #[nl_attr(4)]
    pub prio: Option<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The state of a port.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpPortStateNest<'a> {
    /// The state.
    #[doc(alias = "IFLA_BRIDGE_MRP_PORT_STATE_STATE")]
    #[nl_attr(1)]
    pub state: Option<MrpPortState>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The role of a port.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpPortRoleNest<'a> {
    /// The role.
    #[doc(alias = "IFLA_BRIDGE_MRP_PORT_ROLE_ROLE")]
    #[nl_attr(1)]
    pub role: Option<MrpPortRole>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The state of a ring.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpRing<'a> {
    /// The number of the ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_RING_STATE_RING_ID")]
    #[nl_attr(1)]
    pub ring_id: Option<u32>,
    /// The state.
    #[doc(alias = "IFLA_BRIDGE_MRP_RING_STATE_STATE")]
    #[nl_attr(2)]
    pub state: Option<MrpState>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The role in a ring.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpRole<'a> {
    /// The number of the ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_RING_ROLE_RING_ID")]
    #[nl_attr(1)]
    pub ring_id: Option<u32>,
    /// The role.
    #[doc(alias = "IFLA_BRIDGE_MRP_RING_ROLE_ROLE")]
    #[nl_attr(2)]
    pub role: Option<MrpRingRole>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How test packets are sent around a ring.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpStartTest<'a> {
    /// The number of the ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_TEST_RING_ID")]
    #[nl_attr(1)]
    pub ring_id: Option<u32>,
    /// The time between packets, in microseconds; 0 stops them.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_TEST_INTERVAL")]
    #[nl_attr(2)]
    pub interval: Option<u32>,
    /// How many packets may get lost before the ring counts as open.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_TEST_MAX_MISS")]
    #[nl_attr(3)]
    pub max_miss: Option<u32>,
    /// For how long packets are sent, in microseconds.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_TEST_PERIOD")]
    #[nl_attr(4)]
    pub period: Option<u32>,
    /// 1 to watch without sending.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_TEST_MONITOR")]
    #[nl_attr(5)]
    pub monitor: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a bridge says of a ring.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpInfo<'a> {
    /// The number of the ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_RING_ID")]
    #[nl_attr(1)]
    pub ring_id: Option<u32>,
    /// The index of the primary port.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_P_IFINDEX")]
    #[nl_attr(2)]
    pub p_ifindex: Option<u32>,
    /// The index of the secondary port.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_S_IFINDEX")]
    #[nl_attr(3)]
    pub s_ifindex: Option<u32>,
    /// The priority of this bridge as a manager.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_PRIO")]
    #[nl_attr(4)]
    pub prio: Option<u16>,
    /// The state of the ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_RING_STATE")]
    #[nl_attr(5)]
    pub ring_state: Option<MrpState>,
    /// The role in the ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_RING_ROLE")]
    #[nl_attr(6)]
    pub ring_role: Option<MrpRingRole>,
    /// The time between test packets, in microseconds.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_TEST_INTERVAL")]
    #[nl_attr(7)]
    pub test_interval: Option<u32>,
    /// How many test packets may get lost.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_TEST_MAX_MISS")]
    #[nl_attr(8)]
    pub test_max_miss: Option<u32>,
    /// 1 if it watches without sending.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_TEST_MONITOR")]
    #[nl_attr(9)]
    pub test_monitor: Option<u32>,
    /// The index of the port of the interconnection.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_I_IFINDEX")]
    #[nl_attr(10)]
    pub i_ifindex: Option<u32>,
    /// The state of the interconnection.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_IN_STATE")]
    #[nl_attr(11)]
    pub in_state: Option<MrpInState>,
    /// The role in the interconnection.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_IN_ROLE")]
    #[nl_attr(12)]
    pub in_role: Option<MrpInterconnectionRole>,
    /// The time between test packets through the interconnection, in microseconds.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_IN_TEST_INTERVAL")]
    #[nl_attr(13)]
    pub in_test_interval: Option<u32>,
    /// How many of them may get lost.
    #[doc(alias = "IFLA_BRIDGE_MRP_INFO_IN_TEST_MAX_MISS")]
    #[nl_attr(14)]
    pub in_test_max_miss: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The role in an interconnection of rings.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpInRole<'a> {
    /// The number of the ring.
    #[doc(alias = "IFLA_BRIDGE_MRP_IN_ROLE_RING_ID")]
    #[nl_attr(1)]
    pub ring_id: Option<u32>,
    /// The number of the interconnection.
    #[doc(alias = "IFLA_BRIDGE_MRP_IN_ROLE_IN_ID")]
    #[nl_attr(2)]
    pub in_id: Option<u16>,
    /// The role.
    #[doc(alias = "IFLA_BRIDGE_MRP_IN_ROLE_ROLE")]
    #[nl_attr(3)]
    pub role: Option<MrpInterconnectionRole>,
    /// The index of the port of the interconnection.
    #[doc(alias = "IFLA_BRIDGE_MRP_IN_ROLE_I_IFINDEX")]
    #[nl_attr(4)]
    pub i_ifindex: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The state of an interconnection of rings.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpInStateNest<'a> {
    /// The number of the interconnection.
    #[doc(alias = "IFLA_BRIDGE_MRP_IN_STATE_IN_ID")]
    #[nl_attr(1)]
    pub in_id: Option<u32>,
    /// The state.
    #[doc(alias = "IFLA_BRIDGE_MRP_IN_STATE_STATE")]
    #[nl_attr(2)]
    pub state: Option<MrpInState>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How test packets are sent through an interconnection of rings.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MrpStartInTest<'a> {
    /// The number of the interconnection.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_IN_TEST_IN_ID")]
    #[nl_attr(1)]
    pub in_id: Option<u32>,
    /// The time between packets, in microseconds; 0 stops them.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_IN_TEST_INTERVAL")]
    #[nl_attr(2)]
    pub interval: Option<u32>,
    /// How many packets may get lost before the interconnection counts as open.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_IN_TEST_MAX_MISS")]
    #[nl_attr(3)]
    pub max_miss: Option<u32>,
    /// For how long packets are sent, in microseconds.
    #[doc(alias = "IFLA_BRIDGE_MRP_START_IN_TEST_PERIOD")]
    #[nl_attr(4)]
    pub period: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
