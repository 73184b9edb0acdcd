//! What a guide finds in the drafts of authors that it has not read.
//!
//! Authors are left out in groups; what is learnt from the others' drafts judges theirs, together
//! with the guide's exact rules, as `tacto check` would. Nothing here is seen while learning, so
//! these are the figures that count.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use tacto_core::guide::GuideData;
use tacto_core::{Checker, Draft, Guide, Language as Ui, Report, Severity};
use tacto_learn::examples::{Example, Kind, Language, Part};
use tacto_learn::{
    Corpus, Measured, Settings, Size, calibrate, careful, company, exceeded_by, leave_authors_out,
    model, sigmoid, strangers, train,
};

use crate::failure::Failure;

/// In how many groups authors are left out.
const GROUPS: usize = 10;
/// Shares of the near misses that are marked, at which recall is told.
const NEAR: [f32; 4] = [0.05, 0.10, 0.15, 0.25];

/// What was found in one left-out draft.
struct Judged<'a> {
    example: &'a Example,
    report: Report,
    /// What the model alone makes of it: the logit of `careful`.
    careful: f32,
}

/// The figures that the repository keeps, in percent; so that nobody loses them unseen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// Drafts to be careful with in which anything was found: plain, indirect, allusive.
    pub plain: f32,
    /// By the way.
    pub indirect: f32,
    /// In hints.
    pub allusive: f32,
    /// With the right topic, of all of them.
    pub right_topic: f32,
    /// At `warn` or above, of all of them.
    pub warned: f32,
    /// Near misses marked at all.
    pub near: f32,
    /// Near misses at `warn` or above.
    pub near_warned: f32,
    /// Protected speech marked at all.
    pub protected: f32,
    /// Ordinary posts marked at all.
    pub ordinary: f32,
}

impl Recorded {
    /// Which figures are worse than those kept by more than chance, and how many were compared.
    pub fn worse_than(&self, kept: &Self) -> (Vec<String>, usize) {
        // Name, now, then, how much worse is chance, whether more is better.
        let all = [
            ("plain, found", self.plain, kept.plain, 1.5, true),
            ("indirect, found", self.indirect, kept.indirect, 1.5, true),
            ("allusive, found", self.allusive, kept.allusive, 1.5, true),
            (
                "the right topic",
                self.right_topic,
                kept.right_topic,
                1.0,
                true,
            ),
            ("at warn", self.warned, kept.warned, 1.0, true),
            ("near misses marked", self.near, kept.near, 1.0, false),
            (
                "near misses at warn",
                self.near_warned,
                kept.near_warned,
                0.5,
                false,
            ),
            (
                "protected speech marked",
                self.protected,
                kept.protected,
                0.5,
                false,
            ),
            (
                "ordinary posts marked",
                self.ordinary,
                kept.ordinary,
                0.7,
                false,
            ),
        ];
        let worse = all
            .iter()
            .filter(|(_, now, then, chance, more)| {
                let loss = if *more { then - now } else { now - then };
                loss > *chance
            })
            .map(|(name, now, then, ..)| format!("{name}: {now:.1}%, and {then:.1}% is recorded"))
            .collect();
        (worse, all.len())
    }
}

/// Leaves out each author in turn, and judges.
pub fn measure(
    data: &GuideData,
    examples: &[Example],
    out: &mut impl Write,
) -> Result<Option<Recorded>, Failure> {
    let extractor = tacto_learn::extractor();
    let corpus = Corpus::new(examples, &strangers::shipped(), &extractor);
    if corpus.topics.is_empty() {
        return Ok(None);
    }
    let settings = Settings::default();
    let measured = leave_authors_out(&corpus, settings, GROUPS, &|_| {});
    let mut invented = data.clone();
    company::put_into(&mut invented);
    let mut judged: Vec<Judged<'_>> = Vec::with_capacity(examples.len());
    for group in 0..GROUPS {
        let left_out = |row: usize| measured.group(row) == Some(group);
        let calibrated = calibrate(&corpus, &measured, &|row| !left_out(row));
        let trained = train(&corpus, settings, &|row| !left_out(row));
        let own = model(&corpus, &trained, &calibrated, Size::default());
        let guide = Guide::new(GuideData {
            model: Some(own),
            ..invented.clone()
        })
        .map_err(|errors| Failure::one("guide", errors.to_string(), ""))?;
        let checker = Checker::new(&guide);
        for (number, example) in examples.iter().enumerate() {
            if !left_out(number) {
                continue;
            }
            let spanish = example.language == Language::Es;
            let draft = Draft {
                ui: if spanish { Ui::Es } else { Ui::En },
                ..Draft::new(company::example(&example.text, number, spanish))
            };
            let report = checker
                .check(&draft)
                .map_err(|error| Failure::one("an example", error.to_string(), ""))?;
            let sums = measured.sums.get(number);
            judged.push(Judged {
                example,
                report,
                careful: sums.map_or(0.0, |sums| careful(&calibrated, sums)),
            });
        }
    }
    print(out, &judged, &measured)?;
    Ok(Some(recorded(&judged)))
}

