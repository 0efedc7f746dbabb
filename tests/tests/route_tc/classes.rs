//! Classes, with their statistics.

use std::{net::UdpSocket, time::Duration};

use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    tc::{
        Estimator, Handle, LinkLayer, RateSpec, Ticks,
        class::{self, Class, ClassOptions, ClassXstats},
        qdisc::{
            self, DrrClass, Ets, EtsClass, Hfsc, HfscClass, Htb, HtbClass, HtbGlobal, HtbParms, QdiscOptions, QfqClass,
            ServiceCurve,
        },
    },
};

use crate::{Conn, ONE, assert_says, assert_told, with_link};

const TEN: Handle = Handle::new(1, 0x10);

fn classes(route: &mut Conn, index: i32) -> Vec<Class<'static>> {
    let list = route.dump(class::list(index).of_qdisc(ONE)).unwrap();
    list.map(|class| class.unwrap_or_else(|error| panic!("{error}"))).collect()
}

fn find(route: &mut Conn, index: i32, handle: Handle) -> Class<'static> {
    classes(route, index).into_iter().find(|class| class.header.handle == handle).expect("the class")
}

/// Makes a class of a queueing discipline `1:`, and looks at it from all sides; changes it back, and removes it. `shown`
/// is what `tc` says.
fn class(
    kind: &'static str,
    parent: QdiscOptions<'static>,
    options: ClassOptions<'static>,
    unsaid: &'static [&'static str],
    shown: &'static str,
) {
    if require::qdisc(kind).is_none() {
        return;
    }
    with_link(move |route, index| {
        route.tell(qdisc::add(index, ONE, parent)).unwrap();
        let change = class::add(index, ONE, TEN, options.clone());
        let set = change.body.clone();
        route.tell(change).unwrap_or_else(|error| panic!("{error}"));
        let got = find(route, index, TEN);
        assert_eq!(got.kind.as_ref().unwrap().to_string(), kind);
        assert_told(&set, &got, unsaid);
        let asked = route.ask(class::get(index, TEN)).unwrap();
        assert_eq!((&asked.header, &asked.options), (&got.header, &got.options));

        // Not every `tc` has JSON for classes.
        let said = netns::output("tc", &["-d", "class", "show", "dev", "t0"]);
        let line = format!("class {kind} 1:10 {shown}");
        assert!(said.lines().any(|said| said.trim_end() == line), "{said}");
        reencode::assert(route, Route::GET_CLASS.with(&class::list(index).body), &[]);

        // What is there is not made again, and can be changed.
        assert!(route.tell(class::add(index, ONE, TEN, options.clone())).is_err());
        route.tell(class::change(index, ONE, TEN, options)).unwrap();
        route.tell(class::delete(index, TEN)).unwrap();
        assert!(classes(route, index).iter().all(|class| class.header.handle != TEN));
    });
}

fn htb_class(rate: u32, ceil: u32) -> HtbClass<'static> {
    let parms = HtbParms {
        rate: RateSpec::new(rate),
        ceil: RateSpec { overhead: 8, ..RateSpec::new(ceil) },
        buffer: Ticks::to_send(2000, rate.into()),
        cbuffer: Ticks::to_send(3000, ceil.into()),
        quantum: 2500,
        level: 0,
        prio: 3,
    };
    HtbClass { parms: Some(parms), ..HtbClass::default() }
}

fn htb_root() -> QdiscOptions<'static> {
    QdiscOptions::Htb(Htb { init: Some(HtbGlobal::with_default_class(0x10)), ..Htb::default() })
}

/// What the kernel works out by itself, or no longer keeps.
const UNSAID_OF_HTB: &[&str] =
    &["parms.rate.cell_log", "parms.rate.cell_align", "parms.ceil.cell_log", "parms.ceil.cell_align"];

#[test]
fn htb() {
    let shown = "root prio 3 quantum 2500 rate 1Mbit ceil 2Mbit linklayer ethernet burst 2000b/1 mpu 0b cburst 3000b/1 \
                 mpu 0b level 0";
    class("htb", htb_root(), ClassOptions::Htb(htb_class(125_000, 250_000)), UNSAID_OF_HTB, shown);
}

