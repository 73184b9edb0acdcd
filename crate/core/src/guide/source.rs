//! The guide as files: TOML, plain-text lists and prose in, [`GuideData`] out, and for every
//! value the place where it was written.
//!
//! Guides are written by people who do not program. So everything that is wrong is reported, not
//! the first thing alone; each error says the file, the line, the column, and what to write
//! instead. What the form cannot tell (a pattern that is too large, a section that does not
//! exist) is found later by [`crate::Guide::new`]; [`Places::locate`] leads back from there to
//! the line.
//!
//! Nothing is read from disk here: the caller hands over names and texts.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::data::{Company, Entry, FORMAT, HashedList, List, Protected, Rule, VERSION};
use super::{GuideData, GuideErrors, Step};

mod checklist;
mod lists;
mod place;
mod prose;
mod schema;

pub use super::suggest::nearest;
use place::Place;

/// The largest file that is read, in bytes.
pub const MAX_FILE: usize = 16 * 1024 * 1024;
/// After this many errors the rest is not told: more would not be read.
const MAX_ERRORS: usize = 200;

/// The file of the company's name and vocabulary.
const COMPANY: &str = "company.toml";
/// The privacy-settings checklist of the popup lies beside the rules; the engine never reads it.
const CHECKLIST: &str = "checklist.toml";

/// A file of a guide: its name relative to the guide's folder, with `/`, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// E.g. `company.toml`, `lists/clients.txt`.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file's name, as given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Something in a guide's files that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// Where.
    pub location: Location,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub remedy: String,
}

impl fmt::Display for SourceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}. {}", self.location, self.message, self.remedy)
    }
}

impl std::error::Error for SourceError {}

/// A guide whose form is right, with the place of every value.
#[derive(Debug)]
pub struct Source {
    /// What the files say, for [`crate::Guide::new`].
    pub data: GuideData,
    /// Where they say it.
    pub places: Places,
    /// What checklist.toml says, where there is one: the popup's, not the engine's.
    pub checklist: Option<Value>,
}

/// Where everything in a guide was written. Outlives the data, which goes into the guide.
#[derive(Debug)]
pub struct Places {
    files: Vec<SourceFile>,
    root: Place,
}

impl Places {
    /// Where a value was written; for a value that is not there, where it would belong.
    #[must_use]
    pub fn locate(&self, path: &[Step]) -> Location {
        self.root.follow(path).location(&self.files)
    }

    /// What [`crate::Guide::new`] found wrong, with the places.
    #[must_use]
    pub fn locate_all(&self, errors: &GuideErrors) -> Vec<SourceError> {
        let mut located: Vec<_> = errors
            .0
            .iter()
            .take(MAX_ERRORS)
            .map(|error| SourceError {
                location: self.locate(&error.path),
                message: error.message.clone(),
                remedy: error.remedy.clone(),
            })
            .collect();
        located.sort_by(|a, b| a.location.cmp(&b.location));
        located
    }
}

impl Source {
    /// See [`Places::locate`].
    #[must_use]
    pub fn locate(&self, path: &[Step]) -> Location {
        self.places.locate(path)
    }
}

/// Reads a guide's files. Files that are no part of a guide (a README) are left out.
///
/// # Errors
/// Everything that is wrong with the files' form, by file and line.
pub fn read(mut files: Vec<SourceFile>) -> Result<Source, Vec<SourceError>> {
    // The order of rules, and so of errors and of the bundle, must not depend on the disk.
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut reader = Reader::new(&files);
    reader.check_sizes();
    if reader.faults.is_empty() {
        reader.read_all();
    }
    if reader.faults.is_empty() && reader.missing.is_empty() {
        let checklist = reader.checklist.take();
        let (data, root) = reader.into_guide();
        return Ok(Source {
            data,
            places: Places { files, root },
            checklist,
        });
    }
    let mut errors = reader.missing;
    let faults = reader
        .faults
        .into_iter()
        .take(MAX_ERRORS)
        .map(|fault| SourceError {
            location: Place::leaf(fault.file, fault.at).location(&files),
            message: fault.message,
            remedy: fault.remedy,
        });
    errors.extend(faults);
    errors.sort_by(|a, b| a.location.cmp(&b.location));
    Err(errors)
}

/// An error before its offset has become a line.
#[derive(Debug)]
struct Fault {
    file: usize,
    at: usize,
    message: String,
    remedy: String,
}

/// What is read from the files, item by item, each with its place.
struct Reader<'f> {
    files: &'f [SourceFile],
    faults: Vec<Fault>,
    missing: Vec<SourceError>,
    company: Option<(Company, Place)>,
    lists: BTreeMap<String, (List, Place)>,
    hashed: BTreeMap<String, (HashedList, Place)>,
    rules: Vec<(Rule, Place)>,
    protected: Vec<(Protected, Place)>,
    sections: Vec<prose::Placed>,
    checklist: Option<Value>,
}

