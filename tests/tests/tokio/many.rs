//! Many requests at a time.

use netlink_core::{
    Errno, IntoRequest, Request,
    connection::Connection as Blocking,
    exchange::Counters,
    generic::{Controller, Family},
    protocol::Route as RouteProtocol,
};
use tokio::task::JoinSet;

use crate::*;

/// All indices of links up to this are asked for.
const REQUESTS: i32 = 1000;

/// What the kernel says of each index, asked one by one.
fn truth() -> Vec<Option<i32>> {
    let mut connection = Blocking::<RouteProtocol>::open().unwrap();
    (1..=REQUESTS)
        .map(|index| match connection.ask(link::get(index)) {
            Ok(link) => Some(link.header.index),
            Err(error) => {
                assert_eq!(error.errno(), Some(Errno::NODEV));
                None
            }
        })
        .collect()
}

fn by_index(index: i32) -> Link<'static> {
    let mut link = Link::default();
    link.header.index = index;
    link
}

async fn ask_for_all(connection: &Conn) -> Vec<Option<i32>> {
    let mut tasks = JoinSet::new();
    for index in 1..=REQUESTS {
        let connection = connection.clone();
        tasks.spawn(async move {
            let result = connection.ask(link::get(index)).await;
            (index, result.map(|link| link.header.index))
        });
    }
    let mut answers = vec![None; REQUESTS as usize];
    while let Some(done) = tasks.join_next().await {
        let (asked, result) = done.unwrap();
        match result {
            Ok(index) => answers[asked as usize - 1] = Some(index),
            Err(error) => assert_eq!(error.errno(), Some(Errno::NODEV), "{asked}: {error}"),
        }
    }
    answers
}

#[test]
fn a_thousand_requests_at_once_get_their_own_answers() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let answers = ask_for_all(&connection).await;
        assert_eq!(answers, truth());
        assert_eq!(answers[0], Some(1));
        assert_eq!(connection.counters(), Counters::default());
    });
}

#[test]
fn a_thousand_requests_sent_by_other_threads_get_their_own_answers() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let answers = ask_for_all(&connection.offloaded()).await;
        assert_eq!(answers, truth());
        assert_eq!(connection.counters(), Counters::default());
    });
}

#[test]
fn a_thousand_futures_of_one_task_get_their_own_answers() {
    on_both(|| async {
        let connection = Conn::open().unwrap().offloaded();
        let mut waiting: Vec<_> = (0..1000).map(|_| Box::pin(index_of_lo(&connection))).collect();
        // All are under way before one is done.
        let mut done = 0;
        std::future::poll_fn(|cx| {
            waiting.retain_mut(|future| match future.as_mut().poll(cx) {
                std::task::Poll::Ready(index) => {
                    assert_eq!(index.unwrap(), 1);
                    done += 1;
                    false
                }
                std::task::Poll::Pending => true,
            });
            if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        assert_eq!(done, 1000);
    });
}

#[test]
fn a_loop_of_requests_lets_other_tasks_run() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let connection = Conn::open().unwrap();
        let other = tokio::spawn(async {});
        let mut asked = 0;
        // Every answer is there when it is first looked for: nothing makes the task wait.
        while !other.is_finished() {
            index_of_lo(&connection).await.unwrap();
            asked += 1;
            assert!(asked < 1000, "the other task starves");
        }
    });
}

#[test]
fn refusals_name_the_field_and_the_next_request_works() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let absent = LinkGet { ifname: Some("absent0".parse().unwrap()), ..LinkGet::default() };
        let error = connection.ask(Route::GET_LINK.with(&absent)).await.unwrap_err();
        assert_eq!(error.errno(), Some(Errno::NODEV));
        let request = Route::GET_LINK.with(&LinkGet::default()).add_attr(999, &7_u32);
        let error = connection.dump(request).await.unwrap().next().await.unwrap().unwrap_err();
        assert_eq!(error.errno(), Some(Errno::INVAL));
        let error = connection.tell(Route::SET_LINK.with(&lo()).add_attr(999, &vec![0; 70_000])).await.unwrap_err();
        assert!(matches!(error, Error::Encode(_)), "{error}");
        assert_eq!(index_of_lo(&connection).await.unwrap(), 1);
    });
}

