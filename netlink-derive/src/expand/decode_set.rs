//! `DecodeSet`: what a message does with each of its attributes when they arrive.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{broken, encode_set::is_set, encoding, name_of, place, qualified};
use crate::ir::{Container, Direction, Field, Message, Selector};

/// The methods of `DecodeSet`.
pub(super) fn decode_set(container: &Container<'_>, message: &Message<'_>, buffer: &TokenStream) -> TokenStream {
    if container.broken {
        let broken = broken();
        return quote! {
            fn info(&self) -> &'static __nl::SetInfo { #broken }
            fn set(
                &mut self,
                _: ::core::primitive::u16,
                _: &#buffer [::core::primitive::u8],
                _: &__nl::Context<'_, #buffer>,
            ) -> ::core::result::Result<(), __nl::DecodeError> { #broken }
        };
    }
    let info = info(container, message);
    let received = message.fields.iter().filter(|field| field.direction != Direction::Send);
    let arms = received.map(|field| decode_arm(message, field, buffer));
    let pad = message.pad.iter().map(|pad| quote!(#pad => ::core::result::Result::Ok(()),));
    let unknown = match &message.unknown {
        Some(_) => quote!({
            <Self as __nl::DecodeSet<#buffer>>::keep(self, __kind, __payload);
            ::core::result::Result::Ok(())
        }),
        None => quote!(::core::result::Result::Ok(())),
    };
    let optional = [header(message, buffer), keep(message, buffer), finish(message, buffer)];
    quote! {
        #info

        #[deny(unreachable_patterns)]
        fn set(
            &mut self,
            __kind: ::core::primitive::u16,
            __payload: &#buffer [::core::primitive::u8],
            __cx: &__nl::Context<'_, #buffer>,
        ) -> ::core::result::Result<(), __nl::DecodeError> {
            match __kind & __nl::TYPE_MASK {
                #(#arms)*
                #(#pad)*
                _ => #unknown,
            }
        }

        #(#optional)*
    }
}

/// The names, for errors.
fn info(container: &Container<'_>, message: &Message<'_>) -> TokenStream {
    let name = name_of(container.ident());
    let (received, only_sent): (Vec<_>, Vec<_>) =
        message.fields.iter().partition(|field| field.direction != Direction::Send);
    let count = received.len();
    let fields: Vec<&Field<'_>> = received.into_iter().chain(only_sent).collect();
    let ids = fields.iter().map(|field| &field.constant);
    let names =
        std::iter::once(name).chain(fields.iter().map(|field| name_of(field.ident))).collect::<Vec<_>>().join(" ");
    quote! {
        fn info(&self) -> &'static __nl::SetInfo {
            const INFO: __nl::SetInfo = __nl::SetInfo { ids: &[#(#ids),*], received: #count, names: #names };
            &INFO
        }
    }
}

/// The arm of the `match`; a payload with a selector is put off until the selector is known. A member of the header is.
fn decode_arm(message: &Message<'_>, field: &Field<'_>, buffer: &TokenStream) -> TokenStream {
    let (id, ident) = (&field.constant, field.ident);
    if let Some(path) = header_selector(message, field) {
        let slot = qualified(field.ty, &quote!(__nl::UnionSlot<#buffer>));
        let selector = path.last().map(|last| quote_spanned!(place(last)=> &self.#(#path).*));
        return quote!(#id => #slot::decode(&mut self.#ident, __kind, __payload, __cx, #selector),);
    }
    if field.select.is_some() {
        return quote!(#id => __nl::defer(__cx),);
    }
    if field.merge {
        let slot = qualified(field.ty, &quote!(__nl::MergeSlot<#buffer>));
        return quote!(#id => #slot::merge(&mut self.#ident, __payload, __cx),);
    }
    let encoding = encoding(&field.encoding);
    let slot = qualified(field.ty, &quote!(__nl::Slot<#buffer, #encoding>));
    quote!(#id => #slot::put(&mut self.#ident, __kind, __payload, __cx),)
}

/// The way to the selector of a field, if that is a member of the header.
fn header_selector<'m>(message: &Message<'_>, field: &'m Field<'_>) -> Option<&'m [syn::Ident]> {
    let (Some(header), Some(Selector::Path(path))) = (&message.header, &field.select) else { return None };
    (path.len() > 1 && path[0] == *header.ident).then_some(path.as_slice())
}

fn header(message: &Message<'_>, buffer: &TokenStream) -> TokenStream {
    let Some(header) = &message.header else { return TokenStream::new() };
    let (ident, name) = (header.ident, name_of(header.ident));
    let fixed = qualified(header.ty, &quote!(__nl::Fixed));
    quote! {
        fn header(
            &mut self,
            __bytes: &#buffer [::core::primitive::u8],
            __cx: &__nl::Context<'_, #buffer>,
        ) -> ::core::result::Result<::core::primitive::usize, __nl::DecodeError> {
            self.#ident = #fixed::read(__nl::header_bytes(__bytes, #fixed::SIZE, #name, __cx)?);
            ::core::result::Result::Ok(#fixed::SIZE)
        }
    }
}

fn keep(message: &Message<'_>, buffer: &TokenStream) -> TokenStream {
    let Some(unknown) = &message.unknown else { return TokenStream::new() };
    let ident = unknown.ident;
    let keep = qualified(unknown.ty, &quote!(__nl::KeepUnknown<#buffer>));
    quote! {
        fn keep(&mut self, __kind: ::core::primitive::u16, __payload: &#buffer [::core::primitive::u8]) {
            #keep::keep(&mut self.#ident, __kind, __payload);
        }
    }
}

/// What the selector says, with the place of its type where that is known: a type that cannot select is at fault there.
fn selector_key(message: &Message<'_>, selector: &Selector) -> TokenStream {
    let path = match selector {
        Selector::Path(path) => path.as_slice(),
        Selector::Outer(_) => return broken(),
    };
    let field = message.fields.iter().find(|field| path.len() == 1 && *field.ident == path[0]);
    match (field, path.last()) {
        (Some(field), _) => {
            let select = qualified(field.ty, &quote!(__nl::Select));
            quote!(#select::key(&__set.#(#path).*))
        }
        (None, Some(last)) => quote_spanned!(place(last)=> __nl::Select::key(&__set.#(#path).*)),
        (None, None) => broken(),
    }
}

/// Payloads that waited for their selectors, then attributes that must be there.
fn finish(message: &Message<'_>, buffer: &TokenStream) -> TokenStream {
    // What is only sent is never received.
    let received = || message.fields.iter().filter(|field| field.direction != Direction::Send);
    let unions = received().filter_map(|field| {
        let selector = field.select.as_ref().filter(|_| header_selector(message, field).is_none())?;
        let (id, ident) = (&field.constant, field.ident);
        let slot = qualified(field.ty, &quote!(__nl::UnionSlot<#buffer>));
        if let Selector::Outer(outer) = selector {
            let selects = qualified(outer, &quote!(__nl::SelectsInner<#buffer>));
            let with_key = quote!(|__cx, __found| #selects::with_key(__cx, __found));
            return Some(quote! {
                #slot::decode_selected_outside(self, #with_key, |__set| &mut __set.#ident, #id, __cx)?;
            });
        }
        let key = selector_key(message, selector);
        Some(quote!(#slot::decode_deferred(self, |__set| #key, |__set| &mut __set.#ident, #id, __cx)?;))
    });
    let required = received().filter(|field| field.required).map(|field| {
        let (is_set, name) = (is_set(field, buffer), name_of(field.ident));
        quote! {
            if !#is_set {
                __nl::missing(__cx, #name)?;
            }
        }
    });
    let checks: Vec<TokenStream> = unions.chain(required).collect();
    if checks.is_empty() {
        return TokenStream::new();
    }
    quote! {
        fn finish(
            &mut self,
            __cx: &__nl::Context<'_, #buffer>,
        ) -> ::core::result::Result<(), __nl::DecodeError> {
            #(#checks)*
            ::core::result::Result::Ok(())
        }
    }
}
