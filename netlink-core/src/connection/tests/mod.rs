//! Against the running kernel.

mod ahead;
mod families;
mod limits;
mod namespace;

use std::{borrow::Cow, time::Instant};

use super::*;
use crate::{
    errno::Errno,
    generic::resolve,
    operation::{Do, DoDump, Dump, Event, FamilyInfo, FamilyKind, Operation},
    protocol::{Generic, Route},
    wire::{Attrs, Decode, DecodeError, Encode, IntoOwned, Writer},
};

/// A link as far as these tests need it: `struct ifinfomsg`, IFLA_IFNAME and IFLA_MTU.
#[derive(Clone, Debug, Default, PartialEq)]
struct Link<'a> {
    index: i32,
    up: bool,
    name: Option<Cow<'a, [u8]>>,
    mtu: Option<u32>,
}

impl<'a> Decode<'a> for Link<'a> {
    fn decode_at(bytes: &'a [u8], base: usize) -> Result<Self, DecodeError> {
        let Some((header, attrs)) = bytes.split_first_chunk::<16>() else {
            let kind = crate::wire::DecodeErrorKind::Truncated { needed: 16, found: bytes.len() };
            return Err(DecodeError::new(kind, base));
        };
        let index = i32::from_ne_bytes([header[4], header[5], header[6], header[7]]);
        let mut link = Self { index, up: header[8] & 1 != 0, ..Self::default() };
        for attr in Attrs::new(attrs) {
            let attr = attr?;
            match attr.id() {
                3 => link.name = Some(attr.payload.strip_suffix(&[0]).unwrap_or(attr.payload).into()),
                4 => link.mtu = attr.payload.first_chunk().copied().map(u32::from_ne_bytes),
                _ => {}
            }
        }
        Ok(link)
    }
}

impl Encode for Link<'_> {
    fn encode_into(&self, out: &mut Writer) {
        out.zeros(4);
        out.bytes(&self.index.to_ne_bytes());
        out.bytes(&u32::from(self.up).to_ne_bytes());
        out.bytes(&u32::from(self.up).to_ne_bytes());
        if let Some(name) = &self.name {
            out.attr(3, &[&**name, &[0]].concat());
        }
        if let Some(mtu) = self.mtu {
            out.attr(4, &mtu.to_ne_bytes());
        }
    }
}

impl Body for Link<'_> {
    type Of<'a> = Link<'a>;
}

impl IntoOwned for Link<'_> {
    type Owned = Link<'static>;

    fn into_owned(self) -> Link<'static> {
        Link { name: self.name.map(|name| Cow::Owned(name.into_owned())), ..self }
    }
}

/// A body without a lifetime: the command of a generic message, and the family's number and name length.
#[derive(Clone, Debug, Default, PartialEq)]
struct FamilyName {
    name: String,
}

impl<'a> Decode<'a> for FamilyName {
    fn decode_at(bytes: &'a [u8], _base: usize) -> Result<Self, DecodeError> {
        let mut name = String::new();
        for attr in Attrs::new(bytes) {
            let attr = attr?;
            if attr.id() == 2 {
                name = String::from_utf8_lossy(attr.payload).trim_end_matches(char::from(0)).to_owned();
            }
        }
        Ok(Self { name })
    }
}

impl Encode for FamilyName {
    fn encode_into(&self, out: &mut Writer) {
        if !self.name.is_empty() {
            out.attr(2, &[self.name.as_bytes(), &[0]].concat());
        }
    }
}

impl Body for FamilyName {
    type Of<'a> = FamilyName;
}

impl IntoOwned for FamilyName {
    type Owned = Self;

    fn into_owned(self) -> Self {
        self
    }
}

struct Links;

impl NlFamily for Links {
    type Protocol = Route;
    const INFO: FamilyInfo = FamilyInfo { name: "links", kind: FamilyKind::Raw };
}

impl Links {
    const GET: Operation<Self, DoDump<Link<'static>, Link<'static>>> = Operation::new("get", 18, 16);
    const SET: Operation<Self, Do<Link<'static>>> = Operation::new("set", 19, 19);
    const CHANGED: Operation<Self, Event<Link<'static>>> = Operation::new("changed", 16, 16);
    const WRONG: Operation<Self, Dump<Link<'static>, Link<'static>>> = Operation::new("wrong", 18, 17);
    const CHANGES: MulticastGroup<Self> = MulticastGroup::numbered(1);
}