fn is_near(example: &Example) -> bool {
    example.kind == Kind::Fine && matches!(example.part, Part::Topic(_))
}

fn found(one: &Judged<'_>) -> bool {
    !one.report.findings.is_empty()
}

fn warned(one: &Judged<'_>) -> bool {
    let findings = one.report.findings.iter();
    findings.map(|finding| finding.severity).max() >= Some(Severity::Warn)
}

fn right(one: &Judged<'_>) -> bool {
    let mut findings = one.report.findings.iter();
    findings.any(|finding| one.example.topics.contains(&finding.topic))
}

#[expect(clippy::cast_precision_loss, reason = "numbers of drafts")]
fn share<'j>(
    judged: impl IntoIterator<Item = &'j Judged<'j>>,
    of: impl Fn(&Example) -> bool,
    is: impl Fn(&Judged<'_>) -> bool,
) -> (f32, usize) {
    let (mut all, mut held) = (0_usize, 0_usize);
    for one in judged {
        if of(one.example) {
            all += 1;
            held += usize::from(is(one));
        }
    }
    (100.0 * held as f32 / all.max(1) as f32, all)
}

fn recorded(judged: &[Judged<'_>]) -> Recorded {
    let kind = |kind: Kind| share(judged, |example| example.kind == kind, found).0;
    let careful = |example: &Example| !example.topics.is_empty();
    Recorded {
        plain: kind(Kind::Plain),
        indirect: kind(Kind::Indirect),
        allusive: kind(Kind::Allusive),
        right_topic: share(judged, careful, right).0,
        warned: share(judged, careful, warned).0,
        near: share(judged, is_near, found).0,
        near_warned: share(judged, is_near, warned).0,
        protected: share(judged, |example| example.part == Part::Protected, found).0,
        ordinary: share(judged, |example| example.part == Part::Ordinary, found).0,
    }
}

fn print(out: &mut impl Write, judged: &[Judged<'_>], measured: &Measured) -> io::Result<()> {
    let authors: BTreeSet<u32> = judged.iter().map(|one| one.example.author).collect();
    writeln!(
        out,
        "\nDrafts by authors left out, in {GROUPS} groups of {}: {} drafts, the guide's rules and what \
         it learns from the others",
        authors.len(),
        judged.len()
    )?;
    let row = |out: &mut dyn Write, name: &str, of: &dyn Fn(&Example) -> bool| -> io::Result<()> {
        let (any, all) = share(judged, of, found);
        let (at_warn, _) = share(judged, of, warned);
        let (topic, _) = share(judged, of, right);
        writeln!(
            out,
            "  {name:28} {all:>6}   marked {any:>5.1}%   right topic {topic:>5.1}%   at warn {at_warn:>5.1}%"
        )
    };
    for kind in Kind::ALL {
        if kind != Kind::Fine {
            row(out, kind.name(), &|example| example.kind == kind)?;
        }
    }
    for language in [Language::Es, Language::En] {
        row(
            out,
            &format!("to be careful with, {}", language.name()),
            &|example| !example.topics.is_empty() && example.language == language,
        )?;
    }
    row(out, "to be careful with", &|example| {
        !example.topics.is_empty()
    })?;
    row(out, "near misses", &is_near)?;
    row(out, "protected speech", &|example| {
        example.part == Part::Protected
    })?;
    row(out, "ordinary posts", &|example| {
        example.part == Part::Ordinary
    })?;
    row(out, "ordinary, 400 characters on", &|example| {
        example.part == Part::Ordinary && example.text.chars().count() >= 400
    })?;

    writeln!(
        out,
        "\n  by topic:                     drafts   marked   right topic   at warn   near misses marked"
    )?;
    let parts: BTreeSet<Part> = judged.iter().map(|one| one.example.part).collect();
    for part in parts {
        let Part::Topic(topic) = part else { continue };
        let of = |example: &Example| example.topics.contains(&topic);
        let (any, all) = share(judged, of, found);
        let topics = share(judged, of, |one| {
            one.report
                .findings
                .iter()
                .any(|finding| finding.topic == topic)
        });
        let near = share(
            judged,
            |example| is_near(example) && example.part == part,
            found,
        );
        writeln!(
            out,
            "  {:28} {all:>6}   {any:>5.1}%        {:>5.1}%    {:>5.1}%                {:>5.1}%",
            topic.as_str(),
            topics.0,
            share(judged, of, warned).0,
            near.0
        )?;
    }

    writeln!(
        out,
        "\n  what is learnt, by itself, where so many near misses are marked:"
    )?;
    let mut near: Vec<f32> = judged
        .iter()
        .filter(|one| is_near(one.example))
        .map(|one| one.careful)
        .collect();
    for share_of_near in NEAR {
        let Some(threshold) = exceeded_by(&mut near, share_of_near) else {
            continue;
        };
        let over = |one: &Judged<'_>| one.careful > threshold;
        let of = |kind: Kind| share(judged, |example| example.kind == kind, over).0;
        writeln!(
            out,
            "    {:>3.0}%: found {:>5.1}% (plain {:.1}, indirect {:.1}, allusive {:.1}), protected {:.1}%, \
             ordinary {:.0} in 1,000",
            share_of_near * 100.0,
            share(judged, |example| !example.topics.is_empty(), over).0,
            of(Kind::Plain),
            of(Kind::Indirect),
            of(Kind::Allusive),
            share(judged, |example| example.part == Part::Protected, over).0,
            10.0 * share(judged, |example| example.part == Part::Ordinary, over).0,
        )?;
    }

    writeln!(
        out,
        "\n  calibration, drafts to be careful with among these and near misses:"
    )?;
    let mut bins: BTreeMap<u8, (usize, f32, usize)> = BTreeMap::new();
    for one in judged {
        if is_near(one.example) || !one.example.topics.is_empty() {
            let p = sigmoid(one.careful);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 0 to 9"
            )]
            let bin = (p * 10.0).clamp(0.0, 9.0) as u8;
            let bin = bins.entry(bin).or_default();
            bin.0 += 1;
            bin.1 += p;
            bin.2 += usize::from(!one.example.topics.is_empty());
        }
    }
    for (count, sum, held) in bins.values() {
        #[expect(clippy::cast_precision_loss, reason = "numbers of drafts")]
        let (said, held) = (
            100.0 * sum / *count as f32,
            100.0 * *held as f32 / *count as f32,
        );
        writeln!(
            out,
            "    said {said:>5.1}%   held {held:>5.1}%   {count:>6} drafts"
        )?;
    }
    debug_assert_eq!(measured.sums.len(), judged.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_worse_when_it_falls_or_rises_the_wrong_way() {
        let kept = Recorded {
            plain: 70.0,
            indirect: 50.0,
            allusive: 50.0,
            right_topic: 40.0,
            warned: 30.0,
            near: 12.0,
            near_warned: 2.0,
            protected: 3.0,
            ordinary: 6.0,
        };
        assert_eq!(kept.worse_than(&kept).0, Vec::<String>::new());
        let better = Recorded {
            plain: 90.0,
            near: 5.0,
            ..kept
        };
        assert_eq!(better.worse_than(&kept).0, Vec::<String>::new());
        let worse = Recorded {
            plain: 60.0,
            protected: 4.0,
            ..kept
        };
        assert_eq!(
            worse.worse_than(&kept).0,
            [
                "plain, found: 60.0%, and 70.0% is recorded",
                "protected speech marked: 4.0%, and 3.0% is recorded"
            ]
        );
    }
}
