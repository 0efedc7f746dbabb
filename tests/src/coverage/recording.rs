//! Recorded conversations, as `NETLINK_RECORD` makes the sockets of a program write them (see `netlink_core::sim`): what
//! was sent, and whether the kernel took it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use netlink_core::wire::{MessageFlags, Messages};

use super::{Sent, Settable, settable::PROTOCOL};
use crate::parts;

const NLMSG_ERROR: u16 = 2;
/// Smaller numbers are for the conversation itself.
const NLMSG_MIN_TYPE: u16 = 16;

/// What the conversations of a directory sent that the kernel took, all together. `told` is looked for among what the
/// sockets of the same process received.
///
/// # Errors
///
/// The directory, or a file in it, cannot be read, or is no recording.
pub fn sent(directory: &Path, settable: &Settable) -> io::Result<Sent> {
    let mut processes: BTreeMap<String, Conversations> = BTreeMap::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let process = name.split('-').next().unwrap_or_default().to_owned();
        let text = fs::read_to_string(&path)?;
        let read = processes.entry(process).or_default().read(&text, settable);
        read.map_err(|wrong| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {wrong}", path.display())))?;
    }
    let mut sent = Sent::new();
    for conversations in processes.into_values() {
        for (operation, name, bytes) in &conversations.sent {
            let told = conversations.told.contains(&(name.clone(), bytes.clone()));
            *sent.entry((operation.clone(), name.clone())).or_default() |= told;
        }
    }
    Ok(sent)
}

/// Those of one process.
#[derive(Debug, Default)]
struct Conversations {
    /// Operation, name, bytes.
    sent: BTreeSet<(String, String, Vec<u8>)>,
    told: BTreeSet<(String, Vec<u8>)>,
}

/// A request without an answer so far.
struct Open {
    seq: u32,
    number: u16,
    asks: bool,
    body: Vec<u8>,
}

impl Conversations {
    fn read(&mut self, text: &str, settable: &Settable) -> Result<(), String> {
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        let words: Vec<&str> = first.split(' ').collect();
        let ["netlink", protocol, "port", _] = words[..] else { return Err(format!("`{first}` begins no recording")) };
        if protocol != PROTOCOL.raw().to_string() {
            return Ok(());
        }
        let mut open: Vec<Open> = Vec::new();
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            let wrong = || format!("`{line}` is no part of a recording");
            match words[..] {
                [_, ">", "0", bytes] => {
                    let bytes = unhex(bytes).ok_or_else(wrong)?;
                    for message in Messages::new(&bytes).map_while(Result::ok) {
                        let header = message.header();
                        let asks = header.flags.contains(MessageFlags::ACK);
                        open.push(Open { seq: header.seq, number: header.kind, asks, body: message.body().to_owned() });
                    }
                }
                [_, "<", "0", _, _, _, bytes] => {
                    let bytes = unhex(bytes).ok_or_else(wrong)?;
                    for message in Messages::new(&bytes).map_while(Result::ok) {
                        let (header, body) = (message.header(), message.body());
                        if header.kind == NLMSG_ERROR {
                            self.answered(&mut open, header.seq, body, settable);
                        } else if let Some(kind) = settable.told(header.kind, body) {
                            parts::see(kind, body, false, |declared, bytes| {
                                self.told.extend(settable.name(declared).map(|name| (name, bytes.to_owned())));
                            });
                        }
                    }
                }
                // To and from other processes; nothing at all.
                [_, ">", _, _] | [_, "<", ..] | [_, "!", _] | [""] => {}
                _ => return Err(wrong()),
            }
        }
        Ok(())
    }

    /// An answer to a request: whoever asked for none before it has got none, since the kernel took it.
    fn answered(&mut self, open: &mut Vec<Open>, seq: u32, answer: &[u8], settable: &Settable) {
        let Some(at) = open.iter().position(|request| request.seq == seq) else { return };
        let refused = answer.first_chunk() != Some(&[0; 4]);
        let mut before = 0;
        open.retain(|request| {
            let own = request.seq == seq;
            let taken = if own { !refused } else { before < at && !request.asks };
            before += 1;
            if taken {
                self.taken(request, settable);
            }
            !taken && !own
        });
    }

    fn taken(&mut self, request: &Open, settable: &Settable) {
        let Some(operation) = settable.operation(request.number, &request.body) else { return };
        let (Some(kind), NLMSG_MIN_TYPE..) = (operation.bodies.request, request.number) else { return };
        parts::see(kind, &request.body, true, |declared, bytes| {
            let is_set = match declared {
                parts::Declared::Member(..) => bytes.iter().any(|byte| *byte != 0),
                _ => true,
            };
            if let (true, Some(name)) = (is_set, settable.name(declared)) {
                self.sent.insert((operation.name.to_owned(), name, bytes.to_owned()));
            }
        });
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    (digits.len() % 2 == 0).then(|| digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
