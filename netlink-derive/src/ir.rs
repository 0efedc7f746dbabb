//! What was meant: the declaration, checked and ready for code generation.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Attribute, DeriveInput, GenericParam, Ident, Lifetime, LitInt, LitStr, Path, Type};

/// What every derived type has.
pub(crate) struct Container<'a> {
    /// The path to `netlink_core`.
    pub(crate) krate: Path,
    pub(crate) input: &'a DeriveInput,
    /// The lifetime of the message that the type borrows from, if it borrows.
    pub(crate) lifetime: Option<&'a Lifetime>,
    /// Holds plain references, so it cannot own its data.
    pub(crate) borrowed: bool,
    /// The mistakes were reported; what is generated only keeps rustc from reporting more.
    pub(crate) broken: bool,
}

impl Container<'_> {
    pub(crate) fn ident(&self) -> &Ident {
        &self.input.ident
    }

    /// The types of all fields, of all variants.
    pub(crate) fn field_types(&self) -> impl Iterator<Item = &Type> {
        let fields: Vec<&syn::Field> = match &self.input.data {
            syn::Data::Struct(data) => data.fields.iter().collect(),
            syn::Data::Enum(data) => data.variants.iter().flat_map(|variant| &variant.fields).collect(),
            syn::Data::Union(_) => Vec::new(),
        };
        fields.into_iter().map(|field| &field.ty)
    }

    pub(crate) fn has_type_params(&self) -> bool {
        self.input.generics.params.iter().any(|param| !matches!(param, GenericParam::Lifetime(_)))
    }
}

/// `NlMessage`.
#[derive(Default)]
pub(crate) struct Message<'a> {
    pub(crate) header: Option<Plain<'a>>,
    pub(crate) unknown: Option<Plain<'a>>,
    pub(crate) fields: Vec<Field<'a>>,
    /// The attribute that only fills up to an alignment.
    pub(crate) pad: Option<TokenStream>,
    /// Fields whose attribute was not understood, which was reported. They are there all the same.
    pub(crate) broken: Vec<&'a Ident>,
}

/// A field without an attribute number.
pub(crate) struct Plain<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
}

/// A number in generated code, which stands where the user wrote the number.
pub(crate) enum Constant {
    /// The number itself: of thousands, a constant for each would cost time to compile.
    Number(LitInt),
    /// The name of a constant, so that an expression of the wrong type is one error and not one for each use.
    Name(Ident),
}

impl Constant {
    /// The constant, if there is to be one.
    pub(crate) fn declare(&self, value: &TokenStream) -> Option<TokenStream> {
        let Self::Name(name) = self else { return None };
        let at = Span::call_site().located_at(name.span());
        Some(quote_spanned!(at=> const #name: ::core::primitive::u16 = #value;))
    }
}

impl ToTokens for Constant {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Number(number) => number.to_tokens(tokens),
            Self::Name(name) => name.to_tokens(tokens),
        }
    }
}

/// A field that is an attribute.
pub(crate) struct Field<'a> {
    pub(crate) attrs: &'a [Attribute],
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// As written: a number, or a path to a constant.
    pub(crate) id: TokenStream,
    /// The number in generated code.
    pub(crate) constant: Constant,
    pub(crate) encoding: Encoding,
    pub(crate) required: bool,
    /// The selector that decides about the payload.
    pub(crate) select: Option<Selector>,
    /// Selects payloads in sets further in.
    pub(crate) selects_inner: bool,
    /// The words in which rules find fault.
    pub(crate) places: Places,
    /// The smallest and the largest value to send.
    pub(crate) range: Option<Limits>,
    /// The smallest and the largest length to send.
    pub(crate) len: Option<Limits>,
    /// What the kernel says when it refuses the value without saying where it stands.
    pub(crate) refused: Option<LitStr>,
    /// A nest that does not say that it is one.
    pub(crate) plain: bool,
    /// What comes again adds to what is there.
    pub(crate) merge: bool,
    pub(crate) direction: Direction,
}

/// Where the words of a field stand.
#[derive(Default)]
pub(crate) struct Places {
    pub(crate) selector: Option<Ident>,
    pub(crate) range: Option<Ident>,
    pub(crate) len: Option<Ident>,
    pub(crate) refused: Option<Ident>,
    pub(crate) plain: Option<Ident>,
    pub(crate) merge: Option<Ident>,
}

/// The way to a selector.
pub(crate) enum Selector {
    /// One field of the same struct, or a member of its header.
    Path(Vec<Ident>),
    /// The selector of an enclosing set, by the type of the set.
    Outer(Box<Type>),
}

impl Selector {
    /// Whether it is this field of the same struct.
    pub(crate) fn is(&self, field: &Ident) -> bool {
        matches!(self, Self::Path(path) if path.len() == 1 && path[0] == *field)
    }
}

