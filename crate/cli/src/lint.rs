//! `tacto lint`: what is allowed in a guide, and probably a mistake.
//!
//! Each check is a function from the guide to remarks. A *warning* is likely to annoy people or
//! to let something slip; an *advice* is worth a look.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;
use tacto_core::guide::Step;
use tacto_core::guide::data::{
    Detailed, Entry, GuideData, List, ListKind, Matcher, OneOrMany, Rule, Tone, When,
};
use tacto_core::{Checker, Draft, Guide, Outcome, Severity, Timestamp, fold};

use crate::check::now;
use crate::examples::{draft, in_both};
use crate::failure::{Failure, Status};
use crate::human::Style;
use crate::load::{self, Loaded};
use crate::needed;
use crate::sarif::Sarif;

/// Look for what is allowed in a guide and probably a mistake.
#[derive(Debug, Args)]
pub struct Lint {
    /// The guide's folder, or a bundle. Without it: rules/ where you are, else the shipped guide.
    #[arg(value_name = "DIR")]
    guide: Option<PathBuf>,
    /// What to write.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// The day to lint for. Without it, today.
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Tell instead which words of the rules no measurement needs: those that are found in no
    /// sentence of a rule, no draft of the examples, and no text of tests/corpus.
    #[arg(long, conflicts_with_all = ["format", "at"])]
    needed: bool,
    /// With --needed: a folder of further texts (JSON Lines with `text`, also .gz).
    #[arg(long, value_name = "DIR", requires = "needed")]
    texts: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Warning,
    Advice,
}

/// Something probably wrong.
struct Remark {
    check: &'static str,
    level: Level,
    path: Vec<Step>,
    message: String,
    remedy: String,
}

/// Every check: its name, and what it is for.
const CHECKS: &[(&str, &str)] = &[
    ("overbroad", "A rule that fires on what people may well say"),
    (
        "ordinary-word",
        "A term that is an everyday word and needs no evidence beside it",
    ),
    (
        "name-is-a-word",
        "A listed name that is also a word, and needs more than a capital to be found",
    ),
    (
        "only-between-spaces",
        "A name that is not found where its script has no spaces",
    ),
    (
        "never-fires",
        "A rule, or a part of one, that can never fire",
    ),
    ("shadowed", "A rule that another one always outweighs"),
    (
        "section-without-rules",
        "A section of the guide that no rule belongs to",
    ),
    ("one-language", "Examples that only one language has"),
    ("unused-list", "A list that no rule uses"),
    ("repeated-entry", "An entry that a list has twice"),
    ("out-of-date", "Dates that lie in the past"),
];

/// The engine's list of ordinary words that names are made of, folded.
const ORDINARY: &str = include_str!("../../core/data/ordinary.txt");
/// The most frequent words of both languages, folded, which that list leaves out.
const FREQUENT: &str = include_str!("../../core/data/frequent.txt");
/// Frequent first names, folded.
const FIRST_NAMES: &str = include_str!("../../core/data/first-names.txt");
/// What people have a right to say (facts on protected speech): never enough by itself.
const FREE: &[&str] = &[
    "salary",
    "salaries",
    "wage",
    "wages",
    "pay",
    "payroll",
    "union",
    "unions",
    "strike",
    "strikes",
    "harassment",
    "respect",
    "overtime",
    "layoffs",
    "discrimination",
    "salario",
    "salarios",
    "sueldo",
    "sueldos",
    "nomina",
    "nominas",
    "sindicato",
    "sindicatos",
    "huelga",
    "huelgas",
    "acoso",
    "respeto",
    "convenio",
    "convenios",
    "despido",
    "despidos",
    "discriminacion",
];
/// Longer lists come from elsewhere and are not tried term by term.
const MOST_TERMS: usize = 5_000;
/// The lists that name the company itself.
const OWN_NAMES: &[&str] = &["company", "products"];

