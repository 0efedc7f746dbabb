//! Durations, bit fields with a mask, identifiers, and bytes to look at.

use std::{borrow::Cow, fmt, time::Duration};

use crate::schema::Kind;
use crate::wire::{
    context::Context,
    encoding::{Native, Time},
    error::{DecodeError, EncodeErrorKind},
    owned::IntoOwned,
    value::{Fixed, Value},
    writer::Writer,
};

const TOO_LONG: EncodeErrorKind = EncodeErrorKind::Invalid("longer than its place can say");

fn from_units(units: u64, nanos_each: u64) -> Duration {
    let nanos = u128::from(units) * u128::from(nanos_each);
    // Seconds of 64 bits fit; so do the nanoseconds below one.
    Duration::new((nanos / 1_000_000_000) as u64, (nanos % 1_000_000_000) as u32)
}

/// Parts of a unit are rounded up, so that no timeout becomes 0.
fn to_units<W: TryFrom<u64>>(duration: Duration, nanos_each: u64) -> Option<W> {
    let units = duration.as_nanos().div_ceil(u128::from(nanos_each.max(1)));
    u64::try_from(units).ok().and_then(|units| W::try_from(units).ok())
}

/// A number of units, each of `NANOS` nanoseconds; parts of a unit are rounded up.
impl<'a, E, W, const NANOS: u64> Value<'a, Time<W, E, NANOS>> for Duration
where
    W: Value<'a, E> + Into<u64> + TryFrom<u64>,
{
    const FLAGS: u16 = W::FLAGS;
    const KIND: Kind = Kind::Duration(&W::KIND, NANOS);

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        Ok(from_units(W::from_payload(payload, cx)?.into(), NANOS))
    }

    fn to_payload(&self, out: &mut Writer) {
        match to_units::<W>(*self, NANOS) {
            Some(units) => units.to_payload(out),
            None => out.fail(TOO_LONG),
        }
    }
}

/// As a member of structs.
impl<E, W, const NANOS: u64> Fixed<Time<W, E, NANOS>> for Duration
where
    W: Fixed<E> + Into<u64> + TryFrom<u64>,
{
    const SIZE: usize = W::SIZE;
    const ALIGN: usize = W::ALIGN;
    const KIND: Kind = Kind::Duration(&W::KIND, NANOS);

    fn read(bytes: &[u8]) -> Self {
        from_units(W::read(bytes).into(), NANOS)
    }

    fn write(&self, out: &mut Writer) {
        match to_units(*self, NANOS) {
            Some(units) => W::write(&units, out),
            None => {
                out.fail(TOO_LONG);
                out.zeros(W::SIZE);
            }
        }
    }
}

/// Bits to set, and the mask of the bits that are meant at all (`struct nla_bitfield32` in `linux/netlink.h`).
///
/// `F` is `u32` or a type that derives `NlFlags`.
///
/// ```
/// use netlink_core::{NlMessage, wire::Bitfield32};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Flags {
///     #[nl_attr(1)]
///     flags: Option<Bitfield32<u32>>,
/// }
///
/// let bytes = Flags { flags: Some(Bitfield32 { value: 0b01, selector: 0b11 }) }.to_bytes()?;
/// assert_eq!(Flags::decode(&bytes)?.flags.unwrap().selector, 0b11);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "nla_bitfield32")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bitfield32<F> {
    /// The values of the bits in `selector`.
    pub value: F,
    /// The bits that are meant; others stay as they are.
    pub selector: F,
}

impl<F: Fixed> Fixed for Bitfield32<F> {
    const SIZE: usize = 2 * F::SIZE;
    const ALIGN: usize = F::ALIGN;
    const KIND: Kind = Kind::Bitfield32(&F::KIND);

    fn read(bytes: &[u8]) -> Self {
        Self { value: F::read(&bytes[..F::SIZE]), selector: F::read(&bytes[F::SIZE..]) }
    }

    fn write(&self, out: &mut Writer) {
        self.value.write(out);
        self.selector.write(out);
    }
}

impl<'a, F: Fixed> Value<'a> for Bitfield32<F> {
    const KIND: Kind = Kind::Bitfield32(&F::KIND);

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        super::super::value::decode_exact::<Self, Native>(payload, cx)
    }

    fn to_payload(&self, out: &mut Writer) {
        self.write(out);
    }
}

/// A universally unique identifier: 16 bytes, printed the usual way.
///
/// ```
/// use netlink_core::wire::Uuid;
///
/// assert_eq!(Uuid([0xab; 16]).to_string(), "abababab-abab-abab-abab-abababababab");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid(pub [u8; 16]);

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Fixed for Uuid {
    const SIZE: usize = 16;
    const ALIGN: usize = 1;
    const KIND: Kind = Kind::Uuid;

    fn read(bytes: &[u8]) -> Self {
        Self(Fixed::<Native>::read(bytes))
    }

    fn write(&self, out: &mut Writer) {
        out.bytes(&self.0);
    }
}

impl<'a> Value<'a> for Uuid {
    const KIND: Kind = Kind::Uuid;

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        super::super::value::decode_exact::<Self, Native>(payload, cx)
    }

    fn to_payload(&self, out: &mut Writer) {
        out.bytes(&self.0);
    }
}

/// Bytes that mean nothing to the reader but their digits: keys, cookies, labels. Printed in hexadecimal.
///
/// ```
/// use netlink_core::wire::Hex;
///
/// assert_eq!(Hex::from(&[0xca, 0xfe][..]).to_string(), "cafe");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hex<'a>(pub Cow<'a, [u8]>);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<'a> From<&'a [u8]> for Hex<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self(Cow::Borrowed(bytes))
    }
}

impl IntoOwned for Hex<'_> {
    type Owned = Hex<'static>;

    fn into_owned(self) -> Hex<'static> {
        Hex(Cow::Owned(self.0.into_owned()))
    }
}

impl<'a> Value<'a> for Hex<'a> {
    const KIND: Kind = Kind::Hex;

    fn from_payload(payload: &'a [u8], _cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        Ok(payload.into())
    }

    fn to_payload(&self, out: &mut Writer) {
        out.bytes(&self.0);
    }
}
