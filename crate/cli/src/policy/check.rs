//! Whether a policy is one that the extension can use.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};
use tacto_core::Guide;
use tacto_core::guide::data::{Company, List};
use tacto_core::guide::{GuideError, Step};

use super::read::{Browser, Extension, Found};
use super::schema::{self, Misfit, told_as_text};
use super::settings::AS_TEXT;
use crate::failure::Diagnostic;
use crate::load;

/// A check of one file or of many. Guides are long, and the same in many files: what a value's
/// meaning was found to be is remembered.
#[derive(Default)]
pub struct Checker {
    known: BTreeMap<String, Vec<Misfit>>,
}

impl Checker {
    /// Everything to put right in a file, for the extension with that id or the one that is Tacto.
    pub fn problems(&mut self, found: &Found, id: Option<&str>) -> Vec<Diagnostic> {
        let mut problems: Vec<Diagnostic> = found.problems.clone();
        let ours = found.ours(id);
        if ours.is_empty() && problems.is_empty() {
            problems.push(Diagnostic::new(
                &found.file,
                match id {
                    Some(id) => format!("nothing here is about the extension {id}"),
                    None => "nothing here is about an extension".to_owned(),
                },
                "Check that it is the right file, and the id.",
            ));
        }
        for extension in ours {
            let mut misfits = Vec::new();
            if let Some(entry) = &extension.installation {
                installation(extension.browser, &extension.id, entry, &mut misfits);
            }
            if let Some(values) = &extension.settings {
                misfits.extend(self.settings(values, extension.takes_text()));
            }
            problems.extend(misfits.into_iter().map(|misfit| {
                let dot = if extension.place.is_empty() || misfit.place.is_empty() {
                    ""
                } else {
                    "."
                };
                Diagnostic::new(
                    format!("{}: {}{dot}{}", found.file, extension.place, misfit.place),
                    misfit.message,
                    misfit.remedy,
                )
            }));
        }
        problems
    }

    /// What does not fit in the settings. `takes_text`: whether a structured key may hold its value as
    /// a text of JSON under its own name, as in the registry and in Firefox.
    pub fn settings(&mut self, values: &Map<String, Value>, takes_text: bool) -> Vec<Misfit> {
        let mut found = Vec::new();
        // Structured, under the plain name: what the meaning is checked of.
        let mut meant = BTreeMap::new();
        for (key, value) in values {
            let plain = told_as_text(key).unwrap_or(key);
            let text = value
                .as_str()
                .filter(|_| plain != key || (takes_text && !schema::is_text(key)));
            let structured = match text {
                None => value.clone(),
                Some(text) => match serde_json::from_str(text) {
                    Ok(structured) => structured,
                    Err(error) => {
                        found.push(Misfit::new(
                        key,
                        format!("this is no JSON: {}, in line {}, column {} of the text", load::without_place(&error), error.line(), error.column()),
                        "Look for a missing or surplus comma, quote or bracket just before that place.",
                    ));
                        continue;
                    }
                },
            };
            if plain != key && values.contains_key(plain) {
                found.push(Misfit::new(
                    key,
                    format!("{plain} is given as well"),
                    "Give one of the two.",
                ));
            }
            // A text that is none is told under its own name.
            let asked = if text.is_some() { plain } else { key };
            match schema::misfits(asked, &structured) {
                None => {
                    let known = schema::keys().filter(|known| told_as_text(known).is_none());
                    found.push(Misfit::new(
                        key,
                        "there is no such setting",
                        schema::nearest(key, known),
                    ));
                }
                Some(misfits) if misfits.is_empty() => {
                    meant.insert(plain, structured);
                }
                Some(mut misfits) => {
                    let renamed = format!("{key}{AS_TEXT}");
                    if value.is_string() && schema::keys().any(|known| known == renamed) {
                        misfits.truncate(1);
                        misfits[0].remedy = format!(
                            "Write the value itself, without quotes around it, or call it {renamed}."
                        );
                    }
                    // Of a text no browser cuts anything, and these know their own parts better.
                    if text.is_none() || !["guide", "vocabulary", "adapters"].contains(&plain) {
                        found.extend(misfits.into_iter().map(|mut misfit| {
                            if text.is_some() {
                                misfit.place = misfit.place.replacen(plain, key, 1);
                            }
                            misfit
                        }));
                    } else {
                        meant.insert(plain, structured);
                    }
                }
            }
        }
        for (key, value) in &meant {
            // Told by the name that it has in the file.
            let text = format!("{key}{AS_TEXT}");
            let given = if values.contains_key(*key) {
                key
            } else {
                text.as_str()
            };
            found.extend(
                self.meaning(key, value, &meant)
                    .into_iter()
                    .map(|mut misfit| {
                        misfit.place.replace_range(..key.len(), given);
                        misfit
                    }),
            );
        }
        shortened(found)
    }

