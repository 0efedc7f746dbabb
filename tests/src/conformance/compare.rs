//! Declarations beside a specification: attribute sets, structs, names of numbers.

use std::collections::BTreeSet;

use netlink_core::schema;

use super::{
    deviations::{self, Deviation},
    report::{Aspect, Coverage, Difference, Item, Report},
    spec::{self, Spec, Type},
};

/// A comparison of declarations with a specification: point it at types, then ask for the [`report`](Self::report).
///
/// What a type contains is compared with it: nests, structs, enums, what selectors select.
#[derive(Debug)]
pub struct Comparison<'s> {
    pub(super) spec: &'s Spec,
    coverage: Coverage,
    differences: BTreeSet<Difference>,
    /// Places that were compared.
    seen: BTreeSet<String>,
    /// What was compared with what.
    done: BTreeSet<(usize, String)>,
}

/// What is being compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) place: &'a str,
    pub(super) subject: &'a str,
}

impl<'s> Comparison<'s> {
    /// Nothing compared yet.
    pub fn new(spec: &'s Spec) -> Self {
        let mut coverage = Coverage::default();
        for set in spec.sets.iter().filter(|set| set.parent.is_none()) {
            coverage.specify(Item::Set, &set.name);
            for attr in set.attrs.iter().filter(|attr| attr.payload.ty != Type::Unused) {
                coverage.specify(Item::Attribute, format!("{}.{}", set.name, attr.name));
            }
        }
        for names in &spec.names {
            coverage.specify(Item::Enum, &names.name);
            for entry in &names.entries {
                coverage.specify(Item::Value, format!("{}.{}", names.name, entry.name));
            }
        }
        for structure in &spec.structs {
            coverage.specify(Item::Struct, &structure.name);
            for member in &structure.members {
                coverage.specify(Item::Member, format!("{}.{}", structure.name, member.name));
            }
        }
        for message in &spec.sub_messages {
            for format in &message.formats {
                coverage.specify(Item::Format, format!("{}.{}", message.name, format.value));
            }
        }
        for operation in &spec.operations {
            coverage.specify(Item::Operation, &operation.name);
        }
        for group in &spec.groups {
            coverage.specify(Item::Group, &group.name);
        }
        Self { spec, coverage, differences: BTreeSet::new(), seen: BTreeSet::new(), done: BTreeSet::new() }
    }

    /// What was found, with the deviations that are listed in [`deviations`].
    pub fn report(self) -> Report {
        self.report_with(&deviations::ALL.concat())
    }

    /// What was found, with these deviations.
    pub fn report_with(self, allowed: &[Deviation]) -> Report {
        Report::new(&self.spec.name, self.coverage, self.differences, &self.seen, allowed)
    }

    pub(super) fn covers(&mut self, item: Item, place: &str) {
        self.seen.insert(place.to_owned());
        self.coverage.declare(item, place);
    }

    pub(super) fn differ(
        &mut self,
        at: At<'_>,
        aspect: Aspect,
        declared: impl Into<String>,
        specified: impl Into<String>,
    ) {
        let (place, subject) = (at.place.to_owned(), at.subject.to_owned());
        let (declared, specified) = (declared.into(), specified.into());
        self.differences.insert(Difference { place, aspect, subject, declared, specified });
    }

    /// Whether these two meet for the first time.
    fn begin<T>(&mut self, declared: &'static T, name: &str) -> bool {
        self.done.insert((std::ptr::from_ref(declared).addr(), name.to_owned()))
    }

    /// Compares an attribute set with the one of this name, and all that is in it.
    pub fn set(&mut self, declared: &'static schema::Set, name: &str) -> &mut Self {
        if !self.begin(declared, name) {
            return self;
        }
        let spec = self.spec;
        let Some(set) = spec.set(name) else {
            let subject = format!("attribute set `{}`", declared.name);
            self.differ(At { place: name, subject: &subject }, Aspect::Extra, "as attribute set", "nothing");
            return self;
        };
        self.covers(Item::Set, set.origin());
        for attr in declared.attrs {
            let kernel = attr.kernel.map_or(String::new(), |kernel| format!(" ({kernel})"));
            let subject = format!("attribute `{}`{kernel}", attr.name);
            let by_name = spec::KernelName::find(&set.attrs, attr.kernel, |spec| &spec.kernel);
            match by_name.or_else(|| set.attrs.iter().find(|spec| spec.id == attr.id)) {
                Some(spec) => self.attr(declared, attr, set, spec, &subject),
                None => {
                    let place = format!("{name}.{}", attr.name);
                    self.covers(Item::Attribute, &place);
                    let declared = format!("with the number {}", attr.id);
                    self.differ(At { place: &place, subject: &subject }, Aspect::Extra, declared, "nothing");
                }
            }
        }
        if let Some(pad) = declared.pad {
            let is_pad = |attr: &&spec::Attr| attr.payload.ty == Type::Pad;
            let place = format!("{name}.pad");
            let at = At { place: &place, subject: "the padding attribute" };
            // Some sets have several that are not used.
            let own = set.attrs.iter().filter(is_pad).find(|attr| attr.id == pad);
            let found = own.or_else(|| set.attrs.iter().find(is_pad));
            if let Some(attr) = found {
                self.covers(Item::Attribute, &format!("{}.{}", set.origin(), attr.name));
            }
            if found.is_none_or(|attr| attr.id != pad) {
                let specified = found.map_or("none".to_owned(), |attr| attr.id.to_string());
                self.differ(at, Aspect::Number, pad.to_string(), specified);
            }
        }
        self
    }

