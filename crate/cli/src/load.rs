//! Getting a guide: from a folder of files, from a bundle, or the shipped one.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;
use tacto_core::Guide;
use tacto_core::guide::data::GuideData;
use tacto_core::guide::source::{self, Location, Places, Source, SourceFile};
use tacto_core::guide::{MAX_BUNDLE, Step};
use tacto_core::model::ModelData;

use tacto_learn::Example;

use crate::failure::{Diagnostic, Failure};
use crate::learn;

/// The shipped guide: names and texts of the files in `rules/`.
const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
/// What is learnt from its examples.
const SHIPPED_MODEL: &str = include_str!(concat!(env!("OUT_DIR"), "/model.json"));
/// What places in the shipped guide start with.
const SHIPPED_NAME: &str = "(shipped guide)";
/// A guide's folder is no disk: whoever names `/` by mistake gets an answer.
const MAX_FILES: usize = 10_000;
/// All files of a guide together, in bytes.
const MAX_FOLDER: usize = 128 * 1024 * 1024;

/// A guide that has been checked, and where it comes from.
pub struct Loaded {
    /// The guide.
    pub guide: Guide,
    /// The folder or the bundle's path, as given.
    pub origin: String,
    /// The places of its values; a bundle has none.
    places: Option<Places>,
    /// The popup's checklist, where the folder has one.
    pub checklist: Option<Value>,
}

impl Loaded {
    /// `file:line:column` of a value; for a bundle its path.
    pub fn place(&self, path: &[Step]) -> String {
        match &self.places {
            Some(places) => format!("{}/{}", self.origin, places.locate(path)),
            None => self.origin.clone(),
        }
    }

    /// File, line and column of a value, for SARIF.
    pub fn line(&self, path: &[Step]) -> (String, usize, usize) {
        match &self.places {
            Some(places) => {
                let at = places.locate(path);
                (format!("{}/{}", self.origin, at.file), at.line, at.column)
            }
            None => (self.origin.clone(), 1, 1),
        }
    }
}

/// The guide in a folder or a bundle; without either, the shipped one.
pub fn guide(path: Option<&Path>) -> Result<Loaded, Failure> {
    match path {
        None => shipped(),
        Some(path) if path.is_dir() => folder(path),
        Some(path) => bundle(path),
    }
}

/// The guide that an author works on: the folder given, else `rules` in this folder, else the
/// shipped one.
pub fn guide_here(path: Option<&Path>) -> Result<Loaded, Failure> {
    let here = Path::new("rules");
    match path {
        None if here.join("company.toml").is_file() => folder(here),
        _ => guide(path),
    }
}

fn shipped_files() -> Vec<SourceFile> {
    SHIPPED
        .iter()
        .map(|&(name, text)| SourceFile {
            name: name.to_owned(),
            text: text.to_owned(),
        })
        .collect()
}

fn shipped() -> Result<Loaded, Failure> {
    compile(shipped_files(), SHIPPED_NAME.to_owned())
}

/// The examples of the guide in a folder; without one, the shipped ones. A bundle has none.
pub fn examples(path: Option<&Path>) -> Result<Vec<Example>, Failure> {
    match path {
        None => learn::read(&shipped_files(), SHIPPED_NAME),
        Some(path) if path.is_dir() => learn::read(&files(path)?, &path.display().to_string()),
        Some(_) => Ok(Vec::new()),
    }
}

/// The files of a guide's folder.
pub fn files(path: &Path) -> Result<Vec<SourceFile>, Failure> {
    let mut files = Vec::new();
    collect(path, path, &mut files)?;
    Ok(files)
}

/// Reads a guide's folder.
pub fn folder(path: &Path) -> Result<Loaded, Failure> {
    compile(
        files(path)?,
        path.display().to_string().trim_end_matches('/').to_owned(),
    )
}

