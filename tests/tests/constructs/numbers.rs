//! Numbers: widths, byte orders, names, bits.

use std::net::Ipv4Addr;

use netlink_core::{
    NlEnum, NlFlags, NlMessage, NlStruct,
    wire::{Bitfield32, UnknownAttrs},
};

use crate::{again, both, refused, unsendable, wire};

/// The options of the tc classifier `flower`: each number has an order of its own.
#[derive(NlMessage, Debug, Default, PartialEq)]
struct Flower {
    #[nl_attr(9)]
    ip_proto: Option<u8>,
    #[nl_attr(19, be)]
    tcp_dst: Option<u16>,
    #[nl_attr(12)]
    dst: Option<Ipv4Addr>,
    #[nl_attr(13)]
    dst_mask: Option<Ipv4Addr>,
    #[nl_attr(22)]
    flags: Option<u32>,
    #[nl_attr(8, be)]
    eth_type: Option<u16>,
}

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Every {
    #[nl_attr(1)]
    u8: Option<u8>,
    #[nl_attr(2)]
    i8: Option<i8>,
    #[nl_attr(3)]
    u16: Option<u16>,
    #[nl_attr(4, be)]
    u16_be: Option<u16>,
    #[nl_attr(5, le)]
    u16_le: Option<u16>,
    #[nl_attr(6)]
    i16: Option<i16>,
    #[nl_attr(7, be)]
    i16_be: Option<i16>,
    #[nl_attr(8, le)]
    i16_le: Option<i16>,
    #[nl_attr(9)]
    u32: Option<u32>,
    #[nl_attr(10, be)]
    u32_be: Option<u32>,
    #[nl_attr(11, le)]
    u32_le: Option<u32>,
    #[nl_attr(12)]
    i32: Option<i32>,
    #[nl_attr(13, be)]
    i32_be: Option<i32>,
    #[nl_attr(14, le)]
    i32_le: Option<i32>,
    #[nl_attr(15)]
    u64: Option<u64>,
    #[nl_attr(16, be)]
    u64_be: Option<u64>,
    #[nl_attr(17, le)]
    u64_le: Option<u64>,
    #[nl_attr(18)]
    i64: Option<i64>,
    #[nl_attr(19, be)]
    i64_be: Option<i64>,
    #[nl_attr(20, le)]
    i64_le: Option<i64>,
}

#[test]
fn c01_scalars_in_every_order() {
    // What `tc filter add ... protocol ip flower skip_hw ip_proto tcp dst_port 80 dst_ip 10.0.0.0/8` sends.
    let bytes = wire(
        "05 00 09 00 06 00 00 00  06 00 13 00 00 50 00 00  08 00 0c 00 0a 00 00 00  08 00 0d 00 ff 00 00 00
         08 00 16 00 01 00 00 00  06 00 08 00 08 00 00 00",
    );
    let flower = Flower {
        ip_proto: Some(6),
        tcp_dst: Some(80),
        dst: Some(Ipv4Addr::new(10, 0, 0, 0)),
        dst_mask: Some(Ipv4Addr::new(255, 0, 0, 0)),
        flags: Some(1),
        eth_type: Some(0x0800),
    };
    both(&bytes, &flower);

    // After `nla_put_u8` and its like (include/net/netlink.h).
    let bytes = wire(
        "05 00 01 00 fe 00 00 00  05 00 02 00 fe 00 00 00
         06 00 03 00 02 01 00 00  06 00 04 00 01 02 00 00  06 00 05 00 02 01 00 00
         06 00 06 00 fe ff 00 00  06 00 07 00 ff fe 00 00  06 00 08 00 fe ff 00 00
         08 00 09 00 04 03 02 01  08 00 0a 00 01 02 03 04  08 00 0b 00 04 03 02 01
         08 00 0c 00 fe ff ff ff  08 00 0d 00 ff ff ff fe  08 00 0e 00 fe ff ff ff
         0c 00 0f 00 08 07 06 05 04 03 02 01  0c 00 10 00 01 02 03 04 05 06 07 08
         0c 00 11 00 08 07 06 05 04 03 02 01
         0c 00 12 00 fe ff ff ff ff ff ff ff  0c 00 13 00 ff ff ff ff ff ff ff fe
         0c 00 14 00 fe ff ff ff ff ff ff ff",
    );
    let (short, int, long) = (Some(0x0102), Some(0x0102_0304), Some(0x0102_0304_0506_0708));
    let every = Every {
        u8: Some(254),
        i8: Some(-2),
        u16: short,
        u16_be: short,
        u16_le: short,
        i16: Some(-2),
        i16_be: Some(-2),
        i16_le: Some(-2),
        u32: int,
        u32_be: int,
        u32_le: int,
        i32: Some(-2),
        i32_be: Some(-2),
        i32_le: Some(-2),
        u64: long,
        u64_be: long,
        u64_le: long,
        i64: Some(-2),
        i64_be: Some(-2),
        i64_le: Some(-2),
    };
    both(&bytes, &every);

    let short = wire("08 00 01 00 01 00 00 00");
    assert_eq!(refused::<Every>(&short), "`Every.u8`: 4 bytes where 1 are expected (at byte 4)");
}

