//! `tacto test --coverage`: which rules, and which of their conditions, no example reaches.
//!
//! A condition is reached when the examples would come out differently without it: a rule is
//! tried with one alternative of its `find` alone, and without each `near`, `unless`, `missing`,
//! `when`, `count` and `raise`. So an example that merely mentions something does not count; one
//! that depends on it does.

use std::collections::BTreeSet;
use std::io::{self, Write};

use tacto_core::guide::Step;
use tacto_core::guide::data::{GuideData, Rule, When};
use tacto_core::{Checker, Finding, Guide};

use crate::examples::{draft, in_both};
use crate::explain::describe;
use crate::load::Loaded;

/// A rule changed in one point.
struct Variant {
    /// The rule's number.
    rule: usize,
    changed: Rule,
    path: Vec<Step>,
    /// What no example reaches, if none tells the variant from the rule.
    what: String,
    /// What an example must do to reach it.
    reached: Reached,
}

#[derive(Clone, Copy)]
enum Reached {
    /// Some hit fires on this alternative alone.
    HitFires,
    /// Some miss fires without it.
    MissFires,
    /// Some hit is of another severity without it.
    SeverityChanges,
}

/// Prints every condition that no example reaches, and the sum.
pub fn print(loaded: &Loaded, out: &mut impl Write) -> io::Result<()> {
    let rules = &loaded.guide.data().rules;
    let variants: Vec<Variant> = rules.iter().enumerate().flat_map(variants).collect();
    let Some((checker, numbers)) = checker_of(loaded.guide.data(), &variants) else {
        return writeln!(out, "coverage: could not be measured");
    };
    let original = Checker::new(&loaded.guide);
    let (mut measured, mut reached) = (0, 0);
    for (variant, number) in variants.iter().zip(numbers) {
        let Some(number) = number else { continue };
        measured += 1;
        if is_reached(variant, &rules[variant.rule], number, &checker, &original) {
            reached += 1;
            continue;
        }
        let mut path = vec!["rules".into(), variant.rule.into()];
        path.extend(variant.path.iter().cloned());
        let advice = match variant.reached {
            Reached::HitFires => "Add a hit that fires because of it, or remove it.",
            Reached::MissFires => "Add a miss that stays silent only because of it, or remove it.",
            Reached::SeverityChanges => "Add a hit with the `severity` it leads to, or remove it.",
        };
        writeln!(
            out,
            "{}: no example of `{}` reaches {}\n    {advice}",
            loaded.place(&path),
            rules[variant.rule].id,
            variant.what
        )?;
    }
    writeln!(
        out,
        "coverage: examples reach {reached} of {measured} conditions of {} rules",
        rules.len()
    )
}

fn variants((number, rule): (usize, &Rule)) -> Vec<Variant> {
    let mut out = Vec::new();
    let mut add = |path: Vec<Step>, what: String, reached, change: &dyn Fn(&mut Rule)| {
        let mut changed = rule.clone();
        change(&mut changed);
        out.push(Variant {
            rule: number,
            changed,
            path,
            what,
            reached,
        });
    };
    for (at, matcher) in rule.find.iter().enumerate() {
        let what = format!("`find` number {} ({})", at + 1, describe(matcher));
        add(
            vec!["find".into(), at.into()],
            what,
            Reached::HitFires,
            &|changed| {
                changed.find = vec![matcher.clone()];
            },
        );
    }
    for (at, matcher) in rule.near.iter().enumerate() {
        let what = format!("`near` number {} ({})", at + 1, describe(matcher));
        add(
            vec!["near".into(), at.into()],
            what,
            Reached::MissFires,
            &|changed| {
                changed.near.remove(at);
            },
        );
    }
    for (at, matcher) in rule.unless.iter().enumerate() {
        let what = format!("`unless` number {} ({})", at + 1, describe(matcher));
        add(
            vec!["unless".into(), at.into()],
            what,
            Reached::MissFires,
            &|changed| {
                changed.unless.remove(at);
            },
        );
    }
    for (at, matcher) in rule.missing.iter().enumerate() {
        let what = format!("`missing` number {} ({})", at + 1, describe(matcher));
        add(
            vec!["missing".into(), at.into()],
            what,
            Reached::MissFires,
            &|changed| {
                changed.missing.remove(at);
            },
        );
    }
    for (key, is_there, remove) in conditions() {
        if is_there(&rule.when) {
            let what = format!("`when.{key}`");
            add(
                vec!["when".into(), key.into()],
                what,
                Reached::MissFires,
                &|changed| {
                    remove(&mut changed.when);
                },
            );
        }
    }
    if rule.count > 1 {
        let what = format!("`count = {}`", rule.count);
        add(vec!["count".into()], what, Reached::MissFires, &|changed| {
            changed.count = 1
        });
    }
    for at in 0..rule.raise.len() {
        let what = format!("`raise` number {}", at + 1);
        add(
            vec!["raise".into(), at.into()],
            what,
            Reached::SeverityChanges,
            &|changed| {
                changed.raise.remove(at);
            },
        );
    }
    out
}

