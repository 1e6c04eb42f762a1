//! The screen of tables: keys in, screens out.

use combe::analysis::{CellValue, TableKind};
use combe::app::{Msg, Screen};
use combe::study::{Kind, Side};
use combe::ui::glyphs::GlyphSet;
use combe::ui::theme::Colours;

use crate::panels_stage::{Script, Stage};
use crate::screen::Desk;
use crate::screen_matrix::charted;

/// Ann and Cai are public, Ben a clinician; time is a barrier for Ann, Ben and Cai, longer slots help Ben.
fn valley(width: u16, height: u16) -> Stage {
    let mut script = Script::new();
    for (name, group) in [("Ann", "public"), ("Ben", "clinician"), ("Cai", "public")] {
        script.person(name, group);
    }
    let i1 = script.transcript("I1", Kind::Interview, &["Int: How is it?", "Ann: Ten minutes and out."]);
    let i2 = script.transcript(
        "I2",
        Kind::Interview,
        &["Int: And you?", "Ben: No time. Longer slots would help."],
    );
    let fg = script.transcript("FG1", Kind::FocusGroup, &["Int: Who else?", "Cai: Ten minutes is nothing."]);
    let time = script.code("Appointment time", Some(Side::Barrier));
    let slots = script.code("Longer slots", Some(Side::Facilitator));
    script.theme("Time", &[time], &[slots], "opportunity.physical");
    script.mark(i1, "Ten minutes and out.", time, false);
    script.mark(i2, "No time.", time, false);
    script.mark(i2, "Longer slots would help.", slots, false);
    script.mark(fg, "Ten minutes is nothing.", time, true);
    script.open(width, height)
}

