//! Extended acknowledgements: 41 to 43, K3.

use netlink_core::{
    Errno, Error,
    protocol::{Generic, Route},
    sim::Refusal,
    socket::SocketOption,
    wire::UnknownAttrs,
};

use super::connect;
use crate::declared::{Data, Header, Info, Link, Net, Sensor, Sensors, kernel_with, link, link_of};

fn vlan() -> Link<'static> {
    let data = Data { id: Some(5000), reorder: Some(1) };
    let info = Info { kind: Some("vlan".into()), data: Some(data), unknown: UnknownAttrs::default() };
    Link { header: Header { index: 3, ..Header::default() }, info: Some(info), ..link(3) }
}

traps! {
    fn trap_41_offsets_are_walked_in_the_bytes_that_were_sent() {
        let kernel = kernel_with(0);
        let mut connection = connect::<Route>(&kernel);
        for (refusal, path) in [
            (Refusal::new(Errno::RANGE).at(&[18, 2, 1]), "Link.info.data.id"),
            (Refusal::new(Errno::RANGE).at_field("info.data.reorder"), "Link.info.data.reorder"),
            (Refusal::new(Errno::RANGE).at_field("info"), "Link.info"),
            // In the fixed header.
            (Refusal::new(Errno::RANGE).at_offset(20), "Link.header.index"),
            (Refusal::new(Errno::RANGE).at_field("header.flags"), "Link.header.flags"),
        ] {
            kernel.on(Net::SET, move |_, _| Err(refusal.clone()));
            let error = wait!(connection.tell(Net::SET.with(&vlan()))).unwrap_err();
            assert!(error.to_string().contains(path), "{error}");
            let Error::Refused(refused) = error else { panic!() };
            assert_eq!(refused.field().unwrap().path(), path);
        }
        // Outside of the request: no place, and no panic.
        kernel.on(Net::SET, |_, _| Err(Refusal::new(Errno::RANGE).at_offset(100_000)));
        let Err(Error::Refused(refused)) = wait!(connection.tell(Net::SET.with(&vlan()))) else { panic!() };
        assert!(refused.field().is_none());

        // What the declaration says about a value is what the kernel would say.
        kernel.on(Sensors::SET, |_, _| Ok(()));
        let mut connection = connect::<Generic>(&kernel);
        // The range is one for sending, too: past it only by hand.
        let request = Sensors::SET.with(&Sensor { id: Some(1), ..Sensor::default() });
        let limits = [8, 0, 1, 0, 0xff, 0xff, 0xff, 0x7f];
        let nest = [&[12, 0, 2, 0x80][..], &limits].concat();
        let error = wait!(connection.tell(request.add_bytes(&nest))).unwrap_err();
        let Error::Refused(refused) = error else { panic!("{error}") };
        assert_eq!(refused.field().unwrap().path(), "Sensor.limits.high");
        assert_eq!((refused.errno(), refused.message()), (Errno::RANGE, Some("integer out of range")));
        assert_eq!(refused.accepts().unwrap().max_value_s, Some(125_000));
    }

    fn trap_42_a_missing_attribute_without_a_nest_is_missing_at_the_top() {
        let kernel = kernel_with(0);
        let mut connection = connect::<Route>(&kernel);
        for (refusal, path) in [
            (Refusal::new(Errno::INVAL).missing(3), "Link.name"),
            (Refusal::new(Errno::INVAL).missing_in(1, &[18]), "Link.info.kind"),
            (Refusal::new(Errno::INVAL).missing_in(2, &[18, 2]), "Link.info.data.reorder"),
        ] {
            kernel.on(Net::SET, move |_, _| Err(refusal.clone()));
            let error = wait!(connection.tell(Net::SET.with(&vlan()))).unwrap_err();
            let Error::Refused(refused) = error else { panic!("{error}") };
            assert_eq!((refused.missing_field().unwrap().path(), refused.field()), (path, None));
        }
        // Of a declaration that says what must be there: sent without it by hand.
        kernel.on(Sensors::SET, |_, _| Ok(()));
        let mut connection = connect::<Generic>(&kernel);
        let family = wait!(connection.family_id::<Sensors>()).unwrap();
        let request = netlink_core::Request::raw(Generic, family).add_bytes(&[3, 1, 0, 0]);
        let error = wait!(connection.tell(request)).unwrap_err();
        let Error::Refused(refused) = error else { panic!("{error}") };
        assert_eq!((refused.errno(), refused.ext_ack().missing), (Errno::INVAL, Some(1)));
    }

    fn trap_43_success_may_come_with_a_warning_and_a_cookie() {
        let kernel = kernel_with(1);
        kernel.on(Net::SET, |_, call| {
            call.warn("deprecated");
            call.cookie(*b"17");
            Ok(())
        });
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.tell(Net::SET.with(&link(1)))).unwrap();
        assert_eq!(connection.said().message.as_deref(), Some("deprecated"));
        assert_eq!(connection.said().cookie, b"17");
        // A success without words is one without words again.
        wait!(connection.ask(Net::GET.with(&link(1)))).unwrap();
        assert!(connection.said().is_empty());
        // Who did not ask for them does not get them.
        kernel.lack(SocketOption::ExtAck);
        let mut connection = connect::<Route>(&kernel);
        wait!(connection.tell(Net::SET.with(&link(1)))).unwrap();
        assert!(connection.said().is_empty());
    }

    fn k3_a_long_request_that_fails_is_not_repeated_in_the_answer_or_told_all_the_same() {
        let refused = |error: Result<(), Error>| match error {
            Err(Error::Refused(refused)) => (refused.errno(), refused.message().map(str::to_owned)),
            other => panic!("{other:?}"),
        };
        for lacking in [false, true] {
            let kernel = kernel_with(0);
            kernel.on(Net::SET, |_, _| Err(Refusal::new(Errno::NOSPC).message("full")));
            if lacking {
                kernel.lack(SocketOption::CapAck);
            }
            let mut connection = connect::<Route>(&kernel);
            let result = wait!(connection.tell(Net::SET.with(&link_of(1, 90_000))));
            assert_eq!(refused(result), (Errno::NOSPC, Some("full".to_owned())));
            // An echo that is longer than the buffer: at least the number is there.
            connection.socket().set_send_buffer(4_000_000).unwrap();
            let result = wait!(connection.tell(Net::SET.with(&link_of(1, 1_500_000))));
            assert_eq!(refused(result), (Errno::NOSPC, (!lacking).then(|| "full".to_owned())));
        }
    }
}
