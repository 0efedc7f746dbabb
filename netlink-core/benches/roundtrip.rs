//! What a conversation costs, next to `sendto` and `recvfrom` by hand with messages that were put together before.
//!
//! `cargo bench -p netlink-core --bench roundtrip` prints microseconds, the fastest of many runs that alternate, and how
//! many times the time by hand it takes; `-- reply`, `ack`, `batch` or `routes` behind it measures a part. Everything is
//! measured in a network namespace of its own, which needs root; without, what needs no privilege is measured in the
//! namespace that is there.
#![allow(unsafe_code)]

use std::{
    hint::black_box,
    io,
    net::Ipv4Addr,
    os::fd::{AsRawFd, FromRawFd, OwnedFd},
    time::Instant,
};

use netlink_core::{
    Connection, Do, NlFamily, NlMessage, NlStruct, Request,
    protocol::Route as RouteProtocol,
    wire::{self, MessageFlags},
};

/// As much of route as is measured.
#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Route {
    #[nl(18, reply = 16)]
    get_link: Do<Link<'static>, Link<'static>>,
    #[nl(19)]
    set_link: Do<Link<'static>>,
    #[nl(24)]
    new_route: Do<Entry>,
    #[nl(25)]
    del_route: Do<Entry>,
}

#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct LinkHeader {
    #[nl(pad = 1)]
    family: u8,
    kind: u16,
    index: i32,
    flags: u32,
    change: u32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
#[nl(borrowed)]
struct Link<'a> {
    #[nl_attr(header)]
    header: LinkHeader,
    #[nl_attr(3)]
    name: Option<&'a [u8]>,
    #[nl_attr(4)]
    mtu: Option<u32>,
    #[nl_attr(13)]
    queue: Option<u32>,
}

#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct EntryHeader {
    family: u8,
    dst_len: u8,
    src_len: u8,
    tos: u8,
    table: u8,
    protocol: u8,
    scope: u8,
    kind: u8,
    flags: u32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Entry {
    #[nl_attr(header)]
    header: EntryHeader,
    #[nl_attr(1)]
    dst: Option<Ipv4Addr>,
    #[nl_attr(4)]
    oif: Option<u32>,
    #[nl_attr(6)]
    priority: Option<u32>,
}

/// A socket by hand.
struct Raw {
    fd: OwnedFd,
    buffer: Vec<u8>,
}

fn check(result: isize) -> usize {
    usize::try_from(result).unwrap_or_else(|_| panic!("{}", io::Error::last_os_error()))
}

impl Raw {
    /// With the options that a connection has.
    fn open() -> Self {
        // SAFETY: `socket` takes only numbers.
        let fd = unsafe { libc::socket(libc::AF_NETLINK, libc::SOCK_RAW | libc::SOCK_CLOEXEC, libc::NETLINK_ROUTE) };
        check(fd as isize);
        // SAFETY: `socket` has just made it, and nobody else owns it.
        let fd = unsafe { OwnedFd::from_raw_fd(fd) };
        for option in [libc::NETLINK_EXT_ACK, libc::NETLINK_CAP_ACK, libc::NETLINK_GET_STRICT_CHK] {
            let on: libc::c_int = 1;
            let (value, length) = ((&raw const on).cast(), size_of_val(&on) as libc::socklen_t);
            // SAFETY: `setsockopt` reads as many bytes from the pointer as the length says.
            check(unsafe { libc::setsockopt(fd.as_raw_fd(), libc::SOL_NETLINK, option, value, length) } as isize);
        }
        Self { fd, buffer: vec![0; 64 * 1024] }
    }

    fn send(&self, bytes: &[u8]) {
        let (from, null) = (bytes.as_ptr().cast(), std::ptr::null());
        // SAFETY: `sendto` reads as many bytes from `bytes` as it has; there is no address.
        let sent = unsafe { libc::sendto(self.fd.as_raw_fd(), from, bytes.len(), 0, null, 0) };
        assert_eq!(check(sent), bytes.len());
    }

    /// A datagram of the kernel: anybody else may send one too, and only the address tells.
    fn receive(&mut self) -> &[u8] {
        let mut address = [0_u32; 3];
        let mut address_length = size_of_val(&address) as libc::socklen_t;
        let (into, from) = (self.buffer.as_mut_ptr().cast(), (&raw mut address).cast());
        let (fd, length) = (self.fd.as_raw_fd(), &raw mut address_length);
        // SAFETY: `recvfrom` writes at most as many bytes as the buffer and the address have.
        let got = unsafe { libc::recvfrom(fd, into, self.buffer.len(), 0, from, length) };
        assert_eq!(address[1], 0, "not from the kernel");
        &self.buffer[..check(got)]
    }

