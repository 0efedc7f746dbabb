//! Shared by the tests: [`require`] says aloud what a test lacks, [`netns`] gives it a network of its own, [`headers`] asks the kernel's C headers,
//! [`reencode`] proves that nothing is lost between decoding and encoding, [`zoo`] declares types with every kind of field that the language has.

#![forbid(unsafe_code)]

pub mod conformance;
pub mod coverage;
pub mod headers;
pub mod netns;
pub mod parts;
pub mod programs;
pub mod reencode;
pub mod require;
pub mod zoo;
