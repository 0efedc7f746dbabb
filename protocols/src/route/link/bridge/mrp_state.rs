//! States and roles of the media redundancy protocol (`linux/mrp_bridge.h`).

use netlink_core::NlEnum;

/// The state of a port.
#[doc(alias = "br_mrp_port_state_type")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum MrpPortState {
    /// Does nothing.
    #[doc(alias = "BR_MRP_PORT_STATE_DISABLED")]
    Disabled = 0,
    /// Forwards nothing but messages of the protocol.
    #[doc(alias = "BR_MRP_PORT_STATE_BLOCKED")]
    Blocked = 1,
    /// Forwards packets.
    #[doc(alias = "BR_MRP_PORT_STATE_FORWARDING")]
    Forwarding = 2,
    /// Has no carrier.
    #[doc(alias = "BR_MRP_PORT_STATE_NOT_CONNECTED")]
    NotConnected = 3,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// The role of a port.
#[doc(alias = "br_mrp_port_role_type")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum MrpPortRole {
    /// The primary port of a ring.
    #[doc(alias = "BR_MRP_PORT_ROLE_PRIMARY")]
    Primary = 0,
    /// The secondary port of a ring.
    #[doc(alias = "BR_MRP_PORT_ROLE_SECONDARY")]
    Secondary = 1,
    /// The port of an interconnection.
    #[doc(alias = "BR_MRP_PORT_ROLE_INTER")]
    Inter = 2,
    /// A role of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// The state of a ring.
#[doc(alias = "br_mrp_ring_state_type")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum MrpState {
    /// Interrupted: packets go the other way round.
    #[doc(alias = "BR_MRP_RING_STATE_OPEN")]
    Open = 0,
    /// Whole: the manager blocks one of its ports.
    #[doc(alias = "BR_MRP_RING_STATE_CLOSED")]
    Closed = 1,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// The state of an interconnection of rings.
#[doc(alias = "br_mrp_in_state_type")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum MrpInState {
    /// Interrupted.
    #[doc(alias = "BR_MRP_IN_STATE_OPEN")]
    Open = 0,
    /// Whole.
    #[doc(alias = "BR_MRP_IN_STATE_CLOSED")]
    Closed = 1,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// The role in a ring.
#[doc(alias = "br_mrp_ring_role_type")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum MrpRingRole {
    /// None.
    #[doc(alias = "BR_MRP_RING_ROLE_DISABLED")]
    Disabled = 0,
    /// Client.
    #[doc(alias = "BR_MRP_RING_ROLE_MRC")]
    Mrc = 1,
    /// Manager.
    #[doc(alias = "BR_MRP_RING_ROLE_MRM")]
    Mrm = 2,
    /// Manager if elected, else client.
    #[doc(alias = "BR_MRP_RING_ROLE_MRA")]
    Mra = 3,
    /// A role of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// The role in an interconnection of rings.
#[doc(alias = "br_mrp_in_role_type")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum MrpInterconnectionRole {
    /// None.
    #[doc(alias = "BR_MRP_IN_ROLE_DISABLED")]
    Disabled = 0,
    /// Client.
    #[doc(alias = "BR_MRP_IN_ROLE_MIC")]
    Mic = 1,
    /// Manager.
    #[doc(alias = "BR_MRP_IN_ROLE_MIM")]
    Mim = 2,
    /// A role of a newer kernel.
    #[nl(other)]
    Other(u32),
}
