//! Every program that is started on the machine, with its parent and its command line.

use std::{collections::HashMap, fmt, fs, time::Duration};

use netlink_core::{
    Error,
    socket::{Canceller, Socket},
};

use super::{
    Loss, Observed, Watch, WatchError,
    proc::{EventData, ProcEvent},
};

/// Every exec on the machine.
///
/// Parents are known from the events themselves, so that they are right for a process that is gone as well; names and
/// command lines are read from `/proc`.
///
/// ```no_run
/// use protocols::connector::{Execs, Seen};
///
/// for seen in Execs::watch()? {
///     match seen? {
///         Seen::Exec(exec) => println!("{exec}"),
///         Seen::Lost(loss) => eprintln!("{loss}"),
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Execs {
    watch: Watch,
    processes: HashMap<i32, Process>,
    /// Our own process, if what it starts is passed over.
    own: Option<i32>,
}

/// How far up a process is followed to its ancestors.
const GENERATIONS: usize = 1024;

/// What is known of a process that lives.
#[derive(Clone, Debug, Default)]
struct Process {
    parent: i32,
    name: Option<String>,
    /// It comes from our own process.
    own: bool,
}

/// What a watch for programs sees.
///
/// ```
/// use protocols::connector::{Loss, Seen};
///
/// let seen = Seen::Lost(Loss::Gap { cpu: 1, count: 3 });
/// assert!(matches!(seen, Seen::Lost(loss) if loss.to_string() == "3 events of CPU 1 were lost"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A program was started.
    Exec(Execution),
    /// Events are missing here; what follows is right again.
    Lost(Loss),
}

/// A program was started.
///
/// ```no_run
/// use protocols::connector::{Execs, Seen};
///
/// for seen in Execs::watch()? {
///     if let Seen::Exec(exec) = seen? {
///         println!("{} by {}: {}", exec.pid, exec.parent_pid, exec.command.unwrap_or_default());
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Execution {
    /// When, since boot; the clock stands still while the machine sleeps (`CLOCK_MONOTONIC`).
    pub time: Duration,
    /// The process.
    pub pid: i32,
    /// The process that made it; 0 if it is not known.
    pub parent_pid: i32,
    /// The name of the process that made it, if it is known.
    pub parent_name: Option<String>,
    /// The command line, if the process was still there: the arguments with spaces between them, control characters and
    /// those that are not seen or change the order of others escaped. As it is when the event is read: a process that ended before has only its name, in brackets, or
    /// nothing, and one that ran yet another program meanwhile has that one's.
    pub command: Option<String>,
}

impl fmt::Display for Execution {
    /// Time in seconds, pid, parent's pid and name, command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { time, pid, parent_pid, parent_name, command } = self;
        let (secs, micros) = (time.as_secs(), time.subsec_micros());
        let parent_name = parent_name.as_deref().unwrap_or("?");
        let command = command.as_deref().unwrap_or("(gone)");
        write!(f, "{secs:>8}.{micros:06} {pid:>7} {parent_pid:>7} {parent_name:<15} {command}")
    }
}

impl Execs {
    /// Starts to watch.
    ///
    /// # Errors
    ///
    /// The kernel does not give process events here: the error tells why.
    pub fn watch() -> Result<Self, WatchError> {
        Ok(Self { watch: Watch::all()?, processes: HashMap::new(), own: None })
    }

    /// Passes over what this process starts, and what is started by that in turn: who runs a program for each program
    /// that it sees would see its own without end.
    ///
    /// After a [loss](Seen::Lost), or of processes from before the watch, a process whose parent has ended is no longer
    /// known as one's own.
    pub fn passing_over_own(mut self) -> Self {
        self.own = i32::try_from(std::process::id()).ok();
        self
    }

    /// A handle with which another thread, or a signal handler's, can end the watch.
    ///
    /// # Errors
    ///
    /// There are too many open files.
    pub fn canceller(&self) -> Result<Canceller, Error> {
        self.watch.canceller()
    }

    /// The socket, for its buffer sizes: the larger the receive buffer, the longer the bursts that are not lost.
    pub fn socket(&self) -> &Socket {
        self.watch.socket()
    }

