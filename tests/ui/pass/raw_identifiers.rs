//! Names that are keywords: `r#type` in Rust is `type` in errors.

use netlink_core::{NlEnum, NlMessage, NlStruct, NlUnion, wire::RawValue};

#[derive(NlMessage, Debug, Default, PartialEq)]
struct r#Sensor<'a> {
    #[nl_attr(1, required)]
    r#type: Option<u32>,
    #[nl_attr(2, select = r#type)]
    r#match: Option<Data<'a>>,
}

#[allow(non_camel_case_types)]
#[derive(NlStruct, Debug, Default, PartialEq)]
struct r#struct<'a> {
    #[nl(len_of = r#in)]
    r#fn: u16,
    r#use: r#enum,
    #[nl(rest)]
    r#in: std::borrow::Cow<'a, [u8]>,
}

#[allow(non_camel_case_types)]
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq)]
#[repr(u16)]
enum r#enum {
    #[default]
    r#if,
    #[nl(other)]
    r#else(u16),
}

#[derive(NlUnion, Debug, PartialEq)]
enum Data<'a> {
    #[nl(1)]
    r#One(u32),
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {
    let error = Sensor::default().to_bytes().unwrap_err();
    assert_eq!(error.path(), "Sensor.type");
    assert_eq!(r#enum::r#if.name(), Some("if"));
    let tail = r#struct { r#in: vec![0; 70_000].into(), ..r#struct::default() };
    assert_eq!(tail.to_bytes().unwrap_err().path(), "struct.fn");
}
