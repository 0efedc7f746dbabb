//! Families: headers, operations, groups.

use std::borrow::Cow;

use netlink_core::{
    Connection, NlFamily, NlMessage, NlStruct,
    connection::Incoming,
    operation::{Begins, Do, DoDump, Dump, Event, Group, Operation},
    protocol::{Generic, Route},
    request::RawMessage,
    schema::Permission,
    sim::{Call, Kernel},
    wire::{Body, MessageFlags, UnknownAttrs},
};

use crate::{both, refused, wire};

/// `struct ifinfomsg` (linux/rtnetlink.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct LinkHeader {
    #[nl(pad = 1)]
    family: u8,
    kind: u16,
    index: i32,
    flags: u32,
    change: u32,
}

/// `struct if_stats_msg` (linux/if_link.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct StatsHeader {
    #[nl(pad = 3)]
    family: u8,
    ifindex: u32,
    filter_mask: u32,
}

/// `struct ovs_header` (linux/openvswitch.h): behind the header that all generic families have.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct OvsHeader {
    dp_ifindex: i32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Link<'a> {
    #[nl_attr(header)]
    header: LinkHeader,
    #[nl_attr(3)]
    name: Option<Cow<'a, str>>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct LinkStats<'a> {
    #[nl_attr(header)]
    header: StatsHeader,
    #[nl_attr(1)]
    link_64: Option<Cow<'a, [u8]>>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Datapath<'a> {
    #[nl_attr(header)]
    header: OvsHeader,
    #[nl_attr(1)]
    name: Option<Cow<'a, str>>,
}

/// Links, and what is counted of them: one protocol, two headers.
#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Links {
    #[nl(18, reply = 16)]
    get: DoDump<Link<'static>, Link<'static>>,
    #[nl(94, reply = 92)]
    get_stats: DoDump<LinkStats<'static>, LinkStats<'static>>,
    #[nl(17)]
    del: Do<Link<'static>>,
    #[nl(group = 1)]
    links: Group,
    /// RTNLGRP_STATS: too large for the mask of groups that sockets are bound with.
    #[nl(group = 36)]
    stats: Group,
}

#[derive(NlFamily)]
#[nl(generic = "ovs_datapath", version = 2)]
struct Datapaths {
    #[nl(3, reply = 1)]
    get: DoDump<Datapath<'static>, Datapath<'static>>,
}

