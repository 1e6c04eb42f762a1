//! `combe keys`: what keys do, from the keymap in force.

use serde::Serialize;

use super::error::CliError;
use super::preferences::Preferences;
use super::world::{World, paths};
use crate::app::keymap::{Keymap, print_keys};

/// Print all keys of the keymap in force, or say what is wrong with your own keymap file.
///
/// Your own bindings go to keymap.toml in combe's configuration folder, in the form of the shipped keymap; each one
/// replaces the shipped one for the same keys, and `false` takes a binding away. `--keymap vim`, or `keymap = "vim"` in
/// config.toml or above the tables of keymap.toml, chooses the keys of vim.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Print Markdown tables
    #[arg(long)]
    markdown: bool,
}

#[derive(Serialize)]
struct Line {
    keymap: &'static str,
    layer: String,
    keys: String,
    command: String,
    description: String,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let mut preferences = Preferences::read(&paths()?.config, &world.wishes);
    let keymap = preferences.keymap()?;
    if let Some(wrong) = preferences.wrong.first() {
        return Err(CliError::refused(wrong.to_string()));
    }
    if args.markdown {
        world.out.bytes(key_tables(&keymap).as_bytes())?;
        return Ok(0);
    }
    let mut layer = None;
    for binding in keymap.bindings() {
        if layer != Some(binding.layer) {
            layer = Some(binding.layer);
            world.out.remark(&format!("\n{}", binding.layer.heading()))?;
        }
        let commands: Vec<&str> = binding.calls.iter().map(|call| call.command.name).collect();
        let line = Line {
            keymap: keymap.name(),
            layer: binding.layer.name().to_owned(),
            keys: print_keys(&binding.keys),
            command: commands.join(" "),
            description: binding.description.clone(),
        };
        world.out.result(&line, || format!("  {:<12} {}", line.keys, line.description))?;
    }
    Ok(0)
}

/// The tables of keys as Markdown, one a layer: what the README shows.
#[must_use]
pub fn key_tables(keymap: &Keymap) -> String {
    let mut tables = String::new();
    let mut layer = None;
    for binding in keymap.bindings() {
        if layer != Some(binding.layer) {
            layer = Some(binding.layer);
            let gap = if tables.is_empty() { "" } else { "\n" };
            tables.push_str(&format!(
                "{gap}**{}**\n\n| keys | what they do |\n| --- | --- |\n",
                binding.layer.heading()
            ));
        }
        let keys = print_keys(&binding.keys).replace('|', "\\|");
        tables.push_str(&format!("| `{keys}` | {} |\n", binding.description.replace('|', "\\|")));
    }
    tables
}
