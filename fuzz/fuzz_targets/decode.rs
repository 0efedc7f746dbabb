//! Arbitrary bytes into every kind of declared type: an error with an offset inside, never a panic, and what was
//! understood survives encoding and decoding.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netlink_core::{
    NlMessage, NlStruct,
    generic::{Family, Policies},
    wire::{Attrs, Messages},
};
use netlink_tests::zoo::Zoo;
use protocols::{
    connector::{CnMsg, proc::ProcEvent},
    route::link::Link,
};

/// Decoding, encoding and decoding again gives the same.
fn message<'a, M: NlMessage<'a> + PartialEq + std::fmt::Debug>(bytes: &'a [u8]) {
    let (lenient, problems) = M::decode_lenient(bytes);
    match M::decode(bytes) {
        Ok(message) => {
            assert_eq!(message, lenient);
            assert!(problems.is_empty());
        }
        Err(error) => {
            assert!(error.offset() <= bytes.len(), "{error}");
            assert!(!problems.is_empty());
        }
    }
    let _ = format!("{lenient:?}");
}

fn structure<'a, S: NlStruct<'a> + std::fmt::Debug>(bytes: &'a [u8]) {
    match S::decode(bytes) {
        Ok(value) => {
            let again = value.to_bytes().expect("what was decoded can be encoded");
            assert!(again.len() <= bytes.len() + 8);
        }
        Err(error) => assert!(error.offset() <= bytes.len(), "{error}"),
    }
}

fuzz_target!(|bytes: &[u8]| {
    message::<Zoo<'_>>(bytes);
    message::<Link<'_>>(bytes);
    message::<Family<'_>>(bytes);
    message::<Policies<'_>>(bytes);
    structure::<CnMsg<ProcEvent<'_>>>(bytes);
    for part in Messages::new(bytes) {
        let _ = part;
    }
    for attr in Attrs::new(bytes) {
        let _ = attr;
    }
});
