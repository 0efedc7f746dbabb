//! The message that everything on the connector is wrapped in.

use netlink_core::NlStruct;

/// One connector message: whom it is for, how it relates to others, and a payload of any declared type.
///
/// Declared after `linux/connector.h`.
///
/// ```text
///  0               4               8
/// +---------------+---------------+
/// | id.idx        | id.val        |
/// +---------------+---------------+
/// | seq           | ack           |
/// +-------+-------+---------------+
/// | len   | flags | data          :
/// ```
///
/// ```
/// use netlink_core::NlStruct;
/// use protocols::connector::{CallbackId, CnMsg};
///
/// /// What a module of one's own sends.
/// #[derive(NlStruct, Debug, PartialEq)]
/// struct Reading {
///     sensor: u32,
///     celsius: i32,
/// }
///
/// let id = CallbackId { idx: 0x123, val: 0x456 };
/// let bytes = CnMsg { id, seq: 1, ack: 0, len: 0, flags: 0, data: Reading { sensor: 7, celsius: -4 } }.to_bytes()?;
/// assert_eq!(bytes.len(), 28);
///
/// let message = CnMsg::<Reading>::decode(&bytes)?;
/// assert_eq!((message.len, message.data), (8, Reading { sensor: 7, celsius: -4 }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "cn_msg")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq, Eq)]
pub struct CnMsg<P> {
    /// The user of the connector that it is for, or that it is from.
    pub id: CallbackId,
    /// A number that the sender chooses. The kernel's process events count with it, for each CPU on its own.
    pub seq: u32,
    /// What it answers: by convention the `ack` of the request, plus one.
    pub ack: u32,
    /// The length of `data` in bytes; filled in when the message is encoded.
    #[nl(len_of = data)]
    pub len: u16,
    /// No bit has a meaning.
    pub flags: u16,
    /// The payload; to the kernel at most [`MAX_PAYLOAD`] bytes.
    #[nl(rest)]
    pub data: P,
}

/// The longest message that the kernel takes, in bytes, [`CnMsg`]'s own 20 included. What is longer it drops without a
/// word (`cn_rx_skb` in `drivers/connector/connector.c`). What it sends may be longer.
#[doc(alias = "CONNECTOR_MAX_MSG_SIZE")]
pub const MAX_MESSAGE: usize = 16384;

/// The longest payload that the kernel takes, in bytes: what [`MAX_MESSAGE`] leaves for it.
///
/// ```
/// assert_eq!(protocols::connector::MAX_PAYLOAD, 16364);
/// ```
pub const MAX_PAYLOAD: usize = MAX_MESSAGE - 20;

/// A user of the connector. `idx` is also the number of its multicast group. Modules of one's own take an `idx` that
/// nobody has, from 11 on; `/proc/net/connector` lists who is there.
///
/// ```
/// use protocols::connector::CallbackId;
///
/// assert_eq!(CallbackId::PROC, CallbackId { idx: 1, val: 1 });
/// let own = CallbackId { idx: 0x10, val: 1 };
/// assert!(own > CallbackId::VSS);
/// ```
#[doc(alias = "cb_id")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallbackId {
    /// Which user.
    pub idx: u32,
    /// Which part of it.
    pub val: u32,
}

impl CallbackId {
    /// Process events.
    #[doc(alias = "CN_IDX_PROC")]
    #[doc(alias = "CN_VAL_PROC")]
    pub const PROC: Self = Self { idx: 1, val: 1 };
    /// CIFS; reserved, and not used by any kernel of today.
    #[doc(alias = "CN_IDX_CIFS")]
    #[doc(alias = "CN_VAL_CIFS")]
    pub const CIFS: Self = Self { idx: 2, val: 1 };
    /// The 1-wire bus.
    #[doc(alias = "CN_W1_IDX")]
    #[doc(alias = "CN_W1_VAL")]
    pub const W1: Self = Self { idx: 3, val: 1 };
    /// v86d, the helper of the `uvesafb` framebuffer.
    #[doc(alias = "CN_IDX_V86D")]
    #[doc(alias = "CN_VAL_V86D_UVESAFB")]
    pub const V86D_UVESAFB: Self = Self { idx: 4, val: 1 };
    /// BlackBoard, of the TSP sampling framework; the header names no value for it.
    #[doc(alias = "CN_IDX_BB")]
    pub const IDX_BB: u32 = 5;
    /// The distributed storage (DST).
    #[doc(alias = "CN_DST_IDX")]
    #[doc(alias = "CN_DST_VAL")]
    pub const DST: Self = Self { idx: 6, val: 1 };
    /// The device mapper's log in user space.
    #[doc(alias = "CN_IDX_DM")]
    #[doc(alias = "CN_VAL_DM_USERSPACE_LOG")]
    pub const DM_USERSPACE_LOG: Self = Self { idx: 7, val: 1 };
    /// DRBD.
    #[doc(alias = "CN_IDX_DRBD")]
    #[doc(alias = "CN_VAL_DRBD")]
    pub const DRBD: Self = Self { idx: 8, val: 1 };
    /// Hyper-V's key-value pairs.
    #[doc(alias = "CN_KVP_IDX")]
    #[doc(alias = "CN_KVP_VAL")]
    pub const KVP: Self = Self { idx: 9, val: 1 };
    /// Hyper-V's snapshots.
    #[doc(alias = "CN_VSS_IDX")]
    #[doc(alias = "CN_VSS_VAL")]
    pub const VSS: Self = Self { idx: 10, val: 1 };
}
