//! Lists and buffers: 11 to 17, K1, K5.

use netlink_core::{
    Errno, Error, NlMessage,
    protocol::{Protocol, Route},
    sim::{Faults, Interruption, Refusal},
    socket::{ReceiveBuffer, SocketOption},
};

use super::{connect, listed};
use crate::{
    declared::{Header, Link, Net, indices, kernel_with, link, link_of},
    raw,
};

fn all() -> Link<'static> {
    Link::default()
}

traps! {
    fn trap_11_the_first_part_is_small_and_the_others_follow_the_buffer() {
        let kernel = kernel_with(2000);
        let socket = kernel.socket(Protocol::ROUTE).unwrap();
        socket.send(&raw::request(18, 0x301, 1, &all()), 0, None).unwrap();
        let parts: Vec<usize> = raw::datagrams(&socket).iter().map(Vec::len).collect();
        let entry = link(1000).to_bytes().unwrap().len() + 16;
        assert!(parts[0] <= 3776 && parts[0] > 3776 - entry, "{parts:?}");
        let (last, middle) = parts[1..].split_last().unwrap();
        assert!(middle.iter().all(|part| (32_448 - entry..=32_448).contains(part)), "{parts:?}");
        assert!(*last <= 32_448, "{parts:?}");
        // Nothing is missing where the parts meet.
        let mut connection = connect::<Route>(&kernel);
        let (links, errors) = listed!(wait!(connection.dump(Net::GET.with(&all()))).unwrap());
        assert_eq!((indices(&links), errors.len()), ((1..=2000).collect(), 0));
    }

    fn trap_12_a_reply_larger_than_the_buffer_is_told_and_the_next_one_fits() {
        let kernel = kernel_with(0);
        kernel.on(Net::GET, |_, _| Ok(link_of(1, 1_200_000)));
        let mut connection = connect::<Route>(&kernel);
        // With room for the acknowledgement behind it.
        connection.socket().set_receive_buffer(4_000_000).unwrap();
        let error = wait!(connection.ask(Net::GET.with(&link(1)))).unwrap_err();
        assert!(matches!(error, Error::Truncated { length: 1_200_000 }), "{error}");
        assert_eq!(wait!(connection.ask(Net::GET.with(&link(1)))).unwrap(), link_of(1, 1_200_000));
    }

    fn trap_14_one_list_a_socket_and_an_abandoned_one_is_no_obstacle() {
        let kernel = kernel_with(500);
        let socket = kernel.socket(Protocol::ROUTE).unwrap();
        for seq in [1, 2] {
            socket.send(&raw::request(18, 0x301, seq, &all()), 0, None).unwrap();
        }
        let mut buffer = ReceiveBuffer::new();
        assert_eq!(raw::told(socket.receive(&mut buffer, None).unwrap().bytes)[0], (16, 2, 1));
        let refused = socket.receive(&mut buffer, None).unwrap().bytes.to_vec();
        assert_eq!((raw::told(&refused)[0].0, &refused[16..20]), (2, &(-Errno::BUSY.raw()).to_ne_bytes()[..]));

        let mut connection = connect::<Route>(&kernel);
        for taken in [0, 1, 100] {
            let mut list = wait!(connection.dump(Net::GET.with(&all()))).unwrap();
            for index in 1..=taken {
                assert_eq!(wait!(list.next()).unwrap().unwrap().header.index, index);
            }
            drop(list);
            assert_eq!(wait!(connection.ask(Net::GET.with(&link(7)))).unwrap().header.index, 7);
            let (links, errors) = listed!(wait!(connection.dump(Net::GET.with(&all()))).unwrap());
            assert_eq!((links.len(), errors.len()), (500, 0), "after {taken}");
        }
    }

    fn trap_15_an_interruption_is_told_with_all_that_came_even_if_only_the_end_says_so() {
        for interruption in [Interruption::End, Interruption::From(0), Interruption::From(2)] {
            let kernel = kernel_with(0);
            kernel.on_dump(Net::GET, move |_, call| {
                call.interrupted(interruption);
                Ok((1..=3).map(link))
            });
            let mut connection = connect::<Route>(&kernel);
            let (links, errors) = listed!(wait!(connection.dump(Net::GET.with(&all()))).unwrap());
            assert_eq!(indices(&links), [1, 2, 3]);
            assert!(matches!(errors[..], [Error::Interrupted]), "{errors:?}");
        }
    }

    fn trap_16_only_the_flag_proves_that_the_kernel_filtered() {
        let kernel = kernel_with(0);
        kernel.on_dump(Net::GET, |wanted, call| {
            if call.strict() && wanted.mtu.is_some() {
                call.filtered();
                return Ok(vec![link(2)]);
            }
            Ok((1..=3).map(link).collect())
        });
        let wanted = Link { mtu: Some(1500), ..Link::default() };
        for (lacking, expected) in [(None, (1, true)), (Some(SocketOption::GetStrictChk), (3, false))] {
            lacking.into_iter().for_each(|option| kernel.lack(option));
            let mut connection = connect::<Route>(&kernel);
            let mut list = wait!(connection.dump(Net::GET.with(&wanted))).unwrap();
            let mut count = 0;
            while let Some(entry) = wait!(list.next()) {
                entry.unwrap();
                count += 1;
            }
            assert_eq!((count, list.was_filtered()), expected);
        }
    }

    fn trap_17_strict_checking_refuses_what_it_would_ignore_and_old_kernels_do_without() {
        let kernel = kernel_with(0);
        kernel.on_dump(Net::GET, |wanted, call| match wanted.header.change {
            0 => Ok(vec![link(1)]),
            _ if !call.strict() => Ok(vec![link(1)]),
            _ => Err(Refusal::new(Errno::INVAL).message("Invalid values in header for dump request").at_offset(28)),
        });
        let unclean = Link { header: Header { change: u32::MAX, ..Header::default() }, ..Link::default() };
        let mut connection = connect::<Route>(&kernel);
        let (_, errors) = listed!(wait!(connection.dump(Net::GET.with(&unclean))).unwrap());
        let [Error::Refused(refused)] = &errors[..] else { panic!("{errors:?}") };
        assert_eq!(refused.field().unwrap().path(), "Link.header.change");
        // An attribute that nobody knows.
        let (_, errors) = listed!(wait!(connection.dump(Net::GET.with(&all()).add_attr(999, &7_u32))).unwrap());
        let [Error::Refused(refused)] = &errors[..] else { panic!("{errors:?}") };
        assert_eq!((refused.message(), refused.attributes(16)), (Some("Unknown attribute type"), vec![999]));

        kernel.lack(SocketOption::GetStrictChk);
        let mut connection = connect::<Route>(&kernel);
        let request = Net::GET.with(&unclean).add_attr(999, &7_u32);
        assert_eq!(listed!(wait!(connection.dump(request)).unwrap()).0.len(), 1);
    }

    fn k1_every_receive_offers_enough_for_the_largest_entry_that_a_list_can_have() {
        let kernel = kernel_with(0);
        kernel.on_dump(Net::GET, |_, _| Ok([link(1), link_of(2, 12_288), link_of(3, 32_448), link_of(4, 39_000)]));
        kernel.on(Net::GET, |wanted, _| Ok(link_of(wanted.header.index, 39_000)));
        // Who offers less than 12 KiB never sees the second one, and is told that all went well.
        let mut connection = connect::<Route>(&kernel);
        let (links, errors) = listed!(wait!(connection.dump(Net::GET.with(&all()))).unwrap());
        // What is larger than 32 KiB the kernel tells only to who asks for it.
        assert_eq!((indices(&links), errors.len()), (vec![1, 2, 3], 0));
        assert_eq!(wait!(connection.ask(Net::GET.with(&link(4)))).unwrap(), link_of(4, 39_000));
    }

    fn k5_done_carries_an_error_and_words_without_an_echo() {
        let kernel = kernel_with(2);
        let mut faults = Faults::none(3);
        faults.broken_off = 1000;
        kernel.set_faults(faults);
        let mut connection = connect::<Route>(&kernel);
        let (_, errors) = listed!(wait!(connection.dump(Net::GET.with(&all()))).unwrap());
        let [Error::Refused(refused)] = &errors[..] else { panic!("{errors:?}") };
        assert_eq!((refused.errno(), refused.message()), (Errno::IO, Some("broken off")));
    }
}
