//! `tacto explain`: what was found in a text, judged, silenced, and why.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tacto_core::guide::data::{Matcher, Scope, Within};
use tacto_core::model::Weighed;
use tacto_core::{Checker, Draft, Explanation, Outcome, Topic};
use tacto_learn::sigmoid;

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
        let weighed = checker.weigh(&draft).ok().flatten();
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let mut out = io::BufWriter::new(stdout.lock());
        if self.json {
            let all = Explained {
                explanation: &explanation,
                learnt: weighed.as_ref(),
            };
            serde_json::to_writer(&mut out, &all).map_err(io::Error::from)?;
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

        if let Some(weighed) = &weighed {
            learnt(&mut out, &style, weighed)?;
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

/// What `--json` writes.
#[derive(Serialize)]
struct Explained<'e> {
    #[serde(flatten)]
    explanation: &'e Explanation,
    /// What the guide has learnt about drafts like this one.
    learnt: Option<&'e Weighed>,
}

/// What the model makes of the draft: how sure it is, and which words decide.
fn learnt(out: &mut impl Write, style: &Style, weighed: &Weighed) -> io::Result<()> {
    let percent = |logit: f32| 100.0 * sigmoid(logit);
    writeln!(
        out,
        "\n{} (as learnt from the examples)",
        style.bold("what it is about")
    )?;
    let said = |sum: f32, likely: f32, sure: f32| match sum {
        sum if sum >= sure => "sure",
        sum if sum >= likely => "likely",
        _ => "not enough to be said",
    };
    writeln!(
        out,
        "  to be careful with: {:.0}%, {} (likely from {:.0}%, sure from {:.0}%)",
        percent(weighed.careful),
        said(weighed.careful, weighed.likely, weighed.sure),
        percent(weighed.likely),
        percent(weighed.sure),
    )?;
    writeln!(
        out,
        "  protected speech: {:.0}% (taken for it from {:.0}%)",
        percent(weighed.protected),
        percent(weighed.protected_from),
    )?;
    let list = |all: Vec<String>| all.join(", ");
    writeln!(
        out,
        "  topics that fit best: {}",
        list(
            weighed
                .topics
                .iter()
                .map(|(topic, sum)| format!("{} {sum:+.1}", topic.as_str()))
                .collect()
        )
    )?;
    for (name, sign) in [("for it", 1.0), ("against it", -1.0)] {
        let words = weighed
            .words
            .iter()
            .filter(|(_, weight)| weight * sign > 0.0)
            .map(|(word, weight)| format!("{word} {weight:+.2}"))
            .collect::<Vec<_>>();
        if !words.is_empty() {
            writeln!(out, "  {name}: {}", list(words))?;
        }
    }
    Ok(())
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
