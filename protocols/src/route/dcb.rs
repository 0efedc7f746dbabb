//! Data center bridging: how links of data centers share bandwidth among kinds of traffic, and lose none of some.
//!
//! Declared after `linux/dcbnl.h`; the kernel's side is `net/dcb/dcbnl.c`. Not proven against a kernel beyond the refusal
//! of a link that cannot do it: the others need hardware.
//!
//! ```no_run
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, dcb::{self, AppEntry, DcbCommand}};
//!
//! let mut route = Route::connect()?;
//! let told = route.ask(dcb::get("eth0", DcbCommand::IeeeGet))?;
//! for entry in told.ieee.unwrap_or_default().app_table {
//!     if let AppEntry::Ieee(app) = entry {
//!         println!("{:?} {}: priority {}", app.selector, app.protocol, app.priority);
//!     }
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod bcn;
mod capabilities;
mod cee;
mod ieee;
mod operations;
mod priorities;

pub use bcn::*;
pub use capabilities::*;
pub use cee::*;
pub use ieee::*;
pub(super) use operations::Operations;
pub use priorities::*;

use netlink_core::{
    Do, NlDebug, NlEnum, NlMessage, NlStruct,
    wire::{Hex, Text, UnknownAttrs},
};

use super::{Route, ip::AddressFamily, verb::Verb};

/// The header of messages about data center bridging.
#[doc(alias = "dcbmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DcbHeader {
    /// The address family: none in particular.
    #[doc(alias = "dcb_family")]
    pub family: AddressFamily,
    /// What is wanted, or was.
    #[doc(alias = "cmd")]
    #[nl(pad = 2)]
    pub command: DcbCommand,
}