    fn meaning(&mut self, key: &str, value: &Value, all: &BTreeMap<&str, Value>) -> Vec<Misfit> {
        let known = format!("{key} {} {value}", all.contains_key("hashKey"));
        if let Some(misfits) = self.known.get(&known) {
            return misfits.clone();
        }
        let mut misfits = Vec::new();
        meaning(key, value, all, &mut misfits);
        self.known.insert(known, misfits.clone());
        misfits
    }
}

/// Of many mistakes of the same kind a few are enough.
fn shortened(found: Vec<Misfit>) -> Vec<Misfit> {
    const SHOWN: usize = 5;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for misfit in found {
        let key = misfit.place.split(['.', '[']).next().unwrap_or_default();
        let count = seen
            .entry(format!("{key}: {}", misfit.message))
            .or_default();
        *count += 1;
        if *count <= SHOWN {
            kept.push(misfit);
        }
    }
    for (what, count) in seen.into_iter().filter(|(_, count)| *count > SHOWN) {
        let (key, message) = what.split_once(": ").unwrap_or_default();
        let message = format!("{message} ({} more times)", count - SHOWN);
        kept.push(Misfit::new(key, message, ""));
    }
    kept
}

/// What a schema cannot say.
fn meaning(key: &str, value: &Value, all: &BTreeMap<&str, Value>, found: &mut Vec<Misfit>) {
    match key {
        "guide" => {
            if let Err(errors) = Guide::from_bundle(&value.to_string()) {
                found.extend(errors.0.iter().map(|error| told(key, error)));
            }
        }
        "vocabulary" => vocabulary(key, value, found),
        "gate" => one_of(key, value, &["stop", "warn"], found),
        "language" => one_of(key, value, &["auto", "es", "en"], found),
        "hashKey" if !value.as_str().is_some_and(is_hash_key) => {
            found.push(Misfit::new(key, "this is no key", HASH_KEY));
        }
        "hashedLists" => {
            for (at, list) in value.as_array().into_iter().flatten().enumerate() {
                hashed_list(
                    &format!("{key}[{at}]"),
                    list,
                    all.contains_key("hashKey"),
                    found,
                );
            }
        }
        "lists" => {
            for (name, entries) in value.as_object().into_iter().flatten() {
                for (at, entry) in entries.as_array().into_iter().flatten().enumerate() {
                    if entry.as_str().is_some_and(|text| text.trim().is_empty()) {
                        found.push(Misfit::new(
                            format!("{key}.{name}[{at}]"),
                            "the entry is empty",
                            "Remove it.",
                        ));
                    }
                }
            }
        }
        _ => {}
    }
}

/// What `company.toml` says, as JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vocabulary {
    company: Option<Company>,
    #[serde(default)]
    lists: BTreeMap<String, List>,
}

