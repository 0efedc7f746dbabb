//! Whatever names a user declares, derived code means what it says.

// Everything below stands in modules that shadow the names of the prelude and of the primitive types.

/// Types and variants by the names of the prelude.
mod shadowed {
    #![no_implicit_prelude]
    #![allow(dead_code, non_camel_case_types)]

    use ::netlink_core::{
        NlEnum, NlMessage, NlStruct, NlUnion,
        wire::{RawValue, UnknownAttrs},
    };
    use ::std::{
        borrow::Cow, clone::Clone, cmp::PartialEq, fmt::Debug, marker::Copy, option::Option as Maybe,
        prelude::rust_2021::derive, vec::Vec as List,
    };

    // Not one of them is what generated code would mean by the name.
    pub(super) struct Option;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Result;
    pub(super) struct Ok;
    pub(super) struct Err;
    pub(super) struct Vec;
    pub(super) struct String;
    pub(super) struct Box;
    pub(super) struct From;
    pub(super) struct Into;
    pub(super) struct TryFrom;
    pub(super) trait Default {}
    pub(super) trait Iterator {}
    pub(super) struct Slot;
    pub(super) struct Value;
    pub(super) struct Fixed;
    pub(super) struct Writer;
    pub(super) struct Context;
    pub(super) struct Native;
    pub(super) struct Select;
    pub(super) struct Key;
    pub(super) struct u8;
    pub(super) struct u16;
    pub(super) struct u32;
    pub(super) struct u64;
    pub(super) struct usize;
    pub(super) struct bool;
    pub(super) struct str;
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod wire {}
    pub(super) const SIZE: () = ();
    pub(super) const ALIGN: () = ();
    pub(super) const FLAGS: () = ();
    pub(super) const INFO: () = ();
    pub(super) const NAME: () = ();
    pub(super) const KIND: () = ();
    pub(super) fn drop() {}

    #[allow(unused_macros)]
    macro_rules! assert {
        ($($tokens:tt)*) => {
            compile_error!("not this one")
        };
    }
    #[allow(unused_macros)]
    macro_rules! unreachable {
        ($($tokens:tt)*) => {
            compile_error!("not this one")
        };
    }

    type Word = ::core::primitive::u16;
    type Long = ::core::primitive::u32;

    #[derive(NlStruct, Clone, Copy, Debug, ::std::default::Default, PartialEq)]
    pub(super) struct Header {
        #[nl(pad = 1)]
        pub(super) state: State,
        pub(super) level: Word,
        pub(super) index: Long,
    }

    #[derive(NlStruct, Clone, Debug, ::std::default::Default, PartialEq)]
    pub(super) struct Tail<'a> {
        #[nl(len_of = data)]
        pub(super) len: Word,
        pub(super) kind: Word,
        #[nl(rest)]
        pub(super) data: Cow<'a, [::core::primitive::u8]>,
    }

    #[derive(NlStruct, Clone, Debug, PartialEq)]
    pub(super) struct Selected<'a> {
        pub(super) kind: Long,
        #[nl(select = kind)]
        pub(super) data: Data<'a>,
    }

    #[derive(NlStruct, Clone, Debug, PartialEq)]
    pub(super) struct Grown {
        pub(super) kind: Long,
        #[nl(optional, pad = 2)]
        pub(super) level: Maybe<Word>,
    }

    #[derive(NlEnum, Clone, Copy, Debug, ::std::default::Default, PartialEq)]
    #[repr(u8)]
    pub(super) enum State {
        #[default]
        None,
        Some,
        Ok,
        Err,
        Number,
        #[nl(other)]
        Other(::core::primitive::u8),
    }

    #[derive(NlMessage, Clone, Debug, ::std::default::Default, PartialEq)]
    pub(super) struct Sensor<'a> {
        #[nl_attr(header)]
        pub(super) header: Header,
        #[nl_attr(1)]
        pub(super) kind: Maybe<Long>,
        #[nl_attr(2, select = kind)]
        pub(super) data: Maybe<Data<'a>>,
        #[nl_attr(3, multi)]
        pub(super) list: List<Cow<'a, ::core::primitive::str>>,
        #[nl_attr(4, be, required)]
        pub(super) port: Maybe<Word>,
        #[nl_attr(5)]
        pub(super) flag: ::core::primitive::bool,
        #[nl_attr(6)]
        pub(super) bits: Maybe<super::flags::Bits>,
        #[nl_attr(7)]
        pub(super) tail: Maybe<Tail<'a>>,
        #[nl_attr(unknown)]
        pub(super) unknown: UnknownAttrs<'a>,
    }

    /// The names of associated types among the variants.
    #[derive(NlUnion, Clone, Debug, PartialEq)]
    pub(super) enum Data<'a> {
        #[nl(1)]
        Some(Long),
        #[nl(2)]
        None,
        #[nl(3)]
        Owned(Header),
        #[nl(4)]
        Union,
        #[nl(5)]
        Of,
        #[nl(other)]
        Other(RawValue<'a>),
    }
}

