//! What a derived codec costs, next to one written by hand for the same message: 24 attributes in 264 bytes.
//!
//! `cargo bench -p netlink-core --bench codec` prints nanoseconds for one message, the fastest of many runs, and how
//! many times the hand-written time the derived one takes. The message is declared several times over with other
//! numbers in another order: with a single type the compiler would see through the loop that all types share,
//! and flatter it.

use std::{hint::black_box, time::Instant};

use netlink_core::{
    NlMessage,
    wire::{Encode, MacAddr, Writer},
};

/// Written by hand: how one field is read and written. Always inlined, so that each type gets a loop of its own.
trait ByHand<'a>: Sized {
    fn read(payload: &'a [u8]) -> Option<Self>;
    fn write(&self, id: u16, out: &mut Vec<u8>);
}

macro_rules! number {
    ($type:ident, $size:literal, $padding:expr) => {
        impl ByHand<'_> for Option<$type> {
            #[inline(always)]
            fn read(payload: &[u8]) -> Option<Self> {
                Some(Some($type::from_ne_bytes(payload.try_into().ok()?)))
            }

            #[inline(always)]
            fn write(&self, id: u16, out: &mut Vec<u8>) {
                let Some(value) = self else { return };
                let mut attr = [0; 4 + $size + $padding];
                attr[..2].copy_from_slice(&(4_u16 + $size).to_ne_bytes());
                attr[2..4].copy_from_slice(&id.to_ne_bytes());
                attr[4..4 + $size].copy_from_slice(&value.to_ne_bytes());
                out.extend_from_slice(&attr);
            }
        }
    };
}

number!(u8, 1, 3);
number!(u16, 2, 2);
number!(u32, 4, 0);
number!(u64, 8, 0);

/// Payload, padding to a multiple of 4, and a NUL before it if it is text.
#[inline(always)]
fn put(id: u16, payload: &[u8], nul: usize, out: &mut Vec<u8>) {
    let len = 4 + payload.len() + nul;
    out.extend_from_slice(&(len as u16).to_ne_bytes());
    out.extend_from_slice(&id.to_ne_bytes());
    out.extend_from_slice(payload);
    out.resize(out.len() + nul + (len.next_multiple_of(4) - len), 0);
}

impl ByHand<'_> for bool {
    #[inline(always)]
    fn read(_payload: &[u8]) -> Option<Self> {
        Some(true)
    }

    #[inline(always)]
    fn write(&self, id: u16, out: &mut Vec<u8>) {
        if *self {
            put(id, &[], 0, out);
        }
    }
}

impl<'a> ByHand<'a> for Option<&'a str> {
    #[inline(always)]
    fn read(payload: &'a [u8]) -> Option<Self> {
        let end = payload.iter().position(|byte| *byte == 0).unwrap_or(payload.len());
        Some(Some(std::str::from_utf8(&payload[..end]).ok()?))
    }

    #[inline(always)]
    fn write(&self, id: u16, out: &mut Vec<u8>) {
        if let Some(value) = self {
            put(id, value.as_bytes(), 1, out);
        }
    }
}

impl<'a> ByHand<'a> for Option<&'a [u8]> {
    #[inline(always)]
    fn read(payload: &'a [u8]) -> Option<Self> {
        Some(Some(payload))
    }

    #[inline(always)]
    fn write(&self, id: u16, out: &mut Vec<u8>) {
        if let Some(value) = self {
            put(id, value, 0, out);
        }
    }
}

impl ByHand<'_> for Option<MacAddr> {
    #[inline(always)]
    fn read(payload: &[u8]) -> Option<Self> {
        Some(Some(MacAddr(payload.try_into().ok()?)))
    }

    #[inline(always)]
    fn write(&self, id: u16, out: &mut Vec<u8>) {
        let Some(MacAddr([a, b, c, d, e, f])) = *self else { return };
        let ([l0, l1], [k0, k1]) = (10_u16.to_ne_bytes(), id.to_ne_bytes());
        out.extend_from_slice(&[l0, l1, k0, k1, a, b, c, d, e, f, 0, 0]);
    }
}

