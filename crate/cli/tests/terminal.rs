//! What a person, or a script, sees of `tacto`: output, complaints and exit status.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/guide");

/// One run of the program.
struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Run {
    fn lines(&self) -> Vec<serde_json::Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line of JSON"))
            .collect()
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).expect("JSON")
    }
}

fn tacto(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tacto"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("tacto starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // A program that does not read to the end closes the pipe: no error of ours.
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().expect("tacto ends");
    writer.join().expect("the writer ends");
    Run {
        status: status.code().expect("an exit status"),
        out: String::from_utf8(stdout).expect("UTF-8"),
        err: String::from_utf8(stderr).expect("UTF-8"),
    }
}

fn check(arguments: &[&str], input: &str) -> Run {
    let all: Vec<_> = ["check", "--guide", GUIDE]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    tacto(&all, input.as_bytes())
}

/// A folder of its own for each test.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A copy of the guide with one file changed.
fn guide_with(name: &str, file: &str, change: impl Fn(String) -> String) -> String {
    let folder = scratch(name);
    fs::create_dir_all(folder.join("lists")).expect("a folder");
    for file in [
        "company.toml",
        "rules.toml",
        "guide.es.md",
        "guide.en.md",
        "lists/clients.txt",
    ] {
        fs::copy(Path::new(GUIDE).join(file), folder.join(file)).expect("a copy");
    }
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("a file");
    fs::write(&path, change(text)).expect("a file");
    folder.display().to_string()
}

#[test]
fn a_plain_text_is_one_draft() {
    let run = check(
        &["--at", "2026-12-01"],
        "🎉 A workshop\nwith Globex today.\n",
    );
    let answer = run.json();
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert_eq!(answer["id"], serde_json::Value::Null);
    assert_eq!(answer["verdict"], "warn");
    let finding = &answer["findings"][0];
    assert_eq!(finding["rule"], "client-named");
    assert_eq!(finding["section"], "clients");
    assert_eq!(
        (finding["start"].as_u64(), finding["end"].as_u64()),
        (Some(19), Some(25))
    );
    assert_eq!(
        finding["fix"],
        serde_json::json!({ "kind": "replace", "value": "a client" })
    );
}

#[test]
fn json_lines_are_answered_line_by_line_with_their_ids() {
    let input = r#"{"id":"a","text":"Taller con Globex","ui":"es"}
{"text":"Nothing special"}

{"id":7,"text":"Working with Initech","at":"2027-07-01T00:00:00Z"}
{"id":"d","text":"Working with Initech","at":"2027-05-01"}
"#;
    let run = check(&["--jsonl", "--at", "2026-12-01"], input);
    let said: Vec<_> = run
        .lines()
        .iter()
        .map(|line| format!("{} {}", line["id"], line["verdict"]))
        .collect();
    assert_eq!(
        said,
        [
            r#""a" "warn""#,
            r#""2" "clear""#,
            r#"7 "clear""#,
            r#""d" "warn""#
        ]
    );
    assert_eq!(
        run.lines()[0]["findings"][0]["title"],
        "Nombra a un cliente"
    );
    assert_eq!(run.status, 1);
}

#[test]
fn a_file_that_ends_in_jsonl_is_json_lines() {
    let path = scratch("by-name").join("drafts.jsonl");
    fs::write(&path, "{\"text\":\"a\"}\n{\"text\":\"b\"}\n").expect("a file");
    let run = check(&[path.to_str().expect("a path")], "");
    assert_eq!((run.lines().len(), run.status), (2, 0));
}

#[test]
fn a_bad_line_is_told_and_the_others_are_checked() {
    let input = "{\"text\":\"ok\"}\n{\"text\":\"x\",\"platform\":\"tiktok\"}\n{broken\n{\"text\":\"Globex\"}\n";
    let run = check(&["--jsonl"], input);
    assert_eq!(run.lines().len(), 2);
    assert_eq!(run.status, 2);
    assert!(
        run.err
            .contains("(standard input):2:31: unknown variant `tiktok`"),
        "{}",
        run.err
    );
    assert!(run.err.contains("(standard input):3:2: "), "{}", run.err);
}

