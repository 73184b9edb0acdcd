//! Plain-text lists: one entry a line; a line that starts with `#`, and what follows ` # `, is a
//! comment.

/// The entries with their offsets.
pub(super) fn entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let content = line.split_once(" # ").map_or(line, |(content, _)| content);
        let entry = content.trim_start_matches('\u{feff}').trim();
        if entry.is_empty() || entry.starts_with('#') {
            return None;
        }
        let indent = line.find(entry).unwrap_or(0);
        Some((start + indent, entry))
    })
}

/// What is wrong with an entry, and what to write instead: people paste lists from elsewhere.
pub(super) fn objection(entry: &str) -> Option<(String, String)> {
    let bare = entry.trim_end_matches([',', ';']).trim_matches('"');
    if entry.starts_with('"') {
        return Some((
            format!("the entry {entry} stands in quotation marks"),
            format!("Write it bare: {bare}"),
        ));
    }
    if entry.contains('\t') {
        return Some((
            "a line has several columns".to_owned(),
            "Keep one entry a line: the name alone.".to_owned(),
        ));
    }
    None
}
