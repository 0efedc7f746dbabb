//! Network namespaces: everything that changes the state of the network happens in one that goes away with the test.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

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

/// Runs commands of `ip` in the namespace of this thread, in one process, which takes less time than several.
///
/// # Panics
///
/// If one of them fails.
pub fn ip(commands: &[&str]) {
    let mut ip = Command::new("ip");
    let ip = ip.args(["-batch", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut ip = ip.spawn().unwrap_or_else(|error| panic!("ip: {error}"));
    // What it does not read because it has ended, it says itself.
    let _ = ip.stdin.take().expect("a pipe").write_all((commands.join("\n") + "\n").as_bytes());
    let output = ip.wait_with_output().expect("its end");
    assert!(output.status.success(), "{commands:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Lets links that are made from now on have their addresses of IPv6 without looking for duplicates first: these would
/// come a second or two later, with their routes, between any two readings that a test compares.
pub fn without_duplicate_detection() {
    // Where it may not be written, [`settled`] waits longer.
    let _ = fs::write("/proc/sys/net/ipv6/conf/default/accept_dad", "0");
}

/// Waits until these links, which are up and have a carrier, have the addresses of IPv6 that the kernel gives them, and
/// their routes.
///
/// # Panics
///
/// If that never happens.
#[track_caller]
pub fn settled(links: &[&str]) {
    let read = |file: &str| fs::read_to_string(format!("/proc/thread-self/net/{file}")).expect("a file of IPv6");
    wait_for(|| {
        let (addresses, routes) = (read("if_inet6"), read("ipv6_route"));
        links.iter().all(|link| {
            addresses.lines().any(|line| {
                // Address, number of the link, length of the prefix, scope, flags, name; 0x40 is IFA_F_TENTATIVE.
                let words: Vec<&str> = line.split_whitespace().collect();
                let [address, _, _, "20", flags, name] = words[..] else { return false };
                let is_tentative = u32::from_str_radix(flags, 16).is_ok_and(|flags| flags & 0x40 != 0);
                name == *link
                    && !is_tentative
                    && routes.lines().any(|route| route.starts_with(&format!("{address} 80 ")))
            })
        })
    });
}

/// Waits for what the kernel does a little later, such as to find out that a link has a carrier.
///
/// # Panics
///
/// If it never happens.
#[track_caller]
pub fn wait_for(mut happened: impl FnMut() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < Duration::from_secs(30), "it never happens");
        thread::sleep(Duration::from_millis(2));
    }
}
