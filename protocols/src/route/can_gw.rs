//! Gateways of the Controller Area Network: frames that come in by one link go out by another, changed or not. Each such
//! job is a route of the family `AF_CAN`.
//!
//! Declared after `linux/can/gw.h`; the kernel's side is `net/can/gw.c`. Proven on Linux 6.12.
//!
//! ```no_run
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, can_gw};
//!
//! let mut route = Route::connect()?;
//! route.tell(can_gw::add("can0", "can1"))?;
//! for job in route.dump(can_gw::list())? {
//!     let job = job?;
//!     println!("{:?} to {:?}: {} frames", job.src_if, job.dst_if, job.handled.unwrap_or(0));
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod operations;
mod verbs;

pub(super) use operations::Operations;
pub use verbs::{add, del, flush, list};

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs};

use super::ip::AddressFamily;

/// The header of messages about jobs.
#[doc(alias = "rtcanmsg")]
#[derive(NlStruct, Clone, Copy, Debug, PartialEq, Eq)]
pub struct CanJobHeader {
    /// The address family.
    #[doc(alias = "can_family")]
    pub family: AddressFamily,
    /// What kind of job it is.
    pub gwtype: CanJobType,
    /// How frames are sent on.
    pub flags: CanJobFlags,
}

impl Default for CanJobHeader {
    fn default() -> Self {
        Self { family: AddressFamily::Can, gwtype: CanJobType::CanCan, flags: CanJobFlags::default() }
    }
}

/// What kind of job it is.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum CanJobType {
    /// From one link to another.
    #[doc(alias = "CGW_TYPE_CAN_CAN")]
    CanCan = 1,
    /// A kind of a newer kernel.
    #[nl(other)]
    Other(u8),
}