impl Lint {
    /// Lints a guide.
    pub fn run(&self) -> Result<Status, Failure> {
        let at = match &self.at {
            None => now(),
            Some(text) => Timestamp::parse(text).ok_or_else(|| {
                Failure::one(
                    "--at",
                    format!("\"{text}\" is no time"),
                    "Write it as 2026-11-23.",
                )
            })?,
        };
        let loaded = load::guide_here(self.guide.as_deref())?;
        if self.needed {
            let mut out = io::BufWriter::new(io::stdout().lock());
            needed::print(&loaded, self.texts.as_deref(), &mut out)?;
            out.flush()?;
            return Ok(Status::Fine);
        }
        let remarks = remarks(&loaded, at);
        let stdout = io::stdout();
        let style = Style::for_terminal(stdout.is_terminal());
        let mut out = io::BufWriter::new(stdout.lock());
        match self.format {
            Format::Human => print(&loaded, &remarks, style, &mut out)?,
            Format::Sarif => sarif(&loaded, &remarks, &mut out)?,
        }
        out.flush()?;
        let warned = remarks.iter().any(|remark| remark.level == Level::Warning);
        Ok(if warned {
            Status::Flagged
        } else {
            Status::Fine
        })
    }
}

fn print(
    loaded: &Loaded,
    remarks: &[Remark],
    style: Style,
    out: &mut impl Write,
) -> io::Result<()> {
    for remark in remarks {
        let level = match remark.level {
            Level::Warning => style.bad("warning"),
            Level::Advice => style.dim("advice"),
        };
        writeln!(
            out,
            "{}: {level}: {} {}\n    {}",
            loaded.place(&remark.path),
            remark.message,
            style.dim(&format!("[{}]", remark.check)),
            remark.remedy
        )?;
    }
    let warnings = remarks
        .iter()
        .filter(|remark| remark.level == Level::Warning)
        .count();
    let advice = remarks.len() - warnings;
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    writeln!(
        out,
        "{warnings} warning{}, {advice} piece{} of advice",
        plural(warnings),
        plural(advice)
    )
}

fn sarif(loaded: &Loaded, remarks: &[Remark], out: &mut impl Write) -> io::Result<()> {
    let rules = CHECKS
        .iter()
        .map(|(id, what)| json!({ "id": id, "shortDescription": { "text": what } }))
        .collect();
    let mut sarif = Sarif::with_rules(out, rules)?;
    for remark in remarks {
        let (file, line, column) = loaded.line(&remark.path);
        let level = if remark.level == Level::Warning {
            "warning"
        } else {
            "note"
        };
        sarif.result(
            remark.check,
            level,
            &format!("{}. {}", remark.message, remark.remedy),
            &file,
            &json!({ "startLine": line, "startColumn": column }),
            &json!({}),
        )?;
    }
    sarif.finish()
}

fn remarks(loaded: &Loaded, at: Timestamp) -> Vec<Remark> {
    let data = loaded.guide.data();
    let mut out = Vec::new();
    overbroad(data, &mut out);
    ordinary_words(data, &mut out);
    never_fires(data, &mut out);
    names_that_are_words(data, &mut out);
    never_found(data, &mut out);
    shadowed(loaded, &mut out);
    sections_without_rules(data, &mut out);
    one_language(data, &mut out);
    lists(data, &mut out);
    out_of_date(data, at, &mut out);
    out.sort_by_cached_key(|remark| {
        (
            remark.level == Level::Advice,
            loaded.line(&remark.path),
            remark.message.clone(),
        )
    });
    out
}

fn warn(
    check: &'static str,
    path: Vec<Step>,
    message: String,
    remedy: impl Into<String>,
) -> Remark {
    Remark {
        check,
        level: Level::Warning,
        path,
        message,
        remedy: remedy.into(),
    }
}

fn advise(
    check: &'static str,
    path: Vec<Step>,
    message: String,
    remedy: impl Into<String>,
) -> Remark {
    Remark {
        check,
        level: Level::Advice,
        path,
        message,
        remedy: remedy.into(),
    }
}

fn path_of(rule: usize, more: impl IntoIterator<Item = Step>) -> Vec<Step> {
    ["rules".into(), rule.into()]
        .into_iter()
        .chain(more)
        .collect()
}

