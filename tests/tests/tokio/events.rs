//! Notifications, and the end of waiting.

use netlink_core::connection::Incoming;
use tokio::time::{Instant, sleep, timeout};

use crate::*;

async fn set_mtu(connection: &Conn, mtu: u32) {
    connection.tell(Route::SET_LINK.with(&Link { mtu: Some(mtu), ..lo() })).await.unwrap();
}

#[test]
fn trap_10_live_events_and_replies_come_side_by_side() {
    in_namespace(|| async {
        let connection = Conn::open().unwrap();
        connection.join(Route::LINKS).await.unwrap();
        let reader = connection.clone();
        let reading = tokio::spawn(async move {
            let mut events = reader.events();
            let mut seen = Vec::new();
            while seen.len() < 200 {
                match events.next_event().await {
                    Some(Ok(Incoming::Notification(notification))) => {
                        assert!(notification.is(Route::LINK_CHANGED));
                        assert_eq!(notification.group(), 1);
                        seen.extend(notification.decode(Route::LINK_CHANGED).unwrap().mtu);
                    }
                    other => panic!("{other:?}"),
                }
            }
            seen
        });
        for mtu in 2000..2200 {
            set_mtu(&connection, mtu).await;
            let link = connection.ask(link::get("lo")).await.unwrap();
            assert_eq!(link.mtu, Some(mtu));
        }
        let seen = timeout(LONG, reading).await.expect("all of them").unwrap();
        assert_eq!(seen, (2000..2200).collect::<Vec<_>>());
    });
}

#[test]
fn an_event_wakes_a_reader_that_nobody_else_helps() {
    in_namespace(|| async {
        let (listener, actor) = (Conn::open().unwrap(), Conn::open().unwrap());
        listener.join(Route::LINKS).await.unwrap();
        let reading = tokio::spawn(async move {
            let mut events = listener.events().timeout(LONG);
            matches!(events.next_event().await, Some(Ok(Incoming::Notification(_))))
        });
        sleep(Duration::from_millis(20)).await;
        set_mtu(&actor, 3000).await;
        assert!(timeout(LONG / 2, reading).await.expect("in time").unwrap());
    });
}

#[test]
fn trap_18_live_loss_is_a_gap_at_its_place() {
    in_namespace(|| async {
        let (listener, actor) = (Conn::open().unwrap(), Conn::open().unwrap());
        listener.socket().set_receive_buffer(8192).unwrap();
        listener.join(Route::LINKS).await.unwrap();
        for mtu in 2000..2200 {
            set_mtu(&actor, mtu).await;
        }
        let mut events = listener.events().timeout(Duration::from_millis(50));
        let mut before = 0;
        loop {
            match events.next_event().await {
                Some(Ok(Incoming::Notification(_))) => before += 1,
                Some(Ok(Incoming::Lost)) => break,
                other => panic!("{other:?}"),
            }
        }
        assert!(before > 0 && before < 200);
        assert_eq!(listener.counters().overruns, 1);
        set_mtu(&actor, 4000).await;
        let Some(Ok(Incoming::Notification(notification))) = events.next_event().await else { panic!() };
        assert_eq!(notification.decode(Route::LINK_CHANGED).unwrap().mtu, Some(4000));
    });
}

#[test]
fn trap_19_live_a_full_queue_does_not_cost_an_answer() {
    in_namespace(|| async {
        let (listener, actor) = (Conn::open().unwrap(), Conn::open().unwrap());
        listener.socket().set_receive_buffer(8192).unwrap();
        listener.join(Route::LINKS).await.unwrap();
        for mtu in 2000..2200 {
            set_mtu(&actor, mtu).await;
        }
        set_mtu(&listener, 5000).await;
        assert_eq!(listener.ask(link::get("lo")).await.unwrap().mtu, Some(5000));
    });
}

#[test]
fn a_refusal_that_nobody_waits_for_comes_as_an_event() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let absent = LinkGet { ifname: Some("absent0".parse().unwrap()), ..LinkGet::default() };
        let sent = connection.send(Route::GET_LINK.with(&absent)).await.unwrap();
        let mut events = connection.events().timeout(LONG);
        let Some(Ok(Incoming::Refused { seq, refused })) = events.next_event().await else { panic!() };
        assert_eq!((seq, refused.errno()), (sent, netlink_core::Errno::NODEV));
    });
}

#[tokio::test(start_paused = true)]
async fn time_limits_are_those_of_tokio() {
    let connection = Conn::open().unwrap();
    let before = (Instant::now(), std::time::Instant::now());
    let mut events = connection.events().timeout(Duration::from_secs(3600));
    assert!(matches!(events.next_event().await, Some(Err(Error::Timeout))));
    assert!(matches!(events.next_event().await, Some(Err(Error::Timeout))));
    assert!(before.0.elapsed() >= Duration::from_secs(7200));
    assert!(before.1.elapsed() < Duration::from_secs(60));
    assert_eq!(index_of_lo(&connection).await.unwrap(), 1);
}

#[test]
fn trap_28_closing_wakes_all_who_wait() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let readers: Vec<_> = (0..10)
            .map(|_| {
                let connection = connection.clone();
                tokio::spawn(async move { connection.events().next_event().await.is_none() })
            })
            .collect();
        sleep(Duration::from_millis(20)).await;
        assert!(readers.iter().all(|reader| !reader.is_finished()));
        connection.close();
        for reader in readers {
            assert!(timeout(LONG, reader).await.expect("woken").unwrap());
        }
        assert!(matches!(index_of_lo(&connection).await, Err(Error::Cancelled)));
        assert!(matches!(connection.dump(Route::GET_LINK.with(&LinkGet::default())).await, Err(Error::Cancelled)));
        assert!(connection.events().next_event().await.is_none());
    });
}
