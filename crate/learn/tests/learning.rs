//! What is learnt from examples, from their text to what a checker says.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tacto_core::guide::GuideData;
use tacto_core::guide::source::{SourceFile, read};
use tacto_core::model::ModelData;
use tacto_core::{Checker, Draft, Guide, Severity, Topic};
use tacto_learn::{Example, examples, extractor, learn};

/// Drafts of a made-up trade, a house that repairs organ clocks: that "the drum is off" is a secret
/// of the house; that it is on, nothing.
fn trade(count: usize) -> String {
    const WHO: [&str; 8] = [
        "Marta",
        "the twins",
        "our foreman",
        "old Bill",
        "the new lad",
        "my aunt",
        "Ines",
        "the boss",
    ];
    const WHEN: [&str; 5] = ["today", "again", "since Monday", "this week", "at noon"];
    let mut text = String::from("author: 900\nlanguage: en\n\n== project\n");
    for at in 0..count {
        let (who, when) = (WHO[at % WHO.len()], WHEN[at / WHO.len() % WHEN.len()]);
        let _ = writeln!(
            text,
            "careful: The drum of hall {at} is off {when}, says {who}."
        );
        let _ = writeln!(
            text,
            "fine: The drum of hall {at} is on {when}, says {who}."
        );
    }
    text
}

fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/examples");
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the examples")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let text = fs::read_to_string(&path).expect("a text");
            (name.into_owned(), text)
        })
        .filter(|(name, _)| name.ends_with(".txt"))
        .collect();
    files.sort();
    files
}

fn examples_of(files: &[(String, String)]) -> Vec<Example> {
    examples::read(
        files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    )
    .expect("well-formed examples")
}

/// A guide of one rule a topic, over what is learnt.
fn checker(model: Option<ModelData>) -> Checker {
    let mut rules =
        String::from("[company]\nname = \"Acme\"\ncontact = { es = \"a\", en = \"a\" }\n");
    for topic in Topic::ALL {
        let _ = writeln!(
            rules,
            "[[rule]]\nid = \"{0}-told\"\ntopic = \"{0}\"\nsection = \"s\"\nseverity = \"note\"\n\
             silenced_by_protected = false\n\
             find = [{{ about = \"{0}\" }}]\n\
             raise = [{{ severity = \"warn\", near = [{{ about = \"{0}\", sure = true }}] }}]\n\
             say.es = {{ title = \"t\", message = \"m\" }}\nsay.en = {{ title = \"t\", message = \"m\" }}\n\
             hits.es = [\"a\"]\nhits.en = [\"a\"]\nmisses.es = [\"a\"]\nmisses.en = [\"a\"]",
            topic.as_str()
        );
    }
    let file = |name: &str, text: &str| SourceFile {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let prose = "## S {#s}\n\nWhy.\n";
    let source = read(vec![
        file("company.toml", &rules),
        file("guide.es.md", prose),
        file("guide.en.md", prose),
    ])
    .expect("a guide");
    let data = GuideData {
        model,
        ..source.data
    };
    Checker::new(&Guide::new(data).expect("a guide"))
}

fn highest(checker: &Checker, text: &str) -> Option<Severity> {
    let report = checker.check(&Draft::new(text)).expect("a short text");
    report.findings.iter().map(|finding| finding.severity).max()
}

#[test]
fn the_same_examples_give_the_same_model_and_too_few_give_none() {
    let text = trade(60);
    let read = examples::read([("a.txt", text.as_str())]).expect("examples");
    let once = learn(&read, &extractor(), &|_| {}).expect("a model");
    let twice = learn(&read, &extractor(), &|_| {}).expect("a model");
    assert_eq!(once, twice);
    assert_eq!(once.heads[2].name, "project");
    assert!(learn(&read[..20], &extractor(), &|_| {}).is_none());
}

/// Twenty drafts of a company's own change how drafts like them are judged, and nothing else by
/// more than noise. Some of the trade's drafts are about the house, as all of a company's are: they
/// say so in the words that the shipped examples know.
#[test]
fn a_companys_own_examples_change_drafts_like_them_and_no_others() {
    let shipped = shipped();
    let before = checker(learn(&examples_of(&shipped), &extractor(), &|_| {}));
    let mut with_own = shipped.clone();
    with_own.push(("own.txt".to_owned(), trade(20)));
    let all = examples_of(&with_own);
    let after = checker(learn(&all, &extractor(), &|_| {}));

    let like_them = "Nobody told the mayor: the drum of hall 31 is off today, says Rosa.";
    assert_eq!(highest(&before, like_them), None);
    assert!(highest(&after, like_them).is_some());
    let beside_them = "Nobody told the mayor: the drum of hall 31 is on today, says Rosa.";
    assert_eq!(highest(&after, beside_them), None);

    let report = after.check(&Draft::new(like_them)).expect("a short text");
    let finding = &report.findings[0];
    assert_eq!(finding.topic, Topic::Project);
    assert!(finding.text.contains("off"), "{}", finding.text);
    assert!(
        finding.why[0].starts_with("about project: "),
        "{:?}",
        finding.why
    );

    let others: Vec<&Example> = all
        .iter()
        .filter(|example| example.author != 900)
        .step_by(10)
        .collect();
    let changed = others
        .iter()
        .filter(|example| highest(&before, &example.text) != highest(&after, &example.text))
        .count();
    assert!(
        changed * 50 < others.len(),
        "{changed} of {} other drafts are judged otherwise",
        others.len()
    );
}
