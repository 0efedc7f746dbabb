//! Names of things, and the header that has them.

use std::{error::Error, fmt, str::FromStr};

use netlink_core::{
    NlStruct,
    schema::Kind,
    wire::{Context, DecodeError, Fixed, Value, Writer},
};

/// The handle of a queueing discipline (`1:`) or a class (`1:10`): a major and a minor number, in hexadecimal, as `tc`
/// writes them. Of filters it is only a number.
///
/// ```
/// use protocols::route::tc::Handle;
///
/// let class: Handle = "1:10".parse()?;
/// assert_eq!(class, Handle::new(1, 0x10));
/// assert_eq!((class.to_string(), Handle::new(1, 0).to_string()), ("1:10".to_owned(), "1:".to_owned()));
/// assert_eq!(Handle::ROOT.to_string(), "root");
/// # Ok::<(), protocols::route::tc::NotAHandle>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle(pub u32);

impl Handle {
    /// None, or any: in requests, the kernel chooses.
    #[doc(alias = "TC_H_UNSPEC")]
    pub const UNSPEC: Self = Self(0);
    /// As a parent: where a link's own queueing discipline is.
    #[doc(alias = "TC_H_ROOT")]
    pub const ROOT: Self = Self(0xffff_ffff);
    /// As a parent: where `ingress` and `clsact` are.
    #[doc(alias = "TC_H_INGRESS")]
    #[doc(alias = "TC_H_CLSACT")]
    pub const INGRESS: Self = Self(0xffff_fff1);
    /// As a parent of filters: what comes in, at `clsact`.
    #[doc(alias = "TC_H_MIN_INGRESS")]
    pub const CLSACT_INGRESS: Self = Self(0xffff_fff2);
    /// As a parent of filters: what goes out, at `clsact`.
    #[doc(alias = "TC_H_MIN_EGRESS")]
    pub const CLSACT_EGRESS: Self = Self(0xffff_fff3);

    /// A handle of these two numbers; the minor number of a queueing discipline is 0.
    #[must_use]
    pub const fn new(major: u16, minor: u16) -> Self {
        Self((major as u32) << 16 | minor as u32)
    }

    /// The upper half: the queueing discipline.
    #[must_use]
    pub const fn major(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// The lower half: the class.
    #[must_use]
    pub const fn minor(self) -> u16 {
        self.0 as u16
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (*self, self.major(), self.minor()) {
            (Self::ROOT, ..) => f.write_str("root"),
            (Self::UNSPEC, ..) => f.write_str("none"),
            (_, 0, minor) => write!(f, ":{minor:x}"),
            (_, major, 0) => write!(f, "{major:x}:"),
            (_, major, minor) => write!(f, "{major:x}:{minor:x}"),
        }
    }
}

/// The text is no handle: neither `root`, `none`, `ingress` or `clsact`, nor two hexadecimal numbers of 16 bits with a
/// colon between them, of which one may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHandle;

impl fmt::Display for NotAHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a handle such as `1:10`, `1:`, `root` or `ingress`")
    }
}

impl Error for NotAHandle {}

impl FromStr for Handle {
    type Err = NotAHandle;

    fn from_str(text: &str) -> Result<Self, NotAHandle> {
        let half = |text: &str| match text {
            "" => Ok(0),
            _ if text.starts_with('+') => Err(NotAHandle),
            text => u16::from_str_radix(text, 16).map_err(|_| NotAHandle),
        };
        match text {
            "root" => Ok(Self::ROOT),
            "none" => Ok(Self::UNSPEC),
            "ingress" | "clsact" => Ok(Self::INGRESS),
            ":" => Err(NotAHandle),
            text => {
                let (major, minor) = text.split_once(':').ok_or(NotAHandle)?;
                Ok(Self::new(half(major)?, half(minor)?))
            }
        }
    }
}

impl Fixed for Handle {
    const SIZE: usize = <u32 as Fixed>::SIZE;
    const ALIGN: usize = <u32 as Fixed>::ALIGN;
    const KIND: Kind = <u32 as Fixed>::KIND;

    fn read(bytes: &[u8]) -> Self {
        Self(<u32 as Fixed>::read(bytes))
    }

    fn write(&self, out: &mut Writer) {
        <u32 as Fixed>::write(&self.0, out);
    }
}

impl<'a> Value<'a> for Handle {
    const KIND: Kind = <u32 as Value<'a>>::KIND;

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        <u32 as Value>::from_payload(payload, cx).map(Self)
    }

    fn to_payload(&self, out: &mut Writer) {
        <u32 as Value>::to_payload(&self.0, out);
    }
}

/// The header of messages about queueing disciplines, classes, filters and chains.
///
/// ```text
///  0        1                          4
/// +--------+--------------------------+
/// | family | unused                   |
/// +--------+--------------------------+
/// | ifindex                           |
/// +-----------------------------------+
/// | handle                            |
/// +-----------------------------------+
/// | parent                            |
/// +-----------------------------------+
/// | info                              |
/// +-----------------------------------+
/// ```
#[doc(alias = "tcmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TcHeader {
    /// The address family; 0.
    #[doc(alias = "tcm_family")]
    #[nl(pad = 3)]
    pub family: u8,
    /// The index of the link; [`TcHeader::BLOCK`] where `parent` is the number of a block.
    #[doc(alias = "tcm_ifindex")]
    pub ifindex: i32,
    /// The handle.
    #[doc(alias = "tcm_handle")]
    pub handle: Handle,
    /// The handle of what it is below.
    #[doc(alias = "tcm_parent")]
    pub parent: Handle,
    /// Of queueing disciplines the number of references, of classes the handle of the queueing discipline inside, of
    /// filters [`priority`](TcHeader::priority) and [`protocol`](TcHeader::protocol).
    #[doc(alias = "tcm_info")]
    pub info: u32,
}

impl TcHeader {
    /// In place of a link's index: `parent` is the number of a block.
    #[doc(alias = "TCM_IFINDEX_MAGIC_BLOCK")]
    pub const BLOCK: i32 = -1;

    /// The priority of a filter: small ones are asked first.
    #[must_use]
    pub const fn priority(&self) -> u16 {
        (self.info >> 16) as u16
    }

    /// The protocol that a filter is for, `ETH_P_*` in `linux/if_ether.h`; big-endian on the wire.
    #[must_use]
    pub const fn protocol(&self) -> u16 {
        u16::from_be(self.info as u16)
    }

    /// The number of the block that a filter is in, if it is not that of a link.
    #[must_use]
    pub const fn block(&self) -> Option<u32> {
        if self.ifindex == Self::BLOCK { Some(self.parent.0) } else { None }
    }

    pub(super) const fn with_order(self, priority: u16, protocol: u16) -> Self {
        Self { info: (priority as u32) << 16 | protocol.to_be() as u32, ..self }
    }

    pub(super) const fn in_block(self, block: u32) -> Self {
        Self { ifindex: Self::BLOCK, parent: Handle(block), ..self }
    }
}
