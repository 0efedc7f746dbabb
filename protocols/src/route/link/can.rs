//! Controller area networks: kinds `can`, `vcan` and `vxcan` (`linux/can/netlink.h`).

use netlink_core::{
    NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{Array, FixedStr, UnknownAttrs},
};

use super::Link;

/// A CAN controller. Declared after the headers; not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Can<'a> {
    /// The timing of bits.
    #[doc(alias = "IFLA_CAN_BITTIMING")]
    #[nl_attr(1)]
    pub bittiming: Option<CanBitTiming>,
    /// What the controller can. Only told.
    #[doc(alias = "IFLA_CAN_BITTIMING_CONST")]
    #[nl_attr(2)]
    pub bittiming_const: Option<CanBitTimingConst>,
    /// The clock of the controller. Only told.
    #[doc(alias = "IFLA_CAN_CLOCK")]
    #[nl_attr(3)]
    pub clock: Option<CanClock>,
    /// The state of the controller. Only told.
    #[doc(alias = "IFLA_CAN_STATE")]
    #[nl_attr(4)]
    pub state: Option<CanState>,
    /// Properties.
    #[doc(alias = "IFLA_CAN_CTRLMODE")]
    #[nl_attr(5)]
    pub ctrlmode: Option<CanCtrlMode>,
    /// After how many milliseconds the controller is restarted when it went off the bus; 0 for never.
    #[doc(alias = "IFLA_CAN_RESTART_MS")]
    #[nl_attr(6)]
    pub restart_ms: Option<u32>,
    /// Restarts it now, whatever the number. Only set.
    #[doc(alias = "IFLA_CAN_RESTART")]
    #[nl_attr(7)]
    pub restart: Option<u32>,
    /// How many errors there are. Only told.
    #[doc(alias = "IFLA_CAN_BERR_COUNTER")]
    #[nl_attr(8)]
    pub berr_counter: Option<CanBerrCounter>,
    /// The timing of bits of data in CAN FD.
    #[doc(alias = "IFLA_CAN_DATA_BITTIMING")]
    #[nl_attr(9)]
    pub data_bittiming: Option<CanBitTiming>,
    /// What the controller can there. Only told.
    #[doc(alias = "IFLA_CAN_DATA_BITTIMING_CONST")]
    #[nl_attr(10)]
    pub data_bittiming_const: Option<CanBitTimingConst>,
    /// The resistance that ends the bus, in ohms; 0 for none.
    #[doc(alias = "IFLA_CAN_TERMINATION")]
    #[nl_attr(11)]
    pub termination: Option<u16>,
    /// Which ones there are. Only told.
    #[doc(alias = "IFLA_CAN_TERMINATION_CONST")]
    #[nl_attr(12)]
    pub termination_const: Option<Array<'a, u16>>,
    /// Which bit rates there are, in bits per second. Only told.
    #[doc(alias = "IFLA_CAN_BITRATE_CONST")]
    #[nl_attr(13)]
    pub bitrate_const: Option<Array<'a, u32>>,
    /// Which ones there are for data in CAN FD. Only told.
    #[doc(alias = "IFLA_CAN_DATA_BITRATE_CONST")]
    #[nl_attr(14)]
    pub data_bitrate_const: Option<Array<'a, u32>>,
    /// The largest bit rate. Only told.
    #[doc(alias = "IFLA_CAN_BITRATE_MAX")]
    #[nl_attr(15)]
    pub bitrate_max: Option<u32>,
    /// How the delay of the transceiver is made up for in CAN FD. Since Linux 5.16.
    #[doc(alias = "IFLA_CAN_TDC")]
    #[nl_attr(16)]
    pub tdc: Option<CanTdc<'a>>,
    /// Which properties there are. Only told, since Linux 5.18.
    #[doc(alias = "IFLA_CAN_CTRLMODE_EXT")]
    #[nl_attr(17)]
    pub ctrlmode_ext: Option<CanCtrlModeExt<'a>>,
    /// The timing of bits of data in CAN XL.
    #[doc(alias = "IFLA_CAN_XL_DATA_BITTIMING")]
    #[nl_attr(18)]
    pub xl_data_bittiming: Option<CanBitTiming>,
    /// What the controller can there. Only told.
    #[doc(alias = "IFLA_CAN_XL_DATA_BITTIMING_CONST")]
    #[nl_attr(19)]
    pub xl_data_bittiming_const: Option<CanBitTimingConst>,
    /// Which bit rates there are for data in CAN XL. Only told.
    #[doc(alias = "IFLA_CAN_XL_DATA_BITRATE_CONST")]
    #[nl_attr(20)]
    pub xl_data_bitrate_const: Option<Array<'a, u32>>,
    /// How the delay of the transceiver is made up for in CAN XL.
    #[doc(alias = "IFLA_CAN_XL_TDC")]
    #[nl_attr(21)]
    pub xl_tdc: Option<CanTdc<'a>>,
    /// The pulse width modulation of CAN XL.
    #[doc(alias = "IFLA_CAN_XL_PWM")]
    #[nl_attr(22)]
    pub xl_pwm: Option<CanPwm<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The timing of bits: the rate, or the parts that it is made of.
