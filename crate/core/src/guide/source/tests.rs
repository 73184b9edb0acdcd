use super::super::data::{Bilingual, Example};
use super::*;

const COMPANY_FILE: &str = r#"
[company]
name = "Acme"
contact = { es = "comunicacion", en = "communications" }

[lists.clients]
kind = "names"
entries = ["Globex", { name = "Initech", short = ["INI"], public_from = 2027-01-01 }]
files = ["lists/more.txt"]
"#;
const RULES_FILE: &str = r#"
[[rule]]
id = "client-named"
topic = "client"
section = "clients"
severity = "warn"
find = [{ list = "clients" }]
near = [{ terms = ["contract"], within = 8 }]
say.es = { title = "Un cliente", message = "Consulta antes." }
say.en = { title = "A client", message = "Ask first." }
hits = { es = ["Globex"], en = [{ text = "Globex", at = "2026-01-01" }] }
misses = { es = ["Hola"], en = ["Hello"] }
"#;
const ES: &str = "# Guía\n\nHola.\n\n## Clientes {#clients}\n\nNo *nombres* a\nclientes. \n\n- a\n";
const EN: &str = "# Guide\n\n## Clients {#clients}\nDo not name [clients](x.md).\n\nMore.\n";
const MORE: &str = "# Clients\nHooli # since 2020\n\n  Umbrella Corp \r\n#x\n";

fn files(changes: &[(&str, &str)]) -> Vec<SourceFile> {
    let mut files = BTreeMap::from([
        ("company.toml", COMPANY_FILE),
        ("rules.toml", RULES_FILE),
        ("guide.es.md", ES),
        ("guide.en.md", EN),
        ("lists/more.txt", MORE),
        ("README.md", "# How to"),
    ]);
    files.extend(changes.iter().copied());
    files
        .into_iter()
        .map(|(name, text)| SourceFile {
            name: name.to_owned(),
            text: text.to_owned(),
        })
        .collect()
}

fn told(changes: &[(&str, &str)]) -> String {
    let errors = match read(files(changes)) {
        Ok(_) => Vec::new(),
        Err(errors) => errors,
    };
    errors.iter().map(|error| format!("{error}\n")).collect()
}

#[test]
fn files_become_one_guide() {
    let source = read(files(&[])).expect("a good guide");
    let data = &source.data;
    assert_eq!(data.company.name, "Acme");
    let clients = &data.lists["clients"];
    let names: Vec<_> = clients
        .entries
        .iter()
        .map(|entry| match entry {
            Entry::Plain(name) => name.as_str(),
            Entry::Detailed(entry) => entry.name.as_str(),
        })
        .collect();
    assert_eq!(names, ["Globex", "Initech", "Hooli", "Umbrella Corp"]);
    assert!(clients.files.is_empty());
    assert_eq!(data.rules[0].hits.es, [Example::Plain("Globex".into())]);
    let section = &data.sections[0];
    let both = |es: &str, en: &str| Bilingual {
        es: es.to_owned(),
        en: en.to_owned(),
    };
    assert_eq!(section.id, "clients");
    assert_eq!(section.title, both("Clientes", "Clients"));
    assert_eq!(
        section.quote,
        both("No nombres a clientes.", "Do not name clients.")
    );
    assert_eq!(section.body.en, "Do not name [clients](x.md).\n\nMore.");
}

#[test]
fn every_value_is_led_back_to_its_line() {
    let source = read(files(&[])).expect("a good guide");
    let key = |key: &str| Step::from(key);
    for (path, place) in [
        (
            vec![key("rules"), 0.into(), key("severity")],
            "rules.toml:6:12",
        ),
        (
            vec![key("rules"), 0.into(), key("find"), 0.into(), key("list")],
            "rules.toml:7:18",
        ),
        (
            vec![key("rules"), 0.into(), key("unless")],
            "rules.toml:2:1",
        ),
        (
            vec![key("company"), key("contact"), key("en")],
            "company.toml:4:39",
        ),
        (
            vec![key("lists"), key("clients"), key("entries"), 0.into()],
            "company.toml:8:12",
        ),
        (
            vec![key("lists"), key("clients"), key("entries"), 3.into()],
            "lists/more.txt:4:3",
        ),
        (
            vec![key("sections"), 0.into(), key("title"), key("en")],
            "guide.en.md:3:1",
        ),
        (
            vec![key("sections"), 0.into(), key("quote"), key("es")],
            "guide.es.md:7:1",
        ),
        (vec![], "company.toml:2:1"),
    ] {
        assert_eq!(source.locate(&path).to_string(), place, "{path:?}");
    }
}

