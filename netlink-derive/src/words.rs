//! The words of the language: which there are, where they may stand, and which of them take a value.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Ident, LitStr,
    parse::{ParseStream, Parser},
};

use crate::{
    attr::{Item, Items},
    diag::{Diagnostics, closest, one_of},
};

/// A place where words may stand.
pub(crate) struct Vocabulary {
    /// `nl_attr` or `nl`.
    pub(crate) attribute: &'static str,
    /// What carries the attribute, with its article.
    pub(crate) on: &'static str,
    pub(crate) plain: &'static [&'static str],
    pub(crate) with_value: &'static [&'static str],
}

pub(crate) const FIELD: Vocabulary = Vocabulary {
    attribute: "nl_attr",
    on: "a field of a message",
    plain: &[
        "header", "unknown", "be", "le", "net", "uint", "sint", "no_nul", "multi", "indexed", "numbered", "packed",
        "records", "stream", "strings", "required", "selector", "plain", "merge", "send", "receive",
    ],
    with_value: &["select", "as", "secs", "millis", "micros", "nanos", "range", "len", "levels", "refused"],
};

pub(crate) const MEMBER: Vocabulary = Vocabulary {
    attribute: "nl",
    on: "a member of a struct",
    plain: &["be", "le", "no_nul", "packed", "strings", "optional", "rest"],
    with_value: &["pad", "len_of", "bits_of", "count_of", "select", "as", "secs", "millis", "micros", "nanos"],
};

pub(crate) const TOKEN: Vocabulary = Vocabulary {
    attribute: "nl_attr",
    on: "a variant of a message",
    plain: &[
        "unknown", "be", "le", "net", "uint", "sint", "no_nul", "indexed", "numbered", "packed", "records", "stream",
        "strings",
    ],
    with_value: &["as", "secs", "millis", "micros", "nanos", "levels"],
};

pub(crate) const VARIANT: Vocabulary =
    Vocabulary { attribute: "nl", on: "a variant", plain: &["other"], with_value: &[] };

pub(crate) const OPERATION: Vocabulary = Vocabulary {
    attribute: "nl",
    on: "an operation, a group or a part of a family",
    plain: &["admin", "uns_admin", "part"],
    with_value: &["reply", "also", "group", "begins", "dont_validate"],
};

pub(crate) const MESSAGE: Vocabulary = Vocabulary {
    attribute: "nl",
    on: "a message type",
    plain: &["borrowed"],
    with_value: &["crate", "pad", "subset_of"],
};

pub(crate) const CHOICE: Vocabulary =
    Vocabulary { attribute: "nl", on: "an enum of attributes", plain: &["borrowed"], with_value: &["crate"] };

pub(crate) const STRUCT: Vocabulary =
    Vocabulary { attribute: "nl", on: "a struct type", plain: &["borrowed", "packed"], with_value: &["crate"] };

pub(crate) const NUMBER: Vocabulary =
    Vocabulary { attribute: "nl", on: "an enum as a whole", plain: &[], with_value: &["crate"] };

pub(crate) const FLAGS: Vocabulary =
    Vocabulary { attribute: "nl", on: "flags as a whole", plain: &[], with_value: &["crate", "prefix"] };

pub(crate) const UNION: Vocabulary =
    Vocabulary { attribute: "nl", on: "a union type", plain: &["borrowed"], with_value: &["crate"] };

pub(crate) const FAMILY: Vocabulary = Vocabulary {
    attribute: "nl",
    on: "a family type",
    plain: &[],
    with_value: &["crate", "generic", "version", "protocol", "part_of"],
};

/// The words that say where `netlink_core` is, and those of the derives that `NlDebug` stands beside.
pub(crate) const DEBUG: Vocabulary = Vocabulary {
    attribute: "nl",
    on: "a type",
    plain: &["borrowed", "packed"],
    with_value: &["crate", "pad", "subset_of"],
};

/// All places, to say where a word belongs that stands in the wrong one.
const PLACES: [&Vocabulary; 12] =
    [&FIELD, &TOKEN, &MEMBER, &VARIANT, &OPERATION, &FAMILY, &STRUCT, &MESSAGE, &CHOICE, &UNION, &FLAGS, &NUMBER];

/// A word with its value, once it is known which words are allowed.
pub(crate) struct Word {
    pub(crate) word: Ident,
    pub(crate) value: Option<TokenStream>,
}

impl ToTokens for Word {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.word.to_tokens(tokens);
    }
}

/// The words of one attribute, each at most once, and the keys.
pub(crate) struct Words {
    pub(crate) keys: Vec<TokenStream>,
    words: Vec<Word>,
    /// Something was reported: ask this item no further questions.
    pub(crate) broken: bool,
}

