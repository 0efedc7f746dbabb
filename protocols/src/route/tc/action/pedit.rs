//! `pedit`: changes the bytes of packets.

use netlink_core::{NlDebug, NlEnum, NlMessage, NlStruct, wire::UnknownAttrs};

use super::{General, Times};

/// Changes the bytes of packets.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 3)]
pub struct Pedit<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_PEDIT_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What is changed, from the network header on.
    #[doc(alias = "TCA_PEDIT_PARMS")]
    #[nl_attr(2)]
    pub parms: Option<PeditParms>,
    /// What is changed, each key in the header that `keys_ex` says; in place of `parms`. Since Linux 4.11.
    #[doc(alias = "TCA_PEDIT_PARMS_EX")]
    #[nl_attr(4)]
    pub parms_ex: Option<PeditParms>,
    /// In which headers, key by key.
    #[doc(alias = "TCA_PEDIT_KEYS_EX")]
    #[nl_attr(5)]
    pub keys_ex: Option<PeditKeysEx<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is changed.
#[doc(alias = "tc_pedit_sel")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct PeditParms {
    /// What every action has.
    pub general: General,
    /// How many keys there are; filled in when it is sent.
    #[nl(count_of = keys)]
    pub nkeys: u8,
    /// Unused.
    #[nl(pad = 2)]
    pub flags: u8,
    /// The keys, at least one.
    #[nl(rest, packed)]
    pub keys: Vec<PeditKey>,
}

/// A change of four bytes. Mask and value are in the order of the packet: use [`u32::to_be`] for numbers.
#[doc(alias = "tc_pedit_key")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeditKey {
    /// The bits that stay.
    pub mask: u32,
    /// What the other bits become (or what is added).
    pub val: u32,
    /// The offset in the header in bytes, a multiple of 4.
    pub off: u32,
    /// The offset in bytes of a byte that tells what to add to `off`.
    pub at: u32,
    /// The bits of that byte that count; 0 for none of it.
    pub offmask: u32,
    /// By how much they are shifted right.
    pub shift: u32,
}

/// Which headers are changed, key by key.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct PeditKeysEx<'a> {
    /// The header of a key.
    #[doc(alias = "TCA_PEDIT_KEY_EX")]
    #[nl_attr(6, multi)]
    pub key_ex: Vec<PeditKeyEx<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The header of a key.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct PeditKeyEx<'a> {
    /// Which header.
    #[doc(alias = "TCA_PEDIT_KEY_EX_HTYPE")]
    #[nl_attr(1, required)]
    pub htype: Option<PeditHeader>,
    /// Whether bytes are set or numbers added.
    #[doc(alias = "TCA_PEDIT_KEY_EX_CMD")]
    #[nl_attr(2, required)]
    pub cmd: Option<PeditCommand>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A header of a packet.
#[doc(alias = "pedit_header_type")]
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum PeditHeader {
    /// The network header, whichever.
    #[doc(alias = "TCA_PEDIT_KEY_EX_HDR_TYPE_NETWORK")]
    #[default]
    Network = 0,
    /// Ethernet.
    #[doc(alias = "TCA_PEDIT_KEY_EX_HDR_TYPE_ETH")]
    Eth = 1,
    /// IPv4.
    #[doc(alias = "TCA_PEDIT_KEY_EX_HDR_TYPE_IP4")]
    Ip4 = 2,
    /// IPv6.
    #[doc(alias = "TCA_PEDIT_KEY_EX_HDR_TYPE_IP6")]
    Ip6 = 3,
    /// TCP.
    #[doc(alias = "TCA_PEDIT_KEY_EX_HDR_TYPE_TCP")]
    Tcp = 4,
    /// UDP.
    #[doc(alias = "TCA_PEDIT_KEY_EX_HDR_TYPE_UDP")]
    Udp = 5,
    /// A header of a newer kernel.
    #[nl(other)]
    Other(u16),
}

/// How bytes are changed.
#[doc(alias = "pedit_cmd")]
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum PeditCommand {
    /// They are set.
    #[doc(alias = "TCA_PEDIT_KEY_EX_CMD_SET")]
    #[default]
    Set = 0,
    /// A number is added.
    #[doc(alias = "TCA_PEDIT_KEY_EX_CMD_ADD")]
    Add = 1,
    /// A command of a newer kernel.
    #[nl(other)]
    Other(u16),
}
