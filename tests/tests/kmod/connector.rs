//! A user of the connector of one's own: the module answers what it is sent.

use std::time::Duration;

use netlink_core::NlStruct;
use netlink_tests::require;
use protocols::connector::{CallbackId, Channel, Received};

use crate::kinds;

/// `KINDS_CN_IDX` and its values.
const ALONE: CallbackId = CallbackId { idx: 20, val: 1 };
const ALL: CallbackId = CallbackId { idx: 20, val: 2 };

#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct Ping {
    number: u32,
    #[nl(be)]
    port: u16,
    #[nl(pad = 1)]
    level: u8,
}

fn next(channel: &mut Channel) -> (u32, u32, Ping) {
    match channel.receive::<Ping>().expect("a message").unwrap() {
        Received::Message(message) => (message.seq, message.ack, message.data),
        Received::Lost => panic!("something was lost"),
    }
}

fn open(id: CallbackId) -> Channel {
    let mut channel = Channel::open(id).unwrap();
    channel.set_timeout(Some(Duration::from_secs(5)));
    channel
}

#[test]
fn the_sender_alone_gets_its_message_back() {
    let Some(_loaded) = kinds() else { return };
    let (mut channel, mut other) = (open(ALONE), open(ALONE));
    for number in 1..=3 {
        let ping = Ping { number, port: 8080, level: 7 };
        let seq = channel.send(&ping, 77).unwrap();
        assert_eq!(next(&mut channel), (seq, 78, ping));
    }
    other.set_timeout(Some(Duration::from_millis(100)));
    assert!(other.receive::<Ping>().unwrap().is_err());
}

#[test]
fn members_of_the_group_get_what_is_sent_to_all() {
    let Some(_loaded) = kinds() else { return };
    let Some(()) = require::capability(require::NET_ADMIN) else { return };
    let (mut sender, mut first, mut second) = (open(ALL), open(ALL), open(ALL));
    first.join().unwrap();
    second.join().unwrap();
    let ping = Ping { number: 9, port: 443, level: 1 };
    let seq = sender.send(&ping, 0).unwrap();
    assert_eq!([next(&mut first), next(&mut second)], [(seq, 1, ping); 2]);
}
