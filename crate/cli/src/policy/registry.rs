//! Registry files for Windows, as regedit exports and imports them: UTF-16 with a byte order mark,
//! lines that end in CR LF.

use std::fmt::Write as _;

/// A registry file under construction.
pub struct Registry(String);

impl Registry {
    pub fn new() -> Self {
        Self("Windows Registry Editor Version 5.00\n".to_owned())
    }

    /// Starts a key; the values that follow are in it.
    pub fn key(mut self, path: &str) -> Self {
        let _ = write!(self.0, "\n[HKEY_LOCAL_MACHINE\\{path}]\n");
        self
    }

    /// Removes a key with all that is in it.
    pub fn without(mut self, path: &str) -> Self {
        let _ = write!(self.0, "\n[-HKEY_LOCAL_MACHINE\\{path}]\n");
        self
    }

    /// A text (REG_SZ) on one line.
    pub fn text(mut self, name: &str, value: &str) -> Self {
        let _ = writeln!(self.0, "\"{}\"=\"{}\"", escaped(name), escaped(value));
        self
    }

    /// A switch (REG_DWORD, 0 or 1).
    pub fn switch(mut self, name: &str, on: bool) -> Self {
        let _ = writeln!(self.0, "\"{}\"=dword:{:08x}", escaped(name), u8::from(on));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let text = self.0.replace('\n', "\r\n");
        std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
