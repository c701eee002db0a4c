//! An action is a struct: its fields are the question, `run` is the answer.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;
use ts_rs::{Config, TS, TypeVisitor};

use crate::{App, Code, Trouble};

/// Something a person can ask for.
pub trait Action: DeserializeOwned + TS + 'static {
    /// What it is called from a screen or a script.
    const NAME: &'static str;
    /// The answer.
    type Reply: Serialize + TS + 'static;
    /// Answers.
    fn run(self, app: &App) -> Result<Self::Reply, Trouble>;
}

/// The actions by name. One command hands every call to this.
#[derive(Default)]
pub struct Router(BTreeMap<&'static str, Entry>);

struct Entry {
    run: fn(&App, Json) -> Result<Json, Trouble>,
    ask: fn() -> String,
    reply: fn() -> String,
    types: fn(&mut Types),
}

impl Router {
    /// Adds one.
    pub fn add<A: Action>(mut self) -> Self {
        let run = |app: &App, ask: Json| -> Result<Json, Trouble> {
            let action: A = serde_json::from_value(ask).map_err(unreadable)?;
            let reply = action.run(app).inspect_err(|trouble| app.note_refusal(trouble))?;
            serde_json::to_value(reply).map_err(unreadable)
        };
        let ask = || match A::inline(&config()).as_str() {
            "null" | "{  }" => "Record<string, never>".to_owned(),
            ask => ask.to_owned(),
        };
        let reply = || A::Reply::name(&config());
        let types = |types: &mut Types| {
            A::visit_dependencies(types);
            types.visit::<A::Reply>();
        };
        self.0.insert(A::NAME, Entry { run, ask, reply, types });
        self
    }

    /// Runs one.
    pub fn call(&self, app: &App, name: &str, ask: Json) -> Result<Json, Trouble> {
        let entry = self.0.get(name).ok_or_else(|| Trouble::new(Code::NotFound, "no such action"))?;
        (entry.run)(app, ask)
    }

    /// Every action with its question and its answer, as TypeScript.
    pub fn actions(&self) -> impl Iterator<Item = (&'static str, String, String)> {
        self.0.iter().map(|(name, entry)| (*name, (entry.ask)(), (entry.reply)()))
    }

    /// The TypeScript of every action, for `ui/src/lib/generated/actions.ts`.
    pub fn typescript(&self) -> String {
        let mut types = Types::default();
        types.visit::<Trouble>();
        self.0.values().for_each(|entry| (entry.types)(&mut types));
        let lines: String =
            self.actions().map(|(name, ask, reply)| format!("  {name}: {{ ask: {ask}; reply: {reply} }};\n")).collect();
        let whys: Vec<String> = domain::Fault::WHYS.iter().map(|why| format!("  | '{why}'")).collect();
        let declared: String = types.declared.values().map(|decl| format!("export {decl}\n")).collect();
        format!(
            "// Printed by `cargo xtask generate` from the router in crates/app. Do not edit.\n\
             /* eslint-disable */\n\n\
             export type Id<K extends string> = string & {{ readonly __of: K }};\n\
             export type Why =\n{};\n{declared}\nexport interface Actions {{\n{lines}}}\n",
            whys.join("\n")
        )
    }
}

fn config() -> Config {
    Config::default().with_large_int("number")
}

/// The types met on the way, each declared once.
#[derive(Default)]
struct Types {
    seen: BTreeSet<String>,
    declared: BTreeMap<String, String>,
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let config = config();
        if !self.seen.insert(std::any::type_name::<T>().to_owned()) {
            return;
        }
        if T::output_path().is_some() {
            self.declared.insert(T::ident(&config), T::decl(&config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// What the question should have been is for support: the words of the question may be personal.
fn unreadable(error: serde_json::Error) -> Trouble {
    Trouble::new(Code::Internal, format!("unreadable question or answer at {}:{}", error.line(), error.column()))
}
