//! Tasks, compared with `/proc`.

use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use netlink_core::{Connection, Errno, Error, IntoOwned, NlFamily, connection::Incoming, protocol::Generic};
use netlink_tests::require;
use protocols::generic::taskstats::{self, AccountFlags, Ask, TaskStats, Taskstats, of_process, of_task};

fn connect() -> Option<Connection<Generic>> {
    require::generic_family("TASKSTATS")?;
    require::root_outside()?;
    Some(Taskstats::connect().unwrap())
}

/// A process that has come to rest.
struct Sleeper(Child);

impl Sleeper {
    fn new() -> Self {
        let child = Command::new("sleep").arg("1000").stdout(Stdio::null()).spawn().unwrap();
        let sleeper = Self(child);
        let deadline = Instant::now() + Duration::from_secs(30);
        while !sleeper.proc().is_resting() {
            assert!(Instant::now() < deadline, "it does not come to rest");
            thread::sleep(Duration::from_millis(5));
        }
        sleeper
    }

    fn id(&self) -> u32 {
        self.0.id()
    }

    fn proc(&self) -> Proc {
        let read = |file| fs::read_to_string(format!("/proc/{}/{file}", self.id())).unwrap();
        Proc(["comm", "stat", "status", "io", "schedstat"].map(|file| (file, read(file))))
    }

    /// What the family says of it and what `/proc` says, which is the same before and afterwards: that a process rests is
    /// shown a little before it does.
    fn compared(&self, mut ask: impl FnMut(u32) -> TaskStats) -> (TaskStats, Proc) {
        loop {
            let (before, stats) = (self.proc(), ask(self.id()));
            if self.proc() == before {
                return (stats, before);
            }
        }
    }
}

