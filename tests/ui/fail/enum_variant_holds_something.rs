use netlink_core::NlEnum;

#[derive(NlEnum)]
#[repr(u8)]
enum State {
    Down(u8),
    Up { since: u8 },
    #[nl(other)]
    Other(u8),
}

fn main() {}
