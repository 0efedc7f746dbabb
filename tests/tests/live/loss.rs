//! A subscriber that is stopped until its queue overflows.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Duration,
};

use netlink_core::{NlFamily, connection::Incoming};
use netlink_tests::{netns, require};
use protocols::route::Route;

use super::set_mtu;

/// The mtu that ends the subscription.
const LAST: u32 = 999;

#[test]
#[ignore = "run by the test below, in a process of its own"]
fn a_subscriber() {
    let mut route = Route::connect().unwrap();
    route.socket().set_receive_buffer(16 * 1024).unwrap();
    route.join(Route::LINKS).unwrap();
    println!("\nsubscriber: ready");
    let mut events = route.events().timeout(Duration::from_secs(30));
    loop {
        match events.next_event() {
            Some(Ok(Incoming::Notification(event))) if event.is(Route::LINK_CHANGED) => {
                if event.decode(Route::LINK_CHANGED).unwrap().mtu == Some(LAST) {
                    break;
                }
                println!("\nsubscriber: event");
            }
            Some(Ok(Incoming::Lost)) => println!("\nsubscriber: lost"),
            other => panic!("{other:?}"),
        }
    }
    let statistics = route.statistics().unwrap();
    let full = statistics.socket.most_queued > statistics.socket.receive_buffer / 2;
    println!(
        "\nsubscriber: drops {}, overruns {}, full {full}",
        statistics.socket.drops > 0,
        statistics.conversation.overruns
    );
}

#[test]
fn trap_18_live_a_stopped_subscriber_is_told_of_the_loss_and_goes_on() {
    netns::run(|| {
        let Some(kill) = require::tool("kill") else { return };
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "loss::a_subscriber", "--ignored", "--nocapture"]);
        let mut subscriber = command.stdout(Stdio::piped()).spawn().unwrap();
        let id = subscriber.id().to_string();
        let signal = |signal: &str| {
            let status = Command::new(&kill).args([signal, &id]).status().unwrap();
            assert!(status.success());
        };
        let mut lines = BufReader::new(subscriber.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut lines = lines.by_ref().filter_map(|line| line.strip_prefix("subscriber: ").map(str::to_owned));
        assert_eq!(lines.next().as_deref(), Some("ready"));
        let mut route = Route::connect().unwrap();
        signal("-STOP");
        for mtu in 0..300 {
            set_mtu(&mut route, 1000 + mtu);
        }
        signal("-CONT");
        let mut told = Vec::new();
        while told.last().is_none_or(|line: &String| line != "lost") {
            told.push(lines.next().expect("the subscriber ended without having been told of the loss"));
        }
        // What did arrive comes first.
        assert!(told.len() > 1 && told.len() < 300, "{told:?}");
        set_mtu(&mut route, LAST);
        assert_eq!(lines.next().as_deref(), Some("drops true, overruns 1, full true"));
        assert!(subscriber.wait().unwrap().success());
    });
}
