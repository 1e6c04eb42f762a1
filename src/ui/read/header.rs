//! Which transcript, who speaks in it, where the cursor is, how much is coded.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{View, paint};
use crate::app::coders::Others;
use crate::app::read::Open;
use crate::study::{ParticipantId, Subject};

pub(super) fn draw(view: &View<'_>, open: &Open, row: Rect, buffer: &mut Buffer) {
    let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let x = paint::text_right(view, buffer, row, &where_words(view, open), view.theme.dim);
    let room = Rect { width: x.saturating_sub(row.x + 1), ..row };
    paint::text(view, buffer, room, &who_words(view, open), view.theme.heading);
}

/// Name and kind; then what is known of the transcript and, in an interview, of the one who is interviewed.
fn who_words(view: &View<'_>, open: &Open) -> String {
    let study = &view.model.study;
    let Some(transcript) = study.transcripts().get(&open.transcript) else { return String::new() };
    let mut words = vec![transcript.name.clone(), transcript.kind.name().replace('_', " ")];
    let people: Vec<ParticipantId> = study.speech_in(open.transcript).keys().copied().collect();
    match people.as_slice() {
        [one] => words.extend(view.model.attribute_words(Subject::Participant(*one))),
        several => words.push(format!("{} people", several.len())),
    }
    words.extend(view.model.attribute_words(Subject::Transcript(open.transcript)));
    words.join(&format!(" {} ", view.glyphs.dot))
}

fn where_words(view: &View<'_>, open: &Open) -> String {
    let turns = &open.page.turns().turns;
    let mark = view.model.transcript_mark(open.transcript);
    let mut words: Vec<String> = Some(mark).filter(|mark| !mark.is_empty()).into_iter().collect();
    let doubts = view.model.doubts_in(open.transcript);
    if doubts > 0 {
        words.push(format!("{doubts} in doubt: {}", view.model.keys_of("settle_doubt")));
    }
    words.extend(others_words(view).filter(|_| !view.model.is_blind_on(open.transcript)));
    if let (Some(turn), Some(last)) = (turns.get(open.cursor.turn), turns.last()) {
        if open.columns.narrow {
            words.push(format!("{}/{}", turn.number, last.number));
        } else {
            words.push(format!("turn {} of {}", turn.number, last.number));
        }
    }
    let model = view.model;
    let coverage = model.sheets.sheet(open.transcript).map(|sheet| &sheet.coverage);
    if let Some(percent) = coverage.and_then(|coverage| coverage.percent(coverage.by(model.me.id))) {
        words.push(if open.columns.narrow { format!("{percent} %") } else { format!("{percent} % coded") });
    }
    words.join(&format!(" {} ", view.glyphs.dot))
}

/// How the layers of others are shown, if they are.
fn others_words(view: &View<'_>) -> Option<String> {
    match view.model.coders.others {
        Others::Hidden => None,
        Others::Dimmed => Some(String::from("others dimmed")),
        Others::Shown => Some(String::from("others shown")),
    }
}
