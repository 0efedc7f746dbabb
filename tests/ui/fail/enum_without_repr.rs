use netlink_core::NlEnum;

#[derive(NlEnum)]
enum State {
    Up,
    #[nl(other)]
    Other(u32),
}

#[derive(NlEnum)]
#[repr(usize)]
enum Size {
    Up,
    #[nl(other)]
    Other(usize),
}

fn main() {}
