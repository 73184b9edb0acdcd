//! Whether an ordinary word is meant as a name.
//!
//! A client may be called Faro and a project Summit, a company Alba, 1848 or X. Naming them must be
//! seen; the lighthouse, the mountain, the daughter, the year and the letter must not. A capital is
//! not enough: the words beside it and the business of the sentence decide, by points; a name needs
//! two.

use super::slips::hash;
use super::spellings::is_and;
use crate::text::words::{Place, Word, Words, is_legal_form};

/// Determiners before a common noun: "el faro", "a summit".
const DETERMINERS: [&str; 29] = [
    "el", "la", "los", "las", "un", "una", "unos", "unas", "del", "al", "este", "esta", "ese",
    "esa", "aquel", "cada", "mi", "tu", "su", "the", "an", "this", "that", "each", "every", "my",
    "your", "his", "her",
];
/// What stands before a place or a time: "en Faro", "near Summit", "in 1848".
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
const TIES: [&str; 3] = ["de", "del", "of"];
/// What makes a name of the next word even without a capital, or of a letter or number.
const NAMED: [&str; 12] = [
    "proyecto",
    "project",
    "codename",
    "clave",
    "cliente",
    "client",
    "customer",
    "proveedor",
    "supplier",
    "empresa",
    "cuenta",
    "account",
];

/// The lines of one of the engine's word files that are terms.
pub(crate) fn lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// What a word is when it is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A pronoun, a month: sentences are made of them, with a capital or without.
    Frequent,
    /// Somebody's first name.
    FirstName,
    /// Another word that companies, clients and projects are named after.
    Ordinary,
}

/// What words are when they are no names. By hash: of six thousand words one in 700,000 others is
/// taken for one of them.
#[derive(Debug, Default)]
pub(crate) struct Kinds(Vec<(u32, Kind)>);

impl Kinds {
    pub(crate) fn new(frequent: &str, first_names: &str, ordinary: &str) -> Self {
        let files = [
            (Kind::Frequent, frequent),
            (Kind::FirstName, first_names),
            (Kind::Ordinary, ordinary),
        ];
        let mut kinds: Vec<_> = files
            .into_iter()
            .flat_map(|(kind, file)| lines(file).map(move |word| (hash((word, "")), kind)))
            .collect();
        crate::sort::by_key(&mut kinds, |kind| *kind);
        Self(kinds)
    }

    pub(crate) fn of(&self, word: &str) -> Option<Kind> {
        let hash = hash((word, ""));
        let at = self.0.partition_point(|&(other, _)| other < hash);
        self.0
            .get(at)
            .filter(|&&(other, _)| other == hash)
            .map(|&(_, kind)| kind)
    }

    /// Whether a word of a name is also a word: one of these, a number, or as short as words are.
    pub(crate) fn may_be_a_word(&self, word: &str) -> bool {
        word.len() <= 3 || is_number(word) || self.of(word).is_some()
    }
}

/// Whether a word before a name makes a project's name of it.
pub(crate) fn is_project(word: &str) -> bool {
    matches!(word, "proyecto" | "project")
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The engine's words that speak for a name or against it, one set for each.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context<T> {
    /// "proyecto", beside it.
    pub naming: T,
    /// "contrato", in its sentence.
    pub business: T,
    /// "hija", before it: against it.
    pub people: T,
    /// "cole", in its sentence: against it.
    pub private: T,
}

/// Where those words stand in a draft: first and past the last word, in order.
pub(crate) type Surroundings = Context<Vec<(u32, u32)>>;

/// How many of `places` lie in a sentence, outside the words `first..last`.
fn within(places: &[(u32, u32)], words: &Words, sentence: u32, first: u32, last: u32) -> usize {
    let sentence_of = |at: u32| {
        let word = words.list.get(at as usize);
        word.map_or(u32::MAX, |word| word.sentence)
    };
    let from = places.partition_point(|&(at, _)| sentence_of(at) < sentence);
    places
        .iter()
        .skip(from)
        .take_while(|&&(at, _)| sentence_of(at) == sentence)
        .filter(|&&(start, end)| end <= first || start >= last)
        // Two are enough for whoever asks.
        .take(2)
        .count()
}

