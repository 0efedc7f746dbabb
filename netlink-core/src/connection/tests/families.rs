//! Names are asked for over generic netlink, and nowhere else.

use super::*;
use crate::{generic::Family, operation::NlFamily, protocol::Protocol};

/// What only a declaration by hand can say: a generic family of another protocol.
struct Misdeclared;

impl NlFamily for Misdeclared {
    type Protocol = Route;
    const INFO: FamilyInfo = FamilyInfo { name: "nlctrl", kind: FamilyKind::Generic { version: 2 } };
}

impl Misdeclared {
    const GET: Operation<Self, DoDump<FamilyName, FamilyName, ()>> = Operation::new("get", 3, 1);
    const NOTIFY: MulticastGroup<Self> = MulticastGroup::named("notify");
}

#[test]
fn no_other_protocol_is_asked_for_generic_families() {
    let mut connection = Connection::<Route>::open().unwrap();
    let name = || FamilyName { name: "nlctrl".into() };
    let errors = [
        connection.family_id::<Misdeclared>().unwrap_err(),
        connection.family_id::<Links>().unwrap_err(),
        connection.join(Misdeclared::NOTIFY).unwrap_err(),
        connection.leave(Misdeclared::NOTIFY).unwrap_err(),
        connection.ask(Misdeclared::GET.with(&name())).unwrap_err(),
        connection.tell(Misdeclared::GET.with(&name())).unwrap_err(),
        connection.dump(Misdeclared::GET.dump_with(&())).unwrap_err(),
        connection.send(Misdeclared::GET.with(&name())).unwrap_err(),
        Misdeclared::connect().unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(&error, Error::Io(error) if error.kind() == io::ErrorKind::InvalidInput), "{error:?}");
        assert!(error.to_string().contains(&Protocol::ROUTE.to_string()), "{error}");
    }
    // Type 16 is RTM_NEWLINK here. Nothing was sent: no number is used up, and there is no answer.
    assert_eq!(connection.line.exchange.allocate_seq(), 1);
    let mut events = connection.events().timeout(Duration::from_millis(20));
    assert!(matches!(events.next_event(), Some(Err(Error::Timeout))));
    assert_eq!(connection.counters(), Counters::default());
}

#[test]
fn a_family_is_known_until_it_is_forgotten() {
    let mut connection = Controller::connect().unwrap();
    connection.forget_families();
    assert!(connection.line.families.get("nlctrl").is_none());
    assert_eq!(connection.family("nlctrl").unwrap().id, Some(resolve::CONTROLLER));
    assert!(connection.line.families.get("nlctrl").is_some());
}

#[test]
fn a_family_whose_number_has_changed_is_found_again() {
    let mut controller = Controller::connect().unwrap();
    let wanted = FamilyName { name: "nlctrl".into() };
    let stale = |controller: &mut Connection<Generic>| {
        controller.line.families.insert("nlctrl", Family { id: Some(4000), ..Family::default() });
    };
    stale(&mut controller);
    assert_eq!(controller.ask(Controller::GET.with(&wanted)).unwrap().name, "nlctrl");
    stale(&mut controller);
    controller.tell(Controller::GET.with(&wanted)).unwrap();
    stale(&mut controller);
    assert!(controller.dump(Controller::GET.dump_with(&())).unwrap().all(|family| family.is_ok()));
    stale(&mut controller);
    assert_eq!(controller.replies(Controller::GET.with(&wanted)).unwrap().count(), 1);

    // What somebody says is taken at their word, and what is true is not asked for again and again.
    let error = controller.ask(Controller::GET.with(&wanted).family_id(4000)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::NOENT));
    let error = controller.ask(Controller::GET.with(&FamilyName { name: "absent".into() })).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::NOENT));
}

#[test]
fn what_the_controller_tells_is_shown_only_to_who_asked_for_it() {
    let mut connection = Connection::<Generic>::open().unwrap();
    connection.join(Controller::NOTIFY).unwrap();
    assert!(!connection.line.families.is_watching());
    connection.line.families.joined("sensors", "events");
    connection.leave(Controller::NOTIFY).unwrap();
    assert_eq!(connection.socket().groups().unwrap(), [resolve::NOTIFY], "still needed");
    connection.line.families.left("sensors", "events");
    connection.leave(Controller::NOTIFY).unwrap();
    assert!(connection.socket().groups().unwrap().is_empty());
}
