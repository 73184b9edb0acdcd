//! Words written like a proper name.
//!
//! For rules such as "our client" + a name: a run of capitalised words, joined by the particles of
//! Spanish names. The first word of a sentence is capitalised anyway and says nothing by itself;
//! nor do days, months and the pronoun "I".

use super::scan::Signs as _;
use super::{Shape, Sink, scan};

/// Words inside a name, folded.
const PARTICLES: &str = "de del la las los y e i da do dos van von der of and the &";

/// Words that are capitalised and no name, or start a sentence or a title, folded.
const ORDINARY: &str = "i im ive ill id the a an el la los las un una unos lo our my your his her their we he \
    she it they you this that nuestro nuestra nuestros nuestras mi mis tu tus su sus este \
    esta ese esa in on at for with from to and or but so if when what how why who en con por \
    para de del al y o pero si cuando que como porque quien hoy today ayer yesterday \
    tomorrow no yes not ya gracias thanks thank hi hello hola monday tuesday wednesday \
    thursday friday saturday sunday lunes martes miercoles jueves viernes sabado domingo \
    january february march april may june july august september october november december \
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre \
    rt ok ceo cto cfo coo hr rrhh ai ia it pr faq usa uk eu ue";

/// Finds runs of words written like a proper name.
pub(super) fn find(text: &str, sink: &mut Sink<'_>) {
    let mut at = 0;
    // Where the run starts and ends, how many of its words are capitalised, whether its first word
    // starts a sentence.
    let mut run: Option<(usize, usize, usize, bool)> = None;
    let mut sentence = true;
    let mut shout = true;
    while let Some(offset) = text
        .get(at..)
        .and_then(|rest| rest.find(char::is_alphanumeric))
    {
        let start = at + offset;
        let gap = text.get(at..start).unwrap_or_default();
        let rest = text.get(start..).unwrap_or_default();
        let length = rest
            .find(|c: char| {
                !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-' | '&' | '\u{301}' | '\u{303}')
            })
            .unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default().without_last("'’-&");
        let joined = !gap.is_empty()
            && gap.chars().all(|c| matches!(c, ' ' | '\u{a0}' | '&' | '.'))
            && gap.chars().count() <= 3
            && (!gap.contains('.')
                || at == 0
                || start - at <= 2 && run.is_some_and(|(from, until, ..)| until - from <= 4));
        if gap.contains_any(".!?\n:¡¿•-\"“«–—") && !joined {
            sentence = true;
        }
        let end = start + word.len();
        at = start + length.max(1);
        if !joined {
            close(text, run.take(), sink);
        }
        let capital =
            is_capitalised(word) && !matches!(scan::before(text, start), Some('@' | '#' | '/'));
        if capital && !scan::is_one_of(word, ORDINARY) {
            run = Some(match run {
                Some((from, _, count, first)) => (from, end, count + 1, first),
                None => (start, end, 1, sentence),
            });
        } else if run.is_some() && !scan::is_one_of(word, PARTICLES) {
            close(text, run.take(), sink);
        }
        shout &= word.chars().all(|c| !c.is_lowercase());
        sentence = false;
    }
    // A draft in capitals has no names that can be told.
    if !shout {
        close(text, run, sink);
    }
}

/// A capital and something in lower case, or a short form such as "BBVA".
fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().count() > 1
        && (word.chars().any(char::is_lowercase) || word.chars().count() <= 6)
}

fn close(text: &str, run: Option<(usize, usize, usize, bool)>, sink: &mut Sink<'_>) {
    let Some((start, end, count, first)) = run else {
        return;
    };
    // A single word that starts a sentence says nothing.
    if first && count < 2 || text.get(start..end).is_none() {
        return;
    }
    sink(Shape::ProperName, start..end);
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    #[test]
    fn names_and_what_is_none() {
        table(
            Shape::ProperName,
            &[
                (
                    "Hoy visitamos a nuestro cliente Aceros del Norte en Bilbao.",
                    &["Aceros del Norte", "Bilbao"],
                ),
                (
                    "Our client Blue Harbor & Sons signed",
                    &["Blue Harbor & Sons"],
                ),
                ("Mañana empieza el curso. Nadie lo sabe", &[]),
                ("Ana López llega el Lunes", &["Ana López"]),
                ("hola @Ana y #Madrid", &[]),
                ("I think I may", &[]),
                ("trabajo para BBVA", &["BBVA"]),
                ("QUE BIEN TODO", &[]),
            ],
        );
    }
}