#[test]
fn htb_faster_than_32_bits_can_say() {
    let mut class64 = htb_class(u32::MAX, u32::MAX);
    (class64.rate64, class64.ceil64) = (Some(5_000_000_000), Some(6_000_000_000));
    let shown = "root prio 3 quantum 2500 rate 40Gbit ceil 48Gbit linklayer ethernet burst 0b/1 mpu 0b cburst 0b/1 \
                 mpu 0b level 0";
    class("htb", htb_root(), ClassOptions::Htb(class64), UNSAID_OF_HTB, shown);
}

/// What programs sent before there was [`RateSpec::linklayer`]: the kernel looks at the tables, and tells what they are
/// for.
#[test]
fn htb_with_tables_of_an_old_program() {
    with_link(|route, index| {
        route.tell(qdisc::add(index, ONE, htb_root())).unwrap();
        let (unaware, in_cells) = (LinkLayer::Unaware, vec![7; 256]);
        let rate = RateSpec { linklayer: unaware, ..RateSpec::new(125_000) };
        let parms = HtbParms { rate, ceil: rate, ..HtbParms::default() };
        for (rtab, ctab, layers) in [
            (in_cells.clone(), rate.table(), [LinkLayer::Atm, LinkLayer::Ethernet]),
            (rate.table(), in_cells, [LinkLayer::Ethernet, LinkLayer::Atm]),
        ] {
            let options = HtbClass { parms: Some(parms), rtab, ctab, ..HtbClass::default() };
            route.tell(class::replace(index, ONE, TEN, ClassOptions::Htb(options))).unwrap();
            let got = find(route, index, TEN);
            let Some(ClassOptions::Htb(HtbClass { parms: Some(told), .. })) = got.options else { panic!("{got:?}") };
            assert_eq!([told.rate.linklayer, told.ceil.linklayer], layers);
        }
    });
}

#[test]
fn hfsc() {
    let curve = |m1, micros, m2| Some(ServiceCurve { m1, d: Duration::from_micros(micros), m2 });
    let hfsc = HfscClass {
        rsc: curve(250_000, 10_000, 125_000),
        fsc: curve(0, 0, 125_000),
        usc: curve(0, 0, 500_000),
        ..HfscClass::default()
    };
    let shown = "parent 1: rt m1 2Mbit d 10ms m2 1Mbit ls m1 0bit d 0us m2 1Mbit ul m1 0bit d 0us m2 4Mbit";
    class("hfsc", QdiscOptions::Hfsc(Hfsc { defcls: 0x10 }), ClassOptions::Hfsc(hfsc), &[], shown);
}

#[test]
fn drr() {
    let options = ClassOptions::Drr(DrrClass { quantum: Some(3000), ..DrrClass::default() });
    class("drr", QdiscOptions::Drr, options, &[], "root quantum 3000b");
}

#[test]
fn qfq() {
    let options = ClassOptions::Qfq(QfqClass { weight: Some(7), lmax: Some(2048), ..QfqClass::default() });
    class("qfq", QdiscOptions::Qfq, options, &[], "root weight 7 maxpkt 2048");
}

#[test]
fn ets() {
    if require::qdisc("ets").is_none() {
        return;
    }
    with_link(|route, index| {
        let ets = Ets { nbands: Some(3), nstrict: Some(1), ..Ets::default() };
        route.tell(qdisc::add(index, ONE, QdiscOptions::Ets(ets))).unwrap();
        // The bands are there; the second one shares.
        let second = Handle::new(1, 2);
        let change = class::change(
            index,
            ONE,
            second,
            ClassOptions::Ets(EtsClass { quanta_band: Some(4321), ..EtsClass::default() }),
        );
        let set = change.body.clone();
        route.tell(change).unwrap();
        assert_told(&set, &find(route, index, second), &[]);
        assert_says(&["class", "show", "dev", "t0"], "class ets 1:2 root quantum 4321");
        reencode::assert(route, Route::GET_CLASS.with(&class::list(index).body), &[]);
    });
}

