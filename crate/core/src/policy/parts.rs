//! Each key of a policy.

use serde_json::{Map, Value};

use super::{GateLevel, Policy, Vocabulary, kind, nearest, platform, without_place};
use crate::Language;
use crate::find::hashed::from_hex;
use crate::find::spellings::Split;
use crate::guide::data::{Bilingual, FORMAT, HashedList, VERSION};
use crate::text::words::is_legal_form;

/// The most items that a policy adds to the checklist.
const MOST_ITEMS: usize = 100;
/// The longest text that is shown, in bytes.
const LONGEST: usize = 1_000;
/// The keys of a checklist's item.
const ITEM: [&str; 12] = [
    "id",
    "platform",
    "habit",
    "setting",
    "you",
    "company",
    "url",
    "fallback",
    "confidence",
    "checked",
    "again_after_days",
    "audience",
];

impl Policy {
    /// A key whose value is a word: bare, or as JSON writes a text.
    pub(super) fn word(&mut self, key: &'static str, value: &Value) {
        let Value::String(text) = value else {
            let message = format!("this is {}, not a text", kind(value));
            return self.whole(key, "", message, "Write a text.");
        };
        let text = text.trim();
        let quoted: Option<String> = text
            .starts_with('"')
            .then(|| serde_json::from_str(text).ok())
            .flatten();
        let text = quoted.as_deref().unwrap_or(text);
        match (key, text) {
            ("gate", "stop") => self.settings.gate = GateLevel::Stop,
            ("gate", "warn") => self.settings.gate = GateLevel::Warn,
            ("gate", _) => self.no_word(key, text, "Write \"stop\" or \"warn\"."),
            ("language", "auto") => self.settings.language = None,
            ("language", "es") => self.settings.language = Some(Language::Es),
            ("language", "en") => self.settings.language = Some(Language::En),
            ("language", _) => self.no_word(key, text, "Write \"auto\", \"es\" or \"en\"."),
            _ => {
                let length = from_hex(text).map(|key| key.len());
                if length.is_some_and(|length| (16..=64).contains(&length)) {
                    self.hash_key = Some(text.to_owned());
                } else {
                    // The key itself is not repeated: it is confidential.
                    self.whole(
                        key,
                        "",
                        "this is not 16 to 64 bytes in hexadecimal",
                        "Write the key that `tacto hash` was given.",
                    );
                }
            }
        }
    }

    fn no_word(&mut self, key: &str, text: &str, remedy: &str) {
        let shown: String = text.chars().take(40).collect();
        self.whole(key, "", format!("`{shown}` is not known here"), remedy);
    }

    /// A key with a structured value. `name` is how it was written.
    pub(super) fn structured(&mut self, key: &'static str, name: &str, value: Value) {
        match key {
            "guide" => self.read_guide(name, value.to_string(), false),
            "vocabulary" => match vocabulary(&value) {
                Ok(vocabulary) => self.vocabulary = Some(vocabulary),
                Err(message) => self.whole(
                    name,
                    "",
                    format!("this is not the content of a company.toml: {message}"),
                    "Write `company` and `lists` as company.toml has them (rules/README.md).",
                ),
            },
            "hashedLists" => {
                let Value::Array(lists) = value else {
                    let message = format!("this is {}, not a list", kind(&value));
                    return self.whole(
                        name,
                        "",
                        message,
                        "Write a list of what `tacto hash` writes.",
                    );
                };
                for (at, list) in lists.iter().enumerate() {
                    self.hashed_list(name, at, list);
                }
            }
            _ => {
                let Value::Object(object) = value else {
                    let message = format!("this is {}, not an object", kind(&value));
                    return self.whole(name, "", message, format!("Write {}.", example(key)));
                };
                self.object(key, name, object);
            }
        }
    }

