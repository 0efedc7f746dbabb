//! What the kernel refuses, and what it says about it.

use netlink_core::{
    Do, Errno, Error, NlFamily, NlMessage,
    error::Refused,
    wire::{Bitfield32, Text},
};
use netlink_tests::require;

use crate::{
    declared::{How, Kinds, Sample},
    kinds,
};

/// The family, declared without its limits, so that the kernel has something to refuse.
#[derive(NlFamily)]
#[nl(generic = "kinds", version = 3)]
struct Careless {
    #[nl(1)]
    echo: Do<Wild, Wild>,
}

#[derive(NlMessage, Clone, Debug, Default)]
struct Wild {
    #[nl_attr(1)]
    u8: Option<u8>,
    #[nl_attr(2)]
    u16: Option<u16>,
    #[nl_attr(3)]
    u32: Option<u32>,
    /// Too short.
    #[nl_attr(4)]
    u64: Option<u32>,
    #[nl_attr(7)]
    s32: Option<i32>,
    #[nl_attr(11)]
    name: Option<String>,
    #[nl_attr(13)]
    data: Option<Vec<u8>>,
    #[nl_attr(14)]
    mac: Option<Vec<u8>>,
    #[nl_attr(16)]
    bits: Option<Bitfield32<u32>>,
    #[nl_attr(17)]
    nest: Option<Box<Wild>>,
    #[nl_attr(18, indexed)]
    array: Vec<Wild>,
    #[nl_attr(25)]
    count: Option<u32>,
    /// The kernel does not know it.
    #[nl_attr(99)]
    unheard_of: Option<u8>,
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, Error>) -> Refused {
    match answer {
        Err(Error::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_value_that_the_kernel_does_not_accept_is_named() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let wild = Wild::default;
    let cases = [
        (Wild { u8: Some(201), ..wild() }, "Wild.u8"),
        (Wild { u16: Some(9), ..wild() }, "Wild.u16"),
        (Wild { u32: Some(0x100), ..wild() }, "Wild.u32"),
        (Wild { u64: Some(1), ..wild() }, "Wild.u64"),
        (Wild { s32: Some(-1001), ..wild() }, "Wild.s32"),
        (Wild { name: Some("sixteen-letters-".into()), ..wild() }, "Wild.name"),
        (Wild { data: Some(vec![0; 65]), ..wild() }, "Wild.data"),
        (Wild { mac: Some(vec![0; 5]), ..wild() }, "Wild.mac"),
        (Wild { mac: Some(vec![0; 7]), ..wild() }, "Wild.mac"),
        (Wild { bits: Some(Bitfield32 { value: 8, selector: 8 }), ..wild() }, "Wild.bits"),
        (Wild { bits: Some(Bitfield32 { value: 2, selector: 1 }), ..wild() }, "Wild.bits"),
        (Wild { count: Some(100_001), ..wild() }, "Wild.count"),
        (Wild { unheard_of: Some(1), ..wild() }, "Wild.unheard_of"),
        (Wild { nest: Some(Box::new(Wild { u8: Some(250), ..wild() })), ..wild() }, "Wild.nest.u8"),
        (Wild { array: vec![wild(), Wild { s32: Some(1001), ..wild() }], ..wild() }, "Wild.array[1].s32"),
    ];
    for (request, place) in cases {
        let request = Wild { s32: request.s32.or(Some(0)), ..request };
        let refused = refused(kinds.ask(Careless::ECHO.with(&request)));
        let named = refused.field().map(ToString::to_string);
        assert_eq!(named.as_deref(), Some(place), "{refused}");
        assert!(refused.to_string().contains(&format!("`{place}`")), "{refused}");
        assert!(refused.message().is_some(), "{refused}");
    }
    // The connection is as good as before.
    kinds.ask(Careless::ECHO.with(&wild())).unwrap();
}

#[test]
fn what_the_kernel_would_have_accepted_is_told() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let refused = refused(kinds.ask(Careless::ECHO.with(&Wild { u8: Some(250), ..Wild::default() })));
    assert_eq!(refused.errno(), Errno::RANGE);
    assert_eq!(refused.accepts().unwrap().max_value_u, Some(200));
    assert!(refused.to_string().contains("`Wild.u8` is 250; the kernel accepts u8 from 0 to 200"), "{refused}");
}

#[test]
fn declared_limits_are_told_before_anything_is_sent() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let error = kinds.ask(Kinds::ECHO.with(&Sample { u8: Some(201), ..Sample::default() })).unwrap_err();
    assert_eq!(error.to_string(), "the request cannot be sent: `Sample.u8`: 201 is out of range (..=200)");
}

