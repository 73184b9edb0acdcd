//! Policy files as browsers read them: which file says what of which extension.

use std::collections::BTreeMap;
use std::io::Cursor;

use serde_json::{Map, Value, json};

use super::{json as parse_json, schema};
use crate::failure::Diagnostic;

/// Which browsers read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Browser {
    /// Chrome, Edge, Chromium.
    Chromium,
    Firefox,
    /// The file does not say.
    Either,
}

/// What a file says of one extension in one place.
#[derive(Debug)]
pub struct Extension {
    /// Its id; empty where the file does not say.
    pub id: String,
    pub browser: Browser,
    /// Where in the file.
    pub place: String,
    /// Whether the file is the registry's, where objects may be texts of JSON.
    pub from_registry: bool,
    /// What is set.
    pub settings: Option<Map<String, Value>>,
    /// Its entry of `ExtensionSettings`.
    pub installation: Option<Value>,
}

/// What a file says.
#[derive(Debug)]
pub struct Found {
    pub file: String,
    pub extensions: Vec<Extension>,
    /// What is wrong with the file around it.
    pub problems: Vec<Diagnostic>,
}

/// Reads a policy file of any form.
///
/// # Errors
/// A file that is in none of them.
pub fn read(bytes: &[u8], file: &str) -> Result<Found, Diagnostic> {
    let text = decoded(bytes, file)?;
    let start = text.trim_start();
    let mut found = Found {
        file: file.to_owned(),
        extensions: Vec::new(),
        problems: Vec::new(),
    };
    if start.starts_with("Windows Registry Editor") || start.starts_with("REGEDIT4") {
        found.registry(&text)?;
    } else if start.starts_with("<?xml")
        || start.starts_with("<plist")
        || start.starts_with("<!DOCTYPE")
    {
        found.property_list(&text)?;
    } else if start.starts_with('{') {
        match parse_json(&text, file)? {
            Value::Object(root) => found.json(&root)?,
            _ => return Err(unknown(file)),
        }
    } else {
        return Err(unknown(file));
    }
    Ok(found)
}

fn unknown(file: &str) -> Diagnostic {
    Diagnostic::new(
        file,
        "this is no policy file",
        "It should be JSON, a registry file (.reg) or a profile (.mobileconfig, .plist in XML).",
    )
}

