//! What a declaration says can be set.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt, ptr,
};

use netlink_core::{
    protocol::Protocol,
    schema::{Direction, Family, Kind, Operation, Set, Struct, Union},
};

use crate::parts::Declared;

/// Something that can be set.
#[derive(Debug)]
pub struct Unit {
    /// The first operation that it can be sent with.
    pub operation: &'static str,
    /// Where it stands there.
    pub path: String,
    /// The kernel's name.
    pub kernel: Option<&'static str>,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.operation, self.path, self.kernel.unwrap_or_default())
    }
}

/// All that can be set, by name: `Type.field`, `Union::Variant`.
#[derive(Debug, Default)]
pub struct Settable {
    /// By name.
    pub units: BTreeMap<String, Unit>,
    /// The operations that change something.
    pub operations: Vec<&'static str>,
    family: Option<&'static Family>,
    /// The names of types, by their addresses.
    labels: BTreeMap<usize, String>,
    /// Which type has a name.
    taken: BTreeMap<String, usize>,
    /// What is still to be looked at.
    queue: VecDeque<(&'static str, String, Kind)>,
}

impl Settable {
    /// What the operations of a family set that change something. Attributes of which the documentation says that they
    /// are only told are left out.
    #[must_use]
    pub fn of(family: &'static Family) -> Self {
        let mut settable = Self { family: Some(family), ..Self::default() };
        for operation in family.operations.iter().filter(|operation| changes(operation)) {
            let Some(kind) = operation.bodies.request else { continue };
            settable.operations.push(operation.name);
            settable.queue.push_back((operation.name, String::new(), kind));
            // Near ones first, so that paths are short.
            while let Some((operation, path, kind)) = settable.queue.pop_front() {
                settable.kind(operation, &path, kind);
            }
        }
        settable
    }

    /// The operation that a request is of, if it changes something.
    #[must_use]
    pub fn operation(&self, number: u16, body: &[u8]) -> Option<&'static Operation> {
        let fits = |operation: &&Operation| {
            let own = operation.request_id == number && operation.bodies.request.is_some();
            own && operation.begins.allows(body.first().copied()) && changes(operation)
        };
        self.family?.operations.iter().find(fits)
    }

    /// What a message from the kernel consists of.
    #[must_use]
    pub fn told(&self, number: u16, body: &[u8]) -> Option<Kind> {
        let fits = |operation: &&Operation| {
            let numbers = [Some(operation.reply_id), operation.also_id];
            numbers.contains(&Some(number)) && operation.begins.allows(body.first().copied())
        };
        let bodies = self.family?.operations.iter().filter(fits).map(|operation| operation.bodies);
        bodies.filter_map(|bodies| bodies.reply.or(bodies.item)).find(|kind| !matches!(kind, Kind::Empty))
    }

    /// Whether an operation sets something, and does not take it away.
    #[must_use]
    pub fn sets(&self, operation: &str) -> bool {
        let mut operations = self.family.into_iter().flat_map(|family| family.operations);
        operations.any(|own| own.name == operation && own.request_id & VERB != DELETE)
    }

    /// The name of what was found in a message; none for what the declaration does not have there.
    #[must_use]
    pub fn name(&self, declared: Declared) -> Option<String> {
        let (label, field, sign) = match declared {
            Declared::Attr(set, attr) => (self.labels.get(&address(set)), attr.name, "."),
            Declared::Member(structure, member) => (self.labels.get(&address(structure)), member.name, "."),
            Declared::Variant(union, variant) => (self.labels.get(&address(union)), variant.name, "::"),
        };
        let name = format!("{}{sign}{field}", label?);
        self.units.contains_key(&name).then_some(name)
    }

    /// Gives a type its name, if it has none yet. Of several types of one name, the others are told by where they stand.
    fn is_new(&mut self, address: usize, name: &str, operation: &str, path: &str) -> Option<String> {
        if self.labels.contains_key(&address) {
            return None;
        }
        let label = match self.taken.contains_key(name) {
            true => format!("{name}@{operation}{path}"),
            false => name.to_owned(),
        };
        assert!(self.taken.insert(label.clone(), address).is_none(), "two types are called {label}");
        self.labels.insert(address, label.clone());
        Some(label)
    }

    fn add(&mut self, name: String, operation: &'static str, path: &str, kernel: Option<&'static str>) {
        let unit = Unit { operation, path: path.trim_start_matches('.').to_owned(), kernel };
        self.units.insert(name, unit);
    }

    fn set(&mut self, operation: &'static str, path: &str, set: &'static Set) {
        let Some(label) = self.is_new(address(set), set.name, operation, path) else { return };
        if let Some(header) = set.header {
            self.queue.push_back((operation, format!("{path}.{}", header.field), header.kind));
        }
        for attr in set.attrs {
            if attr.direction != Direction::Receive && !is_only_told(attr.doc) {
                let path = format!("{path}.{}", attr.name);
                self.add(format!("{label}.{}", attr.name), operation, &path, attr.kernel);
                self.queue.push_back((operation, path, attr.kind));
            }
        }
    }

    fn structure(&mut self, operation: &'static str, path: &str, structure: &'static Struct) {
        let Some(label) = self.is_new(address(structure), structure.name, operation, path) else { return };
        for member in structure.members {
            if !is_only_told(member.doc) {
                let path = format!("{path}.{}", member.name);
                self.add(format!("{label}.{}", member.name), operation, &path, member.kernel);
                self.queue.push_back((operation, path, member.kind));
            }
        }
    }

    fn union(&mut self, operation: &'static str, path: &str, union: &'static Union) {
        let Some(label) = self.is_new(address(union), union.name, operation, path) else { return };
        for variant in union.variants {
            let path = format!("{path}({})", variant.name);
            self.add(format!("{label}::{}", variant.name), operation, &path, None);
            self.queue.push_back((operation, path, variant.kind));
        }
    }

    fn kind(&mut self, operation: &'static str, path: &str, kind: Kind) {
        match kind {
            Kind::Nest(set) | Kind::Records(set) | Kind::Stream(set) => self.set(operation, path, set()),
            Kind::Struct(structure) => self.structure(operation, path, structure()),
            Kind::Union(union) => self.union(operation, path, union()),
            Kind::Marked(kind)
            | Kind::Multi(kind)
            | Kind::Indexed(kind)
            | Kind::Numbered(kind)
            | Kind::Packed(kind)
            | Kind::Array(kind, _) => self.kind(operation, path, *kind),
            _ => {}
        }
    }
}

/// What the last two bits of a number of routing netlink say, by convention: new, delete, get, set.
const VERB: u16 = 3;
const DELETE: u16 = 1;
const GET: u16 = 2;

fn changes(operation: &Operation) -> bool {
    operation.request_id & VERB != GET
}

fn is_only_told(doc: &str) -> bool {
    doc.contains("Only told") || doc.contains("only told")
}

fn address<T>(what: &'static T) -> usize {
    ptr::from_ref(what).addr()
}

/// The protocol whose numbers are of this kind.
pub(super) const PROTOCOL: Protocol = Protocol::ROUTE;
