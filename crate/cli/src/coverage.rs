//! `tacto test --coverage`: which rules, and which of their conditions, no example reaches.
//!
//! An alternative of `find` is reached when some hit fires with it alone. A condition (`near`,
//! `unless`, `missing`, `when`, `count`) is reached when some miss would fire on `find` alone and
//! stays silent with this one condition. A `raise` is reached when some hit is of another severity
//! without it. Each is tried in fact, on a copy of the rule.

use std::collections::BTreeSet;
use std::io::{self, Write};

use tacto_core::guide::Step;
use tacto_core::guide::data::{GuideData, Rule, When};
use tacto_core::{Checker, Draft, Guide};

use crate::examples::{Cast, draft, in_both};
use crate::explain::describe;
use crate::lint::flat;
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// The rule with its `find` alone, to compare with: never told.
    Base,
    /// Some hit fires on this alternative alone.
    HitFires,
    /// Some miss that fires on `find` alone is silent with this condition.
    MissSilent,
    /// Some hit is of another severity without it.
    SeverityChanges,
}

/// Whether what a rule finds has a name or a form, so that examples can reach all of it; what is
/// told (`about`) moves with what is learnt.
fn is_exact(rule: &Rule) -> bool {
    flat([&rule.find])
        .iter()
        .all(|matcher| matcher.about.is_none())
}