/// What is wanted.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum DcbCommand {
    /// Nothing.
    #[doc(alias = "DCB_CMD_UNDEFINED")]
    #[default]
    Undefined = 0,
    /// Tells whether it is on.
    #[doc(alias = "DCB_CMD_GSTATE")]
    Gstate = 1,
    /// Turns it on or off.
    #[doc(alias = "DCB_CMD_SSTATE")]
    Sstate = 2,
    /// Tells the groups of priorities of what is sent.
    #[doc(alias = "DCB_CMD_PGTX_GCFG")]
    PgtxGcfg = 3,
    /// Sets the groups of priorities of what is sent.
    #[doc(alias = "DCB_CMD_PGTX_SCFG")]
    PgtxScfg = 4,
    /// Tells the groups of priorities of what is received.
    #[doc(alias = "DCB_CMD_PGRX_GCFG")]
    PgrxGcfg = 5,
    /// Sets the groups of priorities of what is received.
    #[doc(alias = "DCB_CMD_PGRX_SCFG")]
    PgrxScfg = 6,
    /// Tells the flow control.
    #[doc(alias = "DCB_CMD_PFC_GCFG")]
    PfcGcfg = 7,
    /// Sets the flow control.
    #[doc(alias = "DCB_CMD_PFC_SCFG")]
    PfcScfg = 8,
    /// Has what was set come into effect.
    #[doc(alias = "DCB_CMD_SET_ALL")]
    SetAll = 9,
    /// Tells the address that the hardware has.
    #[doc(alias = "DCB_CMD_GPERM_HWADDR")]
    GpermHwaddr = 10,
    /// Tells what the link can.
    #[doc(alias = "DCB_CMD_GCAP")]
    Gcap = 11,
    /// Tells how many traffic classes there are.
    #[doc(alias = "DCB_CMD_GNUMTCS")]
    Gnumtcs = 12,
    /// Sets how many traffic classes there are.
    #[doc(alias = "DCB_CMD_SNUMTCS")]
    Snumtcs = 13,
    /// Tells whether flow control is on.
    #[doc(alias = "DCB_CMD_PFC_GSTATE")]
    PfcGstate = 14,
    /// Turns flow control on or off.
    #[doc(alias = "DCB_CMD_PFC_SSTATE")]
    PfcSstate = 15,
    /// Tells how congestion is told backwards.
    #[doc(alias = "DCB_CMD_BCN_GCFG")]
    BcnGcfg = 16,
    /// Sets how congestion is told backwards.
    #[doc(alias = "DCB_CMD_BCN_SCFG")]
    BcnScfg = 17,
    /// Tells the priority of an application, of CEE.
    #[doc(alias = "DCB_CMD_GAPP")]
    Gapp = 18,
    /// Sets the priority of an application, of CEE.
    #[doc(alias = "DCB_CMD_SAPP")]
    Sapp = 19,
    /// Sets what IEEE 802.1Qaz has to say.
    #[doc(alias = "DCB_CMD_IEEE_SET")]
    IeeeSet = 20,
    /// Tells what IEEE 802.1Qaz has to say.
    #[doc(alias = "DCB_CMD_IEEE_GET")]
    IeeeGet = 21,
    /// Tells who negotiates.
    #[doc(alias = "DCB_CMD_GDCBX")]
    Gdcbx = 22,
    /// Sets who negotiates.
    #[doc(alias = "DCB_CMD_SDCBX")]
    Sdcbx = 23,
    /// Tells how features are negotiated.
    #[doc(alias = "DCB_CMD_GFEATCFG")]
    Gfeatcfg = 24,
    /// Sets how features are negotiated.
    #[doc(alias = "DCB_CMD_SFEATCFG")]
    Sfeatcfg = 25,
    /// Tells all that CEE has to say.
    #[doc(alias = "DCB_CMD_CEE_GET")]
    CeeGet = 26,
    /// Deletes some of what IEEE 802.1Qaz has to say.
    #[doc(alias = "DCB_CMD_IEEE_DEL")]
    IeeeDel = 27,
    /// A command of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// What is set, or told. Which attributes count is a matter of the command.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Dcb<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: DcbHeader,
    /// The name of the link. Requests must have it.
    #[doc(alias = "DCB_ATTR_IFNAME")]
    #[nl_attr(1)]
    pub ifname: Option<Text<'a>>,
    /// 1 if it is on.
    #[doc(alias = "DCB_ATTR_STATE")]
    #[nl_attr(2)]
    pub state: Option<u8>,
    /// 1 if flow control is on.
    #[doc(alias = "DCB_ATTR_PFC_STATE")]
    #[nl_attr(3)]
    pub pfc_state: Option<u8>,
    /// Flow control.
    #[doc(alias = "DCB_ATTR_PFC_CFG")]
    #[nl_attr(4)]
    pub pfc_cfg: Option<PriorityFlowControl<'a>>,
    /// Reserved.
    #[doc(alias = "DCB_ATTR_NUM_TC")]
    #[nl_attr(5)]
    pub num_tc: Option<u8>,
    /// Groups of priorities.
    #[doc(alias = "DCB_ATTR_PG_CFG")]
    #[nl_attr(6)]
    pub pg_cfg: Option<PriorityGroups<'a>>,
    /// 1, so that what was set comes into effect.
    #[doc(alias = "DCB_ATTR_SET_ALL")]
    #[nl_attr(7)]
    pub set_all: Option<u8>,
    /// The address that the hardware has, and zeros behind it: 32 bytes. In requests empty.
    #[doc(alias = "DCB_ATTR_PERM_HWADDR")]
    #[nl_attr(8)]
    pub perm_hwaddr: Option<Hex<'a>>,
    /// What the link can.
    #[doc(alias = "DCB_ATTR_CAP")]
    #[nl_attr(9)]
    pub cap: Option<Capabilities<'a>>,
    /// How many traffic classes there are.
    #[doc(alias = "DCB_ATTR_NUMTCS")]
    #[nl_attr(10)]
    pub numtcs: Option<TrafficClassCounts<'a>>,
    /// How congestion is told backwards.
    #[doc(alias = "DCB_ATTR_BCN")]
    #[nl_attr(11)]
    pub bcn: Option<Bcn<'a>>,
    /// The priority of an application.
    #[doc(alias = "DCB_ATTR_APP")]
    #[nl_attr(12)]
    pub app: Option<AppPriority<'a>>,
    /// What IEEE 802.1Qaz has to say.
    #[doc(alias = "DCB_ATTR_IEEE")]
    #[nl_attr(13)]
    pub ieee: Option<Ieee<'a>>,
    /// Who negotiates.
    #[doc(alias = "DCB_ATTR_DCBX")]
    #[nl_attr(14)]
    pub dcbx: Option<Dcbx>,
    /// How features are negotiated.
    #[doc(alias = "DCB_ATTR_FEATCFG")]
    #[nl_attr(15)]
    pub featcfg: Option<Features<'a>>,
    /// What CEE has to say.
    #[doc(alias = "DCB_ATTR_CEE")]
    #[nl_attr(16)]
    pub cee: Option<Cee<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What became of a request that sets something: 0 under the attribute that was set if all went well.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Dcb<'static>)]