/// `bitflags!` itself relies on the primitive types, so only the prelude is shadowed here.
mod flags {
    #![allow(dead_code)]

    struct Option;
    struct Some;
    struct None;
    struct Result;
    struct Ok;
    struct Err;
    trait From {}
    trait Into {}
    const SIZE: () = ();

    netlink_core::bitflags! {
        #[derive(netlink_core::NlFlags, Clone, Copy, PartialEq)]
        pub(super) struct Bits: u32 {
            const SOME = 1;
        }
    }
}

/// What a macro by example makes of its arguments, fragments included.
mod made {
    macro_rules! message {
        ($name:ident, $lifetime:lifetime, $($field:ident: $ty:ty = $id:expr, $literal:literal, $path:path;)*) => {
            #[derive(netlink_core::NlMessage, Clone, Debug, Default, PartialEq)]
            pub(super) struct $name<$lifetime> {
                $(
                    #[nl_attr($id)]
                    pub(super) $field: Option<$ty>,
                )*
                #[nl_attr($($literal)*)]
                pub(super) by_literal: Option<u8>,
                #[nl_attr($($path)*, be)]
                pub(super) by_path: Option<u16>,
                #[nl_attr(unknown)]
                pub(super) unknown: netlink_core::wire::UnknownAttrs<$lifetime>,
            }

            #[derive(netlink_core::NlStruct, Clone, Debug, Default, PartialEq)]
            pub(super) struct Header {
                #[nl(pad = $($literal)* - 10)]
                $(pub(super) $field: u16,)*
                pub(super) index: u32,
            }
        };
    }

    macro_rules! number {
        ($name:ident: $repr:ident { $($variant:ident = $value:expr),* }) => {
            #[derive(netlink_core::NlEnum, Clone, Copy, Debug, PartialEq)]
            #[repr($repr)]
            pub(super) enum $name {
                $($variant = $value,)*
                #[nl(other)]
                Other($repr),
            }
        };
    }

    mod uapi {
        pub(super) const PORT: u16 = 13;
    }

    message!(Sensor, 'msg, name: std::borrow::Cow<'msg, str> = 1, 12, uapi::PORT;);
    number!(State: u8 { Down = 2, Up = 2 * 3 });
}

#[test]
fn shadowed_names_change_nothing() {
    use netlink_core::{IntoOwned, NlEnum, NlMessage, NlStruct};
    use shadowed::{Data, Grown, Header, Selected, Sensor, State, Tail};

    let sensor = Sensor {
        header: Header { state: State::Err, level: 1, index: 2 },
        kind: Some(3),
        data: Some(Data::Owned(Header::default())),
        list: vec!["a".into(), "b".into()],
        port: Some(80),
        flag: true,
        bits: Some(flags::Bits::SOME),
        tail: Some(Tail { len: 1, kind: 7, data: vec![9].into() }),
        unknown: Default::default(),
    };
    let bytes = sensor.to_bytes().unwrap();
    assert_eq!(Sensor::decode(&bytes).unwrap().into_owned(), sensor);

    let selected = Selected { kind: 1, data: Data::Some(5) };
    assert_eq!(Selected::decode(&selected.to_bytes().unwrap()).unwrap().into_owned(), selected);
    let grown = Grown { kind: 1, level: None };
    assert_eq!(Grown::decode(&grown.to_bytes().unwrap()).unwrap(), grown);
    assert_eq!(State::Number.name(), Some("Number"));
}

#[test]
fn macros_by_example_can_declare() {
    use made::{Header, Sensor, State};
    use netlink_core::{NlMessage, NlStruct};

    let sensor = Sensor { name: Some("x".into()), by_literal: Some(1), by_path: Some(2), unknown: Default::default() };
    let bytes = sensor.to_bytes().unwrap();
    assert_eq!(Sensor::decode(&bytes).unwrap(), sensor);
    assert_eq!(Header::default().to_bytes().unwrap().len(), 8);
    assert_eq!(State::from(6), State::Up);
}
