//! `combe demo`: the sample study.

use std::io::{self, Cursor, IsTerminal, Read};
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::import::{NamedBytes, carry_out, prepare};
use super::new::{begin, framework_changes};
use super::world::{World, os_user, shown_path, signature};
use crate::import::{ImportOptions, Status};
use crate::store::Store;
use crate::study::{Settings, Template};

/// Make the sample study and open it: invented interviews and focus groups, ready to code.
///
/// Every word of it but the published quotations is invented. You work in it as its coder c1.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Folder to make it in
    #[arg(default_value = FOLDER)]
    dir: PathBuf,
    /// Make it and stop
    #[arg(long)]
    no_open: bool,
}

/// `sample-data/`, packed by `build.rs`.
const SAMPLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sample-data.zip"));

/// The folder that it is made in, if nobody says another.
const FOLDER: &str = "combe-demo";

/// Makes the sample study in this folder, unless it is there; where it is.
pub(super) fn begin_here(world: &mut World) -> Result<PathBuf, CliError> {
    let folder = PathBuf::from(FOLDER);
    ensure(world, &folder)?;
    Ok(folder)
}

fn ensure(world: &mut World, folder: &Path) -> Result<(), CliError> {
    if folder.join("study.db").is_file() {
        return world.out.remark(&format!("The sample study is in {} already.", shown_path(folder)));
    }
    make(world, folder)
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    ensure(world, &args.dir)?;
    if args.no_open {
        return Ok(0);
    }
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let folder = shown_path(&args.dir);
        world
            .out
            .remark(&format!("There is no terminal to show it in: `combe -C {folder}` opens it in one."))?;
        return Ok(0);
    }
    world.out.flush()?;
    world.folder = Some(args.dir.clone());
    super::screen::run(world, true)
}

fn make(world: &mut World, folder: &Path) -> Result<(), CliError> {
    let mut files = unpack()?;
    let settings = match files.iter().position(|(name, _)| name == "study.toml") {
        Some(at) => String::from_utf8_lossy(&files.remove(at).1).into_owned(),
        None => "schema = 1\nname = \"Sample\"\n".to_owned(),
    };
    let lead =
        Settings::parse(&settings).ok().and_then(|settings| settings.lead).unwrap_or_else(|| "c1".into());
    if world.coder.is_none() {
        world.coder = Some(lead.clone());
    }
    // Whoever tries the sample continues the work of its coder, else what they code would not be counted.
    let user = toml::Value::String(os_user()).to_string();
    let settings = format!("{settings}\n[coders]\n{user} = {}\n", toml::Value::String(lead));
    let store = Store::create(folder, &settings, signature(), &world.source)?;
    let mut opened = begin(world, store)?;
    let framework = opened.study.settings.framework.clone();
    let changes = Template::shipped(&framework).transpose()?.map(framework_changes).unwrap_or_default();
    let label = "the sample study".to_owned();
    opened.commit(&world.source, "demo", label, changes)?;
    let planned = prepare(&opened, &world.source, files, &ImportOptions::default());
    if let Some(refused) = planned.reports.iter().find(|report| report.status == Status::Refused) {
        let why = refused.error.clone().unwrap_or_default();
        return Err(CliError::at(&refused.file, format!("{why} (in the sample that this program carries)")));
    }
    let transcripts = planned.texts.len();
    carry_out(&mut opened, world, planned)?;
    world.out.remark(&format!(
        "Made the sample study in {}: {transcripts} transcripts, {} people, {} codings.",
        shown_path(folder),
        opened.study.participants().len(),
        opened.study.codings().len()
    ))
}

/// The files of the sample that a study takes in, and its `study.toml`.
fn unpack() -> Result<Vec<NamedBytes>, CliError> {
    let broken = |error: &dyn std::error::Error| {
        CliError::refused(format!("the sample in this program is broken: {error}"))
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(SAMPLE)).map_err(|error| broken(&error))?;
    let mut files = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| broken(&error))?;
        let name = entry.name().map_err(|error| broken(&error))?.into_owned();
        let wanted = crate::import::is_importable(&name) || name == "study.toml";
        if wanted {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).map_err(|error| broken(&error))?;
            files.push((name, bytes));
        }
    }
    Ok(files)
}
