//! Tacto in a terminal: check drafts against a company's guide, and write, test and build such
//! guides. Everything that judges a draft is in `tacto-core`; here are files, formats and exit
//! statuses.

mod accuracy;
mod bundle;
mod check;
mod coverage;
mod draft_line;
mod examples;
mod explain;
mod failure;
mod hash;
mod human;
mod learn;
mod lint;
mod load;
mod needed;
mod policy;
mod rows;
mod sarif;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::{Failure, Status};

/// Check drafts of social-media posts against a company's guide, on this machine alone.
#[derive(Debug, Parser)]
#[command(name = "tacto", version, max_term_width = 100)]
struct Tacto {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Test(examples::Test),
    Lint(lint::Lint),
    Explain(explain::Explain),
    Build(bundle::Build),
    Learn(learn::Learn),
    Hash(hash::Hash),
    Policy(policy::Policy),
    Accuracy(accuracy::Accuracy),
}

impl Command {
    fn run(&self) -> Result<Status, Failure> {
        match self {
            Self::Check(check) => check.run(),
            Self::Test(test) => test.run(),
            Self::Lint(lint) => lint.run(),
            Self::Explain(explain) => explain.run(),
            Self::Build(build) => build.run(),
            Self::Learn(learn) => learn.run(),
            Self::Hash(hash) => hash.run(),
            Self::Policy(policy) => policy.run(),
            Self::Accuracy(accuracy) => accuracy.run(),
        }
    }
}

fn main() -> ExitCode {
    // clap ends the program by itself on `--help` (0) and on a mistaken command line (2).
    let tacto = Tacto::parse();
    let status = match tacto.command.run() {
        Ok(status) => status,
        Err(Failure::BrokenPipe) => Status::Fine,
        Err(failure) => {
            // Where even stderr is gone there is nobody left to tell.
            let _ = write!(std::io::stderr(), "{failure}");
            Status::BadInput
        }
    };
    ExitCode::from(status as u8)
}