/// Where the cursor is: what is painted in reverse.
fn cursor(stage: &Stage) -> String {
    // The first run is the tab.
    let runs = stage.reversed();
    runs.iter().skip(1).map(|run| run.trim().to_owned()).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_number_opens_its_quotes_a_quote_its_passage_and_one_key_goes_back() {
    let mut stage = valley(100, 24);
    stage.keys("g =");
    assert!(stage.screen().contains("codes that occur together"), "{}", stage.screen());
    // The fourth table: codes.
    stage.keys("down down down ret");
    assert!(stage.screen().contains("Codes, of 3 participants in 3 transcripts"), "{}", stage.screen());
    assert_eq!(cursor(&stage), "Appointment time | 3");
    stage.keys("ret");
    assert!(
        stage.screen().contains("3 quotes of 3 participants · people · Appointment time"),
        "{}",
        stage.screen()
    );
    // One key puts it aside; on a number there is none to put.
    let quote = stage.model.tables.quotes.list.quote().unwrap();
    stage.keys("\"");
    assert!(stage.model.is_in_my_basket(quote) && stage.model.tables.quotes.open, "{}", stage.screen());
    stage.keys("esc \"");
    assert!(stage.screen().contains("Open the quotes behind a number"), "{}", stage.screen());
    stage.keys("ret");
    // The starred one comes first.
    stage.keys("ret");
    assert_eq!(stage.model.screen, Screen::Read);
    assert!(stage.screen().contains("FG1"), "{}", stage.screen());
    stage.keys("backspace");
    assert_eq!(stage.model.screen, Screen::Tables);
    assert!(
        stage.screen().contains("3 quotes of 3 participants · people · Appointment time"),
        "{}",
        stage.screen()
    );
    stage.keys("esc esc");
    assert!(stage.screen().contains("codes that occur together"), "{}", stage.screen());
}

#[test]
fn codings_that_share_a_quote_are_found_again_above_their_quotes() {
    let mut script = Script::new();
    script.person("Ann", "public");
    let i1 = script.transcript("I1", Kind::Interview, &["Int: How is it?", "Ann: Ten minutes. And no bus."]);
    let time = script.code("Appointment time", Some(Side::Barrier));
    let bus = script.code("No bus", Some(Side::Barrier));
    script.mark(i1, "Ten minutes.", time, false);
    script.mark(i1, "And no bus.", bus, false);
    script.code_also("And no bus.", time);
    let mut stage = script.open(100, 24);
    // All codes: three codings, two of them on one passage.
    stage.keys("g = down down down ret end right right");
    assert_eq!(cursor(&stage), "All codes | 3");
    stage.keys("ret");
    assert!(stage.screen().contains("3 codings on 2 quotes of 1 participant"), "{}", stage.screen());
}

#[test]
fn groups_filters_and_what_is_counted_are_chosen_by_keys() {
    let mut stage = valley(120, 24);
    stage.keys("g = down down down ret b");
    stage.type_in("group").keys("ret");
    assert!(stage.screen().contains("(N = 2)"), "{}", stage.screen());
    stage.keys("f").type_in("group:clinician").keys("ret");
    assert!(stage.screen().contains("Codes, of 1 participant in"), "{}", stage.screen());
    assert_eq!(cursor(&stage), "Appointment time | 1");
    stage.keys("esc c");
    assert!(stage.screen().contains("Codes, of 3 participants"), "{}", stage.screen());
    assert!(stage.screen().contains("count codings"), "{}", stage.screen());
    stage.keys("f").type_in("time").keys("ret");
    assert!(stage.screen().contains("counts are filtered by"), "{}", stage.screen());
}

#[test]
fn a_wide_table_scrolls_under_the_cursor_and_zero_has_no_quotes() {
    let mut stage = valley(60, 16);
    stage.keys("g = down down down ret b").type_in("group").keys("ret");
    for _ in 0..12 {
        stage.keys("right");
    }
    assert_eq!(cursor(&stage), "Appointment time | 0");
    assert!(stage.screen().contains("left out"), "{}", stage.screen());
    stage.keys("ret");
    assert!(stage.screen().contains("No quotes stand behind this number."), "{}", stage.screen());
}

#[test]
fn tables_with_a_picture_show_it() {
    let mut stage = valley(80, 24);
    stage.keys("g = down down ret p");
    let screen = stage.screen();
    let line = screen.lines().find(|line| line.contains("Physical opportunity")).unwrap();
    // Three people against one.
    let (left, right) = line.split_once('│').unwrap();
    assert_eq!(left.matches('█').count(), 3 * right.matches('█').count(), "{line}");
    assert!(left.contains('3') && right.trim_end().ends_with('1'), "{line}");
    // Nothing is chosen in it: the row that was chosen before is out of sight.
    assert!(!screen.lines().last().unwrap().contains("open"), "{screen}");
    stage.keys("ret");
    assert!(stage.screen().contains("Nothing is chosen in a picture"), "{}", stage.screen());
    stage.keys("esc esc");
    for _ in 0..6 {
        stage.keys("down");
    }
    stage.keys("ret p");
    assert!(stage.screen().contains("it proves nothing"), "{}", stage.screen());
    stage.keys("esc esc up ret p");
    assert!(stage.screen().contains("There is no picture of this table"), "{}", stage.screen());
}

#[test]
fn what_cannot_be_counted_says_so_in_place_of_the_table() {
    let mut stage = Script::new().open(80, 24);
    stage.keys("g =");
    if stage.screen().contains("sample") {
        stage.keys("ret");
        assert!(stage.screen().contains("No participant speaks"), "{}", stage.screen());
    }
}

#[test]
fn a_number_stands_beside_what_it_belongs_to_in_a_narrow_window() {
    let mut stage = valley(42, 24);
    // The second table: themes. The first number is that of the barrier.
    stage.keys("g = down ret");
    let row = |stage: &Stage| {
        let screen = stage.screen();
        screen.lines().find(|line| line.starts_with('>')).unwrap_or_default().to_owned()
    };
    assert!(row(&stage).contains("Appointm") && row(&stage).trim_end().ends_with('3'), "{}", stage.screen());
    assert!(!row(&stage).contains("Longer"), "{}", stage.screen());
    stage.keys("right right right");
    assert!(row(&stage).contains("Longer s"), "{}", stage.screen());
}

/// Opens a table from the list of them.
fn open(stage: &mut Stage, kind: TableKind) {
    while stage.model.tables.place.open.is_some() || stage.model.tables.quotes.open {
        stage.keys("esc");
    }
    let at = TableKind::ALL.iter().position(|each| *each == kind).unwrap();
    stage.keys("home").keys(&format!("{}ret", "down ".repeat(at)));
}

#[test]
fn enter_on_every_number_of_every_table_opens_what_stands_behind_it() {
    let mut stage = valley(80, 24);
    stage.keys("g =");
    let (mut opened, mut read) = (0, 0);
    for kind in TableKind::ALL {
        open(&mut stage, kind);
        let table = stage.model.tables.shown().unwrap_or_else(|| panic!("{}", stage.screen())).clone();
        for (row, cells) in table.rows.iter().enumerate().filter(|(_, row)| !row.heading) {
            for (column, cell) in cells.cells.iter().enumerate() {
                if !cell.value.is_number() {
                    continue;
                }
                let place = &mut stage.model.tables.place;
                (place.row, place.column) = (row, column);
                stage.keys("ret");
                let at = format!("{kind:?}, row {row}, {}\n{}", table.head[column].key, stage.screen());
                if stage.model.screen == Screen::Read {
                    read += 1;
                    stage.keys("backspace");
                } else if stage.model.tables.quotes.open {
                    opened += 1;
                    assert!(!stage.model.tables.quotes.list.is_empty(), "{at}");
                    stage.keys("esc");
                } else {
                    if !stage.model.layers.is_empty() {
                        assert_eq!(kind, TableKind::Coverage, "{at}");
                        stage.keys("esc");
                        continue;
                    }
                    let said = stage.model.notice.as_ref().map_or("", |notice| &notice.text);
                    let nobody = said.starts_with("No quote") || said.starts_with("There is nobody");
                    let none = matches!(cell.value, CellValue::Number(0) | CellValue::Tenths(0));
                    assert!(nobody && (none || kind == TableKind::Coverage), "{at}");
                }
                assert_eq!(stage.model.tables.place.open, Some(kind), "{at}");
            }
        }
    }
    assert!(opened > 40 && read > 2, "{opened} {read}");
}

#[test]
fn a_quotation_in_a_joint_table_opens_with_itself_chosen() {
    let mut stage = valley(80, 24);
    stage.keys("g =");
    stage.keys("down ret b").type_in("group").keys("ret");
    open(&mut stage, TableKind::Joint);
    let table = stage.model.tables.shown().unwrap().clone();
    let words = |cell: &combe::analysis::PaperCell| cell.value.shown().starts_with('“');
    let row = table.rows.iter().position(|row| row.cells.iter().any(words)).unwrap();
    let column = table.rows[row].cells.iter().position(words).unwrap();
    (stage.model.tables.place.row, stage.model.tables.place.column) = (row, column);
    stage.keys("ret");
    let quotes = &stage.model.tables.quotes;
    let chosen = stage.model.study.quotes().get(&quotes.list.quote().unwrap()).unwrap();
    let shown = table.rows[row].cells[column].value.shown();
    assert!(shown.starts_with(&format!("“{}”", chosen.text)), "{shown} {}", chosen.text);
    stage.keys("ret");
    assert_eq!(stage.model.screen, Screen::Read);
}

#[test]
fn how_it_was_counted_is_one_key_away_and_stands_below_a_short_table() {
    let mut stage = valley(80, 24);
    stage.keys("g =");
    open(&mut stage, TableKind::Codes);
    assert!(stage.screen().contains("Layers of record only."), "{}", stage.screen());
    let mut small = valley(40, 12);
    small.keys("g =");
    open(&mut small, TableKind::Codes);
    assert!(!small.screen().contains("Codings of one code"), "{}", small.screen());
    small.keys("n");
    assert!(small.screen().contains("Layers of record only."), "{}", small.screen());
    small.keys("down down down down down down down down");
    assert!(small.screen().contains("Codings of one code"), "{}", small.screen());
    small.keys("esc");
    assert!(small.screen().contains("Appoint"), "{}", small.screen());
    small.keys("esc n");
    assert_eq!(small.model.notice.as_ref().unwrap().text, "No table is open: choose one first.");
}

#[test]
fn headings_keep_their_n_and_the_sample_its_per_cent_in_every_window() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = valley(width, height);
        stage.keys("g =");
        open(&mut stage, TableKind::Sample);
        let screen = stage.screen();
        let row = screen.lines().find(|line| line.starts_with('>')).unwrap();
        let found: Vec<&str> = row.trim_start_matches('>').split_whitespace().collect();
        assert_eq!(found, ["public", "2", "3", "67"], "{screen}");
        assert_eq!(screen.matches("public").count(), 2, "in its row and in the line below: {screen}");
        open(&mut stage, TableKind::Crosstab);
        stage.keys("b").type_in("group").keys("ret");
        assert!(stage.screen().contains("(N = 2)"), "{}", stage.screen());
    }
}

