//! Recording of conversations, and replaying them without a kernel.
//! The format is in the documentation of the module above.

use std::{
    collections::{HashMap, VecDeque},
    env,
    fmt::{self, Write as _},
    fs::File,
    io::{self, Read, Write},
    path::Path,
    process,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use super::{kernel::Kernel, process::messages, sock::Address};
use crate::{
    errno::Errno,
    exchange::Envelope,
    protocol::Protocol,
    socket::{Received, Socket},
    wire::{MessageFlags, MessageHeader},
};

/// How many sockets of this process were recorded because all are: for names of files.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// Writes down what a socket sends and receives.
pub(crate) struct Recorder {
    begun: Instant,
    out: Mutex<Box<dyn Write + Send>>,
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recorder")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Recorder {
    fn note(&self, now: Instant, line: fmt::Arguments<'_>) -> Result<(), Errno> {
        let time = now.saturating_duration_since(self.begun).as_micros();
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let written = writeln!(out, "{time} {line}").and_then(|()| out.flush());
        written.map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))
    }

    pub(crate) fn sent(&self, now: Instant, to: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.note(now, format_args!("> {to} {}", hex(bytes)))
    }

    pub(crate) fn received(&self, now: Instant, received: &Received, buffer: &[u8]) -> Result<(), Errno> {
        let (sender, mask) = received.sender.unwrap_or_default();
        let by_mask = if mask == 0 { 0 } else { mask.trailing_zeros() + 1 };
        let group = received.group.unwrap_or(by_mask);
        let nsid = received.nsid.map_or("-".to_owned(), |nsid| nsid.to_string());
        let bytes = hex(&buffer[..received.kept(buffer.len())]);
        self.note(now, format_args!("< {sender} {group} {nsid} {} {bytes}", received.length))
    }

    pub(crate) fn failed(&self, now: Instant, errno: Errno) -> Result<(), Errno> {
        self.note(now, format_args!("! {}", errno.raw()))
    }
}

impl Socket {
    /// Writes down from now on what the socket sends and receives, and when: for [`replay`](Self::replay). The
    /// [`sim`](crate::sim) module has an example.
    ///
    /// What cannot be written is an error of the call that sends or receives.
    ///
    /// # Errors
    ///
    /// The first line cannot be written.
    pub fn record(&mut self, mut out: impl Write + Send + 'static) -> io::Result<()> {
        writeln!(out, "netlink {} port {}", self.protocol().raw(), self.port())?;
        let recorder = Recorder { begun: self.now(), out: Mutex::new(Box::new(out)) };
        self.set_recorder(recorder);
        Ok(())
    }

    /// Records it if all sockets are to be recorded: in a file of its own.
    pub(crate) fn recorded_where_wanted(mut self) -> io::Result<Self> {
        let Some(directory) = env::var_os("NETLINK_RECORD") else { return Ok(self) };
        let directory = Path::new(&directory);
        let file = loop {
            let name = format!("{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            match File::create_new(directory.join(&name)) {
                // An earlier process, or one in another namespace of processes, had this number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                file => break file,
            }
        };
        let wrong = |error| io::Error::new(error, format!("NETLINK_RECORD={}: {error}", directory.display()));
        self.record(file.map_err(|error| wrong(error.kind()))?)?;
        Ok(self)
    }

    /// A socket that plays the kernel's part of a recorded conversation, without a kernel and in no time.
    ///
    /// What is sent must be what was sent then, but for the numbers of requests (and in the answers they are those of
    /// now). The port id is that of the recording.
    ///
    /// # Errors
    ///
    /// [`InvalidData`](io::ErrorKind::InvalidData) with the number of the line that is no part of a recording, and
    /// whatever reading gives.
    ///
    /// # Panics
    ///
    /// Sending panics where the conversation takes another course than the recorded one, and shows the difference.
    pub fn replay(mut recording: impl Read) -> io::Result<Self> {
        let mut text = String::new();
        recording.read_to_string(&mut text)?;
        let (protocol, port, script) = Script::parse(&text)?;
        Kernel::new().replay(protocol, port, script)
    }
}

/// What is still to come of a recorded conversation.
#[derive(Debug)]
pub(super) struct Script {
    entries: VecDeque<(Duration, Entry)>,
    /// When the latest thing happened.
    time: Duration,
    /// From the numbers of recorded requests to those of now.
    seqs: HashMap<u32, u32>,
}

#[derive(Debug)]
enum Entry {
    Sent { to: u32, bytes: Vec<u8> },
    Received { envelope: Envelope, bytes: Vec<u8> },
    Failed(Errno),
}

/// What the other side does next.
pub(super) enum Next {
    Deliver(Duration, Envelope, Vec<u8>),
    Fail(Errno),
}

impl Script {
    fn parse(text: &str) -> io::Result<(Protocol, u32, Self)> {
        let mut lines = text.lines().enumerate().map(|(number, line)| (number + 1, line));
        let mut lines = lines
            .by_ref()
            .map(|(number, line)| (number, line.split('#').next().unwrap_or_default().trim()))
            .filter(|(_, line)| !line.is_empty());
        let wrong = |number: usize| {
            let text = format!("line {number} is no part of a recorded conversation");
            io::Error::new(io::ErrorKind::InvalidData, text)
        };
        let (number, first) = lines.next().ok_or_else(|| wrong(1))?;
        let (protocol, port) = first_line(first).ok_or_else(|| wrong(number))?;
        let mut entries = VecDeque::new();
        for (number, line) in lines {
            entries.push_back(entry(line).ok_or_else(|| wrong(number))?);
        }
        Ok((protocol, port, Self { entries, time: Duration::ZERO, seqs: HashMap::new() }))
    }

