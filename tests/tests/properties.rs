//! What holds for the codec whatever the values and whatever the bytes: with the declarations of the zoo, which has
//! every kind of field.

use std::fmt::Debug;

use netlink_core::{
    IntoOwned, NlMessage, NlStruct,
    wire::{Attrs, Decode, DecodeError, Encode, Message, MessageHeader, Messages},
};
use netlink_tests::zoo::{
    Chosen, Crooked, Ended, Fixed, Growing, Kept, Lists, Numbers, Odd, References, Strings, Tagged, Tailed, Tree, Zoo,
    any::{self, Fill, bytes_of, config},
    damage::{apply, damage, noise},
    more::{self, Rare, RareLists},
};
use proptest::{collection::vec, prelude::*};

/// Encodes and decodes, and encodes again.
fn survives<T>(value: T) -> Result<(), TestCaseError>
where
    T: for<'a> Decode<'a> + Encode + Fill + PartialEq + Debug,
{
    let bytes = bytes_of(&value);
    let decoded = T::decode_at(&bytes, 0);
    prop_assert_eq!(decoded.as_ref(), Ok(&value.filled()), "{:02x?}", &bytes);
    prop_assert_eq!(bytes_of(&decoded.unwrap()), bytes);
    Ok(())
}

/// As [`survives`], for types that borrow: the compiler cannot be told about all of their lifetimes at once.
macro_rules! survives {
    ($type:ident, $value:expr) => {{
        let value = $value;
        let bytes = bytes_of(&value);
        let decoded = $type::decode(&bytes);
        let filled = value.filled();
        prop_assert_eq!(decoded.as_ref(), Ok(&filled), "{:02x?}", &bytes);
        let decoded = decoded.unwrap();
        prop_assert_eq!(bytes_of(&decoded), &*bytes);
        prop_assert_eq!(decoded.into_owned(), filled);
    }};
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn numbers_of_every_width_and_order_survive(value in any::numbers()) {
        survives!(Numbers, value);
    }

    #[test]
    fn text_byte_strings_and_addresses_survive(value in any::strings()) {
        survives!(Strings, value);
    }

    #[test]
    fn lists_of_every_kind_survive(value in any::lists()) {
        survives!(Lists, value);
    }

    #[test]
    fn nests_survive(value in any::tree()) {
        survives!(Tree, value);
    }

    #[test]
    fn unions_survive_and_selectors_are_filled_in(value in any::chosen()) {
        survives!(Chosen, value);
    }

    #[test]
    fn fixed_structs_survive(value in any::fixed()) {
        survives(value)?;
    }

    #[test]
    fn trap_37_structs_of_any_age_survive(growing in any::growing(), kept in any::kept()) {
        survives(growing)?;
        survives!(Kept, kept);
    }

    #[test]
    fn structs_with_tails_survive(tailed in any::tailed(), tagged in any::tagged()) {
        survives!(Tailed, tailed);
        survives!(Tagged, tagged);
    }

    #[test]
    fn attributes_that_start_off_a_multiple_of_4_survive(value in any::crooked()) {
        survives!(Crooked, value);
    }

    #[test]
    fn the_rarer_words_survive(value in more::rare()) {
        survives!(Rare, value);
    }

    #[test]
    fn the_rarer_lists_survive(value in more::rare_lists()) {
        survives!(RareLists, value);
    }

    #[test]
    fn whole_messages_survive(value in any::zoo()) {
        survives!(Zoo, value);
    }
}

/// What the decoder may say of bytes, whatever they are.
fn is_sane(error: Option<&DecodeError>, bytes: &[u8], base: usize) -> Result<(), TestCaseError> {
    if let Some(error) = error {
        let offset = error.offset();
        prop_assert!((base..=base + bytes.len()).contains(&offset), "{error:?}, {} bytes from {base}", bytes.len());
    }
    Ok(())
}

/// What was understood can be sent, and is then understood the same way.
macro_rules! is_stable {
    ($type:ident, $bytes:expr) => {{
        let bytes: &[u8] = $bytes;
        let decoded = $type::decode(bytes);
        is_sane(decoded.as_ref().err(), bytes, 0)?;
        is_sane($type::decode_at(bytes, 16).as_ref().err(), bytes, 16)?;
        if let Ok(value) = decoded {
            match value.to_bytes() {
                Ok(again) => {
                    let read_again = $type::decode(&again);
                    prop_assert_eq!(read_again.as_ref(), Ok(&value.filled()));
                    prop_assert_eq!(read_again.unwrap().to_bytes().unwrap(), &*again);
                }
                // What comes in is not measured.
                Err(error) => prop_assert!(["Rare.len", "Rare.range"].contains(&&*error.path()), "{value:?}: {error}"),
            }
        }
    }};
}

