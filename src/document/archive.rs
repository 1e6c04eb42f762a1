//! The zip container of word-processor files, unpacked within limits. Knows nothing of what its parts mean.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::DocumentError;
use super::encoding::decode_unicode;

/// Parts that a container may have. Word writes some twenty, and one a picture.
const MOST_ENTRIES: usize = 10_000;
/// A part up to this size is unpacked whatever its ratio.
const FREE_BYTES: u64 = 10 << 20;
/// Beyond that a part may unpack to so many times its size. XML of real transcripts reaches about 40.
const MOST_RATIO: u64 = 200;
/// No part may unpack to more.
const MOST_BYTES: u64 = 200 << 20;

/// An open container.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    size: u64,
}

impl<'b> Archive<'b> {
    /// Reads the list of parts.
    ///
    /// # Errors
    /// When it is damaged or cut short, or lists more parts than a document has.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, DocumentError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocumentError::DamagedArchive)?;
        if zip.len() > MOST_ENTRIES {
            return Err(DocumentError::Bomb);
        }
        Ok(Self { zip, size: bytes.len() as u64 })
    }

    /// Whether a part is there.
    pub(super) fn has(&self, part: &str) -> bool {
        self.zip.index_for_name(part).is_some()
    }

    /// Whether a part is there whose name begins so.
    pub(super) fn has_folder(&self, start: &str) -> bool {
        self.zip.file_names_raw().any(|name| name.starts_with(start.as_bytes()))
    }

    /// The text of a part; `None` if it is not there.
    ///
    /// # Errors
    /// When it is damaged, locked, or unpacks to more than the limits.
    pub(super) fn read(&mut self, part: &str) -> Result<Option<String>, DocumentError> {
        let entry = match self.zip.by_name(part) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(DocumentError::Locked);
            }
            Err(_) => return Err(DocumentError::DamagedArchive),
        };
        // The header may lie about its size; the file itself is all that can be packed.
        let packed = entry.compressed_size().min(self.size);
        let limit = packed.saturating_mul(MOST_RATIO).clamp(FREE_BYTES, MOST_BYTES);
        let mut bytes = Vec::new();
        entry.take(limit + 1).read_to_end(&mut bytes).map_err(|_| DocumentError::DamagedArchive)?;
        if bytes.len() as u64 > limit {
            return Err(DocumentError::Bomb);
        }
        Ok(Some(decode_xml(bytes)))
    }
}

/// XML of these formats is UTF-8 or marked UTF-16; a bad byte is replaced, the markup around it decides the rest.
fn decode_xml(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).map_or_else(
        |error| {
            let bytes = error.into_bytes();
            decode_unicode(&bytes)
                .map_or_else(|| String::from_utf8_lossy(&bytes).into_owned(), |decoded| decoded.text)
        },
        |text| text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text),
    )
}
