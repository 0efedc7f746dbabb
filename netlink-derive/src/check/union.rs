//! Rules for `NlUnion`.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use syn::Ident;

use super::borrows_from_the_message;
use crate::{diag::Diagnostics, ir::Union};

pub(crate) fn union(union: &Union<'_>, diag: &Diagnostics) {
    for choice in &union.variants {
        if let Some(ty) = choice.ty {
            borrows_from_the_message(choice.ident, ty, diag);
        }
    }
    keys_occur_once(union, diag);
}

/// The second variant could never be chosen.
fn keys_occur_once(union: &Union<'_>, diag: &Diagnostics) {
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    for variant in &union.variants {
        for key in &variant.keys {
            if let Some(first) = seen.insert(value_of(key), variant.ident) {
                diag.error(key, format_args!("this already selects `{first}`"));
            }
        }
    }
}

/// The key however it is spelled: `0x10` is 16.
fn value_of(key: &TokenStream) -> String {
    match syn::parse2::<syn::Lit>(key.clone()) {
        Ok(syn::Lit::Int(literal)) => literal.base10_digits().to_owned(),
        Ok(syn::Lit::Str(literal)) => format!("{:?}", literal.value()),
        _ => key.to_string(),
    }
}
