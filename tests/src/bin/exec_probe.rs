//! Watches for programs from wherever it is started: in other namespaces, as another user. Prints `watching`, then pid
//! and parent of each program, until its input ends; or why it cannot.

use std::{
    io::{self, Read, Write},
    process::ExitCode,
    thread,
};

use protocols::connector::{Execs, Seen, WatchError};

fn watch() -> Result<(), WatchError> {
    let execs = Execs::watch()?;
    let canceller = execs.canceller()?;
    thread::spawn(move || {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        canceller.cancel();
    });
    let mut out = io::stdout().lock();
    // Nobody reads on where writing fails.
    let _ = writeln!(out, "watching").and_then(|()| out.flush());
    for seen in execs {
        if let Seen::Exec(exec) = seen? {
            let _ = writeln!(out, "{} {}", exec.pid, exec.parent_pid).and_then(|()| out.flush());
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    match watch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
