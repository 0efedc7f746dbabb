//! Which field a byte of a message belongs to: for the offsets that the kernel tells when it refuses a request.

use std::{
    fmt::{self, Write as _},
    ops::Range,
};

use super::{
    Kind, OneLine, Root, Set, Struct,
    level::{self, Level, MAX_DEPTH, Span},
    scalar,
    walk::{member_span, record},
};
use crate::wire::{ATTR_HEADER, Key, align4};

/// A field of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    path: String,
    kernel: Option<&'static str>,
    value: Option<String>,
}

impl Place {
    /// The way to the field, from the name of the message's type on: `Link.link_info.kind`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The kernel's name of the attribute or member, if it is declared.
    pub fn kernel(&self) -> Option<&'static str> {
        self.kernel
    }

    /// The value that stands there, as text, if it is one without parts.
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

/// The field that a byte belongs to: a member of the fixed header, or an attribute with its header and padding.
///
/// `body` is a request as it was sent, without message header; `offset` counts from its start. `None` if the offset
/// lies outside, or where the message is damaged.
///
/// ```
/// use netlink_core::{NlMessage, schema};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor {
///     #[nl_attr(1)]
///     limits: Option<Limits>,
/// }
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Limits {
///     #[nl_attr(1)]
///     low: Option<i32>,
///     #[nl_attr(2)]
///     high: Option<i32>,
/// }
///
/// let bytes = Sensor { limits: Some(Limits { low: Some(3), high: Some(9) }) }.to_bytes()?;
/// assert_eq!(schema::field_at(Sensor::SCHEMA, &bytes, 0).unwrap().path(), "Sensor.limits");
/// assert_eq!(schema::field_at(Sensor::SCHEMA, &bytes, 12).unwrap().path(), "Sensor.limits.high");
/// assert_eq!(schema::field_at(Sensor::SCHEMA, &bytes, 20), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn field_at(root: impl Into<Root>, body: &[u8], offset: usize) -> Option<Place> {
    let search = Search::run(root.into(), body, offset)?;
    let value = search.value_text();
    Some(Place { path: search.path, kernel: search.kernel, value })
}

/// Where the payload of a field is: of the first that [`field_at`] gives this path, here without the name of the type.
pub(crate) fn payload_of(root: impl Into<Root>, body: &[u8], path: &str) -> Option<Range<usize>> {
    let root = root.into();
    (0..body.len()).find_map(|offset| {
        let search = Search::run(root, body, offset)?;
        let found = search.path.strip_prefix(root.name())?.strip_prefix('.')? == path;
        found.then(|| search.span.at..search.span.at + search.span.bytes.len())
    })
}

/// The attribute of this number that a request lacks: at the outermost level, or in the nest whose attribute starts at
/// this offset. `body` and `nest` are as for [`field_at`].
///
/// ```
/// use netlink_core::{NlMessage, generic::Family, schema};
///
/// let place = schema::missing_field(Family::SCHEMA, &[], 2, None).unwrap();
/// assert_eq!(place.path(), "Family.name");
/// assert_eq!(place.kernel(), Some("CTRL_ATTR_FAMILY_NAME"));
/// ```
pub fn missing_field(root: impl Into<Root>, body: &[u8], id: u16, nest: Option<usize>) -> Option<Place> {
    let root = root.into();
    let (mut path, set) = match (nest, root) {
        (None, Root::Set(set)) => (set.name.to_owned(), set),
        (None, _) => return None,
        (Some(nest), root) => {
            let search = Search::run(root, body, nest)?;
            let Some(Kind::Nest(set)) = search.kind else { return None };
            (search.path, set())
        }
    };
    let attr = level::attr(set, id, true);
    match attr {
        Some((_, attr)) => path.extend([".", attr.name]),
        None => write!(path, ".attribute {id}").ok()?,
    }
    Some(Place { path, kernel: attr.and_then(|(_, attr)| attr.kernel), value: None })
}