#[test]
fn the_header_says_when_codings_are_counted_and_the_footer_what_can_be_done_here() {
    let mut stage = valley(80, 24);
    stage.keys("g =");
    open(&mut stage, TableKind::Codes);
    let footer = |stage: &Stage| stage.screen().lines().last().unwrap().to_owned();
    for hint in ["Enter open", "b by", "f filter", "c codings", "p picture", "n notes", "? help"] {
        assert!(footer(&stage).contains(hint), "{hint}: {}", footer(&stage));
    }
    stage.keys("c");
    assert!(stage.screen().contains("counts codings"), "{}", stage.screen());
    // It holds for the tables that count either; of a table that does not, nothing is said.
    open(&mut stage, TableKind::Components);
    assert!(stage.screen().contains("counts codings"), "{}", stage.screen());
    open(&mut stage, TableKind::Sample);
    assert!(!stage.screen().contains("counts codings"), "{}", stage.screen());
    assert!(!footer(&stage).contains("codings") && !footer(&stage).contains("picture"), "{}", footer(&stage));
    // Two attributes without a code count people, and nothing else.
    open(&mut stage, TableKind::Crosstab);
    stage.keys("b").type_in("group").keys("ret");
    stage.keys("B").type_in("kind").keys("ret");
    assert!(!stage.screen().contains("counts codings"), "{}", stage.screen());
    stage.keys("c");
    assert!(stage.screen().contains("without a code count participants"), "{}", stage.screen());
    assert!(!stage.screen().contains("counts codings"), "{}", stage.screen());
    open(&mut stage, TableKind::Cooccurrence);
    assert!(footer(&stage).contains("t together") && !footer(&stage).contains("b by"), "{}", footer(&stage));
}

