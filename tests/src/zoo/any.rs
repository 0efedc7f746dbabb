//! Arbitrary values that can be sent: they hold no lie about themselves. Where a selector may be left out, it sometimes
//! is; [`Fill`] says what is read back then.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use netlink_core::wire::{Encode, FixedStr, MacAddr, RawValue, Text, UnknownAttrs, Writer};
use proptest::{
    array::uniform,
    collection::vec,
    option::of,
    prelude::{Just, Strategy, any, prop_oneof},
    strategy::BoxedStrategy,
    test_runner::{Config as ProptestConfig, RngSeed},
};

use super::{
    Alarms, ByFamily, Chosen, Crooked, Data, Ended, Event, Fixed, Growing, Header, Inner, Kept, Lists, Numbers, Odd,
    References, State, Strings, Tagged, Tailed, Tree, Verdict, Zoo,
};

/// How each property is tried: often enough to find things, seldom enough to be run all the time, and with the same values
/// each time, so that a change that is tested twice fails twice or not at all. The environment variables `PROPTEST_CASES`
/// and `PROPTEST_RNG_SEED` say otherwise; with the first, the values are others each time, unless the second is set.
pub fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let (cases, rng_seed) = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => (default.cases, default.rng_seed),
        None if default.rng_seed == RngSeed::Random => (1024, RngSeed::Fixed(0)),
        None => (1024, default.rng_seed),
    };
    // No file of failures in the source tree: what fails is shown smallest first, and belongs into a test of its own.
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..default }
}

/// The bytes of a value that can be sent.
pub fn bytes_of(value: &impl Encode) -> Vec<u8> {
    let mut out = Writer::new();
    value.encode_into(&mut out);
    out.finish().expect("a value that can be sent")
}

/// The default value with these fields replaced by arbitrary ones.
macro_rules! with {
    ($default:expr, $($field:ident: $strategy:expr),* $(,)?) => {{
        let value = Just($default).boxed();
        $(let value = (value, $strategy).prop_map(|(mut value, field)| {
            value.$field = field;
            value
        }).boxed();)*
        value
    }};
}
pub(super) use with;

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[^\\x00]{0,6}").expect("a regular expression")
}

fn cow() -> impl Strategy<Value = Cow<'static, str>> {
    text().prop_map(Cow::Owned)
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..9)
}

pub(super) fn cow_bytes() -> impl Strategy<Value = Cow<'static, [u8]>> {
    bytes().prop_map(Cow::Owned)
}

fn fixed_str<const N: usize>() -> impl Strategy<Value = FixedStr<N>> {
    vec(1_u8.., 0..N).prop_map(|text| text.as_slice().try_into().expect("short enough"))
}

pub(super) fn bytes_text() -> impl Strategy<Value = Text<'static>> {
    vec(1_u8.., 0..7).prop_map(Text::from)
}

fn mac() -> impl Strategy<Value = MacAddr> {
    uniform::<_, 6>(any::<u8>()).prop_map(MacAddr)
}

fn state() -> impl Strategy<Value = State> {
    any::<u8>().prop_map(State::from)
}

fn alarms() -> impl Strategy<Value = Alarms> {
    any::<u16>().prop_map(Alarms::from_bits_retain)
}

/// Numbers that no set of the zoo declares, and flag bits of all kinds.
pub fn unknown() -> impl Strategy<Value = UnknownAttrs<'static>> {
    vec(((100_u16..0x3f00), 0_u16..4, bytes()), 0..3).prop_map(|attrs| {
        let mut unknown = UnknownAttrs::default();
        for (id, flags, payload) in attrs {
            unknown.push(id | flags << 14, payload);
        }
        unknown
    })
}

pub(super) fn raw() -> impl Strategy<Value = RawValue<'static>> {
    (0_u16..4, cow_bytes()).prop_map(|(flags, payload)| RawValue { flags: flags << 14, payload })
}

pub fn numbers() -> BoxedStrategy<Numbers<'static>> {
    with!(Numbers::default(),
        u8: any::<Option<u8>>(), i8: any::<Option<i8>>(), u16: any::<Option<u16>>(), i16: any::<Option<i16>>(),
        u32: any::<Option<u32>>(), i32: any::<Option<i32>>(), u64: any::<Option<u64>>(), i64: any::<Option<i64>>(),
        u16_be: any::<Option<u16>>(), i32_be: any::<Option<i32>>(), u64_be: any::<Option<u64>>(),
        i16_le: any::<Option<i16>>(), u32_le: any::<Option<u32>>(), i64_le: any::<Option<i64>>(),
        state: of(state()),
        verdict: of(prop_oneof![any::<i32>().prop_map(Verdict::from), Just(Verdict::Drop), Just(Verdict::Accept)]),
        alarms: of(alarms()), alarms_be: of(alarms()), flag: any::<bool>(), unknown: unknown(),
    )
}

