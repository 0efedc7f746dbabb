//! `NlMessage`: fields.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::{DeriveInput, Ident, LitInt, Type, ext::IdentExt, parse::ParseStream};

use super::{container, encoding::encoding, misplaced, named};
use crate::{
    attr::{Items, read},
    diag::Diagnostics,
    ir::{Constant, Container, Direction, Field, Limits, Message, Places, Plain, Selector},
    words::{self, Words},
};

pub(crate) fn message<'a>(input: &'a DeriveInput, diag: &Diagnostics) -> (Container<'a>, Message<'a>) {
    let (container, words) = container(input, &words::MESSAGE, diag);
    let pad = words.get("pad").and_then(|word| word.value.clone());
    let subset_of = words.value::<Type>("subset_of", diag);
    let mut message = Message { pad, ..Message::default() };
    let instead = "for a payload that a selector chooses derive `NlUnion`, for a number with names `NlEnum`";
    for (field, ident) in named(input, "NlMessage", instead, diag) {
        let misplaced = misplaced(&field.attrs, "nl", "nl_attr", diag);
        let items = read(&field.attrs, "nl_attr", diag);
        if let (Some(set), None) = (&subset_of, items.span) {
            let inherited = inherited(set, ident);
            message_field(&mut message, field, ident, items, Some(&inherited), diag);
        } else if items.span.is_none() && !misplaced && !words.has("subset_of") {
            diag.error_help(
                ident,
                format_args!("field `{ident}` has no `#[nl_attr(...)]`"),
                "give it its number, `#[nl_attr(4)]`, or its role, `#[nl_attr(header)]` or `#[nl_attr(unknown)]`",
            );
            message.broken.push(ident);
        } else if items.span.is_some() {
            let inherited = subset_of.as_ref().map(|set| inherited(set, ident));
            message_field(&mut message, field, ident, items, inherited.as_ref(), diag);
        } else {
            message.broken.push(ident);
        }
    }
    (container, message)
}

fn message_field<'a>(
    message: &mut Message<'a>,
    field: &'a syn::Field,
    ident: &'a Ident,
    items: Items,
    inherited: Option<&TokenStream>,
    diag: &Diagnostics,
) {
    let words = words::FIELD.sort(items, diag);
    if words.broken {
        message.broken.push(ident);
        return;
    }
    if role(message, field, ident, &words, diag) {
        return;
    }
    let mut keys = words.keys.iter().chain(inherited.filter(|_| words.keys.is_empty()));
    let Some(id) = keys.next() else {
        diag.error_help(
            ident,
            format_args!("field `{ident}` has no attribute number"),
            "the number comes first: `#[nl_attr(4, ...)]` or `#[nl_attr(IFLA_MTU, ...)]`",
        );
        message.broken.push(ident);
        return;
    };
    for second in keys {
        diag.error_help(
            second,
            "an attribute has one number",
            "to read the same payload under a second number, declare a second field",
        );
    }
    let place = |word: &str| words.get(word).map(|word| word.word.clone());
    message.fields.push(Field {
        attrs: &field.attrs,
        ident,
        ty: &field.ty,
        id: id.clone(),
        constant: constant(message.fields.len(), id),
        encoding: encoding(&words, diag),
        required: words.has("required"),
        select: words.value_with("select", diag, selector),
        selects_inner: words.has("selector"),
        range: words.value_with("range", diag, limits),
        len: words.value_with("len", diag, limits),
        refused: words.value("refused", diag),
        plain: words.has("plain"),
        merge: words.has("merge"),
        direction: direction(&words, diag),
        places: Places {
            selector: place("selector"),
            range: place("range"),
            len: place("len"),
            refused: place("refused"),
            plain: place("plain"),
            merge: place("merge"),
        },
    });
}

/// A field without a number: the header, or the place of what is not declared.
fn role<'a>(
    message: &mut Message<'a>,
    field: &'a syn::Field,
    ident: &'a Ident,
    words: &Words,
    diag: &Diagnostics,
) -> bool {
    let Some(word) = words.get("header").or_else(|| words.get("unknown")) else { return false };
    let role = word.word.to_string();
    for key in &words.keys {
        diag.error(key, format_args!("`{role}` is not an attribute, so it has no number"));
    }
    for other in words.except(&[&role]) {
        diag.error(other, format_args!("`{}` means nothing on a field that is `{role}`", other.word));
    }
    let place = if role == "header" { &mut message.header } else { &mut message.unknown };
    if place.replace(Plain { ident, ty: &field.ty }).is_some() {
        diag.error(word, format_args!("a message has only one `{role}`"));
    }
    true
}