/// What a network device counted (`NETDEV_CMD_QSTATS_GET`).
#[derive(NlMessage, Debug, Default, PartialEq)]
struct QueueStats {
    #[nl_attr(1)]
    ifindex: Option<u32>,
    #[nl_attr(8, uint)]
    rx_packets: Option<u64>,
    #[nl_attr(9, uint)]
    rx_bytes: Option<u64>,
    #[nl_attr(100, sint)]
    balance: Option<i64>,
    #[nl_attr(101, uint, range = ..=9)]
    little: Option<u64>,
}

#[test]
fn c02_uint_and_sint_take_four_bytes_or_eight() {
    // The kernel about a virtio-net device.
    let bytes = wire("08 00 01 00 04 00 00 00  08 00 08 00 bc 2f 00 00  08 00 09 00 78 5c 51 20");
    let stats =
        QueueStats { ifindex: Some(4), rx_packets: Some(0x2fbc), rx_bytes: Some(0x2051_5c78), ..QueueStats::default() };
    both(&bytes, &stats);

    // Nothing is aligned to more than 4 bytes.
    let bytes = wire("08 00 08 00 ff ff ff ff  0c 00 09 00 00 00 00 00 01 00 00 00");
    let stats = QueueStats { rx_packets: Some(0xffff_ffff), rx_bytes: Some(1 << 32), ..QueueStats::default() };
    both(&bytes, &stats);
    for (bytes, balance) in [
        ("08 00 64 00 ff ff ff ff", -1),
        ("08 00 64 00 00 00 00 80", i64::from(i32::MIN)),
        ("0c 00 64 00 ff ff ff 7f ff ff ff ff", i64::from(i32::MIN) - 1),
        ("0c 00 64 00 00 00 00 80 00 00 00 00", i64::from(i32::MAX) + 1),
    ] {
        both(&wire(bytes), &QueueStats { balance: Some(balance), ..QueueStats::default() });
    }

    // Eight bytes for a number that four would do for are understood, too; two are not.
    let long = wire("0c 00 64 00 ff ff ff ff ff ff ff ff");
    assert_eq!(QueueStats::decode(&long).unwrap().balance, Some(-1));
    let short = wire("06 00 08 00 01 00 00 00");
    assert_eq!(refused::<QueueStats>(&short), "`QueueStats.rx_packets`: 2 bytes where 8 are expected (at byte 4)");
    let large = QueueStats { little: Some(10), ..QueueStats::default() };
    assert_eq!(unsendable(&large), "`QueueStats.little`: 10 is out of range (..=9)");
}

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Flagged {
    #[nl_attr(1)]
    learning: bool,
    #[nl_attr(2)]
    flood: bool,
}

#[test]
fn c03_a_flag_has_no_payload_and_tolerates_one() {
    // After `nla_put_flag` (include/net/netlink.h).
    let bytes = wire("04 00 01 00");
    both(&bytes, &Flagged { learning: true, flood: false });
    both(&wire("04 00 01 00 04 00 02 00"), &Flagged { learning: true, flood: true });
    both(&[], &Flagged::default());

    let grown = wire("08 00 01 00 00 00 00 00  05 00 02 00 00 00 00 00");
    assert_eq!(Flagged::decode(&grown).unwrap(), Flagged { learning: true, flood: true });
}

netlink_core::bitflags! {
    /// `TC_RED_*` (linux/pkt_sched.h).
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq)]
    struct RedFlags: u32 {
        const ECN = 1;
        const HARDDROP = 2;
        const ADAPTATIVE = 4;
        const NODROP = 8;
    }
}

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Red {
    #[nl_attr(3)]
    max_p: Option<u32>,
    #[nl_attr(4)]
    flags: Option<Bitfield32<RedFlags>>,
}

#[test]
fn c12_bitfield32_is_bits_and_the_mask_of_what_is_meant() {
    // The end of what `tc qdisc add ... red ... ecn nodrop` sends.
    let bytes = wire("08 00 03 00 99 99 99 19  0c 00 04 00 09 00 00 00 0f 00 00 00");
    let flags = Bitfield32 { value: RedFlags::ECN | RedFlags::NODROP, selector: RedFlags::all() };
    both(&bytes, &Red { max_p: Some(0x1999_9999), flags: Some(flags) });

    // Bits of kernels to come.
    let newer = wire("0c 00 04 00 41 00 00 00 c1 00 00 00");
    again::<Red>(&newer);
    let flags = Red::decode(&newer).unwrap().flags.unwrap();
    assert_eq!((flags.value.bits(), flags.selector.bits()), (0x41, 0xc1));
    let short = wire("08 00 04 00 09 00 00 00");
    assert_eq!(refused::<Red>(&short), "`Red.flags`: 4 bytes where 8 are expected (at byte 4)");
}

