//! Whose words the texts of codes and themes cite: examples are in somebody's own words, and definitions and notes quote
//! them; codes coded in vivo have them for a name. Memos and summaries quote them as well. Words of people who are hidden or did not agree are found as erasing finds them
//! ([`Sweep`]), and left out of a file.
//!
//! Only the few words that these hold are looked for in all that is said, not the other way round.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::TextsError;
use crate::study::{
    Change, Code, LEFT_OUT, ParticipantId, Quote, Record, RevisionId, Study, Sweep, Theme, is_tombstone,
};
use crate::text::{Analyser, Language, Word, fold_name};

/// What people must have agreed to for their words to be in a file. What is hidden is in none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// To be quoted.
    Quoting,
    /// To be archived.
    Archiving,
    /// To nothing: a copy that stays with the study.
    Nothing,
}

impl Agreement {
    /// Whether somebody agreed, and is not hidden.
    #[must_use]
    pub fn is_of(self, study: &Study, person: ParticipantId) -> bool {
        let agreed = match self {
            Agreement::Quoting => study.may_quote(person),
            Agreement::Archiving => {
                study.consents().get(&person).is_none_or(|held| held.archive && held.withdrawn.is_none())
            }
            Agreement::Nothing => true,
        };
        agreed && !study.is_participant_hidden(person)
    }
}

/// Which texts that somebody wrote are in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Names of codes and themes.
    Names,
    /// Memos and summaries, beside those names.
    Written,
    /// The notes of themes too.
    Notes,
    /// Examples and definitions too.
    All,
}

/// What stands in the place of a name that was nothing but somebody's words.
const NAME_KEPT_BACK: &str = "[name kept back]";

/// What is cited in a codebook.
#[derive(Clone, Debug, Default)]
pub struct CitedWords {
    /// People whose words may stay.
    pub people: BTreeSet<ParticipantId>,
    /// The codes, themes, memos and summaries that hold words which may not, with what is left of their texts.
    pub changes: Vec<Change>,
}

/// So many words in a row are a citation, as in erasing; an example or a quote of three or more that is no longer counts as a
/// whole, unless somebody says the same who agreed.
const RUN: usize = 6;
const LEAST: usize = 3;

/// Words in a row that stand in the codebook.
struct Run {
    words: Vec<Word>,
    /// The text that they are, where they are few.
    short: Option<String>,
    /// Whether somebody says them whose words may not be in the file.
    is_barred: bool,
    /// Whether somebody says them whose words may.
    is_open: bool,
    people: BTreeSet<ParticipantId>,
}

