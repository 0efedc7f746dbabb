//! Process events: every fork, exec, exit and change of identity on the machine.
//!
//! Declared after `linux/cn_proc.h`; the kernel's side is `drivers/connector/cn_proc.c`.
//!
//! Ids are those of the initial pid and user namespaces, whatever namespaces the process is in. `pid` is what user
//! space calls a thread id, `tgid` what it calls a process id.

use std::{os::unix::process::ExitStatusExt, process::ExitStatus, time::Duration};

use netlink_core::{
    NlFlags, NlStruct, NlUnion, bitflags,
    wire::{FixedStr, RawValue},
};

pub use super::request::{Ack, McastOp, ProcInput};

/// One event: what happened, when, and on which CPU.
///
/// ```text
///  0               4               8
/// +---------------+---------------+
/// | what          | cpu           |
/// +---------------+---------------+
/// | timestamp                     |
/// +-------------------------------+
/// | data, as `what` says          :
/// ```
///
/// ```
/// use netlink_core::NlStruct;
/// use protocols::connector::proc::{EventData, Events, Exec, ProcEvent};
///
/// let data = EventData::Exec(Exec { pid: 7, tgid: 7 });
/// let event = ProcEvent { what: Events::EXEC, cpu: 1, timestamp: 1_000_000_000, data };
/// let bytes = event.to_bytes()?;
/// assert_eq!(bytes.len(), 24);
/// assert_eq!(ProcEvent::decode(&bytes)?, event);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "proc_event")]
#[derive(NlStruct, Clone, Debug, PartialEq, Eq)]
pub struct ProcEvent<'a> {
    /// The one bit that says what happened, or [`Events::NONE`] for an acknowledgement.
    pub what: Events,
    /// The CPU it happened on. In acknowledgements of kernels before 6.6 it is `u32::MAX`.
    pub cpu: u32,
    /// When it happened, in nanoseconds of `CLOCK_MONOTONIC`, which starts at boot and stands still while the machine
    /// sleeps.
    #[doc(alias = "timestamp_ns")]
    pub timestamp: u64,
    /// What `what` is about.
    #[doc(alias = "event_data")]
    #[nl(select = what)]
    pub data: EventData<'a>,
}

impl ProcEvent<'_> {
    /// [`timestamp`](Self::timestamp) as a duration since boot.
    ///
    /// ```
    /// use std::time::Duration;
    /// use protocols::connector::proc::{EventData, Events, Exec, ProcEvent};
    ///
    /// let data = EventData::Exec(Exec { pid: 7, tgid: 7 });
    /// let event = ProcEvent { what: Events::EXEC, cpu: 0, timestamp: 1_500_000_000, data };
    /// assert_eq!(event.time(), Duration::from_millis(1500));
    /// ```
    pub fn time(&self) -> Duration {
        Duration::from_nanos(self.timestamp)
    }
}

