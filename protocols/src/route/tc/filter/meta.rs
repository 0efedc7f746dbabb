//! Matches of what the kernel knows of a packet (`linux/tc_ematch/tc_em_meta.h`).

use std::borrow::Cow;

use netlink_core::{NlDebug, NlEnum, NlMessage, NlStruct, wire::UnknownAttrs};

/// What the kernel knows of the packet, compared with something.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EmatchMeta<'a> {
    /// What is compared.
    #[doc(alias = "TCA_EM_META_HDR")]
    #[nl_attr(1, required)]
    pub hdr: Option<EmatchMetaHeader>,
    /// A value on the left, if that is one.
    #[doc(alias = "TCA_EM_META_LVALUE")]
    #[nl_attr(2)]
    pub lvalue: Option<Cow<'a, [u8]>>,
    /// A value on the right, if that is one.
    #[doc(alias = "TCA_EM_META_RVALUE")]
    #[nl_attr(3)]
    pub rvalue: Option<Cow<'a, [u8]>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is compared.
#[doc(alias = "tcf_meta_hdr")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmatchMetaHeader {
    /// The left side.
    pub left: EmatchMetaValue,
    /// The right side.
    pub right: EmatchMetaValue,
}

/// A side of a comparison.
#[doc(alias = "tcf_meta_val")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmatchMetaValue {
    /// In the upper four bits the type: 0 bytes, 1 a number; in the lower 11 what it is: see [`EmatchMetaValue::number`].
    pub kind: u16,
    /// By how much it is shifted right.
    pub shift: u8,
    /// How to compare; of the left side.
    pub op: EmatchOperation,
}

impl EmatchMetaValue {
    /// `TCF_META_TYPE_INT`, where it stands.
    const NUMBER: u16 = 1 << 12;
    /// `TCF_META_ID_MASK`.
    const ID: u16 = 0x7ff;

    /// This, as a number.
    #[must_use]
    pub fn number(id: EmatchMetaId) -> Self {
        Self { kind: Self::NUMBER | u16::from(id), ..Self::default() }
    }

    /// This, as bytes.
    #[must_use]
    pub fn bytes(id: EmatchMetaId) -> Self {
        Self { kind: u16::from(id), ..Self::default() }
    }

    /// What it is.
    #[must_use]
    pub fn id(&self) -> EmatchMetaId {
        EmatchMetaId::from(self.kind & Self::ID)
    }
}

