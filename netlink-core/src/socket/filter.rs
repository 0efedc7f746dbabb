//! What the kernel drops before it gets into a socket's queue.

use crate::wire::MessageHeader;

/// One instruction of the classic Berkeley packet filter.
///
/// Mirrors `struct sock_filter` of `linux/filter.h`.
#[doc(alias = "sock_filter")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// What is done.
    pub code: u16,
    /// How many instructions to skip if a comparison holds.
    #[doc(alias = "jt")]
    pub jump_true: u8,
    /// How many to skip if it does not.
    #[doc(alias = "jf")]
    pub jump_false: u8,
    /// A number: what to compare with, or where to load from.
    pub k: u32,
}

impl Instruction {
    const fn new(code: u32, k: u32) -> Self {
        Self { code: code as u16, jump_true: 0, jump_false: 0, k }
    }

    const fn jump(code: u32, k: u32, jump_true: u8, jump_false: u8) -> Self {
        Self { code: code as u16, jump_true, jump_false, k }
    }
}

const LOAD: u32 = libc::BPF_LD | libc::BPF_ABS;
const IF_EQUAL: u32 = libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K;
const IF_AT_LEAST: u32 = libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K;
const GO: u32 = libc::BPF_JMP | libc::BPF_JA;
const AND: u32 = libc::BPF_ALU | libc::BPF_AND | libc::BPF_K;
const RETURN: u32 = libc::BPF_RET | libc::BPF_K;
const DROP: Instruction = Instruction::new(RETURN, 0);
const KEEP: Instruction = Instruction::new(RETURN, u32::MAX);

/// Where the message type is, in bytes from the start.
const TYPE: u32 = 4;

/// A program with which the kernel decides whether a datagram gets into a socket's queue: see
/// [`Socket::attach_filter`](super::Socket::attach_filter). What it drops costs no memory and no wake-up, is not counted
/// as lost, and nobody tells about it.
///
/// It looks at the first message of a datagram, which for most notifications is the only one. Control messages pass, so
/// that requests are answered. Of all others those pass that meet every condition. Offsets count from the start of the
/// datagram, of whose message header the first 16 bytes are; what is not that long is dropped.
///
/// ```
/// use netlink_core::{protocol::Protocol, socket::{Filter, Socket}};
///
/// const RTM_NEWLINK: u16 = 16;
/// let socket = Socket::open(Protocol::ROUTE)?;
/// // Messages about new or changed links, and of these only about the one with the index 7 (`ifi_index`).
/// socket.attach_filter(&Filter::new().types(&[RTM_NEWLINK]).word(20, !0, 7))?;
/// socket.detach_filter()?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    types: Option<Vec<u16>>,
    conditions: Vec<Condition>,
    /// Control messages are data like any other.
    all: bool,
    raw: Option<Vec<Instruction>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Condition {
    /// `BPF_B`, `BPF_H` or `BPF_W`.
    width: u32,
    offset: u32,
    mask: u32,
    value: u32,
}

impl Filter {
    /// Lets everything pass.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A program of one's own. What it returns is the number of bytes to keep: 0 drops. The kernel checks it.
    #[must_use]
    pub fn raw(instructions: &[Instruction]) -> Self {
        Self { raw: Some(instructions.to_vec()), ..Self::default() }
    }

    /// Only messages of one of these types; those of another call count too. A raw program ignores all conditions.
    #[must_use]
    pub fn types(mut self, types: &[u16]) -> Self {
        self.types.get_or_insert_default().extend_from_slice(types);
        self
    }

    /// Only messages with this value in a byte, in those of its bits that the mask names.
    #[must_use]
    pub fn byte(self, offset: u32, mask: u8, value: u8) -> Self {
        self.condition(libc::BPF_B, offset, mask.into(), value.into())
    }

    /// As [`byte`](Self::byte), for a `u16` in host byte order.
    #[must_use]
    pub fn half(self, offset: u32, mask: u16, value: u16) -> Self {
        self.condition(libc::BPF_H, offset, mask.to_be().into(), value.to_be().into())
    }

    /// As [`byte`](Self::byte), for a `u32` in host byte order.
    #[must_use]
    pub fn word(self, offset: u32, mask: u32, value: u32) -> Self {
        self.condition(libc::BPF_W, offset, mask.to_be(), value.to_be())
    }

    /// Control messages have to meet the conditions, too: for the connector, whose data travels as `NLMSG_DONE`.
    #[must_use]
    pub fn control_too(mut self) -> Self {
        self.all = true;
        self
    }

    fn condition(mut self, width: u32, offset: u32, mask: u32, value: u32) -> Self {
        self.conditions.push(Condition { width, offset, mask, value });
        self
    }

