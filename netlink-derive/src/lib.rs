//! The derives of `netlink-core`, which re-exports and documents them: use them from there.
//!
//! Every derive takes four steps: what was written (`attr`), what it means (`lower` to `ir`), whether it can be
//! (`check`), what it becomes (`expand`). All mistakes are reported at once, and an implementation is generated
//! even then, so that one mistake does not show up as ten.

#![forbid(unsafe_code)]

mod attr;
mod check;
mod diag;
mod expand;
mod ir;
mod lower;
mod words;

use proc_macro::TokenStream;
use syn::DeriveInput;

use diag::Diagnostics;

/// An attribute set, with or without a fixed header in front: a message, or a nest.
///
/// On an enum: one attribute of several.
#[proc_macro_derive(NlMessage, attributes(nl_attr, nl))]
pub fn message(input: TokenStream) -> TokenStream {
    derive(input, |input, diag| {
        if let syn::Data::Enum(_) = input.data {
            let (mut container, choices) = lower::choices(input, &diag);
            check::choices(&choices, &diag);
            container.broken = !diag.is_empty();
            return (expand::choice::expand(&container, &choices), diag);
        }
        let (mut container, message) = lower::message(input, &diag);
        check::message(&message, &diag);
        container.broken = !diag.is_empty();
        (expand::message::expand(&container, &message), diag)
    })
}

/// `Debug` for a message: only what is there.
#[proc_macro_derive(NlDebug, attributes(nl, nl_attr))]
pub fn debug(input: TokenStream) -> TokenStream {
    derive(input, |input, diag| {
        let (mut container, header) = lower::debug(input, &diag);
        container.broken = !diag.is_empty();
        (expand::debug::expand(&container, header), diag)
    })
}

/// A C struct: a fixed header, or the payload of an attribute.
#[proc_macro_derive(NlStruct, attributes(nl, nl_attr))]
pub fn structure(input: TokenStream) -> TokenStream {
    derive(input, |input, diag| {
        let (mut container, structure) = lower::structure(input, &diag);
        check::structure(input, &structure, &diag);
        container.broken = !diag.is_empty();
        (expand::structure::expand(&container, &structure), diag)
    })
}

/// A number with names.
#[proc_macro_derive(NlEnum, attributes(nl, nl_attr))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    derive(input, |input, diag| {
        let (mut container, enumeration) = lower::enumeration(input, &diag);
        container.broken = !diag.is_empty();
        (expand::number::enumeration(&container, &enumeration), diag)
    })
}

/// Bits with names, over the `bitflags` crate.
#[proc_macro_derive(NlFlags, attributes(nl))]
pub fn flags(input: TokenStream) -> TokenStream {
    derive(input, |input, diag| {
        let (mut container, prefix) = lower::flags(input, &diag);
        container.broken = !diag.is_empty();
        (expand::number::flags(&container, prefix.as_ref()), diag)
    })
}

/// A payload that another field selects.
#[proc_macro_derive(NlUnion, attributes(nl, nl_attr))]
pub fn union(input: TokenStream) -> TokenStream {
    derive(input, |input, diag| {
        let (mut container, union) = lower::union(input, &diag);
        check::union(&union, &diag);
        container.broken = !diag.is_empty();
        (expand::union::expand(&container, &union), diag)
    })
}

/// The protocol or generic family: its operations and its multicast groups.
#[proc_macro_derive(NlFamily, attributes(nl, nl_attr))]
pub fn family(input: TokenStream) -> TokenStream {
    derive(input, |input, diag| {
        let (mut container, family) = lower::family(input, &diag);
        check::family(&family, &diag);
        container.broken = !diag.is_empty();
        (expand::family::expand(&container, &family), diag)
    })
}

fn derive(
    input: TokenStream,
    expand: impl FnOnce(&DeriveInput, Diagnostics) -> (proc_macro2::TokenStream, Diagnostics),
) -> TokenStream {
    let input = match syn::parse(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error().into(),
    };
    let (mut tokens, diag) = expand(&input, Diagnostics::new());
    if let Err(error) = diag.finish() {
        tokens.extend(error.into_compile_error());
    }
    tokens.into()
}