#[test]
fn the_drafts_own_time_wins_over_the_commands() {
    let run = check(
        &["--jsonl", "--at", "2027-01-15"],
        "{\"text\":\"Results of the quarter\"}\n{\"text\":\"Results of the quarter\",\"at\":\"2027-05-01\"}",
    );
    let verdicts: Vec<_> = run
        .lines()
        .iter()
        .map(|line| line["verdict"].clone())
        .collect();
    assert_eq!(verdicts, ["stop", "clear"]);
}

#[test]
fn a_text_that_is_too_long_is_declined() {
    for arguments in [&[][..], &["--jsonl"]] {
        let text = "ñ".repeat(100_001);
        let input = if arguments.is_empty() {
            text
        } else {
            format!("{{\"id\":1,\"text\":\"{text}\"}}")
        };
        let run = check(arguments, &input);
        assert_eq!(run.status, 2);
        assert_eq!(run.json()["verdict"], "declined");
        assert!(run.err.contains("100001 UTF-16 code units"), "{}", run.err);
    }
    assert_eq!(check(&[], &"ñ".repeat(100_000)).status, 0);
}

#[test]
fn people_see_the_line_the_mark_and_what_to_do() {
    let run = check(
        &["--format", "human", "--at", "2026-12-01"],
        "Hi!\nThe contract with Hooli\n",
    );
    let expected = "\
(standard input): stop

  stop: This names a client  [client-named · client · clients]
    2 | The contract with Hooli
      |                   ^^^^^
    Leave \"Hooli\" out, or ask first.
    instead: write \"a client\"
";
    assert!(run.out.starts_with(expected), "{}", run.out);
}

