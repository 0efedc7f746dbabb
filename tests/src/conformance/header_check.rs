//! Declarations beside the kernel's C headers: every constant, every struct, in one C program.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use netlink_core::schema::{Enum, Family, Flags, Kind, Set, Struct};

use super::{operations, reach::Reach};
use crate::headers::{Error, Headers};

/// A comparison of declarations with C headers. What has a kernel name is compared, and what does not is
/// [listed](Found::nameless).
#[derive(Debug, Default)]
pub struct HeaderCheck {
    /// What C must say of an expression, and who says so.
    pub(super) expressions: BTreeMap<String, BTreeSet<(i128, String)>>,
    nameless: BTreeSet<String>,
    members: BTreeMap<(String, String), String>,
    /// What C has no struct for: its members stand in others.
    inline: BTreeSet<String>,
    pub(super) reach: Reach,
}

/// What the headers say.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// How many constants were compared.
    pub constants: usize,
    /// How many sizes and offsets were compared.
    pub layouts: usize,
    /// What differs.
    pub differences: Vec<String>,
    /// What is declared without a kernel name, and so was not compared.
    pub nameless: BTreeSet<String>,
}

impl HeaderCheck {
    /// Nothing to compare yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// An attribute set, and all that is in it.
    #[must_use]
    pub fn set(mut self, set: &'static Set) -> Self {
        self.reach.set(set);
        self
    }

    /// A struct, and all that is in it.
    #[must_use]
    pub fn structure(mut self, structure: &'static Struct) -> Self {
        self.reach.structure(structure);
        self
    }

    /// An enum.
    #[must_use]
    pub fn enumeration(mut self, names: &'static Enum) -> Self {
        self.reach.enumeration(names);
        self
    }

    /// Flags.
    #[must_use]
    pub fn flags(mut self, names: &'static Flags) -> Self {
        self.reach.bits(names);
        self
    }

    /// The operations and groups of a family, and all that is in them.
    #[must_use]
    pub fn family(self, family: &Family) -> Self {
        let mut check = self.numbers(family);
        family.operations.iter().flat_map(operations::bodies).for_each(|body| check.reach.kind(body));
        check
    }

    /// The numbers of the operations and groups of a family, and nothing of what is in them.
    #[must_use]
    pub fn numbers(mut self, family: &Family) -> Self {
        for group in family.groups {
            if let Some(number) = group.number {
                self.constant(group.kernel, number.into(), || format!("group `{}`", group.name));
            }
        }
        for operation in family.operations {
            let number = if operations::is_event(operation) { operation.reply_id } else { operation.request_id };
            self.constant(operation.kernel, number.into(), || format!("operation `{}`", operation.name));
        }
        self
    }

    /// What C calls a member, where that is more than a name: one of a union or a struct within. Empty if C cannot say
    /// where it is: bits, and what follows the struct; then it is [listed](Found::nameless).
    #[must_use]
    pub fn member(mut self, structure: &str, member: &str, c_path: &str) -> Self {
        self.members.insert((structure.to_owned(), member.to_owned()), c_path.to_owned());
        self
    }

    /// A macro of members that C puts into several structs, and that is declared as a struct.
    #[must_use]
    pub fn inline(mut self, name: &str) -> Self {
        self.inline.insert(name.to_owned());
        self
    }

    fn constant(&mut self, kernel: Option<&str>, value: i128, subject: impl Fn() -> String) {
        match kernel {
            Some(kernel) => {
                self.expressions.entry(kernel.to_owned()).or_default().insert((value, subject()));
            }
            None => {
                self.nameless.insert(subject());
            }
        }
    }

    pub(super) fn collect(&mut self) {
        let reach = std::mem::take(&mut self.reach);
        for set in &reach.sets {
            for attr in set.attrs {
                let subject = || format!("attribute `{}` of `{}`", attr.name, set.name);
                self.constant(attr.kernel, attr.id.into(), subject);
            }
        }
        for names in &reach.enums {
            for entry in names.entries() {
                let subject = || format!("`{}` of enum `{}`", entry.name, names.name);
                self.constant(entry.kernel, entry.value, subject);
            }
        }
        for names in &reach.flags {
            (names.each)(&mut |name, bits| {
                let kernel = names.prefix.map(|prefix| format!("{prefix}{name}"));
                self.constant(kernel.as_deref(), bits, || format!("`{name}` of flags `{}`", names.name));
            });
        }
        for structure in &reach.structs {
            self.layout(structure);
        }
    }

