//! Tests that change something: each in a network namespace of its own.

use std::process::Command;

use super::*;

/// Runs a test again, in a process with a network namespace of its own; true in that process.
fn in_namespace(test: &str) -> bool {
    const INSIDE: &str = "NETLINK_TEST_INSIDE";
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let this = std::env::current_exe().unwrap();
    let name = format!("{}::{test}", module_path!().split_once("::").unwrap().1);
    let mut command = Command::new("unshare");
    command.args(["--net", "--"]).arg(this).args([&name, "--exact", "--nocapture"]).env(INSIDE, "1");
    let output = command.output();
    match output {
        Ok(output) if String::from_utf8_lossy(&output.stdout).contains("running 1 test") => {
            let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{text}");
        }
        other => {
            assert!(std::env::var_os("NETLINK_REQUIRE").is_none(), "no namespace: {other:?}");
            eprintln!("skipped: no permission to make a network namespace");
        }
    }
    false
}

#[test]
fn trap_10_live_notifications_of_our_own_change_are_no_replies() {
    if !in_namespace("trap_10_live_notifications_of_our_own_change_are_no_replies") {
        return;
    }
    let mut connection = Links::connect().unwrap();
    connection.join(Links::CHANGES).unwrap();
    connection.tell(Links::SET.with(&Link { up: true, ..lo() })).unwrap();
    let link = connection.ask(Links::GET.with(&lo())).unwrap();
    assert!(link.up);
    let mut events = connection.events().timeout(Duration::from_secs(5));
    let Some(Ok(Incoming::Notification(notification))) = events.next_event() else { panic!() };
    assert_eq!(notification.group(), 1);
    assert!(notification.is(Links::CHANGED) && !notification.is(Links::SET));
    assert!(notification.decode(Links::CHANGED).unwrap().up);
    assert!(matches!(notification.decode(Links::SET), Err(Error::Unexpected { expected: 19, found: 16 })));
}

#[test]
fn trap_10_live_echoes_are_replies() {
    if !in_namespace("trap_10_live_echoes_are_replies") {
        return;
    }
    // RTM_NEWADDR (20) of 127.1.0.x/8 on lo; member of RTNLGRP_IPV4_IFADDR (5) or not.
    let mut connection = Connection::<Route>::open().unwrap();
    for (last, joined) in [(1_u8, false), (2, true)] {
        if joined {
            connection.join_number(5).unwrap();
        }
        let address = [127, 1, 0, last];
        let request = Request::raw(Route, 20).create().exclusive().echo();
        let request = request.add_bytes(&[2, 8, 0, 0, 1, 0, 0, 0]).add_attr(2, &address).add_attr(1, &address);
        let replies: Vec<_> = connection.replies(request).unwrap().map(|reply| reply.unwrap().header.kind).collect();
        assert_eq!(replies, [20]);
    }
    let mut events = connection.events().timeout(Duration::from_millis(20));
    assert!(matches!(events.next_event(), Some(Err(Error::Timeout))));
}

/// A listener with a small queue that more notifications were sent to than it holds, and who made them.
fn flooded() -> (Connection<Route>, Connection<Route>) {
    let mut listener = Links::connect().unwrap();
    listener.socket().set_receive_buffer(8192).unwrap();
    listener.join(Links::CHANGES).unwrap();
    let mut actor = Links::connect().unwrap();
    for round in 0..200 {
        actor.tell(Links::SET.with(&Link { mtu: Some(60_000 + round), ..lo() })).unwrap();
    }
    (listener, actor)
}

#[test]
fn trap_18_live_loss_is_a_gap_behind_what_did_arrive_and_the_stream_goes_on() {
    if !in_namespace("trap_18_live_loss_is_a_gap_behind_what_did_arrive_and_the_stream_goes_on") {
        return;
    }
    let (mut listener, mut actor) = flooded();
    let mut events = listener.events().timeout(Duration::from_millis(100));
    let mut before = 0;
    let after = loop {
        match events.next_event() {
            Some(Ok(Incoming::Notification(_))) => before += 1,
            other => break format!("{other:?}"),
        }
    };
    assert!(before > 0, "the gap came first");
    assert_eq!(after, "Some(Ok(Lost))");
    assert_eq!(listener.counters().overruns, 1);
    actor.tell(Links::SET.with(&Link { up: true, ..lo() })).unwrap();
    let mut events = listener.events().timeout(Duration::from_secs(5));
    let Some(Ok(Incoming::Notification(notification))) = events.next_event() else { panic!() };
    assert!(notification.decode(Links::CHANGED).unwrap().up);
}

#[test]
fn trap_19_live_a_full_queue_does_not_cost_an_answer() {
    if !in_namespace("trap_19_live_a_full_queue_does_not_cost_an_answer") {
        return;
    }
    let (mut listener, _actor) = flooded();
    listener.tell(Links::SET.with(&Link { mtu: Some(50_000), ..lo() })).unwrap();
    assert_eq!(listener.ask(Links::GET.with(&lo())).unwrap().mtu, Some(50_000));
    assert_eq!(listener.counters().overruns, 1);
    let mut events = listener.events().timeout(Duration::from_millis(100));
    let mut told = String::new();
    loop {
        match events.next_event() {
            Some(Ok(Incoming::Notification(notification))) => {
                let ours = notification.decode(Links::CHANGED).unwrap().mtu == Some(50_000);
                told += if ours { "ours" } else { "." };
            }
            Some(Ok(Incoming::Lost)) => told += " lost ",
            other => break assert!(matches!(other, Some(Err(Error::Timeout)))),
        }
    }
    assert!(told.starts_with('.') && told.ends_with(" lost ours"), "{told}");
}
