//! `mirred`: sends packets, or copies, to another link or block.

use netlink_core::{NlDebug, NlEnum, NlMessage, NlStruct, wire::UnknownAttrs};

use super::{General, Times};

/// Sends packets, or copies, elsewhere.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 3)]
pub struct Mirred<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_MIRRED_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// Where, and how.
    #[doc(alias = "TCA_MIRRED_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<MirredParms>,
    /// To all links of this block, in place of one link. Since Linux 6.8.
    #[doc(alias = "TCA_MIRRED_BLOCKID")]
    #[nl_attr(4, range = 1..)]
    pub blockid: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Where packets go, and how.
#[doc(alias = "tc_mirred")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MirredParms {
    /// What every action has.
    pub general: General,
    /// Whether it is the packet or a copy, and on which side.
    pub eaction: MirredAction,
    /// The link's index.
    pub ifindex: u32,
}

/// What is done with a packet.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum MirredAction {
    /// Nothing: not to be sent.
    #[default]
    Unspec = 0,
    /// Sent through the link.
    #[doc(alias = "TCA_EGRESS_REDIR")]
    EgressRedir = 1,
    /// A copy is sent through the link.
    #[doc(alias = "TCA_EGRESS_MIRROR")]
    EgressMirror = 2,
    /// Received from the link.
    #[doc(alias = "TCA_INGRESS_REDIR")]
    IngressRedir = 3,
    /// A copy is received from the link.
    #[doc(alias = "TCA_INGRESS_MIRROR")]
    IngressMirror = 4,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(i32),
}
