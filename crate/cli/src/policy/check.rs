//! Whether a policy is one that the extension can use.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tacto_core::policy;

use super::read::{Browser, Extension, Found};
use super::schema::{self, Misfit};
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

    /// What cannot be used of settings: what the extension would say of them, and what Chromium
    /// would drop or cut out before the extension sees it. `takes_text`: whether the browser
    /// lets a text of JSON through under a structured key's own name, as the registry and Firefox
    /// do.
    pub fn settings(&mut self, values: &Map<String, Value>, takes_text: bool) -> Vec<Misfit> {
        let mut found = self.meaning(&Value::Object(values.clone()).to_string());
        if !takes_text {
            for (key, value) in values {
                for mut misfit in schema::misfits(key, value).unwrap_or_default() {
                    if value.is_string() && !schema::is_text(key) {
                        misfit.remedy = format!(
                            "Write the value itself, without quotes around it, or call it \
                             {key}{AS_TEXT}."
                        );
                    }
                    // Said once, and by the one who says more.
                    let is_told = found.iter().any(|told| {
                        told.place.starts_with(&misfit.place)
                            || misfit.place.starts_with(&told.place)
                    });
                    if !is_told {
                        found.push(misfit);
                    }
                }
            }
        }
        shortened(found)
    }

    /// What the extension says of a policy, with the shipped guide under it.
    fn meaning(&mut self, policy: &str) -> Vec<Misfit> {
        if let Some(misfits) = self.known.get(policy) {
            return misfits.clone();
        }
        let mut read = policy::read(policy);
        if let Ok(shipped) = load::guide(None) {
            // It fails where the shipped guide does, and that is the build's to say.
            let _ = read.guide(&shipped.guide.to_bundle());
        }
        let misfits: Vec<Misfit> = read
            .problems
            .into_iter()
            .map(|problem| {
                let between = match problem.place.chars().next() {
                    None | Some('[') => "",
                    _ if problem.place.starts_with("line ") => ", ",
                    Some(_) => ".",
                };
                Misfit::new(
                    format!("{}{between}{}", problem.key, problem.place),
                    problem.message,
                    problem.remedy,
                )
            })
            .collect();
        self.known.insert(policy.to_owned(), misfits.clone());
        misfits
    }
}

/// Of many mistakes of the same kind a few are enough.
fn shortened(found: Vec<Misfit>) -> Vec<Misfit> {
    const SHOWN: usize = 5;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for misfit in found {
        let key = misfit.key();
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
