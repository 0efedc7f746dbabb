//! `flower`: matches what a packet consists of, header by header.

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{
    NlDebug, NlMessage,
    wire::{IfName, MacAddr, UnknownAttrs},
};

use super::{
    super::{Handle, action::Action},
    Cfm, ClsFlags, CtState, EncOpts, FlowerFlags, MplsOpts,
};

/// Matches what a packet consists of. What is absent may be anything. A mask says which bits count; all do if it is
/// absent. Numbers marked so are big-endian on the wire; the fields have them as numbers.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Flower<'a> {
    /// The class of the packet.
    #[doc(alias = "TCA_FLOWER_CLASSID")]
    #[nl_attr(1)]
    pub classid: Option<Handle>,
    /// The link that the packet came in by.
    #[doc(alias = "TCA_FLOWER_INDEV")]
    #[nl_attr(2)]
    pub indev: Option<IfName>,
    /// What is done with the packet.
    #[doc(alias = "TCA_FLOWER_ACT")]
    #[nl_attr(3, indexed)]
    pub act: Vec<Action<'a>>,
    /// The destination of the Ethernet header.
    #[doc(alias = "TCA_FLOWER_KEY_ETH_DST")]
    #[nl_attr(4)]
    pub key_eth_dst: Option<MacAddr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ETH_DST_MASK")]
    #[nl_attr(5)]
    pub key_eth_dst_mask: Option<MacAddr>,
    /// The source of the Ethernet header.
    #[doc(alias = "TCA_FLOWER_KEY_ETH_SRC")]
    #[nl_attr(6)]
    pub key_eth_src: Option<MacAddr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ETH_SRC_MASK")]
    #[nl_attr(7)]
    pub key_eth_src_mask: Option<MacAddr>,
    /// The protocol (`ETH_P_*`). Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ETH_TYPE")]
    #[nl_attr(8, be)]
    pub key_eth_type: Option<u16>,
    /// The protocol above IP (`IPPROTO_*`).
    #[doc(alias = "TCA_FLOWER_KEY_IP_PROTO")]
    #[nl_attr(9)]
    pub key_ip_proto: Option<u8>,
    /// The IPv4 source.
    #[doc(alias = "TCA_FLOWER_KEY_IPV4_SRC")]
    #[nl_attr(10)]
    pub key_ipv4_src: Option<Ipv4Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_IPV4_SRC_MASK")]
    #[nl_attr(11)]
    pub key_ipv4_src_mask: Option<Ipv4Addr>,
    /// The IPv4 destination.
    #[doc(alias = "TCA_FLOWER_KEY_IPV4_DST")]
    #[nl_attr(12)]
    pub key_ipv4_dst: Option<Ipv4Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_IPV4_DST_MASK")]
    #[nl_attr(13)]
    pub key_ipv4_dst_mask: Option<Ipv4Addr>,
    /// The IPv6 source.
    #[doc(alias = "TCA_FLOWER_KEY_IPV6_SRC")]
    #[nl_attr(14)]
    pub key_ipv6_src: Option<Ipv6Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_IPV6_SRC_MASK")]
    #[nl_attr(15)]
    pub key_ipv6_src_mask: Option<Ipv6Addr>,
    /// The IPv6 destination.
    #[doc(alias = "TCA_FLOWER_KEY_IPV6_DST")]
    #[nl_attr(16)]
    pub key_ipv6_dst: Option<Ipv6Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_IPV6_DST_MASK")]
    #[nl_attr(17)]
    pub key_ipv6_dst_mask: Option<Ipv6Addr>,
    /// The TCP source port. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_TCP_SRC")]
    #[nl_attr(18, be)]
    pub key_tcp_src: Option<u16>,
    /// The TCP destination port. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_TCP_DST")]
    #[nl_attr(19, be)]
    pub key_tcp_dst: Option<u16>,
    /// The UDP source port. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_UDP_SRC")]
    #[nl_attr(20, be)]
    pub key_udp_src: Option<u16>,
    /// The UDP destination port. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_UDP_DST")]
    #[nl_attr(21, be)]
    pub key_udp_dst: Option<u16>,
    /// Where the filter is at work.
    #[doc(alias = "TCA_FLOWER_FLAGS")]
    #[nl_attr(22)]
    pub flags: Option<ClsFlags>,
    /// The VLAN identifier, in the byte order of the machine.
    #[doc(alias = "TCA_FLOWER_KEY_VLAN_ID")]
    #[nl_attr(23, range = 0..=4095)]
    pub key_vlan_id: Option<u16>,
    /// The priority in the VLAN tag.
    #[doc(alias = "TCA_FLOWER_KEY_VLAN_PRIO")]
    #[nl_attr(24, range = 0..=7)]
    pub key_vlan_prio: Option<u8>,
    /// The protocol inside of the VLAN (`ETH_P_*`). Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_VLAN_ETH_TYPE")]
    #[nl_attr(25, be)]
    pub key_vlan_eth_type: Option<u16>,
    /// The number of the tunnel, such as a VNI. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_KEY_ID")]
    #[nl_attr(26, be)]
    pub key_enc_key_id: Option<u32>,
    /// The IPv4 source of the tunnel.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IPV4_SRC")]
    #[nl_attr(27)]
    pub key_enc_ipv4_src: Option<Ipv4Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IPV4_SRC_MASK")]
    #[nl_attr(28)]
    pub key_enc_ipv4_src_mask: Option<Ipv4Addr>,
    /// The IPv4 destination of the tunnel.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IPV4_DST")]
    #[nl_attr(29)]
    pub key_enc_ipv4_dst: Option<Ipv4Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IPV4_DST_MASK")]
    #[nl_attr(30)]
    pub key_enc_ipv4_dst_mask: Option<Ipv4Addr>,
    /// The IPv6 source of the tunnel.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IPV6_SRC")]
    #[nl_attr(31)]
    pub key_enc_ipv6_src: Option<Ipv6Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IPV6_SRC_MASK")]
    #[nl_attr(32)]
    pub key_enc_ipv6_src_mask: Option<Ipv6Addr>,
    /// The IPv6 destination of the tunnel.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IPV6_DST")]
    #[nl_attr(33)]
    pub key_enc_ipv6_dst: Option<Ipv6Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IPV6_DST_MASK")]
    #[nl_attr(34)]
    pub key_enc_ipv6_dst_mask: Option<Ipv6Addr>,
    /// The bits of the TCP source port that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_TCP_SRC_MASK")]
    #[nl_attr(35, be)]
    pub key_tcp_src_mask: Option<u16>,
    /// The bits of the TCP destination port that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_TCP_DST_MASK")]
    #[nl_attr(36, be)]
    pub key_tcp_dst_mask: Option<u16>,
    /// The bits of the UDP source port that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_UDP_SRC_MASK")]
    #[nl_attr(37, be)]
    pub key_udp_src_mask: Option<u16>,
    /// The bits of the UDP destination port that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_UDP_DST_MASK")]
    #[nl_attr(38, be)]
    pub key_udp_dst_mask: Option<u16>,
    /// The bits of the SCTP source port that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_SCTP_SRC_MASK")]
    #[nl_attr(39, be)]
    pub key_sctp_src_mask: Option<u16>,
    /// The bits of the SCTP destination port that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_SCTP_DST_MASK")]
    #[nl_attr(40, be)]
    pub key_sctp_dst_mask: Option<u16>,
    /// The SCTP source port. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_SCTP_SRC")]
    #[nl_attr(41, be)]
    pub key_sctp_src: Option<u16>,
    /// The SCTP destination port. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_SCTP_DST")]
    #[nl_attr(42, be)]
    pub key_sctp_dst: Option<u16>,
    /// The UDP source port of the tunnel. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_UDP_SRC_PORT")]
    #[nl_attr(43, be)]
    pub key_enc_udp_src_port: Option<u16>,
    /// The bits of it that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_UDP_SRC_PORT_MASK")]
    #[nl_attr(44, be)]
    pub key_enc_udp_src_port_mask: Option<u16>,
    /// The UDP destination port of the tunnel. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_UDP_DST_PORT")]
    #[nl_attr(45, be)]
    pub key_enc_udp_dst_port: Option<u16>,
    /// The bits of it that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_UDP_DST_PORT_MASK")]
    #[nl_attr(46, be)]
    pub key_enc_udp_dst_port_mask: Option<u16>,
    /// Fragments, and what the tunnel says. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_FLAGS")]
    #[nl_attr(47, be)]
    pub key_flags: Option<FlowerFlags>,
    /// The bits of it that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_FLAGS_MASK")]
    #[nl_attr(48, be)]
    pub key_flags_mask: Option<FlowerFlags>,
    /// The code of ICMP.
    #[doc(alias = "TCA_FLOWER_KEY_ICMPV4_CODE")]
    #[nl_attr(49)]
    pub key_icmpv4_code: Option<u8>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ICMPV4_CODE_MASK")]
    #[nl_attr(50)]
    pub key_icmpv4_code_mask: Option<u8>,
    /// The type of ICMP.
    #[doc(alias = "TCA_FLOWER_KEY_ICMPV4_TYPE")]
    #[nl_attr(51)]
    pub key_icmpv4_type: Option<u8>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ICMPV4_TYPE_MASK")]
    #[nl_attr(52)]
    pub key_icmpv4_type_mask: Option<u8>,
    /// The code of ICMPv6.
    #[doc(alias = "TCA_FLOWER_KEY_ICMPV6_CODE")]
    #[nl_attr(53)]
    pub key_icmpv6_code: Option<u8>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ICMPV6_CODE_MASK")]
    #[nl_attr(54)]
    pub key_icmpv6_code_mask: Option<u8>,
    /// The type of ICMPv6.
    #[doc(alias = "TCA_FLOWER_KEY_ICMPV6_TYPE")]
    #[nl_attr(55)]
    pub key_icmpv6_type: Option<u8>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ICMPV6_TYPE_MASK")]
    #[nl_attr(56)]
    pub key_icmpv6_type_mask: Option<u8>,
    /// The sender's IPv4 address in ARP.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_SIP")]
    #[nl_attr(57)]
    pub key_arp_sip: Option<Ipv4Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_SIP_MASK")]
    #[nl_attr(58)]
    pub key_arp_sip_mask: Option<Ipv4Addr>,
    /// The target's IPv4 address in ARP.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_TIP")]
    #[nl_attr(59)]
    pub key_arp_tip: Option<Ipv4Addr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_TIP_MASK")]
    #[nl_attr(60)]
    pub key_arp_tip_mask: Option<Ipv4Addr>,
    /// The operation of ARP: 1 asks, 2 answers.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_OP")]
    #[nl_attr(61)]
    pub key_arp_op: Option<u8>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_OP_MASK")]
    #[nl_attr(62)]
    pub key_arp_op_mask: Option<u8>,
    /// The sender's Ethernet address in ARP.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_SHA")]
    #[nl_attr(63)]
    pub key_arp_sha: Option<MacAddr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_SHA_MASK")]
    #[nl_attr(64)]
    pub key_arp_sha_mask: Option<MacAddr>,
    /// The target's Ethernet address in ARP.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_THA")]
    #[nl_attr(65)]
    pub key_arp_tha: Option<MacAddr>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ARP_THA_MASK")]
    #[nl_attr(66)]
    pub key_arp_tha_mask: Option<MacAddr>,
    /// The time to live of the outermost MPLS label.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_TTL")]
    #[nl_attr(67)]
    pub key_mpls_ttl: Option<u8>,
    /// 1 at the bottom of the MPLS stack.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_BOS")]
    #[nl_attr(68, range = 0..=1)]
    pub key_mpls_bos: Option<u8>,
    /// The traffic class of the outermost MPLS label.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_TC")]
    #[nl_attr(69, range = 0..=7)]
    pub key_mpls_tc: Option<u8>,
    /// The outermost MPLS label, in the byte order of the machine.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_LABEL")]
    #[nl_attr(70, range = 0..=0xf_ffff)]
    pub key_mpls_label: Option<u32>,
    /// The flags of TCP. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_TCP_FLAGS")]
    #[nl_attr(71, be)]
    pub key_tcp_flags: Option<u16>,
    /// The bits of it that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_TCP_FLAGS_MASK")]
    #[nl_attr(72, be)]
    pub key_tcp_flags_mask: Option<u16>,
    /// The type of service, or traffic class.
    #[doc(alias = "TCA_FLOWER_KEY_IP_TOS")]
    #[nl_attr(73)]
    pub key_ip_tos: Option<u8>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_IP_TOS_MASK")]
    #[nl_attr(74)]
    pub key_ip_tos_mask: Option<u8>,
    /// The time to live, or hop limit.
    #[doc(alias = "TCA_FLOWER_KEY_IP_TTL")]
    #[nl_attr(75)]
    pub key_ip_ttl: Option<u8>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_IP_TTL_MASK")]
    #[nl_attr(76)]
    pub key_ip_ttl_mask: Option<u8>,
    /// The identifier of a second VLAN, in the byte order of the machine.
    #[doc(alias = "TCA_FLOWER_KEY_CVLAN_ID")]
    #[nl_attr(77, range = 0..=4095)]
    pub key_cvlan_id: Option<u16>,
    /// The priority in the second VLAN tag.
    #[doc(alias = "TCA_FLOWER_KEY_CVLAN_PRIO")]
    #[nl_attr(78, range = 0..=7)]
    pub key_cvlan_prio: Option<u8>,
    /// The protocol inside of the second VLAN (`ETH_P_*`). Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_CVLAN_ETH_TYPE")]
    #[nl_attr(79, be)]
    pub key_cvlan_eth_type: Option<u16>,
    /// The type of service of the tunnel.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IP_TOS")]
    #[nl_attr(80)]
    pub key_enc_ip_tos: Option<u8>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IP_TOS_MASK")]
    #[nl_attr(81)]
    pub key_enc_ip_tos_mask: Option<u8>,
    /// The time to live of the tunnel.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IP_TTL")]
    #[nl_attr(82)]
    pub key_enc_ip_ttl: Option<u8>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_IP_TTL_MASK")]
    #[nl_attr(83)]
    pub key_enc_ip_ttl_mask: Option<u8>,
    /// Options of the tunnel. Since Linux 4.19.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPTS")]
    #[nl_attr(84)]
    pub key_enc_opts: Option<EncOpts<'a>>,
    /// The bits of them that count.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPTS_MASK")]
    #[nl_attr(85)]
    pub key_enc_opts_mask: Option<EncOpts<'a>>,
    /// In how many devices the filter is; the kernel tells. Since Linux 4.19.
    #[doc(alias = "TCA_FLOWER_IN_HW_COUNT")]
    #[nl_attr(86)]
    pub in_hw_count: Option<u32>,
    /// The first source port. Big-endian on the wire. Since Linux 5.0.
    #[doc(alias = "TCA_FLOWER_KEY_PORT_SRC_MIN")]
    #[nl_attr(87, be)]
    pub key_port_src_min: Option<u16>,
    /// The last source port. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_PORT_SRC_MAX")]
    #[nl_attr(88, be)]
    pub key_port_src_max: Option<u16>,
    /// The first destination port. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_PORT_DST_MIN")]
    #[nl_attr(89, be)]
    pub key_port_dst_min: Option<u16>,
    /// The last destination port. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_PORT_DST_MAX")]
    #[nl_attr(90, be)]
    pub key_port_dst_max: Option<u16>,
    /// The state of the connection. Since Linux 5.3.
    #[doc(alias = "TCA_FLOWER_KEY_CT_STATE")]
    #[nl_attr(91)]
    pub key_ct_state: Option<CtState>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_CT_STATE_MASK")]
    #[nl_attr(92)]
    pub key_ct_state_mask: Option<CtState>,
    /// The zone of the connection.
    #[doc(alias = "TCA_FLOWER_KEY_CT_ZONE")]
    #[nl_attr(93)]
    pub key_ct_zone: Option<u16>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_CT_ZONE_MASK")]
    #[nl_attr(94)]
    pub key_ct_zone_mask: Option<u16>,
    /// The mark of the connection.
    #[doc(alias = "TCA_FLOWER_KEY_CT_MARK")]
    #[nl_attr(95)]
    pub key_ct_mark: Option<u32>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_CT_MARK_MASK")]
    #[nl_attr(96)]
    pub key_ct_mark_mask: Option<u32>,
    /// The labels of the connection.
    #[doc(alias = "TCA_FLOWER_KEY_CT_LABELS")]
    #[nl_attr(97)]
    pub key_ct_labels: Option<[u8; 16]>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_CT_LABELS_MASK")]
    #[nl_attr(98)]
    pub key_ct_labels_mask: Option<[u8; 16]>,
    /// MPLS labels. Since Linux 5.8.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_OPTS")]
    #[nl_attr(99)]
    pub key_mpls_opts: Option<MplsOpts<'a>>,
    /// The hash of the packet. Since Linux 5.9.
    #[doc(alias = "TCA_FLOWER_KEY_HASH")]
    #[nl_attr(100)]
    pub key_hash: Option<u32>,
    /// The bits of it that count.
    #[doc(alias = "TCA_FLOWER_KEY_HASH_MASK")]
    #[nl_attr(101)]
    pub key_hash_mask: Option<u32>,
    /// How many VLAN tags there are. Since Linux 5.19.
    #[doc(alias = "TCA_FLOWER_KEY_NUM_OF_VLANS")]
    #[nl_attr(102)]
    pub key_num_of_vlans: Option<u8>,
    /// The session of PPPoE. Big-endian on the wire. Since Linux 6.0.
    #[doc(alias = "TCA_FLOWER_KEY_PPPOE_SID")]
    #[nl_attr(103, be)]
    pub key_pppoe_sid: Option<u16>,
    /// The protocol inside of PPP. Big-endian on the wire. Since Linux 6.0.
    #[doc(alias = "TCA_FLOWER_KEY_PPP_PROTO")]
    #[nl_attr(104, be)]
    pub key_ppp_proto: Option<u16>,
    /// The session of L2TPv3. Big-endian on the wire. Since Linux 6.1.
    #[doc(alias = "TCA_FLOWER_KEY_L2TPV3_SID")]
    #[nl_attr(105, be)]
    pub key_l2tpv3_sid: Option<u32>,
    /// 1 for packets whose destination a bridge did not know. Since Linux 6.5.
    #[doc(alias = "TCA_FLOWER_L2_MISS")]
    #[nl_attr(106, range = 0..=1)]
    pub l2_miss: Option<u8>,
    /// Connectivity fault management. Since Linux 6.6.
    #[doc(alias = "TCA_FLOWER_KEY_CFM")]
    #[nl_attr(107)]
    pub key_cfm: Option<Cfm<'a>>,
    /// The security parameters index of IPsec. Big-endian on the wire. Since Linux 6.6.
    #[doc(alias = "TCA_FLOWER_KEY_SPI")]
    #[nl_attr(108, be)]
    pub key_spi: Option<u32>,
    /// The bits of it that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_SPI_MASK")]
    #[nl_attr(109, be)]
    pub key_spi_mask: Option<u32>,
    /// What the tunnel says. Big-endian on the wire. Since Linux 6.12.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_FLAGS")]
    #[nl_attr(110, be)]
    pub key_enc_flags: Option<FlowerFlags>,
    /// The bits of it that count. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_FLAGS_MASK")]
    #[nl_attr(111, be)]
    pub key_enc_flags_mask: Option<FlowerFlags>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