#[test]
fn packets_of_a_class_are_counted() {
    with_link(|route, index| {
        route.tell(qdisc::add(index, ONE, htb_root())).unwrap();
        let mut add = class::add(index, ONE, TEN, ClassOptions::Htb(htb_class(125_000, 250_000)));
        // A sample every second, of which the past has an eighth.
        add.body.rate = Some(Estimator { interval: 0, ewma_log: 3 });
        route.tell(add).unwrap();
        netns::output("ip", &["addr", "add", "10.9.0.1/24", "dev", "t0"]);
        netns::output("ip", &["neigh", "add", "10.9.0.2", "lladdr", "02:00:00:00:00:02", "dev", "t0"]);
        let socket = UdpSocket::bind("10.9.0.1:0").unwrap();
        for _ in 0..3 {
            assert_eq!(socket.send_to(&[7; 100], "10.9.0.2:9").unwrap(), 100);
        }
        let got = find(route, index, TEN);
        let stats = got.stats2.unwrap();
        let (basic, queue) = (stats.basic.unwrap(), stats.queue.unwrap());
        // 14 bytes of Ethernet, 20 of IPv4, 8 of UDP.
        assert_eq!((basic.packets, basic.bytes), (3, 3 * 142));
        let Some(ClassXstats::Htb(counted)) = stats.app else { panic!("{:?}", stats.app) };
        assert_eq!((counted.lends, counted.borrows), (3, 0));
        assert!(stats.rate_est.is_some(), "there is an estimator");
        assert_eq!(got.xstats, Some(ClassXstats::Htb(counted)));
        let old = got.stats.unwrap();
        assert_eq!((old.packets, old.bytes, old.drops), (basic.packets, basic.bytes, queue.drops));

        let said = netns::output("tc", &["-s", "class", "show", "dev", "t0"]);
        let (drops, overlimits) = (queue.drops, queue.overlimits);
        for line in [
            format!("Sent 426 bytes 3 pkt (dropped {drops}, overlimits {overlimits} requeues 0)"),
            format!("lended: {} borrowed: {} giants: {}", counted.lends, counted.borrows, counted.giants),
        ] {
            assert!(said.contains(&line), "{said}");
        }
        reencode::assert(route, Route::GET_CLASS.with(&class::list(index).body), &[]);
        reencode::assert(route, Route::GET_QDISC.with(&qdisc::list().body), &[]);
    });
}

/// Flows show up as classes as long as they have packets: behind a queue that lets nothing through they do.
#[test]
fn flows_are_classes() {
    for (kind, options) in [
        ("fq_codel", QdiscOptions::FqCodel(qdisc::FqCodel::default())),
        ("sfq", QdiscOptions::Sfq(qdisc::Sfq::default())),
        ("cake", QdiscOptions::Cake(qdisc::Cake::default())),
    ] {
        if require::qdisc(kind).is_none() || require::qdisc("tbf").is_none() {
            continue;
        }
        with_link(move |route, index| {
            let rate = RateSpec::new(1000);
            let parms = qdisc::TbfParms { rate, limit: 100_000, ..qdisc::TbfParms::default() };
            let tbf = qdisc::Tbf { parms: Some(parms), burst: Some(2000), ..qdisc::Tbf::default() };
            route.tell(qdisc::add(index, ONE, QdiscOptions::Tbf(tbf))).unwrap();
            let two = Handle::new(2, 0);
            route.tell(qdisc::add(index, two, options).parent(Handle::new(1, 1))).unwrap();
            netns::output("ip", &["addr", "add", "10.9.0.1/24", "dev", "t0"]);
            netns::output("ip", &["neigh", "add", "10.9.0.2", "lladdr", "02:00:00:00:00:02", "dev", "t0"]);
            let socket = UdpSocket::bind("10.9.0.1:0").unwrap();
            for _ in 0..9 {
                socket.send_to(&[7; 1000], "10.9.0.2:9").unwrap();
            }
            let list = route.dump(class::list(index).of_qdisc(two)).unwrap();
            let flows: Vec<Class<'_>> = list.map(|class| class.unwrap()).collect();
            assert_eq!(flows.len(), 1, "{flows:?}");
            let app = flows[0].stats2.as_ref().unwrap().app.as_ref();
            match (kind, app) {
                ("fq_codel", Some(ClassXstats::FqCodel(stats))) => {
                    assert!(matches!(stats.stats, qdisc::FqCodelStats::Class(_)), "{stats:?}");
                }
                ("sfq", Some(ClassXstats::Sfq(_))) | ("cake", Some(ClassXstats::Cake(_))) => {}
                other => panic!("{other:?}"),
            }
            reencode::assert(route, Route::GET_CLASS.with(&class::list(index).body), &[]);
            reencode::assert(route, Route::GET_QDISC.with(&qdisc::list().body), &[]);
        });
    }
}
