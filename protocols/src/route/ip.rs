//! What addresses, routes, neighbours and rules have in common: address families, addresses, prefixes.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use netlink_core::{NlEnum, NlStruct, NlUnion, wire::RawValue};

/// What messages about gateways of the Controller Area Network begin with, where others of the same numbers are about
/// routes.
pub(super) const AF_CAN: u8 = 29;

/// An address family, as far as routing netlink knows it: `AF_*` of `sys/socket.h`.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum AddressFamily {
    /// None in particular; in requests for lists: all.
    #[default]
    Unspec = 0,
    /// IPv4.
    Inet = 2,
    /// Bridges.
    Bridge = 7,
    /// IPv6.
    Inet6 = 10,
    /// Packets of links: in [`Via`](super::routes::Via), the address of a link.
    Packet = 17,
    /// MPLS.
    Mpls = 28,
    /// Gateways of the Controller Area Network.
    Can = AF_CAN,
    /// Phonet.
    Phonet = 35,
    /// MCTP (Management Component Transport Protocol). Since Linux 5.15.
    Mctp = 45,
    /// The multicast routes of IPv4.
    #[doc(alias = "RTNL_FAMILY_IPMR")]
    Ipmr = 128,
    /// The multicast routes of IPv6.
    #[doc(alias = "RTNL_FAMILY_IP6MR")]
    Ip6mr = 129,
    /// A family that is not named here.
    #[nl(other)]
    Other(u8),
}

impl From<IpAddr> for AddressFamily {
    fn from(addr: IpAddr) -> Self {
        if addr.is_ipv4() { Self::Inet } else { Self::Inet6 }
    }
}

/// An address of the family that the header of the message names.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum Addr<'a> {
    /// An IP address: of IPv4 4 bytes, of IPv6 16.
    #[nl(
        AddressFamily::Inet,
        AddressFamily::Inet6,
        AddressFamily::Unspec,
        AddressFamily::Bridge,
        AddressFamily::Ipmr,
        AddressFamily::Ip6mr
    )]
    Ip(IpAddr),
    /// A label.
    #[nl(AddressFamily::Mpls)]
    Mpls(MplsLabel),
    /// An address of another family: 1 byte for MCTP and Phonet.
    #[nl(other)]
    Other(RawValue<'a>),
}

impl Addr<'_> {
    /// The IP address, if it is one.
    pub fn ip(&self) -> Option<IpAddr> {
        match self {
            Self::Ip(addr) => Some(*addr),
            _ => None,
        }
    }
}

impl<T: Into<IpAddr>> From<T> for Addr<'_> {
    fn from(addr: T) -> Self {
        Self::Ip(addr.into())
    }
}

impl fmt::Display for Addr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(addr) => addr.fmt(f),
            Self::Mpls(label) => label.label().fmt(f),
            Self::Other(raw) => raw.payload.iter().try_for_each(|byte| write!(f, "{byte:02x}")),
        }
    }
}

/// An entry of a stack of MPLS labels (RFC 3032): label, traffic class, bottom of stack, time to live.
#[doc(alias = "mpls_label")]
#[derive(NlStruct, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct MplsLabel {
    /// All of it: 20 bits of label, 3 of traffic class, 1 for the bottom of the stack, 8 of time to live. Big-endian on
    /// the wire.
    #[nl(be)]
    pub entry: u32,
}

impl MplsLabel {
    /// The only entry of a stack, or the last of one.
    pub fn bottom(label: u32) -> Self {
        Self { entry: label << 12 | 1 << 8 }
    }

    /// An entry above others.
    pub fn above(label: u32) -> Self {
        Self { entry: label << 12 }
    }

    /// The label: 0 to 1 048 575, of which the first 16 are reserved.
    pub fn label(self) -> u32 {
        self.entry >> 12
    }

    /// The traffic class: 0 to 7.
    pub fn traffic_class(self) -> u8 {
        (self.entry >> 9 & 7) as u8
    }

    /// Whether it is the last of the stack.
    pub fn is_bottom(self) -> bool {
        self.entry & 1 << 8 != 0
    }

    /// The time to live.
    pub fn ttl(self) -> u8 {
        (self.entry & 0xff) as u8
    }

