//! Actions: each kind, as filters can share it.

mod connections;
mod packets;
mod police;
mod tunnels;
mod verdicts;

use std::{thread, time::Duration};

use netlink_core::wire::{Bitfield32, MacAddr};
use netlink_tests::{reencode, require};
use protocols::route::{
    Route,
    tc::action::{self, Action, ActionFlags, ActionHwStats, ActionListFlags, ActionOptions, Actions, General, Verdict},
};
use serde_json::{Value, json};

use crate::{Conn, assert_says, assert_told_within, since, tc, with_link};

/// What every action has, with the index of these tests.
fn general(action: Verdict) -> General {
    General { index: 42, action, ..General::default() }
}

fn list(route: &mut Conn, kind: &'static str) -> Vec<Action<'static>> {
    let messages: Vec<Actions<'_>> = route.dump(action::list(kind)).unwrap().map(|actions| actions.unwrap()).collect();
    messages.into_iter().flat_map(|actions| actions.tab).map(|(_, action)| action).collect()
}

/// Makes an action, and looks at it from all sides; removes it. `shown` is what `tc` says, but for counters; where `tc`
/// has no valid JSON for it, some of its text.
fn action(kind: &'static str, options: ActionOptions<'static>, unsaid: &'static [&'static str], shown: Value) {
    if require::action(kind).is_none() {
        return;
    }
    with_link(move |route, _| {
        let mut set = Action::new(options);
        set.cookie = Some([1, 2, 3, 4][..].into());
        let no_percpu = ActionFlags::NO_PERCPU_STATS;
        set.flags = since(5, 5, Bitfield32 { value: no_percpu, selector: no_percpu });
        let (delayed, any) = (ActionHwStats::DELAYED, ActionHwStats::DELAYED | ActionHwStats::IMMEDIATE);
        set.hw_stats = since(5, 7, Bitfield32 { value: delayed, selector: any });
        route.tell(action::add(set.clone())).unwrap_or_else(|error| panic!("{error}"));
        assert!(route.tell(action::add(set.clone())).is_err(), "there is one");
        let got = list(route, kind);
        assert_eq!(got.len(), 1, "{got:?}");
        let got = &got[0];
        assert_eq!(got.kind.as_ref().unwrap().to_string(), kind);
        let set = Actions { tab: vec![(1, set)], ..Actions::default() };
        let told = Actions { tab: vec![(1, got.clone())], ..Actions::default() };
        assert_told_within("tab", &set, &told, unsaid);
        assert!(got.stats.as_ref().is_some_and(|stats| stats.basic.is_some() && stats.queue.is_some()));

        assert_shown(kind, &shown);
        reencode::assert(route, Route::GET_ACTION.with(&action::list(kind).body), &[]);

        let asked = route.ask(action::get(kind, 42)).unwrap();
        assert!(asked.tab[0].1.options.is_some());
        route.tell(action::delete(kind, 42)).unwrap();
        assert!(list(route, kind).is_empty());
    });
}

/// What `tc` says of every action, in JSON.
const SAID_OF_ALL: [&str; 9] =
    ["kind", "order", "index", "ref", "bind", "installed", "last_used", "stats", "used_hw_stats"];

fn assert_shown(kind: &str, shown: &Value) {
    if let Some(text) = shown.as_str() {
        assert_says(&["-d", "actions", "list", "action", kind], text);
        return;
    }
    let said = tc(&["actions", "list", "action", kind]);
    let said = said.as_array().unwrap().iter().find_map(|part| part.get("actions")).expect("actions");
    let said = said.as_array().unwrap().iter().find(|action| !action.is_null()).unwrap();
    let mut shown = shown.clone();
    shown["cookie"] = "01020304".into();
    if require::is_linux(5, 5) {
        shown["no_percpu"] = true.into();
    }
    if require::is_linux(5, 7) {
        shown["hw_stats"] = json!(["delayed"]);
    }
    if require::is_linux(5, 17) {
        shown["not_in_hw"] = true.into();
    }
    let mut said = said.as_object().unwrap().clone();
    said.retain(|key, _| !SAID_OF_ALL.contains(&&**key));
    assert_eq!(Value::Object(said), shown);
}

