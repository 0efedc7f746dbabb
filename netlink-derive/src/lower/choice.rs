//! `NlMessage` on an enum: each variant is one attribute.

use syn::{DeriveInput, Fields};

use super::{container, encoding::encoding, message::constant, misplaced, nothing_inside, variants};
use crate::{
    attr::read,
    diag::Diagnostics,
    ir::{Choices, Container, Token},
    words::{self, Words},
};

pub(crate) fn choices<'a>(input: &'a DeriveInput, diag: &Diagnostics) -> (Container<'a>, Choices<'a>) {
    let (container, _) = container(input, &words::CHOICE, diag);
    let mut choices = Choices::default();
    for variant in variants(input, "NlMessage", "", diag) {
        let misplaced = misplaced(&variant.attrs, "nl", "nl_attr", diag);
        nothing_inside(variant, diag);
        let words = words::TOKEN.sort(read(&variant.attrs, "nl_attr", diag), diag);
        if !words.broken && !misplaced {
            token(&mut choices, variant, &words, diag);
        }
    }
    if choices.other.is_none() && diag.is_empty() {
        diag.error_help(
            &input.ident,
            "the kernel will send attributes that this enum does not declare",
            "add a variant that keeps them: `#[nl_attr(unknown)] Unknown(UnknownAttr<'a>)`",
        );
    }
    (container, choices)
}

fn token<'a>(choices: &mut Choices<'a>, variant: &'a syn::Variant, words: &Words, diag: &Diagnostics) {
    let ident = &variant.ident;
    let ty = match &variant.fields {
        Fields::Unit => None,
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(&fields.unnamed[0].ty),
        fields => {
            diag.error_help(fields, "an attribute has one payload", format_args!("write `{ident}(Payload)`"));
            return;
        }
    };
    let encoding = encoding(words, diag);
    if let (None, Some(word)) = (ty, encoding.words.first()) {
        diag.error_help(
            word,
            format_args!("`{word}` means nothing on a flag, which has no payload"),
            format_args!("drop it, or write what the attribute holds: `{ident}(Payload)`"),
        );
    }
    match (words.has("unknown"), ty, words.keys.as_slice()) {
        (true, Some(ty), []) => {
            for other in words.except(&["unknown"]) {
                diag.error(other, format_args!("`{}` means nothing on a variant that is `unknown`", other.word));
            }
            match choices.other {
                Some((first, _)) => diag.error(ident, format_args!("only one variant can be `unknown`; `{first}` is")),
                None => choices.other = Some((ident, ty)),
            }
        }
        (true, _, [key, ..]) => diag.error(key, "`unknown` is what no number selects, so it has none"),
        (true, None, []) => {
            diag.error_help(ident, "`unknown` keeps an attribute", format_args!("write `{ident}(UnknownAttr<'a>)`"));
        }
        (false, ty, [id]) => choices.tokens.push(Token {
            attrs: &variant.attrs,
            ident,
            ty,
            constant: constant(choices.tokens.len(), id),
            id: id.clone(),
            encoding,
        }),
        (false, _, [_, second, ..]) => diag.error(second, "a variant is one attribute, so it has one number"),
        (false, ..) => diag.error_help(
            ident,
            format_args!("variant `{ident}` needs one attribute number"),
            "each variant is an attribute: `#[nl_attr(4)] Name(Payload)`",
        ),
    }
}
