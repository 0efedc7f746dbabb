//! What a test needs of the running kernel: asked of the kernel itself, in a network namespace that goes away at once.
//! What is missing is told with [`unsupported`](super::unsupported), and fails nothing: another kernel has it.

use std::{
    collections::BTreeSet,
    env, fs,
    path::PathBuf,
    process::Command,
    sync::{Mutex, PoisonError},
    thread,
};

use netlink_core::{
    Connection, Errno, Error, NlFamily, NlMessage, Request,
    error::Refused,
    generic::{Controller, Family},
    operation::{RawOperation, Undeclared},
    protocol::Route,
};
use nix::sched::{CloneFlags, unshare};

use super::{SYS_ADMIN, capability, skipped, unsupported};

/// `IFLA_INFO_KIND`, `TCA_KIND` and `TCA_ACT_KIND` are all the number 1.
#[derive(NlMessage, Debug, Default)]
struct Kind {
    #[nl_attr(1)]
    kind: Option<String>,
}

// Message types and attributes of linux/rtnetlink.h and linux/if_link.h.
const RTM_NEWLINK: u16 = 16;
const RTM_NEWQDISC: u16 = 36;
const RTM_NEWTFILTER: u16 = 44;
const RTM_NEWACTION: u16 = 48;
const IFLA_LINKINFO: u16 = 18;
const TCA_KIND: u16 = 1;
const TCA_ACT_TAB: u16 = 1;

/// A kernel of at least this version, for what nothing else tells: `linux(6, 6)`.
#[track_caller]
pub fn linux(major: u32, minor: u32) -> Option<()> {
    if !is_linux(major, minor) {
        unsupported(format_args!("needs Linux {major}.{minor}"));
        return None;
    }
    Some(())
}

/// As [`linux`], for a part of a test without which the rest is a proof, too: nothing is told.
pub fn is_linux(major: u32, minor: u32) -> bool {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").expect("the release of the kernel");
    version(&release) >= (major, minor)
}