    /// An acknowledgement, with what has to be looked at: the type, and the error number.
    fn acknowledged(&mut self) {
        let bytes = self.receive();
        assert_eq!(bytes[4..6], 2_u16.to_ne_bytes());
        assert_eq!(bytes[16..20], [0; 4], "refused");
    }
}

/// Seconds of the fastest run of each, which take turns.
fn fastest(runs: usize, mut by_hand: impl FnMut(), mut ours: impl FnMut()) -> [f64; 2] {
    let mut best = [f64::INFINITY; 2];
    for _ in 0..runs {
        for (best, run) in best.iter_mut().zip([&mut by_hand as &mut dyn FnMut(), &mut ours]) {
            let start = Instant::now();
            run();
            *best = best.min(start.elapsed().as_secs_f64());
        }
    }
    best
}

fn report(what: &str, [by_hand, ours]: [f64; 2], times: usize) {
    let micros = |seconds: f64| seconds * 1e6 / times as f64;
    println!("{what:<72} by hand {:9.3} us, ours {:9.3} us, {:.2}x", micros(by_hand), micros(ours), ours / by_hand);
}

fn lo() -> Link<'static> {
    Link { header: LinkHeader { index: 1, ..LinkHeader::default() }, ..Link::default() }
}

/// The fields of [`Link`], taken out of a reply.
fn read_by_hand(message: &[u8]) -> Option<Link<'_>> {
    assert_eq!(message[4..6], 16_u16.to_ne_bytes());
    let word = |at: usize| message[at..].first_chunk().copied().unwrap_or_default();
    let header = LinkHeader {
        family: message[16],
        kind: u16::from_ne_bytes([message[18], message[19]]),
        index: i32::from_ne_bytes(word(20)),
        flags: u32::from_ne_bytes(word(24)),
        change: u32::from_ne_bytes(word(28)),
    };
    let mut link = Link { header, ..Link::default() };
    let mut attrs = &message[32..];
    while let Some((&[l0, l1, k0, k1], _)) = attrs.split_first_chunk() {
        let len = usize::from(u16::from_ne_bytes([l0, l1]));
        let payload = attrs.get(4..len)?;
        match u16::from_ne_bytes([k0, k1]) & 0x3fff {
            3 => link.name = Some(payload),
            4 => link.mtu = Some(u32::from_ne_bytes(payload.try_into().ok()?)),
            13 => link.queue = Some(u32::from_ne_bytes(payload.try_into().ok()?)),
            _ => {}
        }
        attrs = attrs.get(len.next_multiple_of(4)..).unwrap_or_default();
    }
    Some(link)
}

/// One request, its reply, its acknowledgement.
fn round_trip() {
    const TIMES: usize = 200;
    let (mut raw, mut route) = (Raw::open(), Route::connect().unwrap());
    let request = Route::GET_LINK.with(&lo()).ack().to_bytes(1, 0).unwrap();
    let by_hand = || {
        for _ in 0..TIMES {
            raw.send(&request);
            assert!(black_box(read_by_hand(raw.receive()).unwrap()).name.is_some());
            raw.acknowledged();
        }
    };
    let ours = || {
        for _ in 0..TIMES {
            let link = route.ask(Route::GET_LINK.with(&lo())).unwrap();
            assert!(black_box(link).name.is_some());
        }
    };
    report("request, reply and acknowledgement (RTM_GETLINK)", fastest(200, by_hand, ours), TIMES);
}

/// One request and its acknowledgement.
fn acknowledgement() {
    const TIMES: usize = 200;
    let (mut raw, mut route) = (Raw::open(), Route::connect().unwrap());
    let request = Route::SET_LINK.with(&lo()).ack().to_bytes(1, 0).unwrap();
    let by_hand = || {
        for _ in 0..TIMES {
            raw.send(&request);
            raw.acknowledged();
        }
    };
    let ours = || {
        for _ in 0..TIMES {
            route.tell(Route::SET_LINK.with(&lo())).unwrap();
        }
    };
    report("request and acknowledgement (RTM_SETLINK, nothing to change)", fastest(200, by_hand, ours), TIMES);
}

/// Datagrams with so many requests each, the last or each of them acknowledged.
fn prebuilt(requests: impl Iterator<Item = Vec<u8>>, each: bool, window: usize) -> Vec<(Vec<u8>, usize)> {
    let mut requests = requests.peekable();
    let mut datagrams = Vec::new();
    while requests.peek().is_some() {
        let mut bytes = Vec::new();
        let (mut last, mut count) = (0, 0);
        for request in requests.by_ref().take(window) {
            last = bytes.len();
            bytes.extend(request);
            if each {
                bytes[last + 6] |= MessageFlags::ACK.bits() as u8;
            }
            count += 1;
        }
        bytes[last + 6] |= MessageFlags::ACK.bits() as u8;
        datagrams.push((bytes, if each { count } else { 1 }));
    }
    datagrams
}