/// As written; `None` where nothing limits.
pub(crate) struct Limits {
    pub(crate) min: Option<TokenStream>,
    pub(crate) max: Option<TokenStream>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Direction {
    #[default]
    Both,
    Send,
    Receive,
}

/// How the options alter the encoding that the type decides.
#[derive(Default)]
pub(crate) struct Encoding {
    pub(crate) order: Order,
    /// The integer on the wire, if it is not that of the type.
    pub(crate) wire: Option<Type>,
    /// The unit of a duration, and the integer that counts them.
    pub(crate) unit: Option<(Unit, Type)>,
    pub(crate) list: Option<List>,
    /// How many levels of numbers a numbered list has.
    pub(crate) levels: usize,
    /// The attribute repeats.
    pub(crate) multi: bool,
    /// The words that chose it.
    pub(crate) words: Vec<Ident>,
}

impl Encoding {
    /// The first word that is none of these.
    pub(crate) fn word_except(&self, words: &[&str]) -> Option<&Ident> {
        self.words.iter().find(|word| !words.iter().any(|other| word == other))
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Order {
    #[default]
    Native,
    Be,
    Le,
    Net,
    UInt,
    SInt,
    NoNul,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Secs,
    Millis,
    Micros,
    Nanos,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Indexed,
    Numbered,
    Packed,
    Records,
    Stream,
    Strings,
}

/// `NlMessage` on an enum: each variant is one attribute.
#[derive(Default)]
pub(crate) struct Choices<'a> {
    pub(crate) tokens: Vec<Token<'a>>,
    pub(crate) other: Option<(&'a Ident, &'a Type)>,
}

pub(crate) struct Token<'a> {
    pub(crate) attrs: &'a [Attribute],
    pub(crate) ident: &'a Ident,
    /// `None` for a flag.
    pub(crate) ty: Option<&'a Type>,
    pub(crate) id: TokenStream,
    /// The number in generated code.
    pub(crate) constant: Constant,
    pub(crate) encoding: Encoding,
}

/// `NlStruct`.
#[derive(Default)]
pub(crate) struct Struct<'a> {
    pub(crate) members: Vec<Member<'a>>,
    /// Members whose attribute was not understood, which was reported. They are there all the same.
    pub(crate) broken: Vec<&'a Ident>,
    /// Members may stand where C would not put them.
    pub(crate) packed: bool,
}

pub(crate) struct Member<'a> {
    pub(crate) attrs: &'a [Attribute],
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) encoding: Encoding,
    /// Bytes of padding after the member.
    pub(crate) pad: Option<TokenStream>,
    pub(crate) role: Role,
}

pub(crate) enum Role {
    /// Always there, always of the same size.
    Fixed,
    /// Structs of older kernels end before it.
    Optional,
    /// How long a later member is.
    LenOf { of: Ident, unit: LengthUnit },
    /// The number of bytes of the record that the struct starts.
    LenOfRecord,
    /// All that is left.
    Rest,
    /// All that is left, as an earlier member says.
    Select(Ident),
}

/// What a length counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum LengthUnit {
    Bytes,
    Bits,
    /// The elements of a list.
    Elements,
}

impl Member<'_> {
    pub(crate) fn is_tail(&self) -> bool {
        matches!(self.role, Role::Rest | Role::Select(_))
    }
}

impl Struct<'_> {
    /// Whether all values have the same number of bytes.
    pub(crate) fn is_fixed(&self) -> bool {
        self.members.iter().all(|member| matches!(member.role, Role::Fixed | Role::LenOfRecord))
    }
}

/// `NlEnum`.
pub(crate) struct Enum<'a> {
    /// The integer on the wire.
    pub(crate) repr: Ident,
    pub(crate) variants: Vec<Number<'a>>,
    /// The variant of numbers without a name.
    pub(crate) other: Option<&'a Ident>,
}

pub(crate) struct Number<'a> {
    pub(crate) attrs: &'a [Attribute],
    pub(crate) ident: &'a Ident,
    /// As written; `None` continues to count.
    pub(crate) value: Option<TokenStream>,
}

/// `NlUnion`.
#[derive(Default)]
pub(crate) struct Union<'a> {
    pub(crate) variants: Vec<Choice<'a>>,
    pub(crate) other: Option<(&'a Ident, &'a Type)>,
}

pub(crate) struct Choice<'a> {
    pub(crate) ident: &'a Ident,
    /// What selects it; the first is written where the selector is absent.
    pub(crate) keys: Vec<TokenStream>,
    /// `None` for an empty payload.
    pub(crate) ty: Option<&'a Type>,
}

/// `NlFamily`.
pub(crate) struct Family<'a> {
    pub(crate) speaks: Speaks,
    pub(crate) operations: Vec<Operation<'a>>,
    pub(crate) groups: Vec<Group<'a>>,
    /// Fields whose types are parts.
    pub(crate) parts: Vec<&'a syn::Field>,
}

pub(crate) enum Speaks {
    /// It was not said, which was reported.
    Unsaid,
    /// A marker of `netlink_core::protocol` by its name alone, or any marker by its path.
    Protocol(Path),
    Generic {
        name: LitStr,
        version: Option<TokenStream>,
    },
    /// What another family speaks, of which this is a part.
    PartOf(Path),
}

pub(crate) struct Operation<'a> {
    pub(crate) field: &'a syn::Field,
    pub(crate) ident: &'a Ident,
    pub(crate) request: TokenStream,
    pub(crate) reply: Option<TokenStream>,
    /// Another number that replies may have.
    pub(crate) also: Option<TokenStream>,
    /// With what byte its bodies begin.
    pub(crate) begins: Option<Begins>,
    /// What the kernel demands of whoever asks.
    pub(crate) permission: Option<Permission>,
    /// The word that says so.
    pub(crate) permission_word: Option<Ident>,
    /// What the kernel does not check before it calls the operation: `strict`, `dump`, `dump_strict`.
    pub(crate) dont_validate: Vec<Ident>,
}

/// The first byte of bodies, where several operations have one number.
pub(crate) enum Begins {
    With(TokenStream),
    Not(TokenStream),
}

/// `CAP_NET_ADMIN`, and over what.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permission {
    /// Over the machine: `GENL_ADMIN_PERM`.
    Admin,
    /// Over the network namespace: `GENL_UNS_ADMIN_PERM`.
    UnsAdmin,
}

pub(crate) struct Group<'a> {
    pub(crate) field: &'a syn::Field,
    pub(crate) ident: &'a Ident,
    /// A name, for generic families, or a number.
    pub(crate) value: syn::Lit,
}
