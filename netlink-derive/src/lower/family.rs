//! `NlFamily`: operations, groups and parts.

use proc_macro2::TokenStream;
use syn::{DeriveInput, Ident, Lit, Path, Token, parse::ParseStream, punctuated::Punctuated};

use super::{container, misplaced, named};
use crate::{
    attr::read,
    diag::{Diagnostics, closest, one_of},
    ir::{Begins, Container, Family, Group, Operation, Permission, Speaks},
    words::{self, Words},
};

pub(crate) fn family<'a>(input: &'a DeriveInput, diag: &Diagnostics) -> (Container<'a>, Family<'a>) {
    let (container, words) = container(input, &words::FAMILY, diag);
    if !input.generics.params.is_empty() {
        diag.error_help(
            &input.generics,
            "a family has no parameters",
            "bodies that borrow are named with `'static`: `Do<Sensor<'static>>`",
        );
    }
    let speaks = speaks(input, &words, diag);
    let mut family = Family { speaks, operations: Vec::new(), groups: Vec::new(), parts: Vec::new() };
    for (field, ident) in named(input, "NlFamily", "each field is an operation, a group or a part", diag) {
        if misplaced(&field.attrs, "nl_attr", "nl", diag) {
            continue;
        }
        let words = words::OPERATION.sort(read(&field.attrs, "nl", diag), diag);
        if !words.broken {
            family_field(&mut family, field, ident, &words, diag);
        }
    }
    (container, family)
}

/// The protocol, the name of the generic family, or the family that this is a part of.
fn speaks(input: &DeriveInput, words: &Words, diag: &Diagnostics) -> Speaks {
    let part_of: Option<Path> = words.value("part_of", diag);
    let speaks = match (words.value("generic", diag), words.value("protocol", diag), part_of) {
        (Some(name), None, None) => {
            Speaks::Generic { name, version: words.get("version").and_then(|word| word.value.clone()) }
        }
        (None, Some(protocol), None) => Speaks::Protocol(protocol),
        (None, None, Some(family)) => Speaks::PartOf(family),
        (Some(_), Some::<Path>(protocol), None) => {
            diag.error(protocol, "`protocol` cannot be combined with `generic`: a generic family speaks `Generic`");
            Speaks::Unsaid
        }
        (_, _, Some(family)) => {
            diag.error(family, "a part speaks what its family speaks: `part_of` stands alone");
            Speaks::Unsaid
        }
        (None, None, None) => {
            let tried = ["generic", "protocol", "part_of"].iter().any(|word| words.has(word));
            if !tried && !words.broken {
                diag.error_help(
                    &input.ident,
                    "it is not said what this family speaks",
                    "write `#[nl(generic = \"name\")]` for a generic family, `#[nl(protocol = Route)]` for others",
                );
            }
            Speaks::Unsaid
        }
    };
    if let (Speaks::Protocol(_) | Speaks::PartOf(_), Some(version)) = (&speaks, words.get("version")) {
        diag.error(version, "only generic families have a version");
    }
    speaks
}

fn family_field<'a>(
    family: &mut Family<'a>,
    field: &'a syn::Field,
    ident: &'a Ident,
    words: &Words,
    diag: &Diagnostics,
) {
    if words.has("part") {
        part(family, field, words, diag);
        return;
    }
    match (words.keys.as_slice(), words.value::<Lit>("group", diag)) {
        ([], Some(value)) => {
            for word in words.except(&["group"]) {
                let name = &word.word;
                diag.error(
                    word,
                    format_args!("a group is not asked and does not answer: only operations have `{name}`"),
                );
            }
            family.groups.push(Group { field, ident, value });
        }
        ([request], None) if !words.has("group") => {
            let value = |name| words.get(name).and_then(|word| word.value.clone());
            let (reply, also) = (value("reply"), value("also"));
            let (permission, dont_validate) = (permission(words, diag), dont_validate(words, diag));
            let begins = words.value_with("begins", diag, begins);
            let permission_word = words.get("admin").or_else(|| words.get("uns_admin")).map(|word| word.word.clone());
            let request = request.clone();
            family.operations.push(Operation {
                field,
                ident,
                request,
                reply,
                also,
                begins,
                permission,
                permission_word,
                dont_validate,
            });
        }
        ([key, ..], _) if words.has("group") => diag.error(key, "a group has no message number"),
        ([_, second, ..], _) => {
            diag.error_help(second, "an operation has one request number", "the reply's is written `reply = 4`");
        }
        ([], None) if words.has("group") => {}
        _ => diag.error_help(
            ident,
            format_args!("`{ident}` has no number"),
            "write the request's, `#[nl(3)]`, or for a multicast group `#[nl(group = \"events\")]`",
        ),
    }
}

fn part<'a>(family: &mut Family<'a>, field: &'a syn::Field, words: &Words, diag: &Diagnostics) {
    if let Some(key) = words.keys.first() {
        diag.error(key, "a part has no number: its operations have");
    }
    for word in words.except(&["part"]) {
        diag.error(word, format_args!("a part has no `{}`: its operations and groups have", word.word));
    }
    if let Speaks::PartOf(_) = family.speaks {
        diag.error(field, "a part consists of operations and groups: only a whole family has parts");
    }
    family.parts.push(field);
}

/// A byte, or `not(29)`.
fn begins(input: ParseStream<'_>) -> syn::Result<Begins> {
    let negated = input.fork();
    if negated.parse::<Ident>().is_ok_and(|word| word == "not") && negated.peek(syn::token::Paren) {
        input.parse::<Ident>()?;
        let byte;
        syn::parenthesized!(byte in input);
        return Ok(Begins::Not(byte.parse()?));
    }
    let byte: TokenStream = input.parse()?;
    Ok(Begins::With(byte))
}

fn permission(words: &Words, diag: &Diagnostics) -> Option<Permission> {
    if let (Some(_), Some(second)) = (words.get("admin"), words.get("uns_admin")) {
        diag.error_help(
            second,
            "`uns_admin` cannot be combined with `admin`",
            "`admin`: of the machine (`GENL_ADMIN_PERM`); `uns_admin`: of the namespace (`GENL_UNS_ADMIN_PERM`)",
        );
    }
    match (words.has("admin"), words.has("uns_admin")) {
        (true, _) => Some(Permission::Admin),
        (false, true) => Some(Permission::UnsAdmin),
        (false, false) => None,
    }
}

/// What need not be validated, as the kernel names it: `strict | dump`.
const VALIDATION: [&str; 3] = ["strict", "dump", "dump_strict"];

fn dont_validate(words: &Words, diag: &Diagnostics) -> Vec<Ident> {
    let list = words.value_with("dont_validate", diag, |input| {
        let list = Punctuated::<Ident, Token![|]>::parse_separated_nonempty(input)?;
        if input.is_empty() { Ok(list) } else { Err(input.error("several are separated by `|`")) }
    });
    let mut known: Vec<Ident> = Vec::new();
    for word in list.into_iter().flatten() {
        let name = word.to_string();
        if !VALIDATION.contains(&name.as_str()) {
            let meant = closest(&name, &VALIDATION).map(|meant| format!("; did you mean `{meant}`?"));
            diag.error_help(
                &word,
                format_args!("the kernel has no validation `{name}`{}", meant.unwrap_or_default()),
                format_args!("write {}, or several: `strict | dump`", one_of(&VALIDATION)),
            );
        } else if known.contains(&word) {
            diag.error(&word, format_args!("`{name}` is already in the list"));
        } else {
            known.push(word);
        }
    }
    known
}
