use std::{
    env, fs,
    net::Ipv4Addr,
    path::PathBuf,
    process::{self, Command},
};

use netlink_core::{
    NlFamily,
    operation::{Do, Operation},
    wire::Body,
};
use protocols::route::{
    Route,
    address::{Address, AddressHeader},
    ip::AddressFamily,
    link::{self, Link, LinkData, LinkHeader, LinkInfo, Vxlan},
};

use super::{Exceptions, Report, Sent, Settable, recording};
use crate::{netns, require};

const RECORD: &str = "NETLINK_RECORD";

/// A directory for recordings, gone after the test.
struct Recordings(PathBuf);

impl Recordings {
    fn new(test: &str) -> Self {
        let path = env::temp_dir().join(format!("netlink-coverage-{test}-{}", process::id()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn with(self, file: &str, lines: &[String]) -> Self {
        fs::write(self.0.join(file), lines.join("\n")).unwrap();
        self
    }

    fn sent(&self) -> Sent {
        recording::sent(&self.0, &Settable::of(Route::SCHEMA)).unwrap()
    }
}

impl Drop for Recordings {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// As `Connection` sends it.
fn request<B: Body>(seq: u32, operation: Operation<Route, Do<B>>, body: &B::Of<'_>) -> Vec<u8> {
    operation.with(body).to_bytes(seq, 7).unwrap()
}

fn unacknowledged(mut bytes: Vec<u8>) -> Vec<u8> {
    let flags = u16::from_ne_bytes([bytes[6], bytes[7]]) & !4;
    bytes[6..8].copy_from_slice(&flags.to_ne_bytes());
    bytes
}

fn begin() -> String {
    "netlink 0 port 7".to_owned()
}

fn out(bytes: &[u8]) -> String {
    format!("1 > 0 {}", hex(bytes))
}

fn message(kind: u16, seq: u32, body: &[u8]) -> String {
    let len = (16 + body.len()) as u32;
    let header = [&len.to_ne_bytes()[..], &kind.to_ne_bytes(), &[0; 2], &seq.to_ne_bytes(), &7_u32.to_ne_bytes()];
    format!("2 < 0 0 - {len} {}", hex(&[&header.concat(), body].concat()))
}

fn answer(seq: u32, errno: i32) -> String {
    message(2, seq, &[&(-errno).to_ne_bytes()[..], &[0; 16]].concat())
}

fn vxlan() -> Link<'static> {
    let data = LinkData::Vxlan(Box::new(Vxlan { id: Some(9), ..Vxlan::default() }));
    Link {
        header: LinkHeader { index: 3, ..LinkHeader::default() },
        link_info: Some(LinkInfo { kind: Some("vxlan".into()), data: Some(data), ..LinkInfo::default() }),
        ..Link::default()
    }
}

fn names(sent: &Sent) -> Vec<String> {
    sent.iter()
        .map(|((operation, name), told)| format!("{operation} {name}{}", if *told { " told" } else { "" }))
        .collect()
}

#[test]
fn what_the_kernel_took_was_set_down_to_the_last_nest() {
    let bytes = request(1, Route::NEW_LINK, &vxlan());
    let sent = Recordings::new("took").with("1-0", &[begin(), out(&bytes), answer(1, 0)]).sent();
    let expected = [
        "new_link Link.link_info",
        "new_link LinkData::Vxlan",
        "new_link LinkHeader.index",
        "new_link LinkInfo.data",
        "new_link LinkInfo.kind",
        "new_link Vxlan.id",
    ];
    assert_eq!(names(&sent), expected);
}

#[test]
fn what_it_refused_or_never_answered_was_not() {
    let bytes = request(1, Route::NEW_LINK, &vxlan());
    for end in [vec![answer(1, 22)], vec![], vec![answer(2, 0)], vec!["3 ! 105".to_owned()]] {
        let lines = [&[begin(), out(&bytes)][..], &end].concat();
        assert!(Recordings::new("refused").with("1-0", &lines).sent().is_empty(), "{end:?}");
    }
}

#[test]
fn who_asks_for_no_answer_is_told_only_of_a_failure() {
    let (first, second) =
        (unacknowledged(request(1, Route::NEW_LINK, &vxlan())), request(2, Route::SET_LINK, &vxlan()));
    let both = out(&[first, second].concat());
    let taken = |answers: &[String]| {
        let sent = Recordings::new("silent").with("1-0", &[&[begin(), both.clone()][..], answers].concat()).sent();
        ["new_link", "set_link"].map(|operation| sent.keys().any(|(own, _)| own == operation))
    };
    assert_eq!(taken(&[]), [false, false]);
    assert_eq!(taken(&[answer(2, 0)]), [true, true]);
    // It was read, whatever became of the second.
    assert_eq!(taken(&[answer(2, 22)]), [true, false]);
    assert_eq!(taken(&[answer(1, 22), answer(2, 0)]), [false, true]);
}

#[test]
fn a_value_that_a_message_tells_is_told_in_the_same_process_only() {
    let of = |local: [u8; 4]| Address {
        header: AddressHeader { family: AddressFamily::Inet, prefixlen: 24, index: 3, ..AddressHeader::default() },
        local: Some(Ipv4Addr::from(local).into()),
        ..Address::default()
    };
    let sent = [begin(), out(&request(1, Route::NEW_ADDR, &of([192, 0, 2, 1]))), answer(1, 0)];
    let tells = |local| [begin(), message(20, 2, &request(0, Route::NEW_ADDR, &of(local))[16..])];
    let told = |file, local| {
        let sent = Recordings::new("told").with("1-0", &sent).with(file, &tells(local)).sent();
        sent[&("new_addr".to_owned(), "Address.local".to_owned())]
    };
    assert!(told("1-1", [192, 0, 2, 1]));
    assert!(!told("1-1", [192, 0, 2, 2]));
    assert!(!told("2-0", [192, 0, 2, 1]));
}

#[test]
fn other_protocols_are_left_alone_and_damage_is_told() {
    let bytes = request(1, Route::NEW_LINK, &vxlan());
    let other = ["netlink 16 port 7".to_owned(), out(&bytes), answer(1, 0)];
    assert!(Recordings::new("other").with("1-0", &other).sent().is_empty());
    for wrong in ["netlink", "1 > 0 0", "1 > 0 zz", "1 ? 0 00"] {
        let lines = if wrong == "netlink" { vec![wrong.to_owned()] } else { vec![begin(), wrong.to_owned()] };
        let recordings = Recordings::new("damage").with("1-0", &lines);
        let error = recording::sent(&recordings.0, &Settable::of(Route::SCHEMA)).unwrap_err().to_string();
        assert!(error.contains(wrong) && error.contains("1-0"), "{error}");
    }
}

#[test]
fn all_that_can_be_set_is_there_and_nothing_that_is_told() {
    let settable = Settable::of(Route::SCHEMA);
    let path = |name: &str| settable.units.get(name).map(ToString::to_string);
    assert_eq!(path("Vxlan.id").as_deref(), Some("new_link link_info.data(Vxlan).id IFLA_VXLAN_ID"));
    assert_eq!(
        path("Vxlan.set_ttl_inherit").unwrap(),
        "new_link link_info.data(Vxlan).set_ttl_inherit IFLA_VXLAN_TTL_INHERIT"
    );
    assert_eq!(path("Vxlan.ttl_inherit"), None, "it is only told");
    assert_eq!(path("LinkGet.ext_mask"), None, "it only asks");
    assert!(settable.units.contains_key("LinkData::Vxlan"));
    assert!(settable.operations.contains(&"set_dcb") && !settable.operations.contains(&"get_dcb"));
}

#[test]
fn what_is_missing_is_told_unless_it_is_an_exception_and_exceptions_do_not_rot() {
    let settable = Settable::of(Route::SCHEMA);
    let key = |operation: &str, name: &str| ((operation.to_owned(), name.to_owned()), false);
    let sent =
        Sent::from([key("new_link", "Vxlan.id"), key("del_link", "Link.mtu"), key("del_action", "ActionGet.index")]);

    let none = Exceptions::default();
    let report = Report::new(&settable, &sent, &none);
    let missing = report.missing();
    assert!(missing.contains(&"Vxlan.label") && missing.contains(&"LinkData::Vxlan"));
    assert!(!missing.contains(&"Vxlan.id"));
    assert!(missing.contains(&"Link.mtu"), "a link was only named by it when it was deleted");
    assert!(!missing.contains(&"ActionGet.index"), "nothing else than to delete can be done with it");
    assert!(report.wrong().is_empty());

    let exceptions = Exceptions::parse("# why\nVxlan.label no hardware\n\nGeneve.* no time\n").unwrap();
    assert_eq!(exceptions.reason("Vxlan.label"), Some("no hardware"));
    let report = Report::new(&settable, &sent, &exceptions);
    assert!(!report.missing().iter().any(|name| *name == "Vxlan.label" || name.starts_with("Geneve.")));
    assert!(report.wrong().is_empty());

    let rotten = Exceptions::parse("Vxlan.* is set\nGeneve.absent is no more\nVxlan.id is set").unwrap();
    let wrong = Report::new(&settable, &sent, &rotten).wrong();
    let expected = [
        "Geneve.absent: there is nothing of this name to be set",
        "Vxlan.*: Vxlan.id is set by a test",
        "Vxlan.id: Vxlan.id is set by a test",
    ];
    assert_eq!(wrong, expected);
    assert!(Exceptions::parse("Vxlan.id").is_err() && Exceptions::parse("A.b c\nA.b d").is_err());
}

#[test]
fn sockets_of_a_process_are_recorded_without_its_doing() {
    if env::var_os(RECORD).is_some() {
        return netns::run(|| {
            let mut route = Route::connect().unwrap();
            route.tell(link::set("lo").mtu(1280)).unwrap();
            assert!(route.dump(link::list()).unwrap().all(|link| link.is_ok()));
            route.tell(link::set("absent").txqlen(3)).unwrap_err();
        });
    }
    if require::capability(require::SYS_ADMIN).is_none() {
        return;
    }
    let recordings = Recordings::new("live");
    let test = std::thread::current().name().unwrap().to_owned();
    let mut command = Command::new(env::current_exe().unwrap());
    let output = command.args(["--exact", &test]).env(RECORD, &recordings.0).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let sent = names(&recordings.sent());
    assert!(sent.iter().any(|name| name.ends_with("_link Link.mtu told")), "{sent:?}");
    assert!(!sent.iter().any(|name| name.contains("txqlen")), "{sent:?}");
}
