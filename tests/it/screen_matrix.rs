//! The framework matrix: seen at a glance, charted cell by cell, and never losing a word.

use std::collections::BTreeMap;

use combe::analysis::CellState;
use combe::app::matrix::{ColumnsChoice, GridLine};
use combe::app::{Effect, Loaded, Msg, Place, Screen};
use combe::study::{
    Blind, Case, Change, Coder, CoderId, Coding, Component, MemoOn, Participant, Quote, Study, Summary,
    SummaryState, Theme, Topic, fresh,
};
use combe::text::Span;
use combe::ui::glyphs::GlyphSet;
use combe::ui::theme::Colours;

use crate::screen::{Desk, Parts};

/// Codes words of a transcript for somebody.
pub(crate) fn mark(parts: &mut Parts, coder: CoderId, transcript: &str, words: &str, code: &str) {
    let held = parts.study.transcript_named(transcript).unwrap();
    let (transcript, revision) = (held.id, held.revision);
    let start = parts.texts[&revision].find(words).expect("the words are in the transcript");
    let code = parts.study.code_named(code).unwrap().id;
    let id = fresh(&*parts.source);
    let span = Span::new(start, start + words.len());
    let quote = Quote { id, coder, transcript, revision, span, text: words.into(), starred: false };
    let at = jiff::Timestamp::UNIX_EPOCH;
    let coding = Coding { id: fresh(&*parts.source), quote: id, code, valence: None, at, blind: false };
    parts.study.apply(&[Change::create(quote), Change::create(coding)]).unwrap();
}

/// Two themes; P088 says something on both, P1F on one, P2M nothing.
pub(crate) fn charted() -> Parts {
    let mut parts = Parts::small();
    let me = parts.me.id;
    mark(&mut parts, me, "I43", "time is really key", "Appointment time");
    mark(&mut parts, me, "I43", "You can’t do it all in ten minutes.", "Workload");
    mark(&mut parts, me, "I43", "write things down", "Writing things down");
    mark(&mut parts, me, "FG06", "out of the door", "Appointment time");
    let code = |parts: &Parts, name: &str| parts.study.code_named(name).unwrap().id;
    for (position, name, codes) in
        [(1, "Time", vec!["Appointment time", "Workload"]), (2, "Writing", vec!["Writing things down"])]
    {
        let barriers = codes.into_iter().map(|name| code(&parts, name)).collect();
        let (id, note) = (fresh(&*parts.source), String::new());
        let theme = Theme { id, name: name.into(), position, barriers, facilitators: vec![], note };
        parts.study.apply(&[Change::create(theme)]).unwrap();
    }
    parts
}

fn open(width: u16, height: u16) -> Desk {
    let mut desk = Desk::sized(charted(), width, height);
    desk.keys("g x");
    desk
}

/// The same, with a quote of P088 on “Time” in another turn.
fn open_with_another_turn() -> Desk {
    let mut parts = charted();
    let me = parts.me.id;
    mark(&mut parts, me, "I43", "Some of them apologise", "Workload");
    let mut desk = Desk::new(parts);
    desk.keys("g x");
    desk
}

/// The listed rows with the states of their cells: `P088 evidence nothing`.
fn rows(desk: &Desk) -> Vec<String> {
    let matrix = &desk.model.matrix;
    let row = |line: &GridLine| match line {
        GridLine::Group(group) => matrix.grid.groups[*group].label().to_owned(),
        GridLine::Row(row) => {
            let states =
                (0..matrix.grid.columns.len()).map(|at| matrix.grid.cell(*row, at).unwrap().state.name());
            let indent = " ".repeat(usize::from(matrix.grid.rows[*row].depth));
            let name = &matrix.grid.rows[*row].name;
            format!("{indent}{name} {}", states.collect::<Vec<_>>().join(" "))
        }
    };
    matrix.lines.iter().map(row).collect()
}

fn summaries(desk: &Desk) -> Vec<String> {
    desk.model.study.summaries().iter().map(|summary| summary.text.clone()).collect()
}

fn state(desk: &Desk) -> CellState {
    desk.model.matrix.cell().unwrap().state
}

#[test]
fn every_cell_is_a_mark_and_the_choice_moves_both_ways() {
    let mut desk = open(80, 24);
    assert_eq!(desk.model.screen, Screen::Matrix);
    assert_eq!(rows(&desk), ["P088 evidence evidence", "FG06 evidence nothing"]);
    let screen = desk.screen();
    assert!(
        screen.contains("2 cases by 2 themes  · nothing  ○ evidence  ◐ drafted  ● checked  ! stale"),
        "{screen}"
    );
    assert!(screen.contains("P088: 2 evidence") && screen.contains("1 Time: 2 evidence"), "{screen}");
    assert!(screen.contains("P088 on “Time” · 2 quotes"), "{screen}");
    desk.keys("right");
    assert!(desk.screen().contains("2 Writing: 1 evidence"), "{}", desk.screen());
    desk.keys("down left");
    assert!(desk.screen().contains("FG06 on “Time” · 1 quote"), "{}", desk.screen());
    desk.keys("right right right left up home");
    assert!(desk.screen().contains("P088 on “Time”"), "{}", desk.screen());
    // Digits are panels still.
    desk.keys("1");
    assert_eq!(desk.model.screen, Screen::Panels);
}

