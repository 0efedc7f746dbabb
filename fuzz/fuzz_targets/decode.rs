//! Arbitrary bytes into every kind of declared type: an error with an offset inside, never a panic, and what can be sent
//! again is read as the same.

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

/// The type with any lifetime, since what is sent again does not live as long as what came first.
trait Declared {
    type Of<'a>: NlMessage<'a> + PartialEq + std::fmt::Debug;
}

macro_rules! declared {
    ($($marker:ident = $type:ident;)*) => {$(
        struct $marker;

        impl Declared for $marker {
            type Of<'a> = $type<'a>;
        }
    )*};
}

declared! {
    Every = Zoo;
    Links = Link;
    Families = Family;
    AllPolicies = Policies;
}

fn message<D: Declared>(bytes: &[u8]) {
    let (lenient, problems) = D::Of::decode_lenient(bytes);
    match D::Of::decode(bytes) {
        Ok(message) => {
            assert_eq!(message, lenient);
            assert!(problems.is_empty());
            // What is only received and what is beyond a limit of the declaration is not sent; lengths and selectors
            // are filled in. So the second time counts.
            if let Ok(sent) = message.to_bytes() {
                let again = D::Of::decode(&sent).expect("what was sent can be read");
                assert_eq!(again.to_bytes().expect("what was sent can be sent again"), sent);
            }
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
    message::<Every>(bytes);
    message::<Links>(bytes);
    message::<Families>(bytes);
    message::<AllPolicies>(bytes);
    structure::<CnMsg<ProcEvent<'_>>>(bytes);
    for part in Messages::new(bytes) {
        let _ = part;
    }
    for attr in Attrs::new(bytes) {
        let _ = attr;
    }
});
