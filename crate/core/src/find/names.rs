//! Whether an ordinary word is meant as a name.
//!
//! A client may be called Faro and a project Summit. Naming them must be seen; the lighthouse
//! and the mountain must not. Capitals, the words beside it and the business of the sentence
//! decide, by points; a name needs one.

use std::collections::HashSet;

use crate::text::words::{Place, Word, Words};

/// Words beside which they are names.
pub(crate) const CONTEXT: &str = include_str!("../../data/name-context.txt");

/// Determiners before a common noun: "el faro", "a summit".
const DETERMINERS: [&str; 30] = [
    "el", "la", "los", "las", "un", "una", "unos", "unas", "del", "al", "este", "esta", "ese",
    "esa", "aquel", "cada", "mi", "tu", "su", "the", "a", "an", "this", "that", "each", "every",
    "my", "your", "his", "her",
];
/// What stands before a place: "en Faro", "near Summit".
const AT_A_PLACE: [&str; 8] = [
    "en",
    "in",
    "near",
    "hacia",
    "desde",
    "visiting",
    "visitando",
    "hasta",
];
/// What ties a proper name to the next: "Faro de Moncloa", "Summit of Mayors".
const TIES: [&str; 5] = ["de", "del", "of", "y", "and"];

/// The lines of one of the engine's word files that are terms.
pub(crate) fn lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The ordinary words of `data/ordinary.txt`.
pub(crate) fn ordinary_words(file: &str) -> HashSet<&str> {
    lines(file).collect()
}

/// Where the words that speak for a name stand in a draft.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    /// First and past the last word of each naming word, in order.
    pub naming: Vec<(u32, u32)>,
    /// Sentences that are about business.
    pub business: HashSet<u32>,
}

/// Whether the words `first..last`, all of them ordinary, are meant as a name.
pub(crate) fn looks_like_a_name(
    words: &Words,
    first: u32,
    last: u32,
    surroundings: &Surroundings,
) -> bool {
    let at = first as usize;
    let Some(run) = words.list.get(at..last as usize) else {
        return false;
    };
    let (Some(head), Some(tail)) = (run.first(), run.last()) else {
        return false;
    };
    let before = at
        .checked_sub(1)
        .and_then(|at| words.list.get(at))
        .filter(|_| !head.gap);
    let after = words.list.get(last as usize).filter(|word| !word.gap);
    let capitals = run.iter().all(|word| word.capital);
    // In a sentence all in capitals they say nothing.
    let shouting = head.shouted
        && [before, after]
            .into_iter()
            .flatten()
            .all(|word| word.shouted)
        && (before.is_some() || after.is_some());
    let alone = run.len() == 1;

    let mut points = 0;
    if !capitals || shouting {
        points -= 1;
    } else if !(alone && head.opens) || head.place == Place::Tag {
        points += 1;
    }
    let beside = surroundings
        .naming
        .iter()
        .any(|&(start, end)| (end <= first && first - end <= 1) || start == last);
    // "proyecto faro" names even without a capital; "client summit" does not.
    let named = before.is_some_and(|word| {
        matches!(
            words.key(word),
            "proyecto" | "project" | "codename" | "cliente" | "clave"
        )
    });
    if beside && (capitals || named) {
        points += 2;
    }
    if surroundings.business.contains(&head.sentence) {
        points += 1;
    }
    if before.is_some_and(|word| {
        DETERMINERS.contains(&words.key(word)) || AT_A_PLACE.contains(&words.key(word))
    }) {
        points -= 1;
    }
    // "@C3Summit": part of somebody else's tag.
    let same_tag = |word: &Word| {
        word.place == Place::Tag && (word.end == head.start || word.start == tail.end)
    };
    if head.place == Place::Tag && !beside && [before, after].into_iter().flatten().any(same_tag) {
        points -= 1;
    }
    let proper = |word: &Word| word.capital && !word.shouted && word.place == Place::Prose;
    let neighbour_before = before.is_some_and(|word| proper(word) && !word.opens && !beside);
    let neighbour_after = after.is_some_and(|word| {
        proper(word) && !beside
            || TIES.contains(&words.key(word))
                && words
                    .list
                    .get(last as usize + 1)
                    .is_some_and(|next| proper(next) && !next.gap)
                && words.key(word) != "y"
                && words.key(word) != "and"
    });
    if neighbour_before || neighbour_after {
        points -= 1;
    }
    tail.end > head.start && points >= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folded;

    #[test]
    fn the_ordinary_word_is_not_the_name() {
        for (text, name) in [
            ("Subimos al faro al atardecer", false),
            ("El faro de la costa", false),
            ("Faro es una ciudad preciosa", false),
            ("Visitamos el Faro de Moncloa", false),
            ("Mañana presentamos a Faro la propuesta", true),
            ("Faro nos ha pedido rehacer el contrato", true),
            ("El cliente faro no contesta", true),
            ("Nuestro cliente Faro está contento", true),
            ("Trabajando con Faro toda la noche", true),
            ("FARO ES PRECIOSO HOY", false),
            ("Unos días en Faro con la familia", false),
            ("Gracias @TeatroFaro por la noche", false),
            ("Gracias #Faro por la confianza", true),
            ("Arranca el #ClienteFaro", true),
        ] {
            let words = Words::new(&Folded::new(text));
            let at = words
                .list
                .iter()
                .position(|word| words.key(word) == "faro")
                .unwrap() as u32;
            let mut surroundings = Surroundings::default();
            for (place, word) in words.list.iter().enumerate() {
                if words.key(word) == "cliente" {
                    surroundings.naming.push((place as u32, place as u32 + 1));
                }
                if matches!(words.key(word), "contrato" | "propuesta" | "trabajando") {
                    surroundings.business.insert(word.sentence);
                }
            }
            assert_eq!(
                looks_like_a_name(&words, at, at + 1, &surroundings),
                name,
                "{text}"
            );
        }
    }
}
