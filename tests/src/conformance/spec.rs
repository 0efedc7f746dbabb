//! A family as the kernel's YAML specification describes it, with all numbers and C names worked out.

use std::{fs, path::Path};

use super::load;
use crate::require;

/// The environment variable with the directory of specifications (`Documentation/netlink/specs` of a kernel).
pub const SPECS: &str = "NETLINK_SPECS";

/// A family.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// The name.
    pub name: String,
    /// Numbers with names, bits with names.
    pub names: Vec<Names>,
    /// C structs.
    pub structs: Vec<Struct>,
    /// Attribute sets, subsets of others among them.
    pub sets: Vec<Set>,
    /// Payloads that a selector decides about.
    pub sub_messages: Vec<SubMessage>,
    /// Operations.
    pub operations: Vec<Operation>,
    /// Multicast groups.
    pub groups: Vec<Group>,
}

/// A kernel name: what it is, or, where the specification does not say, what it ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KernelName {
    /// The name, or its end.
    pub text: String,
    /// Whether it is the whole name.
    pub exact: bool,
}

impl KernelName {
    /// Which of these a declared name is: where several may be meant, the one of which most is known.
    pub fn find<'n, T>(names: &'n [T], declared: Option<&str>, name: impl Fn(&T) -> &Self) -> Option<&'n T> {
        let found = names.iter().filter(|item| name(item).is(declared.unwrap_or_default()));
        found.max_by_key(|item| name(item).text.len())
    }

    /// Whether a declared name is this one.
    pub fn is(&self, declared: &str) -> bool {
        let end = declared.strip_suffix(&*self.text);
        end.is_some_and(|start| start.is_empty() || (!self.exact && start.ends_with('_')))
    }
}

/// Numbers or bits with names.
#[derive(Clone, Debug)]
pub struct Names {
    /// What other parts of the specification call it.
    pub name: String,
    /// Whether the values are positions of bits wherever it is used.
    pub flags: bool,
    /// The names, with numbers as written: of flags, the positions of bits.
    pub entries: Vec<Entry>,
}

/// A name of a number.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name.
    pub name: String,
    /// The kernel's name.
    pub kernel: KernelName,
    /// The number; of flags, the position of the bit.
    pub value: i128,
}

/// A C struct.
#[derive(Clone, Debug)]
pub struct Struct {
    /// What other parts of the specification call it.
    pub name: String,
    /// The members that are not padding.
    pub members: Vec<Member>,
    /// The sum of all members, padding included.
    pub size: usize,
}

/// A member of a C struct.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name.
    pub name: String,
    /// Where it starts.
    pub offset: usize,
    /// Its length.
    pub size: usize,
    /// What it is.
    pub payload: Payload,
}

/// An attribute set.
#[derive(Clone, Debug)]
pub struct Set {
    /// What other parts of the specification call it.
    pub name: String,
    /// The set that this is a part of.
    pub parent: Option<String>,
    /// The attributes.
    pub attrs: Vec<Attr>,
}

impl Set {
    /// The set that defines the attributes.
    pub fn origin(&self) -> &str {
        self.parent.as_deref().unwrap_or(&self.name)
    }
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attr {
    /// The name.
    pub name: String,
    /// The kernel's name.
    pub kernel: KernelName,
    /// The number.
    pub id: u16,
    /// Whether the attribute repeats.
    pub multi: bool,
    /// What it carries.
    pub payload: Payload,
}

/// The basic types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Type {
    /// The number is reserved.
    #[default]
    Unused,
    /// Fills up.
    Pad,
    /// Present or not.
    Flag,
    /// Bytes, or what [`Payload`] says beyond.
    Binary,
    /// Value and mask.
    Bitfield32,
    /// An integer: bytes, sign.
    Int(u8, bool),
    /// `uint`, or `sint`.
    Variable(bool),
    /// Text.
    Text,
    /// Attributes.
    Nest,
    /// Attributes whose numbers count.
    IndexedArray,
    /// Attributes whose numbers mean something.
    NestTypeValue,
    /// What a selector says.
    SubMessage,
}

