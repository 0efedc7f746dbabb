use netlink_core::NlEnum;

#[derive(NlEnum)]
#[repr(u8)]
enum State {
    Up = 300,
    #[nl(other)]
    Other(u8) = 4,
}

fn main() {}