#[test]
fn marks_are_told_apart_in_ascii_and_without_colour() {
    let mut desk = Desk::new(charted()).looks(GlyphSet::Ascii, Colours::None);
    desk.keys("g x ret 'Short.' esc");
    let screen = desk.screen();
    assert!(screen.is_ascii(), "{screen}");
    assert!(screen.contains(". nothing  o evidence  d drafted  # checked  ! stale"), "{screen}");
}

#[test]
fn people_of_a_group_are_one_key_below_it() {
    let mut desk = open(80, 24);
    desk.keys("z");
    assert_eq!(desk.said(), "Only a focus group has people below it.");
    desk.keys("down z");
    let open =
        ["P088 evidence evidence", "FG06 evidence nothing", " P1F evidence nothing", " P2M nothing nothing"];
    assert_eq!(rows(&desk), open);
    desk.keys("down down z");
    assert_eq!(rows(&desk).len(), 2);
    assert!(desk.screen().contains("FG06 on “Time”"), "{}", desk.screen());
}

#[test]
fn a_cell_is_charted_with_a_linked_quote_and_undone_in_one_step() {
    let mut desk = open(80, 24);
    desk.keys("ret 'Time is what is short' C-t '; the second is not linked'");
    assert!(desk.screen().contains("1 quote linked"), "{}", desk.screen());
    // Looking at the other quote does not link it.
    desk.keys("C-n esc");
    let held = desk.model.study.summaries().iter().next().unwrap().clone();
    assert_eq!(held.text, "Time is what is short (I43:2); the second is not linked");
    assert_eq!((held.state, held.quotes.len(), held.coder), (SummaryState::Drafted, 1, desk.me()));
    assert_eq!(held.basis.as_ref().map(Vec::len), Some(2), "all of the evidence is what it was written on");
    assert_eq!(desk.said(), "P088 on “Time”: summary saved");
    assert_eq!(rows(&desk)[0], "P088 drafted evidence");
    assert!(desk.screen().contains("Time is what is short (I43:2)"), "the summary is read off the grid");
    let action = desk.committed.last().unwrap();
    assert!(!action.label.contains("short"), "no words in the history");
    desk.keys("u");
    assert_eq!((summaries(&desk).len(), rows(&desk)[0].as_str()), (0, "P088 evidence evidence"));
    desk.keys("U");
    assert_eq!(summaries(&desk).len(), 1);
    // Opened and left without a change: no step.
    let steps = desk.committed.len();
    desk.keys("ret esc");
    assert_eq!(desk.committed.len(), steps);
    // The link goes when its address is taken out of the text.
    desk.keys("ret tab l tab");
    assert_eq!(desk.model.field().unwrap().text(), "Time is what is short; the second is not linked");
    desk.keys("esc");
    assert!(desk.model.study.summaries().iter().next().unwrap().quotes.is_empty());
    // An emptied summary goes.
    desk.keys("ret C-u esc");
    assert_eq!((summaries(&desk).len(), desk.said()), (0, "P088 on “Time”: summary taken away"));
}

#[test]
fn a_link_that_changes_alone_is_said_to_be_a_change() {
    let mut desk = open(80, 24);
    // Both quotes stand in one turn: the text has its address once.
    desk.keys("ret 'Short.' C-t C-n C-t esc ret");
    assert!(desk.screen().contains("drafted · 2 quotes linked"), "{}", desk.screen());
    desk.keys("C-t");
    assert_eq!(desk.model.field().unwrap().text(), "Short. (I43:2)");
    assert!(desk.screen().contains("drafted, changed · 1 quote linked"), "{}", desk.screen());
}

#[test]
fn an_address_is_taken_out_again_after_its_turn_was_split() {
    let mut desk = open(80, 24);
    desk.keys("ret 'Short.' C-t C-n C-t esc");
    desk.keys("g o 'I43:2' ret t right W s");
    assert!(desk.said().contains("I43:2"), "{}", desk.said());
    desk.keys("g x ret");
    let field = |desk: &Desk| desk.model.field().unwrap().text().to_owned();
    assert_eq!(field(&desk), "Short. (I43:2)");
    desk.keys("C-t");
    assert_eq!((field(&desk).as_str(), desk.said()), ("Short. (I43:2)", "I43:2a is not linked any more."));
    desk.keys("C-n C-t");
    assert_eq!((field(&desk).as_str(), desk.said()), ("Short.", "I43:2b is not linked any more."));
    desk.keys("C-t");
    assert_eq!(field(&desk), "Short. (I43:2b)");
}

#[test]
fn which_columns_are_in_sight_is_told_of_all_of_them() {
    let mut parts = charted();
    for number in 0..20 {
        let (id, note) = (fresh(&*parts.source), String::new());
        let name = format!("Theme {number}");
        let (barriers, facilitators) = (vec![], vec![]);
        let theme = Theme { id, name, position: number + 3, barriers, facilitators, note };
        parts.study.apply(&[Change::create(theme)]).unwrap();
    }
    let mut desk = Desk::sized(parts, 60, 16);
    desk.keys("g x");
    let shown = desk.model.matrix.columns.shown;
    assert!(shown < 22 && desk.screen().contains(&format!("1-{shown} of 22")), "{}", desk.screen());
}

