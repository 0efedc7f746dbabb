//! `EncodeSet`: how a message writes each of its attributes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{broken, encoding, place, qualified};
use crate::ir::{Container, Direction, Field, Limits, List, Message, Selector};

/// The methods of `EncodeSet`.
pub(super) fn encode_set(container: &Container<'_>, message: &Message<'_>, buffer: &TokenStream) -> TokenStream {
    if container.broken {
        let broken = broken();
        return quote!(fn emit(&self, _: &mut __nl::Writer) { #broken });
    }
    let header = message.header.iter().map(|header| {
        let (ident, fixed) = (header.ident, qualified(header.ty, &quote!(__nl::Fixed)));
        quote! {
            fn emit_header(&self, __out: &mut __nl::Writer) {
                #fixed::write(&self.#ident, __out);
            }
        }
    });
    let sent = message.fields.iter().filter(|field| field.direction != Direction::Receive);
    let emits = sent.map(|field| emit(message, field, buffer));
    let emit_unknown = message.unknown.iter().map(|unknown| {
        let keep = qualified(unknown.ty, &quote!(__nl::KeepUnknown<#buffer>));
        let ident = unknown.ident;
        quote!(#keep::emit(&self.#ident, __out);)
    });
    quote! {
        #(#header)*

        fn emit(&self, __out: &mut __nl::Writer) {
            #(#emits)*
            #(#emit_unknown)*
        }
    }
}

fn emit(message: &Message<'_>, field: &Field<'_>, buffer: &TokenStream) -> TokenStream {
    let (id, ident) = (&field.constant, field.ident);
    let emit = match &field.select {
        Some(selector) => {
            let (required, check) = (required(field, &is_set(field, buffer)), check_selected(field, selector, buffer));
            let slot = qualified(field.ty, &quote!(__nl::UnionSlot<#buffer>));
            quote!(#required #check #slot::emit(&self.#ident, #id, __out);)
        }
        None => emit_value(message, field, buffer),
    };
    let limits = limits(field, buffer);
    let (mark, unmark) = match field.plain {
        true => {
            let levels = levels(field);
            (quote!(let __start = __out.len();), quote!(__nl::unmark_nests(__start, #levels, __out);))
        }
        false => (TokenStream::new(), TokenStream::new()),
    };
    quote!(#limits #mark #emit #unmark)
}

/// The check of an attribute that must be there.
fn required(field: &Field<'_>, is_set: &TokenStream) -> Option<TokenStream> {
    let id = &field.constant;
    field.required.then(|| {
        quote! {
            if !#is_set {
                __out.fail_attr(#id, __nl::EncodeErrorKind::Missing);
            }
        }
    })
}

/// A selector is written from the variant of the unions that it selects where it is absent itself; the first of several
/// fills it in, and the others must agree.
fn emit_value(message: &Message<'_>, field: &Field<'_>, buffer: &TokenStream) -> TokenStream {
    let (id, ident, encoding) = (&field.constant, field.ident, encoding(&field.encoding));
    let slot = qualified(field.ty, &quote!(__nl::Slot<#buffer, #encoding>));
    let unions: Vec<_> = message.fields.iter().filter(|other| selects(ident, other)).collect();
    if unions.is_empty() {
        let required = required(field, &is_set(field, buffer));
        return quote!(#required #slot::emit(&self.#ident, #id, __out););
    }
    let select = qualified(field.ty, &quote!(__nl::Select));
    let fills = unions.iter().map(|union| {
        let (union, union_slot) = (union.ident, qualified(union.ty, &quote!(__nl::UnionSlot<#buffer>)));
        quote! {
            let __filled = #union_slot::fill_selector(
                &self.#union,
                #select::key(__selector),
                |__key| #select::from_key(__key),
                #id,
                __out,
            );
            let __selector = ::core::option::Option::unwrap_or(::core::option::Option::as_ref(&__filled), __selector);
        }
    });
    let required = required(field, &quote!(#slot::is_set(__selector)));
    quote! {
        let __selector = &self.#ident;
        #(#fills)*
        #required
        #slot::emit(__selector, #id, __out);
    }
}

/// Whether a field selects the payload of another one, which is sent.
fn selects(selector: &syn::Ident, other: &Field<'_>) -> bool {
    other.direction != Direction::Receive && other.select.as_ref().is_some_and(|by| by.is(selector))
}

/// A member of the header is not filled in from the payload that it selects, so both must agree.
fn check_selected(field: &Field<'_>, selector: &Selector, buffer: &TokenStream) -> Option<TokenStream> {
    let (id, ident) = (&field.constant, field.ident);
    let Selector::Path(path) = selector else { return None };
    let last = path.last().filter(|_| path.len() > 1)?;
    let slot = qualified(field.ty, &quote!(__nl::UnionSlot<#buffer>));
    let key = quote_spanned!(place(last)=> __nl::Select::key(&self.#(#path).*));
    Some(quote!(#slot::check_selected(&self.#ident, #key, #id, __out);))
}

/// How many levels of attributes in the field's own are elements of a list.
fn levels(field: &Field<'_>) -> usize {
    match field.encoding.list {
        Some(List::Indexed) => 1,
        Some(List::Numbered) => field.encoding.levels,
        _ => 0,
    }
}

/// The checks of a field's limits.
fn limits(field: &Field<'_>, buffer: &TokenStream) -> TokenStream {
    let (id, ident) = (&field.constant, field.ident);
    let range = field.range.as_ref().map(|limits| {
        let (min, max) = sides(limits, &quote!(::core::primitive::i128));
        let ranged = qualified(field.ty, &quote!(__nl::Ranged));
        quote!(__nl::check_range(#ranged::range_of(&self.#ident), #min, #max, #id, __out);)
    });
    let len = field.len.as_ref().map(|limits| {
        let (min, max) = sides(limits, &quote!(::core::primitive::usize));
        let measured = qualified(field.ty, &quote!(__nl::Measured));
        let is_set = is_set(field, buffer);
        // An empty list is not sent, so it is not too short either.
        quote! {
            if #is_set {
                __nl::check_len(#measured::lengths(&self.#ident), #min, #max, #id, __out);
            }
        }
    });
    quote!(#range #len)
}

/// Both limits as expressions of the type; the type's own where nothing limits.
pub(crate) fn sides(limits: &Limits, ty: &TokenStream) -> (TokenStream, TokenStream) {
    let side = |limit: &Option<TokenStream>, none: TokenStream| match limit {
        Some(limit) => {
            let at = place(limit);
            let ty = ty.clone().into_iter().map(|mut token| {
                token.set_span(at);
                token
            });
            quote_spanned!(at=> ((#limit) as #(#ty)*))
        }
        None => quote!(#ty::#none),
    };
    (side(&limits.min, quote!(MIN)), side(&limits.max, quote!(MAX)))
}

pub(super) fn is_set(field: &Field<'_>, buffer: &TokenStream) -> TokenStream {
    let (ident, encoding) = (field.ident, encoding(&field.encoding));
    let slot = match field.select {
        Some(_) => qualified(field.ty, &quote!(__nl::UnionSlot<#buffer>)),
        None => qualified(field.ty, &quote!(__nl::Slot<#buffer, #encoding>)),
    };
    quote!(#slot::is_set(&self.#ident))
}