#[test]
fn coming_back_to_the_tables_is_coming_back_to_the_open_one() {
    let mut stage = valley(80, 24);
    stage.keys("g =");
    open(&mut stage, TableKind::Codes);
    stage.keys("right ret");
    assert!(stage.model.tables.quotes.open);
    let before = stage.screen();
    stage.keys("g t g =");
    assert_eq!(stage.screen(), before);
}

#[test]
fn back_from_quotes_that_were_come_back_to_is_the_table_and_there_it_stays() {
    let mut stage = valley(80, 24);
    stage.keys("g =");
    open(&mut stage, TableKind::Codes);
    stage.keys("ret");
    let first = stage.screen();
    stage.keys("esc right right ret");
    let second = stage.screen();
    assert_ne!(first, second);
    stage.keys("g t g =");
    assert_eq!(stage.screen(), second);
    stage.keys("backspace");
    assert_eq!((stage.model.screen, stage.model.tables.quotes.open), (Screen::Tables, false));
    let table = stage.screen();
    // One step further it is left, and come back to as it was.
    stage.keys("backspace");
    assert_eq!(stage.model.screen, Screen::Transcripts);
    stage.keys("g =");
    assert_eq!(stage.screen(), table);
    // A quote that was read is nearer than the table.
    stage.keys("ret ret backspace");
    assert!(stage.model.tables.quotes.open, "{}", stage.screen());
    stage.keys("backspace");
    assert!(stage.model.screen == Screen::Tables && !stage.model.tables.quotes.open, "{}", stage.screen());
}

#[test]
fn transcripts_are_found_again_in_their_quotes_and_a_pair_of_codes_is_named_whole() {
    let mut script = Script::new();
    script.person("Ann", "public");
    let i1 = script.transcript("I1", Kind::Interview, &["Int: How is it?", "Ann: Ten minutes and out."]);
    let time = script.code("Appointment time", Some(Side::Barrier));
    let slots = script.code("Longer slots", Some(Side::Facilitator));
    script.mark(i1, "Ten minutes", time, false);
    script.mark(i1, "Ten minutes and out.", slots, false);
    let mut stage = script.open(120, 24);
    stage.keys("g =");
    open(&mut stage, TableKind::Codes);
    stage.keys("right ret");
    let title = "1 quote of 1 participant in 1 transcript · transcripts · Appointment time";
    assert!(stage.screen().contains(title), "{}", stage.screen());
    open(&mut stage, TableKind::Cooccurrence);
    for (keys, said) in [
        ("home", "1 pairs of codings · pairs of codings · Appointment time · Longer slots"),
        ("right", "1 codings · first in all · Appointment time"),
        ("right", "1 codings · second in all · Appointment time · Longer slots"),
    ] {
        stage.keys(keys);
        assert!(stage.screen().contains(said), "{said}: {}", stage.screen());
    }
}

#[test]
fn tables_in_three_sizes() {
    let mut desk = Desk::new(charted());
    desk.keys("g = down down down ret b 'group' ret");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("tables_{width}x{height}"), desk.picture());
    }
    let mut plain = Desk::new(charted()).looks(GlyphSet::Ascii, Colours::None);
    plain.keys("g = down down ret b 'group' ret right");
    assert!(plain.screen().is_ascii(), "{}", plain.screen());
    plain.keys("p");
    assert!(plain.screen().is_ascii(), "{}", plain.screen());
}

