//! Loss: 18 to 22, K8.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use netlink_core::{Errno, Error, protocol::Route, sim::Faults, socket::SocketOption};

use super::{connect, happenings, listed};
use crate::declared::{Link, Net, kernel_with, link, link_of};

traps! {
    fn trap_18_after_an_overrun_the_gap_has_its_place_and_what_comes_next_is_whole() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.join(Net::CHANGES)).unwrap();
        connection.socket().set_receive_buffer(4096).unwrap();
        for _ in 0..100 {
            kernel.notify(Net::CHANGES, Net::CHANGED, &link(1));
        }
        let told = happenings!(connection);
        let (gap, events) = told.split_last().unwrap();
        assert_eq!(gap, "lost");
        assert!(!events.is_empty() && events.len() < 100 && events.iter().all(|event| event == "group 1"), "{told:?}");
        kernel.notify(Net::CHANGES, Net::CHANGED, &link(2));
        assert_eq!(happenings!(connection), ["group 1"]);
        assert_eq!(wait!(connection.ask(Net::GET.with(&link(3)))).unwrap(), link(3));
    }

    fn trap_19_a_lost_acknowledgement_says_nothing_about_the_request() {
        let kernel = kernel_with(3);
        let carried_out = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&carried_out);
        kernel.on(Net::SET, move |_, _| {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
        let mut connection = connect::<Route>(&kernel);
        connection.socket().set_receive_buffer(0).unwrap();
        for _ in 0..400 {
            wait!(connection.send(Net::SET.with(&link(1)).ack())).unwrap();
        }
        // Its own acknowledgement is lost too, and that is no success, no refusal, and no endless wait.
        let error = wait!(connection.tell(Net::SET.with(&link(2)))).unwrap_err();
        assert!(matches!(error, Error::Overrun), "{error}");
        assert_eq!(carried_out.load(Ordering::Relaxed), 401);
        assert!(connection.socket().drops().unwrap() > 300);
        wait!(connection.tell(Net::SET.with(&link(2)))).unwrap();
    }

    fn trap_20_a_list_that_stood_still_for_want_of_memory_is_told_and_no_obstacle() {
        for links in [3, 500] {
            let kernel = kernel_with(links);
            let mut connection = connect::<Route>(&kernel);
            let mut faults = Faults::none(1);
            faults.stalled = 1000;
            kernel.set_faults(faults);
            let (_, errors) = listed!(wait!(connection.dump(Net::GET.with(&Link::default()))).unwrap());
            assert!(matches!(errors[..], [Error::Overrun]), "{errors:?}");
            kernel.set_faults(Faults::none(1));
            // The kernel is still busy with the first one, and goes on with it when anything is received.
            let (entries, errors) = listed!(wait!(connection.dump(Net::GET.with(&Link::default()))).unwrap());
            assert!(errors.is_empty(), "{errors:?}");
            assert_eq!(entries.len(), usize::try_from(links).unwrap());
        }
    }

    fn trap_21_hidden_losses_are_still_counted() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.join(Net::CHANGES)).unwrap();
        assert!(connection.socket().set_option(SocketOption::NoEnobufs, true).unwrap());
        connection.socket().set_receive_buffer(0).unwrap();
        for _ in 0..10 {
            kernel.notify(Net::CHANGES, Net::CHANGED, &link(1));
        }
        let told = happenings!(connection);
        assert!(told.iter().all(|event| event == "group 1"), "{told:?}");
        assert_eq!(usize::try_from(connection.socket().drops().unwrap()).unwrap(), 10 - told.len());
        assert!(told.len() < 10);
        let statistics = connection.statistics().unwrap();
        assert_eq!(statistics.socket.drops, connection.socket().drops().unwrap());
        assert_eq!(statistics.conversation.overruns, 0, "nobody said so");
    }

    fn trap_22_what_is_longer_than_the_send_buffer_is_told_before_anything_happens() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        let limit = connection.socket().set_send_buffer(50_000).unwrap() - 32;
        let limit = limit / 4 * 4;
        wait!(connection.tell(Net::SET.with(&link_of(1, limit)))).unwrap();
        let error = wait!(connection.tell(Net::SET.with(&link_of(1, limit + 4)))).unwrap_err();
        assert!(matches!(error, Error::Io(_)) && error.errno() == Some(Errno::MSGSIZE), "{error}");
        wait!(connection.tell(Net::SET.with(&link(1)))).unwrap();
    }

    fn k8_an_error_that_an_earlier_list_left_behind_is_not_the_next_requests() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        let mut faults = Faults::none(1);
        faults.leftover = 1000;
        kernel.set_faults(faults);
        let list = wait!(connection.dump(Net::GET.with(&Link::default()))).unwrap();
        let (links, errors) = listed!(list);
        assert_eq!((links.len(), errors.len()), (3, 0), "{errors:?}");
        kernel.fail(connection.socket(), Errno::INVAL);
        assert_eq!(wait!(connection.ask(Net::GET.with(&link(2)))).unwrap(), link(2));
        kernel.fail(connection.socket(), Errno::INVAL);
        wait!(connection.tell(Net::SET.with(&link(2)))).unwrap();
    }
}
