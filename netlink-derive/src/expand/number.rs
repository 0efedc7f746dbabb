//! `NlEnum` and `NlFlags`: numbers with names.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::{broken, name_of, place, schema, scope, unlisted};
use crate::ir::{Container, Enum};

pub(crate) fn enumeration(container: &Container<'_>, enumeration: &Enum<'_>) -> TokenStream {
    let ident = container.ident();
    let repr = &enumeration.repr;
    let primitive = quote!(::core::primitive::#repr);
    let values = values(enumeration, &primitive);
    let (from, to, name) = match enumeration.other {
        Some(other) if !container.broken => conversions(enumeration, other),
        _ => (broken(), broken(), broken()),
    };
    let number = number_impls(container, &primitive, &quote!(Enum), &quote!(NlEnum));
    let schema = schema::enumeration(container, enumeration);
    scope(
        container,
        &quote! {
            #values

            #[automatically_derived]
            impl __nl::NlEnum for #ident {
                #schema

                type Number = #primitive;

                #[deny(unreachable_patterns)]
                fn from_number(__number: #primitive) -> Self {
                    #from
                }

                fn number(&self) -> #primitive {
                    #to
                }

                #[inline]
                fn name(&self) -> ::core::option::Option<&'static ::core::primitive::str> {
                    #name
                }
            }

            #[automatically_derived]
            impl ::core::convert::From<#primitive> for #ident {
                fn from(__number: #primitive) -> Self {
                    <Self as __nl::NlEnum>::from_number(__number)
                }
            }

            #[automatically_derived]
            impl ::core::convert::From<#ident> for #primitive {
                fn from(__value: #ident) -> Self {
                    <#ident as __nl::NlEnum>::number(&__value)
                }
            }

            #number
        },
    )
}

