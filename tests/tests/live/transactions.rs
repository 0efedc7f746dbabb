//! Transactions, with nftables.

use netlink_core::{
    Connection, Errno, Request,
    connection::batch::{Batch, Fate},
    operation::{RawOperation, Undeclared},
    protocol::Netfilter,
};
use netlink_tests::{netns, require};

type Raw = Request<Undeclared<Netfilter>, RawOperation, &'static [u8]>;

const NFTABLES: u16 = 10;
const IPV4: u8 = 2;

/// A `struct nfgenmsg`, whose last member is in network byte order.
fn request(kind: u16, family: u8, resource: u16) -> Raw {
    let [high, low] = resource.to_be_bytes();
    Request::raw(Netfilter, kind).add_bytes(&[family, 0, high, low])
}

fn new_table(name: &str) -> Raw {
    request(NFTABLES << 8, IPV4, 0).create().add_attr(1, &name.to_owned())
}

/// NFTA_CHAIN_TABLE and NFTA_CHAIN_NAME.
fn new_chain(table: &str, name: &str) -> Raw {
    request(NFTABLES << 8 | 3, IPV4, 0).create().add_attr(1, &table.to_owned()).add_attr(3, &name.to_owned())
}

fn tables(nft: &mut Connection<Netfilter>) -> usize {
    nft.dump(request(NFTABLES << 8 | 1, IPV4, 0)).unwrap().map(Result::unwrap).count()
}

/// NFNL_MSG_BATCH_BEGIN and NFNL_MSG_BATCH_END of a subsystem.
fn transaction(nft: &mut Connection<Netfilter>, subsystem: u16) -> Batch<'_, Netfilter> {
    nft.batch().transaction(request(16, 0, subsystem), request(17, 0, subsystem)).unwrap()
}

/// A connection, if the kernel has nftables: where it is a module, asking loads it.
fn nftables() -> Option<Connection<Netfilter>> {
    let nft = Connection::open().and_then(|mut nft| {
        let tables = nft.list(request(NFTABLES << 8 | 1, IPV4, 0), 1);
        tables.map(|_| nft)
    });
    nft.inspect_err(|error| require::unsupported(format_args!("the kernel has no nftables: {error}"))).ok()
}

#[test]
fn trap_52_live_all_is_done_or_nothing() {
    netns::run(|| {
        let Some(mut nft) = nftables() else { return };
        let empty = transaction(&mut nft, NFTABLES).finish();
        assert_eq!((empty.added(), empty.is_success()), (0, true));

        let mut batch = transaction(&mut nft, NFTABLES);
        for request in [new_table("a"), new_table("b"), new_chain("a", "one")] {
            batch.add(request).unwrap();
        }
        let report = batch.finish();
        assert_eq!((report.sent(), report.done()), (3, 3), "{report:?}");
        assert_eq!(tables(&mut nft), 2);

        let mut batch = transaction(&mut nft, NFTABLES);
        for request in [new_table("c"), new_chain("absent", "two"), new_chain("absent", "three"), new_table("d")] {
            batch.add(request).unwrap();
        }
        let report = batch.finish();
        assert_eq!((report.done(), report.failures().len()), (0, 2), "{report:?}");
        assert_eq!(report.failures()[0].error.errno(), Some(Errno::NOENT));
        let fates = [0, 1, 2, 3].map(|index| report.fate(index).unwrap());
        assert!(matches!(fates, [Fate::TakenBack, Fate::Failed(_), Fate::Failed(_), Fate::TakenBack]), "{fates:?}");
        assert_eq!(tables(&mut nft), 2);

        // A subsystem that is not there refuses the whole.
        let mut batch = transaction(&mut nft, 15);
        batch.add(new_table("e")).unwrap();
        let report = batch.finish();
        assert_eq!((report.done(), report.failures().len(), report.failures()[0].index), (0, 1, None), "{report:?}");
        assert!(matches!(report.fate(0), Some(Fate::TakenBack)));
        assert_eq!((tables(&mut nft), nft.counters().late), (2, 0));
    });
}

#[test]
fn trap_52_live_a_transaction_is_longer_than_the_send_buffer_was() {
    netns::run(|| {
        let Some(mut nft) = nftables() else { return };
        nft.socket().set_send_buffer(4096).unwrap();
        for each in [false, true] {
            let batch = transaction(&mut nft, NFTABLES);
            let mut batch = if each { batch.acknowledge_each() } else { batch };
            for number in 0..200 {
                batch.add(new_table(&format!("each{each}-{number}"))).unwrap();
            }
            let report = batch.finish();
            assert_eq!(report.done(), 200, "{:?}", report.failures().first());
        }
        assert_eq!(tables(&mut nft), 400);
    });
}
