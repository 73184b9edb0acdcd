//! What is tried with any text: by the fuzz targets for hours, and by `tests/fuzz.rs` for a
//! moment in every test run. Each body panics if a promise is broken.

use std::sync::LazyLock;

use tacto_core::guide::source::{self, SourceFile};
use tacto_core::{Checker, Draft, Guide};

/// A small guide with every kind of matcher.
pub const BUNDLE: &str = include_str!("bundle.json");

static CHECKER: LazyLock<Checker> =
    LazyLock::new(|| Checker::new(&Guide::from_bundle(BUNDLE).expect("the bundle is good")));

/// Folding is idempotent.
pub fn fold(text: &str) {
    let once = tacto_core::fold(text);
    assert_eq!(tacto_core::fold(&once), once);
}

/// A check does not panic, and its findings are in order and inside the text.
pub fn check(text: &str) {
    let Ok(report) = CHECKER.check(&Draft::new(text)) else {
        return;
    };
    let length = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let mut last = 0;
    for finding in &report.findings {
        assert!(last <= finding.start && finding.start < finding.end && finding.end <= length);
        last = finding.end;
    }
}

/// Any bundle is refused or works.
pub fn bundle(text: &str) {
    if let Ok(guide) = Guide::from_bundle(text) {
        let again = Guide::from_bundle(&guide.to_bundle()).expect("what was written is read");
        assert_eq!(again.data(), guide.data());
        let checker = Checker::new(&guide);
        drop(checker.check(&Draft::new("our client Faro said 42% of ana@example.com")));
    }
}

/// Any rule file is refused or read.
pub fn guide(text: &str) {
    let file = |name: &str, text: &str| SourceFile {
        name: name.into(),
        text: text.into(),
    };
    let files = vec![
        file(
            "company.toml",
            "[company]\nname = \"X\"\ncontact = { es = \"a\", en = \"a\" }\n",
        ),
        file("guide.es.md", "# G\n\n## A {#a}\n\nTexto.\n"),
        file("guide.en.md", "# G\n\n## A {#a}\n\nText.\n"),
        file("rules.toml", text),
    ];
    if let Ok(source) = source::read(files)
        && let Err(errors) = Guide::new(source.data)
    {
        assert!(!source.places.locate_all(&errors).is_empty());
    }
}
