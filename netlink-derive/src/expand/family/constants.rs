//! A constant for each operation and each group.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use crate::{
    expand::{name_of, place},
    ir::{Begins, Family, Speaks},
};

/// `pub const GET: Operation<Sensors, DoDump<...>>`, documented as the field is.
pub(super) fn constants(family: &Family<'_>, nl: &TokenStream) -> Vec<TokenStream> {
    let operations = family.operations.iter().map(|operation| {
        let (vis, ty, request) = (&operation.field.vis, &operation.field.ty, &operation.request);
        let docs = operation.field.attrs.iter().filter(|attr| attr.path().is_ident("doc"));
        let name = name_of(operation.ident);
        let constant = format_ident!("{}", name.to_uppercase(), span = operation.ident.span());
        // Constants of their own, so that a number of the wrong type is one plain error.
        let number = quote_spanned!(place(request)=> const __REQUEST: ::core::primitive::u16 = #request;);
        let reply = operation.reply.as_ref().map_or_else(
            || {
                quote!(
                    const __REPLY: ::core::primitive::u16 = __REQUEST;
                )
            },
            |reply| quote_spanned!(place(reply)=> const __REPLY: ::core::primitive::u16 = #reply;),
        );
        let generic = matches!(family.speaks, Speaks::Generic { .. });
        let fits = generic.then(|| {
            quote_spanned! {place(request)=>
                ::core::assert!(
                    __REQUEST <= 255 && __REPLY <= 255,
                    "the numbers of a generic family's operations are commands of 8 bits: 0 to 255"
                );
            }
        });
        let begins = operation.begins.as_ref().map(|begins| match begins {
            Begins::With(byte) => quote_spanned!(place(byte)=> .beginning(#nl::Begins::With(#byte))),
            Begins::Not(byte) => quote_spanned!(place(byte)=> .beginning(#nl::Begins::Not(#byte))),
        });
        let answers = [(&operation.reply, "reply"), (&operation.also, "also")].map(|(number, word)| {
            let number = number.as_ref()?;
            let described = quote_spanned!(place(ty)=> <#ty as #nl::Described>);
            let said = format!("a notification answers nothing, so it has one number and no `{word}`");
            Some(quote_spanned! {place(number)=>
                ::core::assert!(
                    #described::BODIES.request.is_some() || #described::BODIES.dump_request.is_some(),
                    #said
                );
            })
        });
        let answers = answers.into_iter().flatten();
        let also = operation.also.as_ref().map(|also| {
            let fits = generic.then(|| {
                quote_spanned! {place(also)=>
                    ::core::assert!(
                        __ALSO <= 255,
                        "the numbers of a generic family's operations are commands of 8 bits: 0 to 255"
                    );
                }
            });
            quote_spanned! {place(also)=>
                const __ALSO: ::core::primitive::u16 = #also;
                ::core::assert!(__ALSO != __REPLY, "`also` is another number than the one that replies have anyhow");
                #fits
            }
        });
        let or = operation.also.as_ref().map(|also| quote_spanned!(place(also)=> .or_reply(__ALSO)));
        quote! {
            #(#docs)*
            #vis const #constant: #nl::Operation<Self, #ty> = {
                #number
                #reply
                #fits
                #(#answers)*
                #also
                #nl::Operation::new(#name, __REQUEST, __REPLY) #or #begins
            };
        }
    });
    let groups = family.groups.iter().map(|group| {
        let (vis, value) = (&group.field.vis, &group.value);
        let docs = group.field.attrs.iter().filter(|attr| attr.path().is_ident("doc"));
        let constant = format_ident!("{}", group.ident.to_string().to_uppercase(), span = group.ident.span());
        let make = match value {
            syn::Lit::Str(_) => quote!(named),
            _ => quote!(numbered),
        };
        quote! {
            #(#docs)*
            #vis const #constant: #nl::MulticastGroup<Self> = #nl::MulticastGroup::#make(#value);
        }
    });
    operations.chain(groups).collect()
}
