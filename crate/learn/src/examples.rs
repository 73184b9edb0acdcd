//! The examples as people write them: plain text, a file an author.
//!
//! ```text
//! author: 17
//! language: es
//! who: cajera de supermercado, Sevilla
//!
//! == meeting
//! plain: Hoy en la reunión han dicho que cierran Lugo.
//! allusive (figures): Salimos de la sala más flacos, y no por el catering.
//! fine: Hoy en la reunión de vecinos han dicho que cierran el garaje.
//!   Una línea más del mismo borrador va sangrada.
//!
//! == protected
//! fine: Nos deben tres nóminas.
//! ```
//!
//! `plain`, `indirect` and `allusive` say how openly something is told that one should be careful
//! with; `careful` says no more than that. `fine` is harmless, and stands beside what it comes close
//! to.

use std::collections::HashMap;
use std::fmt;

use tacto_core::Topic;
use tacto_core::guide::source::nearest;
use tacto_core::model::Class;

/// The longest draft, in characters: what no network takes teaches nothing.
pub const LONGEST: usize = 3_000;
/// After this many errors the rest is not told.
const MOST_ERRORS: usize = 50;

/// How openly something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A careful reader sees it at once.
    Plain,
    /// By the way: inside a story, a question, thanks.
    Indirect,
    /// Hints, irony, half sentences.
    Allusive,
    /// To be careful with; how openly is not said.
    Careful,
    /// Harmless.
    Fine,
}

impl Kind {
    /// Every kind, in the order of reports.
    pub const ALL: [Self; 5] = [
        Self::Plain,
        Self::Indirect,
        Self::Allusive,
        Self::Careful,
        Self::Fine,
    ];

    /// The label.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Indirect => "indirect",
            Self::Allusive => "allusive",
            Self::Careful => "careful",
            Self::Fine => "fine",
        }
    }
}

/// What a part of the file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A topic: drafts to be careful with, and drafts that come close to it.
    Topic(Topic),
    /// Speech that stays free.
    Protected,
    /// Posts in which there is nothing.
    Ordinary,
}

impl Part {
    /// The word of the heading.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Topic(topic) => topic.as_str(),
            Self::Protected => "protected",
            Self::Ordinary => "ordinary",
        }
    }

    fn all() -> impl Iterator<Item = Self> {
        Topic::ALL
            .into_iter()
            .map(Self::Topic)
            .chain([Self::Protected, Self::Ordinary])
    }
}

/// The language of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Spanish.
    Es,
    /// English.
    En,
}

impl Language {
    /// `es` or `en`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }
}

/// A labelled draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What stands in the box; names are placeholders in braces.
    pub text: String,
    /// What to be careful with; empty for a harmless one.
    pub topics: Vec<Topic>,
    /// How openly.
    pub kind: Kind,
    /// Under which heading it stands.
    pub part: Part,
    /// Who wrote it, by number.
    pub author: u32,
    /// In which language.
    pub language: Language,
    /// Where it stands.
    pub place: Place,
}

/// A place in a file, from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name as given.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column in characters.
    pub column: usize,
}

/// Something in the examples that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleError {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub remedy: String,
}

impl fmt::Display for ExampleError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { file, line, column } = &self.place;
        write!(
            out,
            "{file}:{line}:{column}: {}. {}",
            self.message, self.remedy
        )
    }
}

/// Reads files of examples: names, and texts.
///
/// # Errors
/// Everything that is wrong with them, by file and line.
pub fn read<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<Example>, Vec<ExampleError>> {
    let mut examples = Vec::new();
    let mut errors = Vec::new();
    for (name, text) in files {
        let mut reader = Reader {
            file: name,
            errors: &mut errors,
            author: None,
            language: None,
            part: None,
        };
        reader.read(text, &mut examples);
    }
    twins(&examples, &mut errors);
    if errors.is_empty() {
        Ok(examples)
    } else {
        errors.sort_by(|a, b| a.place.cmp(&b.place));
        errors.truncate(MOST_ERRORS);
        Err(errors)
    }
}

/// The same draft twice teaches nothing; with two labels it teaches something wrong.
fn twins(examples: &[Example], errors: &mut Vec<ExampleError>) {
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(examples.len());
    for (at, example) in examples.iter().enumerate() {
        let key: String = example
            .text
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let key = if key.is_empty() {
            example.text.clone()
        } else {
            key
        };
        if let Some(&first) = seen.get(&key) {
            let Some(other) = examples.get(first) else {
                continue;
            };
            let same = other.topics == example.topics && other.part == example.part;
            errors.push(ExampleError {
                place: example.place.clone(),
                message: format!(
                    "this draft stands at {}:{} already{}",
                    other.place.file,
                    other.place.line,
                    if same { "" } else { ", with another label" }
                ),
                remedy: if same {
                    "Leave one of them out.".to_owned()
                } else {
                    "Decide which label is right, and leave the other out.".to_owned()
                },
            });
        } else {
            seen.insert(key, at);
        }
    }
}