fn decoded(bytes: &[u8], file: &str) -> Result<String, Diagnostic> {
    let utf16 = |bytes: &[u8], word: fn([u8; 2]) -> u16| {
        let words: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| word([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&words).ok()
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        all => String::from_utf8(all.to_vec()).ok(),
    };
    text.ok_or_else(|| {
        Diagnostic::new(
            file,
            "this is neither UTF-8 nor UTF-16 text",
            "Save it again with one of the two; registry files are UTF-16.",
        )
    })
}

impl Found {
    fn problem(&mut self, place: &str, message: &str, remedy: &str) {
        let place = format!("{}: {place}", self.file);
        self.problems.push(Diagnostic::new(place, message, remedy));
    }

    fn settings(&mut self, browser: Browser, id: &str, place: String, values: &Value) {
        match values.as_object() {
            Some(values) => self.extensions.push(Extension {
                id: id.to_owned(),
                browser,
                place,
                from_registry: false,
                settings: Some(values.clone()),
                installation: None,
            }),
            None => self.problem(&place, "this is no object", "Write the settings in { }."),
        }
    }

    fn installations(&mut self, browser: Browser, at: &str, entries: &Value) {
        // In the registry, and in some consoles, the whole is a text of JSON.
        let parsed = entries
            .as_str()
            .and_then(|text| serde_json::from_str(text).ok());
        let Some(entries) = parsed.as_ref().unwrap_or(entries).as_object() else {
            self.problem(at, "this is no object", "Write id and settings in { }.");
            return;
        };
        for (id, entry) in entries {
            self.extensions.push(Extension {
                id: id.clone(),
                browser,
                place: format!("{at}.{id}"),
                from_registry: false,
                settings: None,
                installation: Some(entry.clone()),
            });
        }
    }

    fn json(&mut self, root: &Map<String, Value>) -> Result<(), Diagnostic> {
        if let Some(policies) = root.get("policies").and_then(Value::as_object) {
            self.domain(Browser::Firefox, "policies.", policies);
        } else if root.contains_key("3rdparty") || root.contains_key("ExtensionSettings") {
            self.domain(Browser::Chromium, "", root);
        } else if root.get("type").is_some_and(|kind| kind == "storage")
            && root.contains_key("data")
        {
            // Firefox's other way: a native manifest.
            let id = root.get("name").and_then(Value::as_str).unwrap_or_default();
            self.settings(Browser::Firefox, id, "data".into(), &root["data"]);
        } else if !root.is_empty() && root.values().all(|value| value.get("Value").is_some()) {
            let values = root
                .iter()
                .map(|(key, value)| (key.clone(), value["Value"].clone()));
            let values = Value::Object(values.collect());
            self.settings(Browser::Chromium, "", String::new(), &values);
        } else if root
            .keys()
            .any(|key| schema::keys().any(|known| known == key))
        {
            self.settings(
                Browser::Either,
                "",
                String::new(),
                &Value::Object(root.clone()),
            );
        } else {
            return Err(unknown(&self.file));
        }
        Ok(())
    }

    /// The policies of one browser.
    fn domain(&mut self, browser: Browser, start: &str, policies: &Map<String, Value>) {
        let (right, wrong) = match browser {
            Browser::Firefox => ("Extensions", "extensions"),
            _ => ("extensions", "Extensions"),
        };
        if let Some(entries) = policies.get("ExtensionSettings") {
            self.installations(browser, &format!("{start}ExtensionSettings"), entries);
        }
        let Some(third) = policies.get("3rdparty") else {
            return;
        };
        if third.get(wrong).is_some() {
            self.problem(
                &format!("{start}3rdparty.{wrong}"),
                "this browser does not read it",
                &format!("Call it \"{right}\"."),
            );
        }
        let all = third.get(right).and_then(Value::as_object);
        for (id, values) in all.into_iter().flatten() {
            self.settings(browser, id, format!("{start}3rdparty.{right}.{id}"), values);
        }
    }

    fn property_list(&mut self, text: &str) -> Result<(), Diagnostic> {
        let value: plist::Value =
            plist::from_reader_xml(Cursor::new(text.as_bytes())).map_err(|error| {
                Diagnostic::new(
                    &self.file,
                    format!("this is no property list: {error}"),
                    "Write it anew with `tacto policy write`.",
                )
            })?;
        let root = from_property(&value);
        let Some(root) = root.as_object() else {
            return Err(unknown(&self.file));
        };
        let Some(payloads) = root.get("PayloadContent").and_then(Value::as_array) else {
            return self.json(root);
        };
        for (at, payload) in payloads.iter().enumerate() {
            let domain = payload["PayloadType"].as_str().unwrap_or_default();
            let start = format!("PayloadContent[{at}]");
            let own: Map<String, Value> = payload
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(key, _)| !key.starts_with("Payload"))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            if let Some((_, id)) = domain.split_once(".extensions.") {
                self.settings(Browser::Chromium, id, start, &Value::Object(own));
            } else if domain == "org.mozilla.firefox" {
                if own.get("EnterprisePoliciesEnabled") != Some(&Value::Bool(true)) {
                    self.problem(
                        &start,
                        "Firefox reads none of it without EnterprisePoliciesEnabled",
                        "Add <key>EnterprisePoliciesEnabled</key><true/>.",
                    );
                }
                self.domain(Browser::Firefox, &format!("{start}."), &own);
            } else {
                if own.contains_key("3rdparty") {
                    self.problem(
                        &format!("{start}.3rdparty"),
                        "Chrome and Edge do not read it on macOS",
                        &format!(
                            "Put the settings into a payload of the type {domain}.extensions.ID."
                        ),
                    );
                }
                if let Some(entries) = own.get("ExtensionSettings") {
                    self.installations(
                        Browser::Chromium,
                        &format!("{start}.ExtensionSettings"),
                        entries,
                    );
                }
            }
        }
        Ok(())
    }

    fn registry(&mut self, text: &str) -> Result<(), Diagnostic> {
        let registry = regashii::Registry::deserialize(text).map_err(|error| {
            Diagnostic::new(
                &self.file,
                format!("this is no registry file: {error}"),
                "Write it anew with `tacto policy write`.",
            )
        })?;
        // Path of an extension's key -> what is in it, with its sub-keys as objects.
        let mut settings: BTreeMap<(Browser, String), (String, Value)> = BTreeMap::new();
        let mut installations: BTreeMap<(Browser, String), (String, Value)> = BTreeMap::new();
        for (name, key) in registry.keys() {
            if key.kind() == regashii::KeyKind::Delete {
                continue;
            }
            let path: Vec<&str> = name.raw().split('\\').collect();
            let lower: Vec<String> = path.iter().map(|part| part.to_lowercase()).collect();
            let values = key
                .values()
                .iter()
                .filter_map(|(name, value)| Some((name.raw().to_owned(), from_registry(value)?)));
            let values: Map<String, Value> = values.collect();
            let at = |word: &str| lower.iter().position(|part| part == word);
            let firefox = at("mozilla").is_some();
            let kind = if firefox {
                Browser::Firefox
            } else {
                Browser::Chromium
            };
            if let Some(third) = at("3rdparty") {
                let Some(id) = path.get(third + 2) else {
                    continue;
                };
                let inner = if firefox { third + 3 } else { third + 4 };
                if !firefox && lower.get(third + 3).is_none_or(|part| part != "policy") {
                    if !values.is_empty() {
                        self.problem(
                            name.raw(),
                            "Chrome and Edge read the key \"policy\" below it alone",
                            &format!("Put the settings into {}\\policy.", name.raw()),
                        );
                    }
                    continue;
                }
                let whole = path[..inner.min(path.len())].join("\\");
                let entry = settings
                    .entry((kind, (*id).to_owned()))
                    .or_insert((whole, json!({})));
                insert(&mut entry.1, path.get(inner..).unwrap_or_default(), values);
            } else if let Some(place) = at("extensionsettings") {
                let Some(id) = path.get(place + 1) else {
                    continue;
                };
                let whole = path[..place + 2].join("\\");
                let entry = installations
                    .entry((kind, (*id).to_owned()))
                    .or_insert((whole, json!({})));
                insert(
                    &mut entry.1,
                    path.get(place + 2..).unwrap_or_default(),
                    values,
                );
            } else if let Some(Value::String(text)) = values.get("ExtensionSettings") {
                self.installations(
                    kind,
                    &format!("{}.ExtensionSettings", name.raw()),
                    &Value::String(text.clone()),
                );
            }
        }
        for ((kind, id), (place, values)) in settings {
            let adapted = values.as_object().into_iter().flatten();
            let adapted: Map<String, Value> = adapted
                .map(|(key, value)| (key.clone(), schema::as_browser_reads(key, value)))
                .collect();
            self.extensions.push(Extension {
                id,
                browser: kind,
                place,
                from_registry: true,
                settings: Some(adapted),
                installation: None,
            });
        }
        for ((kind, id), (place, entry)) in installations {
            self.extensions.push(Extension {
                id,
                browser: kind,
                place,
                from_registry: true,
                settings: None,
                installation: Some(entry),
            });
        }
        Ok(())
    }
}

