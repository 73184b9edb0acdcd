//! What was counted, as text.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Counts, Set};

/// More labels than these are kinds of text, not verdicts: topics are told for all of them
/// together.
const MANY_LABELS: usize = 4;

/// One set.
pub(super) fn set(out: &mut impl Write, name: &str, set: &Set) -> io::Result<()> {
    writeln!(out, "\n{name}: {} texts", set.all.rows)?;
    let width = set
        .labels
        .keys()
        .map(|label| label.chars().count())
        .max()
        .unwrap_or(0)
        .max(5);
    writeln!(
        out,
        "  {:width$} {:>6}  {:>21}  {:>21}  highest: {:>5} {:>5} {:>5} {:>5}",
        "label", "n", "at warn or above", "any", "tip", "note", "warn", "stop"
    )?;
    let all = (set.labels.len() > 1).then_some(("all", &set.all));
    let labels = set
        .labels
        .iter()
        .map(|(label, counts)| (label.as_str(), counts));
    for (label, counts) in labels.clone().chain(all) {
        let [tip, note, warn, stop] = counts.severities;
        writeln!(
            out,
            "  {label:width$} {:>6}  {:>21}  {:>21}           {tip:>5} {note:>5} {warn:>5} {stop:>5}",
            counts.rows,
            share(counts.warned, counts.rows),
            share(counts.noticed, counts.rows),
        )?;
    }
    if set.labels.len() >= MANY_LABELS {
        topics(out, "all", &set.all)?;
    } else {
        for (label, counts) in labels {
            topics(out, label, counts)?;
        }
    }
    if !set.expected.is_empty() {
        writeln!(out, "  found with the topic that the row is labelled with:")?;
        for (topic, [rows, found]) in &set.expected {
            writeln!(
                out,
                "    {:22} {found:>4} of {rows:>4}  {}",
                topic.as_str(),
                share(*found, *rows)
            )?;
        }
    }
    if !set.spans.is_empty() {
        writeln!(
            out,
            "  spans that a personal-data or credential finding overlaps:"
        )?;
        for (kind, [spans, found]) in &set.spans {
            writeln!(
                out,
                "    {kind:22} {found:>4} of {spans:>4}  {}",
                share(*found, *spans)
            )?;
        }
    }
    if !set.by.is_empty() {
        writeln!(out, "  by field:")?;
        for ((value, label), counts) in &set.by {
            writeln!(
                out,
                "    {value:28} {label:12} {:>5}  {:>21}  any {:>5.1}%",
                counts.rows,
                share(counts.warned, counts.rows),
                per_thousand(counts.noticed, counts.rows) / 10.0
            )?;
        }
    }
    for (label, counts) in &set.labels {
        for text in &counts.shown {
            writeln!(out, "  {label}| {text}")?;
        }
    }
    Ok(())
}

fn topics(out: &mut impl Write, label: &str, counts: &Counts) -> io::Result<()> {
    if counts.noticed == 0 {
        return Ok(());
    }
    writeln!(out, "  {label}, per 1,000 texts at warn or above (any):")?;
    for (topic, [warned, any]) in &counts.topics {
        writeln!(
            out,
            "    {:22} {:>20}  ({:.1})",
            topic.as_str(),
            thousandths(*warned, counts.rows),
            per_thousand(*any, counts.rows)
        )?;
    }
    rules(out, &counts.rules, 6)
}

/// All sets together: what was found, what was a false alarm, and which rules fired most.
pub(super) fn sum(out: &mut impl Write, sets: &[(String, Set)]) -> io::Result<()> {
    let width = sets
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0)
        .max(12);
    writeln!(
        out,
        "\nFound: share of texts with something to find, at warn or above"
    )?;
    for (name, set) in sets.iter().filter(|(_, set)| set.risky.rows > 0) {
        let counts = &set.risky;
        writeln!(
            out,
            "  {name:width$} {:>6}  {}",
            counts.rows,
            share(counts.warned, counts.rows)
        )?;
    }
    writeln!(
        out,
        "\nFalse alarms: other texts at warn or above, per 1,000"
    )?;
    for (name, set) in sets.iter().filter(|(_, set)| set.harmless.rows > 0) {
        let counts = &set.harmless;
        writeln!(
            out,
            "  {name:width$} {:>6}  {}",
            counts.rows,
            thousandths(counts.warned, counts.rows)
        )?;
    }
    let mut firing: BTreeMap<String, usize> = BTreeMap::new();
    for (rule, count) in sets.iter().flat_map(|(_, set)| &set.all.rules) {
        *firing.entry(rule.clone()).or_default() += count;
    }
    writeln!(out, "\nRules that fired most, over all sets:")?;
    rules(out, &firing, 20)
}

fn rules(out: &mut impl Write, rules: &BTreeMap<String, usize>, most: usize) -> io::Result<()> {
    let mut rules: Vec<_> = rules.iter().collect();
    rules.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let rules: Vec<_> = rules
        .iter()
        .take(most)
        .map(|(rule, count)| format!("{rule} {count}"))
        .collect();
    writeln!(
        out,
        "    rules: {}",
        if rules.is_empty() {
            "none".into()
        } else {
            rules.join(", ")
        }
    )
}

#[expect(clippy::cast_precision_loss, reason = "counts of texts are small")]
fn per_thousand(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 * 1000.0 / whole as f64
    }
}

/// `46.1% [43.0, 49.3]`
fn share(part: usize, whole: usize) -> String {
    let (low, high) = wilson(part, whole);
    format!(
        "{:.1}% [{:.1}, {:.1}]",
        per_thousand(part, whole) / 10.0,
        low * 100.0,
        high * 100.0
    )
}

/// `6.7 [3.2, 13.7]`
fn thousandths(part: usize, whole: usize) -> String {
    let (low, high) = wilson(part, whole);
    format!(
        "{:.1} [{:.1}, {:.1}]",
        per_thousand(part, whole),
        low * 1000.0,
        high * 1000.0
    )
}

/// Wilson's 95% interval of a share, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "counts of texts are small")]
fn wilson(part: usize, whole: usize) -> (f64, f64) {
    if whole == 0 {
        return (0.0, 1.0);
    }
    let (n, z) = (whole as f64, 1.959_964);
    let p = part as f64 / n;
    let centre = p + z * z / (2.0 * n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    (
        ((centre - spread) / scale).max(0.0),
        ((centre + spread) / scale).min(1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilsons_interval_is_the_textbooks() {
        // Newcombe (1998), table I: 81 of 263, and 0 of 20.
        let (low, high) = wilson(81, 263);
        assert!(
            (low - 0.2553).abs() < 1e-4 && (high - 0.3662).abs() < 1e-4,
            "{low} {high}"
        );
        let (low, high) = wilson(0, 20);
        assert!(
            low.abs() < 1e-9 && (high - 0.1611).abs() < 1e-4,
            "{low} {high}"
        );
    }
}
