//! `NlFamily`: a constant for each operation and each group.

mod constants;
mod schema;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::{name_of, place, scope};
use crate::ir::{Container, Family, Speaks};

pub(crate) fn expand(container: &Container<'_>, family: &Family<'_>) -> TokenStream {
    let ident = container.ident();
    let krate = &container.krate;
    if !container.input.generics.params.is_empty() {
        // That was reported, and nothing could be made of it.
        return TokenStream::new();
    }
    // Constants of a part are those of the family: where they are declared is no matter of whoever uses them.
    let owner = match &family.speaks {
        Speaks::PartOf(whole) => whole.to_token_stream(),
        _ => ident.to_token_stream(),
    };
    let constants =
        if container.broken { Vec::new() } else { constants::constants(family, &quote!(#krate::__private)) };
    let implementation = match &family.speaks {
        Speaks::PartOf(_) if container.broken => TokenStream::new(),
        Speaks::PartOf(whole) => {
            let (operations, groups) = (schema::operations(&owner, family), schema::groups(family));
            let checked = quote_spanned!(place(whole)=> __nl::check_part::<#whole, #ident>());
            quote! {
                #[automatically_derived]
                impl __nl::Part<#whole> for #ident {
                    const OPERATIONS: &'static [__nl::schema::Operation] = #operations;
                    const GROUPS: &'static [__nl::schema::Group] = #groups;
                }
                const _: () = #checked;
            }
        }
        _ => whole(container, family),
    };
    let used = used(container, family);
    let implementations = scope(container, &quote!(#implementation #used));
    quote! {
        #[automatically_derived]
        impl #owner {
            #(#constants)*
        }

        #implementations
    }
}

/// What makes it a family.
fn whole(container: &Container<'_>, family: &Family<'_>) -> TokenStream {
    let ident = container.ident();
    let (protocol, info) = match &family.speaks {
        Speaks::Unsaid | Speaks::PartOf(_) => {
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
    let schema = schema::family(container, family);
    let checked = (!container.broken).then(|| {
        quote_spanned! {place(ident)=>
            const _: () = __nl::check_family::<#ident>();
        }
    });
    quote! {
        #[automatically_derived]
        impl __nl::NlFamily for #ident {
            type Protocol = #protocol;
            const INFO: __nl::FamilyInfo = #info;
            #schema
        }
        #checked
    }
}

/// The fields are never read: they only say what the constants are.
fn used(container: &Container<'_>, family: &Family<'_>) -> TokenStream {
    let ident = container.ident();
    let operations = family.operations.iter().map(|operation| operation.ident);
    let groups = family.groups.iter().map(|group| group.ident);
    let parts = family.parts.iter().filter_map(|part| part.ident.as_ref());
    let fields = operations.chain(groups).chain(parts);
    let groups = family.groups.iter().map(|group| super::qualified(&group.field.ty, &quote!(__nl::IsGroup)));
    quote! {
        #[allow(dead_code)]
        fn __used(__family: &#ident) {
            #(let _ = &__family.#fields;)*
            #(let () = #groups::IS;)*
        }
    }
}
