//! Mistakes of published libraries that no trap above is about.

use std::time::Duration;

use netlink_core::{
    Do, DoDump, Errno, Error, NlFamily,
    operation::{FamilyInfo, Operation},
    protocol::{Generic, Route},
    request::Request,
    sim::{Faults, Kernel},
};

use super::{connect, happenings, listed};
use crate::declared::{Limits, Link, Net, Sensor, Sensors, kernel_with, link};

/// Replies that are not what was declared.
struct Odd;

impl NlFamily for Odd {
    type Protocol = Route;
    const INFO: FamilyInfo = FamilyInfo { name: "odd", ..Net::INFO };
}

impl Odd {
    /// What the kernel sends: bytes.
    const SENDS: Operation<Self, DoDump<&'static [u8], &'static [u8]>> = Operation::new("get", 18, 16);
    /// What the caller expects, under another number.
    const EXPECTS_OTHER: Operation<Self, Do<Link<'static>, Link<'static>>> = Operation::new("get", 18, 17);
}

traps! {
    fn mistake_a_command_answered_under_another_number_is_not_taken_for_the_reply() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        let error = wait!(connection.ask(Odd::EXPECTS_OTHER.with(&link(1)))).unwrap_err();
        assert!(matches!(error, Error::Unexpected { expected: 17, found: 16 }), "{error}");
        // In a generic family, request and reply have numbers of their own.
        let kernel = Kernel::new();
        kernel.on(Sensors::GET, |wanted, call| {
            assert_eq!(call.request()[16], 1);
            Ok(wanted)
        });
        let mut connection = connect::<Generic>(&kernel);
        let limits = Some(Limits { high: Some(-4), port: Some(0x1234) });
        let sensor = Sensor { id: Some(7), limits, name: Some("cpu".into()) };
        assert_eq!(wait!(connection.ask(Sensors::GET.with(&sensor))).unwrap(), sensor);
        // And the same number in both directions is refused by the kernel, not taken for something else.
        let wrong = Request::raw(Generic, wait!(connection.family_id::<Sensors>()).unwrap()).add_bytes(&[2, 1, 0, 0]);
        assert_eq!(wait!(connection.tell(wrong)).unwrap_err().errno(), Some(Errno::OPNOTSUPP));
    }

    fn mistake_an_empty_or_truncated_reply_is_no_struct_of_zeros() {
        for len in 0..16 {
            let kernel = Kernel::new();
            let short: &'static [u8] = &[7; 16][..len];
            kernel.on_many(Odd::SENDS, move |_, _| Ok(vec![short]));
            kernel.on_dump(Odd::SENDS, move |_, _| Ok([short]));
            let mut connection = connect::<Route>(&kernel);
            let error = wait!(connection.ask(Net::GET.with(&link(1)))).unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{len} bytes: {error}");
            let (links, errors) = listed!(wait!(connection.dump(Net::GET.with(&link(1)))).unwrap());
            assert!(links.is_empty() && matches!(errors[..], [Error::Decode(_)]), "{len} bytes: {errors:?}");
        }
        // What is absent is none.
        let kernel = Kernel::new();
        kernel.on(Odd::SENDS, |_, _| Ok(&[0; 16][..]));
        let mut connection = connect::<Route>(&kernel);
        assert_eq!(wait!(connection.ask(Net::GET.with(&link(1)))).unwrap(), Link::default());
    }

    fn mistake_an_entry_that_cannot_be_read_costs_neither_the_list_nor_time() {
        let good = netlink_core::NlMessage::to_bytes(&link(1)).unwrap();
        let kernel = Kernel::new();
        kernel.on_dump(Odd::SENDS, move |_, _| {
            // An attribute that claims more than is there.
            let bad = [&good[..16], &[200, 0, 3, 0]].concat();
            Ok([good.clone(), bad, good.clone()].map(|bytes| &*bytes.leak()))
        });
        let mut connection = connect::<Route>(&kernel);
        let begun = kernel.now();
        let (links, errors) = listed!(wait!(connection.dump(Net::GET.with(&link(0)))).unwrap());
        assert_eq!((links.len(), errors.len()), (2, 1));
        let Error::Decode(error) = &errors[0] else { panic!("{errors:?}") };
        assert_eq!(error.offset(), 32);
        assert!(kernel.now() - begun < Duration::from_secs(1));
    }

    fn mistake_a_loss_is_told_to_the_request_and_to_the_reader_of_events() {
        let kernel = kernel_with(3);
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.join(Net::CHANGES)).unwrap();
        let mut faults = Faults::none(1);
        faults.overrun = 1000;
        kernel.set_faults(faults);
        let error = wait!(connection.ask(Net::GET.with(&link(1)))).unwrap_err();
        assert!(matches!(error, Error::Overrun), "{error}");
        kernel.set_faults(Faults::none(1));
        kernel.notify(Net::CHANGES, Net::CHANGED, &link(2));
        assert_eq!(happenings!(connection), ["lost", "group 1"]);
    }
}
