//! Which of the attributes that can be set the tests do set: computed from the declaration of a family, and from
//! [recordings](recording) of what was sent to a kernel that took it.
//!
//! What counts are attributes of sets, members of structs (that are not zero), and variants of unions: each once,
//! wherever its type stands. `tests/coverage/run` does it for route.

pub mod exceptions;
pub mod recording;
mod settable;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

pub use exceptions::Exceptions;
pub use settable::{Settable, Unit};

/// What was sent and taken: the operation, and the name of a [`Unit`]; and whether some message told the same value.
pub type Sent = BTreeMap<(String, String), bool>;

/// The comparison.
#[derive(Debug)]
pub struct Report<'a> {
    settable: &'a Settable,
    sent: BTreeSet<&'a str>,
    told: BTreeSet<&'a str>,
    exceptions: &'a Exceptions,
}

impl<'a> Report<'a> {
    /// Compares.
    #[must_use]
    pub fn new(settable: &'a Settable, sent: &'a Sent, exceptions: &'a Exceptions) -> Self {
        // What is taken away need only be named, so that what can be set must be set.
        let counts = |operation: &str, name: &str| {
            let unit = settable.units.get(name);
            unit.is_some_and(|unit| settable.sets(operation) || !settable.sets(unit.operation))
        };
        let those = |told_too: bool| {
            let sent = sent.iter().filter(|((operation, name), told)| counts(operation, name) && (**told || !told_too));
            sent.map(|((_, name), _)| name.as_str()).collect()
        };
        Self { settable, sent: those(false), told: those(true), exceptions }
    }

    /// What no test sets, though nothing says why.
    #[must_use]
    pub fn missing(&self) -> Vec<&'a str> {
        let names = self.settable.units.keys().map(String::as_str);
        names.filter(|name| !self.sent.contains(name) && self.exceptions.reason(name).is_none()).collect()
    }

    /// What is wrong with the exceptions.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for exception in self.exceptions.names() {
            let mut units = self.settable.units.keys().filter(|name| exceptions::names(exception, name)).peekable();
            if units.peek().is_none() {
                wrong.push(format!("{exception}: there is nothing of this name to be set"));
            }
            let sent = units.filter(|name| self.sent.contains(name.as_str()));
            wrong.extend(sent.map(|name| format!("{exception}: {name} is set by a test")));
        }
        wrong
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing: BTreeSet<&str> = self.missing().into_iter().collect();
        let all: Vec<(&String, &Unit)> = self.settable.units.iter().collect();
        writeln!(f, "{:20} {:>6} {:>6} {:>6} {:>9} {:>7}", "operation", "all", "set", "told", "excepted", "missing")?;
        let row = |f: &mut fmt::Formatter<'_>, name: &str, units: &[&(&String, &Unit)]| {
            let count = |which: &dyn Fn(&str) -> bool| units.iter().filter(|(name, _)| which(name.as_str())).count();
            let (set, told) = (count(&|name| self.sent.contains(name)), count(&|name| self.told.contains(name)));
            let lacks = count(&|name| missing.contains(name));
            let rest = units.len() - set - lacks;
            writeln!(f, "{name:20} {:6} {set:6} {told:6} {rest:9} {lacks:7}", units.len())
        };
        for operation in &self.settable.operations {
            let units: Vec<_> = all.iter().filter(|(_, unit)| unit.operation == *operation).collect();
            if !units.is_empty() {
                row(f, operation, &units)?;
            }
        }
        row(f, "all", &all.iter().collect::<Vec<_>>())?;
        for (name, unit) in all.iter().filter(|(name, _)| missing.contains(name.as_str())) {
            writeln!(f, "missing: {name:40} {unit}")?;
        }
        self.wrong().iter().try_for_each(|wrong| writeln!(f, "wrong exception: {wrong}"))
    }
}

#[cfg(test)]
mod tests;
