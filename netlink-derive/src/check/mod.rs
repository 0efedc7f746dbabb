//! Rules that concern several words or fields at once, each with its reason.

mod encoding;
mod family;
mod message;
mod structure;
mod union;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Ident, Type};

use crate::diag::{Diagnostics, closest};

pub(crate) use family::family;
pub(crate) use message::{choices, message};
pub(crate) use structure::structure;
pub(crate) use union::union;

/// Text and bytes of a message live as long as its buffer. Rustc would say so with the span of the whole type.
fn borrows_from_the_message(ident: &Ident, ty: &Type, diag: &Diagnostics) {
    if let Some(lifetime) = static_borrow(ty.to_token_stream()) {
        diag.error_help(
            lifetime,
            format_args!("`{ident}` cannot borrow for `'static`: it points into the message"),
            "give the type a lifetime, `<'a>`, and use it here; or own the data: `String`, `Vec<u8>`",
        );
    }
}

/// The `'static` of `&'static str`, `&'static [u8]`, and of any type that takes a lifetime: `Cow<'static, str>`.
fn static_borrow(tokens: TokenStream) -> Option<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (n, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            if let Some(found) = static_borrow(group.stream()) {
                return Some(found);
            }
        }
        let text = |n: usize| tokens.get(n).map(ToString::to_string).unwrap_or_default();
        let is_static = text(n) == "'" && text(n + 1) == "static";
        let before = if n > 0 { text(n - 1) } else { String::new() };
        let after = tokens.get(n + 2);
        let data = after.is_some_and(|after| matches!(after, TokenTree::Group(_)) || after.to_string() == "str");
        if is_static && ((before == "&" && data) || before == "<" || before == ",") {
            return Some(tokens[n..n + 2].iter().cloned().collect());
        }
    }
    None
}

/// The name that was probably meant, as the end of a sentence.
fn meant(written: &Ident, names: &[String], own: &Ident) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| own != name).collect();
    closest(&written.to_string(), &names).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

const SELECTED: &str = "this has no effect on a payload that a selector chooses: set it in the types of the variants";