/// The number that the field of the same name has in the whole set.
fn inherited(set: &Type, ident: &Ident) -> TokenStream {
    let name = ident.unraw().to_string();
    // Not as if the user had written it: lints about style leave it alone.
    let span = Span::call_site().located_at(ident.span());
    quote_spanned!(span=> __nl::id_of(<#set as __nl::NlMessage<'_>>::SCHEMA, #name))
}

/// `kind`, `header.family`, or `outer(Tc<'a>)`.
fn selector(input: ParseStream<'_>) -> syn::Result<Selector> {
    if input.peek(Ident) && input.peek2(syn::token::Paren) {
        let word: Ident = input.parse()?;
        if word != "outer" {
            return Err(syn::Error::new(word.span(), "expected `outer(Type)`, `field` or `header.member`"));
        }
        let inside;
        syn::parenthesized!(inside in input);
        let expected = |error: syn::Error| syn::Error::new(error.span(), "expected the type of an enclosing set");
        return Ok(Selector::Outer(Box::new(inside.parse().map_err(expected)?)));
    }
    let path = syn::punctuated::Punctuated::<Ident, syn::Token![.]>::parse_separated_nonempty(input)?;
    if !input.is_empty() {
        return Err(input.error("expected `outer(Type)`, `field` or `header.member`"));
    }
    Ok(Selector::Path(path.into_iter().collect()))
}

/// `16`, `1..=16`, `..=16` or `1..`.
fn limits(input: ParseStream<'_>) -> syn::Result<Limits> {
    let min = side(input)?;
    if input.is_empty() {
        return match min.map(|exact| (exact.clone(), syn::parse2::<syn::LitStr>(exact))) {
            Some((exact, Err(_))) => Ok(Limits { min: Some(exact.clone()), max: Some(exact) }),
            _ => Err(input.error("expected a number or a range, such as `1..=16`")),
        };
    }
    if !input.peek(syn::Token![..=]) {
        let dots = input.parse::<syn::Token![..]>()?;
        return match side(input)? {
            None if min.is_some() => Ok(Limits { min, max: None }),
            None => Err(syn::Error::new_spanned(dots, "this limits nothing: write an end, such as `..=16`")),
            Some(_) => Err(syn::Error::new_spanned(dots, "write `..=`: the end counts")),
        };
    }
    let dots = input.parse::<syn::Token![..=]>()?;
    match side(input)? {
        Some(max) => Ok(Limits { min, max: Some(max) }),
        None => Err(syn::Error::new_spanned(dots, "write the end, such as `..=16`, or leave out `=`")),
    }
}

/// One side of a range: its tokens are for rustc to understand.
fn side(input: ParseStream<'_>) -> syn::Result<Option<TokenStream>> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(syn::Token![..]) {
        tokens.extend([input.parse::<proc_macro2::TokenTree>()?]);
    }
    Ok((!tokens.is_empty()).then_some(tokens))
}

fn direction(words: &Words, diag: &Diagnostics) -> Direction {
    match (words.get("send"), words.get("receive")) {
        (None, None) => Direction::Both,
        (Some(_), None) => Direction::Send,
        (None, Some(_)) => Direction::Receive,
        (Some(_), Some(receive)) => {
            diag.error(receive, "`receive` cannot be combined with `send`: both is what a field does without either");
            Direction::Both
        }
    }
}

/// The number where it is written as one, else a name for what is written; with the place of its last part: rustc's
/// errors and lints about the number point there.
pub(super) fn constant(position: usize, id: &TokenStream) -> Constant {
    let span = id.clone().into_iter().last().map_or_else(Span::call_site, |token| token.span());
    let literal = syn::parse2::<LitInt>(id.clone()).ok().filter(|literal| literal.suffix().is_empty());
    match literal.and_then(|literal| literal.base10_parse::<u16>().ok()) {
        Some(number) => Constant::Number(LitInt::new(&format!("{number}u16"), span)),
        None => Constant::Name(format_ident!("__ID_{position}", span = span)),
    }
}
