//! Why a command could not do its work, told to the person who can change that.

use std::fmt;
use std::io;

use tacto_core::guide::source::SourceError;

/// How a command ended, as its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// No draft reached `warn`; every example held.
    Fine = 0,
    /// Some draft did; some example failed.
    Flagged = 1,
    /// Something in the input could not be read; the rest was done.
    BadInput = 2,
}

/// A command that could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// What to put right.
    Told(Vec<Diagnostic>),
    /// Nobody reads the output any more. Nothing to say.
    BrokenPipe,
}

/// One thing to put right: where, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// `file:line:column`, as far as it is known.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// The line and a caret below the place, where it helps.
    pub excerpt: Option<String>,
}

impl Diagnostic {
    /// At a place.
    pub fn new(
        place: impl fmt::Display,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            place: place.to_string(),
            message: message.into(),
            remedy: remedy.into(),
            excerpt: None,
        }
    }

    /// With the line that it is about, and a caret below the column (from 1, in characters).
    pub fn showing(mut self, line: &str, column: usize) -> Self {
        const BEFORE: usize = 50;
        const WIDTH: usize = 90;
        let skipped = column.saturating_sub(BEFORE + 1);
        let lead = if skipped > 0 { "…" } else { "" };
        let shown: String = line.chars().skip(skipped).take(WIDTH).collect();
        let shown = shown.replace('\t', " ");
        let trail = if line.chars().count() > skipped + WIDTH {
            "…"
        } else {
            ""
        };
        let indent = " ".repeat(lead.chars().count() + column.saturating_sub(skipped + 1));
        self.excerpt = Some(format!("{lead}{}{trail}\n    {indent}^", shown.trim_end()));
        self
    }

    /// A guide's error, with the folder that the guide was read from.
    pub fn in_guide(folder: &str, error: &SourceError) -> Self {
        let place = if folder.is_empty() {
            error.location.to_string()
        } else {
            format!("{}/{}", folder.trim_end_matches('/'), error.location)
        };
        Self::new(place, error.message.as_str(), error.remedy.as_str())
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.message)?;
        if let Some(excerpt) = &self.excerpt {
            write!(out, "\n    {excerpt}")?;
        }
        if !self.remedy.is_empty() {
            write!(out, "\n    {}", self.remedy)?;
        }
        Ok(())
    }
}

impl Failure {
    /// One thing to put right.
    pub fn one(
        place: impl fmt::Display,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::Told(vec![Diagnostic::new(place, message, remedy)])
    }

    /// A file that could not be read or written.
    pub fn file(path: impl fmt::Display, error: &io::Error) -> Self {
        let remedy = match error.kind() {
            io::ErrorKind::NotFound => "Check the path, and the folder that you are in.",
            io::ErrorKind::PermissionDenied => "Ask for the right to it, or choose another place.",
            _ => "",
        };
        Self::one(path, error.to_string(), remedy)
    }
}

/// Writing to the terminal is the only thing for which a bare I/O error is let through.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            Self::one("output", error.to_string(), "")
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Told(diagnostics) = self {
            for diagnostic in diagnostics {
                writeln!(out, "{diagnostic}")?;
            }
        }
        Ok(())
    }
}
