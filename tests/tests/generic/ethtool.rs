//! Settings of interfaces, compared with sysfs and with each other.

use std::{fs, time::Duration};

use netlink_core::{Connection, Errno, IntoOwned, NlFamily, connection::Incoming, protocol::Generic};
use netlink_tests::{netns, require, skip};
use protocols::generic::ethtool::{
    Bitset, BitsetBit, BitsetBits, Ethtool, Features, Header, HeaderFlags, LinkInfo, LinkModes, LinkState, Stringset,
    StringsetId, Stringsets, Strset,
};

fn connect() -> Option<Connection<Generic>> {
    require::generic_family("ethtool")?;
    Some(Ethtool::connect().unwrap())
}

fn features(name: &str, flags: HeaderFlags) -> Features<'_> {
    let header = Header { flags: Some(flags), ..Header::of(name) };
    Features { header: Some(header), ..Features::default() }
}

/// The bits of a set that came as a list.
fn names(bits: Option<&Bitset<'_>>) -> Vec<String> {
    let bits = bits.and_then(|bits| bits.bits.as_ref());
    bits.map_or(Vec::new(), |bits| bits.bit.iter().map(|bit| bit.name.as_ref().unwrap().to_string()).collect())
}

/// The names of the bits that are set in a set that came as words.
fn named(words: &[u32], names: &[String]) -> Vec<String> {
    let is_set = |n: &usize| words.get(n / 32).is_some_and(|word| word >> (n % 32) & 1 == 1);
    (0..names.len()).filter(is_set).map(|n| names[n].clone()).collect()
}

#[test]
fn states_and_speeds_are_as_in_sysfs() {
    let Some(mut ethtool) = connect() else { return };
    let mut compared = 0;
    // Old kernels want a header with lists, too.
    let all = LinkState { header: Some(Header::default()), ..LinkState::default() };
    let states = ethtool.list(Ethtool::LINKSTATE_GET.dump_with(&all), 3).unwrap().entries;
    for state in states {
        let name = state.header.unwrap().dev_name.unwrap().to_string();
        let read = |file: &str| fs::read_to_string(format!("/sys/class/net/{name}/{file}"));
        // sysfs shows the namespace of whoever mounted it, where the loopback may be up, and no carrier of what is down.
        if name == "lo" && state.link == Some(0) {
            continue;
        }
        let Ok(carrier) = read("carrier") else { continue };
        assert_eq!(state.link.map(|link| link.to_string()).as_deref(), Some(carrier.trim()), "{name}");
        compared += 1;

        let of = LinkModes { header: Some(Header::of(&name)), ..LinkModes::default() };
        let Ok(modes) = ethtool.ask(Ethtool::LINKMODES_GET.with(&of)) else { continue };
        let Ok(speed) = read("speed") else { continue };
        let shown = modes.speed.map_or(-1, |speed| i64::from(speed.cast_signed()));
        assert_eq!(shown.to_string(), speed.trim(), "{name}");
        let duplex = modes.duplex.map(|duplex| format!("{duplex:?}").to_lowercase());
        assert_eq!(duplex.as_deref(), Some(read("duplex").unwrap().trim()), "{name}");
    }
    if compared == 0 {
        skip!("needs an interface that is up");
    }
}

#[test]
fn lists_of_bits_agree_with_words_and_names() {
    let Some(mut ethtool) = connect() else { return };
    let wanted = Stringset { id: Some(StringsetId::Features), ..Stringset::default() };
    let sets = Stringsets { stringset: vec![wanted], ..Stringsets::default() };
    // The header is needed, and says nothing here: these names are the same for all interfaces.
    let wanted = Strset { header: Some(Header::default()), stringsets: Some(sets), ..Strset::default() };
    let answer = ethtool.ask(Ethtool::STRSET_GET.with(&wanted)).unwrap().into_owned();
    let [set] = &answer.stringsets.as_ref().unwrap().stringset[..] else { panic!("{answer:?}") };
    assert_eq!(set.id, Some(StringsetId::Features));
    let strings: Vec<String> =
        set.strings[0].string.iter().map(|entry| entry.value.as_ref().unwrap().to_string()).collect();
    assert_eq!(set.count, u32::try_from(strings.len()).ok());
    assert!(strings.iter().any(|name| name == "rx-gro"), "{strings:?}");

    let listed = ethtool.ask(Ethtool::FEATURES_GET.with(&features("lo", HeaderFlags::empty()))).unwrap().into_owned();
    let compact = ethtool.ask(Ethtool::FEATURES_GET.with(&features("lo", HeaderFlags::COMPACT_BITSETS))).unwrap();
    for (listed, compact) in [(&listed.active, &compact.active), (&listed.nochange, &compact.nochange)] {
        let mut listed = names(listed.as_ref());
        let mut words = named(&compact.as_ref().unwrap().value, &strings);
        listed.sort();
        words.sort();
        assert_eq!(listed, words);
        assert!(!words.is_empty());
    }
}

#[test]
fn a_feature_is_switched_and_told() {
    netns::run(|| {
        let Some(mut ethtool) = connect() else { return };
        netns::output("ip", &["link", "add", "here", "type", "veth", "peer", "name", "there"]);
        let mut listener = Ethtool::connect().unwrap();
        listener.join(Ethtool::MONITOR).unwrap();

        let active = |ethtool: &mut Connection<Generic>| {
            let all = ethtool.ask(Ethtool::FEATURES_GET.with(&features("here", HeaderFlags::empty()))).unwrap();
            names(all.active.as_ref()).contains(&"tx-checksum-sctp".to_owned())
        };
        let before = active(&mut ethtool);
        let bit = BitsetBit { name: Some("tx-checksum-sctp".into()), value: !before, ..BitsetBit::default() };
        let bits = BitsetBits { bit: vec![bit], ..BitsetBits::default() };
        let wanted = Some(Bitset { bits: Some(bits), ..Bitset::default() });
        let change = Features { wanted, ..features("here", HeaderFlags::empty()) };
        ethtool.ask(Ethtool::FEATURES_SET.with(&change)).unwrap();
        assert_eq!(active(&mut ethtool), !before);

        let mut events = listener.events().timeout(Duration::from_secs(5));
        let Some(Ok(Incoming::Notification(told))) = events.next_event() else { panic!() };
        assert!(told.is(Ethtool::FEATURES_NTF), "{told:?}");
        let told = told.decode(Ethtool::FEATURES_NTF).unwrap();
        assert_eq!(told.header.unwrap().dev_name.unwrap().to_string(), "here");
    });
}

#[test]
fn what_is_wrong_is_named() {
    netns::run(|| {
        let Some(mut ethtool) = connect() else { return };
        let of = |header| LinkState { header, ..LinkState::default() };
        let error = ethtool.ask(Ethtool::LINKSTATE_GET.with(&of(Some(Header::of("absent0"))))).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::NODEV));
        let error = error.to_string();
        assert!(
            error.ends_with("(`LinkState.header.dev_name` is \"absent0\")") || error.contains("no device matches"),
            "{error}"
        );

        let error = ethtool.ask(Ethtool::LINKSTATE_GET.with(&of(None))).unwrap_err().to_string();
        assert!(error.contains("header"), "{error}");

        // There is nothing to be said of how a loopback is connected.
        let of = LinkInfo { header: Some(Header::of("lo")), ..LinkInfo::default() };
        assert_eq!(ethtool.ask(Ethtool::LINKINFO_GET.with(&of)).unwrap_err().errno(), Some(Errno::OPNOTSUPP));
    });
}
