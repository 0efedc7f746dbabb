//! Generic families: their numbers, and the controller that tells them. It is declared with the derives, and answers
//! with the means that every test has.

use std::collections::BTreeMap;

use super::{handler::second_header, kernel::Kernel, message::message, policy, refusal::Refusal, state::Role};
use crate::{
    errno::Errno,
    exchange::Envelope,
    generic::{Controller, Family, FamilyGroup, FamilyOperation, OperationFlags},
    operation::{FamilyKind, GroupId, MulticastGroup, NlFamily, Notifies, Operation},
    protocol::{IsProtocol, Protocol},
    schema::{self, Kind, Permission},
    wire::{Body, MessageFlags},
};

/// The message type of the controller.
const CONTROLLER: u16 = 16;

/// The group of the controller.
const CONTROLLER_GROUP: u32 = 16;

/// The families that there are.
#[derive(Debug)]
pub(super) struct Families {
    by_name: BTreeMap<&'static str, Registered>,
    next_id: u16,
    next_group: u32,
}

/// A family, with the numbers that the kernel gave it.
#[derive(Clone, Debug)]
pub(super) struct Registered {
    id: u16,
    version: u8,
    pub(super) schema: &'static schema::Family,
    groups: Vec<(&'static str, u32)>,
}

impl Default for Families {
    fn default() -> Self {
        Self { by_name: BTreeMap::new(), next_id: CONTROLLER, next_group: CONTROLLER_GROUP }
    }
}

impl Families {
    pub(super) fn by_id(&self, id: u16) -> Option<&Registered> {
        self.by_name.values().find(|family| family.id == id)
    }

    fn by_name(&self, name: &str) -> Option<&Registered> {
        self.by_name.get(name)
    }

    fn add<F: NlFamily>(&mut self, version: u8) {
        let mut groups = Vec::new();
        for group in F::SCHEMA.groups {
            groups.push((group.kernel.unwrap_or(group.name), self.next_group));
            self.next_group += 1;
        }
        let family = Registered { id: self.next_id, version, schema: F::SCHEMA, groups };
        self.next_id += 1;
        self.by_name.insert(F::INFO.name, family);
    }
}

impl Registered {
    /// Whether the kernel checks requests of this command.
    pub(super) fn checks(&self, command: u16, dump: bool) -> bool {
        let operation = self.schema.operations.iter().find(|operation| operation.request_id == command);
        let skips = |word: &str| operation.is_some_and(|operation| operation.dont_validate.contains(&word));
        !skips("strict") && !(dump && (skips("dump") || skips("dump-strict") || skips("dump_strict")))
    }

    /// What the controller says of it.
    fn told(&self) -> Family<'static> {
        let sets = |bodies: &schema::Bodies| [bodies.request, bodies.dump_request];
        let requests = self.schema.operations.iter().flat_map(|operation| sets(&operation.bodies));
        let max = requests.filter_map(|kind| match kind? {
            Kind::Nest(set) => Some(policy::max_attr(set())),
            _ => None,
        });
        Family {
            id: Some(self.id),
            name: Some(self.schema.name.into()),
            version: Some(self.version.into()),
            header_size: Some(0),
            max_attr: Some(max.max().unwrap_or(0)),
            operations: self.schema.operations.iter().filter_map(told_operation).collect(),
            groups: self.groups.iter().map(told_group).collect(),
            ..Family::default()
        }
    }
}

fn told_operation(operation: &schema::Operation) -> Option<FamilyOperation<'static>> {
    let bodies = &operation.bodies;
    let mut flags = OperationFlags::empty();
    flags.set(OperationFlags::CMD_CAP_DO, bodies.request.is_some());
    flags.set(OperationFlags::CMD_CAP_DUMP, bodies.item.is_some());
    // What is only ever sent by the kernel is no operation to it.
    if flags.is_empty() {
        return None;
    }
    let has_policy = |kind| matches!(kind, Some(Kind::Nest(_)));
    flags.set(OperationFlags::CMD_CAP_HASPOL, has_policy(bodies.request) || has_policy(bodies.dump_request));
    match operation.permission {
        Some(Permission::Admin) => flags |= OperationFlags::ADMIN_PERM,
        Some(Permission::UnsAdmin) => flags |= OperationFlags::UNS_ADMIN_PERM,
        None => {}
    }
    Some(FamilyOperation { id: Some(operation.request_id.into()), flags: Some(flags), ..FamilyOperation::default() })
}

