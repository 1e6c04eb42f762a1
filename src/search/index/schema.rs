//! What a document of the index is: one turn's speech, as exact words and as stems.

use tantivy::TantivyDocument;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::search::Entry;
use crate::study::{RevisionId, TranscriptId};
use crate::text::{ANALYSER_VERSION, Analyser, Language, Tokens};

/// The fields of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// Exact words with their positions.
    pub(super) exact: Field,
    /// Stems with their positions; turns in English only.
    pub(super) stems: Field,
    /// The transcript, to delete its turns by.
    pub(super) transcript: Field,
    /// What the turn belongs to: see [`Held`].
    pub(super) held: Field,
    /// The turn's index in its transcript.
    pub(super) turn: Field,
}

/// Names of fields that are read by name.
pub(super) const HELD: &str = "held";
pub(super) const TURN: &str = "turn";

/// The schema of every index of this version of the analyser: one made by another version does not equal it.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = |form: &str| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(&tokenizer_name(form))
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        exact: builder.add_text_field("exact", words("exact")),
        stems: builder.add_text_field("stems", words("stems")),
        transcript: builder.add_bytes_field("transcript", BytesOptions::default().set_indexed()),
        held: builder.add_bytes_field(HELD, FAST),
        turn: builder.add_u64_field(TURN, NumericOptions::default().set_fast()),
    };
    (builder.build(), fields)
}

pub(super) fn tokenizers() -> TokenizerManager {
    // Fields that are no text ask for the default one too.
    let manager = TokenizerManager::default();
    for (form, stem) in [("exact", false), ("stems", true)] {
        let words = Words { analyser: Analyser::new(Language::English), token: Token::default(), stem };
        manager.register(&tokenizer_name(form), TextAnalyzer::from(words));
    }
    manager
}

fn tokenizer_name(form: &str) -> String {
    format!("combe-{form}-{ANALYSER_VERSION}")
}

/// The document of one turn.
pub(super) fn document(fields: &Fields, entry: &Entry, turn: u32, speech: &str) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.exact, speech);
    if entry.language == Language::English {
        document.add_text(fields.stems, speech);
    }
    document.add_bytes(fields.transcript, entry.transcript.0.as_bytes());
    document.add_bytes(fields.held, &Held::of(entry).to_bytes());
    document.add_u64(fields.turn, u64::from(turn));
    document
}

/// What a turn in the index belongs to. If the study says otherwise now, it must be indexed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) transcript: TranscriptId,
    pub(super) revision: RevisionId,
    pub(super) language: Language,
}

impl Held {
    pub(super) fn of(entry: &Entry) -> Self {
        Self { transcript: entry.transcript, revision: entry.revision, language: entry.language }
    }

    fn to_bytes(self) -> [u8; 33] {
        let mut bytes = [0; 33];
        bytes[..16].copy_from_slice(self.transcript.0.as_bytes());
        bytes[16..32].copy_from_slice(self.revision.0.as_bytes());
        bytes[32] = u8::from(self.language == Language::English);
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (transcript, rest) = bytes.split_first_chunk::<16>()?;
        let (revision, english) = rest.split_first_chunk::<16>()?;
        Some(Self {
            transcript: uuid::Uuid::from_bytes(*transcript).into(),
            revision: uuid::Uuid::from_bytes(*revision).into(),
            language: if english == [1] { Language::English } else { Language::Other },
        })
    }
}

/// Our analyser in the shape that the index asks for.
#[derive(Clone)]
struct Words {
    analyser: Analyser,
    token: Token,
    stem: bool,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { tokens: self.analyser.tokens(text), token: &mut self.token, stem: self.stem }
    }
}

struct WordStream<'a> {
    tokens: Tokens<'a>,
    token: &'a mut Token,
    stem: bool,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.tokens.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = next.span.start as usize;
        self.token.offset_to = next.span.end as usize;
        self.token.text.clear();
        self.token.text.push_str(if self.stem { next.word.stem() } else { next.word.exact() });
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
