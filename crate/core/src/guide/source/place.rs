//! Where things were written: a tree of the shape of the guide, with a file and an offset at
//! each node.

use std::collections::BTreeMap;

use super::super::Step;
use super::{Location, SourceFile};

/// The place of a value, and of everything inside it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    file: u32,
    at: u32,
    inside: Inside,
}

#[derive(Debug, Clone)]
enum Inside {
    Nothing,
    Keys(BTreeMap<String, Place>),
    Items(Vec<Place>),
}

/// Files are at most 16 MB and their number fits as well: see `MAX_FILE`.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Place {
    pub(super) fn leaf(file: usize, at: usize) -> Self {
        Self {
            file: narrow(file),
            at: narrow(at),
            inside: Inside::Nothing,
        }
    }

    pub(super) fn table<K: Into<String>>(
        file: usize,
        at: usize,
        inside: impl IntoIterator<Item = (K, Self)>,
    ) -> Self {
        let inside = inside
            .into_iter()
            .map(|(key, place)| (key.into(), place))
            .collect();
        Self {
            inside: Inside::Keys(inside),
            ..Self::leaf(file, at)
        }
    }

    /// A list stands where its first item stands; an empty one where it is told.
    pub(super) fn list(items: Vec<Self>, otherwise: (usize, usize)) -> Self {
        let (file, at) = items
            .first()
            .map_or(otherwise, |first| (first.file as usize, first.at as usize));
        Self {
            inside: Inside::Items(items),
            ..Self::leaf(file, at)
        }
    }

    pub(super) const fn file(&self) -> usize {
        self.file as usize
    }

    pub(super) const fn at(&self) -> usize {
        self.at as usize
    }

    /// The place under a key; this place where there is none.
    pub(super) fn inner(&self, key: &str) -> Self {
        self.follow(&[Step::from(key)]).clone()
    }

    /// The place of an item; this place where there is none.
    pub(super) fn nth(&self, index: usize) -> Self {
        self.follow(&[Step::from(index)]).clone()
    }

    /// Takes the place under a key out.
    pub(super) fn take(&mut self, key: &str) -> Self {
        let inner = match &mut self.inside {
            Inside::Keys(keys) => keys.remove(key),
            _ => None,
        };
        inner.unwrap_or_else(|| Self::leaf(self.file(), self.at()))
    }

    pub(super) fn into_items(self) -> Vec<Self> {
        match self.inside {
            Inside::Items(items) => items,
            _ => Vec::new(),
        }
    }

    /// Adds items to the list under a key, which need not be there yet.
    pub(super) fn append(&mut self, key: &str, more: Vec<Self>) {
        if let Inside::Keys(keys) = &mut self.inside {
            let list = keys.entry(key.to_owned()).or_insert_with(|| Self {
                file: self.file,
                at: self.at,
                inside: Inside::Items(Vec::new()),
            });
            if let Inside::Items(items) = &mut list.inside {
                items.extend(more);
            }
        }
    }

    /// Goes as far along a path as there is one.
    pub(super) fn follow(&self, path: &[Step]) -> &Self {
        let mut place = self;
        for step in path {
            let inner = match (step, &place.inside) {
                (Step::Key(key), Inside::Keys(keys)) => keys.get(key),
                (Step::Index(index), Inside::Items(items)) => items.get(*index),
                // One or many: `list = "clients"` is the first of one.
                (Step::Index(0), Inside::Nothing) => Some(place),
                _ => None,
            };
            match inner {
                Some(inner) => place = inner,
                None => break,
            }
        }
        place
    }

    pub(super) fn location(&self, files: &[SourceFile]) -> Location {
        let Some(file) = files.get(self.file()) else {
            return Location {
                file: String::new(),
                line: 1,
                column: 1,
            };
        };
        let before = file.text.get(..self.at()).unwrap_or(&file.text);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before[start..]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
            + 1;
        Location {
            file: file.name.clone(),
            line,
            column,
        }
    }
}
