//! Verbs: requests about gateways of the Controller Area Network.

use super::{CanFilter, CanJob, CanJobFlags};
use crate::route::{
    Route,
    verb::{Change, List},
};

fn between(src_if: u32, dst_if: u32) -> CanJob<'static> {
    CanJob { src_if: Some(src_if), dst_if: Some(dst_if), ..CanJob::default() }
}

/// Sends frames that come in by one link out by another, given by their indexes.
pub fn add(src_if: u32, dst_if: u32) -> Change<'static, CanJob<'static>> {
    Change::new(Route::NEW_CAN_JOB, between(src_if, dst_if))
}

/// Ends a job, which must be the same in all that it does.
pub fn del<'a>(job: &CanJob<'a>) -> Change<'a, CanJob<'static>> {
    let job = CanJob { handled: None, dropped: None, deleted: None, ..job.clone() };
    Change::new(Route::DEL_CAN_JOB, job)
}

/// Ends all jobs of this network namespace.
pub fn flush() -> Change<'static, CanJob<'static>> {
    Change::new(Route::DEL_CAN_JOB, between(0, 0))
}

/// All jobs.
pub fn list() -> List<'static, CanJob<'static>> {
    List::new(Route::LIST_CAN_JOBS, CanJob::default())
}

impl Change<'_, CanJob<'static>> {
    /// Only frames whose identifier is this one, as far as the mask goes.
    pub fn filter(mut self, id: u32, mask: u32) -> Self {
        self.body.filter = Some(CanFilter { id, mask });
        self
    }

    /// How they are sent on.
    pub fn with(mut self, flags: CanJobFlags) -> Self {
        self.body.header.flags |= flags;
        self
    }
}
