//! Small studies to search, written as transcripts are: `Label: speech`, one turn a line.

use std::collections::BTreeMap;
use std::sync::Arc;

use combe::search::{
    Cancel, Corpus, FilterNames, Hit, Index, Plan, Query, QueryError, ReadTurns, Results, search,
};
use combe::study::{
    Binding, Change, Code, CodeId, Coder, CoderId, Coding, CodingId, Kind, Participant, Quote, QuoteId,
    Revision, RevisionId, Speaker, Study, Transcript, TranscriptId, Turn, TurnNumber, Turns, Valence, Voice,
    fresh,
};
use combe::text::{Span, count_words, fold_label};

use crate::fixture::Ticking;

/// A study with its texts, an index that is up to date, and what it is made with.
pub(crate) struct Searched {
    pub(crate) study: Study,
    pub(crate) texts: BTreeMap<RevisionId, Arc<str>>,
    pub(crate) index: Arc<Index>,
    pub(crate) source: Ticking,
    pub(crate) read: ReadTurns,
}

impl Searched {
    /// A study of these transcripts: names, and texts of one turn a line.
    pub(crate) fn new(transcripts: &[(&str, &str)]) -> Self {
        let mut searched = Self {
            study: Study::default(),
            texts: BTreeMap::new(),
            index: Arc::new(Index::in_memory().unwrap()),
            source: Ticking::new(),
            read: ReadTurns::new(),
        };
        for (name, text) in transcripts {
            searched.add(name, text, None);
        }
        searched
    }

    /// Adds a transcript. Labels are bound: `Interviewer` to its role, others to a participant named after
    /// the label.
    pub(crate) fn add(&mut self, name: &str, text: &str, language: Option<&str>) -> TranscriptId {
        let (id, revision) = (fresh(&self.source), fresh(&self.source));
        let turns = turns(revision, text);
        let mut changes = vec![
            Change::create(Transcript {
                id,
                name: name.into(),
                kind: if name.starts_with("FG") { Kind::FocusGroup } else { Kind::Interview },
                revision,
                source: format!("{name}.txt"),
                sha256: String::new(),
                language: language.map(String::from),
            }),
            Change::create(self.revision(id, revision, 1)),
        ];
        for key in &turns.speakers {
            let voice = match key.as_str() {
                "interviewer" => Voice::Interviewer,
                "both" => Voice::Several,
                key => Voice::Participant(self.participant(key, &mut changes)),
            };
            let (transcript, speaker) = (id, key.clone());
            changes.push(Change::create(Speaker { transcript, key: key.clone(), label: key.to_uppercase() }));
            changes.push(Change::create(Binding { transcript, speaker, voice }));
        }
        self.study.add_turns(Arc::new(turns));
        self.study.apply(&changes).unwrap();
        self.texts.insert(revision, text.into());
        id
    }

    fn participant(&mut self, name: &str, changes: &mut Vec<Change>) -> combe::study::ParticipantId {
        if let Some(known) = self.study.participant_named(name) {
            return known.id;
        }
        let id = fresh(&self.source);
        changes.push(Change::create(Participant { id, name: name.into(), provisional: true }));
        id
    }

    fn revision(&self, transcript: TranscriptId, id: RevisionId, number: u32) -> Revision {
        Revision {
            id,
            transcript,
            number,
            at: jiff::Timestamp::UNIX_EPOCH,
            digest: String::new(),
            encoding: "UTF-8".into(),
            layout: "label: speech".into(),
        }
    }

    /// Gives a transcript another text.
    pub(crate) fn revise(&mut self, name: &str, text: &str) {
        let before = self.study.transcript_named(name).unwrap().clone();
        let revision = fresh(&self.source);
        self.study.add_turns(Arc::new(turns(revision, text)));
        let number = 2;
        let changes = [
            Change::create(self.revision(before.id, revision, number)),
            Change::update(before.clone(), Transcript { revision, ..before }),
        ];
        self.study.apply(&changes).unwrap();
        self.texts.insert(revision, text.into());
    }

    pub(crate) fn apply(&mut self, changes: &[Change]) {
        self.study.apply(changes).unwrap();
    }

    pub(crate) fn coder(&mut self, name: &str) -> CoderId {
        if let Some(known) = self.study.coder_named(name) {
            return known.id;
        }
        let id = fresh(&self.source);
        self.apply(&[Change::create(Coder { id, name: name.into() })]);
        id
    }

    pub(crate) fn code(&mut self, name: &str) -> CodeId {
        if let Some(known) = self.study.code_named(name) {
            return known.id;
        }
        let id = fresh(&self.source);
        self.apply(&[Change::create(Code::new(id, name))]);
        id
    }

    /// The quote of some words by a coder: the one there is, or a new one.
    pub(crate) fn quote(&mut self, transcript: &str, words: &str, coder: &str) -> QuoteId {
        let coder = self.coder(coder);
        let transcript = self.study.transcript_named(transcript).unwrap().clone();
        let start = self.texts[&transcript.revision].find(words).unwrap();
        let span = Span::new(start, start + words.len());
        let known = self.study.quotes_in(transcript.id).find(|held| held.coder == coder && held.span == span);
        if let Some(known) = known {
            return known.id;
        }
        let id = fresh(&self.source);
        let (transcript, revision, text) = (transcript.id, transcript.revision, words.into());
        self.apply(&[Change::create(Quote { id, coder, transcript, revision, span, text, starred: false })]);
        id
    }

