//! The TOML that an IT department writes: who installs what from where, and the settings.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::check::{self, Checker};
use super::settings::Settings;
use super::{json, schema};
use crate::failure::{Diagnostic, Failure};
use crate::load;

/// Where an add-on's files are got from. Plain http would let anybody on the way change them.
const SECURE: &str = "https://";
/// In bytes: what the handbook advises to stay below.
const ADVISED_SIZE: usize = 256 * 1024;
/// In UTF-16 units with the closing zero: the largest text that a Group Policy file can hold
/// (MS-GPREG 2.2.1, a size of 65,535 bytes).
pub const GROUP_POLICY_TEXT: usize = 32_766;

/// The whole plan, checked.
#[derive(Debug)]
pub struct Plan {
    /// Shown in profiles.
    pub organization: String,
    pub chromium: Option<Chromium>,
    /// What differs in Edge; else as in `chromium`.
    pub edge: Option<Chromium>,
    pub firefox: Option<Firefox>,
    pub settings: Settings,
}

/// The extension in Chrome, Edge and Chromium.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chromium {
    pub id: String,
    pub update_url: String,
    /// Whether the button is always in the toolbar.
    #[serde(default)]
    pub pinned: bool,
}

/// The add-on in Firefox.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Firefox {
    pub id: String,
    pub install_url: String,
    #[serde(default)]
    pub pinned: bool,
    /// Whether it also works in private windows.
    #[serde(default)]
    pub private_windows: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    organization: Option<String>,
    chromium: Option<Chromium>,
    edge: Option<Chromium>,
    firefox: Option<Firefox>,
    #[serde(default)]
    policy: toml::Table,
}

impl Plan {
    /// Reads a TOML with all that it names.
    ///
    /// # Errors
    /// Everything that is wrong with it, with places.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let text = load::read_text(path)?;
        let name = path.display().to_string();
        let written: Written = toml::from_str(&text).map_err(|error| {
            let (line, column) =
                load::line_and_column(&text[..error.span().map_or(0, |span| span.start)]);
            let place = format!("{name}:{line}:{column}");
            let remedy = "`tacto policy init` writes a TOML with every setting explained.";
            Failure::Told(vec![
                Diagnostic::new(place, error.message(), remedy)
                    .showing(text.lines().nth(line - 1).unwrap_or_default(), column),
            ])
        })?;
        let reader = Reader {
            folder: path.parent().map(Path::to_path_buf).unwrap_or_default(),
            name,
        };
        let mut wrong = reader.installation(&written);
        let settings = reader.settings(written.policy, &mut wrong);
        if written.chromium.is_none() && written.firefox.is_none() && written.edge.is_none() {
            wrong.push(reader.problem(
                "",
                "no browser is named",
                "Add [chromium] or [firefox], as `tacto policy init` shows.",
            ));
        }
        if wrong.is_empty() {
            Ok(Self {
                organization: written.organization.unwrap_or_else(|| "IT".to_owned()),
                chromium: written.chromium,
                edge: written.edge,
                firefox: written.firefox,
                settings,
            })
        } else {
            Err(Failure::Told(wrong))
        }
    }

    /// What to bear in mind, as sentences.
    pub fn advice(&self) -> Vec<String> {
        let mut advice = Vec::new();
        let size = self.settings.size();
        if size > ADVISED_SIZE {
            advice.push(format!(
                "That is more than {ADVISED_SIZE} bytes, which every browser takes for certain. `vocabulary` \
                 in place of `guide` is a hundredth of it, if you keep the shipped rules."
            ));
        }
        for (key, value) in self.settings.texts() {
            let units = value.as_str().map_or(0, |text| text.encode_utf16().count());
            if units > GROUP_POLICY_TEXT {
                advice.push(format!(
                    "{key} has {units} characters. A Group Policy holds {GROUP_POLICY_TEXT}: on Windows roll \
                     out tacto.reg for it, not the template."
                ));
            }
        }
        advice
    }
}

/// Reads what a TOML names, seen from its folder.
struct Reader {
    folder: PathBuf,
    name: String,
}

impl Reader {
    fn problem(&self, place: &str, message: impl Into<String>, remedy: &str) -> Diagnostic {
        let colon = if place.is_empty() { "" } else { ": " };
        Diagnostic::new(format!("{}{colon}{place}", self.name), message, remedy)
    }

    fn installation(&self, written: &Written) -> Vec<Diagnostic> {
        let mut wrong = Vec::new();
        let mut secure = |place: &str, url: &str| {
            if !url.starts_with(SECURE) && !check::is_local(url) {
                wrong.push(self.problem(
                    place,
                    format!("\"{url}\" is no address with https"),
                    "Browsers take extensions and updates over https alone (http from localhost).",
                ));
            }
        };
        for (place, chromium) in [("chromium", &written.chromium), ("edge", &written.edge)] {
            if let Some(chromium) = chromium {
                secure(&format!("{place}.update_url"), &chromium.update_url);
            }
        }
        if let Some(firefox) = &written.firefox {
            secure("firefox.install_url", &firefox.install_url);
        }
        for (place, chromium) in [("chromium", &written.chromium), ("edge", &written.edge)] {
            if let Some(chromium) = chromium
                && !check::is_chromium_id(&chromium.id)
            {
                wrong.push(self.problem(
                    &format!("{place}.id"),
                    format!("\"{}\" is no extension id", chromium.id),
                    "It has 32 letters from a to p; `./build.sh package` prints yours.",
                ));
            }
        }
        if let Some(firefox) = &written.firefox
            && !check::is_firefox_id(&firefox.id)
        {
            wrong.push(self.problem(
                "firefox.id",
                format!("\"{}\" is no add-on id", firefox.id),
                "It looks like an e-mail address; `./build.sh package` prints yours.",
            ));
        }
        wrong
    }