#[doc(alias = "can_bittiming")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CanBitTiming {
    /// Bits per second.
    pub bitrate: u32,
    /// Where in the bit it is read, in tenths of a percent.
    pub sample_point: u32,
    /// The time quantum, in nanoseconds.
    pub tq: u32,
    /// The propagation segment, in quanta.
    pub prop_seg: u32,
    /// The first phase segment, in quanta.
    pub phase_seg1: u32,
    /// The second phase segment, in quanta.
    pub phase_seg2: u32,
    /// How far the clock may jump, in quanta.
    pub sjw: u32,
    /// What the clock is divided by.
    pub brp: u32,
}

/// What a controller can.
#[doc(alias = "can_bittiming_const")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CanBitTimingConst {
    /// Its name.
    pub name: FixedStr<16>,
    /// The shortest first segment, in quanta.
    pub tseg1_min: u32,
    /// The longest first segment, in quanta.
    pub tseg1_max: u32,
    /// The shortest second segment, in quanta.
    pub tseg2_min: u32,
    /// The longest second segment, in quanta.
    pub tseg2_max: u32,
    /// How far the clock can jump, in quanta.
    pub sjw_max: u32,
    /// The least that the clock can be divided by.
    pub brp_min: u32,
    /// The most that the clock can be divided by.
    pub brp_max: u32,
    /// In what steps.
    pub brp_inc: u32,
}

/// The clock of a controller.
#[doc(alias = "can_clock")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CanClock {
    /// The frequency, in hertz.
    pub freq: u32,
}

/// The state of a controller.
#[doc(alias = "can_state")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum CanState {
    /// Fewer than 96 errors.
    #[doc(alias = "CAN_STATE_ERROR_ACTIVE")]
    ErrorActive = 0,
    /// Fewer than 128 errors.
    #[doc(alias = "CAN_STATE_ERROR_WARNING")]
    ErrorWarning = 1,
    /// Fewer than 256 errors.
    #[doc(alias = "CAN_STATE_ERROR_PASSIVE")]
    ErrorPassive = 2,
    /// 256 errors or more: off the bus.
    #[doc(alias = "CAN_STATE_BUS_OFF")]
    BusOff = 3,
    /// Stopped.
    #[doc(alias = "CAN_STATE_STOPPED")]
    Stopped = 4,
    /// Asleep.
    #[doc(alias = "CAN_STATE_SLEEPING")]
    Sleeping = 5,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Properties of a controller, and which of them are meant.