    /// The program, as the kernel gets it.
    #[must_use]
    pub fn instructions(&self) -> Vec<Instruction> {
        if let Some(raw) = &self.raw {
            return raw.clone();
        }
        let mut program = Vec::new();
        if !self.all {
            // Types below 16 are control messages: the upper byte is 0, and so are the upper bits of the other. Loads
            // give what is at an offset in network byte order, and the field is in host byte order.
            let (upper, lower) = if cfg!(target_endian = "little") { (TYPE + 1, TYPE) } else { (TYPE, TYPE + 1) };
            program.push(Instruction::new(LOAD | libc::BPF_B, upper));
            program.push(Instruction::jump(IF_EQUAL, 0, 0, 3));
            program.push(Instruction::new(LOAD | libc::BPF_B, lower));
            program.push(Instruction::jump(IF_AT_LEAST, 16, 1, 0));
            program.push(KEEP);
        }
        if let Some(types) = &self.types {
            program.push(Instruction::new(LOAD | libc::BPF_H, TYPE));
            for (at, kind) in types.iter().enumerate() {
                // Behind the rest of the list, each entry of which takes two, and the drop at its end.
                let end = u32::try_from(2 * (types.len() - at - 1) + 1).unwrap_or(u32::MAX);
                program.push(Instruction::jump(IF_EQUAL, kind.to_be().into(), 0, 1));
                program.push(Instruction::new(GO, end));
            }
            program.push(DROP);
        }
        for Condition { width, offset, mask, value } in &self.conditions {
            program.push(Instruction::new(LOAD | width, *offset));
            program.push(Instruction::new(AND, *mask));
            program.push(Instruction::jump(IF_EQUAL, value & mask, 1, 0));
            program.push(DROP);
        }
        program.push(KEEP);
        program
    }

    /// What the program says of a datagram: how many bytes of it are kept. As the kernel runs it, for tests of a filter;
    /// `None` for instructions that [`Filter`] itself does not make.
    ///
    /// ```
    /// use netlink_core::{socket::Filter, wire::MessageHeader};
    ///
    /// let filter = Filter::new().types(&[16]);
    /// let message = |kind| MessageHeader { len: 16, kind, ..MessageHeader::default() }.to_bytes();
    /// assert_eq!([16, 17, 2].map(|kind| filter.run(&message(kind)) > Some(0)), [true, false, true]);
    /// ```
    #[must_use]
    pub fn run(&self, datagram: &[u8]) -> Option<u32> {
        let program = self.instructions();
        let (mut at, mut value) = (0_usize, 0_u32);
        // Jumps only go forward, so that this ends.
        while let Some(Instruction { code, jump_true, jump_false, k }) = program.get(at).copied() {
            let code = u32::from(code);
            let mut skip = 0;
            let load = |size: usize| {
                let start = usize::try_from(k).ok()?;
                let bytes = datagram.get(start..start.checked_add(size)?)?;
                Some(bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte)))
            };
            match code {
                RETURN => return Some(k),
                GO => skip = k,
                AND => value &= k,
                IF_EQUAL => skip = u32::from(if value == k { jump_true } else { jump_false }),
                IF_AT_LEAST => skip = u32::from(if value >= k { jump_true } else { jump_false }),
                _ => {
                    let size = match code.checked_sub(LOAD) {
                        Some(libc::BPF_B) => 1,
                        Some(libc::BPF_H) => 2,
                        Some(libc::BPF_W) => 4,
                        _ => return None,
                    };
                    match load(size) {
                        Some(loaded) => value = loaded,
                        None => return Some(0),
                    }
                }
            }
            at = at.checked_add(1)?.checked_add(usize::try_from(skip).ok()?)?;
        }
        None
    }
}

// The offsets in the documentation and in here are those of the message header.
const _: () = assert!(MessageHeader::SIZE == 16);

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u16, body: &[u8]) -> Vec<u8> {
        let header = MessageHeader { len: 16, kind, ..MessageHeader::default() };
        [&header.to_bytes()[..], body].concat()
    }

    #[test]
    fn control_messages_pass_and_data_has_to_meet_every_condition() {
        let filter = Filter::new().types(&[16, 0x1610]).half(16, 0xff, 0x1234).byte(18, 0xf0, 0x55).word(20, !0, 7);
        let good = [&0x9934_u16.to_ne_bytes()[..], &[0x5f, 0], &7_u32.to_ne_bytes()].concat();
        for kind in 0..16 {
            assert_eq!(filter.run(&message(kind, &[])), Some(u32::MAX), "{kind}");
            assert_eq!(filter.clone().control_too().run(&message(kind, &good)), Some(0), "{kind}");
        }
        for (kind, kept) in [(16, true), (0x1610, true), (17, false), (0x1600, false), (0x0010 << 8, false)] {
            assert_eq!(filter.run(&message(kind, &good)), Some(if kept { u32::MAX } else { 0 }), "{kind:#x}");
        }
        for wrong in [0, 2, 4, 7] {
            let mut bad = good.clone();
            bad[wrong] ^= 0xff;
            // In a half the mask decides which byte matters.
            let masked = wrong == usize::from(cfg!(target_endian = "little"));
            assert_eq!(filter.run(&message(16, &bad)), Some(if masked { u32::MAX } else { 0 }), "{wrong}");
        }
        assert_eq!(filter.run(&message(16, &good[..7])), Some(0));
        assert_eq!(Filter::new().run(&message(99, &[])), Some(u32::MAX));
        assert_eq!(Filter::new().types(&[]).run(&message(99, &[])), Some(0));
    }

    #[test]
    fn long_lists_jump_far_enough() {
        let types: Vec<u16> = (100..400).collect();
        let filter = Filter::new().types(&types);
        for kind in [99, 100, 101, 255, 256, 399, 400] {
            assert_eq!(filter.run(&message(kind, &[])) > Some(0), types.contains(&kind), "{kind}");
        }
    }
}
