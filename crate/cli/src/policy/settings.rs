//! The settings themselves: what the extension finds in managed storage.

use serde_json::{Map, Value};

/// What a text of JSON is called beside its key: `guide` and `guideJson`.
pub const AS_TEXT: &str = "Json";

/// Keys whose value would be hundreds of nodes, or has parts that the schema need not name: given
/// as one text of JSON everywhere, so that no browser cuts anything out of it.
const ALWAYS_TEXT: [&str; 4] = ["guide", "vocabulary", "checklist", "adapters"];

/// Key -> value, in the structured form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings(pub Map<String, Value>);

impl Settings {
    /// For formats that have objects and arrays: JSON and property lists.
    pub fn structured(&self) -> Map<String, Value> {
        self.written(|key, _| ALWAYS_TEXT.contains(&key))
    }

    /// For formats that have texts alone: the registry.
    pub fn texts(&self) -> Map<String, Value> {
        self.written(|_, value| !value.is_string())
    }

    fn written(&self, as_text: impl Fn(&str, &Value) -> bool) -> Map<String, Value> {
        self.0
            .iter()
            .map(|(key, value)| {
                if as_text(key, value) {
                    (format!("{key}{AS_TEXT}"), Value::String(value.to_string()))
                } else {
                    (key.clone(), value.clone())
                }
            })
            .collect()
    }

    /// Bytes of the settings as browsers keep them.
    pub fn size(&self) -> usize {
        Value::Object(self.structured()).to_string().len()
    }
}
