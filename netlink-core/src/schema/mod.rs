//! What a declaration says about itself, as constants: names, numbers, encodings, limits.
//!
//! Every derived type has its description in an associated constant
//! ([`NlMessage::SCHEMA`](crate::NlMessage::SCHEMA) and its like). A program that never asks for it does not contain it.
//!
//! With a description, messages can be handled without their Rust types: [`walk`](walk()) makes a [`Node`] of names and
//! values from bytes, which can be printed as text or JSON, [`build`](build()) makes bytes from such a node, and
//! [`field_at`], [`missing_field`] and [`refused_field`] find the field that the kernel complains about.
//!
//! ```
//! use netlink_core::{NlMessage, schema};
//!
//! #[derive(NlMessage, Debug, Default)]
//! struct Sensor<'a> {
//!     #[nl_attr(1)]
//!     id: Option<u32>,
//!     #[nl_attr(2)]
//!     long_name: Option<&'a str>,
//! }
//!
//! let bytes = Sensor { id: Some(7), long_name: Some("cpu") }.to_bytes()?;
//! let node = schema::walk(Sensor::SCHEMA, &bytes)?;
//! assert_eq!(node.get("long_name").and_then(|name| name.as_str()), Some("cpu"));
//! assert_eq!(node.to_string(), "id: 7\nlong_name: \"cpu\"\n");
//! assert_eq!(node.to_json(), r#"{"id":7,"long-name":"cpu"}"#);
//! assert_eq!(schema::build(Sensor::SCHEMA, &node)?, bytes);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod build;
mod family;
mod json_text;
mod level;
mod locate;
mod mistake;
mod names;
mod print;
mod scalar;
mod tree;
mod typed;
mod walk;

#[cfg(feature = "serde")]
pub mod json;

pub use build::build;
pub use family::{Bodies, Family, Group, Operation, Permission};
pub use level::Root;
pub(crate) use locate::payload_of;
pub use locate::{Place, field_at, missing_field, refused_field};
pub use mistake::{BuildError, BuildErrorKind};
pub(crate) use print::Marked;
pub use print::OneLine;
pub use tree::{Entry as NodeEntry, Node, Origin};
pub use typed::{ConvertError, from_node, to_node};
pub use walk::{Walk, walk};

