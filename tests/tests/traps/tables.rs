//! A kernel with tables, which are made in transactions only: what nftables needs of a connection.

use std::sync::{Arc, Mutex};

use netlink_core::{
    Errno,
    operation::{Operation, RawOperation, Undeclared},
    protocol::Netfilter,
    sim::Kernel,
};

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