#[test]
fn a_theme_is_named_in_every_window_and_its_component_where_there_is_room() {
    for (width, has_component) in [(80, false), (200, true)] {
        let mut stage = valley(width, 24);
        stage.keys("g =");
        open(&mut stage, TableKind::Themes);
        let screen = stage.screen();
        let row = screen.lines().find(|line| line.starts_with('>')).unwrap();
        assert!(row.contains("Time") && row.contains("Appointment time"), "{screen}");
        assert_eq!(row.contains("Physical opportunity"), has_component, "{screen}");
    }
}

#[test]
fn columns_out_of_sight_are_counted_with_the_key_that_shows_them() {
    let mut stage = valley(80, 24);
    stage.keys("g =");
    open(&mut stage, TableKind::Codes);
    stage.keys("b").type_in("group").keys("ret");
    assert!(stage.screen().contains("more (Right)"), "{}", stage.screen());
}

#[test]
fn everybody_who_says_nothing_is_listed_and_opens_a_profile() {
    let mut script = Script::new();
    let names: Vec<String> = (10..40).map(|n| format!("Q{n}")).collect();
    let lines: Vec<String> = names.iter().map(|name| format!("{name}: Yes.")).collect();
    names.iter().for_each(|name| {
        script.person(name, "public");
    });
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    script.transcript("FG1", Kind::FocusGroup, &lines);
    let mut stage = script.open(80, 24);
    stage.keys("g =");
    open(&mut stage, TableKind::Coverage);
    stage.keys("down down down");
    for _ in 0..10 {
        if stage.model.table_detail().unwrap_or_default().ends_with(" · participants") {
            break;
        }
        stage.keys("up");
    }
    stage.keys("ret");
    assert!(stage.screen().contains("30 participants, nothing coded here"), "{}", stage.screen());
    for _ in 0..29 {
        stage.keys("down");
    }
    assert!(stage.screen().contains(" Q39"), "{}", stage.screen());
    stage.keys("ret");
    assert_eq!(stage.model.screen, Screen::People);
    assert!(stage.screen().contains("Q39"), "{}", stage.screen());
}

#[test]
fn words_take_the_room_that_a_wide_window_has_left() {
    let said = "Ten minutes and out of the door again, with half of what one came to say unsaid.";
    let mut script = Script::new();
    script.person("Ann", "public");
    let i1 = script.transcript("I1", Kind::Interview, &["Int: How is it?", &format!("Ann: {said}")]);
    let time =
        script.code("Appointment time that is too short for whoever has much to say", Some(Side::Barrier));
    script.theme("Time", &[time], &[], "opportunity.physical");
    script.mark(i1, said, time, false);
    let mut stage = script.open(200, 60);
    stage.keys("g =");
    open(&mut stage, TableKind::Themes);
    let screen = stage.screen();
    assert!(screen.contains("Appointment time that is too short for whoever has much to say"), "{screen}");
}

#[test]
fn a_filter_that_nobody_meets_stands_in_place_of_the_table() {
    let mut stage = valley(80, 24);
    stage.keys("g =");
    open(&mut stage, TableKind::Codes);
    // Each finds somebody, both together nobody.
    stage.keys("f").type_in("group:clinician in:I1").keys("ret");
    let screen = stage.screen();
    assert!(screen.contains("meets “group:clinician in:I1”") && !screen.contains("of 0"), "{screen}");
    stage.keys("esc");
    assert!(stage.screen().contains("of 3 participants"), "{}", stage.screen());
}

#[test]
fn an_attribute_of_too_many_values_is_refused_with_the_keys_of_the_screen_and_not_kept() {
    let mut script = Script::new();
    let names: Vec<String> = (10..70).map(|n| format!("Q{n}")).collect();
    let lines: Vec<String> = names.iter().map(|name| format!("{name}: Yes.")).collect();
    names.iter().for_each(|name| {
        script.person(name, name);
    });
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let fg = script.transcript("FG1", Kind::FocusGroup, &lines);
    let code = script.code("Appointment time", Some(Side::Barrier));
    script.mark(fg, "Yes.", code, false);
    let mut stage = script.open(80, 24);
    stage.keys("g =");
    open(&mut stage, TableKind::Codes);
    stage.keys("b").type_in("group").keys("ret");
    let screen = stage.screen();
    assert!(screen.contains("has 60 values") && !screen.contains("--where"), "{screen}");
    open(&mut stage, TableKind::Sample);
    assert!(stage.model.tables.shown().is_some(), "{}", stage.screen());
}
