//! Counters and resources of links.

use netlink_core::NlStruct;

/// What went through a link. Old kernels have fewer counters.
#[doc(alias = "rtnl_link_stats64")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkStats64 {
    /// Packets received.
    pub rx_packets: u64,
    /// Packets sent.
    pub tx_packets: u64,
    /// Bytes received.
    pub rx_bytes: u64,
    /// Bytes sent.
    pub tx_bytes: u64,
    /// Packets received with an error.
    pub rx_errors: u64,
    /// Packets that could not be sent.
    pub tx_errors: u64,
    /// Packets received and dropped for want of memory.
    pub rx_dropped: u64,
    /// Packets dropped on the way to the device.
    pub tx_dropped: u64,
    /// Multicast packets received.
    pub multicast: u64,
    /// Collisions.
    pub collisions: u64,
    /// Packets of an invalid length.
    pub rx_length_errors: u64,
    /// Packets too long for the receive buffer of the device.
    pub rx_over_errors: u64,
    /// Packets with a wrong checksum.
    pub rx_crc_errors: u64,
    /// Packets that were not aligned.
    pub rx_frame_errors: u64,
    /// Packets lost in the device's queue.
    pub rx_fifo_errors: u64,
    /// Packets that the host was too slow for.
    pub rx_missed_errors: u64,
    /// Packets not sent because the device gave up.
    pub tx_aborted_errors: u64,
    /// Packets not sent for want of a carrier.
    pub tx_carrier_errors: u64,
    /// Packets not sent because the device's queue ran empty.
    pub tx_fifo_errors: u64,
    /// Packets sent without a heartbeat.
    pub tx_heartbeat_errors: u64,
    /// Packets not sent because of a late collision.
    pub tx_window_errors: u64,
    /// Compressed packets received.
    pub rx_compressed: u64,
    /// Compressed packets sent.
    pub tx_compressed: u64,
    /// Packets that nobody on this host wanted. Since Linux 4.6.
    #[nl(optional)]
    pub rx_nohandler: Option<u64>,
    /// Packets for the address of another host. Since Linux 5.19.
    #[nl(optional)]
    pub rx_otherhost_dropped: Option<u64>,
}

/// What went through a link, in 32 bits: counters start again from 0 after 4294967295.
#[doc(alias = "rtnl_link_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkStats {
    /// Packets received.
    pub rx_packets: u32,
    /// Packets sent.
    pub tx_packets: u32,
    /// Bytes received.
    pub rx_bytes: u32,
    /// Bytes sent.
    pub tx_bytes: u32,
    /// Packets received with an error.
    pub rx_errors: u32,
    /// Packets that could not be sent.
    pub tx_errors: u32,
    /// Packets received and dropped for want of memory.
    pub rx_dropped: u32,
    /// Packets dropped on the way to the device.
    pub tx_dropped: u32,
    /// Multicast packets received.
    pub multicast: u32,
    /// Collisions.
    pub collisions: u32,
    /// Packets of an invalid length.
    pub rx_length_errors: u32,
    /// Packets too long for the receive buffer of the device.
    pub rx_over_errors: u32,
    /// Packets with a wrong checksum.
    pub rx_crc_errors: u32,
    /// Packets that were not aligned.
    pub rx_frame_errors: u32,
    /// Packets lost in the device's queue.
    pub rx_fifo_errors: u32,
    /// Packets that the host was too slow for.
    pub rx_missed_errors: u32,
    /// Packets not sent because the device gave up.
    pub tx_aborted_errors: u32,
    /// Packets not sent for want of a carrier.
    pub tx_carrier_errors: u32,
    /// Packets not sent because the device's queue ran empty.
    pub tx_fifo_errors: u32,
    /// Packets sent without a heartbeat.
    pub tx_heartbeat_errors: u32,
    /// Packets not sent because of a late collision.
    pub tx_window_errors: u32,
    /// Compressed packets received.
    pub rx_compressed: u32,
    /// Compressed packets sent.
    pub tx_compressed: u32,
    /// Packets that nobody on this host wanted. Since Linux 4.6.
    #[nl(optional)]
    pub rx_nohandler: Option<u32>,
}

/// Resources of ancient hardware.
#[doc(alias = "rtnl_link_ifmap")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkMap {
    /// Where shared memory starts.
    pub mem_start: u64,
    /// Where shared memory ends.
    pub mem_end: u64,
    /// The I/O port.
    pub base_addr: u64,
    /// The interrupt.
    pub irq: u16,
    /// The DMA channel.
    pub dma: u8,
    /// The number of the port on the card.
    #[nl(pad = 4)]
    pub port: u8,
}
