//! Routes with programs of BPF.

use netlink_core::{IntoRequest, errno::Errno};
use netlink_tests::{
    netns,
    programs::{self, ProgramType},
    reencode,
};
use protocols::route::routes::{self, BpfEncap, BpfProg, Encap, Seg6Action, Seg6Local, Seg6LocalBpf};

use crate::{found, furnished, index, ip, json, net};

#[test]
fn packets_of_a_route_go_through_programs() {
    let types = [ProgramType::LwtIn, ProgramType::LwtOut, ProgramType::LwtXmit];
    let Some(fds) = programs::loaded(&types) else { return };
    netns::run(move || {
        let mut route = furnished();
        let program =
            |fd: Option<u32>, name: &'static str| Some(BpfProg { fd, name: Some(name.into()), ..BpfProg::default() });
        let encap = |fds: [Option<u32>; 3]| BpfEncap {
            r#in: program(fds[0], "comes-in"),
            out: program(fds[1], "is-sent"),
            xmit: program(fds[2], "goes-out"),
            xmit_headroom: Some(200),
            ..BpfEncap::default()
        };
        let [one, two, three] = fds[..] else { panic!() };
        let add = |encap| routes::add(net("10.9.0.0/16")).dev(index("v0")).encap(Encap::Bpf(Box::new(encap)));
        // Each place takes a program that is made for it.
        assert!(route.tell(add(encap([Some(three), Some(two), Some(one)]))).is_err());
        route.tell(add(encap([Some(one), Some(two), Some(three)]))).unwrap();
        let told = found(&mut route, routes::list().v4(), "10.9.0.0/16");
        // The file descriptors are those of whoever asked, and the room is not told.
        let expected = BpfEncap { xmit_headroom: None, ..encap([None; 3]) };
        assert_eq!(told.encap.as_deref(), Some(&Encap::Bpf(Box::new(expected))));
        let much = BpfEncap { xmit_headroom: Some(257), ..encap([Some(one), Some(two), Some(three)]) };
        assert_eq!(route.tell(add(much).replace()).unwrap_err().errno(), Some(Errno::RANGE));
        let shown = ip("route show 10.9.0.0/16").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains("encap bpf in comes-in out is-sent xmit goes-out"), "{shown}");
        reencode::assert(&mut route, routes::list().v4().into_request(), &[]);
    });
}

#[test]
fn a_program_decides_at_the_end_of_a_segment() {
    let Some(fds) = programs::loaded(&[ProgramType::LwtSeg6Local]) else { return };
    netns::run(move || {
        let mut route = furnished();
        let bpf = Seg6LocalBpf { prog: Some(fds[0]), prog_name: Some("decides".into()) };
        let local = Seg6Local { action: Some(Seg6Action::EndBpf), bpf: Some(bpf), ..Seg6Local::default() };
        let encap = Encap::Seg6Local(Box::new(local));
        route.tell(routes::add(net("fc00:7::/64")).dev(index("v0")).encap(encap)).unwrap();
        let told = found(&mut route, routes::list().v6(), "fc00:7::/64");
        let Some(Encap::Seg6Local(told)) = told.encap.as_deref() else { panic!("{told:?}") };
        let told = told.bpf.as_ref().unwrap();
        // The number of the program, as the kernel tells it of the file descriptor.
        let info = std::fs::read_to_string(format!("/proc/self/fdinfo/{}", fds[0])).unwrap();
        let id = info.lines().find_map(|line| line.strip_prefix("prog_id:")).unwrap().trim();
        assert_eq!((told.prog, told.prog_name.as_ref().unwrap()), (id.parse().ok(), &"decides".into()));
        let shown = json("ip", "-6 route show");
        let shown = shown.iter().find(|entry| entry["dst"] == "fc00:7::/64").unwrap();
        assert_eq!((&shown["action"], &shown["endpoint"]), (&"End.BPF".into(), &"decides".into()), "{shown:#}");
        reencode::assert(&mut route, routes::list().v6().into_request(), &[]);
    });
}
