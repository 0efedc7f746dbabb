//! What is special to each kind of filter.

use netlink_core::{NlUnion, wire::RawValue};

use super::{Basic, Bpf, Cgroup, Flow, Flower, Fw, MatchAll, Route4, U32};

/// What is special to a kind of filter.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum FilterOptions<'a> {
    /// Extended matches.
    #[nl("basic")]
    Basic(Basic<'a>),
    /// A BPF program.
    #[nl("bpf")]
    Bpf(Bpf<'a>),
    /// The control group.
    #[nl("cgroup")]
    Cgroup(Cgroup<'a>),
    /// A calculation.
    #[nl("flow")]
    Flow(Flow<'a>),
    /// Headers.
    #[nl("flower")]
    Flower(Box<Flower<'a>>),
    /// The mark.
    #[nl("fw")]
    Fw(Fw<'a>),
    /// Everything.
    #[nl("matchall")]
    MatchAll(MatchAll<'a>),
    /// Realms.
    #[nl("route")]
    Route(Route4<'a>),
    /// Bytes.
    #[nl("u32")]
    U32(U32<'a>),
    /// A kind that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}