/// The encoding of a payload, or of a member of a struct.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// A value type of the user's own: bytes that only the type understands.
    Opaque,
    /// Nothing at all: a unit variant of a union.
    Empty,
    /// Present or not, without a payload.
    Flag,
    /// An integer of a fixed size.
    Int(Int),
    /// `uint` or `sint`: 4 or 8 bytes.
    Variable {
        /// Whether it has a sign.
        signed: bool,
    },
    /// A number with names.
    Enum(&'static Enum, &'static Kind),
    /// Bits with names.
    Flags(&'static Flags, &'static Kind),
    /// Text; `nul` says whether it is sent with a NUL at the end.
    Text {
        /// Whether it is sent with a NUL.
        nul: bool,
    },
    /// Texts, each with a NUL at its end.
    Strings,
    /// Text in an array of so many bytes, the NUL included.
    FixedText(usize),
    /// Text of fewer than so many bytes, sent with a NUL.
    ShortText(usize),
    /// Bytes.
    Bytes,
    /// Bytes printed in hexadecimal.
    Hex,
    /// So many elements, one after the other, without padding.
    Array(&'static Kind, usize),
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// An IPv4 or an IPv6 address, as its length says.
    Ip,
    /// An Ethernet address.
    Mac,
    /// The address of a link, of any length.
    LinkAddr,
    /// A universally unique identifier.
    Uuid,
    /// What says in the attribute's type field that it is in network byte order.
    Marked(&'static Kind),
    /// A value and the mask of the bits that are meant.
    Bitfield32(&'static Kind),
    /// A duration, as a number of units of so many nanoseconds.
    Duration(&'static Kind, u64),
    /// Attributes, perhaps with a header in front.
    Nest(fn() -> &'static Set),
    /// A C struct.
    Struct(fn() -> &'static Struct),
    /// A payload that a selector decides about.
    Union(fn() -> &'static Union),
    /// The attribute repeats.
    Multi(&'static Kind),
    /// One attribute of attributes whose numbers only count.
    Indexed(&'static Kind),
    /// One attribute of attributes whose numbers mean something.
    Numbered(&'static Kind),
    /// One attribute of elements one after the other.
    Packed(&'static Kind),
    /// Records that tell their own length, with attributes behind each header.
    Records(fn() -> &'static Set),
    /// Attributes of which the order is the meaning.
    Stream(fn() -> &'static Set),
}

/// An integer of a fixed size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Int {
    /// In bytes.
    pub size: u8,
    /// Whether it has a sign.
    pub signed: bool,
    /// The byte order.
    pub order: ByteOrder,
    /// Whether the attribute says in its type field that it is in network byte order.
    pub marked: bool,
}

/// A byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// That of the machine.
    Host,
    /// Big-endian: network byte order.
    Big,
    /// Little-endian.
    Little,
}

/// An attribute set.
#[derive(Clone, Copy, Debug)]
pub struct Set {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The first paragraph of its documentation, as written.
    pub doc: &'static str,
    /// The fixed header in front of the attributes.
    pub header: Option<Header>,
    /// The attributes, in the order of the declaration.
    pub attrs: &'static [Attr],
    /// The attribute that only fills up to an alignment.
    pub pad: Option<u16>,
    /// Whether attributes that are not declared are kept.
    pub keeps_unknown: bool,
}

/// The fixed header of an attribute set.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// The name of the field.
    pub field: &'static str,
    /// Its layout.
    pub kind: Kind,
    /// Its length in bytes, without the padding up to the first attribute.
    pub size: usize,
}

/// A declared attribute.
#[derive(Clone, Copy, Debug)]
pub struct Attr {
    /// Its number.
    pub id: u16,
    /// The name of the field.
    pub name: &'static str,
    /// The kernel's name of the number, from `#[doc(alias = "...")]`.
    pub kernel: Option<&'static str>,
    /// The first paragraph of its documentation, as written.
    pub doc: &'static str,
    /// What it carries.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// The smallest and the largest value that is sent.
    pub range: Option<&'static (i128, i128)>,
    /// The smallest and the largest length that is sent.
    pub len: Option<&'static (usize, usize)>,
    /// The field that selects the payload.
    pub select: Option<&'static Selector>,
    /// Whether it is only sent, only received, or both.
    pub direction: Direction,
    /// A part of what the kernel says, or of the text of its error number if it says nothing, when it refuses the value
    /// without saying where it stands.
    pub refused: Option<&'static str>,
    /// Whether it is a nest that does not say that it is one.
    pub plain: bool,
    /// Whether one that comes again adds to what is there.
    pub merge: bool,
}

impl Attr {
    /// A variant of an enum that derives `NlMessage`.
    #[doc(hidden)]
    pub const fn of_token(
        id: u16,
        name: &'static str,
        kernel: Option<&'static str>,
        doc: &'static str,
        kind: Kind,
    ) -> Self {
        let (required, range, len, select, refused) = (false, None, None, None, None);
        let (direction, plain, merge) = (Direction::Both, false, false);
        Self { id, name, kernel, doc, kind, required, range, len, select, direction, refused, plain, merge }
    }
}

/// The number of the attribute with this name: what a subset takes over.
///
/// # Panics
///
/// At compile time, if there is none.
#[doc(hidden)]
pub const fn id_of(set: &Set, name: &str) -> u16 {
    let mut n = 0;
    while n < set.attrs.len() {
        if same(set.attrs[n].name, name) {
            return set.attrs[n].id;
        }
        n += 1;
    }
    panic!("the set that this is a subset of has no field of this name")
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut n = 0;
    while n < a.len() {
        if a[n] != b[n] {
            return false;
        }
        n += 1;
    }
    true
}

/// Where the selector of a payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Selector {
    /// The attribute with this number in the same set.
    Attr(u16),
    /// An attribute of the nearest enclosing set of this name.
    Outer {
        /// The name of the set's type.
        set: &'static str,
        /// The number of the attribute.
        id: u16,
    },
    /// A member of the fixed header.
    Header(&'static str),
}

/// Which way an attribute goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    #[default]
    Both,
    /// Only to the kernel.
    Send,
    /// Only from the kernel.
    Receive,
}

/// A C struct.
#[derive(Clone, Copy, Debug)]
pub struct Struct {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The kernel's name of the struct, from `#[doc(alias = "...")]`.
    pub kernel: Option<&'static str>,
    /// The first paragraph of its documentation, as written.
    pub doc: &'static str,
    /// The members, in the order in which they stand.
    pub members: &'static [Member],
    /// Where the last member of a fixed size ends, its padding included, in bytes.
    pub size: usize,
    /// The alignment that C gives it, in bytes.
    pub align: usize,
}

/// A member of a C struct.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The name of the field.
    pub name: &'static str,
    /// The kernel's name of the member, from `#[doc(alias = "...")]`.
    pub kernel: Option<&'static str>,
    /// The first paragraph of its documentation, as written.
    pub doc: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Where it starts, in bytes.
    pub offset: usize,
    /// Its length in bytes; `None` if it takes what is left.
    pub size: Option<usize>,
    /// Whether structs of older kernels end before it.
    pub optional: bool,
    /// The member whose length this one tells; `self` for the record that the struct starts.
    pub len_of: Option<&'static str>,
    /// What the length is told in.
    pub unit: LengthUnit,
    /// The member that selects this one.
    pub select: Option<&'static str>,
}

/// What the length of a member is told in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LengthUnit {
    /// Bytes.
    #[default]
    Bytes,
    /// Bits.
    Bits,
    /// Elements of so many bytes.
    Elements(usize),
}

/// The names of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Enum {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The kernel's name of the enum, from `#[doc(alias = "...")]`.
    pub kernel: Option<&'static str>,
    /// The first paragraph of its documentation, as written.
    pub doc: &'static str,
    /// The names of the variants, with a space between them: one text, since each pointer in a program that can be loaded
    /// anywhere needs 24 bytes besides itself.
    pub names: &'static str,
    /// The kernel's names, from `#[doc(alias = "...")]`, in the same order; empty where there is none.
    pub kernel_names: &'static str,
    /// The numbers, in the same order.
    pub values: &'static [i128],
}

impl Enum {
    /// Each number with its names.
    ///
    /// ```
    /// use netlink_core::NlEnum;
    ///
    /// #[derive(NlEnum)]
    /// #[repr(u8)]
    /// enum Trip {
    ///     #[doc(alias = "THERMAL_TRIP_ACTIVE")]
    ///     Active = 1,
    ///     Hot,
    ///     #[nl(other)]
    ///     Other(u8),
    /// }
    ///
    /// let names: Vec<_> = Trip::SCHEMA.entries().map(|entry| (entry.name, entry.kernel, entry.value)).collect();
    /// assert_eq!(names, [("Active", Some("THERMAL_TRIP_ACTIVE"), 1), ("Hot", None, 2)]);
    /// ```
    pub fn entries(&self) -> impl Iterator<Item = Entry> + use<> {
        let names = self.names.split(' ').zip(self.kernel_names.split(' '));
        names.zip(self.values).map(|((name, kernel), &value)| Entry {
            name,
            kernel: Some(kernel).filter(|kernel| !kernel.is_empty()),
            value,
        })
    }
}

/// A number with a name.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The name of the variant.
    pub name: &'static str,
    /// The kernel's name, from `#[doc(alias = "...")]`.
    pub kernel: Option<&'static str>,
    /// The number.
    pub value: i128,
}

/// The names of bits.
#[derive(Clone, Copy, Debug)]
pub struct Flags {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The kernel's name of the enum, from `#[doc(alias = "...")]`.
    pub kernel: Option<&'static str>,
    /// What the kernel's names start with, from `#[nl(prefix = "...")]`.
    pub prefix: Option<&'static str>,
    /// Calls the function with each name and its bits.
    pub each: fn(&mut dyn FnMut(&'static str, i128)),
}

/// A payload that a selector decides about.
#[derive(Clone, Copy, Debug)]
pub struct Union {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The first paragraph of its documentation, as written.
    pub doc: &'static str,
    /// What each value of the selector selects.
    pub variants: &'static [Variant],
}

/// A variant of a union.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The name of the variant.
    pub name: &'static str,
    /// What selects it.
    pub keys: &'static [fn() -> Option<crate::wire::Key<'static>>],
    /// What it is.
    pub kind: Kind,
}
