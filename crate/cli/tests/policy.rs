//! What `tacto policy` writes, read with other parsers than wrote it, and what its check says.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

const ID: &str = "aiademalapjknkhdlanndmbdlagajhcf";
const FIREFOX_ID: &str = "tacto@example.com";
const COMPANY: &str = include_str!("../../../rules/company.toml");

/// Exit status, standard output, standard error.
fn tacto(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_tacto"))
        .arg("policy")
        .args(arguments)
        .output()
        .expect("tacto runs");
    (
        output.status.code().expect("an exit status"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("policy")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A plan with a bit of everything, and what it names.
const PLAN: &str = r#"
organization = "Ondavolt & Co. <ES>"
[chromium]
id = "aiademalapjknkhdlanndmbdlagajhcf"
update_url = "https://it.example.com/tacto/updates.xml?a=1&b=2"
pinned = true
[firefox]
id = "tacto@example.com"
install_url = "https://it.example.com/tacto/tacto.xpi"
private_windows = true
[policy]
vocabulary = "company.toml"
hashedLists = ["hashed.toml"]
gate = "warn"
language = "es"
platforms = { x = true, facebook = false }
block = { credentials = true }
contact = { es = "Ñandú «redes» \\ \"social\" & <a>", en = "A\nB" }
employeeMay = { pause = false }
[policy.lists]
clients = "clients.txt"
projects = ["Proyecto Albatros"]
"#;

fn planned(name: &str, plan: &str) -> PathBuf {
    let folder = scratch(name);
    fs::create_dir_all(folder.join("lists")).expect("a folder");
    for (file, text) in [
        ("plan.toml", plan),
        ("company.toml", COMPANY),
        (
            "clients.txt",
            "# our clients\nGlobex\n\nInitech # since 2019\n",
        ),
        (
            "hashed.toml",
            "[hashed.clients]\nkey = \"00112233445566778899aabbccddeeff\"\nwords = 2\nhashes = [\"0123456789abcdef\"]\n",
        ),
    ] {
        fs::write(folder.join(file), text).expect("a file");
    }
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/lists");
    for entry in fs::read_dir(lists).into_iter().flatten().flatten() {
        fs::copy(entry.path(), folder.join("lists").join(entry.file_name())).expect("a copy");
    }
    folder
}

/// The folder that the plan's files were written to.
fn written(name: &str) -> PathBuf {
    let folder = planned(name, PLAN);
    let out = folder.join("out");
    let (status, _, err) = tacto(&[
        "write",
        &folder.join("plan.toml").display().to_string(),
        "-o",
        &out.display().to_string(),
    ]);
    assert_eq!((status, err.as_str()), (0, ""));
    out
}

/// The same folder for all that only read it.
fn ready() -> &'static Path {
    static READY: LazyLock<PathBuf> = LazyLock::new(|| written("ready"));
    &READY
}

fn files(folder: &Path) -> BTreeSet<String> {
    fn collect(root: &Path, folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(root, &path, found);
            } else {
                let name = path.strip_prefix(root).expect("inside");
                found.insert(name.display().to_string());
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(folder, folder, &mut found);
    found
}

fn read_json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON")
}

/// A property list by an XML parser alone.
fn property_list(path: &Path) -> Value {
    fn value(node: roxmltree::Node<'_, '_>) -> Value {
        let children = || node.children().filter(roxmltree::Node::is_element);
        let text = node.text().unwrap_or_default();
        match node.tag_name().name() {
            "dict" => {
                let all: Vec<_> = children().collect();
                let pairs = all.chunks(2).map(|pair| {
                    assert_eq!(pair[0].tag_name().name(), "key");
                    (
                        pair[0].text().unwrap_or_default().to_owned(),
                        value(pair[1]),
                    )
                });
                Value::Object(pairs.collect())
            }
            "array" => children().map(value).collect(),
            "true" => true.into(),
            "false" => false.into(),
            "integer" => text.parse::<i64>().expect("a number").into(),
            "string" => text.into(),
            other => panic!("<{other}>"),
        }
    }
    let text = fs::read_to_string(path).expect("a file");
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let document = roxmltree::Document::parse_with_options(&text, options).expect("XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "plist");
    value(root.first_element_child().expect("a value"))
}

/// Key -> name -> value; only what is added.
fn registry(path: &Path) -> BTreeMap<String, BTreeMap<String, regashii::Value>> {
    regashii::Registry::deserialize_file(path)
        .expect("a registry file")
        .keys()
        .iter()
        .filter(|(_, key)| key.kind() != regashii::KeyKind::Delete)
        .map(|(name, key)| {
            let values = key
                .values()
                .iter()
                .map(|(name, value)| (name.raw().to_owned(), value.clone()));
            (name.raw().to_owned(), values.collect())
        })
        .collect()
}

/// Settings of any form in the one form: texts of JSON become what they say.
fn meant(values: &Map<String, Value>) -> Value {
    let read = values
        .iter()
        .map(|(key, value)| match key.strip_suffix("Json") {
            Some(plain) => {
                let text = value.as_str().expect("a text");
                (plain.to_owned(), serde_json::from_str(text).expect("JSON"))
            }
            None => (key.clone(), value.clone()),
        });
    Value::Object(read.collect())
}

/// What the plan sets, written down once more; the vocabulary apart.
fn expected() -> Value {
    json!({
        "hashedLists": [{
            "name": "clients",
            "key": "00112233445566778899aabbccddeeff",
            "words": 2,
            "hashes": ["0123456789abcdef"],
        }],
        "gate": "warn",
        "language": "es",
        "platforms": { "x": true, "facebook": false },
        "block": { "credentials": true },
        "contact": { "es": "Ñandú «redes» \\ \"social\" & <a>", "en": "A\nB" },
        "employeeMay": { "pause": false },
        "lists": { "clients": ["Globex", "Initech"], "projects": ["Proyecto Albatros"] },
    })
}

fn assert_settings(values: &Map<String, Value>, where_from: &str) {
    let mut meant = meant(values);
    let vocabulary = meant
        .as_object_mut()
        .expect("settings")
        .remove("vocabulary");
    assert_eq!(meant, expected(), "{where_from}");
    let vocabulary = vocabulary.expect("a vocabulary");
    assert_eq!(vocabulary["company"]["name"], "Ondavolt", "{where_from}");
    let names: BTreeSet<&String> = vocabulary["lists"]
        .as_object()
        .expect("lists")
        .keys()
        .collect();
    let table: toml::Table = toml::from_str(COMPANY).expect("TOML");
    let own: BTreeSet<&String> = table["lists"].as_table().expect("lists").keys().collect();
    assert_eq!(
        names, own,
        "{where_from}: the company's lists, and no other"
    );
}

fn chromium_entry(pin: (&str, &str)) -> Value {
    let mut entry = json!({
        "installation_mode": "force_installed",
        "update_url": "https://it.example.com/tacto/updates.xml?a=1&b=2",
        "override_update_url": true,
    });
    entry[pin.0] = pin.1.into();
    entry
}

fn firefox_entry() -> Value {
    json!({
        "installation_mode": "force_installed",
        "install_url": "https://it.example.com/tacto/tacto.xpi",
        "private_browsing": true,
    })
}

const FAMILY: [(&str, &str, &str, (&str, &str)); 3] = [
    (
        "chrome",
        r"SOFTWARE\Policies\Google\Chrome",
        "com.google.Chrome",
        ("toolbar_pin", "force_pinned"),
    ),
    (
        "edge",
        r"SOFTWARE\Policies\Microsoft\Edge",
        "com.microsoft.Edge",
        ("toolbar_state", "force_shown"),
    ),
    (
        "chromium",
        r"SOFTWARE\Policies\Chromium",
        "org.chromium.Chromium",
        ("toolbar_pin", "force_pinned"),
    ),
];

#[test]
fn every_browser_on_every_system_has_its_files() {
    let out = ready();
    let mut wanted: BTreeSet<String> = [
        "README.txt",
        "chrome/admin-console.json",
        "firefox/policies.json",
    ]
    .map(str::to_owned)
    .into();
    for browser in ["chrome", "edge", "chromium", "firefox"] {
        for file in [
            "windows/tacto.reg".to_owned(),
            "windows/tacto-remove.reg".to_owned(),
            "macos/tacto.mobileconfig".to_owned(),
            format!("windows/template/tacto-{browser}.admx"),
            format!("windows/template/en-US/tacto-{browser}.adml"),
            format!("windows/template/es-ES/tacto-{browser}.adml"),
        ] {
            wanted.insert(format!("{browser}/{file}"));
        }
        if browser != "firefox" {
            wanted.insert(format!("{browser}/linux/tacto-install.json"));
            wanted.insert(format!("{browser}/linux/tacto-settings.json"));
        }
    }
    assert_eq!(files(out), wanted);
}

#[test]
fn json_holds_installation_and_settings() {
    let out = ready();
    for (browser, _, _, pin) in FAMILY {
        let install = read_json(&out.join(browser).join("linux/tacto-install.json"));
        assert_eq!(
            install,
            json!({ "ExtensionSettings": { ID: chromium_entry(pin) } })
        );
        let settings = read_json(&out.join(browser).join("linux/tacto-settings.json"));
        assert_settings(
            settings["3rdparty"]["extensions"][ID]
                .as_object()
                .expect("settings"),
            browser,
        );
    }
    let firefox = read_json(&out.join("firefox/policies.json"));
    let policies = &firefox["policies"];
    assert_eq!(
        policies["ExtensionSettings"],
        json!({ FIREFOX_ID: firefox_entry() })
    );
    assert_settings(
        policies["3rdparty"]["Extensions"][FIREFOX_ID]
            .as_object()
            .expect("settings"),
        "firefox",
    );
    let console = read_json(&out.join("chrome/admin-console.json"));
    let values = console
        .as_object()
        .expect("an object")
        .iter()
        .map(|(key, value)| {
            assert_eq!(
                value.as_object().map(Map::len),
                Some(1),
                "{key} has a Value and nothing else"
            );
            (key.clone(), value["Value"].clone())
        });
    assert_settings(&values.collect(), "admin console");
}

#[test]
fn registry_files_hold_installation_and_settings_as_texts_and_switches() {
    let out = ready();
    let value = |value: &regashii::Value| match value {
        regashii::Value::Sz(text) => json!(text),
        regashii::Value::Dword(number @ 0..=1) => json!(*number == 1),
        other => panic!("{other:?}"),
    };
    let as_object = |values: &BTreeMap<String, regashii::Value>| -> Map<String, Value> {
        values
            .iter()
            .map(|(name, found)| (name.clone(), value(found)))
            .collect()
    };
    let check = |path: &str, installed: String, settings: String, entry: Value| {
        let bytes = fs::read(out.join(path)).expect("a file");
        assert_eq!(bytes[..2], [0xff, 0xfe], "{path} is UTF-16 with its mark");
        let found = registry(&out.join(path));
        let keys: BTreeSet<_> = found.keys().cloned().collect();
        assert_eq!(keys, BTreeSet::from([installed.clone(), settings.clone()]));
        assert_eq!(
            Value::Object(as_object(&found[&installed])),
            entry,
            "{path}"
        );
        let values = as_object(&found[&settings]);
        assert!(values.values().all(Value::is_string), "{path}: texts alone");
        assert_settings(&values, path);
    };
    for (browser, root, _, pin) in FAMILY {
        check(
            &format!("{browser}/windows/tacto.reg"),
            format!(r"HKEY_LOCAL_MACHINE\{root}\ExtensionSettings\{ID}"),
            format!(r"HKEY_LOCAL_MACHINE\{root}\3rdparty\extensions\{ID}\policy"),
            chromium_entry(pin),
        );
    }
    let root = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Mozilla\Firefox";
    check(
        "firefox/windows/tacto.reg",
        format!(r"{root}\ExtensionSettings\{FIREFOX_ID}"),
        format!(r"{root}\3rdparty\Extensions\{FIREFOX_ID}"),
        firefox_entry(),
    );
}

#[test]
fn the_removing_registry_files_only_remove_and_only_tacto() {
    let out = ready();
    for browser in ["chrome", "edge", "chromium", "firefox"] {
        let path = out.join(browser).join("windows/tacto-remove.reg");
        let found = regashii::Registry::deserialize_file(&path).expect("a registry file");
        assert_eq!(found.keys().len(), 2);
        for (name, key) in found.keys() {
            assert_eq!(key.kind(), regashii::KeyKind::Delete);
            assert!(
                name.raw().ends_with(ID) || name.raw().ends_with(FIREFOX_ID),
                "{}",
                name.raw()
            );
        }
    }
}

#[test]
fn profiles_hold_installation_and_settings_in_the_right_domains() {
    let out = ready();
    let mut identifiers = BTreeSet::new();
    let mut own = |payload: &Value| -> Map<String, Value> {
        let uuid = payload["PayloadUUID"].as_str().expect("a UUID");
        assert_eq!(uuid.len(), 36);
        assert!(identifiers.insert(uuid.to_owned()), "a UUID is used once");
        assert_eq!(payload["PayloadVersion"], 1);
        assert!(
            payload["PayloadIdentifier"]
                .as_str()
                .is_some_and(|id| id.starts_with("tacto."))
        );
        let members = payload.as_object().expect("a dictionary").iter();
        members
            .filter(|(key, _)| !key.starts_with("Payload"))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    };
    for (browser, _, domain, pin) in FAMILY {
        let profile = property_list(&out.join(browser).join("macos/tacto.mobileconfig"));
        own(&profile);
        assert_eq!(profile["PayloadType"], "Configuration");
        assert_eq!(profile["PayloadOrganization"], "Ondavolt & Co. <ES>");
        let payloads = profile["PayloadContent"].as_array().expect("payloads");
        assert_eq!(payloads.len(), 2);
        assert_eq!(payloads[0]["PayloadType"], domain);
        assert_eq!(
            Value::Object(own(&payloads[0])),
            json!({ "ExtensionSettings": { ID: chromium_entry(pin) } })
        );
        assert_eq!(
            payloads[1]["PayloadType"],
            format!("{domain}.extensions.{ID}")
        );
        assert_settings(&own(&payloads[1]), browser);
    }
    let profile = property_list(&out.join("firefox/macos/tacto.mobileconfig"));
    let payload = &profile["PayloadContent"][0];
    assert_eq!(payload["PayloadType"], "org.mozilla.firefox");
    let domain = own(payload);
    assert_eq!(domain["EnterprisePoliciesEnabled"], true);
    assert_eq!(
        domain["ExtensionSettings"],
        json!({ FIREFOX_ID: firefox_entry() })
    );
    assert_settings(
        domain["3rdparty"]["Extensions"][FIREFOX_ID]
            .as_object()
            .expect("settings"),
        "firefox",
    );
}

#[test]
fn templates_name_every_setting_and_every_text_that_they_need() {
    let out = ready();
    let schema: Value =
        serde_json::from_str(include_str!("../../../extension/managed_schema.json")).expect("JSON");
    let texts: BTreeSet<String> = schema["properties"]
        .as_object()
        .expect("keys")
        .iter()
        .filter(|(_, node)| node["type"] == "string")
        .map(|(key, _)| key.clone())
        .collect();
    for browser in ["chrome", "edge", "chromium", "firefox"] {
        let folder = out.join(browser).join("windows/template");
        let admx =
            fs::read_to_string(folder.join(format!("tacto-{browser}.admx"))).expect("a file");
        let admx = roxmltree::Document::parse(&admx).expect("XML");
        let attribute = |tag: &str, name: &str| -> BTreeSet<String> {
            let nodes = admx
                .descendants()
                .filter(|node| node.tag_name().name() == tag);
            nodes
                .filter_map(|node| node.attribute(name).map(str::to_owned))
                .collect()
        };
        let mut policies = attribute("policy", "name");
        assert!(policies.remove("install"));
        assert_eq!(
            policies, texts,
            "{browser}: one policy for each setting that is a text"
        );
        let mut values = attribute("text", "valueName");
        values.extend(attribute("enum", "valueName"));
        assert_eq!(values, texts);
        for key in attribute("policy", "key") {
            assert!(key.contains(ID) || key.contains(FIREFOX_ID), "{key}");
        }
        let referred = |start: &str| -> BTreeSet<String> {
            let attributes = admx.descendants().flat_map(|node| node.attributes());
            attributes
                .filter_map(|attribute| {
                    Some(
                        attribute
                            .value()
                            .strip_prefix(start)?
                            .strip_suffix(')')?
                            .to_owned(),
                    )
                })
                .collect()
        };
        for language in ["en-US", "es-ES"] {
            let adml = folder.join(language).join(format!("tacto-{browser}.adml"));
            let adml = fs::read_to_string(adml).expect("a file");
            let adml = roxmltree::Document::parse(&adml).expect("XML");
            let ids = |tag: &str, name: &str| -> BTreeSet<String> {
                let nodes = adml
                    .descendants()
                    .filter(|node| node.tag_name().name() == tag);
                nodes
                    .filter_map(|node| node.attribute(name).map(str::to_owned))
                    .collect()
            };
            assert_eq!(
                ids("string", "id"),
                referred("$(string."),
                "{browser} {language}"
            );
            assert_eq!(
                ids("presentation", "id"),
                referred("$(presentation."),
                "{browser} {language}"
            );
            let mut shown = ids("textBox", "refId");
            shown.extend(ids("dropdownList", "refId"));
            assert_eq!(shown, texts, "{browser} {language}");
            // What is filled in is what the plan sets.
            let filled = adml
                .descendants()
                .filter(|node| node.tag_name().name() == "textBox");
            let mut filled: Map<String, Value> = filled
                .filter_map(|node| {
                    let inner = node
                        .children()
                        .find(|child| child.tag_name().name() == "defaultValue")?;
                    Some((node.attribute("refId")?.to_owned(), inner.text()?.into()))
                })
                .collect();
            for drop in adml
                .descendants()
                .filter(|node| node.tag_name().name() == "dropdownList")
            {
                let key = drop.attribute("refId").expect("a name");
                let at: usize = drop
                    .attribute("defaultItem")
                    .expect("a place")
                    .parse()
                    .expect("a number");
                let items = admx
                    .descendants()
                    .find(|node| {
                        node.tag_name().name() == "enum" && node.attribute("id") == Some(key)
                    })
                    .expect("an enum");
                let words: Vec<_> = items
                    .descendants()
                    .filter(|node| node.tag_name().name() == "string")
                    .filter_map(|node| node.text())
                    .collect();
                filled.insert(key.to_owned(), words[at].into());
            }
            assert_settings(&filled, &format!("{browser} {language}"));
        }
    }
}

#[test]
fn everything_that_is_written_passes_the_check() {
    let out = ready();
    let all: Vec<String> = files(out)
        .into_iter()
        .filter(|file| {
            !file.contains("template") && !file.contains("remove") && file != "README.txt"
        })
        .map(|file| out.join(file).display().to_string())
        .collect();
    let arguments: Vec<&str> = std::iter::once("check")
        .chain(all.iter().map(String::as_str))
        .collect();
    let (status, said, err) = tacto(&arguments);
    assert_eq!((status, err.as_str()), (0, ""), "{said}");
    for file in &all {
        assert!(said.contains(&format!("{file}: all right")), "{said}");
    }
}

#[test]
fn writing_twice_gives_the_same_bytes() {
    let (one, two) = (ready(), &written("twice"));
    for file in files(one) {
        assert_eq!(
            fs::read(one.join(&file)).expect("a file"),
            fs::read(two.join(&file)).expect("a file"),
            "{file}"
        );
    }
}

#[test]
fn a_whole_guide_is_written_so_that_the_engine_takes_it() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/guide")
        .display()
        .to_string();
    let plan = format!(
        "[firefox]\nid = \"{FIREFOX_ID}\"\ninstall_url = \"https://it.example.com/a.xpi\"\n[policy]\nguide = {guide:?}\n"
    );
    let folder = planned("guide", &plan);
    let out = folder.join("out");
    let (status, said, err) = tacto(&[
        "write",
        &folder.join("plan.toml").display().to_string(),
        "-o",
        &out.display().to_string(),
    ]);
    assert_eq!((status, err.as_str()), (0, ""), "{said}");
    let policies = read_json(&out.join("firefox/policies.json"));
    let bundle = policies["policies"]["3rdparty"]["Extensions"][FIREFOX_ID]["guideJson"]
        .as_str()
        .expect("a text");
    tacto_core::Guide::from_bundle(bundle).expect("a guide");
    // A browser that is not in the plan gets no files.
    assert!(!out.join("chrome").exists());
}

#[test]
fn the_example_can_be_written_as_it_is_and_with_all_of_it() {
    let (status, example, _) = tacto(&["init"]);
    assert_eq!(status, 0);
    let (status, _, err) = {
        let folder = planned("example", &example);
        tacto(&[
            "write",
            &folder.join("plan.toml").display().to_string(),
            "-o",
            &folder.join("out").display().to_string(),
        ])
    };
    assert_eq!((status, err.as_str()), (0, ""));

    // Every line that is commented out, but the two that exclude another.
    let mut all = String::new();
    for line in example.lines() {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        let is_setting = bare.contains(" = ") && !bare.ends_with('.') && !bare.ends_with(':');
        let is_table = bare.starts_with('[') && bare.ends_with(']');
        let excluded = bare.starts_with("guide =") || bare.starts_with("[edge]");
        if line.starts_with("# ")
            && (is_setting || is_table)
            && !excluded
            && !line.contains("From a store")
        {
            all.push_str(bare);
        } else {
            all.push_str(line);
        }
        all.push('\n');
    }
    // What was [edge]'s would be [chromium]'s twice.
    let edge = all.find("# Where Edge takes it").expect("the part on Edge");
    let firefox = all.find("[firefox]").expect("the part on Firefox");
    all.replace_range(edge..firefox, "");
    // A table ends where the next begins: the lists go last.
    let lists = all.find("[policy.lists]").expect("the lists");
    let rest = all.find("# Lists that nobody").expect("what follows");
    let table = all[lists..rest].to_owned();
    all.replace_range(lists..rest, "");
    all.push_str(&table);

    let folder = planned("example-all", &all);
    fs::write(folder.join("lists/clients.txt"), "Globex\n").expect("a file");
    fs::copy(
        folder.join("hashed.toml"),
        folder.join("clients.hashed.toml"),
    )
    .expect("a copy");
    fs::create_dir_all(folder.join("adapters")).expect("a folder");
    let adapter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../extension/src/adapters/x.json");
    fs::copy(adapter, folder.join("adapters/x.json")).expect("a copy");
    let (status, said, err) = tacto(&[
        "write",
        &folder.join("plan.toml").display().to_string(),
        "-o",
        &folder.join("out").display().to_string(),
    ]);
    assert_eq!((status, err.as_str()), (0, ""), "{said}\n{all}");
    let console = read_json(&folder.join("out/chrome/admin-console.json"));
    for key in [
        "vocabularyJson",
        "gate",
        "language",
        "platforms",
        "block",
        "employeeMay",
        "contact",
        "lists",
        "hashedLists",
        "checklistJson",
        "adaptersJson",
    ] {
        assert!(console.get(key).is_some(), "{key}");
    }
}

#[test]
fn init_writes_over_nothing() {
    let folder = scratch("init");
    let path = folder.join("plan.toml").display().to_string();
    assert_eq!(tacto(&["init", "-o", &path]).0, 0);
    let (status, _, err) = tacto(&["init", "-o", &path]);
    assert_eq!(status, 2);
    assert!(err.contains("already"), "{err}");
}

#[test]
fn a_plan_with_mistakes_is_refused_with_place_and_remedy_and_nothing_is_written() {
    let chromium =
        format!("[chromium]\nid = \"{ID}\"\nupdate_url = \"https://it.example.com/u.xml\"\n");
    for (at, (plan, said)) in [
        ("[chromium\n".to_owned(), vec!["plan.toml:1:", "tacto policy init"]),
        (format!("{chromium}pined = true\n"), vec!["plan.toml:4:1: unknown field `pined`"]),
        (chromium.replace(ID, "abc"), vec!["plan.toml: chromium.id", "32 letters from a to p", "./build.sh package"]),
        (chromium.replace("https", "http"), vec!["plan.toml: chromium.update_url", "https"]),
        (
            "[firefox]\nid = \"tacto\"\ninstall_url = \"https://it.example.com/a.xpi\"\n".to_owned(),
            vec!["plan.toml: firefox.id", "e-mail"],
        ),
        ("[policy]\ngate = \"stop\"\n".to_owned(), vec!["no browser is named", "[chromium]"]),
        (format!("{chromium}[policy]\ngate = \"stopp\"\n"), vec!["plan.toml: policy.gate", "`stopp` is not known here", "Write \"stop\" or \"warn\"."]),
        (format!("{chromium}[policy]\ngates = \"stop\"\n"), vec!["plan.toml: policy.gates: there is no key `gates`", "Did you mean `gate`?"]),
        (format!("{chromium}[policy]\nplatforms = {{ x = 1 }}\n"), vec!["plan.toml: policy.platforms.x", "true or false"]),
        (format!("{chromium}[policy]\nguide = \"nowhere\"\n"), vec!["nowhere", "No such file"]),
        (format!("{chromium}[policy]\nguideJson = \"{{}}\"\n"), vec!["policy.guideJson", "Leave out \"Json\""]),
        (format!("{chromium}[policy]\nhashKey = \"abc\"\n"), vec!["policy.hashKey", "hexadecimal"]),
        (format!("{chromium}[policy]\nhashedLists = [\"company.toml\"]\n"), vec!["policy.hashedLists", "tacto hash"]),
        (
            format!("{chromium}[policy]\nhashedLists = [{{ name = \"clients\", words = 2, hashes = [] }}]\n"),
            vec!["policy.hashedLists[0]: the list `clients` has no key", "hashKey"],
        ),
        (
            format!("{chromium}[policy]\nhashKey = \"00112233445566778899aabbccddeeff\"\nhashedLists = [{{ name = \"clients\", words = 9, hashes = [\"x\"] }}]\n"),
            vec!["policy.hashedLists[0].words", "policy.hashedLists[0].hashes[0]"],
        ),
        (
            format!("{chromium}[policy]\nlists = {{ cleints = [\"Globex\"] }}\n"),
            vec!["policy.lists.cleints", "Did you mean `clients`?"],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = planned(&format!("mistake-{at}"), &plan);
        let out = folder.join("out");
        let (status, _, err) = tacto(&[
            "write",
            &folder.join("plan.toml").display().to_string(),
            "-o",
            &out.display().to_string(),
        ]);
        assert_eq!(status, 2, "{plan}\n{err}");
        for part in said {
            assert!(err.contains(part), "{part} is not in\n{err}");
        }
        assert!(!out.exists(), "{plan}");
    }
}

/// What the check says of a file, and its exit status.
fn checked(name: &str, content: &str) -> (i32, String) {
    let folder = scratch(&format!("check-{}", name.replace('.', "-")));
    let path = folder.join(name);
    fs::write(&path, content).expect("a file");
    let (status, out, err) = tacto(&["check", &path.display().to_string()]);
    (
        status,
        format!("{out}{err}").replace(&format!("{}/", folder.display()), ""),
    )
}

#[test]
fn a_file_of_other_people_is_checked_with_key_place_and_remedy() {
    let in_chromium =
        |settings: &str| format!("{{\"3rdparty\": {{\"extensions\": {{\"{ID}\": {settings}}}}}}}");
    for (at, (name, content, status, said)) in [
        ("a.json", in_chromium(r#"{"gate": "stop"}"#), 0, vec!["a.json: all right", "sets gate"]),
        (
            "a.json",
            in_chromium(r#"{"gate": "no", "platforms": {"x": "false"}}"#),
            1,
            vec![
                "a.json: 3rdparty.extensions.aiademalapjknkhdlanndmbdlagajhcf.gate: `no` is not known here",
                "Write \"stop\" or \"warn\".",
                ".platforms.x: this is a text, not true or false",
            ],
        ),
        (
            "a.json",
            in_chromium(r#"{"gate": "stop", "platforms": "{\"x\": false}"}"#),
            1,
            vec![".platforms: this is a text", "or call it platformsJson"],
        ),
        ("a.json", in_chromium(r#"{"platformsJson": "{\"x\": false}"}"#), 0, vec!["all right"]),
        ("a.json", in_chromium(r#"{"platformsJson": "{\"x\": false"}"#), 1, vec![".platformsJson, line 1 column 11: this is no JSON",]),
        ("a.json", in_chromium(r#"{"platformsJson": "{\"y\": false}"}"#), 1, vec![".platformsJson.y: `y` is not known here"]),
        ("a.json", in_chromium(r#"{"platforms": {}, "platformsJson": "{}"}"#), 1, vec!["`platforms` is given too"]),
        ("a.json", in_chromium(r#"{"guideJson": "{\"format\": \"other\"}"}"#), 1, vec![".guideJson", "tacto build"]),
        ("a.json", in_chromium(r#"{"gate": "stop", "gaet": "stop"}"#), 1, vec![".gaet: there is no key `gaet`", "Did you mean `gate`?"]),
        (
            "a.json",
            in_chromium(r#"{"gate": "stop"}"#).replace("extensions", "Extensions"),
            1,
            vec!["3rdparty.Extensions: this browser does not read it", "Call it \"extensions\"."],
        ),
        (
            "policies.json",
            r#"{"policies": {"3rdparty": {"extensions": {"t@e.com": {"gate": "stop"}}}}}"#.to_owned(),
            1,
            vec!["policies.3rdparty.extensions", "Call it \"Extensions\"."],
        ),
        (
            "policies.json",
            r#"{"policies": {"3rdparty": {"Extensions": {"t@e.com": {"platforms": "{\"x\": false}"}}}}}"#.to_owned(),
            0,
            vec!["all right"],
        ),
        (
            "policies.json",
            r#"{"policies": {"ExtensionSettings": {"t@e.com": {"installation_mode": "force_installed", "update_url": "https://a.example"}}}}"#.to_owned(),
            1,
            vec!["policies.ExtensionSettings.t@e.com.update_url", "Call it install_url."],
        ),
        (
            "a.json",
            format!("{{\"ExtensionSettings\": {{\"{ID}\": {{\"installation_mode\": \"forced\", \"update_url\": \"http://a.example\"}}}}}}"),
            1,
            vec!["installation_mode: \"forced\" is no way of installing", "force_installed"],
        ),
        (
            "a.json",
            format!("{{\"ExtensionSettings\": {{\"{ID}\": {{\"installation_mode\": \"force_installed\"}}}}}}"),
            1,
            vec!["update_url: it is missing"],
        ),
        ("console.json", r#"{"gate": {"Value": "warn"}}"#.to_owned(), 0, vec!["all right"]),
        ("console.json", r#"{"gate": {"Value": 3}}"#.to_owned(), 1, vec!["console.json: gate: this is a number"]),
        ("native.json", r#"{"name": "t@e.com", "type": "storage", "data": {"language": "fr"}}"#.to_owned(), 1, vec!["data.language", "\"auto\", \"es\" or \"en\""]),
        ("bare.json", r#"{"language": "en"}"#.to_owned(), 0, vec!["all right"]),
        ("broken.json", "{\n \"gate\": \n}".to_owned(), 2, vec!["broken.json:3:1: this is no JSON"]),
        ("other.json", r#"{"a": 1}"#.to_owned(), 2, vec!["this is no policy file"]),
        ("other.txt", "hello".to_owned(), 2, vec!["this is no policy file"]),
        (
            "a.reg",
            format!("Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\Software\\Policies\\Google\\Chrome\\3rdparty\\extensions\\{ID}\\policy]\r\n\"gate\"=\"warn\"\r\n\"platforms\"=\"{{\\\"x\\\": false}}\"\r\n\r\n[HKEY_LOCAL_MACHINE\\Software\\Policies\\Google\\Chrome\\3rdparty\\extensions\\{ID}\\policy\\block]\r\n\"credentials\"=dword:00000001\r\n\r\n[HKEY_LOCAL_MACHINE\\Software\\Policies\\Google\\Chrome\\3rdparty\\extensions\\{ID}\\policy\\lists\\clients]\r\n\"1\"=\"Globex\"\r\n\"2\"=\"Initech\"\r\n"),
            0,
            vec!["all right", "block, gate, lists, platforms"],
        ),
        (
            "a.reg",
            format!("Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\Software\\Policies\\Google\\Chrome\\3rdparty\\extensions\\{ID}]\r\n\"gate\"=\"warn\"\r\n"),
            1,
            vec!["read the key \"policy\" below it alone"],
        ),
        (
            "a.reg",
            format!("Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\Edge\\3rdparty\\extensions\\{ID}\\policy]\r\n\"gate\"=dword:00000001\r\n"),
            1,
            vec!["gate: this is a number, not a text"],
        ),
        (
            "a.mobileconfig",
            r#"<?xml version="1.0"?><plist version="1.0"><dict><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.google.Chrome</string><key>3rdparty</key><dict/></dict></array></dict></plist>"#.to_owned(),
            1,
            vec!["do not read it on macOS", "com.google.Chrome.extensions.ID"],
        ),
        (
            "a.mobileconfig",
            r#"<?xml version="1.0"?><plist version="1.0"><dict><key>PayloadContent</key><array><dict><key>PayloadType</key><string>org.mozilla.firefox</string><key>3rdparty</key><dict><key>Extensions</key><dict><key>t@e.com</key><dict><key>gate</key><true/></dict></dict></dict></dict></array></dict></plist>"#.to_owned(),
            1,
            vec!["EnterprisePoliciesEnabled", "gate: this is true or false, not a text"],
        ),
        ("a.mobileconfig", "<?xml version=\"1.0\"?><plist><dict>".to_owned(), 2, vec!["this is no property list"]),
    ]
    .into_iter()
    .enumerate()
    {
        let (found, out) = checked(name, &content);
        assert_eq!(found, status, "case {at}: {content}\n{out}");
        for part in said {
            assert!(out.contains(part), "case {at}: {part} is not in\n{out}");
        }
    }
}

#[test]
fn among_many_extensions_tacto_is_found_by_its_keys_or_its_id() {
    let other = "bcdefghijklmnopabcdefghijklmnopa";
    let content = format!(
        "{{\"3rdparty\": {{\"extensions\": {{\"{other}\": {{\"toOverwrite\": 1}}, \"{ID}\": {{\"gate\": \"stop\"}}}}}}}}"
    );
    let (status, out) = checked("many.json", &content);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains(ID) && !out.contains(other), "{out}");
    let folder = scratch("by-id");
    let path = folder.join("many.json");
    fs::write(&path, content).expect("a file");
    let path = path.display().to_string();
    let (status, out, _) = tacto(&["check", "--id", other, &path]);
    assert_eq!(status, 1);
    assert!(out.contains("toOverwrite"), "{out}");
    let (status, out, _) = tacto(&["check", "--id", "nobody", &path]);
    assert_eq!(status, 1);
    assert!(
        out.contains("nothing here is about the extension nobody"),
        "{out}"
    );
}

#[test]
fn one_bad_file_does_not_hide_the_others() {
    let folder = scratch("several");
    for (name, content) in [
        ("good.json", r#"{"gate": "stop"}"#),
        ("bad.json", "{"),
        ("wrong.json", r#"{"gate": 1}"#),
    ] {
        fs::write(folder.join(name), content).expect("a file");
    }
    let path = |name: &str| folder.join(name).display().to_string();
    let (status, out, err) = tacto(&[
        "check",
        &path("bad.json"),
        &path("wrong.json"),
        &path("good.json"),
        &path("none.json"),
    ]);
    assert_eq!(status, 2);
    assert!(
        out.contains("gate: this is a number") && out.contains("good.json: all right"),
        "{out}"
    );
    assert!(
        err.contains("bad.json") && err.contains("none.json"),
        "{err}"
    );
}
