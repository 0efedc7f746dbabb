//! What is put into the namespace: the commands in `namespace/`.
//!
//! They stand in paragraphs. The first line of each, `with NEED, NEED: LIST LIST`, says what the kernel must have for
//! the others, and which lists show what they make, besides those of the needs themselves. A need is `link vxlan`, `qdisc
//! htb`, `classifier flower`, `action gact`, `module tun`, `linux 5.18`; or `works COMMAND`, if nothing else than a command
//! tells whether the kernel was built with it. A command that fails although its needs are met is a mistake.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Read, Write},
    process::{Child, Command, Stdio},
};

use netlink_tests::require;

const PARTS: &[(&str, &str)] = &[
    ("links", include_str!("namespace/links")),
    ("addresses", include_str!("namespace/addresses")),
    ("bridges", include_str!("namespace/bridges")),
    ("routes", include_str!("namespace/routes")),
    ("traffic_control", include_str!("namespace/traffic_control")),
];

/// What is listed with a kind.
const KINDS: [&str; 4] = ["link", "qdisc", "classifier", "action"];

/// A namespace that is furnished.
#[derive(Default)]
pub(crate) struct Namespace {
    /// What lists must show: `get_link`, and needs such as `link vxlan`.
    pub(crate) wanted: BTreeSet<String>,
    /// The commands that failed, with what they said.
    pub(crate) failed: Vec<String>,
    /// What was found out about needs.
    met: BTreeMap<String, bool>,
    /// Has sockets open, with which multicast routes go away.
    multicast: Option<Child>,
}

impl Namespace {
    /// Furnishes that of this thread.
    pub(crate) fn furnish() -> Self {
        let mut namespace = Self::default();
        for (part, text) in PARTS {
            let lines = text.lines().zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
            let (mut met, mut batch) = (false, Batch::default());
            for (line, number) in lines {
                if let Some(head) = line.strip_prefix("with ") {
                    namespace.failed.extend(batch.run(part));
                    met = namespace.begins(head);
                } else if met {
                    let (program, command) = program_of(line);
                    if program != batch.program {
                        namespace.failed.extend(batch.run(part));
                        batch.program = program;
                    }
                    batch.commands.push((number, command));
                }
            }
            namespace.failed.extend(batch.run(part));
        }
        namespace.route_multicast();
        namespace
    }

    /// A paragraph begins; whether its needs are met.
    fn begins(&mut self, head: &str) -> bool {
        let (needs, lists) = head.split_once(": ").unwrap_or((head, ""));
        let needs = needs.split(',').map(str::trim).filter(|need| !need.is_empty());
        let met = needs.clone().all(|need| *self.met.entry(need.to_owned()).or_insert_with(|| is_met(need)));
        if met {
            let kinds = needs.filter(|need| KINDS.iter().any(|kind| need.split(' ').next() == Some(kind)));
            self.wanted.extend(kinds.chain(lists.split_whitespace()).map(str::to_owned));
        }
        met
    }

    /// Multicast routes belong to a socket, for which iproute2 has no command.
    fn route_multicast(&mut self) {
        let is_there = |table: &str| fs::exists(format!("/proc/thread-self/net/{table}")).unwrap_or(false);
        if !["ip_mr_vif", "ip6_mr_vif"].into_iter().all(is_there) {
            return;
        }
        self.wanted.insert("multicast route".to_owned());
        let mut command = Command::new("perl");
        command.args(["-e", include_str!("namespace/multicast.pl")]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let child = self.multicast.insert(command.spawn().expect("perl"));
        // It says when they are there, or ends.
        let _ = child.stdout.as_mut().expect("a pipe").read_exact(&mut [0]);
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // It ends when its input does.
        if let Some(mut child) = self.multicast.take() {
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}

fn is_met(need: &str) -> bool {
    let (what, name) = need.split_once(' ').unwrap_or((need, ""));
    let has = match what {
        "link" => require::has_link_kind(name),
        "qdisc" => require::has_qdisc(name),
        "classifier" => require::has_classifier(name),
        "action" => require::has_action(name),
        "module" => Some(require::loads_module(name)),
        "works" => Some(run(name, "").is_ok()),
        "linux" => name.split_once('.').map(|(major, minor)| {
            require::is_linux(major.parse().expect("a number"), minor.parse().expect("a number"))
        }),
        _ => panic!("`{need}` is no need"),
    };
    has.unwrap_or_else(|| panic!("whether there is `{need}` cannot be found out"))
}

/// What starts, with its options, and the rest of the command.
fn program_of(line: &str) -> (&str, &str) {
    let mut end = line.find(' ').unwrap_or(line.len());
    while line[end..].starts_with(" -") {
        end = line[end + 1..].find(' ').map_or(line.len(), |length| end + 1 + length);
    }
    (&line[..end], line[end..].trim_start())
}

/// Commands for one program, which takes far less time than a program for each.
#[derive(Default)]
struct Batch<'a> {
    program: &'a str,
    commands: Vec<(usize, &'a str)>,
}

impl Batch<'_> {
    /// Runs the commands, and gives what is said of those that fail.
    fn run(&mut self, part: &str) -> Option<String> {
        let commands = std::mem::take(&mut self.commands);
        let ((first, _), program) = (commands.first()?, self.program);
        let result = match (&commands[..], program) {
            (_, "sysctl") => run("sysctl -q -p -", &lines(&commands)),
            ([_], _) => run(&format!("{program} -batch -"), &lines(&commands)),
            _ => {
                // The last one fails: some commands end the program, and nobody would know.
                let failed = |number: usize| format!("Command failed -:{number}\n");
                let said = run(&format!("{program} -force -batch -"), &(lines(&commands) + "nonsense\n"));
                match said {
                    Err(said) if !said.contains(&failed(commands.len() + 1)) => {
                        Err(format!("{said}one of the commands ends the program"))
                    }
                    Err(said) if said.matches("Command failed").count() == 1 => Ok(()),
                    Err(said) => Err(said),
                    Ok(()) => Err("one of the commands ends the program".to_owned()),
                }
            }
        };
        result.err().map(|said| format!("{part}, `{program}` from line {first} on: {said}"))
    }
}

fn lines(commands: &[(usize, &str)]) -> String {
    commands.iter().map(|(_, command)| format!("{command}\n")).collect()
}

/// Runs a command; an error is what it says.
fn run(line: &str, input: &str) -> Result<(), String> {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().expect("a command"));
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let mut pipe = child.stdin.take().expect("a pipe");
    // A program that does not read it has ended, which its status tells.
    let _ = pipe.write_all(input.as_bytes());
    drop(pipe);
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
