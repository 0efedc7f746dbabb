//! What the running kernel does, one test at a time: there is one audit daemon.

use std::{process, thread, time::Duration};

use netlink_core::{
    Errno, Error,
    connection::Incoming,
    operation::{RawOperation, Undeclared},
    protocol::{self, Audit, Netfilter},
    request::Request,
    socket::Namespace,
    wire::{Attrs, NESTED, NET_BYTEORDER, Writer},
};
use netlink_tests::{require, skip, unsupported};
use nix::sched::{CloneFlags, unshare};
use protocols::route::{
    Route,
    link::{Link, LinkHeader, LinkInfo, get},
};

use super::{Connection, open};

type RawRequest<P> = Request<Undeclared<P>, RawOperation, &'static [u8]>;

/// `AUDIT_SET` with a `struct audit_status` that names the process which gets the events, 0 for none.
fn daemon(port: u32) -> RawRequest<Audit> {
    const MASK_PID: u32 = 4;
    let words = [MASK_PID, 0, 0, port, 0, 0, 0, 0, 0, 0, 0];
    Request::raw(Audit, 1001).add_bytes(&words.map(u32::to_ne_bytes).concat())
}

fn attr(kind: u16, payload: &[u8]) -> Vec<u8> {
    let mut out = Writer::new();
    out.attr(kind, payload);
    out.finish().unwrap()
}

/// A request to ipset for the set `s`.
fn ipset(command: u16) -> RawRequest<Netfilter> {
    let request = Request::raw(Netfilter, 6 << 8 | command).add_bytes(&[2, 0, 0, 0]);
    request.add_attr(1, &6_u8).add_attr(2, &"s".to_owned())
}

fn ip(kind: u16, last: u8) -> Vec<u8> {
    attr(kind | NESTED, &attr(1 | NET_BYTEORDER, &[192, 0, 2, last]))
}

/// A new network namespace, which stays as long as the descriptor.
fn elsewhere() -> Namespace {
    let inside = || {
        unshare(CloneFlags::CLONE_NEWNET).unwrap();
        Namespace::current().unwrap()
    };
    thread::spawn(inside).join().unwrap()
}