#[test]
fn errors_say_where_what_and_what_instead() {
    let rule = |from: &str, to: &str| RULES_FILE.replace(from, to);
    for (file, text, expected) in [
        (
            "rules.toml",
            rule("severity", "severty"),
            "rules.toml:6:1: `severty` is no key of the rule `client-named`. Did you mean `severity`?",
        ),
        (
            "rules.toml",
            rule("severity = \"warn\"", ""),
            "rules.toml:2:1: the rule `client-named` has no `severity`. Write severity = \"warn\".",
        ),
        (
            "rules.toml",
            rule("\"client\"", "\"clients\""),
            "rules.toml:4:9: `topic` cannot be \"clients\". Did you mean \"client\"?",
        ),
        (
            "rules.toml",
            rule("[{ list = \"clients\" }]", "{ list = \"clients\" }"),
            "rules.toml:7:8: `find` cannot be a table. Put it in brackets: find = [ ... ].",
        ),
        (
            "rules.toml",
            rule("[[rule]]", "[rule]"),
            "rules.toml:2:1: `rule` cannot be a table. Write `[[rule]]`, with two brackets on each \
             side.",
        ),
        (
            "rules.toml",
            rule("within = 8", "within = \"paragraph\""),
            "rules.toml:8:42: `within` cannot be \"paragraph\". Write one of \"sentence\", \"draft\".",
        ),
        (
            "rules.toml",
            rule("\"warn\"", "warn"),
            "rules.toml:6:12: this cannot be read: string values must be quoted",
        ),
        (
            "rules.toml",
            RULES_FILE.repeat(2),
            "rules.toml:15:6: the rule `client-named` is written twice; the other one is at \
             rules.toml:3:6.",
        ),
        (
            "other.toml",
            "[lists.clients]\n".to_owned(),
            "other.toml:1:1: the list `clients` is written twice; the other one is at \
             company.toml:6:1.",
        ),
        (
            "other.toml",
            "[company]\nname = \"B\"\ncontact = { es = \"\", en = \"\" }".to_owned(),
            "other.toml:1:1: `[company]` stands in a file of its own. Move it to company.toml.",
        ),
        (
            "company.toml",
            COMPANY_FILE.replace("more.txt", "mor.txt"),
            "company.toml:9:10: there is no file `lists/mor.txt`. Did you mean `lists/more.txt`?",
        ),
        (
            "lists/more.txt",
            "a\n\"Hooli\",\n".to_owned(),
            "lists/more.txt:2:1: the entry \"Hooli\", stands in quotation marks. Write it bare: Hooli",
        ),
        (
            "guide.es.md",
            "## Datos de clientes\nHola.\n".to_owned(),
            "guide.es.md:1:1: the heading \"Datos de clientes\" has no id. Write an id at its end, \
             the same in both languages: `## Datos de clientes {#datos-de-clientes}`.",
        ),
        (
            "guide.es.md",
            format!("{ES}\n## Otra {{#other}}\n\nHola.\n"),
            "guide.es.md:12:1: the section `other` is missing in guide.en.md.",
        ),
        (
            "guide.es.md",
            format!("{ES}\n## Otra {{#clients}}\n\nHola.\n"),
            "guide.es.md:12:1: the section `clients` is written twice; the other one is on line 5.",
        ),
        (
            "guide.en.md",
            "## Clients {#clients}\n\n- a list\n".to_owned(),
            "guide.en.md:1:1: the section `clients` does not start with a paragraph.",
        ),
    ] {
        let told = told(&[(file, &text)]);
        assert!(told.contains(expected), "expected {expected}\ngot {told}");
    }
}

#[test]
fn all_errors_are_told_not_the_first_alone() {
    let text = RULES_FILE
        .replace("severity", "severty")
        .replace("\"client\"", "\"klient\"");
    assert_eq!(
        told(&[("rules.toml", &text), ("a.toml", "x")])
            .lines()
            .count(),
        3
    );
}

#[test]
fn a_missing_file_is_named() {
    let mut files = files(&[]);
    files.retain(|file| file.name != "guide.en.md");
    let errors = read(files).err().unwrap_or_default();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].message, "there is no guide.en.md");
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let text = "a\n".repeat(MAX_FILE / 2 + 1);
    assert!(told(&[("lists/more.txt", &text)]).starts_with("lists/more.txt:1:1: the file has"));
}

#[test]
fn deep_nesting_is_refused() {
    let text = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(told(&[("rules.toml", &text)]).starts_with("rules.toml:1:"));
}

