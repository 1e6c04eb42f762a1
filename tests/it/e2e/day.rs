//! A day's work: read, search, code, undo, look at panels, leave, come back.

use std::time::Duration;

use vt100::Color;

use super::{Site, wait_saved};
use crate::pty::Pty;

/// Opens the interview `I1` from the list of transcripts.
fn read_first(site: &Site) -> Pty {
    let mut pty = site.open();
    pty.wait_for("2 transcripts");
    pty.press("home ret");
    pty.wait_for("turn 1 of 4");
    pty
}

#[test]
fn a_day_of_work_ends_where_the_next_begins() {
    let site = Site::new();
    let mut pty = read_first(&site);
    // The hit is in the other interview, and Enter goes to its place.
    pty.send(b"/");
    pty.wait_for("find");
    pty.send(b"checklist");
    pty.wait_for("1 hit ");
    pty.press("ret");
    pty.wait_for("turn 2 of 4");
    pty.wait_for("I2");
    pty.send(b"cPaper helps\r");
    pty.wait_for("new code Paper helps");
    wait_saved(&pty);
    assert_eq!(site.json(&["codes"])[0]["codings"], 1);
    pty.press("u");
    pty.wait_for("Undone");
    wait_saved(&pty);
    assert_eq!(site.run(&["-C", "study", "codes"]).code, 1, "the code that was made goes with its coding");
    pty.send(b"cPaper helps\r");
    pty.wait_for("new code Paper helps");
    pty.press("1");
    pty.wait_until("a panel", |screen| !screen.contents().contains("turn 2 of 4"));
    pty.press("backspace");
    pty.wait_for("turn 2 of 4");
    pty.press("J");
    pty.wait_for("turn 3 of 4");
    pty.wait_idle(Duration::from_millis(200));
    let here = place(&pty);
    pty.press("q");
    pty.wait_for("Quit?");
    pty.press("y");
    assert_eq!(pty.wait_end().exit_code(), 0);
    assert_eq!(pty.modes(), pty.modes_at_start());
    assert!(pty.with_screen(|screen| !screen.alternate_screen() && !screen.hide_cursor()));

    let mut again = site.open();
    again.wait_for("turn ");
    assert_eq!(place(&again), here);
    again.press("C-q");
    assert_eq!(again.wait_end().exit_code(), 0);
    let codes = site.json(&["codes"]);
    assert_eq!(codes.len(), 1);
    assert_eq!((&codes[0]["name"], &codes[0]["codings"]), (&"Paper helps".into(), &1.into()));
    let quotes = site.json(&["quotes"]);
    assert_eq!((&quotes[0]["transcript"], &quotes[0]["turn"]), (&"I2".into(), &2.into()));
    site.assert_sound();
}

/// Transcript, turn, and the rows with the cursor's mark.
fn place(pty: &Pty) -> Vec<String> {
    let screen = pty.screen();
    let marked = screen.lines().skip(2).filter(|row| row.starts_with('>'));
    screen.lines().skip(1).take(1).chain(marked).map(|row| row.trim_end().to_owned()).collect()
}

#[test]
fn any_size_is_survived_and_work_goes_on() {
    let site = Site::new();
    let mut pty = read_first(&site);
    for (columns, rows) in [(1, 1), (40, 10), (2, 1), (1, 30), (300, 90), (1, 1), (80, 24)] {
        pty.resize(columns, rows);
        pty.press("down up");
        pty.wait_idle(Duration::from_millis(60));
    }
    pty.wait_for("turn 1 of 4");
    pty.resize(40, 10);
    pty.wait_until("a frame of ten rows", |screen| {
        screen.contents().contains("How does time") && screen.contents().lines().count() <= 10
    });
    pty.send(b"cNarrow\r");
    pty.wait_for("Narrow");
    wait_saved(&pty);
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    assert_eq!(site.json(&["codes"])[0]["name"], "Narrow");
}

#[test]
fn without_colour_nothing_is_coloured() {
    let site = Site::new();
    let pty = site.screen().env("NO_COLOR", "1").env("COLORTERM", "truecolor").start();
    wait_saved(&pty);
    pty.with_screen(|screen| {
        let (rows, columns) = screen.size();
        for (row, column) in
            (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)))
        {
            let cell = screen.cell(row, column).unwrap();
            assert_eq!(
                (cell.fgcolor(), cell.bgcolor()),
                (Color::Default, Color::Default),
                "row {row}, column {column}"
            );
        }
    });
}

#[test]
fn a_terminal_that_can_do_nothing_is_told_so() {
    let site = Site::new();
    let mut pty = site.screen().env("TERM", "dumb").start();
    assert_eq!(pty.wait_end().exit_code(), 2);
    let said = pty.screen();
    assert!(said.contains("combe: ") && said.contains("TERM"), "{said}");
    assert!(!String::from_utf8_lossy(&pty.output(0)).contains('\x1b'), "a sentence, without escapes");
    assert_eq!(pty.modes(), pty.modes_at_start());
}