/// The field of a request of which the kernel speaks though it tells no place: the declaration knows the
/// [words](super::Attr::refused). `body` is as for [`field_at`]; `message` is what the kernel says, or the error number as
/// text.
///
/// ```
/// use netlink_core::{NlMessage, schema};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor<'a> {
///     #[nl_attr(1, refused = "no such sensor")]
///     name: Option<&'a str>,
/// }
///
/// let bytes = Sensor { name: Some("cpu") }.to_bytes()?;
/// let place = schema::refused_field(Sensor::SCHEMA, &bytes, "sensors: no such sensor").unwrap();
/// assert_eq!((place.path(), place.value()), ("Sensor.name", Some("\"cpu\"")));
/// assert_eq!(schema::refused_field(Sensor::SCHEMA, &bytes, "not now"), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn refused_field(root: impl Into<Root>, body: &[u8], message: &str) -> Option<Place> {
    let root = root.into();
    let Root::Set(set) = root else { return None };
    let offset = refused_in(set, Span::new(body), message, 0)?;
    field_at(root, body, offset)
}

/// Where the attribute starts.
fn refused_in(set: &'static Set, span: Span<'_>, message: &str, depth: u8) -> Option<usize> {
    let attrs = Level::new(set, span, None).attrs;
    attrs.attrs().map_while(Result::ok).find_map(|(raw, payload)| {
        let (_, attr) = level::attr(set, raw.id(), true)?;
        if attr.refused.is_some_and(|words| message.contains(words)) {
            return Some(payload.at - ATTR_HEADER);
        }
        match attr.kind {
            Kind::Nest(inner) if depth < MAX_DEPTH => refused_in(inner(), payload, message, depth + 1),
            _ => None,
        }
    })
}

/// The way to a byte.
struct Search<'b> {
    offset: usize,
    path: String,
    kernel: Option<&'static str>,
    /// What the innermost attribute or element carries.
    kind: Option<Kind>,
    /// Its bytes.
    span: Span<'b>,
}

/// Longer values are not shown with a place.
const SHOWN: usize = 80;

impl<'b> Search<'b> {
    fn value_text(&self) -> Option<String> {
        let node = scalar::read(&self.kind?, self.span).ok()??;
        let text = OneLine(&node).to_string();
        (text.len() <= SHOWN).then_some(text)
    }

    fn run(root: Root, body: &'b [u8], offset: usize) -> Option<Self> {
        let span = Span::new(body);
        let mut search = Self { offset, path: root.name().to_owned(), kernel: None, kind: None, span };
        let found = span.contains(offset)
            && match root {
                Root::Set(set) => search.set(set, span, None, 0),
                Root::Struct(structure) => search.structure(structure, span, None, 0),
                Root::Other(_) => false,
            };
        found.then_some(search)
    }

    fn step(&mut self, name: &str, kernel: Option<&'static str>) {
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(name);
        self.kernel = kernel;
    }

    fn index(&mut self, index: usize) {
        // Writing to a string does not fail.
        let _ = write!(self.path, "[{index}]");
    }

    fn set(&mut self, set: &'static Set, span: Span<'b>, outer: Option<&Level<'_, 'b>>, depth: u8) -> bool {
        if depth >= MAX_DEPTH {
            return false;
        }
        let level = Level::new(set, span, outer);
        if let Some(header) = set.header.filter(|_| self.offset < level.attrs.at) {
            self.step(header.field, None);
            return self.value(header.kind, None, level.header, Some(&level), depth);
        }
        let Some((kind, payload, again)) = self.attr(level.attrs) else { return false };
        let id = kind & crate::wire::TYPE_MASK;
        // The kernel reads what is declared for requests; what is not is named by its number.
        let Some((_, attr)) = level::attr(set, id, true).or_else(|| level::attr(set, id, false)) else {
            self.step(&format!("attribute {id}"), None);
            self.kind = None;
            return true;
        };
        self.step(attr.name, attr.kernel);
        let kind = match attr.kind {
            Kind::Multi(element) => {
                self.index(again);
                *element
            }
            kind => kind,
        };
        let key = level.key(attr);
        self.value(kind, key, payload, Some(&level), depth)
    }

    /// The attribute that the byte is in, and how many of the same number come before it.
    fn attr(&self, attrs: Span<'b>) -> Option<(u16, Span<'b>, usize)> {
        let mut end = attrs.at;
        let (raw, payload) = attrs.attrs().map_while(Result::ok).find(|(_, payload)| {
            end = payload.at - ATTR_HEADER + align4(ATTR_HEADER + payload.bytes.len());
            self.offset < end
        })?;
        let before = attrs.attrs().map_while(Result::ok).take_while(|(_, span)| span.at < payload.at);
        let again = before.filter(|(other, _)| other.id() == raw.id()).count();
        Some((raw.kind, payload, again))
    }

