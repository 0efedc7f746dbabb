//! How an interface is connected, and with what.

use netlink_core::{NlDebug, NlEnum, NlMessage, wire::UnknownAttrs};

use super::{Bitset, Header};

/// How an interface is connected.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct LinkInfo<'a> {
    /// The interface.
    #[doc(alias = "ETHTOOL_A_LINKINFO_HEADER")]
    #[nl_attr(1)]
    pub header: Option<Header<'a>>,
    /// The kind of socket.
    #[doc(alias = "ETHTOOL_A_LINKINFO_PORT")]
    #[nl_attr(2)]
    pub port: Option<Port>,
    /// The address of the PHY on its bus.
    #[doc(alias = "ETHTOOL_A_LINKINFO_PHYADDR")]
    #[nl_attr(3)]
    pub phyaddr: Option<u8>,
    /// Whether the pairs are crossed.
    #[doc(alias = "ETHTOOL_A_LINKINFO_TP_MDIX")]
    #[nl_attr(4)]
    pub tp_mdix: Option<Mdix>,
    /// What decides whether the pairs are crossed.
    #[doc(alias = "ETHTOOL_A_LINKINFO_TP_MDIX_CTRL")]
    #[nl_attr(5)]
    pub tp_mdix_ctrl: Option<Mdix>,
    /// Where the PHY is.
    #[doc(alias = "ETHTOOL_A_LINKINFO_TRANSCEIVER")]
    #[nl_attr(6)]
    pub transceiver: Option<Transceiver>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What an interface and the other side can do, and do.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct LinkModes<'a> {
    /// The interface.
    #[doc(alias = "ETHTOOL_A_LINKMODES_HEADER")]
    #[nl_attr(1)]
    pub header: Option<Header<'a>>,
    /// 1 if the two sides agree on a mode by themselves.
    #[doc(alias = "ETHTOOL_A_LINKMODES_AUTONEG")]
    #[nl_attr(2)]
    pub autoneg: Option<u8>,
    /// The link modes that we offer, of those that we can.
    #[doc(alias = "ETHTOOL_A_LINKMODES_OURS")]
    #[nl_attr(3)]
    pub ours: Option<Bitset<'a>>,
    /// The link modes that the other side offers.
    #[doc(alias = "ETHTOOL_A_LINKMODES_PEER")]
    #[nl_attr(4)]
    pub peer: Option<Bitset<'a>>,
    /// The speed in megabits a second; `u32::MAX` if it is not known.
    #[doc(alias = "ETHTOOL_A_LINKMODES_SPEED")]
    #[nl_attr(5)]
    pub speed: Option<u32>,
    /// Whether both sides may send at once.
    #[doc(alias = "ETHTOOL_A_LINKMODES_DUPLEX")]
    #[nl_attr(6)]
    pub duplex: Option<Duplex>,
    /// Which side is to give the clock.
    #[doc(alias = "ETHTOOL_A_LINKMODES_MASTER_SLAVE_CFG")]
    #[nl_attr(7)]
    pub master_slave_cfg: Option<MasterSlaveConfig>,
    /// Which side gives the clock.
    #[doc(alias = "ETHTOOL_A_LINKMODES_MASTER_SLAVE_STATE")]
    #[nl_attr(8)]
    pub master_slave_state: Option<MasterSlaveState>,
    /// The number of lanes. Since Linux 5.12.
    #[doc(alias = "ETHTOOL_A_LINKMODES_LANES")]
    #[nl_attr(9, range = 1..=8)]
    pub lanes: Option<u32>,
    /// How the MAC is slowed down to the speed of the link. Since Linux 6.1.
    #[doc(alias = "ETHTOOL_A_LINKMODES_RATE_MATCHING")]
    #[nl_attr(10)]
    pub rate_matching: Option<RateMatch>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Whether there is a link, and how good it is.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct LinkState<'a> {
    /// The interface.
    #[doc(alias = "ETHTOOL_A_LINKSTATE_HEADER")]
    #[nl_attr(1)]
    pub header: Option<Header<'a>>,
    /// 1 if there is a link.
    #[doc(alias = "ETHTOOL_A_LINKSTATE_LINK")]
    #[nl_attr(2)]
    pub link: Option<u8>,
    /// The signal quality, from 0.
    #[doc(alias = "ETHTOOL_A_LINKSTATE_SQI")]
    #[nl_attr(3)]
    pub sqi: Option<u32>,
    /// The best signal quality.
    #[doc(alias = "ETHTOOL_A_LINKSTATE_SQI_MAX")]
    #[nl_attr(4)]
    pub sqi_max: Option<u32>,
    /// Why there is no link.
    #[doc(alias = "ETHTOOL_A_LINKSTATE_EXT_STATE")]
    #[nl_attr(5)]
    pub ext_state: Option<LinkExtState>,
    /// Why, more exactly: the meaning depends on `ext_state`.
    #[doc(alias = "ETHTOOL_A_LINKSTATE_EXT_SUBSTATE")]
    #[nl_attr(6)]
    pub ext_substate: Option<u8>,
    /// How often the link was lost, as the PHY counts. Since Linux 6.0.
    #[doc(alias = "ETHTOOL_A_LINKSTATE_EXT_DOWN_CNT")]
    #[nl_attr(7)]
    pub ext_down_cnt: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A kind of socket.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Port {
    /// Another kind.
    #[doc(alias = "PORT_OTHER")]
    OtherKind = 0xff,
    /// Twisted pair.
    #[doc(alias = "PORT_TP")]
    Tp = 0,
    /// Attachment unit interface.
    #[doc(alias = "PORT_AUI")]
    Aui = 1,
    /// Media independent interface.
    #[doc(alias = "PORT_MII")]
    Mii = 2,
    /// Fibre.
    #[doc(alias = "PORT_FIBRE")]
    Fibre = 3,
    /// Coaxial cable.
    #[doc(alias = "PORT_BNC")]
    Bnc = 4,
    /// Direct attachment.
    #[doc(alias = "PORT_DA")]
    Da = 5,
    /// None.
    #[doc(alias = "PORT_NONE")]
    None = 0xef,
    /// Of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Whether the pairs of a cable are crossed.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Mdix {
    /// Not known, or cannot be chosen.
    #[doc(alias = "ETH_TP_MDI_INVALID")]
    MdiInvalid = 0,
    /// They are not.
    #[doc(alias = "ETH_TP_MDI")]
    Mdi = 1,
    /// They are.
    #[doc(alias = "ETH_TP_MDI_X")]
    MdiX = 2,
    /// The PHY finds out.
    #[doc(alias = "ETH_TP_MDI_AUTO")]
    MdiAuto = 3,
    /// Of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Where the PHY is.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Transceiver {
    /// Together with the MAC.
    #[doc(alias = "XCVR_INTERNAL")]
    Internal = 0,
    /// In a chip of its own.
    #[doc(alias = "XCVR_EXTERNAL")]
    External = 1,
    /// Of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Whether both sides may send at once.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Duplex {
    /// Not known.
    #[doc(alias = "DUPLEX_UNKNOWN")]
    Unknown = 0xff,
    /// They may not.
    #[doc(alias = "DUPLEX_HALF")]
    Half = 0,
    /// They may.
    #[doc(alias = "DUPLEX_FULL")]
    Full = 1,
    /// Of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Which side is to give the clock.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MasterSlaveConfig {
    /// There is no choice.
    #[doc(alias = "MASTER_SLAVE_CFG_UNSUPPORTED")]
    Unsupported = 0,
    /// Not known.
    #[doc(alias = "MASTER_SLAVE_CFG_UNKNOWN")]
    Unknown = 1,
    /// This one, if the other agrees.
    #[doc(alias = "MASTER_SLAVE_CFG_MASTER_PREFERRED")]
    MasterPreferred = 2,
    /// The other, if it agrees.
    #[doc(alias = "MASTER_SLAVE_CFG_SLAVE_PREFERRED")]
    SlavePreferred = 3,
    /// This one.
    #[doc(alias = "MASTER_SLAVE_CFG_MASTER_FORCE")]
    MasterForce = 4,
    /// The other.
    #[doc(alias = "MASTER_SLAVE_CFG_SLAVE_FORCE")]
    SlaveForce = 5,
    /// Of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Which side gives the clock.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MasterSlaveState {
    /// There is no choice.
    #[doc(alias = "MASTER_SLAVE_STATE_UNSUPPORTED")]
    Unsupported = 0,
    /// Not known.
    #[doc(alias = "MASTER_SLAVE_STATE_UNKNOWN")]
    Unknown = 1,
    /// This one.
    #[doc(alias = "MASTER_SLAVE_STATE_MASTER")]
    Master = 2,
    /// The other.
    #[doc(alias = "MASTER_SLAVE_STATE_SLAVE")]
    Slave = 3,
    /// The two did not agree.
    #[doc(alias = "MASTER_SLAVE_STATE_ERR")]
    Err = 4,
    /// Of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// How the MAC is slowed down to the speed of the link.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RateMatch {
    /// It is not.
    #[doc(alias = "RATE_MATCH_NONE")]
    None = 0,
    /// With pause frames.
    #[doc(alias = "RATE_MATCH_PAUSE")]
    Pause = 1,
    /// With the carrier sense of half duplex.
    #[doc(alias = "RATE_MATCH_CRS")]
    Crs = 2,
    /// By leaving long gaps.
    #[doc(alias = "RATE_MATCH_OPEN_LOOP")]
    OpenLoop = 3,
    /// Of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Why there is no link.
#[doc(alias = "ethtool_link_ext_state")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum LinkExtState {
    /// The two sides did not agree on a mode.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_AUTONEG")]
    Autoneg = 0,
    /// The training failed.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_LINK_TRAINING_FAILURE")]
    LinkTrainingFailure = 1,
    /// Blocks or lanes did not lock.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_LINK_LOGICAL_MISMATCH")]
    LinkLogicalMismatch = 2,
    /// The signal is too bad.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_BAD_SIGNAL_INTEGRITY")]
    BadSignalIntegrity = 3,
    /// There is no cable.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_NO_CABLE")]
    NoCable = 4,
    /// The cable is faulty.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_CABLE_ISSUE")]
    CableIssue = 5,
    /// The module's memory cannot be read.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_EEPROM_ISSUE")]
    EepromIssue = 6,
    /// The calibration failed.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_CALIBRATION_FAILURE")]
    CalibrationFailure = 7,
    /// The port may not draw that much power.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_POWER_BUDGET_EXCEEDED")]
    PowerBudgetExceeded = 8,
    /// It is too hot.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_OVERHEAT")]
    Overheat = 9,
    /// The module is not ready.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_MODULE")]
    Module = 10,
    /// The speed is one that the device is not sold for.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_OTP_SPEED_VIOLATION")]
    OtpSpeedViolation = 11,
    /// The management controller keeps the link down.
    #[doc(alias = "ETHTOOL_LINK_EXT_STATE_BMC_REQUEST_DOWN")]
    BmcRequestDown = 12,
    /// Of a newer kernel.
    #[nl(other)]
    Other(u8),
}
