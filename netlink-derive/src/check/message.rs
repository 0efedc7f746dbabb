//! Rules for `NlMessage`.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use syn::Ident;

use super::{SELECTED, borrows_from_the_message, encoding, meant};
use crate::{
    diag::Diagnostics,
    ir::{Choices, Direction, Field, Limits, Message, Selector},
};

pub(crate) fn message(message: &Message<'_>, diag: &Diagnostics) {
    let ids = message.fields.iter().map(|field| &field.id).chain(&message.pad);
    ids_are_numbers_of_14_bits(ids, diag);
    ids_occur_once(message, diag);
    selectors_are_fields(message, diag);
    one_selector_for_sets_inside(message, diag);
    for field in &message.fields {
        borrows_from_the_message(field.ident, field.ty, diag);
        match field.select {
            Some(_) => unions_have_no_other_encoding(field, diag),
            None => encoding::words_agree(&field.encoding, diag),
        }
        merged_are_nests(field, diag);
        limits_allow_something(field, diag);
        only_what_is_sent_has_limits(field, diag);
        refusals_have_words(field, diag);
        only_nests_are_marked(field, diag);
    }
}

pub(crate) fn choices(choices: &Choices<'_>, diag: &Diagnostics) {
    ids_are_numbers_of_14_bits(choices.tokens.iter().map(|token| &token.id), diag);
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    for token in &choices.tokens {
        if let Some(ty) = token.ty {
            borrows_from_the_message(token.ident, ty, diag);
        }
        encoding::words_agree(&token.encoding, diag);
        // Rustc tells of constants, as of unreachable patterns.
        let Ok(literal) = syn::parse2::<syn::LitInt>(token.id.clone()) else { continue };
        if let Some(first) = seen.insert(literal.base10_digits().to_owned(), token.ident) {
            diag.error(&literal, format_args!("attribute number {literal} is already used by variant `{first}`"));
        }
    }
}

/// The upper two bits of the type field are flags, which the library sets.
fn ids_are_numbers_of_14_bits<'t>(ids: impl Iterator<Item = &'t TokenStream>, diag: &Diagnostics) {
    for id in ids {
        let Ok(literal) = syn::parse2::<syn::Lit>(id.clone()) else { continue };
        let syn::Lit::Int(literal) = literal else {
            diag.error_help(
                id,
                "an attribute's number is an integer",
                "write `#[nl_attr(4)]`, or the path of a `u16` constant",
            );
            continue;
        };
        match literal.base10_parse::<u64>() {
            Ok(0..=0x3fff) => {}
            Ok(id @ 0x4000..=0xffff) => diag.error_help(
                &literal,
                format_args!("attribute number {id:#x} has flag bits set"),
                "write it without them: the top two bits are flags, which follow from the type and the options",
            ),
            _ => diag.error(&literal, "attribute numbers have 14 bits: 0 to 16383"),
        }
    }
}

/// Decoding could only fill one of the two fields; unless one of them is only sent.
fn ids_occur_once(message: &Message<'_>, diag: &Diagnostics) {
    let mut seen: HashMap<String, Vec<&Field<'_>>> = HashMap::new();
    for field in &message.fields {
        let number = syn::parse2::<syn::LitInt>(field.id.clone()).map(|literal| literal.base10_digits().to_owned());
        let id = number.as_ref().cloned().unwrap_or_else(|_| field.id.to_string());
        let others = seen.entry(id.clone()).or_default();
        let both_ways =
            |other: &&&Field<'_>| (field.direction == Direction::Send) != (other.direction == Direction::Send);
        // Of two constants that are received, rustc tells as of unreachable patterns.
        let ours = |other: &&&Field<'_>| {
            number.is_ok() || field.direction == Direction::Send || other.direction == Direction::Send
        };
        if let Some(first) = others.iter().filter(ours).find(|other| !both_ways(other)) {
            let (first, id) = (first.ident, id.replace(' ', ""));
            diag.error(&field.id, format_args!("attribute number {id} is already used by field `{first}`"));
        }
        others.push(field);
    }
    let Some(Ok(pad)) = message.pad.clone().map(syn::parse2::<syn::LitInt>) else { return };
    if let Some(first) = seen.get(pad.base10_digits()).and_then(|fields| fields.first()) {
        diag.error_help(
            &pad,
            format_args!("attribute number {pad} is already used by field `{}`", first.ident),
            "the attribute that only pads holds nothing, so it is no field",
        );
    }
}

