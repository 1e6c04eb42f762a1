//! Questions that rules of the domain answer: effective valence, the tree of codes, voices of turns.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Code, CodeId, Coding, ParticipantId, Quote, QuoteId, Study, Theme, TranscriptId, Turn, TurnNumber, Turns,
    Valence, Voice,
};
use crate::text::has_word;

/// Who speaks in the turns of one transcript: its bindings looked up once.
#[derive(Clone, Debug)]
pub struct Voices {
    by_speaker: Vec<Voice>,
    by_turn: BTreeMap<TurnNumber, Voice>,
}

impl Voices {
    /// Who speaks in `turn`: whoever overrides its label, else whoever the label is bound to.
    #[must_use]
    pub fn of(&self, turn: &Turn) -> Voice {
        if let Some(voice) = self.by_turn.get(&turn.number) {
            return *voice;
        }
        self.by_speaker.get(usize::from(turn.speaker)).copied().unwrap_or_default()
    }

    /// Who speaks in a quote, each voice once, in order of the text: everybody whose speech shares a word with it, be it
    /// one that the quote cuts in two. The quote's own text decides, so that no transcript need be loaded.
    #[must_use]
    pub fn of_quote(&self, turns: &Turns, quote: &Quote) -> Vec<Voice> {
        let shares_a_word = |turn: &&Turn| {
            if turn.words == 0 || quote.span.covers(turn.speech) {
                return turn.words > 0;
            }
            let shared = quote.span.intersection(turn.speech);
            shared.and_then(|shared| shared.slice_of(&quote.text, quote.span)).is_some_and(has_word)
        };
        let mut found = Vec::new();
        for turn in
            turns.turns.get(turns.overlapping(quote.span)).unwrap_or_default().iter().filter(shares_a_word)
        {
            let voice = self.of(turn);
            if !found.contains(&voice) {
                found.push(voice);
            }
        }
        found
    }
}

impl Study {
    /// Who speaks in the turns of a transcript's current revision. `None` if its turns are not in memory.
    #[must_use]
    pub fn voices_in(&self, transcript: TranscriptId) -> Option<Voices> {
        let turns = self.turns(transcript)?;
        let voice = |key: &String| {
            self.bindings().get(&(transcript, key.clone())).map_or(Voice::Unknown, |binding| binding.voice)
        };
        let by_turn = self
            .turn_voices()
            .from((transcript, TurnNumber { number: 0, part: 0 }))
            .take_while(|held| held.transcript == transcript)
            .map(|held| (held.turn, held.voice))
            .collect();
        Some(Voices { by_speaker: turns.speakers.iter().map(voice).collect(), by_turn })
    }

    /// The valence that every screen, count, filter and file uses: the side of the code, else the coding's own.
    #[must_use]
    pub fn effective_valence(&self, coding: &Coding) -> Option<Valence> {
        match self.codes().get(&coding.code).and_then(|code| code.side) {
            Some(side) => Some(side.into()),
            None => coding.valence,
        }
    }

    /// A code and the codes above it, nearest first. A ring in the tree (which [`Study::apply`] refuses) ends it.
    #[must_use]
    pub fn lineage(&self, code: CodeId) -> Vec<&Code> {
        let mut found: Vec<&Code> = Vec::new();
        let mut next = Some(code);
        while let Some(code) = next.and_then(|id| self.codes().get(&id)) {
            if found.iter().any(|seen| seen.id == code.id) {
                break;
            }
            found.push(code);
            next = code.parent;
        }
        found
    }

    /// A code and all codes below it.
    #[must_use]
    pub fn descendants(&self, code: CodeId) -> BTreeSet<CodeId> {
        let mut found = BTreeSet::from([code]);
        let mut open = vec![code];
        while let Some(parent) = open.pop() {
            for child in self.codes().iter().filter(|child| child.parent == Some(parent)) {
                if found.insert(child.id) {
                    open.push(child.id);
                }
            }
        }
        found
    }

    /// The names from the root of the tree to a code, with ` / ` between them.
    #[must_use]
    pub fn code_path(&self, code: CodeId) -> String {
        let mut names: Vec<&str> = self.lineage(code).into_iter().map(|code| code.name.as_str()).collect();
        names.reverse();
        names.join(" / ")
    }

    /// Codes in the order of the tree (parents before children, siblings by position, then name), each with its depth
    /// from 0.
    #[must_use]
    pub fn codes_in_tree_order(&self) -> Vec<(usize, &Code)> {
        let mut children: BTreeMap<Option<CodeId>, Vec<&Code>> = BTreeMap::new();
        for code in self.codes().iter() {
            let parent = code.parent.filter(|parent| self.codes().has(parent));
            children.entry(parent).or_default().push(code);
        }
        for siblings in children.values_mut() {
            siblings.sort_by_key(|code| (code.position, crate::text::fold_name(&code.name)));
        }
        let mut order = Vec::with_capacity(self.codes().len());
        // Last in, first out: siblings are laid on the pile in reverse.
        let mut open = vec![(None, 0, 0)];
        while let Some((parent, depth, at)) = open.pop() {
            let Some(code) = children.get(&parent).and_then(|siblings| siblings.get(at)) else { continue };
            order.push((depth, *code));
            open.push((parent, depth, at + 1));
            open.push((Some(code.id), depth + 1, 0));
        }
        order
    }

