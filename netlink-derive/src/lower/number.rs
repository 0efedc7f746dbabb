//! `NlEnum` and `NlFlags`: numbers with names.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Data, DeriveInput, Fields, Ident, Lit, Token, punctuated::Punctuated};

use super::{container, find, misplaced, nothing_inside, variants};
use crate::{
    attr::read,
    diag::Diagnostics,
    ir::{Container, Enum, Number},
    words,
};

/// The integers that a number on the wire can be.
pub(super) const INTEGERS: [&str; 8] = ["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"];

pub(crate) fn enumeration<'a>(input: &'a DeriveInput, diag: &Diagnostics) -> (Container<'a>, Enum<'a>) {
    let (container, _) = container(input, &words::NUMBER, diag);
    let repr = repr(input, diag);
    let mut result = Enum { repr, variants: Vec::new(), other: None };
    let mut broken = false;
    for variant in variants(input, "NlEnum", "for a C struct derive `NlStruct`, for attributes `NlMessage`", diag) {
        broken |= misplaced(&variant.attrs, "nl_attr", "nl", diag);
        nothing_inside(variant, diag);
        let words = words::VARIANT.sort(read(&variant.attrs, "nl", diag), diag);
        for key in &words.keys {
            diag.error_help(
                key,
                "the number of a variant is its discriminant",
                format_args!("write `{} = {key}`", variant.ident),
            );
        }
        if words.broken {
            broken = true;
        } else if words.has("other") {
            other(&mut result, variant, diag);
        } else {
            number(&mut result, variant, diag);
        }
    }
    if result.other.is_none() && !broken && matches!(input.data, Data::Enum(_)) {
        diag.error_help(
            &input.ident,
            "the kernel will send numbers that this enum has no name for",
            format_args!("add a variant that keeps them: `#[nl(other)] Other({})`", result.repr),
        );
    }
    (container, result)
}

fn number<'a>(result: &mut Enum<'a>, variant: &'a syn::Variant, diag: &Diagnostics) {
    if !matches!(variant.fields, Fields::Unit) {
        diag.error_help(
            &variant.fields,
            "a variant that stands for one number holds nothing",
            "the variant of all other numbers is marked `#[nl(other)]`",
        );
    }
    let value = variant.discriminant.as_ref().map(|(_, value)| value.to_token_stream());
    result.variants.push(Number { attrs: &variant.attrs, ident: &variant.ident, value });
}

fn other<'a>(result: &mut Enum<'a>, variant: &'a syn::Variant, diag: &Diagnostics) {
    let (ident, repr) = (&variant.ident, &result.repr);
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            let ty = &fields.unnamed[0].ty;
            let written = ty.to_token_stream().to_string();
            // An alias or a path may well be the same integer: rustc knows.
            if INTEGERS.contains(&written.as_str()) && *repr != written {
                diag.error(ty, format_args!("`other` keeps the number as it is on the wire, a `{repr}`"));
            }
        }
        Fields::Unit => diag.error_help(ident, "`other` keeps the number", format_args!("write `{ident}({repr})`")),
        fields => {
            diag.error_help(fields, "`other` keeps one number", format_args!("write `{ident}({repr})`"));
        }
    }
    if let Some(first) = result.other.replace(ident) {
        diag.error(ident, format_args!("only one variant can be `other`; `{first}` is"));
    }
}

/// The integer of `#[repr(...)]`, which is also the one on the wire.
fn repr(input: &DeriveInput, diag: &Diagnostics) -> Ident {
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
        let Ok(words) = attr.parse_args_with(Punctuated::<Ident, Token![,]>::parse_terminated) else { continue };
        if let Some(repr) = words.into_iter().find(|word| INTEGERS.iter().any(|integer| word == integer)) {
            return repr;
        }
    }
    if matches!(input.data, Data::Enum(_)) {
        let at = match find(&input.attrs, "repr") {
            Some(repr) => repr.meta.to_token_stream(),
            None => input.ident.to_token_stream(),
        };
        diag.error_help(
            at,
            "the number on the wire has no type",
            "say which integer it is: `#[repr(u8)]`, `#[repr(u16)]`, `#[repr(u32)]`, ...",
        );
    }
    Ident::new("u32", input.ident.span())
}

/// `NlFlags` has nothing to read but the words on the type.
pub(crate) fn flags<'a>(input: &'a DeriveInput, diag: &Diagnostics) -> (Container<'a>, Option<TokenStream>) {
    let (container, words) = container(input, &words::FLAGS, diag);
    if !is_made_by_bitflags(input) {
        diag.error_help(
            &input.ident,
            "`NlFlags` is for types that `bitflags!` makes",
            "write it inside of the macro: `bitflags! { #[derive(NlFlags, ...)] struct Flags: u32 { ... } }`",
        );
    }
    let prefix = words.get("prefix").and_then(|word| word.value.clone());
    if let Some(Ok(literal)) = prefix.clone().map(syn::parse2::<Lit>) {
        if !matches!(literal, Lit::Str(_)) {
            diag.error_help(
                literal,
                "the prefix of the kernel's names is text",
                "write it in quotes: `prefix = \"IFF_\"`",
            );
        }
    }
    (container, prefix)
}

/// Whether it may be: what `bitflags!` puts into the struct is its own business, but it is no plain integer.
fn is_made_by_bitflags(input: &DeriveInput) -> bool {
    let Data::Struct(data) = &input.data else { return false };
    let Fields::Unnamed(fields) = &data.fields else { return false };
    let mut types = fields.unnamed.iter().map(|field| field.ty.to_token_stream().to_string());
    types.all(|ty| !INTEGERS.contains(&ty.as_str()))
}
