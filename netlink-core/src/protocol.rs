//! The netlink protocols: which part of the kernel a socket speaks with.

use std::fmt;

/// A netlink protocol, the third argument of `socket(2)`.
///
/// There is a constant for every number the kernel ever named, those without a listener in today's kernels too, and any
/// other number can be made with [`from_raw`](Protocol::from_raw). Mirrors `linux/netlink.h`.
///
/// ```
/// use netlink_core::protocol::Protocol;
///
/// assert_eq!(Protocol::GENERIC.raw(), 16);
/// assert_eq!(Protocol::GENERIC.to_string(), "NETLINK_GENERIC");
/// assert_eq!(Protocol::from_raw(17).to_string(), "netlink protocol 17");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Protocol(u16);

impl Protocol {
    /// The number: 0 to 31 in today's kernels.
    ///
    /// ```
    /// # use netlink_core::protocol::Protocol;
    /// assert_eq!(Protocol::NETFILTER.raw(), 12);
    /// ```
    #[must_use]
    pub const fn raw(self) -> u16 {
        self.0
    }

    /// The protocol of that number. Every number is accepted here; opening a socket for one that the kernel does not
    /// have fails with `EPROTONOSUPPORT`.
    ///
    /// ```
    /// # use netlink_core::protocol::Protocol;
    /// assert_eq!(Protocol::from_raw(0), Protocol::ROUTE);
    /// ```
    #[must_use]
    pub const fn from_raw(raw: u16) -> Self {
        Self(raw)
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "netlink protocol {}", self.0),
        }
    }
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "Protocol({})", self.0),
        }
    }
}

/// A protocol known at compile time: what a message type, a socket or an operation of one protocol is marked with, so
/// that the compiler keeps them apart.
///
/// ```
/// use netlink_core::protocol::{Connector, IsProtocol, Protocol, Route};
///
/// fn describe<P: IsProtocol>(_: P) -> (Protocol, bool) {
///     (P::PROTOCOL, P::CONTROL)
/// }
/// assert_eq!(describe(Route), (Protocol::ROUTE, true));
/// assert_eq!(describe(Connector), (Protocol::CONNECTOR, false));
/// ```
pub trait IsProtocol: Copy + Default + fmt::Debug + Send + Sync + 'static {
    /// The protocol's number.
    const PROTOCOL: Protocol;

    /// Whether message types below 16 are control messages (`NLMSG_DONE`, `NLMSG_ERROR`, ...).
    ///
    /// False for the connector, whose data travels in messages of type `NLMSG_DONE`, and for uevents, which have no
    /// netlink header at all.
    const CONTROL: bool = true;
}

