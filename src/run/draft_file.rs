//! The file of quotations beside a draft: added to, never rewritten. The draft itself is never touched, another editor has it
//! open.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Adds a quotation behind a blank line. A file that is not there is made, to be read by its user alone.
///
/// # Errors
/// A sentence, if nothing was added.
pub(super) fn append(file: &Path, text: &str) -> Result<(), String> {
    let write = || {
        let mut opened = OpenOptions::new().append(true).create(true).mode(0o600).open(file)?;
        let blank = if opened.metadata()?.len() > 0 { "\n" } else { "" };
        // In one piece, so that no half of it stands there.
        opened.write_all(format!("{blank}{text}\n").as_bytes())?;
        opened.sync_data()
    };
    write().map_err(|error: std::io::Error| {
        format!(
            "The quotation is not in {}: {error}. It is in your study: undo, mend [quotation] draft in study.toml, and \
             press the key again.",
            file.display()
        )
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn quotations_are_added_to_a_file_of_ones_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("paper.quotes.md");
        append(&file, "“One” (GP)").unwrap();
        append(&file, "> Two (GP)").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "“One” (GP)\n\n> Two (GP)\n");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let sentence = append(&folder.path().join("none/paper.md"), "x").unwrap_err();
        assert!(sentence.contains("none/paper.md"), "{sentence}");
    }
}
