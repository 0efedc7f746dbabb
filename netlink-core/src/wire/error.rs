//! Why bytes could not be understood, and why a value could not be put into bytes.

use std::{error, fmt};

/// Why a message could not be decoded: what is wrong, in which field, at which byte.
///
/// ```
/// use netlink_core::{NlMessage, wire::DecodeErrorKind};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor {
///     #[nl_attr(3)]
///     limit: Option<u32>,
/// }
///
/// // One attribute of type 3 with two bytes of payload, where four belong.
/// let error = Sensor::decode(&[6, 0, 3, 0, 1, 2, 0, 0]).unwrap_err();
/// assert_eq!(error.kind(), &DecodeErrorKind::Length { expected: 4, found: 2 });
/// assert_eq!(error.offset(), 4);
/// assert_eq!(error.to_string(), "`Sensor.limit`: 2 bytes where 4 are expected (at byte 4)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<DecodeInner>);

#[derive(Clone, PartialEq, Eq)]
struct DecodeInner {
    kind: DecodeErrorKind,
    offset: usize,
    path: Path,
}

/// What is wrong with the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// A header or a struct needs more bytes than are left.
    Truncated {
        /// The number of bytes needed.
        needed: usize,
        /// The number of bytes there are.
        found: usize,
    },
    /// An attribute says that it is longer than what is left of the message, or shorter than its own header of 4 bytes.
    AttributeLength {
        /// The length the attribute claims, its header included.
        claimed: usize,
        /// The number of bytes left.
        left: usize,
    },
    /// A payload has the wrong length.
    Length {
        /// The number of bytes the type has.
        expected: usize,
        /// The number of bytes there are.
        found: usize,
    },
    /// A payload of an array is not a whole number of elements.
    Uneven {
        /// The number of bytes of one element.
        element: usize,
        /// The number of bytes there are.
        found: usize,
    },
    /// Text that is not UTF-8, in a field whose type demands it.
    Utf8,
    /// An attribute that the declaration calls `required` is not there.
    Missing,
    /// Nests go deeper than any kernel sends them.
    TooDeep,
    /// The value type refused the payload, for the reason given.
    Invalid(&'static str),
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { needed, found } => {
                write!(f, "truncated: {found} bytes where at least {needed} are needed")
            }
            Self::AttributeLength { claimed, left } => {
                write!(f, "an attribute claims {claimed} bytes where {left} are left")
            }
            Self::Length { expected, found } => write!(f, "{found} bytes where {expected} are expected"),
            Self::Uneven { element, found } => {
                write!(f, "{found} bytes are not a whole number of elements of {element} bytes")
            }
            Self::Utf8 => f.write_str("not UTF-8"),
            Self::Missing => f.write_str("required, but missing"),
            Self::TooDeep => f.write_str("nested too deeply"),
            Self::Invalid(reason) => f.write_str(reason),
        }
    }
}

impl DecodeError {
    #[cold]
    pub(crate) fn new(kind: DecodeErrorKind, offset: usize) -> Self {
        Self(Box::new(DecodeInner { kind, offset, path: Path::default() }))
    }

