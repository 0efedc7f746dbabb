//! What is declared for all protocols, against the kernel's C headers.

use netlink_core::{
    Errno, NlStruct, Protocol,
    wire::{Attrs, IfName, MAX_PAYLOAD, MessageFlags, MessageHeader, NESTED, NET_BYTEORDER, TYPE_MASK},
};
use netlink_tests::headers::{self, assert_constants, assert_struct};

const NETLINK: &[&str] = &["linux/netlink.h"];

/// The macros of a header's text that start with a prefix and are no functions: name, and the name that counts, which
/// is another one for a macro that only stands for another.
fn macros<'t>(text: &'t str, prefix: &str) -> Vec<(&'t str, &'t str)> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("#define")?.trim_start().split_once([' ', '\t']));
    let named = lines.filter(|(name, _)| name.starts_with(prefix) && !name.contains('('));
    let counts = named.map(|(name, rest)| match rest.split_whitespace().next() {
        Some(other) if other.starts_with(prefix) => (name, other),
        _ => (name, name),
    });
    counts.collect()
}

fn names<'t>(macros: &[(&'t str, &'t str)]) -> Vec<&'t str> {
    macros.iter().map(|(name, _)| *name).collect()
}

/// The protocols stand at the start of the header, before the number of protocols that there can be. What begins with
/// `NETLINK_` after it are socket options.
fn protocols(text: &str) -> Vec<(&str, &str)> {
    let (start, _) = text.split_once("#define MAX_LINKS").expect("MAX_LINKS after the protocols");
    let protocols = macros(start, "NETLINK_");
    assert!(protocols.len() > 20, "only {protocols:?}: the header has changed its shape");
    protocols
}

#[test]
fn every_protocol_of_the_header_has_a_constant_of_its_name() {
    let Some(headers) = headers::find() else { return };
    let text = headers.text("linux/netlink.h");
    let protocols = protocols(&text);
    let numbers = headers.constants(NETLINK, &names(&protocols)).unwrap();
    for (name, counts) in protocols {
        let protocol = Protocol::from_raw(numbers[name].try_into().unwrap());
        assert_eq!(protocol.name(), Some(counts), "{protocol:?}");
    }
}

#[test]
fn no_protocol_has_a_name_that_the_header_lacks() {
    let Some(headers) = headers::find() else { return };
    let text = headers.text("linux/netlink.h");
    let protocols = names(&protocols(&text));
    let most = headers.constants(NETLINK, &["MAX_LINKS"]).unwrap()["MAX_LINKS"];
    for number in 0..u16::try_from(most).unwrap() {
        if let Some(name) = Protocol::from_raw(number).name() {
            assert!(protocols.contains(&name), "{name} = {number}");
        }
    }
}

#[test]
fn message_flags_are_those_of_the_header() {
    let Some(headers) = headers::find() else { return };
    let declared = [
        ("NLM_F_REQUEST", MessageFlags::REQUEST),
        ("NLM_F_MULTI", MessageFlags::MULTI),
        ("NLM_F_ACK", MessageFlags::ACK),
        ("NLM_F_ECHO", MessageFlags::ECHO),
        ("NLM_F_DUMP_INTR", MessageFlags::DUMP_INTR),
        ("NLM_F_DUMP_FILTERED", MessageFlags::DUMP_FILTERED),
        ("NLM_F_ROOT", MessageFlags::ROOT),
        ("NLM_F_MATCH", MessageFlags::MATCH),
        ("NLM_F_ATOMIC", MessageFlags::ATOMIC),
        ("NLM_F_DUMP", MessageFlags::DUMP),
        ("NLM_F_REPLACE", MessageFlags::REPLACE),
        ("NLM_F_EXCL", MessageFlags::EXCL),
        ("NLM_F_CREATE", MessageFlags::CREATE),
        ("NLM_F_APPEND", MessageFlags::APPEND),
        ("NLM_F_NONREC", MessageFlags::NONREC),
        ("NLM_F_BULK", MessageFlags::BULK),
        ("NLM_F_CAPPED", MessageFlags::CAPPED),
        ("NLM_F_ACK_TLVS", MessageFlags::ACK_TLVS),
    ];
    assert_constants(&headers, NETLINK, &declared.map(|(name, flags)| (name, flags.bits().into())));

    let text = headers.text("linux/netlink.h");
    let lacking: Vec<&str> = names(&macros(&text, "NLM_F_"))
        .into_iter()
        .filter(|name| !declared.iter().any(|(ours, _)| ours == name))
        .collect();
    assert!(lacking.is_empty(), "flags that the header has and `MessageFlags` has not: {lacking:?}");
}