    fn settings(&self, table: toml::Table, wrong: &mut Vec<Diagnostic>) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in table {
            let place = format!("policy.{key}");
            match self.setting(&key, value, &place) {
                Ok(value) => {
                    settings.0.insert(key, value);
                }
                Err(Failure::Told(diagnostics)) => wrong.extend(diagnostics),
                Err(Failure::BrokenPipe) => {}
            }
        }
        // As they are written, and told by the names that the TOML has for them.
        for misfit in Checker::default().settings(&settings.structured(), false) {
            let key = misfit.key();
            let plain = schema::told_as_text(key).unwrap_or(key);
            let place = format!("policy.{plain}{}", &misfit.place[key.len()..]);
            wrong.push(self.problem(&place, misfit.message, &misfit.remedy));
        }
        settings
    }

    /// A setting's value: what is written, or what is in the file that is named instead.
    fn setting(&self, key: &str, value: toml::Value, place: &str) -> Result<Value, Failure> {
        let told = |message: &str, remedy: &str| {
            Err(Failure::Told(vec![self.problem(place, message, remedy)]))
        };
        match (key, value) {
            ("guide", toml::Value::String(path)) => self.guide(&path),
            ("guide", _) => told("this is no path", "Name the guide's folder, or its bundle."),
            ("vocabulary", toml::Value::String(path)) => self.vocabulary(&path),
            ("vocabulary", _) => told("this is no path", "Name your company.toml."),
            ("lists", toml::Value::Table(lists)) => {
                let mut all = Map::new();
                for (name, entries) in lists {
                    let entries = match entries {
                        toml::Value::String(path) => self.lines(&path)?,
                        other => as_json(other),
                    };
                    all.insert(name, entries);
                }
                Ok(Value::Object(all))
            }
            ("hashedLists", toml::Value::Array(paths)) => {
                let mut all = Vec::new();
                for path in paths {
                    match path {
                        toml::Value::String(path) => all.extend(self.hashed(&path, place)?),
                        other => all.push(as_json(other)),
                    }
                }
                Ok(Value::Array(all))
            }
            ("adapters", toml::Value::Table(adapters)) => {
                let mut all = Map::new();
                for (platform, adapter) in adapters {
                    let adapter = match adapter {
                        toml::Value::String(path) => self.json(&path)?,
                        other => as_json(other),
                    };
                    all.insert(platform, adapter);
                }
                Ok(Value::Object(all))
            }
            (key, _) if schema::told_as_text(key).is_some() => told(
                "a TOML has no need of texts of JSON",
                "Leave out \"Json\" and write the value itself.",
            ),
            (_, other) => Ok(as_json(other)),
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    fn guide(&self, path: &str) -> Result<Value, Failure> {
        let loaded = load::guide(Some(&self.path(path)))?;
        let bundle = loaded.guide.to_bundle();
        json(&bundle, path).map_err(|diagnostic| Failure::Told(vec![diagnostic]))
    }

    /// `company` and `lists` of a company.toml, read with the shipped rules around it.
    fn vocabulary(&self, path: &str) -> Result<Value, Failure> {
        let path = self.path(path);
        let file = if path.is_dir() {
            path.join("company.toml")
        } else {
            path
        };
        let loaded = load::with_company(&file)?;
        let data = loaded.guide.data();
        let text = load::read_text(&file)?;
        let table: toml::Table = toml::from_str(&text).unwrap_or_default();
        let own = table.get("lists").and_then(toml::Value::as_table);
        let names: Vec<&str> = own
            .into_iter()
            .flat_map(toml::Table::keys)
            .map(String::as_str)
            .collect();
        let lists: Map<String, Value> = data
            .lists
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()))
            .map(|(name, list)| (name.clone(), json!(list)))
            .collect();
        Ok(json!({ "company": data.company, "lists": lists }))
    }

    /// One entry a line, as everywhere: empty lines and what follows `#` are for people.
    fn lines(&self, path: &str) -> Result<Value, Failure> {
        let text = load::read_text(&self.path(path))?;
        Ok(text
            .lines()
            .map(|line| line.split(" # ").next().unwrap_or_default())
            .map(|line| line.trim_start_matches('\u{feff}').trim())
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect())
    }

    /// What `tacto hash` wrote: `[hashed.NAME]` with `key`, `words` and `hashes`.
    fn hashed(&self, path: &str, place: &str) -> Result<Vec<Value>, Failure> {
        let file = self.path(path);
        let table: toml::Table = toml::from_str(&load::read_text(&file)?).map_err(|error| {
            Failure::one(
                file.display(),
                error.message(),
                "Write it anew with `tacto hash`.",
            )
        })?;
        let Some(lists) = table.get("hashed").and_then(toml::Value::as_table) else {
            return Err(Failure::Told(vec![self.problem(
                place,
                format!("{path} has no hashed list"),
                "Name what `tacto hash` wrote.",
            )]));
        };
        Ok(lists
            .iter()
            .map(|(name, list)| {
                let mut list = as_json(list.clone());
                list["name"] = json!(name);
                list
            })
            .collect())
    }

    fn json(&self, path: &str) -> Result<Value, Failure> {
        let file = self.path(path);
        let text = load::read_text(&file)?;
        json(&text, &file.display().to_string())
            .map_err(|diagnostic| Failure::Told(vec![diagnostic]))
    }
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(time) => time.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, member)| (name, as_json(member)))
                .collect(),
        ),
    }
}
