//! What only one of the shells has, or neither: batches, threads.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use netlink_core::{
    Connection, Errno,
    exchange::Counters,
    operation::{Operation, RawOperation, Undeclared},
    protocol::{Netfilter, Route},
    sim::Kernel,
};

use crate::declared::{Limits, Net, Sensor, Sensors, kernel_with, link};

pub(crate) type Raw<P> = Operation<Undeclared<P>, RawOperation>;

/// `NFT_MSG_NEWTABLE` of the subsystem nftables.
pub(crate) const NEW_TABLE: Raw<Netfilter> = Operation::new("new-table", 0x0a00, 0x0a00);

/// A kernel with tables, each named by a byte; they are made in batches only. A table that is there cannot be made.
pub(crate) fn tables() -> (Kernel, Arc<Mutex<Vec<u8>>>) {
    let kernel = Kernel::new();
    let (there, staged) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let (known, made) = (Arc::clone(&there), Arc::clone(&staged));
    kernel.on_many(NEW_TABLE, move |name, _| match name {
        [255] => Err(Errno::RESTART.into()),
        [name] if known.lock().unwrap().contains(name) => Err(Errno::EXIST.into()),
        name => {
            made.lock().unwrap().extend_from_slice(name);
            Ok(Vec::new())
        }
    });
    let known = Arc::clone(&there);
    kernel.on_batch(move |whole| {
        let staged: Vec<u8> = staged.lock().unwrap().drain(..).collect();
        if whole {
            known.lock().unwrap().extend(staged);
        }
    });
    (kernel, there)
}

/// Each connection has a socket of its own, so that readers cannot steal from each other.
#[test]
fn trap_26_many_readers_get_their_own_answers_whole() {
    let kernel = kernel_with(300);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut connection = kernel.connect::<Route>().unwrap();
                for _ in 0..20 {
                    let links = connection.dump(Net::GET.with(&link(0))).unwrap();
                    let indices: Vec<i32> = links.map(|link| link.unwrap().header.index).collect();
                    assert_eq!(indices, (1..=300).collect::<Vec<_>>());
                }
                assert_eq!(connection.counters(), Counters::default());
            });
        }
    });
}

#[test]
fn k7_a_transaction_does_not_wait_for_the_end_to_be_acknowledged() {
    let (kernel, there) = tables();
    let connection = &mut kernel.connect::<Netfilter>().unwrap();
    let envelope = |kind| {
        let operation: Raw<Netfilter> = Operation::new("batch", kind, kind);
        operation.with(&&[0_u8, 0, 0, 10][..])
    };
    let run = |connection: &mut Connection<Netfilter>, names: &[u8]| {
        let mut batch = connection.batch().transaction(envelope(16), envelope(17)).unwrap();
        for name in names {
            batch.add(NEW_TABLE.with(&&[*name][..])).unwrap();
        }
        batch.finish()
    };
    let begun = kernel.now();
    let report = run(connection, &[1, 2, 3]);
    assert!(report.is_success(), "{report:?}");
    assert_eq!(*there.lock().unwrap(), [1, 2, 3]);
    let report = run(connection, &[4, 2, 5]);
    assert_eq!(report.failures().iter().map(|failure| failure.index).collect::<Vec<_>>(), [Some(1)]);
    assert_eq!(*there.lock().unwrap(), [1, 2, 3]);
    let report = run(connection, &[6, 255]);
    assert!(report.failures().iter().any(|failure| failure.error.errno() == Some(Errno::RESTART)), "{report:?}");
    // None of them waited for something that older kernels do not send.
    assert_eq!(kernel.now(), begun);
}

#[test]
fn mistake_every_message_of_a_batch_has_one_outcome() {
    let kernel = kernel_with(3);
    kernel.on(Net::SET, |link, _| if link.header.index % 2 == 0 { Ok(()) } else { Err(Errno::NODEV.into()) });
    let mut connection = kernel.connect::<Route>().unwrap();
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
                batch.add(Net::SET.with(&link(index))).unwrap();
            }
            let report = batch.finish();
            let counted = usize::try_from(count).unwrap();
            let failing = usize::try_from(failing).unwrap();
            assert_eq!((report.sent(), report.done(), report.failures().len()), (counted, counted - failing, failing));
            assert!(report.failures().iter().all(|failure| failure.error.errno() == Some(Errno::NODEV)));
        }
    }
}

#[test]
fn the_declared_range_is_checked_before_sending() {
    let sensor = Sensor { id: Some(1), limits: Some(Limits { high: Some(125_001), port: None }), name: None };
    let error = Sensors::SET.with(&sensor).family_id(20).to_bytes(1, 0).unwrap_err();
    assert!(error.to_string().contains("limits.high"), "{error}");
}

/// The kernel carries out a request within the call that sends it, whatever the deadline says.
#[test]
fn trap_27_an_answer_that_sending_took_longer_than_the_deadline_for_is_an_answer() {
    let kernel = kernel_with(3);
    kernel.on(Net::SET, |_, call| {
        call.kernel().advance(Duration::from_secs(10));
        Ok(())
    });
    let mut connection = kernel.connect::<Route>().unwrap();
    let begun = kernel.now();
    connection.tell(Net::SET.with(&link(1)).deadline(Duration::from_secs(1))).unwrap();
    assert_eq!(kernel.now() - begun, Duration::from_secs(10));
    assert_eq!(connection.counters(), Counters::default());
}

#[test]
fn trap_28_whoever_waits_is_called_back() {
    let kernel = kernel_with(3);
    let mut connection = kernel.connect::<Route>().unwrap();
    let canceller = connection.canceller().unwrap();
    thread::scope(|scope| {
        let reader = scope.spawn(|| connection.events().next_event().is_none());
        thread::sleep(Duration::from_millis(20));
        assert!(!reader.is_finished());
        canceller.cancel();
        assert!(reader.join().unwrap());
    });
    canceller.reset();
    assert_eq!(connection.ask(Net::GET.with(&link(2))).unwrap(), link(2));
}
