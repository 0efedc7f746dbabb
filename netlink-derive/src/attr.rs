//! What was written: the words inside `#[nl_attr(...)]` and `#[nl(...)]`, not yet what they mean.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Ident, Lit, Path, Token, ext::IdentExt, parse::ParseStream, spanned::Spanned};

use crate::diag::Diagnostics;

/// One item of the comma-separated list.
pub(crate) enum Item {
    /// An attribute's number or a union's key: `5`, `"vlan"`, `IFLA_MTU`, `Events::FORK`.
    Key(TokenStream),
    /// `be`, `select = kind`.
    Word { word: Ident, value: Option<TokenStream> },
}

/// The list of one attribute, or of several attributes of the same name on one item.
#[derive(Default)]
pub(crate) struct Items {
    pub(crate) items: Vec<Item>,
    /// Where the attribute stands; `None` if there is none.
    pub(crate) span: Option<Span>,
    /// Something could not be parsed and was reported: ask this item no further questions.
    pub(crate) broken: bool,
}

/// Reads all attributes of this name.
pub(crate) fn read(attrs: &[Attribute], name: &str, diag: &Diagnostics) -> Items {
    let mut all = Items::default();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        all.span.get_or_insert(attr.path().span());
        let parsed = attr.parse_args_with(|input: ParseStream<'_>| parse_items(input, &mut all, diag));
        if let Err(error) = parsed {
            diag.push(error);
            all.broken = true;
        }
    }
    all
}

fn parse_items(input: ParseStream<'_>, all: &mut Items, diag: &Diagnostics) -> syn::Result<()> {
    if input.is_empty() {
        return Err(input.error("a number or a word is expected between the parentheses"));
    }
    while !input.is_empty() {
        match parse_item(input) {
            Ok(item) => all.items.push(item),
            Err(error) => {
                diag.push(error);
                all.broken = true;
                // What stands behind the next comma may be wrong too, and should be told now.
                while !input.is_empty() && !input.peek(Token![,]) {
                    input.parse::<TokenTree>()?;
                }
            }
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

fn parse_item(input: ParseStream<'_>) -> syn::Result<Item> {
    if input.peek(Lit) {
        return Ok(Item::Key(input.parse::<Lit>()?.into_token_stream()));
    }
    // Words may be keywords of Rust: `crate`, `do`.
    let is_word = input.peek(Ident::peek_any) && !input.peek2(Token![::]);
    if !is_word {
        return Ok(Item::Key(input.parse::<Path>()?.into_token_stream()));
    }
    let word = input.call(Ident::parse_any)?;
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        return Ok(Item::Word { value: Some(until_comma(input)?), word });
    }
    // Constants are upper case and words are lower case, so that a misspelled word is not taken for a constant.
    if word.to_string().chars().any(char::is_uppercase) {
        return Ok(Item::Key(word.into_token_stream()));
    }
    Ok(Item::Word { word, value: None })
}

/// Expressions need no grammar here: their tokens are passed on to rustc.
fn until_comma(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    if tokens.is_empty() { Err(input.error("expected a value after `=`")) } else { Ok(tokens) }
}
