//! Each kind of event, as the kernel really sends it.

use std::{
    fs,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use netlink_tests::{require, skip};
use protocols::connector::{
    Observed,
    proc::{Comm, EventData, Events, Exec, Gid, ProcEvent, Sid, Uid},
};

use crate::{LONG, all, alone, data, me, only, sh, story};

/// Seconds since boot. The clock of the events does not go on while the machine sleeps, and so is behind, if at all.
fn uptime() -> Duration {
    let uptime = fs::read_to_string("/proc/uptime").unwrap();
    // It has two digits after the point.
    Duration::from_secs_f64(uptime.split(' ').next().unwrap().parse().unwrap()) + Duration::from_millis(10)
}

fn last_cpu() -> u32 {
    let possible = fs::read_to_string("/sys/devices/system/cpu/possible").unwrap();
    possible.trim().rsplit(['-', ',']).next().unwrap().parse().unwrap()
}

#[test]
fn fork_exec_and_exit_are_seen_in_order_with_pids_parents_and_status() {
    let Some(_alone) = alone() else { return };
    let (pid, events, status) = story(&mut all(), &mut sh("exit 7"));
    let [fork, exec, exit] = events.as_slice() else { panic!("{events:?}") };
    let EventData::Fork(fork) = fork.data else { panic!("{fork:?}") };
    // The thread that forked is one of this process.
    assert_eq!((fork.parent_tgid, fork.child_pid, fork.child_tgid), (me(), pid, pid));
    assert!(fs::exists(format!("/proc/self/task/{}", fork.parent_pid)).unwrap());
    assert_eq!(exec.data, EventData::Exec(Exec { pid, tgid: pid }));
    let EventData::Exit(exit) = exit.data else { panic!("{exit:?}") };
    assert_eq!((exit.pid, exit.tgid, exit.parent_tgid, exit.parent_pid), (pid, pid, Some(me()), Some(fork.parent_pid)));
    assert_eq!((exit.exit_code, exit.status(), exit.status().code()), (7 << 8, status, Some(7)));
    // SIGCHLD, but for a few old architectures.
    assert!([17, 18, 20].contains(&exit.exit_signal), "{exit:?}");
}

#[test]
fn the_exit_of_a_killed_process_tells_the_signal() {
    let Some(_alone) = alone() else { return };
    let (_, events, status) = story(&mut all(), &mut sh("kill -KILL $$"));
    let Some(EventData::Exit(exit)) = events.last().map(|event| event.data.clone()) else { panic!("{events:?}") };
    assert_eq!((exit.exit_code, exit.status()), (9, status));
}

#[test]
fn threads_are_forks_of_the_same_process() {
    let Some(_alone) = alone() else { return };
    let watch = all();
    thread::spawn(|| {}).join().unwrap();
    // Those of other tests begin meanwhile, too.
    let (mut made, begun) = (Vec::new(), Instant::now());
    for observed in watch {
        assert!(begun.elapsed() < LONG, "made {made:?}");
        let Observed::Event(event) = observed.unwrap() else { continue };
        match event.data {
            EventData::Fork(fork) if fork.child_tgid == me() => {
                assert_ne!(fork.child_pid, me());
                made.push(fork.child_pid);
            }
            EventData::Exit(exit) if made.contains(&exit.pid) => {
                assert_eq!((exit.tgid, exit.exit_signal), (me(), u32::MAX));
                // Nobody waits for a thread, so it is gone when its end is told.
                assert_eq!((exit.parent_pid, exit.parent_tgid), (Some(0), Some(0)));
                return;
            }
            _ => {}
        }
    }
    panic!("the watch has ended");
}

#[test]
fn events_tell_when_they_happened_and_on_which_cpu() {
    let Some(_alone) = alone() else { return };
    let before = uptime() - Duration::from_millis(20);
    let (_, events, _) = story(&mut all(), &mut sh("sleep 0.1"));
    let after = uptime();
    let times: Vec<Duration> = events.iter().map(ProcEvent::time).collect();
    assert!(times.is_sorted(), "{times:?}");
    let (first, last) = (times[0], times[times.len() - 1]);
    assert!(last <= after, "{last:?}, after {after:?}");
    assert!((Duration::from_millis(100)..=after - before).contains(&(last - first)), "{times:?}");
    assert!(events.iter().all(|event| event.cpu <= last_cpu()), "{events:?}");
}

#[test]
fn a_new_name_is_seen() {
    let (Some(_alone), Some(perl)) = (alone(), require::tool("perl")) else { return };
    // One letter more than fits: the kernel cuts it. Perl changes its name with prctl(PR_SET_NAME).
    let (pid, events, _) = story(&mut all(), Command::new(perl).args(["-e", "$0 = 'a-name-too-long-'"]));
    let comm = "a-name-too-long".try_into().unwrap();
    assert_eq!(data(&events, Events::COMM), [EventData::Comm(Comm { pid, tgid: pid, comm })]);
}

#[test]
fn a_new_name_from_proc_is_seen() {
    let (Some(_alone), Some(())) = (alone(), require::linux(5, 16)) else { return };
    let (pid, events, _) = story(&mut all(), &mut sh("printf another > /proc/self/comm"));
    let comm = "another".try_into().unwrap();
    assert_eq!(data(&events, Events::COMM), [EventData::Comm(Comm { pid, tgid: pid, comm })]);
}

#[test]
fn changes_of_user_and_group_are_seen() {
    let (Some(_alone), Some(()), Some(setpriv)) = (alone(), require::root(), require::tool("setpriv")) else { return };
    let mut change = Command::new(setpriv);
    let (pid, events, status) =
        story(&mut all(), change.args(["--regid=65533", "--reuid=65534", "--clear-groups", "true"]));
    assert!(status.success());
    let (ruid, euid, rgid, egid) = (65534, 65534, 65533, 65533);
    assert!(data(&events, Events::UID).contains(&EventData::Uid(Uid { pid, tgid: pid, ruid, euid })), "{events:?}");
    assert!(data(&events, Events::GID).contains(&EventData::Gid(Gid { pid, tgid: pid, rgid, egid })), "{events:?}");
}

#[test]
fn a_new_session_is_seen() {
    let (Some(_alone), Some(setsid)) = (alone(), require::tool("setsid")) else { return };
    let (pid, events, _) = story(&mut all(), Command::new(setsid).arg("true"));
    assert_eq!(data(&events, Events::SID), [EventData::Sid(Sid { pid, tgid: pid })]);
}

#[test]
fn tracing_is_seen_from_its_begin_to_its_end() {
    let (Some(_alone), Some(perl)) = (alone(), require::tool("perl")) else { return };
    let ptrace = match std::env::consts::ARCH {
        "x86_64" => 101,
        "aarch64" | "riscv64" | "loongarch64" => 117,
        arch => skip!("needs the number of the system call ptrace on {arch}"),
    };
    // PTRACE_ATTACH, and PTRACE_DETACH when it has stopped.
    let script = format!(
        "$pid = fork // exit 2; if (!$pid) {{ sleep 60; exit }}
         $attached = syscall({ptrace}, 16, $pid, 0, 0) == 0;
         if ($attached) {{ waitpid $pid, 0; syscall({ptrace}, 17, $pid, 0, 0) }}
         kill KILL => $pid; waitpid $pid, 0; exit !$attached"
    );
    let (tracer, events, status) = story(&mut all(), Command::new(perl).args(["-e", &script]));
    if !status.success() {
        skip!("needs the permission to trace processes");
    }
    let traces = data(&events, Events::PTRACE);
    let [EventData::Ptrace(begin), EventData::Ptrace(end)] = traces.as_slice() else { panic!("{events:?}") };
    assert_eq!((begin.tracer_pid, begin.tracer_tgid), (tracer, tracer));
    assert_eq!((end.pid, end.tgid, end.tracer_pid, end.tracer_tgid), (begin.pid, begin.tgid, 0, 0));
}

#[test]
fn a_signal_that_dumps_core_is_seen_even_where_no_core_may_be_written() {
    let Some(_alone) = alone() else { return };
    let (pid, events, status) = story(&mut all(), &mut sh("ulimit -c 0; kill -SEGV $$"));
    let dumps = data(&events, Events::COREDUMP);
    let [EventData::Coredump(dump)] = dumps.as_slice() else { panic!("{events:?}") };
    assert_eq!((dump.pid, dump.tgid, dump.parent_tgid), (pid, pid, Some(me())));
    let exits = data(&events, Events::EXIT);
    let [EventData::Exit(exit)] = exits.as_slice() else { panic!("{events:?}") };
    assert_eq!((exit.status(), exit.exit_code & 0x7f), (status, 11));
}

#[test]
fn a_filter_for_programs_gives_nothing_else() {
    let Some(_alone) = alone() else { return };
    let mut watch = only(Events::EXEC);
    // A shell that becomes another program, which becomes a third.
    let mut child = sh("true & exec env true").spawn().unwrap();
    let (pid, _) = (crate::pid(&child), child.wait().unwrap());
    let (mut execs, begun) = (0, Instant::now());
    while execs < 3 {
        assert!(begun.elapsed() < LONG, "{execs}");
        let Observed::Event(event) = watch.next().unwrap().unwrap() else { panic!("events were lost") };
        let EventData::Exec(exec) = event.data else { panic!("{event:?}") };
        execs += u32::from(exec.tgid == pid);
    }
}

#[test]
fn a_filter_for_failures_gives_exits_that_failed_and_no_others() {
    let Some(_alone) = alone() else { return };
    let mut watch = only(Events::NONZERO_EXIT);
    let (mut children, mut expected) = (Vec::new(), Vec::new());
    for script in ["true", "exit 3", "exit 0", "kill -TERM $$"] {
        let mut child = sh(script).spawn().unwrap();
        let status = child.wait().unwrap();
        children.push(crate::pid(&child));
        expected.extend((!status.success()).then_some((crate::pid(&child), status)));
    }
    assert_eq!(expected.len(), 2);
    let (mut seen, begun) = (Vec::new(), Instant::now());
    while seen.len() < 2 {
        assert!(begun.elapsed() < LONG, "{seen:?}");
        let Observed::Event(event) = watch.next().unwrap().unwrap() else { panic!("events were lost") };
        let EventData::Exit(exit) = event.data else { panic!("{event:?}") };
        assert!(!exit.status().success(), "{event:?}");
        seen.extend(children.contains(&exit.tgid).then_some((exit.tgid, exit.status())));
    }
    // A process that others wait for ends a little before that is told, and the next one perhaps in between.
    let by_pid = |(pid, _): &(i32, _)| *pid;
    seen.sort_by_key(by_pid);
    expected.sort_by_key(by_pid);
    assert_eq!(seen, expected);
}

#[test]
fn a_filter_for_everything_by_name_still_finds_gaps() {
    let Some(_alone) = alone() else { return };
    let by_name = Events::all().iter_names().fold(Events::empty(), |all, (_, event)| all | event);
    assert_ne!(by_name, Events::all());
    let mut watch = only(by_name);
    let (pid, events, _) = story(&mut watch, &mut sh("exit 1"));
    assert!(pid > 0 && events.len() == 3, "{events:?}");
    watch.socket().set_receive_buffer(1).unwrap();
    for _ in 0..20 {
        Command::new("true").status().unwrap();
    }
    watch.set_timeout(Some(Duration::from_millis(200)));
    let gap = (0..50).any(|_| {
        Command::new("true").status().unwrap();
        let mut observed = watch.by_ref().map_while(Result::ok);
        observed.any(|observed| matches!(observed, Observed::Lost(protocols::connector::Loss::Gap { .. })))
    });
    assert!(gap);
}

#[test]
fn trap_47_a_filter_works_although_the_kernel_does_not_acknowledge_it() {
    let Some(_alone) = alone() else { return };
    let Some(()) = require::linux(6, 6) else { return };
    // Each kind alone, one subscription after the other.
    for (name, what) in Events::all().iter_names() {
        let watch = only(what);
        assert!(watch.socket().groups().unwrap().contains(&1), "{name}");
    }
}
