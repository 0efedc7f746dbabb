use netlink_core::NlEnum;

#[derive(NlEnum)]
#[repr(u8)]
enum State {
    #[nl(other)]
    Other(u8),
    #[nl(other)]
    Another(u8),
}

fn main() {}