fn mac(last: u8) -> Option<MacAddr> {
    Some(MacAddr([2, 0, 0, 0, 0, last]))
}

#[test]
fn many_at_once_and_all_of_a_kind_removed() {
    if require::action("gact").is_none() {
        return;
    }
    with_link(|route, _| {
        let mut add = action::add(Action::verdict(Verdict::Ok));
        for _ in 1..32 {
            add = add.and(Action::verdict(Verdict::Shot));
        }
        route.tell(add).unwrap();
        for _ in 0..2 {
            let mut more = action::add(Action::verdict(Verdict::Ok));
            for _ in 1..32 {
                more = more.and(Action::verdict(Verdict::Pipe));
            }
            route.tell(more).unwrap();
        }
        assert_eq!(list(route, "gact").len(), 96);
        // All of them in a message, or in few: its number is told.
        let messages: Vec<Actions<'_>> = route.dump(action::list("gact")).unwrap().map(|list| list.unwrap()).collect();
        let told: u32 = messages.iter().map(|message| message.count.unwrap()).sum();
        assert_eq!(told, 96);
        reencode::assert(route, Route::GET_ACTION.with(&action::list("gact").body), &[]);
        route.tell(action::flush("gact")).unwrap();
        assert!(list(route, "gact").is_empty());
    });
}

#[test]
fn lists_of_what_was_in_use_lately_and_lists_without_options() {
    if require::action("gact").is_none() {
        return;
    }
    with_link(|route, _| {
        let options =
            ActionOptions::Gact(action::Gact { parms: Some(general(Verdict::Ok)), ..action::Gact::default() });
        let set = Action { cookie: Some([7][..].into()), ..Action::new(options) };
        route.tell(action::add(set)).unwrap();
        thread::sleep(Duration::from_millis(300));
        let count = |route: &mut Conn, millis| {
            let list = action::list("gact").used_within(Duration::from_millis(millis));
            route.dump(list).unwrap().map(|actions| actions.unwrap().tab.len()).sum::<usize>()
        };
        assert_eq!((count(route, 50), count(route, 600_000)), (0, 1));

        if require::is_linux(5, 11) {
            let terse = ActionListFlags::TERSE_DUMP;
            let mut list = action::list("gact");
            list.body.flags = Some(Bitfield32 { value: terse, selector: terse });
            let listed: Vec<Actions<'_>> = route.dump(list).unwrap().map(|actions| actions.unwrap()).collect();
            let (_, terse) = &listed[0].tab[0];
            assert_eq!((terse.index, terse.cookie.as_deref()), (Some(42), Some(&[7][..])));
            assert!(terse.options.is_none() && terse.stats.is_some(), "{terse:?}");
        }
    });
}

#[test]
fn where_an_action_is_at_work() {
    if require::action("gact").is_none() || require::linux(5, 17).is_none() {
        return;
    }
    with_link(|route, _| {
        let only = |flags| {
            let options = action::Gact { parms: Some(general(Verdict::Ok)), ..action::Gact::default() };
            let flags = Some(Bitfield32 { value: flags, selector: flags });
            Action { flags, ..Action::new(ActionOptions::Gact(options)) }
        };
        // No device here takes actions.
        assert!(route.tell(action::add(only(ActionFlags::SKIP_SW))).is_err());
        route.tell(action::add(only(ActionFlags::SKIP_HW))).unwrap();
        let got = list(route, "gact").remove(0);
        assert_eq!(got.flags.unwrap().value, ActionFlags::SKIP_HW);
        assert_eq!(got.in_hw_count, Some(0));
        assert_says(&["actions", "list", "action", "gact"], "skip_hw");
        // An action of this index is changed.
        route
            .tell(action::replace(Action::new(ActionOptions::Gact(action::Gact {
                parms: Some(general(Verdict::Shot)),
                ..action::Gact::default()
            }))))
            .unwrap();
        let Some(ActionOptions::Gact(told)) = list(route, "gact").remove(0).options else { panic!("not gact") };
        assert_eq!(told.parms.unwrap().action, Verdict::Shot);
    });
}