bitflags! {
    /// How frames are sent on.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "CGW_FLAGS_CAN_")]
    pub struct CanJobFlags: u16 {
        /// Whoever listens on the link that they go out by receives them, too.
        #[doc(alias = "CGW_FLAGS_CAN_ECHO")]
        const ECHO = 0x01;
        /// They keep the time at which they were received.
        #[doc(alias = "CGW_FLAGS_CAN_SRC_TSTAMP")]
        const SRC_TSTAMP = 0x02;
        /// They may go out by the link that they came in by.
        #[doc(alias = "CGW_FLAGS_CAN_IIF_TX_OK")]
        const IIF_TX_OK = 0x04;
        /// They are frames of CAN FD. Since Linux 5.4.
        #[doc(alias = "CGW_FLAGS_CAN_FD")]
        const FD = 0x08;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

bitflags! {
    /// What of a frame is changed.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "CGW_MOD_")]
    pub struct CanModified: u8 {
        /// The identifier.
        #[doc(alias = "CGW_MOD_ID")]
        const ID = 0x01;
        /// The length.
        #[doc(alias = "CGW_MOD_DLC")]
        #[doc(alias = "CGW_MOD_LEN")]
        const LEN = 0x02;
        /// The data.
        #[doc(alias = "CGW_MOD_DATA")]
        const DATA = 0x04;
        /// The flags, of CAN FD.
        #[doc(alias = "CGW_MOD_FLAGS")]
        const FLAGS = 0x08;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// A job: from where to where, which frames, and how they are changed.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CanJob<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: CanJobHeader,
    /// Only these bits are kept.
    #[doc(alias = "CGW_MOD_AND")]
    #[nl_attr(1)]
    pub mod_and: Option<CanFrameMod>,
    /// These bits are set.
    #[doc(alias = "CGW_MOD_OR")]
    #[nl_attr(2)]
    pub mod_or: Option<CanFrameMod>,
    /// These bits are turned around.
    #[doc(alias = "CGW_MOD_XOR")]
    #[nl_attr(3)]
    pub mod_xor: Option<CanFrameMod>,
    /// This is put in place.
    #[doc(alias = "CGW_MOD_SET")]
    #[nl_attr(4)]
    pub mod_set: Option<CanFrameMod>,
    /// A checksum by exclusive or is put into the data.
    #[doc(alias = "CGW_CS_XOR")]
    #[nl_attr(5)]
    pub cs_xor: Option<CanXor>,
    /// A cyclic redundancy check of 8 bits is put into the data.
    #[doc(alias = "CGW_CS_CRC8")]
    #[nl_attr(6)]
    pub cs_crc8: Option<CanCrc8>,
    /// How many frames were sent on. Only told, and not if 0.
    #[doc(alias = "CGW_HANDLED")]
    #[nl_attr(7)]
    pub handled: Option<u32>,
    /// How many frames could not be sent on. Only told, and not if 0.
    #[doc(alias = "CGW_DROPPED")]
    #[nl_attr(8)]
    pub dropped: Option<u32>,
    /// The index of the link that frames come in by.
    #[doc(alias = "CGW_SRC_IF")]
    #[nl_attr(9)]
    pub src_if: Option<u32>,
    /// The index of the link that frames go out by.
    #[doc(alias = "CGW_DST_IF")]
    #[nl_attr(10)]
    pub dst_if: Option<u32>,
    /// Which frames.
    #[doc(alias = "CGW_FILTER")]
    #[nl_attr(11)]
    pub filter: Option<CanFilter>,
    /// How many frames were deleted, since they had gone by too many gateways. Only told, and not if 0.
    #[doc(alias = "CGW_DELETED")]
    #[nl_attr(12)]
    pub deleted: Option<u32>,
    /// By how many gateways a frame may go: at most what the module was loaded with.
    #[doc(alias = "CGW_LIM_HOPS")]
    #[nl_attr(13)]
    pub lim_hops: Option<u8>,
    /// A number, by which the changes can be changed while the job is there; not 0.
    #[doc(alias = "CGW_MOD_UID")]
    #[nl_attr(14)]
    pub mod_uid: Option<u32>,
    /// Only these bits are kept, of CAN FD. Since Linux 5.4.
    #[doc(alias = "CGW_FDMOD_AND")]
    #[nl_attr(15)]
    pub fdmod_and: Option<CanFdFrameMod>,
    /// These bits are set, of CAN FD. Since Linux 5.4.
    #[doc(alias = "CGW_FDMOD_OR")]
    #[nl_attr(16)]
    pub fdmod_or: Option<CanFdFrameMod>,
    /// These bits are turned around, of CAN FD. Since Linux 5.4.
    #[doc(alias = "CGW_FDMOD_XOR")]
    #[nl_attr(17)]
    pub fdmod_xor: Option<CanFdFrameMod>,
    /// This is put in place, of CAN FD. Since Linux 5.4.
    #[doc(alias = "CGW_FDMOD_SET")]
    #[nl_attr(18)]
    pub fdmod_set: Option<CanFdFrameMod>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Which frames: those whose identifier is this one, as far as the mask goes.
#[doc(alias = "can_filter")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CanFilter {
    /// The identifier, with bit 31 for long ones, bit 30 for requests, bit 29 to take all others instead.
    #[doc(alias = "can_id")]
    pub id: u32,
    /// Which bits count.
    #[doc(alias = "can_mask")]
    pub mask: u32,
}

/// A frame.
#[doc(alias = "can_frame")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CanFrame {
    /// The identifier, with bit 31 for long ones, bit 30 for requests, bit 29 for errors.
    #[doc(alias = "can_id")]
    pub id: u32,
    /// The length of the data, in bytes: at most 8.
    #[nl(pad = 2)]
    pub len: u8,
    /// The length code: 9 to 15 where the length is 8, or 0. Since Linux 5.11.
    pub len8_dlc: u8,
    /// The data.
    pub data: [u8; 8],
}

/// How a frame is changed.
#[doc(alias = "cgw_frame_mod")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[nl(packed)]
pub struct CanFrameMod {
    /// With what.
    #[doc(alias = "cf")]
    pub frame: CanFrame,
    /// What of it.
    pub modtype: CanModified,
}

/// A frame of CAN FD.
#[doc(alias = "canfd_frame")]
#[derive(NlStruct, Clone, Copy, Debug, PartialEq, Eq)]
pub struct CanFdFrame {
    /// The identifier, with bit 31 for long ones.
    #[doc(alias = "can_id")]
    pub id: u32,
    /// The length of the data, in bytes: at most 64.
    pub len: u8,
    /// 1 for a faster rate, 2 for the sender's errors, 4 for a frame of CAN FD.
    #[nl(pad = 2)]
    pub flags: u8,
    /// The data.
    pub data: [u8; 64],
}

impl Default for CanFdFrame {
    fn default() -> Self {
        Self { id: 0, len: 0, flags: 0, data: [0; 64] }
    }
}

/// How a frame of CAN FD is changed.
#[doc(alias = "cgw_fdframe_mod")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[nl(packed)]
pub struct CanFdFrameMod {
    /// With what.
    #[doc(alias = "cf")]
    pub frame: CanFdFrame,
    /// What of it.
    pub modtype: CanModified,
}

/// A checksum by exclusive or. Places are indexes into the data; negative ones count from its end.
#[doc(alias = "cgw_csum_xor")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[nl(packed)]
pub struct CanXor {
    /// The first byte that it is made of.
    pub from_idx: i8,
    /// The last byte that it is made of.
    pub to_idx: i8,
    /// Where it is put.
    pub result_idx: i8,
    /// What it starts with.
    pub init_xor_val: u8,
}

/// A cyclic redundancy check of 8 bits. Places are indexes into the data; negative ones count from its end.
#[doc(alias = "cgw_csum_crc8")]
#[derive(NlStruct, Clone, Copy, Debug, PartialEq, Eq)]
#[nl(packed)]
pub struct CanCrc8 {
    /// The first byte that it is made of.
    pub from_idx: i8,
    /// The last byte that it is made of.
    pub to_idx: i8,
    /// Where it is put.
    pub result_idx: i8,
    /// What it starts with.
    pub init_crc_val: u8,
    /// What is added to it at the end, by exclusive or.
    pub final_xor_val: u8,
    /// The table.
    pub crctab: [u8; 256],
    /// What else it is made of.
    pub profile: CanCrc8Profile,
    /// The bytes that the profile takes.
    pub profile_data: [u8; 20],
}

/// What else than data a check is made of.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum CanCrc8Profile {
    /// Nothing.
    #[doc(alias = "CGW_CRC8PRF_UNSPEC")]
    #[default]
    Unspec = 0,
    /// The first byte of the profile.
    #[doc(alias = "CGW_CRC8PRF_1U8")]
    OneByte = 1,
    /// The byte of the profile that the lower half of the second byte of data chooses.
    #[doc(alias = "CGW_CRC8PRF_16U8")]
    SixteenBytes = 2,
    /// The two lower bytes of the identifier, by exclusive or.
    #[doc(alias = "CGW_CRC8PRF_SFFID_XOR")]
    SffIdXor = 3,
    /// A profile of a newer kernel.
    #[nl(other)]
    Other(u8),
}