    /// Themes in print order.
    #[must_use]
    pub fn themes_in_order(&self) -> Vec<&Theme> {
        let mut themes: Vec<&Theme> = self.themes().iter().collect();
        themes.sort_by_key(|theme| (theme.position, theme.id));
        themes
    }

    /// Themes that a code is part of, in print order.
    #[must_use]
    pub fn themes_with(&self, code: CodeId) -> Vec<&Theme> {
        let mut themes = self.themes_in_order();
        themes.retain(|theme| theme.codes().any(|named| named == code));
        themes
    }

    /// A code as a coding has it, with its effective valence: `Workload (barrier)`. Empty if the code is gone.
    #[must_use]
    pub fn coding_words(&self, coding: &Coding) -> String {
        let Some(code) = self.codes().get(&coding.code) else { return String::new() };
        match self.effective_valence(coding) {
            None => code.name.clone(),
            Some(valence) => {
                let sides: Vec<&str> = valence.sides().iter().map(|side| side.name()).collect();
                format!("{} ({})", code.name, sides.join(", "))
            }
        }
    }

    /// The drafts that a quote stands in.
    pub fn drafts_with(&self, quote: QuoteId) -> impl Iterator<Item = &str> {
        let usages = self.usages().from((quote, String::new()));
        usages.take_while(move |usage| usage.quote == quote).map(|usage| usage.draft.as_str())
    }

    /// Who speaks a word of a quote: see [`Voices::of_quote`]. Nobody if the turns of its revision are not in memory.
    #[must_use]
    pub fn voices_of_quote(&self, quote: &Quote) -> Vec<Voice> {
        let turns = self.turns_of(quote.revision);
        let found = turns.zip(self.voices_in(quote.transcript));
        found.map_or_else(Vec::new, |(turns, voices)| voices.of_quote(turns, quote))
    }

    /// Where a quote stands, as people write it: `I43:41`, `FG06:12-14`. Of a revision whose turns are not in memory, the
    /// name of the transcript.
    #[must_use]
    pub fn address_of(&self, quote: &Quote) -> String {
        let name = self.transcripts().get(&quote.transcript).map_or("", |transcript| &transcript.name);
        let numbers = self.turns_of(quote.revision).map(|turns| turns.numbers_in(quote.span));
        match numbers.filter(|numbers| !numbers.is_empty()) {
            Some(numbers) => format!("{name}:{numbers}"),
            None => name.to_owned(),
        }
    }

    /// The address that a quote had before turns of it were split: `I02:40` of what is `I02:40b` now.
    #[must_use]
    pub fn whole_address_of(&self, quote: &Quote) -> String {
        let name = self.transcripts().get(&quote.transcript).map_or("", |transcript| &transcript.name);
        let turns = self.turns_of(quote.revision);
        let turns = turns.and_then(|turns| turns.turns.get(turns.overlapping(quote.span)));
        match turns.unwrap_or_default() {
            [] => name.to_owned(),
            [first, .., last] if first.number.number != last.number.number => {
                format!("{name}:{}-{}", first.number.number, last.number.number)
            }
            [first, ..] => format!("{name}:{}", first.number.number),
        }
    }

    /// Participants whose words a quote holds, in order of the text. Of one on a revision whose turns are not in memory nobody can
    /// tell who speaks: then everybody who is said to speak in the transcript.
    #[must_use]
    pub fn people_of_quote(&self, quote: &Quote) -> Vec<ParticipantId> {
        if self.turns_of(quote.revision).is_some() {
            return self.voices_of_quote(quote).into_iter().filter_map(Voice::participant).collect();
        }
        self.people_in(quote.transcript).into_iter().collect()
    }

    /// Whether a quote holds, or may hold, words of somebody who did not agree to be quoted: see [`Study::people_of_quote`].
    /// Whatever prints or puts aside a quote asks here.
    #[must_use]
    pub fn refuses_quoting(&self, quote: &Quote) -> bool {
        self.people_of_quote(quote).into_iter().any(|participant| !self.may_quote(participant))
    }

    /// Whether a quote stands in the current text of its transcript.
    #[must_use]
    pub fn is_current(&self, quote: &Quote) -> bool {
        self.transcripts().get(&quote.transcript).is_some_and(|held| held.revision == quote.revision)
    }

    /// Whether a participant agreed that their words are analysed. Nothing said means yes; of who did not, the words are left out
    /// as hidden ones are.
    #[must_use]
    pub fn may_analyse(&self, participant: ParticipantId) -> bool {
        self.consents().get(&participant).is_none_or(|consent| consent.analyse)
    }

    /// Whether a participant agreed to be quoted. Nothing said means yes.
    #[must_use]
    pub fn may_quote(&self, participant: ParticipantId) -> bool {
        self.consents().get(&participant).is_none_or(|consent| consent.quote && consent.withdrawn.is_none())
    }
}

/// The turn that a quote starts in and the one it ends in, as indexes into `turns`.
#[must_use]
pub fn turns_of_span(turns: &Turns, span: crate::text::Span) -> Option<(usize, usize)> {
    let range = turns.overlapping(span);
    (!range.is_empty()).then(|| (range.start, range.end - 1))
}
