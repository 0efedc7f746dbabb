//! What is special to each kind of class.

use netlink_core::{NlUnion, wire::RawValue};

use super::super::qdisc::{
    CakeStats, DrrClass, DrrStats, EtsClass, FqCodelXstats, HfscClass, HfscStats, HtbClass, HtbXstats, QfqClass,
    QfqStats, SfqXstats,
};

/// What is special to a kind of class.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum ClassOptions<'a> {
    /// Rates.
    #[nl("htb")]
    Htb(HtbClass<'a>),
    /// Curves.
    #[nl("hfsc")]
    Hfsc(HfscClass<'a>),
    /// A quantum.
    #[nl("drr")]
    Drr(DrrClass<'a>),
    /// A weight.
    #[nl("qfq")]
    Qfq(QfqClass<'a>),
    /// A quantum, if the band is not strict.
    #[nl("ets")]
    Ets(EtsClass<'a>),
    /// A kind that is not declared here, or that has nothing special.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// What only a kind of class counts.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum ClassXstats<'a> {
    /// A flow of CAKE.
    #[nl("cake", "cake_mq")]
    Cake(CakeStats<'a>),
    /// DRR.
    #[nl("drr")]
    Drr(DrrStats),
    /// A flow of `fq_codel`.
    #[nl("fq_codel")]
    FqCodel(FqCodelXstats<'a>),
    /// HFSC.
    #[nl("hfsc")]
    Hfsc(HfscStats),
    /// HTB.
    #[nl("htb")]
    Htb(HtbXstats),
    /// QFQ.
    #[nl("qfq")]
    Qfq(QfqStats),
    /// A flow of SFQ.
    #[nl("sfq")]
    Sfq(SfqXstats),
    /// A kind that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}
