//! The type of a payload beside its specification.

use netlink_core::{
    schema::{ByteOrder, Kind, Union},
    wire::Key,
};

use super::{
    compare::{At, Comparison},
    report::{Aspect, Item},
    spec::{Payload, Type},
};

impl<'s> Comparison<'s> {
    pub(super) fn payload(&mut self, at: At<'_>, kind: Kind, spec: &'s Payload) {
        if fits(kind, spec) {
            self.order(at, kind, spec);
            self.length(at, kind, spec);
            self.contents(at, kind, spec);
        } else {
            self.differ(at, Aspect::Type, kind_name(kind), spec_name(spec));
        }
    }

    fn order(&mut self, at: At<'_>, kind: Kind, spec: &Payload) {
        let element = spec.element.unwrap_or(spec.ty);
        let (Type::Int(size, _), Kind::Int(int)) = (element, number(element_kind(kind))) else { return };
        let specified = match spec.big_endian {
            None => ByteOrder::Host,
            Some(true) => ByteOrder::Big,
            Some(false) => ByteOrder::Little,
        };
        if size > 1 && int.order != specified {
            self.differ(at, Aspect::ByteOrder, order_name(int.order), order_name(specified));
        }
    }

    fn length(&mut self, at: At<'_>, kind: Kind, spec: &Payload) {
        match (size(kind), spec.exact_len) {
            (Some(declared), Some(specified)) if declared != specified => {
                self.differ(at, Aspect::Length, declared.to_string(), specified.to_string());
            }
            _ => {}
        }
    }

    fn contents(&mut self, at: At<'_>, kind: Kind, spec: &'s Payload) {
        match kind {
            Kind::Nest(set) | Kind::Stream(set) | Kind::Records(set) => {
                if let Some(name) = &spec.nested {
                    let set = set();
                    self.header(at, set, None);
                    self.set(set, name);
                }
            }
            Kind::Struct(structure) => {
                if let Some(name) = &spec.structure {
                    self.structure(structure(), name);
                }
            }
            Kind::Union(union) => {
                if let Some(name) = &spec.sub_message {
                    self.union(at, union(), name);
                }
            }
            Kind::Array(element, _) | Kind::Indexed(element) | Kind::Numbered(element) | Kind::Packed(element) => {
                self.contents(at, *element, spec);
            }
            kind => self.names(at, kind, spec),
        }
    }

    /// The names of a number.
    fn names(&mut self, at: At<'_>, kind: Kind, spec: &Payload) {
        let Some(name) = &spec.names else { return };
        let bits = spec.as_flags || self.spec.names(name).is_some_and(|names| names.flags);
        let kind = if let Kind::Bitfield32(kind) = kind { *kind } else { kind };
        match kind {
            Kind::Enum(declared, _) if !bits => {
                self.enumeration(declared, name);
            }
            Kind::Flags(declared, _) if bits => {
                self.flags(declared, name);
            }
            kind => {
                let specified = format!("{} `{name}`", if bits { "flags" } else { "enum" });
                self.differ(at, Aspect::Names, kind_name(kind), specified);
            }
        }
    }

    fn union(&mut self, at: At<'_>, declared: &'static Union, name: &str) {
        let Some(message) = self.spec.sub_message(name) else {
            self.differ(at, Aspect::Extra, "as a union", "nothing");
            return;
        };
        for variant in declared.variants {
            for key in variant.keys.iter().filter_map(|key| key()) {
                let key = match key {
                    Key::Int(number) => number.to_string(),
                    Key::Text(text) => String::from_utf8_lossy(text).into_owned(),
                };
                let place = format!("{name}.{key}");
                let subject = format!("variant `{}` of union `{}`", variant.name, declared.name);
                let at = At { place: &place, subject: &subject };
                self.covers(Item::Format, &place);
                let Some(format) = message.formats.iter().find(|format| format.value == key) else {
                    self.differ(at, Aspect::Extra, format!("for `{key}`"), "nothing");
                    continue;
                };
                match (variant.kind, &format.set, &format.header) {
                    (Kind::Nest(set), Some(name), header) => {
                        let set = set();
                        self.header(at, set, header.as_deref());
                        self.set(set, name);
                    }
                    (Kind::Struct(structure), None, Some(header)) => {
                        self.structure(structure(), header);
                    }
                    (Kind::Empty, None, None) => {}
                    (kind, set, header) => {
                        let specified = set.as_ref().or(header.as_ref());
                        let specified = specified.map_or("nothing".to_owned(), |name| format!("`{name}`"));
                        self.differ(at, Aspect::Type, kind_name(kind), specified);
                    }
                }
            }
        }
    }