fn send_all(raw: &mut Raw, datagrams: &[(Vec<u8>, usize)]) {
    for (datagram, answers) in datagrams {
        raw.send(datagram);
        (0..*answers).for_each(|_| raw.acknowledged());
    }
}

/// 1 000 requests: 500 routes come, and go again. And 1 000 that change nothing: the least that the kernel can do.
fn thousand() {
    const COUNT: usize = 1000;
    let routes = |number: usize| {
        let (operation, flags) = match number < COUNT / 2 {
            true => (Route::NEW_ROUTE, MessageFlags::CREATE | MessageFlags::EXCL),
            false => (Route::DEL_ROUTE, MessageFlags::NONE),
        };
        operation.with(&entry((number % (COUNT / 2)) as u32)).flags(flags)
    };
    compare("batch of 1000 routes", COUNT, routes);
    compare("batch of 1000 requests that change nothing", COUNT, |_| Route::SET_LINK.with(&lo()));
}

fn compare<B>(what: &str, count: usize, request: impl Fn(usize) -> Request<Route, Do<B>, B>)
where
    B: wire::Body,
{
    // By hand as many go together as there may be: all, or as many as have room for their answers.
    for (each, window) in [(false, count), (true, 250)] {
        let (mut raw, mut route) = (Raw::open(), Route::connect().unwrap());
        up(&mut route);
        let bytes = |number| request(number).to_bytes(1, 0).unwrap();
        let datagrams = prebuilt((0..count).map(bytes), each, window);
        let by_hand = || send_all(&mut raw, &datagrams);
        let ours = || {
            let batch = route.batch();
            let mut batch = if each { batch.acknowledge_each() } else { batch };
            for number in 0..count {
                batch.add(request(number)).unwrap();
            }
            assert!(batch.finish().is_success());
        };
        let acks = if each { "each acknowledged" } else { "the last acknowledged" };
        report(&format!("{what}, {acks} (for one)"), fastest(200, by_hand, ours), count);
    }
}

/// `number` gives 10.0.0.0 and on.
fn entry(number: u32) -> Entry {
    let header =
        EntryHeader { family: 2, dst_len: 32, table: 254, protocol: 4, scope: 253, kind: 1, ..EntryHeader::default() };
    Entry { header, dst: Some(Ipv4Addr::from(0x0a00_0000 + number)), oif: Some(1), priority: None }
}

/// 300 000 routes, in a namespace of their own each time.
fn routes() {
    const COUNT: u32 = 300_000;
    let create = MessageFlags::CREATE | MessageFlags::EXCL;
    let bytes = |number| Route::NEW_ROUTE.with(&entry(number)).flags(create).to_bytes(1, 0).unwrap();
    let datagrams = prebuilt((0..COUNT).map(bytes), false, 1000);
    let mut best = [f64::INFINITY; 2];
    for _ in 0..5 {
        namespace().unwrap();
        let mut raw = Raw::open();
        up(&mut Route::connect().unwrap());
        let start = Instant::now();
        send_all(&mut raw, &datagrams);
        best[0] = best[0].min(start.elapsed().as_secs_f64());

        namespace().unwrap();
        let mut route = Route::connect().unwrap();
        up(&mut route);
        let start = Instant::now();
        let mut batch = route.batch();
        for number in 0..COUNT {
            batch.add(Route::NEW_ROUTE.with(&entry(number)).create().exclusive()).unwrap();
        }
        let report = batch.finish();
        best[1] = best[1].min(start.elapsed().as_secs_f64());
        assert!(report.is_success(), "{:?}", report.failures().first());
    }
    report(&format!("{COUNT} routes (for one)"), best, COUNT as usize);
}

fn up(route: &mut Connection<RouteProtocol>) {
    let header = LinkHeader { index: 1, flags: 1, change: 1, ..LinkHeader::default() };
    route.tell(Route::SET_LINK.with(&Link { header, ..Link::default() })).unwrap();
}

/// Goes into a new network namespace.
fn namespace() -> io::Result<()> {
    // SAFETY: `unshare` takes only a number, and this process has no other thread.
    match unsafe { libc::unshare(libc::CLONE_NEWNET) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

fn main() {
    // `cargo bench` adds `--bench`.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let root = namespace();
    let parts: [(&str, fn()); 4] =
        [("reply", round_trip), ("ack", acknowledgement), ("batch", thousand), ("routes", routes)];
    for (name, measure) in parts.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|part| part == name))
    {
        match &root {
            Err(error) if *name != "reply" => println!("{name}: needs a network namespace of its own: {error}"),
            _ => measure(),
        }
    }
}
