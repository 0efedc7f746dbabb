//! Operations and multicast groups beside a specification.

use netlink_core::schema::{Bodies, Family, Group, Kind, Operation};

use super::{
    compare::{At, Comparison, flat},
    payload::kind_name,
    report::{Aspect, Item},
    spec,
};

/// Whether the kernel sends it unasked.
pub(super) fn is_event(operation: &Operation) -> bool {
    operation.bodies.request.is_none() && operation.bodies.dump_request.is_none()
}

/// Whether the kernel sends more than an acknowledgement.
fn answers(operation: &Operation) -> bool {
    [operation.bodies.reply, operation.bodies.item].into_iter().flatten().any(|kind| !matches!(kind, Kind::Empty))
}

/// All that its messages may consist of.
pub(super) fn bodies(operation: &Operation) -> impl Iterator<Item = Kind> {
    let Bodies { request, reply, dump_request, item } = operation.bodies;
    [request, reply, dump_request, item].into_iter().flatten()
}

impl<'s> Comparison<'s> {
    /// Compares the operations and groups of a family, and all that they contain.
    pub fn family(&mut self, declared: &Family) -> &mut Self {
        for operation in declared.operations {
            self.operation(operation);
        }
        for group in declared.groups {
            self.group(group);
        }
        self
    }

    /// Compares what of a family is in this specification: the kernel describes some families in several ones, by the
    /// kind of object. Operations whose numbers it does not have, and groups likewise, belong to another one.
    pub fn part_of(&mut self, declared: &Family) -> &mut Self {
        let spec = self.spec;
        let numbers = || spec.operations.iter().flat_map(|spec| [spec.request, spec.reply]).flatten();
        for operation in declared.operations {
            let number = if is_event(operation) { operation.reply_id } else { operation.request_id };
            if numbers().any(|specified| specified == number) {
                self.operation(operation);
            }
        }
        for group in declared.groups {
            if spec.groups.iter().any(|spec| spec.value == group.number) {
                self.group(group);
            }
        }
        self
    }

    /// Compares an operation.
    pub fn operation(&mut self, declared: &Operation) -> &mut Self {
        let kernel = declared.kernel.map_or(String::new(), |kernel| format!(" ({kernel})"));
        let what = if is_event(declared) { "notification" } else { "operation" };
        let subject = format!("{what} `{}`{kernel}", declared.name);
        let Some(spec) = find(&self.spec.operations, declared) else {
            let at = At { place: declared.name, subject: &subject };
            self.covers(Item::Operation, declared.name);
            let number = if is_event(declared) { declared.reply_id } else { declared.request_id };
            self.differ(at, Aspect::Extra, format!("with the number {number}"), "nothing");
            return self;
        };
        let at = At { place: &spec.name, subject: &subject };
        self.covers(Item::Operation, &spec.name);
        // Messages from the kernel often have the number of another operation, and so its name.
        if declared.kernel != Some(&*spec.kernel) && !is_event(declared) {
            self.differ(at, Aspect::KernelName, declared.kernel.unwrap_or("none"), &*spec.kernel);
        }
        self.numbers(at, declared, spec);
        self.modes(at, declared, spec);
        for body in bodies(declared) {
            self.body(at, body, spec);
        }
        self
    }

    fn numbers(&mut self, at: At<'_>, declared: &Operation, spec: &spec::Operation) {
        match spec.request {
            Some(request) if !is_event(declared) && request != declared.request_id => {
                self.differ(at, Aspect::Number, declared.request_id.to_string(), request.to_string());
            }
            _ => {}
        }
        match spec.reply {
            Some(reply) if answers(declared) && reply != declared.reply_id => {
                let declared = format!("{} for replies", declared.reply_id);
                self.differ(at, Aspect::Number, declared, reply.to_string());
            }
            _ => {}
        }
    }

    fn modes(&mut self, at: At<'_>, declared: &Operation, spec: &spec::Operation) {
        if is_event(declared) {
            return;
        }
        if declared.bodies.request.is_some() && !spec.has_do {
            self.differ(at, Aspect::Mode, "for one object", "for lists only");
        }
        if declared.bodies.dump_request.is_some() && !spec.has_dump {
            self.differ(at, Aspect::Mode, "for lists", "for one object only");
        }
    }

    fn body(&mut self, at: At<'_>, body: Kind, spec: &'s spec::Operation) {
        match (body, &spec.set, &spec.header) {
            (Kind::Empty, ..) => {}
            (Kind::Nest(set), name, header) => {
                let set = set();
                self.header(at, set, header.as_deref());
                match name {
                    Some(name) => {
                        self.set(set, name);
                    }
                    None if set.attrs.is_empty() => {}
                    None => self.differ(at, Aspect::Extra, "with attributes", "without"),
                }
            }
            (Kind::Struct(structure), _, Some(header)) => {
                self.structure(structure(), header);
            }
            (kind, name, _) => {
                let specified = name.as_ref().map_or("nothing".to_owned(), |name| format!("`{name}`"));
                self.differ(at, Aspect::Type, kind_name(kind), specified);
            }
        }
    }

    /// Compares a multicast group.
    pub fn group(&mut self, declared: &Group) -> &mut Self {
        let groups = &self.spec.groups;
        let called = declared.kernel.unwrap_or(declared.name);
        let by_name = groups.iter().find(|spec| flat(&spec.name).ends_with(&flat(called)));
        let by_number = || groups.iter().find(|spec| spec.value.is_some() && spec.value == declared.number);
        let subject = format!("group `{}`", declared.name);
        let Some(spec) = by_name.or_else(by_number) else {
            self.covers(Item::Group, declared.name);
            self.differ(At { place: declared.name, subject: &subject }, Aspect::Extra, "as a group", "nothing");
            return self;
        };
        let at = At { place: &spec.name, subject: &subject };
        self.covers(Item::Group, &spec.name);
        let exact = declared.kernel.is_none_or(|kernel| flat(kernel) == flat(&spec.name));
        if by_name.is_none() || !exact {
            self.differ(at, Aspect::Name, format!("`{called}`"), format!("`{}`", spec.name));
        }
        if declared.number != spec.value {
            let number = |number: Option<u32>| number.map_or("none".to_owned(), |number| number.to_string());
            self.differ(at, Aspect::Number, number(declared.number), number(spec.value));
        }
        self
    }
}

/// By the kernel's name, by the Rust name, by number.
fn find<'s>(operations: &'s [spec::Operation], declared: &Operation) -> Option<&'s spec::Operation> {
    let same = || operations.iter().filter(|spec| spec.event == is_event(declared));
    let by_kernel = same().find(|spec| declared.kernel == Some(&*spec.kernel));
    let by_name = by_kernel.or_else(|| same().find(|spec| flat(&spec.name) == flat(declared.name)));
    by_name.or_else(|| {
        same().find(|spec| match is_event(declared) {
            true => spec.reply == Some(declared.reply_id),
            false => spec.request == Some(declared.request_id),
        })
    })
}