/// The number of each variant as a constant, so that it can be a pattern whatever expression it was written as.
fn values(enumeration: &Enum<'_>, primitive: &TokenStream) -> TokenStream {
    let mut before = None;
    let mut items = TokenStream::new();
    for (n, variant) in enumeration.variants.iter().enumerate() {
        let name = format_ident!("__VALUE_{n}");
        let value = match (&variant.value, before) {
            (Some(value), _) => value.clone(),
            (None, Some(before)) => quote!(#before + 1),
            (None, None) => quote!(0),
        };
        let span = place(&variant.ident);
        items.extend(quote_spanned!(span=> #[allow(dead_code)] const #name: #primitive = #value;));
        before = Some(name);
    }
    items
}

fn conversions(enumeration: &Enum<'_>, other: &syn::Ident) -> (TokenStream, TokenStream, TokenStream) {
    let variants: Vec<_> = enumeration.variants.iter().map(|variant| variant.ident).collect();
    let names = variants.iter().map(|variant| name_of(variant));
    let values: Vec<_> = (0..variants.len()).map(|n| format_ident!("__VALUE_{n}")).collect();
    (
        quote!(match __number {
            #(#values => Self::#variants,)*
            __number => Self::#other(__number),
        }),
        quote!(match self {
            #(Self::#variants => #values,)*
            Self::#other(__number) => *__number,
        }),
        quote!(match self {
            #(Self::#variants => ::core::option::Option::Some(#names),)*
            Self::#other(_) => ::core::option::Option::None,
        }),
    )
}

/// Wherever the integer can stand, the type can stand.
fn number_impls(
    container: &Container<'_>,
    primitive: &TokenStream,
    kind: &TokenStream,
    names: &TokenStream,
) -> TokenStream {
    let unlisted = unlisted();
    let ident = container.ident();
    let select = selects(container, primitive);
    quote! {
        #unlisted
        #[automatically_derived]
        impl<__E> __nl::Fixed<__E> for #ident
        where
            #primitive: __nl::Fixed<__E>,
        {
            const SIZE: ::core::primitive::usize = <#primitive as __nl::Fixed<__E>>::SIZE;
            const ALIGN: ::core::primitive::usize = <#primitive as __nl::Fixed<__E>>::ALIGN;
            const KIND: __nl::schema::Kind = __nl::schema::Kind::#kind(
                <Self as __nl::#names>::SCHEMA,
                &<#primitive as __nl::Fixed<__E>>::KIND,
            );

            fn read(__bytes: &[::core::primitive::u8]) -> Self {
                <Self as __nl::Number>::from_number(<#primitive as __nl::Fixed<__E>>::read(__bytes))
            }

            fn write(&self, __out: &mut __nl::Writer) {
                <#primitive as __nl::Fixed<__E>>::write(&<Self as __nl::Number>::number(self), __out);
            }
        }

        #unlisted
        #[automatically_derived]
        impl<'__nl, __E> __nl::Value<'__nl, __E> for #ident
        where
            #primitive: __nl::Value<'__nl, __E>,
        {
            const FLAGS: ::core::primitive::u16 = <#primitive as __nl::Value<'__nl, __E>>::FLAGS;
            const KIND: __nl::schema::Kind = __nl::schema::Kind::#kind(
                <Self as __nl::#names>::SCHEMA,
                &<#primitive as __nl::Value<'__nl, __E>>::KIND,
            );

            fn from_payload(
                __payload: &'__nl [::core::primitive::u8],
                __cx: &__nl::Context<'_, '__nl>,
            ) -> ::core::result::Result<Self, __nl::DecodeError> {
                match <#primitive as __nl::Value<'__nl, __E>>::from_payload(__payload, __cx) {
                    ::core::result::Result::Ok(__number) => {
                        ::core::result::Result::Ok(<Self as __nl::Number>::from_number(__number))
                    }
                    ::core::result::Result::Err(__error) => ::core::result::Result::Err(__error),
                }
            }

            fn to_payload(&self, __out: &mut __nl::Writer) {
                <#primitive as __nl::Value<'__nl, __E>>::to_payload(&<Self as __nl::Number>::number(self), __out);
            }

            fn emit(&self, __id: ::core::primitive::u16, __out: &mut __nl::Writer) {
                <#primitive as __nl::Value<'__nl, __E>>::emit(&<Self as __nl::Number>::number(self), __id, __out);
            }
        }

        #select
    }
}

/// What a number can be besides: a selector, and limited.
fn selects(container: &Container<'_>, primitive: &TokenStream) -> TokenStream {
    let (ident, unlisted) = (container.ident(), unlisted());
    quote! {
        #unlisted
        #[automatically_derived]
        impl __nl::Select for #ident {
            fn key(&self) -> ::core::option::Option<__nl::Key<'_>> {
                __nl::number_key(<Self as __nl::Number>::number(self))
            }

            fn from_key(__key: __nl::Key<'static>) -> ::core::option::Option<Self> {
                match <#primitive as __nl::Select>::from_key(__key) {
                    ::core::option::Option::Some(__number) => {
                        ::core::option::Option::Some(<Self as __nl::Number>::from_number(__number))
                    }
                    ::core::option::Option::None => ::core::option::Option::None,
                }
            }
        }

        #unlisted
        #[automatically_derived]
        impl __nl::Ranged for #ident {
            fn range_of(&self) -> ::core::option::Option<(::core::primitive::i128, ::core::primitive::i128)> {
                __nl::Ranged::range_of(&<Self as __nl::Number>::number(self))
            }
        }
    }
}

pub(crate) fn flags(container: &Container<'_>, prefix: Option<&TokenStream>) -> TokenStream {
    let ident = container.ident();
    if container.broken {
        return TokenStream::new();
    }
    let bits = quote!(<#ident as __nl::bitflags::Flags>::Bits);
    let number = number_impls(container, &bits, &quote!(Flags), &quote!(NlFlags));
    let schema = schema::flags(container, prefix);
    scope(
        container,
        &quote! {
            #[automatically_derived]
            impl __nl::NlFlags for #ident {
                #schema
            }

            #[automatically_derived]
            impl __nl::Number for #ident {
                type Number = #bits;

                fn from_number(__number: #bits) -> Self {
                    <Self as __nl::bitflags::Flags>::from_bits_retain(__number)
                }

                fn number(&self) -> #bits {
                    <Self as __nl::bitflags::Flags>::bits(self)
                }
            }

            #number
        },
    )
}
