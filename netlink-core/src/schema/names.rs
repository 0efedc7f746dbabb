//! Names: as declared, as the kernel's own tool spells them, and as people mistype them.

use std::borrow::Cow;

/// The name of a field as `ynl` writes it: with dashes.
pub(super) fn dashed(name: &str) -> Cow<'_, str> {
    if name.contains('_') { Cow::Owned(name.replace('_', "-")) } else { Cow::Borrowed(name) }
}

/// The name of a variant or a flag as `ynl` writes it: `LowerLayerDown` and `LOWER_LAYER_DOWN` are `lower-layer-down`.
pub(super) fn kebab(name: &str) -> String {
    let mut result = String::with_capacity(name.len() + 4);
    let mut chars = name.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(c) = chars.next() {
        let starts = c.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || (before.is_ascii_digit() && chars.peek().is_some_and(|next| next.is_lowercase()))
                    || (before.is_uppercase() && chars.peek().is_some_and(|next| next.is_lowercase()))
            });
        if starts {
            result.push('-');
        }
        match c {
            '_' => result.push('-'),
            c => result.extend(c.to_lowercase()),
        }
        before = Some(c);
    }
    result
}

/// Whether two names are the same but for case, `-` and `_`.
pub(super) fn same(a: &str, b: &str) -> bool {
    fn plain(name: &str) -> impl Iterator<Item = char> + '_ {
        name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase())
    }
    a == b || plain(a).eq(plain(b))
}

/// Whether this is the name of something that is declared so, and that the kernel may have a name for.
pub(super) fn means(given: &str, name: &str, kernel: Option<&str>) -> bool {
    same(given, name) || kernel == Some(given)
}

/// The declared name that looks most like a mistyped one.
pub(super) fn suggest(given: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    const LONGEST: usize = 64;
    if given.len() > LONGEST {
        return None;
    }
    let limit = if given.len() < 4 { 1 } else { (given.len() / 3).max(2) };
    let near = names.filter(|name| name.len() <= LONGEST).map(|name| (distance(&dashed(given), &dashed(name)), name));
    near.filter(|(distance, _)| *distance <= limit).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// How many letters must be added, dropped or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let change = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_ynl_does() {
        assert_eq!(dashed("long_name"), "long-name");
        for (name, expected) in [
            ("Up", "up"),
            ("LowerLayerDown", "lower-layer-down"),
            ("LOWER_UP", "lower-up"),
            ("V4", "v4"),
            ("Ipv6Only", "ipv6-only"),
            ("HTTPServer", "http-server"),
        ] {
            assert_eq!(kebab(name), expected);
            assert!(same(name, expected));
        }
    }

    #[test]
    fn a_typo_is_near_and_another_word_is_not() {
        let names = || ["mtu", "address", "link_info"].into_iter();
        assert_eq!(suggest("adress", names()), Some("address"));
        assert_eq!(suggest("link-inof", names()), Some("link_info"));
        assert_eq!(suggest("colour", names()), None);
        assert_eq!(suggest(&"x".repeat(10_000), names()), None);
    }
}
