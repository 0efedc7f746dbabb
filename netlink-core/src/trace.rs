//! What is told to the crate `tracing`, with the feature of that name; nothing at all without it.

use crate::{error::Error, schema::Kind};

#[cfg(feature = "tracing")]
use crate::schema::{Node, OneLine, Root, Walk};

/// A request, from when it is made until its answer has been read.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(crate) fn none() -> Self {
        Self {}
    }

    pub(crate) fn request(_family: &'static str, _operation: &'static str, _body: Kind, _bytes: &[u8]) -> Self {
        Self {}
    }

    pub(crate) fn reply(&self, _body: Kind, _bytes: &[u8]) {}

    pub(crate) fn failed(&self, _error: &Error) {}
}

#[cfg(feature = "tracing")]
impl Span {
    /// That of what nobody asked for.
    pub(crate) fn none() -> Self {
        Self { span: tracing::Span::none() }
    }

    /// Of a request with this body.
    pub(crate) fn request(family: &'static str, operation: &'static str, body: Kind, bytes: &[u8]) -> Self {
        let span = tracing::debug_span!("netlink", family, operation);
        // To put it into words takes longer than to send it.
        if tracing::enabled!(tracing::Level::DEBUG) {
            let sent = Walk::new().lenient().sent().walk(body, bytes).unwrap_or(Node::Absent);
            tracing::debug!(parent: &span, len = bytes.len(), "-> {}", OneLine(&sent));
        }
        Self { span }
    }

    /// A reply came, or an entry of a list, or a notification.
    pub(crate) fn reply(&self, body: Kind, bytes: &[u8]) {
        if tracing::enabled!(tracing::Level::DEBUG) {
            let received = Walk::new().lenient().walk(body, bytes).unwrap_or(Node::Absent);
            let name = Root::from(body).name();
            tracing::debug!(parent: &self.span, len = bytes.len(), "<- {name}{}", OneLine(&received));
        }
    }

    /// The request failed.
    pub(crate) fn failed(&self, error: &Error) {
        tracing::debug!(parent: &self.span, "failed: {error}");
    }
}

#[cfg(all(test, feature = "tracing"))]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use crate::{
        NlFamily,
        generic::{Controller, Family},
    };

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn requests_replies_and_refusals_are_told_in_words() {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            let mut controller = Controller::connect().unwrap();
            let mut ask = |name: &'static str| {
                let wanted = Family { name: Some(name.into()), ..Family::default() };
                controller.ask(Controller::GET_FAMILY.with(&wanted)).map(|family| family.id)
            };
            assert_eq!(ask("nlctrl").unwrap(), Some(16));
            ask("absent").unwrap_err();
        });
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let has = |part: &str| assert!(text.contains(part), "no `{part}` in:\n{text}");
        has(r#"netlink{family="nlctrl" operation="get_family"}: netlink_core::trace: -> {name: "nlctrl"}"#);
        has(r#"netlink_core::trace: <- Family{name: "nlctrl", id: 16, version: 2"#);
        has(r#"-> {name: "absent"}"#);
        has("failed: No such file or directory (ENOENT)");
    }
}
