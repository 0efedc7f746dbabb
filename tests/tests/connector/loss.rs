//! Receive buffers that are too small.

use std::{
    collections::{BTreeMap, HashMap},
    process::Command,
    time::{Duration, Instant},
};

use netlink_core::Error;
use protocols::connector::{
    Execs, Loss, Observed, Seen,
    proc::{EventData, Events, ProcEvent},
};

use crate::{LONG, Reference, all, alone, me, only, pid};

/// Starts processes that nobody reads about meanwhile.
fn storm() {
    for _ in 0..100 {
        Command::new("true").status().unwrap();
    }
}

#[test]
fn trap_18_a_full_buffer_is_told_with_the_exact_number_of_missing_events() {
    let Some(_alone) = alone() else { return };
    let mut reference = Reference::open();
    let mut watch = all();
    watch.socket().set_receive_buffer(1).unwrap();
    storm();
    let (mut overruns, mut told) = (0, BTreeMap::<u32, u32>::new());
    let mut seen = BTreeMap::<u32, Vec<ProcEvent<'static>>>::new();
    // Fewer than the buffer holds at a time, until each CPU has told what it lost.
    let begun = Instant::now();
    while told.is_empty() || overruns == 0 || begun.elapsed() < Duration::from_millis(500) {
        Command::new("true").status().unwrap();
        watch.set_timeout(Some(Duration::from_millis(20)));
        loop {
            match watch.next().unwrap() {
                Ok(Observed::Event(event)) => seen.entry(event.cpu).or_default().push(event),
                Ok(Observed::Lost(Loss::Overrun)) => overruns += 1,
                // What is missing before the first event that was seen cannot be compared.
                Ok(Observed::Lost(Loss::Gap { cpu, count })) if seen.contains_key(&cpu) => {
                    *told.entry(cpu).or_default() += count;
                }
                Ok(Observed::Lost(_)) => {}
                Err(Error::Timeout) => break,
                Err(error) => panic!("{error}"),
            }
        }
        assert!(begun.elapsed() < LONG, "{overruns} overruns, told: {told:?}");
    }
    assert!(watch.socket().drops().unwrap() > 0);

    let mut numbers = HashMap::new();
    let mut acks = BTreeMap::<u32, u32>::new();
    let last: Vec<ProcEvent<'static>> = seen.values().map(|events| events.last().unwrap().clone()).collect();
    while !last.iter().all(|event| numbers.contains_key(&(event.cpu, event.timestamp))) {
        let message = reference.next().unwrap();
        numbers.insert((message.data.cpu, message.data.timestamp), message.seq);
        *acks.entry(message.data.cpu).or_default() += u32::from(matches!(message.data.data, EventData::Ack(_)));
    }
    for (cpu, events) in seen {
        let number = |event: &ProcEvent<'_>| numbers[&(event.cpu, event.timestamp)];
        let happened = number(events.last().unwrap()).wrapping_sub(number(&events[0])) + 1;
        let accounted = events.len() as u32 + told.get(&cpu).copied().unwrap_or_default();
        println!("CPU {cpu}: {happened} events, {} seen, {:?} told as missing", events.len(), told.get(&cpu));
        assert!((accounted..=accounted + acks[&cpu]).contains(&happened), "CPU {cpu}: {happened}, not {accounted}");
    }
}

#[test]
fn trap_18_after_a_loss_the_watch_for_programs_is_right_again() {
    let Some(_alone) = alone() else { return };
    let mut execs = Execs::watch().unwrap();
    execs.socket().set_receive_buffer(1).unwrap();
    storm();
    let mut losses = Vec::new();
    for _ in 0..50 {
        // One that lives until it was seen; its events may be lost again, so small is the buffer.
        let mut marker = Command::new("sleep").arg("60").spawn().unwrap();
        execs.set_timeout(Some(Duration::from_millis(200)));
        // What the kernel delivers while the rest of the queue is read comes before the word about the loss.
        let (mut found, begun) = (None, Instant::now());
        while let Some(Ok(seen)) = execs.next() {
            match seen {
                Seen::Exec(exec) if exec.pid == pid(&marker) => found = Some(exec),
                Seen::Exec(_) => {}
                Seen::Lost(loss) => losses.push(loss),
            }
            assert!(begun.elapsed() < LONG, "others start programs all the time");
        }
        marker.kill().unwrap();
        marker.wait().unwrap();
        if let Some(exec) = found {
            assert_eq!((exec.parent_pid, exec.command.as_deref()), (me(), Some("sleep 60")));
            assert!(losses.contains(&Loss::Overrun), "{losses:?}");
            return;
        }
    }
    panic!("no program was seen after the loss: {losses:?}");
}

#[test]
fn trap_49_with_a_filter_a_full_buffer_is_told_and_gaps_in_the_numbers_are_not() {
    let Some(_alone) = alone() else { return };
    let mut watch = only(Events::EXEC);
    watch.socket().set_receive_buffer(1).unwrap();
    storm();
    watch.set_timeout(Some(Duration::from_millis(200)));
    let mut losses = Vec::new();
    for _ in 0..50 {
        let mut marker = Command::new("true").spawn().unwrap();
        marker.wait().unwrap();
        let (mut found, begun) = (false, Instant::now());
        while let Some(Ok(observed)) = watch.next() {
            match observed {
                Observed::Event(event) => {
                    let EventData::Exec(exec) = event.data else { panic!("{event:?}") };
                    found |= exec.tgid == pid(&marker);
                }
                Observed::Lost(loss) => losses.push(loss),
            }
            assert!(begun.elapsed() < LONG, "others start programs all the time");
        }
        if found {
            assert!(!losses.is_empty() && losses.iter().all(|loss| *loss == Loss::Overrun), "{losses:?}");
            return;
        }
    }
    panic!("no program was seen after the loss: {losses:?}");
}
