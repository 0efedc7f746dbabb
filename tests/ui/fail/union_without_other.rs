use netlink_core::NlUnion;

#[derive(NlUnion)]
enum Data {
    #[nl("vlan")]
    Vlan(u32),
}

#[derive(NlUnion)]
enum More<'a> {
    #[nl("vlan")]
    Vlan(&'a str),
}

fn main() {}
