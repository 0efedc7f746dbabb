//! The header of messages about links, and what follows from it.

use netlink_core::NlStruct;

use super::{Link, LinkFlags};

/// The header of messages about links.
///
/// ```text
///  0        1        2                 4
/// +--------+--------+-----------------+
/// | family | unused | ty              |
/// +--------+--------+-----------------+
/// | index                             |
/// +-----------------------------------+
/// | flags                             |
/// +-----------------------------------+
/// | change                            |
/// +-----------------------------------+
/// ```
#[doc(alias = "ifinfomsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkHeader {
    /// The address family: 0, except for what a bridge (7) or IPv6 (10) have to say.
    #[doc(alias = "ifi_family")]
    #[nl(pad = 1)]
    pub family: u8,
    /// What the link is physically: 1 for Ethernet, 772 for the loopback (`ARPHRD_*` in `linux/if_arp.h`).
    #[doc(alias = "ifi_type")]
    pub ty: u16,
    /// The index, from 1; 0 where the link is given by name, or is yet to be made.
    #[doc(alias = "ifi_index")]
    pub index: i32,
    /// What the link is and can.
    #[doc(alias = "ifi_flags")]
    pub flags: LinkFlags,
    /// The flags that a request means to change.
    #[doc(alias = "ifi_change")]
    pub change: LinkFlags,
}

impl Link<'_> {
    /// The index.
    pub fn index(&self) -> u32 {
        // Indexes are positive; others are none.
        u32::try_from(self.header.index).unwrap_or(0)
    }

    /// The kind, such as `vlan`. Links of hardware, and the loopback, have none.
    pub fn kind(&self) -> Option<&str> {
        self.link_info.as_ref()?.kind.as_ref()?.to_str()
    }

    /// Whether it is up, as far as its administrator is concerned.
    pub fn is_up(&self) -> bool {
        self.header.flags.contains(LinkFlags::UP)
    }
}
