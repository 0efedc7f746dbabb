//! `NlUnion`: variants and what selects them.

use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Fields, Lit, Type};

use super::{container, misplaced, nothing_inside, variants};
use crate::{
    attr::read,
    diag::Diagnostics,
    ir::{Choice, Container, Union},
    words::{self, Words},
};

pub(crate) fn union<'a>(input: &'a DeriveInput, diag: &Diagnostics) -> (Container<'a>, Union<'a>) {
    let (container, _) = container(input, &words::UNION, diag);
    let mut union = Union::default();
    let mut broken = false;
    for variant in variants(input, "NlUnion", "write an enum with a variant for each value of the selector", diag) {
        let misplaced = misplaced(&variant.attrs, "nl_attr", "nl", diag);
        nothing_inside(variant, diag);
        let words = words::VARIANT.sort(read(&variant.attrs, "nl", diag), diag);
        let payload = payload(variant, diag);
        match payload {
            Some(ty) if !words.broken && !misplaced => broken |= !choice(&mut union, variant, words, ty, diag),
            _ => broken = true,
        }
    }
    if union.other.is_none() && !broken && matches!(input.data, Data::Enum(_)) {
        let lifetime = if container.lifetime.is_some() { "" } else { "; the enum needs the lifetime, too" };
        diag.error_help(
            &input.ident,
            "the kernel will send payloads that this enum does not declare",
            format_args!("add a variant that keeps them: `#[nl(other)] Other(RawValue<'a>)`{lifetime}"),
        );
    }
    (container, union)
}

/// The type of what the variant holds, if it is one thing or nothing.
fn payload<'a>(variant: &'a syn::Variant, diag: &Diagnostics) -> Option<Option<&'a Type>> {
    match &variant.fields {
        Fields::Unit => Some(None),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(Some(&fields.unnamed[0].ty)),
        fields => {
            let ident = &variant.ident;
            diag.error_help(
                fields,
                "a variant holds one payload",
                format_args!("write `{ident}(Payload)` with a struct of these, or `{ident}` for an empty one"),
            );
            None
        }
    }
}

/// Adds the variant to the union; tells whether it could be understood.
fn choice<'a>(
    union: &mut Union<'a>,
    variant: &'a syn::Variant,
    words: Words,
    ty: Option<&'a Type>,
    diag: &Diagnostics,
) -> bool {
    let ident = &variant.ident;
    if words.has("other") {
        for key in &words.keys {
            diag.error(key, "`other` is what no key selects");
        }
        match ty {
            None => {
                diag.error_help(ident, "`other` keeps a payload", format_args!("write `{ident}(RawValue<'a>)`"));
                return false;
            }
            Some(ty) => {
                if let Some((first, _)) = union.other.replace((ident, ty)) {
                    diag.error(ident, format_args!("only one variant can be `other`; `{first}` is"));
                }
            }
        }
    } else if words.keys.is_empty() {
        diag.error_help(
            ident,
            format_args!("nothing selects `{ident}`"),
            "name the selector's value: `#[nl(\"vlan\")]` or `#[nl(3)]`",
        );
    } else {
        for key in &words.keys {
            can_select(key, diag);
        }
        union.variants.push(Choice { ident, keys: words.keys, ty });
    }
    true
}

fn can_select(key: &TokenStream, diag: &Diagnostics) {
    if let Ok(literal) = syn::parse2::<Lit>(key.clone()) {
        if !matches!(literal, Lit::Int(_) | Lit::Str(_)) {
            diag.error_help(
                literal,
                "a selector is never such a value",
                "selectors are integers, text, and constants of types that derive `NlEnum` or `NlFlags`",
            );
        }
    }
}
