//! `extension/managed_schema.json`, and whether a value fits it. The same subset of JSON Schema
//! that Chromium takes (components/policy, `Schema`), where a node has exactly one type and `$ref`
//! names another node's `id`.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::settings::AS_TEXT;

const TEXT: &str = include_str!("../../../../extension/managed_schema.json");

/// Read once. It is the shipped file: a test reads it too, so it is never null.
static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// From the key on: `lists.clients[3]`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl Misfit {
    pub fn new(
        place: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
            remedy: remedy.into(),
        }
    }

    /// The key that the place is in.
    pub fn key(&self) -> &str {
        let end = self.place.find(['.', '[', ',']).unwrap_or(self.place.len());
        &self.place[..end]
    }
}

fn properties() -> Option<&'static Map<String, Value>> {
    SCHEMA["properties"].as_object()
}

/// The names of all keys, as the schema has them.
pub fn keys() -> impl Iterator<Item = &'static str> {
    properties()
        .into_iter()
        .flat_map(Map::keys)
        .map(String::as_str)
}

/// A key's explanation.
pub fn description(key: &str) -> &'static str {
    text(key, "description")
}

/// A key's name for people.
pub fn title(key: &str) -> &'static str {
    text(key, "title")
}

fn text(key: &str, what: &str) -> &'static str {
    properties()
        .and_then(|all| all.get(key)?[what].as_str())
        .unwrap_or_default()
}

/// The key whose value a key holds as a text of JSON: `guide` for `guideJson`.
pub fn told_as_text(key: &str) -> Option<&str> {
    key.strip_suffix(AS_TEXT)
        .filter(|plain| properties().is_some_and(|all| all.contains_key(*plain)))
}

/// Whether a key holds a plain text, and not something structured.
pub fn is_text(key: &str) -> bool {
    properties().is_some_and(|all| all.get(key).is_some_and(|node| node["type"] == "string"))
}

/// What of a value does not fit its key; `None` where there is no such key.
pub fn misfits(key: &str, value: &Value) -> Option<Vec<Misfit>> {
    let node = properties()?.get(key)?;
    let mut found = Vec::new();
    compare(node, value, key, &mut found);
    Some(found)
}

fn compare(node: &Value, value: &Value, place: &str, found: &mut Vec<Misfit>) {
    let node = resolve(node);
    let wanted = node["type"].as_str().unwrap_or_default();
    let fits = match wanted {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        _ => true,
    };
    if !fits {
        found.push(Misfit::new(
            place,
            format!("this is {}, and should be {}", kind_of(value), kind(wanted)),
            format!("Write {} here.", kind(wanted)),
        ));
        return;
    }
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                compare(&node["items"], item, &format!("{place}[{at}]"), found);
            }
        }
        Value::Object(members) => {
            let named = node["properties"].as_object();
            for (name, member) in members {
                let place = format!("{place}.{name}");
                let inner = named.and_then(|all| all.get(name));
                match inner.or_else(|| node.get("additionalProperties")) {
                    Some(inner) => compare(inner, member, &place, found),
                    None => {
                        let known = named.into_iter().flat_map(Map::keys);
                        found.push(Misfit::new(
                            place,
                            "there is no such setting; Chromium would cut it out without a word",
                            nearest(name, known.map(String::as_str)),
                        ));
                    }
                }
            }
        }
        _ => {}
    }
}

/// A registry's value as browsers read it: numbers for switches, keys 1, 2, 3 for lists.
pub fn as_browser_reads(key: &str, value: &Value) -> Value {
    match properties().and_then(|all| all.get(key)) {
        Some(node) => read_as(node, value),
        None => value.clone(),
    }
}

fn read_as(node: &Value, value: &Value) -> Value {
    let node = resolve(node);
    match (node["type"].as_str().unwrap_or_default(), value) {
        ("boolean", Value::Number(number)) if number.as_u64().is_some_and(|number| number < 2) => {
            Value::Bool(number.as_u64() == Some(1))
        }
        ("array", Value::Object(members)) => {
            let mut numbered: Vec<(u64, &Value)> = Vec::new();
            for (name, member) in members {
                match name.parse() {
                    Ok(number) => numbered.push((number, member)),
                    Err(_) => return value.clone(),
                }
            }
            numbered.sort_by_key(|(number, _)| *number);
            numbered
                .into_iter()
                .map(|(_, member)| read_as(&node["items"], member))
                .collect()
        }
        ("object", Value::Object(members)) => {
            let named = node["properties"].as_object();
            let read = members.iter().map(|(name, member)| {
                let inner = named.and_then(|all| all.get(name));
                let inner = inner.or_else(|| node.get("additionalProperties"));
                (
                    name.clone(),
                    inner.map_or_else(|| member.clone(), |inner| read_as(inner, member)),
                )
            });
            Value::Object(read.collect())
        }
        _ => value.clone(),
    }
}