/// Numbers beside abbreviations would be read as abbreviations.
#[test]
fn headings_are_numbers_where_one_abbreviation_has_no_room() {
    let headings = |desk: &mut Desk| {
        desk.keys("g x c 'components' ret");
        let screen = desk.screen();
        let line = screen.lines().nth(2).unwrap_or_default().to_owned();
        line.replace("done", "").split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let mut desk = Desk::sized(charted(), 60, 16);
    let shorts = headings(&mut desk);
    assert!(shorts.iter().all(|short| short.contains('-')), "{shorts:?}");
    let mut parts = charted();
    let components = parts.study.components_of("com-b").into_iter().cloned().collect::<Vec<_>>();
    let before = components.last().unwrap().clone();
    let long = Component { abbreviation: "Automatically".into(), ..before.clone() };
    parts.study.apply(&[Change::update(before, long)]).unwrap();
    let mut desk = Desk::sized(parts, 60, 16);
    assert_eq!(headings(&mut desk), ["1", "2", "3", "4", "5", "6"], "{}", desk.screen());
}

#[test]
fn what_is_written_survives_a_kill_with_its_links() {
    let mut desk = open(80, 24);
    desk.keys("ret 'Half ' C-t C-n ' a thought'");
    let drafts: BTreeMap<String, String> = desk
        .other_effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SaveDraft { key, text } => Some((key.clone(), text.clone())),
            _ => None,
        })
        .collect();
    assert!(summaries(&desk).is_empty());
    let place = Place::of(&desk.model);
    let place: Place = serde_json::from_str(&serde_json::to_string(&place).unwrap()).unwrap();
    let parts = charted();
    let mut again = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &place);
    again.texts = desk.texts.clone();
    let loaded = Loaded { study: desk.model.study.clone(), drafts, ..Loaded::default() };
    again.send(Msg::StudyLoaded(Box::new(loaded)));
    assert_eq!(again.model.screen, Screen::Matrix);
    assert_eq!(again.model.field().unwrap().text(), "Half (I43:2) a thought");
    let open = again.model.matrix.desk.as_ref().unwrap();
    assert_eq!((open.linked.len(), open.list.chosen), (1, 1), "the same quote is chosen");
    again.keys("'.' esc");
    let held = again.model.study.summaries().iter().next().unwrap();
    assert_eq!((held.text.as_str(), held.quotes.len()), ("Half (I43:2) a thought.", 1));
    assert!(again.other_effects.iter().any(|effect| matches!(effect, Effect::DropDraft(_))));
}

#[test]
fn a_quote_is_read_in_its_transcript_and_one_key_comes_back() {
    let mut desk = open(80, 24);
    desk.keys("ret 'Not saved' tab down ret");
    assert_eq!(desk.model.screen, Screen::Read);
    assert!(desk.screen().contains("ten minutes"), "{}", desk.screen());
    desk.keys("backspace");
    assert_eq!(desk.model.screen, Screen::Matrix);
    let open = desk.model.matrix.desk.as_ref().unwrap();
    assert_eq!((open.field.text(), open.list.chosen, open.writing), ("Not saved", 1, false));
    // What stands around the chosen quote is shown: the question before it.
    assert!(desk.screen().contains("Interviewer: How does time come into it?"), "{}", desk.screen());
}

#[test]
fn a_summary_turns_stale_when_its_evidence_changes_and_is_found() {
    let mut desk = open(80, 24);
    desk.keys("ret 'Short of time.' C-k");
    assert_eq!(desk.said(), "P088 on “Time”: summary checked");
    desk.keys("esc");
    assert_eq!((state(&desk), desk.said()), (CellState::Checked, ""));
    let coding = desk.model.study.codings().iter().next().unwrap().clone();
    // The coder takes the coding away where it stands.
    desk.keys("ret tab ret x a backspace");
    assert!(!desk.model.study.codings().has(&coding.id));
    assert_eq!(state(&desk), CellState::Stale);
    assert!(desk.screen().contains("stale: gone: 1 quote"), "{}", desk.screen());
    desk.keys("esc right s");
    let words = "P088 on “Time” · stale: gone: 1 quote · 1 quote · checked by c1";
    assert!(desk.screen().contains(words), "why it is stale stands where nothing cuts it: {}", desk.screen());
    assert!(desk.screen().contains("stale"), "{}", desk.screen());
    // It still holds: checked on what is there now.
    desk.keys("v");
    assert_eq!((state(&desk), desk.said()), (CellState::Checked, "P088 on “Time”: summary checked"));
    desk.keys("s");
    assert_eq!(desk.said(), "No cell is stale.");
    desk.keys("v");
    assert_eq!(state(&desk), CellState::Drafted);
}

#[test]
fn cells_are_read_down_a_column_and_along_a_row_with_the_desk_open() {
    let mut desk = open(80, 24);
    desk.keys("ret 'One.' C-f 'Two.' C-f");
    assert_eq!(desk.said(), "This is the last case.");
    desk.keys("C-b C-r C-f 'Three.' esc");
    assert_eq!(rows(&desk), ["P088 drafted drafted", "FG06 drafted nothing"]);
    assert_eq!(summaries(&desk).len(), 3);
    // From the evidence, by plain keys.
    desk.keys("home left ret tab J");
    assert!(desk.screen().contains("FG06 on “Time” · quote 1 of 1"), "{}", desk.screen());
    desk.keys("K right");
    assert!(desk.screen().contains("P088 on “Writing”"), "{}", desk.screen());
    assert_eq!(desk.committed.len(), 3, "reading saves nothing");
    // The keys of the summary work here too.
    desk.keys("left C-n");
    assert!(desk.screen().contains("quote 2 of 2"), "{}", desk.screen());
    desk.keys("C-p C-r");
    assert_eq!(desk.said(), "Cells are read down the column.");
    desk.keys("C-f");
    assert!(desk.screen().contains("FG06 on “Time”"), "{}", desk.screen());
    desk.keys("C-b C-k");
    assert_eq!(desk.said(), "P088 on “Time”: summary checked");
}