/// A selector is read after all attributes, so it may stand anywhere, but it must be there.
fn selectors_are_fields(message: &Message<'_>, diag: &Diagnostics) {
    let fields = message.fields.iter().map(|field| field.ident).chain(message.broken.iter().copied());
    let names: Vec<String> = fields.map(Ident::to_string).collect();
    for field in &message.fields {
        let Some(selector) = &field.select else { continue };
        let Selector::Path(path) = selector else { continue };
        let Some(first) = path.first() else { continue };
        let header = message.header.as_ref().map(|header| header.ident.to_string());
        if path.len() > 1 {
            if header.as_deref() != Some(&first.to_string()) && !message.broken.contains(&first) {
                diag.error_help(
                    first,
                    format_args!("`{first}` is not the header of this message"),
                    "select by a field of the same struct, `select = kind`, or of its header, `select = header.family`",
                );
            }
        } else if first == field.ident {
            diag.error(first, "a payload cannot select itself");
        } else if header.as_deref() == Some(&first.to_string()) {
            diag.error_help(
                first,
                format_args!("`{first}` is a whole struct"),
                format_args!("name the member that selects: `select = {first}.family`"),
            );
        } else if !names.iter().any(|name| first == name) {
            let meant = meant(first, &names, field.ident);
            diag.error(first, format_args!("there is no attribute field `{first}` here{meant}"));
        } else if field.direction != Direction::Send
            && message.fields.iter().any(|other| other.ident == first && other.direction == Direction::Send)
        {
            diag.error(first, format_args!("`{first}` is never received, so it cannot select"));
        }
    }
}

/// Sets further in look for one.
fn one_selector_for_sets_inside(message: &Message<'_>, diag: &Diagnostics) {
    let mut first: Option<&Ident> = None;
    for field in &message.fields {
        let Some(word) = &field.places.selector else { continue };
        if field.select.is_some() {
            diag.error(word, "a payload that is selected itself cannot select");
            continue;
        }
        if field.direction == Direction::Send {
            diag.error(word, format_args!("`{}` is never received, so it cannot select", field.ident));
        }
        match first {
            Some(first) => diag.error(word, format_args!("a set has only one `selector`; `{first}` is")),
            None => first = Some(field.ident),
        }
    }
}

/// The variant of the union decides the encoding.
fn unions_have_no_other_encoding(field: &Field<'_>, diag: &Diagnostics) {
    let words = [field.encoding.words.first(), field.places.range.as_ref(), field.places.len.as_ref()];
    for word in words.into_iter().flatten() {
        diag.error(word, SELECTED);
    }
}

/// More of the same can be added to attributes and to numbered lists of them, not to a value.
fn merged_are_nests(field: &Field<'_>, diag: &Diagnostics) {
    let Some(merge) = &field.places.merge else { return };
    if field.select.is_some() {
        diag.error(merge, "`merge` cannot be combined with `select`: the payload may have changed");
    } else if let Some(word) = field.encoding.word_except(&["numbered"]) {
        diag.error_help(
            merge,
            format_args!("`merge` cannot be combined with `{word}`"),
            "it is for nests, `Option<Nest>`, and for lists with numbers, `numbered` and `Vec<(u16, Nest)>`",
        );
    } else if field.encoding.levels > 1 {
        diag.error(merge, "only lists with one level of numbers can be merged");
    }
    if field.direction == Direction::Send {
        diag.error(merge, format_args!("`{}` is never received, so there is nothing to merge", field.ident));
    }
}

/// Nothing could ever be sent.
fn limits_allow_something(field: &Field<'_>, diag: &Diagnostics) {
    for limits in [&field.range, &field.len].into_iter().flatten() {
        let Limits { min: Some(min), max: Some(max) } = limits else { continue };
        let number = |tokens: &TokenStream| tokens.to_string().replace([' ', '_'], "").parse::<i128>();
        if let (Ok(low), Ok(high)) = (number(min), number(max)) {
            if low > high {
                let help = format!("the smaller end comes first: `{high}..={low}`");
                diag.error_help(min, "nothing is within these limits", help);
            }
        }
    }
}

/// What the kernel sends is not measured.
fn only_what_is_sent_has_limits(field: &Field<'_>, diag: &Diagnostics) {
    if field.direction != Direction::Receive {
        return;
    }
    let places = [&field.places.range, &field.places.len, &field.places.plain, &field.places.refused];
    for word in places.into_iter().flatten() {
        diag.error(word, format_args!("`{word}` is about what is sent, and `{}` is only received", field.ident));
    }
}

/// No words are a part of all words.
fn refusals_have_words(field: &Field<'_>, diag: &Diagnostics) {
    if let Some(text) = field.refused.as_ref().filter(|text| text.value().trim().is_empty()) {
        diag.error(text, "write what the kernel says, such as `refused = \"Unknown device type\"`");
    }
}

/// Whether a type is a nest is for the type to say; these words say that it is not.
fn only_nests_are_marked(field: &Field<'_>, diag: &Diagnostics) {
    const VALUES: [&str; 11] = ["be", "le", "net", "uint", "sint", "no_nul", "as", "secs", "millis", "micros", "nanos"];
    let Some(plain) = &field.places.plain else { return };
    let words = &field.encoding.words;
    if words.iter().any(|word| word == "indexed" || word == "numbered" || word == "stream") {
        return;
    }
    let value = words.iter().find(|word| {
        VALUES.iter().any(|value| *word == value) || ["packed", "records", "strings"].iter().any(|list| *word == list)
    });
    if let Some(word) = value {
        diag.error_help(
            plain,
            format_args!("`plain` means nothing with `{word}`"),
            "it takes the mark of a nest off, and this is no nest",
        );
    }
}
