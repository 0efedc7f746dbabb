//! Extended BPF programs in filters and actions. Loading one takes a system call that no test can make by itself: `perl`
//! makes it, and starts the test again with the program's file descriptor.

use std::{env, process::Command};

use netlink_tests::{reencode, require};
use protocols::route::{
    Route,
    tc::{
        Handle,
        action::{self, Action, ActionOptions, Actions, General, Verdict},
        filter::{self, Bpf, BpfFlags, FilterOptions},
        qdisc::{self, QdiscOptions},
    },
};

use crate::{assert_says, assert_told_within, filters::add_at_egress, with_link};

/// Tells the inner test the file descriptor.
const PROGRAM: &str = "NETLINK_TESTS_BPF_PROGRAM";

/// Loads `r0 = 0; exit` for BPF_PROG_TYPE_SCHED_CLS (3) or BPF_PROG_TYPE_SCHED_ACT (4), and keeps the descriptor open over
/// the start of a program.
const LOAD: &str = r#"
    my ($type, @rest) = @ARGV;
    my ($code, $licence) = (pack('CCsl CCsl', 0xb7, 0, 0, 0, 0x95, 0, 0, 0), "GPL\0");
    my $attr = pack('LLQQLLQLL', $type, 2, unpack('Q', pack('P', $code)), unpack('Q', pack('P', $licence)), 0, 0, 0, 0, 0);
    $attr .= pack('Z16', 'returns_zero') . "\0" x 64;
    my $fd = syscall(321, 5, $attr, length $attr);
    die "BPF_PROG_LOAD: $!" if $fd < 0;
    syscall(72, $fd, 2, 0);
    $ENV{NETLINK_TESTS_BPF_PROGRAM} = $fd;
    exec @rest;
"#;

/// Runs a test of this file with a program of this type.
fn with_program(kind: &str, inner: &str) {
    let (Some(perl), Some(())) = (require::tool("perl"), require::root_outside()) else { return };
    let this = env::current_exe().unwrap();
    let name = format!("programs::{inner}");
    let mut command = Command::new(perl);
    command.args(["-e", LOAD, kind]).arg(this).args(["--exact", &name, "--ignored", "--nocapture"]);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn program() -> Option<u32> {
    Some(env::var(PROGRAM).expect("a program").parse().unwrap())
}

#[test]
fn a_filter() {
    if require::classifier("bpf").is_some() {
        with_program("3", "a_filter_with_the_program");
    }
}

#[test]
#[ignore = "started by the test above, with a program"]
fn a_filter_with_the_program() {
    let (fd, name) = (program(), Some("a name".into()));
    let options = Bpf { fd, name, flags: Some(BpfFlags::ACT_DIRECT), ..Bpf::default() };
    with_link(move |route, index| {
        route.tell(qdisc::add(index, Handle::UNSPEC, QdiscOptions::Clsact)).unwrap();
        let add = filter::add(index, Handle::CLSACT_EGRESS, 9, 3, FilterOptions::Bpf(options)).handle(2);
        let got = add_at_egress(route, index, add, &["fd"]);
        let Some(FilterOptions::Bpf(told)) = &got.options else { panic!("{got:?}") };
        let (id, tag) = (told.id.expect("a number"), told.tag.expect("a hash"));
        let tag: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
        let show = ["-d", "filter", "show", "dev", "t0", "egress"];
        assert_says(&show, &format!("handle 0x2 a name direct-action not_in_hw id {id}"));
        assert_says(&show, &format!("tag {tag}"));
    });
}

#[test]
fn an_action() {
    if require::action("bpf").is_some() {
        with_program("4", "an_action_with_the_program");
    }
}

#[test]
#[ignore = "started by the test above, with a program"]
fn an_action_with_the_program() {
    let parms = General { index: 42, action: Verdict::Pipe, ..General::default() };
    let options =
        action::Bpf { parms: Some(parms), fd: program(), name: Some("a name".into()), ..action::Bpf::default() };
    with_link(move |route, _| {
        let set = Action::new(ActionOptions::Bpf(options));
        route.tell(action::add(set.clone())).unwrap();
        let listed: Vec<Actions<'_>> =
            route.dump(action::list("bpf")).unwrap().map(|actions| actions.unwrap()).collect();
        let got = Actions { tab: vec![(1, listed[0].tab[0].1.clone())], ..Actions::default() };
        assert_told_within("tab", &Actions { tab: vec![(1, set)], ..Actions::default() }, &got, &["fd"]);
        let Some(ActionOptions::Bpf(told)) = &got.tab[0].1.options else { panic!("{got:?}") };
        let (id, tag) = (told.id.expect("a number"), told.tag.expect("a hash"));
        let tag: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_says(
            &["-d", "actions", "list", "action", "bpf"],
            &format!("bpf a name id {id} name returns_zero tag {tag}"),
        );
        reencode::assert(route, Route::GET_ACTION.with(&action::list("bpf").body), &[]);
    });
}
