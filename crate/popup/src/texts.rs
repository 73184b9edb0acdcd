//! The sentences of extension/locales, in the language that is spoken.

use serde_json::Value;

use crate::checklist::text;

/// All sentences, by language and key.
#[derive(Debug)]
pub struct Texts {
    all: Value,
    /// `es` or `en`.
    pub language: &'static str,
}

impl Texts {
    /// The sentences as the locale files have them.
    pub fn new(all: Value) -> Self {
        Self {
            all,
            language: "en",
        }
    }

    /// Speaks a language: the one chosen, else the browser's.
    pub fn speak(&mut self, chosen: &str, browser: &str) {
        let language = if chosen == "es" || chosen == "en" {
            chosen
        } else {
            browser
        };
        self.language = if language == "es" { "es" } else { "en" };
    }

    /// A sentence.
    pub fn t(&self, key: &str) -> &str {
        text(&self.all[self.language], key)
    }

    /// The sentence `start` + `end`.
    pub fn of(&self, start: &str, end: &str) -> &str {
        let mut key = String::with_capacity(start.len() + end.len());
        key.push_str(start);
        key.push_str(end);
        self.t(&key)
    }

    /// A sentence with its `{names}` filled in.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut said = self.t(key).to_owned();
        for (name, value) in values {
            let mut slot = String::from("{");
            slot.push_str(name);
            slot.push('}');
            said = said.replace(&slot, value);
        }
        said
    }
}