impl Vocabulary {
    fn all(&self) -> Vec<&'static str> {
        self.plain.iter().chain(self.with_value).copied().collect()
    }

    /// Sorts out keys and words; reports words that do not exist here, that occur twice, or that lack a value.
    pub(crate) fn sort(&self, items: Items, diag: &Diagnostics) -> Words {
        let mut sorted = Words { keys: Vec::new(), words: Vec::new(), broken: items.broken };
        for item in items.items {
            match item {
                Item::Key(key) => sorted.keys.push(key),
                Item::Word { word, value } => self.sort_word(Word { word, value }, &mut sorted, diag),
            }
        }
        sorted
    }

    fn sort_word(&self, word: Word, sorted: &mut Words, diag: &Diagnostics) {
        let name = word.word.to_string();
        let attribute = self.attribute;
        if sorted.words.iter().any(|other| other.word == word.word) {
            diag.error(&word.word, format_args!("duplicate `{attribute}` word `{name}`"));
        } else if self.plain.contains(&name.as_str()) && word.value.is_some() {
            diag.error(&word.word, format_args!("`{name}` takes no value"));
            sorted.broken = true;
        } else if self.with_value.contains(&name.as_str()) && word.value.is_none() {
            diag.error(&word.word, format_args!("`{name}` needs a value: `{name} = ...`"));
            sorted.broken = true;
        } else if !self.all().contains(&name.as_str()) {
            self.unknown(&word.word, &name, diag);
            sorted.broken = true;
        } else {
            sorted.words.push(word);
        }
    }

    fn unknown(&self, word: &Ident, name: &str, diag: &Diagnostics) {
        let attribute = self.attribute;
        if attribute == "nl_attr" && name == "id" {
            diag.error_help(
                word,
                "an attribute's number stands without a word",
                "write `#[nl_attr(4)]` or `#[nl_attr(IFLA_MTU)]`",
            );
            return;
        }
        let places = PLACES.iter().filter(|place| place.all().contains(&name)).map(|place| place.on);
        let places: Vec<&str> = places.collect();
        if !places.is_empty() {
            diag.error_help(
                word,
                format_args!("`{name}` cannot stand on {}", self.on),
                format_args!("it belongs on {}; {}", places.join(", or on "), self.list()),
            );
            return;
        }
        match closest(name, &self.all()) {
            Some(meant) => {
                diag.error(word, format_args!("unknown `{attribute}` word `{name}`; did you mean `{meant}`?"));
            }
            None => diag.error_help(word, format_args!("unknown `{attribute}` word `{name}`"), self.list()),
        }
    }

    /// The words that may stand here, as a sentence.
    pub(crate) fn list(&self) -> String {
        match self.all().as_slice() {
            [] => "there are no words here".to_owned(),
            [word] => format!("the only word here is `{word}`"),
            words => format!("the words here are {}", one_of(words).replace(" or ", " and ")),
        }
    }
}

/// What the value of a word is.
fn what(word: &str) -> &'static str {
    match word {
        "range" | "len" => "numbers",
        "levels" | "begins" => "a number",
        "refused" => "text",
        "as" | "secs" | "millis" | "micros" | "nanos" | "subset_of" => "a type",
        "dont_validate" => "words",
        _ => "a path",
    }
}

impl Words {
    /// The word, if it was written.
    pub(crate) fn get(&self, name: &str) -> Option<&Word> {
        self.words.iter().find(|word| word.word == name)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The words that are not in the list.
    pub(crate) fn except<'s>(&'s self, names: &'s [&'s str]) -> impl Iterator<Item = &'s Word> {
        self.words.iter().filter(|word| !names.iter().any(|name| word.word == *name))
    }

    /// The value of a word, parsed.
    pub(crate) fn value<T: syn::parse::Parse>(&self, name: &str, diag: &Diagnostics) -> Option<T> {
        self.value_with(name, diag, T::parse)
    }

    /// Whether the value of a word is this one token.
    pub(crate) fn is(&self, name: &str, value: &str) -> bool {
        let written = self.get(name).and_then(|word| word.value.as_ref());
        written.is_some_and(|tokens| tokens.to_string() == value)
    }

    /// The value of a word, parsed by a function.
    pub(crate) fn value_with<T>(
        &self,
        name: &str,
        diag: &Diagnostics,
        parse: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
    ) -> Option<T> {
        let tokens = self.get(name)?.value.clone()?;
        match parse.parse2(tokens.clone()) {
            Ok(value) => Some(value),
            Err(error) => {
                match syn::parse2::<LitStr>(tokens) {
                    Ok(text) => diag.error_help(
                        &text,
                        format_args!("`{name}` takes {}, not text", what(name)),
                        format_args!("write it without quotes: `{name} = {}`", text.value()),
                    ),
                    Err(_) => diag.push(error),
                }
                None
            }
        }
    }
}
