//! Which process this is, without a system call each time.

use std::process;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::sys;

/// A number that stays the same within a process, and is another one in its parent and its children, however they were
/// made. It means nothing elsewhere.
#[inline]
pub(super) fn identity() -> u32 {
    /// Becomes 0 by a fork, all other memory stays.
    static MARK: OnceLock<Option<&AtomicU32>> = OnceLock::new();
    static FORKS: AtomicU32 = AtomicU32::new(0);
    // Before Linux 4.14 it has to be asked for.
    let Some(mark) = MARK.get_or_init(sys::wiped_on_fork) else { return process::id() };
    match mark.load(Ordering::Relaxed) {
        0 => {
            let own = FORKS.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
            // Another thread may have been faster.
            mark.compare_exchange(0, own, Ordering::Relaxed, Ordering::Relaxed).map_or_else(|known| known, |_| own)
        }
        known => known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trap_25_a_child_is_another_process_and_a_thread_is_none() {
        let own = identity();
        assert_ne!(own, 0);
        assert_eq!(std::thread::spawn(identity).join().unwrap(), own);
        assert_eq!(identity(), own);
        let of_child = sys::tests::in_child(identity);
        assert_ne!(of_child, own);
        assert_eq!(identity(), own);
    }
}
