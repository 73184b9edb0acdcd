//! `tacto lint --needed`: which words of the rules no measurement needs.
//!
//! A word earns its place by being found in something that is looked at: a sentence of a rule, a
//! draft of the examples, a labelled text. Each entry is looked for by itself, thousands at once in
//! each text. The company's own lists are facts, and are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::thread;

use serde::Deserialize;
use tacto_core::guide::Step;
use tacto_core::guide::data::{Entry, GuideData, List, ListKind, Matcher, OneOrMany};
use tacto_core::{Checker, Draft, Guide};
use tacto_learn::company;
use tacto_learn::examples::Language;

use crate::accuracy;
use crate::examples::{draft, in_both};
use crate::failure::Failure;
use crate::lint::alone;
use crate::load::{self, Loaded};
use crate::rows;

/// The file whose lists name what a company has, needed or not.
const COMPANY: &str = "/company.toml";
/// How many words are looked for at once: a guide has at most 2,000 rules.
const AT_ONCE: usize = 2_000;

/// An entry of a list, or a term of a rule.
struct Word<'g> {
    entry: Entry,
    kind: ListKind,
    /// The list or the `terms` that it is of.
    group: Vec<Step>,
    /// Its number there.
    at: usize,
    /// The list's name.
    list: Option<&'g str>,
}

impl Word<'_> {
    fn path(&self) -> Vec<Step> {
        [&self.group[..], &[self.at.into()]].concat()
    }

    fn name(&self) -> &str {
        match &self.entry {
            Entry::Plain(name) => name,
            Entry::Detailed(entry) => &entry.name,
        }
    }
}

/// Prints what nothing needs, list by list, and how many by file.
pub fn print(loaded: &Loaded, more: Option<&Path>, out: &mut impl Write) -> Result<(), Failure> {
    let words = words(loaded);
    let texts = texts(loaded, more)?;
    let needed = needed(loaded, &words, &texts)?;
    tell(loaded, &words, &needed, out)?;
    writeln!(
        out,
        "needed: {} of {} entries, by {} texts",
        needed.len(),
        words.len(),
        texts.len()
    )?;
    Ok(())
}

