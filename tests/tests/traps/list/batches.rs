//! Batches: K7, and one outcome for each request.

use netlink_core::{
    Errno,
    operation::{Operation, RawOperation, Undeclared},
    protocol::{Netfilter, Route},
    request::Request,
};

use super::connect;
use crate::{
    declared::{Net, kernel_with, link},
    tables::{NEW_TABLE, Raw, tables},
};

/// The message that begins a transaction of nftables, or ends it.
fn envelope(kind: u16) -> Request<Undeclared<Netfilter>, RawOperation, &'static [u8]> {
    let operation: Raw<Netfilter> = Operation::new("batch", kind, kind);
    operation.with(&&[0_u8, 0, 0, 10][..])
}

traps! {
    fn k7_a_transaction_does_not_wait_for_the_end_to_be_acknowledged() {
        let (kernel, there) = tables();
        let mut connection = connect::<Netfilter>(&kernel);
        let begun = kernel.now();
        for (names, failed, left) in [
            (&[1_u8, 2, 3][..], None, &[1_u8, 2, 3][..]),
            (&[4, 2, 5], Some((1, Errno::EXIST)), &[1, 2, 3]),
            (&[6, 255], Some((1, Errno::RESTART)), &[1, 2, 3]),
        ] {
            let mut batch = wait!(connection.batch().transaction(envelope(16), envelope(17))).unwrap();
            for name in names {
                wait!(batch.add(NEW_TABLE.with(&&[*name][..]))).unwrap();
            }
            let report = wait!(batch.finish());
            assert_eq!(report.is_success(), failed.is_none(), "{report:?}");
            let told: Vec<_> = report.failures().iter().map(|failure| (failure.index, failure.error.errno())).collect();
            let failed: Vec<_> = failed.into_iter().map(|(index, errno)| (Some(index), Some(errno))).collect();
            assert_eq!(told, failed);
            assert_eq!(*there.lock().unwrap(), left);
        }
        // None of them waited for something that older kernels do not send.
        assert_eq!(kernel.now(), begun);
    }

    fn k7_a_transaction_is_one_datagram_however_long() {
        let (kernel, there) = tables();
        let mut connection = connect::<Netfilter>(&kernel);
        connection.socket().set_send_buffer(0).unwrap();
        let mut batch = wait!(connection.batch().transaction(envelope(16), envelope(17))).unwrap().window(1);
        for _ in 0..3 {
            for name in 0..200_u8 {
                wait!(batch.add(NEW_TABLE.with(&&[name][..]))).unwrap();
            }
        }
        assert!(there.lock().unwrap().is_empty(), "nothing is sent before the end");
        assert_eq!(wait!(batch.finish()).done(), 600);
        assert_eq!(there.lock().unwrap().len(), 600);
        // One without requests is not sent at all.
        let batch = wait!(connection.batch().transaction(envelope(16), envelope(17))).unwrap();
        let report = wait!(batch.finish());
        assert!(report.is_success() && report.sent() == 0, "{report:?}");
    }

    fn mistake_every_message_of_a_batch_has_one_outcome() {
        let kernel = kernel_with(3);
        kernel.on(Net::SET, |link, _| if link.header.index % 2 == 0 { Ok(()) } else { Err(Errno::NODEV.into()) });
        let mut connection = connect::<Route>(&kernel);
        for count in [0_i32, 1, 63, 64, 65, 1000] {
            for (step, failing) in [(2, count), (1, (count + 1) / 2), (4, 0)] {
                let mut batch = connection.batch();
                for number in 0..count {
                    // All fail, every second one does, or none.
                    let index = match step {
                        2 => 1,
                        1 => number + 1,
                        _ => 2,
                    };
                    wait!(batch.add(Net::SET.with(&link(index)))).unwrap();
                }
                let report = wait!(batch.finish());
                let counted = usize::try_from(count).unwrap();
                let failing = usize::try_from(failing).unwrap();
                let outcomes = (report.sent(), report.done(), report.failures().len());
                assert_eq!(outcomes, (counted, counted - failing, failing));
                assert!(report.failures().iter().all(|failure| failure.error.errno() == Some(Errno::NODEV)));
            }
        }
    }

    fn a_batch_stops_where_it_is_told_to_and_says_what_was_not_sent() {
        let kernel = kernel_with(3);
        kernel.on(Net::SET, |link, _| if link.header.index < 5 { Ok(()) } else { Err(Errno::NODEV.into()) });
        let mut connection = connect::<Route>(&kernel);
        let mut batch = connection.batch().window(1).stop_at_error();
        for index in 1..=10 {
            wait!(batch.add(Net::SET.with(&link(index)))).unwrap();
        }
        assert!(batch.is_stopped() && batch.added() == 10);
        let report = wait!(batch.finish());
        assert_eq!((report.sent(), report.done(), report.not_sent()), (5, 4, 5));
    }
}
