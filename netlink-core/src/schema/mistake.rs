//! Why a node cannot be turned into bytes.

use std::{error, fmt};

use crate::wire::{DecodeError, Path, Step, out_of_range};

/// Why [`build`](super::build()) failed: what is wrong, and where.
///
/// ```
/// use netlink_core::{NlMessage, schema::{self, Node}};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor {
///     #[nl_attr(1)]
///     level: Option<u8>,
/// }
///
/// let error = schema::build(Sensor::SCHEMA, &Node::map([("levle", Node::Int(7))])).unwrap_err();
/// assert_eq!(error.to_string(), "`Sensor`: there is no `levle` (meant `level`?)");
/// let error = schema::build(Sensor::SCHEMA, &Node::map([("level", Node::Int(256))])).unwrap_err();
/// assert_eq!(error.to_string(), "`Sensor.level`: 256 is out of range (0..=255)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError(Box<BuildInner>);

#[derive(Clone, PartialEq, Eq)]
struct BuildInner {
    kind: BuildErrorKind,
    path: Path,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildErrorKind {
    /// Nothing of this name is declared.
    UnknownName {
        /// The name.
        name: String,
        /// A name that looks like it.
        meant: Option<&'static str>,
    },
    /// A name stands twice in one object: what repeats is a list.
    Twice {
        /// The name, as it is spelled the second time.
        name: String,
    },
    /// A value of another type is needed.
    Type {
        /// What is needed.
        expected: &'static str,
        /// What there is.
        found: &'static str,
    },
    /// Text that does not say what is needed.
    Text {
        /// What is needed.
        expected: &'static str,
        /// The text, or the start of it.
        found: String,
    },
    /// A number outside of what is declared, or of what fits.
    OutOfRange {
        /// The smallest number.
        min: i128,
        /// The largest number.
        max: i128,
        /// The number.
        found: i128,
    },
    /// More than what is declared, or than what fits.
    TooLong {
        /// The most that is allowed.
        limit: usize,
        /// What there is.
        found: usize,
    },
    /// Less than what is declared.
    TooShort {
        /// The least that is allowed.
        limit: usize,
        /// What there is.
        found: usize,
    },
    /// Bytes, given for what has parts, in which the parts are not found.
    Bytes(DecodeError),
    /// Required, but absent.
    Missing,
    /// Absent, though a later member of the struct is there.
    Hole,
    /// What the payload is depends on a selector, which is absent or names nothing that is declared.
    Selector,
    /// Text with a NUL inside.
    InteriorNul,
    /// Nests go deeper than any kernel reads them.
    TooDeep,
}

impl BuildError {
    pub(super) fn new(kind: BuildErrorKind) -> Self {
        Self(Box::new(BuildInner { kind, path: Path::default() }))
    }

    pub(super) fn within(mut self, step: Step) -> Self {
        self.0.path.prepend(step);
        self
    }

    pub(super) fn in_type(mut self, name: &'static str) -> Self {
        self.0.path.root = Some(name);
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> &BuildErrorKind {
        &self.0.kind
    }

    /// Where, as a path of the names in the declaration: `Link.link_info.kind`.
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }
}

impl fmt::Display for BuildErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownName { name, meant } => {
                write!(f, "there is no `{}`", name.escape_debug())?;
                meant.map_or(Ok(()), |meant| write!(f, " (meant `{meant}`?)"))
            }
            Self::Twice { name } => write!(f, "`{}` is given twice", name.escape_debug()),
            Self::Type { expected, found } => write!(f, "{found} where {expected} is needed"),
            Self::Text { expected, found } => write!(f, "\"{}\" is not {expected}", found.escape_debug()),
            Self::OutOfRange { min, max, found } => out_of_range(*found, *min, *max, f),
            Self::TooLong { limit, found } => write!(f, "{found} where at most {limit} fit"),
            Self::TooShort { limit, found } => write!(f, "{found} where at least {limit} are needed"),
            Self::Bytes(error) => write!(f, "these bytes are not understood: {error}"),
            Self::Missing => f.write_str("required, but not given"),
            Self::Hole => f.write_str("present, though an earlier member of the struct is absent"),
            Self::Selector => f.write_str("depends on a selector that is not given, or selects nothing declared"),
            Self::InteriorNul => f.write_str("text with a NUL byte inside would end there"),
            Self::TooDeep => f.write_str("nested too deeply"),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.path.prefix(), self.0.kind)
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BuildError({self})")
    }
}

impl error::Error for BuildError {}
