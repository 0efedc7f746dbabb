//! Collects every mistake, so that a user sees all of them at once.

use std::{cell::RefCell, fmt::Display};

use quote::ToTokens;

/// The mistakes found so far. Dropping it without [`finish`](Self::finish) is a bug of ours.
pub(crate) struct Diagnostics(RefCell<Option<Vec<syn::Error>>>);

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self(RefCell::new(Some(Vec::new())))
    }

    pub(crate) fn error(&self, at: impl ToTokens, message: impl Display) {
        // To tokens first, so that syn's code is not instantiated for every type.
        self.push(syn::Error::new_spanned(at.into_token_stream(), message));
    }

    /// Stable macros cannot emit real `help:` notes, so the help is a second line.
    pub(crate) fn error_help(&self, at: impl ToTokens, message: impl Display, help: impl Display) {
        self.error(at, format_args!("{message}\nhelp: {help}"));
    }

    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(errors) = &mut *self.0.borrow_mut() {
            errors.push(error);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.borrow().as_ref().is_some_and(Vec::is_empty)
    }

    /// All mistakes as one error, if there are any.
    pub(crate) fn finish(self) -> syn::Result<()> {
        let errors = self.0.take().unwrap_or_default();
        match errors.into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        }) {
            None => Ok(()),
            Some(error) => Err(error),
        }
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.borrow().is_none(), "mistakes were collected and not reported");
        }
    }
}

/// `a`, `b` or `c`, in backticks.
pub(crate) fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("`{word}`"),
        [words @ .., last] => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", words.join(", "))
        }
    }
}

/// The word that was probably meant.
pub(crate) fn closest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    let near = |candidate: &&&str| distance(word, candidate) <= 1 + candidate.len() / 4;
    words.iter().filter(near).min_by_key(|candidate| distance(word, candidate)).copied()
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{closest, one_of};

    #[test]
    fn finds_the_word_that_was_meant() {
        assert_eq!(closest("requird", &["be", "required", "multi"]), Some("required"));
        assert_eq!(closest("mutli", &["be", "required", "multi"]), Some("multi"));
        assert_eq!(closest("colour", &["be", "required", "multi"]), None);
    }

    #[test]
    fn lists_words() {
        assert_eq!(one_of(&["a"]), "`a`");
        assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
