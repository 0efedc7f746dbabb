//! `NlMessage`: one arm per attribute for decoding, one line per attribute for encoding.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

pub(crate) use super::encode_set::sides;
use super::{
    ImplGenerics, body, broken, decode_set::decode_set, encode_set::encode_set, encoding, mentions, name_of, owned,
    ownership, place, rebind, schema, scope, type_params, unlisted,
};
use crate::ir::{Container, Direction, Field, Message};

pub(crate) fn expand(container: &Container<'_>, message: &Message<'_>) -> TokenStream {
    let ident = container.ident();
    let generics = generics(container, message);
    let buffer = generics.buffer.clone();
    let mut of_message = generics.generics.clone();
    if container.broken {
        // A missing `Default` would be a second error about the same type.
        let default = syn::parse_quote!(for<'__x> Self: ::core::default::Default);
        of_message.make_where_clause().predicates.push(default);
    }
    let message_where = &of_message.where_clause;
    let (impl_generics, _, where_clause) = generics.generics.split_for_impl();
    let (_, type_generics, _) = generics.own.split_for_impl();
    let unlisted = unlisted();
    let decode = decode_set(container, message, &quote!(#buffer));
    let encode = encode_set(container, message, &quote!(#buffer));
    let schema = schema::message(container, message, &quote!(#buffer));
    let fields = message.fields.iter().map(|field| (field.ident, field.ty));
    let plain = message.header.iter().chain(&message.unknown).map(|plain| (plain.ident, plain.ty));
    let moved = fields.chain(plain).map(|(ident, ty)| {
        let value = owned(container, ty, &quote!(self.#ident));
        quote!(#ident: #value)
    });
    let ownership = ownership(container, &quote!(#ident { #(#moved,)* }));
    let (codec, body) = (codec(container, message, &generics), body(container));
    let more = more(container, message, &generics.own, &quote!(#buffer), &generics.generics);
    let constants = if container.broken { TokenStream::new() } else { constants(container, message) };
    scope(
        container,
        &quote! {
            #constants

            #unlisted
            #[automatically_derived]
            impl #impl_generics __nl::DecodeSet<#buffer> for #ident #type_generics #where_clause {
                #decode
            }

            #unlisted
            #[automatically_derived]
            impl #impl_generics __nl::EncodeSet<#buffer> for #ident #type_generics #where_clause {
                #encode
            }

            #unlisted
            #[automatically_derived]
            impl #impl_generics __nl::NlMessage<#buffer> for #ident #type_generics #message_where {
                #schema
            }

            #codec
            #more
            #body
            #ownership
        },
    )
}

/// The generics of the implementations, with bounds for the fields whose types depend on parameters.
fn generics(container: &Container<'_>, message: &Message<'_>) -> ImplGenerics {
    let mut generics = ImplGenerics::new(container);
    let buffer = generics.buffer.clone();
    for field in &message.fields {
        let bound = if field.select.is_some() {
            quote!(__nl::UnionSlot<#buffer>)
        } else if field.merge {
            quote!(__nl::MergeSlot<#buffer>)
        } else {
            let encoding = encoding(&field.encoding);
            quote!(__nl::Slot<#buffer, #encoding>)
        };
        generics.bound(container, field.ty, &bound);
    }
    if !container.broken && container.has_type_params() {
        generics.generics.make_where_clause().predicates.push(syn::parse_quote!(Self: ::core::default::Default));
    }
    generics
}

fn put_into(buffer: &syn::Lifetime) -> TokenStream {
    quote! {
        #[inline]
        fn put_into(
            __field: &mut ::core::option::Option<Self>,
            __payload: &#buffer [::core::primitive::u8],
            __cx: &__nl::Context<'_, #buffer>,
        ) -> ::core::result::Result<(), __nl::DecodeError> {
            __nl::decode_nest_into(__field, __payload, __cx)
        }
    }
}

/// Bytes to values and back: as a nest, and as a whole message.
fn codec(container: &Container<'_>, message: &Message<'_>, generics: &ImplGenerics) -> TokenStream {
    let (ident, buffer, unlisted) = (container.ident(), &generics.buffer, unlisted());
    let (impl_generics, _, where_clause) = generics.generics.split_for_impl();
    let (_, type_generics, _) = generics.own.split_for_impl();
    let flags = match message.header {
        // What has a struct in front is no nest to the kernel.
        Some(_) => quote!(0),
        None => quote!(__nl::NESTED),
    };
    let [kind, decode_nest, put_into, decode_message, decode_entry] = match container.broken {
        true => [TokenStream::new(), broken(), TokenStream::new(), broken(), broken()],
        false => [
            quote!(const KIND: __nl::schema::Kind = __nl::nest_kind::<#buffer, Self>();),
            quote!(__nl::decode_nest(__payload, __cx)),
            put_into(buffer),
            quote!(__nl::decode_message(__bytes, __base)),
            quote!(__nl::decode_entry(__message, __header, __entry)),
        ],
    };
    quote! {
        #unlisted
        #[automatically_derived]
        impl #impl_generics __nl::Value<#buffer> for #ident #type_generics #where_clause {
            const FLAGS: ::core::primitive::u16 = #flags;
            #kind

            fn from_payload(
                __payload: &#buffer [::core::primitive::u8],
                __cx: &__nl::Context<'_, #buffer>,
            ) -> ::core::result::Result<Self, __nl::DecodeError> {
                #decode_nest
            }

            #put_into

            fn to_payload(&self, __out: &mut __nl::Writer) {
                __nl::encode_set(self, __out);
            }
        }

        #[automatically_derived]
        impl #impl_generics __nl::Decode<#buffer> for #ident #type_generics #where_clause {
            #[inline]
            fn decode_at(
                __bytes: &#buffer [::core::primitive::u8],
                __base: ::core::primitive::usize,
            ) -> ::core::result::Result<Self, __nl::DecodeError> {
                #decode_message
            }

            #[inline]
            fn decode_entry<__E: ::core::convert::From<__nl::DecodeError>>(
                __message: __nl::Message<#buffer>,
                __header: ::core::primitive::usize,
                __entry: &mut ::core::option::Option<::core::result::Result<Self, __E>>,
            ) {
                #decode_entry
            }
        }

        #[automatically_derived]
        impl #impl_generics __nl::Encode for #ident #type_generics #where_clause {
            #[inline]
            fn encode_into(&self, __out: &mut __nl::Writer) {
                __nl::encode_set(self, __out);
            }
        }
    }
}

/// Implementations that only some messages have: with a header, or with a selector for sets further in.
fn more(
    container: &Container<'_>,
    message: &Message<'_>,
    own: &syn::Generics,
    buffer: &TokenStream,
    generics: &syn::Generics,
) -> TokenStream {
    if container.broken {
        return TokenStream::new();
    }
    let ident = container.ident();
    let (own_generics, type_generics, own_where) = own.split_for_impl();
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let header = message.header.as_ref().map(|header| {
        let ty = header.ty;
        quote! {
            #[automatically_derived]
            impl #own_generics __nl::HasHeader for #ident #type_generics #own_where {
                type Header = #ty;
            }
        }
    });
    let name = name_of(ident);
    let selector = message.fields.iter().find(|field| field.selects_inner).map(|field| {
        let (id, ty, encoding) = (&field.constant, field.ty, encoding(&field.encoding));
        quote_spanned! {place(ty)=>
            #[automatically_derived]
            impl #impl_generics __nl::SelectsInner<#buffer> for #ident #type_generics #where_clause {
                const SET: &'static ::core::primitive::str = #name;
                const ID: ::core::primitive::u16 = #id;

                fn with_key(
                    __cx: &__nl::Context<'_, #buffer>,
                    __found: &mut dyn ::core::ops::FnMut(::core::option::Option<__nl::Key<'_>>),
                ) {
                    __nl::with_outer_key::<#ty, #encoding>(#name, #id, __cx, __found)
                }
            }
        }
    });
    quote!(#header #selector)
}

/// The numbers that are not written as numbers, as constants.
fn constants(container: &Container<'_>, message: &Message<'_>) -> TokenStream {
    let constants = message.fields.iter().map(|field| {
        let (constant, id) = (&field.constant, &field.id);
        let (declared, in_range) = (constant.declare(id), number_in_range(id, &quote!(#constant)));
        quote!(#declared #in_range)
    });
    let pad = message.pad.as_ref().map(|pad| number_in_range(pad, pad));
    let marked = message.fields.iter().filter(|field| field.plain && field.select.is_none());
    let marked = marked.map(|field| plain_is_marked(container, field));
    let unique = sent_once(message);
    quote!(#(#constants)* #pad #(#marked)* #unique)
}

/// The number of an attribute has 14 bits: what a literal says was checked, what a constant says only rustc knows.
pub(super) fn number_in_range(id: &TokenStream, value: &TokenStream) -> Option<TokenStream> {
    let path = syn::parse2::<syn::Path>(id.clone()).ok()?;
    path.segments.last().map(|name| {
        quote_spanned! {place(name)=>
            const _: () = ::core::assert!(
                #value <= __nl::TYPE_MASK,
                "attribute numbers have 14 bits: 0 to 16383; flag bits follow from the type and the words"
            );
        }
    })
}

/// Of two fields that are received under the same constant, rustc tells as of unreachable patterns. Here are the pairs
/// of which one is only sent.
fn sent_once(message: &Message<'_>) -> TokenStream {
    let mut checks = TokenStream::new();
    for (n, field) in message.fields.iter().enumerate() {
        for first in &message.fields[..n] {
            let directions = [first.direction, field.direction];
            let is_number = |field: &Field<'_>| syn::parse2::<syn::LitInt>(field.id.clone()).is_ok();
            let told = is_number(first) && is_number(field);
            if told || !directions.contains(&Direction::Send) || directions.contains(&Direction::Receive) {
                continue;
            }
            let (first_id, id) = (&first.constant, &field.constant);
            let message = format!("this attribute number is already used by field `{}`", name_of(first.ident));
            checks.extend(quote_spanned! {place(&field.id)=>
                const _: () = ::core::assert!(#first_id != #id, #message);
            });
        }
    }
    checks
}

/// `plain` on what carries no mark would do nothing.
fn plain_is_marked(container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    if mentions(field.ty, &type_params(container)) {
        return TokenStream::new();
    }
    let (ty, forever) = (field.ty, quote!('static));
    let ty = container.lifetime.and_then(|lifetime| rebind(ty, lifetime, &forever)).unwrap_or_else(|| quote!(#ty));
    let slot = match field.merge {
        true => quote!(__nl::MergeSlot<'static>),
        false => {
            let encoding = encoding(&field.encoding);
            quote!(__nl::Slot<'static, #encoding>)
        }
    };
    let message = format!(
        "`plain` on `{}` means nothing: it takes the mark of a nest off, and this is no nest",
        name_of(field.ident)
    );
    let place = place(field.places.plain.as_ref().unwrap_or(field.ident));
    quote_spanned!(place=> const _: () = ::core::assert!(__nl::is_marked(&<#ty as #slot>::KIND), #message);)
}
