//! Process events of the running kernel. What else happens on the machine meanwhile is not looked at.

mod answers;
mod events;
mod loss;
mod programs;
mod refused;
mod waits;

use std::{
    fs,
    process::{self, Child, Command, ExitStatus, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use netlink_core::{Error, IntoOwned, NlStruct};
use netlink_tests::require;
use protocols::connector::{
    CallbackId, Channel, CnMsg, Observed, Received, Watch,
    proc::{Ack, EventData, Events, McastOp, ProcEvent, ProcInput},
};

/// Longer than anything here takes, on a slow machine that has other things to do.
const LONG: Duration = Duration::from_secs(30);

/// A kernel that gives process events, which is found out without the code under test.
#[track_caller]
fn kernel() -> Option<()> {
    let users = fs::read_to_string("/proc/net/connector").unwrap_or_default();
    let inside = |name: &str, initial: &str| {
        fs::read_link(format!("/proc/self/ns/{name}")).is_ok_and(|link| link.as_os_str() == initial)
    };
    if !users.contains("cn_proc") || !inside("user", "user:[4026531837]") || !inside("pid", "pid:[4026531836]") {
        require::skipped("needs the process events (CONFIG_PROC_EVENTS) of the initial namespaces: no container");
        return None;
    }
    if anybody_may_listen() { Some(()) } else { require::capability(require::NET_ADMIN) }
}

/// One test after the other: some start more processes than the others' receive buffers hold.
#[track_caller]
fn alone() -> Option<MutexGuard<'static, ()>> {
    static ALONE: Mutex<()> = Mutex::new(());
    kernel()?;
    Some(ALONE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Linux 6.6 gives process events to everybody, and has filters.
fn anybody_may_listen() -> bool {
    require::is_linux(6, 6)
}

fn me() -> i32 {
    process::id().try_into().unwrap()
}

fn pid(child: &Child) -> i32 {
    child.id().try_into().unwrap()
}

fn sh(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

fn all() -> Watch {
    only(Events::all())
}

/// With room for what the rest of the machine does while nobody reads.
fn only(events: Events) -> Watch {
    let mut watch = Watch::only(events).unwrap();
    watch.socket().set_receive_buffer(4 * 1024 * 1024).unwrap();
    watch.set_timeout(Some(LONG));
    watch
}

/// The process that an event is about.
fn subject(data: &EventData<'_>) -> i32 {
    match data {
        EventData::Fork(fork) => fork.child_tgid,
        EventData::Exec(exec) => exec.tgid,
        EventData::Uid(uid) => uid.tgid,
        EventData::Gid(gid) => gid.tgid,
        EventData::Sid(sid) => sid.tgid,
        EventData::Ptrace(ptrace) => ptrace.tgid,
        EventData::Comm(comm) => comm.tgid,
        EventData::Coredump(dump) => dump.tgid,
        EventData::Exit(exit) => exit.tgid,
        other => panic!("{other:?} is no event of this kernel"),
    }
}

/// Runs a command, and gives what was seen of it and its descendants up to its end.
fn story(watch: &mut Watch, command: &mut Command) -> (i32, Vec<ProcEvent<'static>>, ExitStatus) {
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let pid = pid(&child);
    let (mut family, mut events, begun) = (vec![pid], Vec::new(), Instant::now());
    for observed in watch {
        assert!(begun.elapsed() < LONG, "{command:?}: only {events:?}");
        let Observed::Event(event) = observed.unwrap() else { panic!("{command:?}: events were lost") };
        if let EventData::Fork(fork) = event.data {
            family.extend(family.contains(&fork.parent_tgid).then_some(fork.child_tgid));
        }
        let (ends, about) = (matches!(event.data, EventData::Exit(_)), subject(&event.data));
        events.extend(family.contains(&about).then_some(event));
        if ends && about == pid {
            break;
        }
    }
    // Not before: the end of a process that is gone is told without its parent.
    (pid, events, child.wait().unwrap())
}

fn data(events: &[ProcEvent<'static>], what: Events) -> Vec<EventData<'static>> {
    events.iter().filter(|event| event.what == what).map(|event| event.data.clone()).collect()
}

/// The events of everybody on all CPUs with their numbers, for comparison.
struct Reference(Channel);

impl Reference {
    fn open() -> Self {
        let mut channel = Channel::open(CallbackId::PROC).unwrap();
        channel.join().unwrap();
        channel.socket().set_receive_buffer(16 * 1024 * 1024).unwrap();
        channel.set_timeout(Some(LONG));
        channel.send(&ProcInput { op: McastOp::Listen, events: None }, 0).unwrap();
        Self(channel)
    }

    fn next(&mut self) -> Result<CnMsg<ProcEvent<'static>>, Error> {
        let received = self.0.receive_with(|bytes| {
            let CnMsg { id, seq, ack, len, flags, data } = CnMsg::<ProcEvent<'_>>::decode(bytes)?;
            Ok(CnMsg { id, seq, ack, len, flags, data: data.into_owned() })
        });
        match received.unwrap()? {
            Received::Message(message) => Ok(message),
            Received::Lost => panic!("16 MiB are full"),
        }
    }

    /// The answers to requests with this number that were sent before.
    fn answers(&mut self, number: u32) -> Vec<(u32, Ack)> {
        // The kernel answers while it takes a request, so that the answer comes before whatever happens next.
        let mut marker = Command::new("true").spawn().unwrap();
        marker.wait().unwrap();
        let mut answers = Vec::new();
        loop {
            let CnMsg { ack, data: event, .. } = self.next().unwrap();
            match event.data {
                EventData::Ack(answer) if ack == number.wrapping_add(1) => answers.push((event.cpu, answer)),
                EventData::Exec(exec) if exec.tgid == pid(&marker) => return answers,
                _ => {}
            }
        }
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        let _ = self.0.send(&ProcInput { op: McastOp::Ignore, events: None }, 0);
    }
}
