use netlink_core::{Connection, Error, protocol::Route};

fn main() -> Result<(), Error> {
    let mut route = Connection::<Route>::open()?;
    route.tell("link up")
}
