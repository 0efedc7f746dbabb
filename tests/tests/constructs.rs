//! One test for each construct that the kernel's families are made of: those of its specifications (`c01` to `c22`),
//! and those that the specifications cannot express and families have all the same (`g01` to `g12`).
//!
//! Expected bytes are what a kernel or a tool sent (the test says which), or what the kernel's source says, and both
//! directions are checked: the bytes are the value, and the value is the bytes.

// The bytes stand here as a little-endian machine sends them; on others, numbers in host order look different.
#![cfg(target_endian = "little")]

#[path = "constructs/answers.rs"]
mod answers;
#[path = "constructs/bytes.rs"]
mod bytes;
#[path = "constructs/families.rs"]
mod families;
#[path = "constructs/lists.rs"]
mod lists;
#[path = "constructs/nests.rs"]
mod nests;
#[path = "constructs/numbers.rs"]
mod numbers;
#[path = "constructs/payloads.rs"]
mod payloads;
#[path = "constructs/routes.rs"]
mod routes;
#[path = "constructs/selectors.rs"]
mod selectors;
#[path = "constructs/streams.rs"]
mod streams;

use std::fmt::Debug;

use netlink_core::{NlMessage, NlStruct};

/// Bytes in hexadecimal, and text between apostrophes: `0a 00 03 00 'eth0' 00 00`.
#[track_caller]
fn wire(written: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (n, part) in written.split('\'').enumerate() {
        if n % 2 == 1 {
            bytes.extend(part.as_bytes());
            continue;
        }
        for byte in part.split_whitespace() {
            assert_eq!(byte.len(), 2, "{byte} is not one byte");
            bytes.push(u8::from_str_radix(byte, 16).expect("two hexadecimal digits"));
        }
    }
    bytes
}

/// The bytes are the value, and the value is the bytes.
#[track_caller]
fn both<'a, T: NlMessage<'a> + Debug + PartialEq>(bytes: &'a [u8], value: &T) {
    assert_eq!(&T::decode(bytes).expect("the bytes are a message"), value);
    assert_eq!(value.to_bytes().expect("the message can be sent"), bytes);
}

/// As [`both`], for C structs.
#[track_caller]
fn both_struct<'a, T: NlStruct<'a> + Debug + PartialEq>(bytes: &'a [u8], value: &T) {
    assert_eq!(&T::decode(bytes).expect("the bytes are a struct"), value);
    assert_eq!(value.to_bytes().expect("the struct can be sent"), bytes);
}

/// What was received is what is sent again, to the last byte.
#[track_caller]
fn again<'a, T: NlMessage<'a>>(bytes: &'a [u8]) {
    let value = T::decode(bytes).expect("the bytes are a message");
    assert_eq!(value.to_bytes().expect("what was received can be sent"), bytes);
}

/// What is wrong with the bytes.
#[track_caller]
fn refused<'a, T: NlMessage<'a> + Debug>(bytes: &'a [u8]) -> String {
    T::decode(bytes).expect_err("the bytes are no message").to_string()
}

/// Why the message cannot be sent.
#[track_caller]
fn unsendable<'a>(value: &impl NlMessage<'a>) -> String {
    value.to_bytes().expect_err("the message cannot be sent").to_string()
}
