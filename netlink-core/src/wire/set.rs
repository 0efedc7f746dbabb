//! Attribute sets: the loop that every derived message shares.

use std::cell::RefCell;

use super::{
    attr::{Attr, Attrs, TYPE_MASK, align4},
    body::Decode,
    context::Context,
    error::{DecodeError, DecodeErrorKind, Step},
    writer::Writer,
};
use crate::schema::{Kind, Set};

/// What `#[derive(NlMessage)]` says about decoding a struct: one `match`.
///
/// Derived, not written by hand. All loops are outside of it, once for all types. Encoding is a [trait of its
/// own](EncodeSet), so that a program that only reads a message does not contain how to write it.
pub trait DecodeSet<'a> {
    /// The names, for errors.
    fn info(&self) -> &'static SetInfo;

    /// Reads the fixed header in front of the attributes and tells its length.
    ///
    /// # Errors
    ///
    /// There are fewer bytes than the header has.
    fn header(&mut self, bytes: &'a [u8], cx: &Context<'_, 'a>) -> Result<usize, DecodeError> {
        let _ = (bytes, cx);
        Ok(0)
    }

    /// Takes one attribute.
    ///
    /// # Errors
    ///
    /// The payload is not one of the field's type.
    fn set(&mut self, kind: u16, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError>;

    /// Keeps an attribute that the declaration does not know, or one that is damaged, if there is a place for it.
    fn keep(&mut self, kind: u16, payload: &'a [u8]) {
        let _ = (kind, payload);
    }

    /// Called after the last attribute: payloads that a selector decides about, and attributes that must be there.
    ///
    /// # Errors
    ///
    /// One of these is damaged or missing.
    fn finish(&mut self, cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
        let _ = cx;
        Ok(())
    }
}

/// What `#[derive(NlMessage)]` says about encoding a struct: one line per field.
///
/// Derived, not written by hand.
pub trait EncodeSet<'a> {
    /// Writes the fixed header.
    fn emit_header(&self, out: &mut Writer) {
        let _ = out;
    }

    /// Writes the attributes.
    fn emit(&self, out: &mut Writer);
}

/// The names of a declared attribute set.
///
/// They are one text: a program that can be loaded anywhere in memory needs 24 bytes for each pointer that it contains,
/// besides the pointer.
#[derive(Debug)]
pub struct SetInfo {
    /// The attribute numbers of the fields, those last that are never received.
    pub ids: &'static [u16],
    /// How many of the fields are received.
    pub received: usize,
    /// The name of the type, then those of the fields in the same order, with a space between them.
    pub names: &'static str,
}

impl SetInfo {
    /// The name of the type.
    pub(crate) fn name(&self) -> &'static str {
        self.names.split(' ').next().unwrap_or_default()
    }

    pub(crate) fn step(&self, id: u16) -> Step {
        let received = self.ids.get(..self.received).unwrap_or_default();
        self.field(place(received, id), id)
    }

    /// As [`step`](Self::step), of what is sent.
    fn step_sent(&self, id: u16) -> Step {
        let only_sent = self.ids.get(self.received..).unwrap_or_default();
        match place(only_sent, id) {
            Some(place) => self.field(Some(self.received + place), id),
            None => self.step(id),
        }
    }

    fn field(&self, place: Option<usize>, id: u16) -> Step {
        place.and_then(|place| self.names.split(' ').nth(place + 1)).map_or(Step::Attribute(id), Step::Field)
    }
}

fn place(ids: &[u16], id: u16) -> Option<usize> {
    ids.iter().position(|field| *field == id)
}

