//! All that a declaration contains: sets, structs, enums, flags.

use std::collections::BTreeSet;

use netlink_core::schema::{Enum, Flags, Kind, Set, Struct};

/// What can be reached from some types, each once.
#[derive(Debug, Default)]
pub struct Reach {
    /// Attribute sets.
    pub sets: Vec<&'static Set>,
    /// C structs.
    pub structs: Vec<&'static Struct>,
    /// Numbers with names.
    pub enums: Vec<&'static Enum>,
    /// Bits with names.
    pub flags: Vec<&'static Flags>,
    seen: BTreeSet<usize>,
}

impl Reach {
    fn is_new<T>(&mut self, what: &'static T) -> bool {
        self.seen.insert(std::ptr::from_ref(what).addr())
    }

    /// A set, and all within.
    pub fn set(&mut self, set: &'static Set) {
        if self.is_new(set) {
            self.sets.push(set);
            set.header.into_iter().for_each(|header| self.kind(header.kind));
            set.attrs.iter().for_each(|attr| self.kind(attr.kind));
        }
    }

    /// A struct, and all within.
    pub fn structure(&mut self, structure: &'static Struct) {
        if self.is_new(structure) {
            self.structs.push(structure);
            structure.members.iter().for_each(|member| self.kind(member.kind));
        }
    }

    /// An enum.
    pub fn enumeration(&mut self, names: &'static Enum) {
        if self.is_new(names) {
            self.enums.push(names);
        }
    }

    /// Flags.
    pub fn bits(&mut self, names: &'static Flags) {
        if self.is_new(names) {
            self.flags.push(names);
        }
    }

    /// What a payload contains.
    pub fn kind(&mut self, kind: Kind) {
        match kind {
            Kind::Enum(names, number) => {
                self.enumeration(names);
                self.kind(*number);
            }
            Kind::Flags(names, number) => {
                self.bits(names);
                self.kind(*number);
            }
            Kind::Array(kind, _)
            | Kind::Bitfield32(kind)
            | Kind::Duration(kind, _)
            | Kind::Multi(kind)
            | Kind::Indexed(kind)
            | Kind::Numbered(kind)
            | Kind::Packed(kind) => self.kind(*kind),
            Kind::Nest(set) | Kind::Records(set) | Kind::Stream(set) => self.set(set()),
            Kind::Struct(structure) => self.structure(structure()),
            Kind::Union(union) => {
                let union = union();
                if self.is_new(union) {
                    union.variants.iter().for_each(|variant| self.kind(variant.kind));
                }
            }
            _ => {}
        }
    }
}
