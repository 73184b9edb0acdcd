//! Postal addresses: a street and a number, in Spanish and English.
//!
//! Spanish says the kind of street first and the number last ("calle Mayor, 25, 3º B, 28013
//! Madrid"), English the number first and the kind of street last ("25 Main Street, Apt 3"). A
//! street with a number is also where events take place, so rules should ask for evidence that
//! somebody lives there.

use super::scan::Signs as _;
use super::{Shape, Sink, scan};

/// Kinds of street that come first, folded.
const FIRST: &str = "calle c cl cll avenida avda avd av plaza plza pza pl paseo po ronda camino carretera \
    ctra travesia trav glorieta gta rambla urbanizacion urb callejon via rua carrer passeig \
    rue cuesta bulevar alameda costanilla pasaje poligono calzada jiron canada vial pasadizo \
    vereda senda bajada subida barrio";

/// Kinds of street that come last, folded.
const LAST: &str = "street st road rd avenue ave lane ln drive dr boulevard blvd court ct place pl square sq \
    terrace way close crescent garden grove parkway pkwy highway hwy row mews circle cir \
    alley bend bridge brook center club common corner course cove creek crest crossing dale \
    estate field flat ford forest fork garden gateway glen green harbor haven heights hill \
    hollow island junction key knoll lake landing loop manor meadow mill mission mount \
    mountain orchard park pass path pike pine plain plaza point port prairie ramp ranch \
    ridge river route run shore spring station stream summit trace track trail tunnel \
    turnpike union valley view village ville vista walk wall";

/// Kinds of street whose name people write without capitals: "calle mayor 25", "8 wressle road".
/// The others are too often words of the sentence.
const PLAIN: &str = "calle c avenida avda av paseo camino carretera ronda travesia glorieta callejon rambla \
    street st road rd avenue ave lane boulevard blvd crescent terrace";

/// Words that are no name of a street: the sentence goes on.
const SENTENCE: &str = "a to in on at from for and or down up off this that my our is are was lane way km mile \
    miles minute minutes hour hours day days year years people en con por para que es esta \
    estan hay tiene un una mi tu su o al se hace";

/// What says which floor, door or flat.
const FLOOR: &str = "piso planta puerta esc escalera bajo atico dcha izq portal apt apartment suite \
    flat unit cp bis";

/// Words inside a street's name.
const PARTICLES: &str = "de del la las los el y e i d da do dos san santa of the";

/// A word, a number or a sign of the text.
struct Piece<'t> {
    text: &'t str,
    end: usize,
}

impl Piece<'_> {
    fn folded(&self) -> String {
        scan::folded(self.text).trim().to_owned()
    }

    fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// A house number: one to four digits, perhaps a letter.
    fn is_house(&self) -> bool {
        let digits = self.text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=5).contains(&digits) && self.text.len() <= digits + 1 && !self.text.starts_with('0')
    }
}

/// The pieces of one line from a place on, at most `most`.
fn pieces(text: &str, from: usize, most: usize) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut at = from;
    while out.len() < most {
        let rest = text.get(at..).unwrap_or_default();
        let Some(offset) = rest.find(|c: char| c.is_alphanumeric() || c == '\n') else {
            break;
        };
        let start = at + offset;
        if rest
            .get(offset..)
            .is_some_and(|rest| rest.starts_with('\n'))
        {
            break;
        }
        // A full stop between words ends the address, unless it ends a short form.
        let gap = rest.get(..offset).unwrap_or_default();
        if gap.contains_any("!?;:\"#@€$")
            || (gap.contains(". ")
                && out
                    .last()
                    .is_some_and(|piece: &Piece<'_>| piece.text.len() > 4))
        {
            break;
        }
        let word = text.get(start..).unwrap_or_default();
        let length = word
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | 'º' | 'ª'))
            .unwrap_or(word.len());
        out.push(Piece {
            text: word.get(..length).unwrap_or_default(),
            end: start + length,
        });
        at = start + length.max(1);
    }
    out
}

/// The furthest, in bytes, that a kind of street stands before its number.
const REACH: usize = 100;

