//! The checklist without its looks: what is in it, what the person has ticked, what is due again.
//!
//! Everything stored, imported or set by policy is untrusted: what cannot be used is left out, an
//! import that is not whole is refused whole. Moments are milliseconds since 1970, as JavaScript
//! has them.

use serde_json::{Map, Value, json};

/// What names an exported file.
const FORMAT: &str = "tacto-checklist";
/// The version of exported files.
const VERSION: u64 = 1;
const DAY: f64 = 86_400_000.0;
/// More than any list has, and little enough to be kept.
const MAX_TICKS: usize = 2000;
const MAX_ID: usize = 80;
/// The largest file that is imported, in UTF-8 bytes.
pub const MAX_IMPORT: usize = 512 * 1024;

/// What the person said of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is set as the list says.
    Done,
    /// Put off.
    Later,
    /// Left out, for good.
    NotForMe,
}

impl Mark {
    /// As it is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Later => "later",
            Self::NotForMe => "not-for-me",
        }
    }

    /// From what is stored.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        [Self::Done, Self::Later, Self::NotForMe]
            .into_iter()
            .find(|mark| mark.as_str() == word)
    }
}

/// A mark, and when it was made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// Which.
    pub mark: Mark,
    /// When.
    pub at: f64,
}

/// What has been ticked, by the items' ids, which are in order. Ids that no list knows (a company's former item) stay.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ticks(Vec<(String, Tick)>);

impl Ticks {
    /// What is stored; what cannot be used is left out.
    #[must_use]
    pub fn read(stored: &Value) -> Self {
        let mut ticks = Self::default();
        for (id, entry) in stored.as_object().into_iter().flatten() {
            ticks.set(id, read_tick(id, entry));
        }
        ticks
    }

    /// As it is stored.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut all = Map::new();
        for (id, tick) in &self.0 {
            let mut entry = Map::new();
            entry.insert("state".into(), tick.mark.as_str().into());
            entry.insert("at".into(), tick.at.into());
            all.insert(id.clone(), Value::Object(entry));
        }
        Value::Object(all)
    }

    /// What was said of an item.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Tick> {
        let found = self.0.iter().find(|(known, _)| known == id)?;
        Some(found.1)
    }

    /// Says it anew, or takes it back.
    pub fn set(&mut self, id: &str, tick: Option<Tick>) {
        self.0.retain(|(known, _)| known != id);
        if let Some(tick) = tick {
            let at = self.0.partition_point(|(known, _)| known.as_str() < id);
            self.0.insert(at, (id.to_owned(), tick));
        }
    }
}

fn read_tick(id: &str, entry: &Value) -> Option<Tick> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_' || b == b'.';
    if id.is_empty() || id.len() > MAX_ID || !id.bytes().all(plain) {
        return None;
    }
    let mark = Mark::read(text(entry, "state"))?;
    let at = entry["at"].as_f64()?;
    // From 2000 to 2100: anything else is no moment at which somebody ticked a box.
    (946_684_800_000.0..4_102_444_800_000.0)
        .contains(&at)
        .then_some(Tick { mark, at })
}

/// An item of the list.
#[derive(Debug, Clone, Copy)]
pub struct Item<'l>(&'l Value);

impl<'l> Item<'l> {
    /// What its tick is kept by.
    #[must_use]
    pub fn id(self) -> &'l str {
        text(self.0, "id")
    }

    /// One of its words: `platform`, `url`, `fallback`, `confidence`, `checked`, `audience`.
    #[must_use]
    pub fn word(self, key: &str) -> &'l str {
        text(self.0, key)
    }

    /// One of its sentences, `setting`, `you` or `company`, in a language.
    #[must_use]
    pub fn said(self, key: &str, language: &str) -> &'l str {
        text(&self.0[key], language)
    }
}

/// The list: what is shipped, and what the company adds.
#[derive(Debug)]
pub struct Checklist {
    shipped: Value,
    own: Vec<Value>,
    /// Whether the company wants it shown.
    pub shown: bool,
}