/// `IF_OPER_*` (linux/if.h).
#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
enum OperState {
    Unknown,
    Down = 2,
    Up = 6,
    #[nl(other)]
    Other(u8),
}

/// `NL_ATTR_TYPE_*` (linux/netlink.h).
#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
enum AttrType {
    U16 = 3,
    U32 = 4,
    #[nl(other)]
    Other(u8),
}

/// The kernel's answers, and a number of its own.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(i32)]
enum Answer {
    Drop = -1,
    Accept = 0x0102,
    #[nl(other)]
    Other(i32),
}

#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(u64)]
enum Wide {
    First = 1,
    Last = 0x1_0000_0000,
    #[nl(other)]
    Other(u64),
}

netlink_core::bitflags! {
    /// `BRIDGE_VLAN_INFO_*` (linux/if_bridge.h).
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq)]
    struct VlanFlags: u16 {
        const PVID = 1 << 1;
        const UNTAGGED = 1 << 2;
    }

    /// `NETDEV_QSTATS_SCOPE_*` (linux/netdev.h): an enum used as bits.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq)]
    struct Scope: u64 {
        const QUEUE = 1;
    }
}

/// `struct bridge_vlan_info` (linux/if_bridge.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct VlanInfo {
    flags: VlanFlags,
    vid: u16,
}

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Named<'a> {
    #[nl_attr(2)]
    vlan: Option<VlanInfo>,
    #[nl_attr(16, range = ..=127)]
    operstate: Option<OperState>,
    #[nl_attr(17, as = u32)]
    attr_type: Option<AttrType>,
    #[nl_attr(18, be)]
    answer: Option<Answer>,
    #[nl_attr(19, uint)]
    scope: Option<Scope>,
    #[nl_attr(20, uint)]
    wide: Option<Wide>,
    #[nl_attr(21, be)]
    vlan_flags: Option<VlanFlags>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[test]
fn c15_enums_and_flags_have_the_width_of_their_attribute_and_keep_what_has_no_name() {
    // What `bridge vlan add ... vid 10 pvid untagged` sends; IFLA_OPERSTATE of the kernel; NL_POLICY_TYPE_ATTR_TYPE.
    let bytes = wire(
        "08 00 02 00 06 00 0a 00  05 00 10 00 06 00 00 00  08 00 11 00 03 00 00 00
         08 00 12 00 ff ff ff ff  08 00 13 00 01 00 00 00  0c 00 14 00 00 00 00 00 01 00 00 00
         06 00 15 00 00 06 00 00",
    );
    let flags = VlanFlags::PVID | VlanFlags::UNTAGGED;
    let named = Named {
        vlan: Some(VlanInfo { flags, vid: 10 }),
        operstate: Some(OperState::Up),
        attr_type: Some(AttrType::U16),
        answer: Some(Answer::Drop),
        scope: Some(Scope::QUEUE),
        wide: Some(Wide::Last),
        vlan_flags: Some(flags),
        unknown: UnknownAttrs::default(),
    };
    both(&bytes, &named);
    assert_eq!(OperState::Up.name(), Some("Up"));

    let newer = wire(
        "08 00 02 00 06 80 0a 00  05 00 10 00 4d 00 00 00  08 00 11 00 fe 00 00 00
         08 00 12 00 80 00 00 00  0c 00 13 00 02 00 00 00 04 00 00 00  08 00 14 00 02 00 00 00",
    );
    let named = Named::decode(&newer).unwrap();
    assert_eq!((named.operstate, named.attr_type), (Some(OperState::Other(77)), Some(AttrType::Other(254))));
    assert_eq!((named.answer, named.wide), (Some(Answer::Other(i32::MIN)), Some(Wide::Other(2))));
    again::<Named<'_>>(&newer);

    // What is wider on the wire than in Rust may say more than Rust can.
    let large = wire("08 00 11 00 00 01 00 00");
    let error = "`Named.attr_type`: the number is too large for its type in Rust (at byte 4)";
    assert_eq!(refused::<Named<'_>>(&large), error);
    let high = Named { operstate: Some(OperState::Other(128)), ..Named::default() };
    assert_eq!(unsendable(&high), "`Named.operstate`: 128 is out of range (..=127)");
}