struct Reader<'a> {
    file: &'a str,
    errors: &'a mut Vec<ExampleError>,
    author: Option<u32>,
    language: Option<Language>,
    part: Option<Part>,
}

impl Reader<'_> {
    fn error(
        &mut self,
        line: usize,
        column: usize,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.errors.push(ExampleError {
            place: Place {
                file: self.file.to_owned(),
                line,
                column,
            },
            message: message.into(),
            remedy: remedy.into(),
        });
    }

    fn read(&mut self, text: &str, examples: &mut Vec<Example>) {
        let start = examples.len();
        // A draft's empty lines count only if more of it follows.
        let mut empty = 0;
        let mut open = false;
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let number = at + 1;
            let line = line.trim_end();
            if line.is_empty() {
                empty += 1;
                continue;
            }
            if let Some(heading) = line.strip_prefix("==") {
                open = false;
                self.heading(number, heading.trim());
            } else if let Some(more) = line.strip_prefix("  ") {
                match examples.get_mut(start..).and_then(<[_]>::last_mut) {
                    Some(example) if open => {
                        for _ in 0..=empty {
                            example.text.push('\n');
                        }
                        example.text.push_str(more);
                    }
                    // Below a label that was refused.
                    _ if self.part.is_some() => {}
                    _ => self.error(
                        number,
                        1,
                        "there is no draft that this line could belong to",
                        "Begin a draft with a label, such as `plain:` or `fine:`.",
                    ),
                }
            } else if line.starts_with('#') && !open {
                // A remark.
            } else {
                open = self.labelled(number, line, examples);
            }
            empty = 0;
        }
        for example in examples.get(start..).unwrap_or_default() {
            let (line, text) = (example.place.line, example.text.as_str());
            let length = text.chars().count();
            if length > LONGEST {
                self.error(
                    line,
                    1,
                    format!("the draft has {length} characters, more than {LONGEST}"),
                    "Shorten it, or leave it out.",
                );
            } else if text.trim().is_empty() {
                self.error(line, 1, "the draft is empty", "Write it after the label.");
            }
            self.placeholders(line, text);
        }
    }

    fn placeholders(&mut self, line: usize, text: &str) {
        for (at, name) in crate::company::placeholders(text) {
            if crate::company::class(name).is_none() {
                let known = Class::ALL.into_iter().map(Class::name);
                let remedy = match nearest(name, known) {
                    Some(meant) => format!("Did you mean {{{meant}}}?"),
                    None => format!(
                        "Use one of: {}.",
                        Class::ALL
                            .map(|class| format!("{{{}}}", class.name()))
                            .join(" ")
                    ),
                };
                let before = text.get(..at).unwrap_or_default();
                let below = before.matches('\n').count();
                self.error(
                    line + below,
                    1,
                    format!("there is no placeholder {{{name}}}"),
                    remedy,
                );
            }
        }
    }

    fn heading(&mut self, line: usize, name: &str) {
        self.part = Part::all().find(|part| part.name() == name);
        if self.part.is_none() {
            let known = Part::all().map(Part::name);
            let remedy = match nearest(name, known) {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => format!(
                    "Use one of: {}.",
                    Part::all().map(Part::name).collect::<Vec<_>>().join(", ")
                ),
            };
            self.error(line, 1, format!("there is no topic `{name}`"), remedy);
            // What stands below is read on, for its own errors; where any label may stand.
            self.part = Topic::ALL.first().copied().map(Part::Topic);
        }
    }

    /// A line with a label. Whether it began a draft.
    fn labelled(&mut self, line: usize, text: &str, examples: &mut Vec<Example>) -> bool {
        let Some((label, rest)) = text.split_once(':') else {
            self.error(
                line,
                1,
                "this line has no label",
                "Begin it with `plain:`, `indirect:`, `allusive:`, `careful:` or `fine:`; \
                 a draft's further lines begin with two spaces.",
            );
            return false;
        };
        let rest = rest.trim();
        let Some(part) = self.part else {
            self.head(line, label.trim(), rest);
            return false;
        };
        let (word, also) = match label.split_once('(') {
            Some((word, also)) => (word.trim(), Some(also.trim_end().trim_end_matches(')'))),
            None => (label.trim(), None),
        };
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == word) else {
            let remedy = nearest(word, Kind::ALL.into_iter().map(Kind::name)).map_or_else(
                || {
                    "Begin it with `plain:`, `indirect:`, `allusive:`, `careful:` or `fine:`; \
                     a draft's further lines begin with two spaces."
                        .to_owned()
                },
                |meant| format!("Did you mean `{meant}:`?"),
            );
            let shown: String = word.chars().take(30).collect();
            self.error(line, 1, format!("`{shown}` is no label"), remedy);
            return false;
        };
        let mut topics = Vec::new();
        match (kind, part) {
            (Kind::Fine, _) => {}
            (_, Part::Topic(topic)) => topics.push(topic),
            _ => self.error(
                line,
                1,
                format!("below `{}` everything is `fine:`", part.name()),
                "Put it below the topic that one should be careful with.",
            ),
        }
        for name in also.into_iter().flat_map(|also| also.split(',')) {
            let name = name.trim();
            match Topic::ALL.into_iter().find(|topic| topic.as_str() == name) {
                Some(_) if kind == Kind::Fine => self.error(
                    line,
                    1,
                    "a harmless draft has no topics",
                    "Leave the brackets out, or say how openly it is told.",
                ),
                Some(topic) if !topics.contains(&topic) => topics.push(topic),
                Some(_) => {}
                None => {
                    let known = Topic::ALL.into_iter().map(Topic::as_str);
                    let remedy = nearest(name, known).map_or_else(
                        || "Use the words of the headings.".to_owned(),
                        |meant| format!("Did you mean `{meant}`?"),
                    );
                    self.error(line, 1, format!("there is no topic `{name}`"), remedy);
                }
            }
        }
        let (Some(author), Some(language)) = (self.author, self.language) else {
            self.error(
                line,
                1,
                "the file does not say whose drafts these are",
                "Begin it with `author: 17` and `language: es` (or `en`).",
            );
            // Once is enough.
            self.author.get_or_insert(0);
            self.language.get_or_insert(Language::En);
            return false;
        };
        examples.push(Example {
            text: rest.to_owned(),
            topics,
            kind,
            part,
            author,
            language,
            place: Place {
                file: self.file.to_owned(),
                line,
                column: 1,
            },
        });
        true
    }

    /// A line above the first heading.
    fn head(&mut self, line: usize, key: &str, value: &str) {
        match key {
            "author" => match value.parse() {
                Ok(number) => self.author = Some(number),
                Err(_) => self.error(
                    line,
                    1,
                    format!("`{value}` is no author's number"),
                    "Write a whole number, the same for all files of one author.",
                ),
            },
            "language" => match value {
                "es" => self.language = Some(Language::Es),
                "en" => self.language = Some(Language::En),
                _ => self.error(
                    line,
                    1,
                    format!("`{value}` is no language that can be learnt"),
                    "Write `es` or `en`; drafts in other languages belong in no file.",
                ),
            },
            "who" => {}
            _ => self.error(
                line,
                1,
                format!("`{key}` means nothing above the first heading"),
                "There may be `author:`, `language:` and `who:`; then a heading, such as \
                 `== meeting`.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<String> {
        match read([("a.txt", text)]) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.iter().map(ToString::to_string).collect(),
        }
    }

    const HEAD: &str = "author: 1\nlanguage: en\n";

    #[test]
    fn drafts_are_read_with_their_labels() {
        let text = format!(
            "{HEAD}who: a clerk\n\n== meeting\nallusive (figures, deal): One.\n  Two.\n\n  Three.\n\
             fine: Four: five.\n\n== ordinary\nfine: Six"
        );
        let read = read([("a.txt", text.as_str())]).unwrap();
        let told: Vec<_> = read
            .iter()
            .map(|one| (one.text.as_str(), one.kind, one.part, one.topics.len()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    "One.\nTwo.\n\nThree.",
                    Kind::Allusive,
                    Part::Topic(Topic::Meeting),
                    3
                ),
                ("Four: five.", Kind::Fine, Part::Topic(Topic::Meeting), 0),
                ("Six", Kind::Fine, Part::Ordinary, 0),
            ]
        );
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_place_and_a_remedy() {
        for (text, told) in [
            ("== meeting\nHello", "a.txt:4:1: this line has no label"),
            ("== meeting\nplainn: x", "Did you mean `plain:`?"),
            ("== meetings\nplain: x", "Did you mean `meeting`?"),
            ("== meeting\nplain (figure): x", "Did you mean `figures`?"),
            ("== meeting\nplain: for {clients}", "Did you mean {client}?"),
            (
                "== meeting\nfine (deal): x",
                "a harmless draft has no topics",
            ),
            (
                "== ordinary\nplain: x",
                "below `ordinary` everything is `fine:`",
            ),
            ("== meeting\nplain: x\nfine: X!", "with another label"),
            ("== meeting\nplain:", "the draft is empty"),
            ("writer: 1\n== meeting", "`writer` means nothing"),
            ("  lost", "there is no draft that this line could belong to"),
        ] {
            let told_of = errors(&format!("{HEAD}{text}"));
            assert!(
                told_of.len() == 1 && told_of[0].contains(told),
                "{text}: {told_of:?}"
            );
        }
        assert!(errors("== meeting\nplain: x")[0].contains("whose drafts"));
        assert!(errors("author: x\nlanguage: fr")[1].contains("no language"));
        let long = format!("{HEAD}== meeting\nplain: {}", "a ".repeat(50_000));
        assert!(errors(&long)[0].contains("more than 3000"));
    }
}
