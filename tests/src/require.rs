//! What a test needs of the machine. Where it is missing, the test says so on stderr and returns; where the environment
//! variable `NETLINK_REQUIRE` is set, as in CI, it fails instead: a test that nobody ran is no proof of anything.
//!
//! What the running kernel lacks ([`link_kind`], [`qdisc`], [`linux`] and so on) is another matter. It is told with a line
//! `UNSUPPORTED`, and never fails: `tests/vm/run` runs the tests on other kernels, and fails if none of them can.
//!
//! ```no_run
//! use netlink_tests::{require, skip};
//!
//! fn creates_a_link() {
//!     let Some(()) = require::capability(require::NET_ADMIN) else { return };
//!     let Some(()) = require::link_kind("dummy") else { return };
//!     let Some(ip) = require::tool("ip") else { return };
//!     if !std::fs::exists("/proc/net/netlink").unwrap() {
//!         skip!("needs /proc/net/netlink: mount /proc");
//!     }
//! #   let _ = ip;
//! }
//! ```

use std::{
    env,
    fmt::Display,
    fs,
    io::{self, Write},
    path::PathBuf,
    thread,
};

mod kernel;

pub use kernel::{
    action, classifier, generic_family, has_action, has_classifier, has_link_kind, has_qdisc, is_linux, link_kind,
    linux, loads_module, module, qdisc,
};

/// The environment variable that turns a skipped test into a failed one.
pub const REQUIRE: &str = "NETLINK_REQUIRE";

/// A capability of `linux/capability.h`, for [`capability`].
#[derive(Clone, Copy, Debug)]
pub struct Capability {
    name: &'static str,
    bit: u32,
}

/// To change the network: links, addresses, routes.
pub const NET_ADMIN: Capability = Capability { name: "CAP_NET_ADMIN", bit: 12 };

/// To make namespaces, among much else.
pub const SYS_ADMIN: Capability = Capability { name: "CAP_SYS_ADMIN", bit: 21 };

/// The environment variable that makes some counts smaller: set in machines that are emulated, which takes many times
/// longer.
pub const FEWER: &str = "NETLINK_FEWER";

/// How many things a test takes: as many as it should, or as few as it may where [`FEWER`] is set.
pub fn count<T>(many: T, fewer: T) -> T {
    if env::var_os(FEWER).is_some_and(|value| !value.is_empty()) { fewer } else { many }
}

/// Leaves the test, with the reason on stderr; fails it where `NETLINK_REQUIRE` is set. The reason says what is needed
/// and how to come by it: `skip!("needs the tool `ip`: install iproute2")`.
#[macro_export]
macro_rules! skip {
    ($($reason:tt)+) => {{
        $crate::require::skipped(format_args!($($reason)+));
        return;
    }};
}

/// Leaves the test because the running kernel lacks something, with the reason on stderr; another kernel may have it.
#[macro_export]
macro_rules! unsupported {
    ($($reason:tt)+) => {{
        $crate::require::unsupported(format_args!($($reason)+));
        return;
    }};
}

/// Says why the test of this thread is skipped. [`skip!`](crate::skip) also leaves it.
///
/// # Panics
///
/// Where `NETLINK_REQUIRE` is set.
#[track_caller]
pub fn skipped(reason: impl Display) {
    let test = test();
    assert!(!required(), "`{test}` cannot run, and {REQUIRE} is set: {reason}");
    say(&format!("SKIPPED `{test}`: {reason} (set {REQUIRE} to make this a failure)\n"));
}

/// Says what the running kernel lacks for the test of this thread, in a line that `tests/vm/run` counts.
/// [`unsupported!`](crate::unsupported) also leaves the test.
pub fn unsupported(reason: impl Display) {
    say(&format!("UNSUPPORTED {}: {reason}\n", test()));
}

/// The test harness names the thread after the test, [`netns::run`](crate::netns::run) does too.
fn test() -> String {
    thread::current().name().unwrap_or("a test").to_owned()
}

/// Not `eprintln`, which the test harness swallows when the test passes.
fn say(line: &str) {
    let _ = io::stderr().write_all(line.as_bytes());
}

fn required() -> bool {
    env::var_os(REQUIRE).is_some_and(|value| !value.is_empty() && value != "0")
}

