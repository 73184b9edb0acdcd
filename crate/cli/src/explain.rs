//! `tacto explain`: what was found in a text, judged, silenced, and why.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use clap::Args;
use tacto_core::guide::data::{Matcher, Scope, Within};
use tacto_core::{Checker, Draft, Outcome, Topic};

use crate::check::{Checked, ContextArgs};
use crate::examples::{reason, slice};
use crate::failure::{Failure, Status};
use crate::human::{Human, Style};
use crate::load;

/// Show what is found in a text, what is reported, and why the rest is not.
#[derive(Debug, Args)]
pub struct Explain {
    /// The text; `-` reads it from the standard input.
    text: String,
    /// The guide: its folder, or a bundle. Without it: rules/ where you are, else the shipped guide.
    #[arg(long, value_name = "DIR_OR_BUNDLE")]
    guide: Option<PathBuf>,
    /// Only this rule.
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    /// Write one JSON object instead.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    context: ContextArgs,
}

impl Explain {
    /// Explains the text.
    pub fn run(&self) -> Result<Status, Failure> {
        let text = if self.text == "-" {
            let mut bytes = Vec::new();
            let most = 3 * Draft::MAX_UTF16 as u64 + 4;
            io::stdin()
                .lock()
                .take(most)
                .read_to_end(&mut bytes)
                .map_err(|error| Failure::file("(standard input)", &error))?;
            load::text(bytes, "(standard input)")?
        } else {
            self.text.clone()
        };
        let draft = self.context.read()?.draft(text);
        let loaded = load::guide_here(self.guide.as_deref())?;
        let rules = &loaded.guide.data().rules;
        if let Some(id) = &self.rule
            && !rules.iter().any(|rule| rule.id == *id)
        {
            let known = rules.iter().map(|rule| rule.id.as_str());
            let remedy = tacto_core::guide::source::nearest(id, known)
                .map_or_else(String::new, |meant| format!("Did you mean `{meant}`?"));
            return Err(Failure::one(
                "--rule",
                format!("there is no rule `{id}`"),
                remedy,
            ));
        }
        let checker = Checker::new(&loaded.guide);
        let explanation = checker
            .explain(&draft)
            .map_err(|error| Failure::one("text", error.to_string(), "Shorten it."))?;
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let mut out = io::BufWriter::new(stdout.lock());
        if self.json {
            serde_json::to_writer(&mut out, &explanation).map_err(io::Error::from)?;
            writeln!(out)?;
            out.flush()?;
            return Ok(Status::Fine);
        }
        let style = Style::for_terminal(terminal);

        let checked = Checked {
            id: None,
            file: "reported",
            line: None,
            draft: &draft,
        };
        Human::new(&mut out, terminal).report(&checked, &explanation.report)?;

        writeln!(out, "\n{}", style.bold("protected speech"))?;
        match explanation.protected.as_slice() {
            [] => writeln!(out, "  none")?,
            ids => writeln!(out, "  {}", ids.join(", "))?,
        }

        writeln!(out, "\n{}", style.bold("found, and what became of it"))?;
        let mut any = false;
        let mut last = String::new();
        for candidate in &explanation.candidates {
            if self.rule.as_ref().is_some_and(|id| *id != candidate.rule) {
                continue;
            }
            let Some(rule) = rules.get(candidate.rule_index) else {
                continue;
            };
            if candidate.rule != last {
                any = true;
                last.clone_from(&candidate.rule);
                let place = loaded.place(&["rules".into(), candidate.rule_index.into()]);
                writeln!(out, "  {} {}", style.bold(&rule.id), style.dim(&place))?;
            }
            let mut text = slice(&draft.text, candidate.start, candidate.end).replace('\n', " ");
            if matches!(rule.topic, Topic::Credential | Topic::PersonalData) {
                // As in reports: enough to recognise it, not enough to use it.
                text = text.chars().take(2).chain("••••".chars()).collect();
            }
            let became = reason(&candidate.outcome, rule);
            let became = match candidate.outcome {
                Outcome::Reported(_) => style.bad(&became),
                _ => became,
            };
            writeln!(out, "    \"{text}\"  {became}")?;
        }
        if !any {
            writeln!(out, "  nothing")?;
        }
        out.flush()?;
        Ok(Status::Fine)
    }
}

/// A matcher in a few words: `terms "contract", "signed" ... within 8 words`.
pub fn describe(matcher: &Matcher) -> String {
    let some = |words: &[String]| {
        let shown: Vec<_> = words
            .iter()
            .take(4)
            .map(|word| format!("\"{word}\""))
            .collect();
        let more = if words.len() > shown.len() {
            ", ..."
        } else {
            ""
        };
        format!("{}{more}", shown.join(", "))
    };
    let alternatives = |matchers: &[Matcher], word: &str| {
        matchers.iter().map(describe).collect::<Vec<_>>().join(word)
    };
    let mut parts = Vec::new();
    if let Some(terms) = &matcher.terms {
        parts.push(format!("terms {}", some(terms)));
    }
    if let Some(list) = &matcher.list {
        parts.push(format!("list {}", list.as_slice().join(", ")));
    }
    if let Some(list) = &matcher.hashed {
        parts.push(format!("hashed list {}", list.as_slice().join(", ")));
    }
    if let Some(pattern) = &matcher.pattern {
        parts.push(format!("pattern '{pattern}'"));
    }
    if let Some(shape) = &matcher.shape {
        parts.push(format!("shape {shape}"));
    }
    if let Some(tone) = matcher.tone {
        parts.push(format!("tone {tone:?}").to_lowercase());
    }
    if let Some(any) = &matcher.any {
        parts.push(format!("({})", alternatives(any, " or ")));
    }
    if let Some(all) = &matcher.all {
        parts.push(format!("({})", alternatives(all, " and ")));
    }
    match matcher.within {
        Some(Within::Words(count)) => parts.push(format!("within {count} words")),
        Some(Within::Scope(Scope::Sentence)) => parts.push("in the sentence".to_owned()),
        Some(Within::Scope(Scope::Draft)) => parts.push("in the draft".to_owned()),
        None => {}
    }
    if let Some(side) = matcher.side {
        parts.push(format!("{side:?} it").to_lowercase());
    }
    parts.join(" ")
}
