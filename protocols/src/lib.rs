//! The netlink protocols of Linux, declared with [`netlink_core`].

#![forbid(unsafe_code)]

pub mod connector;
pub mod generic;
pub mod route;

/// The examples in the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
