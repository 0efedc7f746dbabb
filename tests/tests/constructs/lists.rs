//! Attributes that hold attributes whose numbers count, or say something.

use std::{borrow::Cow, net::Ipv4Addr};

use netlink_core::{
    IntoOwned, NlEnum, NlMessage,
    wire::{Bitfield32, UnknownAttrs},
};

use crate::{again, both, refused, unsendable, wire};

/// A part of what the controller of generic netlink says of a family.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Family<'a> {
    #[nl_attr(2)]
    name: Option<Cow<'a, str>>,
    #[nl_attr(1)]
    id: Option<u16>,
    #[nl_attr(6, indexed, plain)]
    operations: Option<Vec<FamilyOperation>>,
    #[nl_attr(7, indexed, plain)]
    groups: Vec<FamilyGroup<'a>>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct FamilyOperation {
    #[nl_attr(1)]
    id: Option<u32>,
    #[nl_attr(2)]
    flags: Option<u32>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct FamilyGroup<'a> {
    #[nl_attr(2)]
    id: Option<u32>,
    #[nl_attr(1, len = ..=15)]
    name: Option<Cow<'a, str>>,
}

/// IFLA_INFO_DATA of the link `bond`: the kernel counts the targets from 0.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Bond<'a> {
    #[nl_attr(1)]
    mode: Option<u8>,
    #[nl_attr(7)]
    arp_interval: Option<u32>,
    #[nl_attr(8, numbered, plain)]
    arp_ip_target: Vec<(u16, Ipv4Addr)>,
    #[nl_attr(100, indexed, be)]
    ports: Option<Vec<u32>>,
    #[nl_attr(101, indexed)]
    blobs: Option<Vec<Cow<'a, [u8]>>>,
}

