//! Process events of the connector: 44 to 50. The simulated kernel does here what `drivers/connector/cn_proc.c` does.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use netlink_core::{
    Error, NlStruct,
    exchange::Envelope,
    protocol::Protocol,
    sim::Kernel,
    wire::{MessageFlags, MessageHeader},
};
use protocols::connector::{
    CallbackId, CnMsg, Loss, Observed, Watch, WatchError,
    proc::{Ack, EventData, Events, Exec, ProcEvent},
};

/// How a kernel answers subscriptions.
#[derive(Clone, Copy)]
enum Answers {
    Well,
    Refuses(u32),
    Never,
}

fn message(seq: u32, ack: u32, event: ProcEvent<'_>) -> Vec<u8> {
    let body = CnMsg { id: CallbackId::PROC, seq, ack, len: 0, flags: 0, data: event }.to_bytes().unwrap();
    let len = u32::try_from(MessageHeader::SIZE + body.len()).unwrap();
    // Data travels as NLMSG_DONE, without flags, and with the number of cn_msg.
    let header = MessageHeader { len, kind: 3, flags: MessageFlags::NONE, seq, port: 0 };
    [&header.to_bytes()[..], &body].concat()
}

fn tell(kernel: &Kernel, seq: u32, ack: u32, event: ProcEvent<'_>) {
    let envelope = Envelope { group: 1, ..Envelope::default() };
    kernel.multicast(Protocol::CONNECTOR, envelope, &message(seq, ack, event));
}

fn exec(pid: i32, cpu: u32) -> ProcEvent<'static> {
    ProcEvent { what: Events::EXEC, cpu, timestamp: 1, data: EventData::Exec(Exec { pid, tgid: pid }) }
}

fn acknowledgement(err: u32) -> ProcEvent<'static> {
    ProcEvent { what: Events::NONE, cpu: 1, timestamp: 1, data: EventData::Ack(Ack { err }) }
}

/// A kernel, and the payloads that were sent to it.
fn kernel(answers: Answers) -> (Kernel, Arc<Mutex<Vec<Vec<u8>>>>) {
    let kernel = Kernel::new();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let payloads = Arc::clone(&seen);
    let mut count = 0;
    kernel.on_datagram(Protocol::CONNECTOR, move |bytes, call| {
        let input = CnMsg::<&[u8]>::decode(&bytes[MessageHeader::SIZE..]).unwrap();
        payloads.lock().unwrap().push(input.data.to_vec());
        // Another length is ignored, and a filter is taken without a word.
        if input.data.len() != 4 {
            return;
        }
        let err = match answers {
            Answers::Well => 0,
            Answers::Refuses(err) => err,
            Answers::Never => return,
        };
        // To everybody, with a number that counts what happened on this CPU.
        tell(call.kernel(), count, input.ack.wrapping_add(1), acknowledgement(err));
        count += 1;
    });
    (kernel, seen)
}

fn watch(kernel: &Kernel, wanted: Events) -> Result<Watch, WatchError> {
    let mut watch = Watch::with_socket(kernel.socket(Protocol::CONNECTOR).unwrap(), wanted)?;
    watch.set_timeout(Some(Duration::from_secs(1)));
    Ok(watch)
}