live! {
    fn trap_51_live_events_of_audit_leave_the_header_out_of_their_length() {
        let Ok(mut connection) = open::<Audit>() else { unsupported!("the kernel has no audit") };
        let status = match wait!(connection.ask(Request::raw(Audit, 1000))) {
            Ok(reply) => reply.body.to_vec(),
            Err(error) => skip!("needs to be root of the whole machine, for audit: {error}"),
        };
        let word = |at: usize| u32::from_ne_bytes(status[4 * at..][..4].try_into().unwrap());
        if (word(1), word(3)) != (0, 0) {
            skip!("somebody else receives the events of audit: needs a machine without an audit daemon");
        }
        if let Err(error) = wait!(connection.tell(daemon(process::id()))) {
            skip!("needs to be root of the whole machine, for audit: {error}");
        }
        // AUDIT_USER_AVC, which is passed on whether or not audit is on.
        let told = wait!(connection.tell(Request::raw(Audit, 1107).add_bytes(b"op=a test\0")));
        let mut texts = Vec::new();
        let mut events = connection.events().timeout(Duration::from_secs(30));
        while let Some(Ok(incoming)) = wait!(events.next_event()) {
            let Incoming::Notification(event) = incoming else { panic!("{incoming:?}") };
            texts.push((event.header(), event.message().body().to_vec()));
            if event.header().kind == 1107 {
                break;
            }
        }
        drop(events);
        wait!(connection.tell(daemon(0))).unwrap();
        told.unwrap();
        let (header, text) = texts.iter().find(|(header, _)| header.kind == 1107).expect("the event");
        assert!(text.starts_with(b"audit(") && text.ends_with(b"msg='op=a test'"), "{text:?}");
        assert_eq!(usize::try_from(header.len).unwrap(), text.len(), "the kernel counts the header");
    }

    fn trap_51_live_ipset_says_which_line_it_did_not_take() {
        let Ok(mut connection) = open::<Netfilter>() else { unsupported!("the kernel has no netfilter") };
        let range = [ip(1, 0), ip(2, 7)].concat();
        let create = ipset(2).add_attr(3, &"bitmap:ip".to_owned()).add_attr(4, &0_u8).add_attr(5, &2_u8);
        match wait!(connection.tell(create.add_bytes(&attr(7 | NESTED, &range)))) {
            Ok(()) => {}
            Err(Error::Refused(refused)) => unsupported!("the kernel has no ipset of the kind bitmap:ip: {refused}"),
            Err(error) => panic!("{error}"),
        }
        // The third address is beyond the set.
        let lines = [(1, 70_u32), (2, 71), (9, 72), (3, 73)];
        let lines: Vec<u8> = lines
            .iter()
            .flat_map(|(last, line)| attr(7 | NESTED, &[ip(1, *last), attr(9, &line.to_ne_bytes())].concat()))
            .collect();
        let add = ipset(9).add_attr(9, &0_u32).add_bytes(&attr(8 | NESTED, &lines));
        let error = wait!(connection.tell(add)).unwrap_err();
        let Error::Refused(refused) = error else { panic!("{error}") };
        assert!(refused.errno() > Errno::from_raw(4095), "{refused}");
        let line = |message: &[u8]| Attrs::new(&message[20..]).flatten().find(|attr| attr.id() == 9).unwrap().payload.to_vec();
        assert_eq!(line(refused.request()), 0_u32.to_ne_bytes());
        assert_eq!(line(refused.echoed().unwrap()), 72_u32.to_ne_bytes());
    }

    fn mistake_live_what_the_kernel_objects_to_is_named_in_words_of_the_declaration() {
        let mut connection = open::<protocol::Route>().unwrap();
        let header = LinkHeader { index: 1, ..LinkHeader::default() };
        let lo = Link { header, gso_max_size: Some(1), ..Link::default() };
        if let Some(()) = require::linux(6, 9) {
            let error = wait!(connection.tell(Route::SET_LINK.with(&lo))).unwrap_err();
            let said = "Numerical result out of range (ERANGE): integer out of range \
                        (`Link.gso_max_size` is 1; the kernel accepts u32 from ";
            assert!(error.to_string().starts_with(said), "{error}");
        }
        // Of a kind that it does not know, the kernel tells no place: the declaration knows its words.
        let link_info = Some(LinkInfo { kind: Some("nonesuch".into()), ..LinkInfo::default() });
        let link = Link { ifname: Some("one".parse().unwrap()), link_info, ..Link::default() };
        let error = wait!(connection.tell(Route::NEW_LINK.with(&link).create().exclusive())).unwrap_err();
        let Error::Refused(refused) = error else { panic!("{error}") };
        let said = "Operation not supported (EOPNOTSUPP): Unknown device type (`Link.link_info.kind` is \"nonesuch\")";
        assert_eq!(refused.to_string(), said);
        let report = refused.report().to_string();
        assert!(report.contains("\n  link_info:") && report.contains("kind: \"nonesuch\"  <-- refused"), "{report}");
    }

    fn trap_31_live_a_connection_is_opened_in_another_namespace() {
        let Some(()) = require::link_kind("bridge") else { return };
        let mut here = open::<protocol::Route>().unwrap();
        let there = elsewhere();
        let mut connection = Connection::<protocol::Route>::open_in(&there).unwrap();
        let link_info = Some(LinkInfo { kind: Some("bridge".into()), ..LinkInfo::default() });
        let bridge = Link { ifname: Some("there".parse().unwrap()), link_info, ..Link::default() };
        wait!(connection.tell(Route::NEW_LINK.with(&bridge).create().exclusive())).unwrap();
        assert_eq!(wait!(here.ask(get("there"))).unwrap_err().errno(), Some(Errno::NODEV));
        assert!(wait!(connection.ask(get("there"))).is_ok());
    }
}