fn compile(files: Vec<SourceFile>, origin: String) -> Result<Loaded, Failure> {
    let told = |errors: &[source::SourceError]| {
        let diagnostics = errors.iter().map(|error| {
            let diagnostic = Diagnostic::in_guide(&origin, error);
            match line_of(&origin, &error.location) {
                Some(line) => diagnostic.showing(&line, error.location.column),
                None => diagnostic,
            }
        });
        Failure::Told(diagnostics.collect())
    };
    let model = model(&files, &origin)?;
    let Source {
        mut data,
        places,
        checklist,
    } = source::read(files).map_err(|errors| told(&errors))?;
    data.model = model;
    let guide = Guide::new(data).map_err(|errors| told(&places.locate_all(&errors)))?;
    Ok(Loaded {
        guide,
        origin,
        places: Some(places),
        checklist,
    })
}

/// What the examples among these files teach. Learning takes seconds; where they are the shipped
/// ones, it was done when this program was built.
fn model(files: &[SourceFile], origin: &str) -> Result<Option<ModelData>, Failure> {
    let mut own: Vec<(&str, &str)> = files
        .iter()
        .filter(|file| learn::is_example(&file.name))
        .map(|file| (file.name.as_str(), file.text.as_str()))
        .collect();
    own.sort_unstable();
    let shipped = SHIPPED
        .iter()
        .filter(|(name, _)| learn::is_example(name))
        .copied();
    if own.is_empty() {
        return Ok(None);
    }
    if shipped.eq(own) {
        // A test holds that it can be read.
        return Ok(serde_json::from_str(SHIPPED_MODEL).unwrap_or_default());
    }
    Ok(learn::learn(&learn::read(files, origin)?))
}

/// The line that an error is on, read once more: errors are rare, and the texts are gone.
fn line_of(origin: &str, location: &Location) -> Option<String> {
    let text = if origin == SHIPPED_NAME {
        let (_, text) = SHIPPED.iter().find(|(name, _)| *name == location.file)?;
        Cow::Borrowed(*text)
    } else {
        Cow::Owned(read_text(&Path::new(origin).join(&location.file)).ok()?)
    };
    let line = text.lines().nth(location.line - 1)?;
    (!line.trim().is_empty()).then(|| line.to_owned())
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<(), Failure> {
    let listing = fs::read_dir(folder).map_err(|error| Failure::file(folder.display(), &error))?;
    for entry in listing {
        let path = entry
            .map_err(|error| Failure::file(folder.display(), &error))?
            .path();
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let wanted = path
            .extension()
            .is_some_and(|kind| kind == "toml" || kind == "txt" || kind == "md");
        let Some(name) = path.strip_prefix(root).ok().filter(|_| wanted) else {
            continue;
        };
        let size: usize = files.iter().map(|file| file.text.len()).sum();
        if files.len() == MAX_FILES || size > MAX_FOLDER {
            return Err(Failure::one(
                root.display(),
                "the folder has too many files for a guide, or too large ones",
                "Name the folder that company.toml is in.",
            ));
        }
        files.push(SourceFile {
            name: name.to_string_lossy().replace('\\', "/"),
            text: read_text(&path)?,
        });
    }
    Ok(())
}

/// The most that is read of one file, in bytes.
const MAX_FILE: u64 = (MAX_BUNDLE as u64) * 4;

/// A file as text, as its author's editor shows it. What is no UTF-8 is told with its place.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let told = |error: io::Error| Failure::file(name.to_string(), &error);
    // Asked before it is opened: opening a pipe waits for whoever writes into it.
    if !fs::metadata(path).map_err(told)?.is_file() {
        return Err(Failure::one(
            name,
            "this is a folder, a pipe or a device, and no file",
            "Name a file, or copy what it holds into one.",
        ));
    }
    let file = File::open(path).map_err(told)?;
    read_all(file, &name.to_string()).map(as_shown)
}

