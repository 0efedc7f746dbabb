//! Bytes that are no message, or hardly one.

use netlink_core::wire::NESTED;
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop, prop_oneof},
    sample::Index,
};

/// One thing wrong with a message.
#[derive(Clone, Debug)]
pub enum Damage {
    Replace(Index, u8),
    ReplaceWord(Index, u16),
    Remove(Index, usize),
    Insert(Index, Vec<u8>),
    Repeat(Index, usize),
    Truncate(Index),
}

pub fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    let word = prop_oneof![0_u16..64, any::<u16>(), Just(u16::MAX), Just(NESTED)];
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        (at(), word).prop_map(|(at, word)| Damage::ReplaceWord(at, word)),
        (at(), 1_usize..9).prop_map(|(at, len)| Damage::Remove(at, len)),
        (at(), vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (at(), 1_usize..33).prop_map(|(at, len)| Damage::Repeat(at, len)),
        at().prop_map(Damage::Truncate),
    ]
}

pub fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let len = bytes.len();
    if len == 0 {
        return;
    }
    match damage {
        Damage::Replace(at, byte) => bytes[at.index(len)] = *byte,
        // At a multiple of 4, lengths and types of attributes stand.
        Damage::ReplaceWord(at, word) => {
            let at = at.index(len) & !1;
            let end = len.min(at + 2);
            bytes[at..end].copy_from_slice(&word.to_ne_bytes()[..end - at]);
        }
        Damage::Remove(at, count) => {
            let at = at.index(len);
            bytes.drain(at..len.min(at + count));
        }
        Damage::Insert(at, more) => {
            let at = at.index(len);
            bytes.splice(at..at, more.iter().copied());
        }
        Damage::Repeat(at, count) => {
            let at = at.index(len);
            bytes.extend_from_within(at..len.min(at + count));
        }
        Damage::Truncate(at) => bytes.truncate(at.index(len)),
    }
}

/// Bytes that look like attributes more often than those of pure chance, of which hardly any gets past the first one.
pub fn noise() -> impl Strategy<Value = Vec<u8>> {
    let attr = (0_u16..20, any::<bool>(), 0_u16..14, prop::bool::weighted(0.1), any::<Vec<u8>>()).prop_map(
        |(len, flags, id, nested, mut payload)| {
            payload.truncate(usize::from(len));
            let mut bytes = (len + 4).to_ne_bytes().to_vec();
            bytes.extend((id | if nested || flags { NESTED } else { 0 }).to_ne_bytes());
            bytes.append(&mut payload);
            bytes.resize(bytes.len().next_multiple_of(4), 0);
            bytes
        },
    );
    prop_oneof![vec(any::<u8>(), 0..64), vec(attr, 0..8).prop_map(|attrs| attrs.concat()),]
}
