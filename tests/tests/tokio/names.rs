//! Links that are given by name where the kernel wants an index.

use netlink_core::errno::Errno;
use protocols::route::{address, ip::IpNet};

use crate::*;

#[test]
fn links_are_looked_up_when_a_request_is_sent() {
    in_namespace(|| async {
        let connection = Conn::open().unwrap();
        connection.tell(link::bridge("br0").add()).await.unwrap();
        connection.tell(link::veth("a").peer("b").master("br0").add()).await.unwrap();
        let br0 = connection.ask(link::get("br0")).await.unwrap().index();
        let net: IpNet = "192.0.2.1/24".parse().unwrap();
        let elsewhere = connection.offloaded();
        let (one, other) =
            tokio::join!(connection.tell(link::set("b").master("br0")), elsewhere.tell(address::add("b", net)));
        one.and(other).unwrap();
        let ports = connection.list(link::list().of_master("br0"), 3).await.unwrap().entries;
        assert!(ports.len() == 2 && ports.iter().all(|port| port.master == Some(br0)), "{ports:?}");
        let addresses = connection.list(address::list().of_link("b").v4(), 3).await.unwrap().entries;
        assert_eq!(addresses[0].net(), Some(net));

        let error = connection.tell(link::set("a").master("absent")).await.unwrap_err();
        assert_eq!(error.to_string(), "No such device (ENODEV) (`LinkGet.ifname` is \"absent\")");
        let error = connection.send(link::set("a").master("absent")).await.unwrap_err();
        assert_eq!(error.errno(), Some(Errno::NODEV));

        let mut batch = connection.batch();
        batch.add(link::bridge("br1").add()).await.unwrap();
        batch.add(link::set("a").master("br1")).await.unwrap();
        assert!(batch.add(link::set("a").master("absent")).await.is_err());
        let report = batch.finish().await;
        assert_eq!((report.sent(), report.done()), (2, 2), "{report:?}");
    });
}