/// Both codecs of one message.
trait Link<'a>: Sized {
    fn derived_decode(bytes: &'a [u8]) -> Self;
    fn hand_decode(bytes: &'a [u8]) -> Self;
    fn derived_encode(&self, buffer: Vec<u8>) -> Vec<u8>;
    fn hand_encode(&self, buffer: Vec<u8>) -> Vec<u8>;
}

macro_rules! links {
    ($($name:ident { $($id:literal $field:ident: $type:ty,)* })*) => {$(
        #[derive(NlMessage, Debug, Default, PartialEq)]
        #[nl(borrowed)]
        struct $name<'a> {
            $(#[nl_attr($id)] $field: $type,)*
        }

        impl<'a> $name<'a> {
            fn read_by_hand(mut bytes: &'a [u8]) -> Option<Self> {
                let mut link = Self::default();
                while let Some((&[l0, l1, k0, k1], _)) = bytes.split_first_chunk() {
                    let len = usize::from(u16::from_ne_bytes([l0, l1]));
                    let id = u16::from_ne_bytes([k0, k1]) & 0x3fff;
                    let payload = bytes.get(4..len)?;
                    match id {
                        $($id => link.$field = ByHand::read(payload)?,)*
                        _ => {}
                    }
                    bytes = bytes.get(len.next_multiple_of(4)..).unwrap_or_default();
                }
                Some(link)
            }
        }

        impl<'a> Link<'a> for $name<'a> {
            #[inline(never)]
            fn derived_decode(bytes: &'a [u8]) -> Self {
                Self::decode(bytes).unwrap()
            }

            #[inline(never)]
            fn hand_decode(bytes: &'a [u8]) -> Self {
                Self::read_by_hand(bytes).unwrap()
            }

            #[inline(never)]
            fn derived_encode(&self, buffer: Vec<u8>) -> Vec<u8> {
                let mut out = Writer::with_buffer(buffer);
                self.encode_into(&mut out);
                out.finish().unwrap()
            }

            #[inline(never)]
            fn hand_encode(&self, mut buffer: Vec<u8>) -> Vec<u8> {
                buffer.clear();
                $(ByHand::write(&self.$field, $id, &mut buffer);)*
                buffer
            }
        }
    )*};
}

links! {
    One {
        1 mtu: Option<u32>, 2 name: Option<&'a str>, 3 group: Option<u32>, 4 address: Option<MacAddr>, 5 up: bool,
        6 vlan: Option<u16>, 7 state: Option<u8>, 8 stats: Option<&'a [u8]>, 9 index: Option<u32>, 10 port: Option<u16>,
        11 speed: Option<u64>, 12 alias: Option<&'a str>, 13 master: Option<u32>, 14 mode: Option<u8>,
        15 broadcast: Option<MacAddr>, 16 weight: Option<u32>, 17 proto: Option<u16>, 18 qdisc: Option<&'a str>,
        19 queues: Option<u32>, 20 ttl: Option<u8>, 21 map: Option<&'a [u8]>, 22 limit: Option<u32>,
        23 mark: Option<u16>, 24 seen: Option<u32>,
    }
    Two {
        40 seen: Option<u32>, 38 mark: Option<u16>, 36 name: Option<&'a str>, 34 limit: Option<u32>, 3 mtu: Option<u32>,
        5 map: Option<&'a [u8]>, 7 ttl: Option<u8>, 9 queues: Option<u32>, 11 qdisc: Option<&'a str>,
        13 proto: Option<u16>, 15 weight: Option<u32>, 17 broadcast: Option<MacAddr>, 19 mode: Option<u8>,
        21 master: Option<u32>, 22 alias: Option<&'a str>, 23 speed: Option<u64>, 24 port: Option<u16>,
        25 index: Option<u32>, 26 stats: Option<&'a [u8]>, 27 state: Option<u8>, 28 vlan: Option<u16>, 29 up: bool,
        30 address: Option<MacAddr>, 31 group: Option<u32>,
    }
    Three {
        12 mtu: Option<u32>, 11 group: Option<u32>, 10 index: Option<u32>, 9 master: Option<u32>, 8 weight: Option<u32>,
        7 queues: Option<u32>, 6 limit: Option<u32>, 5 seen: Option<u32>, 24 vlan: Option<u16>, 23 port: Option<u16>,
        22 proto: Option<u16>, 21 mark: Option<u16>, 20 state: Option<u8>, 19 mode: Option<u8>, 18 ttl: Option<u8>,
        17 speed: Option<u64>, 16 up: bool, 15 name: Option<&'a str>, 14 alias: Option<&'a str>,
        13 qdisc: Option<&'a str>, 4 stats: Option<&'a [u8]>, 3 map: Option<&'a [u8]>, 2 address: Option<MacAddr>,
        1 broadcast: Option<MacAddr>,
    }
    Four {
        101 address: Option<MacAddr>, 102 name: Option<&'a str>, 103 mtu: Option<u32>, 104 vlan: Option<u16>,
        105 broadcast: Option<MacAddr>, 106 alias: Option<&'a str>, 107 group: Option<u32>, 108 port: Option<u16>,
        109 stats: Option<&'a [u8]>, 110 index: Option<u32>, 111 state: Option<u8>, 112 master: Option<u32>,
        113 map: Option<&'a [u8]>, 114 weight: Option<u32>, 115 mode: Option<u8>, 116 proto: Option<u16>,
        117 qdisc: Option<&'a str>, 118 queues: Option<u32>, 119 ttl: Option<u8>, 120 mark: Option<u16>, 121 up: bool,
        122 limit: Option<u32>, 123 seen: Option<u32>, 124 speed: Option<u64>,
    }
}

