//! Families that consist of parts, and what the compiler checks of every family.

use super::{FamilyKind, NlFamily};
use crate::schema::{Group, Operation};

/// A part of the family `F`, declared where its objects are. Derived with `#[derive(NlFamily)]` and
/// `#[nl(part_of = ...)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no part of the family `{F}`",
    label = "not declared as a part of it",
    note = "parts are structs with `#[derive(NlFamily)]` and `#[nl(part_of = ...)]`, which names the family"
)]
pub trait Part<F> {
    /// Its operations.
    const OPERATIONS: &'static [Operation];
    /// Its multicast groups.
    const GROUPS: &'static [Group];
}

/// How many there are in all parts.
pub const fn count<T>(parts: &[&[T]]) -> usize {
    let (mut sum, mut at) = (0, 0);
    while at < parts.len() {
        sum += parts[at].len();
        at += 1;
    }
    sum
}

/// The operations of all parts.
pub const fn joined_operations<const N: usize>(parts: &[&[Operation]]) -> [Operation; N] {
    joined(parts, [Operation::NONE; N])
}

/// The groups of all parts.
pub const fn joined_groups<const N: usize>(parts: &[&[Group]]) -> [Group; N] {
    joined(parts, [Group::NONE; N])
}

const fn joined<T: Copy, const N: usize>(parts: &[&[T]], mut all: [T; N]) -> [T; N] {
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let mut own = 0;
        while own < parts[part].len() {
            all[at] = parts[part][own];
            at += 1;
            own += 1;
        }
        part += 1;
    }
    all
}

/// Fails where no one could tell which of two operations a message is of.
#[track_caller]
pub const fn check_family<F: NlFamily>() {
    let operations = F::SCHEMA.operations;
    let mut later = 1;
    while later < operations.len() {
        let mut earlier = 0;
        while earlier < later {
            let (one, other) = (&operations[earlier], &operations[later]);
            if let Some(what) = both(one, other) {
                Text::new().add("`").add(one.name).add("` and `").add(other.name).add(what).fail();
            }
            earlier += 1;
        }
        later += 1;
    }
    check_groups(F::SCHEMA.groups);
}

/// Fails where two groups are one.
#[track_caller]
const fn check_groups(groups: &[Group]) {
    let mut later = 1;
    while later < groups.len() {
        let mut earlier = 0;
        while earlier < later {
            let (one, other) = (&groups[earlier], &groups[later]);
            let twice = match (one.number, other.number, one.kernel, other.kernel) {
                (Some(one), Some(other), ..) => one == other,
                (None, None, Some(one), Some(other)) => same(one, other),
                _ => false,
            };
            if twice {
                Text::new().add("`").add(one.name).add("` and `").add(other.name).add("` are the same group").fail();
            }
            earlier += 1;
        }
        later += 1;
    }
}

/// What two operations have in common that only one can have.
const fn both(one: &Operation, other: &Operation) -> Option<&'static str> {
    // Seldom, and of little cost: that comes first.
    if one.request_id != other.request_id && one.reply_id != other.reply_id {
        return None;
    }
    if one.begins.excludes(other.begins) {
        return None;
    }
    let (mine, others) = (&one.bodies, &other.bodies);
    if one.request_id == other.request_id {
        if mine.request.is_some() && others.request.is_some() {
            return Some("` ask for one object with the same number; `begins` can tell them apart");
        }
        if mine.dump_request.is_some() && others.dump_request.is_some() {
            return Some("` ask for a list with the same number; `begins` can tell them apart");
        }
    }
    let events = is_event(one) && is_event(other);
    if events && one.reply_id == other.reply_id {
        return Some("` are notifications with the same number; `begins` can tell them apart");
    }
    None
}

const fn is_event(operation: &Operation) -> bool {
    operation.bodies.request.is_none() && operation.bodies.dump_request.is_none()
}

/// Fails where a part does not fit its family, or its family does not know it.
#[track_caller]
pub const fn check_part<F: NlFamily, P: Part<F>>() {
    let generic = matches!(F::INFO.kind, FamilyKind::Generic { .. });
    let (operations, groups) = (P::OPERATIONS, P::GROUPS);
    let mut at = 0;
    while at < operations.len() {
        let own = &operations[at];
        if generic && (own.request_id > 255 || own.reply_id > 255) {
            fail(own.name, "`: the numbers of a generic family's operations are commands of 8 bits: 0 to 255");
        }
        if !generic && (own.permission.is_some() || !own.dont_validate.is_empty()) {
            fail(own.name, "`: only operations of generic families say what the kernel demands");
        }
        at += 1;
    }
    at = 0;
    while at < groups.len() {
        match (generic, groups[at].number) {
            (true, Some(_)) => fail(groups[at].name, "`: a group of a generic family has a name"),
            (false, None) => fail(groups[at].name, "`: a group of this protocol has a number"),
            _ => {}
        }
        at += 1;
    }
    check_named::<F>(operations, groups);
}

/// Fails where the family does not name a part with these operations and groups.
#[track_caller]
const fn check_named<F: NlFamily>(operations: &[Operation], groups: &[Group]) {
    let schema = F::SCHEMA;
    let mut at = 0;
    if let Some(own) = operations.first() {
        while at < schema.operations.len() {
            if same(schema.operations[at].name, own.name) {
                return;
            }
            at += 1;
        }
        fail(own.name, MISSING);
    } else if let Some(own) = groups.first() {
        while at < schema.groups.len() {
            if same(schema.groups[at].name, own.name) {
                return;
            }
            at += 1;
        }
        fail(own.name, MISSING);
    }
}

const MISSING: &str = "` is not in its family, which needs a field for this part: `#[nl(part)]`";

#[track_caller]
const fn fail(name: &'static str, what: &'static str) {
    Text::new().add("`").add(name).add(what).fail();
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// The text of an error at compile time, where `format!` cannot be.
struct Text {
    bytes: [u8; 256],
    len: usize,
}

impl Text {
    const fn new() -> Self {
        Self { bytes: [0; 256], len: 0 }
    }

    const fn add(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() && self.len < self.bytes.len() {
            self.bytes[self.len] = text[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    #[track_caller]
    const fn fail(self) {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("operations of a family are in conflict"),
        }
    }
}
