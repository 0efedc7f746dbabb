//! From what was written to what it means.

mod choice;
mod encoding;
mod family;
mod message;
mod number;
mod structure;
mod union;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Data, DeriveInput, Fields, GenericParam, Ident, Lifetime, Path};

use crate::{
    attr::{Item, read},
    diag::Diagnostics,
    ir::Container,
    words::{Vocabulary, Words},
};

pub(crate) use choice::choices;
pub(crate) use family::family;
pub(crate) use message::message;
pub(crate) use number::{enumeration, flags};
pub(crate) use structure::structure;
pub(crate) use union::union;

/// `NlDebug`, which leaves the words to the derive that they are for.
///
/// Gives the header too, which is always there.
pub(crate) fn debug<'a>(input: &'a DeriveInput, diag: &Diagnostics) -> (Container<'a>, Option<&'a Ident>) {
    let silent = Diagnostics::new();
    let (container, _) = container(input, &crate::words::DEBUG, &silent);
    let is_header = |field: &&syn::Field| {
        let items = read(&field.attrs, "nl_attr", &silent).items;
        items.iter().any(|item| matches!(item, Item::Word { word, .. } if word == "header"))
    };
    let header = match &input.data {
        Data::Struct(data) => data.fields.iter().find(is_header).and_then(|field| field.ident.as_ref()),
        _ => None,
    };
    // Mistakes in the words are told by the derive that reads them.
    let _ = silent.finish();
    if !matches!(&input.data, Data::Struct(data) if matches!(data.fields, Fields::Named(_))) {
        diag.error_help(
            &input.ident,
            "`NlDebug` is for structs with named fields",
            "derive `Debug` here: there is nothing to leave out",
        );
    }
    (container, header)
}

/// Reads what is the same for all derives, and the words on the type itself.
fn container<'a>(input: &'a DeriveInput, vocabulary: &Vocabulary, diag: &Diagnostics) -> (Container<'a>, Words) {
    if let Some(attr) = find(&input.attrs, "nl_attr") {
        diag.error_help(
            attr.path(),
            "`nl_attr` describes a field",
            "options of the whole type are written `#[nl(...)]`",
        );
    }
    let words = vocabulary.sort(read(&input.attrs, "nl", diag), diag);
    for key in &words.keys {
        diag.error_help(key, "a word is expected here", vocabulary.list());
    }
    let mut lifetimes = input.generics.params.iter().filter_map(|param| match param {
        GenericParam::Lifetime(param) => Some(&param.lifetime),
        _ => None,
    });
    let lifetime = lifetimes.next();
    for second in lifetimes {
        diag.error(second, "a message borrows from one buffer, so it can have only one lifetime parameter");
    }
    let container = Container {
        krate: words.value::<Path>("crate", diag).unwrap_or_else(|| syn::parse_quote!(::netlink_core)),
        input,
        lifetime,
        borrowed: words.has("borrowed") || has_reference(input, lifetime),
        broken: false,
    };
    (container, words)
}

/// Whether a field is a plain reference. Such a type cannot own its data: there is nowhere to put it.
fn has_reference(input: &DeriveInput, lifetime: Option<&Lifetime>) -> bool {
    let fields: Vec<&syn::Field> = match &input.data {
        Data::Struct(data) => data.fields.iter().collect(),
        Data::Enum(data) => data.variants.iter().flat_map(|variant| &variant.fields).collect(),
        Data::Union(_) => Vec::new(),
    };
    lifetime.is_some_and(|lifetime| fields.iter().any(|field| refers(field.ty.to_token_stream(), lifetime)))
}

/// Whether the tokens contain `&'a`.
fn refers(tokens: TokenStream, lifetime: &Lifetime) -> bool {
    let mut tail = String::new();
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            if refers(group.stream(), lifetime) {
                return true;
            }
        }
        tail.push_str(&token.to_string());
        if tail.ends_with(&format!("&{lifetime}")) {
            return true;
        }
    }
    false
}

/// The named fields of a struct.
fn named<'a>(
    input: &'a DeriveInput,
    derive: &str,
    instead: &str,
    diag: &Diagnostics,
) -> Vec<(&'a syn::Field, &'a Ident)> {
    let keyword: &dyn ToTokens = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                return fields.named.iter().filter_map(|field| Some((field, field.ident.as_ref()?))).collect();
            }
            Fields::Unit => return Vec::new(),
            Fields::Unnamed(fields) => {
                let help = match derive {
                    "NlFamily" => instead,
                    _ => "for a payload type of its own, implement `netlink_core::wire::Value` for the tuple struct",
                };
                diag.error_help(fields, format_args!("`{derive}` needs named fields"), help);
                return Vec::new();
            }
        },
        Data::Enum(data) => &data.enum_token,
        Data::Union(data) => &data.union_token,
    };
    diag.error_help(keyword.to_token_stream(), format_args!("`{derive}` can only be derived for structs"), instead);
    Vec::new()
}

/// The variants of an enum.
fn variants<'a>(input: &'a DeriveInput, derive: &str, instead: &str, diag: &Diagnostics) -> Vec<&'a syn::Variant> {
    let keyword: &dyn ToTokens = match &input.data {
        Data::Enum(data) => return data.variants.iter().collect(),
        Data::Struct(data) => &data.struct_token,
        Data::Union(data) => &data.union_token,
    };
    diag.error_help(keyword.to_token_stream(), format_args!("`{derive}` can only be derived for enums"), instead);
    Vec::new()
}

fn find<'a>(attrs: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    attrs.iter().find(|attr| attr.path().is_ident(name))
}

/// Reports `#[nl]` where `#[nl_attr]` belongs, or the other way round.
fn misplaced(attrs: &[Attribute], wrong: &str, right: &str, diag: &Diagnostics) -> bool {
    let Some(attr) = find(attrs, wrong) else { return false };
    let kind = if right == "nl_attr" { "a field of a message is an attribute" } else { "this is no attribute" };
    diag.error_help(attr.path(), kind, format_args!("write `#[{right}(...)]`"));
    true
}

/// Reports attributes on what a variant holds: nobody would read them.
fn nothing_inside(variant: &syn::Variant, diag: &Diagnostics) {
    for field in &variant.fields {
        for attr in ["nl", "nl_attr"].iter().filter_map(|name| find(&field.attrs, name)) {
            diag.error_help(
                attr.path(),
                "what a variant holds takes no options",
                "options of the variant stand above it; those of the payload, on the payload's own type",
            );
        }
    }
}
