//! What a company's IT sets by managed browser policy: which guide, whose names, on which sites,
//! how strictly. The one truth for the extension and for `tacto policy check`.
//!
//! A policy is untrusted and often half right: written by hand, by a template, by another version.
//! So it is read key by key. What is good is in force, what is bad is left out, and everything that
//! was left out is told as a [`PolicyProblem`] with key, place and remedy. Nothing here panics, and the
//! time is linear in the policy's size.
//!
//! ```
//! let read = tacto_core::policy::read(r#"{"gate": "warn", "platforms": {"x": "no"}}"#);
//! assert_eq!(read.settings.gate, tacto_core::policy::GateLevel::Warn);
//! assert_eq!(read.problems[0].to_string(),
//!     "platforms.x: this is a text, not true or false. Write true or false, without quotation marks.");
//! ```

mod overlay;
mod parts;

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::guide::MAX_BUNDLE;
use crate::guide::data::{Bilingual, GuideData, HashedList};
use crate::guide::suggest::nearest;
use crate::{Language, Platform};

/// The keys with a structured value. Each may be written as JSON under its name, or as a text of
/// JSON under its name with `Json` behind it; where the browser lets it through, also as a text
/// under its own name.
const STRUCTURED: [&str; 10] = [
    "guide",
    "vocabulary",
    "lists",
    "hashedLists",
    "platforms",
    "block",
    "contact",
    "checklist",
    "adapters",
    "employeeMay",
];
/// The keys whose value is a word.
const WORDS: [&str; 3] = ["hashKey", "gate", "language"];
/// After this many problems of a key the rest is not told: nobody reads more.
const MOST_PROBLEMS: usize = 20;

/// How much of a key a problem has put out of force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// What stands at the place; the rest of the key is in force.
    Part,
    /// The whole key.
    Whole,
}

/// Something in a policy that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct PolicyProblem {
    /// The policy's key as it was written; empty where it is the whole policy.
    pub key: String,
    /// Where in its value, e.g. `lists.clients.entries[3]`; empty where it is the whole.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub remedy: String,
    /// How much is out of force.
    pub reach: Reach,
}

impl fmt::Display for PolicyProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.key)?;
        if !self.place.is_empty() {
            let dot = if self.place.starts_with('[') { "" } else { "." };
            write!(out, "{dot}{}", self.place)?;
        }
        let colon = if self.key.is_empty() { "" } else { ": " };
        write!(out, "{colon}{}. {}", self.message, self.remedy)
    }
}

/// From which severity on a post is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum GateLevel {
    /// Only what cannot be taken back.
    #[default]
    Stop,
    /// Warnings too.
    Warn,
}

/// What may not be posted at all; nothing else can be blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Blocking {
    /// Passwords, keys, tokens.
    pub credentials: bool,
    /// Personal data that its check digits verify.
    pub personal_data: bool,
}

/// Where Tacto works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Platforms {
    /// X.
    pub x: bool,
    /// Facebook.
    pub facebook: bool,
    /// LinkedIn.
    pub linkedin: bool,
}

/// What the employee may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct EmployeeMay {
    /// Pause Tacto in a tab.
    pub pause: bool,
    /// Choose the language.
    pub language: bool,
    /// Turn the checklist's reminders off.
    pub reminders: bool,
}

/// The privacy checklist of the popup.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Checklist {
    /// Whether there is one.
    pub shown: bool,
    /// The company's own items, shaped like those of `rules/checklist.toml`.
    #[cfg_attr(feature = "tsify", tsify(type = "unknown[]"))]
    pub items: Vec<Value>,
}

/// Everything that a policy settles beside the guide.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Where Tacto works.
    pub platforms: Platforms,
    /// From which severity on a post is held.
    pub gate: GateLevel,
    /// What may not be posted at all.
    pub block: Blocking,
    /// The language of what is shown; the browser's where it is not said.
    pub language: Option<Language>,
    /// What the employee may change.
    pub employee_may: EmployeeMay,
    /// The privacy checklist.
    pub checklist: Checklist,
    /// Site adapters instead of the shipped ones. Only their head is checked here; what they may
    /// say is `extension/src/content/adapter-check.ts`'s to check.
    #[cfg_attr(feature = "tsify", tsify(type = "Record<string, unknown>"))]
    pub adapters: serde_json::Map<String, Value>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            platforms: Platforms {
                x: true,
                facebook: true,
                linkedin: true,
            },
            gate: GateLevel::Stop,
            block: Blocking::default(),
            language: None,
            employee_may: EmployeeMay {
                pause: true,
                language: true,
                reminders: true,
            },
            checklist: Checklist {
                shown: true,
                items: Vec::new(),
            },
            adapters: serde_json::Map::new(),
        }
    }
}

/// `company.toml` as JSON.
#[derive(Debug)]
struct Vocabulary {
    /// Read as a guide that has nothing else: one reader of guides is a seventh of the wasm, and a
    /// second one would be another.
    data: GuideData,
    has_company: bool,
    /// The lists that say of what kind they are; the others are as the guide has them.
    with_kind: Vec<String>,
}

