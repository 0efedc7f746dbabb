//! What the kernel does with a datagram: `netlink_rcv_skb`, and the dispatch of rtnetlink and generic netlink.

use std::time::Duration;

use super::{
    call::{Call, Plan},
    check,
    dump::Dump,
    handler::{Handler, Key},
    kernel::Kernel,
    message::{Asked, NLMSG_DONE, message},
    refusal::Refusal,
    sock::Address,
    state::Role,
};
use crate::{
    errno::Errno,
    exchange::{Envelope, FIRST_DATA_TYPE},
    protocol::Protocol,
    schema::Kind,
    socket::SocketOption,
    wire::{Message, MessageFlags, MessageHeader},
};

/// What is to be said about a request that was worked through.
pub(super) enum Verdict {
    /// Nothing more: the answer is complete, or goes on by itself.
    Silent,
    /// `NLMSG_DONE` with a payload of the family's own.
    Done(Vec<u8>),
    Acknowledge(Refusal),
}

/// The messages of a datagram up to the first one that is none, as the kernel sees them.
pub(super) fn messages(mut bytes: &[u8]) -> impl Iterator<Item = Message<'_>> {
    std::iter::from_fn(move || {
        let header = MessageHeader::from_bytes(bytes.first_chunk()?);
        let len = usize::try_from(header.len).ok()?;
        let message = bytes.get(..len).filter(|bytes| bytes.len() >= MessageHeader::SIZE)?;
        bytes = bytes.get(len.next_multiple_of(4)..).unwrap_or_default();
        Message::whole(message).ok()
    })
}

impl Kernel {
    /// Works through a datagram that a socket sent.
    pub(super) fn process(&self, from: Address, bytes: &[u8]) -> Result<(), Errno> {
        if self.state().faults_hit(|faults| faults.send) {
            return Err(Errno::NOBUFS);
        }
        let handler = self.state().datagram_handlers.get(&from.0).cloned();
        if let Some(handler) = handler {
            handler.run(bytes, &mut Call::new(self.clone(), from, None));
            return Ok(());
        }
        match from.0 {
            Protocol::USERSOCK => return Err(Errno::CONNREFUSED),
            // The connector and uevents throw away what nobody waits for.
            Protocol::CONNECTOR | Protocol::KOBJECT_UEVENT => return Ok(()),
            Protocol::NETFILTER if super::batch::is_batch(bytes) => self.process_batch(from, bytes),
            _ => messages(bytes).for_each(|message| self.process_message(from, message)),
        }
        Ok(())
    }

    fn process_message(&self, from: Address, message: Message<'_>) {
        self.state().make_noise(from, message.header());
        let mut call = Call::new(self.clone(), from, Some(self.asked(from, message)));
        let header = message.header();
        // What is no request is acknowledged, and nothing else happens.
        let is_request = header.flags.contains(MessageFlags::REQUEST) && header.kind >= FIRST_DATA_TYPE;
        let verdict = if is_request { self.carry_out(&mut call) } else { Verdict::Acknowledge(Refusal::success()) };
        self.conclude(from, call, verdict);
    }

    /// Sends the end of the answer.
    pub(super) fn conclude(&self, from: Address, call: Call, verdict: Verdict) {
        let Some(asked) = call.asked else { return };
        let delay = call.plan.delay;
        match verdict {
            Verdict::Silent => {}
            Verdict::Done(payload) => {
                let done = message(NLMSG_DONE, MessageFlags::NONE, asked.reply_to(), &[&payload]);
                self.post(from, delay, done);
            }
            Verdict::Acknowledge(verdict) => {
                if verdict.number() != 0 || asked.header.flags.contains(MessageFlags::ACK) {
                    self.post(from, delay, asked.acknowledgement(&verdict));
                }
            }
        }
    }

    fn post(&self, to: Address, delay: Duration, bytes: Vec<u8>) {
        self.state().deliver(to, Role::Answer, delay, Envelope::default(), bytes);
    }

    pub(super) fn asked(&self, (protocol, port): Address, message: Message<'_>) -> Asked {
        let mut state = self.state();
        let mut has = |option| state.sock((protocol, port)).is_some_and(|sock| sock.has(option));
        Asked {
            bytes: message.bytes().to_vec(),
            header: message.header(),
            port,
            second: 0,
            layout: Kind::Opaque,
            ext_ack: has(SocketOption::ExtAck),
            cap_ack: has(SocketOption::CapAck),
            // Generic families check strictly unless their operations say otherwise.
            strict: protocol == Protocol::GENERIC || has(SocketOption::GetStrictChk),
        }
    }

