//! Answers for people in a terminal: the line, what is marked, what to do and why.

use std::io::{self, Write};

use tacto_core::{Audience, Finding, Fix, Report, Severity, Verdict};

use crate::check::Checked;

/// Writes reports for people.
pub struct Human<W> {
    out: W,
    style: Style,
    any: bool,
}

/// Colours, or none.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    colour: bool,
}

impl Style {
    /// Colours on a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
    pub fn for_terminal(terminal: bool) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            colour: terminal && !refused,
        }
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    /// A severity in its colour.
    pub fn severity(self, severity: Severity) -> String {
        let (code, word) = match severity {
            Severity::Tip => ("36", "tip"),
            Severity::Note => ("34", "note"),
            Severity::Warn => ("1;33", "warn"),
            Severity::Stop => ("1;31", "stop"),
        };
        self.paint(code, word)
    }

    /// What matters less.
    pub fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// What matters more.
    pub fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// What went well.
    pub fn good(self, text: &str) -> String {
        self.paint("32", text)
    }

    /// What went wrong.
    pub fn bad(self, text: &str) -> String {
        self.paint("1;31", text)
    }
}

impl<W: Write> Human<W> {
    /// Writes to `out`.
    pub fn new(out: W, terminal: bool) -> Self {
        Self {
            out,
            style: Style::for_terminal(terminal),
            any: false,
        }
    }

    /// Writes what is due.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// One draft's report.
    pub fn report(&mut self, checked: &Checked<'_>, report: &Report) -> io::Result<()> {
        if std::mem::replace(&mut self.any, true) {
            writeln!(self.out)?;
        }
        let place = match checked.line {
            Some(line) => format!("{}:{line}", checked.file),
            None => checked.file.to_owned(),
        };
        let verdict = match report.verdict {
            Verdict::Clear => self.style.good("clear"),
            Verdict::Tip => self.style.severity(Severity::Tip),
            Verdict::Note => self.style.severity(Severity::Note),
            Verdict::Warn => self.style.severity(Severity::Warn),
            Verdict::Stop => self.style.severity(Severity::Stop),
        };
        writeln!(self.out, "{}: {verdict}", self.style.bold(&place))?;
        let text = &checked.draft.text;
        let (shown, marks) = masked(text, &report.findings);
        for (finding, mark) in report.findings.iter().zip(marks) {
            let line = text[..byte_of(text, finding.start)].matches('\n').count() + 1;
            self.finding(&shown, mark, line, finding)?;
        }
        Ok(())
    }

    fn finding(
        &mut self,
        shown: &str,
        mark: (usize, usize),
        number: usize,
        finding: &Finding,
    ) -> io::Result<()> {
        let style = self.style;
        writeln!(
            self.out,
            "\n  {}: {}  {}",
            style.severity(finding.severity),
            style.bold(&finding.title),
            style.dim(&format!(
                "[{} · {} · {}]",
                finding.rule,
                finding.topic.as_str(),
                finding.section
            ))
        )?;
        if finding.end > finding.start {
            let (line, marks) = marked_line(shown, mark);
            let gutter = " ".repeat(number.to_string().len());
            writeln!(self.out, "    {} {line}", style.dim(&format!("{number} |")))?;
            writeln!(
                self.out,
                "    {} {}",
                style.dim(&format!("{gutter} |")),
                style.bad(&marks)
            )?;
        }
        writeln!(self.out, "    {}", finding.message)?;
        if let Some(fix) = &finding.fix {
            writeln!(self.out, "    {} {}", style.dim("instead:"), instead(fix))?;
        }
        for why in &finding.why {
            writeln!(self.out, "    {} {why}", style.dim("because:"))?;
        }
        Ok(())
    }
}

fn instead(fix: &Fix) -> String {
    match fix {
        Fix::Replace(text) => format!("write \"{text}\""),
        Fix::Insert(text) => format!("add \"{text}\""),
        Fix::Audience(audience) => {
            let audience = match audience {
                Audience::Public => "everybody",
                Audience::Connections => "your connections",
                Audience::Friends => "friends",
                Audience::Group => "a group",
                Audience::Private => "nobody but you",
                Audience::Unknown => "a narrower audience",
            };
            format!("post it for {audience}")
        }
    }
}

