//! Drafts as JSON Lines: one object a line, as the contract in the design says.

use std::io::{self, BufRead};

use serde::{Deserialize, Serialize};
use tacto_core::{Audience, Author, Draft, Language, Platform, Surface, Timestamp};

use crate::failure::Diagnostic;
use crate::load::without_place;

/// A line may be this long: the longest draft with every letter escaped, twice over. What is
/// longer is skipped without being held in memory.
const MAX_LINE: usize = 2 * 6 * Draft::MAX_UTF16;

/// What a draft is called: given back as it was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "`id` is a text or a number")]
pub enum Id {
    /// `7`
    Number(serde_json::Number),
    /// `"7"`
    Text(String),
}

/// What is known about drafts that do not say it themselves.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Where.
    pub platform: Option<Platform>,
    /// What kind of text.
    pub surface: Option<Surface>,
    /// For whom.
    pub audience: Option<Audience>,
    /// By whom.
    pub author: Option<Author>,
    /// When.
    pub at: Option<Timestamp>,
    /// The language of titles and messages.
    pub ui: Option<Language>,
}

impl Context {
    /// A draft of which nothing but the text is known.
    pub fn draft(&self, text: String) -> Draft {
        Draft {
            text,
            platform: self.platform,
            surface: self.surface,
            audience: self.audience.unwrap_or_default(),
            author: self.author.unwrap_or_default(),
            at: self.at,
            ui: self.ui.unwrap_or_default(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: Option<Id>,
    text: String,
    platform: Option<Platform>,
    surface: Option<Surface>,
    audience: Option<Audience>,
    author: Option<Author>,
    at: Option<String>,
    ui: Option<Language>,
}

/// A draft with its name and its line.
pub struct Numbered {
    /// Its id; its line's number where it has none.
    pub id: Id,
    /// Its line, from 1.
    pub line: usize,
    /// The draft.
    pub draft: Draft,
}

/// Reads drafts one by one, holding one line at a time.
pub struct Drafts<'a, R> {
    reader: R,
    name: &'a str,
    context: &'a Context,
    line: usize,
    buffer: Vec<u8>,
}

impl<'a, R: BufRead> Drafts<'a, R> {
    /// Reads from `reader`, which is called `name` in errors.
    pub const fn new(reader: R, name: &'a str, context: &'a Context) -> Self {
        Self {
            reader,
            name,
            context,
            line: 0,
            buffer: Vec::new(),
        }
    }

    /// The next draft, or what is wrong with its line. Empty lines are passed over.
    pub fn next(&mut self) -> io::Result<Option<Result<Numbered, Diagnostic>>> {
        loop {
            self.buffer.clear();
            self.line += 1;
            let limit = MAX_LINE as u64 + 1;
            if io::Read::take(&mut self.reader, limit).read_until(b'\n', &mut self.buffer)? == 0 {
                return Ok(None);
            }
            if self.buffer.len() > MAX_LINE && !self.buffer.ends_with(b"\n") {
                self.reader.skip_until(b'\n')?;
                return Ok(Some(Err(self.wrong(
                    1,
                    format!("the line has more than {MAX_LINE} bytes"),
                    format!("Keep a draft's text under {} characters.", Draft::MAX_UTF16),
                ))));
            }
            let answer = match std::str::from_utf8(&self.buffer) {
                Ok(text) if text.trim_start_matches('\u{feff}').trim().is_empty() => continue,
                Ok(text) => self.parse(text),
                Err(error) => {
                    let good = String::from_utf8_lossy(&self.buffer[..error.valid_up_to()]);
                    Err(self.wrong(
                        good.chars().count() + 1,
                        "this is no UTF-8 text".to_owned(),
                        "Save the file again with the encoding UTF-8.".to_owned(),
                    ))
                }
            };
            return Ok(Some(answer));
        }
    }

    /// Whether the next draft may have to be waited for.
    pub fn would_wait(&mut self) -> bool
    where
        R: Buffered,
    {
        self.reader.is_drained()
    }

    fn parse(&self, text: &str) -> Result<Numbered, Diagnostic> {
        let bare = text.trim_start_matches('\u{feff}').trim_end();
        let line: Line = serde_json::from_str(bare).map_err(|error| {
            let before = bare.get(..error.column().saturating_sub(1)).unwrap_or(bare);
            let remedy = if error.is_data() {
                "Only `text` is required; besides there are id, platform, surface, audience, \
                 author, at and ui."
            } else {
                "Write one JSON object a line, such as {\"id\": \"1\", \"text\": \"...\"}."
            };
            self.wrong(
                before.chars().count() + 1,
                without_place(&error),
                remedy.to_owned(),
            )
        })?;
        let at = match &line.at {
            None => self.context.at,
            Some(text) => Some(Timestamp::parse(text).ok_or_else(|| {
                let column = bare
                    .find(text.as_str())
                    .map_or(1, |at| bare[..at].chars().count() + 1);
                self.wrong(
                    column,
                    format!("`at` is no time: \"{text}\""),
                    "Write it as 2026-11-23T09:30:00Z.".to_owned(),
                )
            })?),
        };
        let context = self.context;
        Ok(Numbered {
            id: line.id.unwrap_or_else(|| Id::Text(self.line.to_string())),
            line: self.line,
            draft: Draft {
                text: line.text,
                platform: line.platform.or(context.platform),
                surface: line.surface.or(context.surface),
                audience: line.audience.or(context.audience).unwrap_or_default(),
                author: line.author.or(context.author).unwrap_or_default(),
                at,
                ui: line.ui.or(context.ui).unwrap_or_default(),
            },
        })
    }

    fn wrong(&self, column: usize, message: String, remedy: String) -> Diagnostic {
        Diagnostic::new(
            format!("{}:{}:{column}", self.name, self.line),
            message,
            remedy,
        )
    }
}

/// A reader that knows whether it still holds something.
pub trait Buffered {
    /// Nothing is held: the next read asks the source.
    fn is_drained(&self) -> bool;
}

impl<R> Buffered for io::BufReader<R> {
    fn is_drained(&self) -> bool {
        self.buffer().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &[u8]) -> Vec<Result<Numbered, Diagnostic>> {
        let context = Context::default();
        let mut drafts = Drafts::new(io::BufReader::new(input), "in.jsonl", &context);
        std::iter::from_fn(|| drafts.next().unwrap()).collect()
    }

    #[test]
    fn ids_come_back_as_they_were_given() {
        let read =
            all(b"{\"text\":\"a\",\"id\":\"x\"}\n\n{\"text\":\"b\",\"id\":7}\n{\"text\":\"c\"}");
        let ids: Vec<_> = read
            .into_iter()
            .map(|draft| serde_json::to_string(&draft.unwrap().id).unwrap())
            .collect();
        assert_eq!(ids, ["\"x\"", "7", "\"4\""]);
    }

    #[test]
    fn a_bad_line_says_where_and_what() {
        for (line, place, message) in [
            ("{\"text\":}", "in.jsonl:1:9", "expected value"),
            ("nonsense", "in.jsonl:1:2", "expected ident"),
            ("{\"id\":1}", "in.jsonl:1:8", "missing field `text`"),
            (
                "{\"text\":\"é\",\"txet\":1}",
                "in.jsonl:1:18",
                "unknown field `txet`",
            ),
            (
                "{\"text\":\"a\",\"platform\":\"tiktok\"}",
                "in.jsonl:1:31",
                "unknown variant `tiktok`",
            ),
            (
                "{\"text\":\"a\",\"at\":\"soon\"}",
                "in.jsonl:1:19",
                "`at` is no time: \"soon\"",
            ),
            (
                "{\"text\":\"a\",\"id\":[1]}",
                "in.jsonl:1:21",
                "`id` is a text or a number",
            ),
            ("[]", "in.jsonl:1:2", "invalid length 0"),
        ] {
            let error = all(line.as_bytes()).remove(0).err().unwrap();
            assert!(error.message.starts_with(message), "{line}: {error}");
            assert_eq!(error.place, place, "{line}: {error}");
        }
    }

    #[test]
    fn a_line_without_end_is_skipped_and_the_next_one_read() {
        let mut input = vec![b'x'; MAX_LINE * 3];
        input.extend(b"\n{\"text\":\"a\"}\n\xff\n");
        let read = all(&input);
        assert_eq!(read.len(), 3);
        assert!(read[0].is_err());
        assert_eq!(read[1].as_ref().map(|draft| draft.line).ok(), Some(2));
        assert_eq!(read[2].as_ref().err().unwrap().place, "in.jsonl:3:1");
    }
}