/// How far somebody is on one platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Items that are done and not due again.
    pub done: usize,
    /// All but those that are not for this person.
    pub all: usize,
    /// Items that are due again.
    pub due: usize,
}

impl Checklist {
    /// The shipped list, as `tacto build --checklist` writes it, and the policy's `checklist`.
    #[must_use]
    pub fn read(shipped: &str, policy: &Value) -> Self {
        let shipped: Value = serde_json::from_str(shipped).unwrap_or(Value::Null);
        let mut list = Self {
            shipped,
            own: Vec::new(),
            shown: policy["shown"].as_bool().unwrap_or(true),
        };
        for item in policy["items"].as_array().into_iter().flatten() {
            let id = text(item, "id");
            let fits = is_usable(item)
                && list.item(id).is_none()
                && list
                    .platforms()
                    .any(|(platform, _, _)| platform == text(item, "platform"));
            if fits {
                list.own.push(item.clone());
            }
        }
        list
    }

    /// Id, name and hub of each platform.
    pub fn platforms(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        each(&self.shipped, "platform")
            .map(|one| (text(one, "id"), text(one, "name"), text(one, "hub")))
    }

    /// Section of the guide, title and text of each habit.
    pub fn habits<'l>(
        &'l self,
        language: &'l str,
    ) -> impl Iterator<Item = (&'l str, &'l str, &'l str)> {
        each(&self.shipped, "habit").map(move |one| {
            let said = |key: &str| text(&one[key], language);
            (text(one, "section"), said("title"), said("text"))
        })
    }

    /// The day on which somebody last opened every link, `YYYY-MM-DD`.
    #[must_use]
    pub fn checked(&self) -> &str {
        text(&self.shipped["checklist"], "checked")
    }

    /// Every item, the company's last.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        each(&self.shipped, "item").chain(&self.own).map(Item)
    }

    /// The items of one platform.
    pub fn items_of<'l>(&'l self, platform: &'l str) -> impl Iterator<Item = Item<'l>> {
        self.items()
            .filter(move |item| item.word("platform") == platform)
    }

    fn item(&self, id: &str) -> Option<Item<'_>> {
        self.items().find(|item| item.id() == id)
    }

    /// Whether an item of this id is there.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.item(id).is_some()
    }

    /// When an item is due again, or for the first time after it was put off.
    #[must_use]
    pub fn due_at(&self, item: Item<'_>, tick: Tick) -> Option<f64> {
        let own = |key: &str| self.shipped["checklist"][key].as_f64();
        let days = match tick.mark {
            Mark::Done => item.0["again_after_days"]
                .as_f64()
                .or_else(|| own("remind_after_days")),
            Mark::Later => own("later_after_days"),
            Mark::NotForMe => None,
        }?;
        (days > 0.0).then_some(tick.at + days * DAY)
    }

    /// Whether an item is due again.
    #[must_use]
    pub fn is_due(&self, item: Item<'_>, ticks: &Ticks, now: f64) -> bool {
        let tick = ticks.get(item.id());
        tick.and_then(|tick| self.due_at(item, tick))
            .is_some_and(|due| due <= now)
    }

    /// The moments at which items are due, for whoever reminds of them.
    #[must_use]
    pub fn due(&self, ticks: &Ticks) -> Value {
        let mut all = Vec::new();
        for item in self.items() {
            let tick = ticks.get(item.id());
            if let Some(due) = tick.and_then(|tick| self.due_at(item, tick)) {
                all.push(due.into());
            }
        }
        Value::Array(all)
    }

    /// How far somebody is on a platform.
    #[must_use]
    pub fn progress(&self, platform: &str, ticks: &Ticks, now: f64) -> Progress {
        let mut progress = Progress {
            done: 0,
            all: 0,
            due: 0,
        };
        for item in self.items_of(platform) {
            let mark = ticks.get(item.id()).map(|tick| tick.mark);
            if mark == Some(Mark::NotForMe) {
                continue;
            }
            progress.all += 1;
            if self.is_due(item, ticks, now) {
                progress.due += 1;
            } else if mark == Some(Mark::Done) {
                progress.done += 1;
            }
        }
        progress
    }

    /// The items whose setting is on the page with this address.
    pub fn items_at<'l>(&'l self, address: &'l str) -> impl Iterator<Item = Item<'l>> {
        self.items()
            .filter(move |item| is_page(item.word("url"), address))
    }
}