/// Whether the words `first..last` of a text, all of which may be no name, are meant as one.
pub(crate) fn looks_like_a_name(
    text: &str,
    words: &Words,
    (first, last): (u32, u32),
    kinds: &Kinds,
    surroundings: &Surroundings,
) -> bool {
    let at = first as usize;
    let Some(run) = words.list.get(at..last as usize) else {
        return false;
    };
    let (Some(head), Some(tail)) = (run.first(), run.last()) else {
        return false;
    };
    let key = |word: &Word| words.key(word);
    let word_before = |distance: usize| {
        let at = at.checked_sub(distance)?;
        words.list.get(at)
    };
    let before = word_before(1).filter(|_| !head.gap);
    let behind = words.list.get(last as usize);
    let after = behind.filter(|word| !word.gap);
    let kind_of = |word: &Word| kinds.of(key(word));
    let alone = run.len() == 1;
    let kind = kind_of(head).filter(|_| alone);
    let numbers = run.iter().all(|word| is_number(key(word)));
    let letters = run
        .iter()
        .all(|word| key(word).len() == 1 || is_and(key(word)));
    // "Aguas del Sur": small words in a name need no capital.
    let capitals = run
        .iter()
        .all(|word| word.capital || word.start > head.start && key(word).len() <= 3);
    // In a sentence all in capitals they say nothing.
    let shouting = head.shouted
        && [before, after]
            .into_iter()
            .flatten()
            .all(|word| word.shouted)
        && (before.is_some() || after.is_some());
    let named = before.is_some_and(|word| NAMED.contains(&key(word)));
    let beside = surroundings
        .naming
        .iter()
        .any(|&(start, end)| (end <= first && first - end <= 1) || start == last);
    let business = within(&surroundings.business, words, head.sentence, first, last);
    let is_name = capitals && !shouting;
    // "el proyecto albatros"
    let names_itself = surroundings
        .naming
        .iter()
        .any(|&(start, end)| start == first && end < last);

    let mut points = 0_isize;
    if numbers || (letters && is_name) {
        // "H&M", but not "Plan X", "in 1848".
        let glued = run.iter().skip(1).all(|word| word.sign == Some('&'));
        let apart = text
            .get(head.start as usize..tail.end as usize)
            .is_none_or(|name| name.contains(' '));
        points += if letters && !alone && glued && !apart {
            2
        } else {
            0
        };
    } else if !alone && (is_name || names_itself) {
        points += 2;
    } else if !is_name {
        points -= 1;
    } else if !head.opens || head.place == Place::Tag {
        points += 1;
    }
    // "IBM": short, and no word.
    if run
        .iter()
        .any(|word| key(word).len() > 1 && !is_number(key(word)) && kind_of(word).is_none())
    {
        points += 1;
    }
    let sure = !numbers && !letters;
    if beside && (named || sure && is_name) {
        points += 2;
    }
    // "Ella firma el contrato": a pronoun begins sentences of every kind.
    if !(kind == Some(Kind::Frequent) && head.opens) {
        let most = if numbers { 1 } else { 2 };
        points += isize::try_from(business.min(most)).unwrap_or(0);
    }
    let calm = matches!(kind, None | Some(Kind::Ordinary)) && (is_name || numbers);
    if calm && before.is_some_and(|word| matches!(key(word), "with" | "con"))
        || calm && !numbers && before.is_some_and(|word| matches!(key(word), "for" | "para"))
    {
        points += 1;
    }
    if is_quoted(text, head, tail) && (is_name || numbers) {
        points += 1;
    }
    let company = is_company(words, last);
    if company {
        points += 2;
    }
    let point = |holds: bool| isize::from(holds);
    let mut against = 0;
    // "el faro"; but "el Proyecto Faro".
    let common = before
        .is_some_and(|word| DETERMINERS.contains(&key(word)) || key(word) == "a" && !capitals);
    against += point(alone && common);
    against += point(before.is_some_and(|word| {
        let place = AT_A_PLACE.contains(&key(word)) || letters && key(word) == "on";
        place && (business == 0 || numbers || letters || kind == Some(Kind::Frequent))
    }));
    // "@C3Summit": part of somebody else's tag.
    let same_tag = |word: &Word| {
        word.place == Place::Tag && (word.end == head.start || word.start == tail.end)
    };
    against += point(
        head.place == Place::Tag && !beside && [before, after].into_iter().flatten().any(same_tag),
    );
    let proper = |word: &Word| word.capital && !word.shouted && word.place == Place::Prose;
    let next = words.list.get(last as usize + 1);
    let neighbour_before = before.is_some_and(|word| proper(word) && !word.opens && !beside);
    let neighbour_after = after.is_some_and(|word| {
        proper(word) && !beside && !company
            || TIES.contains(&key(word)) && next.is_some_and(|next| proper(next) && !next.gap)
    });
    against += point(neighbour_before || neighbour_after);
    // "mi hija Alba", "Alba y Marta".
    against += 2 * point(surroundings.people.iter().any(|&(_, end)| end == first));
    let first_name = |word: Option<&Word>| {
        word.is_some_and(|word| word.capital && kind_of(word) == Some(Kind::FirstName))
    };
    let tie = |word: Option<&Word>| word.is_some_and(|word| is_and(key(word)));
    let in_company = (tie(before) && first_name(word_before(2)))
        || (tie(after) && first_name(next))
        || (head.sign == Some(',') && first_name(word_before(1)))
        || (behind.is_some_and(|word| word.sign == Some(',')) && first_name(behind));
    against += point(kind == Some(Kind::FirstName) && in_company);
    // "En el cole, el Proyecto Albatros": children have projects too, but no clients.
    if within(&surroundings.private, words, head.sentence, first, last) > 0 {
        let project = before.is_some_and(|word| is_project(key(word)));
        against += 3 + point(project);
    }
    points - against >= 2
}

