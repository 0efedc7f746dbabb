//! Rules for `NlFamily`.

use syn::Lit;

use crate::{
    diag::Diagnostics,
    ir::{Family, Speaks},
};

pub(crate) fn family(family: &Family<'_>, diag: &Diagnostics) {
    groups_are_named_as_the_protocol_does(family, diag);
    only_generic_operations_have_flags(family, diag);
    names_fit(family, diag);
    groups_are_some(family, diag);
}

/// Group 0 is none, and the kernel keeps the names of groups in 16 bytes (`GENL_NAMSIZ`), one of them a NUL.
fn groups_are_some(family: &Family<'_>, diag: &Diagnostics) {
    for group in &family.groups {
        match &group.value {
            Lit::Int(number) if number.base10_digits() == "0" => {
                diag.error(number, "groups are counted from 1");
            }
            Lit::Str(name) if matches!(name.value().len(), 0 | 16..) || name.value().contains('\0') => {
                diag.error(name, "the name of a group of a generic family has 1 to 15 bytes");
            }
            _ => {}
        }
    }
}

/// The kernel keeps the name of a generic family in 16 bytes (`GENL_NAMSIZ`), one of them a NUL.
fn names_fit(family: &Family<'_>, diag: &Diagnostics) {
    let Speaks::Generic { name, .. } = &family.speaks else { return };
    let text = name.value();
    if text.len() > 15 || text.is_empty() || text.contains('\0') {
        diag.error(name, "the name of a generic family has 1 to 15 bytes");
    }
}

/// Generic families get the numbers of their groups at run time; those of other protocols are fixed and have no names.
fn groups_are_named_as_the_protocol_does(family: &Family<'_>, diag: &Diagnostics) {
    for group in &family.groups {
        match (&family.speaks, &group.value) {
            (Speaks::Generic { .. }, Lit::Str(_)) | (Speaks::Protocol(_), Lit::Int(_)) => {}
            (Speaks::Generic { .. }, value) => diag.error_help(
                value,
                "a group of a generic family has a name",
                format_args!("write the one that the kernel gave it: `group = \"{}\"`", group.ident),
            ),
            // That was reported; and of a part, only the compiler knows what its family speaks.
            (Speaks::Unsaid, _) | (Speaks::PartOf(_), Lit::Int(_) | Lit::Str(_)) => {}
            (Speaks::PartOf(_), value) => diag.error(value, "a group has a name, `\"events\"`, or a number"),
            (Speaks::Protocol(_), value) => diag.error_help(
                value,
                "a group of this protocol has a number",
                "write it, counted from 1: `group = 1`; names are for generic families",
            ),
        }
    }
}

/// Other protocols decide in the code of each operation.
fn only_generic_operations_have_flags(family: &Family<'_>, diag: &Diagnostics) {
    if !matches!(family.speaks, Speaks::Protocol(_)) {
        return;
    }
    for operation in &family.operations {
        if let (Some(_), Some(word)) = (operation.permission, &operation.permission_word) {
            diag.error(word, format_args!("only operations of generic families declare a permission: `{word}`"));
        }
        if let Some(first) = operation.dont_validate.first() {
            diag.error(first, "only operations of generic families say what the kernel does not validate");
        }
    }
}
