//! Every list that the family can ask for, in all its forms.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, process,
};

use netlink_core::{
    Connection, Error, NlFamily,
    errno::Errno,
    operation::{Dumps, Operation},
    protocol,
    schema::Node,
    wire::{Bitfield32, Body},
};
use netlink_tests::reencode;
use protocols::route::{
    Route,
    address::{AddressGet, AddressHeader},
    bridge_vlan,
    can_gw::{self, CanJob},
    ip::AddressFamily,
    label,
    link::{ExtMask, LinkGet, LinkHeader},
    mdb,
    neighbour::{NeighbourFlags, NeighbourGet, NeighbourHeader, NeighbourTableHeader},
    netconf::{Netconf, NetconfHeader},
    nexthop::{NextHopGet, NextHopOpFlags},
    nsid::{self, NsId},
    routes::{RouteGet, RouteHeader},
    rule::RuleHeader,
    stats::{self, StatsMask},
    tc::{
        Handle, TcGet, TcHeader, action,
        filter::{self, DumpFlags},
    },
    tunnel,
};

use crate::namespace::Namespace;

/// What is not declared: the list, the path, and why.
const UNDECLARED: &[(&str, &str, &str)] =
    &[("get_multicast", "UnknownAttr(12)", "of Linux 7.3, which is newer than the headers that declarations follow")];

/// Families with lists of their own; 0 asks all.
const IP: [AddressFamily; 3] = [AddressFamily::Unspec, AddressFamily::Inet, AddressFamily::Inet6];
const MULTICAST: [AddressFamily; 2] = [AddressFamily::Ipmr, AddressFamily::Ip6mr];

/// What came.
pub(crate) struct Lists {
    route: Connection<protocol::Route>,
    counts: BTreeMap<&'static str, usize>,
    /// What was in them: `get_link`, `link vxlan`, `action gact`.
    pub(crate) seen: BTreeSet<String>,
    /// Messages that do not survive, and lists that the kernel does not give.
    pub(crate) problems: Vec<String>,
}

impl Lists {
    /// Asks for all.
    pub(crate) fn of(namespace: &Namespace) -> Self {
        let route = Route::connect().expect("a connection");
        let mut lists = Self { route, counts: BTreeMap::new(), seen: BTreeSet::new(), problems: Vec::new() };
        lists.links();
        lists.bridges();
        lists.addresses();
        lists.routes();
        lists.traffic_control(namespace);
        lists.others();
        lists
    }

    /// Whether a list was asked for.
    pub(crate) fn has(&self, operation: &str) -> bool {
        self.counts.contains_key(operation)
    }

