//! Families with habits of their own: 51, 52, K4, K6, K7.

use std::time::Duration;

use netlink_core::{
    Errno, Error,
    connection::Incoming,
    exchange::Envelope,
    protocol::{Audit, Connector, Netfilter, Protocol, Route},
    request::Request,
    sim::Kernel,
    wire::{MessageFlags, MessageHeader},
};

use super::{connect, happenings, listed};
use crate::{
    declared::{Link, Net, kernel_with, link},
    raw,
    tables::tables,
};

fn error(errno: i32, flags: u16, seq: u32, port: u32, request: &[u8]) -> Vec<u8> {
    let len = u32::try_from(MessageHeader::SIZE + 4 + request.len()).unwrap();
    let header = MessageHeader { len, kind: 2, flags: MessageFlags::from_bits(flags), seq, port };
    [&header.to_bytes()[..], &errno.to_ne_bytes(), request].concat()
}

traps! {
    fn trap_51_ipset_repeats_the_request_though_it_should_not_and_has_numbers_of_its_own() {
        let kernel = Kernel::new();
        kernel.on_datagram(Protocol::NETFILTER, |bytes, call| {
            let header = MessageHeader::from_bytes(bytes.first_chunk().unwrap());
            // The line number that it writes into the copy of the request.
            let mut echo = bytes.to_vec();
            *echo.last_mut().unwrap() = 42;
            call.deliver(Envelope::default(), error(-4103, 0, header.seq, call.port(), &echo));
        });
        let mut connection = connect::<Netfilter>(&kernel);
        let request = Request::raw(Netfilter, 0x0609).add_bytes(&[2, 0, 0, 0]).add_attr(9, &0_u32);
        let mut batch = connection.batch();
        wait!(batch.add(request.clone())).unwrap();
        let batched = wait!(batch.finish()).into_result();
        for error in [wait!(connection.tell(request)).unwrap_err(), batched.unwrap_err()] {
            let Error::Refused(refused) = error else { panic!("{error}") };
            assert_eq!(refused.errno(), Errno::from_raw(4103));
            assert_eq!(refused.request().last(), Some(&0), "what was sent");
            let echoed = refused.echoed().unwrap();
            assert_eq!((echoed.len(), echoed.last()), (refused.request().len(), Some(&42)), "what the kernel made of it");
            assert!(refused.ext_ack().is_empty());
        }
    }

    fn trap_51_what_is_repeated_unchanged_or_in_part_is_no_news() {
        for kept in [16, 20, 28] {
            let kernel = Kernel::new();
            kernel.on_datagram(Protocol::NETFILTER, move |bytes, call| {
                let header = MessageHeader::from_bytes(bytes.first_chunk().unwrap());
                call.deliver(Envelope::default(), error(-22, 0, header.seq, call.port(), &bytes[..kept]));
            });
            let mut connection = connect::<Netfilter>(&kernel);
            let request = Request::raw(Netfilter, 0x0609).add_bytes(&[2, 0, 0, 0]).add_attr(9, &0_u32);
            let error = wait!(connection.tell(request)).unwrap_err();
            let Error::Refused(refused) = error else { panic!("{error}") };
            assert_eq!((refused.errno(), refused.echoed()), (Errno::INVAL, None));
        }
    }

    fn trap_51_audit_replies_may_come_behind_the_acknowledgement_and_name_no_port() {
        let kernel = Kernel::new();
        kernel.on_datagram(Protocol::AUDIT, |bytes, call| {
            let header = MessageHeader::from_bytes(bytes.first_chunk().unwrap());
            call.deliver(Envelope::default(), error(0, 0x100, header.seq, call.port(), &bytes[..16]));
            let header = MessageHeader { len: 56, kind: 1000, seq: header.seq, ..MessageHeader::default() };
            call.deliver(Envelope::default(), [&header.to_bytes()[..], &[7; 40]].concat());
        });
        let mut connection = connect::<Audit>(&kernel);
        let reply = wait!(connection.ask(Request::raw(Audit, 1000))).unwrap();
        assert_eq!((reply.header.kind, reply.body.len()), (1000, 40));
    }

    fn trap_51_events_of_audit_leave_the_header_out_of_their_length() {
        let kernel = Kernel::new();
        let mut connection = connect::<Audit>(&kernel);
        let text = |length: usize| vec![b'x'; length];
        let event = |extra: u32, text: &[u8]| {
            let len = u32::try_from(text.len()).unwrap() + extra;
            [&MessageHeader { len, kind: 1107, ..MessageHeader::default() }.to_bytes()[..], text].concat()
        };
        // Also where the length is one that no message has.
        for length in [0, 3, 15, 16, 99, 8970] {
            // The kernel does it right where it sends to a group, and where it replaces the daemon.
            for (group, extra) in [(0, 0), (0, 16), (1, 16)] {
                let envelope = Envelope { group, ..Envelope::default() };
                let datagram = event(extra, &text(length));
                kernel.deliver(connection.socket(), Duration::ZERO, envelope, datagram);
                let mut events = connection.events().timeout(Duration::from_secs(1));
                let Some(Ok(Incoming::Notification(event))) = wait!(events.next_event()) else { panic!("{length}") };
                assert_eq!((event.header().kind, event.group()), (1107, group));
                assert_eq!(event.message().body(), text(length));
            }
        }
        // To a group, such a length is damage: none is guessed.
        let envelope = Envelope { group: 1, ..Envelope::default() };
        kernel.deliver(connection.socket(), Duration::ZERO, envelope, event(0, &text(3)));
        assert_eq!(happenings!(connection), ["lost"]);
    }

    fn trap_52_a_batch_is_carried_out_as_a_whole_or_every_failure_is_told() {
        let (kernel, there) = tables();
        let mut connection = connect::<Netfilter>(&kernel);
        let batch = |names: &'static [u8]| {
            let mut messages = raw::request(16, 0x1, 1, &&[0_u8; 4][..]);
            for (seq, name) in names.iter().enumerate() {
                // Without NLM_F_ACK.
                messages.extend(raw::request(0x0a00, 0x1, 2 + u32::try_from(seq).unwrap(), &&[*name][..]));
                messages.resize(messages.len().next_multiple_of(4), 0);
            }
            messages.extend(raw::request(17, 0x1, 99, &&[0_u8; 4][..]));
            messages
        };
        let told = |datagram: &[u8]| -> Vec<(u32, i32)> {
            let socket = kernel.socket(Protocol::NETFILTER).unwrap();
            socket.send(datagram, 0, None).unwrap();
            let errno = |bytes: &[u8]| i32::from_ne_bytes(bytes[16..20].try_into().unwrap());
            raw::datagrams(&socket).iter().map(|bytes| (raw::told(bytes)[0].2, errno(bytes))).collect()
        };
        assert_eq!(told(&batch(&[1, 2])), []);
        assert_eq!(*there.lock().unwrap(), [1, 2]);
        assert_eq!(told(&batch(&[3, 1, 4, 2])), [(3, -17), (5, -17)]);
        assert_eq!(*there.lock().unwrap(), [1, 2], "all of it is taken back");
        assert_eq!(told(&batch(&[1, 5, 255, 6])), [(4, -Errno::RESTART.raw())]);
        assert_eq!(*there.lock().unwrap(), [1, 2]);

        // A batch that is cut short is not carried out.
        let mut cut = batch(&[7]);
        cut.truncate(cut.len() - 20);
        assert_eq!(told(&cut), []);
        assert_eq!(*there.lock().unwrap(), [1, 2]);
        assert!(happenings!(connection).is_empty());
    }

    fn k4_done_is_data_in_the_connector() {
        let kernel = Kernel::new();
        let mut connection = connect::<Connector>(&kernel);
        connection.join_number(1).unwrap();
        for seq in [0, 1, 1] {
            let message = raw::request(3, 0, seq, &&[0_u8; 40][..]);
            kernel.multicast(Protocol::CONNECTOR, Envelope { group: 1, ..Envelope::default() }, &message);
        }
        assert_eq!(happenings!(connection), ["group 1"; 3]);
    }

    fn k6_a_name_is_bytes() {
        let odd = Link { name: Some(vec![0xff, 0xfe, 0].into()), ..link(2) };
        let kernel = kernel_with(0);
        let there = odd.clone();
        kernel.on_dump(Net::GET, move |_, _| Ok([link(1), there.clone(), link(3)]));
        let there = odd.clone();
        kernel.on(Net::GET, move |wanted, _| {
            if wanted.name == there.name { Ok(there.clone()) } else { Err(Errno::NODEV.into()) }
        });
        let mut connection = connect::<Route>(&kernel);
        let (links, errors) = listed!(wait!(connection.dump(Net::GET.with(&Link::default()))).unwrap());
        assert_eq!((&links[1], links.len(), errors.len()), (&odd, 3, 0));
        assert_eq!(wait!(connection.ask(Net::GET.with(&odd))).unwrap(), odd);
    }
}