#[test]
fn trap_29_live_after_a_timeout_the_late_answer_is_not_taken_for_another() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let hurried = || link::get("lo").into_request().deadline(Duration::ZERO);
        assert!(matches!(connection.ask(hurried()).await, Err(Error::Timeout)));
        let mut list =
            connection.dump(Route::GET_LINK.with(&LinkGet::default()).deadline(Duration::ZERO)).await.unwrap();
        assert!(matches!(list.next().await, Some(Err(Error::Timeout))));
        assert!(list.next().await.is_none());
        assert_eq!(index_of_lo(&connection).await.unwrap(), 1);
        assert!(connection.counters().late >= 2);
        assert!(
            connection.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap().next().await.unwrap().is_ok()
        );
    });
}

#[test]
fn families_are_resolved_once_and_found_again() {
    on_both(|| async {
        let connection = netlink_core::tokio::connect::<Controller>().await.unwrap();
        let wanted = Family { name: Some("nlctrl".into()), ..Family::default() };
        for _ in 0..2 {
            assert_eq!(connection.ask(Controller::GET_FAMILY.with(&wanted)).await.unwrap().id, Some(16));
            connection.forget_families();
        }
        let error = connection.family("absent").await.unwrap_err();
        assert!(matches!(error, Error::UnknownFamily { .. }), "{error}");
        connection.join(Controller::NOTIFY).await.unwrap();
        connection.leave(Controller::NOTIFY).await.unwrap();
        assert!(connection.socket().groups().unwrap().is_empty());
    });
}

#[test]
fn what_needs_a_runtime_says_so() {
    let error = Conn::open().unwrap_err();
    assert!(error.to_string().contains("runtime"), "{error}");
}

/// Compiles where the futures can be spawned.
#[test]
fn all_futures_can_go_to_other_threads() {
    fn sendable<T: Send>(_: &T) {}
    on_both(|| async {
        let connection = Conn::open().unwrap();
        sendable(&connection.ask(link::get("lo")));
        sendable(&connection.tell(link::get("lo")));
        sendable(&connection.send(Request::raw(RouteProtocol, 18)));
        sendable(&connection.dump(Route::GET_LINK.with(&LinkGet::default())));
        sendable(&connection.replies(link::get("lo")));
        sendable(&connection.join(Route::LINKS));
        let mut events = connection.events();
        sendable(&events.next_event());
        let mut links = connection.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap();
        sendable(&links.next());
        sendable(&links.next_borrowed());
        sendable(&links.collect::<Vec<_>>());
    });
}

#[test]
fn a_batch_has_one_outcome_for_each_request() {
    in_namespace(|| async {
        let connection = Conn::open().unwrap();
        for handle in [connection.clone(), connection.offloaded()] {
            for count in [0, 1, 63, 64, 65, 1000] {
                let mut batch = handle.batch();
                for number in 0..count {
                    // Each second one fails.
                    let index = if number % 2 == 0 { 1 } else { 1_000_000 };
                    assert_eq!(batch.add(Route::SET_LINK.with(&by_index(index))).await.unwrap(), number);
                }
                let report = batch.finish().await;
                assert_eq!((report.sent(), report.done()), (count, count.div_ceil(2)));
                let failed: Vec<_> = report.failures().iter().map(|failure| failure.index.unwrap()).collect();
                assert_eq!(failed, (0..count).filter(|number| number % 2 == 1).collect::<Vec<_>>());
                assert!(report.failures().iter().all(|failure| failure.error.errno() == Some(Errno::NODEV)));
                assert_eq!(index_of_lo(&connection).await.unwrap(), 1);
            }
        }
    });
}