/// The text with everything masked that its findings mask (a line may hold several), and the
/// findings' places in it, in bytes.
fn masked(text: &str, findings: &[Finding]) -> (String, Vec<(usize, usize)>) {
    let mut shown = String::with_capacity(text.len());
    let mut marks = Vec::with_capacity(findings.len());
    let mut done = 0;
    for finding in findings {
        let start = byte_of(text, finding.start).max(done);
        let end = byte_of(text, finding.end).max(start);
        shown.push_str(&text[done..start]);
        let from = shown.len();
        // Where nothing is masked the two are the same. A finding of something missing marks
        // nothing, and has nothing to show.
        if end > start {
            shown.push_str(&finding.text);
        }
        marks.push((from, shown.len()));
        done = end;
    }
    shown.push_str(&text[done..]);
    (shown, marks)
}

/// The line that a mark starts in, and carets below the mark.
fn marked_line(text: &str, (start, end): (usize, usize)) -> (String, String) {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = end.clamp(start, line_end);

    // A very long line is shown around its mark.
    let before = last_chars(&text[line_start..start], 60);
    let after: String = text[end..line_end].chars().take(40).collect();
    let shown = |part: &str| {
        part.replace(['\t', '\r'], " ")
            .replace(|c: char| c.is_control(), "")
    };
    let lead = if before.len() < start - line_start {
        "…"
    } else {
        ""
    };
    let trail = if after.len() < line_end - end {
        "…"
    } else {
        ""
    };
    let before = format!("{lead}{}", shown(before));
    let mark = shown(&text[start..end]);
    let marks = format!(
        "{}{}",
        " ".repeat(width(&before)),
        "^".repeat(width(&mark).max(1))
    );
    (format!("{before}{mark}{}{trail}", shown(&after)), marks)
}

fn last_chars(text: &str, count: usize) -> &str {
    let at = text
        .char_indices()
        .rev()
        .nth(count)
        .map_or(0, |(at, letter)| at + letter.len_utf8());
    &text[at..]
}

/// UTF-16 units as bytes.
fn byte_of(text: &str, unit: u32) -> usize {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        if units >= unit {
            return at;
        }
        units += letter.len_utf16() as u32;
    }
    text.len()
}

/// How many columns a text takes: near enough for carets, no more.
fn width(text: &str) -> usize {
    text.chars()
        .map(|letter| match u32::from(letter) {
            0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f | 0xe0100..=0xe01ef => 0,
            0x1100..=0x115f
            | 0x2e80..=0xa4cf
            | 0xac00..=0xd7a3
            | 0xf900..=0xfaff
            | 0xfe30..=0xfe6f
            | 0xff00..=0xff60
            | 0x1f300..=0x1f64f
            | 0x1f680..=0x1f6ff
            | 0x1f900..=0x1faff => 2,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tacto_core::Topic;

    fn finding(start: u32, end: u32, text: &str) -> Finding {
        Finding {
            rule: "r".into(),
            topic: Topic::Client,
            section: "s".into(),
            severity: Severity::Warn,
            start,
            end,
            text: text.into(),
            title: String::new(),
            message: String::new(),
            fix: None,
            why: Vec::new(),
            verified: false,
        }
    }

    #[test]
    fn what_one_finding_masks_no_other_shows() {
        let findings = [finding(0, 6, "Globex"), finding(9, 20, "s3••••")];
        let (shown, marks) = masked("Globex y s3cr3t-pass.", &findings);
        assert_eq!(shown, "Globex y s3••••.");
        assert_eq!(&shown[marks[1].0..marks[1].1], "s3••••");
    }

    #[test]
    fn carets_stand_below_the_mark() {
        for (text, mark, line, carets) in [
            (
                "Hola Globex",
                finding(5, 11, "Globex"),
                "Hola Globex",
                "     ^^^^^^",
            ),
            (
                "🎉 Globex!",
                finding(3, 9, "Globex"),
                "🎉 Globex!",
                "   ^^^^^^",
            ),
            (
                "a\nb Globex\nc",
                finding(4, 10, "Globex"),
                "b Globex",
                "  ^^^^^^",
            ),
            ("ana@b.es x", finding(0, 8, "a•••"), "a••• x", "^^^^"),
            (
                "a\tb Globex",
                finding(4, 10, "Globex"),
                "a b Globex",
                "    ^^^^^^",
            ),
        ] {
            let (text_shown, places) = masked(text, std::slice::from_ref(&mark));
            let (shown, marks) = marked_line(&text_shown, places[0]);
            assert_eq!((shown.as_str(), marks.as_str()), (line, carets), "{text}");
        }
    }
}