    fn attr(
        &mut self,
        set: &'static schema::Set,
        attr: &'static schema::Attr,
        spec_set: &'s spec::Set,
        spec: &'s spec::Attr,
        subject: &str,
    ) {
        // A place of a subset counts where it is defined, and deviates where it is used.
        self.covers(Item::Attribute, &format!("{}.{}", spec_set.origin(), spec.name));
        let place = format!("{}.{}", spec_set.name, spec.name);
        self.seen.insert(place.clone());
        let at = At { place: &place, subject };
        if attr.id != spec.id {
            self.differ(at, Aspect::Number, attr.id.to_string(), spec.id.to_string());
        }
        match attr.kernel {
            Some(kernel) if spec.kernel.is(kernel) => {}
            kernel => self.differ(at, Aspect::KernelName, kernel.unwrap_or("none"), &*spec.kernel.text),
        }
        let name = rust_name(attr.name);
        if name != spec.name.replace('-', "_") {
            self.differ(at, Aspect::Name, format!("`{name}`"), format!("`{}`", spec.name));
        }
        let (multi, kind) = match attr.kind {
            schema::Kind::Multi(kind) => (true, *kind),
            kind => (false, kind),
        };
        if multi != spec.multi {
            let word = |multi| if multi { "many" } else { "one" };
            self.differ(at, Aspect::Repeats, word(multi), word(spec.multi));
        }
        if let (Some(&(low, high)), true) = (attr.range, spec.payload.min.is_some() || spec.payload.max.is_some()) {
            let (min, max) = (spec.payload.min.unwrap_or(low), spec.payload.max.unwrap_or(high));
            if (low, high) != (min, max) {
                self.differ(at, Aspect::Range, format!("{low}..={high}"), format!("{min}..={max}"));
            }
        }
        self.selector(at, set, attr, spec_set, spec);
        self.payload(at, kind, &spec.payload);
    }

    /// The attribute that selects; one outside of the set is not looked for.
    fn selector(
        &mut self,
        at: At<'_>,
        set: &'static schema::Set,
        attr: &schema::Attr,
        spec_set: &spec::Set,
        spec: &spec::Attr,
    ) {
        let Some(&schema::Selector::Attr(id)) = attr.select else { return };
        let Some(selector) = spec.payload.selector.as_deref() else { return };
        let Some(selector) = spec_set.attrs.iter().find(|attr| attr.name == selector) else { return };
        if selector.id != id {
            let declared = set.attrs.iter().find(|attr| attr.id == id);
            let declared = declared.map_or_else(|| id.to_string(), |attr| format!("`{}`", attr.name));
            self.differ(at, Aspect::Selector, declared, format!("`{}`", selector.name));
        }
    }

    /// Compares a struct with the one of this name.
    pub fn structure(&mut self, declared: &'static schema::Struct, name: &str) -> &mut Self {
        if !self.begin(declared, name) {
            return self;
        }
        let subject = format!("struct `{}`", declared.name);
        let at = At { place: name, subject: &subject };
        let Some(structure) = self.spec.structure(name) else {
            self.differ(at, Aspect::Extra, "as a struct", "nothing");
            return self;
        };
        self.covers(Item::Struct, name);
        self.members(declared.members, structure, &subject, 0);
        // Specifications leave out the padding at the end that C adds.
        let padded = structure.size.next_multiple_of(declared.align.max(1));
        let open = declared.members.iter().any(|member| member.size.is_none() || member.optional);
        if !open && declared.size != structure.size && declared.size != padded {
            self.differ(at, Aspect::Length, declared.size.to_string(), structure.size.to_string());
        }
        self
    }

    /// Members of a declared struct that starts at `start` in the specified one.
    fn members(&mut self, members: &'static [schema::Member], structure: &'s spec::Struct, of: &str, start: usize) {
        for member in members {
            let named = structure.members.iter().any(|spec| is_named(member, &spec.name));
            match member.kind {
                // What C and specifications repeat in several structs may be declared once, as a struct within.
                schema::Kind::Struct(inner) if !named => {
                    self.members(inner().members, structure, of, start + member.offset);
                }
                // Of a union, specifications have one of the structs.
                schema::Kind::Union(union) if !named => {
                    let specified = |inner: &schema::Struct| {
                        inner
                            .members
                            .iter()
                            .all(|member| structure.members.iter().any(|spec| is_named(member, &spec.name)))
                    };
                    let variants = union().variants.iter().filter_map(|variant| match variant.kind {
                        schema::Kind::Struct(inner) => Some(inner()),
                        _ => None,
                    });
                    for inner in variants.filter(|inner| specified(inner)) {
                        self.members(inner.members, structure, of, start + member.offset);
                    }
                }
                _ => self.member(member, structure, of, start + member.offset),
            }
        }
    }

