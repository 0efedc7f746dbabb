//! The netlink protocols of Linux, declared with [`netlink_core`].
//!
//! All of them are there by default. A program that builds in less time takes, with `default-features = false`, only what
//! it needs:
//!
//! | feature | what comes with it |
//! |---|---|
//! | `connector` | [`connector`] |
//! | `generic` | [`generic`] |
//! | `route` | [`route`]: links, addresses, routes, neighbours, rules, next hops and what is small |
//! | `bridge` | [`route::bridge_vlan`] and [`route::mdb`], and `route` |
//! | `can` | [`route::can_gw`], and `route` |
//! | `dcb` | [`route::dcb`], and `route` |
//! | `stats` | [`route::stats`], and `route` |
//! | `tc` | [`route::tc`], and `route` |
//!
//! Links of all kinds come with `route`, bridges and links of CAN too: the features are about further objects.

#![forbid(unsafe_code)]

#[cfg(feature = "connector")]
pub mod connector;
#[cfg(feature = "generic")]
pub mod generic;
#[cfg(feature = "route")]
pub mod route;

/// The examples in the README.
#[cfg(all(doctest, feature = "connector", feature = "route"))]
#[doc = include_str!("../../README.md")]
pub struct Readme;