/// "Faro" and «Faro».
fn is_quoted(text: &str, head: &Word, tail: &Word) -> bool {
    let before = text.get(..head.start as usize).unwrap_or_default();
    let after = text.get(tail.end as usize..).unwrap_or_default();
    before.ends_with(['"', '\'', '“', '‘', '«', '„'])
        && after.starts_with(['"', '\'', '”', '’', '»', '“'])
}

/// "Faro, S.A.", "Summit Ltd": a company's legal form begins with the word `at`.
fn is_company(words: &Words, at: u32) -> bool {
    let Some(word) = words.list.get(at as usize) else {
        return false;
    };
    let initials = words
        .readings_from(at)
        .iter()
        .any(|reading| is_legal_form(words.reading_key(reading)));
    word.capital && (!word.gap || word.goes_on) && (initials || is_legal_form(words.key(word)))
}

#[cfg(test)]
mod tests {
    use crate::find::FinderBuilder;
    use crate::guide::data::{FORMAT, GuideData};
    use crate::own::OwnWords;
    use crate::text::fold::Folded;
    use crate::text::words::Words;

    /// Whether a text names one of the listed.
    fn names(list: &[&str], text: &str) -> bool {
        let data: GuideData = serde_json::from_value(serde_json::json!({
            "format": FORMAT, "version": 1,
            "company": {"name": "X", "contact": {"es": "", "en": ""}},
            "sections": [], "lists": {"clients": {"kind": "names", "entries": list}}, "rules": []
        }))
        .unwrap();
        let own = OwnWords::inside();
        let mut builder = FinderBuilder::new(&data, &own);
        let clients = builder.list("clients", false);
        let finder = builder.build(&Default::default());
        let words = Words::new(&Folded::new(text));
        !finder.find(text, &words).of(clients).is_empty()
    }

