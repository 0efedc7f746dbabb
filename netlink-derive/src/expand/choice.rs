//! `NlMessage` on an enum: one attribute of several.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    ImplGenerics, broken, encoding, message::number_in_range, name_of, owned, ownership, qualified, schema, scope,
};
use crate::ir::{Choices, Container};

pub(crate) fn expand(container: &Container<'_>, choices: &Choices<'_>) -> TokenStream {
    let ident = container.ident();
    let generics = ImplGenerics::new(container);
    let buffer = generics.buffer.clone();
    let (impl_generics, _, where_clause) = generics.generics.split_for_impl();
    let (_, type_generics, _) = generics.own.split_for_impl();
    let (from_attr, emit) = match choices.other {
        Some(other) if !container.broken => methods(choices, other, &quote!(#buffer)),
        _ => (broken(), broken()),
    };
    let constants = choices.tokens.iter().filter(|_| !container.broken).map(|token| {
        let (constant, id) = (&token.constant, &token.id);
        let (declared, in_range) = (constant.declare(id), number_in_range(id, &quote!(#constant)));
        quote!(#declared #in_range)
    });
    let schema = schema::choices(container, choices, &quote!(#buffer));
    let ownership = ownership(container, &into_owned(container, choices));
    scope(
        container,
        &quote! {
            #(#constants)*

            #[automatically_derived]
            impl #impl_generics __nl::AttrChoice<#buffer> for #ident #type_generics #where_clause {
                #schema

                #[deny(unreachable_patterns)]
                fn from_attr(
                    __kind: ::core::primitive::u16,
                    __payload: &#buffer [::core::primitive::u8],
                    __cx: &__nl::Context<'_, #buffer>,
                ) -> ::core::result::Result<Self, __nl::DecodeError> {
                    #from_attr
                }

                fn emit(&self, __out: &mut __nl::Writer) {
                    #emit
                }
            }

            #ownership
        },
    )
}

fn methods(
    choices: &Choices<'_>,
    (other, other_ty): (&syn::Ident, &syn::Type),
    buffer: &TokenStream,
) -> (TokenStream, TokenStream) {
    let reads = choices.tokens.iter().map(|token| {
        let (id, ident) = (&token.constant, token.ident);
        match token.ty {
            Some(ty) => {
                let encoding = encoding(&token.encoding);
                let value = qualified(ty, &quote!(__nl::Value<#buffer, #encoding>));
                let name = name_of(ident);
                quote! {
                    #id => ::core::result::Result::map(
                        __nl::within_member(__cx, #name, || #value::from_payload(__payload, __cx)),
                        Self::#ident,
                    ),
                }
            }
            None => quote!(#id => ::core::result::Result::Ok(Self::#ident),),
        }
    });
    let writes = choices.tokens.iter().map(|token| {
        let (id, ident) = (&token.constant, token.ident);
        match token.ty {
            Some(ty) => {
                let encoding = encoding(&token.encoding);
                let value = qualified(ty, &quote!(__nl::Value<#buffer, #encoding>));
                let name = name_of(ident);
                quote! {
                    Self::#ident(__value) => __nl::emit_token(|__out| #value::emit(__value, #id, __out), #name, __out),
                }
            }
            None => quote!(Self::#ident => __out.attr(#id, &[]),),
        }
    });
    let keep = qualified(other_ty, &quote!(__nl::KeepAttr<#buffer>));
    (
        quote! {
            match __kind & __nl::TYPE_MASK {
                #(#reads)*
                _ => ::core::result::Result::Ok(Self::#other(#keep::keep(__kind, __payload))),
            }
        },
        quote! {
            match self {
                #(#writes)*
                Self::#other(__attr) => #keep::emit(__attr, __out),
            }
        },
    )
}

fn into_owned(container: &Container<'_>, choices: &Choices<'_>) -> TokenStream {
    let enum_ident = container.ident();
    let tokens = choices.tokens.iter().map(|token| (token.ident, token.ty));
    let other = choices.other.iter().map(|(ident, ty)| (*ident, Some(*ty)));
    let arms = tokens.chain(other).map(|(ident, ty)| match ty {
        Some(ty) => {
            let value = owned(container, ty, &quote!(__value));
            quote!(Self::#ident(__value) => #enum_ident::#ident(#value),)
        }
        None => quote!(Self::#ident => #enum_ident::#ident,),
    });
    quote!(match self { #(#arms)* })
}
