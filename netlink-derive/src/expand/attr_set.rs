//! `AttrSet`: what a message does with each of its attributes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{broken, encoding, name_of, place, qualified};
use crate::ir::{Container, Direction, Field, Limits, List, Message, Selector};

/// The methods of `AttrSet`.
pub(super) fn attr_set(container: &Container<'_>, message: &Message<'_>, buffer: &TokenStream) -> TokenStream {
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
            fn emit(&self, _: &mut __nl::Writer) { #broken }
        };
    }
    let info = info(container, message);
    let received = message.fields.iter().filter(|field| field.direction != Direction::Send);
    let arms = received.map(|field| decode_arm(message, field, buffer));
    let pad = message.pad.iter().map(|pad| quote!(#pad => ::core::result::Result::Ok(()),));
    let unknown = match &message.unknown {
        Some(_) => quote!({
            <Self as __nl::AttrSet<#buffer>>::keep(self, __kind, __payload);
            ::core::result::Result::Ok(())
        }),
        None => quote!(::core::result::Result::Ok(())),
    };
    let sent = message.fields.iter().filter(|field| field.direction != Direction::Receive);
    let emits = sent.map(|field| emit(message, field, buffer));
    let emit_unknown = message.unknown.iter().map(|unknown| {
        let keep = qualified(unknown.ty, &quote!(__nl::KeepUnknown<#buffer>));
        let ident = unknown.ident;
        quote!(#keep::emit(&self.#ident, __out);)
    });
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

        fn emit(&self, __out: &mut __nl::Writer) {
            #(#emits)*
            #(#emit_unknown)*
        }

        #(#optional)*
    }
}

/// The names, for errors.
fn info(container: &Container<'_>, message: &Message<'_>) -> TokenStream {
    let name = name_of(container.ident());
    let name_field = |field: &Field<'_>| {
        let (id, name) = (&field.constant, name_of(field.ident));
        quote!((#id, #name))
    };
    let (sent, info): (Vec<_>, Vec<_>) = message.fields.iter().partition(|field| field.direction == Direction::Send);
    let (only_sent, info) = (sent.into_iter().map(name_field), info.into_iter().map(name_field));
    quote! {
        fn info(&self) -> &'static __nl::SetInfo {
            const INFO: __nl::SetInfo =
                __nl::SetInfo { name: #name, fields: &[#(#info),*], only_sent: &[#(#only_sent),*] };
            &INFO
        }
    }
}

/// The arm of the `match`; a payload with a selector is put off until the selector is known. A member of the header is.
fn decode_arm(message: &Message<'_>, field: &Field<'_>, buffer: &TokenStream) -> TokenStream {
    let (id, ident) = (&field.constant, field.ident);
    if let Some(path) = header_selector(message, field) {
        let slot = qualified(field.ty, &quote!(__nl::UnionSlot<#buffer>));
        let key = path.last().map(|last| quote_spanned!(place(last)=> __nl::Select::key(&self.#(#path).*)));
        return quote!(#id => #slot::decode(&mut self.#ident, #key, __kind, __payload, __cx),);
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

fn is_set(field: &Field<'_>, buffer: &TokenStream) -> TokenStream {
    let (ident, encoding) = (field.ident, encoding(&field.encoding));
    let slot = match field.select {
        Some(_) => qualified(field.ty, &quote!(__nl::UnionSlot<#buffer>)),
        None => qualified(field.ty, &quote!(__nl::Slot<#buffer, #encoding>)),
    };
    quote!(#slot::is_set(&self.#ident))
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

        fn emit_header(&self, __out: &mut __nl::Writer) {
            #fixed::write(&self.#ident, __out);
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
