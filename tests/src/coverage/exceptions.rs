//! What no test sets, and why: a file with a line each, the name of a unit (or all of a type, `Type.*`) and the reason.
//! What starts with `#` is a comment.

use std::collections::BTreeMap;

/// The exceptions.
#[derive(Debug, Default)]
pub struct Exceptions(BTreeMap<String, String>);

impl Exceptions {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// A line without a reason, or with a name that another line has.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut exceptions = BTreeMap::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, reason) = line.split_once(' ').ok_or_else(|| format!("`{line}` has no reason"))?;
            if exceptions.insert(name.to_owned(), reason.trim().to_owned()).is_some() {
                return Err(format!("`{name}` is there twice"));
            }
        }
        Ok(Self(exceptions))
    }

    /// Why no test sets it.
    #[must_use]
    pub fn reason(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(exception, _)| names(exception, name)).map(|(_, reason)| reason.as_str())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Whether an exception is about this unit.
pub(super) fn names(exception: &str, name: &str) -> bool {
    match exception.strip_suffix('*') {
        Some(start) => name.strip_prefix(start).is_some_and(|rest| !rest.contains(['.', ':'])),
        None => exception == name,
    }
}
