//! Requests, acknowledgements, ends: 1 to 10.

use std::sync::{Arc, Mutex};

use netlink_core::{
    Do, DoDump, Errno, Error, NlFamily,
    exchange::Counters,
    operation::{FamilyInfo, Operation},
    protocol::Route,
    request::Request,
    sim::{Faults, Refusal},
    socket::SocketOption,
};

use super::{connect, happenings, listed};
use crate::{
    declared::{Link, Net, indices, kernel_with, link, link_of},
    raw,
};

fn get(index: i32) -> Request<Net, DoDump<Link<'static>, Link<'static>>, Link<'static>> {
    Net::GET.with(&link(index))
}

traps! {
    fn trap_01_a_list_that_asks_for_an_acknowledgement_ends_with_done_alone() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        let (links, errors) = listed!(wait!(connection.dump(get(0).ack())).unwrap());
        assert_eq!((indices(&links), errors.len()), (vec![1, 2, 3], 0));
        // No acknowledgement is waited for, and none is left over for the next request.
        assert_eq!(kernel.queued(connection.socket()), 0);
        assert_eq!(wait!(connection.ask(get(2))).unwrap().header.index, 2);
        assert_eq!(connection.counters(), Counters::default());
    }

    fn trap_02_a_reply_and_its_acknowledgement_are_two_datagrams() {
        let kernel = kernel_with(3);
        assert_eq!(raw::answers(&kernel, &raw::request(18, 0x5, 1, &link(2))), [vec![(16, 0, 1)], vec![(2, 0x100, 1)]]);
        let mut connection = connect::<Route>(&kernel);
        for _ in 0..3 {
            assert_eq!(wait!(connection.ask(get(3))).unwrap(), link(3));
        }
        assert_eq!(connection.counters(), Counters::default());
    }

    fn trap_03_an_error_number_in_done_reaches_the_caller() {
        let kernel = kernel_with(3);
        kernel.on_dump(Net::GET, |_, _| Err::<Vec<Link<'_>>, _>(Errno::OPNOTSUPP.into()));
        let mut connection = connect::<Route>(&kernel);
        let (links, errors) = listed!(wait!(connection.dump(get(0))).unwrap());
        assert!(links.is_empty());
        assert_eq!(errors.iter().map(Error::errno).collect::<Vec<_>>(), [Some(Errno::OPNOTSUPP)]);
        // What came before it is there all the same.
        kernel.on_dump(Net::GET, |_, call| {
            call.then_refuse(Errno::NOMEM.into());
            Ok([link(1), link(2)])
        });
        let (links, errors) = listed!(wait!(connection.dump(get(0))).unwrap());
        assert_eq!(indices(&links), [1, 2]);
        assert_eq!(errors.iter().map(Error::errno).collect::<Vec<_>>(), [Some(Errno::NOMEM)]);
    }

    fn trap_04_the_extended_acknowledgement_is_found_behind_done_and_behind_the_echo() {
        for capped in [true, false] {
            let kernel = kernel_with(0);
            if !capped {
                kernel.lack(SocketOption::CapAck);
            }
            let refusal = || Refusal::new(Errno::INVAL).message("no").at(&[3]);
            kernel.on(Net::GET, move |_, _| Err(refusal()));
            kernel.on_dump(Net::GET, move |_, _| Err::<Vec<Link<'_>>, _>(refusal()));
            let mut connection = connect::<Route>(&kernel);
            let errors = [
                // The length of the request is no multiple of 4.
                wait!(connection.tell(get(7))).unwrap_err(),
                listed!(wait!(connection.dump(get(7))).unwrap()).1.remove(0),
            ];
            for error in errors {
                let Error::Refused(refused) = error else { panic!("{error}") };
                assert_eq!((refused.errno(), refused.message()), (Errno::INVAL, Some("no")));
                assert_eq!(refused.field().unwrap().path(), "Link.name", "capped: {capped}");
            }
        }
        // The flag is set, and there is no room for the attributes behind the number.
        let kernel = kernel_with(0);
        kernel.on_dump(Net::GET, |_, call| {
            call.then_refuse(Refusal::new(Errno::INVAL).message("not to be seen"));
            Ok([link_of(1, 3776 - 20)])
        });
        let mut connection = connect::<Route>(&kernel);
        let (links, mut errors) = listed!(wait!(connection.dump(get(0))).unwrap());
        let Some(Error::Refused(refused)) = errors.pop() else { panic!() };
        assert_eq!((links.len(), refused.errno(), refused.message()), (1, Errno::INVAL, None));
    }

    fn trap_05_answers_end_in_more_than_one_way() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        for payload in [vec![], vec![1], 77_i32.to_ne_bytes().to_vec(), vec![0; 40]] {
            kernel.on(Net::GET, move |_, call| {
                call.end_with_done(payload.clone());
                Ok(link(1))
            });
            assert_eq!(wait!(connection.ask(get(1))).unwrap(), link(1));
            wait!(connection.tell(get(1))).unwrap();
        }
        // Several replies that an acknowledgement ends.
        kernel.on_many(Net::GET, |_, _| Ok(vec![link(1), link(2)]));
        let (links, errors) = listed!(wait!(connection.replies(get(1))).unwrap());
        assert_eq!((indices(&links), errors.len()), (vec![1, 2], 0));
        assert!(matches!(wait!(connection.ask(get(1))), Err(Error::ManyReplies)));
        // None at all.
        kernel.on_many(Net::GET, |_, _| Ok(Vec::new()));
        assert!(matches!(wait!(connection.ask(get(1))), Err(Error::NoReply)));
        assert_eq!(connection.counters(), Counters::default());
    }

    fn trap_06_error_numbers_may_be_positive_and_beyond_4095() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        for number in [22, 4103] {
            let errno = Errno::from_raw(number);
            for refusal in [Refusal::new(errno), Refusal::new(errno).positive()] {
                kernel.on(Net::SET, move |_, _| Err(refusal.clone()));
                assert_eq!(wait!(connection.tell(Net::SET.with(&link(1)))).unwrap_err().errno(), Some(errno));
            }
        }
    }

    fn trap_07_what_the_kernel_acknowledges_and_ignores_is_never_sent() {
        let kernel = kernel_with(3);
        let sent = Arc::new(Mutex::new(0));
        let count = Arc::clone(&sent);
        kernel.on(Net::SET, move |_, _| {
            *count.lock().unwrap() += 1;
            Ok(())
        });
        // Without NLM_F_REQUEST, and with a control type: success, and nothing happened.
        for (kind, flags) in [(19, 0x4), (2, 0x5), (15, 0x5)] {
            assert_eq!(raw::answers(&kernel, &raw::request(kind, flags, 1, &link(1))), [[(2, 0x100, 1)]]);
        }
        assert_eq!(*sent.lock().unwrap(), 0);
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.tell(Net::SET.with(&link(1)))).unwrap();
        assert_eq!(*sent.lock().unwrap(), 1);
        for kind in [0, 2, 15] {
            assert!(matches!(wait!(connection.tell(Request::raw(Route, kind))), Err(Error::Encode(_))), "{kind}");
        }
    }

    fn trap_08_messages_without_a_meaning_are_skipped_and_counted() {
        let kernel = kernel_with(3);
        let mut faults = Faults::none(1);
        (faults.noise, faults.overrun_message) = (1000, 1000);
        kernel.set_faults(faults);
        let mut connection = connect::<Route>(&kernel);
        for index in [1, 2, 3] {
            assert_eq!(wait!(connection.ask(get(index))).unwrap().header.index, index);
        }
        assert_eq!(listed!(wait!(connection.dump(get(0))).unwrap()).0.len(), 3);
        assert_eq!(connection.counters().ignored, 4);
        // The kernel says that something is lost: that is told, in one place.
        assert_eq!(happenings!(connection), ["lost"]);
    }

    fn trap_09_no_request_has_the_number_of_notifications() {
        let kernel = kernel_with(3);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let seqs = Arc::clone(&seen);
        kernel.on(Net::SET, move |_, call| {
            seqs.lock().unwrap().push(call.header().seq);
            // A notification that nobody caused, in the middle of it.
            call.kernel().notify(Net::CHANGES, Net::CHANGED, &link(9));
            Ok(())
        });
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.join(Net::CHANGES)).unwrap();
        for _ in 0..3 {
            wait!(connection.tell(Net::SET.with(&link(1)))).unwrap();
        }
        assert_eq!(happenings!(connection), ["group 1"; 3]);
        let seen = seen.lock().unwrap();
        assert!(seen.windows(2).all(|pair| pair[1] == pair[0] + 1) && !seen.contains(&0), "{seen:?}");
    }

    fn trap_10_notifications_with_our_number_and_port_are_no_replies_and_echoes_are() {
        let kernel = kernel_with(3);
        kernel.on(Net::SET, |link, call| {
            call.notify(Net::CHANGES, Net::CHANGED, &link);
            Ok(())
        });
        kernel.on(Net::GET, |_, call| {
            call.notify(Net::CHANGES, Net::CHANGED, &link(9));
            Ok(link(2))
        });
        let mut listener = connect::<Route>(&kernel);
        let mut connection = connect::<Route>(&kernel);
        for connection in [&mut listener, &mut connection] {
            wait!(connection.join(Net::CHANGES)).unwrap();
        }
        // The same type, number and port as the reply that comes behind it.
        assert_eq!(wait!(connection.ask(get(2))).unwrap().header.index, 2);
        wait!(connection.tell(Net::SET.with(&link(3)))).unwrap();
        assert_eq!(happenings!(connection), ["group 1"; 2]);

        let (links, errors) = listed!(wait!(connection.replies(Echo::SET.with(&link(4)).echo())).unwrap());
        assert_eq!((indices(&links), errors.len()), (vec![4], 0));
        assert!(happenings!(connection).is_empty());
        assert_eq!(happenings!(listener), ["group 1"; 3]);
    }
}

/// The same operation, for those who want the notification of the change.
struct Echo;

impl NlFamily for Echo {
    type Protocol = Route;
    const INFO: FamilyInfo = Net::INFO;
}

impl Echo {
    const SET: Operation<Self, Do<Link<'static>, Link<'static>>> = Operation::new("set", 19, 16);
}