pub fn strings() -> BoxedStrategy<Strings<'static>> {
    let v4 = || any::<u32>().prop_map(Ipv4Addr::from);
    let v6 = || any::<u128>().prop_map(Ipv6Addr::from);
    with!(Strings::default(),
        cow: of(cow()), string: of(text()), text: of(bytes_text()), if_name: of(fixed_str()), short: of(fixed_str()),
        bytes: of(cow_bytes()), vec: of(bytes()), array: of(uniform(any::<u8>())), v4: of(v4()), v6: of(v6()),
        ip: of(prop_oneof![v4().prop_map(IpAddr::V4), v6().prop_map(IpAddr::V6)]), mac: of(mac()),
        required: cow().prop_map(Some),
    )
}

pub fn tree() -> BoxedStrategy<Tree<'static>> {
    let leaf = with!(Tree::default(), value: any::<Option<u16>>(), unknown: unknown());
    let tree = leaf.prop_recursive(4, 8, 3, |inner| {
        with!(Tree::default(),
            value: any::<Option<u16>>(), child: of(inner.clone().prop_map(Box::new)), children: vec(inner, 0..3),
            unknown: unknown(),
        )
    });
    tree.boxed()
}

pub fn lists() -> BoxedStrategy<Lists<'static>> {
    with!(Lists::default(),
        numbers: vec(any::<u32>(), 0..3), ports: vec(any::<u16>(), 0..3), names: vec(cow(), 0..3),
        nests: vec(tree(), 0..3), indexed: of(vec(any::<u8>(), 0..3)), indexed_be: of(vec(any::<u32>(), 0..3)),
        indexed_nests: of(vec(tree(), 0..3)), packed: of(vec(any::<u64>(), 0..3)),
        packed_le: of(vec(any::<u16>(), 0..4)), packed_structs: of(vec(fixed(), 0..3)),
        packed_states: of(vec(state(), 0..6)),
    )
}

pub fn fixed() -> BoxedStrategy<Fixed> {
    let inner = with!(Inner::default(), kind: any::<u8>(), value: any::<u32>(), port: any::<u16>(), end: any::<u8>());
    with!(Fixed::default(),
        state: state(), level: any::<i8>(), address: any::<u32>(), name: fixed_str(), alarms: alarms(), inner: inner,
        array: any::<[u16; 3]>(), mac: mac(), wide: any::<i64>(),
    )
}

pub fn growing() -> impl Strategy<Value = Growing> {
    // What comes after a member that is not there is not there either.
    (any::<u32>(), of((any::<u16>(), any::<Option<u64>>()))).prop_map(|(first, more)| Growing {
        first,
        second: more.map(|(second, _)| second),
        third: more.and_then(|(_, third)| third),
    })
}

pub fn kept() -> impl Strategy<Value = Kept<'static>> {
    (any::<u32>(), of((any::<u16>(), cow_bytes()))).prop_map(|(first, more)| Kept {
        first,
        second: more.as_ref().map(|(second, _)| *second),
        rest: more.map(|(_, rest)| rest).unwrap_or_default(),
    })
}

pub fn tailed() -> impl Strategy<Value = Tailed<'static>> {
    (any::<u16>(), any::<u32>(), cow_bytes()).prop_map(|(id, len, data)| Tailed { id, len, data })
}

pub fn crooked() -> impl Strategy<Value = Crooked<'static>> {
    (any::<u16>(), tree()).prop_map(|(id, tree)| Crooked { id, tree })
}

fn event() -> BoxedStrategy<Event<'static>> {
    prop_oneof![
        Just(Event::Nothing),
        fixed().prop_map(|fixed| Event::Fixed(Box::new(fixed))),
        tree().prop_map(Event::Tree),
        bytes_text().prop_map(Event::Text),
    ]
    .boxed()
}

pub fn tagged() -> BoxedStrategy<Tagged<'static>> {
    // A declared variant is written with its selector, whatever was said; an undeclared one needs an undeclared one.
    let declared = (any::<u16>(), event());
    let undeclared =
        (4_u16..0x8000, cow_bytes()).prop_map(|(what, payload)| (what, Event::Other(RawValue { flags: 0, payload })));
    let either = prop_oneof![3 => declared, 1 => undeclared];
    (any::<u32>(), either).prop_map(|(id, (what, event))| Tagged { what, id, event }).boxed()
}

