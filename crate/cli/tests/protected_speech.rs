//! Protected speech stays free, under the shipped guide and whatever else it says: the engine's
//! own sentences, each by itself and beside hard words about the company.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use tacto_core::guide::data::{Example, List, Protected};
use tacto_core::guide::source::{SourceFile, read};
use tacto_core::{Checker, Draft, Guide, Severity, Topic};

/// `crate/core/data/protected.json`, what the engine protects whatever a guide says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    #[serde(rename = "lists")]
    _lists: BTreeMap<String, List>,
    protected: Vec<Protected>,
}

fn own() -> Vec<Protected> {
    let json = include_str!("../../core/data/protected.json");
    serde_json::from_str::<Own>(json)
        .expect("the engine's own file")
        .protected
}

fn texts(examples: &[Example]) -> impl Iterator<Item = &str> {
    examples.iter().map(|example| match example {
        Example::Plain(text) => text.as_str(),
        Example::InContext(given) => given.text.as_str(),
    })
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let name = path
                .strip_prefix(root)
                .expect("inside")
                .to_string_lossy()
                .into_owned();
            files.push(SourceFile { name, text });
        }
    }
}

fn shipped() -> Checker {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    let source = read(files).expect("the shipped guide");
    Checker::new(&Guide::new(source.data).expect("the shipped guide"))
}

/// The engine's protected sentences, with the id of what protects them.
fn sentences() -> Vec<(String, String)> {
    let mut out = Vec::new();
    for speech in own() {
        let hits = speech.hits.expect("examples");
        for text in texts(&hits.es).chain(texts(&hits.en)) {
            out.push((speech.id.clone(), text.to_owned()));
        }
    }
    out
}

#[test]
fn every_protected_sentence_is_recognised_and_every_other_is_not() {
    let checker = shipped();
    let protected = |text: &str| checker.protected(&Draft::new(text)).expect("a short text");
    let mut wrong = Vec::new();
    for (id, text) in sentences() {
        if !protected(&text).contains(&id) {
            wrong.push(format!("{id} does not protect: {text}"));
        }
    }
    for speech in own() {
        let misses = speech.misses.expect("examples");
        for text in texts(&misses.es).chain(texts(&misses.en)) {
            if protected(text).contains(&speech.id) {
                wrong.push(format!("{} protects: {text}", speech.id));
            }
        }
    }
    assert!(sentences().len() >= 60);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn protected_speech_is_never_warned_about() {
    let checker = shipped();
    let mut wrong = Vec::new();
    for (id, text) in sentences() {
        let report = checker
            .check(&Draft::new(text.as_str()))
            .expect("a short text");
        for finding in report.findings {
            if finding.severity >= Severity::Warn {
                wrong.push(format!(
                    "{id}: {} fires on \"{}\" in: {text}",
                    finding.rule, finding.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn protected_speech_silences_hard_words_about_the_company_beside_it() {
    let checker = shipped();
    let mut wrong = Vec::new();
    for hard in ["Ondavolt es una vergüenza.", "Ondavolt is a disgrace."] {
        for (id, text) in sentences() {
            let draft = Draft::new(format!("{text} {hard}"));
            let report = checker.check(&draft).expect("a short text");
            for finding in report.findings {
                if matches!(
                    finding.topic,
                    Topic::BrandNegative | Topic::Meeting | Topic::Legal
                ) {
                    wrong.push(format!("{id}: {} fires in: {}", finding.rule, draft.text));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
