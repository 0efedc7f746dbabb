//! What the conversations are about.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use netlink_core::{Do, DoDump, Errno, Event as Told, Group, NlFamily, NlMessage, sim::Kernel};

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub(crate) struct Item {
    #[nl_attr(1)]
    pub(crate) number: Option<u32>,
    #[nl_attr(2)]
    pub(crate) text: Option<String>,
}

#[derive(NlFamily, Debug)]
#[nl(protocol = Route)]
pub(crate) struct Items {
    #[nl(18, reply = 16)]
    pub(crate) get: DoDump<Item, Item>,
    #[nl(19)]
    pub(crate) set: Do<Item>,
    #[nl(16)]
    pub(crate) changed: Told<Item>,
    #[nl(group = 1)]
    pub(crate) changes: Group,
}

pub(crate) fn item(number: u32) -> Item {
    let text = "x".repeat(usize::try_from(number % 97).unwrap());
    Item { number: Some(number), text: Some(text) }
}

/// What the kernel refuses.
pub(crate) fn is_refused(number: u32) -> bool {
    number % 5 == 0
}

/// A source of random numbers, for the conversation alone: the kernel has its own.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 >> 40).unwrap() % limit
    }
}

/// A kernel with so many items, and how often each was set.
pub(crate) fn kernel(items: u32) -> (Kernel, Arc<Mutex<BTreeMap<u32, u32>>>) {
    let kernel = Kernel::new();
    let set = Arc::new(Mutex::new(BTreeMap::new()));
    kernel.on(Items::GET, |wanted, call| {
        let number = wanted.number.unwrap_or(0);
        call.notify(Items::CHANGES, Items::CHANGED, &item(1_000_000));
        if is_refused(number) { Err(Errno::NODEV.into()) } else { Ok(item(number)) }
    });
    kernel.on_dump(Items::GET, move |_, _| Ok((1..=items).map(item)));
    let carried_out = Arc::clone(&set);
    kernel.on(Items::SET, move |wanted, call| {
        let number = wanted.number.unwrap_or(0);
        if is_refused(number) {
            return Err(Errno::PERM.into());
        }
        *carried_out.lock().unwrap().entry(number).or_insert(0) += 1;
        call.notify(Items::CHANGES, Items::CHANGED, &wanted);
        Ok(())
    });
    (kernel, set)
}
