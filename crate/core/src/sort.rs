//! Sorting in little code, for what is sorted once, or is short.
//!
//! The standard library's sorts are faster on long lists, and some 5 KB of wasm for every type
//! that they are used with. Where a draft's hits are sorted they are worth it; elsewhere this is.

/// Up to here insertion is the fastest.
const SHORT: usize = 20;

/// Sorts by a key that no two items share; where they do, their order is some order, always the
/// same. In place, `n log n` at worst.
pub(crate) fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let count = items.len();
    if count <= SHORT {
        for sorted in 1..count {
            let mut at = sorted;
            while at > 0 && key(&items[at]) < key(&items[at - 1]) {
                items.swap(at, at - 1);
                at -= 1;
            }
        }
        return;
    }
    // A heap, then its largest to the end, again and again.
    for step in (0..count + count / 2).rev() {
        let (mut parent, end) = if step >= count {
            (step - count, count)
        } else {
            items.swap(0, step);
            (0, step)
        };
        loop {
            let mut child = 2 * parent + 1;
            if child >= end {
                break;
            }
            if child + 1 < end && key(&items[child]) < key(&items[child + 1]) {
                child += 1;
            }
            if key(&items[parent]) >= key(&items[child]) {
                break;
            }
            items.swap(parent, child);
            parent = child;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::by_key;

    #[test]
    fn every_length_is_sorted() {
        let mut seed = 7_u32;
        for length in 0..200 {
            let mut items: Vec<u32> = (0..length)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    seed >> 24
                })
                .collect();
            let mut wanted = items.clone();
            wanted.sort_unstable();
            by_key(&mut items, |item| *item);
            assert_eq!(items, wanted);
        }
    }
}
