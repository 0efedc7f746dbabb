//! `NlUnion`: the variant is what the selector says.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{ImplGenerics, broken, owned, ownership, place, qualified, schema, scope};
use crate::ir::{Choice, Container, Union};

pub(crate) fn expand(container: &Container<'_>, union: &Union<'_>) -> TokenStream {
    let ident = container.ident();
    let mut generics = ImplGenerics::new(container);
    let buffer = generics.buffer.clone();
    for ty in union.variants.iter().filter_map(|choice| choice.ty) {
        generics.bound(container, ty, &quote!(__nl::Value<#buffer>));
    }
    let (impl_generics, _, where_clause) = generics.generics.split_for_impl();
    let (_, type_generics, _) = generics.own.split_for_impl();
    let methods = match union.other {
        Some((other, other_ty)) if !container.broken => methods(union, other, other_ty, &quote!(#buffer)),
        _ => broken_methods(),
    };
    let ownership = ownership(container, &into_owned(container, union));
    let schema = schema::union(container, union, &quote!(#buffer));
    let [decode_as, key, is_selected_by, flags, to_payload] = methods;
    scope(
        container,
        &quote! {
            #[automatically_derived]
            impl #impl_generics __nl::NlUnion<#buffer> for #ident #type_generics #where_clause {
                #schema

                #[allow(unused_variables)]
                #[inline]
                fn decode_as(
                    __key: ::core::option::Option<__nl::Key<'_>>,
                    __kind: ::core::primitive::u16,
                    __payload: &#buffer [::core::primitive::u8],
                    __cx: &__nl::Context<'_, #buffer>,
                ) -> ::core::result::Result<Self, __nl::DecodeError> {
                    #decode_as
                }

                fn key(&self) -> ::core::option::Option<__nl::Key<'static>> {
                    #key
                }

                #[allow(unused_variables)]
                fn is_selected_by(&self, __key: __nl::Key<'_>) -> ::core::primitive::bool {
                    #is_selected_by
                }

                fn flags(&self) -> ::core::primitive::u16 {
                    #flags
                }

                #[allow(unused_variables)]
                fn to_payload(&self, __out: &mut __nl::Writer) {
                    #to_payload
                }
            }

            #ownership
        },
    )
}

/// A key as a constant of a type that can select. Literals get a type of their own: `0x8000_0000` is no `i32`.
pub(crate) fn key(key: &TokenStream) -> TokenStream {
    match syn::parse2::<syn::LitInt>(key.clone()) {
        Ok(literal) if literal.base10_digits().starts_with('-') => {
            quote_spanned!(place(&literal)=> (#literal as ::core::primitive::i64))
        }
        Ok(literal) if literal.suffix().is_empty() => {
            quote_spanned!(place(&literal)=> (#literal as ::core::primitive::u64))
        }
        _ => key.clone(),
    }
}

/// What the selector says for this key, with the key's place: a constant that cannot select is at fault there.
pub(crate) fn select(written: &TokenStream) -> TokenStream {
    let value = key(written);
    quote_spanned!(place(written)=> __nl::Select::key(&#value))
}

/// Whether the selector says this key.
fn is_key(written: &TokenStream) -> TokenStream {
    let select = select(written);
    quote!(#select == ::core::option::Option::Some(__key))
}

fn payload(choice: &Choice<'_>, with: &TokenStream) -> TokenStream {
    match choice.ty {
        Some(_) => quote!((#with)),
        None => TokenStream::new(),
    }
}

fn methods(union: &Union<'_>, other: &syn::Ident, other_ty: &syn::Type, buffer: &TokenStream) -> [TokenStream; 5] {
    let value = quote!(__nl::Value<#buffer>);
    let tries = union.variants.iter().map(|choice| {
        let ident = choice.ident;
        let keys = choice.keys.iter().map(is_key);
        let decoded = match choice.ty {
            Some(ty) => {
                let value = qualified(ty, &value);
                quote!(::core::result::Result::map(#value::from_payload(__payload, __cx), Self::#ident))
            }
            None => quote!(::core::result::Result::Ok(Self::#ident)),
        };
        quote! {
            if #(#keys)||* {
                return #decoded;
            }
        }
    });
    let keep = qualified(other_ty, &quote!(__nl::KeepRaw<#buffer>));
    let decode_as = quote! {
        if let ::core::option::Option::Some(__key) = __key {
            #(#tries)*
        }
        ::core::result::Result::Ok(Self::#other(#keep::keep(__kind, __payload)))
    };
    let [key, is_selected_by] = keys(union, other);
    let (flags, to_payload) = (flags(union, other, other_ty, buffer), to_payload(union, other, other_ty, buffer));
    [decode_as, key, is_selected_by, flags, to_payload]
}

/// Which key selects a variant, and whether a key does.
fn keys(union: &Union<'_>, other: &syn::Ident) -> [TokenStream; 2] {
    let keys = union.variants.iter().map(|choice| {
        let (ident, any) = (choice.ident, payload(choice, &quote!(_)));
        let key = choice.keys.first().map(select);
        quote!(Self::#ident #any => #key,)
    });
    let selected = union.variants.iter().map(|choice| {
        let (ident, any) = (choice.ident, payload(choice, &quote!(_)));
        let keys = choice.keys.iter().map(is_key);
        quote!(Self::#ident #any => #(#keys)||*,)
    });
    [
        quote!(match self { #(#keys)* Self::#other(_) => ::core::option::Option::None }),
        // What is not declared goes with any selector.
        quote!(match self { #(#selected)* Self::#other(_) => true }),
    ]
}

fn flags(union: &Union<'_>, other: &syn::Ident, other_ty: &syn::Type, buffer: &TokenStream) -> TokenStream {
    let keep = qualified(other_ty, &quote!(__nl::KeepRaw<#buffer>));
    let flags = union.variants.iter().map(|choice| {
        let (ident, any) = (choice.ident, payload(choice, &quote!(_)));
        let flags = match choice.ty {
            Some(ty) => {
                let value = qualified(ty, &quote!(__nl::Value<#buffer>));
                quote!(#value::FLAGS)
            }
            None => quote!(0),
        };
        quote!(Self::#ident #any => #flags,)
    });
    quote_spanned!(place(other_ty)=> match self { #(#flags)* Self::#other(__raw) => #keep::flags(__raw) })
}

fn to_payload(union: &Union<'_>, other: &syn::Ident, other_ty: &syn::Type, buffer: &TokenStream) -> TokenStream {
    let keep = qualified(other_ty, &quote!(__nl::KeepRaw<#buffer>));
    let writes = union.variants.iter().map(|choice| {
        let (ident, bound) = (choice.ident, payload(choice, &quote!(__value)));
        let write = choice.ty.map(|ty| {
            let value = qualified(ty, &quote!(__nl::Value<#buffer>));
            quote!(#value::to_payload(__value, __out))
        });
        quote!(Self::#ident #bound => { #write })
    });
    quote!(match self { #(#writes)* Self::#other(__raw) => #keep::to_payload(__raw, __out) })
}

fn broken_methods() -> [TokenStream; 5] {
    [broken(), broken(), broken(), broken(), broken()]
}

fn into_owned(container: &Container<'_>, union: &Union<'_>) -> TokenStream {
    let enum_ident = container.ident();
    let choices = union.variants.iter().map(|choice| (choice.ident, choice.ty));
    let other = union.other.iter().map(|(ident, ty)| (*ident, Some(*ty)));
    let arms = choices.chain(other).map(|(ident, ty)| match ty {
        Some(ty) => {
            let value = owned(container, ty, &quote!(__value));
            quote!(Self::#ident(__value) => #enum_ident::#ident(#value),)
        }
        None => quote!(Self::#ident => #enum_ident::#ident,),
    });
    quote!(match self { #(#arms)* })
}
