//! From YAML to [`Spec`]: the rules for numbers and C names that the specifications leave to their readers.

use std::collections::BTreeMap;

use saphyr::{LoadableYamlNode, Yaml};

use super::{
    load_operations,
    spec::{Attr, Entry, Format, Group, KernelName, Member, Names, Payload, Set, Spec, Struct, SubMessage, Type},
};

pub(super) type Res<T> = Result<T, String>;

/// A part of the document.
#[derive(Clone, Copy)]
pub(super) struct Node<'y>(&'y Yaml<'y>);

impl<'y> Node<'y> {
    pub(super) fn get(self, key: &str) -> Option<Self> {
        self.0.as_mapping_get(key).map(Node)
    }

    /// The text of a member that is not null.
    pub(super) fn text(self, key: &str) -> Option<String> {
        let value = self.get(key)?.0;
        value.as_str().map(str::to_owned).or_else(|| value.as_integer().map(|number| number.to_string()))
    }

    pub(super) fn name(self) -> Res<String> {
        self.text("name").or_else(|| self.0.as_str().map(str::to_owned)).ok_or_else(|| "something has no name".into())
    }

    pub(super) fn is(self, key: &str) -> bool {
        self.get(key).and_then(|value| value.0.as_bool()).unwrap_or(false)
    }

    pub(super) fn list(self, key: &str) -> impl Iterator<Item = Self> {
        self.get(key).and_then(|list| list.0.as_sequence()).into_iter().flatten().map(Node)
    }

    /// A number, also one of a limit's or a constant's name.
    fn number(self, key: &str, consts: &Consts) -> Res<Option<i128>> {
        let Some(text) = self.text(key) else { return Ok(None) };
        number(&text, consts).map(Some).ok_or_else(|| format!("`{key}: {text}` is no number"))
    }

    pub(super) fn integer<T: TryFrom<i64>>(self, key: &str) -> Res<Option<T>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let number = value.0.as_integer().and_then(|number| T::try_from(number).ok());
        number.map(Some).ok_or_else(|| format!("`{key}` is no number in range"))
    }
}

type Consts = BTreeMap<String, i128>;

/// `12`, `0x12`, the name of a constant, the limit of a type (`u16-max`), each perhaps less one.
fn number(text: &str, consts: &Consts) -> Option<i128> {
    if let Some(text) = text.strip_suffix(" - 1") {
        return Some(number(text, consts)? - 1);
    }
    let digits = text.strip_prefix("0x").map(|digits| i128::from_str_radix(digits, 16));
    if let Ok(number) = digits.unwrap_or_else(|| text.parse()) {
        return Some(number);
    }
    if let Some(number) = consts.get(text) {
        return Some(*number);
    }
    let (ty, end) = text.split_once('-')?;
    let Type::Int(size, signed) = basic(ty).ok()? else { return None };
    let bits = 8 * u32::from(size) - u32::from(signed);
    match end {
        "max" => Some((1 << bits) - 1),
        "min" => Some(if signed { -(1 << bits) } else { 0 }),
        _ => None,
    }
}

