//! Declarations that are wrong on purpose: the comparison with C headers must find exactly that.

use netlink_core::{NlEnum, NlMessage, NlStruct};
use netlink_tests::{conformance::HeaderCheck, headers};

#[test]
fn headers_find_wrong_constants_and_layouts() {
    let Some(headers) = headers::find() else { return };
    #[doc(alias = "ifinfomsg")]
    #[derive(NlStruct, Clone, Copy, Debug, Default)]
    struct Header {
        #[doc(alias = "ifi_family")]
        #[nl(pad = 3)]
        family: u8,
        #[doc(alias = "ifi_index")]
        index: i32,
    }
    #[derive(NlEnum, Clone, Copy, Debug)]
    #[repr(u8)]
    enum Mode {
        #[doc(alias = "IF_LINK_MODE_DORMANT")]
        Dormant = 2,
        #[nl(other)]
        Other(u8),
    }
    #[derive(NlMessage, Debug, Default)]
    struct Link {
        #[nl_attr(header)]
        header: Header,
        #[doc(alias = "IFLA_MTU")]
        #[nl_attr(5)]
        mtu: Option<u32>,
        #[nl_attr(17)]
        mode: Option<Mode>,
    }
    let found = HeaderCheck::new().set(Link::SCHEMA).run(&headers, &["linux/rtnetlink.h", "linux/if.h"]).unwrap();
    assert_eq!(found.nameless.iter().collect::<Vec<_>>(), ["attribute `mode` of `Link`"]);
    assert_eq!((found.constants, found.layouts), (2, 5));
    let expected = [
        "attribute `mtu` of `Link` (IFLA_MTU): declared 5 (0x5), is 4 (0x4)",
        "`Dormant` of enum `Mode` (IF_LINK_MODE_DORMANT): declared 2 (0x2), is 1 (0x1)",
        "the size of struct `Header`: declared 8, is 16",
    ];
    assert_eq!(found.differences, expected);
}

#[test]
fn headers_without_a_name_are_an_error_that_names_it() {
    let Some(headers) = headers::find() else { return };
    #[derive(NlMessage, Debug, Default)]
    struct Link {
        #[doc(alias = "IFLA_NO_SUCH")]
        #[nl_attr(5)]
        mtu: Option<u32>,
    }
    let error = HeaderCheck::new().set(Link::SCHEMA).run(&headers, &["linux/if_link.h"]).unwrap_err();
    assert!(error.to_string().contains("has no `IFLA_NO_SUCH`"), "{error}");
}

#[test]
fn what_the_headers_have_and_no_declaration_is_found() {
    let Some(headers) = headers::find() else { return };
    #[derive(NlMessage, Debug, Default)]
    struct Peer {
        #[doc(alias = "VETH_INFO_PEER")]
        #[nl_attr(1)]
        peer: Option<u32>,
    }
    let prefixes: &[(&str, &[&str])] = &[("linux/veth.h", &["VETH_"])];
    HeaderCheck::new().set(Peer::SCHEMA).assert_nothing_left_out(&headers, prefixes, &[]);
    HeaderCheck::new().assert_nothing_left_out(&headers, prefixes, &[(&["VETH_INFO_PEER"], "a test")]);
    let said = |check: HeaderCheck, prefixes: &[(&str, &[&str])], left_out: &[(&[&str], &str)]| {
        let run = || check.assert_nothing_left_out(&headers, prefixes, left_out);
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).unwrap_err();
        *panic.downcast::<String>().unwrap()
    };
    let missing = said(HeaderCheck::new(), prefixes, &[]);
    assert!(missing.starts_with("neither declared") && missing.contains("\"VETH_INFO_PEER\""), "{missing}");
    let stale = said(HeaderCheck::new().set(Peer::SCHEMA), prefixes, &[(&["VETH_INFO_PEER"], "a test")]);
    assert!(stale.starts_with("left out on purpose, but") && stale.contains("\"VETH_INFO_PEER\""), "{stale}");
    let structs = said(HeaderCheck::new(), &[("linux/wwan.h", &["struct "]), ("linux/if_addr.h", &["struct "])], &[]);
    assert!(structs.contains("\"struct ifaddrmsg\""), "{structs}");
}
