//! Declarations beside the policy of the running kernel: what it accepts in the attributes of a generic family.
//!
//! The kernel's account has holes: it omits attributes in network byte order (`NLA_BE16`, `NLA_BE32`), those that it
//! never looks at (`NLA_UNSPEC`) and those that it refuses (`NLA_REJECT`). That an attribute is absent proves nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use netlink_core::{
    Connection, Errno, Error, IntoOwned, NlFamily,
    generic::{self, AttrPolicy, AttrType, Controller, OpPolicy, PolicyRequest},
    protocol::Generic,
    schema::{Attr, Family, Kind, Set},
};

use super::{
    deviations::{self, Deviation},
    payload::{kind_name, number, size},
    report::{Aspect, Difference},
};

/// What the kernel accepts.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The name of the family.
    pub family: String,
    /// By number of the operation: the numbers of its policies.
    pub operations: BTreeMap<u16, OpPolicy>,
    /// By number of the policy, then of the attribute.
    pub attrs: BTreeMap<u16, BTreeMap<u16, AttrPolicy>>,
}

impl Policy {
    /// The policy of a family in the running kernel; `None` if the kernel does not have the family.
    ///
    /// # Errors
    ///
    /// The kernel does not tell: it is older than Linux 5.7, or there is no netlink.
    pub fn of_kernel(family: &str) -> Result<Option<Self>, Error> {
        let mut controller = Controller::connect()?;
        let wanted = generic::Family { name: Some(family.into()), ..generic::Family::default() };
        let described = match controller.ask(Controller::GET_FAMILY.with(&wanted)) {
            Err(error) if error.errno() == Some(Errno::NOENT) => return Ok(None),
            described => described?.into_owned(),
        };
        let mut policy = Self { family: family.to_owned(), ..Self::default() };
        policy.fetch(&mut controller, None)?;
        let ids = described.operations.iter().filter_map(|operation| u16::try_from(operation.id?).ok());
        let ids: BTreeSet<u16> = ids.collect();
        // The kernel gives the number 0 to all operations that only list, unless it is asked for one of them.
        if !ids.contains(&0) && policy.operations.remove(&0).is_some() {
            for id in ids {
                if !policy.operations.contains_key(&id) {
                    policy.fetch(&mut controller, Some(id))?;
                }
            }
        }
        Ok(Some(policy))
    }

    /// Adds what the kernel says of all operations, or of one; what is there keeps its numbers.
    fn fetch(&mut self, controller: &mut Connection<Generic>, op: Option<u16>) -> Result<(), Error> {
        let family_name = Some((&*self.family).into());
        let request = PolicyRequest { family_name, op: op.map(u32::from), ..PolicyRequest::default() };
        let first = self.attrs.last_key_value().map_or(0, |(last, _)| last + 1);
        for part in controller.dump(Controller::GET_POLICY.with(&request))? {
            let part = match part {
                Err(error) if error.errno() == Some(Errno::NODATA) => break,
                part => part?,
            };
            let renumbered = |index: u32| index + u32::from(first);
            for (id, found) in part.op_policy {
                let found = OpPolicy { do_: found.do_.map(renumbered), dump: found.dump.map(renumbered) };
                self.operations.insert(op.unwrap_or(id), found);
            }
            for (index, attrs) in part.policy {
                let attrs = attrs
                    .into_iter()
                    .map(|(id, attr)| (id, AttrPolicy { policy_idx: attr.policy_idx.map(renumbered), ..attr }));
                self.attrs.entry(first + index).or_default().extend(attrs);
            }
        }
        Ok(())
    }
}

/// A comparison of declarations with a policy.
#[derive(Debug)]
pub struct PolicyCheck<'p> {
    policy: &'p Policy,
    done: BTreeSet<(usize, u16)>,
    found: PolicyReport,
}

/// What a comparison with a policy found.
#[derive(Clone, Debug, Default)]
pub struct PolicyReport {
    /// The family.
    pub family: String,
    /// Attributes that are declared and in the policy.
    pub compared: BTreeSet<String>,
    /// Attributes that are declared and not in the policy: those that are only received, and the holes.
    pub absent: BTreeSet<String>,
    /// Attributes in the policy that are not declared.
    pub undeclared: BTreeSet<String>,
    /// Limits of the kernel that are not declared.
    pub unlimited: BTreeSet<String>,
    /// What differs.
    pub differences: BTreeSet<Difference>,
}

impl<'p> PolicyCheck<'p> {
    /// Nothing compared yet.
    pub fn new(policy: &'p Policy) -> Self {
        let found = PolicyReport { family: policy.family.clone(), ..PolicyReport::default() };
        Self { policy, done: BTreeSet::new(), found }
    }

