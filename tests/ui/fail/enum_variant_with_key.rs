use netlink_core::NlEnum;

#[derive(NlEnum)]
#[repr(u8)]
enum State {
    #[nl(3)]
    Up,
    #[nl(other)]
    Other(u8),
}

fn main() {}