    /// Codes some words.
    pub(crate) fn code_words(
        &mut self,
        transcript: &str,
        words: &str,
        coder: &str,
        code: &str,
        valence: Option<Valence>,
    ) -> CodingId {
        let (quote, code) = (self.quote(transcript, words, coder), self.code(code));
        let id = fresh(&self.source);
        let at = jiff::Timestamp::UNIX_EPOCH;
        self.apply(&[Change::create(Coding { id, quote, code, valence, at, blind: false })]);
        id
    }

    pub(crate) fn corpus(&self) -> Arc<Corpus> {
        Arc::new(Corpus::of(&self.study))
    }

    /// Brings the index up to date.
    pub(crate) fn catch_up(&self) {
        let mut writer = self.index.writer().unwrap();
        writer.catch_up(&self.corpus(), &self.texts, &Cancel::new(), |_| {}).unwrap();
    }

    pub(crate) fn plan(&self, query: &str) -> Result<Plan, QueryError> {
        let query = Query::parse(query, &FilterNames::of(&self.study))?;
        Plan::new(&query, &self.study, &self.corpus(), &self.read)
    }

    /// Searches with the index as it is.
    pub(crate) fn search(&self, query: &str) -> Results {
        let plan = self.plan(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        search(&plan, Some(&self.index), &self.texts, usize::MAX, &Cancel::new()).unwrap()
    }

    /// Searches without an index.
    pub(crate) fn scan(&self, query: &str) -> Results {
        let plan = self.plan(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        search(&plan, None, &self.texts, usize::MAX, &Cancel::new()).unwrap()
    }

    /// `I01:2 FG06:1`: the hits in order of the study, found alike with and without the index.
    pub(crate) fn found(&self, query: &str) -> String {
        self.catch_up();
        let (indexed, scanned) = (self.search(query), self.scan(query));
        assert_eq!(indexed.found, scanned.found, "{query}: the index and the scanner do not agree");
        assert_eq!(indexed.hits.len(), indexed.total(), "{query}");
        self.addresses(&indexed)
    }

    /// The hits in order of the study.
    pub(crate) fn addresses(&self, results: &Results) -> String {
        let order: Vec<_> = self.study.transcripts_by_name().iter().map(|transcript| transcript.id).collect();
        let mut hits: Vec<&Hit> = results.hits.iter().collect();
        hits.sort_by_key(|hit| (order.iter().position(|id| *id == hit.transcript), hit.turn));
        hits.into_iter().map(|hit| self.address(hit)).collect::<Vec<_>>().join(" ")
    }

    /// The sentence that refuses a query.
    pub(crate) fn refusal(&self, query: &str) -> String {
        self.plan(query).expect_err(query).to_string()
    }

    pub(crate) fn address(&self, hit: &Hit) -> String {
        format!("{}:{}", self.study.transcripts().get(&hit.transcript).unwrap().name, hit.number)
    }
}

/// The turns of a text of one turn a line.
fn turns(revision: RevisionId, text: &str) -> Turns {
    let mut found = Turns { revision, speakers: vec![], turns: vec![], times: vec![] };
    let mut start = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let body = line.trim_end_matches('\n');
        let (label, speech) = body.split_once(": ").unwrap_or((body, ""));
        let key = fold_label(label);
        let speaker = found.speakers.iter().position(|known| *known == key).unwrap_or_else(|| {
            found.speakers.push(key);
            found.speakers.len() - 1
        });
        found.turns.push(Turn {
            number: TurnNumber::whole(number),
            speaker: u16::try_from(speaker).unwrap(),
            label: Span::new(start, start + label.len()),
            speech: Span::new(start + body.len() - speech.len(), start + body.len()),
            start_ms: None,
            end_ms: None,
            words: u32::try_from(count_words(speech)).unwrap(),
        });
        start += line.len();
    }
    found
}

/// Searches `marked` without its marks, with and without an index: the turns with marks must be what `query`
/// finds, and the marks `[so]` what it highlights. `[*]` marks a turn that is found without any highlight.
pub(crate) fn check(query: &str, marked: &str) {
    check_in(None, query, marked);
}

/// The same in a language.
pub(crate) fn check_in(language: Option<&str>, query: &str, marked: &str) {
    let lines: Vec<String> = marked.lines().map(|line| format!("Ann: {}\n", line.trim())).collect();
    let plain = |line: &String| line.replace("[*]", "").replace(['[', ']'], "");
    let text: String = lines.iter().map(plain).collect();
    let mut searched = Searched::new(&[]);
    searched.add("I01", &text, language);
    searched.catch_up();
    for (way, results) in [("index", searched.search(query)), ("scan", searched.scan(query))] {
        let mut shown: Vec<String> = lines.iter().map(plain).collect();
        let mut ranks: Vec<f32> = Vec::new();
        for hit in &results.hits {
            ranks.push(hit.score);
            let turn = &mut shown[hit.turn as usize];
            if hit.matches.is_empty() {
                turn.insert_str("Ann: ".len(), "[*]");
            }
            let start: usize = lines[..hit.turn as usize].iter().map(|line| plain(line).len()).sum();
            for span in hit.matches.iter().rev() {
                turn.insert(span.end as usize - start, ']');
                turn.insert(span.start as usize - start, '[');
            }
        }
        assert_eq!(shown, lines, "{query} by {way}");
        assert!(ranks.is_sorted_by(|a, b| a >= b), "{query} by {way}: {ranks:?} are not ranked");
    }
}
