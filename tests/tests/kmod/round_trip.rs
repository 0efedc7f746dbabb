//! Values to the kernel and back. That they come back proves little, since an error in both directions cancels out: so
//! the kernel also tells as text what it read.

use netlink_core::{
    IntoOwned, NlFamily,
    wire::{Bitfield32, MacAddr},
};
use netlink_tests::{
    conformance::{Policy, PolicyCheck},
    require,
};

use crate::{
    declared::{Kinds, Sample, Seen},
    kinds,
};

/// Sends a sample, compares what comes back, and gives what the kernel read.
#[track_caller]
fn echo(sample: &Sample<'_>) -> Option<Seen<'static>> {
    let (_alone, mut kinds) = kinds()?;
    let mut reply = kinds.ask(Kinds::ECHO.with(sample)).unwrap().into_owned();
    let seen = reply.seen.take();
    assert_eq!(reply, *sample);
    Some(seen.expect("what the kernel read"))
}

#[test]
fn numbers_of_each_width_and_byte_order() {
    let sample = Sample {
        u8: Some(200),
        u16: Some(0x1234),
        u32: Some(0xab_00cd),
        u64: Some(0x0123_4567_89ab_cdef),
        s8: Some(-100),
        s16: Some(-12345),
        s32: Some(-987),
        s64: Some(-1_234_567_890_123),
        be16: Some(0x1f90),
        be32: Some(0x0102_0304),
        ..Sample::default()
    };
    let Some(seen) = echo(&sample) else { return };
    assert_eq!(
        seen,
        Seen {
            u8: Some("200".into()),
            u16: Some("4660".into()),
            u32: Some("11206861".into()),
            u64: Some("81985529216486895".into()),
            s8: Some("-100".into()),
            s16: Some("-12345".into()),
            s32: Some("-987".into()),
            s64: Some("-1234567890123".into()),
            be16: Some("8080".into()),
            be32: Some("16909060".into()),
            ..Seen::default()
        }
    );
}

#[test]
fn the_ends_of_the_ranges() {
    let least = Sample {
        u8: Some(0),
        u16: Some(10),
        u32: Some(0),
        u64: Some(0),
        s8: Some(i8::MIN),
        s16: Some(i16::MIN),
        s32: Some(-1000),
        s64: Some(i64::MIN),
        be16: Some(0),
        be32: Some(0),
        ..Sample::default()
    };
    let Some(seen) = echo(&least) else { return };
    assert_eq!(seen.s64, Some("-9223372036854775808".into()));
    assert_eq!(seen.s8, Some("-128".into()));
    let most = Sample {
        u8: Some(200),
        u16: Some(u16::MAX),
        u32: Some(0xff_00ff),
        u64: Some(u64::MAX),
        s8: Some(i8::MAX),
        s16: Some(i16::MAX),
        s32: Some(1000),
        s64: Some(i64::MAX),
        be16: Some(u16::MAX),
        be32: Some(u32::MAX),
        ..Sample::default()
    };
    let seen = echo(&most).unwrap();
    assert_eq!(seen.u64, Some("18446744073709551615".into()));
    assert_eq!(seen.be32, Some("4294967295".into()));
}

#[test]
fn texts_bytes_flags_and_bits() {
    let sample = Sample {
        name: Some("fifteen-letters".into()),
        text: Some("longer than any name can be, and å".into()),
        data: Some(vec![0, 1, 0xfe, 0xff].into()),
        mac: Some(MacAddr([2, 0, 0, 0, 0, 0x1b])),
        flag: true,
        bits: Some(Bitfield32 { value: 5, selector: 7 }),
        ..Sample::default()
    };
    let Some(seen) = echo(&sample) else { return };
    assert_eq!(
        seen,
        Seen {
            name: Some("fifteen-letters".into()),
            text: Some("longer than any name can be, and å".into()),
            data: Some("0001feff".into()),
            mac: Some("02000000001b".into()),
            flag: Some("0 bytes".into()),
            bits: Some("5 of 7".into()),
            ..Seen::default()
        }
    );
}

#[test]
fn nests_arrays_and_attributes_that_repeat() {
    let leaf = |id: u16| Sample { u16: Some(id), flag: true, ..Sample::default() };
    let sample = Sample {
        nest: Some(Box::new(Sample { nest: Some(Box::new(leaf(77))), u8: Some(1), ..Sample::default() })),
        array: vec![leaf(11), leaf(12), Sample { be16: Some(13), ..Sample::default() }],
        tags: vec![500, 400, 500],
        ..Sample::default()
    };
    let Some(seen) = echo(&sample) else { return };
    assert_eq!(seen.nest, Some("2 inside".into()));
    assert_eq!(seen.array, Some("3 inside".into()));
    assert_eq!(seen.tags, ["500", "400", "500"]);
}

#[test]
fn integers_of_variable_width() {
    let Some(()) = require::linux(6, 7) else { return };
    let cases = [
        (0, 0, "0 in 4 bytes", "0 in 4 bytes"),
        (u64::from(u32::MAX), i64::from(i32::MIN), "4294967295 in 4 bytes", "-2147483648 in 4 bytes"),
        (1 << 32, -(1 << 31) - 1, "4294967296 in 8 bytes", "-2147483649 in 8 bytes"),
        (u64::MAX, i64::MIN, "18446744073709551615 in 8 bytes", "-9223372036854775808 in 8 bytes"),
    ];
    for (uint, sint, seen_uint, seen_sint) in cases {
        let Some(seen) = echo(&Sample { uint: Some(uint), sint: Some(sint), ..Sample::default() }) else { return };
        assert_eq!((seen.uint, seen.sint), (Some(seen_uint.into()), Some(seen_sint.into())));
    }
}

#[test]
fn the_declaration_is_what_the_running_kernel_accepts() {
    let Some((_alone, _kinds)) = kinds() else { return };
    let policy = Policy::of_kernel(Kinds::INFO.name).unwrap().unwrap();
    let mut check = PolicyCheck::new(&policy);
    check.family(Kinds::SCHEMA);
    let report = check.report();
    report.assert();
    // All that the kernel tells of: it says nothing of big-endian numbers.
    let told = ["u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "name", "text", "data", "mac", "flag", "bits"];
    for field in told.into_iter().chain(["nest", "array", "tags", "id", "count", "interrupt", "how"]) {
        assert!(report.compared.contains(&format!("Sample.{field}")), "{field}: {report}");
    }
    assert_eq!(report.undeclared.len(), 0, "{report}");
}