/// A policy that has been read: what it settles, and what of it cannot be used.
#[derive(Debug, Default)]
pub struct Policy {
    /// What it settles beside the guide.
    pub settings: Settings,
    /// What cannot be used. [`Policy::guide`] may add to it.
    pub problems: Vec<PolicyProblem>,
    /// Whether anything of the guide in force is the policy's; known after [`Policy::guide`].
    pub is_own: bool,
    /// The policy's own bundle, and the text that it was read from.
    guide: Option<(GuideData, String)>,
    vocabulary: Option<Vocabulary>,
    lists: Vec<(String, Vec<(usize, String)>)>,
    hashed: Vec<(usize, String, HashedList)>,
    contact: Option<Bilingual<String>>,
    hash_key: Option<String>,
    /// The names under which the keys were written.
    written: Vec<(&'static str, String)>,
}

/// Reads a policy: one JSON object with the keys of `extension/managed_schema.json`.
#[must_use]
pub fn read(json: &str) -> Policy {
    let mut policy = Policy::default();
    if json.len() > MAX_BUNDLE {
        policy.whole(
            "",
            "",
            format!(
                "the policy has {} bytes, more than {MAX_BUNDLE}",
                json.len()
            ),
            "Shorten its lists, or give them hashed.",
        );
        return policy;
    }
    match serde_json::from_str(json) {
        Ok(Value::Object(keys)) => policy.keys(keys),
        Ok(other) => policy.whole(
            "",
            "",
            format!("this is {}, not an object", kind(&other)),
            "Write an object with the policy's keys.",
        ),
        Err(error) => policy.no_json("", &error),
    }
    policy
}

impl Policy {
    /// The keys that are out of force as a whole, without `Json` behind them.
    pub fn refused(&self) -> impl Iterator<Item = &'static str> {
        STRUCTURED.into_iter().chain(WORDS).filter(|key| {
            self.problems.iter().any(|problem| {
                problem.reach == Reach::Whole
                    && (problem.key == *key || problem.key.strip_suffix("Json") == Some(key))
            })
        })
    }

    fn keys(&mut self, keys: serde_json::Map<String, Value>) {
        // A template's "not configured".
        let is_set = |value: &Value| !value.is_null() && value.as_str() != Some("");
        let mut keys: Vec<_> = keys
            .into_iter()
            .filter(|(_, value)| is_set(value))
            .collect();
        for (name, _) in &keys {
            let known = STRUCTURED.contains(&name.as_str())
                || WORDS.contains(&name.as_str())
                || name
                    .strip_suffix("Json")
                    .is_some_and(|name| STRUCTURED.contains(&name));
            if !known {
                let remedy = nearest(name, STRUCTURED.into_iter().chain(WORDS)).map_or_else(
                    || "Remove it.".to_owned(),
                    |other| format!("Did you mean `{other}`?"),
                );
                self.whole(name, "", format!("there is no key `{name}`"), remedy);
            }
        }
        let mut take = |key: &str| {
            let at = keys.iter().position(|(name, _)| name == key)?;
            Some(keys.swap_remove(at).1)
        };
        for key in WORDS {
            if let Some(value) = take(key) {
                self.word(key, &value);
            }
        }
        for key in STRUCTURED {
            let as_text = format!("{key}Json");
            let (name, value) = match (take(key), take(&as_text)) {
                (None, None) => continue,
                (Some(value), None) => (key.to_owned(), value),
                (None, Some(text)) => (as_text, text),
                (Some(value), Some(_)) => {
                    self.part(
                        &as_text,
                        "",
                        format!("`{key}` is given too, and is what counts"),
                        "Give one of the two.",
                    );
                    (key.to_owned(), value)
                }
            };
            self.written.push((key, name.clone()));
            let Value::String(text) = value else {
                self.structured(key, &name, value);
                continue;
            };
            let text = text.trim_start_matches('\u{feff}');
            if key == "guide" {
                self.read_guide(&name, text.to_owned(), true);
                continue;
            }
            match serde_json::from_str(text) {
                Ok(value) => self.structured(key, &name, value),
                Err(error) => self.no_json(&name, &error),
            }
        }
    }

    fn no_json(&mut self, name: &str, error: &serde_json::Error) {
        self.whole(
            name,
            &line_of(error),
            format!("this is no JSON: {}", without_place(error)),
            "Check quotation marks, commas and brackets there.",
        );
    }

    /// Reads a bundle.
    fn read_guide(&mut self, name: &str, text: String, is_written_so: bool) {
        match serde_json::from_str(&text) {
            Ok(data) => self.guide = Some((data, text)),
            Err(error) => {
                let place = if is_written_so {
                    line_of(&error)
                } else {
                    String::new()
                };
                self.whole(
                    name,
                    &place,
                    format!("the bundle cannot be read: {}", without_place(&error)),
                    "Write it anew with `tacto build`.",
                );
            }
        }
    }

    fn part(
        &mut self,
        key: &str,
        place: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.tell(key, place, message.into(), remedy.into(), Reach::Part);
    }

    fn whole(
        &mut self,
        key: &str,
        place: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.tell(key, place, message.into(), remedy.into(), Reach::Whole);
    }

    fn tell(&mut self, key: &str, place: &str, message: String, remedy: String, reach: Reach) {
        let told = self.problems.iter().filter(|one| one.key == key).count();
        match told.cmp(&MOST_PROBLEMS) {
            std::cmp::Ordering::Less => self.problems.push(PolicyProblem {
                key: key.to_owned(),
                place: place.to_owned(),
                message,
                remedy,
                reach,
            }),
            std::cmp::Ordering::Equal => self.problems.push(PolicyProblem {
                key: key.to_owned(),
                place: String::new(),
                message: "there are more problems".to_owned(),
                remedy: "Mend these first.".to_owned(),
                reach,
            }),
            std::cmp::Ordering::Greater => {}
        }
    }
}

fn line_of(error: &serde_json::Error) -> String {
    format!("line {} column {}", error.line(), error.column())
}

/// The error without serde's "at line 1 column 2": that is the problem's place.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ")
        .map_or(text.as_str(), |(message, _)| message)
        .to_owned()
}

/// What a value is, for messages.
const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A platform by its name.
fn platform(name: &str) -> Option<Platform> {
    match name {
        "x" => Some(Platform::X),
        "facebook" => Some(Platform::Facebook),
        "linkedin" => Some(Platform::Linkedin),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
