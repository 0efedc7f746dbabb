use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
#[nl(bororwed)]
struct Sensor {
    #[nl_attr(1, requird)]
    id: Option<u32>,
    name: Option<String>,
    #[nl_attr(0x8002)]
    limits: Option<Limits>,
    #[nl_attr(3)]
    port: f32,
    #[nl_attr(3, select = knd)]
    data: Option<Vec<u8>>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl(optional)]
    low: Option<u32>,
    high: u32,
}

fn use_it(sensor: &Sensor, bytes: &[u8]) {
    sensor.to_bytes().unwrap();
    Sensor::decode(bytes).unwrap();
    Limits::decode(bytes).unwrap();
}

fn main() {}