/// Files of a process.
#[derive(PartialEq)]
struct Proc([(&'static str, String); 5]);

impl Proc {
    fn text(&self, file: &str) -> &str {
        &self.0.iter().find(|(name, _)| *name == file).expect("a file that is read").1
    }

    fn is_resting(&self) -> bool {
        self.stat(2) == "S" && self.text("comm").trim() == "sleep"
    }

    /// A field of `stat` behind the name, which is the second: counted from 2 for the state.
    fn stat(&self, field: usize) -> &str {
        let (_, rest) = self.text("stat").rsplit_once(") ").unwrap();
        rest.split(' ').nth(field - 2).unwrap()
    }

    fn number(&self, file: &str, label: &str) -> u64 {
        let line = self.text(file).lines().find_map(|line| line.strip_prefix(label)).unwrap();
        line.trim_start_matches(':').split_whitespace().next().unwrap().parse().unwrap()
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_task_is_as_in_proc() {
    let Some(mut tasks) = connect() else { return };
    let sleeper = Sleeper::new();
    let (stats, proc) = sleeper.compared(|id| of_task(&mut tasks, id).unwrap());
    assert!(stats.is_in_order(), "version {}", stats.version);

    assert_eq!(stats.ac_comm.to_string(), "sleep");
    assert_eq!(stats.ac_pid, sleeper.id());
    assert_eq!(stats.ac_ppid, std::process::id());
    assert_eq!(u64::from(stats.ac_uid), proc.number("status", "Uid"));
    assert_eq!(u64::from(stats.ac_gid), proc.number("status", "Gid"));
    assert_eq!(stats.ac_minflt.to_string(), proc.stat(9));
    assert_eq!(stats.ac_majflt.to_string(), proc.stat(11));
    assert_eq!(stats.ac_nice.to_string(), proc.stat(18));
    assert_eq!(stats.nvcsw, proc.number("status", "voluntary_ctxt_switches"));
    assert_eq!(stats.nivcsw, proc.number("status", "nonvoluntary_ctxt_switches"));
    assert!(!stats.ac_flag.contains(AccountFlags::FORK), "it has executed a program");

    for (value, label) in [
        (stats.read_char, "rchar"),
        (stats.write_char, "wchar"),
        (stats.read_syscalls, "syscr"),
        (stats.write_syscalls, "syscw"),
        (stats.read_bytes, "read_bytes"),
        (stats.write_bytes, "write_bytes"),
        (stats.cancelled_write_bytes, "cancelled_write_bytes"),
    ] {
        assert_eq!(value, proc.number("io", label) & !1023, "{label}");
    }

    let schedstat: Vec<u64> = proc.text("schedstat").split_whitespace().map(|n| n.parse().unwrap()).collect();
    assert_eq!(stats.cpu_run_virtual_total, Duration::from_nanos(schedstat[0]));
    assert_eq!(stats.cpu_delay_total, Duration::from_nanos(schedstat[1]));
    assert_eq!(stats.cpu_count, schedstat[2]);

    // The kernel counts these at each of its ticks. `/proc` shares out by them what the task really ran, in ticks of 10 ms.
    let slack = Duration::from_millis(20);
    let ticks = |field: usize| Duration::from_millis(10 * proc.stat(field).parse::<u64>().unwrap());
    assert!((ticks(13) + ticks(14)).abs_diff(stats.cpu_run_virtual_total) <= slack, "{stats:?}");
    assert!(stats.ac_utime + stats.ac_stime <= stats.ac_etime + slack, "{stats:?}");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    assert!(now.abs_diff(u64::from(stats.ac_btime)) < 60);
    assert!(stats.ac_etime < Duration::from_secs(60));

    let version = stats.version;
    assert_eq!(stats.ac_btime64.is_some(), version >= 10);
    assert_eq!(stats.ac_tgid, (version >= 12).then(|| sleeper.id()));
    let inode = std::os::unix::fs::MetadataExt::ino(&fs::metadata(format!("/proc/{}/exe", sleeper.id())).unwrap());
    assert_eq!(stats.ac_exe_inode, (version >= 12).then_some(inode));
    assert_eq!(stats.irq_count.is_some(), version >= 14);
    assert_eq!(stats.irq_delay_min.is_some(), version >= 16);
    assert_eq!(stats.irq_delay_max_ts.is_some(), version >= 17);
}

#[test]
fn a_process_is_asked_for_by_its_own_number() {
    let Some(mut tasks) = connect() else { return };
    let sleeper = Sleeper::new();
    let (stats, proc) = sleeper.compared(|id| of_process(&mut tasks, id).unwrap());
    assert_eq!(stats.nvcsw, proc.number("status", "voluntary_ctxt_switches"));

    let error = of_task(&mut tasks, 0x3fff_ffff).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::SRCH), "{error}");
}

#[test]
fn exits_are_told_to_who_registered() {
    let Some(()) = require::network_outside() else { return };
    let Some(mut listener) = connect() else { return };
    // With room for the exits of others.
    listener.socket().set_receive_buffer(4 * 1024 * 1024).unwrap();
    let cpus = fs::read_to_string("/sys/devices/system/cpu/possible").unwrap();
    let cpus = || Some(cpus.trim().into());
    let ask = Ask { register_cpumask: cpus(), ..Ask::default() };
    listener.tell(Taskstats::GET.with(&ask)).unwrap();

    let mut child = Command::new("sh").args(["-c", "exit 3"]).spawn().unwrap();
    let pid = child.id();
    child.wait().unwrap();

    let deadline = Instant::now() + Duration::from_secs(30);
    let mut events = listener.events().timeout(Duration::from_secs(30));
    let (task, process) = loop {
        assert!(Instant::now() < deadline, "the exit was not told");
        let Some(Ok(Incoming::Notification(exit))) = events.next_event() else { panic!("no more events") };
        let answer = exit.decode(Taskstats::EXIT).unwrap();
        if answer.aggr_pid.as_ref().and_then(|task| task.pid) == Some(pid) {
            let answer = answer.into_owned();
            break (answer.aggr_pid.unwrap(), answer.aggr_tgid);
        }
    };
    let stats = task.stats.unwrap();
    assert_eq!((stats.ac_exitcode, stats.ac_comm.to_string()), (3 << 8, "sh".to_owned()));
    if stats.version >= 12 {
        assert!(stats.ac_flag.contains(AccountFlags::GROUP));
    }
    // Of a process with one task, the kernel tells the task alone.
    assert!(process.is_none_or(|process| process.tgid == Some(pid)));

    let ask = Ask { deregister_cpumask: cpus(), ..Ask::default() };
    listener.tell(Taskstats::GET.with(&ask)).unwrap();
}

#[test]
fn a_control_group_is_asked_for_by_its_directory() {
    use std::os::fd::AsRawFd;
    let Some(mut tasks) = connect() else { return };
    // What is no control group at all is refused; version 2 of them, too.
    let file = fs::File::open("/").unwrap();
    let ask = taskstats::AskCgroup { fd: u32::try_from(file.as_raw_fd()).ok(), ..taskstats::AskCgroup::default() };
    let error = tasks.ask(Taskstats::GET_CGROUP.with(&ask)).unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error}");

    let mounts = fs::read_to_string("/proc/self/mounts").unwrap();
    let first = mounts.lines().map(|line| line.split(' ').collect::<Vec<_>>()).find(|words| words[2] == "cgroup");
    let Some(words) = first else {
        return eprintln!("no hierarchy of control groups of version 1 is mounted: only the refusal was tested");
    };
    let directory = fs::File::open(words[1]).unwrap();
    let fd = u32::try_from(directory.as_raw_fd()).ok();
    let ask = taskstats::AskCgroup { fd, ..taskstats::AskCgroup::default() };
    let stats = tasks.ask(Taskstats::GET_CGROUP.with(&ask)).unwrap().stats.unwrap();
    assert!(stats.nr_sleeping + stats.nr_running + stats.nr_uninterruptible > 0, "{stats:?}");
}
