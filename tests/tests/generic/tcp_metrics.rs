//! What TCP remembers, compared with `ip tcp_metrics`.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

use netlink_core::{Errno, NlFamily};
use netlink_tests::{netns, require};
use protocols::generic::tcp_metrics::{Metrics, TcpMetrics};

#[test]
fn a_host_is_remembered_and_forgotten() {
    netns::run(|| {
        let Some(()) = require::generic_family("tcp_metrics") else { return };
        // To have it forgotten.
        let Some(()) = require::root_outside() else { return };
        netns::output("ip", &["link", "set", "lo", "up"]);
        netns::output("sysctl", &["-q", "-w", "net.ipv4.tcp_no_metrics_save=0"]);
        let address = Ipv4Addr::new(127, 0, 0, 9);
        // The kernel remembers what it measured when a connection ends, on the side that ends it.
        let listener = TcpListener::bind((address, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        for _ in 0..3 {
            let mut stream = TcpStream::connect((address, port)).unwrap();
            let (mut served, _) = listener.accept().unwrap();
            let server = thread::spawn(move || {
                let mut bytes = Vec::new();
                served.read_to_end(&mut bytes).unwrap();
                served.write_all(&bytes).unwrap();
            });
            stream.write_all(&[7; 100_000]).unwrap();
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            stream.read_to_end(&mut Vec::new()).unwrap();
            server.join().unwrap();
        }

        let mut tcp = TcpMetrics::connect().unwrap();
        let wanted = Metrics { addr_ipv4: Some(address), ..Metrics::default() };
        // `ip` prints one line a host; `-o -s` names the values in microseconds and segments. The last packets of a
        // connection may come after its end was seen: then both are read again.
        let begun = Instant::now();
        let (host, printed) = loop {
            let all = tcp.list(TcpMetrics::GET.dump_with(&()), 3).unwrap().entries;
            let host = all.into_iter().find(|host| host.addr_ipv4 == Some(address)).expect("the host is remembered");
            let printed = netns::output("ip", &["tcp_metrics", "show", &address.to_string()]);
            let one = tcp.ask(TcpMetrics::GET.with(&wanted)).unwrap();
            assert_eq!(one.addr_ipv4, host.addr_ipv4);
            if one.vals == host.vals {
                break (host, printed);
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{one:?} is not {host:?}");
        };
        assert_eq!(host.unknown.iter().count(), 0, "{host:?}");

        let words: Vec<&str> = printed.split_whitespace().collect();
        let word_after = |label: &str| words.iter().position(|word| *word == label).map(|index| words[index + 1]);
        assert_eq!(words[0], address.to_string());
        let vals = host.vals.as_ref().expect("something was measured");
        let micros = |value: Option<u32>, shift: u32| value.map(|value| format!("{}us", value >> shift));
        assert_eq!(micros(vals.rtt_us, 3).as_deref(), word_after("rtt"), "{printed}");
        assert_eq!(micros(vals.rttvar_us, 2).as_deref(), word_after("rttvar"), "{printed}");
        assert_eq!(vals.cwnd.map(|cwnd| cwnd.to_string()).as_deref(), word_after("cwnd"), "{printed}");
        assert_eq!(host.saddr_ipv4.map(|source| source.to_string()).as_deref(), word_after("source"), "{printed}");

        tcp.tell(TcpMetrics::DEL.with(&wanted)).unwrap();
        let error = tcp.ask(TcpMetrics::GET.with(&wanted)).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::SRCH), "{error}");
    });
}
