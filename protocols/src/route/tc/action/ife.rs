//! `ife`: metadata inside of an Ethernet frame (ForCES inter-FE LFB). And `csum`, which corrects checksums.

use netlink_core::{
    NlDebug, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{MacAddr, UnknownAttrs},
};

use super::{General, Times};

/// Puts metadata into frames, or takes them out.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 7)]
pub struct Ife<'a> {
    /// The direction.
    #[doc(alias = "TCA_IFE_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<IfeParms>,
    /// When it was in use.
    #[doc(alias = "TCA_IFE_TM")]
    #[nl_attr(2)]
    pub tm: Option<Times>,
    /// The destination of the frame.
    #[doc(alias = "TCA_IFE_DMAC")]
    #[nl_attr(3)]
    pub dmac: Option<MacAddr>,
    /// The source of the frame.
    #[doc(alias = "TCA_IFE_SMAC")]
    #[nl_attr(4)]
    pub smac: Option<MacAddr>,
    /// The protocol of the frame (`ETH_P_*`), in the byte order of the machine.
    #[doc(alias = "TCA_IFE_TYPE")]
    #[nl_attr(5)]
    pub ty: Option<u16>,
    /// Which metadata.
    #[doc(alias = "TCA_IFE_METALST")]
    #[nl_attr(6)]
    pub metalst: Option<IfeMeta<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The direction of `ife`.
#[doc(alias = "tc_ife")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IfeParms {
    /// What every action has.
    pub general: General,
    /// The direction.
    #[nl(pad = 2)]
    pub flags: IfeFlags,
}

bitflags! {
    /// The direction of `ife`.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "IFE_")]
    pub struct IfeFlags: u16 {
        /// Puts metadata in; without it, takes them out.
        #[doc(alias = "IFE_ENCODE")]
        const ENCODE = 1;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Metadata: with a number, it is that; without, what the packet has.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct IfeMeta<'a> {
    /// The mark.
    #[doc(alias = "IFE_META_SKBMARK")]
    #[nl_attr(1)]
    pub skbmark: Option<IfeMeta32>,
    /// The hash. Not proven with a kernel yet: none at hand has it.
    #[doc(alias = "IFE_META_HASHID")]
    #[nl_attr(2)]
    pub hashid: Option<IfeMeta32>,
    /// The priority.
    #[doc(alias = "IFE_META_PRIO")]
    #[nl_attr(3)]
    pub prio: Option<IfeMeta32>,
    /// The transmit queue. Not proven with a kernel yet: none at hand has it.
    #[doc(alias = "IFE_META_QMAP")]
    #[nl_attr(4)]
    pub qmap: Option<IfeMeta16>,
    /// The index of the class.
    #[doc(alias = "IFE_META_TCINDEX")]
    #[nl_attr(5)]
    pub tcindex: Option<IfeMeta16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A number of 32 bits, or nothing.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IfeMeta32 {
    /// The number.
    #[nl(optional)]
    pub value: Option<u32>,
}

/// A number of 16 bits, or nothing.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IfeMeta16 {
    /// The number.
    #[nl(optional)]
    pub value: Option<u16>,
}

/// Corrects checksums.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 3)]
pub struct Csum<'a> {
    /// Which checksums.
    #[doc(alias = "TCA_CSUM_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<CsumParms>,
    /// When it was in use.
    #[doc(alias = "TCA_CSUM_TM")]
    #[nl_attr(2)]
    pub tm: Option<Times>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Which checksums `csum` corrects.
#[doc(alias = "tc_csum")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsumParms {
    /// What every action has.
    pub general: General,
    /// Which.
    pub update_flags: CsumFlags,
}

bitflags! {
    /// Checksums that `csum` corrects.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_CSUM_UPDATE_FLAG_")]
    pub struct CsumFlags: u32 {
        /// That of the IPv4 header.
        #[doc(alias = "TCA_CSUM_UPDATE_FLAG_IPV4HDR")]
        const IPV4HDR = 1;
        /// ICMP.
        #[doc(alias = "TCA_CSUM_UPDATE_FLAG_ICMP")]
        const ICMP = 2;
        /// IGMP.
        #[doc(alias = "TCA_CSUM_UPDATE_FLAG_IGMP")]
        const IGMP = 4;
        /// TCP.
        #[doc(alias = "TCA_CSUM_UPDATE_FLAG_TCP")]
        const TCP = 8;
        /// UDP.
        #[doc(alias = "TCA_CSUM_UPDATE_FLAG_UDP")]
        const UDP = 16;
        /// UDP-Lite.
        #[doc(alias = "TCA_CSUM_UPDATE_FLAG_UDPLITE")]
        const UDPLITE = 32;
        /// SCTP.
        #[doc(alias = "TCA_CSUM_UPDATE_FLAG_SCTP")]
        const SCTP = 64;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
