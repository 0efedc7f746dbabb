//! What is done with rules.

use netlink_core::wire::IfName;

use super::{PortRange, Rule, RuleAction, RuleFlags, RuleHeader};
use crate::route::{
    Route,
    ip::{AddressFamily, IpNet},
    routes::{RouteProtocol, Table},
    verb::{Change, List},
};

/// A request about one rule.
pub type RuleRequest = Change<'static, Rule<'static>>;

/// A request for a list of rules.
pub type RuleList = List<'static, RuleHeader, Rule<'static>>;

fn rule(family: AddressFamily, action: RuleAction) -> Rule<'static> {
    Rule { header: RuleHeader { family, action, ..RuleHeader::default() }, ..Rule::default() }
}

/// A rule that looks packets up in the main table, in front of the others, unless told otherwise.
pub fn add(family: AddressFamily) -> RuleRequest {
    let rule = Rule { protocol: Some(RouteProtocol::Static), ..rule(family, RuleAction::ToTbl) };
    Change::creating(Route::NEW_RULE, rule).table(Table::MAIN)
}

/// Deletes the first rule that has everything that is said of it.
pub fn del(family: AddressFamily) -> RuleRequest {
    Change::new(Route::DEL_RULE, rule(family, RuleAction::Unspec))
}

/// The rules of all families.
pub fn list() -> RuleList {
    List::new(Route::GET_RULE, RuleHeader::default())
}

impl RuleRequest {
    /// For packets from there.
    pub fn from(mut self, net: impl Into<IpNet>) -> Self {
        let net = net.into();
        self.body.header.src_len = net.prefix_len();
        self.body.src = Some(net.addr().into());
        self
    }

    /// For packets to there.
    pub fn to(mut self, net: impl Into<IpNet>) -> Self {
        let net = net.into();
        self.body.header.dst_len = net.prefix_len();
        self.body.dst = Some(net.addr().into());
        self
    }

    /// For packets that come in by this link.
    pub fn iif(mut self, name: IfName) -> Self {
        self.body.iifname = Some(name);
        self
    }

    /// For packets that go out by this link.
    pub fn oif(mut self, name: IfName) -> Self {
        self.body.oifname = Some(name);
        self
    }

    /// For packets with this mark, of which so many bits count.
    pub fn mark(mut self, mark: u32, mask: u32) -> Self {
        (self.body.fwmark, self.body.fwmask) = (Some(mark), Some(mask));
        self
    }

    /// For packets to these ports.
    pub fn dports(mut self, start: u16, end: u16) -> Self {
        self.body.dport_range = Some(PortRange { start, end });
        self
    }

    /// For packets from these ports.
    pub fn sports(mut self, start: u16, end: u16) -> Self {
        self.body.sport_range = Some(PortRange { start, end });
        self
    }

    /// For packets that do not match.
    pub fn invert(mut self) -> Self {
        self.body.header.flags |= RuleFlags::INVERT;
        self
    }

    /// Its place among the others.
    pub fn priority(mut self, priority: u32) -> Self {
        self.body.priority = Some(priority);
        self
    }

    /// The table that packets are looked up in.
    pub fn table(mut self, table: u32) -> Self {
        self.body.header.table = u8::try_from(table).unwrap_or(0);
        self.body.table = Some(table);
        self
    }

    /// What happens instead of looking up.
    pub fn action(mut self, action: RuleAction) -> Self {
        self.body.header.action = action;
        if action != RuleAction::ToTbl {
            (self.body.header.table, self.body.table) = (0, None);
        }
        self
    }

    /// The rule to go on with, by its priority, which must be higher.
    pub fn goto(mut self, priority: u32) -> Self {
        self.body.goto = Some(priority);
        self.action(RuleAction::Goto)
    }
}

impl RuleList {
    /// Only those of IPv4.
    pub fn v4(mut self) -> Self {
        self.body.family = AddressFamily::Inet;
        self
    }

    /// Only those of IPv6.
    pub fn v6(mut self) -> Self {
        self.body.family = AddressFamily::Inet6;
        self
    }
}
