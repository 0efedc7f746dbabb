//! `mqprio`: traffic classes on the transmit queues of a device.

use netlink_core::{NlDebug, NlEnum, NlMessage, NlStruct, wire::UnknownAttrs};

/// Priorities to traffic classes, and traffic classes to queues.
#[doc(alias = "tc_mqprio_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MqprioMap {
    /// How many traffic classes there are; at most 16.
    pub num_tc: u8,
    /// The traffic class of each priority of packets.
    pub prio_tc_map: [u8; 16],
    /// 1 if the device knows of the traffic classes, 0 if only the kernel does.
    pub hw: u8,
    /// How many queues each traffic class has.
    pub count: [u16; 16],
    /// The first queue of each traffic class.
    pub offset: [u16; 16],
}

/// Who decides about the queues of the device.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum MqprioMode {
    /// Data centre bridging.
    #[doc(alias = "TC_MQPRIO_MODE_DCB")]
    #[default]
    Dcb = 0,
    /// This queueing discipline.
    #[doc(alias = "TC_MQPRIO_MODE_CHANNEL")]
    Channel = 1,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u16),
}

/// How the device shapes traffic classes.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum MqprioShaper {
    /// As data centre bridging says.
    #[doc(alias = "TC_MQPRIO_SHAPER_DCB")]
    #[default]
    Dcb = 0,
    /// By the rates that are given here.
    #[doc(alias = "TC_MQPRIO_SHAPER_BW_RATE")]
    BwRate = 1,
    /// A shaper of a newer kernel.
    #[nl(other)]
    Other(u16),
}

/// Whether frames of a traffic class may be interrupted (IEEE 802.1Q). Since Linux 6.4.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum FramePreemption {
    /// Never interrupted, and interrupts others.
    #[doc(alias = "TC_FP_EXPRESS")]
    Express = 1,
    /// May be interrupted.
    #[doc(alias = "TC_FP_PREEMPTIBLE")]
    Preemptible = 2,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// An `mqprio` queueing discipline. The attributes are for devices that know of traffic classes, and
/// not proven with one yet.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Mqprio<'a> {
    /// Priorities, traffic classes and queues.
    #[nl_attr(header)]
    pub map: MqprioMap,
    /// Who decides about the queues.
    #[doc(alias = "TCA_MQPRIO_MODE")]
    #[nl_attr(1)]
    pub mode: Option<MqprioMode>,
    /// How the device shapes.
    #[doc(alias = "TCA_MQPRIO_SHAPER")]
    #[nl_attr(2)]
    pub shaper: Option<MqprioShaper>,
    /// The rates that traffic classes get at least.
    #[doc(alias = "TCA_MQPRIO_MIN_RATE64")]
    #[nl_attr(3)]
    pub min_rate64: Option<MqprioMinRates<'a>>,
    /// The rates that traffic classes get at most.
    #[doc(alias = "TCA_MQPRIO_MAX_RATE64")]
    #[nl_attr(4)]
    pub max_rate64: Option<MqprioMaxRates<'a>>,
    /// What is said of single traffic classes. Since Linux 6.4.
    #[doc(alias = "TCA_MQPRIO_TC_ENTRY")]
    #[nl_attr(5, multi)]
    pub tc_entry: Vec<MqprioTcEntry<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The rates that traffic classes get at least.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MqprioMinRates<'a> {
    /// Bytes a second, of each class from the first.
    #[doc(alias = "TCA_MQPRIO_MIN_RATE64")]
    #[nl_attr(3, multi)]
    pub min_rate64: Vec<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The rates that traffic classes get at most.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MqprioMaxRates<'a> {
    /// Bytes a second, of each class from the first.
    #[doc(alias = "TCA_MQPRIO_MAX_RATE64")]
    #[nl_attr(4, multi)]
    pub max_rate64: Vec<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is said of one traffic class.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MqprioTcEntry<'a> {
    /// The traffic class.
    #[doc(alias = "TCA_MQPRIO_TC_ENTRY_INDEX")]
    #[nl_attr(1, range = 0..=15)]
    pub index: Option<u32>,
    /// Whether its frames may be interrupted.
    #[doc(alias = "TCA_MQPRIO_TC_ENTRY_FP")]
    #[nl_attr(2)]
    pub fp: Option<FramePreemption>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