#[test]
fn the_next_cell_without_a_summary_is_one_key_away() {
    let mut desk = open(80, 24);
    desk.keys("ret 'One.' esc n");
    assert!(desk.screen().contains("FG06 on “Time”"), "{}", desk.screen());
    desk.keys("n");
    assert!(desk.screen().contains("P088 on “Writing”"), "{}", desk.screen());
    desk.keys("ret 'Three.' esc N ret 'Two.' esc n");
    assert_eq!(desk.said(), "No cell waits for a summary.");
    desk.keys("e");
    assert!(desk.screen().contains("P088 on “Writing”"), "{}", desk.screen());
}

#[test]
fn rows_and_columns_are_chosen_and_remembered() {
    let mut desk = open(80, 24);
    desk.keys("c 'codes' ret");
    assert_eq!(desk.model.matrix.layout.columns, ColumnsChoice::Codes(None));
    assert_eq!(desk.model.matrix.grid.columns.len(), 4);
    desk.keys("d");
    assert_eq!(desk.said(), "No code stands below this one.");
    desk.keys("c 'com-b' ret");
    assert_eq!(desk.model.matrix.grid.columns.len(), 6);
    assert!(desk.screen().contains("O-Ph"), "{}", desk.screen());
    desk.keys("r 'partic' ret");
    assert_eq!(rows(&desk).len(), 3);
    desk.keys("b 'group' ret");
    let listed = rows(&desk);
    assert_eq!((listed[0].as_str(), listed[2].as_str()), ("clinician", "not recorded"));
    assert!(desk.screen().contains("group: clinician (1)"), "{}", desk.screen());
    desk.keys("b home ret o 'profession' ret");
    assert!(rows(&desk)[0].starts_with("P088"), "blanks come last");
    desk.keys("f 'group:clinician' ret");
    assert_eq!(rows(&desk).len(), 1);
    assert!(desk.screen().contains("1 participant by 6 components, filtered"), "{}", desk.screen());
    desk.keys("f C-u 'grup:x' ret");
    assert!(desk.said().starts_with("Nothing is filtered:"), "{}", desk.said());
    desk.keys("esc");
    assert_eq!(rows(&desk).len(), 3);
    let place = Place::of(&desk.model);
    let parts = charted();
    let mut again = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &place);
    again.load(desk.model.study.clone());
    assert_eq!(again.model.matrix.layout, desk.model.matrix.layout);
    assert_eq!(rows(&again), rows(&desk));
}

#[test]
fn memos_on_a_cell_a_row_and_a_column() {
    let mut desk = open(80, 24);
    desk.keys("m m 'On the cell.' C-s m r 'On her.' C-s m c 'On time.' C-s");
    let on: Vec<MemoOn> = desk.model.study.memos().iter().map(|memo| memo.on.clone()).collect();
    assert!(matches!(
        on.as_slice(),
        [MemoOn::Cell(Case::Participant(_), Topic::Theme(_)), MemoOn::Participant(_), MemoOn::Theme(_)]
    ));
    let screen = desk.screen();
    assert!(screen.contains("○¶") && screen.contains("P088 ¶") && screen.contains("Time¶"), "{screen}");
    assert!(screen.contains("P088: 2 evidence, memo"), "{screen}");
    // From the list of memos back to the cell.
    desk.keys("right down g m end ret");
    assert_eq!(desk.model.screen, Screen::Matrix);
    assert!(desk.model.matrix.desk.is_some());
    assert!(desk.screen().contains("P088 on “Time”"), "{}", desk.screen());
    desk.keys("esc c 'com-b' ret m c 'On the component.' C-s");
    assert!(desk.model.study.memos().iter().any(|memo| matches!(memo.on, MemoOn::Component(_))));
}

