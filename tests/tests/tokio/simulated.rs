//! Against a simulated kernel: what takes time, what goes wrong, what is too much.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use netlink_core::{
    DoDump, Errno, Event, Group, NlFamily, NlMessage,
    connection::Incoming,
    exchange::Counters,
    protocol::Generic,
    sim::{Faults, Kernel, Refusal},
};
use tokio::{task::JoinSet, time::Instant};

use crate::{cancel::polled, *};

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Sensor {
    #[nl_attr(1)]
    id: Option<u32>,
    #[nl_attr(2)]
    celsius: Option<i32>,
    #[nl_attr(3)]
    notes: Option<Vec<u8>>,
}

#[derive(NlFamily)]
#[nl(generic = "sensors", version = 1)]
#[allow(dead_code, reason = "the fields are declarations")]
struct Sensors {
    #[nl(1, reply = 2)]
    get: DoDump<Sensor, Sensor>,
    #[nl(3)]
    changed: Event<Sensor>,
    #[nl(group = "changes")]
    changes: Group,
}

fn sensor(id: u32) -> Sensor {
    Sensor { id: Some(id), ..Sensor::default() }
}

/// A kernel with so many sensors, which takes this time for each answer. Those asked for with an id of 1000 and more
/// are not there.
fn kernel(sensors: u32, time: Duration) -> Kernel {
    let kernel = Kernel::new();
    kernel.on_dump(Sensors::GET, move |_, call| {
        call.delay(time);
        Ok((0..sensors).map(sensor).collect::<Vec<_>>())
    });
    kernel.on(Sensors::GET, move |wanted, call| {
        call.delay(time);
        match wanted.id {
            Some(id @ 0..1000) => Ok(Sensor { celsius: Some(i32::try_from(id).unwrap() * 2), ..sensor(id) }),
            _ => Err(Refusal::new(Errno::NODEV).message("no such sensor").at_field("id")),
        }
    });
    kernel
}

fn connect(kernel: &Kernel) -> Connection<Generic> {
    Connection::with_socket(kernel.socket(protocol::Protocol::GENERIC).unwrap()).unwrap()
}

async fn celsius(connection: &Connection<Generic>, id: u32) -> Result<Option<i32>, Error> {
    Ok(connection.ask(Sensors::GET.with(&sensor(id))).await?.celsius)
}

async fn list(connection: &Connection<Generic>) -> Result<Vec<Sensor>, Error> {
    connection.dump(Sensors::GET.with(&Sensor::default())).await?.collect().await
}

#[tokio::test(start_paused = true)]
async fn a_thousand_requests_are_under_way_at_once() {
    let connection = connect(&kernel(0, Duration::from_secs(1)));
    connection.family_id::<Sensors>().await.unwrap();
    // Their answers would not fit otherwise.
    connection.socket().set_receive_buffer(4 << 20).unwrap();
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for id in 0..1000 {
        let connection = connection.clone();
        tasks.spawn(async move { (id, celsius(&connection, id).await.unwrap()) });
    }
    let mut answers = BTreeMap::new();
    while let Some(answer) = tasks.join_next().await {
        answers.extend([answer.unwrap()]);
    }
    assert!(answers.iter().all(|(id, celsius)| *celsius == Some(i32::try_from(*id).unwrap() * 2)));
    assert_eq!(answers.len(), 1000);
    assert!(begun.elapsed() < Duration::from_secs(2), "one after the other: {:?}", begun.elapsed());
    assert_eq!(connection.counters(), Counters::default());
}

/// Cancels a future after every number of polls, and looks whether the connection can do everything afterwards.
async fn cancelled_everywhere<F: Future>(connection: &Connection<Generic>, future: impl Fn() -> F) -> usize {
    for times in 0.. {
        let done = polled(times, future()).await;
        let (asked, listed, again) = tokio::join!(celsius(connection, 7), list(connection), celsius(connection, 8));
        assert_eq!((asked.unwrap(), again.unwrap()), (Some(14), Some(16)), "after {times} polls");
        assert_eq!(listed.unwrap(), (0..50).map(sensor).collect::<Vec<_>>());
        if done {
            return times;
        }
        assert!(times < 100, "it is never done");
    }
    unreachable!()
}

