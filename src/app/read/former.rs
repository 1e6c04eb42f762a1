//! Former texts of a transcript: what differs between one and the current text, word by word, or the former text whole.
//!
//! Only to be read. Words out and in are marked by signs, `[-out-]` and `{+in+}`, and by colour as well. Knows nothing of
//! quotes: what became of those is in doubt or is not.

use std::ops::Range;
use std::sync::Arc;

use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::layer::Layer;
use crate::app::layout::Area;
use crate::app::wrap::wrap;
use crate::app::{Effect, Model};
use crate::study::{RevisionId, Rewriting, TranscriptId, TurnNumber, Turns};
use crate::text::Span;

/// Columns for the number of a turn.
const NUMBER: usize = 6;
/// Code points of the words around a difference that are said with it.
const AROUND: usize = 60;

/// A former text, and what differs.
#[derive(Clone, Debug)]
pub struct Former {
    /// What it is, in a few words.
    pub title: String,
    /// Whether the former text is shown whole, and not what differs.
    pub whole: bool,
    /// The rows, laid out for the width of the window.
    pub rows: Vec<FormerRow>,
    /// The first row in sight.
    pub top: usize,
    transcript: TranscriptId,
    name: String,
    numbers: (u32, u32),
    current: RevisionId,
    texts: (Arc<str>, Arc<str>),
    turns: (Option<Arc<Turns>>, Arc<Turns>),
    fitted: Option<(u16, bool)>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormerRow {
    /// The number of the turn that begins in it.
    pub number: Option<TurnNumber>,
    /// Its words.
    pub pieces: Vec<(FormerTone, String)>,
}

/// What words are to the two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormerTone {
    /// They are in both, or nothing is compared.
    Same,
    /// They are in the former text alone.
    Out,
    /// They are in the current text alone.
    In,
}

/// Words of a turn, not yet laid out.
type Paragraph = FormerRow;

impl FormerRow {
    /// All of it as one line.
    #[must_use]
    pub fn words(&self) -> String {
        let number = self.number.map(|number| format!("{number} ")).unwrap_or_default();
        let pieces: String = self.pieces.iter().map(|(_, words)| words.as_str()).collect();
        format!("{number}{}", pieces.trim())
    }

    fn push(&mut self, tone: FormerTone, words: &str) {
        if words.is_empty() {
            return;
        }
        let words = words.replace('\n', " ");
        self.pieces.push(match tone {
            FormerTone::Same => (tone, words),
            FormerTone::Out => (tone, format!("[-{words}-]")),
            FormerTone::In => (tone, format!("{{+{words}+}}")),
        });
    }

    /// The rows of a paragraph, none wider than `width` columns.
    fn laid(&self, width: usize) -> Vec<FormerRow> {
        let text: String = self.pieces.iter().map(|(_, words)| words.as_str()).collect();
        let row = |(at, range): (usize, Range<usize>)| {
            // Blanks at the end of a row hang over its edge, where there is no room for them.
            let seen = text.get(range.clone()).unwrap_or_default().trim_end().len();
            let range = range.start..range.start + seen;
            let (mut from, mut pieces) = (0, Vec::new());
            for (tone, words) in &self.pieces {
                let within = range.start.max(from)..range.end.min(from + words.len());
                from += words.len();
                if let Some(words) = text.get(within).filter(|words| !words.is_empty()) {
                    pieces.push((*tone, words.to_owned()));
                }
            }
            FormerRow { number: self.number.filter(|_| at == 0), pieces }
        };
        wrap(&text, width.max(1)).into_iter().enumerate().map(row).collect()
    }
}

