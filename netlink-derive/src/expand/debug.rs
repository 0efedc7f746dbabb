//! `NlDebug`: what a person wants to read, without what is absent.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput, Fields, Ident};

use super::{name_of, place, scope};
use crate::ir::Container;

pub(crate) fn expand(container: &Container<'_>, header: Option<&Ident>) -> TokenStream {
    let ident = container.ident();
    let name = name_of(ident);
    let mut generics = container.input.generics.clone();
    for param in super::type_params(container) {
        generics.make_where_clause().predicates.push(syn::parse_quote!(#param: ::core::fmt::Debug));
    }
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let fields = fields(container.input, header);
    scope(
        container,
        &quote! {
            #[automatically_derived]
            impl #impl_generics ::core::fmt::Debug for #ident #type_generics #where_clause {
                #[inline]
                fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    let mut __fields = ::core::fmt::Formatter::debug_struct(__f, #name);
                    #(#fields)*
                    __fields.finish()
                }
            }
        },
    )
}

/// Whether a field has anything to show is for its type to say.
fn fields(input: &DeriveInput, header: Option<&Ident>) -> Vec<TokenStream> {
    let Data::Struct(data) = &input.data else { return Vec::new() };
    let Fields::Named(named) = &data.fields else { return Vec::new() };
    let fields = named.named.iter().filter_map(|field| Some((field, field.ident.as_ref()?)));
    let shown = fields.map(|(field, ident)| {
        let (ty, name) = (&field.ty, name_of(ident));
        if header == Some(ident) {
            return quote!(__fields.field(#name, &self.#ident););
        }
        quote_spanned! {place(ty)=>
            if let ::core::option::Option::Some(__value) = <#ty as __nl::Shown>::shown(&self.#ident) {
                __fields.field(#name, __value);
            }
        }
    });
    shown.collect()
}