/// A directory that an environment variable points to; `what` says what it contains.
///
/// # Panics
///
/// If the variable points to something else.
#[track_caller]
pub fn directory(variable: &str, what: &str) -> Option<PathBuf> {
    let Some(directory) = env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) else {
        skipped(format_args!("needs {what}: let the environment variable {variable} point to them"));
        return None;
    };
    assert!(directory.is_dir(), "{variable} is set to {}, which is no directory", directory.display());
    Some(directory)
}

/// A program, as the shell would find it.
#[track_caller]
pub fn tool(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH").unwrap_or_default();
    // Where distributions put what is root's, and what a user's PATH may lack.
    let places = env::split_paths(&paths).chain(["/usr/sbin".into(), "/sbin".into()]);
    let found = places.map(|place| place.join(name)).find(|path| path.is_file());
    if found.is_none() {
        skipped(format_args!("needs the program `{name}`"));
    }
    found
}

/// Root in its own user namespace.
#[track_caller]
pub fn root() -> Option<()> {
    let uid = status("Uid:").and_then(|ids| ids.split_whitespace().nth(1).map(str::to_owned));
    if uid.as_deref() != Some("0") {
        skipped("needs root");
        return None;
    }
    Some(())
}

/// A capability, effective in the process's own user namespace.
#[track_caller]
pub fn capability(capability: Capability) -> Option<()> {
    let mask = status("CapEff:").and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    if mask.is_none_or(|mask| mask & (1 << capability.bit) == 0) {
        skipped(format_args!("needs the capability {}", capability.name));
        return None;
    }
    Some(())
}

/// The initial user namespace, as its root: some things the kernel gives to nobody else.
#[track_caller]
pub fn root_outside() -> Option<()> {
    root()?;
    let users = fs::read_link("/proc/self/ns/user").ok()?;
    // PROC_USER_INIT_INO
    if users.as_os_str() != "user:[4026531837]" {
        skipped("needs root outside of user namespaces");
        return None;
    }
    Some(())
}

/// The initial network namespace, which is where the connector is.
#[track_caller]
pub fn network_outside() -> Option<()> {
    if !fs::exists("/proc/net/connector").unwrap_or(false) {
        skipped("needs the initial network namespace");
        return None;
    }
    Some(())
}

/// One line of what the kernel says about the process.
fn status(key: &str) -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(key)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Output};

    use super::*;

    #[test]
    #[ignore = "run by the tests below, in a process of its own"]
    fn a_test_that_lacks_something() {
        if tool("no-such-program").is_some() {
            return;
        }
        skip!("needs {} things", 2);
    }

    #[test]
    #[ignore = "run by the tests below, in a process of its own"]
    fn a_test_for_another_kernel() {
        crate::netns::run(|| unsupported!("the kernel has no {}", "wings"));
    }

    fn run(test: &str, require: Option<&str>) -> Output {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", &format!("require::tests::{test}"), "--ignored"]).env_remove(REQUIRE);
        if let Some(value) = require {
            command.env(REQUIRE, value);
        }
        command.output().unwrap()
    }

    #[test]
    fn a_skipped_test_passes_and_says_why_though_the_harness_swallows_its_output() {
        let output = run("a_test_that_lacks_something", None);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{stderr}");
        assert!(stderr.contains("needs the program `no-such-program` (set NETLINK_REQUIRE"), "{stderr}");
        assert!(stderr.contains("needs 2 things"), "{stderr}");
    }

    #[test]
    fn a_skipped_test_fails_where_nothing_may_be_missing() {
        let output = run("a_test_that_lacks_something", Some("1"));
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{stdout}");
        assert!(stdout.contains("needs the program `no-such-program`"), "{stdout}");
    }

    #[test]
    fn what_the_kernel_lacks_is_told_in_a_line_with_the_name_of_the_test_and_fails_nothing() {
        let Some(()) = capability(SYS_ADMIN) else { return };
        let output = run("a_test_for_another_kernel", Some("1"));
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{stderr}");
        let line = "UNSUPPORTED require::tests::a_test_for_another_kernel: the kernel has no wings";
        assert!(stderr.lines().any(|said| said == line), "{stderr}");
    }

    #[test]
    fn what_is_there_is_found() {
        assert!(tool("sh").is_some_and(|path| path.is_absolute()));
        let numbers = status("Uid:").unwrap();
        assert_eq!(numbers.split_whitespace().count(), 4);
        assert!(u64::from_str_radix(status("CapEff:").unwrap().trim(), 16).is_ok());
    }
}
