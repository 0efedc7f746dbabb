//! `NlStruct`: members at constant offsets, and perhaps a tail.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::{
    ImplGenerics, body, broken, encoding,
    layout::{layout, sized},
    name_of, owned, ownership, place, qualified, schema, scope, unlisted,
};
use crate::ir::{Container, LengthUnit, Member, Role, Struct};

pub(crate) fn expand(container: &Container<'_>, structure: &Struct<'_>) -> TokenStream {
    let ident = container.ident();
    let name = name_of(ident);
    let mut generics = ImplGenerics::new(container);
    let buffer = generics.buffer.clone();
    for member in &structure.members {
        let encoding = encoding(&member.encoding);
        match member.role {
            Role::Rest => generics.bound(container, member.ty, &quote!(__nl::Value<#buffer, #encoding>)),
            Role::Select(_) => generics.bound(container, member.ty, &quote!(__nl::NlUnion<#buffer>)),
            _ => {}
        }
    }
    let (impl_generics, _, where_clause) = generics.generics.split_for_impl();
    let (own_generics, type_generics, own_where) = generics.own.split_for_impl();

    let unlisted = unlisted();
    let layout = if container.broken { TokenStream::new() } else { layout(structure, &name) };
    let fixed = (structure.is_fixed() || container.broken).then(|| {
        let fixed = fixed(container, structure);
        quote! {
            #unlisted
            #[automatically_derived]
            impl #own_generics __nl::Fixed for #ident #type_generics #own_where {
                #fixed
            }
        }
    });
    let moved = structure.members.iter().map(|member| {
        let member_ident = member.ident;
        let value = owned(container, member.ty, &quote!(self.#member_ident));
        quote!(#member_ident: #value)
    });
    let body = body(container);
    let ownership = ownership(container, &quote!(#ident { #(#moved,)* }));

    let record = record(container, structure);
    let (value, codec) = (value(container, structure, &generics), codec(container, &generics));
    let schema = schema::structure(container, structure, &quote!(#buffer));
    scope(
        container,
        &quote! {
            #layout
            #fixed
            #record

            #value

            #unlisted
            #[automatically_derived]
            impl #impl_generics __nl::NlStruct<#buffer> for #ident #type_generics #where_clause {
                const NAME: &'static ::core::primitive::str = #name;
                #schema
            }

            #codec
            #body
            #ownership
        },
    )
}

/// `Value`: the struct as the payload of an attribute.
fn value(container: &Container<'_>, structure: &Struct<'_>, generics: &ImplGenerics) -> TokenStream {
    let (ident, buffer, unlisted) = (container.ident(), &generics.buffer, unlisted());
    let (impl_generics, _, where_clause) = generics.generics.split_for_impl();
    let (_, type_generics, _) = generics.own.split_for_impl();
    let (from_payload, to_payload) = match (container.broken, structure.is_fixed()) {
        (true, _) => (broken(), broken()),
        (false, true) => {
            (quote!(__nl::decode_struct(__payload, __cx)), quote!(<Self as __nl::Fixed>::write(self, __out);))
        }
        (false, false) => (read_all(structure, &quote!(#buffer)), write_all(structure, &quote!(#buffer))),
    };
    quote! {
        #unlisted
        #[automatically_derived]
        impl #impl_generics __nl::Value<#buffer> for #ident #type_generics #where_clause {
            const KIND: __nl::schema::Kind = __nl::schema::Kind::Struct(<Self as __nl::NlStruct<#buffer>>::schema);

            #[allow(unused_variables)]
            fn from_payload(
                __payload: &#buffer [::core::primitive::u8],
                __cx: &__nl::Context<'_, #buffer>,
            ) -> ::core::result::Result<Self, __nl::DecodeError> {
                #from_payload
            }

            #[allow(unused_variables)]
            fn to_payload(&self, __out: &mut __nl::Writer) {
                #to_payload
            }
        }
    }
}

/// The struct as a whole body.
fn codec(container: &Container<'_>, generics: &ImplGenerics) -> TokenStream {
    let (ident, buffer, name) = (container.ident(), &generics.buffer, name_of(container.ident()));
    let (impl_generics, _, where_clause) = generics.generics.split_for_impl();
    let (_, type_generics, _) = generics.own.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics __nl::Decode<#buffer> for #ident #type_generics #where_clause {
            #[inline]
            fn decode_at(
                __bytes: &#buffer [::core::primitive::u8],
                __base: ::core::primitive::usize,
            ) -> ::core::result::Result<Self, __nl::DecodeError> {
                __nl::decode_value(#name, __bytes, __base)
            }
        }

        #[automatically_derived]
        impl #impl_generics __nl::Encode for #ident #type_generics #where_clause {
            #[inline]
            fn encode_into(&self, __out: &mut __nl::Writer) {
                __nl::encode_value(#name, self, __out);
            }
        }
    }
}

/// The items of `Fixed`.
fn fixed(container: &Container<'_>, structure: &Struct<'_>) -> TokenStream {
    if container.broken {
        let broken = broken();
        return quote! {
            const SIZE: ::core::primitive::usize = 0;
            const ALIGN: ::core::primitive::usize = 1;
            fn read(_: &[::core::primitive::u8]) -> Self { #broken }
            fn write(&self, _: &mut __nl::Writer) { #broken }
        };
    }
    let reads = structure.members.iter().enumerate().map(|(n, member)| {
        let (ident, read) = (member.ident, read_fixed(n, member));
        quote!(#ident: #read)
    });
    let writes = structure.members.iter().enumerate().map(|(n, member)| write_fixed(n, member));
    quote! {
        const SIZE: ::core::primitive::usize = __SIZE;
        const ALIGN: ::core::primitive::usize = __ALIGN;
        const KIND: __nl::schema::Kind = __nl::schema::Kind::Struct(<Self as __nl::NlStruct<'static>>::schema);

        #[inline]
        fn read(__payload: &[::core::primitive::u8]) -> Self {
            // One check of the length here, none below.
            let __payload = &__payload[..__SIZE];
            Self { #(#reads,)* }
        }

        #[inline]
        fn write(&self, __out: &mut __nl::Writer) {
            #(#writes)*
        }
    }
}

/// `RecordHeader`, for a struct with the length of the record that it starts.
fn record(container: &Container<'_>, structure: &Struct<'_>) -> TokenStream {
    let found = structure.members.iter().enumerate().find(|(_, member)| matches!(member.role, Role::LenOfRecord));
    let (Some((n, member)), false) = (found, container.broken) else { return TokenStream::new() };
    let (name, at, field) = (container.ident(), format_ident!("__AT_{n}"), member.ident);
    let (ty, encoding, member_name) = (member.ty, encoding(&member.encoding), name_of(member.ident));
    let record_len = qualified(ty, &quote!(__nl::RecordLen));
    quote! {
        #[automatically_derived]
        impl __nl::RecordHeader for #name {
            fn record_length(&self) -> ::core::primitive::usize {
                #record_len::get(self.#field)
            }

            fn fill_record_length(__start: ::core::primitive::usize, __out: &mut __nl::Writer) {
                __nl::fill_record_length::<#ty, #encoding>(__out, __start, #at, #member_name);
            }
        }
    }
}

fn read_fixed(n: usize, member: &Member<'_>) -> TokenStream {
    let (at, end, sized) = (format_ident!("__AT_{n}"), format_ident!("__END_{n}"), sized(member));
    let pad = member.pad.as_ref().map(|_| format_ident!("__PAD_{n}")).into_iter();
    quote!(#sized::read(&__payload[#at..#end #(- #pad)*]))
}

fn write_fixed(n: usize, member: &Member<'_>) -> TokenStream {
    let (ident, sized, pad) = (member.ident, sized(member), write_pad(n, member));
    if member.encoding.wire.is_some() || member.encoding.unit.is_some() {
        // A number may be too large for its width on the wire: the error names the member.
        let name = name_of(ident);
        return quote!(__nl::write_named(#name, __out, |__out| #sized::write(&self.#ident, __out)); #pad);
    }
    quote!(#sized::write(&self.#ident, __out); #pad)
}

fn write_pad(n: usize, member: &Member<'_>) -> Option<TokenStream> {
    let pad = format_ident!("__PAD_{n}");
    member.pad.is_some().then(|| quote!(__out.zeros(#pad);))
}

/// Reads a struct whose end is not fixed.
fn read_all(structure: &Struct<'_>, buffer: &TokenStream) -> TokenStream {
    let always =
        structure.members.iter().rposition(|member| !member.is_tail() && !matches!(member.role, Role::Optional));
    let least = match always {
        Some(n) => {
            let end = format_ident!("__END_{n}");
            quote!(#end)
        }
        None => quote!(0),
    };
    let locals = structure.members.iter().enumerate().map(|(n, member)| {
        let local = local("__m", member.ident);
        let read = match &member.role {
            Role::Fixed | Role::LenOf { .. } | Role::LenOfRecord => read_fixed(n, member),
            Role::Optional => {
                let (at, sized, name) = (format_ident!("__AT_{n}"), sized(member), name_of(member.ident));
                quote!(#sized::read(__payload, #at, #name, __cx)?)
            }
            Role::Rest | Role::Select(_) => read_tail(structure, n, member, buffer),
        };
        quote!(let #local = #read;)
    });
    let fields = structure.members.iter().map(|member| {
        let (ident, local) = (member.ident, local("__m", member.ident));
        quote!(#ident: #local)
    });
    quote! {
        __nl::at_least(__payload, #least, __cx)?;
        #(#locals)*
        ::core::result::Result::Ok(Self { #(#fields,)* })
    }
}

fn read_tail(structure: &Struct<'_>, n: usize, member: &Member<'_>, buffer: &TokenStream) -> TokenStream {
    let (at, name) = (format_ident!("__AT_{n}"), name_of(member.ident));
    let bytes = match length_member(structure, member) {
        Some(len) => {
            let bytes = match unit(len) {
                LengthUnit::Bytes => TokenStream::new(),
                LengthUnit::Bits => quote!(.div_ceil(8)),
                LengthUnit::Elements => {
                    let element = element_size(member);
                    quote!(.saturating_mul(#element))
                }
            };
            let (len, ty) = (local("__m", len.ident), len.ty);
            quote_spanned! {place(ty)=>
                __nl::tail_of(
                    __payload,
                    #at,
                    ::core::result::Result::unwrap_or(
                        <::core::primitive::usize as ::core::convert::TryFrom<#ty>>::try_from(#len),
                        ::core::primitive::usize::MAX,
                    )
                    #bytes,
                    #name,
                    __cx,
                )?
            }
        }
        None => quote!(__nl::tail(__payload, #at)),
    };
    let encoding = encoding(&member.encoding);
    let value = match &member.role {
        Role::Select(selector) => {
            let union = qualified(member.ty, &quote!(__nl::NlUnion<#buffer>));
            let ty = structure.members.iter().find(|member| member.ident == selector).map(|member| member.ty);
            let select = qualified(ty.unwrap_or(member.ty), &quote!(__nl::Select));
            let selector = local("__m", selector);
            quote!(#union::decode_as(#select::key(&#selector), 0, __tail, __cx))
        }
        _ => {
            let value = qualified(member.ty, &quote!(__nl::Value<#buffer, #encoding>));
            quote!(#value::from_payload(__tail, __cx))
        }
    };
    quote!({
        let __tail = #bytes;
        __nl::within_tail(__cx, __tail, #name, |__cx| #value)?
    })
}

/// A variable for a member, as generated code spells it: its style is not the user's.
fn local(prefix: &str, member: &syn::Ident) -> syn::Ident {
    format_ident!("{prefix}_{}", member, span = proc_macro2::Span::mixed_site())
}

/// The member that tells this one's length.
fn length_member<'s>(structure: &'s Struct<'_>, tail: &Member<'_>) -> Option<&'s Member<'s>> {
    structure.members.iter().find(|member| matches!(&member.role, Role::LenOf { of, .. } if of == tail.ident))
}

/// Writes a struct whose end is not fixed.
fn write_all(structure: &Struct<'_>, buffer: &TokenStream) -> TokenStream {
    let writes = structure.members.iter().enumerate().map(|(n, member)| {
        let (ident, name, pad) = (member.ident, name_of(member.ident), write_pad(n, member));
        match &member.role {
            Role::Fixed => match selected_by(structure, member) {
                // What the payload is, the payload knows best.
                Some(union) => {
                    let (select, sized) = (qualified(member.ty, &quote!(__nl::Select)), sized(member));
                    let of = qualified(union.ty, &quote!(__nl::NlUnion<#buffer>));
                    let union = union.ident;
                    quote! {
                        let __filled = #of::fill_selector(
                            &self.#union,
                            #select::key(&self.#ident),
                            |__key| #select::from_key(__key),
                            #name,
                            __out,
                        );
                        let __selector =
                            ::core::option::Option::unwrap_or(::core::option::Option::as_ref(&__filled), &self.#ident);
                        #sized::write(__selector, __out);
                        #pad
                    }
                }
                None => write_fixed(n, member),
            },
            Role::LenOfRecord => write_fixed(n, member),
            Role::LenOf { .. } => {
                let (local, write) = (local("__at", ident), write_fixed(n, member));
                quote!(let #local = __out.len(); #write)
            }
            Role::Optional => {
                let sized = sized(member);
                let pad = pad.map(|pad| quote!(if !__ended { #pad }));
                quote!(#sized::write(&self.#ident, &mut __ended, #name, __out); #pad)
            }
            Role::Rest | Role::Select(_) => write_tail(structure, member, buffer),
        }
    });
    quote! {
        let mut __ended = false;
        #(#writes)*
        let _ = __ended;
    }
}

/// What a length member counts.
pub(crate) fn unit(len: &Member<'_>) -> LengthUnit {
    match len.role {
        Role::LenOf { unit, .. } => unit,
        _ => LengthUnit::Bytes,
    }
}

/// The number of bytes of an element of a list.
pub(crate) fn element_size(list: &Member<'_>) -> TokenStream {
    let encoding = encoding(&list.encoding);
    let counted = qualified(list.ty, &quote!(__nl::Counted<#encoding>));
    quote!(#counted::ELEMENT)
}

/// The union that this member selects.
fn selected_by<'s>(structure: &'s Struct<'_>, selector: &Member<'_>) -> Option<&'s Member<'s>> {
    structure.members.iter().find(|member| matches!(&member.role, Role::Select(by) if by == selector.ident))
}

fn write_tail(structure: &Struct<'_>, member: &Member<'_>, buffer: &TokenStream) -> TokenStream {
    let (ident, name) = (member.ident, name_of(member.ident));
    let encoding_type = encoding(&member.encoding);
    let write = match member.role {
        Role::Select(_) => qualified(member.ty, &quote!(__nl::NlUnion<#buffer>)),
        _ => qualified(member.ty, &quote!(__nl::Value<#buffer, #encoding_type>)),
    };
    let length = length_member(structure, member).map(|len| {
        let (local, ty, len_encoding) = (local("__at", len.ident), len.ty, encoding(&len.encoding));
        let len_name = name_of(len.ident);
        let own = len.ident;
        match unit(len) {
            LengthUnit::Bytes => quote!(__nl::fill_length::<#ty, #len_encoding>(__out, #local, __start, 1, #len_name);),
            LengthUnit::Bits => {
                quote!(__nl::fill_bits::<#ty, #len_encoding>(__out, #local, __start, &self.#own, #len_name);)
            }
            LengthUnit::Elements => {
                let element = element_size(member);
                quote!(__nl::fill_length::<#ty, #len_encoding>(__out, #local, __start, #element, #len_name);)
            }
        }
    });
    quote! {
        let __start = __out.len();
        __nl::write_named(#name, __out, |__out| #write::to_payload(&self.#ident, __out));
        __nl::after_tail(__ended, __start, #name, __out);
        #length
    }
}
