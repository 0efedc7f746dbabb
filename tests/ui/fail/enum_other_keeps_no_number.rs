use netlink_core::NlEnum;

#[derive(NlEnum)]
#[repr(u8)]
enum State {
    Up,
    #[nl(other)]
    Other,
}

#[derive(NlEnum)]
#[repr(u8)]
enum Mode {
    Up,
    #[nl(other)]
    Other { number: u8 },
}

#[derive(NlEnum)]
#[repr(u8)]
enum Kind {
    Up,
    #[nl(other)]
    Other(u16),
}

fn main() {}
