//! From YAML to [`Operation`]s: how they are numbered.

use super::{
    load::{Node, Res, upper},
    spec::Operation,
};

pub(super) fn operations(node: Node<'_>, family: &str) -> Res<Vec<Operation>> {
    let directional = match node.text("enum-model").as_deref() {
        None | Some("unified") => false,
        Some("directional") => true,
        Some(other) => return Err(format!("`{other}` is no model of numbers")),
    };
    let prefix = node.text("name-prefix").unwrap_or_else(|| format!("{family}-cmd-"));
    let events = node.text("async-prefix").unwrap_or_else(|| prefix.clone());
    let (mut unified, mut request, mut reply) = (1, 1, 1);
    let mut operations = Vec::new();
    for operation in node.list("list") {
        let name = operation.name()?;
        let notify = operation.text("notify");
        let event = notify.is_some() || operation.get("event").is_some();
        let prefix = if event { &events } else { &prefix };
        let source = notify.and_then(|of| node.list("list").find(|source| source.text("name").as_ref() == Some(&of)));
        let inherited = |key| operation.text(key).or_else(|| source.and_then(|source| source.text(key)));
        let (set, header) = (inherited("attribute-set"), inherited("fixed-header"));
        let header = header.or_else(|| node.text("fixed-header"));
        let (has_do, has_dump) = (operation.get("do").is_some(), operation.get("dump").is_some());
        let mut made = Operation { kernel: upper(&format!("{prefix}{name}")), name, ..Operation::default() };
        (made.has_do, made.has_dump, made.event, made.set, made.header) = (has_do, has_dump, event, set, header);
        let explicit: Option<u16> = operation.integer("value")?;
        if !directional {
            let value = explicit.unwrap_or(unified);
            unified = value + 1;
            (made.request, made.reply) = ((!event).then_some(value), Some(value));
        } else if event {
            let value = explicit.unwrap_or(reply);
            reply = value + 1;
            made.reply = Some(value);
        } else {
            let mode = operation.get("do").or_else(|| operation.get("dump"));
            let mode = mode.ok_or_else(|| format!("operation `{}` does nothing", made.name))?;
            let value = |key| mode.get(key).map_or(Ok(None), |message| message.integer("value"));
            let number = value("request")?.unwrap_or(request);
            request = number + 1;
            made.request = Some(number);
            let replies = mode.get("reply").is_some();
            let number = value("reply")?.unwrap_or(reply);
            reply = number + u16::from(replies);
            made.reply = replies.then_some(number);
        }
        operations.push(made);
    }
    Ok(operations)
}
