//! What is said of 500 ordinary posts, in none of which there is anything to be careful with, by two
//! authors from whom nothing is learnt. It may change, and never unseen: after a change that is
//! meant, `TACTO_RECORD=1 cargo test -p tacto-cli --test ordinary` writes it anew, and the difference
//! is read before it is committed.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/corpus/ordinary");

/// Each finding as a line: the post, how serious, the rule, the words.
fn said() -> String {
    let posts = format!("{FOLDER}/posts.jsonl");
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");
    let run = Command::new(env!("CARGO_BIN_EXE_tacto"))
        .args(["check", "--format", "jsonl", "--guide", guide])
        .args(["--at", "2026-09-01T10:00:00Z", &posts])
        .output()
        .expect("tacto starts");
    let out = String::from_utf8(run.stdout).expect("UTF-8");
    assert_eq!(out.lines().count(), 500, "a line for each post");
    let mut said = String::new();
    for line in out.lines() {
        let report: Value = serde_json::from_str(line).expect("JSON");
        for finding in report["findings"].as_array().expect("findings") {
            writeln!(
                said,
                "{} {} {} {}",
                report["id"].as_str().expect("an id"),
                finding["severity"].as_str().expect("a severity"),
                finding["rule"].as_str().expect("a rule"),
                finding["text"],
            )
            .expect("a text grows");
        }
    }
    said
}

#[test]
fn nothing_new_is_said_of_ordinary_posts_unseen() {
    let file = format!("{FOLDER}/said.txt");
    let said = said();
    if env::var_os("TACTO_RECORD").is_some() {
        fs::write(&file, &said).expect("the record is written");
    }
    let recorded = fs::read_to_string(&file).expect("a record");
    let only = |one: &str, other: &str, sign: &str| -> String {
        one.lines()
            .filter(|line| !other.lines().any(|there| there == *line))
            .fold(String::new(), |all, line| all + sign + line + "\n")
    };
    let difference = only(&recorded, &said, "- ") + &only(&said, &recorded, "+ ");
    assert!(
        difference.is_empty(),
        "what is said of ordinary posts has changed; is it meant? Then record it \
         (TACTO_RECORD=1 cargo test -p tacto-cli --test ordinary)\n{difference}"
    );
}
