//! Who cannot have process events, and what they are told; and that nobody else is needed than an ordinary user.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{self, Command, Stdio},
    time::Instant,
};

use netlink_tests::{require, skip};

use crate::{LONG, alone, anybody_may_listen, me, pid};

const PROBE: &str = env!("CARGO_BIN_EXE_exec_probe");

/// What a watch says in namespaces of its own. Tests hold [`alone`] meanwhile: between its beginning and its program, a
/// process has what all threads have open, such as a socket that another test closes.
#[track_caller]
fn refused(options: &[&str], says: &str) {
    let Some(unshare) = require::tool("unshare") else { return };
    let possible = Command::new(&unshare).args(options).arg("true").stderr(Stdio::null()).status().unwrap();
    if !possible.success() {
        skip!("needs the permission for `unshare {}`", options.join(" "));
    }
    let begun = Instant::now();
    let output = Command::new(unshare).args(options).arg(PROBE).stdin(Stdio::null()).output().unwrap();
    let took = begun.elapsed();
    let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!((stderr.trim_end(), stdout.as_str(), output.status.code()), (says, "", Some(1)), "{options:?}");
    assert!(took < LONG, "{took:?}");
}

const NETWORK: &str =
    "process events can only be had in the initial network namespace, and this process is in another one";
const PID: &str = "process events can only be had in the initial pid namespace, and this process is in another one";
const USER: &str = "process events can only be had in the initial user namespace, and this process is in another one";

#[test]
fn in_another_network_namespace_the_error_names_it() {
    let (Some(_alone), Some(())) = (alone(), require::root()) else { return };
    refused(&["--net"], NETWORK);
}

#[test]
fn trap_48_in_another_pid_namespace_the_error_names_it() {
    let (Some(_alone), Some(())) = (alone(), require::root()) else { return };
    refused(&["--pid", "--fork"], PID);
    refused(&["--pid", "--fork", "--mount-proc"], PID);
}

#[test]
fn trap_48_in_another_user_namespace_the_error_names_it() {
    let Some(_alone) = alone() else { return };
    refused(&["--user"], USER);
    refused(&["--user", "--map-root-user", "--pid", "--fork"], USER);
}

#[test]
fn in_a_container_without_a_network_the_error_names_the_network() {
    let Some(_alone) = alone() else { return };
    refused(&["--user", "--map-root-user", "--net", "--pid", "--fork"], NETWORK);
}

/// A copy that everybody may run, wherever the build is.
struct PublicProbe(PathBuf);

impl PublicProbe {
    fn new() -> Self {
        let directory = std::env::temp_dir().join(format!("exec-probe-{}", process::id()));
        fs::create_dir(&directory).unwrap();
        fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).unwrap();
        fs::copy(PROBE, directory.join("exec_probe")).unwrap();
        fs::set_permissions(directory.join("exec_probe"), fs::Permissions::from_mode(0o755)).unwrap();
        Self(directory)
    }
}

impl Drop for PublicProbe {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn an_ordinary_user_gets_events_since_linux_6_6_and_a_clear_error_before() {
    let (Some(_alone), Some(()), Some(setpriv)) = (alone(), require::root(), require::tool("setpriv")) else { return };
    let probe = PublicProbe::new();
    let mut command = Command::new(setpriv);
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"]);
    command.arg(probe.0.join("exec_probe")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if !anybody_may_listen() {
        let output = command.output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        let says = "process events need root (the capability CAP_NET_ADMIN) before Linux 6.6";
        assert_eq!((stderr.trim_end(), output.status.code()), (says, Some(1)));
        return;
    }
    let mut watching = command.spawn().unwrap();
    let mut lines = BufReader::new(watching.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.next().as_deref(), Some("watching"));
    let mut marker = Command::new("true").spawn().unwrap();
    marker.wait().unwrap();
    let seen = lines.find(|line| line.starts_with(&format!("{} ", pid(&marker))));
    assert_eq!(seen, Some(format!("{} {}", pid(&marker), me())));
    // The end of its input ends the watch.
    drop(watching.stdin.take());
    lines.for_each(drop);
    assert!(watching.wait().unwrap().success());
}
