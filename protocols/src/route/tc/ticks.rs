//! The unit in which queueing disciplines measure time.

use std::time::Duration;

use netlink_core::{
    schema::Kind,
    wire::{Context, DecodeError, Fixed, Value, Writer},
};

/// A time in ticks of 64 nanoseconds, at most 274 seconds.
///
/// Buckets are given as the time in which a burst fills them: [`Ticks::to_send`] calculates it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticks(pub u32);

impl Ticks {
    /// How long a tick is, in nanoseconds: since Linux 2.6.31 always the same, as `/proc/net/psched` says.
    pub const NANOS: u64 = 64;

    /// The time to send so many bytes at a rate in bytes a second. The longest time if it is longer than that, or if
    /// the
    /// rate is 0.
    #[must_use]
    pub fn to_send(bytes: u64, rate: u64) -> Self {
        let nanos = u128::from(bytes) * 1_000_000_000;
        let ticks = nanos.checked_div(u128::from(rate) * u128::from(Self::NANOS)).unwrap_or(u128::MAX);
        Self(u32::try_from(ticks).unwrap_or(u32::MAX))
    }

    /// The bytes that are sent in this time, at a rate in bytes a second.
    #[must_use]
    pub fn bytes_at(self, rate: u64) -> u64 {
        let bytes = u128::from(self.0) * u128::from(Self::NANOS) * u128::from(rate) / 1_000_000_000;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

impl From<Ticks> for Duration {
    fn from(ticks: Ticks) -> Self {
        Self::from_nanos(u64::from(ticks.0) * Ticks::NANOS)
    }
}

/// The longest time if it is longer than that.
impl From<Duration> for Ticks {
    fn from(duration: Duration) -> Self {
        Self(u32::try_from(duration.as_nanos().div_ceil(Self::NANOS.into())).unwrap_or(u32::MAX))
    }
}

impl Fixed for Ticks {
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

impl<'a> Value<'a> for Ticks {
    const KIND: Kind = <u32 as Value<'a>>::KIND;

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        <u32 as Value>::from_payload(payload, cx).map(Self)
    }

    fn to_payload(&self, out: &mut Writer) {
        <u32 as Value>::to_payload(&self.0, out);
    }
}
