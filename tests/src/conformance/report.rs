//! What a comparison found.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::deviations::Deviation;

/// In what respect a declaration and the kernel differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The number of an attribute, an operation or a group; of an enum or of flags, the value.
    Number,
    /// The Rust name.
    Name,
    /// The kernel's name.
    KernelName,
    /// What is carried.
    Type,
    /// The byte order.
    ByteOrder,
    /// Whether an attribute repeats.
    Repeats,
    /// The names of a number.
    Names,
    /// A length, or the size of a struct.
    Length,
    /// The offset in a struct.
    Offset,
    /// The smallest and the largest value.
    Range,
    /// The struct in front of attributes.
    Header,
    /// The attribute that selects a payload.
    Selector,
    /// What an operation can do.
    Mode,
    /// Something is declared that the specification does not have.
    Extra,
    /// Something is specified that is not declared.
    Missing,
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Type | Self::Extra | Self::Missing => "",
            Self::Number => "number ",
            Self::Name => "name ",
            Self::KernelName => "kernel name ",
            Self::ByteOrder => "byte order ",
            Self::Repeats => "repetition ",
            Self::Names => "names ",
            Self::Length => "length ",
            Self::Offset => "offset ",
            Self::Range => "range ",
            Self::Header => "header ",
            Self::Selector => "selector ",
            Self::Mode => "mode ",
        })
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Where, as the kernel's side names it: `link-attrs.mtu`, `ifinfomsg.ifi-index`, `getlink`.
    pub place: String,
    /// In what respect.
    pub aspect: Aspect,
    /// What differs, as a reader wants to know it: "attribute `mtu` (IFLA_MTU)".
    pub subject: String,
    /// What the declaration says.
    pub declared: String,
    /// What the kernel's side says.
    pub specified: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { aspect, subject, declared, specified, .. } = self;
        write!(f, "{subject}: {aspect}declared {declared}, specified {specified}")
    }
}

/// What coverage is counted of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Attributes.
    Attribute,
    /// Attribute sets, each of which has at least one declared attribute.
    Set,
    /// Enums and flags.
    Enum,
    /// The names in enums and flags.
    Value,
    /// C structs.
    Struct,
    /// Members of C structs.
    Member,
    /// Payloads that a selector decides about.
    Format,
    /// Operations.
    Operation,
    /// Multicast groups.
    Group,
}

impl Item {
    const ALL: [Self; 9] = [
        Self::Attribute,
        Self::Set,
        Self::Enum,
        Self::Value,
        Self::Struct,
        Self::Member,
        Self::Format,
        Self::Operation,
        Self::Group,
    ];

    fn plural(self) -> &'static str {
        match self {
            Self::Attribute => "attributes",
            Self::Set => "attribute sets",
            Self::Enum => "enums and flags",
            Self::Value => "values of them",
            Self::Struct => "structs",
            Self::Member => "members of them",
            Self::Format => "selected payloads",
            Self::Operation => "operations",
            Self::Group => "groups",
        }
    }
}

/// How much is declared of what is specified, by place.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    pub(super) declared: BTreeMap<Item, BTreeSet<String>>,
    pub(super) specified: BTreeMap<Item, BTreeSet<String>>,
}

impl Coverage {
    pub(super) fn declare(&mut self, item: Item, place: impl Into<String>) {
        self.declared.entry(item).or_default().insert(place.into());
    }

    pub(super) fn specify(&mut self, item: Item, place: impl Into<String>) {
        self.specified.entry(item).or_default().insert(place.into());
    }

    /// How many are declared, and how many are specified.
    pub fn of(&self, item: Item) -> (usize, usize) {
        let specified = self.specified.get(&item).map_or(0, BTreeSet::len);
        (specified - self.missing(item).count(), specified)
    }

    /// What is specified and not declared.
    pub fn missing(&self, item: Item) -> impl Iterator<Item = &str> {
        let declared = self.declared.get(&item);
        let specified = self.specified.get(&item).into_iter().flatten();
        specified.filter(move |place| declared.is_none_or(|declared| !declared.contains(*place))).map(String::as_str)
    }
}

