//! Lists of the kernel: none, many, and one that changes while it is read.

use netlink_core::Error;

use crate::{
    declared::{Kinds, Sample},
    kinds,
};

fn of(count: u32) -> Sample<'static> {
    Sample { count: Some(count), ..Sample::default() }
}

#[test]
fn lists_of_any_length_are_complete_and_in_order() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    for count in [0, 1, 3, 20_000] {
        let mut next = 0;
        for item in kinds.dump(Kinds::LIST.with(&of(count))).unwrap() {
            let item = item.unwrap();
            assert_eq!((item.id, item.name), (Some(next), Some(format!("object-{next}").into())));
            next += 1;
        }
        assert_eq!(next, count);
    }
}

#[test]
fn trap_15_a_list_that_changed_is_given_whole_and_then_told_as_interrupted() {
    let Some((_alone, mut kinds)) = kinds() else { return };
    for count in [2, 20_000] {
        let request = Sample { interrupt: true, ..of(count) };
        let (mut ids, mut errors) = (Vec::new(), Vec::new());
        for item in kinds.dump(Kinds::LIST.with(&request)).unwrap() {
            match item {
                Ok(item) => ids.push(item.id.unwrap()),
                Err(error) => errors.push(error),
            }
        }
        assert!(ids.into_iter().eq(0..count), "all entries, in order");
        assert!(matches!(errors[..], [Error::Interrupted]), "{errors:?}");
        // The next one is whole.
        assert_eq!(kinds.dump(Kinds::LIST.with(&of(3))).unwrap().collect::<Result<Vec<_>, _>>().unwrap().len(), 3);
    }
}
