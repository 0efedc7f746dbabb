//! Every program that is started.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
};

use netlink_tests::require;
use protocols::connector::{Execs, Execution, Loss, Seen};

use crate::{LONG, alone, me, pid, sh};

/// Starts processes one after the other while a watch follows; the losses that it tells of, if it does.
fn follow_processes(count: usize) -> Result<(), Vec<Loss>> {
    let mut execs = Execs::watch().unwrap();
    execs.set_timeout(Some(LONG));
    let (send, last) = mpsc::channel();
    let spawner = thread::spawn(move || {
        let mut started = HashMap::new();
        for number in 0..=count {
            let argument = format!("number-{number}");
            let mut child = Command::new("true").arg(&argument).spawn().unwrap();
            if number == count {
                send.send(pid(&child)).unwrap();
            }
            child.wait().unwrap();
            started.insert(pid(&child), argument);
        }
        // One more, for a watch that saw the last before it could know that it is.
        Command::new("true").status().unwrap();
        started
    });

    let (mut seen, mut lost, mut end) = (HashMap::<i32, Vec<Execution>>::new(), Vec::new(), None);
    while end.is_none_or(|end| !seen.contains_key(&end)) && lost.is_empty() {
        match execs.next().unwrap().unwrap() {
            Seen::Exec(exec) => seen.entry(exec.pid).or_default().push(exec),
            Seen::Lost(loss) => lost.push(loss),
        }
        end = end.or_else(|| last.try_recv().ok());
    }
    let started = spawner.join().unwrap();
    if !lost.is_empty() {
        return Err(lost);
    }
    assert_eq!(started.len(), count + 1);
    let name = fs::read_to_string("/proc/self/comm").unwrap();
    let mut with_arguments = 0;
    for (pid, argument) in &started {
        let Some([exec]) = seen.get(pid).map(Vec::as_slice) else { panic!("{pid}: {:?}", seen.get(pid)) };
        assert_eq!((exec.pid, exec.parent_pid, exec.parent_name.as_deref()), (*pid, me(), Some(name.trim_end())));
        // A process that has ended already has no arguments any more, and then not even a name.
        match exec.command.as_deref() {
            None | Some("[true]") => {}
            Some(command) => {
                assert_eq!(command, format!("true {argument}"));
                with_arguments += 1;
            }
        }
    }
    println!("{count} processes, none lost, {with_arguments} seen in time for their arguments");
    Ok(())
}

#[test]
fn each_of_2000_short_processes_is_seen_once_with_its_pid_and_parent() {
    let Some(_alone) = alone() else { return };
    // The machine may be so busy that the buffer overflows, which is then told. That nothing is missing otherwise is
    // what counts, and the default buffer must do it.
    let mut losses = Vec::new();
    for _ in 0..3 {
        match follow_processes(require::count(2000, 300)) {
            Ok(()) => return,
            Err(lost) => losses.push(lost),
        }
    }
    panic!("events were lost each time: {losses:?}");
}

#[test]
fn trap_50_an_agent_can_pass_over_what_it_starts_itself() {
    let Some(_alone) = alone() else { return };
    // An orphan from before the watch is nobody's, and runs a program when its file is gone.
    let file = std::env::temp_dir().join(format!("orphan-{}", me()));
    fs::write(&file, "").unwrap();
    let orphan =
        format!("(while [ -e '{0}' ]; do :; done; exec sleep 60.5) </dev/null >/dev/null 2>&1 &", file.display());
    assert!(Command::new("sh").args(["-c", &orphan]).status().unwrap().success());

    let mut execs = Execs::watch().unwrap().passing_over_own();
    execs.set_timeout(Some(LONG));
    // A child, a grandchild, and one whose parent has ended: each says that it runs, and does so until its input ends, so
    // that its command can be seen.
    let ours = "sh -c 'echo; read line <&3' ours";
    let script = format!("exec 3<&0; {ours} & ({ours} &); exec {ours}");
    let mut family = sh(&script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let running = BufReader::new(family.stdout.take().unwrap()).lines().take(3);
    assert_eq!(running.map(Result::unwrap).count(), 3);
    fs::remove_file(&file).unwrap();
    let found = execs.by_ref().find_map(|seen| match seen.unwrap() {
        Seen::Exec(exec) => {
            let command = exec.command.unwrap_or_default();
            assert!(!command.contains("ours") && exec.parent_pid != me(), "{command}");
            (command == "sleep 60.5").then_some(exec.pid)
        }
        Seen::Lost(loss) => panic!("{loss}"),
    });
    assert!(Command::new("kill").arg(found.unwrap().to_string()).status().unwrap().success());
    drop(family.stdin.take());
    family.wait().unwrap();
}
