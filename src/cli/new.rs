//! `combe new`: an empty study.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::world::{Opened, World, os_user, shown_path, signature};
use crate::store::Store;
use crate::study::{Change, Study, Template};

/// The framework of the panels, if nobody says another.
const FRAMEWORK: &str = "com-b";

/// Make an empty study in a folder.
///
/// The folder gets study.toml, which is yours to edit (name, lead coder, framework, house rules), and study.db, which
/// holds everything else. Next: `combe import` your transcripts.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Folder of the study; made if it is not there
    dir: PathBuf,
    /// Framework of the panels: com-b, tdf, none, or a TOML file of your own
    #[arg(long, default_value = FRAMEWORK)]
    framework: String,
    /// Name of the study; the folder's name if not given
    #[arg(long)]
    name: Option<String>,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let template = read_template(&args.framework)?;
    let name = args.name.clone().unwrap_or_else(|| {
        args.dir.file_name().map_or_else(|| "study".into(), |name| name.to_string_lossy().into_owned())
    });
    let lead = world.coder.clone().unwrap_or_else(os_user);
    let framework = template.as_ref().map_or("none", |template| template.framework.id.as_str());
    let settings = settings(&name, &lead, framework);
    let store = Store::create(&args.dir, &settings, signature(), &world.source)?;
    let mut opened = begin(world, store)?;
    let label = format!("new study “{name}”");
    let changes = template.map(framework_changes).unwrap_or_default();
    opened.commit(&world.source, "new_study", label, changes)?;
    let folder = shown_path(&args.dir);
    let who = &opened.coder.name;
    world.out.remark(&format!(
        "Made the study “{name}” in {folder}.\n\
         You code as {who}, its lead coder. To code under another name, write `{} = \"NAME\"` under [coders] in \
         {folder}/study.toml (and lead = \"NAME\"), or give --as NAME.\n\
         Next: combe -C {folder} import FOLDER-OF-TRANSCRIPTS",
        toml_key(&os_user()),
    ))?;
    Ok(0)
}

/// Makes an empty study with the usual framework, named after its folder.
pub(super) fn make(world: &mut World, folder: &Path) -> Result<(), CliError> {
    let args = Args { dir: folder.to_owned(), framework: FRAMEWORK.into(), name: None };
    run(world, &args).map(|_| ())
}

/// A name as a key of TOML.
fn toml_key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if bare { name.to_owned() } else { toml::Value::String(name.to_owned()).to_string() }
}

/// A fresh store with the one who made it.
pub(super) fn begin(world: &World, mut store: Store) -> Result<Opened, CliError> {
    let (study, _): (Study, i64) = store.load()?;
    let coder = world.coder_in(&study);
    Ok(Opened { store, study, whole: None, coder })
}

/// The changes that bring a framework into a study.
pub(super) fn framework_changes(template: Template) -> Vec<Change> {
    let mut changes = vec![Change::create(template.framework)];
    changes.extend(template.components.into_iter().map(Change::create));
    changes
}

fn read_template(word: &str) -> Result<Option<Template>, CliError> {
    if crate::text::fold_name(word) == "none" {
        return Ok(None);
    }
    if let Some(shipped) = Template::shipped(word) {
        return Ok(Some(shipped?));
    }
    let text = fs::read_to_string(word).map_err(|error| {
        CliError::at(word, format!("{error}; give com-b, tdf, none, or the path of a framework file"))
    })?;
    Ok(Some(Template::parse(&text).map_err(|error| CliError::at(word, error.to_string()))?))
}

fn settings(name: &str, lead: &str, framework: &str) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    format!(
        "# The facts of this study. Edit it freely: the program reads it and never writes it.\n\
         schema = 1\n\
         name = {}\n\
         # Whose coding is counted, unless a transcript says otherwise.\n\
         lead = {}\n\
         # Framework of the panels under the digits.\n\
         framework = {}\n\
         # Attribute of participants whose values the panels set side by side.\n\
         # compare = \"group\"\n\
         # Files are readable by you alone; true opens them to the group of the folder.\n\
         shared = false\n\
         \n\
         # Users of this machine and the coders they are.\n\
         [coders]\n\
         # jo = \"Jo\"\n",
        quoted(name),
        quoted(lead),
        quoted(framework),
    )
}