fn version(release: &str) -> (u32, u32) {
    let mut numbers = release.split(|char: char| !char.is_ascii_digit()).map_while(|number| number.parse().ok());
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// A kind of link that the kernel makes with `ip link add type KIND`.
#[track_caller]
pub fn link_kind(kind: &str) -> Option<()> {
    tell("kind of link", kind, has_link_kind(kind)?)
}

/// A queueing discipline: `qdisc("htb")`.
#[track_caller]
pub fn qdisc(kind: &str) -> Option<()> {
    tell("qdisc", kind, has_qdisc(kind)?)
}

/// A classifier of traffic control: `classifier("flower")`.
#[track_caller]
pub fn classifier(kind: &str) -> Option<()> {
    tell("classifier", kind, has_classifier(kind)?)
}

/// An action of traffic control: `action("mirred")`. Only root outside of user namespaces can ask.
#[track_caller]
pub fn action(kind: &str) -> Option<()> {
    tell("action", kind, has_action(kind)?)
}

/// A family of generic netlink. Its module is loaded if the name of the family tells the kernel which; see [`module`].
#[track_caller]
pub fn generic_family(name: &str) -> Option<()> {
    tell("generic family", name, has_generic_family(name))
}

/// A module of the kernel, which is loaded if it can be. Built in counts as loaded.
#[track_caller]
pub fn module(name: &str) -> Option<()> {
    tell("module", name, loads_module(name))
}

/// As [`module`], without telling.
pub fn loads_module(name: &str) -> bool {
    if !has_module(name) {
        // There may be no such program, which is as good as a module that is not there.
        let _ = Command::new("modprobe").args(["-q", name]).status();
    }
    has_module(name)
}

/// Says it if the kernel does not have something.
fn tell(what: &str, name: &str, has: bool) -> Option<()> {
    if !has {
        unsupported(format_args!("the kernel has no {what} `{name}`"));
    }
    has.then_some(())
}

/// As [`link_kind`], without telling.
#[track_caller]
pub fn has_link_kind(kind: &str) -> Option<bool> {
    remembered("link", kind, || {
        let info = Kind { kind: Some(kind.to_owned()) };
        let answer = in_namespace(move |route| {
            // `struct ifinfomsg`, all zero. Kinds that need more than their name are refused for another reason.
            let request = Request::raw(Route, RTM_NEWLINK).create().exclusive();
            route.tell(request.add_bytes(&[0; 16]).add_attr(IFLA_LINKINFO, &info))
        })?;
        Some(!is_unknown(answer, |refused| refused.message() == Some("Unknown device type")))
    })
}

/// As [`qdisc`], without telling.
#[track_caller]
pub fn has_qdisc(kind: &str) -> Option<bool> {
    remembered("qdisc", kind, || {
        let kind = kind.to_owned();
        let answer = in_namespace(move |route| route.tell(on_loopback(RTM_NEWQDISC, TC_H_ROOT, &kind)))?;
        Some(!is_unknown(answer, |refused| refused.errno() == Errno::NOENT))
    })
}

/// As [`classifier`], without telling.
#[track_caller]
pub fn has_classifier(kind: &str) -> Option<bool> {
    remembered("classifier", kind, || {
        let kind = kind.to_owned();
        let answer = in_namespace(move |route| {
            route.tell(on_loopback(RTM_NEWQDISC, TC_H_CLSACT, "clsact"))?;
            route.tell(on_loopback(RTM_NEWTFILTER, TC_H_CLSACT_INGRESS, &kind))
        })?;
        Some(!is_unknown(answer, |refused| refused.errno() == Errno::NOENT))
    })
}

/// As [`action`], without telling.
#[track_caller]
pub fn has_action(kind: &str) -> Option<bool> {
    remembered("action", kind, || {
        let first = Action { first: Some(Kind { kind: Some(kind.to_owned()) }) };
        let answer = in_namespace(move |route| {
            // `struct tcamsg`.
            route.tell(Request::raw(Route, RTM_NEWACTION).create().add_bytes(&[0; 4]).add_attr(TCA_ACT_TAB, &first))
        })?;
        Some(!is_unknown(answer, |refused| refused.errno() == Errno::NOENT))
    })
}

fn has_generic_family(name: &str) -> bool {
    let mut controller = Controller::connect().expect("generic netlink");
    let wanted = Family { name: Some(name.into()), ..Family::default() };
    let answer = controller.ask(Controller::GET_FAMILY.with(&wanted)).map(drop);
    !is_unknown(answer, |refused| refused.errno() == Errno::NOENT)
}

fn has_module(name: &str) -> bool {
    let name = name.replace('-', "_");
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let built_in = fs::read_to_string(format!("/lib/modules/{}/modules.builtin", release.trim())).unwrap_or_default();
    let is_it = |path: &str| {
        let file = path.rsplit('/').next().unwrap_or_default();
        file.strip_suffix(".ko").is_some_and(|module| module.replace('-', "_") == name)
    };
    fs::exists(format!("/sys/module/{name}")).unwrap_or(false) || built_in.lines().any(is_it)
}

/// `TCA_ACT_TAB` is a list by priority; the first is 1.
#[derive(NlMessage, Debug, Default)]
struct Action {
    #[nl_attr(1)]
    first: Option<Kind>,
}

type Raw = Request<Undeclared<Route>, RawOperation, &'static [u8]>;

const TC_H_ROOT: u32 = 0xffff_ffff;
const TC_H_CLSACT: u32 = 0xffff_fff1;
const TC_H_CLSACT_INGRESS: u32 = 0xffff_fff2;

/// A request with `struct tcmsg` about the loopback interface, which has the number 1 in every namespace.
fn on_loopback(message_type: u16, parent: u32, kind: &str) -> Raw {
    // Classifiers want a protocol: all of them, ETH_P_ALL, as it is in the frame.
    let info = u32::from(3_u16.to_be());
    let [ifindex, parent, info] = [1_u32, parent, info].map(u32::to_ne_bytes);
    let tcmsg = [[0; 4], ifindex, [0; 4], parent, info].concat();
    Request::raw(Route, message_type).create().exclusive().add_bytes(&tcmsg).add_attr(TCA_KIND, &kind)
}

/// The environment variable with a directory in which processes tell each other what was found.
const FOUND: &str = "NETLINK_FOUND";

/// Asks once for what is there, since a namespace for each question takes its time. What is not there may come with a
/// module that somebody loads, and is asked for each time.
#[track_caller]
fn remembered(what: &str, name: &str, ask: impl FnOnce() -> Option<bool>) -> Option<bool> {
    static HERE: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let here = || HERE.lock().unwrap_or_else(PoisonError::into_inner);
    capability(SYS_ADMIN)?;
    let key = format!("{what}-{name}");
    let file = env::var_os(FOUND).filter(|directory| !directory.is_empty()).map(|all| PathBuf::from(all).join(&key));
    if here().contains(&key) || file.as_ref().is_some_and(|file| file.exists()) {
        return Some(true);
    }
    let answer = ask();
    if answer == Some(true) {
        here().insert(key);
        // Without the file, the next process asks again.
        file.map(|file| fs::write(file, ""));
    }
    answer
}

/// Asks in a new network namespace. `None`, told as a skipped test, without the permission.
#[track_caller]
fn in_namespace(
    ask: impl FnOnce(&mut Connection<Route>) -> Result<(), Error> + Send + 'static,
) -> Option<Result<(), Error>> {
    capability(SYS_ADMIN)?;
    let asking = thread::spawn(|| {
        unshare(CloneFlags::CLONE_NEWNET).expect("a network namespace");
        ask(&mut Connection::open()?)
    });
    let answer = asking.join().expect("an answer");
    if matches!(&answer, Err(error) if error.errno() == Some(Errno::PERM)) {
        skipped("needs root outside of user namespaces");
        return None;
    }
    Some(answer)
}

/// Whether the kernel said that it does not know the name. Any other refusal means that it does.
fn is_unknown(answer: Result<(), Error>, said: impl FnOnce(&Refused) -> bool) -> bool {
    match answer {
        Ok(()) => false,
        Err(Error::Refused(refused)) => said(&refused),
        Err(error) => panic!("what the kernel has cannot be asked: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_kernel_here_has_is_found_and_what_none_has_is_not() {
        assert!(has_generic_family("nlctrl"));
        assert!(!has_generic_family("no-such-family"));
        assert!(!has_module("no-such-module"));
        let Some(()) = capability(SYS_ADMIN) else { return };
        assert_eq!([has_link_kind("veth"), has_link_kind("veth")], [Some(true); 2], "also when it is remembered");
        assert_eq!(has_link_kind("vxlan"), Some(true), "needs more than its name");
        assert_eq!(has_link_kind("no-such-kind"), Some(false));
        assert_eq!(has_qdisc("htb"), Some(true));
        assert_eq!(has_qdisc("no-such-kind"), Some(false));
        assert_eq!(has_classifier("u32"), Some(true), "needs more than its name");
        assert_eq!(has_classifier("no-such-kind"), Some(false));
        let Some(()) = crate::require::root_outside() else { return };
        assert_eq!(has_action("mirred"), Some(true), "needs more than its name");
        assert_eq!(has_action("no-such-kind"), Some(false));
    }

    #[test]
    fn releases_are_compared_as_numbers() {
        assert_eq!(version("6.1.0-56-amd64\n"), (6, 1));
        assert!(version("5.10.0") < (5, 11) && version("6.12.117+deb12-amd64") > (6, 6));
    }
}
