//! The conversation with the running kernel: each test in a network namespace of its own.

mod batches;
