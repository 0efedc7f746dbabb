//! A buffer that is used again: requests come and go one by one, and none needs memory of its own for that.

use std::cell::Cell;

/// Larger ones are rare, and go back to the system.
const LARGEST: usize = 64 * 1024;

/// What most requests fit into.
const USUAL: usize = 256;

thread_local! {
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// An empty buffer.
#[inline]
pub(crate) fn take() -> Vec<u8> {
    // While the thread ends there is none.
    let mut buffer = SPARE.try_with(Cell::take).unwrap_or_default();
    buffer.clear();
    buffer.reserve(USUAL);
    buffer
}

/// Keeps a buffer for the next request that this thread makes.
#[inline]
pub(crate) fn give_back(buffer: Vec<u8>) {
    if buffer.capacity() <= LARGEST {
        let _ = SPARE.try_with(|spare| spare.set(buffer));
    }
}