/// What happens to a set while it is decoded.
enum Turn<'a> {
    Header(&'a [u8]),
    Attr(u16, &'a [u8]),
    Keep(u16, &'a [u8]),
    End,
}

/// A set as the loop for all types sees it: of each type, a program contains one function, and no drop glue, which the
/// set itself as `dyn DecodeSet` would bring.
trait Turns<'a> {
    /// Returns the length of the header, or 0.
    fn take(&mut self, turn: Turn<'a>, cx: &Context<'_, 'a>) -> Result<usize, DecodeError>;
}

struct Turned<'s, S>(&'s mut S);

impl<'a, S: DecodeSet<'a>> Turns<'a> for Turned<'_, S> {
    fn take(&mut self, turn: Turn<'a>, cx: &Context<'_, 'a>) -> Result<usize, DecodeError> {
        match turn {
            Turn::Header(bytes) => return self.0.header(bytes, cx),
            Turn::Attr(kind, payload) => self.0.set(kind, payload, cx)?,
            Turn::Keep(kind, payload) => self.0.keep(kind, payload),
            Turn::End => self.0.finish(cx)?,
        }
        Ok(0)
    }
}

/// Decodes header and attributes into a set, which may already hold something: attributes that occur again replace
/// (`Option`) or add (`multi`).
#[inline]
pub(crate) fn decode_set<'a, S: DecodeSet<'a>>(
    set: &mut S,
    bytes: &'a [u8],
    outer: &Context<'_, 'a>,
) -> Result<(), DecodeError> {
    let info = set.info();
    decode_turns(&mut Turned(set), info, bytes, outer)
}

fn decode_turns<'a>(
    set: &mut dyn Turns<'a>,
    info: &'static SetInfo,
    bytes: &'a [u8],
    outer: &Context<'_, 'a>,
) -> Result<(), DecodeError> {
    let mut cx = outer.inside(bytes)?;
    let header = set.take(Turn::Header(bytes), &cx)?;
    let attrs = behind(bytes, header);
    cx.enter(info, attrs);
    each_attr(attrs, &cx, |attr| {
        let before = cx.problem_count();
        let taken = set.take(Turn::Attr(attr.kind, attr.payload), &cx);
        if cx.problem_count() != before {
            cx.name_problems(before, info.step(attr.id()));
        }
        taken.map(drop).or_else(|error| {
            cx.report(error.within(info.step(attr.id())))?;
            set.take(Turn::Keep(attr.kind, attr.payload), &cx).map(drop)
        })
    })?;
    set.take(Turn::End, &cx).map(drop)
}

/// As [`decode_set`], for the set of a whole message, up to the first damage: with a loop of its own for each type, which
/// long lists are worth.
#[inline]
pub(crate) fn decode_outermost<'a, S: DecodeSet<'a>>(
    set: &mut S,
    bytes: &'a [u8],
    base: usize,
) -> Result<(), DecodeError> {
    let mut cx = Context::outermost(bytes, base);
    (|| {
        let header = set.header(bytes, &cx)?;
        let attrs = behind(bytes, header);
        cx.enter(set.info(), attrs);
        each_attr(attrs, &cx, |attr| {
            set.set(attr.kind, attr.payload, &cx).map_err(|error| error.within(set.info().step(attr.id())))
        })?;
        set.finish(&cx)
    })()
    .map_err(|error: DecodeError| error.in_type(set.info().name()))
}

/// What follows a header and its padding, which may be missing where nothing follows.
#[inline]
fn behind(bytes: &[u8], header: usize) -> &[u8] {
    &bytes[align4(header).min(bytes.len())..]
}

#[inline]
fn each_attr<'a>(
    bytes: &'a [u8],
    cx: &Context<'_, 'a>,
    mut take: impl FnMut(Attr<'a>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let mut attrs = Attrs::new(bytes);
    while let Some(attr) = attrs.attr() {
        take(attr)?;
    }
    match attrs.damage() {
        Some((kind, at)) => cx.report(cx.error(&bytes[at..], kind)),
        None => Ok(()),
    }
}

#[cold]
pub(crate) fn damaged<'a, S: DecodeSet<'a>>(
    set: &mut S,
    kind: u16,
    payload: &'a [u8],
    error: DecodeError,
    cx: &Context<'_, 'a>,
) -> Result<(), DecodeError> {
    cx.report(error.within(set.info().step(kind & TYPE_MASK)))?;
    set.keep(kind, payload);
    Ok(())
}

