//! The prose: `guide.es.md` and `guide.en.md`, the same sections in the same order.
//!
//! Only headings and first paragraphs matter here, so this is a splitter, no Markdown reader;
//! the popup renders the bodies.

use super::super::data::{Bilingual, Section};
use super::place::Place;
use super::{Fault, SourceFile};

/// A section and where its parts stand.
pub(super) struct Placed {
    pub(super) section: Section,
    pub(super) place: Place,
}

/// A section of one language.
struct Part {
    id: String,
    title: String,
    quote: String,
    body: String,
    at: usize,
    quote_at: usize,
}

/// Reads both languages, given the files' indices, and pairs their sections.
pub(super) fn read(
    files: &[SourceFile],
    [es, en]: [usize; 2],
    faults: &mut Vec<Fault>,
) -> Vec<Placed> {
    // What is wrong in other files is no reason to be silent about these.
    let before = faults.len();
    let spanish = split(&files[es], es, faults);
    let english = split(&files[en], en, faults);
    if faults.len() > before {
        return Vec::new();
    }
    for (parts, others, file, other) in [
        (&spanish, &english, es, "guide.en.md"),
        (&english, &spanish, en, "guide.es.md"),
    ] {
        for part in parts {
            if !others.iter().any(|candidate| candidate.id == part.id) {
                faults.push(Fault {
                    file,
                    at: part.at,
                    message: format!("the section `{}` is missing in {other}", part.id),
                    remedy: format!(
                        "Write it in {other} too, with the same `{{#{}}}` in its heading.",
                        part.id
                    ),
                });
            }
        }
    }
    if faults.len() > before {
        return Vec::new();
    }
    if let Some((before, part)) = spanish
        .iter()
        .zip(&english)
        .find(|(before, part)| before.id != part.id)
    {
        faults.push(Fault {
            file: en,
            at: part.at,
            message: format!(
                "the section `{}` stands where guide.es.md has `{}`",
                part.id, before.id
            ),
            remedy: "Put the sections of both files in the same order.".to_owned(),
        });
        return Vec::new();
    }
    spanish
        .into_iter()
        .zip(english)
        .map(|(spanish, english)| {
            let both = |es_at: usize, en_at: usize| {
                Place::table(
                    es,
                    es_at,
                    [
                        ("es", Place::leaf(es, es_at)),
                        ("en", Place::leaf(en, en_at)),
                    ],
                )
            };
            let place = Place::table(
                es,
                spanish.at,
                [
                    ("id", Place::leaf(es, spanish.at)),
                    ("title", both(spanish.at, english.at)),
                    ("quote", both(spanish.quote_at, english.quote_at)),
                    ("body", both(spanish.quote_at, english.quote_at)),
                ],
            );
            let section = Section {
                id: spanish.id,
                title: Bilingual {
                    es: spanish.title,
                    en: english.title,
                },
                quote: Bilingual {
                    es: spanish.quote,
                    en: english.quote,
                },
                body: Bilingual {
                    es: spanish.body,
                    en: english.body,
                },
            };
            Placed { section, place }
        })
        .collect()
}

/// Splits one language's file at its `##` headings.
fn split(source: &SourceFile, file: usize, faults: &mut Vec<Fault>) -> Vec<Part> {
    let mut fault = |at: usize, message: String, remedy: String| {
        faults.push(Fault {
            file,
            at,
            message,
            remedy,
        });
    };
    let headings = headings(&source.text);
    let mut parts: Vec<Part> = Vec::new();
    if headings.is_empty() {
        fault(
            0,
            "the guide has no section".to_owned(),
            "Write a heading such as `## Clients {#clients}` and a paragraph below it.".to_owned(),
        );
    }
    for (nth, heading) in headings.iter().enumerate() {
        let end = headings
            .get(nth + 1)
            .map_or(source.text.len(), |next| next.at);
        let body = &source.text[heading.end..end];
        let Some((title, id)) = heading.title_and_id() else {
            fault(
                heading.at,
                format!("the heading \"{}\" has no id", heading.text),
                format!(
                    "Write an id at its end, the same in both languages: `## {} {{#{}}}`.",
                    heading.text.split('{').next().unwrap_or_default().trim(),
                    slug(heading.text)
                ),
            );
            continue;
        };
        if id.is_empty()
            || !id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            fault(
                heading.at,
                format!("`{id}` is no id"),
                format!(
                    "Use lower-case letters, digits and hyphens: `{{#{}}}`.",
                    slug(id)
                ),
            );
        }
        if title.is_empty() {
            fault(
                heading.at,
                format!("the section `{id}` has no title"),
                format!("Write the title before the id: `## Title {{#{id}}}`."),
            );
        }
        if let Some(other) = parts.iter().find(|part| part.id == id) {
            let line = source.text[..other.at].matches('\n').count() + 1;
            fault(
                heading.at,
                format!("the section `{id}` is written twice; the other one is on line {line}"),
                "Give one of them another id, or join the two.".to_owned(),
            );
        }
        let lead = body.len() - body.trim_start().len();
        let quote = first_paragraph(body.trim_start());
        if quote.is_empty() {
            fault(
                heading.at,
                format!("the section `{id}` does not start with a paragraph"),
                "Write one or two sentences right below its heading: warnings quote them."
                    .to_owned(),
            );
        }
        parts.push(Part {
            id: id.to_owned(),
            title: title.to_owned(),
            quote,
            body: body.trim().to_owned(),
            at: heading.at,
            quote_at: heading.end + lead,
        });
    }
    parts
}