/// The schema and the types say the same: everything that the types write can be read back.
#[test]
fn the_schema_knows_every_field_of_the_types() {
    let full = include_str!("full.toml");
    let source = match read(files(&[
        ("rules.toml", full),
        (
            "company.toml",
            "[company]\nname='A'\nguide_version='1'\nguide_author='B'\nvalid_until='2027-01-01'\ncontact={es='a',en='b'}\nquiet_periods=[{from='2027-01-01',until='2027-02-01',note='x'}]\nat_most={meeting='note',advocacy='off'}",
        ),
    ])) {
        Ok(source) => source,
        Err(errors) => panic!("{errors:#?}"),
    };
    let written = serde_json::to_value(&source.data).expect("plain data");
    let mut keys = std::collections::BTreeSet::new();
    collect(&written, &mut keys);
    let types = include_str!("../data.rs");
    let fields = types
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'));
    for (field, _) in
        fields.filter(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
    {
        assert!(
            // Nobody writes a model: it is learnt.
            matches!(field, "files" | "model") || keys.contains(field),
            "full.toml does not use `{field}`"
        );
    }
}

fn collect(value: &Value, keys: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                keys.insert(key.clone());
                collect(value, keys);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        _ => {}
    }
}

proptest::proptest! {
    /// Whatever is typed into a guide's files, the answer is a guide or places that exist.
    #[test]
    fn any_edit_is_read_or_refused_with_a_place(
        file in 0..4_usize,
        at in 0..1200_usize,
        removed in 0..40_usize,
        typed in "[\\[\\]{}=\"'#\\-,.\n a-zñé🎉0-9\\\\]{0,12}",
    ) {
        let (name, text) = [
            ("rules.toml", RULES_FILE),
            ("company.toml", COMPANY_FILE),
            ("guide.es.md", ES),
            ("lists/more.txt", MORE),
        ][file];
        let letters: Vec<char> = text.chars().collect();
        let start = at.min(letters.len());
        let end = (start + removed).min(letters.len());
        let mut edited: String = letters[..start].iter().collect();
        edited.push_str(&typed);
        edited.extend(&letters[end..]);
        match read(files(&[(name, &edited)])) {
            Ok(source) => {
                let place = source.locate(&["rules".into(), 0.into(), "find".into(), 0.into()]);
                proptest::prop_assert!(place.line >= 1 && place.column >= 1);
            }
            Err(errors) => for error in errors {
                let text = if error.location.file == name { edited.as_str() } else { continue };
                let lines = text.split('\n').count();
                proptest::prop_assert!(error.location.line <= lines, "{error}");
                proptest::prop_assert!(!error.remedy.is_empty(), "{error}");
            }
        }
    }
}

const CHECKLIST_FILE: &str = r#"
[checklist]
version = "1"
checked = 2026-11-23
remind_after_days = 180
later_after_days = 7
[[platform]]
id = "x"
name = "X"
hub = "https://x.com/settings"
[[habit]]
id = "options"
section = "clients"
title = { es = "a", en = "b" }
text = { es = "a", en = "b" }
[[item]]
id = "x-one"
platform = "x"
habit = "options"
setting = { es = "a", en = "b" }
you = { es = "a", en = "b" }
company = { es = "a", en = "b" }
url = "https://x.com/settings/one"
fallback = "https://x.com/settings"
confidence = "high"
checked = "2026-11-23"
"#;

#[test]
fn a_checklist_is_read_beside_the_rules() {
    let source = match read(files(&[("checklist.toml", CHECKLIST_FILE)])) {
        Ok(source) => source,
        Err(errors) => panic!("{errors:#?}"),
    };
    let checklist = source.checklist.expect("a checklist");
    assert_eq!(checklist["item"][0]["id"], "x-one");
    assert_eq!(checklist["checklist"]["checked"], "2026-11-23");
    assert_eq!(
        read(files(&[])).map(|source| source.checklist).ok(),
        Some(None)
    );
}

#[test]
fn an_error_elsewhere_is_told_alone() {
    for (file, text, told_as) in [
        ("rules.toml", "x = ", "rules.toml:1:"),
        ("rules.toml", "[[rule]]\nid = 1", "rules.toml:2:"),
        ("company.toml", "[company", "company.toml:1:"),
        (
            "guide.es.md",
            "# Nada",
            "guide.es.md:1:1: the guide has no section",
        ),
        (
            "guide.en.md",
            "## Other {#other}\nText.",
            "the section `other` is missing in guide.es.md",
        ),
    ] {
        let told = told(&[("checklist.toml", CHECKLIST_FILE), (file, text)]);
        assert!(told.contains(told_as), "{file}: {told}");
        assert!(!told.contains("checklist.toml"), "{file}: {told}");
    }
    // And what is wrong in two files is told of both.
    let both = told(&[
        ("rules.toml", "x = "),
        ("guide.en.md", "## Other {#other}\nText."),
    ]);
    assert!(
        both.contains("rules.toml:1:") && both.contains("`other` is missing"),
        "{both}"
    );
}

