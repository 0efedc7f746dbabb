//! MACsec (IEEE 802.1AE, `IFLA_MACSEC_*`).

use netlink_core::{NlDebug, NlEnum, NlMessage, wire::UnknownAttrs};

/// Encrypted Ethernet on another link. Its associations and keys are the matter of the generic family `macsec`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 14)]
pub struct Macsec<'a> {
    /// The identifier of the secure channel: MAC address and port. Big-endian on the wire.
    #[doc(alias = "IFLA_MACSEC_SCI")]
    #[nl_attr(1, be)]
    pub sci: Option<u64>,
    /// The port of that identifier, in requests instead of `sci`. Big-endian on the wire.
    #[doc(alias = "IFLA_MACSEC_PORT")]
    #[nl_attr(2, be)]
    pub port: Option<u16>,
    /// The length of the integrity check value, in bytes.
    #[doc(alias = "IFLA_MACSEC_ICV_LEN")]
    #[nl_attr(3)]
    pub icv_len: Option<u8>,
    /// The cipher.
    #[doc(alias = "IFLA_MACSEC_CIPHER_SUITE")]
    #[nl_attr(4)]
    pub cipher_suite: Option<MacsecCipher>,
    /// How far packets may come out of order.
    #[doc(alias = "IFLA_MACSEC_WINDOW")]
    #[nl_attr(5)]
    pub window: Option<u32>,
    /// The association that is sent with.
    #[doc(alias = "IFLA_MACSEC_ENCODING_SA")]
    #[nl_attr(6, range = 0..=3)]
    pub encoding_sa: Option<u8>,
    /// 1 if packets are encrypted.
    #[doc(alias = "IFLA_MACSEC_ENCRYPT")]
    #[nl_attr(7)]
    pub encrypt: Option<u8>,
    /// 1 if packets are protected at all.
    #[doc(alias = "IFLA_MACSEC_PROTECT")]
    #[nl_attr(8)]
    pub protect: Option<u8>,
    /// 1 if each packet carries the identifier.
    #[doc(alias = "IFLA_MACSEC_INC_SCI")]
    #[nl_attr(9)]
    pub inc_sci: Option<u8>,
    /// 1 if this side is an end station.
    #[doc(alias = "IFLA_MACSEC_ES")]
    #[nl_attr(10)]
    pub es: Option<u8>,
    /// 1 for single-copy broadcast.
    #[doc(alias = "IFLA_MACSEC_SCB")]
    #[nl_attr(11)]
    pub scb: Option<u8>,
    /// 1 if old packets are refused.
    #[doc(alias = "IFLA_MACSEC_REPLAY_PROTECT")]
    #[nl_attr(12)]
    pub replay_protect: Option<u8>,
    /// What happens to packets that are not valid.
    #[doc(alias = "IFLA_MACSEC_VALIDATION")]
    #[nl_attr(13)]
    pub validation: Option<MacsecValidation>,
    /// Who does the work. Since Linux 5.6.
    #[doc(alias = "IFLA_MACSEC_OFFLOAD")]
    #[nl_attr(15)]
    pub offload: Option<MacsecOffload>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The cipher.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u64)]
pub enum MacsecCipher {
    /// AES-GCM with 128 bits.
    #[doc(alias = "MACSEC_CIPHER_ID_GCM_AES_128")]
    GcmAes128 = 36242102291529729,
    /// AES-GCM with 256 bits.
    #[doc(alias = "MACSEC_CIPHER_ID_GCM_AES_256")]
    GcmAes256 = 36242102291529730,
    /// The same with 128 bits and packet numbers of 64 bits.
    #[doc(alias = "MACSEC_CIPHER_ID_GCM_AES_XPN_128")]
    GcmAesXpn128 = 36242102291529731,
    /// The same with 256 bits.
    #[doc(alias = "MACSEC_CIPHER_ID_GCM_AES_XPN_256")]
    GcmAesXpn256 = 36242102291529732,
    /// A cipher of a newer kernel.
    #[nl(other)]
    Other(u64),
}

/// What happens to packets that are not valid.
#[doc(alias = "macsec_validation_type")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MacsecValidation {
    /// Nobody looks.
    #[doc(alias = "MACSEC_VALIDATE_DISABLED")]
    Disabled = 0,
    /// They are counted.
    #[doc(alias = "MACSEC_VALIDATE_CHECK")]
    Check = 1,
    /// They are dropped.
    #[doc(alias = "MACSEC_VALIDATE_STRICT")]
    Strict = 2,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Who does the work.
#[doc(alias = "macsec_offload")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MacsecOffload {
    /// The kernel.
    #[doc(alias = "MACSEC_OFFLOAD_OFF")]
    Off = 0,
    /// The transceiver.
    #[doc(alias = "MACSEC_OFFLOAD_PHY")]
    Phy = 1,
    /// The network card.
    #[doc(alias = "MACSEC_OFFLOAD_MAC")]
    Mac = 2,
    /// A place of a newer kernel.
    #[nl(other)]
    Other(u8),
}
