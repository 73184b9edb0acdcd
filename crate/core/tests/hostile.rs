//! Guides that mean harm, or were made by a broken program, are refused within bounds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use tacto_core::{Checker, Draft, Guide};

fn guide() -> Value {
    let both = json!({"es": "a", "en": "a"});
    let say = json!({"title": "t", "message": "m"});
    json!({
        "format": "tacto-guide",
        "version": 1,
        "company": {"name": "X", "contact": both},
        "sections": [{"id": "a", "title": both, "quote": both, "body": both}],
        "lists": {"words": {"entries": ["uno"]}},
        "rules": [{
            "id": "x", "topic": "client", "section": "a", "severity": "stop",
            "find": [{"list": "words"}],
            "say": {"es": say, "en": say},
            "hits": {"es": ["a"], "en": ["a"]},
            "misses": {"es": ["a"], "en": ["a"]}
        }]
    })
}

/// A good guide with one value changed (by JSON pointer), and what the refusal says.
fn refused(pointer: &str, value: Value) -> String {
    let mut guide = guide();
    *guide.pointer_mut(pointer).unwrap() = value;
    Guide::from_bundle(&guide.to_string())
        .expect_err(pointer)
        .to_string()
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_remedy() {
    assert!(Guide::from_bundle(&guide().to_string()).is_ok());
    for (pointer, value, place, message) in [
        ("/version", json!(2), "", "version 2"),
        (
            "/rules/0/section",
            json!("b"),
            "rules[0].section",
            "no section `b`",
        ),
        (
            "/rules/0/id",
            json!("Not An Id"),
            "rules[0].id",
            "is not an id",
        ),
        ("/rules/0/find", json!([]), "rules[0].find", "finds nothing"),
        (
            "/rules/0/find/0",
            json!({"list": "wrods"}),
            "rules[0].find[0].list",
            "no list `wrods`",
        ),
        (
            "/rules/0/find/0",
            json!({"tone": "negative"}),
            "rules[0].find[0].tone",
            "tone alone",
        ),
        (
            "/rules/0/find/0",
            json!({"shape": "cow"}),
            "rules[0].find[0].shape",
            "no shape `cow`",
        ),
        (
            "/rules/0/find/0",
            json!({"pattern": "(a"}),
            "rules[0].find[0].pattern",
            "not valid",
        ),
        (
            "/rules/0/find/0",
            json!({"pattern": "a*"}),
            "rules[0].find[0].pattern",
            "empty text",
        ),
        (
            "/rules/0/find/0",
            json!({}),
            "rules[0].find[0]",
            "looks for nothing",
        ),
        (
            "/rules/0/find/0",
            json!({"terms": ["a"], "list": "words"}),
            "find[0]",
            "several things",
        ),
        (
            "/rules/0/find/0",
            json!({"terms": ["..."]}),
            "terms[0]",
            "no letter",
        ),
        (
            "/rules/0/hits/es",
            json!([]),
            "rules[0].hits.es",
            "no example",
        ),
        (
            "/rules/0/misses/en",
            json!([]),
            "rules[0].misses.en",
            "no example",
        ),
        (
            "/rules/0/say/es/title",
            json!(" "),
            "rules[0].say.es",
            "empty",
        ),
        ("/rules/0/topic", json!("cow"), "", "unknown variant `cow`"),
        ("/company/name", json!(""), "company.name", "no name"),
    ] {
        let error = refused(pointer, value);
        assert!(
            error.contains(place) && error.contains(message),
            "{pointer}: {error}"
        );
    }
}

#[test]
fn an_unknown_key_is_refused() {
    let mut guide = guide();
    guide["rules"][0]["serverity"] = json!("warn");
    let error = Guide::from_bundle(&guide.to_string())
        .unwrap_err()
        .to_string();
    assert!(error.contains("serverity"), "{error}");
}

#[test]
fn a_list_of_a_million_terms_is_refused() {
    let terms: Vec<String> = (0..1_000_000).map(|number| format!("n{number}")).collect();
    let error = refused("/lists/words/entries", json!(terms));
    assert!(error.contains("1000000 entries"), "{error}");
}

#[test]
fn a_pattern_bomb_is_refused() {
    for bomb in [
        "(?:a{1000}){1000}",
        "((((a{100}){100}){100}){100}){100}",
        "(?:x+x+)+{500}{500}y",
    ] {
        let error = refused("/rules/0/find/0", json!({"pattern": bomb}));
        assert!(
            error.contains("too large") || error.contains("not valid"),
            "{error}"
        );
    }
    let long = "a|".repeat(5_000) + "a";
    assert!(refused("/rules/0/find/0", json!({"pattern": long})).contains("bytes"));
}

#[test]
fn deep_nesting_is_refused() {
    let mut matcher = json!({"terms": ["a"]});
    for _ in 0..20 {
        matcher = json!({"any": [matcher]});
    }
    assert!(refused("/rules/0/find/0", matcher).contains("nested too deeply"));
    let deep = guide()
        .to_string()
        .replace(r#"{"list":"words"}"#, &r#"{"any":["#.repeat(100_000));
    assert!(
        Guide::from_bundle(&deep)
            .unwrap_err()
            .to_string()
            .contains("recursion")
    );
}

#[test]
fn ten_megabytes_of_prose_are_refused() {
    let error = refused("/sections/0/body/es", json!("a ".repeat(5 * 1024 * 1024)));
    assert!(error.contains("prose"), "{error}");
}

#[test]
fn a_hundred_thousand_names_are_loaded_and_found() {
    let mut names: Vec<String> = (0..99_999)
        .map(|number| format!("Cliente{number} Sociedad"))
        .collect();
    names.push("Zubiaurre Hermanos".into());
    let mut guide = guide();
    guide["lists"]["words"] = json!({"kind": "names", "entries": names});
    let checker = Checker::new(&Guide::from_bundle(&guide.to_string()).unwrap());
    let report = checker
        .check(&Draft::new(
            "Hoy con ZUBIAURRE  hermanos y #Cliente77Sociedad",
        ))
        .unwrap();
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|finding| finding.text.as_str())
        .collect();
    assert_eq!(found, ["ZUBIAURRE  hermanos", "Cliente77Sociedad"]);
}