/// `NAME "NETLINK_NAME" = number, Marker { .. };` becomes the constant, its name, and the marker type with what it says
/// differently from the trait's defaults; protocols that nothing speaks any more have no marker. The string repeats the
/// name because `doc(alias)` takes nothing but a literal; a test holds the two together.
macro_rules! protocols {
    ($(
        $(#[$meta:meta])*
        $constant:ident $text:literal = $number:literal $(, $marker:ident { $($differs:tt)* })?;
    )*) => {
        impl Protocol {
            $(
                $(#[$meta])*
                #[doc(alias = $text)]
                pub const $constant: Self = Self($number);
            )*

            /// The kernel's name of the protocol, such as `"NETLINK_ROUTE"`, or `None` if the number has none here.
            ///
            /// ```
            /// # use netlink_core::protocol::Protocol;
            /// assert_eq!(Protocol::ROUTE.name(), Some("NETLINK_ROUTE"));
            /// ```
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self {
                    $(Self::$constant => Some($text),)*
                    _ => None,
                }
            }
        }

        $($(
            #[doc = concat!("The marker type of [`Protocol::", stringify!($constant), "`].")]
            ///
            /// ```
            #[doc = concat!("use netlink_core::protocol::{IsProtocol, Protocol, ", stringify!($marker), "};")]
            #[doc = concat!("assert_eq!(", stringify!($marker), "::PROTOCOL, Protocol::", stringify!($constant), ");")]
            /// ```
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $marker;

            impl IsProtocol for $marker {
                const PROTOCOL: Protocol = Protocol::$constant;
                $($differs)*
            }
        )?)*

        #[cfg(test)]
        const NAMES: &[(Protocol, &str, &str)] = &[$((Protocol::$constant, stringify!($constant), $text)),*];
    };
}

protocols! {
    /// Links, addresses, routes, rules, neighbours, traffic control.
    ROUTE "NETLINK_ROUTE" = 0, Route {};
    /// Retired: nothing listens. Linux 2.6.13 to 2.6.17 used the number for the 1-wire bus, which then moved to the
    /// [connector](Self::CONNECTOR).
    UNUSED "NETLINK_UNUSED" = 1;
    /// Between processes only: the kernel does not listen, and no privilege is needed.
    USERSOCK "NETLINK_USERSOCK" = 2, UserSock {};
    /// Retired: packets for `ip_queue`, removed in Linux 3.5. Its successor is `nfnetlink_queue`, over
    /// [netfilter](Self::NETFILTER).
    FIREWALL "NETLINK_FIREWALL" = 3;
    /// Sockets of the whole machine and their state: TCP, UDP, Unix, packet, netlink, vsock and others.
    #[doc(alias = "NETLINK_INET_DIAG")]
    SOCK_DIAG "NETLINK_SOCK_DIAG" = 4, SockDiag {};
    /// Retired: packets for the iptables target `ULOG`, removed in Linux 3.17. Its successor is `nfnetlink_log`, over
    /// [netfilter](Self::NETFILTER).
    NFLOG "NETLINK_NFLOG" = 5;
    /// IPsec: states and policies.
    XFRM "NETLINK_XFRM" = 6, Xfrm {};
    /// Events of SELinux: enforcing mode changed, policy loaded.
    SELINUX "NETLINK_SELINUX" = 7, Selinux {};
    /// Open-iSCSI.
    ISCSI "NETLINK_ISCSI" = 8, Iscsi {};
    /// The audit subsystem: its state, rules and records.
    AUDIT "NETLINK_AUDIT" = 9, Audit {};
    /// Looks up an IPv4 address in the routing tables.
    FIB_LOOKUP "NETLINK_FIB_LOOKUP" = 10, FibLookup {};
    /// The connector, with process events among its users.
    CONNECTOR "NETLINK_CONNECTOR" = 11, Connector {
        const CONTROL: bool = false;
    };
    /// Netfilter: nftables, connection tracking, ipset, queues, logs.
    NETFILTER "NETLINK_NETFILTER" = 12, Netfilter {};
    /// Retired: packets for `ip6_queue`, removed in Linux 3.5. Its successor is `nfnetlink_queue`, over
    /// [netfilter](Self::NETFILTER).
    IP6_FW "NETLINK_IP6_FW" = 13;
    /// Retired: routing messages of DECnet, removed in Linux 6.1 without a successor.
    DNRTMSG "NETLINK_DNRTMSG" = 14;
    /// Device events, as udev listens to: strings separated by NUL, without a netlink header.
    KOBJECT_UEVENT "NETLINK_KOBJECT_UEVENT" = 15, KobjectUevent {
        const CONTROL: bool = false;
    };
    /// Generic netlink: families with names, resolved at run time.
    GENERIC "NETLINK_GENERIC" = 16, Generic {};
    /// Events of SCSI transports, such as Fibre Channel.
    SCSITRANSPORT "NETLINK_SCSITRANSPORT" = 18, ScsiTransport {};
    /// Retired: eCryptfs and its daemon, which now use the device `/dev/ecryptfs`.
    ECRYPTFS "NETLINK_ECRYPTFS" = 19;
    /// RDMA devices and their resources.
    RDMA "NETLINK_RDMA" = 20, Rdma {};
    /// The kernel's cryptographic algorithms.
    CRYPTO "NETLINK_CRYPTO" = 21, Crypto {};
    /// SMC monitoring.
    SMC "NETLINK_SMC" = 22, Smc {};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_constant_is_the_kernels_name_without_the_prefix() {
        for &(protocol, constant, text) in NAMES {
            assert_eq!(format!("NETLINK_{constant}"), text);
            assert_eq!(protocol.name(), Some(text));
            assert_eq!(format!("{protocol:?}"), text);
            assert_eq!(protocol.to_string(), text);
        }
    }

    #[test]
    fn the_numbers_are_all_those_of_the_kernel_in_order() {
        // The header leaves 17 free.
        let numbers: Vec<u16> = NAMES.iter().map(|(protocol, ..)| protocol.raw()).collect();
        let expected: Vec<u16> = (0..=22).filter(|&number| number != 17).collect();
        assert_eq!(numbers, expected);
    }

    #[test]
    fn the_numbers_agree_with_libc() {
        for (protocol, number) in [
            (Protocol::ROUTE, libc::NETLINK_ROUTE),
            (Protocol::SOCK_DIAG, libc::NETLINK_INET_DIAG),
            (Protocol::AUDIT, libc::NETLINK_AUDIT),
            (Protocol::CONNECTOR, libc::NETLINK_CONNECTOR),
            (Protocol::KOBJECT_UEVENT, libc::NETLINK_KOBJECT_UEVENT),
            (Protocol::GENERIC, libc::NETLINK_GENERIC),
            (Protocol::CRYPTO, libc::NETLINK_CRYPTO),
        ] {
            assert_eq!(libc::c_int::from(protocol.raw()), number);
        }
    }

    #[test]
    fn unknown_numbers_survive() {
        let protocol = Protocol::from_raw(31);
        assert_eq!(protocol.raw(), 31);
        assert_eq!(protocol.name(), None);
        assert_eq!(format!("{protocol:?}"), "Protocol(31)");
        assert_eq!(protocol.to_string(), "netlink protocol 31");
    }

    #[test]
    fn trap_44_connector_and_uevents_have_no_control_messages() {
        fn control<P: IsProtocol>(_: P) -> bool {
            P::CONTROL
        }
        assert!(!control(Connector));
        assert!(!control(KobjectUevent));
        assert!(control(Route) && control(Generic) && control(Netfilter) && control(SockDiag) && control(Audit));
    }
}
