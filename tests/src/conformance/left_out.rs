//! Headers beside declarations: what they have and no declaration.

use std::collections::{BTreeMap, BTreeSet};

use super::HeaderCheck;
use crate::headers::Headers;

impl HeaderCheck {
    /// Whether every name of the headers is declared, or left out on purpose. `prefixes`: of each header, what names must
    /// start with to count, `struct ` for all structs. `left_out`: names with the reason why there is no declaration.
    ///
    /// # Panics
    ///
    /// If a name is neither, or if one is left out that the headers do not have or that is declared.
    #[track_caller]
    pub fn assert_nothing_left_out(
        mut self,
        headers: &Headers,
        prefixes: &[(&str, &[&str])],
        left_out: &[(&[&str], &str)],
    ) {
        let structs = self.reach.structs.iter().filter_map(|structure| structure.kernel);
        let structs: BTreeSet<String> = structs.map(|name| format!("struct {name}")).collect();
        self.collect();
        let is_declared = |name: &str| self.expressions.contains_key(name) || structs.contains(name);
        let reasons: BTreeMap<&str, &str> =
            left_out.iter().flat_map(|(names, reason)| names.iter().map(move |name| (*name, *reason))).collect();
        let mut names = BTreeSet::new();
        for (header, prefixes) in prefixes {
            let text = headers.text(header);
            names.extend(prefixes.iter().flat_map(|prefix| names_in(&text, prefix)));
        }
        let missing: Vec<&String> =
            names.iter().filter(|name| !is_declared(name) && !reasons.contains_key(name.as_str())).collect();
        assert!(missing.is_empty(), "neither declared nor left out on purpose: {missing:#?}");
        let stale: Vec<&str> =
            reasons.keys().copied().filter(|name| !names.contains(*name) || is_declared(name)).collect();
        assert!(
            stale.is_empty(),
            "left out on purpose, but not in the headers under these prefixes, or declared: {stale:#?}"
        );
        println!("{} names of the headers, of which {} are left out on purpose", names.len(), reasons.len());
        for (names, reason) in left_out {
            println!("  {}: {reason}", names.join(" "));
        }
    }
}

/// The names that a header defines and that start with the prefix, without those that only count or mean nothing.
fn names_in(text: &str, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let line = line.trim_start().trim_start_matches("#define").trim_start();
        if prefix == "struct " {
            let name = line.strip_prefix(prefix).and_then(|rest| rest.trim_end().strip_suffix('{'));
            let name = name.map(str::trim).filter(|name| !name.is_empty());
            found.extend(name.map(|name| format!("struct {name}")));
            continue;
        }
        let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(line.len());
        let (name, rest) = line.split_at(end);
        let counts = name.ends_with("_MAX")
            || name.ends_with("_MASK") && rest.contains("(R")
            || name.ends_with("UNSPEC")
            || name.ends_with("ATTR_UNDEFINED")
            || name.ends_with("PARAM_UNDEFINED");
        if name.starts_with(prefix) && !rest.starts_with('(') && !counts {
            found.insert(name.to_owned());
        }
    }
    found
}
