//! The operations of traffic control.

use netlink_core::{Do, DoDump, Dump, Event, Group, NlFamily};

use super::{
    TcGet,
    action::{Actions, ActionsGet},
    chain::Chain,
    class::Class,
    filter::Filter,
    qdisc::Qdisc,
};
use crate::route::Route;

/// The operations of traffic control.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells of one queueing discipline, or of all.
    #[doc(alias = "RTM_GETQDISC")]
    #[nl(38, reply = 36)]
    pub get_qdisc: DoDump<TcGet<'static>, Qdisc<'static>>,
    /// Makes a queueing discipline, or changes one.
    #[doc(alias = "RTM_NEWQDISC")]
    #[nl(36)]
    pub new_qdisc: Do<Qdisc<'static>>,
    /// Removes a queueing discipline.
    #[doc(alias = "RTM_DELQDISC")]
    #[nl(37)]
    pub del_qdisc: Do<Qdisc<'static>>,
    /// A queueing discipline is new, or has changed.
    #[doc(alias = "RTM_NEWQDISC")]
    #[nl(36)]
    pub qdisc_changed: Event<Qdisc<'static>>,
    /// A queueing discipline is gone.
    #[doc(alias = "RTM_DELQDISC")]
    #[nl(37)]
    pub qdisc_gone: Event<Qdisc<'static>>,
    /// Tells of one class, or of all.
    #[doc(alias = "RTM_GETTCLASS")]
    #[nl(42, reply = 40)]
    pub get_class: DoDump<TcGet<'static>, Class<'static>>,
    /// Makes a class, or changes one.
    #[doc(alias = "RTM_NEWTCLASS")]
    #[nl(40)]
    pub new_class: Do<Class<'static>>,
    /// Removes a class.
    #[doc(alias = "RTM_DELTCLASS")]
    #[nl(41)]
    pub del_class: Do<Class<'static>>,
    /// A class is new, or has changed.
    #[doc(alias = "RTM_NEWTCLASS")]
    #[nl(40)]
    pub class_changed: Event<Class<'static>>,
    /// A class is gone.
    #[doc(alias = "RTM_DELTCLASS")]
    #[nl(41)]
    pub class_gone: Event<Class<'static>>,
    /// Tells of one filter, or of all.
    #[doc(alias = "RTM_GETTFILTER")]
    #[nl(46, reply = 44)]
    pub get_filter: DoDump<TcGet<'static>, Filter<'static>>,
    /// Makes a filter, or changes one.
    #[doc(alias = "RTM_NEWTFILTER")]
    #[nl(44)]
    pub new_filter: Do<Filter<'static>>,
    /// Removes a filter, or all of a priority.
    #[doc(alias = "RTM_DELTFILTER")]
    #[nl(45)]
    pub del_filter: Do<Filter<'static>>,
    /// A filter is new, or has changed.
    #[doc(alias = "RTM_NEWTFILTER")]
    #[nl(44)]
    pub filter_changed: Event<Filter<'static>>,
    /// A filter is gone.
    #[doc(alias = "RTM_DELTFILTER")]
    #[nl(45)]
    pub filter_gone: Event<Filter<'static>>,
    /// Tells of one chain; the reply has the number of the request.
    #[doc(alias = "RTM_GETCHAIN")]
    #[nl(102)]
    pub get_chain: Do<TcGet<'static>, Chain<'static>>,
    /// Tells of all chains.
    #[doc(alias = "RTM_GETCHAIN")]
    #[nl(102, reply = 100)]
    pub list_chains: Dump<TcGet<'static>, Chain<'static>>,
    /// Makes a chain.
    #[doc(alias = "RTM_NEWCHAIN")]
    #[nl(100)]
    pub new_chain: Do<Chain<'static>>,
    /// Removes a chain with its filters.
    #[doc(alias = "RTM_DELCHAIN")]
    #[nl(101)]
    pub del_chain: Do<Chain<'static>>,
    /// A chain is new, or has changed.
    #[doc(alias = "RTM_NEWCHAIN")]
    #[nl(100)]
    pub chain_changed: Event<Chain<'static>>,
    /// A chain is gone.
    #[doc(alias = "RTM_DELCHAIN")]
    #[nl(101)]
    pub chain_gone: Event<Chain<'static>>,
    /// Tells of actions, by kind and index; or of all of a kind.
    #[doc(alias = "RTM_GETACTION")]
    #[nl(50)]
    pub get_action: DoDump<ActionsGet<'static>, Actions<'static>>,
    /// Makes actions, or changes some.
    #[doc(alias = "RTM_NEWACTION")]
    #[nl(48)]
    pub new_action: Do<Actions<'static>>,
    /// Removes actions, or all of a kind.
    #[doc(alias = "RTM_DELACTION")]
    #[nl(49)]
    pub del_action: Do<ActionsGet<'static>>,
    /// Actions are new, or have changed.
    #[doc(alias = "RTM_NEWACTION")]
    #[nl(48)]
    pub action_changed: Event<Actions<'static>>,
    /// Actions are gone.
    #[doc(alias = "RTM_DELACTION")]
    #[nl(49)]
    pub action_gone: Event<Actions<'static>>,
    /// Queueing disciplines, classes, filters, chains and actions that come, change and go.
    #[doc(alias = "RTNLGRP_TC")]
    #[nl(group = 4)]
    pub traffic_control: Group,
}
