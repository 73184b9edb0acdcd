use serde_json::{Value, json};

use super::{GateLevel, Reach, read};
use crate::{Checker, Draft, Language, hash_entry};

/// A small guide of an invented company, as `tacto build` would write it.
fn shipped() -> String {
    let both = |text: &str| json!({"es": text, "en": text});
    let rule = |id: &str, find: Value| {
        json!({
            "id": id, "topic": "client", "section": "clients", "severity": "warn", "find": [find],
            "say": {"es": {"title": "t", "message": "En Globex, no"},
                    "en": {"title": "t", "message": "Not at Globex"}},
            "fix": {"insert": both(" #GlobexEmployee")},
            "hits": {"es": ["a"], "en": ["a"]}, "misses": {"es": ["b"], "en": ["b"]}
        })
    };
    json!({
        "format": "tacto-guide", "version": 1,
        "company": {"name": "Globex", "contact": both("ana"), "valid_until": "2027-12-31"},
        "sections": [{"id": "clients", "title": both("Globex"), "quote": both("At Globex"),
                      "body": both("b")}],
        "lists": {
            "clients": {"kind": "names", "entries": ["Initech"]},
            "projects": {"kind": "names", "entries": [{"name": "Manhattan", "ordinary": false}]},
            "markings": {"kind": "words", "entries": ["internal use only", "I work at Globex"]},
        },
        "rules": [
            rule("client", json!({"list": "clients"})),
            rule("project", json!({"list": "projects"})),
            rule("marking", json!({"list": "markings"})),
            rule("spelling", json!({"pattern": "GLOBEX|globex"})),
        ]
    })
    .to_string()
}

/// The rules that fire on a text under a policy, and what is wrong with the policy.
fn fires(policy: &Value, text: &str) -> (Vec<String>, Vec<String>) {
    let mut policy = read(&policy.to_string());
    let guide = policy.guide(&shipped()).unwrap();
    let report = Checker::new(&guide).check(&Draft::new(text)).unwrap();
    let rules = report.findings.into_iter().map(|finding| finding.rule);
    let problems = policy.problems.iter().map(ToString::to_string);
    (rules.collect(), problems.collect())
}

#[test]
fn every_structured_key_works_as_json_and_as_a_text_under_both_names() {
    let values = json!({
        "guide": serde_json::from_str::<Value>(&shipped()).unwrap(),
        "vocabulary": {"lists": {"clients": {"entries": ["Acme"]}}},
        "lists": {"clients": ["Acme"]},
        "hashedLists": [{"name": "clients", "key": "00".repeat(16), "words": 1,
                         "hashes": ["0123456789abcdef"]}],
        "platforms": {"x": false},
        "block": {"credentials": true},
        "contact": {"es": "Ana", "en": "Ana"},
        "checklist": {"shown": false},
        "adapters": {"x": {"format": "tacto-site", "version": 1, "platform": "x"}},
        "employeeMay": {"pause": false},
    });
    for key in super::STRUCTURED {
        let text = values[key].to_string();
        let seen: Vec<_> = [
            json!({ key: values[key] }),
            json!({ key: text }),
            json!({ format!("{key}Json"): text }),
            json!({ format!("{key}Json"): values[key] }),
        ]
        .iter()
        .map(|policy| {
            let mut policy = read(&policy.to_string());
            let guide = policy.guide(&shipped()).unwrap();
            assert_eq!(policy.problems, [], "{key}");
            (policy.settings, guide.to_bundle(), policy.is_own)
        })
        .collect();
        assert!(seen.iter().all(|one| *one == seen[0]), "{key}");
        let nothing = read("{}");
        let changes = seen[0].0 != nothing.settings || seen[0].2;
        assert!(changes, "{key} does nothing");
    }
}