/// What a comparison found. Shown, it is a table and a list.
#[derive(Clone, Debug)]
pub struct Report {
    /// The family.
    pub family: String,
    /// How much is declared.
    pub coverage: Coverage,
    /// The differences that nobody justified.
    pub differences: Vec<Difference>,
    /// The differences that [`deviations`](super::deviations) justifies, with the reason.
    pub deviations: Vec<(Difference, &'static str)>,
    /// What is left out, with the reason.
    pub left_out: BTreeMap<String, &'static str>,
    /// The places of deviations where there is no difference (any more).
    pub stale: Vec<String>,
}

impl Report {
    pub(super) fn new(
        family: &str,
        coverage: Coverage,
        found: BTreeSet<Difference>,
        seen: &BTreeSet<String>,
        allowed: &[Deviation],
    ) -> Self {
        let allowed: Vec<&Deviation> = allowed.iter().filter(|deviation| deviation.family == family).collect();
        let mut stale: BTreeSet<(&str, Aspect)> = BTreeSet::new();
        for deviation in &allowed {
            let places = deviation.places.iter().filter(|place| seen.contains(**place));
            stale.extend(places.map(|place| (*place, deviation.aspect)));
        }
        let (mut differences, mut deviations) = (Vec::new(), Vec::new());
        for difference in found {
            let reason = allowed.iter().find(|deviation| deviation.allows(&difference));
            stale.retain(|(place, aspect)| (*place, *aspect) != (&*difference.place, difference.aspect));
            match reason {
                Some(deviation) => deviations.push((difference, deviation.reason)),
                None => differences.push(difference),
            }
        }
        // What is missing is no difference until completeness is asked for: see `check_complete`.
        let missing = |place: &str| Item::ALL.iter().any(|item| coverage.missing(*item).any(|name| name == place));
        let mut left_out = BTreeMap::new();
        for deviation in allowed.iter().filter(|deviation| deviation.aspect == Aspect::Missing) {
            for place in deviation.places {
                if missing(place) {
                    left_out.insert((*place).to_owned(), deviation.reason);
                } else {
                    stale.insert((place, Aspect::Missing));
                }
            }
        }
        let stale = stale.into_iter().map(|(place, aspect)| format!("{place} ({aspect:?})")).collect();
        Self { family: family.to_owned(), coverage, differences, deviations, left_out, stale }
    }

    /// Whether all is well.
    ///
    /// # Errors
    ///
    /// There are differences that nobody justified, or deviations that are none: the report, to be shown.
    pub fn check(&self) -> Result<(), String> {
        if self.differences.is_empty() && self.stale.is_empty() { Ok(()) } else { Err(self.to_string()) }
    }

    /// Whether all is well, and everything that is specified is declared.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check), or something is missing that nobody left out on purpose.
    pub fn check_complete(&self) -> Result<(), String> {
        self.check()?;
        let missing = Item::ALL.iter().flat_map(|item| {
            let missing = self.coverage.missing(*item).filter(|place| !self.left_out.contains_key(*place));
            missing.map(|place| format!("\n  {}: {place}", item.plural()))
        });
        let missing: String = missing.collect();
        match missing.is_empty() {
            true => Ok(()),
            false => Err(format!("{} is not declared completely:{missing}", self.family)),
        }
    }

    /// Shows the coverage and the deviations.
    ///
    /// # Panics
    ///
    /// If there are differences that nobody justified, or deviations that are none.
    #[track_caller]
    pub fn assert(&self) {
        self.check().unwrap_or_else(|error| panic!("{error}"));
        println!("{self}");
    }

    /// As [`assert`](Self::assert), and everything that is specified must be declared.
    ///
    /// # Panics
    ///
    /// As [`assert`](Self::assert), and if anything is missing.
    #[track_caller]
    pub fn assert_complete(&self) {
        self.check_complete().unwrap_or_else(|error| panic!("{error}"));
        println!("{self}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<18} declared / specified", self.family)?;
        for item in Item::ALL {
            let (declared, specified) = self.coverage.of(item);
            if specified > 0 {
                writeln!(f, "  {:<18} {declared:>6} / {specified}", item.plural())?;
            }
        }
        if !self.deviations.is_empty() {
            writeln!(f, "deliberate deviations:")?;
        }
        for (difference, reason) in &self.deviations {
            writeln!(f, "  {} {difference}: {reason}", difference.place)?;
        }
        if !self.left_out.is_empty() {
            writeln!(f, "left out:")?;
        }
        for (place, reason) in &self.left_out {
            writeln!(f, "  {place}: {reason}")?;
        }
        if !self.differences.is_empty() {
            writeln!(f, "differences:")?;
        }
        for difference in &self.differences {
            writeln!(f, "  {} {difference}", difference.place)?;
        }
        if !self.stale.is_empty() {
            writeln!(f, "deviations that are none: {}", self.stale.join(", "))?;
        }
        Ok(())
    }
}