#[test]
fn trap_34_the_two_flag_bits_of_attributes_and_their_mask_are_those_of_the_header() {
    let Some(headers) = headers::find() else { return };
    assert_constants(
        &headers,
        NETLINK,
        &[
            ("NLA_F_NESTED", NESTED.into()),
            ("NLA_F_NET_BYTEORDER", NET_BYTEORDER.into()),
            ("(unsigned short)NLA_TYPE_MASK", TYPE_MASK.into()),
            // The length field is the header's first member: nothing longer can be said.
            ("(unsigned short)~0 - NLA_HDRLEN", MAX_PAYLOAD.try_into().unwrap()),
        ],
    );
}

#[test]
fn names_of_interfaces_are_as_long_as_in_the_header() {
    let Some(headers) = headers::find() else { return };
    let size = headers.constants(&["sys/socket.h", "linux/if.h"], &["IFNAMSIZ"]).unwrap()["IFNAMSIZ"];
    let size = usize::try_from(size).unwrap();
    assert!(IfName::try_from("x".repeat(size - 1).as_str()).is_ok());
    assert!(IfName::try_from("x".repeat(size).as_str()).is_err());
}

#[test]
fn the_message_header_is_laid_out_as_in_c() {
    let Some(headers) = headers::find() else { return };
    let members = [
        ("nlmsg_len", 0x0102_0304_u32.into()),
        ("nlmsg_type", 0x0506_u16.into()),
        ("nlmsg_flags", 0x0708_u16.into()),
        ("nlmsg_seq", 0x090a_0b0c_u32.into()),
        ("nlmsg_pid", 0x0d0e_0f10_u32.into()),
    ];
    let bytes = headers.bytes(NETLINK, "struct nlmsghdr", &members).unwrap();
    let header = MessageHeader {
        len: 0x0102_0304,
        kind: 0x0506,
        flags: MessageFlags::from_bits(0x0708),
        seq: 0x090a_0b0c,
        port: 0x0d0e_0f10,
    };
    assert_eq!(header.to_bytes(), *bytes);
    assert_eq!(MessageHeader::from_bytes(bytes.first_chunk().unwrap()), header);
    assert_eq!(bytes.len(), MessageHeader::SIZE);
}

#[test]
fn the_attribute_header_is_laid_out_as_in_c() {
    let Some(headers) = headers::find() else { return };
    let bytes = headers.bytes(NETLINK, "struct nlattr", &[("nla_len", 4_u16.into()), ("nla_type", 0x4321_u16.into())]);
    let bytes = bytes.unwrap();
    let attr = Attrs::new(&bytes).next().unwrap().unwrap();
    assert_eq!((attr.kind, attr.payload), (0x4321, &[][..]));
}

#[test]
fn error_numbers_have_the_names_of_the_header() {
    // Other architectures number the later ones differently, and headers are exported for one.
    if !cfg!(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")) {
        netlink_tests::skip!("needs an architecture with the numbers of asm-generic/errno.h");
    }
    let Some(headers) = headers::find() else { return };
    let text = headers.text("asm-generic/errno-base.h") + &headers.text("asm-generic/errno.h");
    let macros = macros(&text, "E");
    assert!(macros.len() > 130, "only {macros:?}: the header has changed its shape");
    let numbers = headers.constants(&["asm-generic/errno.h"], &names(&macros)).unwrap();
    for (name, counts) in macros {
        let errno = Errno::from_raw(numbers[name].try_into().unwrap());
        assert_eq!(errno.name(), Some(counts), "{name} = {}", numbers[name]);
    }
}

// The tooling itself.

#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct GenericHeader {
    command: u8,
    #[nl(pad = 2)]
    version: u8,
}

/// `command` and `version` the wrong way round.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct Swapped {
    version: u8,
    #[nl(pad = 2)]
    command: u8,
}

#[test]
fn a_derived_struct_is_compared_with_a_c_struct_by_its_bytes() {
    let Some(headers) = headers::find() else { return };
    let members = [("cmd", 3_u8.into()), ("version", 2_u8.into())];
    let value = GenericHeader { command: 3, version: 2 };
    assert_struct(&headers, &["linux/genetlink.h"], "struct genlmsghdr", &members, &value);
}

