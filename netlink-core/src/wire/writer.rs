//! The one place where bytes to be sent are put together.

use super::{
    attr::{ATTR_HEADER, MAX_PAYLOAD, TYPE_MASK, align4},
    error::{EncodeError, EncodeErrorKind, Step},
    value::Fixed,
};

/// How many attributes may be open inside each other. The kernel refuses nests deeper than 10.
const MAX_DEPTH: usize = 24;

const NOT_ENDED: EncodeErrorKind = EncodeErrorKind::Invalid("attributes begun and ended are not the same");

/// As many zeros as can follow a payload: a NUL, and padding.
const PADDING: [u8; 4] = [0; 4];

/// Collects the bytes of messages: attributes with their padding, nests whose lengths are filled in when they end, and
/// the first mistake.
///
/// Nothing here fails at once. What does not fit is remembered, with the path to the field, and
/// [`finish`](Self::finish) gives either all of the bytes or that error. So the code that writes a value has no error
/// paths, and a half-written message can never be sent.
///
/// ```
/// use netlink_core::wire::Writer;
///
/// let mut out = Writer::new();
/// out.begin(1);
/// out.bytes(b"abc");
/// out.end();
/// assert_eq!(out.finish()?, [7, 0, 1, 0, b'a', b'b', b'c', 0]);
/// # Ok::<(), netlink_core::wire::EncodeError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer {
    buffer: Vec<u8>,
    /// Where the attribute begun last starts. Until an attribute is ended, its length field says how far behind the one
    /// around it it stands: requests are moved about, and a list of what is open would make each move longer.
    open: usize,
    depth: usize,
    failure: Option<Box<Failure>>,
}

/// The first mistake, while its path is still being put together.
#[derive(Clone, Debug)]
struct Failure {
    error: EncodeError,
    /// The attributes that were open, outermost first.
    ids: Vec<u16>,
    /// How many of them have no name yet: names become known from the inside out.
    unnamed: usize,
}

impl Failure {
    /// Levels from this depth on that got no name are elements of a list, which are known by their numbers.
    fn name_from(&mut self, depth: usize) {
        let unnamed = self.ids.get(depth..self.unnamed).unwrap_or_default();
        for &number in unnamed.iter().rev() {
            self.error.path_mut().prepend(Step::Index(usize::from(number)));
        }
        self.unnamed = self.unnamed.min(depth);
    }
}

impl Writer {
    /// An empty writer.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer that reuses the memory of a buffer; what the buffer contains is dropped.
    #[inline]
    pub fn with_buffer(mut buffer: Vec<u8>) -> Self {
        buffer.clear();
        Self { buffer, ..Self::default() }
    }

    /// The number of bytes so far.
    pub fn len(&self) -> usize {
        self.buffer.len()
    }

    /// Whether nothing has been written yet.
    pub fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// What is written so far, for values that become known later.
    pub(crate) fn written(&mut self) -> &mut [u8] {
        &mut self.buffer
    }

    /// All bytes, or the first mistake.
    ///
    /// # Errors
    ///
    /// The first value that did not fit its place, with the path to its field; or an attribute was begun and not ended.
    #[inline]
    pub fn finish(mut self) -> Result<Vec<u8>, EncodeError> {
        self.take()
    }

    /// As [`finish`](Self::finish), for a writer that cannot be moved, and is of no use afterwards.
    #[inline]
    pub(crate) fn take(&mut self) -> Result<Vec<u8>, EncodeError> {
        match self.failure.take() {
            None if self.depth == 0 => Ok(std::mem::take(&mut self.buffer)),
            // Its length is missing, and with it the end of everything around it.
            None => Err(EncodeError::new(NOT_ENDED)),
            Some(failure) => Err(failure.error),
        }
    }

    /// Appends bytes as they are: a payload, or a part of one.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Appends zeros.
    pub fn zeros(&mut self, count: usize) {
        self.buffer.resize(self.buffer.len() + count, 0);
    }

