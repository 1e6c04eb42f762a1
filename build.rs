//! Packs `sample-data/` into one compressed archive, which the binary carries for `combe demo`.

use std::error::Error;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=sample-data");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("sample-data");
    let archive = PathBuf::from(std::env::var("OUT_DIR")?).join("sample-data.zip");
    let mut writer = ZipWriter::new(File::create(archive)?);
    for path in files_below(&root)? {
        let name = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(name, options)?;
        writer.write_all(&fs::read(&path)?)?;
    }
    writer.finish()?;
    Ok(())
}

/// The files of the sample in a fixed order, so that two builds are alike.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files_below(&path)?);
        } else if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