/// A matcher and all inside it.
fn flatten<'g>(matchers: &'g [Matcher], out: &mut Vec<&'g Matcher>) {
    for matcher in matchers {
        out.push(matcher);
        flatten(matcher.any.as_deref().unwrap_or_default(), out);
        flatten(matcher.all.as_deref().unwrap_or_default(), out);
    }
}

/// Several lists of matchers, and all inside them.
pub fn flat<'g>(matchers: impl IntoIterator<Item = &'g Vec<Matcher>>) -> Vec<&'g Matcher> {
    let mut out = Vec::new();
    matchers
        .into_iter()
        .for_each(|matchers| flatten(matchers, &mut out));
    out
}

fn names(matcher: &Matcher) -> impl Iterator<Item = &str> {
    matcher
        .list
        .iter()
        .flat_map(|list| list.as_slice())
        .map(String::as_str)
}

/// A bad word about the company, and nothing that says about what; or a word that people must be
/// free to use, and nothing beside it.
fn overbroad(data: &GuideData, out: &mut Vec<Remark>) {
    for (number, rule) in data.rules.iter().enumerate() {
        let all = flat([&rule.find, &rule.near]);
        let negative = all
            .iter()
            .any(|matcher| matcher.tone == Some(Tone::Negative));
        let own = all
            .iter()
            .any(|matcher| names(matcher).any(|name| OWN_NAMES.contains(&name)));
        let narrow = all.iter().any(|matcher| {
            matcher.terms.is_some()
                || matcher.pattern.is_some()
                || matcher.shape.is_some()
                || matcher.hashed.is_some()
                || names(matcher).any(|name| !OWN_NAMES.contains(&name))
        });
        if negative && own && !narrow && rule.severity > Severity::Note {
            out.push(warn(
                "overbroad",
                path_of(number, ["severity".into()]),
                format!("the rule `{}` holds any bad word about the company against people", rule.id),
                "Ask for a narrow noun as well (a product, a client, a document), or make it a note.",
            ));
        }
        if !rule.near.is_empty() || !rule.missing.is_empty() {
            continue;
        }
        for (at, matcher) in rule.find.iter().enumerate() {
            for (term, place) in
                bare_terms(data, matcher, path_of(number, ["find".into(), at.into()]))
            {
                if FREE.contains(&fold(term.trim_end_matches('*')).as_str()) {
                    out.push(warn(
                        "overbroad",
                        place,
                        format!(
                            "the rule `{}` fires on \"{term}\" by itself, which people have a right \
                             to talk about",
                            rule.id
                        ),
                        "Ask for evidence beside it (`near`), or remove it.",
                    ));
                }
            }
        }
    }
}

/// The single words that a matcher finds by themselves, with their places. Names are left out:
/// the engine asks them to look like names.
fn bare_terms(data: &GuideData, matcher: &Matcher, path: Vec<Step>) -> Vec<(String, Vec<Step>)> {
    let mut out = Vec::new();
    let single = |term: &str| !term.trim().contains(char::is_whitespace);
    for (at, term) in matcher.terms.iter().flatten().enumerate() {
        if single(term) {
            let mut place = path.clone();
            place.extend(["terms".into(), at.into()]);
            out.push((term.clone(), place));
        }
    }
    for name in names(matcher) {
        let Some(list) = data.lists.get(name) else {
            continue;
        };
        if list.kind == ListKind::Names {
            continue;
        }
        for (at, entry) in list.entries.iter().enumerate() {
            if let Entry::Plain(term) = entry
                && single(term)
            {
                let place = ["lists".into(), name.into(), "entries".into(), at.into()];
                out.push((term.clone(), place.to_vec()));
            }
        }
    }
    for (at, inner) in matcher.any.iter().flatten().enumerate() {
        let mut place = path.clone();
        place.extend(["any".into(), at.into()]);
        out.extend(bare_terms(data, inner, place));
    }
    out
}

