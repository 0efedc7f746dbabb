//! `NlStruct`: members.

use syn::{DeriveInput, Ident};

use super::{container, encoding::encoding, misplaced, named};
use crate::{
    attr::read,
    diag::Diagnostics,
    ir::{Container, LengthUnit, Member, Role, Struct},
    words::{self, Words},
};

pub(crate) fn structure<'a>(input: &'a DeriveInput, diag: &Diagnostics) -> (Container<'a>, Struct<'a>) {
    let (container, words) = container(input, &words::STRUCT, diag);
    let mut structure = Struct { packed: words.has("packed"), ..Struct::default() };
    let instead = "for a payload that a selector chooses derive `NlUnion`, for a number with names `NlEnum`";
    for (field, ident) in named(input, "NlStruct", instead, diag) {
        misplaced(&field.attrs, "nl_attr", "nl", diag);
        let words = words::MEMBER.sort(read(&field.attrs, "nl", diag), diag);
        if words.broken {
            structure.broken.push(ident);
        } else {
            structure.members.push(member(field, ident, &words, diag));
        }
    }
    (container, structure)
}

fn member<'a>(field: &'a syn::Field, ident: &'a Ident, words: &Words, diag: &Diagnostics) -> Member<'a> {
    for key in &words.keys {
        diag.error_help(key, "members of a struct have no number", "they stand one after the other, as in C");
    }
    let roles = ["optional", "rest", "len_of", "bits_of", "count_of", "select"];
    let mut written = roles.iter().filter_map(|role| words.get(role));
    if let (Some(first), Some(second)) = (written.next(), written.next()) {
        diag.error(second, format_args!("`{}` cannot be combined with `{}`", second.word, first.word));
    }
    let role = if words.has("optional") {
        Role::Optional
    } else if words.has("rest") {
        Role::Rest
    } else if words.is("len_of", "self") {
        Role::LenOfRecord
    } else if let Some(of) = words.value("len_of", diag) {
        Role::LenOf { of, unit: LengthUnit::Bytes }
    } else if let Some(word) =
        ["bits_of", "count_of"].iter().find_map(|word| words.get(word).filter(|_| words.is(word, "self")))
    {
        diag.error_help(&word.value, "the length of a record is in bytes", "write `len_of = self`");
        Role::LenOfRecord
    } else if let Some(of) = words.value("bits_of", diag) {
        Role::LenOf { of, unit: LengthUnit::Bits }
    } else if let Some(of) = words.value("count_of", diag) {
        Role::LenOf { of, unit: LengthUnit::Elements }
    } else if let Some(selector) = words.value("select", diag) {
        Role::Select(selector)
    } else {
        Role::Fixed
    };
    let pad = words.get("pad").and_then(|word| word.value.clone());
    Member { attrs: &field.attrs, ident, ty: &field.ty, encoding: encoding(words, diag), pad, role }
}