impl<'f> Reader<'f> {
    const fn new(files: &'f [SourceFile]) -> Self {
        Self {
            files,
            faults: Vec::new(),
            missing: Vec::new(),
            company: None,
            lists: BTreeMap::new(),
            hashed: BTreeMap::new(),
            rules: Vec::new(),
            protected: Vec::new(),
            sections: Vec::new(),
            checklist: None,
        }
    }

    fn fault(
        &mut self,
        file: usize,
        at: usize,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.faults.push(Fault {
            file,
            at,
            message: message.into(),
            remedy: remedy.into(),
        });
    }

    fn check_sizes(&mut self) {
        for (file, source) in self.files.iter().enumerate() {
            if source.text.len() > MAX_FILE {
                self.fault(
                    file,
                    0,
                    format!(
                        "the file has {} bytes, more than {MAX_FILE}",
                        source.text.len()
                    ),
                    "Split it into several files, or give a long list hashed (`tacto hash`).",
                );
            }
        }
    }

    fn read_all(&mut self) {
        for (file, source) in self.files.iter().enumerate() {
            if source.name.ends_with(".toml") && source.name != CHECKLIST {
                self.read_toml(file, source);
            }
        }
        self.read_list_files();
        if self.company.is_none() && self.file(COMPANY).is_none() {
            self.missing_file(COMPANY, "with `[company]`, a `name` and a `contact`");
        }
        match (self.file("guide.es.md"), self.file("guide.en.md")) {
            (Some(es), Some(en)) => {
                self.sections = prose::read(self.files, [es, en], &mut self.faults);
            }
            (None, _) => self.missing_file("guide.es.md", "with the guide in Spanish"),
            (_, None) => self.missing_file("guide.en.md", "with the guide in English"),
        }
        // Without the guide's sections every one that the checklist names would be reported missing.
        if let Some(file) = self.file(CHECKLIST)
            && !self.sections.is_empty()
        {
            let sections = self
                .sections
                .iter()
                .map(|placed| placed.section.id.as_str());
            self.checklist = checklist::read(file, &self.files[file], sections, &mut self.faults);
        }
    }

    fn file(&self, name: &str) -> Option<usize> {
        self.files.iter().position(|file| file.name == name)
    }

    fn missing_file(&mut self, name: &str, with: &str) {
        self.missing.push(SourceError {
            location: Location {
                file: name.to_owned(),
                line: 1,
                column: 1,
            },
            message: format!("there is no {name}"),
            remedy: format!("Write {name} into the guide's folder, {with}."),
        });
    }

    fn read_toml(&mut self, file: usize, source: &SourceFile) {
        let parsed = match toml::de::DeTable::parse(&source.text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let (message, remedy) = schema::syntax(error.message());
                return self.fault(file, at, message, remedy);
            }
        };
        let mut walk = schema::Walk {
            file,
            faults: &mut self.faults,
        };
        let (value, mut place) = walk.table(&schema::FILE, parsed.get_ref(), 0, "");
        let Value::Object(mut value) = value else {
            return;
        };