/// Rules whose subject is ordinary words: swearing is made of them, tips are harmless.
fn ordinary_words(data: &GuideData, out: &mut Vec<Remark>) {
    let frequent: HashSet<&str> = words_of(FREQUENT).collect();
    let ordinary: BTreeSet<&str> = words_of(ORDINARY).chain(words_of(FREQUENT)).collect();
    let mut told = BTreeSet::new();
    for (number, rule) in data.rules.iter().enumerate() {
        // Evidence makes an ordinary word mean something; a tip interrupts nobody.
        let evidence = !rule.near.is_empty() || rule.severity == Severity::Tip;
        for (at, matcher) in rule.find.iter().enumerate() {
            for (term, place) in
                bare_terms(data, matcher, path_of(number, ["find".into(), at.into()]))
            {
                let word = fold(term.trim_end_matches('*'));
                let open = term.ends_with('*');
                let example = if open {
                    // Not the word itself: `despid*` is meant for what begins with it.
                    frequent
                        .iter()
                        .find(|other| other.starts_with(word.as_str()))
                        .copied()
                } else if frequent.contains(word.as_str()) || ordinary.contains(word.as_str()) {
                    Some(word.as_str())
                } else {
                    None
                };
                let Some(example) = example else { continue };
                let very = frequent.contains(example);
                if (evidence && !(very && open)) || !told.insert(format!("{place:?}")) {
                    continue;
                }
                let message = format!(
                    "the rule `{}` fires on the everyday word \"{example}\"",
                    rule.id
                );
                let remedy = "Ask for evidence beside it (`near`), or write a longer phrase.";
                out.push(if very || rule.severity > Severity::Note {
                    warn("ordinary-word", place, message, remedy)
                } else {
                    advise("ordinary-word", place, message, remedy)
                });
            }
        }
    }
}

/// The words of one of the engine's files.
fn words_of(file: &str) -> impl Iterator<Item = &str> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The names of an entry, and whether it says of them that they are ordinary words, or are not.
fn names_of(entry: &Entry) -> (Vec<&str>, Option<bool>) {
    match entry {
        Entry::Plain(name) => (vec![name], None),
        Entry::Detailed(entry) => {
            let names = std::iter::once(&entry.name).chain(&entry.short);
            (names.map(String::as_str).collect(), entry.ordinary)
        }
    }
}

/// Names that are also words, first names, numbers or letters, of which the guide does not say what
/// it wants.
fn names_that_are_words(data: &GuideData, out: &mut Vec<Remark>) {
    let ordinary: HashSet<&str> = words_of(ORDINARY).chain(words_of(FREQUENT)).collect();
    let first_names: HashSet<&str> = words_of(FIRST_NAMES).collect();
    let kind = |name: &str| {
        let word = fold(name);
        if word.is_empty() || word.contains(|c: char| !c.is_alphanumeric()) {
            None
        } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
            Some("a number")
        } else if word.chars().count() == 1 {
            Some("a single letter")
        } else if first_names.contains(word.as_str()) {
            Some("a first name")
        } else {
            ordinary
                .contains(word.as_str())
                .then_some("an everyday word")
        }
    };
    for (name, list) in &data.lists {
        if list.kind != ListKind::Names {
            continue;
        }
        for (at, entry) in list.entries.iter().enumerate() {
            let (names, said) = names_of(entry);
            let what = names.iter().find_map(|name| Some((name, kind(name)?)));
            let Some((word, what)) = what.filter(|_| said.is_none()) else {
                continue;
            };
            out.push(advise(
                "name-is-a-word",
                vec!["lists".into(), name.as_str().into(), "entries".into(), at.into()],
                format!(
                    "\"{word}\" in the list `{name}` is also {what}, and is found only where more \
                     than a capital tells it from one (\"client {word}\", a contract in the sentence)"
                ),
                "Say so with `ordinary = true`; `ordinary = false` finds it everywhere.",
            ));
        }
    }
}

