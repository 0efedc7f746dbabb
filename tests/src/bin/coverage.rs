//! What of route the tests set, from recordings: see `tests/coverage/run`.
//!
//! ```text
//! coverage sent DIRECTORY           what its recordings sent, as lines: operation, name, and `told` or `-`
//! coverage report EXCEPTIONS FILE...   such lines together beside the declaration; fails if something is missing
//! ```

use std::{env, error::Error, fs, path::Path, process::ExitCode};

use netlink_core::NlFamily;
use netlink_tests::coverage::{Exceptions, Report, Sent, Settable, recording};
use protocols::route::Route;

fn run(arguments: &[String]) -> Result<bool, Box<dyn Error>> {
    let settable = Settable::of(Route::SCHEMA);
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["sent", directory] => {
            for ((operation, name), told) in recording::sent(Path::new(directory), &settable)? {
                println!("{operation} {name} {}", if told { "told" } else { "-" });
            }
            Ok(true)
        }
        ["report", exceptions, ref files @ ..] => {
            let mut sent = Sent::new();
            for file in files {
                for line in fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?.lines() {
                    let [operation, name, told] = line.split(' ').collect::<Vec<_>>()[..] else {
                        return Err(format!("{file}: `{line}`").into());
                    };
                    *sent.entry((operation.to_owned(), name.to_owned())).or_default() |= told == "told";
                }
            }
            let exceptions = Exceptions::parse(&fs::read_to_string(exceptions)?)?;
            let report = Report::new(&settable, &sent, &exceptions);
            print!("{report}");
            Ok(report.missing().is_empty() && report.wrong().is_empty())
        }
        _ => Err("see the head of tests/src/bin/coverage.rs".into()),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