/// A `##` heading: its text, and its line's first and last offset.
struct Heading<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Heading<'t> {
    /// `Clients {#clients}` as `("Clients", "clients")`.
    fn title_and_id(&self) -> Option<(&'t str, &'t str)> {
        let (title, id) = self.text.strip_suffix('}')?.rsplit_once("{#")?;
        Some((title.trim(), id.trim()))
    }
}

fn headings(text: &str) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let (start, content) = (at, line.trim());
        at += line.len();
        match fence {
            Some(mark) => {
                if content.starts_with(mark) {
                    fence = None;
                }
            }
            None => {
                fence = ["```", "~~~"]
                    .into_iter()
                    .find(|mark| content.starts_with(mark));
                if let Some(heading) = line.strip_prefix("## ") {
                    found.push(Heading {
                        text: heading.trim(),
                        at: start,
                        end: at,
                    });
                }
            }
        }
    }
    found
}

/// The first paragraph as plain words; empty where the text starts with something else.
fn first_paragraph(body: &str) -> String {
    let lines: Vec<&str> = body
        .lines()
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    let no_paragraph = |line: &str| {
        ["#", "- ", "* ", "+ ", ">", "|", "```", "~~~", "<", "!["]
            .iter()
            .any(|start| line.starts_with(start))
            || line.split_once(['.', ')']).is_some_and(|(number, rest)| {
                !number.is_empty()
                    && number.bytes().all(|b| b.is_ascii_digit())
                    && rest.starts_with(' ')
            })
    };
    if lines.first().is_none_or(|line| no_paragraph(line)) {
        return String::new();
    }
    // A list may follow without an empty line between.
    let end = lines
        .iter()
        .position(|line| no_paragraph(line))
        .unwrap_or(lines.len());
    plain(&lines[..end].join(" "))
}

/// Inline Markdown as plain words: emphasis, code and links without their marks.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if next == '\\' {
            let escaped = rest.chars().nth(1);
            out.extend(escaped);
            rest = &rest[1 + escaped.map_or(0, char::len_utf8)..];
            continue;
        }
        if next == '['
            && let Some((label, after)) = rest[1..].split_once("](")
            && let Some((_, after)) = after.split_once(')')
            && !label.contains('[')
        {
            out.push_str(&plain(label));
            rest = after;
            continue;
        }
        let inside_word = next == '_'
            && out.ends_with(char::is_alphanumeric)
            && rest[1..].starts_with(char::is_alphanumeric);
        if inside_word || !matches!(next, '*' | '_' | '`') {
            out.push(next);
        }
        rest = &rest[next.len_utf8()..];
    }
    out
}

/// A heading as an id: `Datos de clientes` as `datos-de-clientes`.
fn slug(heading: &str) -> String {
    let title = heading.split('{').next().unwrap_or_default();
    let mut out = String::new();
    for letter in title.to_lowercase().chars() {
        let letter = match letter {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            'ñ' => 'n',
            other => other,
        };
        if letter.is_ascii_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let id = out.trim_end_matches('-');
    if id.is_empty() {
        "id".to_owned()
    } else {
        id.to_owned()
    }
}