#[test]
fn c18_a_header_of_the_family_or_of_the_operation_stands_before_the_attributes() {
    // The kernel about a veth device.
    let bytes = wire("00 00 01 00 03 00 00 00 43 10 01 00 00 00 00 00  07 00 03 00 'v0' 00 00");
    let header = LinkHeader { kind: 1, index: 3, flags: 0x1_1043, ..LinkHeader::default() };
    both(&bytes, &Link { header, name: Some("v0".into()), ..Link::default() });
    // A header alone, which some answers are; and less than one.
    both(&bytes[..16], &Link { header, ..Link::default() });
    let error = "`Link.header`: truncated: 15 bytes where at least 16 are needed (at byte 0)";
    assert_eq!(refused::<Link<'_>>(&bytes[..15]), error);

    // After linux/if_link.h and net/openvswitch/datapath.c.
    let stats =
        LinkStats { header: StatsHeader { ifindex: 3, filter_mask: 1, ..StatsHeader::default() }, link_64: None };
    let bytes = Links::GET_STATS.with(&stats).to_bytes(7, 0).unwrap();
    let expected = "1c 00 00 00 5e 00 01 00 07 00 00 00 00 00 00 00  00 00 00 00 03 00 00 00 01 00 00 00";
    assert_eq!(bytes, wire(expected));
    let datapath = Datapath { header: OvsHeader { dp_ifindex: -1 }, name: Some("br0".into()) };
    let bytes = Datapaths::GET.with(&datapath).family_id(30).to_bytes(7, 0).unwrap();
    let expected = "20 00 00 00 1e 00 01 00 07 00 00 00 00 00 00 00  03 02 00 00  ff ff ff ff  08 00 01 00 'br0' 00";
    assert_eq!(bytes, wire(expected));
}

/// A part of `netdev` and of `nlctrl`: which the family is depends on the machine, so it is declared under a name that
/// no kernel has.
#[derive(NlFamily)]
#[nl(generic = "made-up", version = 2)]
struct MadeUp {
    /// Unified numbers: the answer has the number of the request.
    #[nl(10)]
    get_queue: DoDump<QueueId, Queue, QueueFilter, Queue>,
    /// Directional numbers, as `CTRL_CMD_GETFAMILY` and `CTRL_CMD_NEWFAMILY`.
    #[nl(3, reply = 1)]
    get_family: DoDump<Family<'static>, Family<'static>>,
    /// Only acknowledged.
    #[nl(14)]
    set: Do<QueueId>,
    /// Without a body.
    #[nl(5, reply = 4)]
    list: Dump<(), Family<'static>>,
    /// The notification shares the body of an answer.
    #[nl(2)]
    del_family: Event<Family<'static>>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct QueueId {
    #[nl_attr(2)]
    ifindex: Option<u32>,
    #[nl_attr(3)]
    kind: Option<u32>,
    #[nl_attr(1)]
    id: Option<u32>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct QueueFilter {
    #[nl_attr(2)]
    ifindex: Option<u32>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Queue {
    #[nl_attr(1)]
    id: Option<u32>,
    #[nl_attr(4)]
    napi_id: Option<u32>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Family<'a> {
    #[nl_attr(2)]
    name: Option<Cow<'a, str>>,
}

#[test]
fn c19_requests_answers_dumps_and_events_have_numbers_and_bodies_of_their_own() {
    let operations = [
        (MadeUp::GET_QUEUE.request_id(), MadeUp::GET_QUEUE.reply_id()),
        (MadeUp::GET_FAMILY.request_id(), MadeUp::GET_FAMILY.reply_id()),
        (MadeUp::SET.request_id(), MadeUp::SET.reply_id()),
        (MadeUp::LIST.request_id(), MadeUp::LIST.reply_id()),
        (MadeUp::DEL_FAMILY.request_id(), MadeUp::DEL_FAMILY.reply_id()),
    ];
    assert_eq!(operations, [(10, 10), (3, 1), (14, 14), (5, 4), (2, 2)]);

    // NETDEV_CMD_QUEUE_GET for one queue and for all of a device, by linux/netdev.h.
    let id = QueueId { ifindex: Some(3), kind: Some(0), id: Some(1) };
    let bytes = MadeUp::GET_QUEUE.with(&id).family_id(20).to_bytes(7, 9).unwrap();
    let expected = "2c 00 00 00 14 00 01 00 07 00 00 00 09 00 00 00  0a 02 00 00
        08 00 02 00 03 00 00 00  08 00 03 00 00 00 00 00  08 00 01 00 01 00 00 00";
    assert_eq!(bytes, wire(expected));
    let filter = QueueFilter { ifindex: Some(3) };
    let request = MadeUp::GET_QUEUE.dump_with(&filter).flags(MessageFlags::DUMP).family_id(20);
    let expected = "1c 00 00 00 14 00 01 03 07 00 00 00 09 00 00 00  0a 02 00 00  08 00 02 00 03 00 00 00";
    assert_eq!(request.to_bytes(7, 9).unwrap(), wire(expected));
    // CTRL_CMD_GETFAMILY, by linux/genetlink.h.
    let family = Family { name: Some("nlctrl".into()) };
    let bytes = MadeUp::GET_FAMILY.with(&family).family_id(16).ack().to_bytes(1, 0).unwrap();
    let expected = "20 00 00 00 10 00 05 00 01 00 00 00 00 00 00 00  03 02 00 00  0b 00 02 00 'nlctrl' 00 00";
    assert_eq!(bytes, wire(expected));
    let bytes = MadeUp::LIST.with(&()).family_id(16).to_bytes(1, 0).unwrap();
    assert_eq!(bytes, wire("14 00 00 00 10 00 01 00 01 00 00 00 00 00 00 00  05 02 00 00"));
    let header = LinkHeader { index: 3, ..LinkHeader::default() };
    let bytes = Links::DEL.with(&Link { header, ..Link::default() }).to_bytes(1, 0).unwrap();
    assert_eq!(bytes[..8], wire("20 00 00 00 11 00 01 00"));

    // What answers and events are decoded as is a matter of types.
    fn is<B: Body, C: Body + Same<B>>() {}
    trait Same<T> {}
    impl<T> Same<T> for T {}
    is::<Queue, <DoDump<QueueId, Queue, QueueFilter, Queue> as netlink_core::operation::Dumps>::Item>();
    is::<Family<'static>, <Event<Family<'static>> as netlink_core::operation::Notifies>::Body>();

    let error = MadeUp::GET_FAMILY.with(&family).to_bytes(1, 0).unwrap_err().to_string();
    assert_eq!(error, "the kernel's number for the generic family is missing: give it with `family_id`");
}

/// The controller's group.
#[derive(NlFamily)]
#[nl(generic = "nlctrl", version = 2)]
struct Control {
    #[nl(1)]
    new_family: Event<Family<'static>>,
    #[nl(group = "notify")]
    notify: Group,
    #[nl(group = "no-such-group")]
    missing: Group,
}

#[test]
fn c20_groups_have_names_or_numbers_above_32() {
    let mut route = Connection::<Route>::open().unwrap();
    route.join(Links::LINKS).unwrap();
    route.join(Links::STATS).unwrap();
    assert_eq!(route.socket().groups().unwrap(), [1, 36]);
    route.leave(Links::LINKS).unwrap();
    assert_eq!(route.socket().groups().unwrap(), [36]);

    let mut generic = Connection::<Generic>::open().unwrap();
    generic.join(Control::NOTIFY).unwrap();
    let family = generic.family("nlctrl").unwrap();
    let number = family.groups.iter().find(|group| group.name.as_deref() == Some("notify")).and_then(|group| group.id);
    let number = number.unwrap();
    assert_eq!(generic.socket().groups().unwrap(), [number]);
    let error = generic.join(Control::MISSING).unwrap_err().to_string();
    assert!(error.contains("no-such-group"), "{error}");
    assert_eq!((Control::NEW_FAMILY.name(), Control::NEW_FAMILY.reply_id()), ("new_family", 1));
}

/// After the operations of `Documentation/netlink/specs/mptcp_pm.yaml` and `devlink.yaml`, which carry these flags.
#[derive(NlFamily)]
#[nl(generic = "guarded", version = 1)]
#[allow(dead_code)]
struct Guarded {
    /// Anybody may.
    #[nl(1)]
    get: Do<()>,
    #[nl(2, admin, dont_validate = strict | dump)]
    set: Do<()>,
    #[nl(3, uns_admin)]
    flush: Do<()>,
}

#[test]
fn c21_operations_say_who_may_and_what_is_not_validated() {
    let family = Guarded::SCHEMA;
    let operation = |name| family.operation(name).unwrap();
    assert_eq!((operation("get").permission, operation("get").dont_validate), (None, &[][..]));
    assert_eq!(operation("set").permission, Some(Permission::Admin));
    assert_eq!(operation("set").dont_validate, ["strict", "dump"]);
    assert_eq!(operation("flush").permission, Some(Permission::UnsAdmin));
}

/// A family in parts, each declared where its objects are.
#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Whole {
    #[nl(part)]
    links: links::Operations,
    #[cfg(any())]
    #[nl(part)]
    missing: missing::Operations,
    #[nl(part)]
    gateways: gateways::Operations,
    /// Its own.
    #[nl(62)]
    get_anycast: Do<()>,
    #[nl(group = 7)]
    routes: Group,
}

mod links {
    use netlink_core::{Dump, Event, Group, NlFamily};

    #[derive(NlFamily)]
    #[nl(part_of = super::Whole)]
    pub(super) struct Operations {
        /// Lists links.
        #[doc(alias = "RTM_GETLINK")]
        #[nl(18, reply = 16)]
        pub(super) list_links: Dump<super::Link<'static>, super::Link<'static>>,
        #[nl(16, begins = not(29))]
        pub(super) link_changed: Event<super::Link<'static>>,
        #[nl(group = 1)]
        pub(super) links: Group,
    }
}

mod gateways {
    use netlink_core::{Dump, Event, NlFamily, NlStruct};

    /// Of another layout.
    #[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
    pub(super) struct Job {
        pub(super) family: u8,
        pub(super) kind: u8,
        pub(super) flags: u16,
    }

    #[derive(NlFamily)]
    #[nl(part_of = super::Whole)]
    pub(super) struct Operations {
        #[nl(26, reply = 16, begins = 29)]
        pub(super) list_jobs: Dump<Job, Job>,
        #[nl(16, begins = 29)]
        pub(super) job_changed: Event<Job>,
        #[nl(26, reply = 16, begins = not(29))]
        pub(super) list_others: Dump<(), &'static [u8]>,
    }
}

#[test]
fn c22_a_family_can_be_declared_in_parts() {
    let names: Vec<_> = Whole::SCHEMA.operations.iter().map(|operation| operation.name).collect();
    let parts = ["list_links", "link_changed", "list_jobs", "job_changed", "list_others"];
    assert_eq!(names, [&["get_anycast"][..], &parts].concat());
    let groups: Vec<_> = Whole::SCHEMA.groups.iter().map(|group| (group.name, group.number)).collect();
    assert_eq!(groups, [("routes", Some(7)), ("links", Some(1))]);
    let list = Whole::SCHEMA.operation("RTM_GETLINK").unwrap();
    assert_eq!((list.name, list.doc, list.request_id, list.reply_id), ("list_links", "Lists links.", 18, 16));
    assert_eq!(Whole::SCHEMA.operation("list-jobs").unwrap().begins, Begins::With(29));
    assert_eq!((Whole::GET_ANYCAST.request_id(), Whole::LINK_CHANGED.begins()), (62, Begins::Not(29)));

    let mut route = Whole::connect().unwrap();
    route.join(Whole::LINKS).unwrap();
    route.join(Whole::ROUTES).unwrap();
    assert_eq!(route.socket().groups().unwrap(), [1, 7]);
    let links = route.dump(Whole::LIST_LINKS.with(&Link::default())).unwrap();
    let names: Vec<_> = links.map(|link| link.unwrap().name.unwrap()).collect();
    assert!(names.contains(&"lo".into()), "{names:?}");
}

#[test]
fn c23_bodies_of_several_operations_are_told_apart_by_their_first_byte() {
    let job = gateways::Job { family: 29, kind: 1, flags: 7 };
    let kernel = Kernel::new();
    // As the kernel does, which has one list for all.
    let list = move |call: &mut Call| {
        call.notify(Whole::LINKS, Whole::JOB_CHANGED, &job);
        call.notify(Whole::LINKS, Whole::LINK_CHANGED, &Link::default());
        let raw = |body: Vec<u8>| RawMessage { body: body.into(), ..RawMessage::default() };
        Ok([job.to_bytes().unwrap(), vec![2, 3, 4, 5], job.to_bytes().unwrap()].map(raw))
    };
    let everything: Operation<Whole, Dump<&[u8], RawMessage<'_>>> = Operation::new("everything", 26, 16);
    kernel.on_dump(everything, move |_, call| list(call));

    let mut connection = kernel.connect().unwrap();
    connection.join(Whole::LINKS).unwrap();
    let jobs: Vec<_> = connection.dump(Whole::LIST_JOBS.with(&job)).unwrap().map(Result::unwrap).collect();
    assert_eq!(jobs, [job, job]);
    let mut others = connection.dump(Whole::LIST_OTHERS.with(&())).unwrap();
    assert_eq!(others.next_borrowed().unwrap().unwrap(), [2, 3, 4, 5]);
    assert!(others.next_borrowed().is_none());
    assert_eq!(others.passed_over(), 2);
    drop(others);
    let jobs = connection.list(Whole::LIST_JOBS.with(&job), 1).unwrap();
    assert_eq!((jobs.entries.len(), jobs.passed_over), (2, 1));

    let mut events = connection.events();
    let Some(Ok(Incoming::Notification(first))) = events.next_event() else { panic!() };
    assert!(first.is(Whole::JOB_CHANGED) && !first.is(Whole::LINK_CHANGED));
    assert_eq!(first.decode(Whole::JOB_CHANGED).unwrap(), job);
    let error = first.decode(Whole::LINK_CHANGED).unwrap_err();
    assert_eq!(error.to_string(), "a message of type 16 that begins with 29, which is of another operation");
    let Some(Ok(Incoming::Notification(second))) = events.next_event() else { panic!() };
    assert!(!second.is(Whole::JOB_CHANGED) && second.is(Whole::LINK_CHANGED));
}
