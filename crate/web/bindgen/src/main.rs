//! `tacto-bindgen WASM OUT_DIR`: what the `wasm-bindgen` command does, for `extension/build.mjs`.
//!
//! A program of the workspace, so that `Cargo.lock` fixes its version beside the crate's
//! (facts/browsers.md, "Building the wasm").

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(wasm), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: tacto-bindgen WASM OUT_DIR");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let generated = bindgen
        .input_path(&wasm)
        .out_name("tacto_web")
        .typescript(true)
        .remove_producers_section(true)
        // A wasm that trapped is not used again: the extension starts a fresh one.
        .reset_state_function(true)
        .omit_default_module_path(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(&out));
    match generated {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error:#}", wasm.display());
            ExitCode::FAILURE
        }
    }
}
