//! Rules for the words that alter an encoding.

use syn::Ident;

use crate::{
    diag::Diagnostics,
    ir::{Encoding, List, Order},
};

/// What a word changes must be there to be changed.
pub(super) fn words_agree(encoding: &Encoding, diag: &Diagnostics) {
    lists_without_elements(encoding, diag);
    arrays_have_equal_elements(encoding, diag);
    numbers_are_no_text(encoding, diag);
}

fn find<'e>(encoding: &'e Encoding, words: &[&str]) -> Option<&'e Ident> {
    encoding.words.iter().find(|word| words.iter().any(|other| *word == other))
}

const ORDERS: [&str; 6] = ["be", "le", "net", "uint", "sint", "no_nul"];
const NUMBERS: [&str; 5] = ["as", "secs", "millis", "micros", "nanos"];

/// Records and tokens are types of the user's own, which say themselves how they are encoded; texts have no options.
fn lists_without_elements(encoding: &Encoding, diag: &Diagnostics) {
    let list = match encoding.list {
        Some(List::Records) => "records",
        Some(List::Stream) => "stream",
        Some(List::Strings) => "strings",
        _ => return,
    };
    for words in [&ORDERS[..], &NUMBERS[..]] {
        if let Some(word) = find(encoding, words) {
            let message = format!("`{word}` means nothing with `{list}`");
            match list {
                "strings" => diag.error(word, message),
                _ => diag.error_help(word, message, "set it in the type of the elements"),
            }
        }
    }
}

/// Elements without a header of their own are told apart by their size, and nothing marks them.
fn arrays_have_equal_elements(encoding: &Encoding, diag: &Diagnostics) {
    let (Some(List::Packed), Some(word)) = (encoding.list, find(encoding, &ORDERS)) else { return };
    match encoding.order {
        Order::UInt | Order::SInt | Order::NoNul => {
            diag.error_help(
                word,
                format_args!("`{word}` has no fixed size, and elements of a C array have"),
                "`indexed` and `multi` are for elements of any size",
            );
        }
        Order::Net => {
            diag.error_help(word, "`net` marks an attribute, and elements of a C array are none", "write `be`");
        }
        Order::Native | Order::Be | Order::Le => {}
    }
}

/// `as` has one width and `no_nul` is of text.
fn numbers_are_no_text(encoding: &Encoding, diag: &Diagnostics) {
    let Some(number) = find(encoding, &NUMBERS) else { return };
    let Some(order) = find(encoding, &["no_nul", "uint", "sint"]) else { return };
    match encoding.order {
        Order::NoNul => diag.error(order, format_args!("`no_nul` is for text, and `{number}` makes a number")),
        Order::UInt | Order::SInt if encoding.wire.is_some() => {
            diag.error(order, format_args!("`{order}` cannot be combined with `as`: it has a width of its own"));
        }
        _ => {}
    }
}
