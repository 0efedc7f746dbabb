use netlink_core::NlFlags;

#[derive(NlFlags)]
struct Alarms(u32);

#[derive(NlFlags)]
struct Named {
    bits: u32,
}

fn main() {}