bitflags! {
    /// Kinds of events; also the set of those that a listener wants.
    ///
    /// ```
    /// use protocols::connector::proc::Events;
    ///
    /// let wanted = Events::EXEC | Events::NONZERO_EXIT;
    /// assert!(wanted.contains(Events::EXEC) && !wanted.contains(Events::EXIT));
    /// assert_eq!(wanted.bits(), 0x2000_0002);
    /// ```
    #[doc(alias = "proc_cn_event")]
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "PROC_EVENT_")]
    pub struct Events: u32 {
        /// No event, but the answer to a request.
        #[doc(alias = "PROC_EVENT_NONE")]
        const NONE = 0;
        /// A process or thread was made.
        #[doc(alias = "PROC_EVENT_FORK")]
        const FORK = 0x1;
        /// A process runs another program.
        #[doc(alias = "PROC_EVENT_EXEC")]
        const EXEC = 0x2;
        /// A user id changed.
        #[doc(alias = "PROC_EVENT_UID")]
        const UID = 0x4;
        /// A group id changed.
        #[doc(alias = "PROC_EVENT_GID")]
        const GID = 0x40;
        /// A process became the leader of a session.
        #[doc(alias = "PROC_EVENT_SID")]
        const SID = 0x80;
        /// A process is traced by another, or no longer.
        #[doc(alias = "PROC_EVENT_PTRACE")]
        const PTRACE = 0x100;
        /// A thread changed its name.
        #[doc(alias = "PROC_EVENT_COMM")]
        const COMM = 0x200;
        /// Only in filters: ends with a status other than 0. They arrive as [`EXIT`](Self::EXIT). Since Linux 6.6.
        #[doc(alias = "PROC_EVENT_NONZERO_EXIT")]
        const NONZERO_EXIT = 0x2000_0000;
        /// A process got a signal that dumps core.
        #[doc(alias = "PROC_EVENT_COREDUMP")]
        const COREDUMP = 0x4000_0000;
        /// A process or thread ended.
        #[doc(alias = "PROC_EVENT_EXIT")]
        const EXIT = 0x8000_0000;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// What happened.
///
/// ```
/// use protocols::connector::proc::{EventData, Exec, ProcEvent};
///
/// fn program(event: &ProcEvent<'_>) -> Option<i32> {
///     match event.data {
///         EventData::Exec(Exec { tgid, .. }) => Some(tgid),
///         _ => None,
///     }
/// }
/// ```
#[doc(alias = "event_data")]
#[derive(NlUnion, Clone, Debug, PartialEq, Eq)]
pub enum EventData<'a> {
    /// The answer to [`ProcInput`].
    #[nl(Events::NONE)]
    Ack(Ack),
    /// A process or thread was made.
    #[nl(Events::FORK)]
    Fork(Fork),
    /// A process runs another program.
    #[nl(Events::EXEC)]
    Exec(Exec),
    /// A user id changed.
    #[nl(Events::UID)]
    Uid(Uid),
    /// A group id changed.
    #[nl(Events::GID)]
    Gid(Gid),
    /// A process became the leader of a session.
    #[nl(Events::SID)]
    Sid(Sid),
    /// A process is traced by another, or no longer.
    #[nl(Events::PTRACE)]
    Ptrace(Ptrace),
    /// A thread changed its name.
    #[nl(Events::COMM)]
    Comm(Comm),
    /// A process got a signal that dumps core.
    #[nl(Events::COREDUMP)]
    Coredump(Coredump),
    /// A process or thread ended.
    #[nl(Events::EXIT, Events::NONZERO_EXIT)]
    Exit(Exit),
    /// An event of a newer kernel.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// A process or thread was made: a thread has the `tgid` of its process. Sent by `copy_process` in `kernel/fork.c`.
///
/// ```
/// use protocols::connector::proc::Fork;
///
/// let is_process = |fork: Fork| fork.child_pid == fork.child_tgid;
/// assert!(is_process(Fork { parent_pid: 1, parent_tgid: 1, child_pid: 7, child_tgid: 7 }));
/// assert!(!is_process(Fork { parent_pid: 7, parent_tgid: 7, child_pid: 8, child_tgid: 7 }));
/// ```
#[doc(alias = "fork_proc_event")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fork {
    /// The thread that is the parent; with `CLONE_PARENT` that is not the one that called `clone`.
    pub parent_pid: i32,
    /// The process of that thread.
    pub parent_tgid: i32,
    /// The new thread.
    pub child_pid: i32,
    /// The process of the new thread: itself, unless it is a further thread of an existing process.
    pub child_tgid: i32,
}

/// A process runs another program: the new one is in place. Sent by `exec_binprm` in `fs/exec.c`, and not for an `exec`
/// that failed.
#[doc(alias = "exec_proc_event")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exec {
    /// The thread; equal to the process, since the other threads end with an exec.
    #[doc(alias = "process_pid")]
    pub pid: i32,
    /// The process.
    #[doc(alias = "process_tgid")]
    pub tgid: i32,
}

/// A user id changed: the real, effective, saved, or file system's. Sent by `commit_creds` in `kernel/cred.c`.
#[doc(alias = "id_proc_event")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uid {
    /// The thread.
    #[doc(alias = "process_pid")]
    pub pid: i32,
    /// The process.
    #[doc(alias = "process_tgid")]
    pub tgid: i32,
    /// The real user id, as the initial user namespace counts.
    pub ruid: u32,
    /// The effective user id, as the initial user namespace counts.
    pub euid: u32,
}

/// A group id changed: the real, effective, saved, or file system's. Sent by `commit_creds` in `kernel/cred.c`.
#[doc(alias = "id_proc_event")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gid {
    /// The thread.
    #[doc(alias = "process_pid")]
    pub pid: i32,
    /// The process.
    #[doc(alias = "process_tgid")]
    pub tgid: i32,
    /// The real group id, as the initial user namespace counts.
    pub rgid: u32,
    /// The effective group id, as the initial user namespace counts.
    pub egid: u32,
}

