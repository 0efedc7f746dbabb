use netlink_core::NlMessage;

#[derive(NlMessage)]
enum Step {
    #[nl_attr(1)]
    Id(u32),
}

fn main() {}
