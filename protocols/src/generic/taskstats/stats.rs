//! The struct that grows.

use std::time::Duration;

use netlink_core::{NlFlags, NlStruct, bitflags, wire::FixedStr};

/// What a task has used.
#[doc(alias = "taskstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
pub struct TaskStats {
    /// The version of the struct; see [the module](super::super::taskstats).
    #[nl(pad = 2)]
    pub version: u16,
    /// The status with which it ended, as `wait` gives it.
    pub ac_exitcode: u32,
    /// What is special about it.
    pub ac_flag: AccountFlags,
    /// How nice it is: -20 to 19.
    #[nl(pad = 6)]
    pub ac_nice: i8,
    /// How often it waited for a CPU while it could have run.
    pub cpu_count: u64,
    /// How long it waited for a CPU while it could have run.
    #[nl(nanos = u64)]
    pub cpu_delay_total: Duration,
    /// How often it waited for blocks of a device that it read or wrote.
    pub blkio_count: u64,
    /// How long it waited for blocks of a device that it read or wrote.
    #[nl(nanos = u64)]
    pub blkio_delay_total: Duration,
    /// How often it waited for pages that were swapped out.
    pub swapin_count: u64,
    /// How long it waited for pages that were swapped out.
    #[nl(nanos = u64)]
    pub swapin_delay_total: Duration,
    /// How long it ran, less what the hypervisor took where that is known.
    #[nl(nanos = u64)]
    pub cpu_run_real_total: Duration,
    /// How long it ran, in the time of this kernel.
    #[nl(nanos = u64)]
    pub cpu_run_virtual_total: Duration,
    /// The name of the program: at most 15 bytes, for threads of the kernel more.
    pub ac_comm: FixedStr<32>,
    /// How it is scheduled (`SCHED_*` in `linux/sched.h`).
    #[nl(pad = 7)]
    pub ac_sched: u8,
    /// The user, as the asker's user namespace numbers it.
    pub ac_uid: u32,
    /// The group, likewise.
    pub ac_gid: u32,
    /// The task's number (what programs call a thread id), as the asker's pid namespace numbers it; 0 for a whole process.
    pub ac_pid: u32,
    /// The number of the parent process, likewise.
    pub ac_ppid: u32,
    /// When it began, in seconds since 1970; stands still in 2106.
    #[nl(pad = 4)]
    pub ac_btime: u32,
    /// How long ago it began.
    #[nl(micros = u64)]
    pub ac_etime: Duration,
    /// How long it ran in user space.
    #[nl(micros = u64)]
    pub ac_utime: Duration,
    /// How long it ran in the kernel.
    #[nl(micros = u64)]
    pub ac_stime: Duration,
    /// Page faults that needed no reading.
    pub ac_minflt: u64,
    /// Page faults that needed reading.
    pub ac_majflt: u64,
    /// Memory in use, summed up over time: megabytes times microseconds.
    pub coremem: u64,
    /// Address space in use, likewise.
    pub virtmem: u64,
    /// The most memory that it ever used, in KiB.
    pub hiwater_rss: u64,
    /// The most address space that it ever had, in KiB.
    pub hiwater_vm: u64,
    /// Bytes read by system calls, whatever from; in whole multiples of 1024.
    pub read_char: u64,
    /// Bytes written by system calls, whatever to; in whole multiples of 1024.
    pub write_char: u64,
    /// System calls that read; in whole multiples of 1024.
    pub read_syscalls: u64,
    /// System calls that wrote; in whole multiples of 1024.
    pub write_syscalls: u64,
    /// Bytes that it made storage read; in whole multiples of 1024.
    pub read_bytes: u64,
    /// Bytes that it made storage write; in whole multiples of 1024.
    pub write_bytes: u64,
    /// Bytes that were to be written and then were not, because a file was cut or removed; in whole multiples of 1024.
    pub cancelled_write_bytes: u64,
    /// How often it gave up the CPU to wait for something.
    pub nvcsw: u64,
    /// How often the CPU was taken from it.
    pub nivcsw: u64,
    /// As `ac_utime`, scaled with the frequency of the CPU.
    #[nl(micros = u64)]
    pub ac_utimescaled: Duration,
    /// As `ac_stime`, scaled with the frequency of the CPU.
    #[nl(micros = u64)]
    pub ac_stimescaled: Duration,
    /// As `cpu_run_real_total`, scaled with the frequency of the CPU.
    #[nl(nanos = u64)]
    pub cpu_scaled_run_real_total: Duration,
    /// How often it waited for memory to be freed.
    pub freepages_count: u64,
    /// How long it waited for memory to be freed.
    #[nl(nanos = u64)]
    pub freepages_delay_total: Duration,
    /// How often it waited for pages that had been thrown out a moment before.
    pub thrashing_count: u64,
    /// How long it waited for pages that had been thrown out a moment before.
    #[nl(nanos = u64)]
    pub thrashing_delay_total: Duration,
    /// When it began, in seconds since 1970. Since version 10.
    #[nl(optional)]
    pub ac_btime64: Option<u64>,
    /// How often it waited for memory to be compacted. Since version 11.
    #[nl(optional)]
    pub compact_count: Option<u64>,
    /// How long it waited for memory to be compacted. Since version 11.
    #[nl(optional, nanos = u64)]
    pub compact_delay_total: Option<Duration>,
    /// The number of the process (of its first thread). Since version 12.
    #[nl(optional, pad = 4)]
    pub ac_tgid: Option<u32>,
    /// How long ago the process began. Since version 12.
    #[nl(optional, micros = u64)]
    pub ac_tgetime: Option<Duration>,
    /// The device that the program is on. Since version 12.
    #[nl(optional)]
    pub ac_exe_dev: Option<u64>,
    /// The inode of the program. Since version 12.
    #[nl(optional)]
    pub ac_exe_inode: Option<u64>,
    /// How often it waited for a copy of a page that was shared. Since version 13.
    #[nl(optional)]
    pub wpcopy_count: Option<u64>,
    /// How long it waited for a copy of a page that was shared. Since version 13.
    #[nl(optional, nanos = u64)]
    pub wpcopy_delay_total: Option<Duration>,
    /// How often it waited for interrupts. Since version 14.
    #[nl(optional)]
    pub irq_count: Option<u64>,
    /// How long it waited for interrupts. Since version 14.
    #[nl(optional, nanos = u64)]
    pub irq_delay_total: Option<Duration>,
    /// The longest wait for a CPU. Since version 16.
    #[nl(optional, nanos = u64)]
    pub cpu_delay_max: Option<Duration>,
    /// The shortest wait for a CPU that was not zero. Since version 16.
    #[nl(optional, nanos = u64)]
    pub cpu_delay_min: Option<Duration>,
    /// The longest wait for blocks of a device. Since version 16.
    #[nl(optional, nanos = u64)]
    pub blkio_delay_max: Option<Duration>,
    /// The shortest wait for blocks of a device that was not zero. Since version 16.
    #[nl(optional, nanos = u64)]
    pub blkio_delay_min: Option<Duration>,
    /// The longest wait for a page that was swapped out. Since version 16.
    #[nl(optional, nanos = u64)]
    pub swapin_delay_max: Option<Duration>,
    /// The shortest wait for a page that was swapped out that was not zero. Since version 16.
    #[nl(optional, nanos = u64)]
    pub swapin_delay_min: Option<Duration>,
    /// The longest wait for memory to be freed. Since version 16.
    #[nl(optional, nanos = u64)]
    pub freepages_delay_max: Option<Duration>,
    /// The shortest wait for memory to be freed that was not zero. Since version 16.
    #[nl(optional, nanos = u64)]
    pub freepages_delay_min: Option<Duration>,
    /// The longest wait for a page thrown out before. Since version 16.
    #[nl(optional, nanos = u64)]
    pub thrashing_delay_max: Option<Duration>,
    /// The shortest wait for a page thrown out before that was not zero. Since version 16.
    #[nl(optional, nanos = u64)]
    pub thrashing_delay_min: Option<Duration>,
    /// The longest wait for memory to be compacted. Since version 16.
    #[nl(optional, nanos = u64)]
    pub compact_delay_max: Option<Duration>,
    /// The shortest wait for memory to be compacted that was not zero. Since version 16.
    #[nl(optional, nanos = u64)]
    pub compact_delay_min: Option<Duration>,
    /// The longest wait for a copy of a page. Since version 16.
    #[nl(optional, nanos = u64)]
    pub wpcopy_delay_max: Option<Duration>,
    /// The shortest wait for a copy of a page that was not zero. Since version 16.
    #[nl(optional, nanos = u64)]
    pub wpcopy_delay_min: Option<Duration>,
    /// The longest wait for interrupts. Since version 16.
    #[nl(optional, nanos = u64)]
    pub irq_delay_max: Option<Duration>,
    /// The shortest wait for interrupts that was not zero. Since version 16.
    #[nl(optional, nanos = u64)]
    pub irq_delay_min: Option<Duration>,
    /// When the longest wait for a CPU was. Since version 17.
    #[nl(optional)]
    pub cpu_delay_max_ts: Option<Timespec>,
    /// When the longest wait for blocks of a device was. Since version 17.
    #[nl(optional)]
    pub blkio_delay_max_ts: Option<Timespec>,
    /// When the longest wait for a page that was swapped out was. Since version 17.
    #[nl(optional)]
    pub swapin_delay_max_ts: Option<Timespec>,
    /// When the longest wait for memory to be freed was. Since version 17.
    #[nl(optional)]
    pub freepages_delay_max_ts: Option<Timespec>,
    /// When the longest wait for a page thrown out before was. Since version 17.
    #[nl(optional)]
    pub thrashing_delay_max_ts: Option<Timespec>,
    /// When the longest wait for memory to be compacted was. Since version 17.
    #[nl(optional)]
    pub compact_delay_max_ts: Option<Timespec>,
    /// When the longest wait for a copy of a page was. Since version 17.
    #[nl(optional)]
    pub wpcopy_delay_max_ts: Option<Timespec>,
    /// When the longest wait for interrupts was. Since version 17.
    #[nl(optional)]
    pub irq_delay_max_ts: Option<Timespec>,
}

impl TaskStats {
    /// Whether what is behind `cpu_delay_total` is where it is in all versions but one: not so in version 15.
    pub fn is_in_order(&self) -> bool {
        self.version != 15
    }
}

/// A point in time.
#[doc(alias = "__kernel_timespec")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timespec {
    /// Seconds since 1970.
    pub tv_sec: i64,
    /// Nanoseconds, less than a second.
    pub tv_nsec: i64,
}

bitflags! {
    /// What is special about a task.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "A")]
    pub struct AccountFlags: u8 {
        /// It is a fork that has not executed a program.
        #[doc(alias = "AFORK")]
        const FORK = 0x01;
        /// It has used the privileges of root.
        #[doc(alias = "ASU")]
        const SU = 0x02;
        /// It runs in a compatibility mode.
        #[doc(alias = "ACOMPAT")]
        const COMPAT = 0x04;
        /// It left a core dump.
        #[doc(alias = "ACORE")]
        const CORE = 0x08;
        /// A signal killed it.
        #[doc(alias = "AXSIG")]
        const XSIG = 0x10;
        /// It was the last task of its process. Since version 12.
        #[doc(alias = "AGROUP")]
        const GROUP = 0x20;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