fn told_group((name, id): &(&'static str, u32)) -> FamilyGroup<'static> {
    FamilyGroup { name: Some((*name).into()), id: Some(*id), ..FamilyGroup::default() }
}

impl Kernel {
    /// Registers a generic family, as loading its module does: it gets a number, its groups too, and who listens to the
    /// controller is told. Operations, groups and policies are those of the declaration.
    ///
    /// [`on`](Self::on) and its like do it by themselves. A family that is there already keeps its numbers.
    pub fn family<F: NlFamily<Protocol = crate::protocol::Generic>>(&self) {
        self.know::<F>();
    }

    /// Takes a generic family away, as unloading its module does. Registered again, it has other numbers, and its
    /// handlers still answer.
    pub fn remove_family<F: NlFamily<Protocol = crate::protocol::Generic>>(&self) {
        let removed = self.state().families.by_name.remove(F::INFO.name);
        if let Some(family) = removed {
            self.notify(Controller::NOTIFY, Controller::DEL_FAMILY, &family.told());
        }
    }

    pub(super) fn know<F: NlFamily>(&self) {
        let FamilyKind::Generic { version } = F::INFO.kind else { return };
        let mut state = self.state();
        if state.families.by_name(F::INFO.name).is_some() {
            return;
        }
        state.families.add::<F>(version);
        let told = state.families.by_name(F::INFO.name).map(Registered::told);
        drop(state);
        if let Some(told) = told.filter(|told| told.id != Some(CONTROLLER)) {
            self.notify(Controller::NOTIFY, Controller::NEW_FAMILY, &told);
        }
    }

    /// Lets the controller answer.
    pub(super) fn add_controller(&self) {
        self.family::<Controller>();
        self.on(Controller::GET_FAMILY, |wanted, call| {
            let state = call.kernel().state();
            let family = match (&wanted.name, wanted.id) {
                (Some(name), _) => state.families.by_name(name),
                (None, Some(id)) => state.families.by_id(id),
                (None, None) => return Err(Errno::INVAL.into()),
            };
            Ok(family.ok_or(Errno::NOENT)?.told())
        });
        self.on_dump(Controller::GET_FAMILY, |_, call| {
            let state = call.kernel().state();
            let mut families: Vec<Family<'static>> = state.families.by_name.values().map(Registered::told).collect();
            families.sort_by_key(|family| family.id);
            Ok(families)
        });
        self.on_dump(Controller::GET_POLICY, |wanted, call| {
            let state = call.kernel().state();
            let family = match (&wanted.family_name, wanted.family_id) {
                (Some(name), _) => state.families.by_name(name),
                (None, Some(id)) => state.families.by_id(id),
                (None, None) => return Err(Refusal::new(Errno::INVAL).missing(1)),
            };
            let family = family.ok_or(Errno::NOENT)?;
            Ok(policy::dump(family.schema, family.id, wanted.op))
        });
    }

    /// Notifies a group, as the kernel does where nobody asked for the change.
    pub fn notify<F: NlFamily, K: Notifies>(
        &self,
        group: MulticastGroup<F>,
        operation: Operation<F, K>,
        body: &<K::Body as Body>::Of<'_>,
    ) {
        self.notify_of(group, operation, body, (0, 0), None);
    }

    /// Notifies a group of what a request with this number did; `echo` is the port of whoever wants an echo.
    pub(super) fn notify_of<F: NlFamily, K: Notifies>(
        &self,
        group: MulticastGroup<F>,
        operation: Operation<F, K>,
        body: &<K::Body as Body>::Of<'_>,
        of: (u32, u32),
        echo: Option<u32>,
    ) {
        let body = super::handler::encode(body);
        let protocol = F::Protocol::PROTOCOL;
        let mut state = self.state();
        let family = state.families.by_name(F::INFO.name).filter(|_| protocol == Protocol::GENERIC);
        let group = match group.id() {
            GroupId::Numbered(number) => Some(number),
            GroupId::Named(name) => family
                .and_then(|family| family.groups.iter().find(|(known, _)| *known == name).map(|(_, number)| *number)),
        };
        let kind = family.map_or(operation.reply_id(), |family| family.id);
        // Of a family that is not there, nobody is a member.
        let Some(group) = group else { return };
        let second = second_header::<F>(operation.reply_id());
        let bytes = message(kind, MessageFlags::NONE, of, &[&second, &body]);
        let envelope = Envelope { group, ..Envelope::default() };
        state.multicast(protocol, echo, envelope, &bytes);
        if let Some(port) = echo {
            state.deliver((protocol, port), Role::Event, std::time::Duration::ZERO, envelope, bytes);
        }
    }
}