    /// What is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// Where, in bytes from the start of what was decoded: of the message header for a message that came through a
    /// connection, of the slice for one that was given to a decode function.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The field, as a path of the names in the declaration: `Link.link_info.kind`.
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }

    /// Called on the way out, innermost first.
    #[cold]
    pub(crate) fn within(mut self, step: Step) -> Self {
        self.prepend(step);
        self
    }

    pub(crate) fn prepend(&mut self, step: Step) {
        self.0.path.prepend(step);
    }

    /// Called by the outermost decode function, which knows the name of the type.
    #[cold]
    pub(crate) fn in_type(mut self, name: &'static str) -> Self {
        self.0.path.root = Some(name);
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{} (at byte {})", self.0.path.prefix(), self.0.kind, self.0.offset)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl error::Error for DecodeError {}

/// Why a value cannot be sent: nothing was.
///
/// ```
/// use netlink_core::{NlMessage, wire::EncodeErrorKind};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor<'a> {
///     #[nl_attr(2)]
///     name: Option<&'a str>,
/// }
///
/// let error = Sensor { name: Some("in\0side") }.to_bytes().unwrap_err();
/// assert_eq!(error.kind(), &EncodeErrorKind::InteriorNul);
/// assert_eq!(error.to_string(), "`Sensor.name`: text with a NUL byte inside would end there");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct EncodeError(Box<EncodeInner>);

#[derive(Clone, PartialEq, Eq)]
struct EncodeInner {
    kind: EncodeErrorKind,
    path: Path,
}

/// What is wrong with the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// Longer than its place allows: 65 531 bytes for any attribute, less where the declaration says so.
    TooLong {
        /// The most that fits, in bytes (or in elements, for a list).
        limit: usize,
        /// What there is.
        found: usize,
    },
    /// Shorter than the declaration allows.
    TooShort {
        /// The least that is allowed, in bytes.
        limit: usize,
        /// What there is.
        found: usize,
    },
    /// A number outside the range the declaration allows.
    OutOfRange {
        /// The smallest allowed value.
        min: i128,
        /// The largest allowed value.
        max: i128,
        /// The value.
        found: i128,
    },
    /// Text with a NUL byte inside: the reader would take it for the end.
    InteriorNul,
    /// An attribute that the declaration calls `required` is `None` or empty.
    Missing,
    /// The selector says one thing and the payload it selects is another.
    Selector,
    /// The payload is not the one that its selector names.
    NotSelected,
    /// A member of a struct is present though an earlier one is absent: there is no place for it.
    Hole,
    /// Nests go deeper than any kernel reads them.
    TooDeep,
    /// The value type refused the value, for the reason given.
    Invalid(&'static str),
}

impl fmt::Display for EncodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { limit, found } => write!(f, "{found} where at most {limit} fit"),
            Self::TooShort { limit, found } => write!(f, "{found} where at least {limit} are needed"),
            Self::OutOfRange { min, max, found } => out_of_range(*found, *min, *max, f),
            Self::InteriorNul => f.write_str("text with a NUL byte inside would end there"),
            Self::Missing => f.write_str("required, but not given"),
            Self::Selector => f.write_str("says something else than the payload that it selects"),
            Self::NotSelected => f.write_str("not the payload that its selector names"),
            Self::Hole => f.write_str("present, though an earlier member of the struct is absent"),
            Self::TooDeep => f.write_str("nested too deeply"),
            Self::Invalid(reason) => f.write_str(reason),
        }
    }
}

/// A number and the range that it is not in; the largest and the smallest numbers of all are no limits.
pub(crate) fn out_of_range(found: i128, min: i128, max: i128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let side = |limit: i128| match limit {
        i128::MIN | i128::MAX => String::new(),
        limit => limit.to_string(),
    };
    let dots = if max == i128::MAX { ".." } else { "..=" };
    write!(f, "{found} is out of range ({}{dots}{})", side(min), side(max))
}

impl EncodeError {
    #[cold]
    pub(crate) fn new(kind: EncodeErrorKind) -> Self {
        Self(Box::new(EncodeInner { kind, path: Path::default() }))
    }

    /// What is wrong.
    pub fn kind(&self) -> &EncodeErrorKind {
        &self.0.kind
    }

    /// The field, as a path of the names in the declaration: `Link.link_info.data`.
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }

    pub(crate) fn path_mut(&mut self) -> &mut Path {
        &mut self.0.path
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.path.prefix(), self.0.kind)
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncodeError({self})")
    }
}

impl error::Error for EncodeError {}

/// One step of the way from a message to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A field or a member, by its name in the declaration.
    Field(&'static str),
    /// An attribute that the declaration does not name.
    Attribute(u16),
    /// An element of a list.
    Index(usize),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) root: Option<&'static str>,
    /// Innermost first: the order in which they become known.
    steps: Vec<Step>,
}

impl Path {
    pub(crate) fn prepend(&mut self, step: Step) {
        self.steps.push(step);
    }

    pub(crate) fn prefix(&self) -> String {
        match self.to_string() {
            path if path.is_empty() => path,
            path => format!("`{path}`: "),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.root.unwrap_or_default())?;
        let mut first = self.root.is_none();
        for step in self.steps.iter().rev() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Field(name) if first => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Attribute(id) if first => write!(f, "attribute {id}")?,
                Step::Attribute(id) => write!(f, ".attribute {id}")?,
            }
            first = false;
        }
        Ok(())
    }
}