impl Former {
    /// Moves by so many rows, as far as there are any.
    pub(in crate::app) fn step(&mut self, by: isize, height: u16) {
        // The last row stays at the foot of the window, below the title.
        let last = self.rows.len().saturating_sub(usize::from(height.saturating_sub(2)).max(1));
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    fn arrange(&mut self, body: Area) {
        let fitted = Some((body.width, self.whole));
        if self.fitted != fitted {
            if self.fitted.is_some_and(|(_, whole)| whole != self.whole) {
                self.top = 0;
            }
            self.fitted = fitted;
            let paragraphs = match self.whole {
                true => lines(&self.texts.0, self.turns.0.as_deref()),
                false => differences(&self.texts.0, &self.texts.1, &self.turns.1),
            };
            let width = usize::from(body.width).saturating_sub(NUMBER + 2);
            self.rows = paragraphs.iter().flat_map(|paragraph| paragraph.laid(width)).collect();
            let (name, (former, current)) = (&self.name, self.numbers);
            self.title = match self.whole {
                true => format!("{name} as revision {former} has it"),
                false => format!("{name}: from revision {former} to {current}, [-out-] {{+in+}}"),
            };
            if self.rows.is_empty() {
                let said = "The words are the same: turns were split or joined, or given to somebody else.";
                let pieces = vec![(FormerTone::Same, said.to_owned())];
                self.rows.push(FormerRow { number: None, pieces });
            }
        }
        self.step(0, body.height);
    }
}

/// The lines of a text, with the numbers of the turns that begin there if they are known.
fn lines(text: &str, turns: Option<&Turns>) -> Vec<Paragraph> {
    let mut at = 0;
    let line = |line: &str| {
        let turn = turns.and_then(|turns| turns.turns.get(turns.index_at(at)?));
        let number = turn.filter(|turn| turn.begins() == at).map(|turn| turn.number);
        at += line.len();
        let mut paragraph = Paragraph { number, pieces: Vec::new() };
        paragraph.push(FormerTone::Same, line.trim_end_matches('\n'));
        paragraph
    };
    text.split_inclusive('\n').map(line).collect()
}

/// What differs, a paragraph for each turn of the new text in which something does.
fn differences(old: &str, new: &str, turns: &Turns) -> Vec<Paragraph> {
    let slice = |span: Span| span.slice(new).unwrap_or_default();
    let mut found: Vec<Paragraph> = Vec::new();
    // Up to where the last paragraph has said the new text, and where its turn ends.
    let (mut said, mut end) = (0, 0);
    for stretch in Rewriting::between(old, new).stretches().into_iter().filter(|stretch| !stretch.same) {
        let turn = turns.index_at(stretch.new.start as usize).and_then(|at| turns.turns.get(at));
        let number = turn.map(|turn| turn.number);
        if found.last().is_none_or(|last| last.number != number) {
            if let Some(last) = found.last_mut() {
                last.push(FormerTone::Same, &head(slice(Span { start: said, end })));
            }
            found.push(Paragraph { number, pieces: Vec::new() });
            let begins = turn.map_or(stretch.new.start, |turn| Span::new(turn.begins(), turn.begins()).start);
            let before = slice(Span { start: begins.max(said), end: stretch.new.start });
            if let Some(last) = found.last_mut() {
                last.push(FormerTone::Same, &tail(before));
            }
        } else if let Some(last) = found.last_mut() {
            last.push(FormerTone::Same, &middle(slice(Span { start: said, end: stretch.new.start })));
        }
        if let Some(last) = found.last_mut() {
            last.push(FormerTone::Out, stretch.old.slice(old).unwrap_or_default());
            last.push(FormerTone::In, slice(stretch.new));
        }
        said = stretch.new.end;
        end = turn.map_or(said, |turn| turn.speech.end.max(said));
    }
    if let Some(last) = found.last_mut() {
        last.push(FormerTone::Same, &head(slice(Span { start: said, end })));
    }
    found
}

/// The first words of a stretch.
fn head(words: &str) -> String {
    match words.char_indices().nth(AROUND) {
        Some((at, _)) => {
            let words = words.get(..at).unwrap_or_default();
            format!("{} …", words.rsplit_once(' ').map_or(words, |(whole, _)| whole))
        }
        None => words.to_owned(),
    }
}

/// The last words of a stretch.
fn tail(words: &str) -> String {
    match words.char_indices().rev().nth(AROUND) {
        Some((at, _)) => {
            let words = words.get(at..).unwrap_or_default();
            format!("… {}", words.split_once(' ').map_or(words, |(_, whole)| whole))
        }
        None => words.to_owned(),
    }
}

/// The first and the last words of a stretch between two differences.
fn middle(words: &str) -> String {
    if words.chars().nth(2 * AROUND).is_none() {
        return words.to_owned();
    }
    format!("{} {}", head(words), tail(words).trim_start_matches("… "))
}

impl Model {
    /// Shows what differs between the text and a former one; asks which, if there are several.
    pub(in crate::app) fn show_former(&mut self) -> Vec<Effect> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let (transcript, current) = (open.transcript, open.revision);
        let name = self.study.transcripts().get(&transcript).map_or("", |held| held.name.as_str()).to_owned();
        if self.study.hides_something_in(transcript) {
            self.refuse(format!(
                "Turns of {name} are hidden, and nobody can tell their words in former texts: bring them back first."
            ));
            return Vec::new();
        }
        let former = |revision: &&&crate::study::Revision| revision.id != current;
        let all = self.study.revisions_of(transcript);
        let mut all: Vec<(RevisionId, u32, String)> =
            all.iter().filter(former).map(|held| (held.id, held.number, self.time_words(held.at))).collect();
        all.reverse();
        match all.as_slice() {
            [] => {
                self.refuse(format!("{name} has one text: nothing was corrected in it."));
                Vec::new()
            }
            [(only, _, _)] => self.want_former(*only),
            several => {
                let choice = |(_, number, at): &(RevisionId, u32, String)| Choice {
                    words: if *number == 1 {
                        "revision 1, as imported".into()
                    } else {
                        format!("revision {number}")
                    },
                    detail: at.clone(),
                    answer: number.to_string(),
                };
                let choices = several.iter().map(choice).collect();
                let question = format!("{name} against");
                self.choose(Chooser::new(question, "a former text", choices, Asked::Former(transcript)))
            }
        }
    }