    fn layout(&mut self, structure: &Struct) {
        let subject = || format!("struct `{}`", structure.name);
        let Some(name) = structure.kernel else {
            self.nameless.insert(subject());
            return;
        };
        if self.inline.contains(name) {
            return;
        }
        let c_type = if name.contains(' ') { name.to_owned() } else { format!("struct {name}") };
        // A struct of which a part is optional or of any length is compared by its members.
        if structure.members.iter().all(|member| member.size.is_some() && !member.optional) {
            let size = Some(format!("sizeof({c_type})"));
            self.constant(size.as_deref(), structure.size as i128, || format!("the size of {}", subject()));
        }
        self.layout_of(structure, name, &c_type, 0);
    }

    /// The members of a struct that starts at this offset in the C type.
    fn layout_of(&mut self, structure: &Struct, name: &str, c_type: &str, start: usize) {
        for member in structure.members {
            if let Kind::Struct(inner) = member.kind {
                let inner = inner();
                if inner.kernel.is_some_and(|kernel| self.inline.contains(kernel)) {
                    self.layout_of(inner, name, c_type, start + member.offset);
                    continue;
                }
            }
            let path = self.members.get(&(name.to_owned(), member.name.to_owned())).cloned();
            let c_name = || member.kernel.unwrap_or(member.name.trim_start_matches("r#")).to_owned();
            let c_name = path.unwrap_or_else(c_name);
            if c_name.is_empty() {
                self.nameless.insert(format!("member `{}` of struct `{name}`", member.name));
                continue;
            }
            let offset = format!("__builtin_offsetof({c_type}, {c_name})");
            let subject = |what: &str| format!("the {what} of member `{}` of struct `{name}`", member.name);
            self.constant(Some(&offset), (start + member.offset) as i128, || subject("offset"));
            if let Some(size) = member.size {
                let expression = format!("sizeof((({c_type} *)0)->{c_name})");
                self.constant(Some(&expression), size as i128, || subject("size"));
            }
        }
    }

    /// Asks the headers.
    ///
    /// # Errors
    ///
    /// The names that the headers do not have.
    pub fn run(mut self, headers: &Headers, includes: &[&str]) -> Result<Found, Error> {
        self.collect();
        let names: Vec<&str> = self.expressions.keys().map(String::as_str).collect();
        let numbers = headers.constants(includes, &names)?;
        let mut found = Found { nameless: self.nameless, ..Found::default() };
        for (name, declared) in &self.expressions {
            let number = numbers[name];
            match name.contains('(') {
                true => found.layouts += 1,
                false => found.constants += 1,
            }
            let wrong = declared.iter().filter(|(value, _)| *value != number);
            let wrong = wrong.map(|(value, subject)| match name.contains('(') {
                true => format!("{subject}: declared {value}, is {number}"),
                false => format!("{subject} ({name}): declared {value} ({value:#x}), is {number} ({number:#x})"),
            });
            found.differences.extend(wrong);
        }
        Ok(found)
    }

    /// Asks the headers, and shows how much was compared.
    ///
    /// # Panics
    ///
    /// If anything differs, if the headers lack a name, or if there is nothing to compare.
    #[track_caller]
    pub fn assert(self, headers: &Headers, includes: &[&str]) {
        let found = self.run(headers, includes).unwrap_or_else(|error| panic!("{error}"));
        assert!(found.constants + found.layouts > 0, "nothing to compare with {}", includes.join(", "));
        assert!(found.differences.is_empty(), "{found}");
        println!("{}: {found}", includes.join(", "));
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { constants, layouts, differences, nameless } = self;
        write!(
            f,
            "{constants} constants and {layouts} sizes and offsets of structs, of which differ {}",
            differences.len()
        )?;
        differences.iter().try_for_each(|difference| write!(f, "\n  {difference}"))?;
        let nameless: Vec<&str> = nameless.iter().map(String::as_str).collect();
        if nameless.is_empty() { Ok(()) } else { write!(f, "\n  without a kernel name: {}", nameless.join(", ")) }
    }
}