#[test]
fn a_colleagues_summary_is_named_shown_and_checked_but_never_written_over() {
    let mut parts = charted();
    let other = Coder { id: fresh(&*parts.source), name: "c2".into() };
    let case = Case::Participant(parts.study.participant_named("P088").unwrap().id);
    let topic = Topic::Theme(parts.study.theme_named("Time").unwrap().id);
    let summary = Summary {
        id: fresh(&*parts.source),
        case,
        topic: topic.clone(),
        coder: other.id,
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "As c2 reads it.".into(),
        state: SummaryState::Drafted,
        quotes: vec![],
        basis: None,
        checked_by: None,
    };
    parts.study.apply(&[Change::create(other.clone()), Change::create(summary.clone())]).unwrap();
    let mut desk = Desk::new(parts);
    desk.keys("g x");
    assert!(desk.screen().contains("drafted by c2"), "{}", desk.screen());
    desk.keys("v");
    assert_eq!(desk.said(), "P088 on “Time”: summary checked of c2");
    desk.keys("down up");
    assert!(desk.screen().contains("checked by c1, written by c2"), "{}", desk.screen());
    desk.keys("ret");
    assert!(desk.screen().contains("summary of c1 · not written yet"), "{}", desk.screen());
    assert!(desk.screen().contains("summary of c2, 1970-01-01, checked by c1"), "{}", desk.screen());
    desk.keys("'As I read it.' esc down up");
    let texts: Vec<&str> =
        desk.model.study.summaries_in(case, &topic).map(|summary| summary.text.as_str()).collect();
    assert_eq!(texts, ["As c2 reads it.", "As I read it."]);
    assert!(desk.screen().contains("◐+"), "a second summary is marked: {}", desk.screen());
    assert!(
        desk.screen().contains("drafted by c1") && desk.screen().contains("2 summaries"),
        "{}",
        desk.screen()
    );
    // On other columns neither is in sight, and the screen says so with the keys that choose them.
    desk.keys("c 'com-b' ret");
    let elsewhere = "2 summaries on other rows or columns (r, c)";
    assert!(desk.screen().contains(elsewhere), "{}", desk.screen());
    desk.keys("c 'theme' ret");
    assert!(!desk.screen().contains("other rows or columns"), "{}", desk.screen());
    // Whoever codes the interview blind sees neither the mark nor the words of the other.
    let (transcript, coder) = (desk.model.study.transcript_named("I43").unwrap().id, desk.me());
    let start = jiff::Timestamp::UNIX_EPOCH;
    let mut parts = charted();
    parts.study = desk.model.study.clone();
    parts.study.apply(&[Change::create(Blind { transcript, coder, start, end: None })]).unwrap();
    let mut blind = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &Place::default());
    blind.load(parts.study.clone());
    blind.keys("g x");
    assert!(!blind.screen().contains("c2"), "{}", blind.screen());
    assert_eq!(blind.model.study.summaries().len(), 1);
}

#[test]
fn the_matrix_fits_small_and_large_windows() {
    let mut small = open(40, 12);
    assert!(small.screen().contains("· none ○ said ◐ draft ● checked"), "{}", small.screen());
    small.keys("ret 'Short.'");
    let screen = small.screen();
    assert!(screen.contains("Short.▏") && screen.contains("P088 on “Time”"), "{screen}");
    small.keys("tab");
    assert!(small.screen().contains("I43:2"), "{}", small.screen());
    small.keys("esc");
    assert_eq!(summaries(&small), ["Short."]);
    let mut large = open(200, 60);
    let screen = large.screen();
    assert!(screen.contains("Time") && screen.contains("Writing"), "{screen}");
    large.keys("ret 'Beside.'");
    let beside = large.screen().lines().any(|line| line.contains("I43:2") && line.contains("summary of c1"));
    assert!(beside, "the summary stands beside the evidence: {}", large.screen());
}

#[test]
fn nothing_to_chart_is_a_sentence() {
    let mut empty = Desk::new(Parts::new());
    empty.keys("g x ret n v m m");
    assert!(!empty.screen().is_empty());
    let mut parts = Parts::small();
    let silent: Vec<_> = parts.study.bindings().iter().cloned().collect();
    for held in silent {
        let after = combe::study::Binding { voice: combe::study::Voice::Unknown, ..held.clone() };
        parts.study.apply(&[Change::update(held, after)]).unwrap();
    }
    let mut desk = Desk::new(parts);
    desk.keys("g x ret");
    assert!(desk.screen().contains("There is no theme yet"), "{}", desk.screen());
    desk.keys("r 'partic' ret");
    assert!(desk.screen().contains("There is no case yet"), "{}", desk.screen());
    desk.keys("e s n x s ret");
    assert!(desk.model.study.summaries().is_empty());
}

#[test]
fn fifty_thousand_characters_are_typed_and_saved_at_once() {
    let mut desk = open(80, 24);
    desk.keys("ret");
    let long = "so much to say ".repeat(3_400);
    desk.send(Msg::Paste(long.clone()));
    let began = std::time::Instant::now();
    desk.keys("'and more' up up down pgup pgdn");
    assert!(began.elapsed().as_millis() < 2_000, "13 keys took {:?}", began.elapsed());
    desk.keys("esc");
    assert_eq!(summaries(&desk)[0].len(), format!("{long}and more").len());
}

#[test]
fn five_hundred_values_to_group_by_are_said_to_be_many() {
    let mut parts = charted();
    for number in 0..500 {
        let name = format!("P{number}x");
        parts.transcript(
            &format!("T{number}"),
            combe::study::Kind::Interview,
            &format!("{name}: Time.\n"),
            false,
        );
        parts.attribute(&name, "village", &format!("Village {number}"));
    }
    let mut desk = Desk::new(parts);
    desk.keys("g x b 'village' ret");
    assert!(desk.said().contains("village has 501 values here"), "{}", desk.said());
    assert_eq!(rows(&desk).iter().filter(|row| row.starts_with("Village")).count(), 500);
    desk.keys("end home pgdn");
    assert!(desk.screen().contains("village: Village"), "{}", desk.screen());
}

#[test]
fn a_case_that_goes_leaves_the_desk_and_keeps_what_was_typed() {
    let mut desk = open(80, 24);
    desk.keys("ret 'Half a'");
    let person = desk.model.study.participant_named("P088").unwrap().id;
    let hidden =
        combe::study::Hidden { id: fresh(&*desk.source), what: combe::study::Hideable::Participant(person) };
    let action = combe::study::Action {
        id: fresh(&*desk.source),
        at: jiff::Timestamp::UNIX_EPOCH,
        coder: desk.me(),
        command: "hide".into(),
        label: "P088 hidden".into(),
        reason: None,
        undoes: None,
        changes: vec![Change::create(hidden)],
    };
    let logged = combe::store::Logged { seq: 99, action, turns: Vec::new() };
    desk.send(Msg::Others(vec![logged]));
    assert!(desk.model.matrix.desk.is_none());
    assert!(!rows(&desk).iter().any(|row| row.starts_with("P088")), "{:?}", rows(&desk));
    assert!(desk.model.drafts.keys().any(|key| key.starts_with("summary:")));
}