/// Prints every condition that no example reaches, those of told rules where they are wanted, and
/// the sum. Answers whether every condition of an exact rule is reached.
pub fn print(loaded: &Loaded, told: bool, out: &mut impl Write) -> io::Result<bool> {
    let rules = &loaded.guide.data().rules;
    let variants: Vec<Variant> = rules.iter().enumerate().flat_map(variants).collect();
    let invented = crate::examples::invented(&loaded.guide);
    let (Some((own, numbers)), Some((played, _))) = (
        checker_of(loaded.guide.data(), &variants),
        checker_of(invented.data(), &variants),
    ) else {
        writeln!(out, "coverage: could not be measured")?;
        return Ok(false);
    };
    let cast = Cast::new(loaded);
    let bases: Vec<Option<usize>> = variants
        .iter()
        .zip(&numbers)
        .filter(|(variant, _)| variant.reached == Reached::Base)
        .map(|(_, number)| *number)
        .collect();
    let (mut measured, mut reached, mut exact_missed) = (0, 0, 0);
    for (variant, number) in variants.iter().zip(&numbers) {
        let (Some(number), Some(base)) = (*number, bases[variant.rule]) else {
            continue;
        };
        if variant.reached == Reached::Base {
            continue;
        }
        measured += 1;
        let rule = &rules[variant.rule];
        let fires = |checker: &Checker, draft: &Draft, number: usize| {
            !checker
                .check_rule(draft, number)
                .unwrap_or_default()
                .is_empty()
        };
        let severities = |checker: &Checker, draft: &Draft, number: usize| {
            let found = checker.check_rule(draft, number).unwrap_or_default();
            found.iter().map(|one| one.severity).collect::<Vec<_>>()
        };
        let examples = match variant.reached {
            Reached::MissSilent | Reached::Base => &rule.misses,
            Reached::HitFires | Reached::SeverityChanges => &rule.hits,
        };
        let is_reached = in_both(examples).any(|(ui, _, _, example)| {
            let draft = draft(example, ui);
            let checker = if cast.is_own(example, &draft) {
                &own
            } else {
                &played
            };
            match variant.reached {
                Reached::Base => true,
                Reached::HitFires => fires(checker, &draft, number),
                Reached::MissSilent => {
                    fires(checker, &draft, base) && !fires(checker, &draft, number)
                }
                Reached::SeverityChanges => {
                    severities(cast.checker(example, &draft), &draft, variant.rule)
                        != severities(checker, &draft, number)
                }
            }
        });
        if is_reached {
            reached += 1;
            continue;
        }
        if is_exact(rule) {
            exact_missed += 1;
        } else if !told {
            continue;
        }
        let mut path = vec!["rules".into(), variant.rule.into()];
        path.extend(variant.path.iter().cloned());
        let advice = match variant.reached {
            Reached::HitFires => "Add a hit that fires because of it, or remove it.",
            Reached::Base => "",
            Reached::MissSilent => "Add a miss that this keeps silent, or remove it.",
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
        "coverage: examples reach {reached} of {measured} conditions of {} rules; of exact rules they \
         miss {exact_missed}",
        rules.len()
    )?;
    Ok(exact_missed == 0)
}

fn variants((number, rule): (usize, &Rule)) -> Vec<Variant> {
    let mut base = rule.clone();
    base.near.clear();
    base.unless.clear();
    base.missing.clear();
    base.when = When::default();
    base.count = 1;
    let mut out = Vec::new();
    let mut add = |path: Vec<Step>, what: String, reached, changed: Rule| {
        out.push(Variant {
            rule: number,
            changed,
            path,
            what,
            reached,
        });
    };
    add(Vec::new(), String::new(), Reached::Base, base.clone());
    for (at, matcher) in rule.find.iter().enumerate() {
        let what = format!("`find` number {} ({})", at + 1, describe(matcher));
        let changed = Rule {
            find: vec![matcher.clone()],
            ..rule.clone()
        };
        add(
            vec!["find".into(), at.into()],
            what,
            Reached::HitFires,
            changed,
        );
    }
    for (key, matchers) in [
        ("near", &rule.near),
        ("unless", &rule.unless),
        ("missing", &rule.missing),
    ] {
        for (at, matcher) in matchers.iter().enumerate() {
            let what = format!("`{key}` number {} ({})", at + 1, describe(matcher));
            let mut changed = base.clone();
            match key {
                "near" => changed.near.push(matcher.clone()),
                "unless" => changed.unless.push(matcher.clone()),
                _ => changed.missing.push(matcher.clone()),
            }
            add(
                vec![key.into(), at.into()],
                what,
                Reached::MissSilent,
                changed,
            );
        }
    }
    for (key, when) in conditions(&rule.when) {
        let changed = Rule {
            when,
            ..base.clone()
        };
        let path = vec!["when".into(), key.into()];
        add(path, format!("`when.{key}`"), Reached::MissSilent, changed);
    }
    if rule.count > 1 {
        let changed = Rule {
            count: rule.count,
            ..base.clone()
        };
        let what = format!("`count = {}`", rule.count);
        add(vec!["count".into()], what, Reached::MissSilent, changed);
    }
    for at in 0..rule.raise.len() {
        let mut changed = rule.clone();
        changed.raise.remove(at);
        let what = format!("`raise` number {}", at + 1);
        add(
            vec!["raise".into(), at.into()],
            what,
            Reached::SeverityChanges,
            changed,
        );
    }
    out
}

/// Each condition of a `when`, by itself.
fn conditions(when: &When) -> Vec<(&'static str, When)> {
    let none = When::default;
    let all = [
        (
            "platform",
            When {
                platform: when.platform.clone(),
                ..none()
            },
        ),
        (
            "surface",
            When {
                surface: when.surface.clone(),
                ..none()
            },
        ),
        (
            "audience",
            When {
                audience: when.audience.clone(),
                ..none()
            },
        ),
        (
            "author",
            When {
                author: when.author.clone(),
                ..none()
            },
        ),
        (
            "from",
            When {
                from: when.from.clone(),
                ..none()
            },
        ),
        (
            "until",
            When {
                until: when.until.clone(),
                ..none()
            },
        ),
        (
            "quiet_period",
            When {
                quiet_period: when.quiet_period,
                ..none()
            },
        ),
        (
            "before_public",
            When {
                before_public: when.before_public,
                ..none()
            },
        ),
    ];
    all.into_iter()
        .filter(|(_, when)| *when != none())
        .collect()
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