/// What an attribute or a member carries.
#[derive(Clone, Debug, Default)]
pub struct Payload {
    /// The basic type.
    pub ty: Type,
    /// Whether integers are big-endian (`true`), or little-endian (`false`); otherwise the machine's order.
    pub big_endian: Option<bool>,
    /// The names of the numbers or bits.
    pub names: Option<String>,
    /// Whether the numbers of the names are positions of bits.
    pub as_flags: bool,
    /// The type of the elements of an array.
    pub element: Option<Type>,
    /// The set inside of a nest.
    pub nested: Option<String>,
    /// The struct.
    pub structure: Option<String>,
    /// The payload that a selector decides about.
    pub sub_message: Option<String>,
    /// The attribute that decides.
    pub selector: Option<String>,
    /// How it is printed.
    pub hint: Option<String>,
    /// How many levels of numbers there are.
    pub levels: usize,
    /// The length that the kernel demands.
    pub exact_len: Option<usize>,
    /// The smallest value that the kernel accepts.
    pub min: Option<i128>,
    /// The largest value that the kernel accepts.
    pub max: Option<i128>,
}

/// A payload that a selector decides about.
#[derive(Clone, Debug)]
pub struct SubMessage {
    /// What attributes call it.
    pub name: String,
    /// By value of the selector.
    pub formats: Vec<Format>,
}

/// What one value of a selector selects.
#[derive(Clone, Debug)]
pub struct Format {
    /// The value.
    pub value: String,
    /// The struct in front.
    pub header: Option<String>,
    /// The attributes.
    pub set: Option<String>,
}

/// An operation.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// The name.
    pub name: String,
    /// The C name of its number.
    pub kernel: String,
    /// The number of requests.
    pub request: Option<u16>,
    /// The number of replies and notifications.
    pub reply: Option<u16>,
    /// Whether it is for one object.
    pub has_do: bool,
    /// Whether it lists.
    pub has_dump: bool,
    /// Whether the kernel sends it unasked.
    pub event: bool,
    /// The attributes.
    pub set: Option<String>,
    /// The struct in front of them.
    pub header: Option<String>,
}

/// A multicast group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The name.
    pub name: String,
    /// The number; `None` where the kernel assigns it at run time.
    pub value: Option<u32>,
}

impl Spec {
    /// The specification of this name in the directory of [`SPECS`]. Without it, the test says that it is skipped.
    ///
    /// # Panics
    ///
    /// If there is no such specification, or it cannot be understood, and where `NETLINK_REQUIRE` is set and the
    /// variable is not.
    #[track_caller]
    pub fn find(name: &str) -> Option<Self> {
        let directory = require::directory(SPECS, "the kernel's netlink specifications (`*.yaml`)")?;
        Some(Self::read(&directory.join(format!("{name}.yaml"))))
    }

    /// Every specification in the directory of [`SPECS`].
    ///
    /// # Panics
    ///
    /// As [`find`](Self::find).
    #[track_caller]
    pub fn find_all() -> Option<Vec<Self>> {
        let directory = require::directory(SPECS, "the kernel's netlink specifications (`*.yaml`)")?;
        let entries = fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
        let paths = entries.map(|entry| entry.expect("an entry of the directory").path());
        let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
        paths.sort();
        Some(paths.iter().map(|path| Self::read(path)).collect())
    }

    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// A specification from its text.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        load::spec(text)
    }

    /// The set of this name.
    pub fn set(&self, name: &str) -> Option<&Set> {
        self.sets.iter().find(|set| set.name == name)
    }

    /// The struct of this name.
    pub fn structure(&self, name: &str) -> Option<&Struct> {
        self.structs.iter().find(|structure| structure.name == name)
    }

    /// The names of numbers of this name.
    pub fn names(&self, name: &str) -> Option<&Names> {
        self.names.iter().find(|names| names.name == name)
    }

    /// The sub-message of this name.
    pub fn sub_message(&self, name: &str) -> Option<&SubMessage> {
        self.sub_messages.iter().find(|message| message.name == name)
    }
}