macro_rules! is_stable_in_every_way {
    ($type:ident, $bytes:expr) => {{
        let bytes: &[u8] = $bytes;
        is_stable!($type, bytes);
        let strict = $type::decode(bytes);
        let (lenient, problems) = $type::decode_lenient(bytes);
        for problem in &problems {
            is_sane(Some(problem), bytes, 0)?;
        }
        match strict {
            Ok(strict) => {
                prop_assert_eq!(problems, []);
                prop_assert_eq!(&lenient, &strict);
            }
            // The first problem is the one that stops the strict decoder.
            Err(error) => prop_assert_eq!(problems.first().map(DecodeError::offset), Some(error.offset())),
        }
        let mut merged = $type::default();
        is_sane(merged.merge(bytes).as_ref().err(), bytes, 0)?;
        is_sane(merged.merge(bytes).as_ref().err(), bytes, 0)?;
    }};
}

/// Gives the bytes to every function that decodes.
fn everybody_copes(bytes: &[u8]) -> Result<(), TestCaseError> {
    is_stable_in_every_way!(Numbers, bytes);
    is_stable_in_every_way!(Strings, bytes);
    is_stable_in_every_way!(References, bytes);
    is_stable_in_every_way!(Lists, bytes);
    is_stable_in_every_way!(Tree, bytes);
    is_stable_in_every_way!(Chosen, bytes);
    is_stable_in_every_way!(Odd, bytes);
    is_stable_in_every_way!(Rare, bytes);
    is_stable_in_every_way!(RareLists, bytes);
    is_stable_in_every_way!(Zoo, bytes);
    is_stable!(Fixed, bytes);
    is_stable!(Growing, bytes);
    is_stable!(Kept, bytes);
    is_stable!(Ended, bytes);
    is_stable!(Tailed, bytes);
    is_stable!(Crooked, bytes);
    is_stable!(Tagged, bytes);

    let mut left = bytes.len() / 4 + 1;
    let mut ended = false;
    for attr in Attrs::new(bytes) {
        prop_assert!(!ended, "an attribute after an error");
        ended = attr.is_err();
        is_sane(attr.as_ref().err(), bytes, 0)?;
        left = left.checked_sub(1).expect("more attributes than there is room for");
    }
    let mut left = bytes.len() / MessageHeader::SIZE + 1;
    let mut messages = Messages::new(bytes);
    let mut ended = false;
    while let Some(message) = messages.next() {
        prop_assert!(!ended, "a message after an error");
        ended = message.is_err();
        is_sane(message.as_ref().err(), bytes, 0)?;
        prop_assert!(messages.offset() <= bytes.len());
        left = left.checked_sub(1).expect("more messages than there is room for");
    }
    is_sane(Message::whole(bytes).as_ref().err(), bytes, 0)?;
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn trap_32_no_bytes_make_any_decoder_panic_or_loop_or_point_out_of_the_message(bytes in noise()) {
        everybody_copes(&bytes)?;
    }

    #[test]
    fn trap_32_no_damage_makes_any_decoder_panic_or_loop_or_point_out_of_the_message(
        bytes in prop_oneof![
            2 => any::zoo().prop_map(|value| bytes_of(&value)),
            1 => more::rare().prop_map(|value| bytes_of(&value)),
            1 => more::rare_lists().prop_map(|value| bytes_of(&value)),
        ],
        damages in vec(damage(), 1..4),
    ) {
        let mut bytes = bytes;
        for damage in &damages {
            apply(&mut bytes, damage);
        }
        everybody_copes(&bytes)?;
    }

    #[test]
    fn bytes_at_odd_addresses_mean_the_same(zoo in any::zoo(), damages in vec(damage(), 0..2)) {
        let mut bytes = bytes_of(&zoo);
        for damage in &damages {
            apply(&mut bytes, damage);
        }
        let aligned = Zoo::decode(&bytes);
        for shift in 1..4 {
            let mut shifted = vec![0xaa; shift];
            shifted.extend(&bytes);
            prop_assert_eq!(&Zoo::decode(&shifted[shift..]), &aligned);
        }
    }
}