/// Encodes header and attributes.
#[inline]
pub fn encode_set<'a, S: DecodeSet<'a> + EncodeSet<'a>>(set: &S, out: &mut Writer) {
    encode_named(set, set.info(), out);
}

fn encode_named<'a>(set: &dyn EncodeSet<'a>, info: &'static SetInfo, out: &mut Writer) {
    let depth = out.depth();
    let failed_before = out.has_failed();
    let start = out.len();
    set.emit_header(out);
    out.pad_from(start);
    set.emit(out);
    if out.has_failed() && !failed_before {
        out.name_failure(depth, |id| info.step_sent(id), info.name());
    }
}

/// A struct that derives `NlMessage`: attributes, with or without a fixed header in front. A message, or a nest.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "needs `#[derive(NlMessage)]` on a struct"
)]
pub trait NlMessage<'a>: DecodeSet<'a> + EncodeSet<'a> + Decode<'a> + Default {
    /// What the declaration says.
    const SCHEMA: &'static Set;

    /// [`SCHEMA`](Self::SCHEMA) as a function, which declarations that contain themselves need.
    #[doc(hidden)]
    fn schema() -> &'static Set {
        Self::SCHEMA
    }

    /// Reads a message body (what follows the message header), or the payload of a nest.
    ///
    /// # Errors
    ///
    /// The first damage, with the path to the field and the offset in `bytes`. Attributes that the declaration does not
    /// know are no damage, nor are structs longer than declared.
    fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        Self::decode_at(bytes, 0)
    }

    /// As [`decode`](Self::decode), but goes on after damage: a damaged attribute is kept with the unknown ones (if the
    /// declaration has a place for them), a damaged element is missing from its list, and every problem is reported.
    fn decode_lenient(bytes: &'a [u8]) -> (Self, Vec<DecodeError>) {
        let problems = RefCell::new(Vec::new());
        let mut message = Self::default();
        let cx = Context::new(bytes, 0).lenient(&problems);
        let end = decode_set(&mut message, bytes, &cx);
        let name = message.info().name();
        let problems = problems.into_inner().into_iter().chain(end.err());
        (message, problems.map(|problem| problem.in_type(name)).collect())
    }

    /// Reads further attributes into a message that already holds some: what occurs again replaces, what may repeat
    /// adds. For objects that the kernel spreads over several messages.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode); what was read before the damage stays.
    fn merge(&mut self, bytes: &'a [u8]) -> Result<(), DecodeError> {
        decode_set(self, bytes, &Context::new(bytes, 0)).map_err(|error| error.in_type(self.info().name()))
    }

    /// The bytes of the message body: fixed header and attributes.
    ///
    /// # Errors
    ///
    /// The first value that does not fit, with the path to its field.
    fn to_bytes(&self) -> Result<Vec<u8>, super::error::EncodeError> {
        let mut out = Writer::new();
        encode_set(self, &mut out);
        out.finish()
    }
}

/// The payload of a nest.
pub fn decode_nest<'a, T: NlMessage<'a>>(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<T, DecodeError> {
    let mut nest = T::default();
    decode_set(&mut nest, payload, cx)?;
    Ok(nest)
}

/// The payload of a nest, made in its field. Damage leaves there what was there before.
pub fn decode_nest_into<'a, T: NlMessage<'a>>(
    field: &mut Option<T>,
    payload: &'a [u8],
    cx: &Context<'_, 'a>,
) -> Result<(), DecodeError> {
    let before = field.take();
    let decoded = decode_set(field.insert(T::default()), payload, cx);
    if decoded.is_err() {
        *field = before;
    }
    decoded
}

/// The encoding of a nest, for descriptions of the declaration.
pub const fn nest_kind<'a, T: NlMessage<'a>>() -> Kind {
    Kind::Nest(T::schema)
}

/// A required attribute is not there.
#[cold]
pub fn missing(cx: &Context<'_, '_>, name: &'static str) -> Result<(), DecodeError> {
    cx.report(cx.error_at_end(DecodeErrorKind::Missing).within(Step::Field(name)))
}
