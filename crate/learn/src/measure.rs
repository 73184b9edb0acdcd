//! How well weights judge authors that they have not seen.

use std::collections::BTreeSet;
use std::thread;

use crate::corpus::Corpus;
use crate::train::{STRIDE, Settings, Trained, train};

/// The sums of every example, from weights that have seen nothing of its author.
#[derive(Debug, Clone)]
pub struct Measured {
    /// In the order of the examples, one for each head.
    pub sums: Vec<[f32; STRIDE]>,
    /// With which group each example's author was left out.
    groups: Vec<usize>,
}

impl Measured {
    /// The group that a row was left out with; strangers never are.
    #[must_use]
    pub fn group(&self, row: usize) -> Option<usize> {
        self.groups.get(row).copied()
    }
}

/// Judges every author's drafts by what is learnt from the others'. Authors are left out in so many
/// groups; `at` is told of each group that is done.
#[must_use]
pub fn leave_authors_out(
    corpus: &Corpus,
    settings: Settings,
    groups: usize,
    at: &(dyn Fn(usize) + Sync),
) -> Measured {
    let authors: BTreeSet<u32> = corpus.rows.iter().filter_map(|row| row.author).collect();
    let groups = groups.clamp(2, authors.len().max(2));
    // Neighbours in number stay apart: they may have been asked for the same.
    let group = |author: u32| {
        authors
            .iter()
            .position(|other| *other == author)
            .unwrap_or(0)
            % groups
    };
    let own: Vec<Option<usize>> = corpus
        .rows
        .iter()
        .map(|row| row.author.map(group))
        .collect();
    let mut sums = vec![[0.0; STRIDE]; own.iter().flatten().count()];
    let one = |number: usize| -> Trained {
        let trained = train(corpus, settings, &|row| {
            own.get(row).copied().flatten() != Some(number)
        });
        at(number);
        trained
    };
    let workers = if cfg!(target_family = "wasm") {
        1
    } else {
        thread::available_parallelism().map_or(1, usize::from)
    };
    for batch in (0..groups).collect::<Vec<_>>().chunks(workers) {
        let trained: Vec<(usize, Trained)> = if workers == 1 {
            batch.iter().map(|number| (*number, one(*number))).collect()
        } else {
            thread::scope(|scope| {
                let running: Vec<_> = batch
                    .iter()
                    .map(|number| (*number, scope.spawn(|| one(*number))))
                    .collect();
                running
                    .into_iter()
                    .filter_map(|(number, running)| Some((number, running.join().ok()?)))
                    .collect()
            })
        };
        for (number, trained) in trained {
            for (at, row) in corpus.rows.iter().enumerate() {
                if own.get(at).copied().flatten() == Some(number)
                    && let Some(sums) = sums.get_mut(at)
                {
                    *sums = trained.sums(&row.features, row.value);
                }
            }
        }
    }
    Measured {
        sums,
        groups: own.into_iter().flatten().collect(),
    }
}
