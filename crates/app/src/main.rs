//! `book`: any action by name from the command line, over the same router as the window.

use std::{io::Write, path::PathBuf, process::ExitCode};

use app::{App, Code, Trouble};
use clap::{Parser, Subcommand};
use serde_json::{Value as Json, json};

/// Calls the book's actions from a script. The PIN comes from BOOK_PIN.
#[derive(Parser)]
#[command(name = "book", version)]
struct Args {
    /// The book's folder.
    #[arg(long)]
    home: PathBuf,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Lists every action with its question and its answer.
    Actions,
    /// Runs one action and prints its answer as JSON.
    Call {
        /// The action's name.
        action: String,
        /// The question, as JSON.
        #[arg(default_value = "{}")]
        ask: String,
    },
    /// Runs actions from standard input, a line each: `ACTION {json}`; answers a line each.
    Run,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let app = open(&args);
    let done = match args.what {
        What::Actions => app::router()
            .actions()
            .into_iter()
            .try_for_each(|(name, ask, reply)| say(format_args!("{name} {ask} -> {reply}"))),
        What::Call { action, ask } => call(&app, &action, &ask).and_then(|reply| say(format_args!("{reply}"))),
        What::Run => run(&app),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{}", said(&trouble));
            ExitCode::FAILURE
        }
    }
}

/// BOOK_NOW, milliseconds since 1970, holds the clock still for tests and demonstrations.
fn open(args: &Args) -> App {
    match std::env::var("BOOK_NOW").ok().and_then(|now| now.parse::<u64>().ok()) {
        Some(now) => App::with_clock(&args.home, Box::new(move || now)),
        None => App::new(&args.home),
    }
}

/// A book that answers `locked` is opened, and asked again.
fn call(app: &App, action: &str, ask: &str) -> Result<Json, Trouble> {
    let ask: Json = serde_json::from_str(ask).map_err(|_| Trouble::new(Code::Internal, "the question is not JSON"))?;
    match app.call(action, ask.clone()) {
        Err(trouble) if trouble.code == Code::Locked => {
            let pin = std::env::var("BOOK_PIN").map_err(|_| Trouble::new(Code::Locked, "BOOK_PIN is not set"))?;
            app.call("unlock", json!({ "pin": pin }))?;
            app.call(action, ask)
        }
        done => done,
    }
}

/// One bad line never ends the others: its trouble is its answer.
fn run(app: &App) -> Result<(), Trouble> {
    for line in std::io::stdin().lines() {
        let line = line.map_err(|error| Trouble::new(Code::Internal, error.to_string()))?;
        let (action, ask) = line.split_once(' ').unwrap_or((line.as_str(), "{}"));
        match call(app, action, ask) {
            Ok(reply) => say(format_args!("{reply}"))?,
            Err(trouble) => say(format_args!("{}", json!({ "trouble": trouble })))?,
        }
    }
    Ok(())
}

/// One line of the answer. Whoever stops reading early (`| head`) ends the program with a failure, not with a panic.
fn say(line: std::fmt::Arguments<'_>) -> Result<(), Trouble> {
    writeln!(std::io::stdout(), "{line}").map_err(|error| Trouble::new(Code::Internal, error.to_string()))
}

fn said(trouble: &Trouble) -> String {
    serde_json::to_string(trouble).unwrap_or_else(|_| trouble.to_string())
}