    /// The stack of these labels, outermost first.
    pub fn stack(labels: &[u32]) -> Vec<Self> {
        let mut stack: Vec<Self> = labels.iter().map(|label| Self::above(*label)).collect();
        if let Some(last) = stack.last_mut() {
            last.entry |= 1 << 8;
        }
        stack
    }
}

impl fmt::Debug for MplsLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entry } = self;
        f.debug_struct("MplsLabel")
            .field("label", &self.label())
            .field("entry", &format_args!("{entry:#010x}"))
            .finish()
    }
}

/// An IP address and how many of its bits count: a network, or an address in one.
///
/// ```
/// use protocols::route::ip::IpNet;
///
/// let net: IpNet = "192.0.2.7/24".parse()?;
/// assert_eq!((net.to_string(), net.network().to_string()), ("192.0.2.7/24".into(), "192.0.2.0/24".into()));
/// assert_eq!("2001:db8::1".parse::<IpNet>()?.prefix_len(), 128);
/// assert!("192.0.2.0/33".parse::<IpNet>().is_err());
/// # Ok::<(), protocols::route::ip::NotAnIpNet>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IpNet {
    addr: IpAddr,
    prefix_len: u8,
}

impl IpNet {
    /// All of IPv4: 0.0.0.0/0.
    pub const ALL_V4: Self = Self { addr: IpAddr::V4(Ipv4Addr::UNSPECIFIED), prefix_len: 0 };

    /// All of IPv6: ::/0.
    pub const ALL_V6: Self = Self { addr: IpAddr::V6(Ipv6Addr::UNSPECIFIED), prefix_len: 0 };

    /// An address and a length; `None` if the length is more than the address has: 32 for IPv4, 128 for IPv6.
    pub fn new(addr: impl Into<IpAddr>, prefix_len: u8) -> Option<Self> {
        let addr = addr.into();
        (prefix_len <= bits(addr)).then_some(Self { addr, prefix_len })
    }

    /// The address, with all its bits.
    pub fn addr(self) -> IpAddr {
        self.addr
    }

    /// How many of its bits count.
    pub fn prefix_len(self) -> u8 {
        self.prefix_len
    }

    /// The address family.
    pub fn family(self) -> AddressFamily {
        self.addr.into()
    }

    /// The network: bits that do not count are 0.
    pub fn network(self) -> Self {
        let addr = match self.addr {
            IpAddr::V4(addr) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix_len)).unwrap_or(0);
                IpAddr::V4((u32::from(addr) & mask).into())
            }
            IpAddr::V6(addr) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix_len)).unwrap_or(0);
                IpAddr::V6((u128::from(addr) & mask).into())
            }
        };
        Self { addr, ..self }
    }
}

fn bits(addr: IpAddr) -> u8 {
    if addr.is_ipv4() { 32 } else { 128 }
}

/// One address.
impl<T: Into<IpAddr>> From<T> for IpNet {
    fn from(addr: T) -> Self {
        let addr = addr.into();
        Self { addr, prefix_len: bits(addr) }
    }
}

impl fmt::Display for IpNet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}", self.addr, self.prefix_len))
    }
}

/// Not an IP address with the number of bits that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnIpNet;

impl fmt::Display for NotAnIpNet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a prefix is an IP address, a slash, and a number of bits, such as 192.0.2.0/24 or 2001:db8::/32")
    }
}

impl std::error::Error for NotAnIpNet {}

/// As it is usually written; without a slash it is one address.
impl FromStr for IpNet {
    type Err = NotAnIpNet;

    fn from_str(text: &str) -> Result<Self, NotAnIpNet> {
        let Some((addr, prefix_len)) = text.split_once('/') else {
            return text.parse::<IpAddr>().map(Self::from).map_err(|_| NotAnIpNet);
        };
        let digits = prefix_len.bytes().all(|byte| byte.is_ascii_digit());
        let prefix_len = prefix_len.parse().ok().filter(|_| digits).ok_or(NotAnIpNet)?;
        Self::new(addr.parse::<IpAddr>().map_err(|_| NotAnIpNet)?, prefix_len).ok_or(NotAnIpNet)
    }
}
