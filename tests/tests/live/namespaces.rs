//! Sockets in other namespaces, and notifications from them.

use std::{
    fs::File,
    os::fd::{AsRawFd, OwnedFd},
    process::{Child, Command},
    thread,
    time::Duration,
};

use netlink_core::{
    Connection, Errno, Error, NlFamily, Request,
    connection::Incoming,
    protocol::Route as RouteProtocol,
    socket::{Namespace, SocketOption},
};
use netlink_tests::{netns, require};
use nix::sched::{CloneFlags, unshare};
use protocols::route::Route;

use super::{Conn, mtu, set_mtu};

const MTU: u32 = 12_345;

/// Another namespace, in which the loopback device has a mark, and a process that is in it.
fn elsewhere() -> (File, Child) {
    let inside = || {
        unshare(CloneFlags::CLONE_NEWNET).unwrap();
        set_mtu(&mut Route::connect().unwrap(), MTU);
        let process = Command::new("sleep").arg("60").spawn().unwrap();
        (File::open("/proc/thread-self/ns/net").unwrap(), process)
    };
    thread::spawn(inside).join().unwrap()
}

#[test]
fn trap_31_a_socket_is_opened_elsewhere_and_the_thread_stays() {
    netns::run(|| {
        if require::tool("sleep").is_none() {
            return;
        }
        let (file, mut process) = elsewhere();
        let of_process = Namespace::of_process(process.id()).unwrap();
        let by_path = Namespace::at(format!("/proc/{}/ns/net", process.id())).unwrap();
        let by_file = Namespace::from(OwnedFd::from(file));
        for namespace in [of_process, by_path, by_file] {
            let mut there = Conn::open_in(&namespace).unwrap();
            assert_eq!(mtu(&mut there), MTU);
            assert_ne!(mtu(&mut Route::connect().unwrap()), MTU);
            // They stay different when the process has gone.
            let _ = process.kill();
            let _ = process.wait();
            assert_eq!(mtu(&mut there), MTU);
        }
        let mut here = Conn::open_in(&Namespace::current().unwrap()).unwrap();
        assert_ne!(mtu(&mut here), MTU);
        let none = Namespace::from(File::open("/dev/null").unwrap());
        let error = Conn::open_in(&none).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::INVAL));
    });
}

#[test]
fn trap_31_a_namespace_has_a_name() {
    netns::run(|| {
        if require::tool("ip").is_none() || require::tool("mount").is_none() {
            return;
        }
        // Names are files: in a mount namespace of this thread's own nobody else sees them.
        unshare(CloneFlags::CLONE_NEWNS).unwrap();
        netns::output("mount", &["--make-rprivate", "/"]);
        netns::output("mount", &["-t", "tmpfs", "none", "/run"]);
        netns::output("ip", &["netns", "add", "blue"]);
        netns::output("ip", &["-n", "blue", "link", "set", "lo", "mtu", "2222"]);
        let mut blue = Conn::open_in(&Namespace::named("blue").unwrap()).unwrap();
        assert_eq!(mtu(&mut blue), 2222);
        assert_ne!(mtu(&mut Route::connect().unwrap()), 2222);
        assert_eq!(Namespace::named("green").unwrap_err().kind(), std::io::ErrorKind::NotFound);
    });
}

#[test]
fn trap_31_notifications_of_other_namespaces_tell_which() {
    netns::run(|| {
        if require::tool("sleep").is_none() {
            return;
        }
        let (file, mut process) = elsewhere();
        let mut listener = Route::connect().unwrap();
        assert!(listener.socket().set_option(SocketOption::ListenAllNsid, true).unwrap());
        listener.join(Route::LINKS).unwrap();
        // RTM_NEWNSID: a `struct rtgenmsg`, NETNSA_NSID and NETNSA_FD.
        let descriptor = file.as_raw_fd().cast_unsigned();
        let name = Request::raw(RouteProtocol, 88).add_bytes(&[0; 4]).add_attr(1, &77_i32).add_attr(3, &descriptor);
        listener.tell(name).unwrap();

        let mut there = Connection::<RouteProtocol>::open_in(&Namespace::from(file)).unwrap();
        set_mtu(&mut there, 4444);
        set_mtu(&mut Route::connect().unwrap(), 5555);
        let mut events = listener.events().timeout(Duration::from_secs(5));
        let mut told = Vec::new();
        while told.len() < 2 {
            let Some(Ok(Incoming::Notification(event))) = events.next_event() else { panic!("{told:?}") };
            let link = event.decode(Route::LINK_CHANGED).unwrap();
            told.push((event.envelope().nsid, event.group(), link.mtu));
        }
        assert_eq!(told, [(Some(77), 1, Some(4444)), (None, 1, Some(5555))]);
        let mut events = listener.events().timeout(Duration::from_millis(10));
        assert!(matches!(events.next_event(), Some(Err(Error::Timeout))));
        let _ = process.kill();
        let _ = process.wait();
    });
}