/// What may stand before and behind a name in a script without spaces, if it is in one.
fn neighbours(name: &str) -> Option<(&'static str, &'static str)> {
    let of = |letter: char| match letter {
        '\u{E00}'..='\u{EFF}' => Some(("กับ", "แล้ว")),
        '\u{3041}'..='\u{30FF}' => Some(("と", "と")),
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7FF}' => Some(("", "과")),
        '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => Some(("與", "的")),
        _ => None,
    };
    let (first, last) = (name.chars().next()?, name.chars().next_back()?);
    let (before, behind) = (of(first), of(last));
    (before.is_some() || behind.is_some()).then(|| {
        (
            before.map_or("", |(before, _)| before),
            behind.map_or("", |(_, behind)| behind),
        )
    })
}

/// Whether a list, with what it includes, has any entry.
fn has_entries(data: &GuideData, name: &str, depth: usize) -> bool {
    data.lists.get(name).is_some_and(|list| {
        !list.entries.is_empty()
            || (depth < 8
                && list
                    .include
                    .iter()
                    .any(|name| has_entries(data, name, depth + 1)))
    })
}

fn is_empty(data: &GuideData, matcher: &Matcher) -> bool {
    if let Some(any) = &matcher.any {
        return any.iter().all(|matcher| is_empty(data, matcher));
    }
    if let Some(all) = &matcher.all {
        return all.iter().any(|matcher| is_empty(data, matcher));
    }
    if let Some(hashed) = &matcher.hashed {
        return hashed.as_slice().iter().all(|name| {
            data.hashed
                .get(name)
                .is_none_or(|list| list.hashes.is_empty())
        });
    }
    if matcher.list.is_some() {
        return names(matcher).all(|name| !has_entries(data, name, 0));
    }
    matcher.terms.as_ref().is_some_and(Vec::is_empty)
}

fn same_find(one: &Matcher, other: &Matcher) -> bool {
    let plain = |matcher: &Matcher| Matcher {
        within: None,
        ..matcher.clone()
    };
    plain(one) == plain(other)
}

fn never_fires(data: &GuideData, out: &mut Vec<Remark>) {
    for (number, rule) in data.rules.iter().enumerate() {
        for (key, matchers) in [("find", &rule.find), ("near", &rule.near)] {
            for (at, matcher) in matchers.iter().enumerate() {
                if is_empty(data, matcher) {
                    out.push(advise(
                        "never-fires",
                        path_of(number, [key.into(), at.into()]),
                        format!(
                            "`{key}` of the rule `{}` looks for nothing: its list is empty",
                            rule.id
                        ),
                        "Fill the list, or leave it empty until there is something to put in.",
                    ));
                }
            }
        }
        for (at, exception) in rule.unless.iter().enumerate() {
            // Elsewhere (`side`, another distance) the same word may well be an exception.
            let found = rule
                .find
                .iter()
                .any(|matcher| same_find(matcher, exception));
            let asked = rule.near.contains(exception);
            if (found && rule.find.len() == 1) || asked {
                out.push(warn(
                    "never-fires",
                    path_of(number, ["unless".into(), at.into()]),
                    format!(
                        "the rule `{}` excepts the very thing that it looks for",
                        rule.id
                    ),
                    "Remove one of the two.",
                ));
            }
        }
        for (at, raise) in rule.raise.iter().enumerate() {
            let idle = raise.severity == rule.severity && at == 0;
            let always = raise.count.is_none()
                && raise.near.is_empty()
                && raise.unless.is_empty()
                && raise.when == Default::default();
            if idle || always {
                let message = if always {
                    format!("`raise` of the rule `{}` holds always", rule.id)
                } else {
                    format!("`raise` of the rule `{}` changes nothing", rule.id)
                };
                out.push(warn(
                    "never-fires",
                    path_of(number, ["raise".into(), at.into()]),
                    message,
                    "Give it a condition and another severity, or remove it.",
                ));
            }
        }
        let empty = |key: &str, is_empty: bool| {
            is_empty.then(|| path_of(number, ["when".into(), key.into()]))
        };
        let when = &rule.when;
        let nowhere = [
            empty(
                "platform",
                when.platform.as_ref().is_some_and(Vec::is_empty),
            ),
            empty("surface", when.surface.as_ref().is_some_and(Vec::is_empty)),
            empty(
                "audience",
                when.audience.as_ref().is_some_and(Vec::is_empty),
            ),
            empty("author", when.author.as_ref().is_some_and(Vec::is_empty)),
        ];
        for path in nowhere.into_iter().flatten() {
            out.push(warn(
                "never-fires",
                path,
                format!("the rule `{}` applies nowhere: the list is empty", rule.id),
                "Name where it applies, or remove the key.",
            ));
        }
    }
}

