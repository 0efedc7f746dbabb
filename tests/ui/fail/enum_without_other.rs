use netlink_core::NlEnum;

#[derive(NlEnum)]
#[repr(u8)]
enum State {
    Down = 2,
    Up = 6,
}

fn use_it(state: State) -> u8 {
    u8::from(state)
}

fn main() {}
