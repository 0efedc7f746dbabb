//! What a declaration becomes. Nothing here can fail: all that can be wrong was checked before.
//!
//! Paths are absolute, and names of our own start with two underscores, so that nothing a user declares can change
//! what the generated code means.

pub(crate) mod choice;
pub(crate) mod debug;
mod decode_set;
mod encode_set;
mod encoding;
pub(crate) mod family;
mod layout;
pub(crate) mod message;
pub(crate) mod number;
pub(crate) mod schema;
pub(crate) mod structure;
pub(crate) mod union;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    GenericParam, Generics, Ident, Lifetime, Type, WherePredicate, ext::IdentExt, parse_quote, spanned::Spanned,
};

pub(crate) use encoding::encoding;

use crate::ir::Container;

/// The place of the user's tokens, but not as if the user had written what is generated there: errors point to it, and
/// lints about style leave it alone.
pub(crate) fn place(tokens: &impl Spanned) -> Span {
    Span::call_site().located_at(tokens.span())
}

/// The name as errors tell it: `type`, not `r#type`.
pub(crate) fn name_of(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Puts the implementations into a scope of their own, with a short name for ours.
pub(crate) fn scope(container: &Container<'_>, items: &TokenStream) -> TokenStream {
    let krate = &container.krate;
    quote! {
        // What is deprecated is declared all the same.
        #[allow(deprecated)]
        const _: () = {
            use #krate::__private as __nl;
            #items
        };
    }
}

/// The generics of the implementations: those of the type, and a lifetime for the message if the type has none.
pub(crate) struct ImplGenerics {
    /// The message.
    pub(crate) buffer: Lifetime,
    pub(crate) generics: Generics,
    /// The generics without a lifetime added.
    pub(crate) own: Generics,
}

impl ImplGenerics {
    pub(crate) fn new(container: &Container<'_>) -> Self {
        let own = container.input.generics.clone();
        let mut generics = own.clone();
        let buffer = match container.lifetime {
            Some(lifetime) => lifetime.clone(),
            None => {
                let buffer = Lifetime::new("'__nl", Span::mixed_site());
                generics.params.insert(0, parse_quote!(#buffer));
                buffer
            }
        };
        Self { buffer, generics, own }
    }

    /// Adds a bound for a field whose type depends on a parameter: rustc can only check it where that is known.
    pub(crate) fn bound(&mut self, container: &Container<'_>, ty: &Type, bound: &TokenStream) {
        if mentions(ty, &type_params(container)) {
            let predicate: WherePredicate = parse_quote!(#ty: #bound);
            self.generics.make_where_clause().predicates.push(predicate);
        }
    }
}

pub(crate) fn type_params<'c>(container: &Container<'c>) -> Vec<&'c Ident> {
    let params = container.input.generics.params.iter();
    params
        .filter_map(|param| match param {
            GenericParam::Type(param) => Some(&param.ident),
            _ => None,
        })
        .collect()
}

/// Whether a type depends on one of these parameters.
pub(crate) fn mentions(ty: &impl ToTokens, params: &[&Ident]) -> bool {
    fn search(tokens: TokenStream, params: &[&Ident]) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => params.iter().any(|param| **param == ident),
            TokenTree::Group(group) => search(group.stream(), params),
            _ => false,
        })
    }
    !params.is_empty() && search(ty.to_token_stream(), params)
}

/// The type with its lifetime replaced; `None` if it does not contain it.
pub(crate) fn rebind(ty: impl ToTokens, from: &Lifetime, to: &TokenStream) -> Option<TokenStream> {
    fn replace(tokens: TokenStream, from: &Lifetime, to: &TokenStream, found: &mut bool) -> TokenStream {
        let mut result = TokenStream::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '\'' => match tokens.peek() {
                    Some(TokenTree::Ident(ident)) if *ident == from.ident => {
                        tokens.next();
                        result.extend(to.clone());
                        *found = true;
                    }
                    _ => result.extend([TokenTree::Punct(punct)]),
                },
                TokenTree::Group(group) => {
                    let mut inner =
                        proc_macro2::Group::new(group.delimiter(), replace(group.stream(), from, to, found));
                    inner.set_span(group.span());
                    result.extend([TokenTree::Group(inner)]);
                }
                token => result.extend([token]),
            }
        }
        result
    }
    let mut found = false;
    let replaced = replace(ty.into_token_stream(), from, to, &mut found);
    found.then_some(replaced)
}