    /// Finds out who is meant, and lets them do it.
    pub(super) fn carry_out(&self, call: &mut Call) -> Verdict {
        match self.try_to_carry_out(call) {
            Ok(verdict) => verdict,
            Err(refusal) => Verdict::Acknowledge(refusal),
        }
    }

    fn try_to_carry_out(&self, call: &mut Call) -> Result<Verdict, Refusal> {
        let (handler, key, checked) = self.find(call)?;
        if let Some(asked) = &mut call.asked {
            asked.second = handler.second.len();
            asked.layout = handler.request;
            if checked {
                check::request(asked)?;
            }
        }
        let (_, _, _, dump) = key;
        if dump {
            return self.start_dump(call, &handler).map(|()| Verdict::Silent);
        }
        let replies = handler.run(call)?;
        let Some(asked) = &call.asked else { return Ok(Verdict::Silent) };
        if call.plan.silent {
            return Ok(Verdict::Silent);
        }
        let flags = if replies.len() > 1 { MessageFlags::MULTI } else { MessageFlags::NONE };
        let from = (call.protocol(), call.port());
        for body in &replies {
            let kind = handler.reply_kind(asked.header.kind);
            let reply = message(kind, flags, asked.reply_to(), &[&handler.second, body]);
            self.post(from, call.plan.delay, reply);
        }
        let Plan { done, end, .. } = &mut call.plan;
        let end = std::mem::replace(end, Refusal::success());
        Ok(done.take().map_or(Verdict::Acknowledge(end), Verdict::Done))
    }

    /// The handler of a request, and whether the kernel checks its attributes before.
    fn find(&self, call: &Call) -> Result<(Handler, Key, bool), Refusal> {
        let protocol = call.protocol();
        let header = call.header();
        let body = call.request().get(MessageHeader::SIZE..).unwrap_or_default();
        let state = self.state();
        let (name, id, dump, checked) = if protocol == Protocol::GENERIC {
            let family = state.families.by_id(header.kind).ok_or(Errno::NOENT)?;
            let [command, _, reserved @ ..] = *body.first_chunk::<4>().ok_or(Errno::INVAL)?;
            if reserved != [0; 2] {
                return Err(Errno::INVAL.into());
            }
            let dump = header.flags.contains(MessageFlags::DUMP);
            let checked = family.checks(command.into(), dump);
            (Some(family.schema.name), u16::from(command), dump, checked)
        } else {
            let both = header.flags.contains(MessageFlags::DUMP);
            let dump = match protocol {
                // In requests that change something, the bits mean something else.
                Protocol::ROUTE => header.kind % 4 == 2 && header.flags.bits() & MessageFlags::DUMP.bits() != 0,
                _ => both && state.handlers.contains_key(&(protocol, None, header.kind, true)),
            };
            (None, header.kind, dump, protocol == Protocol::ROUTE && header.kind % 4 == 2)
        };
        let key = (protocol, name, id, dump);
        let first = body.get(if name.is_some() { 4 } else { 0 }).copied();
        let handler = state.handlers.get(&key).and_then(|all| all.iter().find(|own| own.begins.allows(first)));
        let handler = handler.cloned().ok_or(Errno::OPNOTSUPP)?;
        Ok((handler, key, checked))
    }

    fn start_dump(&self, call: &mut Call, handler: &Handler) -> Result<(), Refusal> {
        let from = (call.protocol(), call.port());
        {
            let mut state = self.state();
            let busy = state.faults_hit(|faults| faults.busy);
            let sock = state.sock(from).ok_or(Errno::BADF)?;
            if busy || sock.dump.is_some() {
                return Err(Errno::BUSY.into());
            }
        }
        let result = handler.run(call);
        let Some(asked) = call.asked.clone() else { return Ok(()) };
        if call.plan.silent {
            return Ok(());
        }
        let Plan { end, filtered, interruption, delay, .. } = std::mem::take(&mut call.plan);
        let (bodies, end) = match result {
            Ok(bodies) => (bodies, end),
            Err(refusal) => (Vec::new(), refusal),
        };
        let kind = handler.reply_kind(asked.header.kind);
        let entry = |body: Vec<u8>| message(kind, MessageFlags::MULTI, asked.reply_to(), &[&handler.second, &body]);
        let entries = bodies.into_iter().map(entry).collect();
        let mut dump =
            Dump { asked, entries, sent: 0, filtered, interruption, end, most: usize::MAX, end_apart: false };
        let mut state = self.state();
        state.disturb(&mut dump);
        let sock = state.sock(from).ok_or(Errno::BADF)?;
        sock.dump = Some(dump);
        // The kernel has begun, and cannot go on: the list goes on when something is received.
        let full = sock.is_full();
        state.delay(from, delay);
        if full {
            return Err(Errno::NOBUFS.into());
        }
        state.continue_dump(from);
        Ok(())
    }
}
