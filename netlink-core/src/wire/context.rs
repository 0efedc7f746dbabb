//! Where a decoder is: how deep, at which byte, and whether it goes on after damage.

use std::cell::{Cell, RefCell};

use super::{
    attr::{ATTR_HEADER, Attr, Attrs},
    error::{DecodeError, DecodeErrorKind, Step},
    set::SetInfo,
};

/// How deep nests may go on decode. The kernel's own validation stops at 10.
const MAX_DEPTH: u8 = 20;

/// Given to every value while it is decoded: makes the errors that name the byte, and knows the set around.
///
/// `'a` is the message, `'c` the decoders further out.
#[derive(Clone, Debug)]
pub struct Context<'c, 'a> {
    /// The address of the byte that errors count from.
    origin: usize,
    depth: u8,
    /// The attributes of the set being decoded.
    attrs: &'a [u8],
    /// Whether the set has a payload that waits for its selector, which may come later.
    deferred: Cell<bool>,
    /// The set's names; `None` for lists.
    set: Option<&'static SetInfo>,
    /// The set around.
    outer: Option<&'c Context<'c, 'a>>,
    /// Where problems go in a lenient decode.
    problems: Option<&'c RefCell<Vec<DecodeError>>>,
    /// What the sets further in looked for last, and where it stands: many of them ask for the same selector.
    asked: Cell<Option<(u16, Option<usize>)>>,
}

impl<'c, 'a> Context<'c, 'a> {
    /// A context for bytes that start `base` bytes after the place that errors count from.
    #[inline]
    pub(crate) fn new(bytes: &'a [u8], base: usize) -> Self {
        Self {
            origin: address(bytes).wrapping_sub(base),
            depth: 0,
            attrs: bytes,
            deferred: Cell::new(false),
            set: None,
            outer: None,
            problems: None,
            asked: Cell::new(None),
        }
    }

    /// A context that is so deep already: for what is decoded later than what is around it.
    pub(crate) fn at_depth(self, depth: u8) -> Self {
        Self { depth, ..self }
    }

    pub(crate) fn depth(&self) -> u8 {
        self.depth
    }

    pub(crate) fn lenient(self, problems: &'c RefCell<Vec<DecodeError>>) -> Self {
        Self { problems: Some(problems), ..self }
    }

    /// The context of a set one level further in.
    pub(crate) fn inside<'s>(&'s self, bytes: &'a [u8]) -> Result<Context<'s, 'a>, DecodeError> {
        if self.depth >= MAX_DEPTH {
            return Err(self.error(bytes, DecodeErrorKind::TooDeep));
        }
        Ok(Context {
            origin: self.origin,
            depth: self.depth + 1,
            attrs: bytes,
            deferred: Cell::new(false),
            set: None,
            outer: Some(self),
            problems: self.problems,
            asked: Cell::new(None),
        })
    }

    /// The context of the outermost set, whose bytes start `base` bytes after the place that errors count from.
    #[inline]
    pub(crate) fn outermost(bytes: &'a [u8], base: usize) -> Self {
        Self::new(bytes, base).at_depth(1)
    }

    /// Goes on to the attributes of the set.
    #[inline]
    pub(crate) fn enter(&mut self, set: &'static SetInfo, attrs: &'a [u8]) {
        (self.set, self.attrs) = (Some(set), attrs);
    }

    /// An error at the first byte of `bytes`, which must be a part of the message.
    #[cold]
    pub fn error(&self, bytes: &[u8], kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, address(bytes).wrapping_sub(self.origin))
    }

    /// An error at the end of the set: something is missing from it.
    #[cold]
    pub(crate) fn error_at_end(&self, kind: DecodeErrorKind) -> DecodeError {
        self.error(&self.attrs[self.attrs.len()..], kind)
    }

    /// The payload has the wrong length for its type.
    #[cold]
    pub fn bad_length(&self, payload: &[u8], expected: usize) -> DecodeError {
        self.error(payload, DecodeErrorKind::Length { expected, found: payload.len() })
    }

    /// The payload has the right length and makes no sense all the same.
    #[cold]
    pub fn invalid(&self, payload: &[u8], reason: &'static str) -> DecodeError {
        self.error(payload, DecodeErrorKind::Invalid(reason))
    }

    /// Takes an error in a lenient decode, gives it back in a strict one.
    #[cold]
    pub(crate) fn report(&self, error: DecodeError) -> Result<(), DecodeError> {
        match self.problems {
            None => Err(error),
            Some(problems) => {
                problems.borrow_mut().push(error);
                Ok(())
            }
        }
    }

    /// How many problems there are so far, in a lenient decode.
    #[inline]
    pub(crate) fn problem_count(&self) -> usize {
        self.problems.map_or(0, |problems| problems.borrow().len())
    }

    /// The problems that came after so many others are within this step: the decoder that reported them did not know.
    #[cold]
    pub(crate) fn name_problems(&self, before: usize, step: Step) {
        let Some(problems) = self.problems else { return };
        for problem in &mut problems.borrow_mut()[before..] {
            problem.prepend(step);
        }
    }

    /// Decodes a part. Whatever goes wrong in there is within this step.
    #[inline]
    pub(crate) fn within<T>(
        &self,
        step: Step,
        decode: impl FnOnce() -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let before = self.problem_count();
        let result = decode();
        if self.problem_count() != before {
            self.name_problems(before, step);
        }
        result.map_err(|error| error.within(step))
    }

    /// The attributes of the set being decoded.
    pub(crate) fn attrs(&self) -> &'a [u8] {
        self.attrs
    }

    /// Puts a payload off until the end of the set, when its selector is known.
    pub(crate) fn defer(&self) {
        self.deferred.set(true);
    }

    /// As [`find`](Self::find), for a payload that was put off.
    #[inline]
    pub(crate) fn find_deferred(&self, id: u16) -> Option<Attr<'a>> {
        if self.deferred.get() { self.find(id) } else { None }
    }

    /// As [`find`](Self::find), in the nearest enclosing set of this type.
    pub(crate) fn find_outside(&self, set: &str, id: u16) -> Option<Attr<'a>> {
        let mut outer = self.outer;
        while let Some(cx) = outer {
            if cx.set.is_some_and(|info| info.name() == set) {
                return cx.find_again(id);
            }
            outer = cx.outer;
        }
        None
    }

    /// As [`find`](Self::find), without going through the set again for what was asked last.
    fn find_again(&self, id: u16) -> Option<Attr<'a>> {
        match self.asked.get() {
            Some((asked, at)) if asked == id => Attrs::new(&self.attrs[at?..]).attr(),
            _ => {
                let found = self.find(id);
                // A place, not the attribute itself: with that, a context could not stand for one of a shorter life.
                let at = found.map(|attr| address(attr.payload) - ATTR_HEADER - address(self.attrs));
                self.asked.set(Some((id, at)));
                found
            }
        }
    }

    /// The last attribute of this number in the set being decoded: the one that counts, as in the kernel (`nla_parse`).
    pub(crate) fn find(&self, id: u16) -> Option<Attr<'a>> {
        let mut attrs = Attrs::new(self.attrs);
        let mut found = None;
        while let Some(attr) = attrs.attr() {
            if attr.id() == id {
                found = Some(attr);
            }
        }
        found
    }
}

fn address(bytes: &[u8]) -> usize {
    bytes.as_ptr() as usize
}

/// What the arm of a payload with a selector does.
pub fn defer(cx: &Context<'_, '_>) -> Result<(), DecodeError> {
    cx.defer();
    Ok(())
}
