//! Port profiles of virtual functions (IEEE 802.1Qbg, `IFLA_PORT_*`). Declared after the headers; not proven against
//! a kernel, which needs such a card.

use netlink_core::{
    NlDebug, NlEnum, NlMessage, NlStruct,
    wire::{Text, UnknownAttrs, Uuid},
};

/// The profiles of the ports of virtual functions.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VfPorts<'a> {
    /// One each.
    #[doc(alias = "IFLA_VF_PORT")]
    #[nl_attr(1, multi)]
    pub port: Vec<Port<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The profile of a port.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Port<'a> {
    /// The number of the virtual function; `u32::MAX` for the card itself.
    #[doc(alias = "IFLA_PORT_VF")]
    #[nl_attr(1)]
    pub vf: Option<u32>,
    /// The name of the profile.
    #[doc(alias = "IFLA_PORT_PROFILE")]
    #[nl_attr(2, len = ..=39)]
    pub profile: Option<Text<'a>>,
    /// The type of the station, of a draft of the standard; not used any more.
    #[doc(alias = "IFLA_PORT_VSI_TYPE")]
    #[nl_attr(3)]
    pub vsi_type: Option<PortVsi>,
    /// The station.
    #[doc(alias = "IFLA_PORT_INSTANCE_UUID")]
    #[nl_attr(4)]
    pub instance_uuid: Option<Uuid>,
    /// The host.
    #[doc(alias = "IFLA_PORT_HOST_UUID")]
    #[nl_attr(5)]
    pub host_uuid: Option<Uuid>,
    /// What is asked of the switch.
    #[doc(alias = "IFLA_PORT_REQUEST")]
    #[nl_attr(6)]
    pub request: Option<PortRequest>,
    /// What the switch answered. Only told.
    #[doc(alias = "IFLA_PORT_RESPONSE")]
    #[nl_attr(7)]
    pub response: Option<PortResponse>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The type of a virtual station.
#[doc(alias = "ifla_port_vsi")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PortVsi {
    /// The manager of types.
    pub vsi_mgr_id: u8,
    /// The type.
    pub vsi_type_id: [u8; 3],
    /// The version of the type.
    #[nl(pad = 3)]
    pub vsi_type_version: u8,
}

/// What is asked of the switch.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum PortRequest {
    /// To get ready.
    #[doc(alias = "PORT_REQUEST_PREASSOCIATE")]
    Preassociate = 0,
    /// To get ready and keep resources.
    #[doc(alias = "PORT_REQUEST_PREASSOCIATE_RR")]
    PreassociateRr = 1,
    /// To apply the profile.
    #[doc(alias = "PORT_REQUEST_ASSOCIATE")]
    Associate = 2,
    /// To take it back.
    #[doc(alias = "PORT_REQUEST_DISASSOCIATE")]
    Disassociate = 3,
    /// A request of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// What the switch answered.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum PortResponse {
    /// It has done so.
    #[doc(alias = "PORT_VDP_RESPONSE_SUCCESS")]
    VdpSuccess = 0,
    /// It did not understand.
    #[doc(alias = "PORT_VDP_RESPONSE_INVALID_FORMAT")]
    VdpInvalidFormat = 1,
    /// It lacks resources.
    #[doc(alias = "PORT_VDP_RESPONSE_INSUFFICIENT_RESOURCES")]
    VdpInsufficientResources = 2,
    /// The type is not in use.
    #[doc(alias = "PORT_VDP_RESPONSE_UNUSED_VTID")]
    VdpUnusedVtid = 3,
    /// The type is not allowed.
    #[doc(alias = "PORT_VDP_RESPONSE_VTID_VIOLATION")]
    VdpVtidViolation = 4,
    /// The version of the type is not allowed.
    #[doc(alias = "PORT_VDP_RESPONSE_VTID_VERSION_VIOALTION")]
    VdpVtidVersionViolation = 5,
    /// It knows another state.
    #[doc(alias = "PORT_VDP_RESPONSE_OUT_OF_SYNC")]
    VdpOutOfSync = 6,
    /// The profile is applied.
    #[doc(alias = "PORT_PROFILE_RESPONSE_SUCCESS")]
    ProfileSuccess = 256,
    /// It is being applied.
    #[doc(alias = "PORT_PROFILE_RESPONSE_INPROGRESS")]
    ProfileInProgress = 257,
    /// There is no such profile.
    #[doc(alias = "PORT_PROFILE_RESPONSE_INVALID")]
    ProfileInvalid = 258,
    /// Not in this state.
    #[doc(alias = "PORT_PROFILE_RESPONSE_BADSTATE")]
    ProfileBadState = 259,
    /// Resources are lacking.
    #[doc(alias = "PORT_PROFILE_RESPONSE_INSUFFICIENT_RESOURCES")]
    ProfileInsufficientResources = 260,
    /// It went wrong otherwise.
    #[doc(alias = "PORT_PROFILE_RESPONSE_ERROR")]
    ProfileError = 261,
    /// An answer of a newer kernel.
    #[nl(other)]
    Other(u16),
}
