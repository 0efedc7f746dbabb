//! Notifications of the module, also more than a receive buffer holds.

use std::time::{Duration, Instant};

use netlink_core::{Connection, NlFamily, connection::Incoming, protocol::Generic};

use crate::{
    declared::{Kinds, Sample},
    kinds,
};

/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(20);

pub(crate) fn notify(kinds: &mut Connection<Generic>, count: u32) {
    kinds.tell(Kinds::NOTIFY.with(&Sample { count: Some(count), ..Sample::default() })).unwrap();
}

/// The ids of notifications up to this one, and how often something was lost before it.
pub(crate) fn until(listener: &mut Connection<Generic>, last: impl Fn(u32, usize) -> bool) -> (Vec<u32>, usize) {
    let (mut ids, mut lost, begun) = (Vec::new(), 0, Instant::now());
    let mut events = listener.events().timeout(Duration::from_secs(5));
    while let Some(event) = events.next_event() {
        assert!(begun.elapsed() < LONG, "{ids:?}");
        match event.unwrap() {
            Incoming::Notification(event) if event.is(Kinds::EVENT) => {
                let id = event.decode(Kinds::EVENT).unwrap().id.unwrap();
                ids.push(id);
                if last(id, lost) {
                    break;
                }
            }
            Incoming::Lost => lost += 1,
            other => panic!("{other:?}"),
        }
    }
    (ids, lost)
}

#[test]
fn notifications_come_to_members_of_the_group_in_order() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let mut listener = Kinds::connect().unwrap();
    listener.join(Kinds::EVENTS).unwrap();
    notify(&mut kinds, 20);
    assert_eq!(until(&mut listener, |id, _| id == 19), ((0..20).collect(), 0));
}

#[test]
fn trap_18_a_stream_with_more_than_the_buffer_holds_tells_the_loss_and_goes_on() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    let mut listener = Kinds::connect().unwrap();
    listener.join(Kinds::EVENTS).unwrap();
    listener.socket().set_receive_buffer(1).unwrap();
    for _ in 0..3 {
        notify(&mut kinds, 2000);
        // What did arrive is without a gap from the first on, and the gap is told behind it.
        let mut before = Vec::new();
        let mut events = listener.events().timeout(Duration::from_secs(5));
        loop {
            match events.next_event().expect("the loss").unwrap() {
                Incoming::Notification(event) => before.push(event.decode(Kinds::EVENT).unwrap().id.unwrap()),
                Incoming::Lost => break,
                other => panic!("{other:?}"),
            }
        }
        assert!(!before.is_empty() && before.len() < 2000, "{}", before.len());
        assert!(before.iter().copied().eq(0..before.len() as u32), "{before:?}");
        // The stream goes on, with nothing missing.
        notify(&mut kinds, 2);
        assert_eq!(until(&mut listener, |id, _| id == 1), (vec![0, 1], 0));
    }
}