#[tokio::test(start_paused = true)]
async fn what_takes_time_can_be_dropped_wherever_it_waits() {
    let connection = connect(&kernel(50, Duration::from_millis(5)));
    let absent = || connection.tell(Sensors::GET.with(&sensor(5000)));
    assert!(cancelled_everywhere(&connection, || celsius(&connection, 1)).await > 3);
    assert!(cancelled_everywhere(&connection, absent).await > 3);
    assert!(cancelled_everywhere(&connection, || list(&connection)).await > 3);
    // The second waits for its turn, then for its entries.
    let both = || async { tokio::join!(list(&connection), list(&connection)) };
    assert!(cancelled_everywhere(&connection, both).await > 7);
    let nested = || async {
        let mut outer = connection.dump(Sensors::GET.with(&Sensor::default())).await.unwrap();
        outer.next().await.unwrap().unwrap();
        list(&connection).await.unwrap();
        while outer.next().await.is_some() {}
    };
    assert!(cancelled_everywhere(&connection, nested).await > 7);
    let unresolved = || async {
        connection.forget_families();
        celsius(&connection, 1).await
    };
    assert!(cancelled_everywhere(&connection, unresolved).await > 3);
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_is_dropped_while_it_waits_accounts_for_its_requests() {
    let connection = connect(&kernel(0, Duration::from_millis(5)));
    connection.family_id::<Sensors>().await.unwrap();
    let mut stopped = 0;
    for polls in 0.. {
        let mut batch = connection.batch().window(1);
        batch.add(Sensors::GET.with(&sensor(1))).await.unwrap();
        // The first one is sent here.
        let added = polled(polls, batch.add(Sensors::GET.with(&sensor(2)))).await;
        assert_eq!(batch.is_stopped(), polls > 0 && !added);
        stopped += usize::from(batch.is_stopped());
        let report = batch.finish().await;
        assert_eq!(report.sent(), 1 + usize::from(added));
        assert_eq!(report.sent(), report.done() + report.failures().len());
        assert!(report.failures().iter().all(|failure| matches!(failure.error, Error::Cancelled)));
        assert_eq!(celsius(&connection, 3).await.unwrap(), Some(6));
        if added {
            break;
        }
        assert!(polls < 100, "it is never done");
    }
    assert!(stopped > 3);
}

#[tokio::test(start_paused = true)]
async fn trap_29_a_late_answer_is_thrown_away() {
    let kernel = kernel(3, Duration::from_secs(6));
    let connection = connect(&kernel);
    assert!(matches!(celsius(&connection, 1).await, Err(Error::Timeout)));
    assert!(matches!(list(&connection).await, Err(Error::Timeout)));
    connection.set_timeout(Some(Duration::from_secs(60)));
    assert_eq!(celsius(&connection, 2).await.unwrap(), Some(4));
    assert_eq!(list(&connection).await.unwrap().len(), 3);
    assert!(connection.counters().late >= 2, "{:?}", connection.counters());
    let hurried = Sensors::GET.with(&sensor(1)).deadline(Duration::from_secs(1));
    assert!(matches!(connection.ask(hurried).await, Err(Error::Timeout)));
    assert_eq!(connection.ask(Sensors::GET.with(&sensor(1)).no_deadline()).await.unwrap().celsius, Some(2));
}

#[tokio::test(start_paused = true)]
async fn a_reader_may_take_any_time_over_an_entry() {
    let connection = connect(&kernel(5000, Duration::ZERO));
    let mut sensors = connection.dump(Sensors::GET.with(&Sensor::default())).await.unwrap();
    let mut seen = 0;
    while let Some(sensor) = sensors.next_borrowed().await {
        assert_eq!(sensor.unwrap().id, Some(seen));
        seen += 1;
        tokio::time::sleep(Duration::from_secs(60)).await;
        // Others do not mistake that for the kernel's delay.
        assert_eq!(celsius(&connection, 1).await.unwrap(), Some(2));
    }
    assert_eq!(seen, 5000);
}

#[tokio::test(start_paused = true)]
async fn trap_28_closing_ends_what_is_under_way() {
    let connection = connect(&kernel(3, Duration::from_secs(1)));
    connection.family_id::<Sensors>().await.unwrap();
    let (asked, listed, waiting, event, ()) = tokio::join!(
        celsius(&connection, 1),
        list(&connection),
        list(&connection),
        async { connection.events().next_event().await.is_none() },
        async {
            tokio::time::sleep(Duration::from_millis(500)).await;
            connection.close();
        }
    );
    assert!(matches!(asked, Err(Error::Cancelled)), "{asked:?}");
    assert!(matches!(listed, Err(Error::Cancelled)), "{listed:?}");
    assert!(matches!(waiting, Err(Error::Cancelled)), "{waiting:?}");
    assert!(event);
}

/// A list of so many entries of 10 kB.
fn long(entries: u32) -> Kernel {
    let kernel = kernel(0, Duration::ZERO);
    kernel.on_dump(Sensors::GET, move |_, _| {
        Ok((0..entries).map(|id| Sensor { notes: Some(vec![7; 10_000]), ..sensor(id) }).collect::<Vec<_>>())
    });
    kernel
}

#[tokio::test(start_paused = true)]
async fn a_function_gets_each_entry_until_it_has_enough() {
    let connection = connect(&long(100));
    let mut sensors = connection.dump(Sensors::GET.with(&Sensor::default())).await.unwrap();
    let mut ids = Vec::new();
    let few = |sensor: &Sensor| {
        ids.push(sensor.id.unwrap());
        if ids.len() == 30 { Err(Error::NoReply) } else { Ok(()) }
    };
    assert!(matches!(sensors.for_each_borrowed(few).await, Err(Error::NoReply)));
    let rest = |sensor: &Sensor| {
        ids.push(sensor.id.unwrap());
        Ok::<(), Error>(())
    };
    sensors.for_each_borrowed(rest).await.unwrap();
    assert_eq!(ids, (0..100).collect::<Vec<_>>());
    assert!(sensors.next_borrowed().await.is_none());
}

/// What is told of a list, by either way through it.
async fn told(seed: u64, for_each: bool) -> Vec<String> {
    let kernel = long(200);
    kernel.set_faults(Faults::all(seed, 50));
    let connection = connect(&kernel);
    let mut sensors = match connection.dump(Sensors::GET.with(&Sensor::default())).await {
        Ok(sensors) => sensors,
        Err(error) => return vec![error.to_string()],
    };
    let mut told = Vec::new();
    if !for_each {
        while let Some(sensor) = sensors.next_borrowed().await {
            told.push(sensor.map_or_else(|error| error.to_string(), |sensor| format!("{:?}", sensor.id)));
        }
        return told;
    }
    loop {
        let one = |sensor: &Sensor| {
            told.push(format!("{:?}", sensor.id));
            Ok::<(), Error>(())
        };
        match sensors.for_each_borrowed(one).await {
            Ok(()) => return told,
            Err(error) => told.push(error.to_string()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_goes_wrong_a_function_is_told_the_same() {
    let (mut entries, mut errors) = (0, 0);
    for seed in 0..100 {
        let told_each = told(seed, true).await;
        assert_eq!(told_each, told(seed, false).await, "{seed}");
        let whole = told_each.iter().filter(|entry| entry.starts_with("Some(")).count();
        (entries, errors) = (entries + whole, errors + told_each.len() - whole);
    }
    assert!(entries > 1000 && errors > 50, "{entries} entries, {errors} errors");
}

#[tokio::test(start_paused = true)]
async fn who_reads_slowly_while_others_ask_is_told_what_is_missing() {
    const ENTRIES: u32 = 4000;
    let connection = connect(&long(ENTRIES));
    let mut sensors = connection.dump(Sensors::GET.with(&Sensor::default())).await.unwrap();
    assert_eq!(sensors.next().await.unwrap().unwrap().id, Some(0));
    for _ in 0..ENTRIES {
        celsius(&connection, 1).await.unwrap();
    }
    let (mut seen, mut gaps, mut next) = (1, 0, 1);
    while let Some(sensor) = sensors.next().await {
        match sensor {
            Ok(sensor) => {
                assert!(sensor.id >= Some(next), "{sensor:?}");
                next = sensor.id.unwrap() + 1;
                seen += 1;
            }
            Err(Error::FellBehind) => gaps += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(gaps, 1);
    // 16 MiB of them.
    assert!(seen > 1500 && seen < 1800, "{seen}");
    assert_eq!(celsius(&connection, 1).await.unwrap(), Some(2));
}

#[tokio::test(start_paused = true)]
async fn a_reader_of_events_does_not_drown_the_reader_of_a_list() {
    const ENTRIES: u32 = 4000;
    let connection = connect(&long(ENTRIES));
    connection.join(Sensors::CHANGES).await.unwrap();
    let reader = connection.clone();
    let events =
        tokio::spawn(async move { reader.events().timeout(Duration::from_secs(3600)).next_event().await.is_some() });
    let mut sensors = connection.dump(Sensors::GET.with(&Sensor::default())).await.unwrap();
    let mut seen = 0;
    while let Some(sensor) = sensors.next().await {
        assert_eq!(sensor.unwrap().id, Some(seen));
        seen += 1;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(seen, ENTRIES);
    events.abort();
}

#[tokio::test(start_paused = true)]
async fn a_list_that_nobody_reads_does_not_hold_up_notifications() {
    let kernel = long(4000);
    let connection = connect(&kernel);
    connection.join(Sensors::CHANGES).await.unwrap();
    let sensors = connection.dump(Sensors::GET.with(&Sensor::default())).await.unwrap();
    kernel.notify(Sensors::CHANGES, Sensors::CHANGED, &sensor(1));
    let begun = Instant::now();
    let mut events = connection.events().timeout(LONG);
    let Some(Ok(Incoming::Notification(notification))) = events.next_event().await else { panic!() };
    assert_eq!(notification.decode(Sensors::CHANGED).unwrap().id, Some(1));
    assert!(begun.elapsed() <= Duration::from_secs(2), "{:?}", begun.elapsed());
    drop(events);
    drop(sensors);
    assert_eq!(celsius(&connection, 1).await.unwrap(), Some(2));
}

#[tokio::test(start_paused = true)]
async fn a_family_whose_module_is_loaded_again_is_found() {
    let kernel = kernel(3, Duration::ZERO);
    let connection = connect(&kernel);
    let reload = || {
        kernel.remove_family::<Sensors>();
        kernel.family::<Sensors>();
    };
    let old = connection.family_id::<Sensors>().await.unwrap();
    reload();
    assert_eq!(celsius(&connection, 1).await.unwrap(), Some(2));
    assert_ne!(connection.family_id::<Sensors>().await.unwrap(), old);
    reload();
    assert_eq!(list(&connection).await.unwrap().len(), 3);
    reload();
    connection.tell(Sensors::GET.with(&sensor(1))).await.unwrap();

    // Groups are joined again as soon as the controller tells.
    connection.join(Sensors::CHANGES).await.unwrap();
    reload();
    let mut events = connection.events().timeout(LONG);
    assert!(matches!(events.next_event().await, Some(Ok(Incoming::Lost))));
    kernel.notify(Sensors::CHANGES, Sensors::CHANGED, &sensor(2));
    let Some(Ok(Incoming::Notification(notification))) = events.next_event().await else { panic!() };
    assert_eq!(notification.decode(Sensors::CHANGED).unwrap().id, Some(2));
}

/// Many tasks on one connection, with everything going wrong: each request ends in one way, and all is well afterwards.
async fn chaos(seed: u64) {
    let kernel = kernel(300, Duration::from_millis(1));
    let connection = connect(&kernel);
    connection.family_id::<Sensors>().await.unwrap();
    let mut faults = Faults::all(seed, 15);
    // Damage changes values, too: with it, nothing can be said of them.
    let whole = seed % 2 == 0;
    if whole {
        (faults.damaged, faults.cut) = (0, 0);
    }
    kernel.set_faults(faults);
    let outcomes = Arc::new(AtomicU64::new(0));
    let mut tasks = JoinSet::new();
    for task in 0..20_u32 {
        let (connection, outcomes) = (connection.clone(), Arc::clone(&outcomes));
        tasks.spawn(async move {
            for round in 0..20 {
                let id = task * 20 + round;
                match (task + round) % 5 {
                    0 => match list(&connection).await {
                        Ok(sensors) => assert!(!whole || sensors.len() == 300, "{}", sensors.len()),
                        Err(error) => assert!(!matches!(error, Error::Cancelled | Error::FellBehind), "{error:?}"),
                    },
                    1 => drop(polled(1, list(&connection)).await),
                    2 => drop(polled(2, celsius(&connection, id)).await),
                    _ => {
                        let answer = celsius(&connection, id).await;
                        let right = match &answer {
                            Ok(celsius) => *celsius == Some(i32::try_from(id).unwrap() * 2),
                            Err(error) => !matches!(error, Error::Cancelled | Error::Unexpected { .. }),
                        };
                        assert!(right || !whole, "{id}: {answer:?}");
                    }
                }
                outcomes.fetch_add(1, Relaxed);
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    assert_eq!(outcomes.load(Relaxed), 400);
    kernel.set_faults(Faults::none(seed));
    // What was on its way when it got well.
    tokio::time::sleep(Duration::from_secs(60)).await;
    let mut events = connection.events().timeout(Duration::from_secs(1));
    while !matches!(events.next_event().await, Some(Err(Error::Timeout))) {}
    drop(events);
    assert_eq!(celsius(&connection, 3).await.unwrap(), Some(6), "seed {seed}");
    let listed = list(&connection).await.map(|sensors| sensors.len());
    assert!(matches!(listed, Ok(300)), "seed {seed}: {listed:?}");
}

#[test]
fn whatever_goes_wrong_every_request_ends() {
    for seed in 0..40 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            tokio::time::timeout(Duration::from_secs(100_000), chaos(seed))
                .await
                .unwrap_or_else(|_| panic!("seed {seed} hangs"));
        });
    }
}