#[test]
fn what_is_wrong_with_a_checklist_is_told_with_its_place() {
    for (wrong, told_as) in [
        (
            "url = \"http://x.com/settings/one\"",
            "23:7: `http://x.com/settings/one` is no https address on x.com or twitter.com",
        ),
        (
            "url = \"https://x.com.evil.example/\"",
            "23:7: `https://x.com.evil.example/` is no https address",
        ),
        (
            "url = \"https://x.com@evil.example/\"",
            "23:7: `https://x.com@evil.example/` is no https address",
        ),
        (
            "url = \"https://x.com:444/\"",
            "23:7: `https://x.com:444/` is no https address",
        ),
        (
            "url = \"https://notx.com/\"",
            "23:7: `https://notx.com/` is no https address",
        ),
        ("", "an item has no `url`"),
        (
            "ulr = \"https://x.com/a\"",
            "23:1: `ulr` is no key of an item. Did you mean `url`?",
        ),
    ] {
        let text = CHECKLIST_FILE.replace("url = \"https://x.com/settings/one\"", wrong);
        let told = told(&[("checklist.toml", &text)]);
        assert!(
            told.contains(&format!("checklist.toml:{told_as}")) || told.contains(told_as),
            "{wrong}: {told}"
        );
    }
    for (right, wrong, told_as) in [
        (
            "habit = \"options\"",
            "habit = \"option\"",
            "there is no `[[habit]]` `option`. Did you mean `options`?",
        ),
        (
            "section = \"clients\"",
            "section = \"client\"",
            "there is no section of the guide `client`. Did you mean `clients`?",
        ),
        (
            "confidence = \"high\"",
            "confidence = \"sure\"",
            "`confidence` cannot be \"sure\"",
        ),
        (
            "checked = \"2026-11-23\"",
            "checked = \"soon\"",
            "`soon` is no day",
        ),
        ("id = \"x-one\"", "id = \"X One\"", "`X One` is no id"),
        (
            "you = { es = \"a\", en = \"b\" }",
            "you = { es = \"\", en = \"b\" }",
            "`you.es` is empty",
        ),
        (
            "platform = \"x\"",
            "platform = \"linkedin\"",
            "there is no `[[platform]]` `linkedin`",
        ),
        (
            "[[item]]",
            "[item]",
            "Write `[[item]]`, with two brackets on each side.",
        ),
        (
            "later_after_days = 7",
            "later_after_days = 0",
            "`later_after_days` cannot be 0",
        ),
    ] {
        let text = CHECKLIST_FILE.replace(right, wrong);
        assert_ne!(text, CHECKLIST_FILE, "{right}");
        let told = told(&[("checklist.toml", &text)]);
        assert!(told.contains(told_as), "{wrong}: {told}");
    }
    let twice = CHECKLIST_FILE.to_owned()
        + &CHECKLIST_FILE[CHECKLIST_FILE.find("[[item]]").expect("an item")..];
    assert!(
        told(&[("checklist.toml", &twice)])
            .contains("there are two `[[item]]` with the id `x-one`")
    );
}

#[test]
fn the_shipped_checklist_has_ten_items_a_platform_and_says_how_sure_each_link_is() {
    let shipped = include_str!("../../../../../rules/checklist.toml");
    let guide = include_str!("../../../../../rules/guide.en.md");
    let spanish = include_str!("../../../../../rules/guide.es.md");
    let changes = [
        ("checklist.toml", shipped),
        ("guide.en.md", guide),
        ("guide.es.md", spanish),
    ];
    let checklist = match read(files(&changes)) {
        Ok(source) => source.checklist.expect("a checklist"),
        Err(errors) => panic!("{errors:#?}"),
    };
    for platform in ["x", "facebook", "linkedin"] {
        let items: Vec<_> = checklist["item"]
            .as_array()
            .expect("items")
            .iter()
            .filter(|item| item["platform"] == platform)
            .collect();
        assert!(items.len() >= 10, "{platform}: {}", items.len());
        for item in items {
            assert_ne!(item["url"], item["fallback"], "{}", item["id"]);
            assert!(
                ["high", "medium", "low"].contains(&item["confidence"].as_str().expect("a word"))
            );
        }
    }
    assert_eq!(checklist["habit"].as_array().map(Vec::len), Some(6));
}