/// Puts values into the object at a path, which is made where it is missing.
fn insert(into: &mut Value, path: &[&str], values: Map<String, Value>) {
    let mut at = into;
    for part in path {
        if !at.is_object() {
            *at = json!({});
        }
        at = &mut at[*part];
    }
    if let Some(object) = at.as_object_mut() {
        object.extend(values);
    } else {
        *at = Value::Object(values);
    }
}

fn from_registry(value: &regashii::Value) -> Option<Value> {
    use regashii::Value as Registered;
    match value {
        Registered::Sz(text) | Registered::ExpandSz(text) => Some(text.as_str().into()),
        Registered::Dword(number) => Some((*number).into()),
        Registered::Qword(number) => Some((*number).into()),
        // Firefox: JSON on several lines.
        Registered::MultiSz(lines) => {
            let text = lines.join("\n");
            Some(serde_json::from_str(&text).unwrap_or_else(|_| text.into()))
        }
        _ => None,
    }
}

fn from_property(value: &plist::Value) -> Value {
    match value {
        plist::Value::Array(items) => items.iter().map(from_property).collect(),
        plist::Value::Dictionary(members) => Value::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), from_property(member)))
                .collect(),
        ),
        plist::Value::Boolean(truth) => (*truth).into(),
        plist::Value::Integer(number) => match number.as_signed() {
            Some(whole) => whole.into(),
            None => number.as_unsigned().into(),
        },
        plist::Value::Real(number) => (*number).into(),
        plist::Value::String(text) => text.as_str().into(),
        // Dates and data are no JSON; no setting has them.
        _ => Value::Null,
    }
}
