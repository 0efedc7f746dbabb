//! Small filters: `matchall`, `basic` with extended matches, `fw` by mark, `route` by realm, `cgroup`, `bpf`.

use netlink_core::{
    NlDebug, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{IfName, Text, UnknownAttrs},
};

use super::{
    super::{
        Handle,
        action::{Action, Police, SockFilter},
    },
    ClsFlags, EmatchTree,
};

/// Matches every packet.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 5)]
pub struct MatchAll<'a> {
    /// The class of the packet.
    #[doc(alias = "TCA_MATCHALL_CLASSID")]
    #[nl_attr(1)]
    pub classid: Option<Handle>,
    /// What is done with it.
    #[doc(alias = "TCA_MATCHALL_ACT")]
    #[nl_attr(2, indexed)]
    pub act: Vec<Action<'a>>,
    /// Where the filter is at work.
    #[doc(alias = "TCA_MATCHALL_FLAGS")]
    #[nl_attr(3)]
    pub flags: Option<ClsFlags>,
    /// How often it matched; the kernel tells. Since Linux 4.20.
    #[doc(alias = "TCA_MATCHALL_PCNT")]
    #[nl_attr(4)]
    pub pcnt: Option<MatchAllCount>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How often a `matchall` matched.
#[doc(alias = "tc_matchall_pcnt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MatchAllCount {
    /// Packets.
    pub rhit: u64,
}

/// Matches by extended matches.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct Basic<'a> {
    /// The class of the packet.
    #[doc(alias = "TCA_BASIC_CLASSID")]
    #[nl_attr(1)]
    pub classid: Option<Handle>,
    /// The matches.
    #[doc(alias = "TCA_BASIC_EMATCHES")]
    #[nl_attr(2)]
    pub ematches: Option<EmatchTree<'a>>,
    /// What is done with it.
    #[doc(alias = "TCA_BASIC_ACT")]
    #[nl_attr(3, indexed)]
    pub act: Vec<Action<'a>>,
    /// A rate, as before actions.
    #[doc(alias = "TCA_BASIC_POLICE")]
    #[nl_attr(4)]
    pub police: Option<Police<'a>>,
    /// How often it was asked and matched; the kernel tells. Since Linux 5.0.
    #[doc(alias = "TCA_BASIC_PCNT")]
    #[nl_attr(5)]
    pub pcnt: Option<BasicCount>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How often a `basic` filter was asked, and matched.
#[doc(alias = "tc_basic_pcnt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BasicCount {
    /// Packets it was asked about.
    pub rcnt: u64,
    /// Packets that matched.
    pub rhit: u64,
}

/// Matches by the mark of the packet, which is the handle of the filter.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Fw<'a> {
    /// The class of the packet.
    #[doc(alias = "TCA_FW_CLASSID")]
    #[nl_attr(1)]
    pub classid: Option<Handle>,
    /// A rate, as before actions.
    #[doc(alias = "TCA_FW_POLICE")]
    #[nl_attr(2)]
    pub police: Option<Police<'a>>,
    /// The link that the packet came in by.
    #[doc(alias = "TCA_FW_INDEV")]
    #[nl_attr(3)]
    pub indev: Option<IfName>,
    /// What is done with it.
    #[doc(alias = "TCA_FW_ACT")]
    #[nl_attr(4, indexed)]
    pub act: Vec<Action<'a>>,
    /// The bits of the mark that count.
    #[doc(alias = "TCA_FW_MASK")]
    #[nl_attr(5)]
    pub mask: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Matches by the realms of the route.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Route4<'a> {
    /// The class of the packet.
    #[doc(alias = "TCA_ROUTE4_CLASSID")]
    #[nl_attr(1)]
    pub classid: Option<Handle>,
    /// The realm of the destination.
    #[doc(alias = "TCA_ROUTE4_TO")]
    #[nl_attr(2, range = 0..=255)]
    pub to: Option<u32>,
    /// The realm of the source; or `iif`.
    #[doc(alias = "TCA_ROUTE4_FROM")]
    #[nl_attr(3, range = 0..=255)]
    pub from: Option<u32>,
    /// The index of the link that the packet came in by.
    #[doc(alias = "TCA_ROUTE4_IIF")]
    #[nl_attr(4, range = 0..=32767)]
    pub iif: Option<u32>,
    /// A rate, as before actions.
    #[doc(alias = "TCA_ROUTE4_POLICE")]
    #[nl_attr(5)]
    pub police: Option<Police<'a>>,
    /// What is done with it.
    #[doc(alias = "TCA_ROUTE4_ACT")]
    #[nl_attr(6, indexed)]
    pub act: Vec<Action<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The class is that of the control group that sends (`net_cls`).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Cgroup<'a> {
    /// What is done with the packet.
    #[doc(alias = "TCA_CGROUP_ACT")]
    #[nl_attr(1, indexed)]
    pub act: Vec<Action<'a>>,
    /// A rate, as before actions.
    #[doc(alias = "TCA_CGROUP_POLICE")]
    #[nl_attr(2)]
    pub police: Option<Police<'a>>,
    /// Which packets.
    #[doc(alias = "TCA_CGROUP_EMATCHES")]
    #[nl_attr(3)]
    pub ematches: Option<EmatchTree<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A BPF program decides.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Bpf<'a> {
    /// What is done with packets that match.
    #[doc(alias = "TCA_BPF_ACT")]
    #[nl_attr(1, indexed)]
    pub act: Vec<Action<'a>>,
    /// A rate, as before actions.
    #[doc(alias = "TCA_BPF_POLICE")]
    #[nl_attr(2)]
    pub police: Option<Police<'a>>,
    /// The class of the packet.
    #[doc(alias = "TCA_BPF_CLASSID")]
    #[nl_attr(3)]
    pub classid: Option<Handle>,
    /// How many instructions a classic program has.
    #[doc(alias = "TCA_BPF_OPS_LEN")]
    #[nl_attr(4)]
    pub ops_len: Option<u16>,
    /// The instructions of a classic program.
    #[doc(alias = "TCA_BPF_OPS")]
    #[nl_attr(5, packed)]
    pub ops: Vec<SockFilter>,
    /// The file descriptor of an extended program; only sent.
    #[doc(alias = "TCA_BPF_FD")]
    #[nl_attr(6)]
    pub fd: Option<u32>,
    /// What the program is called.
    #[doc(alias = "TCA_BPF_NAME")]
    #[nl_attr(7)]
    pub name: Option<Text<'a>>,
    /// What the program's result means.
    #[doc(alias = "TCA_BPF_FLAGS")]
    #[nl_attr(8)]
    pub flags: Option<BpfFlags>,
    /// Where the filter is at work.
    #[doc(alias = "TCA_BPF_FLAGS_GEN")]
    #[nl_attr(9)]
    pub flags_gen: Option<ClsFlags>,
    /// The hash of the program; the kernel tells.
    #[doc(alias = "TCA_BPF_TAG")]
    #[nl_attr(10)]
    pub tag: Option<[u8; 8]>,
    /// The number of the program; the kernel tells.
    #[doc(alias = "TCA_BPF_ID")]
    #[nl_attr(11)]
    pub id: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// What the result of a BPF program means.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_BPF_FLAG_")]
    pub struct BpfFlags: u32 {
        /// It is the verdict.
        #[doc(alias = "TCA_BPF_FLAG_ACT_DIRECT")]
        const ACT_DIRECT = 1 << 0;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
