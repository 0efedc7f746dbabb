//! What is special to each kind of queueing discipline.

use netlink_core::{NlUnion, wire::RawValue};

use super::{
    Cake, CakeStats, Cbs, Choke, ChokeXstats, Codel, CodelXstats, DualPi2, DualPi2Xstats, Etf, Ets, Fifo, Fq, FqCodel,
    FqCodelXstats, FqPie, FqPieXstats, FqStats, Gred, Hfsc, Hhf, HhfXstats, Htb, Mqprio, Multiq, Netem, NetemXstats,
    Pie, PieXstats, Plug, Prio, Red, RedXstats, Sfb, SfbXstats, Sfq, SkbPrio, Taprio, TaprioStats, Tbf,
};

/// What is special to a kind of queueing discipline.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum QdiscOptions<'a> {
    /// A queue, limited in packets.
    #[nl("pfifo")]
    Pfifo(Fifo),
    /// A queue, limited in bytes.
    #[nl("bfifo")]
    Bfifo(Fifo),
    /// A queue, limited in packets, that drops the oldest one.
    #[nl("pfifo_head_drop")]
    PfifoHeadDrop(Fifo),
    /// Three bands; what most devices start with.
    #[nl("pfifo_fast")]
    PfifoFast(Prio),
    /// Bands.
    #[nl("prio")]
    Prio(Prio),
    /// A band for each transmit queue.
    #[nl("multiq")]
    Multiq(Multiq),
    /// The lowest priority is dropped first.
    #[nl("skbprio")]
    SkbPrio(SkbPrio),
    /// Holds packets back until told.
    #[nl("plug")]
    Plug(Plug),
    /// A queueing discipline for each transmit queue.
    #[nl("mq")]
    Mq,
    /// Traffic classes on transmit queues.
    #[nl("mqprio")]
    Mqprio(Mqprio<'a>),
    /// Gates by schedule.
    #[nl("taprio")]
    Taprio(Box<Taprio<'a>>),
    /// No queue: packets are sent at once.
    #[nl("noqueue")]
    Noqueue,
    /// A place for filters of what comes in.
    #[nl("ingress")]
    Ingress,
    /// A place for filters of what comes in and goes out.
    #[nl("clsact")]
    Clsact,
    /// Classes with rates.
    #[nl("htb")]
    Htb(Htb<'a>),
    /// Classes with curves.
    #[nl("hfsc")]
    Hfsc(Hfsc),
    /// Classes that share by quantum.
    #[nl("drr")]
    Drr,
    /// Classes that share by weight.
    #[nl("qfq")]
    Qfq,
    /// Strict bands, and bands that share.
    #[nl("ets")]
    Ets(Ets<'a>),
    /// A rate.
    #[nl("tbf")]
    Tbf(Tbf<'a>),
    /// A rate by credit.
    #[nl("cbs")]
    Cbs(Cbs<'a>),
    /// Packets say when.
    #[nl("etf")]
    Etf(Etf<'a>),
    /// Flows that take turns.
    #[nl("sfq")]
    Sfq(Sfq),
    /// Flows that do not respond are held back.
    #[nl("sfb")]
    Sfb(Sfb<'a>),
    /// Random early detection.
    #[nl("red")]
    Red(Red<'a>),
    /// Random early detection in virtual queues.
    #[nl("gred")]
    Gred(Gred<'a>),
    /// Random early detection that finds large flows.
    #[nl("choke")]
    Choke(Choke<'a>),
    /// Controlled delay.
    #[nl("codel")]
    Codel(Codel<'a>),
    /// Controlled delay, in flows.
    #[nl("fq_codel")]
    FqCodel(FqCodel<'a>),
    /// Flows with pacing.
    #[nl("fq")]
    Fq(Fq<'a>),
    /// Controlled delay, by an integral.
    #[nl("pie")]
    Pie(Pie<'a>),
    /// The same, in flows.
    #[nl("fq_pie")]
    FqPie(FqPie<'a>),
    /// Two queues, for classic and scalable congestion control.
    #[nl("dualpi2")]
    DualPi2(DualPi2<'a>),
    /// Large flows give way.
    #[nl("hhf")]
    Hhf(Hhf<'a>),
    /// Trouble on purpose.
    #[nl("netem")]
    Netem(Box<Netem<'a>>),
    /// Everything for a home gateway.
    #[nl("cake")]
    Cake(Cake<'a>),
    /// The same, on several transmit queues. Since Linux 7.0.
    #[nl("cake_mq")]
    CakeMq(Cake<'a>),
    /// A kind that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// What only a kind of queueing discipline counts.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum QdiscXstats<'a> {
    /// CAKE.
    #[nl("cake", "cake_mq")]
    Cake(CakeStats<'a>),
    /// CHOKe.
    #[nl("choke")]
    Choke(ChokeXstats),
    /// CoDel.
    #[nl("codel")]
    Codel(CodelXstats),
    /// `dualpi2`.
    #[nl("dualpi2")]
    DualPi2(DualPi2Xstats),
    /// FQ.
    #[nl("fq")]
    Fq(FqStats),
    /// `fq_codel`.
    #[nl("fq_codel")]
    FqCodel(FqCodelXstats<'a>),
    /// `fq_pie`.
    #[nl("fq_pie")]
    FqPie(FqPieXstats),
    /// HHF.
    #[nl("hhf")]
    Hhf(HhfXstats),
    /// `netem`.
    #[nl("netem")]
    Netem(NetemXstats),
    /// PIE.
    #[nl("pie")]
    Pie(PieXstats),
    /// RED.
    #[nl("red")]
    Red(RedXstats),
    /// SFB.
    #[nl("sfb")]
    Sfb(SfbXstats),
    /// `taprio`.
    #[nl("taprio")]
    Taprio(TaprioStats<'a>),
    /// A kind that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}