    /// Appends zeros up to the next multiple of 4 bytes.
    #[inline]
    pub fn pad(&mut self) {
        self.pad_from(0);
    }

    /// Appends zeros up to a multiple of 4 bytes after `start`: behind a struct of 6 bytes, attributes do not stand at
    /// multiples of 4 themselves.
    #[inline]
    pub(crate) fn pad_from(&mut self, start: usize) {
        const ZEROS: [u8; 3] = [0; 3];
        let len = self.buffer.len() - start;
        self.buffer.extend_from_slice(&ZEROS[..align4(len) - len]);
    }

    /// Starts an attribute: `kind` is its type field, the flag bits included. What is written until [`end`](Self::end)
    /// is its payload, and attributes begun in between are nested in it.
    #[inline]
    pub fn begin(&mut self, kind: u16) {
        let start = self.buffer.len();
        let around = if self.depth == 0 { start } else { self.open };
        let distance = u16::try_from(start - around).unwrap_or_else(|_| self.too_long(around));
        let [d0, d1] = distance.to_ne_bytes();
        let [k0, k1] = kind.to_ne_bytes();
        if self.depth == MAX_DEPTH {
            self.fail(EncodeErrorKind::TooDeep);
        }
        self.buffer.extend_from_slice(&[d0, d1, k0, k1]);
        self.open = start;
        self.depth += 1;
    }

    /// Ends the attribute begun last: fills in its length and pads.
    ///
    /// Without an attribute begun this does nothing.
    #[inline]
    pub fn end(&mut self) {
        if self.depth == 0 {
            return;
        }
        let start = self.open;
        let len = self.buffer.len() - start;
        let wire_len = u16::try_from(len).unwrap_or_else(|_| self.too_long(start));
        self.open = self.around(start);
        self.buffer[start..start + 2].copy_from_slice(&wire_len.to_ne_bytes());
        self.pad_from(start);
        self.depth -= 1;
    }

    /// Where the attribute around one that is open starts.
    fn around(&self, start: usize) -> usize {
        let distance = u16::from_ne_bytes([self.buffer[start], self.buffer[start + 1]]);
        // After a mistake it may say something else.
        start.saturating_sub(distance.into())
    }

    /// Remembers that the attribute begun last is longer than its length field can tell, which then says nothing.
    #[cold]
    fn too_long(&mut self, start: usize) -> u16 {
        let found = self.buffer.len() - start - ATTR_HEADER;
        self.fail(EncodeErrorKind::TooLong { limit: MAX_PAYLOAD, found });
        0
    }

    /// Begins an attribute whose payload a type of the user's own may write: what to give to [`end_of`](Self::end_of).
    #[inline]
    pub(crate) fn begin_of(&mut self, kind: u16) -> (usize, usize) {
        self.begin(kind);
        (self.open, self.depth)
    }

    /// Ends the attribute, also if what was begun in it was not ended.
    #[inline]
    pub(crate) fn end_of(&mut self, (start, depth): (usize, usize)) {
        if self.depth != depth {
            (self.open, self.depth) = (start, depth);
            self.fail(NOT_ENDED);
        }
        self.end();
    }

    /// A whole attribute with up to 4 bytes of payload in one constant-size store: what makes small numbers fast.
    #[inline]
    pub(crate) fn attr4(&mut self, kind: u16, len: u16, payload: [u8; 4]) {
        let [l0, l1] = (ATTR_HEADER as u16 + len).to_ne_bytes();
        let [k0, k1] = kind.to_ne_bytes();
        let [p0, p1, p2, p3] = payload;
        self.buffer.extend_from_slice(&[l0, l1, k0, k1, p0, p1, p2, p3]);
    }