struct Controller;

impl NlFamily for Controller {
    type Protocol = Generic;
    const INFO: FamilyInfo = FamilyInfo { name: "nlctrl", kind: FamilyKind::Generic { version: 2 } };
}

impl Controller {
    const GET: Operation<Self, DoDump<FamilyName, FamilyName, ()>> = Operation::new("get", 3, 1);
    const NOTIFY: MulticastGroup<Self> = MulticastGroup::named("notify");
    const ABSENT: MulticastGroup<Self> = MulticastGroup::named("absent");
}

struct Absent;

impl NlFamily for Absent {
    type Protocol = Generic;
    const INFO: FamilyInfo = FamilyInfo { name: "absent", kind: FamilyKind::Generic { version: 1 } };
}

fn lo() -> Link<'static> {
    Link { name: Some(Cow::Borrowed(b"lo")), ..Link::default() }
}

#[test]
fn links_are_listed_owned_and_borrowed() {
    let mut connection = Links::connect().unwrap();
    let owned: Vec<Link<'static>> =
        connection.dump(Links::GET.with(&Link::default())).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(owned.iter().any(|link| link.name == lo().name));
    let mut links = connection.dump(Links::GET.with(&Link::default())).unwrap();
    let mut count = 0;
    while let Some(link) = links.next_borrowed() {
        assert!(matches!(link.unwrap().name, Some(Cow::Borrowed(_))));
        count += 1;
    }
    assert_eq!(count, owned.len());
    assert!(!links.was_filtered());
}

#[test]
fn trap_01_live_a_dump_with_an_ack_ends() {
    let mut connection = Links::connect().unwrap();
    for _ in 0..3 {
        let links = connection.dump(Links::GET.with(&Link::default()).ack()).unwrap();
        assert!(links.map(Result::unwrap).count() > 0);
    }
    assert_eq!(connection.counters(), Counters::default());
}

#[test]
fn trap_02_live_a_reply_stays_while_its_ack_is_received() {
    let mut connection = Links::connect().unwrap();
    for _ in 0..3 {
        let link = connection.ask(Links::GET.with(&lo())).unwrap();
        assert_eq!((link.index, link.name), (1, lo().name));
    }
    assert_eq!(connection.counters(), Counters::default());
    assert!(connection.said().is_empty());
}

#[test]
fn a_refusal_has_errno_words_and_place() {
    let mut connection = Links::connect().unwrap();
    let absent = Link { name: Some(Cow::Borrowed(b"absent0")), ..Link::default() };
    let error = connection.ask(Links::GET.with(&absent)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::NODEV));
    assert_eq!(io::Error::from(error).raw_os_error(), Some(19));

    // Strict checking objects to an attribute that it does not know.
    let error = connection.ask(Links::GET.with(&lo()).add_attr(999, &7_u32)).unwrap_err();
    let Error::Refused(refused) = &error else { panic!("{error}") };
    assert_eq!(refused.errno(), Errno::INVAL);
    assert_eq!(refused.attributes(16), [999]);
    assert!(error.to_string().contains("at byte 40 of the request"), "{error}");
    // At the end of a list it says why too; where, only since Linux 6.10.
    let request = Links::GET.with(&Link::default()).add_attr(999, &7_u32);
    let error = connection.dump(request).unwrap().next().unwrap().unwrap_err();
    let Error::Refused(refused) = &error else { panic!("{error}") };
    assert_eq!(refused.errno(), Errno::INVAL);
    assert!(refused.message().is_some(), "{error}");
    // And the connection works on.
    connection.ask(Links::GET.with(&lo())).unwrap();
}

#[test]
fn trap_29_live_after_a_timeout_the_late_answer_is_not_taken_for_another() {
    let mut connection = Links::connect().unwrap();
    let hurried = || Links::GET.with(&lo()).deadline(Duration::ZERO);
    assert!(matches!(connection.ask(hurried()), Err(Error::Timeout)));
    assert!(matches!(connection.tell(Links::SET.with(&lo()).deadline(Duration::ZERO)), Err(Error::Timeout)));
    assert_eq!(connection.ask(Links::GET.with(&lo())).unwrap().index, 1);
    assert!(connection.counters().late >= 3);
}