#[test]
fn the_desk_says_its_keys_that_leaving_saves_and_where_help_is() {
    let mut desk = open(80, 24);
    desk.keys("ret 'How ?'");
    let screen = desk.screen();
    let footer = screen.lines().last().unwrap();
    for hint in ["Ctrl-T link", "Ctrl-N quote", "Ctrl-F next cell", "Esc save", "Ctrl-G help"] {
        assert!(footer.contains(hint), "{hint}: {screen}");
    }
    assert!(screen.contains("(Ctrl-R)") && screen.contains("Esc saves"), "{screen}");
    // A question mark is typed; help has a key of its own, and what is written is there after it.
    desk.keys("C-g");
    assert!(desk.screen().contains("The next quote of the cell"), "{}", desk.screen());
    desk.keys("esc");
    assert_eq!(desk.model.field().unwrap().text(), "How ?");
    desk.keys("tab");
    assert!(desk.screen().lines().last().unwrap().contains("Esc save"), "{}", desk.screen());
    desk.keys("tab esc");
    assert_eq!(summaries(&desk), ["How ?"]);
    let mut small = open(40, 12);
    small.keys("ret");
    let screen = small.screen();
    assert!(screen.contains("Esc saves") && screen.contains("Ctrl-G help"), "{screen}");
    // What stands around the quote is there in both sizes.
    small.keys("tab");
    assert!(small.screen().contains("How does time"), "{}", small.screen());
}

#[test]
fn coming_back_to_the_matrix_is_coming_back_to_the_open_desk() {
    let mut desk = open(80, 24);
    desk.keys("ret 'Half ' tab down");
    let before = desk.screen();
    desk.keys("g t g x");
    assert_eq!(desk.screen(), before);
    desk.keys("tab 'done' esc");
    assert_eq!(summaries(&desk), ["Half done"]);
}

#[test]
fn sentences_name_the_keys_of_the_keymap_at_hand() {
    let mut desk = Desk::new(charted()).keymap("vim");
    desk.keys("g x d");
    let keys = desk.model.keys_of("choose_columns");
    assert_eq!(desk.said(), format!("Only a code has codes below it; {keys} chooses columns."));
}

#[test]
fn the_keys_of_vim_reach_everything() {
    let mut desk = Desk::new(charted()).keymap("vim");
    desk.keys("g x l h j k ret 'By vim.' esc");
    assert_eq!(summaries(&desk), ["By vim."]);
}

/// 151 people by 20 codes, half of the cells with evidence.
fn large() -> Parts {
    let mut parts = Parts::new();
    let me = parts.me.id;
    let words: Vec<String> = (10..30).map(|number| format!("word{number}")).collect();
    for word in &words {
        parts.code(word, None, "opportunity.physical", "");
    }
    let speech = words.join(" ");
    for number in 0..151 {
        let name = format!("T{number}");
        let text = format!("P{number}: {speech}\n");
        parts.transcript(&name, combe::study::Kind::Interview, &text, false);
        for word in words.iter().skip(number % 2).step_by(2) {
            mark(&mut parts, me, &name, word, word);
        }
    }
    parts
}

