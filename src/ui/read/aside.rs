//! What is known of whoever speaks under the cursor, below the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::{View, paint};
use crate::app::read::{Open, speaker_name};
use crate::app::wrap::wrap;
use crate::study::{AttributeOf, ParticipantId, Subject, Voice};

pub(super) fn draw(view: &View<'_>, open: &Open, area: Rect, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    paint::rule(view, buffer, Rect { height: 1, ..area });
    let words = words(view, open);
    let width = area.width.saturating_sub(2);
    let rows = wrap(&words, usize::from(width).max(6));
    for (y, row) in (area.y + 1..area.bottom()).zip(rows) {
        let line = words.get(row).unwrap_or_default();
        paint::text(view, buffer, Rect { x: area.x + 1, y, width, height: 1 }, line, Style::default());
    }
}

fn words(view: &View<'_>, open: &Open) -> String {
    let study = &view.model.study;
    let turns = open.page.turns();
    let Some(turn) = turns.turns.get(open.cursor.turn) else { return String::new() };
    let voice = study.voices_in(open.transcript).map_or(Voice::Unknown, |voices| voices.of(turn));
    let name = speaker_name(study, open.transcript, turns.speaker_of(turn), voice);
    match voice {
        Voice::Participant(person) => person_words(view, name, person),
        Voice::Interviewer => format!("{name}: interviewer or moderator, counted for nobody"),
        Voice::Other => format!("{name}: somebody else in the room, counted for nobody"),
        Voice::Several => format!("{name}: several people at once, counted for nobody"),
        Voice::Unknown => format!("{name}: nobody knows who, counted for nobody"),
    }
}

/// `P088: group clinician · age_band 46-55 · …`; blanks are left out.
fn person_words(view: &View<'_>, name: &str, person: ParticipantId) -> String {
    let study = &view.model.study;
    let said = study.attributes_of(AttributeOf::Participant).into_iter().filter_map(|attribute| {
        let value = study.value_of(Subject::Participant(person), attribute)?.counted()?;
        Some(format!("{} {value}", attribute.name.replace('_', " ")))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return format!("{name}: nothing is known of this participant yet");
    }
    format!("{name}: {}", said.join(&format!(" {} ", view.glyphs.dot)))
}