#[test]
fn trap_14_live_an_abandoned_dump_is_no_obstacle() {
    let mut connection = Controller::connect().unwrap();
    let all = connection.dump(Controller::GET.dump_with(&())).unwrap().count();
    assert!(all > 1);
    for taken in 0..3 {
        let mut families = connection.dump(Controller::GET.dump_with(&())).unwrap();
        assert_eq!(families.by_ref().take(taken).map(Result::unwrap).count(), taken);
        drop(families);
        let family = connection.ask(Controller::GET.with(&FamilyName { name: "nlctrl".into() })).unwrap();
        assert_eq!(family.name, "nlctrl");
    }
    // Forgotten without being dropped.
    std::mem::forget(connection.dump(Controller::GET.dump_with(&())).unwrap());
    assert_eq!(connection.dump(Controller::GET.dump_with(&())).unwrap().map(Result::unwrap).count(), all);
}

#[test]
fn an_entry_of_another_type_is_an_error_of_that_entry() {
    let mut connection = Links::connect().unwrap();
    let entries: Vec<_> = connection.dump(Links::WRONG.with(&Link::default())).unwrap().collect();
    assert!(!entries.is_empty());
    for entry in entries {
        assert!(matches!(entry, Err(Error::Unexpected { expected: 17, found: 16 })));
    }
    assert_eq!(connection.ask(Links::GET.with(&lo())).unwrap().index, 1);
}

#[test]
fn names_of_generic_families_and_groups_are_resolved_or_told() {
    let mut connection = Controller::connect().unwrap();
    assert_eq!(connection.family_id::<Controller>().unwrap(), resolve::CONTROLLER);
    connection.join(Controller::NOTIFY).unwrap();
    connection.leave(Controller::NOTIFY).unwrap();
    let error = connection.join(Controller::ABSENT).unwrap_err();
    assert_eq!(error.to_string(), "the generic family `nlctrl` has no group `absent`; it has `notify`");
    let error = Absent::connect().unwrap_err();
    assert_eq!(error.to_string(), "the kernel has no generic family `absent` (is its module loaded?)");
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::NotFound);
}

#[test]
fn what_does_not_fit_is_told_before_anything_is_sent() {
    let mut connection = Links::connect().unwrap();
    let error = connection.tell(Links::SET.with(&lo()).add_attr(999, &vec![0; 70_000])).unwrap_err();
    assert!(matches!(error, Error::Encode(_)), "{error}");
    // Trap 7: the kernel would call these a success.
    assert!(matches!(connection.tell(Request::raw(Route, 2)), Err(Error::Encode(_))));
    let without_id = Controller::GET.with(&FamilyName::default());
    assert!(without_id.to_bytes(1, 0).unwrap_err().to_string().contains("family_id"));
    let with_id = Controller::GET.with(&FamilyName::default()).family_id(16).to_bytes(1, 0).unwrap();
    assert_eq!(with_id[16..], [3, 2, 0, 0]);
}

#[test]
fn a_canceller_ends_the_reading_of_events() {
    let mut connection = Links::connect().unwrap();
    let canceller = connection.canceller().unwrap();
    canceller.cancel();
    assert!(connection.events().next_event().is_none());
    canceller.reset();
    let mut events = connection.events().timeout(Duration::from_millis(5));
    let before = Instant::now();
    assert!(matches!(events.next_event(), Some(Err(Error::Timeout))));
    assert!(before.elapsed() >= Duration::from_millis(5));
}

#[test]
fn a_refusal_that_nobody_waits_for_comes_as_an_event() {
    let mut connection = Links::connect().unwrap();
    let absent = Link { name: Some(Cow::Borrowed(b"absent0")), ..Link::default() };
    let sent = connection.send(Links::GET.with(&absent)).unwrap();
    let mut events = connection.events().timeout(Duration::from_secs(5));
    let Some(Ok(Incoming::Refused { seq, refused })) = events.next_event() else { panic!() };
    assert_eq!((seq, refused.errno()), (sent, Errno::NODEV));
}
