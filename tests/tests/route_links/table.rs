//! Kinds of links: made, read back, compared with what was set and with what `ip` says, and removed.

use std::{collections::BTreeMap, fs};

use netlink_core::{Connection, Errno, IntoRequest, NlFamily, protocol::Route as RouteProtocol, schema::json::Json};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    link::{self, Link, LinkData},
};
use serde_json::Value;

pub(crate) type Conn = Connection<RouteProtocol>;

/// A kind of link, and what is to be compared.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// What shall be the same in our message and in the JSON of `ip`: `mtu`, or `group remote` where the names differ, or
    /// `=low link` where `ip` shows something else than the number, such as a name.
    pub(crate) same: &'static [&'static str],
    /// What is set and not told.
    pub(crate) not_told: &'static [&'static str],
    /// What the kernel knows only since a version.
    pub(crate) since: &'static [(&'static str, (u32, u32))],
}

impl Kind {
    pub(crate) const fn new(name: &'static str, same: &'static [&'static str]) -> Self {
        Self { name, same, not_told: &[], since: &[] }
    }

    /// Makes the link `x0` of the data, which gets the index of the link `low`, and removes it after all is compared.
    pub(crate) fn prove(self, data: impl FnOnce(u32) -> LinkData<'static> + Send + 'static) {
        self.prove_made(|low| link::new(data(low)).name("x0").into_link());
    }

    /// As [`prove`](Self::prove), for kinds that are on the link `low`.
    pub(crate) fn prove_on(self, data: impl FnOnce(u32) -> LinkData<'static> + Send + 'static) {
        self.prove_made(|low| link::new(data(low)).on(low).name("x0").into_link());
    }

    #[track_caller]
    fn prove_made(self, make: impl FnOnce(u32) -> Link<'static> + Send + 'static) {
        if require::link_kind(self.name).is_none() || require::tool("ip").is_none() {
            return;
        }
        netns::run(move || {
            let mut route = Route::connect().unwrap();
            let low = lower(&mut route, "low");
            let made = make(low);
            route.tell(Route::NEW_LINK.with(&made).create().exclusive()).unwrap_or_else(|error| {
                panic!("{}: {error}", self.name);
            });
            let told = route.ask(link::get("x0")).unwrap();
            assert_eq!(told.kind(), Some(self.name));
            self.compare(&made, &told, "link-info/data", "/linkinfo/info_data");
            reencode::assert(&mut route, link::list().into_request(), &[]);
            route.tell(link::del("x0")).unwrap();
            assert_eq!(route.tell(link::get("x0")).unwrap_err().errno(), Some(Errno::NODEV));
        });
    }

    /// Compares a part of what was set with that of what is told, and that with what `ip` says of the link `x0`.
    #[track_caller]
    pub(crate) fn compare(&self, set: &Link<'_>, told: &Link<'_>, part: &str, shown: &str) {
        let (set, told) = (json(set), json(told));
        // Without a part, all of it.
        let names = part.split('/').filter(|name| !name.is_empty());
        let part = names.map(|name| format!("/{name}")).collect::<String>();
        let (set, told) = (set.pointer(&part).cloned().unwrap_or_default(), told.pointer(&part).cloned());
        let told = told.unwrap_or_default();
        let mut wrong = Vec::new();
        for (path, value) in leaves(&set) {
            let path_name = path.trim_start_matches('/');
            let is =
                |name: &&str| path_name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            let too_old = self.since.iter().any(|(name, version)| is(name) && linux() < *version);
            if too_old || self.not_told.iter().any(is) {
                continue;
            }
            let back = told.pointer(&path).cloned().unwrap_or_default();
            if value != back {
                wrong.push(format!("{path}: set {value}, told {back}"));
            }
        }
        let all: Value = serde_json::from_str(&netns::output("ip", &["-j", "-d", "link", "show", "x0"])).unwrap();
        let shown = all[0].pointer(shown).cloned().unwrap_or_default();
        for pair in self.same {
            let (ours, theirs) = pair.split_once(' ').unwrap_or((pair, pair));
            let back = match ours.strip_prefix('=') {
                Some(literal) => Value::from(literal),
                None => told.pointer(&format!("/{}", ours.replace('_', "-"))).cloned().unwrap_or_default(),
            };
            let theirs_shown = shown.pointer(&format!("/{theirs}")).cloned().unwrap_or_default();
            if plain(&back) != plain(&theirs_shown) {
                wrong.push(format!("{ours}: told {back}, `ip` shows {theirs}: {theirs_shown}"));
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}\ntold {told}\nshown {shown}", self.name);
    }
}

/// One end of a pair, up, for other links to be on; its index.
pub(crate) fn lower(route: &mut Conn, name: &'static str) -> u32 {
    route.tell(link::veth(name).up().add()).unwrap();
    route.ask(link::get(name)).unwrap().index()
}

pub(crate) fn json(link: &Link<'_>) -> Value {
    serde_json::to_value(Json(link)).unwrap()
}

/// The values that are not made of others, by path.
fn leaves(value: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    if let Value::Object(map) = value {
        for (name, value) in map {
            if value.is_object() {
                found.extend(leaves(value).into_iter().map(|(path, value)| (format!("/{name}{path}"), value)));
            } else {
                found.insert(format!("/{name}"), value.clone());
            }
        }
    }
    found
}

/// A value as text without regard to how it is written: `ip` has `true` for 1, hexadecimal numbers as text, names in upper
/// case, and leaves out what is not so.
fn plain(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => "0".to_owned(),
        Value::Bool(true) => "1".to_owned(),
        Value::String(text) => match text.strip_prefix("0x").and_then(|hex| u64::from_str_radix(hex, 16).ok()) {
            Some(number) => number.to_string(),
            None => text.to_lowercase().replace('_', "-").replace("ieee8021", "802.1"),
        },
        Value::Array(list) => sorted(list.iter()),
        // A numbered list.
        Value::Object(map) if map.keys().all(|name| name.parse::<u16>().is_ok()) => sorted(map.values()),
        Value::Object(map) => map.iter().map(|(name, value)| format!("{name}={} ", plain(value))).collect(),
        Value::Number(number) => number.to_string(),
    }
}

fn sorted<'v>(list: impl Iterator<Item = &'v Value>) -> String {
    let mut list: Vec<String> = list.map(plain).collect();
    list.sort();
    list.join(",")
}

/// The version of the running kernel.
pub(crate) fn linux() -> (u32, u32) {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap();
    let mut numbers = release.split(|char: char| !char.is_ascii_digit()).map_while(|number| number.parse().ok());
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}
