//! Files of a folder that import does not read, and what to do with them instead.

use std::fmt;

use super::FileReport;
use super::classify::is_importable;
use super::options::last_part;

/// A file that was found in a folder and is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Path as found.
    pub file: String,
    /// What to do instead, as the end of a sentence.
    pub advice: &'static str,
}

/// What to do with files of well-known formats, by the ends of their names.
const ADVICE: [(&str, &str); 8] = [
    ("pdf rtf doc dot wpd pages html htm xml epub ppt pptx", "save it as .docx or .txt"),
    ("xls xlsx numbers", "save each sheet as .csv"),
    ("ods", "save a review sheet as .xlsx or .docx, every other sheet as .csv"),
    ("json ttml dfxp sbv ass textgrid eaf cha", "export it as .vtt, .srt, .docx or .txt"),
    (
        "mp3 m4a wav wma aac flac ogg opus aif aiff mp4 m4v mov avi mkv webm ds2 dss",
        "a recording: transcribe it",
    ),
    ("png jpg jpeg gif tif tiff bmp heic webp svg", "a picture: type its text into a .docx or .txt"),
    ("zip gz tgz 7z rar tar", "unpack it and import what is in it"),
    ("nvp nvpx mx18 mx20 mx22 mx24 atlproj qdpx qdc", "export its transcripts as .docx or .txt"),
];

impl Unread {
    /// A file of a folder by its name; `None` if it is one to import, or one that nobody would miss: hidden files, those
    /// that an open Word leaves, those of a study, and the manifests beside its exports.
    #[must_use]
    pub fn of_name(file: &str) -> Option<Self> {
        let name = last_part(file).to_lowercase();
        let of_study = ["study.toml", "study.lock"].contains(&name.as_str()) || name.starts_with("study.db");
        let of_export = name.ends_with(".manifest.json");
        if is_importable(file) || of_study || of_export || name.starts_with(['.', '~']) {
            return None;
        }
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let known = ADVICE.iter().find(|(ends, _)| ends.split(' ').any(|end| end == extension));
        let advice = match (known, extension) {
            (Some((_, advice)), _) => advice,
            (None, "toml") => "call it codebook.toml if it is one",
            (None, "txt" | "md" | "docx" | "odt") => {
                "a note on the folder by its name: give its own path if it is a transcript"
            }
            _ => "save it as .docx or .txt if it is a transcript",
        };
        Some(Self { file: file.to_owned(), advice })
    }

    /// The same as an object of the report.
    #[must_use]
    pub fn report(&self) -> FileReport {
        FileReport::of_file(&self.file, "").refused(format!(
            "{} is not read; {}",
            last_part(&self.file),
            self.advice
        ))
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not read: {} ({})", self.file, self.advice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_is_named_with_what_to_do() {
        let said = |file: &str| Unread::of_name(file).map(|unread| unread.to_string());
        for (file, advice) in [
            ("a/scan.PDF", "save it as .docx or .txt"),
            ("I1.m4a", "a recording: transcribe it"),
            ("list.xlsx", "save each sheet as .csv"),
            ("review.ods", "save a review sheet as .xlsx or .docx, every other sheet as .csv"),
            ("whisper.json", "export it as .vtt, .srt, .docx or .txt"),
            ("I43", "save it as .docx or .txt if it is a transcript"),
        ] {
            assert_eq!(said(file).unwrap(), format!("not read: {file} ({advice})"));
        }
        assert!(said("README.txt").unwrap().contains("its own path"));
        for file in ["I43.txt", "participants.csv", "study.toml", "study.db-wal", ".DS_Store", "~$I43.docx"] {
            assert_eq!(said(file), None, "{file}");
        }
    }
}