    fn object(&mut self, key: &str, name: &str, object: Map<String, Value>) {
        match key {
            "platforms" => {
                let mut is = self.settings.platforms;
                self.flags(
                    name,
                    object,
                    &mut [
                        ("x", &mut is.x),
                        ("facebook", &mut is.facebook),
                        ("linkedin", &mut is.linkedin),
                    ],
                );
                self.settings.platforms = is;
            }
            "block" => {
                let mut is = self.settings.block;
                self.flags(
                    name,
                    object,
                    &mut [
                        ("credentials", &mut is.credentials),
                        ("personalData", &mut is.personal_data),
                    ],
                );
                self.settings.block = is;
            }
            "employeeMay" => {
                let mut is = self.settings.employee_may;
                self.flags(
                    name,
                    object,
                    &mut [
                        ("pause", &mut is.pause),
                        ("language", &mut is.language),
                        ("reminders", &mut is.reminders),
                    ],
                );
                self.settings.employee_may = is;
            }
            "contact" => {
                if let Some(contact) = self.both(name, "", &Value::Object(object)) {
                    self.contact = Some(contact);
                } else {
                    self.whole(
                        name,
                        "",
                        "whom to ask is not said in both languages",
                        format!("Write {}.", example(key)),
                    );
                }
            }
            "lists" => self.further_entries(name, object),
            "adapters" => self.adapters(name, object),
            _ => self.checklist(name, object),
        }
    }

    fn flags(&mut self, name: &str, object: Map<String, Value>, flags: &mut [(&str, &mut bool)]) {
        for (flag, value) in object {
            let Some((_, known)) = flags.iter_mut().find(|(name, _)| *name == flag) else {
                let all: Vec<_> = flags.iter().map(|(name, _)| *name).collect();
                self.unknown(name, &flag, &all);
                continue;
            };
            if let Value::Bool(value) = value {
                **known = value;
            } else {
                self.part(
                    name,
                    &flag,
                    format!("this is {}, not true or false", kind(&value)),
                    "Write true or false, without quotation marks.",
                );
            }
        }
    }

    fn unknown(&mut self, name: &str, place: &str, known: &[&str]) {
        let last = place.rsplit('.').next().unwrap_or(place);
        let remedy = nearest(last, known.iter().copied()).map_or_else(
            || format!("Write one of: {}.", known.join(", ")),
            |other| format!("Did you mean `{other}`?"),
        );
        self.part(name, place, format!("`{last}` is not known here"), remedy);
    }

    /// A text in both languages; `None` where it is anything else.
    fn both(&mut self, name: &str, place: &str, value: &Value) -> Option<Bilingual<String>> {
        let text = |language: &str| value[language].as_str().map(str::to_owned);
        let both = Bilingual {
            es: text("es")?,
            en: text("en")?,
        };
        for text in [&both.es, &both.en] {
            if text.trim().is_empty() {
                return None;
            }
            if text.len() > LONGEST {
                let message = format!("the text has {} bytes, more than {LONGEST}", text.len());
                self.part(name, place, message, "Shorten it.");
                return None;
            }
        }
        Some(both)
    }

    fn further_entries(&mut self, name: &str, object: Map<String, Value>) {
        for (list, value) in object {
            let mut entries = Vec::new();
            match value {
                Value::String(lines) => {
                    let lines = lines.lines().map(str::trim).enumerate();
                    let mut lines: Vec<_> = lines.filter(|(_, line)| !line.is_empty()).collect();
                    if let [(at, line)] = lines[..] {
                        let names = between_commas(line);
                        if names.len() > 1 {
                            self.part(
                                name,
                                &list,
                                format!("this is one line, read as {} names", names.len()),
                                "Write a list of texts, or one text with a name a line.",
                            );
                            lines = names.into_iter().map(|name| (at, name)).collect();
                        }
                    }
                    entries.extend(lines.into_iter().map(|(at, line)| (at, line.to_owned())));
                }
                Value::Array(values) => {
                    for (at, value) in values.into_iter().enumerate() {
                        if let Value::String(entry) = value {
                            entries.push((at, entry));
                        } else {
                            self.part(
                                name,
                                &format!("{list}[{at}]"),
                                format!("this is {}, not a text", kind(&value)),
                                "Write the name alone; what has more to say belongs into `vocabulary`.",
                            );
                        }
                    }
                }
                other => {
                    self.part(
                        name,
                        &list,
                        format!("this is {}, not a list", kind(&other)),
                        "Write a list of texts, or one text with an entry a line.",
                    );
                    continue;
                }
            }
            self.lists.push((list, entries));
        }
    }