/// A rule that finds what a matcher finds, and nothing else; what it says is another one's.
pub fn alone(model: &Rule, id: String, matcher: Matcher) -> Rule {
    Rule {
        id,
        severity: Severity::Warn,
        find: vec![matcher],
        near: Vec::new(),
        unless: Vec::new(),
        missing: Vec::new(),
        when: When::default(),
        count: 1,
        raise: Vec::new(),
        fix: None,
        silenced_by_protected: Some(false),
        ..model.clone()
    }
}

/// Terms that are not found even in themselves, and names that are not found in the midst of their
/// own script.
fn never_found(data: &GuideData, out: &mut Vec<Remark>) {
    // One rule for each set of terms, that finds them and nothing else.
    let Some(model) = data.rules.first() else {
        return;
    };
    let mut rules = Vec::new();
    let mut terms: Vec<(usize, String, Vec<Step>)> = Vec::new();
    let mut ask = |matcher: Matcher, asked: Vec<(String, Vec<Step>)>| {
        if asked.len() > MOST_TERMS {
            return;
        }
        let number = rules.len();
        rules.push(alone(model, format!("terms-{number}"), matcher));
        terms.extend(asked.into_iter().map(|(term, path)| (number, term, path)));
    };
    for (name, list) in &data.lists {
        let path = |at: usize| {
            [
                "lists".into(),
                name.as_str().into(),
                "entries".into(),
                at.into(),
            ]
        };
        let asked = list.entries.iter().enumerate().flat_map(|(at, entry)| {
            let names = names_of(entry).0.into_iter();
            names.map(move |name| (name.to_owned(), path(at).to_vec()))
        });
        let matcher = Matcher {
            list: Some(OneOrMany::One(name.clone())),
            ..Matcher::default()
        };
        ask(matcher, asked.collect());
    }
    for (number, rule) in data.rules.iter().enumerate() {
        let keys = [
            ("find", &rule.find),
            ("near", &rule.near),
            ("unless", &rule.unless),
            ("missing", &rule.missing),
        ];
        for (key, matchers) in keys {
            for (at, matcher) in matchers.iter().enumerate() {
                let Some(terms) = &matcher.terms else {
                    continue;
                };
                let path = |nth: usize| {
                    path_of(number, [key.into(), at.into(), "terms".into(), nth.into()])
                };
                let asked = terms
                    .iter()
                    .enumerate()
                    .map(|(nth, term)| (term.clone(), path(nth)));
                ask(
                    Matcher {
                        terms: Some(terms.clone()),
                        ..Matcher::default()
                    },
                    asked.collect(),
                );
            }
        }
    }
    let mut lists = data.lists.clone();
    // Names that are ordinary words must look like names, which a bare name does not.
    for list in lists
        .values_mut()
        .filter(|list| list.kind == ListKind::Names)
    {
        for entry in &mut list.entries {
            let mut detailed = match entry {
                Entry::Plain(name) => Detailed {
                    name: std::mem::take(name),
                    ..Detailed::default()
                },
                Entry::Detailed(detailed) => std::mem::take(&mut **detailed),
            };
            detailed.ordinary = Some(false);
            *entry = Entry::Detailed(Box::new(detailed));
        }
    }
    let Ok(guide) = Guide::new(GuideData {
        rules,
        lists,
        ..data.clone()
    }) else {
        return;
    };
    let checker = Checker::new(&guide);
    for (number, term, path) in terms {
        let misses = |text: String| {
            let found = checker.check_rule(&Draft::new(text), number);
            found.is_ok_and(|found| found.is_empty())
        };
        if misses(term.replace('*', "")) {
            out.push(warn(
                "never-fires",
                path,
                format!("\"{term}\" is not found even where it is written just so"),
                "Write it without punctuation, or use a pattern.",
            ));
        } else if let Some((before, behind)) = neighbours(&term)
            && misses(format!("{before}{term}{behind}"))
        {
            out.push(advise(
                "only-between-spaces",
                path,
                format!(
                    "\"{term}\" is found only between spaces, not in \"{before}{term}{behind}\""
                ),
                "So short a name would be found in other words; write a longer one as well.",
            ));
        }
    }
}