macro_rules! filled {
    ($name:ident) => {
        $name {
            mtu: Some(1500),
            group: Some(7),
            index: Some(12),
            master: Some(3),
            weight: Some(100),
            queues: Some(16),
            limit: Some(0xffff_ffff),
            seen: Some(42),
            vlan: Some(4094),
            port: Some(4789),
            proto: Some(0x0800),
            mark: Some(9),
            state: Some(6),
            mode: Some(1),
            ttl: Some(64),
            speed: Some(100_000_000_000),
            up: true,
            name: Some("eth0"),
            alias: Some("uplink-to-core"),
            qdisc: Some("fq_codel"),
            stats: Some(&[0xaa; 24]),
            map: Some(&[0x55; 24]),
            address: Some(MacAddr([2, 0, 0x5e, 0x10, 0, 1])),
            broadcast: Some(MacAddr([0xff; 6])),
        }
    };
}

const RUNS: usize = 300;
const MESSAGES: usize = 500;

/// Nanoseconds for one call, of the fastest run.
fn fastest(run: &mut dyn FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        for _ in 0..MESSAGES {
            run();
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    best * 1e9 / MESSAGES as f64
}

/// Encodes into a buffer that is used again.
fn reusing(encode: impl Fn(Vec<u8>) -> Vec<u8>) -> impl FnMut() {
    let mut buffer = Vec::with_capacity(4096);
    move || buffer = black_box(encode(std::mem::take(&mut buffer)))
}

macro_rules! measure {
    ($($name:ident),*) => {{
        let mut sums = [0.0; 4];
        $(
            let link = filled!($name);
            let bytes = link.hand_encode(Vec::new());
            assert_eq!(bytes.len(), 264);
            assert_eq!(link.derived_encode(Vec::new()), bytes);
            assert_eq!($name::hand_decode(&bytes), link);
            assert_eq!($name::derived_decode(&bytes), link);
            let mut encode = reusing(|buffer| black_box(&link).derived_encode(buffer));
            let allocations = allocation_counter::measure(|| {
                black_box($name::derived_decode(black_box(&bytes)));
                encode();
            });
            assert_eq!(allocations.count_total, 0, "a message that borrows, and a buffer that is there");
            let times = [
                fastest(&mut || { black_box($name::hand_decode(black_box(&bytes))); }),
                fastest(&mut || { black_box($name::derived_decode(black_box(&bytes))); }),
                fastest(&mut reusing(|buffer| black_box(&link).hand_encode(buffer))),
                fastest(&mut encode),
            ];
            report(stringify!($name), times);
            for (sum, time) in sums.iter_mut().zip(times) {
                *sum += time;
            }
        )*
        report("all", sums);
    }};
}

fn report(name: &str, [hand_decode, derived_decode, hand_encode, derived_encode]: [f64; 4]) {
    println!(
        "{name:<6} decode: by hand {hand_decode:6.1} ns, derived {derived_decode:6.1} ns, {:.2}x;  \
         encode: by hand {hand_encode:6.1} ns, derived {derived_encode:6.1} ns, {:.2}x",
        derived_decode / hand_decode,
        derived_encode / hand_encode,
    );
}

fn main() {
    measure!(One, Two, Three, Four);
}
