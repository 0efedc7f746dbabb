use netlink_core::{NlFlags, bitflags};

bitflags! {
    #[derive(NlFlags, Clone, Copy)]
    #[nl(prefix = 5)]
    struct Alarms: u32 {
        const HOT = 1;
    }
}

bitflags! {
    #[derive(NlFlags, Clone, Copy)]
    #[nl(prefix)]
    struct States: u32 {
        const UP = 1;
    }
}

fn main() {}