    /// Compares what the operations of a family are asked with.
    pub fn family(&mut self, family: &Family) -> &mut Self {
        for operation in family.operations {
            let name = operation.name;
            if let Some(Kind::Nest(set)) = operation.bodies.request {
                self.operation(name, operation.request_id, false, set());
            }
            if let Some(Kind::Nest(set)) = operation.bodies.dump_request {
                self.operation(name, operation.request_id, true, set());
            }
        }
        self
    }

    /// Compares what an operation is asked with, for one object or for a list.
    pub fn operation(&mut self, name: &str, id: u16, dump: bool, request: &'static Set) -> &mut Self {
        let Some(operation) = self.policy.operations.get(&id) else {
            // An operation without a policy takes anything, and says nothing.
            self.found.absent.insert(format!("operation `{name}`"));
            return self;
        };
        match if dump { operation.dump } else { operation.do_ } {
            Some(index) => self.set(request, index as u16),
            None => {
                let mode = if dump { "lists" } else { "one object" };
                self.found.absent.insert(format!("operation `{name}` for {mode}"));
            }
        }
        self
    }

    fn set(&mut self, set: &'static Set, index: u16) {
        let Some(attrs) = self.policy.attrs.get(&index) else { return };
        if !self.done.insert((std::ptr::from_ref(set).addr(), index)) {
            return;
        }
        for attr in set.attrs {
            let place = format!("{}.{}", set.name, attr.name);
            match attrs.get(&attr.id) {
                Some(policy) => {
                    self.attr(attr, policy, &place);
                    self.found.compared.insert(place);
                }
                None => {
                    self.found.absent.insert(place);
                }
            }
        }
        let declared = |id: &u16| set.pad == Some(*id) || set.attrs.iter().any(|attr| attr.id == *id);
        let undeclared = attrs.keys().filter(|id| !declared(id));
        self.found.undeclared.extend(undeclared.map(|id| format!("{}: attribute {id}", set.name)));
    }

    fn attr(&mut self, attr: &'static Attr, policy: &AttrPolicy, place: &str) {
        let kind = if let Kind::Multi(kind) = attr.kind { *kind } else { attr.kind };
        if let Some(ty) = policy.ty.filter(|ty| !accepts(*ty, kind)) {
            self.differ(attr, place, Aspect::Type, kind_name(kind), format!("{ty:?}"));
            return;
        }
        self.range(attr, policy, place);
        self.length(attr, kind, policy, place);
        let nested = policy.policy_idx.and_then(|index| u16::try_from(index).ok());
        match (nested, policy.ty, kind) {
            (Some(index), Some(AttrType::Nested), Kind::Nest(set) | Kind::Stream(set)) => self.set(set(), index),
            (Some(index), Some(AttrType::NestedArray), Kind::Indexed(kind) | Kind::Numbered(kind)) => {
                if let Kind::Nest(set) = kind {
                    self.set(set(), index);
                }
            }
            _ => {}
        }
    }

    fn range(&mut self, attr: &'static Attr, policy: &AttrPolicy, place: &str) {
        let signed = policy.min_value_s.map(i128::from).zip(policy.max_value_s.map(i128::from));
        let unsigned = policy.min_value_u.map(i128::from).zip(policy.max_value_u.map(i128::from));
        let Some((min, max)) = signed.or(unsigned) else { return };
        // A range that is open at an end reaches as far as the type.
        let (least, most) = whole(policy.ty).unwrap_or((i128::MIN, i128::MAX));
        match attr.range.map(|&(low, high)| (low.max(least), high.min(most))) {
            Some((low, high)) if low < min || high > max => {
                self.differ(attr, place, Aspect::Range, format!("{low}..={high}"), format!("{min}..={max}"));
            }
            None if !is_whole(policy.ty, min, max) => {
                self.found.unlimited.insert(format!("{place}: {min}..={max}"));
            }
            _ => {}
        }
    }

    fn length(&mut self, attr: &'static Attr, kind: Kind, policy: &AttrPolicy, place: &str) {
        let (min, max) = (policy.min_length.map_or(0, |len| len as usize), policy.max_length.map(|len| len as usize));
        let max = max.unwrap_or(usize::MAX);
        let declared = attr.len.copied().or(size(kind).map(|size| (size, size)));
        match declared {
            Some((low, high)) if high < min || low > max || (attr.len.is_some() && (low < min || high > max)) => {
                self.differ(attr, place, Aspect::Length, lengths(low, high), lengths(min, max));
            }
            None if min > 0 || max < 0xffff => {
                self.found.unlimited.insert(format!("{place}: length {}", lengths(min, max)));
            }
            _ => {}
        }
    }

