//! `NlFamily`: a constant for each operation and each group.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::{name_of, place, schema, scope};
use crate::ir::{Container, Family, Speaks};

pub(crate) fn expand(container: &Container<'_>, family: &Family<'_>) -> TokenStream {
    let ident = container.ident();
    let krate = &container.krate;
    if !container.input.generics.params.is_empty() {
        // That was reported, and nothing could be made of it.
        return TokenStream::new();
    }
    let (protocol, info) = match &family.speaks {
        Speaks::Unsaid => {
            (quote!(__nl::protocol::Generic), quote!(__nl::FamilyInfo { name: "", kind: __nl::FamilyKind::Raw }))
        }
        Speaks::Protocol(protocol) => {
            let name = name_of(ident);
            let marker = match protocol.get_ident() {
                Some(own) => quote!(__nl::protocol::#own),
                None => quote!(#protocol),
            };
            (marker, quote!(__nl::FamilyInfo { name: #name, kind: __nl::FamilyKind::Raw }))
        }
        Speaks::Generic { name, version } => {
            let version = version.clone().unwrap_or_else(|| quote!(1));
            let kind = quote!(__nl::FamilyKind::Generic { version: #version });
            (quote!(__nl::protocol::Generic), quote!(__nl::FamilyInfo { name: #name, kind: #kind }))
        }
    };
    let constants = if container.broken { Vec::new() } else { constants(family, &quote!(#krate::__private)) };
    let schema = schema::family(container, family);
    let fields = family.operations.iter().map(|op| op.ident).chain(family.groups.iter().map(|group| group.ident));
    let groups = family.groups.iter().map(|group| super::qualified(&group.field.ty, &quote!(__nl::IsGroup)));
    let implementations = scope(
        container,
        &quote! {
            #[automatically_derived]
            impl __nl::NlFamily for #ident {
                type Protocol = #protocol;
                const INFO: __nl::FamilyInfo = #info;
                #schema
            }

            // The fields are never read: they only say what the constants are.
            #[allow(dead_code)]
            fn __used(__family: &#ident) {
                #(let _ = &__family.#fields;)*
                #(let () = #groups::IS;)*
            }
        },
    );
    quote! {
        #[automatically_derived]
        impl #ident {
            #(#constants)*
        }

        #implementations
    }
}

/// `pub const GET: Operation<Sensors, DoDump<...>>`, documented as the field is.
fn constants(family: &Family<'_>, nl: &TokenStream) -> Vec<TokenStream> {
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
        let fits = matches!(family.speaks, Speaks::Generic { .. }).then(|| {
            quote_spanned! {place(request)=>
                ::core::assert!(
                    __REQUEST <= 255 && __REPLY <= 255,
                    "the numbers of a generic family's operations are commands of 8 bits: 0 to 255"
                );
            }
        });
        let answers = operation.reply.as_ref().map(|reply| {
            let described = quote_spanned!(place(ty)=> <#ty as #nl::Described>);
            quote_spanned! {place(reply)=>
                ::core::assert!(
                    #described::BODIES.request.is_some() || #described::BODIES.dump_request.is_some(),
                    "a notification answers nothing, so it has one number and no `reply`"
                );
            }
        });
        quote! {
            #(#docs)*
            #vis const #constant: #nl::Operation<Self, #ty> = {
                #number
                #reply
                #fits
                #answers
                #nl::Operation::new(#name, __REQUEST, __REPLY)
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