    fn hashed_list(&mut self, name: &str, at: usize, value: &Value) {
        let place = format!("[{at}]");
        let key = value["key"].as_str().map(str::to_owned);
        let words = value["words"]
            .as_u64()
            .and_then(|words| u8::try_from(words).ok());
        let hashes = value["hashes"].as_array().and_then(|hashes| {
            let texts = hashes.iter().map(|hash| hash.as_str().map(str::to_owned));
            texts.collect::<Option<Vec<_>>>()
        });
        let (Some(list), Some(words), Some(hashes)) = (value["name"].as_str(), words, hashes)
        else {
            return self.part(
                name,
                &place,
                "this is no hashed list",
                "Write what `tacto hash` writes: `name`, `key`, `words` and `hashes`.",
            );
        };
        let Some(key) = key.or_else(|| self.hash_key.clone()) else {
            return self.part(
                name,
                &place,
                format!("the list `{list}` has no key"),
                "Give the key in `hashKey`, or with the list.",
            );
        };
        let hashed = HashedList { key, words, hashes };
        self.hashed.push((at, list.to_owned(), hashed));
    }

    fn adapters(&mut self, name: &str, object: Map<String, Value>) {
        for (site, adapter) in object {
            if platform(&site).is_none() {
                self.unknown(name, &site, &["x", "facebook", "linkedin"]);
            } else if adapter["format"] != "tacto-site"
                || adapter["version"] != 1
                || adapter["platform"] != site.as_str()
            {
                self.part(
                    name,
                    &site,
                    format!("this is no adapter of {site}"),
                    format!("Start from extension/src/adapters/{site}.json."),
                );
            } else {
                self.settings.adapters.insert(site, adapter);
            }
        }
    }

    fn checklist(&mut self, name: &str, object: Map<String, Value>) {
        for (part, value) in object {
            match (part.as_str(), value) {
                ("shown", Value::Bool(shown)) => self.settings.checklist.shown = shown,
                ("shown", value) => self.part(
                    name,
                    "shown",
                    format!("this is {}, not true or false", kind(&value)),
                    "Write true or false, without quotation marks.",
                ),
                ("items", Value::Array(items)) => {
                    if items.len() > MOST_ITEMS {
                        self.part(
                            name,
                            "items",
                            format!(
                                "there are {} items; the first {MOST_ITEMS} are used",
                                items.len()
                            ),
                            "Keep what matters most.",
                        );
                    }
                    for (at, item) in items.into_iter().take(MOST_ITEMS).enumerate() {
                        if self.is_item(name, &format!("items[{at}]"), &item) {
                            self.settings.checklist.items.push(item);
                        }
                    }
                }
                ("items", value) => self.part(
                    name,
                    "items",
                    format!("this is {}, not a list", kind(&value)),
                    "Write a list of items, as rules/checklist.toml has them.",
                ),
                _ => self.unknown(name, &part, &["shown", "items"]),
            }
        }
    }