#[test]
fn a_derived_struct_that_differs_from_the_c_struct_is_found_out() {
    let Some(headers) = headers::find() else { return };
    let message = message_of_panic(|| {
        let members = [("cmd", 3_u8.into()), ("version", 2_u8.into())];
        let value = Swapped { command: 3, version: 2 };
        assert_struct(&headers, &["linux/genetlink.h"], "struct genlmsghdr", &members, &value);
    });
    assert!(message.contains("`struct genlmsghdr` is read wrongly from [03, 02, 00, 00]"), "{message}");
}

fn message_of_panic(panics: impl FnOnce()) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics)).unwrap_err();
    *panic.downcast::<String>().unwrap()
}

#[test]
fn layouts_reach_into_unions_and_arrays() {
    let Some(headers) = headers::find() else { return };
    let members = ["what", "timestamp_ns", "event_data.comm.comm", "event_data.comm.comm[3]"];
    let layout = headers.layout(&["linux/cn_proc.h"], "struct proc_event", &members).unwrap();
    assert_eq!((layout.size, layout.align), (40, 8));
    assert_eq!(members.map(|member| layout.members[member]), [(0, 4), (8, 8), (24, 16), (27, 1)]);
}

#[test]
fn bytes_are_filled_with_numbers_of_either_sign_and_with_text() {
    let Some(headers) = headers::find() else { return };
    let members = [
        ("what", 0x8000_0000_u32.into()),
        ("timestamp_ns", u64::MAX.into()),
        ("event_data.comm.process_pid", i32::MIN.into()),
        ("event_data.comm.comm", "sh".into()),
        ("event_data.comm.comm[15]", (-1_i8).into()),
    ];
    let bytes = headers.bytes(&["linux/cn_proc.h"], "struct proc_event", &members).unwrap();
    let mut expected = [0; 40];
    expected[..4].copy_from_slice(&0x8000_0000_u32.to_ne_bytes());
    expected[8..16].copy_from_slice(&[0xff; 8]);
    expected[16..20].copy_from_slice(&i32::MIN.to_ne_bytes());
    expected[24..26].copy_from_slice(b"sh");
    expected[39] = 0xff;
    assert_eq!(bytes, expected);
}

#[test]
fn constants_of_any_sign_and_width_survive() {
    let Some(headers) = headers::find() else { return };
    let names = ["~0ULL", "-1", "(-9223372036854775807LL - 1)", "NLMSG_MIN_TYPE", "NL_ATTR_TYPE_UINT"];
    let numbers = headers.constants(NETLINK, &names).unwrap();
    let numbers = names.map(|name| numbers[name]);
    assert_eq!(numbers, [u64::MAX.into(), -1, i64::MIN.into(), 16, 17]);
}

#[test]
fn what_the_headers_lack_is_named() {
    let Some(headers) = headers::find() else { return };
    let error = headers.constants(NETLINK, &["NLM_F_ACK", "NLM_F_NACK", "NLM_F_ROOT", "NLM_F_LEAF"]).unwrap_err();
    assert!(error.to_string().contains(" has no `NLM_F_NACK`, `NLM_F_LEAF`, or not"), "{error}");

    let error = headers.layout(NETLINK, "struct nlattr", &["nla_len", "nla_color"]).unwrap_err();
    assert!(error.to_string().contains(" has no `nla_color`, or not"), "{error}");

    let error = headers.bytes(NETLINK, "struct nlattr", &[("nla_len", "abc".into())]).unwrap_err();
    assert!(error.to_string().contains(" has no `nla_len`, or not"), "{error}");

    let error = headers.layout(NETLINK, "struct nlaptr", &[]).unwrap_err();
    assert!(error.to_string().contains(" has no `struct nlaptr`, or not"), "{error}");

    let error = headers.constants(&["linux/no_such_header.h"], &["X"]).unwrap_err();
    assert!(error.to_string().contains("no_such_header.h"), "{error}");
}

#[test]
fn all_constants_that_differ_are_shown_at_once() {
    let Some(headers) = headers::find() else { return };
    let declared = [("NLM_F_ACK", 4), ("NLM_F_ECHO", 9), ("NLM_F_ROOT", -1)];
    let message = message_of_panic(|| assert_constants(&headers, NETLINK, &declared));
    assert!(!message.contains("NLM_F_ACK"), "{message}");
    assert!(message.contains("NLM_F_ECHO: declared 9 (0x9), is 8 (0x8)"), "{message}");
    assert!(message.contains("NLM_F_ROOT: declared -1 ("), "{message}");
}