    /// Shows what differs from the former text of that number.
    pub(in crate::app) fn open_former(&mut self, transcript: TranscriptId, answer: &str) -> Vec<Effect> {
        let all = self.study.revisions_of(transcript);
        match all.iter().find(|revision| revision.number.to_string() == answer).map(|held| held.id) {
            Some(revision) => self.want_former(revision),
            None => {
                self.refuse(format!("There is no revision {answer}."));
                Vec::new()
            }
        }
    }

    fn want_former(&mut self, revision: RevisionId) -> Vec<Effect> {
        self.read.former = Some(revision);
        Vec::new()
    }

    /// The former text whole instead of what differs, or the other way round.
    pub(in crate::app) fn toggle_former(&mut self) -> Vec<Effect> {
        if let Some(Layer::Former(former)) = self.layers.last_mut() {
            former.whole = !former.whole;
        }
        Vec::new()
    }

    /// Opens the former text that is wanted as soon as it is here, and lays out the one that is open. One that is not about
    /// the current text any more is closed.
    pub(in crate::app) fn arrange_former(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(wanted) = self.read.former {
            match self.texts.get(wanted).cloned() {
                Some(text) => {
                    self.read.former = None;
                    if let Some(former) = self.former_of(wanted, text) {
                        self.layers.push(Layer::Former(Box::new(former)));
                    }
                }
                None if self.texts.ask(wanted) => effects.push(Effect::LoadText(wanted)),
                None => {}
            }
        }
        let body = self.body();
        let stale = |former: &Former| {
            let held = self.study.transcripts().get(&former.transcript);
            held.is_none_or(|held| held.revision != former.current)
                || self.study.hides_something_in(former.transcript)
        };
        self.layers.retain(|layer| !matches!(layer, Layer::Former(former) if stale(former)));
        if let Some(Layer::Former(former)) = self.layers.last_mut() {
            former.arrange(body);
        }
        effects
    }

    fn former_of(&self, revision: RevisionId, text: Arc<str>) -> Option<Former> {
        let open = self.read.open.as_ref()?;
        let held = self.study.revisions().get(&revision).filter(|held| held.transcript == open.transcript)?;
        let number = self.study.revisions().get(&open.revision)?.number;
        let name = self.study.transcripts().get(&open.transcript)?.name.clone();
        let former_turns = self.study.turns_of(revision).or_else(|| self.texts.turns(revision));
        Some(Former {
            title: String::new(),
            whole: false,
            rows: Vec::new(),
            top: 0,
            transcript: open.transcript,
            name,
            numbers: (held.number, number),
            current: open.revision,
            texts: (text, Arc::clone(open.page.text())),
            turns: (former_turns.cloned(), Arc::clone(open.page.turns())),
            fitted: None,
        })
    }
}
