//! What the declaration says about itself, as constants.
//!
//! Nothing is written for it: names are those of the fields, the kernel's names and the documentation are those that
//! rustdoc shows.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use super::{encoding, name_of, qualified, structure};
use crate::ir::{Choices, Container, Direction, Enum, LengthUnit, Limits, Message, Role, Selector, Struct, Union};

/// Documentation and the kernel's name of an item.
pub(super) struct Docs {
    pub(super) doc: String,
    pub(super) kernel: TokenStream,
}

pub(super) fn docs(attrs: &[Attribute]) -> Docs {
    let mut lines: Vec<String> = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        let Meta::NameValue(line) = &attr.meta else { continue };
        if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &line.value {
            lines.push(text.value().trim().to_owned());
        }
    }
    let first: Vec<String> = lines.into_iter().take_while(|line| !line.is_empty()).collect();
    Docs { doc: first.join(" "), kernel: option(kernel_name(attrs)) }
}

fn kernel_name(attrs: &[Attribute]) -> Option<TokenTree> {
    attrs.iter().filter(|attr| attr.path().is_ident("doc")).find_map(|attr| match &attr.meta {
        Meta::List(list) => alias(list.tokens.clone()),
        _ => None,
    })
}

/// The first literal of `alias = "IFLA_MTU"` or `alias("IFLA_MTU", "mtu")`, which other words may surround.
fn alias(tokens: TokenStream) -> Option<TokenTree> {
    let mut tokens = tokens.into_iter().skip_while(|token| !matches!(token, TokenTree::Ident(word) if word == "alias"));
    match tokens.nth(1)? {
        TokenTree::Punct(punct) if punct.as_char() == '=' => tokens.next(),
        TokenTree::Group(list) => list.stream().into_iter().next(),
        _ => None,
    }
}

pub(super) fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

pub(super) fn constant(ty: &str, fields: &TokenStream) -> TokenStream {
    let ty = format_ident!("{ty}");
    quote! {
        const SCHEMA: &'static __nl::schema::#ty = &__nl::schema::#ty { #fields };
    }
}