/// Looks for whose words the codes and themes of a study cite, and its memos and summaries, in those of their texts that `reach`
/// says. `whole` is the study with all that is hidden in it, whose quotes know the words of former texts.
///
/// # Errors
/// If `text` cannot give the text of a transcript.
pub fn cited_words(
    study: &Study,
    whole: &Study,
    agreement: Agreement,
    reach: Reach,
    text: impl FnMut(RevisionId) -> Result<Arc<str>, String>,
) -> Result<CitedWords, TextsError> {
    let mut analyser = Analyser::new(Language::Other);
    let mut sweep = Sweep::new(LEFT_OUT);
    let mut runs = Runs::default();
    for code in study.codes().iter() {
        runs.add_text(&code.name, &mut analyser);
        if reach < Reach::All {
            continue;
        }
        for field in [&code.definition, &code.include, &code.exclude, &code.example] {
            runs.add_text(field, &mut analyser);
        }
        runs.add_whole(&code.example, false, &mut analyser);
    }
    for theme in study.themes().iter() {
        runs.add_text(&theme.name, &mut analyser);
        if reach >= Reach::Notes {
            runs.add_text(&theme.note, &mut analyser);
        }
    }
    if reach == Reach::Written {
        study.memos().iter().for_each(|memo| runs.add_text(&memo.text, &mut analyser));
        study.summaries().iter().for_each(|summary| runs.add_text(&summary.text, &mut analyser));
    }
    for quote in whole.quotes().iter().filter(|quote| is_barred(whole, quote, agreement)) {
        runs.add_whole(&quote.text, true, &mut analyser);
        if !whole.is_current(quote) {
            sweep.add_speech(&quote.text);
        }
    }
    runs.hear_all(study, agreement, text, |said| sweep.add_speech(said))?;
    let mut cited = CitedWords::default();
    for run in runs.all {
        match run.short {
            Some(words) if run.is_barred && !run.is_open => sweep.add_quote(&words),
            // A few words that several people say are nobody's.
            Some(_) if run.is_barred || run.people.len() > 1 => {}
            _ => cited.people.extend(run.people),
        }
    }
    let mut names = Names::default();
    for code in study.codes().iter() {
        let record = Record::from(code.clone());
        let texts = (reach == Reach::All).then(|| sweep.clean_record(&record)).flatten();
        let name = names.clean(&code.name, &mut sweep);
        let clean = match texts {
            Some(Record::Code(clean)) => Some(clean),
            _ => name.is_some().then(|| code.clone()),
        };
        if let Some(clean) = clean {
            let clean = Code { name: name.unwrap_or_else(|| code.name.clone()), ..clean };
            cited.changes.push(Change::update(record, Record::from(clean)));
        }
    }
    let mut names = Names::default();
    for theme in study.themes().iter() {
        let record = Record::from(theme.clone());
        let texts = (reach >= Reach::Notes).then(|| sweep.clean_record(&record)).flatten();
        let name = names.clean(&theme.name, &mut sweep);
        let clean = match texts {
            Some(Record::Theme(clean)) => Some(clean),
            _ => name.is_some().then(|| theme.clone()),
        };
        if let Some(clean) = clean {
            let clean = Theme { name: name.unwrap_or_else(|| theme.name.clone()), ..clean };
            cited.changes.push(Change::update(record, Record::from(clean)));
        }
    }
    if reach == Reach::Written {
        let memos = study.memos().iter().cloned().map(Record::from);
        for record in memos.chain(study.summaries().iter().cloned().map(Record::from)) {
            if let Some(clean) = sweep.clean_record(&record) {
                cited.changes.push(Change::update(record, clean));
            }
        }
    }
    Ok(cited)
}

/// Whose words some texts cite who agreed; nobody else's are in them.
///
/// # Errors
/// If `text` cannot give the text of a transcript.
pub fn whose_words(
    study: &Study,
    agreement: Agreement,
    texts: &[&str],
    text: impl FnMut(RevisionId) -> Result<Arc<str>, String>,
) -> Result<BTreeSet<ParticipantId>, TextsError> {
    let (mut runs, mut analyser) = (Runs::default(), Analyser::new(Language::Other));
    texts.iter().for_each(|text| runs.add_text(text, &mut analyser));
    runs.hear_all(study, agreement, text, |_| ())?;
    Ok(runs.all.into_iter().flat_map(|run| run.people).collect())
}

/// Names that lost words, of which no two may be the same.
#[derive(Default)]
struct Names(HashSet<String>);

impl Names {
    /// A name without the words that may not be in the file; `None` if there are none.
    fn clean(&mut self, name: &str, sweep: &mut Sweep) -> Option<String> {
        let clean = sweep.clean(name)?;
        let is_all = !clean.replace(LEFT_OUT, "").contains(char::is_alphanumeric);
        let clean = if is_all { NAME_KEPT_BACK.to_owned() } else { clean };
        let mut numbered = clean.clone();
        for number in 2.. {
            if self.0.insert(fold_name(&numbered)) {
                break;
            }
            numbered = format!("{clean} {number}");
        }
        Some(numbered)
    }
}

