//! Programs of BPF, which only a system call loads: Perl does it, and starts the test once more, with their file
//! descriptors.

use std::{
    env,
    process::{Command, Stdio},
    thread,
};

use crate::require;

/// What a program is for: a number of `enum bpf_prog_type` in `linux/bpf.h`.
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
pub enum ProgramType {
    /// For packets that come in, before anything else: `BPF_PROG_TYPE_XDP`.
    Xdp = 6,
    /// For packets of a route that come in: `BPF_PROG_TYPE_LWT_IN`.
    LwtIn = 10,
    /// For packets of a route that are sent: `BPF_PROG_TYPE_LWT_OUT`.
    LwtOut = 11,
    /// For packets of a route that go out: `BPF_PROG_TYPE_LWT_XMIT`.
    LwtXmit = 12,
    /// For what ends a segment: `BPF_PROG_TYPE_LWT_SEG6LOCAL`.
    LwtSeg6Local = 19,
}

/// Set in the process that has the programs.
const STARTED: &str = "NETLINK_TEST_HAS_PROGRAMS";

/// The file descriptor of the first program; those of the others follow.
const FIRST: u32 = 40;

/// What Perl does not get to: the number of the system call, and this status.
const NOT_LOADED: i32 = 77;

/// Each program lets all packets pass.
const SCRIPT: &str = r"
    my ($bpf, $dup3, $to, $types, @test) = @ARGV;
    for my $type (split /,/, $types) {
        my $code = pack 'CCslCCsl', 0xb7, 0, 0, ($type == 6 ? 2 : 0), 0x95, 0, 0, 0; # r0 = verdict; exit
        my $license = qq(GPL\0);
        my $attr = pack 'LLQQLLQLLa16', $type, 2, unpack('Q', pack('P', $code)), unpack('Q', pack('P', $license)),
            0, 0, 0, 0, 0, 'passes';
        my $fd = syscall $bpf + 0, 5, $attr, length $attr; # BPF_PROG_LOAD
        exit 77 if $fd < 0;
        syscall($dup3 + 0, $fd, $to++ + 0, 0) >= 0 or die $!; # stays open in the test
    }
    exec @test or die $!;
";

/// The file descriptors of a program of each type. `None` where the test is to return: it has run in another process, or
/// cannot.
///
/// # Panics
///
/// If the test fails in the other process.
#[track_caller]
pub fn loaded(types: &[ProgramType]) -> Option<Vec<u32>> {
    if env::var_os(STARTED).is_some() {
        return Some((FIRST..).take(types.len()).collect());
    }
    require::root_outside()?;
    let perl = require::tool("perl")?;
    let (bpf, dup3) = match env::consts::ARCH {
        "x86_64" => ("321", "292"),
        "aarch64" | "riscv64" | "loongarch64" => ("280", "24"),
        arch => {
            require::skipped(format_args!("needs the number of the system call bpf on {arch}"));
            return None;
        }
    };
    let test = thread::current().name().expect("the name of the test").to_owned();
    let types: Vec<String> = types.iter().map(|kind| (*kind as u32).to_string()).collect();
    let mut command = Command::new(perl);
    command.args(["-e", SCRIPT, bpf, dup3, &FIRST.to_string(), &types.join(",")]);
    command.arg(env::current_exe().expect("the test's program")).args(["--exact", &test, "--nocapture"]);
    let output = command.env(STARTED, "1").stderr(Stdio::inherit()).output().expect("a program that can be started");
    if output.status.code() == Some(NOT_LOADED) {
        require::unsupported("the kernel loads no such program of BPF");
        return None;
    }
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains(" 1 passed"), "`{test}`, with programs: {said}");
    None
}
