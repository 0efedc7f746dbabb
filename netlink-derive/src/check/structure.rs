//! Rules for `NlStruct`.

use syn::{DeriveInput, Ident, Type};

use super::{SELECTED, borrows_from_the_message, encoding, meant};
use crate::{
    diag::Diagnostics,
    ir::{LengthUnit, Member, Role, Struct},
};

pub(crate) fn structure(input: &DeriveInput, structure: &Struct<'_>, diag: &Diagnostics) {
    for member in structure.members.iter().filter(|member| member.is_tail()) {
        borrows_from_the_message(member.ident, member.ty, diag);
    }
    tails_come_last(structure, diag);
    optional_members_come_after_all_others(structure, diag);
    references_name_members(structure, diag);
    fixed_members_need_no_generics(input, structure, diag);
    tails_have_no_options(structure, diag);
    lengths_are_integers(structure, diag);
    records_start_with_one_length(structure, diag);
    for member in &structure.members {
        encoding::words_agree(&member.encoding, diag);
        lists_are_tails(member, diag);
    }
}

/// Whoever reads a record must know its length before what follows, and there is only one.
fn records_start_with_one_length(structure: &Struct<'_>, diag: &Diagnostics) {
    let mut lengths = structure.members.iter().filter(|member| matches!(member.role, Role::LenOfRecord));
    let Some(first) = lengths.next() else { return };
    for second in lengths {
        diag.error(second.ident, format_args!("the length of the record is already in `{}`", first.ident));
    }
    let end = structure.members.iter().find(|member| member.is_tail() || matches!(member.role, Role::Optional));
    if let Some(end) = end {
        diag.error_help(
            end.ident,
            format_args!("a record starts with a struct of a fixed size, and `{}` is not of one", end.ident),
            format_args!("what follows the struct is attributes of the message; `{}` measures all of it", first.ident),
        );
    }
}

/// Of a list in the middle nobody could tell the end.
fn lists_are_tails(member: &Member<'_>, diag: &Diagnostics) {
    let list = member.encoding.words.iter().find(|word| *word == "packed" || *word == "strings");
    if let (Some(list), false) = (list, member.is_tail()) {
        diag.error_help(
            list,
            format_args!("a member that is a list (`{list}`) has no fixed size"),
            format_args!("only the last member can: `#[nl(rest, {list})]`; an array of a fixed size is `[T; N]`"),
        );
    }
}

/// Nobody could tell where the next member starts.
fn tails_come_last(structure: &Struct<'_>, diag: &Diagnostics) {
    let Some((_, members)) = structure.members.split_last() else { return };
    for member in members.iter().filter(|member| member.is_tail()) {
        diag.error(
            member.ident,
            format_args!("`{}` takes all bytes that are left, so it must be the last member", member.ident),
        );
    }
}

/// A struct that ends early lacks everything behind its end.
fn optional_members_come_after_all_others(structure: &Struct<'_>, diag: &Diagnostics) {
    let mut optional: Option<&Ident> = None;
    for member in &structure.members {
        match (&member.role, optional) {
            (Role::Optional, _) => optional = Some(member.ident),
            (Role::Fixed | Role::LenOf { .. } | Role::LenOfRecord, Some(first)) => diag.error_help(
                member.ident,
                format_args!("`{}` comes after the optional member `{first}`", member.ident),
                "a struct that ends before an optional member lacks all later ones too: make them `optional` as well",
            ),
            _ => {}
        }
    }
}

/// `len_of` and `select` name a member, at the right side of their own.
fn references_name_members(structure: &Struct<'_>, diag: &Diagnostics) {
    let position = |name: &Ident| structure.members.iter().position(|member| member.ident == name);
    let all = structure.members.iter().map(|member| member.ident).chain(structure.broken.iter().copied());
    let names: Vec<String> = all.map(Ident::to_string).collect();
    let mut measured: Vec<&Ident> = Vec::new();
    for (at, member) in structure.members.iter().enumerate() {
        let (Role::LenOf { of: name, .. } | Role::Select(name)) = &member.role else { continue };
        if structure.broken.contains(&name) {
            continue;
        }
        let Some(found) = position(name) else {
            let meant = meant(name, &names, member.ident);
            diag.error(name, format_args!("there is no member `{name}` here{meant}"));
            continue;
        };
        match &member.role {
            Role::Select(_) if found == at => diag.error(name, "a payload cannot select itself"),
            Role::Select(_) if found > at => diag.error(name, "a member can only be selected by an earlier one"),
            Role::LenOf { .. } if !structure.members[found].is_tail() => diag.error_help(
                name,
                format_args!("`{name}` always has the same length"),
                "`len_of` names the last member, which is `rest` or has a `select`",
            ),
            Role::LenOf { .. } if measured.contains(&name) => {
                diag.error(name, format_args!("the length of `{name}` is already in another member"));
            }
            Role::LenOf { unit: LengthUnit::Elements, .. } if !is_packed(&structure.members[found]) => diag.error_help(
                name,
                format_args!("`{name}` is no list whose elements could be counted"),
                "lists in structs are `#[nl(rest, packed)]`; `len_of` counts bytes",
            ),
            Role::LenOf { .. } => measured.push(name),
            _ => {}
        }
    }
}

fn is_packed(member: &Member<'_>) -> bool {
    member.encoding.words.iter().any(|word| word == "packed")
}

/// Offsets are constants, which do not know the parameters of the type.
fn fixed_members_need_no_generics(input: &DeriveInput, structure: &Struct<'_>, diag: &Diagnostics) {
    let params: Vec<&Ident> = input
        .generics
        .params
        .iter()
        .filter_map(|param| match param {
            syn::GenericParam::Type(param) => Some(&param.ident),
            syn::GenericParam::Const(param) => Some(&param.ident),
            syn::GenericParam::Lifetime(_) => None,
        })
        .collect();
    let generic = |member: &&Member<'_>| crate::expand::mentions(member.ty, &params);
    for member in structure.members.iter().filter(|member| !member.is_tail()).filter(generic) {
        diag.error_help(
            member.ty,
            "a member of a fixed size cannot depend on a parameter of the type",
            "only the last member can, as `rest`",
        );
    }
}

/// Nothing would be padded, and the union's variants know their own byte order.
fn tails_have_no_options(structure: &Struct<'_>, diag: &Diagnostics) {
    for member in structure.members.iter().filter(|member| member.is_tail()) {
        if let Some(pad) = &member.pad {
            diag.error(pad, format_args!("there is nothing to pad after `{}`, which takes all bytes", member.ident));
        }
        if let (Role::Select(_), Some(word)) = (&member.role, member.encoding.words.first()) {
            diag.error(word, SELECTED);
        }
    }
}

/// An alias of an integer is one too; what is written as something else is not.
fn lengths_are_integers(structure: &Struct<'_>, diag: &Diagnostics) {
    for member in
        structure.members.iter().filter(|member| matches!(member.role, Role::LenOf { .. } | Role::LenOfRecord))
    {
        if !matches!(member.ty, Type::Path(_) | Type::Macro(_) | Type::Group(_) | Type::Paren(_)) {
            diag.error(member.ty, "a length is an integer: `u8`, `u16`, `u32`, ...");
        }
    }
}
