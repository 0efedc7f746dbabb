//! Declarations as the policies that the controller of generic netlink tells.

use std::collections::VecDeque;

use crate::{
    generic::{AttrPolicy, AttrType, OpPolicy, Policies},
    schema::{self, Attr, ByteOrder, Kind, Set},
};

/// The encoding below names, marks and repetitions.
pub(super) fn plain(kind: &Kind) -> Kind {
    match kind {
        Kind::Enum(_, inner) | Kind::Flags(_, inner) | Kind::Duration(inner, _) => plain(inner),
        Kind::Multi(inner) | Kind::Marked(inner) => plain(inner),
        kind => *kind,
    }
}

/// What the kernel accepts in an attribute, as far as it tells: nothing of integers in network byte order. `number` gives
/// the numbers of nested sets.
pub(super) fn of(attr: &Attr, number: &mut dyn FnMut(fn() -> &'static Set) -> Option<u32>) -> Option<AttrPolicy> {
    let mut policy = AttrPolicy::default();
    let length = |len: usize| u32::try_from(len).ok();
    let (least, most) = attr.len.copied().unzip();
    policy.ty = Some(match plain(&attr.kind) {
        Kind::Int(int) if int.size > 1 && int.order != ByteOrder::Host => return None,
        Kind::Int(int) => match (int.signed, int.size) {
            (false, 1) => AttrType::U8,
            (false, 2) => AttrType::U16,
            (false, 4) => AttrType::U32,
            (false, 8) => AttrType::U64,
            (true, 1) => AttrType::S8,
            (true, 2) => AttrType::S16,
            (true, 4) => AttrType::S32,
            (true, 8) => AttrType::S64,
            _ => AttrType::Binary,
        },
        Kind::Variable { signed } => {
            if signed {
                AttrType::Sint
            } else {
                AttrType::Uint
            }
        }
        Kind::Flag => AttrType::Flag,
        Kind::Text { nul } => {
            policy.max_length = most.and_then(length);
            if nul { AttrType::NulString } else { AttrType::String }
        }
        Kind::ShortText(size) => {
            policy.max_length = length(size.saturating_sub(1));
            AttrType::NulString
        }
        Kind::Nest(set) if set().header.is_none() => {
            policy.policy_idx = number(set);
            policy.policy_maxtype = Some(max_attr(set()));
            AttrType::Nested
        }
        Kind::Indexed(inner) => {
            if let Kind::Nest(set) = plain(inner) {
                policy.policy_idx = number(set);
                policy.policy_maxtype = Some(max_attr(set()));
            }
            AttrType::NestedArray
        }
        Kind::Bitfield32(_) => AttrType::Bitfield32,
        Kind::Opaque | Kind::Union(_) => return None,
        _ => {
            policy.min_length = least.and_then(length);
            policy.max_length = most.and_then(length);
            AttrType::Binary
        }
    });
    if let Some(&(least, most)) = attr.range {
        let signed = matches!(plain(&attr.kind), Kind::Int(int) if int.signed);
        if signed {
            policy.min_value_s = i64::try_from(least).ok();
            policy.max_value_s = i64::try_from(most).ok();
        } else {
            policy.min_value_u = u64::try_from(least).ok();
            policy.max_value_u = u64::try_from(most).ok();
        }
    }
    Some(policy)
}

/// The largest number of an attribute.
pub(super) fn max_attr(set: &Set) -> u32 {
    set.attrs.iter().map(|attr| u32::from(attr.id)).max().unwrap_or(0)
}

/// The sets of a family, in the order in which they are met, each once: their places are the numbers of the policies.
#[derive(Default)]
struct Sets(Vec<&'static Set>);

impl Sets {
    fn number(&mut self, set: &'static Set) -> u32 {
        let known = self.0.iter().position(|known| std::ptr::eq(*known, set));
        let number = known.unwrap_or_else(|| {
            self.0.push(set);
            self.0.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }
}

fn set_of(kind: Option<Kind>) -> Option<&'static Set> {
    match kind? {
        Kind::Nest(set) => Some(set()),
        _ => None,
    }
}

/// The policies of a family, or of one operation, in the messages that the kernel uses for them: which operation has
/// which, and then each attribute by itself.
pub(super) fn dump(family: &schema::Family, id: u16, operation: Option<u32>) -> Vec<Policies<'static>> {
    let mut sets = Sets::default();
    let mut messages = Vec::new();
    let wanted = |op: &&schema::Operation| operation.is_none_or(|wanted| wanted == u32::from(op.request_id));
    for op in family.operations.iter().filter(wanted) {
        let do_ = set_of(op.bodies.request).map(|set| sets.number(set));
        let dump = set_of(op.bodies.dump_request).map(|set| sets.number(set));
        if do_.is_some() || dump.is_some() {
            let op_policy = vec![(op.request_id, OpPolicy { do_, dump })];
            messages.push(Policies { family_id: Some(id), op_policy, ..Policies::default() });
        }
    }
    let mut todo: VecDeque<usize> = (0..sets.0.len()).collect();
    while let Some(index) = todo.pop_front() {
        for attr in sets.0[index].attrs {
            let before = sets.0.len();
            let limits = of(attr, &mut |set| Some(sets.number(set())));
            todo.extend(before..sets.0.len());
            let (Some(limits), Ok(number)) = (limits, u16::try_from(index)) else { continue };
            let policy = vec![(number, vec![(attr.id, limits)])];
            messages.push(Policies { family_id: Some(id), policy, ..Policies::default() });
        }
    }
    messages
}
