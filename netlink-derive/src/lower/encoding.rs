//! The words that alter the encoding which a type has by itself.

use quote::ToTokens;
use syn::Type;

use super::number::INTEGERS;
use crate::{
    diag::{Diagnostics, one_of},
    ir::{Encoding, List, Order, Unit},
    words::{Word, Words},
};

const ORDERS: [(&str, Order); 6] = [
    ("be", Order::Be),
    ("le", Order::Le),
    ("net", Order::Net),
    ("uint", Order::UInt),
    ("sint", Order::SInt),
    ("no_nul", Order::NoNul),
];

const LISTS: [(&str, List); 6] = [
    ("indexed", List::Indexed),
    ("numbered", List::Numbered),
    ("packed", List::Packed),
    ("records", List::Records),
    ("stream", List::Stream),
    ("strings", List::Strings),
];

const UNITS: [(&str, Unit); 4] =
    [("secs", Unit::Secs), ("millis", Unit::Millis), ("micros", Unit::Micros), ("nanos", Unit::Nanos)];

pub(super) fn encoding(words: &Words, diag: &Diagnostics) -> Encoding {
    let mut encoding = Encoding::default();
    let list_help =
        "`indexed`: one attribute of numbered attributes; `packed`: a C array; `multi`: the attribute repeats";
    let order = one(&ORDERS, words, "", diag);
    let list = one(&LISTS, words, list_help, diag);
    let unit = one(&UNITS, words, "", diag);
    if let (Some((_, unit)), Some(word)) = (unit, words.get("as")) {
        diag.error(word, format_args!("`as` cannot be combined with `{}`: its value is the integer", unit.word));
    }
    for word in [order.map(|(_, word)| word), list.map(|(_, word)| word), unit.map(|(_, word)| word)]
        .into_iter()
        .chain([words.get("as"), words.get("multi")])
        .flatten()
    {
        encoding.words.push(word.word.clone());
    }
    encoding.order = order.map_or(Order::Native, |(order, _)| order);
    encoding.list = list.map(|(list, _)| list);
    encoding.multi = words.has("multi");
    encoding.wire = words.value::<Type>("as", diag).filter(|wire| integer("as", wire, diag));
    encoding.unit = unit.and_then(|(unit, word)| {
        let name = word.word.to_string();
        let wire = words.value::<Type>(&name, diag)?;
        if !integer(&name, &wire, diag) {
            return None;
        }
        if wire.to_token_stream().to_string().starts_with('i') && INTEGERS.iter().any(|name| is(&wire, name)) {
            diag.error_help(&wire, "a duration is never negative", format_args!("write `{name} = u{}`", bits(&wire)));
        }
        Some((unit, wire))
    });
    encoding.levels = levels(words, encoding.list, diag);
    encoding
}

/// The one word of a group in which only one makes sense.
fn one<'w, T: Copy>(group: &[(&str, T)], words: &'w Words, help: &str, diag: &Diagnostics) -> Option<(T, &'w Word)> {
    let mut found = group.iter().filter_map(|(word, meaning)| Some((*meaning, words.get(word)?)));
    let first = found.next()?;
    for (_, second) in found {
        let message = format!("`{}` cannot be combined with `{}`", second.word, first.1.word);
        if help.is_empty() { diag.error(second, message) } else { diag.error_help(second, message, help) }
    }
    Some(first)
}

/// Types that are no integers of the wire for sure. Others may be aliases: rustc knows.
const OTHERS: [&str; 10] = ["bool", "char", "str", "String", "f32", "f64", "usize", "isize", "u128", "i128"];

fn is(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(name))
}

/// The number of bits of `i32`.
fn bits(ty: &Type) -> String {
    ty.to_token_stream().to_string().split_off(1)
}

/// Reports a type that cannot be an integer.
fn integer(word: &str, ty: &Type, diag: &Diagnostics) -> bool {
    let maybe = matches!(ty, Type::Path(_) | Type::Group(_) | Type::Macro(_) | Type::Paren(_));
    if maybe && !OTHERS.iter().any(|name| is(ty, name)) {
        return true;
    }
    diag.error(ty, format_args!("the value of `{word}` is the integer on the wire: {}", one_of(&INTEGERS)));
    false
}

/// How many levels of numbers a numbered list has.
fn levels(words: &Words, list: Option<List>, diag: &Diagnostics) -> usize {
    let Some(word) = words.get("levels") else { return 1 };
    if list != Some(List::Numbered) {
        diag.error(word, "`levels` means nothing without `numbered`");
    }
    let Some(written) = words.value::<syn::LitInt>("levels", diag) else { return 1 };
    match written.base10_parse() {
        Ok(levels @ 1..=4) => levels,
        _ => {
            diag.error(written, "a numbered list has 1 to 4 levels");
            1
        }
    }
}