/// How to compare.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum EmatchOperation {
    /// Both are the same.
    #[doc(alias = "TCF_EM_OPND_EQ")]
    #[default]
    Equal = 0,
    /// The left one is greater.
    #[doc(alias = "TCF_EM_OPND_GT")]
    Greater = 1,
    /// The left one is less.
    #[doc(alias = "TCF_EM_OPND_LT")]
    Less = 2,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// What the kernel knows of a packet.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum EmatchMetaId {
    /// Nothing: a value follows in its place.
    #[doc(alias = "TCF_META_ID_VALUE")]
    #[default]
    Value = 0,
    /// A number by chance.
    #[doc(alias = "TCF_META_ID_RANDOM")]
    Random = 1,
    /// The load of the machine, averaged over one minute.
    #[doc(alias = "TCF_META_ID_LOADAVG_0")]
    Loadavg0 = 2,
    /// The load of the machine, averaged over five minutes.
    #[doc(alias = "TCF_META_ID_LOADAVG_1")]
    Loadavg1 = 3,
    /// The load of the machine, averaged over fifteen minutes.
    #[doc(alias = "TCF_META_ID_LOADAVG_2")]
    Loadavg2 = 4,
    /// The link: its index, or as bytes its name.
    #[doc(alias = "TCF_META_ID_DEV")]
    Dev = 5,
    /// The priority.
    #[doc(alias = "TCF_META_ID_PRIORITY")]
    Priority = 6,
    /// The protocol (`ETH_P_*`).
    #[doc(alias = "TCF_META_ID_PROTOCOL")]
    Protocol = 7,
    /// For whom the packet is (`PACKET_*`).
    #[doc(alias = "TCF_META_ID_PKTTYPE")]
    Pkttype = 8,
    /// The length of the packet.
    #[doc(alias = "TCF_META_ID_PKTLEN")]
    Pktlen = 9,
    /// The part of it that is not in its head.
    #[doc(alias = "TCF_META_ID_DATALEN")]
    Datalen = 10,
    /// The length of the link header.
    #[doc(alias = "TCF_META_ID_MACLEN")]
    Maclen = 11,
    /// The mark.
    #[doc(alias = "TCF_META_ID_NFMARK")]
    Nfmark = 12,
    /// The index that a queueing discipline gave it.
    #[doc(alias = "TCF_META_ID_TCINDEX")]
    Tcindex = 13,
    /// The realm of its route.
    #[doc(alias = "TCF_META_ID_RTCLASSID")]
    Rtclassid = 14,
    /// The index of the link that it was routed from.
    #[doc(alias = "TCF_META_ID_RTIIF")]
    Rtiif = 15,
    /// Of its socket: the address family.
    #[doc(alias = "TCF_META_ID_SK_FAMILY")]
    SkFamily = 16,
    /// Of its socket: the state.
    #[doc(alias = "TCF_META_ID_SK_STATE")]
    SkState = 17,
    /// Of its socket: whether addresses are used again.
    #[doc(alias = "TCF_META_ID_SK_REUSE")]
    SkReuse = 18,
    /// Of its socket: the link that it is bound to, by index or name.
    #[doc(alias = "TCF_META_ID_SK_BOUND_IF")]
    SkBoundIf = 19,
    /// Of its socket: the number of references.
    #[doc(alias = "TCF_META_ID_SK_REFCNT")]
    SkRefcnt = 20,
    /// Of its socket: which directions are shut down.
    #[doc(alias = "TCF_META_ID_SK_SHUTDOWN")]
    SkShutdown = 21,
    /// Of its socket: the protocol.
    #[doc(alias = "TCF_META_ID_SK_PROTO")]
    SkProto = 22,
    /// Of its socket: the type (`SOCK_*`).
    #[doc(alias = "TCF_META_ID_SK_TYPE")]
    SkType = 23,
    /// Of its socket: the size of the receive buffer.
    #[doc(alias = "TCF_META_ID_SK_RCVBUF")]
    SkRcvbuf = 24,
    /// Of its socket: how much of the receive buffer is in use.
    #[doc(alias = "TCF_META_ID_SK_RMEM_ALLOC")]
    SkRmemAlloc = 25,
    /// Of its socket: how much of the send buffer is in use.
    #[doc(alias = "TCF_META_ID_SK_WMEM_ALLOC")]
    SkWmemAlloc = 26,
    /// Of its socket: the memory for options.
    #[doc(alias = "TCF_META_ID_SK_OMEM_ALLOC")]
    SkOmemAlloc = 27,
    /// Of its socket: the bytes that wait to be sent.
    #[doc(alias = "TCF_META_ID_SK_WMEM_QUEUED")]
    SkWmemQueued = 28,
    /// Of its socket: the packets that wait to be read.
    #[doc(alias = "TCF_META_ID_SK_RCV_QLEN")]
    SkRcvQlen = 29,
    /// Of its socket: the packets that wait to be sent.
    #[doc(alias = "TCF_META_ID_SK_SND_QLEN")]
    SkSndQlen = 30,
    /// Of its socket: the errors that wait to be read.
    #[doc(alias = "TCF_META_ID_SK_ERR_QLEN")]
    SkErrQlen = 31,
    /// Of its socket: memory that is reserved.
    #[doc(alias = "TCF_META_ID_SK_FORWARD_ALLOCS")]
    SkForwardAllocs = 32,
    /// Of its socket: the size of the send buffer.
    #[doc(alias = "TCF_META_ID_SK_SNDBUF")]
    SkSndbuf = 33,
    /// Of its socket: how memory is allocated.
    #[doc(alias = "TCF_META_ID_SK_ALLOCS")]
    SkAllocs = 34,
    /// Of its socket: the hash.
    #[doc(alias = "TCF_META_ID_SK_HASH")]
    SkHash = 36,
    /// Of its socket: the seconds that closing may take.
    #[doc(alias = "TCF_META_ID_SK_LINGERTIME")]
    SkLingertime = 37,
    /// Of its socket: connections that wait to be accepted.
    #[doc(alias = "TCF_META_ID_SK_ACK_BACKLOG")]
    SkAckBacklog = 38,
    /// Of its socket: how many of them there may be.
    #[doc(alias = "TCF_META_ID_SK_MAX_ACK_BACKLOG")]
    SkMaxAckBacklog = 39,
    /// Of its socket: the priority.
    #[doc(alias = "TCF_META_ID_SK_PRIO")]
    SkPrio = 40,
    /// Of its socket: the least bytes that reading waits for.
    #[doc(alias = "TCF_META_ID_SK_RCVLOWAT")]
    SkRcvlowat = 41,
    /// Of its socket: how long reading waits, in seconds.
    #[doc(alias = "TCF_META_ID_SK_RCVTIMEO")]
    SkRcvtimeo = 42,
    /// Of its socket: how long writing waits, in seconds.
    #[doc(alias = "TCF_META_ID_SK_SNDTIMEO")]
    SkSndtimeo = 43,
    /// Of its socket: how full the current page is.
    #[doc(alias = "TCF_META_ID_SK_SENDMSG_OFF")]
    SkSendmsgOff = 44,
    /// Of its socket: how many writers wait.
    #[doc(alias = "TCF_META_ID_SK_WRITE_PENDING")]
    SkWritePending = 45,
    /// The VLAN tag.
    #[doc(alias = "TCF_META_ID_VLAN_TAG")]
    VlanTag = 46,
    /// The hash of the device.
    #[doc(alias = "TCF_META_ID_RXHASH")]
    Rxhash = 47,
    /// Something that newer kernels know.
    #[nl(other)]
    Other(u16),
}