type Condition = (&'static str, fn(&When) -> bool, fn(&mut When));

const fn conditions() -> [Condition; 8] {
    [
        (
            "platform",
            |when| when.platform.is_some(),
            |when| when.platform = None,
        ),
        (
            "surface",
            |when| when.surface.is_some(),
            |when| when.surface = None,
        ),
        (
            "audience",
            |when| when.audience.is_some(),
            |when| when.audience = None,
        ),
        (
            "author",
            |when| when.author.is_some(),
            |when| when.author = None,
        ),
        ("from", |when| when.from.is_some(), |when| when.from = None),
        (
            "until",
            |when| when.until.is_some(),
            |when| when.until = None,
        ),
        (
            "quiet_period",
            |when| when.quiet_period.is_some(),
            |when| when.quiet_period = None,
        ),
        (
            "before_public",
            |when| when.before_public.is_some(),
            |when| when.before_public = None,
        ),
    ]
}

/// One checker for all variants, and each variant's number in it. A variant that is no valid rule
/// (a tone without its target) has none.
fn checker_of(data: &GuideData, variants: &[Variant]) -> Option<(Checker, Vec<Option<usize>>)> {
    let mut kept: Vec<usize> = (0..variants.len()).collect();
    loop {
        let rules = kept
            .iter()
            .map(|&at| {
                let rule = &variants[at].changed;
                Rule {
                    id: format!("{}-v{at}", rule.id),
                    ..rule.clone()
                }
            })
            .collect();
        let errors = match Guide::new(GuideData {
            rules,
            ..data.clone()
        }) {
            Ok(guide) => {
                let mut numbers = vec![None; variants.len()];
                for (number, &at) in kept.iter().enumerate() {
                    numbers[at] = Some(number);
                }
                return Some((Checker::new(&guide), numbers));
            }
            Err(errors) => errors,
        };
        let refused: BTreeSet<usize> = errors
            .0
            .iter()
            .filter_map(|error| match error.path.as_slice() {
                [Step::Key(key), Step::Index(number), ..] if key == "rules" => Some(*number),
                _ => None,
            })
            .collect();
        if refused.is_empty() {
            return None;
        }
        let mut number = 0;
        kept.retain(|_| {
            number += 1;
            !refused.contains(&(number - 1))
        });
    }
}

fn is_reached(
    variant: &Variant,
    rule: &Rule,
    number: usize,
    checker: &Checker,
    original: &Checker,
) -> bool {
    let examples = match variant.reached {
        Reached::MissFires => &rule.misses,
        Reached::HitFires | Reached::SeverityChanges => &rule.hits,
    };
    in_both(examples).any(|(ui, _, _, example)| {
        let draft = draft(example, ui);
        let found = checker.check_rule(&draft, number).unwrap_or_default();
        match variant.reached {
            Reached::HitFires | Reached::MissFires => !found.is_empty(),
            Reached::SeverityChanges => {
                let severities =
                    |found: &[Finding]| found.iter().map(|one| one.severity).collect::<Vec<_>>();
                let before = original
                    .check_rule(&draft, variant.rule)
                    .unwrap_or_default();
                severities(&before) != severities(&found)
            }
        }
    })
}