/// The node that a `$ref` stands for.
fn resolve(node: &Value) -> &Value {
    match node["$ref"].as_str() {
        None => node,
        Some(id) => with_id(&SCHEMA, id).unwrap_or(node),
    }
}

fn with_id<'a>(node: &'a Value, id: &str) -> Option<&'a Value> {
    match node {
        // In `properties`, "id" is the name of a setting, whose value is no text.
        Value::Object(members)
            if node["id"].as_str() == Some(id) && members.contains_key("type") =>
        {
            Some(node)
        }
        Value::Object(members) => members.values().find_map(|inner| with_id(inner, id)),
        _ => None,
    }
}

fn kind(name: &str) -> &'static str {
    match name {
        "object" => "an object, as in {\"x\": false}",
        "array" => "a list, as in [\"one\", \"two\"]",
        "string" => "a text",
        "boolean" => "true or false",
        "integer" => "a whole number",
        _ => "a number",
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing (null)",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// "Did you mean …", or all that there is.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<_> = known.collect();
    let closest = known
        .iter()
        .map(|candidate| {
            (
                distance(&name.to_lowercase(), &candidate.to_lowercase()),
                candidate,
            )
        })
        .min()
        .filter(|(distance, _)| *distance <= 2 && distance * 2 <= name.chars().count());
    match closest {
        Some((_, candidate)) => format!("Did you mean \"{candidate}\"?"),
        None if known.is_empty() => "Remove it.".to_owned(),
        None => format!("There are: {}.", known.join(", ")),
    }
}

/// How many letters to add, take or change (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (to, other) in b.iter().enumerate() {
            let changed = before + usize::from(letter != *other);
            before = row[to + 1];
            row[to + 1] = changed.min(before + 1).min(row[to] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(key: &str, value: &Value) -> Vec<String> {
        misfits(key, value)
            .into_iter()
            .flatten()
            .map(|misfit| format!("{} | {} | {}", misfit.place, misfit.message, misfit.remedy))
            .collect()
    }

    #[test]
    fn the_shipped_schema_is_read_and_every_reference_leads_somewhere() {
        fn references(node: &Value, found: &mut Vec<String>) {
            match node {
                Value::Object(members) => {
                    if let Some(Value::String(id)) = members.get("$ref") {
                        found.push(id.clone());
                    }
                    members.values().for_each(|inner| references(inner, found));
                }
                Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
                _ => {}
            }
        }
        assert!(keys().count() > 15);
        let mut found = Vec::new();
        references(&SCHEMA, &mut found);
        assert!(!found.is_empty());
        for id in found {
            assert!(with_id(&SCHEMA, &id).is_some(), "{id}");
        }
    }

    #[test]
    fn what_fits_is_silent() {
        for (key, value) in [
            ("gate", serde_json::json!("warn")),
            ("platforms", serde_json::json!({ "x": false })),
            ("lists", serde_json::json!({ "clients": ["Globex"] })),
            ("contact", serde_json::json!({ "es": "a", "en": "b" })),
        ] {
            assert_eq!(told(key, &value), Vec::<String>::new(), "{key}");
        }
    }

    #[test]
    fn what_does_not_is_told_with_its_place_and_what_to_do() {
        assert_eq!(
            told("lists", &serde_json::json!({ "clients": ["Globex", 7] })),
            ["lists.clients[1] | this is a number, and should be a text | Write a text here."]
        );
        assert_eq!(
            told("platforms", &serde_json::json!({ "facebok": false })),
            [
                "platforms.facebok | there is no such setting; Chromium would cut it out without a word \
              | Did you mean \"facebook\"?"
            ]
        );
        assert_eq!(
            told("block", &serde_json::json!("yes")),
            [
                "block | this is a text, and should be an object, as in {\"x\": false} | Write an \
              object, as in {\"x\": false} here."
            ]
        );
        assert_eq!(misfits("gates", &Value::Null), None);
    }
}