#[test]
fn a_key_on_151_by_20_cells_takes_milliseconds() {
    let mut desk = Desk::sized(large(), 200, 60);
    desk.keys("g x c 'codes' ret");
    assert_eq!((desk.model.matrix.grid.rows.len(), desk.model.matrix.grid.columns.len()), (151, 20));
    let mut times = Vec::new();
    for key in "down right down down pgdn left n e down right pgup end home s N".split(' ').cycle().take(150)
    {
        let began = std::time::Instant::now();
        desk.keys(key);
        let _ = desk.buffer();
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let p99 = times[times.len() * 99 / 100];
    // A study that changed is counted anew: one cell is written and saved.
    let began = std::time::Instant::now();
    desk.keys("ret 'x' esc");
    let saved = began.elapsed() / 3;
    println!("median {:?}, p99 {p99:?}, a cell saved {saved:?} a key", times[times.len() / 2]);
    // The aim is 8 ms in a release build; else nothing is optimised, and the machine is shared.
    let aim = if cfg!(debug_assertions) { 80 } else { 8 };
    assert!(p99.as_millis() < aim && saved.as_millis() < 400, "p99 {p99:?}, saved {saved:?}");
}

#[test]
fn people_below_the_last_line_are_scrolled_into_sight() {
    let mut desk = Desk::sized(charted(), 80, 10);
    desk.keys("g x end z");
    let screen = desk.screen();
    assert!(screen.contains("P1F") && screen.contains("P2M") && screen.contains("FG06"), "{screen}");
}

#[test]
fn who_speaks_around_a_quote_is_named_as_everywhere() {
    let mut parts = charted();
    let known = parts.study.participant_named("P088").unwrap().clone();
    let after = Participant { name: "P14".into(), provisional: false, ..known.clone() };
    parts.study.apply(&[Change::update(known, after)]).unwrap();
    let mut desk = Desk::new(parts);
    desk.keys("g x ret");
    let screen = desk.screen();
    assert!(screen.contains("P14: I think") && !screen.contains("P088"), "{screen}");
    let around = desk.model.matrix.desk.as_ref().unwrap().around_chosen().unwrap();
    assert_eq!(&around.text[around.own.clone()], "time is really key");
}

#[test]
fn merging_codes_puts_both_summaries_under_a_divider() {
    let mut desk = open(80, 24);
    desk.keys("c 'codes' ret ret 'On time.' esc right");
    let other = desk.model.matrix.grid.columns[1].name.clone();
    desk.keys("ret 'On work.' esc g c home");
    let merged = desk.model.codebook.code().and_then(|id| desk.model.study.codes().get(&id)).unwrap();
    let merged = merged.name.clone();
    desk.keys(&format!("M '{other}' ret"));
    let asked = desk.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(asked.contains("1 summary of the matrix too, 1 of them below one that is there"), "{asked}");
    desk.keys("y g x");
    let [text] = &summaries(&desk)[..] else { panic!("{:?}", summaries(&desk)) };
    assert_eq!(text, &format!("On work.\n\n--- {merged} ---\n\nOn time."));
    let screen = desk.screen();
    assert!(screen.contains("stale") || screen.contains("drafted"), "{screen}");
    // The first key goes to where it was done.
    desk.keys("u u");
    assert_eq!(summaries(&desk).len(), 2, "one step takes it back");
}

#[test]
fn what_stands_around_a_quote_is_cut_between_words_and_says_so() {
    let many = |word: &str| format!("{word} ").repeat(100);
    let text =
        format!("P088: {}and nobody asked {}\n\nInterviewer: I see.\n", many("before"), many("behind"));
    let mut parts = charted();
    parts.transcript("I50", combe::study::Kind::Interview, &text, false);
    let me = parts.me.id;
    mark(&mut parts, me, "I50", "nobody asked", "Appointment time");
    let mut desk = Desk::sized(parts, 80, 24);
    desk.keys("g x f 'P088' ret ret tab end");
    let around = desk.model.matrix.desk.as_ref().unwrap().around_chosen().unwrap();
    assert_eq!(&around.text[around.own.clone()], "nobody asked");
    assert!(around.text.starts_with("…before before"), "{}", around.text);
    assert!(around.text.ends_with("behind…"), "{}", around.text);
}

#[test]
fn a_quote_whose_text_is_on_its_way_is_laid_by_its_own_rows() {
    let many = |word: &str| format!("{word} ").repeat(60);
    let text = format!("P000: {}and nobody asked {}\n", many("before"), many("behind"));
    let mut parts = charted();
    let me = parts.me.id;
    let interview = combe::study::Kind::Interview;
    parts.transcript("A1", interview, &text, false);
    parts.transcript("A2", interview, "P000: First of it. Second of it. Third of it.\n", false);
    mark(&mut parts, me, "A1", "nobody asked", "Appointment time");
    for words in ["First of it.", "Second of it.", "Third of it."] {
        mark(&mut parts, me, "A2", words, "Appointment time");
    }
    let mut desk = Desk::sized(parts, 80, 24);
    desk.keys("g x ret tab");
    assert!(desk.screen().contains("behind"), "{}", desk.screen());
    desk.answers = false;
    desk.keys("down");
    for words in ["First of it.", "Second of it.", "Third of it."] {
        assert!(desk.screen().contains(words), "{words}: {}", desk.screen());
    }
}

#[test]
fn a_hidden_turn_stands_around_no_quote_of_a_cell() {
    let mut parts = charted();
    let me = parts.me.id;
    mark(&mut parts, me, "I43", "They know.", "Workload");
    let mut desk = Desk::sized(parts, 80, 24);
    desk.keys("g x ret tab end");
    assert!(desk.screen().contains("And the patients?"), "{}", desk.screen());
    desk.keys("esc esc g o 'I43:3' ret H g x ret tab end");
    assert!(desk.screen().contains("They know."), "{}", desk.screen());
    assert!(!desk.screen().contains("And the patients?"), "{}", desk.screen());
}

#[test]
fn a_summary_stays_when_a_turn_that_it_links_is_hidden() {
    let mut desk = open_with_another_turn();
    desk.keys("ret 'Short of it.' C-t C-n C-n C-t esc v");
    assert_eq!(state(&desk), CellState::Checked);
    desk.keys("g o 'I43:2' ret H g x");
    let text = String::from("Short of it. (I43:2) (I43:4)");
    assert_eq!((summaries(&desk), state(&desk)), (vec![text], CellState::Stale));
    desk.keys("ret");
    assert!(desk.screen().contains("1 quote linked"), "{}", desk.screen());
    // It is written on, and linked again once the turn is brought back.
    desk.keys("' More.' esc");
    assert_eq!((desk.said(), state(&desk)), ("P088 on “Time”: summary changed", CellState::Drafted));
    desk.keys("g o 'I43:2' ret H g x ret");
    assert!(
        desk.screen().contains("2 quotes linked") && desk.screen().contains("stale"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_summary_whose_quotes_are_all_hidden_is_kept_back_until_one_is_in_sight() {
    let mut desk = open_with_another_turn();
    desk.keys("ret 'Short of it.' C-t C-n C-n C-t esc g o 'I43:2' ret H g x");
    assert_eq!(summaries(&desk).len(), 1, "{}", desk.said());
    // The other quote that it links is hidden too.
    desk.keys("g o 'I43:4' ret H g x");
    assert_eq!(summaries(&desk), Vec::<String>::new(), "{}", desk.screen());
    assert!(desk.screen().contains("your summary is kept back"), "{}", desk.screen());
    desk.keys("g o 'I43:4' ret H g x");
    let text = "Short of it. (I43:2) (I43:4)";
    assert_eq!(summaries(&desk), [text], "{}", desk.said());
}

#[test]
fn a_link_of_a_draft_that_was_never_saved_outlasts_the_hiding_of_its_quote() {
    let mut desk = open_with_another_turn();
    desk.keys("ret 'Of the first and the last.' C-t C-n C-n C-t");
    let drafted: Vec<(String, String)> = desk
        .other_effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SaveDraft { key, text } => Some((key.clone(), text.clone())),
            _ => None,
        })
        .collect();
    let mut desk = open_with_another_turn();
    desk.model.drafts.extend(drafted);
    // It is opened and saved while the first one is hidden.
    desk.keys("g o 'I43:2' ret H g x ret esc");
    let links = |desk: &Desk| desk.model.study.summaries().iter().next().map(|held| held.quotes.len());
    assert_eq!(links(&desk), Some(2), "{}", desk.said());
    desk.keys("g o 'I43:2' ret H g x ret");
    assert!(desk.screen().contains("2 quotes linked"), "{}", desk.screen());
}

#[test]
fn a_summary_that_cites_hidden_words_is_kept_back_and_not_written_over() {
    let mut desk = open(80, 24);
    desk.keys("ret 'That time is really key, she says.' C-t esc g o 'I43:2' ret H g x");
    assert!(summaries(&desk).is_empty(), "{}", desk.screen());
    assert!(desk.screen().contains("kept back"), "{}", desk.screen());
    assert!(!desk.screen().contains("really key"), "{}", desk.screen());
    let steps = desk.committed.len();
    for keys in ["ret", "tab", "C-t", "i"] {
        desk.keys(keys);
        assert!(desk.said().starts_with("Your summary of this cell is kept back"), "{keys}: {}", desk.said());
    }
    desk.keys("esc");
    assert_eq!(desk.committed.len(), steps, "{}", desk.said());
    desk.keys("g o 'I43:2' ret H g x");
    assert_eq!(summaries(&desk), ["That time is really key, she says. (I43:2)"]);
}

#[test]
fn a_new_quote_is_named_as_what_makes_a_summary_stale() {
    let mut desk = open(80, 24);
    desk.keys("ret 'Short.' esc g o 'I43:3' ret J c 'workl' ret g x");
    assert_eq!(state(&desk), CellState::Stale, "{}", desk.screen());
    desk.keys("ret");
    assert!(desk.screen().contains("stale: new: I43:4"), "{}", desk.screen());
    let marked = |desk: &Desk| {
        let screen = desk.screen();
        screen.lines().filter(|line| line.contains("new since")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(marked(&desk).len() == 1 && marked(&desk)[0].contains("I43:4"), "{:?}", marked(&desk));
    desk.keys("C-k");
    assert!(marked(&desk).is_empty(), "it is written on all of them now: {}", desk.screen());
}

#[test]
fn a_quote_that_is_no_evidence_any_more_is_still_read_on_the_desk_and_makes_the_cell_stale_when_hidden() {
    let mut desk = open_with_another_turn();
    desk.keys("ret 'Short of it.' C-t C-n C-n C-t esc v");
    assert_eq!(state(&desk), CellState::Checked);
    // It is coded for the other theme, and no longer for this one.
    desk.keys("ret tab end ret c 'writing' ret x a backspace");
    assert_eq!(state(&desk), CellState::Stale, "{}", desk.screen());
    desk.keys("end");
    let screen = desk.screen();
    let gone: Vec<&str> = screen.lines().filter(|line| line.contains("no evidence any more")).collect();
    assert!(gone.len() == 1 && gone[0].contains("I43:4") && screen.contains("apologise"), "{screen}");
    desk.keys("esc v");
    assert_eq!(state(&desk), CellState::Checked, "{}", desk.said());
    desk.keys("g o 'I43:4' ret H g x");
    assert_eq!(state(&desk), CellState::Stale, "a link leads nowhere: {}", desk.screen());
}

#[test]
fn attributes_are_found_with_underscores_and_with_blanks() {
    let mut parts = charted();
    parts.attribute("P088", "age_band", "36-45");
    let mut desk = Desk::new(parts);
    for typed in ["age_b", "age b", "age band"] {
        desk.keys(&format!("g x o '{typed}' ret"));
        assert_eq!(desk.model.matrix.layout.sort.first().map(String::as_str), Some("age_band"), "{typed}");
        desk.keys("o home ret");
    }
}

#[test]
fn negative_cases_and_likeness_start_from_the_evidence_of_a_cell() {
    let mut desk = open(80, 24);
    desk.keys("ret tab g !");
    assert_eq!(desk.model.screen, Screen::Search, "{}", desk.said());
    let query = desk.model.search.field.text().to_owned();
    assert!(query.contains("theme:=Time") && query.contains("is:record"), "{query}");
    desk.keys("backspace");
    assert!(desk.model.matrix.desk.is_some());
    desk.keys("g ~");
    assert!(desk.model.search.field.text().starts_with("like:I43:"), "{}", desk.model.search.field.text());
}