/// With the shipped rules around it, as the extension reads it.
fn vocabulary(key: &str, value: &Value, found: &mut Vec<Misfit>) {
    let vocabulary: Vocabulary = match serde_json::from_value(value.clone()) {
        Ok(vocabulary) => vocabulary,
        Err(error) => {
            let remedy =
                "Give `company` and `lists` as in company.toml; `tacto policy write` does it.";
            found.push(Misfit::new(key, error.to_string(), remedy));
            return;
        }
    };
    let Ok(shipped) = load::guide(None) else {
        return;
    };
    let mut data = shipped.guide.data().clone();
    data.company = vocabulary.company.unwrap_or(data.company);
    data.lists.extend(vocabulary.lists);
    if let Err(errors) = Guide::new(data) {
        found.extend(errors.0.iter().map(|error| told(key, error)));
    }
}

/// A guide's error, with the way to it inside the key.
fn told(key: &str, error: &GuideError) -> Misfit {
    let place = error
        .path
        .iter()
        .fold(key.to_owned(), |place, step| match step {
            Step::Key(name) => format!("{place}.{name}"),
            Step::Index(at) => format!("{place}[{at}]"),
        });
    Misfit::new(place, error.message.as_str(), error.remedy.as_str())
}

fn one_of(key: &str, value: &Value, words: &[&str], found: &mut Vec<Misfit>) {
    let word = value.as_str().unwrap_or_default();
    // A quoted JSON string is understood too.
    let word = word
        .strip_prefix('"')
        .and_then(|word| word.strip_suffix('"'))
        .unwrap_or(word);
    if !words.contains(&word) {
        found.push(Misfit::new(
            key,
            format!("\"{word}\" is none of its words"),
            schema::nearest(word, words.iter().copied()),
        ));
    }
}

const HASH_KEY: &str = "A key is 32 to 128 hexadecimal digits, as `tacto hash` writes it.";

fn is_hash_key(text: &str) -> bool {
    (32..=128).contains(&text.len())
        && text.len().is_multiple_of(2)
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn hashed_list(place: &str, list: &Value, has_key: bool, found: &mut Vec<Misfit>) {
    let anew = "Write it anew with `tacto hash`.";
    if list["name"].as_str().is_none_or(str::is_empty) {
        found.push(Misfit::new(
            format!("{place}.name"),
            "the list has no name",
            "Give the name of the list that the entries belong to, such as \"clients\".",
        ));
    }
    match list["key"].as_str() {
        None if !has_key => found.push(Misfit::new(
            format!("{place}.key"),
            "the list has no key, and there is no hashKey",
            anew,
        )),
        Some(key) if !is_hash_key(key) => {
            found.push(Misfit::new(
                format!("{place}.key"),
                "this is no key",
                HASH_KEY,
            ));
        }
        _ => {}
    }
    if !list["words"]
        .as_u64()
        .is_some_and(|words| (1..=5).contains(&words))
    {
        found.push(Misfit::new(
            format!("{place}.words"),
            "this is no number from 1 to 5: the longest entry's words",
            anew,
        ));
    }
    for (at, hash) in list["hashes"].as_array().into_iter().flatten().enumerate() {
        let fits = hash.as_str().is_some_and(|hash| {
            hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if !fits {
            found.push(Misfit::new(
                format!("{place}.hashes[{at}]"),
                "this is no hash: 16 hexadecimal digits",
                anew,
            ));
        }
    }
}

/// An entry of `ExtensionSettings`.
fn installation(browser: Browser, id: &str, entry: &Value, found: &mut Vec<Misfit>) {
    const MODES: [&str; 5] = [
        "allowed",
        "blocked",
        "force_installed",
        "normal_installed",
        "removed",
    ];
    let (wanted, other) = match browser {
        Browser::Firefox => ("install_url", "update_url"),
        Browser::Chromium => ("update_url", "install_url"),
        Browser::Either => return,
    };
    let fits = match browser {
        Browser::Firefox => is_firefox_id(id),
        _ => is_chromium_id(id),
    };
    if !fits && id != "*" {
        found.push(Misfit::new(
            "",
            format!("\"{id}\" is no id in this browser"),
            "Chrome, Edge and Chromium have 32 letters from a to p, Firefox something like an e-mail address.",
        ));
    }
    let mode = entry["installation_mode"].as_str().unwrap_or_default();
    if !MODES.contains(&mode) {
        found.push(Misfit::new(
            "installation_mode",
            format!("\"{mode}\" is no way of installing"),
            schema::nearest(mode, MODES.into_iter()),
        ));
    }
    if !mode.ends_with("_installed") {
        return;
    }
    match entry[wanted].as_str() {
        None if entry.get(other).is_some() => found.push(Misfit::new(
            other,
            format!("this browser reads {wanted}, and has none"),
            format!("Call it {wanted}."),
        )),
        None => found.push(Misfit::new(
            wanted,
            "it is missing, so nothing would be installed",
            "Give the https address that the company serves it from.",
        )),
        Some(url) if !url.starts_with("https://") && !is_local(url) => found.push(Misfit::new(
            wanted,
            format!("\"{url}\" is no address with https"),
            "Serve it over https.",
        )),
        Some(_) => {}
    }
}

/// Whether an address is of this machine, where http is no danger.
pub fn is_local(url: &str) -> bool {
    ["http://localhost", "http://127.0.0.1", "file:///"]
        .iter()
        .filter_map(|start| url.strip_prefix(start))
        .any(|rest| rest.is_empty() || rest.starts_with([':', '/']) || url.starts_with("file:"))
}

/// 32 letters from a to p.
pub fn is_chromium_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|letter| (b'a'..=b'p').contains(&letter))
}

/// Like an e-mail address, or a GUID in braces.
pub fn is_firefox_id(id: &str) -> bool {
    let plain = |part: &str| {
        part.chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter))
    };
    if let Some(guid) = id.strip_prefix('{').and_then(|id| id.strip_suffix('}')) {
        return guid.len() == 36 && plain(guid);
    }
    id.split_once('@')
        .is_some_and(|(name, host)| plain(name) && !host.is_empty() && plain(host))
}

