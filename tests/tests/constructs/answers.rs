//! Numbers of replies.

use netlink_core::{
    Error, NlFamily,
    operation::{Do, DoDump, Dump, Operation},
    protocol::Route,
    request::RawMessage,
    sim::Kernel,
};

/// The kernel answers with the number of the question for bridges, and with that of new entries for VXLANs.
#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Groups {
    #[nl(86, also = 84)]
    list: Dump<(), &'static [u8]>,
}

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    #[nl(1, reply = 2, also = 3)]
    get: DoDump<(), &'static [u8]>,
}

#[test]
fn c24_an_operation_is_answered_with_one_of_two_numbers() {
    let list = |number| {
        let kernel = Kernel::new();
        let everything: Operation<Groups, Dump<(), RawMessage<'_>>> = Operation::new("everything", 86, number);
        kernel.on_dump(everything, |_, _| Ok([RawMessage { body: vec![7, 8, 9, 0].into(), ..RawMessage::default() }]));
        let mut connection = kernel.connect::<Route>().unwrap();
        let mut entries = connection.dump(Groups::LIST.with(&())).unwrap();
        entries.next_borrowed().unwrap().map(<[u8]>::to_vec)
    };
    assert_eq!(list(86).unwrap(), [7, 8, 9, 0]);
    assert_eq!(list(84).unwrap(), [7, 8, 9, 0]);
    assert!(matches!(list(85), Err(Error::Unexpected { expected: 86, found: 85 })));
}

#[test]
fn c24_of_generic_families_too() {
    let ask = |command| {
        let kernel = Kernel::new();
        let everything: Operation<Sensors, Do<(), RawMessage<'_>>> = Operation::new("everything", 1, command);
        kernel.on(everything, |_, _| Ok(RawMessage { body: vec![7].into(), ..RawMessage::default() }));
        let mut connection = kernel.connect::<<Sensors as NlFamily>::Protocol>().unwrap();
        connection.ask(Sensors::GET.with(&())).map(<[u8]>::to_vec)
    };
    assert_eq!(ask(2).unwrap(), [7]);
    assert_eq!(ask(3).unwrap(), [7]);
    assert!(matches!(ask(4), Err(Error::Unexpected { expected: 2, found: 4 })));
}

#[test]
fn c24_the_description_has_both_numbers() {
    let list = Groups::SCHEMA.operation("list").unwrap();
    assert_eq!((list.request_id, list.reply_id, list.also_id), (86, 86, Some(84)));
    assert_eq!((Sensors::GET.reply_id(), Sensors::GET.also_id()), (2, Some(3)));
}