#[test]
fn sarif_names_rules_and_places() {
    let run = check(&["--format", "sarif"], "Hi!\nA workshop with Globex\n");
    let log = run.json();
    assert_eq!(log["version"], "2.1.0");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "client-named");
    assert_eq!(result["level"], "warning");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 2);
    assert_eq!(region["startColumn"], 17);
    assert_eq!(
        check(&["--format", "sarif"], "Hi").json()["runs"][0]["results"],
        serde_json::json!([])
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tacto"))
        .args(["check", "--guide", GUIDE, "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("tacto starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("a pipe");
    for _ in 0..50_000 {
        if stdin
            .write_all(b"{\"text\":\"A workshop with Globex\"}\n")
            .is_err()
        {
            break;
        }
    }
    drop(stdin);
    let output = child.wait_with_output().expect("tacto ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn answers_come_while_the_input_is_still_open() {
    use std::io::{BufRead as _, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_tacto"))
        .args(["check", "--guide", GUIDE, "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("tacto starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    for id in ["1", "2"] {
        writeln!(stdin, "{{\"id\":{id},\"text\":\"Hi\"}}").expect("written");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("an answer");
        assert!(
            line.starts_with(&format!("{{\"id\":{id},\"verdict\":\"clear\"")),
            "{line}"
        );
    }
    drop(stdin);
    assert!(child.wait().expect("tacto ends").success());
}

#[test]
fn the_shipped_guide_is_inside() {
    let run = tacto(&["check"], "Buenos días a todo el mundo".as_bytes());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.json()["verdict"], "clear");
}

#[test]
fn a_guides_error_says_file_line_column_and_what_to_write() {
    for (name, file, from, to, expected) in [
        (
            "unknown-key",
            "rules.toml",
            "severity = \"warn\"",
            "severty = \"warn\"",
            "/rules.toml:5:1: `severty` is no key of the rule `client-named`\n    severty = \"warn\"\n    ^\n    Did you mean `severity`?",
        ),
        (
            "unknown-topic",
            "rules.toml",
            "\"client\"",
            "\"customer\"",
            "/rules.toml:3:9: `topic` cannot be \"customer\"",
        ),
        (
            "unknown-list",
            "rules.toml",
            "list = \"clients\"",
            "list = \"client\"",
            "/rules.toml:6:18: ",
        ),
        (
            "unknown-section",
            "rules.toml",
            "section = \"quiet\"",
            "section = \"silence\"",
            "/rules.toml:25:11: ",
        ),
        (
            "bad-pattern",
            "rules.toml",
            "{ terms = [\"results\", \"resultados\"] }",
            "{ pattern = '(results' }",
            "/rules.toml:27:21: ",
        ),
        (
            "no-example",
            "rules.toml",
            "es = [\"Hoy, taller con un cliente.\", \"Globex lo cuenta en su nota de prensa.\"]",
            "es = []",
            "/rules.toml:19:6: ",
        ),
        (
            "twice",
            "rules.toml",
            "results-in-a-quiet-period",
            "client-named",
            "/rules.toml:23:6: ",
        ),
        (
            "bad-day",
            "company.toml",
            "2027-06-01",
            "2027-06-31",
            "/company.toml:11:39: ",
        ),
        (
            "bad-list-file",
            "company.toml",
            "clients.txt",
            "client.txt",
            "/company.toml:13:10: ",
        ),
        (
            "no-section",
            "guide.en.md",
            "## Quiet {#quiet}",
            "### Quiet",
            "/guide.es.md:7:1: ",
        ),
    ] {
        let guide = guide_with(name, file, |text| text.replacen(from, to, 1));
        let run = tacto(&["check", "--guide", &guide], b"Hi");
        assert_eq!(run.status, 2, "{name}");
        assert_eq!(run.out, "", "{name}");
        assert!(
            run.err.contains(expected),
            "{name}: expected {expected}\ngot {}",
            run.err
        );
    }
}

#[test]
fn a_bundle_is_built_and_used_like_the_folder() {
    let bundle = scratch("bundle").join("guide.json");
    let bundle = bundle.to_str().expect("a path");
    let built = tacto(&["build", GUIDE, "-o", bundle], b"");
    assert_eq!((built.status, built.err.as_str()), (0, ""));
    let input = "{\"text\":\"A workshop with Umbrella Holdings\"}";
    let by_bundle = tacto(&["check", "--guide", bundle, "--jsonl"], input.as_bytes());
    assert_eq!(by_bundle.out, check(&["--jsonl"], input).out);
    assert_eq!(by_bundle.status, 1);

    let json = fs::read_to_string(bundle).expect("a bundle");
    fs::write(bundle, json.replacen("\"version\":1", "\"version\":99", 1)).expect("a file");
    assert_eq!(tacto(&["check", "--guide", bundle], b"Hi").status, 2);
    fs::write(bundle, &json[..json.len() / 2]).expect("a file");
    let run = tacto(&["check", "--guide", bundle], b"Hi");
    assert!(run.err.contains("guide.json:1:"), "{}", run.err);
}

#[test]
fn a_guide_whose_examples_fail_is_not_built() {
    let guide = guide_with("not-built", "rules.toml", |text| {
        text.replacen("Hoy, taller con Globex.", "Hoy, taller.", 1)
    });
    let run = tacto(&["build", &guide], b"");
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("does not fire on \"Hoy, taller.\""),
        "{}",
        run.err
    );
}

#[test]
fn a_checklist_is_checked_with_the_guide_and_written_as_json() {
    const CHECKLIST: &str = r#"
[checklist]
version = "1"
checked = "2026-11-23"
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
    let guide = guide_with("checklist", "rules.toml", |text| text);
    let json = Path::new(&guide).join("checklist.json");
    let json = json.to_str().expect("a path");
    let build = || tacto(&["build", &guide, "--checklist", json], b"");
    let run = build();
    assert_eq!(run.status, 2);
    assert!(run.err.contains("there is no checklist"), "{}", run.err);

    let file = Path::new(&guide).join("checklist.toml");
    let wrong = CHECKLIST.replace("https://x.com/settings/one", "http://x.example/one");
    fs::write(&file, wrong).expect("a file");
    for command in ["build", "lint"] {
        let run = tacto(&[command, &guide], b"");
        assert_eq!(run.status, 2, "{command}");
        assert!(
            run.err.contains(
                "checklist.toml:23:7: `http://x.example/one` is no https address on x.com"
            ),
            "{}",
            run.err
        );
    }

    fs::write(&file, CHECKLIST).expect("a file");
    assert_eq!(build().status, 0);
    let written = fs::read_to_string(json).expect("a file");
    let written: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(written["item"][0]["url"], "https://x.com/settings/one");
}

#[test]
fn examples_are_counted_and_failures_placed() {
    let run = tacto(&["test", GUIDE], b"");
    assert_eq!((run.status, run.out.as_str()), (0, "12 passed, 0 failed\n"));

    let guide = guide_with("failing", "rules.toml", |text| {
        text.replacen("Hoy, taller con un cliente.", "Hoy, taller con Globex.", 1)
            .replacen("mark = \"Hooli\"", "mark = \"contrato\"", 1)
    });
    let run = tacto(&["test", &guide], b"");
    assert_eq!(run.status, 1);
    assert!(run.out.ends_with("10 passed, 2 failed\n"), "{}", run.out);
    assert!(
        run.out
            .contains("/rules.toml:19:7: the rule `client-named` fires on"),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("/rules.toml:15:34: the rule `client-named` marks"),
        "{}",
        run.out
    );
}

#[test]
fn coverage_tells_what_no_example_reaches() {
    let run = tacto(&["test", GUIDE, "--coverage"], b"");
    assert!(
        run.out
            .contains("coverage: examples reach 7 of 7 conditions of 2 rules"),
        "{}",
        run.out
    );
    let guide = guide_with("uncovered", "rules.toml", |text| {
        text.replacen(", \"Globex lo cuenta en su nota de prensa.\"", "", 1)
    });
    let run = tacto(&["test", &guide, "--coverage"], b"");
    assert!(
        run.out
            .contains("/rules.toml:7:11: no example of `client-named` reaches `unless`"),
        "{}",
        run.out
    );
}

#[test]
fn covered_fails_where_an_exact_rule_has_a_condition_that_no_example_reaches() {
    assert_eq!(tacto(&["test", GUIDE, "--covered"], b"").status, 0);
    let guide = guide_with("not-covered", "rules.toml", |text| {
        text.replacen(", \"Globex lo cuenta en su nota de prensa.\"", "", 1)
    });
    // Its sentences hold: without the option it is fine.
    assert_eq!(tacto(&["test", &guide, "--coverage"], b"").status, 0);
    let run = tacto(&["test", &guide, "--covered"], b"");
    assert_eq!(run.status, 1);
    assert!(run.out.contains("reaches `unless`"), "{}", run.out);
    assert!(
        run.out.contains("of exact rules they miss 1"),
        "{}",
        run.out
    );
}

#[test]
fn covered_leaves_alone_what_is_told() {
    // Nothing is learnt in this guide, so no hit reaches what the rule is about.
    let guide = guide_with("told", "rules.toml", |text| {
        text.replacen(
            "terms = [\"results\", \"resultados\"]",
            "about = \"figures\"",
            1,
        )
    });
    let told = "no example of `results-in-a-quiet-period`";
    let run = tacto(&["test", &guide, "--coverage"], b"");
    assert!(run.out.contains(told), "{}", run.out);
    let run = tacto(&["test", &guide, "--covered"], b"");
    assert!(!run.out.contains(told), "{}", run.out);
    assert!(
        run.out.contains("of exact rules they miss 0"),
        "{}",
        run.out
    );
}

#[test]
fn lint_says_which_words_nothing_needs() {
    let run = tacto(&["lint", GUIDE, "--needed"], b"");
    assert_eq!(run.status, 0);
    for expected in [
        "/rules.toml:7:22: advice: nothing needs 1 of the 2 terms: \"press release\"",
        "/rules.toml: nothing needs 2 of 8",
        "needed: 6 of 8 entries, by 12 texts",
    ] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
    // The company's own lists are not asked.
    assert!(!run.out.contains("company.toml"), "{}", run.out);

    let texts = scratch("needed-texts");
    let inner = texts.join("inner");
    fs::create_dir_all(&inner).expect("a folder");
    let row =
        b"{\"text\": \"Two press releases and a contract.\", \"label\": \"benign\"}\n{\"value\": \"1\"}\n";
    fs::write(inner.join("texts.jsonl"), row).expect("a file");
    let texts = texts.to_string_lossy().into_owned();
    let run = tacto(&["lint", GUIDE, "--needed", "--texts", &texts], b"");
    assert!(run.out.contains("needed: 8 of 8 entries"), "{}", run.out);
    assert!(!run.out.contains("advice"), "{}", run.out);

    fs::write(inner.join("texts.jsonl"), b"{\"text\": 1}\n").expect("a file");
    let run = tacto(&["lint", GUIDE, "--needed", "--texts", &texts], b"");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("texts.jsonl:1:"), "{}", run.err);
}

#[test]
fn lint_says_what_is_probably_a_mistake() {
    assert_eq!(tacto(&["lint", GUIDE, "--at", "2026-12-01"], b"").status, 0);
    let guide = guide_with("overbroad", "rules.toml", |text| {
        text.replacen("near = [{ terms = [\"quarter\", \"trimestre\"] }]\n", "", 1)
            .replacen(
                "terms = [\"results\", \"resultados\"]",
                "terms = [\"results\", \"resultados\", \"salary\", \"the\"]",
                1,
            )
            .replacen("The results of the exam are good.", "Good.", 1)
    });
    let run = tacto(&["lint", &guide, "--at", "2028-01-01"], b"");
    assert_eq!(run.status, 1);
    for expected in [
        "fires on \"salary\" by itself",
        "fires on the everyday word \"the\"",
        "all quiet periods are over",
    ] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
    let log = tacto(&["lint", &guide, "--format", "sarif"], b"").json();
    assert!(
        log["runs"][0]["results"]
            .as_array()
            .is_some_and(|results| results.len() == 2)
    );
}

#[test]
fn lint_names_the_names_that_are_not_found_everywhere() {
    let guide = guide_with("names", "company.toml", |text| {
        text.replacen(
            "    { name = \"Globex\" },\n",
            "    { name = \"Globex\" },\n    \"1848\", \"X\", \"Ella\", \"Alba\", \"Horizonte\",\n    \
             { name = \"Faro\", ordinary = true }, { name = \"Bridge\", ordinary = false },\n    \
             \"Norvex, S.A.\", \"J.P. Brix\", \"IBM\", \"力\", \"電力\", \"한빛전력\",\n",
            1,
        )
    });
    let run = tacto(&["lint", &guide, "--at", "2026-12-01"], b"");
    for expected in [
        "\"1848\" in the list `clients` is also a number",
        "\"X\" in the list `clients` is also a single letter",
        "\"Ella\" in the list `clients` is also a first name",
        "\"Alba\" in the list `clients` is also a first name",
        "\"Horizonte\" in the list `clients` is also an everyday word",
        "\"力\" is found only between spaces",
    ] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
    for silent in [
        "Faro",
        "Bridge",
        "Norvex",
        "Brix",
        "IBM",
        "電力",
        "한빛전력",
    ] {
        assert!(
            !run.out.contains(&format!("\"{silent}")),
            "{silent}: {}",
            run.out
        );
    }
}

#[test]
fn explain_tells_why_and_why_not() {
    for (text, at, expected) in [
        (
            "A workshop with Globex",
            "2026-12-01",
            "\"Globex\"  reported as warn",
        ),
        (
            "Globex says so in a press release",
            "2026-12-01",
            "`unless` found \"press release\"",
        ),
        (
            "Working with Initech",
            "2027-07-01",
            "the rule does not apply here",
        ),
        (
            "The results are good",
            "2027-01-15",
            "`near` number 1 is not there: terms \"quarter\"",
        ),
    ] {
        let run = tacto(&["explain", "--guide", GUIDE, "--at", at, text], b"");
        assert_eq!(run.status, 0);
        assert!(
            run.out.contains(expected),
            "expected {expected}\ngot {}",
            run.out
        );
    }
    let run = tacto(
        &[
            "explain",
            "--guide",
            GUIDE,
            "--json",
            "A workshop with Globex",
        ],
        b"",
    );
    assert_eq!(run.json()["report"]["verdict"], "warn");
}

#[test]
fn a_hashed_list_finds_what_the_readable_one_does() {
    let folder = scratch("hash");
    let key = folder.join("key");
    fs::write(&key, "00112233445566778899aabbccddeeff\n").expect("a file");
    let key = key.to_str().expect("a path");
    let list = Path::new(GUIDE).join("lists/clients.txt");
    let list = list.to_str().expect("a path");
    let run = tacto(&["hash", list, "-k", key], b"");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(!run.out.contains("Hooli"));
    assert_eq!(run.out, tacto(&["hash", list, "-k", key], b"").out);

    let guide = guide_with("hashed", "rules.toml", |text| {
        text.replacen(
            "find = [{ list = \"clients\" }]",
            "find = [{ list = \"clients\" }, { hashed = \"clients\" }]",
            1,
        ) + &run.out
    });
    fs::write(Path::new(&guide).join("lists/clients.txt"), "").expect("a file");
    let checked = tacto(&["check", "--guide", &guide], b"With UMBRELLA holdings!");
    assert_eq!(
        checked.json()["verdict"],
        "warn",
        "{}{}",
        checked.out,
        checked.err
    );

    assert_eq!(tacto(&["hash", list], b"").status, 2);
    let new = tacto(&["hash", "--new-key", "-"], "Acme Corp\n".as_bytes());
    assert!(new.out.contains("[hashed.list]"), "{}", new.out);
    let long = tacto(
        &["hash", "--new-key", "-"],
        b"one two three four five six\n",
    );
    assert!(long.err.contains("-:1:1: "), "{}", long.err);
}

#[test]
fn a_guide_that_is_over_is_not_built() {
    let guide = guide_with("over", "company.toml", |text| {
        text.replacen("[company]", "[company]\nvalid_until = \"2020-02-29\"", 1)
    });
    let run = tacto(&["build", &guide], b"");
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("company.toml:") && run.err.contains("valid until 2020-02-29"),
        "{}",
        run.err
    );
    let guide = guide_with("not-over", "company.toml", |text| {
        text.replacen("[company]", "[company]\nvalid_until = \"2999-12-31\"", 1)
    });
    assert_eq!(tacto(&["build", &guide], b"").status, 0);
}

#[test]
fn files_of_other_systems_are_read_as_their_authors_see_them() {
    let guide = guide_with("line-ends", "lists/clients.txt", |text| {
        text.replace('\n', "\r")
    });
    for file in ["company.toml", "rules.toml", "guide.es.md", "guide.en.md"] {
        let path = Path::new(&guide).join(file);
        let text = fs::read_to_string(&path)
            .expect("a file")
            .replace('\n', "\r");
        fs::write(path, format!("\u{feff}{text}")).expect("a file");
    }
    let run = tacto(&["check", "--guide", &guide], b"With Umbrella Holdings!");
    assert_eq!((run.status, run.err.as_str()), (1, ""));

    let folder = scratch("byte-order-mark");
    let key = folder.join("key");
    fs::write(&key, "\u{feff}00112233445566778899aabbccddeeff\r\n").expect("a file");
    let list = folder.join("list.txt");
    fs::write(&list, "\u{feff}Umbrella\rHooli\r").expect("a file");
    let [key, list] = [&key, &list].map(|path| path.to_str().expect("a path"));
    let run = tacto(&["hash", list, "-k", key], b"");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.out.matches("    \"").count(), 2, "{}", run.out);
}

/// Pipes wait for whoever writes into them, and some devices never end.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() {
    let guide = guide_with("pipe", "lists/clients.txt", |text| text);
    let list = Path::new(&guide).join("lists/clients.txt");
    fs::remove_file(&list).expect("a file");
    assert!(
        Command::new("mkfifo")
            .arg(&list)
            .status()
            .expect("mkfifo")
            .success()
    );
    let refused = |arguments: &[&str]| {
        let run = tacto(arguments, b"");
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.out);
        assert!(
            run.err.contains("and no file"),
            "{arguments:?}: {}",
            run.err
        );
    };
    refused(&["lint", &guide]);
    refused(&["hash", "--new-key", list.to_str().expect("a path")]);
    fs::remove_file(&list).expect("a pipe");
    std::os::unix::fs::symlink("/dev/zero", &list).expect("a link");
    refused(&["build", &guide]);
    refused(&["check", "--guide", "/dev/zero"]);
    refused(&["hash", "lists", "--key", "/dev/zero"]);
}

