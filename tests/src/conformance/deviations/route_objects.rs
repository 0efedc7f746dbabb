//! Where addresses, routes, neighbours, rules and statistics differ from their specifications, and why.

use super::{Deviation, HEADER_HAS_MORE, HEADER_IS_OTHER, KERNEL_IS_OTHER, KERNEL_SENDS};
use crate::conformance::Aspect;

const UNUSED: &str = "the kernel neither sends nor reads it";

/// All of them.
pub(super) const ROUTE_OBJECTS: &[Deviation] = &[
    Deviation {
        family: "rt-addr",
        places: &["addr_changed", "addr_gone"],
        aspect: Aspect::Extra,
        reason: KERNEL_SENDS,
    },
    Deviation {
        family: "rt-addr",
        places: &["getaddr"],
        aspect: Aspect::Mode,
        reason: "the kernel tells of one address of IPv6, too",
    },
    Deviation {
        family: "rt-route",
        places: &["route_changed", "route_gone"],
        aspect: Aspect::Extra,
        reason: KERNEL_SENDS,
    },
    Deviation {
        family: "rt-route",
        places: &["route-attrs.sport", "route-attrs.dport"],
        aspect: Aspect::ByteOrder,
        reason: KERNEL_IS_OTHER,
    },
    Deviation {
        family: "rt-route",
        places: &["route-attrs.expires"],
        aspect: Aspect::Type,
        reason: "4 bytes of IPv6, 8 bytes of multicast routes",
    },
    Deviation { family: "rt-route", places: &["route-attrs.pad"], aspect: Aspect::Number, reason: HEADER_IS_OTHER },
    Deviation {
        family: "rt-route",
        places: &["route-attrs.pad"],
        aspect: Aspect::Missing,
        reason: "declared as padding, which the specification has as bytes",
    },
    Deviation {
        family: "rt-route",
        places: &["route-attrs.protoinfo", "route-attrs.session", "route-attrs.mp-algo"],
        aspect: Aspect::Missing,
        reason: UNUSED,
    },
    Deviation { family: "rt-route", places: &["rta-cacheinfo"], aspect: Aspect::Length, reason: HEADER_HAS_MORE },
    Deviation {
        family: "rt-route",
        places: &["rta-cacheinfo.id", "rta-cacheinfo.ts", "rta-cacheinfo.tsage"],
        aspect: Aspect::Extra,
        reason: HEADER_HAS_MORE,
    },
    Deviation {
        family: "rt-route",
        places: &["rta-cacheinfo.rta-expires"],
        aspect: Aspect::Type,
        reason: HEADER_IS_OTHER,
    },
    Deviation {
        family: "rt-neigh",
        places: &["neighbour-attrs.port"],
        aspect: Aspect::ByteOrder,
        reason: KERNEL_IS_OTHER,
    },
    Deviation { family: "rt-neigh", places: &["neighbour-attrs.unspec"], aspect: Aspect::Missing, reason: UNUSED },
    Deviation {
        family: "rt-rule",
        places: &["fib-rule-attrs.tun-id"],
        aspect: Aspect::ByteOrder,
        reason: KERNEL_IS_OTHER,
    },
    Deviation {
        family: "rt-rule",
        places: &[
            "fib-rule-attrs.unused2",
            "fib-rule-attrs.unused3",
            "fib-rule-attrs.unused4",
            "fib-rule-attrs.unused5",
        ],
        aspect: Aspect::Missing,
        reason: UNUSED,
    },
    Deviation {
        family: "rt-rule",
        places: &["rtgenmsg"],
        aspect: Aspect::Length,
        reason: "the specification has the padding up to the attributes as a member",
    },
    Deviation {
        family: "rt-link",
        places: &["stats-attrs.link-64", "stats-attrs.link-xstats"],
        aspect: Aspect::Name,
        reason: REQUEST,
    },
    Deviation {
        family: "rt-link",
        places: &["stats-attrs.link-64", "stats-attrs.link-xstats"],
        aspect: Aspect::KernelName,
        reason: REQUEST,
    },
    Deviation { family: "rt-link", places: &["stats-attrs.link-64"], aspect: Aspect::Type, reason: REQUEST },
    Deviation { family: "rt-link", places: &["stats-attrs.pad"], aspect: Aspect::Number, reason: HEADER_HAS_MORE },
    Deviation { family: "rt-link", places: &["stats_changed"], aspect: Aspect::Extra, reason: KERNEL_SENDS },
];

const REQUEST: &str =
    "requests have attributes of their own (IFLA_STATS_GET_FILTERS, ...), which the specification lacks";
