//! Bytes by hand, and what a socket receives without a connection around it.

use netlink_core::{
    protocol::Protocol,
    sim::Kernel,
    socket::{ReceiveBuffer, Socket, SocketOption},
    wire::{Encode, MessageFlags, MessageHeader, Messages, Writer},
};

/// A request with this type, these flags, and this number.
pub(crate) fn request(kind: u16, flags: u16, seq: u32, body: &impl Encode) -> Vec<u8> {
    let mut out = Writer::new();
    out.zeros(MessageHeader::SIZE);
    body.encode_into(&mut out);
    let mut bytes = out.finish().unwrap();
    let flags = MessageFlags::from_bits(flags);
    let header = MessageHeader { len: bytes.len().try_into().unwrap(), kind, flags, seq, port: 0 };
    bytes[..MessageHeader::SIZE].copy_from_slice(&header.to_bytes());
    bytes
}

/// Type, flags and number of each message of a datagram.
pub(crate) fn told(datagram: &[u8]) -> Vec<(u16, u16, u32)> {
    let headers = Messages::new(datagram).map(|message| message.unwrap().header());
    headers.map(|header| (header.kind, header.flags.bits(), header.seq)).collect()
}

/// The datagrams that are there, one after the other.
pub(crate) fn datagrams(socket: &Socket) -> Vec<Vec<u8>> {
    let mut buffer = ReceiveBuffer::with_size(0);
    let mut all = Vec::new();
    while let Ok(datagram) = socket.receive(&mut buffer, Some(socket.now())) {
        all.push(datagram.bytes.to_vec());
    }
    all
}

/// What a socket for routing gets for this datagram.
pub(crate) fn answers(kernel: &Kernel, datagram: &[u8]) -> Vec<Vec<(u16, u16, u32)>> {
    let socket = kernel.socket(Protocol::ROUTE).unwrap();
    socket.set_option(SocketOption::CapAck, true).unwrap();
    socket.send(datagram, 0, None).unwrap();
    datagrams(&socket).iter().map(|datagram| told(datagram)).collect()
}
