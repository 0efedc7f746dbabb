//! The module goes away and comes back, under another number.

use std::{process::Command, time::Duration};

use netlink_core::{Errno, Error, NlFamily, connection::Incoming};
use netlink_tests::require;

use crate::{
    declared::{Kinds, Sample},
    events::{notify, until},
    kinds,
};

fn run(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn requests_find_the_family_under_its_new_number() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let (Some(()), Some(_)) = (require::root(), require::tool("modprobe")) else { return };
    let sample = Sample { be16: Some(0x1f90), ..Sample::default() };
    let before = kinds.family_id::<Kinds>().unwrap();
    for _ in 0..3 {
        run("modprobe", &["-r", "kinds"]);
        run("modprobe", &["kinds"]);
        assert_eq!(kinds.ask(Kinds::ECHO.with(&sample)).unwrap().be16, sample.be16);
    }
    assert_ne!(kinds.family_id::<Kinds>().unwrap(), before);
    let listed = kinds.dump(Kinds::LIST.with(&Sample::default())).unwrap().collect::<Result<Vec<_>, _>>();
    assert_eq!(listed.unwrap().len(), 3);
}

#[test]
fn while_the_module_is_away_a_request_is_an_error_and_later_the_connection_works_again() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let (Some(()), Some(modprobe)) = (require::root(), require::tool("modprobe")) else { return };
    let modprobe = modprobe.to_str().unwrap();
    run(modprobe, &["-r", "kinds"]);
    // Without its alias nothing loads the module when its family is asked for.
    let path = "/proc/sys/kernel/modprobe";
    let usual = std::fs::read_to_string(path).unwrap();
    std::fs::write(path, "/nothing").unwrap();
    let error = kinds.ask(Kinds::ECHO.with(&Sample::default())).unwrap_err();
    std::fs::write(path, usual.trim()).unwrap();
    let is_expected = matches!(&error, Error::UnknownFamily { name } if &**name == "kinds");
    assert!(is_expected || error.errno() == Some(Errno::NOENT), "{error:?}");
    run(modprobe, &["kinds"]);
    kinds.forget_families();
    kinds.ask(Kinds::ECHO.with(&Sample::default())).unwrap();
}

#[test]
fn notifications_go_on_after_a_gap() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let (Some(()), Some(_)) = (require::root(), require::tool("modprobe")) else { return };
    let mut listener = Kinds::connect().unwrap();
    listener.join(Kinds::EVENTS).unwrap();
    notify(&mut kinds, 1);
    assert_eq!(until(&mut listener, |_, _| true), (vec![0], 0));
    run("modprobe", &["-r", "kinds"]);
    run("modprobe", &["kinds"]);
    {
        let mut events = listener.events().timeout(Duration::from_secs(5));
        assert!(matches!(events.next_event().expect("the loss").unwrap(), Incoming::Lost));
    }
    notify(&mut kinds, 2);
    assert_eq!(until(&mut listener, |id, _| id == 1), (vec![0, 1], 0));
}