#[doc(alias = "can_ctrlmode")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CanCtrlMode {
    /// The properties that a request means to change.
    pub mask: CanMode,
    /// The properties.
    pub flags: CanMode,
}

bitflags! {
    /// Properties of a controller.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct CanMode: u32 {
        /// Hears itself.
        #[doc(alias = "CAN_CTRLMODE_LOOPBACK")]
        const LOOPBACK = 0x1;
        /// Only listens.
        #[doc(alias = "CAN_CTRLMODE_LISTENONLY")]
        const LISTENONLY = 0x2;
        /// Reads each bit three times.
        #[doc(alias = "CAN_CTRLMODE_3_SAMPLES")]
        const TRIPLE_SAMPLING = 0x4;
        /// Does not repeat what failed.
        #[doc(alias = "CAN_CTRLMODE_ONE_SHOT")]
        const ONE_SHOT = 0x8;
        /// Tells of errors on the bus.
        #[doc(alias = "CAN_CTRLMODE_BERR_REPORTING")]
        const BERR_REPORTING = 0x10;
        /// Speaks CAN FD.
        #[doc(alias = "CAN_CTRLMODE_FD")]
        const FD = 0x20;
        /// Does without acknowledgements.
        #[doc(alias = "CAN_CTRLMODE_PRESUME_ACK")]
        const PRESUME_ACK = 0x40;
        /// Speaks CAN FD as before ISO 11898-1.
        #[doc(alias = "CAN_CTRLMODE_FD_NON_ISO")]
        const FD_NON_ISO = 0x80;
        /// Has lengths above 8 in classic CAN.
        #[doc(alias = "CAN_CTRLMODE_CC_LEN8_DLC")]
        const CC_LEN8_DLC = 0x100;
        /// Finds out the delay of the transceiver in CAN FD.
        #[doc(alias = "CAN_CTRLMODE_TDC_AUTO")]
        const TDC_AUTO = 0x200;
        /// Is told that delay.
        #[doc(alias = "CAN_CTRLMODE_TDC_MANUAL")]
        const TDC_MANUAL = 0x400;
        /// Sends no errors.
        #[doc(alias = "CAN_CTRLMODE_RESTRICTED")]
        const RESTRICTED = 0x800;
        /// Speaks CAN XL.
        #[doc(alias = "CAN_CTRLMODE_XL")]
        const XL = 0x1000;
        /// Finds out the delay of the transceiver in CAN XL.
        #[doc(alias = "CAN_CTRLMODE_XL_TDC_AUTO")]
        const XL_TDC_AUTO = 0x2000;
        /// Is told that delay.
        #[doc(alias = "CAN_CTRLMODE_XL_TDC_MANUAL")]
        const XL_TDC_MANUAL = 0x4000;
        /// Switches the mode of the transceiver.
        #[doc(alias = "CAN_CTRLMODE_XL_TMS")]
        const XL_TMS = 0x8000;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// How many errors there are.
#[doc(alias = "can_berr_counter")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CanBerrCounter {
    /// In sending.
    pub txerr: u16,
    /// In receiving.
    pub rxerr: u16,
}

/// What went wrong: `IFLA_INFO_XSTATS` of the kind `can`.
#[doc(alias = "can_device_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CanStats {
    /// Errors on the bus.
    pub bus_error: u32,
    /// How often the state became [`ErrorWarning`](CanState::ErrorWarning).
    pub error_warning: u32,
    /// How often it became [`ErrorPassive`](CanState::ErrorPassive).
    pub error_passive: u32,
    /// How often it became [`BusOff`](CanState::BusOff).
    pub bus_off: u32,
    /// How often somebody else was first.
    pub arbitration_lost: u32,
    /// How often the controller was restarted.
    pub restarts: u32,
}