    /// The struct in front of the attributes.
    pub(super) fn header(&mut self, at: At<'_>, declared: &'static netlink_core::schema::Set, specified: Option<&str>) {
        match (declared.header.map(|header| header.kind), specified) {
            (None, None) => {}
            (Some(Kind::Struct(structure)), Some(name)) => {
                self.structure(structure(), name);
            }
            (declared, specified) => {
                let declared = declared.map_or("none".to_owned(), kind_name);
                self.differ(at, Aspect::Header, declared, specified.unwrap_or("none"));
            }
        }
    }
}

/// The number below names and units.
pub(super) fn number(kind: Kind) -> Kind {
    match kind {
        Kind::Enum(_, kind) | Kind::Flags(_, kind) | Kind::Duration(kind, _) | Kind::Marked(kind) => number(*kind),
        kind => kind,
    }
}

/// The elements of a list.
fn element_kind(kind: Kind) -> Kind {
    match kind {
        Kind::Array(kind, _) | Kind::Indexed(kind) | Kind::Numbered(kind) | Kind::Packed(kind) => *kind,
        kind => kind,
    }
}

/// The length in bytes, if it is always the same.
pub(super) fn size(kind: Kind) -> Option<usize> {
    match number(kind) {
        Kind::Int(int) => Some(int.size.into()),
        Kind::Array(kind, count) => Some(size(*kind)? * count),
        Kind::Ipv4 => Some(4),
        Kind::Mac => Some(6),
        Kind::Ipv6 | Kind::Uuid => Some(16),
        Kind::Bitfield32(_) => Some(8),
        Kind::Struct(structure) => {
            let structure = structure();
            let fixed = structure.members.iter().all(|member| member.size.is_some() && !member.optional);
            fixed.then_some(structure.size)
        }
        _ => None,
    }
}

/// Whether a type is as specified, or says more.
fn fits(kind: Kind, spec: &Payload) -> bool {
    match (spec.ty, number(kind)) {
        (Type::IndexedArray, Kind::Indexed(kind) | Kind::Numbered(kind)) => {
            spec.element.is_none_or(|element| fits_basic(*kind, element, spec))
        }
        (Type::Binary, Kind::Packed(kind) | Kind::Array(kind, _)) if spec.element.is_some() => {
            spec.element.is_none_or(|element| fits_basic(*kind, element, spec))
        }
        (Type::Binary, Kind::Packed(_)) if spec.structure.is_some() => true,
        (Type::Binary, _) if spec.element.is_some() => false,
        (Type::Binary, kind) if spec.structure.is_some() => matches!(kind, Kind::Struct(_)),
        (Type::NestTypeValue, mut kind) => {
            for _ in 0..spec.levels.max(1) {
                let Kind::Numbered(inner) = kind else { return false };
                kind = *inner;
            }
            matches!(kind, Kind::Nest(_))
        }
        (ty, kind) => fits_basic(kind, ty, spec),
    }
}

fn fits_basic(kind: Kind, ty: Type, spec: &Payload) -> bool {
    match (ty, number(kind)) {
        (Type::Flag, Kind::Flag)
        | (Type::Text, Kind::Text { .. } | Kind::Strings | Kind::FixedText(_) | Kind::ShortText(_))
        | (Type::Nest, Kind::Nest(_) | Kind::Stream(_))
        | (Type::Bitfield32, Kind::Bitfield32(_))
        | (Type::SubMessage, Kind::Union(_)) => true,
        (Type::Int(size, signed), Kind::Int(int)) => (size, signed) == (int.size, int.signed),
        // Addresses in network byte order have no other.
        (Type::Int(4, false), Kind::Ipv4) => spec.big_endian == Some(true) || spec.hint.as_deref() == Some("ipv4"),
        (Type::Variable(signed), Kind::Variable { signed: declared }) => signed == declared,
        (Type::Binary, Kind::Empty | Kind::Flag | Kind::Multi(_)) => false,
        (Type::Binary, kind) => fits_hint(kind, spec.hint.as_deref()),
        _ => false,
    }
}

/// A hint is for addresses; bytes are never wrong.
fn fits_hint(kind: Kind, hint: Option<&str>) -> bool {
    match kind {
        Kind::Ipv4 => matches!(hint, None | Some("ipv4")),
        Kind::Ipv6 => matches!(hint, None | Some("ipv6")),
        Kind::Ip => matches!(hint, None | Some("ipv4-or-v6" | "ipv4" | "ipv6")),
        Kind::Mac | Kind::LinkAddr => matches!(hint, None | Some("mac")),
        Kind::Uuid => matches!(hint, None | Some("uuid" | "hex")),
        _ => true,
    }
}