    /// Waits at most so long for each event; then the iterator gives [`Error::Timeout`], and can be asked again.
    pub fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.watch.set_timeout(timeout);
    }

    /// Follows who made whom, and tells if a program was started.
    fn follow(&mut self, event: &ProcEvent<'_>) -> Option<Execution> {
        match event.data {
            // A thread is no process of its own.
            EventData::Fork(fork) if fork.child_pid == fork.child_tgid => {
                let name = self.processes.get(&fork.parent_tgid).and_then(|parent| parent.name.clone());
                let own = self.is_own(fork.parent_tgid);
                self.processes.insert(fork.child_tgid, Process { parent: fork.parent_tgid, name, own });
                None
            }
            EventData::Comm(comm) if comm.pid == comm.tgid => {
                if let Some(process) = self.processes.get_mut(&comm.tgid) {
                    process.name = Some(printable(comm.comm.as_bytes()));
                }
                None
            }
            EventData::Exit(exit) if exit.pid == exit.tgid => {
                self.processes.remove(&exit.tgid);
                None
            }
            EventData::Exec(exec) => {
                let own = self.is_own(exec.tgid);
                let process = self.processes.entry(exec.tgid).or_default();
                if process.parent == 0 {
                    process.parent = parent_of(exec.tgid).unwrap_or_default();
                }
                process.own = own;
                process.name = name_of(exec.tgid);
                let parent_pid = process.parent;
                if own {
                    return None;
                }
                let known = self.processes.get(&parent_pid).and_then(|parent| parent.name.clone());
                Some(Execution {
                    time: event.time(),
                    pid: exec.tgid,
                    parent_pid,
                    parent_name: known.or_else(|| name_of(parent_pid)),
                    command: command_of(exec.tgid),
                })
            }
            _ => None,
        }
    }
}

impl Execs {
    /// Whether a process comes from our own: as the events told, or as `/proc` has it where they did not.
    fn is_own(&self, pid: i32) -> bool {
        let Some(own) = self.own else { return false };
        let mut process = pid;
        // Numbers are used again: what is known of old ones must not lead in a circle for ever.
        for _ in 0..GENERATIONS {
            match self.processes.get(&process) {
                _ if process == own => return true,
                Some(known) if known.own => return true,
                Some(known) if known.parent != 0 => process = known.parent,
                _ => match parent_of(process) {
                    Some(parent) if parent > 0 && parent != process => process = parent,
                    _ => return false,
                },
            }
        }
        false
    }
}

impl Iterator for Execs {
    type Item = Result<Seen, Error>;

    /// `None` when a [`Canceller`] ended the watch.
    fn next(&mut self) -> Option<Self::Item> {
        let mut limit = self.watch.limit();
        loop {
            match self.watch.next_until(&mut limit)? {
                Ok(Observed::Event(event)) => {
                    if let Some(execution) = self.follow(&event) {
                        return Some(Ok(Seen::Exec(execution)));
                    }
                    if let Err(error) = limit.passed_over() {
                        return Some(Err(error));
                    }
                }
                Ok(Observed::Lost(loss)) => {
                    // Who made whom may have changed unseen.
                    self.processes.clear();
                    return Some(Ok(Seen::Lost(loss)));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// The parent, as it is now.
fn parent_of(pid: i32) -> Option<i32> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:")?.trim().parse().ok())
}

fn name_of(pid: i32) -> Option<String> {
    let name = fs::read(format!("/proc/{pid}/comm")).ok()?;
    Some(printable(name.strip_suffix(b"\n").unwrap_or(&name)))
}

/// The arguments; for a process without any, its name in brackets, as `ps` does.
fn command_of(pid: i32) -> Option<String> {
    let arguments = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    match arguments.strip_suffix(&[0]) {
        None if arguments.is_empty() => name_of(pid).map(|name| format!("[{name}]")),
        arguments_without_nul => {
            let arguments = arguments_without_nul.unwrap_or(&arguments);
            let parts: Vec<String> = arguments.split(|byte| *byte == 0).map(printable).collect();
            Some(parts.join(" "))
        }
    }
}

/// Without anything that could disturb a terminal, or whoever reads there: command lines are anybody's.
fn printable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars().fold(String::with_capacity(text.len()), |mut printable, char| {
        if char.is_control() || is_format(char) {
            printable.extend(char.escape_default());
        } else {
            printable.push(char);
        }
        printable
    })
}

/// Characters that are not seen, and make others be seen in another order or not at all.
fn is_format(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_or_changes_what_is_seen_is_escaped() {
        let hostile = "rm \u{202e}txt.exe\u{2069} \u{1b}[2J\n\u{200b}\u{feff}\u{2028}";
        let shown = printable(hostile.as_bytes());
        assert_eq!(shown, r"rm \u{202e}txt.exe\u{2069} \u{1b}[2J\n\u{200b}\u{feff}\u{2028}");
        let escaped = |range: std::ops::RangeInclusive<char>| {
            range.clone().all(|char| printable(char.to_string().as_bytes()).starts_with("\\u{"))
        };
        for range in
            ['\u{200b}'..='\u{200f}', '\u{2028}'..='\u{202e}', '\u{2060}'..='\u{2069}', '\u{feff}'..='\u{feff}']
        {
            assert!(escaped(range.clone()), "{range:?}");
        }
        // Any language stays as it is, and what is no UTF-8 is told.
        assert_eq!(printable("echo Größe \u{5e9}\u{5dc}".as_bytes()), "echo Größe \u{5e9}\u{5dc}");
        assert_eq!(printable(b"a\xffb"), "a\u{fffd}b");
    }
}