/// Where the first word starts that could belong to an address whose number is at `digit` or
/// later: at `at`, or within reach of the number.
fn within_reach(text: &str, at: usize, digit: usize) -> usize {
    let mut near = digit.saturating_sub(REACH);
    if near <= at {
        return at;
    }
    while !text.is_char_boundary(near) {
        near += 1;
    }
    near + text
        .get(near..digit)
        .unwrap_or_default()
        .until(char::is_alphanumeric)
}

/// Finds postal addresses.
pub(super) fn find(text: &str, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut digit = 0;
    loop {
        if digit < at || digit == 0 {
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(offset) = rest.iter().position(u8::is_ascii_digit) else {
                return;
            };
            digit = at + offset;
        }
        at = within_reach(text, at, digit);
        let Some(offset) = text
            .get(at..)
            .and_then(|rest| rest.find(char::is_alphanumeric))
        else {
            return;
        };
        let start = at + offset;
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.until(char::is_alphanumeric);
        let word = rest.get(..length).unwrap_or_default();
        at = start + length.max(1);
        let end = if word.starts_with(|c: char| c.is_ascii_digit()) {
            if word.len() > 5
                || scan::chained_before(text, start)
                || matches!(scan::byte(bytes, start.wrapping_sub(1)), b'$' | b'#')
            {
                continue;
            }
            number_first(text, start)
        } else if scan::is_one_of(word, FIRST) {
            kind_first(text, start, word)
        } else {
            None
        };
        if let Some(end) = end {
            at = end;
            sink(Shape::Address, start..end);
        }
    }
}

/// "calle Mayor, 25, 3º B, 28013 Madrid"
fn kind_first(text: &str, start: usize, word: &str) -> Option<usize> {
    let pieces = pieces(text, start, 16);
    let after = text.get(start + word.len()..)?;
    // One letter is a street only as "C/" or "C.".
    if word.len() <= 2 && !after.starts_with_any("/.º") {
        return None;
    }
    let plain = scan::is_one_of(word, PLAIN);
    let mut names = 0;
    let mut low = false;
    let mut house = None;
    for (index, piece) in pieces.iter().enumerate().skip(1) {
        let folded = piece.folded();
        if piece.is_house() && names > 0 {
            house = Some(index);
            break;
        }
        if matches!(folded.as_str(), "n" | "no" | "num" | "numero" | "nº" | "º") {
            continue;
        }
        let particle = scan::lists(PARTICLES, &folded);
        // "calle 2 de Mayo, 12"
        let day = piece.is_house() && pieces.get(index + 1).is_some_and(|of| of.folded() == "de");
        if !particle && !piece.is_capitalised() && !day {
            if !plain || scan::lists(SENTENCE, &folded) {
                return None;
            }
            low = true;
        }
        let most = if low { 5 } else { 7 };
        if index > most {
            return None;
        }
        names += usize::from(!particle);
    }
    let house = house?;
    let number = pieces.get(house)?;
    // "Calle Mayor 2026" is a year; "plaza 3 de mayo" has no name before it.
    let year = number.text.len() == 4
        && number
            .text
            .parse::<u16>()
            .is_ok_and(|n| (1950..2100).contains(&n));
    let end = with_rest(&pieces, house);
    // "la calle peatonal 25 personas": the sentence goes on after what looks like a number.
    let goes_on = low
        && end == number.end
        && pieces.get(house + 1).is_some_and(|next| {
            !next.is_capitalised() && text.get(end..).is_some_and(|rest| rest.starts_with(' '))
        });
    (!year && !goes_on && !is_unit(pieces.get(house + 1))).then_some(end)
}

/// Whether what follows makes the number a quantity or a time.
fn is_unit(piece: Option<&Piece<'_>>) -> bool {
    const UNITS: &str = "h horas personas euros de km m2 minutos anos am pm years people";
    piece.is_some_and(|piece| scan::lists(UNITS, &piece.folded()))
}