/// Whether a company's item has everything that is shown of one.
fn is_usable(item: &Value) -> bool {
    let both = |key: &str| {
        ["es", "en"]
            .iter()
            .all(|language| !text(&item[key], language).is_empty())
    };
    let link = |key: &str| text(item, key).starts_with("https://");
    !text(item, "id").is_empty()
        && text(item, "id").len() <= MAX_ID
        && both("setting")
        && link("url")
        && (item["fallback"].is_null() || link("fallback"))
}

/// Whether an address is that of a settings page, or of something below it. What stands behind
/// the `?` of the page's link must stand in the address, too.
fn is_page(page: &str, address: &str) -> bool {
    let (page_host, page_path, page_query) = parts(page);
    let (host, path, query) = parts(address);
    let below = path.strip_prefix(page_path);
    let same_path = below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    !page_host.is_empty()
        && page_host == host
        && same_path
        && page_query
            .split('&')
            .all(|wanted| wanted.is_empty() || query.split('&').any(|given| given == wanted))
}

/// Host, path and query of an https address, as far as they tell pages apart.
fn parts(address: &str) -> (&str, &str, &str) {
    let rest = address.strip_prefix("https://").unwrap_or_default();
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.strip_prefix("www.").unwrap_or(host);
    let host = if host == "twitter.com" { "x.com" } else { host };
    (host, path.strip_suffix('/').unwrap_or(path), query)
}

/// Everything that is kept, as a file has it.
#[must_use]
pub fn export(ticks: &Ticks, preferences: &Value) -> Value {
    json!({
        "format": FORMAT,
        "version": VERSION,
        "ticks": ticks.to_value(),
        "preferences": preferences,
    })
}

/// An exported file: ticks and preferences.
///
/// # Errors
/// The key of the sentence that says why the file is refused. It is refused whole.
pub fn import(file: &str) -> Result<(Ticks, Value), &'static str> {
    if file.len() > MAX_IMPORT {
        return Err("data.refused.tooLarge");
    }
    let Ok(file) = serde_json::from_str::<Value>(file) else {
        return Err("data.refused.unreadable");
    };
    if text(&file, "format") != FORMAT {
        return Err("data.refused.other");
    }
    match file["version"].as_u64() {
        Some(VERSION) => {}
        Some(newer) if newer > VERSION => return Err("data.refused.newer"),
        _ => return Err("data.refused.damaged"),
    }
    let stored = file["ticks"].as_object().ok_or("data.refused.damaged")?;
    let ticks = Ticks::read(&file["ticks"]);
    let preferences = read_preferences(&file["preferences"]);
    if ticks.0.len() != stored.len() || stored.len() > MAX_TICKS {
        return Err("data.refused.damaged");
    }
    Ok((ticks, preferences.ok_or("data.refused.damaged")?))
}

/// The preferences, if they are such: extension/src/shared/preferences.ts says what may stand there.
fn read_preferences(value: &Value) -> Option<Value> {
    let given = value.as_object()?;
    let mut read = Map::new();
    for (key, value) in given {
        let fits = match key.as_str() {
            "language" => ["auto", "es", "en"].contains(&value.as_str().unwrap_or_default()),
            "reminders" => value.is_boolean(),
            _ => false,
        };
        if !fits {
            return None;
        }
        read.insert(key.clone(), value.clone());
    }
    Some(Value::Object(read))
}