/// What a watch sees until nothing comes any more.
fn seen(watch: &mut Watch) -> Vec<String> {
    let tell = |observed| match observed {
        Observed::Event(ProcEvent { data: EventData::Exec(exec), .. }) => format!("exec {}", exec.pid),
        Observed::Lost(Loss::Gap { cpu, count }) => format!("{count} of CPU {cpu} lost"),
        Observed::Lost(loss) => loss.to_string(),
        other => format!("{other:?}"),
    };
    let mut all = Vec::new();
    loop {
        match watch.next() {
            Some(Ok(observed)) => all.push(tell(observed)),
            Some(Err(Error::Timeout)) => return all,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn trap_44_done_is_an_event_and_ends_nothing() {
    let (kernel, _) = kernel(Answers::Well);
    let mut watch = watch(&kernel, Events::all()).unwrap();
    for (seq, pid) in [(0, 7), (1, 8), (2, 9)] {
        tell(&kernel, seq, 0, exec(pid, 0));
    }
    assert_eq!(seen(&mut watch), ["exec 7", "exec 8", "exec 9"]);
}

#[test]
fn trap_45_the_acknowledgement_is_known_by_its_ack_and_its_error_is_positive() {
    // Its number is a counter, and what was sent as one is gone.
    assert!(watch(&kernel(Answers::Well).0, Events::all()).is_ok());
    let error = watch(&kernel(Answers::Refuses(22)).0, Events::all()).unwrap_err();
    assert!(matches!(error, WatchError::Refused(errno) if errno.raw() == 22), "{error:?}");
}

#[test]
fn trap_46_acknowledgements_of_others_are_nobodys_business() {
    let (kernel, _) = kernel(Answers::Never);
    let socket = kernel.socket(Protocol::CONNECTOR).unwrap();
    let port = socket.port();
    // For one that asked with another token: refused, in vain. Then the own one.
    socket.join(1).unwrap();
    tell(&kernel, 0, port.wrapping_add(2), acknowledgement(22));
    tell(&kernel, 1, port.wrapping_add(1), acknowledgement(0));
    let mut watch = Watch::with_socket(socket, Events::all()).unwrap();
    watch.set_timeout(Some(Duration::from_secs(1)));
    tell(&kernel, 2, 4711, acknowledgement(13));
    tell(&kernel, 0, 0, exec(7, 0));
    assert_eq!(seen(&mut watch), ["exec 7"]);
}

#[test]
fn trap_47_a_filter_is_never_acknowledged_and_has_8_bytes() {
    let (kernel, payloads) = kernel(Answers::Well);
    let begun = kernel.now();
    let watch = watch(&kernel, Events::EXEC).unwrap();
    // Nobody waited for what never comes.
    assert_eq!(kernel.now(), begun);
    drop(watch);
    let lengths: Vec<usize> = payloads.lock().unwrap().iter().map(Vec::len).collect();
    assert!(lengths.contains(&4) && lengths.contains(&8), "{lengths:?}");
    assert!(lengths.iter().all(|len| [4, 8].contains(len)), "{lengths:?}");
}

#[test]
fn trap_48_a_kernel_that_never_answers_is_an_error_in_time() {
    let (kernel, _) = kernel(Answers::Never);
    let begun = kernel.now();
    let error = watch(&kernel, Events::all()).unwrap_err();
    assert!(!matches!(error, WatchError::Other(_) | WatchError::Refused(_)), "{error:?}");
    let waited = kernel.now() - begun;
    assert!(waited > Duration::ZERO && waited < Duration::from_secs(60), "{waited:?}");
}

#[test]
fn trap_49_gaps_are_counted_for_each_cpu_where_there_is_no_filter() {
    for (wanted, expected) in [
        (Events::all(), &["exec 1", "exec 2", "2 of CPU 1 lost", "exec 4"][..]),
        (Events::EXEC, &["exec 1", "exec 2", "exec 3", "exec 4"]),
    ] {
        let (kernel, _) = kernel(Answers::Well);
        let mut watch = watch(&kernel, wanted).unwrap();
        for (seq, cpu, pid) in [(5, 2, 1), (6, 2, 2)] {
            tell(&kernel, seq, 0, exec(pid, cpu));
        }
        // CPU 1 has acknowledged the subscription, with the number 0.
        let (gap, last) = if wanted == Events::all() { (None, 4) } else { (Some(3), 4) };
        if let Some(pid) = gap {
            tell(&kernel, 90, 0, exec(pid, 2));
        }
        tell(&kernel, 3, 0, exec(last, 1));
        assert_eq!(seen(&mut watch), expected);
    }
}
