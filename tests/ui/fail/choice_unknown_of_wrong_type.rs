use netlink_core::NlMessage;

#[derive(NlMessage)]
enum Step {
    #[nl_attr(1)]
    Id(u32),
    #[nl_attr(unknown)]
    Unknown(Vec<u8>),
}

fn main() {}
