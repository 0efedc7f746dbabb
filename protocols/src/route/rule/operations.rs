//! The operations of rules.

use netlink_core::{Do, Dump, Event, Group, NlFamily};

use super::{Rule, RuleHeader};
use crate::route::Route;

/// The operations of rules.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Lists rules.
    #[doc(alias = "RTM_GETRULE")]
    #[nl(34, reply = 32)]
    pub get_rule: Dump<RuleHeader, Rule<'static>>,
    /// Makes a rule.
    #[doc(alias = "RTM_NEWRULE")]
    #[nl(32)]
    pub new_rule: Do<Rule<'static>>,
    /// Deletes a rule.
    #[doc(alias = "RTM_DELRULE")]
    #[nl(33)]
    pub del_rule: Do<Rule<'static>>,
    /// A rule is new, or has changed.
    #[doc(alias = "RTM_NEWRULE")]
    #[nl(32)]
    pub rule_changed: Event<Rule<'static>>,
    /// A rule is gone.
    #[doc(alias = "RTM_DELRULE")]
    #[nl(33)]
    pub rule_gone: Event<Rule<'static>>,
    /// Rules of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_RULE")]
    #[nl(group = 8)]
    pub ipv4_rule: Group,
    /// Rules of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_RULE")]
    #[nl(group = 19)]
    pub ipv6_rule: Group,
}