    fn is_item(&mut self, name: &str, place: &str, item: &Value) -> bool {
        let Value::Object(fields) = item else {
            let message = format!("this is {}, not an object", kind(item));
            self.part(
                name,
                place,
                message,
                "Write an item as rules/checklist.toml has it.",
            );
            return false;
        };
        let before = self.problems.len();
        for (field, value) in fields {
            let place = format!("{place}.{field}");
            let text = value.as_str();
            let problem = match field.as_str() {
                "id" => {
                    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
                    let good = text
                        .is_some_and(|id| (1..=60).contains(&id.len()) && id.bytes().all(plain));
                    let twice = self
                        .settings
                        .checklist
                        .items
                        .iter()
                        .any(|other| other["id"] == *value);
                    (!good || twice).then_some(
                        "Write an id of its own: lower-case letters, digits and hyphens, at most 60.",
                    )
                }
                "platform" => text
                    .and_then(platform)
                    .is_none()
                    .then_some("Write \"x\", \"facebook\" or \"linkedin\"."),
                "setting" | "you" | "company" => self
                    .both(name, &place, value)
                    .is_none()
                    .then_some("Write a text in Spanish (es) and one in English (en)."),
                "url" | "fallback" => (!text.is_some_and(is_https))
                    .then_some("Write an address that starts with https://."),
                "again_after_days" => value
                    .as_u64()
                    .is_none_or(|days| days > 3_650)
                    .then_some("Write a number of days, 0 to 3650."),
                _ if ITEM.contains(&field.as_str()) => text
                    .is_none_or(|text| text.len() > LONGEST)
                    .then_some("Write a text."),
                _ => {
                    self.unknown(name, &place, &ITEM);
                    None
                }
            };
            if let Some(remedy) = problem {
                self.part(name, &place, "this cannot be used", remedy);
            }
        }
        for needed in ["id", "platform", "setting", "url"] {
            if !fields.contains_key(needed) {
                let message = format!("`{needed}` is missing");
                self.part(
                    name,
                    place,
                    message,
                    "Write an item as rules/checklist.toml has it.",
                );
            }
        }
        self.problems.len() == before
    }
}

fn vocabulary(value: &Value) -> Result<Vocabulary, String> {
    let Value::Object(parts) = value else {
        return Err(format!("it is {}, not an object", kind(value)));
    };
    if let Some(other) = parts
        .keys()
        .find(|key| *key != "company" && *key != "lists")
    {
        return Err(format!("`{other}` is not known here"));
    }
    let (company, lists) = (parts.get("company"), parts.get("lists"));
    let with_kind = lists.and_then(Value::as_object).into_iter().flatten();
    let with_kind = with_kind.filter(|(_, list)| !list["kind"].is_null());
    let with_kind = with_kind.map(|(name, _)| name.clone()).collect();
    let has_company = company.is_some();
    let text = |value: Option<&Value>, nothing: &str| {
        value.map_or_else(|| nothing.to_owned(), Value::to_string)
    };
    let company = text(company, r#"{"name":"","contact":{"es":"","en":""}}"#);
    let lists = text(lists, "{}");
    let guide = format!(
        r#"{{"format":"{FORMAT}","version":{VERSION},"company":{company},"sections":[],"lists":{lists},"rules":[]}}"#
    );
    match serde_json::from_str(&guide) {
        Ok(data) => Ok(Vocabulary {
            data,
            has_company,
            with_kind,
        }),
        Err(error) => Err(without_place(&error)),
    }
}

/// The names of a line that has several. The comma of "Norvex, Inc." parts no names.
fn between_commas(line: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut start = 0;
    for (at, sign) in line.char_indices().filter(|&(_, sign)| is_comma(sign)) {
        let rest = line.get(at + sign.len_utf8()..).unwrap_or_default();
        let next = rest.get(..rest.find(is_comma).unwrap_or(rest.len()));
        if !is_legal_form(Split::new(next.unwrap_or_default()).joined()) {
            names.push(line.get(start..at).unwrap_or_default().trim());
            start = at + sign.len_utf8();
        }
    }
    names.push(line.get(start..).unwrap_or_default().trim());
    names.retain(|name| !name.is_empty());
    names
}

const fn is_comma(sign: char) -> bool {
    matches!(sign, ',' | ';' | '\t' | '、' | '，' | '،')
}

fn is_https(url: &str) -> bool {
    let rest = url.strip_prefix("https://");
    url.len() <= LONGEST
        && rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// What a key's value may look like.
const fn example(key: &str) -> &'static str {
    match key.as_bytes() {
        b"platforms" => "{\"facebook\": false}",
        b"block" => "{\"credentials\": true}",
        b"employeeMay" => "{\"pause\": false}",
        b"contact" => "{\"es\": \"a quién\", \"en\": \"whom\"}",
        b"lists" => "{\"clients\": [\"Acme\"]}",
        b"checklist" => "{\"shown\": true, \"items\": []}",
        _ => "{\"x\": the adapter}",
    }
}