    /// As [`attr4`](Self::attr4), for 8 bytes.
    #[inline]
    pub(crate) fn attr8(&mut self, kind: u16, payload: [u8; 8]) {
        let [l0, l1] = (ATTR_HEADER as u16 + 8).to_ne_bytes();
        let [k0, k1] = kind.to_ne_bytes();
        let [p0, p1, p2, p3, p4, p5, p6, p7] = payload;
        self.buffer.extend_from_slice(&[l0, l1, k0, k1, p0, p1, p2, p3, p4, p5, p6, p7]);
    }

    /// As [`attr4`](Self::attr4), for addresses and other arrays.
    #[inline]
    pub(crate) fn attr_array<const N: usize>(&mut self, kind: u16, payload: &[u8; N]) {
        if N > MAX_PAYLOAD {
            return self.attr(kind, payload);
        }
        let start = self.buffer.len();
        let [l0, l1] = ((ATTR_HEADER + N) as u16).to_ne_bytes();
        let [k0, k1] = kind.to_ne_bytes();
        self.buffer.reserve(ATTR_HEADER + N + PADDING.len());
        self.buffer.extend_from_slice(&[l0, l1, k0, k1]);
        self.buffer.extend_from_slice(payload);
        self.buffer.extend_from_slice(&PADDING);
        self.buffer.truncate(start + align4(ATTR_HEADER + N));
    }

    /// A whole attribute whose payload is at hand.
    #[inline]
    pub fn attr(&mut self, kind: u16, payload: &[u8]) {
        self.attr_with_zeros(kind, payload, 0);
    }

    /// A whole attribute of text, which must not contain a NUL, and the NUL at its end.
    pub(crate) fn attr_text(&mut self, kind: u16, text: &[u8]) {
        if text.contains(&0) {
            self.fail_attr(kind & TYPE_MASK, EncodeErrorKind::InteriorNul);
        }
        self.attr_with_zeros(kind, text, 1);
    }

    /// Payload, up to one zero that belongs to it, and padding: without the detour over the attributes that are open.
    #[inline]
    fn attr_with_zeros(&mut self, kind: u16, payload: &[u8], zeros: usize) {
        let start = self.buffer.len();
        let len = ATTR_HEADER + payload.len() + zeros;
        let Ok(wire_len) = u16::try_from(len) else {
            let error = EncodeErrorKind::TooLong { limit: MAX_PAYLOAD, found: len - ATTR_HEADER };
            return self.fail_attr(kind & TYPE_MASK, error);
        };
        let [l0, l1] = wire_len.to_ne_bytes();
        let [k0, k1] = kind.to_ne_bytes();
        self.buffer.reserve(len + PADDING.len());
        self.buffer.extend_from_slice(&[l0, l1, k0, k1]);
        self.buffer.extend_from_slice(payload);
        // A constant number of bytes and a cut are faster than the number that it takes.
        self.buffer.extend_from_slice(&PADDING);
        self.buffer.truncate(start + align4(len));
    }

    /// Remembers that a value cannot be sent; only the first mistake counts.
    ///
    /// The attributes that are open when this is called are the path of the error.
    #[cold]
    pub fn fail(&mut self, kind: EncodeErrorKind) {
        self.fail_at(&[], None, kind);
    }

    /// As [`fail`](Self::fail), for an attribute that was not begun.
    #[cold]
    pub fn fail_attr(&mut self, id: u16, kind: EncodeErrorKind) {
        self.fail_at(&[id], None, kind);
    }

    /// As [`fail`](Self::fail), for a member of the struct that is being written.
    #[cold]
    pub fn fail_member(&mut self, member: &'static str, kind: EncodeErrorKind) {
        self.fail_at(&[], Some(member), kind);
    }

    fn fail_at(&mut self, more: &[u16], member: Option<&'static str>, kind: EncodeErrorKind) {
        if self.failure.is_some() {
            return;
        }
        let mut error = EncodeError::new(kind);
        if let Some(member) = member {
            error.path_mut().prepend(Step::Field(member));
        }
        let opened = std::iter::successors(Some(self.open), |start| Some(self.around(*start)));
        let mut ids: Vec<u16> = opened.take(self.depth).map(|start| self.kind_at(start)).collect();
        ids.reverse();
        ids.extend_from_slice(more);
        let unnamed = ids.len();
        self.failure = Some(Box::new(Failure { error, ids, unnamed }));
    }

