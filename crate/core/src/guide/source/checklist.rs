//! The privacy-settings checklist that lies beside the rules. The engine does not read it; whoever
//! builds the extension wants to know that every item has a text, and every link leads to the
//! platform that it is about.

use serde_json::Value;

use super::schema::{self, Walk};
use super::{Fault, Place, SourceFile, nearest};
use crate::time::parse_day;

/// The hosts of each platform, with their subdomains.
const HOSTS: [(&str, &[&str]); 3] = [
    ("x", &["x.com", "twitter.com"]),
    ("facebook", &["facebook.com"]),
    ("linkedin", &["linkedin.com"]),
];

/// Reads the file and tells everything that is wrong with it. `sections` are those of the guide.
pub(super) fn read<'s>(
    file: usize,
    source: &SourceFile,
    sections: impl Iterator<Item = &'s str> + Clone,
    faults: &mut Vec<Fault>,
) -> Option<Value> {
    let before = faults.len();
    let parsed = match toml::de::DeTable::parse(&source.text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let (message, remedy) = schema::syntax(error.message());
            faults.push(Fault {
                file,
                at,
                message,
                remedy,
            });
            return None;
        }
    };
    let (value, place) = Walk {
        file,
        faults: &mut *faults,
    }
    .table(&schema::CHECKLIST, parsed.get_ref(), 0, "");
    // Only a form that is right can be asked for its meaning.
    if faults.len() == before {
        let mut look = Look { faults };
        look.all(&value, &place, sections);
    }
    (faults.len() == before).then_some(value)
}

struct Look<'f> {
    faults: &'f mut Vec<Fault>,
}

impl Look<'_> {
    fn fault(&mut self, place: &Place, message: String, remedy: impl Into<String>) {
        self.faults.push(Fault {
            file: place.file(),
            at: place.at(),
            message,
            remedy: remedy.into(),
        });
    }

    fn all<'s>(
        &mut self,
        value: &Value,
        place: &Place,
        sections: impl Iterator<Item = &'s str> + Clone,
    ) {
        let head = place.inner("checklist");
        self.day(&value["checklist"], &head);
        let platforms = self.names(value, place, "platform");
        for (at, platform) in list(value, "platform").enumerate() {
            let here = place.inner("platform").nth(at);
            self.link(platform, &here, "hub", text(platform, "id"));
        }
        let habits = self.names(value, place, "habit");
        for (at, habit) in list(value, "habit").enumerate() {
            let here = place.inner("habit").nth(at);
            self.known(
                habit,
                &here,
                "section",
                "section of the guide",
                sections.clone(),
            );
        }
        self.names(value, place, "item");
        for (at, item) in list(value, "item").enumerate() {
            let here = place.inner("item").nth(at);
            self.known(
                item,
                &here,
                "platform",
                "`[[platform]]`",
                platforms.iter().copied(),
            );
            self.known(item, &here, "habit", "`[[habit]]`", habits.iter().copied());
            self.day(item, &here);
            for link in ["url", "fallback"] {
                self.link(item, &here, link, text(item, "platform"));
            }
            for said in ["setting", "you", "company"] {
                self.said(&item[said], &here.inner(said), said);
            }
        }
    }

    /// The ids of a list, each of which may be there once.
    fn names<'v>(&mut self, value: &'v Value, place: &Place, key: &str) -> Vec<&'v str> {
        let mut names = Vec::new();
        for (at, entry) in list(value, key).enumerate() {
            let id = text(entry, "id");
            let here = place.inner(key).nth(at).inner("id");
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            if id.is_empty() || id.len() > 60 || !id.bytes().all(plain) {
                self.fault(
                    &here,
                    format!("`{id}` is no id"),
                    "Write lower-case letters, digits and hyphens, at most 60.",
                );
            }
            if names.contains(&id) {
                self.fault(
                    &here,
                    format!("there are two `[[{key}]]` with the id `{id}`"),
                    "Give one of them another id: what people have ticked is kept by it.",
                );
            }
            names.push(id);
        }
        names
    }

    fn known<'s>(
        &mut self,
        entry: &Value,
        place: &Place,
        key: &str,
        what: &str,
        mut known: impl Iterator<Item = &'s str> + Clone,
    ) {
        let name = text(entry, key);
        if known.clone().any(|other| other == name) {
            return;
        }
        let remedy = match nearest(name, known.clone()) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None if known.next().is_none() => format!("Write the {what} first."),
            None => format!("Name a {what} that is there."),
        };
        self.fault(
            &place.inner(key),
            format!("there is no {what} `{name}`"),
            remedy,
        );
    }

    fn day(&mut self, entry: &Value, place: &Place) {
        let day = text(entry, "checked");
        if parse_day(day).is_none() {
            self.fault(
                &place.inner("checked"),
                format!("`{day}` is no day"),
                "Write the day on which somebody last opened the link, as \"2026-11-23\".",
            );
        }
    }

    fn said(&mut self, said: &Value, place: &Place, key: &str) {
        for language in ["es", "en"] {
            if text(said, language).trim().is_empty() {
                self.fault(
                    &place.inner(language),
                    format!("`{key}.{language}` is empty"),
                    "Write one sentence.",
                );
            }
        }
    }

    fn link(&mut self, entry: &Value, place: &Place, key: &str, platform: &str) {
        let url = text(entry, key);
        let hosts = HOSTS.iter().find(|(name, _)| *name == platform);
        let hosts = hosts.map_or(&[][..], |(_, hosts)| hosts);
        if host(url).is_some_and(|host| hosts.iter().any(|own| is_at(host, own))) {
            return;
        }
        let all = hosts.join(" or ");
        self.fault(
            &place.inner(key),
            format!("`{url}` is no https address on {all}"),
            format!("Write an address that starts with https://, on {all} or below it."),
        );
    }
}

/// The host of an https address without name, password or port.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://")?;
    if url.bytes().any(|b| b <= b' ' || b == b'\\' || b == 0x7f) {
        return None;
    }
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-';
    host.bytes().all(plain).then_some(host)
}

fn is_at(host: &str, own: &str) -> bool {
    host.strip_suffix(own)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}
