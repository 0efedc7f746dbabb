//! Attributes, enums and structs that are wrong on purpose: the comparison with a specification must find exactly that.

use netlink_core::{NlEnum, NlFlags, NlMessage, NlStruct, bitflags, schema::Set};

use super::probe::{assert_found, compare};

/// One attribute alone, and perhaps a header.
macro_rules! link {
    ($name:ident { $($field:tt)* }) => {
        #[derive(NlMessage, Debug, Default)]
        struct $name {
            $($field)*
        }
    };
}

#[track_caller]
fn assert_wrong(set: &'static Set, name: &str, expected: &[&str]) {
    let report = compare(|comparison| {
        comparison.set(set, name);
    });
    assert_found(&report, expected);
}

#[test]
fn a_wrong_number_of_an_attribute_is_found() {
    link! { Link { #[doc(alias = "IFLA_MTU")] #[nl_attr(5)] mtu: Option<u32>, } }
    assert_wrong(Link::SCHEMA, "links", &["attribute `mtu` (IFLA_MTU): number declared 5, specified 4"]);
    // Even if it is the number of another attribute.
    link! { Taken { #[doc(alias = "IFLA_MTU")] #[nl_attr(29)] mtu: Option<u32>, } }
    assert_wrong(Taken::SCHEMA, "links", &["attribute `mtu` (IFLA_MTU): number declared 29, specified 4"]);
}

#[test]
fn a_wrong_type_is_found() {
    link! { Link { #[doc(alias = "IFLA_MTU")] #[nl_attr(4)] mtu: Option<u16>, } }
    assert_wrong(Link::SCHEMA, "links", &["attribute `mtu` (IFLA_MTU): declared u16, specified u32"]);
    link! { Signed { #[doc(alias = "IFLA_MTU")] #[nl_attr(4)] mtu: Option<i32>, } }
    assert_wrong(Signed::SCHEMA, "links", &["attribute `mtu` (IFLA_MTU): declared s32, specified u32"]);
}

#[test]
fn a_wrong_byte_order_is_found() {
    link! { Ports { #[doc(alias = "IFLA_VLAN_PROTOCOL")] #[nl_attr(5)] protocol: Option<u16>, } }
    let expected = "attribute `protocol` (IFLA_VLAN_PROTOCOL): byte order declared host, specified big-endian";
    assert_wrong(Ports::SCHEMA, "ports", &[expected]);
    link! { Link { #[doc(alias = "IFLA_MTU")] #[nl_attr(4, be)] mtu: Option<u32>, } }
    let expected = "attribute `mtu` (IFLA_MTU): byte order declared big-endian, specified host";
    assert_wrong(Link::SCHEMA, "links", &[expected]);
}

#[test]
fn what_is_wrong_in_a_nest_is_found() {
    link! { Ports { #[doc(alias = "IFLA_VLAN_ID")] #[nl_attr(1)] id: Option<u32>, } }
    link! { Link { #[doc(alias = "IFLA_VF_PORTS")] #[nl_attr(24)] vf_ports: Option<Ports>, } }
    assert_wrong(Link::SCHEMA, "links", &["attribute `id` (IFLA_VLAN_ID): declared u32, specified u16"]);
}

#[test]
fn a_wrong_value_of_an_enum_is_found() {
    #[derive(NlEnum, Clone, Copy, Debug)]
    #[repr(u8)]
    enum Mode {
        #[doc(alias = "IF_LINK_MODE_DORMANT")]
        Dormant = 2,
        #[nl(other)]
        Other(u8),
    }
    link! { Link { #[doc(alias = "IFLA_LINKMODE")] #[nl_attr(17)] linkmode: Option<Mode>, } }
    let expected = "`Dormant` (IF_LINK_MODE_DORMANT) of enum `Mode`: number declared 2, specified 1";
    assert_wrong(Link::SCHEMA, "links", &[expected]);
}

#[test]
fn a_wrong_bit_is_found() {
    bitflags! {
        #[derive(NlFlags, Clone, Copy)]
        #[nl(prefix = "RTEXT_FILTER_")]
        struct Filter: u32 {
            const VF = 1;
            const BRVLAN = 4;
            const MANY = 8;
        }
    }
    link! { Link { #[doc(alias = "IFLA_EXT_MASK")] #[nl_attr(29)] ext_mask: Option<Filter>, } }
    let expected = [
        "`MANY` (RTEXT_FILTER_MANY) of flags `Filter`: declared 8, specified nothing",
        "`BRVLAN` (RTEXT_FILTER_BRVLAN) of flags `Filter`: number declared 4, specified 2",
    ];
    assert_wrong(Link::SCHEMA, "links", &expected);
}

#[test]
fn numbers_without_their_names_are_found() {
    link! { Link { #[doc(alias = "IFLA_LINKMODE")] #[nl_attr(17)] linkmode: Option<u8>, } }
    let expected = "attribute `linkmode` (IFLA_LINKMODE): names declared u8, specified enum `mode`";
    assert_wrong(Link::SCHEMA, "links", &[expected]);
}

#[test]
fn wrong_padding_in_a_struct_is_found() {
    #[doc(alias = "ifinfomsg")]
    #[derive(NlStruct, Clone, Copy, Debug, Default)]
    struct Header {
        #[doc(alias = "ifi_family")]
        #[nl(pad = 3)]
        family: u8,
        #[doc(alias = "ifi_type")]
        ty: u32,
        #[doc(alias = "ifi_index")]
        index: i32,
    }
    let report = compare(|comparison| {
        comparison.structure(Header::SCHEMA, "ifinfomsg");
    });
    let expected = [
        "struct `Header`: length declared 12, specified 16",
        "member `index` of struct `Header`: offset declared 8, specified 4",
        "member `ty` of struct `Header`: length declared 4, specified 2",
        "member `ty` of struct `Header`: offset declared 4, specified 2",
    ];
    assert_found(&report, &expected);
}

#[test]
fn a_wrong_name_is_found() {
    link! { Link { #[doc(alias = "IFLA_MTV")] #[nl_attr(4)] mtv: Option<u32>, } }
    let expected = [
        "attribute `mtv` (IFLA_MTV): name declared `mtv`, specified `mtu`",
        "attribute `mtv` (IFLA_MTV): kernel name declared IFLA_MTV, specified IFLA_MTU",
    ];
    assert_wrong(Link::SCHEMA, "links", &expected);
    link! { Nameless { #[nl_attr(4)] mtu: Option<u32>, } }
    assert_wrong(Nameless::SCHEMA, "links", &["attribute `mtu`: kernel name declared none, specified IFLA_MTU"]);
}

#[test]
fn what_is_not_specified_or_repeats_is_found() {
    link! { Link { #[doc(alias = "IFLA_ALT_IFNAME")] #[nl_attr(53)] alt_ifname: Option<String>, } }
    let expected = "attribute `alt_ifname` (IFLA_ALT_IFNAME): repetition declared one, specified many";
    assert_wrong(Link::SCHEMA, "links", &[expected]);
    link! { More { #[doc(alias = "IFLA_MORE")] #[nl_attr(99)] more: Option<u32>, } }
    assert_wrong(
        More::SCHEMA,
        "links",
        &["attribute `more` (IFLA_MORE): declared with the number 99, specified nothing"],
    );
    #[derive(NlMessage, Debug, Default)]
    #[nl(pad = 41)]
    struct Padded {
        #[doc(alias = "IFLA_MTU")]
        #[nl_attr(4)]
        mtu: Option<u32>,
    }
    assert_wrong(Padded::SCHEMA, "links", &["the padding attribute: number declared 41, specified 42"]);
}
