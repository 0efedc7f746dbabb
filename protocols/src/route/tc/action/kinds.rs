//! What is special to each kind of action.

use netlink_core::{NlUnion, wire::RawValue};

use super::{
    Bpf, ConnMark, Csum, Ct, CtInfo, Gact, Gate, Ife, Mirred, Mpls, Nat, Pedit, Police, Sample, Simple, SkbEdit,
    SkbMod, TunnelKey, Vlan,
};

/// What is special to a kind of action.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum ActionOptions<'a> {
    /// A BPF program decides.
    #[nl("bpf")]
    Bpf(Bpf<'a>),
    /// The mark of the connection.
    #[nl("connmark")]
    ConnMark(ConnMark<'a>),
    /// Checksums.
    #[nl("csum")]
    Csum(Csum<'a>),
    /// Connection tracking.
    #[nl("ct")]
    Ct(Box<Ct<'a>>),
    /// What the connection remembers.
    #[nl("ctinfo")]
    CtInfo(CtInfo<'a>),
    /// A verdict.
    #[nl("gact")]
    Gact(Gact<'a>),
    /// A schedule.
    #[nl("gate")]
    Gate(Gate<'a>),
    /// Metadata in frames.
    #[nl("ife")]
    Ife(Ife<'a>),
    /// Another link.
    #[nl("mirred")]
    Mirred(Mirred<'a>),
    /// Labels.
    #[nl("mpls")]
    Mpls(Mpls<'a>),
    /// Addresses.
    #[nl("nat")]
    Nat(Nat<'a>),
    /// Bytes.
    #[nl("pedit")]
    Pedit(Pedit<'a>),
    /// A rate.
    #[nl("police")]
    Police(Police<'a>),
    /// Samples.
    #[nl("sample")]
    Sample(Sample<'a>),
    /// A text in the log.
    #[nl("simple")]
    Simple(Simple<'a>),
    /// What the kernel knows of the packet.
    #[nl("skbedit")]
    SkbEdit(SkbEdit<'a>),
    /// The Ethernet header.
    #[nl("skbmod")]
    SkbMod(SkbMod<'a>),
    /// A tunnel.
    #[nl("tunnel_key")]
    TunnelKey(TunnelKey<'a>),
    /// VLAN tags.
    #[nl("vlan")]
    Vlan(Vlan<'a>),
    /// A kind that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}