fn how(how: How) -> Sample<'static> {
    Sample { how: Some(how), ..Sample::default() }
}

#[test]
fn the_errno_is_the_kernels_whatever_it_is() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    for errno in [1, 2, 16, 95, 524] {
        let refused = refused(kinds.tell(Kinds::REFUSE.with(&Sample { s32: Some(-errno), ..how(How::Errno) })));
        assert_eq!(refused.errno().raw(), errno);
        assert!(refused.ext_ack().is_empty(), "{refused}");
    }
}

#[test]
fn words_and_places_of_refusals() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let mut ask = |request: &Sample<'_>| refused(kinds.tell(Kinds::REFUSE.with(request)));

    let message = ask(&how(How::Message));
    assert_eq!((message.message(), message.field().is_some()), (Some("refused as asked"), false));

    let nest = || Some(Box::new(Sample { s16: Some(1), ..Sample::default() }));
    let attr = ask(&Sample { nest: nest(), u64: Some(1), ..how(How::Attr) });
    assert_eq!(attr.to_string(), "Invalid argument (EINVAL): this one (`Sample.nest.s16` is 1)");
    assert_eq!(attr.attributes(4), [17, 6]);

    let alone = ask(&Sample { nest: nest(), ..how(How::AttrAlone) });
    assert_eq!((alone.message(), alone.field().unwrap().to_string()), (None, "Sample.nest.s16".to_owned()));

    let policy = ask(&Sample { u8: Some(3), ..how(How::Policy) });
    assert_eq!((policy.message(), policy.field().unwrap().to_string()), (Some("not this"), "Sample.u8".to_owned()));
    assert_eq!(policy.accepts().unwrap().max_value_u, Some(200));
}

#[test]
fn trap_42_what_is_missing_is_named_outside_and_inside_of_nests() {
    let Some(()) = require::linux(6, 1) else { return };
    let Some((_alone, mut kinds)) = kinds() else { return };
    let mut ask = |request: &Sample<'_>| refused(kinds.tell(Kinds::REFUSE.with(request)));

    let outside = ask(&how(How::Missing));
    assert_eq!(outside.missing_field().unwrap().to_string(), "Sample.text", "{outside}");
    assert_eq!((outside.ext_ack().missing, outside.ext_ack().missing_in), (Some(12), None));

    let nest = Some(Box::new(Sample { s16: Some(1), ..Sample::default() }));
    let inside = ask(&Sample { nest, text: Some(Text::from("x")), ..how(How::MissingInside) });
    assert_eq!(inside.missing_field().unwrap().to_string(), "Sample.nest.u8", "{inside}");
    assert_eq!(inside.ext_ack().missing, Some(1));
}

#[test]
fn trap_43_warnings_and_cookies_come_with_success() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    kinds.tell(Kinds::REFUSE.with(&how(How::Warning))).unwrap();
    assert_eq!(kinds.said().message.as_deref(), Some("done, but mind the step"));
    let cookie = 0x0123_4567_89ab_cdef_u64;
    kinds.tell(Kinds::REFUSE.with(&Sample { u64: Some(cookie), ..how(How::Cookie) })).unwrap();
    assert_eq!(kinds.said().cookie, cookie.to_ne_bytes());
    assert_eq!(kinds.said().message, None);
}

#[test]
fn what_only_root_may_do_root_may() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let Some(()) = require::root() else { return };
    kinds.tell(Kinds::ADMIN.with(&Sample::default())).unwrap();
}
