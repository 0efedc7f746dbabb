use netlink_core::NlDebug;

#[derive(NlDebug)]
enum State {
    Up,
}

#[derive(NlDebug)]
struct Pair(Option<u32>, Option<u32>);

#[derive(NlDebug)]
struct Nothing;

fn main() {}