fn tell(
    loaded: &Loaded,
    words: &[Word<'_>],
    needed: &BTreeSet<usize>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut by_file: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let numbered: Vec<(usize, &Word<'_>)> = words.iter().enumerate().collect();
    for group in numbered.chunk_by(|(_, one), (_, next)| one.group == next.group) {
        let mut idle = Vec::new();
        for (number, word) in group {
            let counts = by_file.entry(loaded.line(&word.path()).0).or_default();
            counts.1 += 1;
            if !needed.contains(number) {
                counts.0 += 1;
                idle.push(*word);
            }
        }
        let Some(first) = idle.first() else { continue };
        let names: Vec<String> = idle
            .iter()
            .map(|word| format!("\"{}\"", word.name()))
            .collect();
        writeln!(
            out,
            "{}: advice: nothing needs {} of the {} {}: {}",
            loaded.place(&first.path()),
            idle.len(),
            group.len(),
            match first.list {
                Some(list) => format!("entries of `{list}`"),
                None => "terms".to_owned(),
            },
            names.join(", ")
        )?;
    }
    for (file, (idle, all)) in by_file {
        writeln!(out, "{file}: nothing needs {idle} of {all}")?;
    }
    Ok(())
}

/// Every entry of the rules' lists and every term of the rules, in the guide's order.
fn words(loaded: &Loaded) -> Vec<Word<'_>> {
    let data = loaded.guide.data();
    let mut out = Vec::new();
    for (name, list) in &data.lists {
        let group = vec!["lists".into(), name.as_str().into()];
        if loaded.line(&group).0.ends_with(COMPANY) {
            continue;
        }
        out.extend(list.entries.iter().enumerate().map(|(at, entry)| Word {
            entry: entry.clone(),
            kind: list.kind,
            group: [&group[..], &["entries".into()]].concat(),
            at,
            list: Some(name),
        }));
    }
    for (number, rule) in data.rules.iter().enumerate() {
        let path = |key: &str| vec!["rules".into(), number.into(), key.into()];
        terms(&rule.find, path("find"), &mut out);
        terms(&rule.near, path("near"), &mut out);
        terms(&rule.unless, path("unless"), &mut out);
        terms(&rule.missing, path("missing"), &mut out);
        for (at, raise) in rule.raise.iter().enumerate() {
            let path = |key: &str| [path("raise"), vec![at.into(), key.into()]].concat();
            terms(&raise.near, path("near"), &mut out);
            terms(&raise.unless, path("unless"), &mut out);
        }
    }
    for (number, speech) in data.protected.iter().enumerate() {
        let path = |key: &str| vec!["protected".into(), number.into(), key.into()];
        terms(&speech.find, path("find"), &mut out);
        terms(&speech.near, path("near"), &mut out);
        terms(&speech.unless, path("unless"), &mut out);
    }
    out
}

/// The terms of matchers, and of those inside them.
fn terms(matchers: &[Matcher], path: Vec<Step>, out: &mut Vec<Word<'_>>) {
    for (number, matcher) in matchers.iter().enumerate() {
        let path = |key: &str| [&path[..], &[number.into(), key.into()]].concat();
        for (at, term) in matcher.terms.iter().flatten().enumerate() {
            out.push(Word {
                entry: Entry::Plain(term.clone()),
                kind: ListKind::Words,
                group: path("terms"),
                at,
                list: None,
            });
        }
        for (key, inner) in [("any", &matcher.any), ("all", &matcher.all)] {
            terms(inner.as_deref().unwrap_or_default(), path(key), out);
        }
    }
}

/// A row of labelled texts, of which only the text matters here. Some have none.
#[derive(Deserialize)]
struct Row {
    text: Option<String>,
}

/// Everything that is looked at: names are the invented company's.
fn texts(loaded: &Loaded, more: Option<&Path>) -> Result<Vec<String>, Failure> {
    let data = loaded.guide.data();
    let of_rules = data
        .rules
        .iter()
        .flat_map(|rule| [&rule.hits, &rule.misses]);
    let of_protected = data
        .protected
        .iter()
        .flat_map(|speech| speech.hits.iter().chain(&speech.misses));
    let mut texts: Vec<String> = of_rules
        .chain(of_protected)
        .flat_map(in_both)
        .map(|(ui, _, _, example)| draft(example, ui).text)
        .collect();
    // The shipped guide is no folder, and a bundle has no examples.
    let origin = Path::new(&loaded.origin);
    let examples = load::examples(origin.exists().then_some(origin))?;
    texts.extend(examples.iter().enumerate().map(|(number, example)| {
        company::example(&example.text, number, example.language == Language::Es)
    }));
    let corpus = Path::new(accuracy::OWN);
    if corpus.is_dir() {
        rows_of(corpus, &mut texts)?;
    }
    if let Some(folder) = more {
        rows_of(folder, &mut texts)?;
    }
    Ok(texts)
}

/// The texts of a folder of rows, and of the folders in it.
fn rows_of(folder: &Path, texts: &mut Vec<String>) -> Result<(), Failure> {
    for path in rows::files(folder)?.values() {
        let form = "Write one JSON object a line, with `text`.";
        rows::read(path, form, |_, row: Row| {
            texts.extend(row.text.map(|text| company::example(&text, 0, false)));
            Ok(())
        })?;
    }
    let told = |error: io::Error| Failure::file(folder.display(), &error);
    for inner in fs::read_dir(folder).map_err(told)? {
        let path = inner.map_err(told)?.path();
        if path.is_dir() && !path.is_symlink() {
            rows_of(&path, texts)?;
        }
    }
    Ok(())
}

/// The numbers of the words that some text holds.
fn needed(
    loaded: &Loaded,
    words: &[Word<'_>],
    texts: &[String],
) -> Result<BTreeSet<usize>, Failure> {
    // What is written alike is looked for once.
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, word) in words.iter().enumerate() {
        let key = format!("{:?} {:?}", word.kind, word.entry);
        alike.entry(key).or_default().push(number);
    }
    let alike: Vec<Vec<usize>> = alike.into_values().collect();
    let mut needed = BTreeSet::new();
    for some in alike.chunks(AT_ONCE) {
        let checker = checker(loaded, some.iter().map(|numbers| &words[numbers[0]]))?;
        for found in found(&checker, texts) {
            needed.extend(&some[found]);
        }
    }
    Ok(needed)
}

/// A checker with a rule for each word.
fn checker<'w, 'g: 'w>(
    loaded: &Loaded,
    words: impl Iterator<Item = &'w Word<'g>>,
) -> Result<Checker, Failure> {
    let data = loaded.guide.data();
    let (mut rules, mut lists) = (Vec::new(), BTreeMap::new());
    for (number, word) in words.enumerate() {
        let name = format!("word-{number}");
        let matcher = Matcher {
            list: Some(OneOrMany::One(name.clone())),
            ..Matcher::default()
        };
        // A guide without rules is refused before.
        rules.push(alone(&data.rules[0], name.clone(), matcher));
        let list = List {
            kind: word.kind,
            entries: vec![word.entry.clone()],
            ..List::default()
        };
        lists.insert(name, list);
    }
    let guide = Guide::new(GuideData {
        rules,
        lists,
        hashed: BTreeMap::new(),
        protected: Vec::new(),
        model: None,
        ..data.clone()
    });
    match guide {
        Ok(guide) => Ok(Checker::new(&guide)),
        Err(errors) => Err(Failure::one(&loaded.origin, errors.to_string(), "")),
    }
}

/// The numbers of the rules that find something in a text.
fn found(checker: &Checker, texts: &[String]) -> BTreeSet<usize> {
    let in_share = |texts: &[String]| -> BTreeSet<usize> {
        let drafts = texts.iter().map(|text| Draft::new(text.as_str()));
        // A text that is too long to be checked needs nothing.
        drafts
            .filter_map(|draft| checker.explain(&draft).ok())
            .flat_map(|explanation| explanation.candidates)
            .map(|candidate| candidate.rule_index)
            .collect()
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = texts.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let shares = texts.chunks(share);
        let running: Vec<_> = shares
            .map(|share| scope.spawn(|| in_share(share)))
            .collect();
        running
            .into_iter()
            .flat_map(|one| one.join().unwrap_or_default())
            .collect()
    })
}
