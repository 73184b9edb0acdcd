//! What holds for every draft, with the guide that we ship.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use tacto_core::guide::source::{self, SourceFile};
use tacto_core::{Checker, Draft, Guide, Language, Report, Severity, Timestamp, Topic, Verdict};

fn files(folder: &Path, root: &Path, out: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, root, out);
        } else if path
            .extension()
            .is_some_and(|end| end == "toml" || end == "md" || end == "txt")
        {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            out.push(SourceFile {
                name,
                text: fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

static GUIDE: LazyLock<Guide> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut all = Vec::new();
    files(&root, &root, &mut all);
    let source = source::read(all).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let data = source.data.clone();
    Guide::new(data).unwrap_or_else(|errors| panic!("{:#?}", source.places.locate_all(&errors)))
});

static CHECKER: LazyLock<Checker> = LazyLock::new(|| Checker::new(&GUIDE));

fn draft(text: &str) -> Draft {
    Draft {
        at: Timestamp::parse("2026-11-23T10:00:00Z"),
        ui: Language::Es,
        ..Draft::new(text)
    }
}

fn holds(text: &str) -> Report {
    let report = CHECKER.check(&draft(text)).unwrap();
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut last = 0;
    let mut verdict = Verdict::Clear;
    for finding in &report.findings {
        assert!(finding.start >= last, "findings overlap: {report:#?}");
        assert!(
            finding.start < finding.end,
            "a finding is empty: {report:#?}"
        );
        let marked = &units[finding.start as usize..finding.end as usize];
        let marked = String::from_utf16(marked).expect("a finding cuts a character");
        assert!(text.contains(&marked));
        if !matches!(finding.topic, Topic::Credential | Topic::PersonalData) {
            assert_eq!(marked, finding.text);
        }
        last = finding.end;
        verdict = verdict.max(finding.severity.into());
    }
    assert_eq!(report.verdict, verdict);
    assert_eq!(
        CHECKER.check(&draft(text)).unwrap(),
        report,
        "the same draft, another report"
    );
    report
}

/// Scraps of what makes rules fire, and of what makes offsets hard.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        Just("cliente Faro "),
        Just("Project Summit "),
        Just("contraseña: hunter2Xy9! "),
        Just("ES91 2100 0418 4502 0005 1332 "),
        Just("ana.perez@example.com "),
        Just("@marta "),
        Just("reunión confidencial. "),
        Just("#PropuestaFaro"),
        Just("🧑‍🔧é\u{301}ñ"),
        Just("ﬁ½㎏ "),
        Just("ｍｉｅｒｄａ "),
        Just("f*ck "),
        Just("you idiots "),
        Just("\n\n"),
        Just("\u{200B}\u{FEFF}"),
        Just("' ' ’s"),
    ];
    prop::collection::vec(
        prop_oneof![3 => scrap.prop_map(str::to_owned), 1 => any::<String>()],
        0..12,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn a_report_is_sorted_whole_and_stable(text in scraps()) {
        holds(&text);
    }

    #[test]
    fn any_text_is_checked(text in any::<String>()) {
        holds(&text);
    }
}

#[test]
fn a_draft_of_the_largest_size_is_checked_and_a_larger_one_declined() {
    for scrap in [
        "a",
        "ñ",
        "😀",
        "Faro cliente ",
        "1",
        "@a ",
        "a.",
        "f*",
        "#A",
        "' ",
    ] {
        let times = Draft::MAX_UTF16 / scrap.encode_utf16().count();
        holds(&scrap.repeat(times));
    }
    assert!(
        CHECKER
            .check(&draft(&"a".repeat(Draft::MAX_UTF16 + 1)))
            .is_err()
    );
}

#[test]
fn every_topic_has_a_rule() {
    for topic in Topic::ALL {
        assert!(
            GUIDE.data().rules.iter().any(|rule| rule.topic == topic),
            "no rule has the topic {}",
            topic.as_str()
        );
    }
}

#[test]
fn a_bundle_says_the_same_as_its_guide() {
    let bundle = GUIDE.to_bundle();
    let again = Guide::from_bundle(&bundle).unwrap();
    assert_eq!(again.data(), GUIDE.data());
    assert_eq!(again.to_bundle(), bundle);
}

