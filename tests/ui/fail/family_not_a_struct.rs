use netlink_core::NlFamily;

#[derive(NlFamily)]
#[nl(generic = "sensors")]
enum Sensors {
    Get,
}

#[derive(NlFamily)]
#[nl(generic = "more")]
struct More(u32);

fn main() {}