impl Found {
    /// The extensions that are Tacto: by id, else those with a setting of Tacto's name and their
    /// installations, else all.
    pub fn ours(&self, id: Option<&str>) -> Vec<&Extension> {
        let all = || self.extensions.iter();
        if let Some(id) = id {
            return all().filter(|extension| extension.id == id).collect();
        }
        let ids: Vec<&str> = all()
            .filter(|extension| extension.has_known_key())
            .map(|extension| extension.id.as_str())
            .collect();
        if ids.is_empty() {
            return all().filter(|extension| extension.id != "*").collect();
        }
        all()
            .filter(|extension| ids.contains(&extension.id.as_str()))
            .collect()
    }

    /// One line on what was found, for a file without problems.
    pub fn summary(&self, id: Option<&str>) -> String {
        let parts = self.ours(id).into_iter().map(|extension| {
            let what = match (&extension.settings, &extension.installation) {
                (Some(values), _) => {
                    let keys: Vec<_> = values.keys().map(String::as_str).collect();
                    format!(
                        "sets {}",
                        if keys.is_empty() {
                            "nothing".to_owned()
                        } else {
                            keys.join(", ")
                        }
                    )
                }
                (None, _) => "is installed".to_owned(),
            };
            let name = if extension.id.is_empty() {
                "Tacto"
            } else {
                &extension.id
            };
            format!("{name} {what}")
        });
        format!("all right: {}", parts.collect::<Vec<_>>().join("; "))
    }
}

impl Extension {
    fn has_known_key(&self) -> bool {
        self.settings.as_ref().is_some_and(|values| {
            values
                .keys()
                .any(|key| schema::keys().any(|known| known == key))
        })
    }

    fn takes_text(&self) -> bool {
        self.browser == Browser::Firefox || self.from_registry
    }
}
