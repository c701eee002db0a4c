//! `book`: any action by name from the command line, over the same router as the window.

use std::{path::PathBuf, process::ExitCode};

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
        What::Actions => {
            for (name, ask, reply) in app::router().actions() {
                println!("{name} {ask} -> {reply}");
            }
            Ok(())
        }
        What::Call { action, ask } => call(&app, &action, &ask).map(|reply| println!("{reply}")),
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

/// Actions that work on a locked book.
const OUTSIDE: &[&str] = &["status", "look_up", "join", "unlock", "lock", "forget", "set", "touch", "change_pin"];

fn call(app: &App, action: &str, ask: &str) -> Result<Json, Trouble> {
    let ask: Json = serde_json::from_str(ask).map_err(|_| Trouble::new(Code::Internal, "the question is not JSON"))?;
    let open = app.call("status", json!({}))?.get("stage").is_some_and(|stage| stage == "open");
    if !open && !OUTSIDE.contains(&action) {
        let pin = std::env::var("BOOK_PIN").map_err(|_| Trouble::new(Code::Locked, "BOOK_PIN is not set"))?;
        app.call("unlock", json!({ "pin": pin }))?;
    }
    app.call(action, ask)
}

/// One bad line never ends the others: its trouble is its answer.
fn run(app: &App) -> Result<(), Trouble> {
    for line in std::io::stdin().lines() {
        let line = line.map_err(|error| Trouble::new(Code::Internal, error.to_string()))?;
        let (action, ask) = line.split_once(' ').unwrap_or((line.as_str(), "{}"));
        match call(app, action, ask) {
            Ok(reply) => println!("{reply}"),
            Err(trouble) => println!("{}", json!({ "trouble": trouble })),
        }
    }
    Ok(())
}

fn said(trouble: &Trouble) -> String {
    serde_json::to_string(trouble).unwrap_or_else(|_| trouble.to_string())
}
