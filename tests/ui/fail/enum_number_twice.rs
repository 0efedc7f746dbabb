use netlink_core::NlEnum;

#[derive(NlEnum)]
#[repr(u8)]
enum State {
    Down = 2,
    Up = 2,
    #[nl(other)]
    Other(u8),
}

fn main() {}
