//! Refusals: what the kernel objects to, in the words of the declaration.

use std::{error, fmt};

use crate::{
    errno::Errno,
    exchange::ExtAck,
    generic::AttrPolicy,
    schema::{self, Kind},
    wire::{Attrs, MessageHeader, NlMessage},
};

use super::Report;

/// The kernel's refusal: the error number, its explanation, and the request that it is about.
///
/// Shows itself in one line: ``No such device (ENODEV): Unknown device name (at byte 36 of the request)``. Of a request
/// that was made by a declared operation, it names the field instead of the byte, with the value that was sent and what
/// the kernel would have accepted, if it tells: ``(`Sensor.level` is 9; the kernel accepts u8 from 0 to 7)``.
/// [`report`](Self::report) has several lines.
#[derive(Clone)]
pub struct Refused(Box<Inner>);

#[derive(Clone)]
struct Inner {
    errno: Errno,
    ext_ack: ExtAck,
    request: Vec<u8>,
    echoed: Option<Box<[u8]>>,
    asked: Option<Asked>,
    field: Option<schema::Place>,
    missing: Option<schema::Place>,
}

/// What is known of a request besides its bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// The name of the operation.
    pub(crate) operation: &'static str,
    /// What the declaration says of the body.
    pub(crate) body: Kind,
    /// The number of bytes between message header and body.
    pub(crate) header: usize,
}

impl PartialEq for Refused {
    fn eq(&self, other: &Self) -> bool {
        let essence = |refused: &Self| {
            let Inner { errno, ext_ack, request, echoed, .. } = &*refused.0;
            (*errno, ext_ack.clone(), request.clone(), echoed.clone())
        };
        essence(self) == essence(other)
    }
}

impl Eq for Refused {}

impl Refused {
    pub(crate) fn new(errno: Errno, ext_ack: Option<Box<ExtAck>>, request: Vec<u8>) -> Self {
        let ext_ack = ext_ack.map_or_else(ExtAck::default, |ext_ack| *ext_ack);
        Self(Box::new(Inner { errno, ext_ack, request, echoed: None, asked: None, field: None, missing: None }))
    }

    pub(crate) fn echoed_as(mut self, echoed: Option<Box<[u8]>>) -> Self {
        self.0.echoed = echoed;
        self
    }

    /// Finds the fields that the kernel means.
    pub(crate) fn locate(&mut self, asked: Asked) {
        self.0.asked = Some(asked);
        let Inner { errno, ext_ack, request, field, missing, .. } = &mut *self.0;
        let (body, start) = (asked.body, MessageHeader::SIZE + asked.header);
        let Some(bytes) = request.get(start..) else { return };
        let in_body = |offset: u32| usize::try_from(offset).ok()?.checked_sub(start);
        *field = match (ext_ack.offset, &ext_ack.message) {
            (Some(offset), _) => in_body(offset).and_then(|offset| schema::field_at(body, bytes, offset)),
            (None, Some(message)) => schema::refused_field(body, bytes, message),
            // What it says then is the number.
            (None, None) => schema::refused_field(body, bytes, &errno.to_string()),
        };
        let id = ext_ack.missing.and_then(|id| u16::try_from(id).ok());
        *missing = id.and_then(|id| match ext_ack.missing_in {
            None => schema::missing_field(body, bytes, id, None),
            Some(nest) => schema::missing_field(body, bytes, id, Some(in_body(nest)?)),
        });
    }

    pub(super) fn asked(&self) -> Option<Asked> {
        self.0.asked
    }

    /// What the kernel accepts in the attribute that it objects to. It tells that of generic families, since Linux 5.7,
    /// and not for every type: not of big-endian integers, for one.
    #[doc(alias = "NLMSGERR_ATTR_POLICY")]
    pub fn accepts(&self) -> Option<AttrPolicy> {
        let bytes = &*self.0.ext_ack.policy;
        AttrPolicy::decode(bytes).ok().filter(|_| !bytes.is_empty())
    }