    /// Goes further in where that is possible. What is found so far is true in any case.
    fn value(
        &mut self,
        kind: Kind,
        key: Option<Key<'_>>,
        span: Span<'b>,
        level: Option<&Level<'_, 'b>>,
        depth: u8,
    ) -> bool {
        let kind = match kind {
            Kind::Union(union) => level::variant(union(), key).map(|variant| variant.kind),
            kind => Some(kind),
        };
        (self.kind, self.span) = (kind, span);
        let (Some(kind), true) = (kind, span.contains(self.offset) && depth < MAX_DEPTH) else { return true };
        let before = (self.path.len(), self.kernel);
        let found = match kind {
            Kind::Nest(set) => self.set(set(), span, level, depth + 1),
            Kind::Struct(structure) => self.structure(structure(), span, level, depth + 1),
            Kind::Indexed(element) | Kind::Numbered(element) => {
                let numbered = matches!(kind, Kind::Numbered(_));
                self.element(*element, numbered, span, level, depth)
            }
            Kind::Packed(element) | Kind::Array(element, _) => self.part(*element, span, level, depth),
            Kind::Records(set) => self.record(set(), span, level, depth),
            Kind::Stream(set) => self.token(set(), span, level, depth),
            _ => return true,
        };
        if !found {
            self.path.truncate(before.0);
            self.kernel = before.1;
            (self.kind, self.span) = (Some(kind), span);
        }
        true
    }

    fn structure(
        &mut self,
        structure: &'static Struct,
        span: Span<'b>,
        level: Option<&Level<'_, 'b>>,
        depth: u8,
    ) -> bool {
        // The padding behind a member belongs to it.
        let Some(at) = self.offset.checked_sub(span.at) else { return false };
        let Some(member) = structure.members.iter().rev().find(|member| member.offset <= at) else { return false };
        self.step(member.name, member.kernel);
        let Ok(part) = member_span(structure, member, span) else { return true };
        let by = member.select.and_then(|by| structure.members.iter().find(|member| member.name == by));
        let by = by.and_then(|by| Some((by, member_span(structure, by, span).ok()?)));
        let key = by.and_then(|(by, span)| scalar::key(&by.kind, span.bytes));
        self.value(member.kind, key, part, level, depth)
    }

    fn element(
        &mut self,
        element: Kind,
        numbered: bool,
        span: Span<'b>,
        level: Option<&Level<'_, 'b>>,
        depth: u8,
    ) -> bool {
        let Some((kind, payload, _)) = self.attr(span) else { return false };
        let before = span.attrs().map_while(Result::ok).take_while(|(_, span)| span.at < payload.at).count();
        self.index(if numbered { usize::from(kind & crate::wire::TYPE_MASK) } else { before });
        self.value(element, None, payload, level, depth + 1)
    }

    fn part(&mut self, element: Kind, span: Span<'b>, level: Option<&Level<'_, 'b>>, depth: u8) -> bool {
        let Some(size) = level::size(&element).filter(|size| *size > 1) else { return false };
        let index = (self.offset - span.at) / size;
        self.index(index);
        self.value(element, None, span.from(index * size).first(size), level, depth + 1)
    }

    fn record(&mut self, set: &'static Set, span: Span<'b>, level: Option<&Level<'_, 'b>>, depth: u8) -> bool {
        let (mut rest, mut index) = (span, 0);
        while let Ok(found) = record(set, rest) {
            let after = rest.from(align4(found.bytes.len()));
            if self.offset < after.at {
                self.index(index);
                return self.value(Kind::Empty, None, found, level, depth) && self.set(set, found, level, depth + 1);
            }
            (rest, index) = (after, index + 1);
        }
        false
    }

    fn token(&mut self, set: &'static Set, span: Span<'b>, level: Option<&Level<'_, 'b>>, depth: u8) -> bool {
        let Some((kind, payload, _)) = self.attr(span) else { return false };
        let before = span.attrs().map_while(Result::ok).take_while(|(_, span)| span.at < payload.at).count();
        self.index(before);
        let Some((_, attr)) = level::attr(set, kind & crate::wire::TYPE_MASK, true) else { return true };
        self.step(attr.name, attr.kernel);
        self.value(attr.kind, None, payload, level, depth + 1)
    }
}
