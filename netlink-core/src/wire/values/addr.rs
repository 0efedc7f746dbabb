//! Addresses of the internet and of its links. They are byte strings: byte order does not touch them.

use std::{
    borrow::Cow,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use crate::schema::Kind;
use crate::wire::{
    attr::NET_BYTEORDER,
    context::Context,
    encoding::{Native, Net},
    error::DecodeError,
    owned::IntoOwned,
    value::{Fixed, Value, decode_exact},
    writer::Writer,
};

macro_rules! addresses {
    ($($type:ident, $kind:ident, $size:literal, |$array:ident| $from:expr, |$value:ident| $octets:expr;)*) => {$(
        impl Fixed<Native> for $type {
            const SIZE: usize = $size;
            const ALIGN: usize = 1;
            const KIND: Kind = Kind::$kind;

            fn read(bytes: &[u8]) -> Self {
                let mut $array = [0; $size];
                $array.copy_from_slice(&bytes[..$size]);
                $from
            }

            fn write(&self, out: &mut Writer) {
                let $value = self;
                out.bytes(&$octets);
            }
        }

        impl<'a> Value<'a> for $type {
            const KIND: Kind = Kind::$kind;

            fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
                decode_exact::<Self, Native>(payload, cx)
            }

            fn to_payload(&self, out: &mut Writer) {
                Fixed::<Native>::write(self, out);
            }

            #[inline]
            fn emit(&self, id: u16, out: &mut Writer) {
                let $value = self;
                out.attr_array(id, &$octets);
            }
        }
    )*};
}

addresses! {
    Ipv4Addr, Ipv4, 4, |octets| Ipv4Addr::from(octets), |addr| addr.octets();
    Ipv6Addr, Ipv6, 16, |octets| Ipv6Addr::from(octets), |addr| addr.octets();
    MacAddr, Mac, 6, |octets| MacAddr(octets), |addr| addr.0;
}

/// An address is in network byte order anyway, but some of the kernel's parsers want to see the mark.
macro_rules! marked {
    ($($type:ident)*) => {$(
        impl<'a> Value<'a, Net> for $type {
            const FLAGS: u16 = NET_BYTEORDER;
            const KIND: Kind = Kind::Marked(&<Self as Value<'a>>::KIND);

            fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
                <Self as Value<'a>>::from_payload(payload, cx)
            }

            fn to_payload(&self, out: &mut Writer) {
                <Self as Value<'a>>::to_payload(self, out);
            }
        }
    )*};
}

marked!(Ipv4Addr Ipv6Addr IpAddr);

/// 4 bytes are an IPv4 address, 16 an IPv6 address.
impl<'a> Value<'a> for IpAddr {
    const KIND: Kind = Kind::Ip;

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        match payload.len() {
            4 => Ok(Self::V4(Fixed::read(payload))),
            16 => Ok(Self::V6(Fixed::read(payload))),
            _ => Err(cx.invalid(payload, "an IP address has 4 or 16 bytes")),
        }
    }

    fn to_payload(&self, out: &mut Writer) {
        match self {
            Self::V4(addr) => addr.write(out),
            Self::V6(addr) => addr.write(out),
        }
    }
}

/// An Ethernet (EUI-48) address. Links of other types have addresses of other lengths: those are byte strings.
///
/// ```
/// use netlink_core::wire::MacAddr;
///
/// let addr: MacAddr = "02:00:5e:10:00:01".parse()?;
/// assert_eq!(addr.0[0], 2);
/// assert_eq!(addr.to_string(), "02:00:5e:10:00:01");
/// # Ok::<(), netlink_core::wire::NotAMacAddr>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MacAddr(pub [u8; 6]);

impl fmt::Display for MacAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        f.pad(&format!("{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}"))
    }
}

impl fmt::Debug for MacAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The address of a link: 6 bytes on Ethernet, 20 on InfiniBand, 4 on an IPv4 tunnel, 16 on an IPv6 one, and so on.
///
/// ```
/// use netlink_core::wire::{LinkAddr, MacAddr};
///
/// let addr = LinkAddr::from(MacAddr([2, 0, 0x5e, 0x10, 0, 1]));
/// assert_eq!(addr.to_string(), "02:00:5e:10:00:01");
/// assert_eq!(addr.mac(), Some(MacAddr([2, 0, 0x5e, 0x10, 0, 1])));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkAddr<'a>(pub Cow<'a, [u8]>);

impl LinkAddr<'_> {
    /// The address as that of an Ethernet link, if it has 6 bytes.
    pub fn mac(&self) -> Option<MacAddr> {
        (*self.0).try_into().ok().map(MacAddr)
    }
}

impl From<MacAddr> for LinkAddr<'_> {
    fn from(addr: MacAddr) -> Self {
        Self(Cow::Owned(addr.0.to_vec()))
    }
}

impl fmt::Display for LinkAddr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<String> = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        f.pad(&bytes.join(":"))
    }
}

impl fmt::Debug for LinkAddr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl IntoOwned for LinkAddr<'_> {
    type Owned = LinkAddr<'static>;

    fn into_owned(self) -> LinkAddr<'static> {
        LinkAddr(Cow::Owned(self.0.into_owned()))
    }
}

impl<'a> Value<'a> for LinkAddr<'a> {
    const KIND: Kind = Kind::LinkAddr;

    fn from_payload(payload: &'a [u8], _cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        Ok(Self(Cow::Borrowed(payload)))
    }

    fn to_payload(&self, out: &mut Writer) {
        out.bytes(&self.0);
    }
}

/// Not six hexadecimal bytes with colons between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMacAddr;

impl fmt::Display for NotAMacAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a MAC address is six hexadecimal bytes with colons between them, such as 02:00:5e:10:00:01")
    }
}

impl std::error::Error for NotAMacAddr {}

impl FromStr for MacAddr {
    type Err = NotAMacAddr;

    fn from_str(text: &str) -> Result<Self, NotAMacAddr> {
        let mut octets = [0; 6];
        let mut parts = text.split(':');
        for octet in &mut octets {
            let part = parts.next().filter(|part| part.len() == 2 && !part.starts_with('+')).ok_or(NotAMacAddr)?;
            *octet = u8::from_str_radix(part, 16).map_err(|_| NotAMacAddr)?;
        }
        if parts.next().is_some() { Err(NotAMacAddr) } else { Ok(Self(octets)) }
    }
}
