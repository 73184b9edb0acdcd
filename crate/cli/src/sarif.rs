//! Answers as SARIF 2.1.0, for code review and editors. Written as it goes: results are not
//! held in memory.

use std::io::{self, Write};

use serde_json::{Value, json};
use tacto_core::guide::data::Rule;
use tacto_core::{Guide, Report, Severity};

use crate::check::Checked;

/// Writes one SARIF log with one run.
pub struct Sarif<W> {
    out: W,
    rules: Vec<String>,
    any: bool,
}

/// SARIF's word for a severity.
pub const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Tip | Severity::Note => "note",
        Severity::Warn => "warning",
        Severity::Stop => "error",
    }
}

fn describe(rule: &Rule, guide: &Guide) -> Value {
    let quote = guide
        .data()
        .sections
        .iter()
        .find(|section| section.id == rule.section)
        .map_or("", |section| section.quote.en.as_str());
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.say.en.title },
        "fullDescription": { "text": quote },
        "help": { "text": rule.say.en.message },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "topic": rule.topic.as_str(), "section": rule.section },
    })
}

impl<W: Write> Sarif<W> {
    /// Opens the log with the guide's rules.
    pub fn new(out: W, guide: &Guide) -> io::Result<Self> {
        let rules = guide
            .data()
            .rules
            .iter()
            .map(|rule| describe(rule, guide))
            .collect();
        Self::with_rules(out, rules)
    }

    /// Opens the log with other rules.
    pub fn with_rules(mut out: W, rules: Vec<Value>) -> io::Result<Self> {
        let ids = rules
            .iter()
            .filter_map(|rule| rule["id"].as_str().map(str::to_owned))
            .collect();
        let driver = json!({
            "name": "tacto",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        write!(
            out,
            "{{\"version\":\"2.1.0\",\
             \"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\
             \"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
             \"columnKind\":\"utf16CodeUnits\",\"results\":["
        )?;
        Ok(Self {
            out,
            rules: ids,
            any: false,
        })
    }

    /// One draft's report.
    pub fn report(&mut self, checked: &Checked<'_>, report: &Report) -> io::Result<()> {
        for finding in &report.findings {
            // A draft in JSON Lines is a line; in a plain text the very characters are known.
            let region = match checked.line {
                Some(line) => json!({ "startLine": line }),
                None => {
                    let (start_line, start_column) = place(&checked.draft.text, finding.start);
                    let (end_line, end_column) = place(&checked.draft.text, finding.end);
                    json!({
                        "startLine": start_line, "startColumn": start_column,
                        "endLine": end_line, "endColumn": end_column,
                    })
                }
            };
            let mut properties = json!({
                "draft": checked.id, "severity": finding.severity,
                "start": finding.start, "end": finding.end, "text": finding.text,
                "why": finding.why,
            });
            if let Some(fix) = &finding.fix {
                properties["fix"] = json!(fix);
            }
            let message = format!("{}: {}", finding.title, finding.message);
            self.result(
                &finding.rule,
                level(finding.severity),
                &message,
                checked.file,
                &region,
                &properties,
            )?;
        }
        Ok(())
    }

    /// One result.
    pub fn result(
        &mut self,
        rule: &str,
        level: &str,
        message: &str,
        file: &str,
        region: &Value,
        properties: &Value,
    ) -> io::Result<()> {
        let mut result = json!({
            "ruleId": rule,
            "level": level,
            "message": { "text": message },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": uri(file) },
                "region": region,
            } }],
            "properties": properties,
        });
        if let Some(index) = self.rules.iter().position(|known| known == rule) {
            result["ruleIndex"] = json!(index);
        }
        let comma = if std::mem::replace(&mut self.any, true) {
            ","
        } else {
            ""
        };
        write!(self.out, "{comma}\n{result}")
    }

    /// Closes the log.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}]}\n")?;
        self.out.flush()
    }
}

/// Line and column of a UTF-16 offset, both from 1, the column in UTF-16 units.
fn place(text: &str, offset: u32) -> (usize, usize) {
    let (mut units, mut line, mut column) = (0, 1, 1);
    for letter in text.chars() {
        if units >= offset {
            break;
        }
        units += letter.len_utf16() as u32;
        if letter == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += letter.len_utf16();
        }
    }
    (line, column)
}

/// A path as a relative reference (RFC 3986): everything else than plain letters is escaped.
fn uri(path: &str) -> String {
    if path.starts_with('(') {
        return "stdin".to_owned();
    }
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("my drafts/a.txt"), "my%20drafts/a.txt");
        assert_eq!(uri("/tmp/ñ.txt"), "file:///tmp/%C3%B1.txt");
        assert_eq!(uri("(standard input)"), "stdin");
    }

    #[test]
    fn places_count_utf16_units() {
        assert_eq!(place("🎉a\nbc", 2), (1, 3));
        assert_eq!(place("🎉a\nbc", 5), (2, 2));
    }
}
