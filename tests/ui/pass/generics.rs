//! Types with parameters: what a struct carries, what an attribute holds, how long an array is.

use netlink_core::{
    IntoOwned, NlMessage, NlStruct, NlUnion,
    wire::{Context, DecodeError, Encode, RawValue, Text, Value, Writer},
};

#[derive(NlStruct, Debug, PartialEq)]
struct Msg<P> {
    idx: u32,
    #[nl(len_of = data)]
    len: u16,
    flags: u16,
    #[nl(rest)]
    data: P,
}

#[derive(NlStruct, Debug, PartialEq)]
struct Tail<'a, P>
where
    P: Into<u32>,
    Cell<'a, P>: Value<'a>,
{
    level: u32,
    #[nl(rest)]
    data: Cell<'a, P>,
}

#[derive(Debug, PartialEq)]
struct Cell<'a, P>(&'a [u8], std::marker::PhantomData<P>);

impl<'a, P> Value<'a> for Cell<'a, P> {
    fn from_payload(payload: &'a [u8], _: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        Ok(Self(payload, std::marker::PhantomData))
    }

    fn to_payload(&self, out: &mut Writer) {
        out.bytes(self.0);
    }
}

#[derive(NlStruct, Debug, Default, PartialEq)]
struct Event {
    pid: u32,
}

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Set<T, const N: usize> {
    #[nl_attr(1)]
    value: Option<T>,
    #[nl_attr(2, multi)]
    more: Vec<T>,
    #[nl_attr(3)]
    key: Option<[u8; N]>,
    #[nl_attr(4)]
    plain: Option<u32>,
}

#[derive(NlMessage, Debug, PartialEq)]
struct Holder<'a, U> {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, select = kind)]
    data: Option<U>,
    #[nl_attr(3)]
    name: Option<&'a str>,
}

// The derived one would want a default of the union, too.
impl<U> Default for Holder<'_, U> {
    fn default() -> Self {
        Self { kind: None, data: None, name: None }
    }
}

#[derive(NlUnion, Debug, PartialEq)]
enum Data<'a, T> {
    #[nl(1)]
    One(T),
    #[nl(other)]
    Other(RawValue<'a>),
}

/// What the declaration demands of its parameters holds for the owning ones, too.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Bounded<'a, T: Clone + Default, const N: usize>
where
    T: std::fmt::Debug,
    Option<T>: PartialEq,
{
    #[nl_attr(1)]
    value: Option<T>,
    #[nl_attr(2, multi)]
    more: Vec<T>,
    #[nl_attr(3)]
    key: Option<[u8; N]>,
    #[nl_attr(4)]
    name: Option<Text<'a>>,
}

/// A parameter that may have no size can only be borrowed.
#[derive(NlMessage, Debug)]
struct Unsized<'a, T: ?Sized>
where
    &'a T: Value<'a>,
{
    #[nl_attr(1)]
    value: Option<&'a T>,
}

impl<'a, T: ?Sized> Default for Unsized<'a, T>
where
    &'a T: Value<'a>,
{
    fn default() -> Self {
        Self { value: None }
    }
}

/// Bounds come from the declaration, not from its users.
fn encode<P: for<'a> Value<'a>>(message: &Msg<P>) -> Vec<u8> {
    let mut out = Writer::new();
    message.encode_into(&mut out);
    out.finish().unwrap()
}

fn main() {
    let message = Msg { idx: 1, len: 0, flags: 0, data: Event { pid: 7 } };
    let bytes = encode(&message);
    assert_eq!(Msg::<Event>::decode(&bytes).unwrap(), Msg { len: 4, ..message });
    assert_eq!(Msg::<&[u8]>::decode(&bytes).unwrap().data.len(), 4);

    assert_eq!(Tail::<u8>::decode(&bytes).unwrap().data.0.len(), 8);

    let set = Set::<u32, 3> { value: Some(1), more: vec![2, 3], key: Some([4, 5, 6]), plain: None };
    assert_eq!(Set::<u32, 3>::decode(&set.to_bytes().unwrap()).unwrap(), set);

    let holder = Holder { kind: Some(1), data: Some(Data::One(5_u64)), name: Some("x") };
    assert_eq!(Holder::<Data<'_, u64>>::decode(&holder.to_bytes().unwrap()).unwrap(), holder);

    let bounded = Bounded::<Text<'_>, 2> { value: Some("a".into()), key: Some([1, 2]), ..Bounded::default() };
    let bytes = bounded.to_bytes().unwrap();
    let owned: Bounded<'static, Text<'static>, 2> = Bounded::<Text<'_>, 2>::decode(&bytes).unwrap().into_owned();
    drop(bytes);
    assert_eq!(owned.value, Some("a".into()));

    let text = Unsized::<str>::decode(&[6, 0, 1, 0, b'x', 0, 0, 0]);
    assert_eq!(text.unwrap().value, Some("x").filter(|_| cfg!(target_endian = "little")));
}
