//! Where declarations differ from the kernel's specifications, or from the policies of the running kernel, on purpose,
//! and why. Nowhere else.
//!
//! A deviation that is none any more fails the comparison, too.

mod links;
mod route_objects;
mod tc;

use super::report::{Aspect, Difference};

/// Differences that are meant.
#[derive(Clone, Copy, Debug)]
pub struct Deviation {
    /// The family's name in its specification.
    pub family: &'static str,
    /// Where, as [`Difference::place`] has it.
    pub places: &'static [&'static str],
    /// In what respect.
    pub aspect: Aspect,
    /// Why.
    pub reason: &'static str,
}

impl Deviation {
    pub(super) fn allows(&self, difference: &Difference) -> bool {
        self.aspect == difference.aspect && self.places.contains(&&*difference.place)
    }
}

const SHORTER: &str = "the name without what the type says already, or in full words";
const HEADER_HAS_MORE: &str = "the specification lacks it; the headers have it";
const HEADER_IS_OTHER: &str = "the specification is wrong; the declaration is as the headers";
const KERNEL_IS_OTHER: &str = "the specification is wrong; the declaration is as the kernel's code";
const KERNEL_SENDS: &str = "the specification lacks it; the kernel sends it";

/// All of them, by family.
pub const ALL: &[&[Deviation]] = &[NLCTRL, links::LINKS, route_objects::ROUTE_OBJECTS, tc::TC];

const NLCTRL: &[Deviation] = &[
    Deviation {
        family: "nlctrl",
        places: &[
            "ctrl-attrs.family-id",
            "ctrl-attrs.family-name",
            "ctrl-attrs.hdrsize",
            "ctrl-attrs.maxattr",
            "ctrl-attrs.ops",
            "ctrl-attrs.mcast-groups",
        ],
        aspect: Aspect::Name,
        reason: SHORTER,
    },
    Deviation {
        family: "nlctrl",
        places: &["policy-attrs.mask", "policy-attrs.pad"],
        aspect: Aspect::Number,
        reason: HEADER_IS_OTHER,
    },
    Deviation {
        family: "nlctrl",
        places: &["new_family", "del_family", "new_group", "del_group", "notify"],
        aspect: Aspect::Extra,
        reason: KERNEL_SENDS,
    },
];