/// The actions of a request of tc: their numbers are the order in which they are done.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Actions<'a> {
    #[nl_attr(1, numbered, plain)]
    tab: Vec<(u16, Action<'a>)>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Action<'a> {
    #[nl_attr(1)]
    kind: Option<Cow<'a, str>>,
    #[nl_attr(2)]
    options: Option<Gact>,
    #[nl_attr(7)]
    flags: Option<Bitfield32<u32>>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Gact {
    #[nl_attr(2)]
    parms: Option<[u8; 20]>,
}

#[test]
fn c10_an_array_whose_numbers_count_and_one_whose_numbers_matter() {
    // The kernel about the generic family `netdev`, without most of its operations.
    let bytes = wire(
        "0b 00 02 00 'netdev' 00 00  06 00 01 00 14 00 00 00
         2c 00 06 00  14 00 01 00 08 00 01 00 01 00 00 00 08 00 02 00 0e 00 00 00
                      14 00 02 00 08 00 01 00 05 00 00 00 08 00 02 00 0e 00 00 00
         38 00 07 00  18 00 01 00 08 00 02 00 04 00 00 00 09 00 01 00 'mgmt' 00 00 00 00
                      1c 00 02 00 08 00 02 00 05 00 00 00 0e 00 01 00 'page-pool' 00 00 00",
    );
    let operation = |id| FamilyOperation { id: Some(id), flags: Some(14) };
    let group = |id, name| FamilyGroup { id: Some(id), name: Some(Cow::Borrowed(name)) };
    let family = Family {
        name: Some("netdev".into()),
        id: Some(20),
        operations: Some(vec![operation(1), operation(5)]),
        groups: vec![group(4, "mgmt"), group(5, "page-pool")],
    };
    both(&bytes, &family);
    assert_eq!(Family::decode(&bytes).unwrap().into_owned(), family);

    let mut broken = bytes.clone();
    broken[48] = 7;
    let error = "`Family.operations[1].id`: 3 bytes where 4 are expected (at byte 52)";
    assert_eq!(refused::<Family<'_>>(&broken), error);
    let long = Family { groups: vec![group(1, "a"), group(2, "a-name-too-long-")], ..Family::default() };
    assert_eq!(unsendable(&long), "`Family.groups[1].name`: 16 where at most 15 fit");

    // `ip link add bo type bond mode 1 arp_interval 100 arp_ip_target 10.0.0.2,10.0.0.3` sends this, but for
    // the last line.
    let bytes = wire(
        "05 00 01 00 01 00 00 00  08 00 07 00 64 00 00 00
         14 00 08 00 08 00 00 00 0a 00 00 02 08 00 01 00 0a 00 00 03
         14 00 64 80 08 00 01 00 00 00 00 50 08 00 02 00 00 00 01 bb  10 00 65 80 04 00 01 00 05 00 02 00 ff 00 00 00",
    );
    let bond = Bond {
        mode: Some(1),
        arp_interval: Some(100),
        arp_ip_target: vec![(0, Ipv4Addr::new(10, 0, 0, 2)), (1, Ipv4Addr::new(10, 0, 0, 3))],
        ports: Some(vec![80, 443]),
        blobs: Some(vec![Cow::default(), [0xff][..].into()]),
    };
    both(&bytes, &bond);

    // `tc actions add action gact pass index 7 action gact drop index 8 no_percpu` sends this.
    let bytes = wire(
        "68 00 01 00
         2c 00 01 00 09 00 01 00 'gact' 00 00 00 00 1c 00 02 80 18 00 02 00
         07 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
         38 00 02 00 09 00 01 00 'gact' 00 00 00 00 1c 00 02 80 18 00 02 00
         08 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 00 00 00 00 0c 00 07 00 01 00 00 00 01 00 00 00",
    );
    again::<Actions<'_>>(&bytes);
    let actions = Actions::decode(&bytes).unwrap();
    assert_eq!(actions.tab[1].0, 2);
    assert_eq!(actions.tab[1].1.flags, Some(Bitfield32 { value: 1, selector: 1 }));
    // Where the number matters, it is the name of the element.
    let nul = Actions { tab: vec![(5, Action { kind: Some("a\0b".into()), ..Action::default() })] };
    assert_eq!(unsendable(&nul), "`Actions.tab[5].kind`: text with a NUL byte inside would end there");
}

/// What the controller says of policies: by policy and attribute, and by operation.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Policies<'a> {
    #[nl_attr(1)]
    id: Option<u16>,
    #[nl_attr(9, numbered)]
    operations: Option<Vec<(u16, OperationPolicy)>>,
    #[nl_attr(8, numbered, levels = 2)]
    policies: Vec<(u16, Vec<(u16, AttributePolicy)>)>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct OperationPolicy {
    #[nl_attr(1)]
    do_: Option<u32>,
    #[nl_attr(2)]
    dump: Option<u32>,
}

const NL_POLICY_TYPE_ATTR_PAD: u16 = 11;

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
#[nl(pad = NL_POLICY_TYPE_ATTR_PAD)]
struct AttributePolicy {
    #[nl_attr(4)]
    min: Option<u64>,
    #[nl_attr(5)]
    max: Option<u64>,
    #[nl_attr(7)]
    max_len: Option<u32>,
    #[nl_attr(1, as = u32)]
    kind: Option<PolicyKind>,
}

#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
enum PolicyKind {
    U16 = 3,
    NulString = 12,
    #[nl(other)]
    Other(u8),
}

#[test]
fn c11_the_number_of_an_attribute_is_data_at_one_level_or_two() {
    // The kernel about the policies of `nlctrl` (CTRL_CMD_GETPOLICY).
    let bytes =
        wire("06 00 01 00 10 00 00 00  18 00 09 80 14 00 03 80 08 00 01 00 00 00 00 00 08 00 02 00 00 00 00 00");
    let operation = OperationPolicy { do_: Some(0), dump: Some(0) };
    both(&bytes, &Policies { id: Some(16), operations: Some(vec![(3, operation)]), ..Policies::default() });
    let bytes = wire("06 00 01 00 10 00 00 00  10 00 09 80 0c 00 00 80 08 00 02 00 01 00 00 00");
    let operation = OperationPolicy { do_: None, dump: Some(1) };
    both(&bytes, &Policies { id: Some(16), operations: Some(vec![(0, operation)]), ..Policies::default() });

    let bytes = wire(
        "06 00 01 00 10 00 00 00  2c 00 08 80 28 00 00 80 24 00 01 80 0c 00 04 00 00 00 00 00 00 00 00 00
         0c 00 05 00 ff ff 00 00 00 00 00 00 08 00 01 00 03 00 00 00",
    );
    let id = AttributePolicy { min: Some(0), max: Some(0xffff), kind: Some(PolicyKind::U16), max_len: None };
    both(&bytes, &Policies { id: Some(16), policies: vec![(0, vec![(1, id)])], ..Policies::default() });
    let bytes = wire(
        "06 00 01 00 10 00 00 00  1c 00 08 80 18 00 01 80 14 00 02 80 08 00 07 00 0f 00 00 00 08 00 01 00 0c 00 00 00",
    );
    let name = AttributePolicy { max_len: Some(15), kind: Some(PolicyKind::NulString), ..AttributePolicy::default() };
    let policies = Policies { id: Some(16), policies: vec![(1, vec![(2, name)])], ..Policies::default() };
    both(&bytes, &policies);
    assert_eq!(Policies::decode(&bytes).unwrap().into_owned(), policies);

    let mut broken = bytes;
    broken[20] = 7;
    let error = refused::<Policies<'_>>(&broken);
    assert_eq!(error, "`Policies.policies[1][2].max_len`: 3 bytes where 4 are expected (at byte 24)");
}