    #[test]
    fn the_ordinary_word_is_not_the_name() {
        for (text, name) in [
            ("Subimos al faro al atardecer", false),
            ("El faro de la costa", false),
            ("Faro es una ciudad preciosa", false),
            ("Visitamos el Faro de Moncloa", false),
            ("Qué bonito se ve Faro desde aquí", false),
            ("Mañana presentamos a Faro la propuesta", true),
            ("Faro nos ha pedido rehacer el contrato", true),
            ("El cliente faro no contesta", true),
            ("Nuestro cliente Faro está contento", true),
            ("Trabajando con Faro toda la noche", true),
            ("Una tarde con Faro y su gente", true),
            ("Great kick-off at Faro today", true),
            ("Hoy toca «Faro» otra vez", true),
            ("Hoy toca Faro, S.A. otra vez", true),
            ("Faro Ltd is late again", true),
            ("FARO ES PRECIOSO HOY", false),
            ("Unos días en Faro con la familia", false),
            ("Hoy reunión en Faro para la oferta", true),
            ("Gracias @TeatroFaro por la noche", false),
            ("Gracias #Faro por la confianza", true),
            ("Arranca el #ClienteFaro", true),
        ] {
            assert_eq!(names(&["Faro"], text), name, "{text}");
        }
    }

    #[test]
    fn a_capital_is_not_enough() {
        for (list, text, name) in [
            ("X", "Post on X now", false),
            ("X", "X marks the spot", false),
            ("X", "Plan X is on", false),
            ("X", "Nos vemos en X, como siempre", false),
            ("X", "Our client X signed", true),
            ("X", "The contract with X is done", true),
            ("1848", "In 1848 the revolution began", false),
            ("1848", "En 1848 empezó todo", false),
            ("1848", "Nuestro cliente 1848 ha firmado", true),
            ("1848", "Reunión con 1848 por la propuesta", true),
            ("Ella", "Ella vino ayer", false),
            ("Ella", "Ella firma hoy el contrato con el cliente", false),
            ("Ella", "Ayer vino Ella", false),
            ("Ella", "Firmado el contrato con nuestro cliente Ella", true),
            ("May", "May the force be with you", false),
            ("May", "See you in May for the demo", false),
            ("Alba", "Mi hija Alba ha aprobado el carnet", false),
            ("Alba", "Cena con Alba y Marta", false),
            ("Alba", "Alba aprobó el carnet", false),
            ("Alba", "Ayer cumplió años Alba García", false),
            ("Alba", "Firmamos con Alba el contrato", true),
            ("Alba", "El cliente Alba está encantado", true),
            ("Grace", "My daughter Grace passed her test", false),
            ("Grace", "Dinner with Grace tonight", false),
            ("Apple", "I ate an Apple", false),
            ("IBM", "Kick-off at IBM today", true),
            ("IBM", "Hoy toca IBM", true),
            ("H&M", "Trabajando para H&M", true),
            ("A & B", "Choose between A and B", false),
            ("A & B", "either a or b, a and b", false),
            (
                "Proyecto Albatros",
                "En el cole de los niños el Proyecto Albatros va de aves marinas",
                false,
            ),
            (
                "Proyecto Albatros",
                "El Proyecto Albatros avanza bien",
                true,
            ),
            (
                "Proyecto Albatros",
                "El proyecto albatros avanza bien",
                true,
            ),
            (
                "Albatros",
                "My son's school project, Project Albatros",
                false,
            ),
            ("Albatros", "El Proyecto Albatros avanza bien", true),
        ] {
            assert_eq!(names(&[list], text), name, "{list}: {text}");
        }
    }
}
