//! What the kernel rarely does at the right moment.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use netlink_core::{
    Error,
    exchange::Change,
    sim::{Interruption, Kernel},
};
use protocols::route::{
    Route,
    link::{Link, LinkGet, LinkHeader},
};

use crate::{description, synced};

fn link(index: i32) -> Link<'static> {
    Link { header: LinkHeader { index, ..LinkHeader::default() }, ..Link::default() }
}

/// A kernel whose list is interrupted the first so many times, and then has one link more.
fn unsteady(interruptions: u32) -> (Kernel, Arc<AtomicU32>) {
    let (kernel, asked) = (Kernel::new(), Arc::new(AtomicU32::new(0)));
    let times = Arc::clone(&asked);
    kernel.on_dump(Route::GET_LINK, move |_, call| {
        let steady = times.fetch_add(1, Ordering::Relaxed) >= interruptions;
        if !steady {
            call.interrupted(Interruption::End);
        }
        Ok((1..=if steady { 2 } else { 1 }).map(link).collect::<Vec<_>>())
    });
    (kernel, asked)
}

#[test]
fn an_interrupted_list_is_asked_for_again_so_often_and_no_more() {
    let get = || Route::GET_LINK.dump_with(&LinkGet::default());
    for (interruptions, attempts, times, interrupted) in [(0, 5, 1, false), (3, 5, 4, false), (9, 5, 5, true)] {
        let (kernel, asked) = unsteady(interruptions);
        let list = kernel.connect().unwrap().list(get(), attempts).unwrap();
        assert_eq!((asked.load(Ordering::Relaxed), list.interrupted), (times, interrupted));
        // What did arrive is there in any case.
        assert_eq!(list.entries.len(), if interrupted { 1 } else { 2 });
    }
}

#[test]
fn a_list_that_never_comes_to_rest_is_told_and_what_came_of_it_too() {
    let (kernel, _) = unsteady(7);
    let (events, asks) = (kernel.connect().unwrap(), kernel.connect().unwrap());
    let mut links = description().start_on(events, asks).unwrap();
    assert!(matches!(links.next(), Some(Ok(Change::New(link))) if link.header.index == 1));
    assert!(matches!(links.next(), Some(Err(Error::Interrupted))));
    assert!(matches!(links.next(), Some(Ok(Change::New(link))) if link.header.index == 2));
    assert!(matches!(links.next(), Some(Ok(Change::Synced))));
}

#[test]
fn what_comes_before_the_list_is_over_is_told_after_it() {
    let kernel = Kernel::new();
    kernel.on_dump(Route::GET_LINK, |_, call| {
        // Newer than the list, and still in the queue when that has been read.
        call.notify(Route::LINKS, Route::LINK_CHANGED, &Link { mtu: Some(9000), ..link(1) });
        call.notify(Route::LINKS, Route::LINK_GONE, &link(2));
        Ok(vec![link(1), link(2)])
    });
    let (events, asks) = (kernel.connect().unwrap(), kernel.connect().unwrap());
    let mut links = description().start_on(events, asks).unwrap();
    assert_eq!(synced(&mut links).len(), 2);
    assert!(matches!(links.next(), Some(Ok(Change::Changed { now, .. })) if now.mtu == Some(9000)));
    assert!(matches!(links.next(), Some(Ok(Change::Gone(link))) if link.header.index == 2));
}