fn each<'v>(value: &'v Value, key: &str) -> std::slice::Iter<'v, Value> {
    value[key].as_array().map_or(&[][..], Vec::as_slice).iter()
}

/// A text, or nothing.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_764_000_000_000.0;

    fn shipped() -> String {
        let item = |id: &str, platform: &str, url: &str, again: Value| {
            json!({"id": id, "platform": platform, "url": url, "fallback": "https://x.com/settings",
                "again_after_days": again})
        };
        json!({
            "checklist": {"checked": "2026-11-23", "remind_after_days": 180, "later_after_days": 7},
            "platform": [{"id": "x", "name": "X", "hub": "h"}, {"id": "facebook", "name": "F", "hub": "h"}],
            "item": [
                item("x-tags", "x", "https://x.com/settings/audience_and_tagging", Value::Null),
                item("x-protect", "x", "https://x.com/settings/audience_and_tagging", Value::Null),
                item("x-apps", "x", "https://x.com/settings/apps", 90.into()),
                item("x-never", "x", "https://x.com/settings/never", 0.into()),
                item("facebook-posts", "facebook", "https://www.facebook.com/settings/?tab=posts", Value::Null),
            ],
        })
        .to_string()
    }

    fn list(policy: &Value) -> Checklist {
        Checklist::read(&shipped(), policy)
    }

    fn ticked(marks: &[(&str, Mark, f64)]) -> Ticks {
        let mut ticks = Ticks::default();
        for &(id, mark, at) in marks {
            ticks.set(id, Some(Tick { mark, at }));
        }
        ticks
    }

    #[test]
    fn progress_counts_what_is_done_and_leaves_out_what_is_not_for_me() {
        let list = list(&Value::Null);
        let ticks = ticked(&[
            ("x-tags", Mark::Done, NOW),
            ("x-apps", Mark::Later, NOW),
            ("x-never", Mark::NotForMe, NOW),
        ]);
        assert_eq!(
            list.progress("x", &ticks, NOW),
            Progress {
                done: 1,
                all: 3,
                due: 0
            }
        );
        assert_eq!(
            list.progress("facebook", &ticks, NOW),
            Progress {
                done: 0,
                all: 1,
                due: 0
            }
        );
    }

    #[test]
    fn an_item_is_due_again_after_its_own_days_else_the_lists() {
        let list = list(&Value::Null);
        for (id, mark, days) in [
            ("x-tags", Mark::Done, Some(180.0)),
            ("x-apps", Mark::Done, Some(90.0)),
            ("x-apps", Mark::Later, Some(7.0)),
            ("x-never", Mark::Done, None),
            ("x-tags", Mark::NotForMe, None),
        ] {
            let ticks = ticked(&[(id, mark, NOW)]);
            let item = list.item(id).expect("an item");
            let due = list.due_at(item, ticks.get(id).expect("a tick"));
            assert_eq!(due, days.map(|days| NOW + days * DAY), "{id} {mark:?}");
            if let Some(due) = due {
                assert!(!list.is_due(item, &ticks, due - 1.0));
                assert!(list.is_due(item, &ticks, due));
                assert_eq!(list.due(&ticks), json!([due]));
                let progress = list.progress("x", &ticks, due);
                assert_eq!((progress.done, progress.due), (0, 1));
            }
        }
    }

    #[test]
    fn what_is_stored_is_read_as_it_was_written_and_the_rest_left_out() {
        let ticks = ticked(&[("x-tags", Mark::Done, NOW), ("gone", Mark::Later, NOW)]);
        assert_eq!(Ticks::read(&ticks.to_value()), ticks);
        for damaged in [
            json!(null),
            json!("x"),
            json!({"x-tags": 1}),
            json!({"x-tags": {"state": "perhaps", "at": NOW}}),
            json!({"x-tags": {"state": "done", "at": -1}}),
            json!({"x-tags": {"state": "done", "at": "today"}}),
            json!({"<b>": {"state": "done", "at": NOW}}),
        ] {
            assert_eq!(Ticks::read(&damaged), Ticks::default(), "{damaged}");
        }
    }

    #[test]
    fn an_export_gives_back_what_was_exported() {
        let ticks = ticked(&[
            ("x-tags", Mark::Done, NOW),
            ("own", Mark::NotForMe, NOW - 1.0),
        ]);
        let preferences = json!({"language": "es", "reminders": false});
        assert_eq!(
            import(&export(&ticks, &preferences).to_string()),
            Ok((ticks, preferences))
        );
        assert_eq!(
            import(&export(&Ticks::default(), &json!({})).to_string()),
            Ok((Ticks::default(), json!({})))
        );
    }

    #[test]
    fn a_broken_import_is_refused_whole_and_says_why() {
        let good = export(
            &ticked(&[("x-tags", Mark::Done, NOW)]),
            &json!({"language": "es"}),
        )
        .to_string();
        for (from, to, why) in [
            ("{", "", "data.refused.unreadable"),
            ("tacto-checklist", "holidays", "data.refused.other"),
            ("\"version\":1", "\"version\":2", "data.refused.newer"),
            ("\"version\":1", "\"version\":\"1\"", "data.refused.damaged"),
            ("\"ticks\"", "\"tocks\"", "data.refused.damaged"),
            ("\"done\"", "\"maybe\"", "data.refused.damaged"),
            ("1764000000000.0", "7", "data.refused.damaged"),
            ("\"es\"", "\"fr\"", "data.refused.damaged"),
            ("\"language\"", "\"telemetry\"", "data.refused.damaged"),
        ] {
            let broken = good.replacen(from, to, 1);
            assert_ne!(broken, good, "{from}");
            assert_eq!(import(&broken), Err(why), "{broken}");
        }
        let large = good.clone() + &" ".repeat(MAX_IMPORT);
        assert_eq!(import(&large), Err("data.refused.tooLarge"));
    }

    #[test]
    fn a_company_adds_items_and_bad_ones_are_left_out() {
        let both = json!({"es": "a", "en": "b"});
        let own = json!({"id": "own-vpn", "platform": "x", "setting": both, "you": both,
            "company": both, "url": "https://intranet.example/vpn"});
        let with = |key: &str, value: Value| {
            let mut item = own.clone();
            item[key] = value;
            item
        };
        let list = list(&json!({"shown": true, "items": [
            own,
            with("id", "x-tags".into()),
            with("id", Value::Null),
            with("platform", "myspace".into()),
            with("url", "javascript:alert(1)".into()),
            with("setting", json!({"es": "a"})),
            7,
        ]}));
        let ids: Vec<_> = list.items_of("x").map(Item::id).collect();
        assert_eq!(ids, ["x-tags", "x-protect", "x-apps", "x-never", "own-vpn"]);
        assert!(list.shown);
        assert!(!Checklist::read("{}", &json!({"shown": false})).shown);
    }

    #[test]
    fn a_settings_page_knows_its_items() {
        let list = list(&Value::Null);
        for (address, ids) in [
            (
                "https://x.com/settings/audience_and_tagging",
                &["x-tags", "x-protect"][..],
            ),
            (
                "https://www.twitter.com/settings/audience_and_tagging/?a=b#c",
                &["x-tags", "x-protect"],
            ),
            (
                "https://x.com/settings/audience_and_tagging/photos",
                &["x-tags", "x-protect"],
            ),
            ("https://x.com/settings/audience_and_tagging2", &[]),
            ("https://x.com/home", &[]),
            ("http://x.com/settings/apps", &[]),
            (
                "https://www.facebook.com/settings?tab=posts&entry=1",
                &["facebook-posts"],
            ),
            ("https://www.facebook.com/settings?tab=ads", &[]),
            ("https://evil.example/settings/apps", &[]),
        ] {
            let at: Vec<_> = list.items_at(address).map(Item::id).collect();
            assert_eq!(at, ids, "{address}");
        }
    }
}