#[test]
fn words_may_be_quoted() {
    for word in ["warn", "\"warn\"", " warn "] {
        assert_eq!(
            read(&json!({"gate": word}).to_string()).settings.gate,
            GateLevel::Warn
        );
    }
    let read = read(r#"{"language": "es"}"#);
    assert_eq!(read.settings.language, Some(Language::Es));
}

#[test]
fn one_bad_key_disables_no_other_and_each_is_told_with_place_and_remedy() {
    let bad = json!({
        "guideJson": "{\n  \"format\": 3}",
        "vocabulary": {"company": {"name": 3}},
        "lists": {"clints": ["A"], "clients": ["Vandelay", 4, "..."], "projects": 5},
        "hashedLists": [{"name": "clients", "words": 1, "hashes": ["0123456789abcdef"]}, 7],
        "hashKey": "secret",
        "platforms": {"x": false, "facebook": "no", "tiktok": true},
        "gate": "never",
        "block": {"credentials": true, "everything": true},
        "language": 3,
        "contact": {"es": "Ana"},
        "checklist": {"shown": false, "items": [
            {"id": "a", "platform": "x", "setting": {"es": "s", "en": "s"}, "url": "https://x.com/a"},
            {"id": "b", "platform": "x", "setting": {"es": "s", "en": "s"}, "url": "javascript:1"},
        ]},
        "adapters": {"x": {"format": "other"}},
        "employeeMayJson": "{pause: false}",
        "guides": {},
    });
    let (rules, problems) = fires(&bad, "Vandelay, Initech and Manhattan");
    assert_eq!(rules, ["client", "client", "project"]);
    let text = problems.join("\n");
    for (place, remedy) in [
        ("guideJson.line 2 column", "tacto build"),
        ("vocabulary: ", "company.toml"),
        (
            "lists.clints: no rule looks for a list `clints`",
            "Did you mean `clients`?",
        ),
        ("lists.clients[1]: this is a number", "name alone"),
        ("lists.clients[2]: `...` holds no letter", "Write a word"),
        ("lists.projects: this is a number", "list of texts"),
        ("hashedLists[0]: the list `clients` has no key", "hashKey"),
        ("hashedLists[1]: ", "tacto hash"),
        ("hashKey: ", "tacto hash"),
        (
            "platforms.facebook: this is a text",
            "without quotation marks",
        ),
        ("platforms.tiktok: ", "x, facebook, linkedin"),
        ("gate: `never`", "\"stop\" or \"warn\""),
        ("block.everything: ", "credentials, personalData"),
        ("language: this is a number", "Write a text"),
        ("contact: ", "\"es\""),
        ("checklist.items[1].url: ", "https://"),
        ("adapters.x: ", "x.json"),
        (
            "employeeMayJson.line 1 column 2: this is no JSON",
            "quotation marks",
        ),
        ("guides: there is no key", "Did you mean `guide`?"),
    ] {
        let line = problems.iter().find(|line| line.starts_with(place));
        assert!(
            line.is_some_and(|line| line.contains(remedy)),
            "{place}: {remedy}\n{text}"
        );
    }
    assert!(!text.contains("secret"));

    let mut read = read(&bad.to_string());
    let _ = read.guide(&shipped());
    let refused: Vec<_> = read.refused().collect();
    assert_eq!(
        refused,
        [
            "guide",
            "vocabulary",
            "contact",
            "employeeMay",
            "hashKey",
            "gate",
            "language"
        ]
    );
    let settings = read.settings;
    assert!(!settings.platforms.x && settings.platforms.facebook);
    assert!(settings.block.credentials && !settings.checklist.shown);
    assert_eq!(settings.checklist.items.len(), 1);
}

#[test]
fn a_vocabulary_takes_the_invented_companys_place() {
    let vocabulary = json!({"vocabulary": {
        "company": {"name": "Acme", "contact": {"es": "Eva", "en": "Eva"}},
        "lists": {"clients": {"entries": ["Vandelay"]}},
    }});
    for (text, rule) in [
        ("We met Vandelay", Some("client")),
        ("We met Initech", None),
        ("Manhattan is late", None),
        ("internal use only", Some("marking")),
        ("I work at Acme", Some("marking")),
        ("I work at Globex", None),
        ("globex", None),
    ] {
        let (rules, problems) = fires(&vocabulary, text);
        assert_eq!(rules.first().map(String::as_str), rule, "{text}");
        assert_eq!(problems, [""; 0]);
    }
    let mut policy = read(&vocabulary.to_string());
    let guide = policy.guide(&shipped()).unwrap();
    assert_eq!(guide.data().company.contact.en, "Eva");
    assert_eq!(guide.data().sections[0].quote.en, "At Acme");
    let fix = guide.data().rules[0].fix.as_ref().unwrap();
    assert_eq!(fix.insert.as_ref().unwrap().en, " #AcmeEmployee");
}

#[test]
fn a_bad_vocabulary_is_refused_whole() {
    let policy = json!({"vocabulary": {
        "company": {"name": "Acme", "contact": {"es": "Eva", "en": "Eva"}, "valid_until": "soon"},
        "lists": {"clients": {"entries": ["Vandelay"]}},
    }});
    let (rules, problems) = fires(&policy, "Initech, not Vandelay");
    assert_eq!(rules, ["client"]);
    assert!(
        problems[0].starts_with("vocabulary.company.valid_until: `soon` is not a day"),
        "{problems:?}"
    );
}

#[test]
fn a_bad_guide_leaves_the_shipped_one() {
    let mut guide: Value = serde_json::from_str(&shipped()).unwrap();
    guide["rules"][0]["section"] = json!("nowhere");
    let (rules, problems) = fires(&json!({"guide": guide}), "Initech");
    assert_eq!(rules, ["client"]);
    assert!(
        problems[0].starts_with("guide.rules[0].section: "),
        "{problems:?}"
    );
}

#[test]
fn a_hashed_client_is_found_and_its_name_is_nowhere() {
    let key = [7; 16];
    let (hashes, words) = hash_entry(&key, "Banco Lúmen").unwrap();
    let hashes: Vec<_> = hashes.iter().map(|hash| format!("{hash:016x}")).collect();
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let policy = json!({
        "hashKey": hex,
        "hashedLists": [{"name": "clients", "words": words, "hashes": hashes}],
    });
    assert!(!policy.to_string().to_lowercase().contains("banco"));
    let (rules, problems) = fires(&policy, "Visita a BANCO LUMEN y a Initech");
    assert_eq!(rules, ["client", "client"]);
    assert_eq!(problems, [""; 0]);
}

#[test]
fn lists_may_be_one_text_with_an_entry_a_line() {
    let (rules, problems) = fires(
        &json!({"lists": {"clients": "Umbrella Corp\n\n  Vandelay \r\n"}}),
        "Umbrella Corp, Vandelay",
    );
    assert_eq!(rules, ["client", "client"]);
    assert_eq!(problems, [""; 0]);
}

#[test]
fn names_between_commas_are_several_names_and_told() {
    for (lists, count, told) in [
        (json!("Umbrella Corp, Vandelay"), 2, true),
        (json!("Umbrella Corp; Vandelay;"), 2, true),
        (json!("Umbrella, Corp., Vandelay, S.A."), 2, true),
        (json!("Umbrella Corp\nVandelay, Inc."), 2, false),
        (json!("Vandelay, Inc."), 1, false),
        (json!(["Vandelay, Inc."]), 1, false),
    ] {
        let (rules, problems) = fires(
            &json!({"lists": {"clients": lists}}),
            "Umbrella Corp / Vandelay, Inc. / Vandelay, S.A.",
        );
        let found = if count == 2 {
            rules.len() >= 2
        } else {
            rules.len() == 1
        };
        assert!(found, "{lists}: {rules:?}");
        assert_eq!(!problems.is_empty(), told, "{lists}: {problems:?}");
    }
    let (_, problems) = fires(&json!({"lists": {"clients": "Umbrella, Vandelay"}}), "");
    assert!(
        problems[0].starts_with("lists.clients: this is one line, read as 2 names"),
        "{problems:?}"
    );
}

#[test]
fn nonsense_is_told_and_never_fatal() {
    for text in [
        "",
        "[]",
        "nul",
        "{\"a\":",
        "3",
        "\u{0}",
        "{\"lists\":[[[]]]}",
    ] {
        let read = read(text);
        assert!(
            read.problems
                .iter()
                .any(|problem| problem.reach == Reach::Whole),
            "{text}"
        );
    }
    // A thousand wrong entries are not a thousand lines.
    let many: Vec<_> = (0..1000).collect();
    let (_, problems) = fires(&json!({"lists": {"clients": many}, "gate": "x"}), "");
    assert_eq!(problems.len(), 22);
    // What a template leaves empty is not set.
    assert_eq!(
        read(r#"{"gate": "", "guideJson": "", "lists": null}"#).problems,
        []
    );
}