    /// Gives the first mistake, made just now, the name of the member that it is about.
    #[cold]
    pub(crate) fn name_member(&mut self, member: &'static str) {
        let depth = self.depth;
        if let Some(failure) = &mut self.failure {
            failure.name_from(depth);
            failure.error.path_mut().prepend(Step::Field(member));
        }
    }

    /// The type field, without flag bits, of the attribute that starts here.
    fn kind_at(&self, start: usize) -> u16 {
        let kind = u16::from_ne_bytes([self.buffer[start + 2], self.buffer[start + 3]]);
        kind & TYPE_MASK
    }

    /// How many attributes are open.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    #[inline]
    pub(crate) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Gives the attribute at this depth of the error's path its name, and at the outermost level the type.
    #[cold]
    pub(crate) fn name_failure(&mut self, depth: usize, name: impl FnOnce(u16) -> Step, root: &'static str) {
        self.name_attr(depth, name);
        if let (Some(failure), 0) = (&mut self.failure, depth) {
            // The outermost type, which is the last to come here; an inner one has no name of its own in the path.
            failure.error.path_mut().root = Some(root);
        }
    }

    /// Gives the attribute at this depth of the error's path its name.
    #[cold]
    pub(crate) fn name_attr(&mut self, depth: usize, name: impl FnOnce(u16) -> Step) {
        let Some(failure) = self.failure.as_mut().filter(|failure| failure.unnamed > depth) else { return };
        failure.name_from(depth + 1);
        failure.unnamed = depth;
        let id = failure.ids[depth];
        failure.error.path_mut().prepend(name(id));
    }

    /// Says which element of a list the error is in; the attribute of an element, if it has one, is at this depth.
    #[cold]
    pub(crate) fn name_element(&mut self, depth: usize, position: usize) {
        self.name_repeated(depth, position);
        if let Some(failure) = &mut self.failure {
            failure.unnamed = failure.unnamed.min(depth);
        }
    }

    /// As [`name_element`](Self::name_element), for an attribute that repeats: it has a name all the same.
    #[cold]
    pub(crate) fn name_repeated(&mut self, depth: usize, position: usize) {
        if let Some(failure) = &mut self.failure {
            failure.name_from(depth + 1);
            failure.error.path_mut().prepend(Step::Index(position));
        }
    }

    /// Changes the type fields of the attributes, at the level of now, that were written since `start`, and those of so
    /// many levels in them.
    pub(crate) fn change_kinds(&mut self, start: usize, levels: usize, change: impl Fn(u16) -> u16 + Copy) {
        self.change_kinds_between(start, self.buffer.len(), levels, change);
    }

    fn change_kinds_between(&mut self, start: usize, end: usize, levels: usize, change: impl Fn(u16) -> u16 + Copy) {
        let mut at = start;
        while let Some(&[l0, l1, k0, k1]) = self.buffer[..end].get(at..).and_then(<[u8]>::first_chunk) {
            let kind = change(u16::from_ne_bytes([k0, k1]));
            self.buffer[at + 2..at + ATTR_HEADER].copy_from_slice(&kind.to_ne_bytes());
            // What was too long for its length field is never sent.
            let len = usize::from(u16::from_ne_bytes([l0, l1])).max(ATTR_HEADER);
            if levels > 0 {
                self.change_kinds_between(at + ATTR_HEADER, end.min(at + len), levels - 1, change);
            }
            at += align4(len);
        }
    }

    /// Overwrites bytes written earlier: a length that only the end could tell.
    pub(crate) fn overwrite<T: Fixed<E>, E>(&mut self, at: usize, value: &T) {
        let end = self.buffer.len();
        value.write(self);
        self.buffer.copy_within(end.., at);
        self.buffer.truncate(end);
    }
}
