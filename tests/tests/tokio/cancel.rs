//! Futures that are dropped: at every point where they wait, and the connection works on.

use std::{pin::pin, task::Poll};

use netlink_core::connection::Incoming;
use tokio::{sync::oneshot, task::spawn_blocking, time::sleep};

use crate::*;

/// Polls a future so often, with time to get on in between, and drops it. True if it was done before.
pub(crate) async fn polled<F: Future>(times: usize, future: F) -> bool {
    let mut future = pin!(future);
    for _ in 0..times {
        let done = std::future::poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx).is_ready())).await;
        if done {
            return true;
        }
        sleep(Duration::from_millis(1)).await;
    }
    false
}

/// Cancels a future after every number of polls up to the one with which it is done, and looks whether the connection
/// can do everything afterwards. Gives that number.
async fn cancelled_everywhere<F: Future>(connection: &Conn, future: impl Fn() -> F) -> usize {
    for times in 0.. {
        let done = polled(times, future()).await;
        assert_eq!(index_of_lo(connection).await.unwrap(), 1, "after {times} polls");
        connection.tell(link::get("lo")).await.unwrap();
        let links: Vec<_> =
            connection.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap().collect().await.unwrap();
        assert!(links.iter().any(|link| link.ifname == lo().ifname));
        if done {
            return times;
        }
        assert!(times < 1000, "it is never done");
    }
    unreachable!()
}

#[test]
fn requests_can_be_dropped_wherever_they_wait() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let elsewhere = connection.offloaded();
        for handle in [&connection, &elsewhere] {
            let polls = cancelled_everywhere(&connection, || handle.ask(link::get("lo"))).await;
            assert!(polls >= 1);
            cancelled_everywhere(&connection, || handle.tell(link::get("lo"))).await;
            cancelled_everywhere(&connection, || handle.send(link::get("lo"))).await;
            cancelled_everywhere(&connection, || async {
                let mut links = handle.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap();
                while let Some(link) = links.next().await {
                    link.unwrap();
                }
            })
            .await;
            cancelled_everywhere(&connection, || async {
                handle.replies(link::get("lo")).await.unwrap().collect::<Vec<_>>().await.unwrap();
            })
            .await;
        }
    });
}

/// A runtime whose only thread for blocking work is busy until the sender is used, so that requests wait to be sent.
#[test]
fn requests_that_are_not_sent_yet_can_be_dropped() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(1).build().unwrap();
    runtime.block_on(async {
        let connection = Conn::open().unwrap();
        let elsewhere = connection.offloaded();
        for dump in [false, true] {
            let (release, released) = oneshot::channel::<()>();
            let blocker = spawn_blocking(move || released.blocking_recv());
            let done = if dump {
                polled(3, async {
                    let _ = elsewhere.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap().next().await;
                })
                .await
            } else {
                polled(3, elsewhere.ask(link::get("lo"))).await
            };
            assert!(!done, "it was not sent");
            // The others do not wait for it, unless they want the same turn.
            assert_eq!(index_of_lo(&connection).await.unwrap(), 1);
            release.send(()).unwrap();
            blocker.await.unwrap().unwrap();
            let all = connection.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap();
            assert!(!all.collect::<Vec<_>>().await.unwrap().is_empty());
            assert_eq!(index_of_lo(&elsewhere).await.unwrap(), 1);
        }
    });
}

#[test]
fn a_list_that_waits_for_its_turn_can_be_dropped() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let mut first = connection.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap();
        let polls = cancelled_everywhere_but_lists(&connection).await;
        assert!(polls >= 1);
        // The first one is whole.
        let mut seen = 0;
        while let Some(link) = first.next().await {
            link.unwrap();
            seen += 1;
        }
        assert!(seen > 0);
    });
}

/// Three lists that wait for each other, of which one is dropped after so many polls.
async fn cancelled_everywhere_but_lists(connection: &Conn) -> usize {
    let list = || async {
        let list = connection.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap();
        list.collect::<Vec<_>>().await.unwrap().len()
    };
    for times in 0.. {
        let (done, others) = tokio::join!(polled(times, list()), async { tokio::join!(list(), list()) });
        assert!(others.0 > 0 && others.0 == others.1);
        if done {
            return times;
        }
    }
    unreachable!()
}

#[test]
fn a_reader_of_events_can_be_dropped_wherever_it_waits_and_misses_nothing() {
    in_namespace(|| async {
        let connection = Conn::open().unwrap();
        connection.join(Route::LINKS).await.unwrap();
        let actor = Conn::open().unwrap();
        let mut events = connection.events().timeout(LONG);
        let mut expected = 2000;
        for times in 0..20 {
            assert!(!polled(times, events.next_event()).await);
            for mtu in expected..expected + 3 {
                actor.tell(Route::SET_LINK.with(&Link { mtu: Some(mtu), ..lo() })).await.unwrap();
            }
            for _ in 0..3 {
                let Some(Ok(Incoming::Notification(notification))) = events.next_event().await else { panic!() };
                assert_eq!(notification.decode(Route::LINK_CHANGED).unwrap().mtu, Some(expected));
                expected += 1;
            }
        }
    });
}

#[test]
fn an_entry_is_not_lost_with_the_future_that_waited_for_it() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let whole: Vec<_> =
            connection.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap().collect().await.unwrap();
        let mut list = connection.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap();
        let mut seen = Vec::new();
        loop {
            // What is not done at once is dropped and asked for again.
            let mut next = Box::pin(list.next());
            let polled = std::future::poll_fn(|cx| Poll::Ready(next.as_mut().poll(cx))).await;
            match polled {
                Poll::Ready(Some(link)) => seen.push(link.unwrap().header.index),
                Poll::Ready(None) => break,
                Poll::Pending => {
                    drop(next);
                    sleep(Duration::from_millis(1)).await;
                }
            }
        }
        assert_eq!(seen, whole.iter().map(|link| link.header.index).collect::<Vec<_>>());
    });
}
