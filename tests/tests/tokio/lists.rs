//! Lists: one at a time on a socket, however many are asked for.

use netlink_core::{Request, protocol::Route as RouteProtocol};
use netlink_tests::netns::output;

use crate::*;

const ADDRESSES: usize = 2000;

const RTM_NEWADDR: u16 = 20;
const RTM_GETADDR: u16 = 22;

/// Gives the loopback interface many addresses.
async fn furnish(connection: &Conn) {
    output("ip", &["link", "set", "lo", "up"]);
    for number in 0..ADDRESSES {
        let [high, low] = u16::try_from(number).unwrap().to_be_bytes();
        let address = [127, 1, high, low];
        // `struct ifaddrmsg`: AF_INET, a prefix of 32 bits, the interface 1; IFA_ADDRESS and IFA_LOCAL.
        let request = Request::raw(RouteProtocol, RTM_NEWADDR).create().add_bytes(&[2, 32, 0, 0, 1, 0, 0, 0]);
        connection.tell(request.add_attr(1, &address).add_attr(2, &address)).await.unwrap();
    }
}

/// All IPv4 addresses.
macro_rules! addresses {
    ($connection:expr) => {
        $connection.dump(Request::raw(RouteProtocol, RTM_GETADDR).add_bytes(&[2, 0, 0, 0, 0, 0, 0, 0])).await.unwrap()
    };
}

async fn count(connection: &Conn) -> usize {
    let mut list = addresses!(connection);
    let mut count = 0;
    while let Some(address) = list.next_borrowed().await {
        address.unwrap();
        count += 1;
    }
    count
}

#[test]
fn two_thousand_addresses_are_listed_while_others_ask() {
    in_namespace(|| async {
        let connection = Conn::open().unwrap();
        furnish(&connection).await;
        // With 127.0.0.1 of the interface itself.
        assert_eq!(count(&connection).await, ADDRESSES + 1);
        let asking: Vec<_> = (0..8)
            .map(|_| {
                let connection = connection.clone();
                tokio::spawn(async move {
                    for _ in 0..100 {
                        assert_eq!(index_of_lo(&connection).await.unwrap(), 1);
                        tokio::task::yield_now().await;
                    }
                })
            })
            .collect();
        for _ in 0..5 {
            let mut list = addresses!(connection);
            let mut count = 0;
            while let Some(address) = list.next().await {
                assert_eq!(address.unwrap().header.kind, RTM_NEWADDR);
                count += 1;
                if count % 100 == 0 {
                    tokio::task::yield_now().await;
                }
            }
            assert_eq!(count, ADDRESSES + 1);
        }
        for task in asking {
            task.await.unwrap();
        }
        assert_eq!(connection.counters().late, 0);
    });
}

#[test]
fn several_lists_at_once_are_each_complete() {
    in_namespace(|| async {
        let connection = Conn::open().unwrap();
        furnish(&connection).await;
        let (first, second, third) = tokio::join!(count(&connection), count(&connection), count(&connection));
        assert_eq!([first, second, third], [ADDRESSES + 1; 3]);
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let connection = connection.clone();
                tokio::spawn(async move { count(&connection).await })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), ADDRESSES + 1);
        }
    });
}

#[test]
fn a_list_and_requests_within_a_list_that_is_half_read() {
    in_namespace(|| async {
        let connection = Conn::open().unwrap();
        furnish(&connection).await;
        let mut outer = addresses!(connection);
        let mut seen = 0;
        while let Some(address) = outer.next().await {
            address.unwrap();
            seen += 1;
            // The outer list is put aside meanwhile.
            if seen % 500 == 1 {
                assert_eq!(count(&connection).await, ADDRESSES + 1);
            }
            assert_eq!(index_of_lo(&connection).await.unwrap(), 1);
        }
        assert_eq!(seen, ADDRESSES + 1);
    });
}

#[test]
fn trap_14_live_a_list_that_is_dropped_is_no_obstacle() {
    in_namespace(|| async {
        let connection = Conn::open().unwrap();
        furnish(&connection).await;
        for taken in [0, 1, 100, ADDRESSES] {
            let mut list = addresses!(connection);
            for _ in 0..taken {
                list.next().await.unwrap().unwrap();
            }
            drop(list);
            assert_eq!(index_of_lo(&connection).await.unwrap(), 1);
            assert_eq!(count(&connection).await, ADDRESSES + 1);
        }
        // Neither read nor dropped.
        let forgotten = addresses!(connection);
        assert_eq!(count(&connection).await, ADDRESSES + 1);
        std::mem::forget(forgotten);
        assert_eq!(count(&connection).await, ADDRESSES + 1);
    });
}

#[test]
fn all_entries_are_collected() {
    on_both(|| async {
        let connection = Conn::open().unwrap();
        let links: Vec<Link<'static>> =
            connection.dump(Route::GET_LINK.with(&LinkGet::default())).await.unwrap().collect().await.unwrap();
        assert!(links.iter().any(|link| link.ifname == lo().ifname));
    });
}