pub(crate) fn message(container: &Container<'_>, message: &Message<'_>, buffer: &TokenStream) -> TokenStream {
    let empty = Message::default();
    let message = if container.broken { &empty } else { message };
    let name = name_of(container.ident());
    let doc = docs(&container.input.attrs).doc;
    let header = option(message.header.as_ref().map(|header| {
        let (field, fixed) = (name_of(header.ident), qualified(header.ty, &quote!(__nl::Fixed)));
        quote!(__nl::schema::Header { field: #field, kind: #fixed::KIND, size: #fixed::SIZE })
    }));
    let attrs = message.fields.iter().map(|field| {
        let (id, name) = (&field.constant, name_of(field.ident));
        let Docs { doc, kernel } = docs(field.attrs);
        let encoding = encoding(&field.encoding);
        let slot = match field.select {
            Some(_) => qualified(field.ty, &quote!(__nl::UnionSlot<#buffer>)),
            None if field.merge => qualified(field.ty, &quote!(__nl::MergeSlot<#buffer>)),
            None => qualified(field.ty, &quote!(__nl::Slot<#buffer, #encoding>)),
        };
        let select = field.select.as_ref().map(|selector| selector_schema(message, selector, buffer));
        let select = option(select.map(|selector| quote!(&#selector)));
        let (required, plain, merge) = (field.required, field.plain, field.merge);
        let refused = option(field.refused.as_ref());
        let range = limits(field.range.as_ref(), &quote!(::core::primitive::i128));
        let len = limits(field.len.as_ref(), &quote!(::core::primitive::usize));
        let direction = match field.direction {
            Direction::Both => quote!(Both),
            Direction::Send => quote!(Send),
            Direction::Receive => quote!(Receive),
        };
        quote! {
            __nl::schema::Attr {
                id: #id,
                name: #name,
                kernel: #kernel,
                doc: #doc,
                kind: #slot::KIND,
                required: #required,
                range: #range,
                len: #len,
                select: #select,
                direction: __nl::schema::Direction::#direction,
                refused: #refused,
                plain: #plain,
                merge: #merge,
            }
        }
    });
    let keeps_unknown = message.unknown.is_some();
    let pad = option(message.pad.as_ref());
    constant(
        "Set",
        &quote! {
            name: #name,
            doc: #doc,
            header: #header,
            attrs: &[#(#attrs),*],
            pad: #pad,
            keeps_unknown: #keeps_unknown,
        },
    )
}

/// An enum whose variants are attributes says the same as a struct whose fields are.
pub(crate) fn choices(container: &Container<'_>, choices: &Choices<'_>, buffer: &TokenStream) -> TokenStream {
    let name = name_of(container.ident());
    let doc = docs(&container.input.attrs).doc;
    let tokens: &[_] = if container.broken { &[] } else { &choices.tokens };
    let attrs = tokens.iter().map(|token| {
        let (id, name) = (&token.constant, name_of(token.ident));
        let Docs { doc, kernel } = docs(token.attrs);
        let kind = match token.ty {
            Some(ty) => {
                let encoding = encoding(&token.encoding);
                let value = qualified(ty, &quote!(__nl::Value<#buffer, #encoding>));
                quote!(#value::KIND)
            }
            None => quote!(__nl::schema::Kind::Flag),
        };
        quote!(__nl::schema::Attr::of_token(#id, #name, #kernel, #doc, #kind))
    });
    constant(
        "Set",
        &quote! {
            name: #name,
            doc: #doc,
            header: ::core::option::Option::None,
            attrs: &[#(#attrs),*],
            pad: ::core::option::Option::None,
            keeps_unknown: true,
        },
    )
}

fn selector_schema(message: &Message<'_>, selector: &Selector, buffer: &TokenStream) -> TokenStream {
    match selector {
        Selector::Outer(outer) => {
            let selects = qualified(outer, &quote!(__nl::SelectsInner<#buffer>));
            quote!(__nl::schema::Selector::Outer { set: #selects::SET, id: #selects::ID })
        }
        Selector::Path(path) => match path.as_slice() {
            [field] => {
                let id = message.fields.iter().find(|other| other.ident == field).map(|other| &other.constant);
                quote!(__nl::schema::Selector::Attr(#id))
            }
            path => {
                let member = path.last().map(name_of).unwrap_or_default();
                quote!(__nl::schema::Selector::Header(#member))
            }
        },
    }
}

/// A limit as written, as an expression of the type; the type's own where there is none.
fn limits(limits: Option<&Limits>, ty: &TokenStream) -> TokenStream {
    option(limits.map(|limits| {
        let (min, max) = crate::expand::message::sides(limits, ty);
        quote!(&(#min, #max))
    }))
}

pub(crate) fn structure(container: &Container<'_>, structure: &Struct<'_>, buffer: &TokenStream) -> TokenStream {
    let empty = Struct::default();
    let (structure, size, align) = match container.broken {
        true => (&empty, quote!(0), quote!(1)),
        false => (structure, quote!(__SIZE), quote!(__ALIGN)),
    };
    let name = name_of(container.ident());
    let Docs { doc, kernel } = docs(&container.input.attrs);
    let members = structure.members.iter().enumerate().map(|(n, member)| {
        let member_name = name_of(member.ident);
        let Docs { doc, kernel } = docs(member.attrs);
        let encoding = encoding(&member.encoding);
        let at = format_ident!("__AT_{n}");
        let kind = match member.role {
            Role::Optional => qualified(member.ty, &quote!(__nl::OptionalMember<#encoding>)),
            Role::Fixed | Role::LenOf { .. } | Role::LenOfRecord => {
                qualified(member.ty, &quote!(__nl::Fixed<#encoding>))
            }
            Role::Rest => qualified(member.ty, &quote!(__nl::Value<#buffer, #encoding>)),
            Role::Select(_) => qualified(member.ty, &quote!(__nl::NlUnion<#buffer>)),
        };
        let size = if member.is_tail() { option(None::<TokenStream>) } else { option(Some(quote!(#kind::SIZE))) };
        let kind = match member.role {
            Role::Select(_) => quote!(__nl::schema::Kind::Union(#kind::schema)),
            _ => quote!(#kind::KIND),
        };
        let optional = matches!(member.role, Role::Optional);
        let unit = match structure::unit(member) {
            LengthUnit::Bytes => quote!(Bytes),
            LengthUnit::Bits => quote!(Bits),
            LengthUnit::Elements => {
                // Only a list that is there can be counted; `check` says so.
                let list = structure.members.iter().rfind(|member| member.is_tail());
                let size = list.map_or_else(|| quote!(1), structure::element_size);
                quote!(Elements(#size))
            }
        };
        let len_of = option(match &member.role {
            Role::LenOf { of, .. } => Some(of.to_string()),
            Role::LenOfRecord => Some("self".to_owned()),
            _ => None,
        });
        let select = option(match &member.role {
            Role::Select(by) => Some(by.to_string()),
            _ => None,
        });
        quote! {
            __nl::schema::Member {
                name: #member_name,
                kernel: #kernel,
                doc: #doc,
                kind: #kind,
                offset: #at,
                size: #size,
                optional: #optional,
                len_of: #len_of,
                unit: __nl::schema::LengthUnit::#unit,
                select: #select,
            }
        }
    });
    constant(
        "Struct",
        &quote! { name: #name, kernel: #kernel, doc: #doc, members: &[#(#members),*], size: #size, align: #align, },
    )
}

pub(crate) fn enumeration(container: &Container<'_>, enumeration: &Enum<'_>) -> TokenStream {
    let name = name_of(container.ident());
    let Docs { doc, kernel } = docs(&container.input.attrs);
    let variants: &[_] = if container.broken { &[] } else { &enumeration.variants };
    let names = variants.iter().map(|variant| name_of(variant.ident)).collect::<Vec<_>>().join(" ");
    let kernel_names = variants.iter().enumerate().flat_map(|(n, variant)| {
        let space = (n > 0).then(|| quote!(" "));
        space.into_iter().chain(kernel_name(variant.attrs).map(|name| quote!(#name)))
    });
    let values = (0..variants.len()).map(|n| format_ident!("__VALUE_{n}"));
    constant(
        "Enum",
        &quote! {
            name: #name,
            kernel: #kernel,
            doc: #doc,
            names: #names,
            kernel_names: ::core::concat!(#(#kernel_names),*),
            values: &[#(#values as ::core::primitive::i128),*],
        },
    )
}

pub(crate) fn flags(container: &Container<'_>, prefix: Option<&TokenStream>) -> TokenStream {
    let name = name_of(container.ident());
    let kernel = docs(&container.input.attrs).kernel;
    let prefix = option(prefix);
    constant("Flags", &quote! { name: #name, kernel: #kernel, prefix: #prefix, each: __nl::each_flag::<Self>, })
}

pub(crate) fn union(container: &Container<'_>, union: &Union<'_>, buffer: &TokenStream) -> TokenStream {
    let empty = Union::default();
    let union = if container.broken { &empty } else { union };
    let name = name_of(container.ident());
    let doc = docs(&container.input.attrs).doc;
    let variants = union.variants.iter().map(|choice| {
        let name = name_of(choice.ident);
        let keys = choice.keys.iter().map(super::union::select);
        let kind = match choice.ty {
            Some(ty) => {
                let value = qualified(ty, &quote!(__nl::Value<#buffer>));
                quote!(#value::KIND)
            }
            None => quote!(__nl::schema::Kind::Empty),
        };
        quote! {
            __nl::schema::Variant { name: #name, keys: &[#(|| #keys),*], kind: #kind }
        }
    });
    constant("Union", &quote! { name: #name, doc: #doc, variants: &[#(#variants),*], })
}