fn order_name(order: ByteOrder) -> &'static str {
    match order {
        ByteOrder::Host => "host",
        ByteOrder::Big => "big-endian",
        ByteOrder::Little => "little-endian",
    }
}

/// A type in few words.
pub(super) fn kind_name(kind: Kind) -> String {
    match kind {
        Kind::Opaque => "a type of its own".to_owned(),
        Kind::Empty => "nothing".to_owned(),
        Kind::Flag => "flag".to_owned(),
        Kind::Int(int) => format!("{}{}", if int.signed { "s" } else { "u" }, 8 * int.size),
        Kind::Variable { signed } => if signed { "sint" } else { "uint" }.to_owned(),
        Kind::Enum(names, kind) => format!("{} with the names of `{}`", kind_name(*kind), names.name),
        Kind::Flags(names, kind) => format!("{} with the bits of `{}`", kind_name(*kind), names.name),
        Kind::Text { .. } => "text".to_owned(),
        Kind::Strings => "texts".to_owned(),
        Kind::FixedText(len) => format!("text in {len} bytes"),
        Kind::ShortText(len) => format!("text of fewer than {len} bytes"),
        Kind::Bytes | Kind::Hex => "bytes".to_owned(),
        Kind::Array(kind, count) => format!("[{}; {count}]", kind_name(*kind)),
        Kind::Ipv4 => "IPv4 address".to_owned(),
        Kind::Ipv6 => "IPv6 address".to_owned(),
        Kind::Ip => "IP address".to_owned(),
        Kind::Mac => "MAC address".to_owned(),
        Kind::LinkAddr => "link address".to_owned(),
        Kind::Marked(kind) => format!("{} in network byte order", kind_name(*kind)),
        Kind::Uuid => "UUID".to_owned(),
        Kind::Bitfield32(_) => "bitfield32".to_owned(),
        Kind::Duration(kind, _) => kind_name(*kind),
        Kind::Nest(set) => format!("nest of `{}`", set().name),
        Kind::Struct(structure) => format!("struct `{}`", structure().name),
        Kind::Union(union) => format!("union `{}`", union().name),
        Kind::Multi(kind) => format!("many {}", kind_name(*kind)),
        Kind::Indexed(kind) => format!("indexed array of {}", kind_name(*kind)),
        Kind::Numbered(kind) => format!("numbered {}", kind_name(*kind)),
        Kind::Packed(kind) => format!("array of {}", kind_name(*kind)),
        Kind::Records(set) => format!("records of `{}`", set().name),
        Kind::Stream(set) => format!("stream of `{}`", set().name),
        other => format!("{other:?}"),
    }
}

fn spec_name(spec: &Payload) -> String {
    let name = |name: &Option<String>| name.as_ref().map_or(String::new(), |name| format!(" `{name}`"));
    let element = || spec.element.map_or(String::new(), |ty| format!(" of {}", type_name(ty)));
    match spec.ty {
        Type::Nest => format!("nest{}", name(&spec.nested)),
        Type::Binary if spec.structure.is_some() => format!("struct{}", name(&spec.structure)),
        Type::Binary => match &spec.hint {
            Some(hint) => format!("bytes shown as {hint}"),
            None => format!("bytes{}", element()),
        },
        Type::IndexedArray => format!("indexed array{}", element()),
        Type::NestTypeValue => format!("{} levels of numbers over a nest{}", spec.levels, name(&spec.nested)),
        Type::SubMessage => format!("sub-message{}", name(&spec.sub_message)),
        ty => type_name(ty),
    }
}

fn type_name(ty: Type) -> String {
    match ty {
        Type::Int(size, signed) => return format!("{}{}", if signed { "s" } else { "u" }, 8 * size),
        Type::Variable(signed) => return if signed { "sint" } else { "uint" }.to_owned(),
        Type::Unused => "unused",
        Type::Pad => "padding",
        Type::Flag => "flag",
        Type::Binary => "bytes",
        Type::Bitfield32 => "bitfield32",
        Type::Text => "text",
        Type::Nest => "nest",
        Type::IndexedArray => "indexed array",
        Type::NestTypeValue => "numbered nest",
        Type::SubMessage => "sub-message",
    }
    .to_owned()
}
