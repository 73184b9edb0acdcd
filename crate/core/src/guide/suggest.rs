//! "Did you mean": the known word nearest to a mistyped one.

/// The nearest of the known words, if one is near enough to be what was meant.
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word: Vec<char> = word
        .to_ascii_lowercase()
        .replace('_', "-")
        .chars()
        .take(64)
        .collect();
    // A third of the letters wrong is no typing mistake any more.
    let limit = (word.len() / 3).max(1);
    known
        .into_iter()
        .map(|other| {
            let letters: Vec<char> = other.replace('_', "-").chars().take(64).collect();
            // `client` for `clients`, `internal-tool` for `internal-tools`.
            let cut = letters.len().abs_diff(word.len()) <= 3
                && (letters.starts_with(&word) || word.starts_with(&letters));
            (if cut { 1 } else { distance(&word, &letters) }, other)
        })
        .filter(|&(distance, _)| distance <= limit)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, other)| other)
}

/// How many letters must be added, removed, changed or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let mut cost = (last[j] + usize::from(a[i] != b[j])).min(last[j + 1] + 1);
            cost = cost.min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_keys_is_recognised_and_another_word_is_not() {
        let known = ["severity", "section", "silenced_by_protected", "say"];
        for (word, meant) in [
            ("severty", Some("severity")),
            ("sevreity", Some("severity")),
            ("Section", Some("section")),
            ("silenced-by-protected", Some("silenced_by_protected")),
            ("colour", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
    }
}