    fn differ(&mut self, attr: &Attr, place: &str, aspect: Aspect, declared: String, specified: String) {
        let kernel = attr.kernel.map_or(String::new(), |kernel| format!(" ({kernel})"));
        let subject = format!("attribute `{}`{kernel}", attr.name);
        let place = place.to_owned();
        self.found.differences.insert(Difference { place, aspect, subject, declared, specified });
    }

    /// What was found, without what [`deviations`] lists.
    pub fn report(self) -> PolicyReport {
        self.report_with(&deviations::ALL.concat())
    }

    /// What was found, without these deviations.
    pub fn report_with(mut self, allowed: &[Deviation]) -> PolicyReport {
        let family = &self.found.family;
        let allowed: Vec<_> = allowed.iter().filter(|deviation| deviation.family == *family).collect();
        self.found.differences.retain(|difference| !allowed.iter().any(|deviation| deviation.allows(difference)));
        self.found
    }
}

impl PolicyReport {
    /// Whether all is well.
    ///
    /// # Errors
    ///
    /// Something differs, or nothing was compared: the report, to be shown.
    pub fn check(&self) -> Result<(), String> {
        if self.differences.is_empty() && !self.compared.is_empty() { Ok(()) } else { Err(self.to_string()) }
    }

    /// Shows what was compared.
    ///
    /// # Panics
    ///
    /// If anything differs, or if nothing was compared.
    #[track_caller]
    pub fn assert(&self) {
        self.check().unwrap_or_else(|error| panic!("{error}"));
        println!("{self}");
    }
}

impl fmt::Display for PolicyReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let specified = self.compared.len() + self.undeclared.len();
        writeln!(f, "{} in the running kernel: {} of {specified} attributes", self.family, self.compared.len())?;
        let lists = [
            ("not in the policy", &self.absent),
            ("not declared", &self.undeclared),
            ("limits that are not declared", &self.unlimited),
        ];
        for (what, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            writeln!(f, "  {what}: {}", list.iter().map(String::as_str).collect::<Vec<_>>().join(", "))?;
        }
        self.differences.iter().try_for_each(|difference| writeln!(f, "  {} {difference}", difference.place))
    }
}

fn lengths(min: usize, max: usize) -> String {
    if max == usize::MAX { format!("{min}..") } else { format!("{min}..={max}") }
}

/// Whether the kernel means this type by that.
fn accepts(ty: AttrType, kind: Kind) -> bool {
    match number(kind) {
        // Which of these it is only the type knows, or the selector.
        Kind::Opaque | Kind::Union(_) => true,
        Kind::Empty | Kind::Flag => ty == AttrType::Flag,
        Kind::Int(int) => match (int.size, int.signed) {
            (1, false) => ty == AttrType::U8,
            (2, false) => ty == AttrType::U16,
            (4, false) => ty == AttrType::U32,
            (8, false) => ty == AttrType::U64,
            (1, true) => ty == AttrType::S8,
            (2, true) => ty == AttrType::S16,
            (4, true) => ty == AttrType::S32,
            (8, true) => ty == AttrType::S64,
            _ => ty == AttrType::Binary,
        },
        Kind::Variable { signed } => ty == if signed { AttrType::Sint } else { AttrType::Uint },
        Kind::Text { .. } | Kind::FixedText(_) | Kind::ShortText(_) => {
            matches!(ty, AttrType::String | AttrType::NulString)
        }
        Kind::Ipv4 => matches!(ty, AttrType::U32 | AttrType::Binary),
        Kind::Bitfield32(_) => ty == AttrType::Bitfield32,
        Kind::Nest(_) | Kind::Stream(_) => ty == AttrType::Nested,
        Kind::Indexed(_) | Kind::Numbered(_) => matches!(ty, AttrType::Nested | AttrType::NestedArray),
        _ => ty == AttrType::Binary,
    }
}

/// Whether these are all values of the type.
fn is_whole(ty: Option<AttrType>, min: i128, max: i128) -> bool {
    whole(ty).is_none_or(|whole| whole == (min, max))
}

/// The smallest and the largest value of a type of numbers.
fn whole(ty: Option<AttrType>) -> Option<(i128, i128)> {
    let (bits, signed) = match ty? {
        AttrType::U8 => (8, false),
        AttrType::U16 => (16, false),
        AttrType::U32 => (32, false),
        AttrType::U64 | AttrType::Uint => (64, false),
        AttrType::S8 => (8, true),
        AttrType::S16 => (16, true),
        AttrType::S32 => (32, true),
        AttrType::S64 | AttrType::Sint => (64, true),
        _ => return None,
    };
    Some(if signed { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) } else { (0, (1 << bits) - 1) })
}
