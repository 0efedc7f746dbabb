//! What the declaration of a family says about itself.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Lit;

use crate::{
    expand::{
        name_of, place, qualified,
        schema::{Docs, constant, docs, option},
    },
    ir::{Container, Family, Permission},
};

pub(super) fn family(container: &Container<'_>, family: &Family<'_>) -> TokenStream {
    if container.broken {
        return TokenStream::new();
    }
    let doc = docs(&container.input.attrs).doc;
    let (own, own_groups) = (operations(&container.ident().to_token_stream(), family), groups(family));
    let parts: Vec<_> = family
        .parts
        .iter()
        .map(|part| {
            let ident = container.ident();
            qualified(&part.ty, &quote!(__nl::Part<#ident>))
        })
        .collect();
    let all = |own: TokenStream, what: &str, ty: &str| {
        if parts.is_empty() {
            return own;
        }
        let (what, ty, joined) =
            (format_ident!("{what}"), format_ident!("{ty}"), format_ident!("joined_{}", what.to_lowercase()));
        quote!({
            const PARTS: &[&[__nl::schema::#ty]] = &[#own, #(#parts::#what),*];
            const ALL: [__nl::schema::#ty; __nl::count(PARTS)] = __nl::#joined(PARTS);
            &ALL
        })
    };
    let (operations, groups) = (all(own, "OPERATIONS", "Operation"), all(own_groups, "GROUPS", "Group"));
    constant(
        "Family",
        &quote! {
            name: <Self as __nl::NlFamily>::INFO.name,
            doc: #doc,
            protocol: <<Self as __nl::NlFamily>::Protocol as __nl::protocol::IsProtocol>::PROTOCOL,
            kind: <Self as __nl::NlFamily>::INFO.kind,
            operations: #operations,
            groups: #groups,
        },
    )
}

/// The operations, whose constants the type `owner` has.
pub(super) fn operations(owner: &TokenStream, family: &Family<'_>) -> TokenStream {
    let operations = family.operations.iter().map(|operation| {
        let ty = &operation.field.ty;
        let Docs { doc, kernel } = docs(&operation.field.attrs);
        let constant = format_ident!("{}", name_of(operation.ident).to_uppercase());
        let bodies = quote_spanned!(place(ty)=> <#ty as __nl::Described>::BODIES);
        let unchecked = operation.dont_validate.iter().map(name_of);
        let permission = option(operation.permission.map(|permission| match permission {
            Permission::Admin => quote!(__nl::schema::Permission::Admin),
            Permission::UnsAdmin => quote!(__nl::schema::Permission::UnsAdmin),
        }));
        let demands = (operation.permission.is_some() || !operation.dont_validate.is_empty())
            .then(|| quote!(.demanding(#permission, &[#(#unchecked),*])));
        quote!(<#owner>::#constant.describe(#kernel, #doc, #bodies) #demands)
    });
    quote!(&[#(#operations),*])
}

pub(super) fn groups(family: &Family<'_>) -> TokenStream {
    let groups = family.groups.iter().map(|group| {
        let (name, value) = (name_of(group.ident), &group.value);
        let Docs { doc, kernel } = docs(&group.field.attrs);
        let (kernel, number) = match value {
            Lit::Str(_) => (option(Some(value)), option(None::<TokenStream>)),
            _ => (kernel, option(Some(value))),
        };
        quote!(__nl::schema::Group { name: #name, doc: #doc, kernel: #kernel, number: #number })
    });
    quote!(&[#(#groups),*])
}