#[test]
fn only_what_proves_itself_is_verified() {
    for (text, verified) in [
        ("Ingrésalo en ES91 2100 0418 4502 0005 1332, gracias", true),
        ("Mi token es ghp_2b7Xq9LmZ4TnV8cRkY1wPs6HdJ3fGa5uE0iQ", true),
        ("Su DNI es 12345678Z, apúntalo", true),
        ("Llama a la clienta al 612 345 678, es su móvil", false),
        ("Bienvenidos a la oficina nueva. Wifi: girasoles", false),
        ("Mañana nos visita Northmere Energy", false),
    ] {
        let report = CHECKER.check(&draft(text)).unwrap();
        assert!(!report.findings.is_empty(), "{text}");
        for finding in &report.findings {
            assert_eq!(finding.verified, verified, "{text}: {finding:?}");
        }
    }
}

/// The word before a code name is what makes the short form serious; the whole name is marked.
#[test]
fn a_name_is_marked_whole_where_its_short_form_is_as_serious() {
    let report = holds("and 🎉 Project Nightjar too");
    let marked: Vec<_> = report
        .findings
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(marked, ["Project Nightjar"]);
    assert_eq!(report.verdict, Verdict::Stop);
}

/// A guide of one rule, `clients-named`, for what a company says in company.toml.
fn of_a_company(company: &str) -> Checker {
    let rules = r#"
[[rule]]
id = "clients-named"
topic = "client"
section = "clients"
severity = "warn"
find = [{ list = "clients" }]
unless = [{ list = "public-facts" }]
say.es = { title = "t", message = "Pregunta a: {spokesperson}" }
say.en = { title = "t", message = "Ask: {spokesperson}" }
hits = { es = ["{client}"], en = ["{client}"] }
misses = { es = ["nada"], en = ["nothing"] }
"#;
    let prose = "# Guide\n\n## Clients {#clients}\n\nClients decide who names them.\n";
    let company = format!(
        "[company]\nname = 'Acme'\ncontact = {{ es = 'a', en = 'b' }}\n{company}\n\
         [lists.clients]\nentries = ['Norvanta']\n"
    );
    let of = |name: &str, text: &str| SourceFile {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let source = source::read(vec![
        of("company.toml", &company),
        of("rules.toml", rules),
        of("guide.es.md", prose),
        of("guide.en.md", prose),
    ]);
    let source = source.unwrap_or_else(|errors| panic!("{errors:#?}"));
    Checker::new(&Guide::new(source.data).unwrap_or_else(|errors| panic!("{errors:#?}")))
}

fn says(checker: &Checker, text: &str) -> Option<(Severity, String)> {
    let report = checker.check(&Draft::new(text)).unwrap();
    let finding = report.findings.into_iter().next()?;
    Some((finding.severity, finding.message))
}

#[test]
fn a_company_says_how_serious_a_topic_may_be() {
    let text = "Norvanta is with us now";
    let severity = |company: &str| says(&of_a_company(company), text).map(|(severity, _)| severity);
    assert_eq!(severity(""), Some(Severity::Warn));
    assert_eq!(severity("at_most.client = 'note'"), Some(Severity::Note));
    assert_eq!(severity("at_most.client = 'off'"), None);
    assert_eq!(severity("at_most.meeting = 'off'"), Some(Severity::Warn));
}

#[test]
fn a_list_of_the_company_that_is_left_out_is_empty() {
    let with = "[lists.public-facts]\nentries = ['case study']";
    let text = "Norvanta is with us now, see the case study";
    assert!(says(&of_a_company(""), text).is_some());
    assert!(says(&of_a_company(with), text).is_none());
}

#[test]
fn texts_name_the_first_spokesperson_with_the_role() {
    let with = "[lists.spokespeople]\nentries = [{ name = 'Ines Arr', role = 'press office' }]";
    let message = |company: &str| says(&of_a_company(company), "Norvanta!").unwrap().1;
    assert_eq!(message(with), "Ask: Ines Arr (press office)");
    assert_eq!(message(""), "Ask");
}