/// Rules of which every hit is reported as another rule's finding.
fn shadowed(loaded: &Loaded, out: &mut Vec<Remark>) {
    let checker = Checker::new(&loaded.guide);
    for (number, rule) in loaded.guide.data().rules.iter().enumerate() {
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        let mut hits = 0;
        for (ui, _, _, example) in in_both(&rule.hits) {
            let Ok(explanation) = checker.explain(&draft(example, ui)) else {
                continue;
            };
            hits += 1;
            let own = explanation
                .candidates
                .iter()
                .filter(|one| one.rule_index == number);
            let mut outweighed = None;
            let mut reported = false;
            for candidate in own {
                match &candidate.outcome {
                    Outcome::Reported(_) => reported = true,
                    Outcome::Outweighed(other) => outweighed = Some(other.clone()),
                    _ => {}
                }
            }
            if let (false, Some(other)) = (reported, outweighed) {
                *others.entry(other).or_default() += 1;
            }
        }
        if let Some((other, _)) = others.iter().find(|&(_, count)| *count == hits && hits > 0) {
            out.push(warn(
                "shadowed",
                path_of(number, ["id".into()]),
                format!(
                    "nobody sees the rule `{}`: `{other}` outweighs it in every example",
                    rule.id
                ),
                format!(
                    "Add an example in which it stands alone, raise its severity, or join it with \
                     `{other}`."
                ),
            ));
        }
    }
}

fn sections_without_rules(data: &GuideData, out: &mut Vec<Remark>) {
    let used: BTreeSet<&str> = data
        .rules
        .iter()
        .map(|rule| rule.section.as_str())
        .collect();
    for (number, section) in data.sections.iter().enumerate() {
        if !used.contains(section.id.as_str()) {
            out.push(advise(
                "section-without-rules",
                vec!["sections".into(), number.into()],
                format!("no rule belongs to the section `{}`", section.id),
                "Fine for advice that no draft shows; else write a rule for it.",
            ));
        }
    }
}

/// How many words of a text are frequent in Spanish and in English alone.
fn languages(text: &str) -> (usize, usize) {
    const SPANISH: &[&str] = &[
        "el", "la", "los", "las", "de", "del", "que", "y", "en", "un", "una", "es", "por", "con",
        "para", "se", "lo", "mi", "su", "al", "como", "mas", "pero", "muy", "esta", "este", "nos",
        "hoy", "ya", "son", "hemos", "tu", "te", "le", "nuestro", "nuestra", "ha", "si",
    ];
    const ENGLISH: &[&str] = &[
        "the", "of", "and", "to", "in", "is", "it", "for", "on", "with", "that", "this", "my",
        "we", "our", "are", "was", "be", "at", "have", "has", "you", "your", "from", "by", "an",
        "not", "they", "i", "just", "their", "will",
    ];
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.fold((0, 0), |(spanish, english), word| {
        (
            spanish + usize::from(SPANISH.contains(&word)),
            english + usize::from(ENGLISH.contains(&word)),
        )
    })
}