    /// Compares what is sent with what was sent. The error says what is different.
    pub(super) fn sent(&mut self, to: u32, bytes: &[u8]) -> Result<(), String> {
        match self.entries.pop_front() {
            Some((time, Entry::Sent { to: recorded_to, bytes: recorded })) => {
                self.time = time;
                let (expected, found) = (without_seqs(&recorded), without_seqs(bytes));
                if to != recorded_to || expected != found {
                    return Err(difference(to, recorded_to, &found, &expected));
                }
                let numbers = |bytes: &[u8]| messages(bytes).map(|message| message.header().seq).collect::<Vec<_>>();
                self.seqs.extend(numbers(&recorded).into_iter().zip(numbers(bytes)));
                Ok(())
            }
            other => {
                let next = match &other {
                    None => "the recording is at its end",
                    Some(_) => "something was received next, which nobody has asked for yet",
                };
                Err(format!("{} bytes are sent to port {to}, where {next}: {}", bytes.len(), hex(bytes)))
            }
        }
    }

    /// What comes next, if it is something to be received.
    pub(super) fn next(&mut self) -> Option<Next> {
        if let (_, Entry::Sent { .. }) = self.entries.front()? {
            return None;
        }
        let (time, entry) = self.entries.pop_front()?;
        let delay = time.saturating_sub(self.time);
        self.time = time;
        match entry {
            Entry::Received { envelope, bytes } => Some(Next::Deliver(delay, envelope, self.renumbered(bytes))),
            Entry::Failed(errno) => Some(Next::Fail(errno)),
            Entry::Sent { .. } => None,
        }
    }

    /// The numbers of requests as they are now: in headers, and in the headers that acknowledgements repeat.
    fn renumbered(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        let mut places = Vec::new();
        let mut at = 0;
        for message in messages(&bytes) {
            places.push(at + 8);
            if message.header().kind == super::message::NLMSG_ERROR && message.body().len() >= 20 {
                places.push(at + 28);
            }
            at += message.bytes().len().next_multiple_of(4);
        }
        for place in places {
            let Some(field) = bytes.get_mut(place..place + 4) else { continue };
            let seq = field.first_chunk().copied().map_or(0, u32::from_ne_bytes);
            if let Some(now) = self.seqs.get(&seq) {
                field.copy_from_slice(&now.to_ne_bytes());
            }
        }
        bytes
    }
}

fn first_line(line: &str) -> Option<(Protocol, u32)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["netlink", protocol, "port", port] => Some((Protocol::from_raw(protocol.parse().ok()?), port.parse().ok()?)),
        _ => None,
    }
}

fn entry(line: &str) -> Option<(Duration, Entry)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (time, words) = words.split_first()?;
    let entry = match *words {
        [">", to, bytes] => Entry::Sent { to: to.parse().ok()?, bytes: unhex(bytes)? },
        ["<", sender, group, nsid, length, ref bytes @ ..] => {
            let bytes = unhex(bytes.first().copied().unwrap_or_default())?;
            let length: usize = length.parse().ok()?;
            let nsid = if nsid == "-" { None } else { Some(nsid.parse().ok()?) };
            let truncated = (length > bytes.len()).then_some(length);
            let envelope = Envelope { sender: sender.parse().ok()?, group: group.parse().ok()?, nsid, truncated };
            Entry::Received { envelope, bytes }
        }
        ["!", errno] => Entry::Failed(Errno::from_raw(errno.parse().ok()?)),
        _ => return None,
    };
    Some((Duration::from_micros(time.parse().ok()?), entry))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    if digits.len() % 2 != 0 {
        return None;
    }
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// The same bytes with numbers of requests that are all 0.
fn without_seqs(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut places = Vec::new();
    let mut at = 0;
    for message in messages(&bytes) {
        places.push(at + 8);
        at += message.bytes().len().next_multiple_of(4);
    }
    for place in places {
        bytes[place..place + 4].fill(0);
    }
    bytes
}

fn difference(to: u32, recorded_to: u32, found: &[u8], expected: &[u8]) -> String {
    let same = found.iter().zip(expected).take_while(|(found, expected)| found == expected).count();
    let from = same.saturating_sub(4);
    let shown = |bytes: &[u8]| {
        let part = bytes.get(from..bytes.len().min(from + 32)).unwrap_or_default();
        let what = bytes.first_chunk().map(MessageHeader::from_bytes);
        let (kind, flags) = what.map_or((0, MessageFlags::NONE), |header| (header.kind, header.flags));
        format!("{} bytes, type {kind}, {flags:?}; from byte {from} on {}", bytes.len(), hex(part))
    };
    let mut text =
        format!("what is sent differs from the recording at byte {same} (numbers of requests are shown as 0)");
    if to != recorded_to {
        let _ = write!(text, ", and in the port: {to} instead of {recorded_to}");
    }
    let _ = write!(text, "\n  recorded: {}\n  sent now: {}", shown(expected), shown(found));
    text
}

impl Kernel {
    fn replay(&self, protocol: Protocol, port: u32, script: Script) -> io::Result<Socket> {
        let socket = self.open_at(protocol, Some(port))?;
        let mut state = self.state();
        state.script = Some(script);
        state.feed((protocol, port));
        drop(state);
        Ok(socket)
    }

    /// Whether the conversation is a replayed one, which goes on then.
    ///
    /// # Panics
    ///
    /// If it takes another course.
    pub(super) fn is_replayed(&self, from: Address, to_port: u32, bytes: &[u8]) -> bool {
        let mut state = self.state();
        let Some(script) = &mut state.script else { return false };
        let result = script.sent(to_port, bytes);
        if result.is_ok() {
            state.feed(from);
        }
        drop(state);
        if let Err(difference) = result {
            panic!("{difference}");
        }
        true
    }
}