/// Everything that a reader gives, as text.
pub fn read_all(input: impl Read, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    // Some files are longer than they say, and some have no end.
    input
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::file(name, &error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(Failure::one(
            name,
            format!("it has more than {MAX_FILE} bytes, too many to be read"),
            "Check that it is the right file.",
        ));
    }
    text(bytes, name)
}

/// Without what editors put into texts unseen: a byte order mark, and line ends of other systems.
pub fn as_shown(text: String) -> String {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if bare.contains('\r') {
        bare.replace("\r\n", "\n").replace('\r', "\n")
    } else if bare.len() < text.len() {
        bare.to_owned()
    } else {
        text
    }
}

/// Bytes as text. What is no UTF-8 is told with its place.
pub fn text(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let good = String::from_utf8_lossy(good);
        let (line, column) = line_and_column(&good);
        Failure::one(
            format!("{name}:{line}:{column}"),
            "this is no UTF-8 text",
            "Save the file again with the encoding UTF-8.",
        )
    })
}

/// Where a text ends, both from 1, the column in characters.
pub fn line_and_column(text: &str) -> (usize, usize) {
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

fn bundle(path: &Path) -> Result<Loaded, Failure> {
    let origin = path.display().to_string();
    let json = read_text(path)?;
    if json.len() > MAX_BUNDLE {
        return Err(Failure::one(
            &origin,
            format!(
                "the bundle has {} bytes, more than {MAX_BUNDLE}",
                json.len()
            ),
            "Shorten its lists, or give them hashed (`tacto hash`).",
        ));
    }
    // `Guide::from_bundle` does the same; here the line and the column are wanted as well.
    let data: GuideData = serde_json::from_str(&json).map_err(|error| {
        Failure::one(
            format!("{origin}:{}:{}", error.line(), error.column()),
            format!("the bundle cannot be read: {}", without_place(&error)),
            "Write it anew with `tacto build`, or name the guide's folder instead.",
        )
    })?;
    let guide = Guide::new(data).map_err(|errors| {
        Failure::Told(
            errors
                .0
                .iter()
                .map(|error| {
                    Diagnostic::new(format!("{origin}:1:1"), error.to_string(), String::new())
                })
                .collect(),
        )
    })?;
    Ok(Loaded {
        guide,
        origin,
        places: None,
        checklist: None,
    })
}

/// `serde_json`'s message without its "at line 1 column 7", which is told in its own way.
pub fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(at) => message[..at].to_owned(),
        None => message,
    }
}

/// The shipped guide with another `company.toml`, and the texts that it names.
pub fn with_company(path: &Path) -> Result<Loaded, Failure> {
    let own = read_text(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut files: Vec<SourceFile> = Vec::new();
    if folder.join("lists").is_dir() {
        collect(folder, &folder.join("lists"), &mut files)?;
    }
    let shipped = SHIPPED
        .iter()
        .filter(|(name, _)| *name != "company.toml" && !files.iter().any(|file| file.name == *name))
        .map(|&(name, text)| SourceFile {
            name: name.to_owned(),
            text: text.to_owned(),
        });
    let shipped: Vec<_> = shipped.collect();
    files.extend(shipped);
    files.push(SourceFile {
        name: "company.toml".to_owned(),
        text: own,
    });
    compile(files, folder.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learnt_when_this_was_built_can_be_read() {
        let model: Option<ModelData> = serde_json::from_str(SHIPPED_MODEL).unwrap();
        assert!(model.unwrap().read().is_ok());
    }

    #[test]
    fn texts_are_read_as_their_author_sees_them() {
        for (text, shown) in [
            ("a\nb\n", "a\nb\n"),
            ("a\r\nb\r\n", "a\nb\n"),
            ("a\rb\r", "a\nb\n"),
            ("\u{feff}a", "a"),
            ("\u{feff}a\rb", "a\nb"),
        ] {
            assert_eq!(as_shown(text.to_owned()), shown, "{text:?}");
        }
    }
}