    /// Asks for a list in these ways, and looks at what comes.
    fn list<'b, K: Dumps>(
        &mut self,
        operation: Operation<Route, K>,
        bodies: impl IntoIterator<Item = <K::Request as Body>::Of<'b>>,
    ) -> Vec<Node> {
        let mut trees = Vec::new();
        let of_list = UNDECLARED.iter().filter(|(list, ..)| *list == operation.name());
        let undeclared: Vec<&str> = of_list.map(|(_, path, _)| *path).collect();
        let numbers = [Some(operation.reply_id()), operation.also_id()];
        self.counts.entry(operation.name()).or_default();
        for body in bodies {
            let messages = match reencode::messages(&mut self.route, operation.dump_with(&body)) {
                Ok(messages) => messages,
                Err(error) if lacks(&error) => continue,
                Err(error) => {
                    self.problems.push(format!(
                        "{}: {error}, asked with {:02x?}",
                        operation.name(),
                        operation.dump_with(&body).to_bytes(0, 0)
                    ));
                    continue;
                }
            };
            for message in messages {
                match reencode::survives::<K::Item>(&message.body, &undeclared) {
                    Ok(tree) if numbers.contains(&Some(message.header.kind)) => trees.push(tree),
                    Ok(tree) => {
                        self.problems.push(format!("{} is not {}: {tree}", message.header.kind, operation.name()));
                    }
                    Err(problem) => self.problems.push(format!("{}: {problem}", operation.name())),
                }
            }
        }
        *self.counts.entry(operation.name()).or_default() += trees.len();
        if !trees.is_empty() {
            self.seen.insert(operation.name().to_owned());
        }
        trees
    }

    /// Remembers the kinds that stand at this path.
    fn kinds(&mut self, what: &str, trees: &[Node], path: &str) {
        let kinds = trees.iter().filter_map(|tree| tree.get(path)?.as_str());
        self.seen.extend(kinds.map(|kind| format!("{what} {kind}")));
    }

    fn links(&mut self) {
        let get = |family, ext_mask| {
            let header = LinkHeader { family: AddressFamily::into(family), ..LinkHeader::default() };
            LinkGet { header, ext_mask, ..LinkGet::default() }
        };
        let bridge =
            ExtMask::BRVLAN_COMPRESSED | ExtMask::MRP | ExtMask::CFM_CONFIG | ExtMask::CFM_STATUS | ExtMask::MST;
        let links = self.list(Route::GET_LINK, [get(AddressFamily::Unspec, Some(ExtMask::VF))]);
        self.kinds("link", &links, "link_info.kind");
        let others = [AddressFamily::Inet6, AddressFamily::Ipmr].map(|family| get(family, None));
        self.list(Route::GET_LINK, others);
        self.list(Route::GET_LINK, [ExtMask::BRVLAN, bridge].map(|mask| get(AddressFamily::Bridge, Some(mask))));

        let all = StatsMask::LINK_64 | StatsMask::LINK_XSTATS | StatsMask::LINK_XSTATS_SLAVE;
        self.list(Route::GET_STATS, [stats::list(all | StatsMask::LINK_OFFLOAD_XSTATS | StatsMask::AF_SPEC).body]);
        self.list(Route::GET_TUNNEL, [tunnel::list().body]);
        let netconf = |family| Netconf { header: NetconfHeader { family }, ..Netconf::default() };
        self.list(Route::GET_NETCONF, IP.into_iter().chain([AddressFamily::Mpls]).map(netconf));
    }

    fn bridges(&mut self) {
        self.list(Route::GET_VLAN, [bridge_vlan::list().body, bridge_vlan::list_global().body]);
        self.list(Route::LIST_MDB, [mdb::list().body]);
    }

    fn addresses(&mut self) {
        let get = |family| AddressGet {
            header: AddressHeader { family, ..AddressHeader::default() },
            ..AddressGet::default()
        };
        self.list(Route::GET_ADDR, IP.map(get));
        self.list(Route::GET_MULTICAST, IP.map(get));
        self.list(Route::GET_ANYCAST, IP.map(get));
        self.list(Route::GET_ADDRLABEL, [label::list().body]);

        let neighbours = |family, flags| NeighbourGet {
            header: NeighbourHeader { family, flags, ..NeighbourHeader::default() },
            ..NeighbourGet::default()
        };
        self.list(Route::GET_NEIGH, IP.map(|family| neighbours(family, NeighbourFlags::empty())));
        self.list(Route::GET_NEIGH, IP.map(|family| neighbours(family, NeighbourFlags::PROXY)));
        self.list(Route::GET_NEIGH, [neighbours(AddressFamily::Bridge, NeighbourFlags::empty())]);
        self.list(Route::GET_NEIGHTBL, IP.map(|family| NeighbourTableHeader { family }));
        let rules = IP.into_iter().chain(MULTICAST);
        self.list(Route::GET_RULE, rules.map(|family| RuleHeader { family, ..RuleHeader::default() }));
    }

    fn routes(&mut self) {
        let get = |family| RouteGet { header: RouteHeader { family, ..RouteHeader::default() }, ..RouteGet::default() };
        self.list(Route::GET_ROUTE, IP.map(get));
        self.list(Route::GET_ROUTE, [get(AddressFamily::Mpls)]);
        for family in MULTICAST {
            if self.list(Route::GET_ROUTE, [get(family)]).iter().any(|route| route.get("mfc_stats").is_some()) {
                self.seen.insert("multicast route".to_owned());
            }
        }
        let hops = |op_flags| NextHopGet { op_flags, ..NextHopGet::default() };
        let counted = NextHopOpFlags::DUMP_STATS | NextHopOpFlags::DUMP_HW_STATS;
        // Which kernels before 6.9 do not know.
        let newer = if netlink_tests::require::is_linux(6, 9) { Some(counted) } else { None };
        self.list(Route::GET_NEXTHOP, [hops(None), hops(newer)]);
        self.list(Route::GET_NEXTHOPBUCKET, [hops(None)]);
    }

    fn traffic_control(&mut self, namespace: &Namespace) {
        let all = TcGet { dump_invisible: true, ..TcGet::default() };
        let qdiscs = self.list(Route::GET_QDISC, [all]);
        self.kinds("qdisc", &qdiscs, "kind");
        let mut places = BTreeSet::new();
        for qdisc in &qdiscs {
            let number = |path: &str| qdisc.get(path).and_then(Node::as_int).unwrap_or_default();
            let (ifindex, handle) = (number("header.ifindex") as i32, number("header.handle") as u32);
            places.insert((ifindex, Handle(handle)));
            if qdisc.get("kind").and_then(Node::as_str) == Some("clsact") {
                places.extend([(ifindex, Handle::CLSACT_INGRESS), (ifindex, Handle::CLSACT_EGRESS)]);
            }
        }
        let links: BTreeSet<i32> = places.iter().map(|(ifindex, _)| *ifindex).collect();
        let at = |header| TcGet { header, ..TcGet::default() };
        self.list(Route::GET_CLASS, links.into_iter().map(|ifindex| at(TcHeader { ifindex, ..TcHeader::default() })));

        let blocks = [7, 8].map(|block| filter::list(0, Handle::UNSPEC).in_block(block).body.header);
        let places = places.into_iter().map(|(ifindex, parent)| TcHeader { ifindex, parent, ..TcHeader::default() });
        let places: Vec<_> = places.chain(blocks).collect();
        let filters = self.list(Route::GET_FILTER, places.iter().copied().map(at));
        self.kinds("classifier", &filters, "kind");
        let terse = Bitfield32 { value: DumpFlags::TERSE, selector: DumpFlags::TERSE };
        // Of the classifiers, only this one can be told of shortly, and the others end the list.
        let of_place = |place: &TcHeader| {
            let is_there =
                |filter: &&Node| filter.get("header.ifindex").and_then(Node::as_int) == Some(place.ifindex.into());
            filters.iter().filter(is_there).all(|filter| filter.get("kind").and_then(Node::as_str) == Some("flower"))
        };
        let short = places.iter().copied().filter(of_place);
        self.list(Route::GET_FILTER, short.map(|header| TcGet { dump_flags: Some(terse), ..at(header) }));
        self.list(Route::LIST_CHAINS, places.into_iter().map(at));

        let kinds = namespace.wanted.iter().filter_map(|thing| thing.strip_prefix("action "));
        for list in self.list(Route::GET_ACTION, kinds.map(|kind| action::list(kind).body)) {
            let Some(Node::Numbered(actions)) = list.get("tab") else { continue };
            let actions: Vec<Node> = actions.iter().map(|(_, action)| action.clone()).collect();
            self.kinds("action", &actions, "kind");
        }
    }

    /// What iproute2 has no words for, or not in a namespace without a name.
    fn others(&mut self) {
        let own = nsid::Of::Process(process::id());
        self.route.tell(nsid::assign(own, Some(77))).expect("a number");
        assert!(!self.list(Route::GET_NSID, [NsId::default()]).is_empty(), "the number of a namespace");

        // Routes of all families would show them, too: they come last.
        let links = self.list(Route::GET_LINK, [LinkGet::default()]);
        let links = links.iter().filter(|link| link.get("link_info.kind").and_then(Node::as_str) == Some("vcan"));
        let cans: Vec<u32> = links.filter_map(|link| link.get("header.index")?.as_int()?.try_into().ok()).collect();
        if let ([from, to, ..], true) = (&cans[..], netlink_tests::require::loads_module("can-gw")) {
            self.route.tell(can_gw::add(*from, *to).filter(0x100, 0x7ff)).expect("a gateway");
            assert!(
                !self
                    .list(Route::LIST_CAN_JOBS, [CanJob { header: can_gw::list().body.header, ..CanJob::default() }])
                    .is_empty()
            );
        } else {
            self.list(Route::LIST_CAN_JOBS, []);
        }
    }
}

/// Whether the kernel has no such list at all.
fn lacks(error: &Error) -> bool {
    matches!(error.errno(), Some(Errno::OPNOTSUPP | Errno::AFNOSUPPORT))
}

impl fmt::Display for Lists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.counts.iter().try_for_each(|(name, count)| writeln!(f, "{count:6} {name}"))
    }
}