pub(super) fn upper(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

pub(super) fn spec(text: &str) -> Res<Spec> {
    let documents = Yaml::load_from_str(text).map_err(|error| error.to_string())?;
    let root = Node(documents.first().ok_or("is empty")?);
    let name = root.name()?;
    // The kernel's headers are generated from specifications in the newest dialect, so that default names are right.
    let generated = matches!(root.text("protocol").as_deref(), None | Some("genetlink"));
    let naming = Naming { family: name.replace('-', "_"), generated };
    let mut spec = Spec { name, ..Spec::default() };
    let mut consts = Consts::new();
    for definition in root.list("definitions") {
        let name = definition.name()?;
        let failed = |error| format!("definition `{name}`: {error}");
        match definition.text("type").as_deref() {
            Some("const") => {
                // Text constants are nobody's limit.
                if let Ok(Some(value)) = definition.number("value", &consts) {
                    consts.insert(name, value);
                }
            }
            Some("struct") => {
                let structure = structure(definition, root, &consts).map_err(failed)?;
                spec.structs.push(structure);
            }
            Some("enum") => spec.names.push(names(definition, false, &naming).map_err(failed)?),
            Some("flags") => spec.names.push(names(definition, true, &naming).map_err(failed)?),
            other => return Err(failed(format!("has the type {other:?}"))),
        }
    }
    for node in root.list("attribute-sets") {
        let set = set(node, &spec, root, &naming, &consts)?;
        spec.sets.push(set);
    }
    for message in root.list("sub-messages") {
        spec.sub_messages.push(sub_message(message)?);
    }
    let operations = root.get("operations").ok_or("has no operations")?;
    spec.operations = load_operations::operations(operations, &spec.name)?;
    for group in root.get("mcast-groups").iter().flat_map(|groups| groups.list("list")) {
        spec.groups.push(Group { name: group.name()?, value: group.integer("value")? });
    }
    Ok(spec)
}

struct Naming {
    family: String,
    generated: bool,
}

impl Naming {
    /// The C name of something with a prefix of its own, or one by default, which counts only in generated headers.
    fn kernel(&self, prefix: Option<&str>, default: &str, name: &str) -> KernelName {
        match prefix {
            Some(prefix) => KernelName { text: upper(&format!("{prefix}{name}")), exact: true },
            None if self.generated => {
                KernelName { text: upper(&format!("{}-{default}{name}", self.family)), exact: true }
            }
            None => KernelName { text: upper(name), exact: false },
        }
    }
}

fn names(node: Node<'_>, flags: bool, naming: &Naming) -> Res<Names> {
    let name = node.name()?;
    let prefix = node.text("name-prefix");
    let mut next = node.number("value-start", &Consts::new())?.unwrap_or(0);
    let mut entries = Vec::new();
    for entry in node.list("entries") {
        let entry_name = entry.name()?;
        let value = entry.number("value", &Consts::new())?.unwrap_or(next);
        next = value + 1;
        let kernel = naming.kernel(prefix.as_deref(), &format!("{name}-"), &entry_name);
        entries.push(Entry { name: entry_name, kernel, value });
    }
    Ok(Names { name, flags, entries })
}

fn structure(node: Node<'_>, root: Node<'_>, consts: &Consts) -> Res<Struct> {
    let (mut members, mut size) = (Vec::new(), 0);
    for member in node.list("members") {
        let name = member.name()?;
        let payload = payload(member, consts).map_err(|error| format!("member `{name}`: {error}"))?;
        let len = member.number("len", consts)?.map(|len| len as usize);
        let len = match (payload.ty, &payload.structure) {
            (Type::Int(len, _), _) => Some(len.into()),
            (_, Some(inner)) => {
                let is_inner = |definition: &Node<'_>| definition.text("name").as_ref() == Some(inner);
                let inner = root.list("definitions").find(is_inner);
                inner.map(|inner| structure(inner, root, consts)).transpose()?.map(|inner| inner.size)
            }
            _ => len,
        };
        let len = len.ok_or_else(|| format!("member `{name}` has no length"))?;
        if payload.ty != Type::Pad {
            members.push(Member { name, offset: size, size: len, payload });
        }
        size += len;
    }
    Ok(Struct { name: node.name()?, members, size })
}

fn set(node: Node<'_>, spec: &Spec, root: Node<'_>, naming: &Naming, consts: &Consts) -> Res<Set> {
    let name = node.name()?;
    let failed = |attr: &str, error: String| format!("attribute `{name}.{attr}`: {error}");
    let parent = node.text("subset-of");
    let mut attrs = Vec::new();
    if let Some(parent) = &parent {
        let origin = spec.set(parent).ok_or_else(|| format!("`{name}` is a subset of nothing, `{parent}`"))?;
        let whole = root.list("attribute-sets").find(|set| set.text("name").as_ref() == Some(parent));
        for attr in node.list("attributes") {
            let attr_name = attr.name()?;
            let full = whole
                .iter()
                .flat_map(|set| set.list("attributes"))
                .find(|full| full.text("name").as_deref() == Some(&*attr_name));
            let inherited = origin.attrs.iter().find(|attr| attr.name == attr_name);
            let (Some(full), Some(inherited)) = (full, inherited) else {
                return Err(failed(&attr_name, format!("is not in `{parent}`")));
            };
            let payload = merged(full, attr, consts).map_err(|error| failed(&attr_name, error))?;
            attrs.push(Attr { multi: inherited.multi || attr.is("multi-attr"), payload, ..inherited.clone() });
        }
        return Ok(Set { name, parent: Some(origin.origin().to_owned()), attrs });
    }
    let prefix = node.text("name-prefix");
    let default = if name.replace('-', "_") == naming.family { "a-".to_owned() } else { format!("a-{name}-") };
    let mut next = 1;
    for attr in node.list("attributes") {
        let attr_name = attr.name()?;
        let id = attr.integer("value")?.unwrap_or(next);
        next = id + 1;
        let prefix = attr.text("name-prefix").or_else(|| prefix.clone());
        let kernel = naming.kernel(prefix.as_deref(), &default, &attr_name);
        let payload = payload(attr, consts).map_err(|error| failed(&attr_name, error))?;
        attrs.push(Attr { name: attr_name, kernel, id, multi: attr.is("multi-attr"), payload });
    }
    Ok(Set { name, parent, attrs })
}

/// What an attribute of a subset says goes before what the whole set says.
fn merged(full: Node<'_>, part: Node<'_>, consts: &Consts) -> Res<Payload> {
    let (Some(full), Some(part)) = (full.0.as_mapping(), part.0.as_mapping()) else { return payload(full, consts) };
    let mut both = full.clone();
    for (key, value) in part {
        both.insert(key.clone(), value.clone());
    }
    payload(Node(&Yaml::Mapping(both)), consts)
}

fn basic(text: &str) -> Res<Type> {
    Ok(match text {
        "unused" => Type::Unused,
        "pad" => Type::Pad,
        "flag" => Type::Flag,
        "binary" => Type::Binary,
        "bitfield32" => Type::Bitfield32,
        "uint" => Type::Variable(false),
        "sint" => Type::Variable(true),
        "string" => Type::Text,
        "nest" => Type::Nest,
        "indexed-array" => Type::IndexedArray,
        "nest-type-value" => Type::NestTypeValue,
        "sub-message" => Type::SubMessage,
        _ => {
            let unknown = || format!("`{text}` is no type");
            let (sign, bits) = text.split_at_checked(1).ok_or_else(unknown)?;
            match (sign, bits) {
                ("u" | "s", "8" | "16" | "32" | "64") => {
                    Type::Int(bits.parse::<u8>().expect("a number") / 8, sign == "s")
                }
                _ => return Err(unknown()),
            }
        }
    })
}

fn payload(node: Node<'_>, consts: &Consts) -> Res<Payload> {
    let big_endian = match node.text("byte-order").as_deref() {
        None => None,
        Some("big-endian") => Some(true),
        Some("little-endian") => Some(false),
        Some(other) => return Err(format!("`{other}` is no byte order")),
    };
    let check = |key| node.get("checks").map_or(Ok(None), |checks| checks.number(key, consts));
    Ok(Payload {
        ty: basic(&node.text("type").ok_or("has no type")?)?,
        big_endian,
        names: node.text("enum"),
        as_flags: node.is("enum-as-flags"),
        element: node.text("sub-type").map(|ty| basic(&ty)).transpose()?,
        nested: node.text("nested-attributes"),
        structure: node.text("struct"),
        sub_message: node.text("sub-message"),
        selector: node.text("selector"),
        hint: node.text("display-hint"),
        levels: node.list("type-value").count(),
        exact_len: check("exact-len").ok().flatten().map(|len| len as usize),
        min: check("min")?,
        max: check("max")?,
    })
}

fn sub_message(node: Node<'_>) -> Res<SubMessage> {
    let formats = node.list("formats").map(|format| {
        let value = format.text("value").ok_or("a format has no value")?;
        Ok(Format { value, header: format.text("fixed-header"), set: format.text("attribute-set") })
    });
    Ok(SubMessage { name: node.name()?, formats: formats.collect::<Res<_>>()? })
}
