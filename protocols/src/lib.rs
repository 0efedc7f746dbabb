//! The netlink protocols of Linux, declared with [`netlink_core`].
//!
//! All of them are there by default. A program that builds in less time takes, with `default-features = false`, only what
//! it needs:
//!
//! | feature | what comes with it |
//! |---|---|
//! | `connector` | [`connector`] |
//! | `generic` | [`generic`] |
//! | `route` | [`route`] without traffic control |
//! | `tc` | [`route::tc`], and `route` |

#![forbid(unsafe_code)]

#[cfg(feature = "connector")]
pub mod connector;
#[cfg(feature = "generic")]
pub mod generic;
#[cfg(feature = "route")]
pub mod route;

/// The examples in the README.
#[cfg(all(doctest, feature = "connector", feature = "tc"))]
#[doc = include_str!("../../README.md")]
pub struct Readme;