/// How the delay of the transceiver is made up for. In periods of the clock.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CanTdc<'a> {
    /// The smallest value. Only told.
    #[doc(alias = "IFLA_CAN_TDC_TDCV_MIN")]
    #[nl_attr(1)]
    pub tdcv_min: Option<u32>,
    /// The largest value. Only told.
    #[doc(alias = "IFLA_CAN_TDC_TDCV_MAX")]
    #[nl_attr(2)]
    pub tdcv_max: Option<u32>,
    /// The smallest offset. Only told.
    #[doc(alias = "IFLA_CAN_TDC_TDCO_MIN")]
    #[nl_attr(3)]
    pub tdco_min: Option<u32>,
    /// The largest offset. Only told.
    #[doc(alias = "IFLA_CAN_TDC_TDCO_MAX")]
    #[nl_attr(4)]
    pub tdco_max: Option<u32>,
    /// The smallest filter window. Only told.
    #[doc(alias = "IFLA_CAN_TDC_TDCF_MIN")]
    #[nl_attr(5)]
    pub tdcf_min: Option<u32>,
    /// The largest filter window. Only told.
    #[doc(alias = "IFLA_CAN_TDC_TDCF_MAX")]
    #[nl_attr(6)]
    pub tdcf_max: Option<u32>,
    /// The value.
    #[doc(alias = "IFLA_CAN_TDC_TDCV")]
    #[nl_attr(7)]
    pub tdcv: Option<u32>,
    /// The offset.
    #[doc(alias = "IFLA_CAN_TDC_TDCO")]
    #[nl_attr(8)]
    pub tdco: Option<u32>,
    /// The filter window.
    #[doc(alias = "IFLA_CAN_TDC_TDCF")]
    #[nl_attr(9)]
    pub tdcf: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Which properties a controller has.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CanCtrlModeExt<'a> {
    /// Those that can be switched.
    #[doc(alias = "IFLA_CAN_CTRLMODE_SUPPORTED")]
    #[nl_attr(1)]
    pub supported: Option<CanMode>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Pulse width modulation. In periods of the clock.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CanPwm<'a> {
    /// The shortest short phase. Only told.
    #[doc(alias = "IFLA_CAN_PWM_PWMS_MIN")]
    #[nl_attr(1)]
    pub pwms_min: Option<u32>,
    /// The longest short phase. Only told.
    #[doc(alias = "IFLA_CAN_PWM_PWMS_MAX")]
    #[nl_attr(2)]
    pub pwms_max: Option<u32>,
    /// The shortest long phase. Only told.
    #[doc(alias = "IFLA_CAN_PWM_PWML_MIN")]
    #[nl_attr(3)]
    pub pwml_min: Option<u32>,
    /// The longest long phase. Only told.
    #[doc(alias = "IFLA_CAN_PWM_PWML_MAX")]
    #[nl_attr(4)]
    pub pwml_max: Option<u32>,
    /// The smallest offset. Only told.
    #[doc(alias = "IFLA_CAN_PWM_PWMO_MIN")]
    #[nl_attr(5)]
    pub pwmo_min: Option<u32>,
    /// The largest offset. Only told.
    #[doc(alias = "IFLA_CAN_PWM_PWMO_MAX")]
    #[nl_attr(6)]
    pub pwmo_max: Option<u32>,
    /// The short phase.
    #[doc(alias = "IFLA_CAN_PWM_PWMS")]
    #[nl_attr(7)]
    pub pwms: Option<u32>,
    /// The long phase.
    #[doc(alias = "IFLA_CAN_PWM_PWML")]
    #[nl_attr(8)]
    pub pwml: Option<u32>,
    /// The offset.
    #[doc(alias = "IFLA_CAN_PWM_PWMO")]
    #[nl_attr(9)]
    pub pwmo: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// One end of a pair of virtual CAN links: kind `vxcan`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Vxcan<'a> {
    /// The other end, in requests that make the pair.
    #[doc(alias = "VXCAN_INFO_PEER")]
    #[nl_attr(1)]
    pub peer: Option<Box<Link<'a>>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