#[test]
fn accuracy_counts_by_set_label_and_topic_and_shows_no_text() {
    let folder = scratch("accuracy");
    fs::write(
        folder.join("own.jsonl"),
        "{\"text\":\"A workshop with Globex\",\"label\":\"risky\",\"topic\":\"client\",\"func\":\"f1\"}\n\
         {\"text\":\"Nothing special\",\"label\":\"benign\",\"func\":\"f2\"}\n",
    )
    .expect("a file");
    fs::write(
        folder.join("ids.jsonl"),
        "{\"type\":\"x.id\",\"value\":\"Hooli\",\"valid\":true}\n",
    )
    .expect("a file");
    let folder = folder.to_str().expect("a path");
    let run = tacto(&["accuracy", folder, "--guide", GUIDE, "--by", "func"], b"");
    assert_eq!(run.status, 0, "{}", run.err);
    for expected in [
        "own: 2 texts",
        "valid, in a sentence",
        "f1",
        "client-named 3",
    ] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
    assert!(!run.out.contains("workshop"), "{}", run.out);
    let run = tacto(&["accuracy", folder, "--guide", GUIDE, "--show", "5"], b"");
    assert!(run.out.contains("workshop"), "{}", run.out);
    assert_eq!(tacto(&["accuracy", GUIDE], b"").status, 2);
}