pub fn chosen() -> BoxedStrategy<Chosen<'static>> {
    let data = prop_oneof![
        tree().prop_map(|tree| ("tree", Data::Tree(tree))),
        growing().prop_map(|growing| ("grown", Data::Growing(growing))),
        any::<u32>().prop_map(|number| ("number", Data::Number(number))),
        Just(("none", Data::Nothing)),
        raw().prop_map(|raw| ("something else", Data::Other(raw))),
    ];
    let early = of((data, any::<bool>())).prop_map(|early| match early {
        None => (None, None),
        Some(((kind, data), said)) => (said.then(|| kind.into()), Some(data)),
    });
    let known = (event(), any::<bool>()).prop_map(|(event, said)| {
        let what = match event {
            Event::Fixed(_) => 0x8000,
            _ => what(&event),
        };
        (said.then_some(what), event)
    });
    let late = prop_oneof![3 => known, 1 => (of(4_u32..0x8000), raw().prop_map(Event::Other))];
    (early, of(late), unknown())
        .prop_map(|((kind, early), late, unknown)| {
            let (what, late) = match late {
                None => (None, None),
                Some((what, event)) => (what, Some(event)),
            };
            Chosen { kind, early, late, what, unknown }
        })
        .boxed()
}

/// A whole zoo with few attributes at once, so that each of them is tried with many values.
pub fn zoo() -> BoxedStrategy<Zoo<'static>> {
    let header = with!(Header::default(), index: any::<i32>(), flags: any::<u32>());
    let by_family = prop_oneof![
        any::<u32>().prop_map(|addr| (2, ByFamily::V4(addr.into()))),
        any::<u128>().prop_map(|addr| (10, ByFamily::V6(addr.into()))),
        (11_u8.., raw()).prop_map(|(family, raw)| (family, ByFamily::Other(raw))),
    ];
    let zoo = with!(Zoo::default(),
        header: header, numbers: of(numbers()), strings: of(strings()), lists: of(lists()), tree: of(tree()),
        fixed: of(fixed()), growing: of(growing()), kept: of(kept()), tailed: of(tailed()), crooked: of(crooked()),
        tagged: of(tagged()), chosen: of(chosen()), unknown: unknown(),
    );
    (zoo, of(by_family))
        .prop_map(|(mut zoo, by_family)| {
            if let Some((family, data)) = by_family {
                zoo.header.family = family;
                zoo.by_family = Some(data);
            }
            zoo
        })
        .boxed()
}

fn what(event: &Event<'_>) -> u32 {
    match event {
        Event::Nothing => 0,
        Event::Fixed(_) => 1,
        Event::Tree(_) => 2,
        Event::Text(_) => 3,
        Event::Other(_) => unreachable!("it can have any selector"),
    }
}

/// What encoding fills in, and decoding gives back.
pub trait Fill: Sized {
    /// The value as it is read back.
    fn filled(self) -> Self {
        self
    }
}

impl Fill for References<'_> {}
impl Fill for Odd {}
impl Fill for Ended {}
impl Fill for Numbers<'_> {}
impl Fill for Strings<'_> {}
impl Fill for Lists<'_> {}
impl Fill for Tree<'_> {}
impl Fill for Fixed {}
impl Fill for Growing {}
impl Fill for Kept<'_> {}
impl Fill for Crooked<'_> {}

impl Fill for Tailed<'_> {
    fn filled(mut self) -> Self {
        self.len = self.data.len().try_into().expect("few bytes");
        self
    }
}

impl Fill for Tagged<'_> {
    fn filled(mut self) -> Self {
        match &self.event {
            Event::Other(_) => {}
            // It has two, and either is left as it is.
            Event::Fixed(_) if self.what == 0x8000 => {}
            event => self.what = what(event).try_into().expect("16 bits"),
        }
        self
    }
}

impl Fill for Chosen<'_> {
    fn filled(mut self) -> Self {
        let kind = self.early.as_ref().and_then(|data| match data {
            Data::Tree(_) => Some("tree"),
            Data::Growing(_) => Some("growing"),
            Data::Number(_) => Some("number"),
            Data::Nothing => Some("none"),
            Data::Other(_) => None,
        });
        self.kind = self.kind.or(kind.map(Cow::Borrowed));
        if let Some(event) = self.late.as_ref().filter(|event| !matches!(event, Event::Other(_))) {
            self.what.get_or_insert(what(event));
        }
        self
    }
}

impl Fill for Zoo<'_> {
    fn filled(mut self) -> Self {
        self.tailed = self.tailed.map(Fill::filled);
        self.tagged = self.tagged.map(Fill::filled);
        self.chosen = self.chosen.map(Fill::filled);
        self
    }
}
