//! Where the elements of a numbered list are, for adding to them.

use std::collections::HashMap;

/// Finds elements by their numbers. A search through a long list for each of them would take forever.
#[derive(Default)]
pub(crate) struct Places {
    /// After the place found last: elements mostly come in the same order again.
    next: usize,
    /// All places, once the list is long.
    all: Option<HashMap<u16, usize>>,
}

impl Places {
    /// As long as a search is as fast.
    const SHORT: usize = 32;

    /// The place of the element with this number, if there is one.
    pub(crate) fn find<T>(&mut self, list: &[(u16, T)], number: u16) -> Option<usize> {
        let is_next = list.get(self.next).is_some_and(|(next, _)| *next == number);
        let at = if is_next {
            self.next
        } else if list.len() <= Self::SHORT {
            list.iter().position(|(other, _)| *other == number)?
        } else {
            // Backwards: if two have the same number, the first counts.
            let places = list.iter().enumerate().rev().map(|(at, (other, _))| (*other, at));
            *self.all.get_or_insert_with(|| places.collect()).get(&number)?
        };
        self.next = at + 1;
        Some(at)
    }

    /// The place of the element that was just added to the end of the list.
    pub(crate) fn added<T>(&mut self, list: &[(u16, T)], number: u16) -> usize {
        let at = list.len() - 1;
        if let Some(all) = &mut self.all {
            all.insert(number, at);
        }
        self.next = list.len();
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_in_any_order_and_at_any_length() {
        for len in [0, 1, 31, 32, 33, 34, 200] {
            for step in [1, 7] {
                let (mut list, mut places) = (Vec::new(), Places::default());
                for n in 0..2 * len {
                    // Each twice, the second time after all others.
                    let number = n % len * step % 211;
                    let expected = list.iter().position(|(other, ())| *other == number);
                    let found = places.find(&list, number);
                    assert_eq!(found, expected);
                    if found.is_none() {
                        list.push((number, ()));
                        assert_eq!(places.added(&list, number), list.len() - 1);
                    }
                }
                assert_eq!(list.len(), usize::from(len));
            }
        }
    }

    #[test]
    fn of_two_with_the_same_number_the_first_counts() {
        for len in [2, 50] {
            let list = vec![(5_u16, ()); len];
            assert_eq!(Places::default().find(&list, 5), Some(0));
            let list: Vec<_> = std::iter::once((1, ())).chain(list).collect();
            assert_eq!(Places::default().find(&list, 5), Some(1));
        }
    }
}