/// Whether a quote's words may not be in the file.
fn is_barred(whole: &Study, quote: &Quote, agreement: Agreement) -> bool {
    let agrees = |person: &ParticipantId| agreement.is_of(whole, *person);
    !is_tombstone(&quote.text)
        && (whole.is_quote_hidden(quote) || !whole.people_of_quote(quote).iter().all(agrees))
}

/// All that is looked for, by its first word.
#[derive(Default)]
struct Runs {
    all: Vec<Run>,
    by_first: HashMap<Word, Vec<usize>>,
    /// All that is shorter and stands in the codebook, so that no quote is looked for that does not.
    short: HashSet<Vec<Word>>,
}

impl Runs {
    /// Each six words in a row of a text.
    fn add_text(&mut self, text: &str, analyser: &mut Analyser) {
        let words: Vec<Word> = analyser.tokens(text).map(|token| token.word).collect();
        for run in words.windows(RUN) {
            self.add(run.to_vec(), None, false);
        }
        self.short.extend((LEAST..RUN).flat_map(|length| words.windows(length)).map(<[Word]>::to_vec));
    }

    /// A text of a few words, as a whole, where it stands in the codebook. `is_barred` says that they may not be in the file.
    fn add_whole(&mut self, text: &str, is_barred: bool, analyser: &mut Analyser) {
        let words: Vec<Word> = analyser.tokens(text).map(|token| token.word).collect();
        if (LEAST..RUN).contains(&words.len()) && self.short.contains(&words) {
            self.add(words, Some(text.to_owned()), is_barred);
        }
    }

    fn add(&mut self, words: Vec<Word>, short: Option<String>, is_barred: bool) {
        let Some(first) = words.first().cloned() else { return };
        self.by_first.entry(first).or_default().push(self.all.len());
        self.all.push(Run { words, short, is_barred, is_open: false, people: BTreeSet::new() });
    }

    /// Hears all that is said. `barred` gets what cites more than a few words and may not be in the file.
    fn hear_all(
        &mut self,
        study: &Study,
        agreement: Agreement,
        mut text: impl FnMut(RevisionId) -> Result<Arc<str>, String>,
        mut barred: impl FnMut(&str),
    ) -> Result<(), TextsError> {
        let mut analyser = Analyser::new(Language::Other);
        let transcripts = if self.all.is_empty() { Vec::new() } else { study.transcripts_by_name() };
        for transcript in transcripts {
            let (Some(turns), Some(voices)) = (study.turns(transcript.id), study.voices_in(transcript.id))
            else {
                continue;
            };
            let text = text(transcript.revision)
                .map_err(|why| TextsError { transcript: transcript.name.clone(), why })?;
            let shown = study.shown_speech(transcript.id);
            for (nth, turn) in turns.turns.iter().enumerate() {
                let Some(said) = turn.speech.slice(&text) else { continue };
                let person = voices.of(turn).participant();
                let stays = !shown.hides(nth) && person.is_none_or(|person| agreement.is_of(study, person));
                let cites_more = self.hear(said, person, stays, &mut analyser);
                if cites_more && !stays {
                    barred(said);
                }
            }
        }
        Ok(())
    }

    /// Hears what somebody says, whose words may be in the file if `stays`. Gives whether six words in a row of it are cited.
    fn hear(
        &mut self,
        said: &str,
        person: Option<ParticipantId>,
        stays: bool,
        analyser: &mut Analyser,
    ) -> bool {
        let words: Vec<Word> = analyser.tokens(said).map(|token| token.word).collect();
        let mut cites_more = false;
        for (at, first) in words.iter().enumerate() {
            for number in self.by_first.get(first).into_iter().flatten() {
                let Some(run) = self.all.get_mut(*number) else { continue };
                if !words.get(at..).is_some_and(|rest| rest.starts_with(&run.words)) {
                    continue;
                }
                cites_more |= run.short.is_none();
                run.is_open |= stays;
                run.is_barred |= !stays;
                run.people.extend(person.filter(|_| stays));
            }
        }
        cites_more
    }
}