    /// The refusal in several lines: the request field by field, with a mark at the one that the kernel objects to.
    ///
    /// ```
    /// use netlink_core::{Error, NlFamily, generic::{Controller, Family}};
    ///
    /// let mut controller = Controller::connect()?;
    /// let wanted = Family { name: Some("none such".into()), ..Family::default() };
    /// if let Err(Error::Refused(refused)) = controller.ask(Controller::GET_FAMILY.with(&wanted)) {
    ///     let report = refused.report().to_string();
    ///     assert!(report.starts_with("No such file or directory (ENOENT)\nrequest get_family, 36 bytes:\n"));
    ///     assert!(report.ends_with("  name: \"none such\"\n"));
    /// }
    /// # Ok::<(), netlink_core::Error>(())
    /// ```
    pub fn report(&self) -> Report<'_> {
        Report(self)
    }

    /// The field that the kernel objects to, if it named one and the request was made by a declared operation; or of
    /// which the declaration says that it is [meant](schema::Attr::refused) by the kernel's words.
    pub fn field(&self) -> Option<&schema::Place> {
        self.0.field.as_ref()
    }

    /// The attribute that the kernel misses, under the same conditions. Since Linux 6.1.
    pub fn missing_field(&self) -> Option<&schema::Place> {
        self.0.missing.as_ref()
    }

    /// The error number.
    pub fn errno(&self) -> Errno {
        self.0.errno
    }

    /// The kernel's explanation, if it gave one.
    pub fn message(&self) -> Option<&str> {
        self.0.ext_ack.message.as_deref()
    }

    /// The extended acknowledgement; empty if the kernel gave none.
    pub fn ext_ack(&self) -> &ExtAck {
        &self.0.ext_ack
    }

    /// The request as it was sent, from its message header on: what the offsets count in.
    pub fn request(&self) -> &[u8] {
        &self.0.request
    }

    /// The request as the kernel repeats it, from its message header on, if that differs from what was sent: some families
    /// write into it what went wrong. ipset puts the number of the line into `IPSET_ATTR_LINENO`.
    ///
    /// ```
    /// use netlink_core::{error::Error, wire::Attrs};
    ///
    /// /// `IPSET_ATTR_LINENO`, as it was sent for the line that ipset did not take, behind a `struct nfgenmsg` of 4 bytes.
    /// fn line(error: &Error) -> Option<u32> {
    ///     let Error::Refused(refused) = error else { return None };
    ///     let attrs = refused.echoed()?.get(16 + 4..)?;
    ///     let line = Attrs::new(attrs).filter_map(Result::ok).find(|attr| attr.id() == 9)?;
    ///     line.payload.first_chunk().copied().map(u32::from_ne_bytes)
    /// }
    ///
    /// assert_eq!(line(&Error::Timeout), None);
    /// ```
    pub fn echoed(&self) -> Option<&[u8]> {
        self.0.echoed.as_deref()
    }

    /// The attributes, outermost first, that the kernel objects to, found in the bytes that were sent. `header` is the
    /// number of bytes between message header and attributes: 16 for `struct ifinfomsg`, 4 for a generic family.
    ///
    /// Empty if the kernel named no place, or one in the header.
    pub fn attributes(&self, header: usize) -> Vec<u16> {
        let Some(offset) = self.0.ext_ack.offset.and_then(|offset| usize::try_from(offset).ok()) else {
            return Vec::new();
        };
        let mut path = Vec::new();
        let mut start = MessageHeader::SIZE.saturating_add(header);
        let mut level = self.0.request.get(start..).unwrap_or_default();
        // Attribute by attribute, going into the one that the offset is inside of.
        'levels: while offset >= start && !level.is_empty() {
            let mut at = start;
            for attr in Attrs::new(level).map_while(Result::ok) {
                let payload = at + 4;
                let end = payload + attr.payload.len();
                if offset < end.next_multiple_of(4) {
                    path.push(attr.id());
                    if offset < payload {
                        break 'levels;
                    }
                    (start, level) = (payload, attr.payload);
                    continue 'levels;
                }
                at = end.next_multiple_of(4);
            }
            break;
        }
        path
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ExtAck { message, offset, missing, missing_in, .. } = self.ext_ack();
        self.errno().fmt(f)?;
        if let Some(message) = message {
            // One line, whatever the kernel (or who pretends to be one) writes.
            let line: String = message.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            write!(f, ": {line}")?;
        }
        match (offset, self.field()) {
            (_, Some(field)) => {
                write!(f, " (`{field}`")?;
                if let Some(value) = field.value() {
                    write!(f, " is {value}")?;
                }
                if let Some(policy) = self.accepts() {
                    write!(f, "; the kernel accepts {policy}")?;
                }
                f.write_str(")")?;
            }
            (Some(offset), None) => write!(f, " (at byte {offset} of the request)")?,
            (None, None) => {}
        }
        if let Some(field) = self.missing_field() {
            return write!(f, " (`{field}` is missing)");
        }
        match (missing, missing_in) {
            (Some(id), Some(nest)) => write!(f, " (attribute {id} is missing in the nest at byte {nest})"),
            (Some(id), None) => write!(f, " (attribute {id} is missing)"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refused({self})")
    }
}

impl error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Error, NlFamily,
        generic::{Controller, Family},
    };

    /// A name that is too long for the kernel, sent behind the back of the declaration.
    fn refusal() -> Refused {
        let mut controller = Controller::connect().unwrap();
        let request = Controller::GET_FAMILY.with(&Family { id: Some(3), ..Family::default() });
        match controller.ask(request.add_attr(2, &"sixteen letters!")) {
            Err(Error::Refused(refused)) => refused,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_names_field_and_value_and_what_would_be_accepted() {
        let line = "Invalid argument (EINVAL): Attribute failed policy validation \
                    (`Family.name` is \"sixteen letters!\"; the kernel accepts text with a NUL of at most 15 bytes)";
        let refused = refusal();
        if refused.accepts().is_none() {
            return eprintln!("SKIPPED: needs a kernel that tells its policies: Linux 5.8 or newer");
        }
        assert_eq!(refused.to_string(), line);
    }

    #[test]
    fn a_report_marks_the_field_in_the_request() {
        let report = refusal().report().to_string();
        let lines: Vec<&str> = report.lines().collect();
        assert_eq!(lines[1..3], ["request get_family, 52 bytes:", "  id: 3"]);
        assert!(lines[3].starts_with("  name: \"sixteen letters!\"  <-- refused"), "{report}");
    }

    #[test]
    fn marks_find_their_way_into_nests_and_lists() {
        use crate::schema::{Marked, Node};
        let part = |n| Node::map([("id", Node::Int(n)), ("sizes", Node::List(vec![Node::Int(1), Node::Int(2)]))]);
        let node = Node::map([("parts", Node::List(vec![part(7), part(8)])), ("id", Node::Int(9))]);
        let shown = |path| Marked { node: &node, path, note: "here", indent: 0 }.to_string();
        let marked = |path| shown(path).lines().position(|line| line.ends_with("<-- here"));
        // The lines: parts[0], id, sizes, parts[1], id, sizes, id.
        assert_eq!(marked("id"), Some(6));
        assert_eq!(marked("parts[0].id"), Some(1));
        assert_eq!(marked("parts[1]"), Some(3));
        assert_eq!(marked("parts[1].sizes[1]"), Some(5));
        assert_eq!(marked("parts[2].id"), None);
        assert_eq!(marked(""), None);
    }
}
