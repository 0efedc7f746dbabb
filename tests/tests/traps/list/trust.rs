//! Addressing, trust, time: 23, 24, 26 to 31, 53, K2.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use netlink_core::{
    Errno, Error, NlMessage,
    connection::Incoming,
    exchange::{Counters, Envelope},
    generic::{Controller, Family},
    protocol::{Generic, Protocol, Route},
    sim::Faults,
    socket::SocketOption,
};

use super::{another, connect, happenings, let_pass, listed};
use crate::{
    declared::{Net, Sensor, Sensors, indices, kernel_with, link},
    raw,
};

traps! {
    fn trap_23_who_sent_a_datagram_is_told_by_its_address_alone() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        let stranger = kernel.socket(Protocol::ROUTE).unwrap();
        let port = connection.socket().port();
        // The header claims that it is the kernel's answer to the next request.
        for seq in 1..=3 {
            stranger.send(&raw::request(16, 0, seq, &link(99)), port, None).unwrap();
        }
        for index in [1, 2] {
            assert_eq!(wait!(connection.ask(Net::GET.with(&link(index)))).unwrap().header.index, index);
        }
        assert_eq!(connection.counters().foreign, 3);
        let mut faults = Faults::none(5);
        faults.foreign = 1000;
        kernel.set_faults(faults);
        for index in [1, 2, 3] {
            assert_eq!(wait!(connection.ask(Net::GET.with(&link(index)))).unwrap().header.index, index);
            wait!(connection.tell(Net::SET.with(&link(index)))).unwrap();
            assert_eq!(listed!(wait!(connection.dump(Net::GET.with(&link(0)))).unwrap()).0.len(), 3);
        }
        assert_eq!(connection.counters().foreign, 12);
        assert!(happenings!(connection).is_empty());
    }

    fn trap_24_the_kernel_chooses_the_port_and_requests_carry_it() {
        let kernel = kernel_with(3);
        let ports = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&ports);
        kernel.on(Net::SET, move |_, call| {
            assert_eq!(call.header().port, call.port());
            seen.lock().unwrap().push(call.port());
            Ok(())
        });
        let mut connections = [connect::<Route>(&kernel), connect::<Route>(&kernel)];
        for connection in &mut connections {
            wait!(connection.tell(Net::SET.with(&link(1)))).unwrap();
        }
        let own: Vec<u32> = connections.iter().map(|connection| connection.socket().port()).collect();
        assert_eq!(own, *ports.lock().unwrap());
        assert!(own[0] != own[1] && own[0] != 0 && own.iter().all(|port| *port != std::process::id()));
    }

    fn trap_26_many_readers_get_their_own_answers_whole() {
        let kernel = kernel_with(300);
        let connection = connect::<Route>(&kernel);
        at_once!({
            let mut connection = another(&kernel, &connection);
            for index in 1..=20 {
                let (links, errors) = listed!(wait!(connection.dump(Net::GET.with(&link(0)))).unwrap());
                assert_eq!((indices(&links), errors.len()), ((1..=300).collect(), 0));
                assert_eq!(wait!(connection.ask(Net::GET.with(&link(index)))).unwrap(), link(index));
            }
            assert_eq!(connection.counters(), Counters::default());
        });
    }

    /// The kernel carries out a request within the call that sends it, whatever the deadline says.
    fn trap_27_an_answer_that_sending_took_longer_than_the_deadline_for_is_an_answer() {
        let kernel = kernel_with(3);
        kernel.on(Net::SET, |_, call| {
            let_pass(call.kernel(), Duration::from_millis(50));
            Ok(())
        });
        kernel.on(Net::GET, |_, call| {
            let_pass(call.kernel(), Duration::from_millis(50));
            Ok(link(2))
        });
        let mut connection = connect::<Route>(&kernel);
        let limit = Duration::from_millis(5);
        wait!(connection.tell(Net::SET.with(&link(1)).deadline(limit))).unwrap();
        assert_eq!(wait!(connection.ask(Net::GET.with(&link(2)).deadline(limit))).unwrap(), link(2));
        let mut batch = connection.batch().timeout(limit);
        wait!(batch.add(Net::SET.with(&link(1)))).unwrap();
        assert!(wait!(batch.finish()).is_success());
        assert_eq!(connection.counters(), Counters::default());
    }

    fn trap_28_whoever_waits_is_called_back() {
        let kernel = kernel_with(3);
        kernel.on(Net::GET, |_, call| {
            call.stay_silent();
            Ok(link(1))
        });
        kernel.on(Net::SET, |_, call| {
            call.stay_silent();
            Ok(())
        });
        let mut connection = connect::<Route>(&kernel);
        assert!(called_back!(connection, wait!(connection.events().next_event()).is_none()));
        let mut connection = connect::<Route>(&kernel);
        let asked = called_back!(connection, wait!(connection.ask(Net::GET.with(&link(2)).no_deadline())));
        assert!(matches!(asked, Err(Error::Cancelled)), "{asked:?}");
        let mut connection = connect::<Route>(&kernel);
        let told = called_back!(connection, wait!(connection.tell(Net::SET.with(&link(2)).no_deadline())));
        assert!(matches!(told, Err(Error::Cancelled)), "{told:?}");
        let mut connection = connect::<Route>(&kernel);
        connection.set_timeout(None);
        let report = called_back!(connection, {
            let mut batch = connection.batch();
            wait!(batch.add(Net::SET.with(&link(1)))).unwrap();
            wait!(batch.finish())
        });
        assert!(matches!(report.failures()[0].error, Error::Cancelled), "{report:?}");
    }

    fn trap_29_a_late_answer_is_nobody_elses() {
        let kernel = kernel_with(3);
        kernel.on(Net::GET, |wanted, call| {
            if wanted.header.index == 1 {
                call.delay(Duration::from_secs(7));
            }
            Ok(link(wanted.header.index))
        });
        kernel.on(Net::SET, |_, call| {
            call.delay(Duration::from_secs(7));
            Err(Errno::PERM.into())
        });
        let mut connection = connect::<Route>(&kernel);
        assert!(matches!(wait!(connection.ask(Net::GET.with(&link(1)))), Err(Error::Timeout)));
        // The answer to the one before comes while this one is waited for.
        assert_eq!(wait!(connection.ask(Net::GET.with(&link(2)))).unwrap().header.index, 2);
        assert_eq!(connection.counters().late, 2);
        assert!(matches!(wait!(connection.tell(Net::SET.with(&link(1)))), Err(Error::Timeout)));
        assert_eq!(wait!(connection.ask(Net::GET.with(&link(3)))).unwrap().header.index, 3);
        assert_eq!(connection.counters().late, 3);
        // That it was refused is not lost either.
        assert_eq!(happenings!(connection), ["EPERM"]);
    }

    fn trap_30_groups_above_32_are_joined_and_heard() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.join(Net::FAR)).unwrap();
        assert_eq!(connection.socket().groups().unwrap(), [37]);
        kernel.notify(Net::FAR, Net::CHANGED, &link(1));
        kernel.notify(Net::CHANGES, Net::CHANGED, &link(1)); // 37 is 5 to who counts in 32 bits, and 1 is nobody's
        assert_eq!(happenings!(connection), ["group 37"]);
    }

    fn trap_31_the_other_namespaces_number_is_delivered_and_absent_for_the_own() {
        let kernel = kernel_with(3);
        let event = raw::request(16, 0, 0, &link(1));
        let from = |nsid| Envelope { group: 1, nsid, ..Envelope::default() };
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.join(Net::CHANGES)).unwrap();
        kernel.multicast(Protocol::ROUTE, from(Some(4)), &event);
        assert!(happenings!(connection).is_empty());
        assert!(connection.socket().set_option(SocketOption::ListenAllNsid, true).unwrap());
        for nsid in [Some(4), None] {
            kernel.multicast(Protocol::ROUTE, from(nsid), &event);
            let mut events = connection.events().timeout(Duration::from_secs(1));
            let Some(Ok(Incoming::Notification(event))) = wait!(events.next_event()) else { panic!() };
            assert_eq!(event.envelope().nsid, nsid);
        }
    }

    fn trap_53_numbers_of_families_and_groups_change_and_reserved_bytes_are_zero() {
        let kernel = kernel_with(0);
        kernel.on(Sensors::GET, |wanted, call| {
            assert_eq!(call.request()[18..20], [0, 0], "struct genlmsghdr.reserved");
            Ok(Sensor { id: wanted.id, ..Sensor::default() })
        });
        let mut connection = connect::<Generic>(&kernel);
        let seven = Sensor { id: Some(7), ..Sensor::default() };
        let before = wait!(connection.family_id::<Sensors>()).unwrap();
        wait!(connection.join(Sensors::READINGS)).unwrap();
        assert_eq!(wait!(connection.ask(Sensors::GET.with(&seven))).unwrap(), seven);

        // The module is loaded again.
        kernel.remove_family::<Sensors>();
        let error = wait!(connection.ask(Sensors::GET.with(&seven))).unwrap_err();
        assert!(matches!(error, Error::UnknownFamily { .. }), "{error}");
        kernel.family::<Sensors>();
        assert_eq!(wait!(connection.ask(Sensors::GET.with(&seven))).unwrap(), seven);
        assert_ne!(wait!(connection.family_id::<Sensors>()).unwrap(), before);
        kernel.notify(Sensors::READINGS, Sensors::CHANGED, &seven);
        // What was sent while the group had no number is lost, and that is told.
        let told = happenings!(connection);
        assert!(told.len() == 2 && told[0] == "lost" && told[1].starts_with("group "), "{told:?}");

        // Bytes that must be zero, and are not.
        let family = wait!(connection.family_id::<Sensors>()).unwrap();
        let body = [&[1, 1, 0, 1][..], &seven.to_bytes().unwrap()].concat();
        let socket = kernel.socket(Protocol::GENERIC).unwrap();
        socket.send(&raw::request(family, 0x5, 1, &&body[..]), 0, None).unwrap();
        let answer = raw::datagrams(&socket).remove(0);
        assert_eq!(answer[16..20], (-Errno::INVAL.raw()).to_ne_bytes());
    }

    fn trap_53_a_batch_finds_a_family_that_was_loaded_again() {
        let kernel = kernel_with(0);
        let carried_out = Arc::new(Mutex::new(Vec::new()));
        let ids = Arc::clone(&carried_out);
        kernel.on(Sensors::SET, move |sensor, _| {
            ids.lock().unwrap().push(sensor.id.unwrap());
            if sensor.id > Some(100) { Err(Errno::NOENT.into()) } else { Ok(()) }
        });
        let reload = || {
            kernel.remove_family::<Sensors>();
            kernel.family::<Sensors>();
        };
        let taken = || std::mem::take(&mut *carried_out.lock().unwrap());
        let set = |id| Sensors::SET.with(&Sensor { id: Some(id), ..Sensor::default() });
        let mut connection = connect::<Generic>(&kernel);
        wait!(connection.join(Sensors::READINGS)).unwrap();

        // In the middle of it: each request is carried out once, and in order.
        let mut batch = connection.batch().window(3);
        for id in 1..=8 {
            if id == 6 {
                reload();
            }
            wait!(batch.add(set(id))).unwrap();
        }
        let report = wait!(batch.finish());
        assert!(report.is_success(), "{report:?}");
        assert_eq!(taken(), [1, 2, 3, 4, 5, 6, 7, 8]);

        // The family itself does not know them: nothing is done twice.
        let mut batch = connection.batch();
        for id in 101..=103 {
            wait!(batch.add(set(id))).unwrap();
        }
        let report = wait!(batch.finish());
        assert!(report.failures().iter().all(|failure| failure.error.errno() == Some(Errno::NOENT)), "{report:?}");
        assert_eq!((report.failures().len(), taken()), (3, vec![101, 102, 103]));

        // Beside requests of others, which would be carried out before them.
        let mut batch = connection.batch();
        let nlctrl = Controller::GET_FAMILY.with(&Family { id: Some(16), ..Family::default() });
        wait!(batch.add(set(1))).unwrap();
        wait!(batch.add(nlctrl)).unwrap();
        reload();
        let report = wait!(batch.finish());
        let failed: Vec<_> = report.failures().iter().map(|failure| (failure.index, failure.error.errno())).collect();
        assert_eq!(failed, [(Some(0), Some(Errno::NOENT))]);
        assert!(taken().is_empty());

        // It is gone: each request is told so.
        kernel.remove_family::<Sensors>();
        let mut batch = connection.batch();
        for id in 1..=3 {
            match wait!(batch.add(set(id))) {
                Ok(_) => {}
                Err(error) => assert!(matches!(error, Error::UnknownFamily { .. }), "{error}"),
            }
        }
        let report = wait!(batch.finish());
        let gone = |error: &Error| matches!(error, Error::UnknownFamily { name } if &**name == "sensors");
        assert!(report.failures().iter().all(|failure| gone(&failure.error)), "{report:?}");
        assert_eq!((report.failures().len(), report.done()), (report.sent(), 0));
        kernel.family::<Sensors>();
        wait!(connection.tell(set(4))).unwrap();
        assert_eq!(taken(), [4]);
    }

    fn k2_the_group_of_a_notification_is_that_of_pktinfo() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.join(Net::FAR)).unwrap();
        // The address of the sender has no bit for the group: without the option, nobody could tell.
        for (on, group) in [(true, "group 37"), (false, "group 0")] {
            assert!(connection.socket().set_option(SocketOption::Pktinfo, on).unwrap());
            kernel.notify(Net::FAR, Net::CHANGED, &link(1));
            assert_eq!(happenings!(connection), [group]);
        }
    }
}
