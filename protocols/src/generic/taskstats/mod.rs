//! What tasks have used: CPU, memory, storage, and what they waited for.
//!
//! Declared after `linux/taskstats.h` and `linux/cgroupstats.h`; the kernel's side is `kernel/taskstats.c`. All of it
//! needs `CAP_NET_ADMIN` in the initial user namespace.
//!
//! ```no_run
//! use netlink_core::NlFamily;
//! use protocols::generic::taskstats::{self, TaskStats};
//!
//! let mut tasks = taskstats::Taskstats::connect()?;
//! let stats = taskstats::of_process(&mut tasks, std::process::id())?;
//! println!("{} ran for {:?}", stats.ac_comm, stats.cpu_run_real_total);
//! # Ok::<(), netlink_core::Error>(())
//! ```
//!
//! # Exits
//!
//! Whoever [registers](Ask::register_cpumask) for some CPUs is told of each task that ends on one of them, by
//! [`Taskstats::EXIT`]. These messages have no group, and the kernel gives them numbers that may be those of requests:
//! register a connection that asks for nothing else. The kernel tells nobody outside of the initial network namespace.
//!
//! # Versions of the struct
//!
//! `struct taskstats` has grown from version to version; what a kernel does not have is `None` in [`TaskStats`].
//! Version 15 alone had another order behind `cpu_delay_total`, which version 16 took back:
//! [`TaskStats::is_in_order`] tells. Waiting times are counted only where that is switched on (the kernel parameter
//! `delayacct`, or `sysctl kernel.task_delayacct=1`, since Linux 5.14).

mod stats;

pub use stats::{AccountFlags, TaskStats, Timespec};

use netlink_core::{
    Connection, Do, Error, Event, NlDebug, NlFamily, NlMessage, NlStruct,
    protocol::Generic,
    wire::{Text, UnknownAttrs},
};

/// The family.
#[derive(NlFamily, Debug)]
#[nl(generic = "TASKSTATS", version = 1)]
pub struct Taskstats {
    /// What a task or a process has used; or registers for exits.
    #[doc(alias = "TASKSTATS_CMD_GET")]
    #[nl(1, reply = 2, admin)]
    pub get: Do<Ask<'static>, Answer<'static>>,
    /// A task has ended.
    #[doc(alias = "TASKSTATS_CMD_NEW")]
    #[nl(2)]
    pub exit: Event<Answer<'static>>,
    /// What the tasks of a control group are doing.
    #[doc(alias = "CGROUPSTATS_CMD_GET")]
    #[nl(4, reply = 5)]
    pub get_cgroup: Do<AskCgroup<'static>, Cgroup<'static>>,
}

/// What is asked for: one of the four.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Ask<'a> {
    /// A task: what programs call a thread id.
    #[doc(alias = "TASKSTATS_CMD_ATTR_PID")]
    #[nl_attr(1)]
    pub pid: Option<u32>,
    /// A process: all of its tasks, those that have ended included.
    #[doc(alias = "TASKSTATS_CMD_ATTR_TGID")]
    #[nl_attr(2)]
    pub tgid: Option<u32>,
    /// Tells of tasks that end on these CPUs: a list such as `0-3,7`.
    #[doc(alias = "TASKSTATS_CMD_ATTR_REGISTER_CPUMASK")]
    #[nl_attr(3)]
    pub register_cpumask: Option<Text<'a>>,
    /// No longer tells of tasks that end on these CPUs.
    #[doc(alias = "TASKSTATS_CMD_ATTR_DEREGISTER_CPUMASK")]
    #[nl_attr(4)]
    pub deregister_cpumask: Option<Text<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What tasks have used: of one task, or of a process. When the last task of a process ends, both.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct Answer<'a> {
    /// One task.
    #[doc(alias = "TASKSTATS_TYPE_AGGR_PID")]
    #[nl_attr(4)]
    pub aggr_pid: Option<Aggregate<'a>>,
    /// A process: all of its tasks together.
    #[doc(alias = "TASKSTATS_TYPE_AGGR_TGID")]
    #[nl_attr(5)]
    pub aggr_tgid: Option<Aggregate<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Numbers, and whose they are.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct Aggregate<'a> {
    /// The task.
    #[doc(alias = "TASKSTATS_TYPE_PID")]
    #[nl_attr(1)]
    pub pid: Option<u32>,
    /// The process.
    #[doc(alias = "TASKSTATS_TYPE_TGID")]
    #[nl_attr(2)]
    pub tgid: Option<u32>,
    /// The numbers.
    #[doc(alias = "TASKSTATS_TYPE_STATS")]
    #[nl_attr(3)]
    pub stats: Option<Box<TaskStats>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A control group.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct AskCgroup<'a> {
    /// The descriptor of its directory, open in this process. Only hierarchies of version 1 are known.
    #[doc(alias = "CGROUPSTATS_CMD_ATTR_FD")]
    #[nl_attr(1)]
    pub fd: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What the tasks of a control group are doing.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Cgroup<'a> {
    /// How many do what.
    #[doc(alias = "CGROUPSTATS_TYPE_CGROUP_STATS")]
    #[nl_attr(1)]
    pub stats: Option<CgroupStats>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How many tasks do what.
#[doc(alias = "cgroupstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CgroupStats {
    /// They sleep.
    pub nr_sleeping: u64,
    /// They run, or could.
    pub nr_running: u64,
    /// They were stopped.
    pub nr_stopped: u64,
    /// They sleep and cannot be woken by signals.
    pub nr_uninterruptible: u64,
    /// They wait for storage.
    pub nr_io_wait: u64,
}

/// What one task has used.
///
/// # Errors
///
/// `ESRCH` if there is none of that number, `EPERM` without the privilege, and those of
/// [`Connection::ask`].
pub fn of_task(connection: &mut Connection<Generic>, pid: u32) -> Result<TaskStats, Error> {
    let answer = connection.ask(Taskstats::GET.with(&Ask { pid: Some(pid), ..Ask::default() }))?;
    stats(answer.aggr_pid)
}

/// What a process has used. Only what is counted for processes is there: waiting times, times, and page faults since
/// Linux 5.19.
///
/// # Errors
///
/// As for [`of_task`].
pub fn of_process(connection: &mut Connection<Generic>, tgid: u32) -> Result<TaskStats, Error> {
    let answer = connection.ask(Taskstats::GET.with(&Ask { tgid: Some(tgid), ..Ask::default() }))?;
    stats(answer.aggr_tgid)
}

fn stats(aggregate: Option<Aggregate<'_>>) -> Result<TaskStats, Error> {
    aggregate.and_then(|aggregate| aggregate.stats).map(|stats| *stats).ok_or(Error::NoReply)
}