fn one_language(data: &GuideData, out: &mut Vec<Remark>) {
    for (number, rule) in data.rules.iter().enumerate() {
        for (key, examples) in [("hits", &rule.hits), ("misses", &rule.misses)] {
            for (own, name, other) in [("es", "Spanish", "English"), ("en", "English", "Spanish")] {
                let texts = in_both(examples).filter(|(_, language, ..)| *language == own);
                let (mut foreign, mut count) = (0, 0);
                for (ui, _, _, example) in texts {
                    let (spanish, english) = languages(&draft(example, ui).text);
                    let (mine, theirs) = if own == "es" {
                        (spanish, english)
                    } else {
                        (english, spanish)
                    };
                    count += 1;
                    foreign += usize::from(theirs > mine + 1);
                }
                if count > 0 && foreign == count {
                    out.push(warn(
                        "one-language",
                        path_of(number, [key.into(), own.into()]),
                        format!(
                            "the {name} `{key}` of the rule `{}` are in {other}",
                            rule.id
                        ),
                        format!("Write at least one in {name}."),
                    ));
                }
            }
        }
    }
}

fn lists(data: &GuideData, out: &mut Vec<Remark>) {
    let mut used: BTreeSet<&str> = data
        .lists
        .values()
        .flat_map(|list| &list.include)
        .map(String::as_str)
        .collect();
    let of_rule = |rule: &'_ Rule| {
        let raised = rule
            .raise
            .iter()
            .flat_map(|raise| [&raise.near, &raise.unless]);
        let own = [&rule.find, &rule.near, &rule.unless, &rule.missing].into_iter();
        own.chain(raised).cloned().collect::<Vec<_>>()
    };
    let matchers: Vec<Vec<Matcher>> = data
        .rules
        .iter()
        .flat_map(of_rule)
        .chain(data.protected.iter().flat_map(|speech| {
            [
                speech.find.clone(),
                speech.near.clone(),
                speech.unless.clone(),
            ]
        }))
        .collect();
    let all = flat(&matchers);
    used.extend(all.iter().flat_map(|matcher| names(matcher)));
    for (name, list) in &data.lists {
        if !used.contains(name.as_str()) {
            out.push(advise(
                "unused-list",
                vec!["lists".into(), name.as_str().into()],
                format!("no rule uses the list `{name}`"),
                "Use it in a rule, or remove it.",
            ));
        }
        repeated(name, list, out);
    }
}

fn repeated(name: &str, list: &List, out: &mut Vec<Remark>) {
    // Words are often the same in both languages; a name stands once.
    if list.kind != ListKind::Names {
        return;
    }
    let mut seen = HashSet::new();
    for (at, entry) in list.entries.iter().enumerate() {
        let text = match entry {
            Entry::Plain(text) => text,
            Entry::Detailed(entry) => &entry.name,
        };
        // Folding drops what tells `C++` from `C`, and so do people: compare what is found.
        if !seen.insert(fold(text)) {
            out.push(advise(
                "repeated-entry",
                vec!["lists".into(), name.into(), "entries".into(), at.into()],
                format!("the list `{name}` has \"{text}\" twice"),
                "Remove one; case and accents make no difference.",
            ));
        }
    }
}

/// Whether a day is over: once the next one has begun.
pub fn is_over(day: &str, at: Timestamp) -> bool {
    Timestamp::parse(day).is_some_and(|day| day.0 + 86_400 <= at.0)
}

fn out_of_date(data: &GuideData, at: Timestamp, out: &mut Vec<Remark>) {
    let over = |day: &str| is_over(day, at);
    if data.company.valid_until.as_deref().is_some_and(over) {
        out.push(warn(
            "out-of-date",
            vec!["company".into(), "valid_until".into()],
            "the guide is no longer valid".to_owned(),
            "Review it and set a new `valid_until`.",
        ));
    }
    let periods = &data.company.quiet_periods;
    if !periods.is_empty() && periods.iter().all(|period| over(&period.until)) {
        out.push(warn(
            "out-of-date",
            vec!["company".into(), "quiet_periods".into()],
            "all quiet periods are over".to_owned(),
            "Add the coming ones.",
        ));
    }
    for (number, rule) in data.rules.iter().enumerate() {
        if rule.when.until.as_deref().is_some_and(over) {
            out.push(warn(
                "out-of-date",
                path_of(number, ["when".into(), "until".into()]),
                format!("the rule `{}` no longer applies", rule.id),
                "Remove it, or set a new `until`.",
            ));
        }
    }
}
