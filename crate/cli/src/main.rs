//! Tacto in a terminal.
fn main() {}