/// `<Type as Trait<..>>`, with the span of the type, so that rustc's errors about it point there.
pub(crate) fn qualified(ty: &Type, of: &TokenStream) -> TokenStream {
    quote_spanned!(place(ty)=> <#ty as #of>)
}

/// The types of `netlink_core` itself are no examples of what a user could write: rustc need not list them.
///
/// Only inside of the crate: under `no_implicit_prelude`, a user's module does not know `diagnostic`.
pub(crate) fn unlisted() -> Option<TokenStream> {
    let own = std::env::var("CARGO_CRATE_NAME").is_ok_and(|name| name == "netlink_core");
    own.then(|| quote!(#[diagnostic::do_not_recommend]))
}

/// The body for a declaration with mistakes: it is never run, since the program does not compile.
pub(crate) fn broken() -> TokenStream {
    quote!(::core::unreachable!())
}

/// The type with its lifetime replaced.
fn with_lifetime(container: &Container<'_>, to: &TokenStream) -> TokenStream {
    let ident = container.ident();
    let (_, type_generics, _) = container.input.generics.split_for_impl();
    match container.lifetime {
        Some(lifetime) => rebind(quote!(#ident #type_generics), lifetime, to).unwrap_or_default(),
        None => quote!(#ident #type_generics),
    }
}

/// `Body`, for everything that can be one. A type with parameters has no name by itself.
pub(crate) fn body(container: &Container<'_>) -> TokenStream {
    if container.has_type_params() {
        return TokenStream::new();
    }
    let ident = container.ident();
    let (impl_generics, type_generics, where_clause) = container.input.generics.split_for_impl();
    let of = with_lifetime(container, &quote!('__of));
    let buffer = container.lifetime.map_or_else(|| quote!('static), ToTokens::to_token_stream);
    quote! {
        #[automatically_derived]
        impl #impl_generics __nl::Body for #ident #type_generics #where_clause {
            type Of<'__of> = #of;
            const LAYOUT: __nl::schema::Kind = <Self as __nl::Value<#buffer>>::KIND;
        }
    }
}

/// `IntoOwned`, with the code that turns `self` into the owning value.
pub(crate) fn ownership(container: &Container<'_>, into_owned: &TokenStream) -> TokenStream {
    let Some(params) = ownable_params(container) else { return TokenStream::new() };
    let ident = container.ident();
    let mut generics = container.input.generics.clone();
    let is_param = |ty: &Type| params.iter().any(|param| ty.to_token_stream().to_string() == param.to_string());
    for ty in container.field_types().filter(|ty| mentions(ty, &params) && !is_param(ty)) {
        // Only rustc can tell, where the parameters are known.
        let owned = own_params(&with_static(container, ty.to_token_stream()), &params);
        let predicate: WherePredicate = parse_quote!(#ty: __nl::IntoOwned<Owned = #owned>);
        generics.make_where_clause().predicates.push(predicate);
    }
    for predicate in demands(container, &params) {
        generics.make_where_clause().predicates.push(predicate);
    }
    for param in &params {
        generics.make_where_clause().predicates.push(parse_quote!(#param: __nl::IntoOwned));
    }
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let owned = own_params(&with_lifetime(container, &quote!('static)), &params);
    let code = if container.broken { broken() } else { into_owned.clone() };
    let unlisted = unlisted();
    quote! {
        #unlisted
        #[automatically_derived]
        impl #impl_generics __nl::IntoOwned for #ident #type_generics #where_clause {
            type Owned = #owned;
            #[inline]
            fn into_owned(self) -> <Self as __nl::IntoOwned>::Owned {
                #code
            }
        }
    }
}

/// The parameters that become owning ones; `None` for a type that cannot own its data.
fn ownable_params<'c>(container: &Container<'c>) -> Option<Vec<&'c Ident>> {
    let params = type_params(container);
    // What may have no size cannot be moved.
    let of_any_size = has_question_mark(container.input.generics.to_token_stream())
        || has_question_mark(container.input.generics.where_clause.to_token_stream());
    (!container.borrowed && !of_any_size).then_some(params)
}

fn has_question_mark(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '?'))
}

/// What the declaration demands of its parameters, demanded of those that own.
fn demands(container: &Container<'_>, params: &[&Ident]) -> Vec<WherePredicate> {
    let generics = &container.input.generics;
    let bounds = generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) if !param.bounds.is_empty() => {
            let (ident, bounds) = (&param.ident, &param.bounds);
            Some(quote!(#ident: #bounds))
        }
        _ => None,
    });
    let clauses =
        generics.where_clause.iter().flat_map(|clause| clause.predicates.iter().map(ToTokens::to_token_stream));
    let of_params = bounds.chain(clauses).filter(|predicate| mentions(predicate, params));
    of_params
        .map(|predicate| {
            let owned = own_params(&with_static(container, predicate), params);
            parse_quote!(#owned)
        })
        .collect()
}

fn with_static(container: &Container<'_>, ty: TokenStream) -> TokenStream {
    match container.lifetime {
        Some(lifetime) => rebind(ty.clone(), lifetime, &quote!('static)).unwrap_or(ty),
        None => ty,
    }
}

/// The tokens with `<T as IntoOwned>::Owned` for each parameter `T`.
fn own_params(tokens: &TokenStream, params: &[&Ident]) -> TokenStream {
    let tokens = tokens.clone().into_iter().map(|token| match token {
        TokenTree::Ident(ident) if params.iter().any(|param| **param == ident) => {
            quote!(<#ident as __nl::IntoOwned>::Owned)
        }
        TokenTree::Group(group) => {
            let inner = proc_macro2::Group::new(group.delimiter(), own_params(&group.stream(), params));
            TokenTree::Group(inner).into()
        }
        token => token.into(),
    });
    tokens.collect()
}

/// A field's value, owning its data.
pub(crate) fn owned(container: &Container<'_>, ty: &Type, value: &TokenStream) -> TokenStream {
    let itself = Ident::new("Self", Span::call_site());
    let borrows = |lifetime| mentions(ty, &[&itself]) || rebind(ty, lifetime, &quote!('static)).is_some();
    let generic = mentions(ty, &type_params(container));
    match container.lifetime.filter(|lifetime| borrows(lifetime)).map(|_| ()).or(generic.then_some(())) {
        Some(()) => quote_spanned!(place(ty)=> <#ty as __nl::IntoOwned>::into_owned(#value)),
        None => value.clone(),
    }
}
