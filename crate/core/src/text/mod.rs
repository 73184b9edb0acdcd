//! From a draft's characters to words with offsets.
//!
//! [`fold`] undoes case, accents and disguises of single characters and remembers where every
//! folded byte came from; [`words`] cuts the folded text into words and sentences and adds the
//! readings of disguised words; [`code`] tells programs from prose; [`script`] says where letters of
//! another kind begin; [`utf16`] is the one place where byte offsets become UTF-16.

pub(crate) mod code;
pub(crate) mod fold;
pub(crate) mod latin;
pub(crate) mod plain;
pub(crate) mod script;
pub(crate) mod utf16;
pub(crate) mod words;
