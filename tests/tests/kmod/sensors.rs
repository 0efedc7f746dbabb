//! The family that the guide of netlink-core goes through, as it is declared there.

use std::time::Duration;

use netlink_core::{
    Connection, Do, DoDump, Errno, Error, Event, Group, NlEnum, NlFamily, NlMessage,
    connection::Incoming,
    protocol::Generic,
    wire::{Text, UnknownAttrs},
};
use netlink_tests::{
    conformance::{Policy, PolicyCheck},
    require,
};

#[derive(NlFamily)]
#[nl(generic = "sensors", version = 1)]
struct Sensors {
    #[nl(1, reply = 2)]
    get: DoDump<Sensor<'static>, Sensor<'static>>,
    #[nl(3)]
    set: Do<Sensor<'static>>,
    #[nl(2)]
    changed: Event<Sensor<'static>>,
    #[nl(group = "changes")]
    changes: Group,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Sensor<'a> {
    #[nl_attr(1)]
    id: Option<u32>,
    #[nl_attr(2)]
    name: Option<Text<'a>>,
    #[nl_attr(3)]
    state: Option<State>,
    #[nl_attr(4)]
    limits: Option<Limits>,
    #[nl_attr(5, multi)]
    tags: Vec<Text<'a>>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Limits {
    #[nl_attr(1)]
    low: Option<i32>,
    #[nl_attr(2, range = ..=125_000)]
    high: Option<i32>,
}

#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
enum State {
    Off,
    On,
    #[nl(other)]
    Other(u8),
}

#[track_caller]
fn sensors() -> Option<Connection<Generic>> {
    require::generic_family(Sensors::INFO.name)?;
    Some(Sensors::connect().unwrap())
}

fn number(id: u32) -> Sensor<'static> {
    Sensor { id: Some(id), ..Sensor::default() }
}

#[test]
fn one_sensor_and_all_of_them() {
    let Some(mut sensors) = sensors() else { return };
    let cpu = sensors.ask(Sensors::GET.with(&number(1))).unwrap();
    assert_eq!((cpu.name, cpu.state), (Some("cpu".into()), Some(State::On)));
    assert_eq!(cpu.limits.unwrap().high, Some(95_000));
    assert_eq!(cpu.tags, ["package", "critical"]);
    assert!(cpu.unknown.is_empty());
    let all = sensors.dump(Sensors::GET.with(&Sensor::default())).unwrap();
    let all: Vec<_> = all.map(|sensor| sensor.unwrap().id.unwrap()).collect();
    assert_eq!(all, [1, 7, 8]);
}

#[test]
fn a_change_is_carried_out_and_told() {
    let Some(mut sensors) = sensors() else { return };
    let mut listener = Sensors::connect().unwrap();
    listener.join(Sensors::CHANGES).unwrap();
    let limits = Some(Limits { low: Some(-1), high: Some(80_000) });
    let change = Sensor { state: Some(State::Off), limits: limits.clone(), ..number(8) };
    sensors.tell(Sensors::SET.with(&change)).unwrap();
    let mut events = listener.events().timeout(Duration::from_secs(5));
    match events.next_event().expect("the change").unwrap() {
        Incoming::Notification(event) if event.is(Sensors::CHANGED) => {
            let sensor = event.decode(Sensors::CHANGED).unwrap();
            assert_eq!((sensor.id, sensor.limits), (Some(8), limits.clone()));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(sensors.ask(Sensors::GET.with(&number(8))).unwrap().limits, limits);
}

#[test]
fn refusals_name_the_field() {
    let Some(mut sensors) = sensors() else { return };
    let error = sensors.ask(Sensors::GET.with(&number(99))).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::NOENT));
    assert!(error.to_string().ends_with("no sensor has this number (`Sensor.id` is 99)"), "{error}");
    let bad = Sensor { state: Some(State::Other(5)), ..number(1) };
    let error = sensors.tell(Sensors::SET.with(&bad)).unwrap_err();
    assert!(error.to_string().contains("`Sensor.state`"), "{error}");
}

#[test]
fn a_missing_number_is_named() {
    let (Some(()), Some(mut sensors)) = (require::linux(6, 1), sensors()) else { return };
    let error = sensors.ask(Sensors::GET.with(&Sensor::default())).unwrap_err();
    let Error::Refused(refused) = &error else { panic!("{error}") };
    assert_eq!(refused.missing_field().unwrap().to_string(), "Sensor.id");
}

#[test]
fn the_declaration_is_what_the_running_kernel_accepts() {
    let Some(_sensors) = sensors() else { return };
    let policy = Policy::of_kernel(Sensors::INFO.name).unwrap().unwrap();
    let mut check = PolicyCheck::new(&policy);
    check.family(Sensors::SCHEMA);
    let report = check.report();
    report.assert();
    assert!(report.compared.contains("Limits.high") && report.undeclared.is_empty(), "{report}");
}

/// The guide shows the header that the module is built with.
#[test]
fn the_guide_shows_the_modules_header() {
    let header = include_str!("../../kmod/sensors.h");
    let (guide, begin) = (include_str!("../../../netlink-core/src/guide.md"), "#define SENSORS_GENL_NAME");
    let shown = guide.split("```").find_map(|block| block.strip_prefix("text\n")?.trim_end().strip_suffix("};"));
    let shown = shown.expect("a block of C").to_owned() + "};";
    let inside = header[header.find(begin).unwrap()..header.rfind("#endif").unwrap()].trim_end();
    assert_eq!(shown, inside.replace('\t', "    "));
}