pub struct DcbDone<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: DcbHeader,
    /// Of whether it is on.
    #[doc(alias = "DCB_ATTR_STATE")]
    pub state: Option<u8>,
    /// Of whether flow control is on.
    #[doc(alias = "DCB_ATTR_PFC_STATE")]
    pub pfc_state: Option<u8>,
    /// Of flow control.
    #[doc(alias = "DCB_ATTR_PFC_CFG")]
    pub pfc_cfg: Option<u8>,
    /// Of groups of priorities.
    #[doc(alias = "DCB_ATTR_PG_CFG")]
    pub pg_cfg: Option<u8>,
    /// Of coming into effect.
    #[doc(alias = "DCB_ATTR_SET_ALL")]
    pub set_all: Option<u8>,
    /// Of how many traffic classes there are.
    #[doc(alias = "DCB_ATTR_NUMTCS")]
    pub numtcs: Option<u8>,
    /// Of how congestion is told backwards.
    #[doc(alias = "DCB_ATTR_BCN")]
    pub bcn: Option<u8>,
    /// Of the priority of an application.
    #[doc(alias = "DCB_ATTR_APP")]
    pub app: Option<u8>,
    /// Of what IEEE 802.1Qaz has to say: else the number of the error, negative.
    #[doc(alias = "DCB_ATTR_IEEE")]
    pub ieee: Option<u8>,
    /// Of who negotiates.
    #[doc(alias = "DCB_ATTR_DCBX")]
    pub dcbx: Option<u8>,
    /// Of how features are negotiated.
    #[doc(alias = "DCB_ATTR_FEATCFG")]
    pub featcfg: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A request for what a command tells: for `ask`.
pub type DcbQuery<'a> = Verb<'a, Do<Dcb<'static>, Dcb<'static>>>;

/// A request to set something: for `ask`, since the kernel says what became of it.
pub type DcbChange<'a> = Verb<'a, Do<Dcb<'static>, DcbDone<'static>>>;

/// Asks what a command tells of the link with this name. Some commands tell what the [`body`](Verb::body) has, such as
/// `all` of [`Capabilities`].
pub fn get<'n>(link: impl Into<Text<'n>>, command: DcbCommand) -> DcbQuery<'n> {
    Verb::new(Route::GET_DCB, about(link.into(), command))
}

/// Has a command set something of the link with this name: what the [`body`](Verb::body) has.
pub fn set<'n>(link: impl Into<Text<'n>>, command: DcbCommand) -> DcbChange<'n> {
    Verb::new(Route::SET_DCB, about(link.into(), command))
}

fn about(link: Text<'_>, command: DcbCommand) -> Dcb<'_> {
    Dcb { header: DcbHeader { command, ..DcbHeader::default() }, ifname: Some(link), ..Dcb::default() }
}