/// The floor, door, postal code and town that follow.
fn with_rest(pieces: &[Piece<'_>], house: usize) -> usize {
    let mut end = pieces.get(house).map_or(0, |piece| piece.end);
    let mut rest = pieces.iter().skip(house + 1);
    let mut code = false;
    for piece in rest.by_ref().take(6) {
        let folded = piece.folded();
        let floor = scan::lists(FLOOR, &folded)
            || piece.text.contains_any("ºª")
            || piece.text.len() == 1 && piece.is_capitalised();
        let digits = piece.text.bytes().all(|b| b.is_ascii_digit());
        if digits && piece.text.len() == 5 {
            code = true;
            end = piece.end;
        } else if floor || digits && piece.text.len() <= 3 && !code {
            end = piece.end;
        } else if code && piece.is_capitalised() {
            end = piece.end;
            break;
        } else {
            break;
        }
    }
    end
}

/// Whether a word is a kind of street, also in the plural.
fn is_kind(folded: &str) -> bool {
    let one = folded
        .strip_suffix('s')
        .filter(|one| one.len() > 3)
        .unwrap_or(folded);
    scan::lists(LAST, folded) || scan::lists(LAST, one)
}

/// "25 Main Street, Apt 3, Springfield"
fn number_first(text: &str, start: usize) -> Option<usize> {
    let pieces = pieces(text, start, 14);
    let number = pieces.first()?;
    if !number.is_house() {
        return None;
    }
    // The last kind counts: "1600 Fictional Park Ave".
    let mut kind = None;
    let mut plain = false;
    for (index, piece) in pieces.iter().enumerate().skip(1).take(5) {
        let ordinal = piece.text.starts_with(|c: char| c.is_ascii_digit())
            && piece.text.len() <= 5
            && piece.text.ends_with_any("thd");
        let folded = piece.folded();
        let low = !piece.is_capitalised() && !ordinal;
        if low && (scan::lists(SENTENCE, &folded) || scan::lists(PARTICLES, &folded)) {
            break;
        }
        plain |= low;
        if index > 1 && is_kind(&folded) && (!plain || scan::lists(PLAIN, &folded)) {
            kind = Some(index);
        }
    }
    kind.map(|index| with_rest(&pieces, index))
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    #[test]
    fn spanish_streets() {
        table(
            Shape::Address,
            &[
                (
                    "vive en la calle Mayor, 25, 3º B, 28013 Madrid.",
                    &["calle Mayor, 25, 3º B, 28013 Madrid"],
                ),
                ("C/ Doctor Fleming 12", &["C/ Doctor Fleming 12"]),
                (
                    "Avda. de la Constitución, nº 4, Sevilla",
                    &["Avda. de la Constitución, nº 4"],
                ),
                ("Plaza de España 8", &["Plaza de España 8"]),
                ("me encanta Calle 13", &[]),
                ("la calle está llena de 25 personas", &[]),
                ("Plaza Mayor 2026", &[]),
                ("C 25 y c 3", &[]),
                ("vivo en calle mayor 25, 2ºB", &["calle mayor 25, 2ºB"]),
                ("avda. de la paz 4", &["avda. de la paz 4"]),
                ("Calle 2 de Mayo, 12", &["Calle 2 de Mayo, 12"]),
                (
                    "c/ doctor fleming nº 12, madrid",
                    &["c/ doctor fleming nº 12"],
                ),
                ("la calle peatonal 25 personas", &[]),
                ("en la calle hay 3", &[]),
                ("de camino a casa 20 minutos", &[]),
                ("la carretera tiene 4 carriles", &[]),
                ("el paseo dura 2 horas", &[]),
            ],
        );
    }

    #[test]
    fn english_streets() {
        table(
            Shape::Address,
            &[
                (
                    "she lives at 25 Main Street, Apt 3.",
                    &["25 Main Street, Apt 3"],
                ),
                ("1600 Fictional Park Ave", &["1600 Fictional Park Ave"]),
                ("120 W 45th St", &["120 W 45th St"]),
                ("5 ways to the street", &[]),
                ("8 wressle road suite 771", &["8 wressle road suite 771"]),
                ("find me at 14 linden avenue", &["14 linden avenue"]),
                ("a 10 minute drive, a 20 mile road, a 3 lane street", &[]),
                ("2 blocks down the road", &[]),
                ("Top 10 Wall Street banks", &["10 Wall Street"]),
                ("in 2026 our Drive", &[]),
            ],
        );
    }
}