    fn member(&mut self, member: &'static schema::Member, structure: &'s spec::Struct, of: &str, offset: usize) {
        let subject = format!("member `{}` of {of}", member.name);
        let named = structure.members.iter().find(|spec| is_named(member, &spec.name));
        let Some(spec) = named.or_else(|| structure.members.iter().find(|spec| spec.offset == offset)) else {
            let place = format!("{}.{}", structure.name, member.name);
            let declared = format!("at offset {offset}");
            self.differ(At { place: &place, subject: &subject }, Aspect::Extra, declared, "nothing");
            return;
        };
        let place = format!("{}.{}", structure.name, spec.name);
        let at = At { place: &place, subject: &subject };
        self.covers(Item::Member, &place);
        if named.is_none() {
            self.differ(at, Aspect::Name, format!("`{}`", member.name), format!("`{}`", spec.name));
        }
        if offset != spec.offset {
            self.differ(at, Aspect::Offset, offset.to_string(), spec.offset.to_string());
        }
        match member.size {
            Some(size) if size != spec.size => {
                self.differ(at, Aspect::Length, size.to_string(), spec.size.to_string());
            }
            _ => self.payload(at, member.kind, &spec.payload),
        }
    }

    /// Compares an enum with the names of this name.
    pub fn enumeration(&mut self, declared: &'static schema::Enum, name: &str) -> &mut Self {
        if self.begin(declared, name) {
            let entries = declared.entries();
            let entries = entries.map(|entry| (entry.name, entry.kernel.map(str::to_owned), entry.value));
            self.entries(&format!("enum `{}`", declared.name), &entries.collect::<Vec<_>>(), name, false);
        }
        self
    }

    /// Compares flags with the names of this name.
    pub fn flags(&mut self, declared: &'static schema::Flags, name: &str) -> &mut Self {
        if self.begin(declared, name) {
            let mut entries = Vec::new();
            (declared.each)(&mut |entry, bits| {
                entries.push((entry, declared.prefix.map(|prefix| format!("{prefix}{entry}")), bits));
            });
            self.entries(&format!("flags `{}`", declared.name), &entries, name, true);
        }
        self
    }

    fn entries(&mut self, of: &str, declared: &[(&str, Option<String>, i128)], name: &str, bits: bool) {
        let Some(names) = self.spec.names(name) else {
            self.differ(At { place: name, subject: of }, Aspect::Extra, "with names", "nothing");
            return;
        };
        self.covers(Item::Enum, name);
        let value = |entry: &spec::Entry| if bits || names.flags { 1 << entry.value } else { entry.value };
        for (entry, kernel, number) in declared {
            let shown = kernel.as_ref().map_or(String::new(), |kernel| format!(" ({kernel})"));
            let subject = format!("`{entry}`{shown} of {of}");
            let by_kernel = spec::KernelName::find(&names.entries, kernel.as_deref(), |spec| &spec.kernel);
            let same = |spec: &&spec::Entry| flat(&spec.name) == flat(entry);
            let found = by_kernel.or_else(|| names.entries.iter().find(same));
            let Some(spec) = found.or_else(|| names.entries.iter().find(|spec| value(spec) == *number)) else {
                let place = format!("{name}.{entry}");
                self.seen.insert(place.clone());
                self.differ(At { place: &place, subject: &subject }, Aspect::Extra, number.to_string(), "nothing");
                continue;
            };
            let place = format!("{name}.{}", spec.name);
            let at = At { place: &place, subject: &subject };
            self.covers(Item::Value, &place);
            if value(spec) != *number {
                self.differ(at, Aspect::Number, number.to_string(), value(spec).to_string());
            }
            if spec.kernel.exact && by_kernel.is_none() {
                self.differ(at, Aspect::KernelName, kernel.as_deref().unwrap_or("none"), &*spec.kernel.text);
            }
        }
    }
}

/// The name of a field without what Rust needs for a keyword.
fn rust_name(name: &str) -> &str {
    match name {
        "ty" => "type",
        name => name.trim_start_matches("r#").trim_end_matches('_'),
    }
}

pub(super) fn flat(name: &str) -> String {
    name.to_lowercase().replace(['-', '_'], "")
}

/// Whether a member has this name, as a Rust field or in C, where members often have a prefix.
fn is_named(member: &schema::Member, spec: &str) -> bool {
    let (spec, rust) = (flat(spec), flat(rust_name(member.name)));
    spec == rust || member.kernel.is_some_and(|kernel| flat(kernel).ends_with(&spec))
}
