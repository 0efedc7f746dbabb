//! The encoding as a type.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Encoding, List, Order, Unit};

pub(crate) fn encoding(encoding: &Encoding) -> TokenStream {
    let order = match encoding.order {
        Order::Native => quote!(__nl::Native),
        Order::Be => quote!(__nl::Be),
        Order::Le => quote!(__nl::Le),
        Order::Net => quote!(__nl::Net),
        Order::UInt => quote!(__nl::UInt),
        Order::SInt => quote!(__nl::SInt),
        Order::NoNul => quote!(__nl::NoNul),
    };
    let element = match (&encoding.wire, &encoding.unit) {
        (Some(wire), _) => quote!(__nl::As<#wire, #order>),
        (None, Some((unit, wire))) => {
            let nanos: u64 = match unit {
                Unit::Secs => 1_000_000_000,
                Unit::Millis => 1_000_000,
                Unit::Micros => 1_000,
                Unit::Nanos => 1,
            };
            quote!(__nl::Time<#wire, #order, #nanos>)
        }
        (None, None) => order,
    };
    let list = match encoding.list {
        None => element,
        Some(List::Indexed) => quote!(__nl::Indexed<#element>),
        Some(List::Numbered) => (0..encoding.levels).fold(element, |inner, _| quote!(__nl::Numbered<#inner>)),
        Some(List::Packed) => quote!(__nl::Packed<#element>),
        Some(List::Records) => quote!(__nl::Records),
        Some(List::Stream) => quote!(__nl::Stream),
        Some(List::Strings) => quote!(__nl::Strings),
    };
    if encoding.multi { quote!(__nl::Multi<#list>) } else { list }
}
