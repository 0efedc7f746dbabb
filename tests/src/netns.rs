//! Network namespaces: everything that changes the state of the network happens in one that goes away with the test.

use std::{process::Command, thread};

use nix::sched::{CloneFlags, unshare};

use crate::require;

/// Runs a test in a new network namespace: sockets that it opens and programs that it starts are in there. Says aloud if
/// it cannot, and returns.
///
/// # Panics
///
/// If the test does.
pub fn run(test: impl FnOnce() + Send + 'static) {
    if require::capability(require::SYS_ADMIN).is_none() {
        return;
    }
    // The namespace belongs to the thread, and ends with it. The name of the test is told when something is missing.
    let name = thread::current().name().unwrap_or("a test").to_owned();
    let inside = thread::Builder::new().name(name).spawn(|| {
        unshare(CloneFlags::CLONE_NEWNET).expect("a network namespace");
        test();
    });
    let result = inside.expect("a thread").join();
    if let Err(panic) = result {
        std::panic::resume_unwind(panic);
    }
}

/// Runs a program in the namespace of this thread, and gives what it prints.
///
/// # Panics
///
/// If it fails.
pub fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {}: {errors}", arguments.join(" "));
    String::from_utf8(output.stdout).expect("text")
}
