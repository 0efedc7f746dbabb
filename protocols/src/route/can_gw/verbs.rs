//! Verbs: requests about gateways of the Controller Area Network.

use super::{CanFilter, CanJob, CanJobFlags};
use crate::route::{
    Route,
    link::Which,
    verb::{Change, List},
};

/// Sends frames that come in by one link out by another.
pub fn add<'s, 'd>(from: impl Into<Which<'s>>, to: impl Into<Which<'d>>) -> Change<'static, CanJob<'static>> {
    let job = Change::new(Route::NEW_CAN_JOB, CanJob::default());
    let job = job.linked("src_if", from, |job, index| job.src_if = Some(index as u32));
    job.linked("dst_if", to, |job, index| job.dst_if = Some(index as u32))
}

/// Ends a job, which must be the same in all that it does.
pub fn del<'a>(job: &CanJob<'a>) -> Change<'a, CanJob<'static>> {
    let job = CanJob { handled: None, dropped: None, deleted: None, ..job.clone() };
    Change::new(Route::DEL_CAN_JOB, job)
}

/// Ends all jobs of this network namespace.
pub fn flush() -> Change<'static, CanJob<'static>> {
    Change::new(Route::DEL_CAN_JOB, CanJob { src_if: Some(0), dst_if: Some(0), ..CanJob::default() })
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