        if let Some(company) = value.remove("company") {
            let place = place.take("company");
            if source.name != COMPANY {
                self.fault(
                    file,
                    place.at(),
                    "`[company]` stands in a file of its own",
                    format!("Move it to {COMPANY}."),
                );
            } else if let Some(company) = self.item(company, &place) {
                self.company = Some((company, place));
            }
        }
        for (name, list, place) in entries(value.remove("lists"), place.take("lists")) {
            if let Some(other) = self.lists.get(&name).map(|(_, place)| place.clone()) {
                self.twice("list", &name, &place, &other);
            } else if let Some(list) = self.item(list, &place) {
                self.lists.insert(name, (list, place));
            }
        }
        for (name, list, place) in entries(value.remove("hashed"), place.take("hashed")) {
            if let Some(other) = self.hashed.get(&name).map(|(_, place)| place.clone()) {
                self.twice("hashed list", &name, &place, &other);
            } else if let Some(list) = self.item(list, &place) {
                self.hashed.insert(name, (list, place));
            }
        }
        for (rule, place) in items(value.remove("rule"), place.take("rule")) {
            let Some(rule) = self.item::<Rule>(rule, &place) else {
                continue;
            };
            let id = |(other, _): &&(Rule, Place)| other.id == rule.id;
            if let Some(other) = self.rules.iter().find(id).map(|(_, place)| place.clone()) {
                self.twice("rule", &rule.id, &place.inner("id"), &other.inner("id"));
            } else {
                self.rules.push((rule, place));
            }
        }
        for (entry, place) in items(value.remove("protected"), place.take("protected")) {
            let Some(entry) = self.item::<Protected>(entry, &place) else {
                continue;
            };
            let id = |(other, _): &&(Protected, Place)| other.id == entry.id;
            if let Some(other) = self
                .protected
                .iter()
                .find(id)
                .map(|(_, place)| place.clone())
            {
                self.twice(
                    "protected speech",
                    &entry.id,
                    &place.inner("id"),
                    &other.inner("id"),
                );
            } else {
                self.protected.push((entry, place));
            }
        }
    }

    /// A value whose form was checked, as its type. `None` where an error was told already.
    fn item<T: DeserializeOwned>(&mut self, value: Value, place: &Place) -> Option<T> {
        match serde_json::from_value(value) {
            Ok(item) => Some(item),
            Err(error) => {
                if self.faults.is_empty() {
                    // The schema let through what the type refuses.
                    self.fault(
                        place.file(),
                        place.at(),
                        error.to_string(),
                        "Compare with rules/README.md.",
                    );
                }
                None
            }
        }
    }

    fn twice(&mut self, what: &str, name: &str, here: &Place, there: &Place) {
        let there = there.location(self.files);
        self.fault(
            here.file(),
            here.at(),
            format!("the {what} `{name}` is written twice; the other one is at {there}"),
            "Give one of them another name, or join the two.",
        );
    }

    /// Appends the entries of every list's plain-text files.
    fn read_list_files(&mut self) {
        let mut lists = std::mem::take(&mut self.lists);
        for (list, place) in lists.values_mut() {
            let names = std::mem::take(&mut list.files);
            for (at, name) in names.iter().enumerate() {
                let place_of_name = place.inner("files").nth(at);
                let name = name.strip_prefix("./").unwrap_or(name);
                let Some(file) = self.file(name) else {
                    let known = self.files.iter().map(|file| file.name.as_str());
                    let known = known.filter(|name| name.ends_with(".txt"));
                    let remedy = match nearest(name, known) {
                        Some(other) => format!("Did you mean `{other}`?"),
                        None => format!(
                            "Write {name} into the guide's folder, one entry a line, or remove \
                             it here."
                        ),
                    };
                    self.fault(
                        place_of_name.file(),
                        place_of_name.at(),
                        format!("there is no file `{name}`"),
                        remedy,
                    );
                    continue;
                };
                if !name.ends_with(".txt") {
                    self.fault(
                        place_of_name.file(),
                        place_of_name.at(),
                        format!("`{name}` is no plain-text file"),
                        "Name a file that ends in .txt and has one entry a line.",
                    );
                    continue;
                }
                let mut places = Vec::new();
                for (at, entry) in lists::entries(&self.files[file].text) {
                    if let Some((message, remedy)) = lists::objection(entry) {
                        self.fault(file, at, message, remedy);
                    }
                    list.entries.push(Entry::Plain(entry.to_owned()));
                    places.push(Place::leaf(file, at));
                }
                place.append("entries", places);
            }
        }
        self.lists = lists;
    }

    fn into_guide(self) -> (GuideData, Place) {
        let (company, company_place) = self
            .company
            .unwrap_or_else(|| (Company::default(), Place::leaf(0, 0)));
        let (sections, section_places) = self
            .sections
            .into_iter()
            .map(|placed| (placed.section, placed.place))
            .unzip();
        let (lists, list_places) = split(self.lists);
        let (hashed, hashed_places) = split(self.hashed);
        let (rules, rule_places) = self.rules.into_iter().unzip();
        let (protected, protected_places) = self.protected.into_iter().unzip();
        let company_file = (company_place.file(), company_place.at());
        let root = Place::table(
            company_file.0,
            company_file.1,
            [
                ("company", company_place),
                ("sections", Place::list(section_places, company_file)),
                (
                    "lists",
                    Place::table(company_file.0, company_file.1, list_places),
                ),
                (
                    "hashed",
                    Place::table(company_file.0, company_file.1, hashed_places),
                ),
                ("rules", Place::list(rule_places, company_file)),
                ("protected", Place::list(protected_places, company_file)),
            ],
        );
        let data = GuideData {
            format: FORMAT.to_owned(),
            version: VERSION,
            company,
            sections,
            lists,
            hashed,
            rules,
            protected,
            model: None,
        };
        (data, root)
    }
}

fn entries(value: Option<Value>, mut place: Place) -> impl Iterator<Item = (String, Value, Place)> {
    let table = match value {
        Some(Value::Object(table)) => table,
        _ => serde_json::Map::new(),
    };
    table.into_iter().map(move |(name, value)| {
        let inner = place.take(&name);
        (name, value, inner)
    })
}

fn items(value: Option<Value>, place: Place) -> impl Iterator<Item = (Value, Place)> {
    let list = match value {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    list.into_iter().zip(place.into_items())
}

fn split<T>(map: BTreeMap<String, (T, Place)>) -> (BTreeMap<String, T>, Vec<(String, Place)>) {
    let mut places = Vec::with_capacity(map.len());
    let items = map
        .into_iter()
        .map(|(name, (item, place))| {
            places.push((name.clone(), place));
            (name, item)
        })
        .collect();
    (items, places)
}

#[cfg(test)]
mod tests;