/// A process became the leader of a session. Sent by `ksys_setsid` in `kernel/sys.c`.
#[doc(alias = "sid_proc_event")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sid {
    /// The thread.
    #[doc(alias = "process_pid")]
    pub pid: i32,
    /// The process.
    #[doc(alias = "process_tgid")]
    pub tgid: i32,
}

/// A process is traced by another, or no longer. Sent by `ptrace_attach` and `ptrace_detach` in `kernel/ptrace.c`: not
/// where a process asks its parent to trace it (`PTRACE_TRACEME`).
///
/// ```
/// use protocols::connector::proc::Ptrace;
///
/// let begins = |ptrace: Ptrace| ptrace.tracer_pid != 0;
/// assert!(begins(Ptrace { pid: 8, tgid: 8, tracer_pid: 7, tracer_tgid: 7 }));
/// ```
#[doc(alias = "ptrace_proc_event")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ptrace {
    /// The traced thread.
    #[doc(alias = "process_pid")]
    pub pid: i32,
    /// The process of the traced thread.
    #[doc(alias = "process_tgid")]
    pub tgid: i32,
    /// The tracing thread, or 0 when tracing has ended.
    pub tracer_pid: i32,
    /// The tracing process, or 0 when tracing has ended.
    pub tracer_tgid: i32,
}

/// A thread got another name: over `prctl(PR_SET_NAME)` or, since Linux 5.16, `/proc/PID/comm`. The name that an exec gives
/// is not told.
///
/// ```
/// use protocols::connector::proc::Comm;
///
/// let comm = Comm { pid: 7, tgid: 7, comm: "worker".try_into()? };
/// assert_eq!(comm.comm.to_string(), "worker");
/// # Ok::<(), netlink_core::wire::TextTooLong>(())
/// ```
#[doc(alias = "comm_proc_event")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comm {
    /// The thread.
    #[doc(alias = "process_pid")]
    pub pid: i32,
    /// The process.
    #[doc(alias = "process_tgid")]
    pub tgid: i32,
    /// The new name: at most 15 bytes, any but NUL. Control characters are not escaped.
    pub comm: FixedStr<16>,
}

/// A process got a signal that dumps core. Sent by `get_signal` in `kernel/signal.c` before anything is written, and
/// also where nothing may be written (`ulimit -c 0`).
#[doc(alias = "coredump_proc_event")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coredump {
    /// The thread.
    #[doc(alias = "process_pid")]
    pub pid: i32,
    /// The process.
    #[doc(alias = "process_tgid")]
    pub tgid: i32,
    /// The thread that is the parent. Since Linux 4.18; 0 or absent before.
    #[nl(optional)]
    pub parent_pid: Option<i32>,
    /// The process that is the parent. Since Linux 4.18; 0 or absent before.
    #[nl(optional)]
    pub parent_tgid: Option<i32>,
}

/// A process or thread ended. Sent by `do_exit` in `kernel/exit.c`, just after the parent was told.
#[doc(alias = "exit_proc_event")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exit {
    /// The thread.
    #[doc(alias = "process_pid")]
    pub pid: i32,
    /// The process: has ended if this is the same as `pid`, unless further threads still run.
    #[doc(alias = "process_tgid")]
    pub tgid: i32,
    /// The status, as `waitpid` gives it: the exit code in bits 8 to 15, or the signal in bits 0 to 6.
    pub exit_code: u32,
    /// The signal that the parent gets: `SIGCHLD` for most processes, `u32::MAX` for threads.
    pub exit_signal: u32,
    /// The thread that is the parent. Since Linux 4.18; 0 or absent before. Also 0 if this process was gone when the
    /// event was made, which is always so for threads, and where the parent ignores `SIGCHLD`; a parent that waits for
    /// the end may be quicker than the event or not.
    #[nl(optional)]
    pub parent_pid: Option<i32>,
    /// The process that is the parent. As `parent_pid`, also 0 if this process was gone.
    #[nl(optional)]
    pub parent_tgid: Option<i32>,
}

impl Exit {
    /// [`exit_code`](Self::exit_code), to be asked for code, signal, and whether a core was dumped.
    ///
    /// ```
    /// use protocols::connector::proc::Exit;
    ///
    /// assert_eq!(Exit { exit_code: 7 << 8, ..Exit::default() }.status().code(), Some(7));
    /// assert_eq!(Exit { exit_code: 9, ..Exit::default() }.status().to_string(), "signal: 9 (SIGKILL)");
    /// ```
    pub fn status(&self) -> ExitStatus {
        ExitStatus::from_raw(i32::from_ne_bytes(self.exit_code.to_ne_bytes()))
    }
}
