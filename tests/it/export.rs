//! Exports: what a file holds, read back by a reader that did not write it; nothing overwritten, nothing of who refused.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::process::Command;

use calamine::{Reader, Xlsx};
use combe::document;
use combe::study::{Decision, Since};

use crate::e2e::Site;

/// “I never have enough of it.” of Dana hinders, “A checklist on paper helps.” of Omar helps; both have a group.
pub(crate) fn coded() -> Site {
    let site = Site::new();
    site.write(
        "participants.csv",
        "participant_id,session_id,speaker_label,group,consent_quote,consent_archive\n\
         P01,I1,Dana,public,yes,no\nP02,I2,Omar,clinician,yes,yes\n",
    );
    site.in_study(&["import", "participants.csv"]);
    site.write("codebook.toml", CODEBOOK);
    site.in_study(&["import", "codebook.toml"]);
    let settings = "name = \"Ward study\"\ncompare = \"group\"\nframework = \"com-b\"\n";
    site.write("study/study.toml", settings);
    site.in_study(&["code", "I1", "48", "74", "Too little time"]);
    site.in_study(&["code", "I2", "36", "63", "Checklists"]);
    site
}

const CODEBOOK: &str = r#"schema = 1
[[code]]
name = "Too little time"
side = "barrier"
component = "opportunity.physical"
definition = "No time & no room | 100%"
[[code]]
name = "Checklists"
side = "facilitator"
component = "opportunity.physical"
[[theme]]
name = "Time to talk"
component = "opportunity.physical"
barriers = ["Too little time"]
facilitators = ["Checklists"]
note = "Paper saves time."
"#;

const SAID: [&str; 2] = ["I never have enough of it.", "A checklist on paper helps."];

/// Exports into a file and gives its bytes.
#[track_caller]
fn export(site: &Site, words: &[&str], file: &str) -> Vec<u8> {
    let ran = site.run(&[&["-C", "study", "export"], words, &["-o", file]].concat());
    assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
    assert!(site.path(&format!("{file}.manifest.json")).is_file(), "each file has a manifest beside it");
    fs::read(site.path(file)).unwrap()
}

pub(crate) fn sheet(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// All sheets of a workbook, a cell a line.
pub(crate) fn words_of_book(bytes: &[u8]) -> String {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let cells = book
        .worksheets()
        .into_iter()
        .flat_map(|(_, range)| range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>());
    cells.collect::<Vec<_>>().join("\n")
}

pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn quotes_stand_by_theme_side_and_group_in_every_format() {
    let site = coded();
    let printed = site.in_study(&["export", "quotes", "--format", "md"]).out;
    let wanted = "# Quotes by theme\n\n## Physical opportunity\n\n### Time to talk\n\nPaper saves time.\n\n#### Barriers\n\n\
         **public**\n\n> “I never have enough of it.” (P01) <!-- I1:2 -->\n\n#### Facilitators\n\n**clinician**\n\n\
         > “A checklist on paper helps.” (P02) <!-- I2:2 -->\n";
    assert_eq!(printed, wanted);
    let latex = site.in_study(&["export", "quotes", "--format", "latex"]).out;
    assert!(
        latex.contains("\\begin{quote}\n``I never have enough of it.'' (P01) % I1:2\n\\end{quote}\n"),
        "{latex}"
    );
    let csv = site.in_study(&["export", "quotes", "--format", "csv"]).out;
    let row = "Physical opportunity,Time to talk,barrier,public,I never have enough of it.,P01,I1:2,,\n";
    assert!(csv.contains(row), "{csv}");
    let xlsx = sheet(&export(&site, &["quotes"], "q.xlsx"));
    assert_eq!(xlsx[0][..2], ["component", "section"], "a filter finds the head where it looks for it");
    assert!(xlsx.iter().any(|row| row[4] == SAID[0] && row[5] == "P01" && row[6] == "I1:2"), "{xlsx:?}");
    let docx = document::read("q.docx", &export(&site, &["quotes"], "q.docx")).unwrap();
    let lines: Vec<&str> = docx.lines.iter().map(|line| line.text.as_str()).collect();
    let at = |text: &str| lines.iter().position(|line| line.starts_with(text)).unwrap();
    assert!(at("Time to talk") < at("Barriers") && at("Barriers") < at("“I never have enough of it.” (P01)"));
    assert!(docx.lines[at("Time to talk")].heading.is_some());
    assert_eq!(docx.lines[at("“I never")].heading, None);
    // A query narrows the list down; none that is found is the answer no.
    let found = site.in_study(&["export", "quotes", "group:clinician"]).out;
    assert!(found.contains(SAID[1]) && !found.contains(SAID[0]));
    assert_eq!(site.run(&["-C", "study", "export", "quotes", "helicopter"]).code, 1);
    let by_code = site.in_study(&["export", "quotes", "--by", "code"]).out;
    assert!(by_code.contains("### Too little time\n\nNo time & no room \\| 100%\n"), "{by_code}");
}

#[test]
fn as_plain_text_each_quote_is_a_block_in_lines_of_eighty() {
    let site = coded();
    site.in_study(&["code", "I1", "48", "120", "Too little time"]);
    let text = String::from_utf8(export(&site, &["quotes"], "q.txt")).unwrap();
    let wanted = "Quotes by theme\n===============\n\nPhysical opportunity\n====================\n\nTime to talk\n\
         ------------\n\nPaper saves time.\n\nBarriers\n\n[public]\n\n    \
         “I never have enough of it. The clinic is always full and nobody asks us.”\n    (P01) I1:2\n";
    assert!(text.starts_with(wanted), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

/// A stop behind the attribution, wherever a quotation is written.
#[test]
fn a_stop_that_goes_last_goes_last_in_every_format() {
    let site = coded();
    let settings = "compare = \"group\"\nframework = \"com-b\"\n[quotation]\nstop_last = true\n";
    site.write("study/study.toml", settings);
    let (last, inside) = ("I never have enough of it” (P01).", "enough of it.");
    let word = |words: &[&str], file: &str| -> String {
        let read = document::read(file, &export(&site, words, file)).unwrap();
        read.lines.iter().map(|line| format!("{}\n", line.text)).collect()
    };
    for text in [
        site.in_study(&["quotes", "--format", "md"]).out,
        site.in_study(&["export", "quotes"]).out,
        word(&["quotes"], "q.docx"),
        word(&["review"], "r.docx"),
        sheet(&export(&site, &["review"], "r.xlsx")).concat().concat(),
    ] {
        assert!(text.contains(last) && !text.contains(inside), "{text}");
    }
    let page = String::from_utf8(export(&site, &["report"], "r.html")).unwrap();
    assert!(page.contains("enough of it”</blockquote><figcaption>(P01). · I1:2"), "{page}");
    for file in ["j.md", "j.txt", "j.csv", "j.tex", "j.docx", "j.xlsx"] {
        assert_eq!(site.run(&["-C", "study", "table", "joint", "-o", file]).code, 0);
        let bytes = fs::read(site.path(file)).unwrap();
        let text = match file {
            "j.docx" => document::read(file, &bytes)
                .unwrap()
                .lines
                .iter()
                .map(|line| line.text.clone() + " ")
                .collect(),
            "j.xlsx" => sheet(&bytes).concat().concat(),
            _ => String::from_utf8(bytes).unwrap(),
        };
        assert!(text.contains("(P01).") && !text.contains("enough of it."), "{file}: {text}");
    }
}

/// Widths of the columns of a Word table, and for each the longest word of its head and of cells that are short.
fn columns(bytes: &[u8]) -> Vec<(usize, String)> {
    let xml = part(bytes, "word/document.xml");
    let widths =
        xml.split("<w:gridCol w:w=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap());
    let mut columns: Vec<(usize, String)> = widths.map(|width| (width, String::new())).collect();
    for row in xml.split("<w:tr>").skip(1).filter(|row| !row.contains("<w:gridSpan")) {
        for (cell, (_, longest)) in row.split("<w:tc>").skip(1).zip(&mut columns) {
            let texts: Vec<&str> = cell
                .split("<w:t xml:space=\"preserve\">")
                .skip(1)
                .map(|rest| rest.split("</w:t>").next().unwrap())
                .collect();
            let text = texts.join(" ");
            for word in text.split([' ', '-']).filter(|_| text.chars().count() <= 30) {
                if word.chars().count() > longest.chars().count() {
                    *longest = word.to_owned();
                }
            }
        }
    }
    columns
}

#[test]
fn no_word_of_a_heading_or_a_short_cell_is_broken_in_a_word_table() {
    let site = coded();
    let long = "What is said of time, at some length, and of whoever has none. ".repeat(12);
    let more = CODEBOOK
        .replace("No time & no room | 100%", &long)
        .replace("name = \"Checklists\"", "name = \"Checklists\"\ninclude = \"LONG\"\nexample = \"LONG\"")
        .replace("LONG", &long);
    site.write("more.toml", more);
    site.in_study(&["import", "more.toml"]);
    assert_eq!(site.run(&["-C", "study", "table", "joint", "-o", "joint.docx"]).code, 0);
    for (name, bytes) in [
        ("codebook", export(&site, &["codebook"], "c.docx")),
        ("review", export(&site, &["review"], "r.docx")),
        ("joint", fs::read(site.path("joint.docx")).unwrap()),
    ] {
        let columns = columns(&bytes);
        assert!(columns.len() > 4, "{name}");
        for (width, word) in &columns {
            // Letters of two fifths of an em on average in type of ten points or of eight, and the blanks beside them.
            let em = if part(&bytes, "word/document.xml").contains("\"SmallTableText\"") { 160 } else { 200 };
            let needed = word.chars().count() * em * 2 / 5 + 2 * 108;
            assert!(*width >= needed, "{name}: {word} needs {needed}, not {width}: {columns:?}");
        }
        let xml = part(&bytes, "word/document.xml");
        let number = |name: &str| -> usize {
            xml.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        let page = number("<w:pgSz w:w") - 2 * number("w:left");
        assert!(columns.iter().map(|(width, _)| width).sum::<usize>() <= page, "{name}");
    }
}

#[test]
fn transcripts_stand_by_their_numbers_and_the_longer_of_two_quotes_first() {
    let site = coded();
    let dana = fs::read_to_string(site.path("in/I1.txt")).unwrap();
    site.write("I10.txt", &dana);
    site.write("I9.txt", dana.replace("never", "hardly ever"));
    site.in_study(&["import", "I10.txt", "I9.txt"]);
    for (transcript, end) in [("I10", "74"), ("I9", "60"), ("I9", "74")] {
        site.in_study(&["code", transcript, "48", end, "Too little time"]);
    }
    let printed = site.in_study(&["export", "quotes", "--by", "code", "--format", "md"]).out;
    let texts: Vec<&str> = printed.lines().filter(|line| line.starts_with("> ")).collect();
    assert_eq!(texts.len(), 5, "{printed}");
    // Of nobody with a group: they come last, in the order of their places.
    assert!(
        texts[1].contains("I9:2") && texts[2].contains("I9:2") && texts[3].contains("I10:2"),
        "{printed}"
    );
    assert!(texts[1].len() > texts[2].len(), "{printed}");
}

#[test]
fn a_codebook_for_people_has_counts_and_means_nothing_to_latex() {
    let site = coded();
    let docx = document::read("c.docx", &export(&site, &["codebook"], "c.docx")).unwrap();
    let mut cells: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for line in &docx.lines {
        if let Some(cell) = line.cell {
            cells.entry((cell.row, cell.column)).or_default().push_str(&line.text);
        }
    }
    let row = |row: usize| (0..12).map(|column| cells[&(row, column)].as_str()).collect::<Vec<_>>();
    assert_eq!(row(0)[..3], ["Code", "Under", "Definition"]);
    let first = row(1);
    assert_eq!(first[..3], ["Too little time", "", "No time & no room | 100%"]);
    assert_eq!(first[7..], ["Physical opportunity", "barrier", "Time to talk", "1", "1"]);
    let latex = site.in_study(&["export", "codebook", "--format", "latex"]).out;
    assert!(latex.contains("No time \\& no room | 100\\%"), "{latex}");
    // The shapes that import reads are as they were.
    assert!(site.in_study(&["export", "codebook"]).out.starts_with("schema = 1\n"));
    assert!(
        site.run(&["-C", "study", "export", "codebook", "--csv"])
            .out
            .starts_with("name,parent,side,component")
    );
    let bom = site.run(&["-C", "study", "export", "codebook", "--csv", "--bom"]).out;
    assert!(bom.starts_with("\u{feff}name,parent"));
}

#[test]
fn what_two_coders_marked_alike_is_printed_and_counted_once() {
    let site = coded();
    site.write("study/study.toml", "compare = \"group\"\nframework = \"com-b\"\nlead = \"kim\"\n");
    site.in_study(&["--as", "lee", "code", "I1", "48", "74", "Too little time"]);
    site.in_study(&["--as", "lee", "code", "I2", "36", "50", "Checklists"]);
    for by in ["code", "theme"] {
        let printed = site.in_study(&["--as", "lee", "export", "quotes", "--by", by, "--format", "md"]).out;
        assert_eq!(printed.matches("I never have enough of it.").count(), 1, "{printed}");
        assert_eq!(printed.matches("> “").count(), 3, "another span is another passage: {printed}");
    }
    let wrote = site.run(&["-C", "study", "--as", "lee", "export", "quotes", "-o", "q.md"]);
    assert!(wrote.out.contains("3 quotations"), "{}{}", wrote.out, wrote.err);
}

#[test]
fn codes_are_comments_in_a_coded_transcript() {
    let site = coded();
    let bytes = export(&site, &["transcript", "I1"], "I1.docx");
    let read = document::read("I1.docx", &bytes).unwrap();
    let lines: Vec<&str> = read.lines.iter().map(|line| line.text.as_str()).collect();
    assert!(
        lines.contains(&"2\tP01: I never have enough of it. The clinic is always full and nobody asks us."),
        "{lines:?}"
    );
    let comments = part(&bytes, "word/comments.xml");
    assert_eq!(comments.matches("<w:comment ").count(), 1);
    assert!(comments.contains("w:author=\"kim\"") && comments.contains(">Too little time<"), "{comments}");
    assert!(comments.contains("> (barrier)<"));
    let body = part(&bytes, "word/document.xml");
    let (start, end) = (body.find("commentRangeStart").unwrap(), body.find("commentRangeEnd").unwrap());
    assert!(body[start..end].contains(SAID[0]) && !body[start..end].contains("The clinic"));
}

#[test]
fn what_somebody_did_not_agree_to_have_quoted_stays_out() {
    let site = coded();
    let consents = "participant_id,consent_quote,consent_archive\nP01,no,no\n";
    site.write("consents.csv", consents);
    site.in_study(&["import", "consents.csv"]);
    for (words, file) in [
        (&["quotes", "--format", "md"][..], "q.md"),
        (&["report"][..], "r.html"),
        (&["review", "--format", "docx"][..], "v.docx"),
        (&["transcript", "I1"][..], "t.docx"),
    ] {
        let bytes = export(&site, words, file);
        let text = match file.ends_with("docx") {
            true => part(&bytes, "word/document.xml"),
            false => String::from_utf8(bytes).unwrap(),
        };
        assert!(!text.contains("I never have enough"), "{file}");
        let all = export(&site, &[words, &["--with-refused", "--force"]].concat(), file);
        let text = match file.ends_with("docx") {
            true => part(&all, "word/document.xml"),
            false => String::from_utf8(all).unwrap(),
        };
        assert!(text.contains("I never have enough"), "{file}");
    }
    let said = site.run(&["-C", "study", "export", "quotes"]).err;
    assert!(said.contains("left out: 1 quote of people who did not agree to be quoted;"), "{said}");
}

#[test]
fn a_file_that_is_there_an_unknown_format_and_a_wrong_one_are_refused() {
    let site = coded();
    site.write("q.docx", "mine");
    let ran = site.run(&["-C", "study", "export", "quotes", "-o", "q.docx"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("is there already and was not touched"), "{}", ran.err);
    assert_eq!(fs::read(site.path("q.docx")).unwrap(), b"mine");
    let unknown = site.run(&["-C", "study", "export", "quotes", "--format", "pdf"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("text, md, latex, csv, docx, xlsx, html, toml"), "{}", unknown.err);
    let wrong = site.run(&["-C", "study", "export", "codings", "--format", "docx"]);
    assert_eq!(
        (wrong.code, wrong.err.as_str()),
        (2, "combe: codings cannot be written as docx; write csv\n")
    );
    let nowhere = site.run(&["-C", "study", "export", "quotes", "-o", "none/q.docx"]);
    assert_eq!(nowhere.code, 3);
    let full = site.run(&["-C", "study", "export", "transcript"]);
    assert_eq!((full.code, full.out.as_str()), (2, ""));
}

/// A review sheet with its rows filled in: by name the decision, the comment and the component.
fn filled(bytes: &[u8], fill: &[(&str, [&str; 3])]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let to = book.add_worksheet();
    for (at, mut row) in (0_u32..).zip(sheet(bytes)) {
        if let Some((_, cells)) = fill.iter().find(|(name, _)| row[2] == *name) {
            for (column, cell) in [7, 8, 9].into_iter().zip(cells) {
                row[column] = (*cell).to_owned();
            }
        }
        for (column, cell) in (0_u16..).zip(row) {
            to.write_string(at, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_review_sheet_comes_back_as_decisions_of_whoever_filled_it_in() {
    let site = coded();
    let bytes = export(&site, &["review"], "review.xlsx");
    let rows = sheet(&bytes);
    let row = rows.iter().find(|row| row[2] == "Too little time").unwrap();
    assert!(row[0].starts_with("code-") && row[6].contains(SAID[0]) && row[7].is_empty(), "{row:?}");
    let validation = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(validation.contains("\"agree,question,propose\""), "a decision is chosen from a list");
    // Renamed since: the reference still finds it.
    let fill = [
        ("Too little time", ["Agree", "", ""]),
        ("Checklists", ["", "Is this not a tool?", ""]),
        ("Time to talk", ["propose", "It is a habit.", "Automatic motivation"]),
    ];
    site.write("back.xlsx", filled(&bytes, &fill));
    let before = site.actions();
    let report = site.json(&["--as", "bea", "import", "back.xlsx"]).remove(0);
    assert_eq!((&report["status"], &report["layout"]), (&"new".into(), &"review sheet".into()));
    assert_eq!(report["doubts"].as_array().unwrap().len(), 1, "a comment without a decision is a question");
    assert_eq!(site.actions(), before + 1, "one action");
    let (study, _) = site.store().load().unwrap();
    let mut found: Vec<_> = study
        .reviews()
        .iter()
        .map(|review| {
            let component = review.component.as_ref().map(|(_, id)| id.as_str());
            (review.decision, review.comment.as_str(), component, study.coder_name(review.coder))
        })
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            (Decision::Agree, "", None, "bea"),
            (Decision::Question, "Is this not a tool?", None, "bea"),
            (Decision::Propose, "It is a habit.", Some("motivation.automatic"), "bea"),
        ]
    );
    // The same sheet again changes nothing; by somebody else it is theirs.
    assert_eq!(site.json(&["--as", "bea", "import", "back.xlsx"])[0]["status"], "same");
    assert_eq!(site.actions(), before + 1);
    assert_eq!(site.json(&["--as", "cara", "import", "back.xlsx"])[0]["status"], "new");
    site.assert_sound();
}

/// What an import said to people, with its blanks folded.
fn said_of_import(site: &Site, coder: &str, file: &str) -> String {
    let ran = site.in_study(&["--as", coder, "import", file]);
    ran.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was done to a code or theme since each decision, by its name.
fn since(site: &Site) -> Vec<(String, Option<Since>)> {
    let (study, _) = site.store().load().unwrap();
    let reviews = study.reviews().iter();
    reviews.map(|held| (study.name_of_classified(held.of).to_owned(), study.since_review(held))).collect()
}

#[test]
fn a_decision_is_one_on_what_stood_in_the_sheet() {
    let site = coded();
    let bytes = export(&site, &["review"], "review.xlsx");
    let fill = [("Too little time", ["agree", "", ""]), ("Checklists", ["agree", "", ""])];
    site.write("back.xlsx", filled(&bytes, &fill));
    let said = said_of_import(&site, "bea", "back.xlsx");
    assert!(said.contains("2 decisions of bea: 2 agree"), "{said}");
    assert!(since(&site).iter().all(|(_, since)| since.is_none()), "nothing happened since");
    // The lead moves one and defines the other anew while a second coauthor has the same sheet.
    let code = |name: &str, more: &str| format!("[[code]]\nname = \"{name}\"\n{more}\n");
    let moved = code("Too little time", "component = \"Social opportunity\"");
    let defined = code("Checklists", "definition = \"Another meaning.\"");
    site.write("book.toml", format!("schema = 1\n{moved}{defined}"));
    site.in_study(&["import", "book.toml"]);
    let said = said_of_import(&site, "cara", "back.xlsx");
    assert!(said.contains("in the sheet and under “Social opportunity” in the study"), "{said}");
    let (moved, redefined) = (Some(Since::Moved), Some(Since::Redefined));
    let mut found = since(&site);
    found.sort_by_key(|(name, _)| name.clone());
    let found: Vec<(&str, _)> = found.iter().map(|(name, since)| (name.as_str(), *since)).collect();
    let both = [("Checklists", redefined), ("Too little time", moved)];
    assert_eq!(found, [both[0], both[0], both[1], both[1]], "bea's and cara's alike");
    // The sheet of now makes it a decision on what is there now, in place of the earlier one.
    let now = export(&site, &["review"], "now.xlsx");
    site.write("again.xlsx", filled(&now, &fill));
    let said = said_of_import(&site, "bea", "again.xlsx");
    assert!(said.contains("2 decisions of bea: 2 agree"), "{said}");
    assert!(said.contains("“Checklists”: agree, in place of agree"), "{said}");
    assert_eq!(since(&site).iter().filter(|(_, since)| since.is_none()).count(), 2);
    site.assert_sound();
}

#[test]
fn what_a_sheet_says_against_itself_is_told() {
    let site = coded();
    let bytes = export(&site, &["review"], "review.xlsx");
    let fill =
        [("Too little time", ["agree", "", "Automatic motivation"]), ("Checklists", ["propose", "", ""])];
    site.write("back.xlsx", filled(&bytes, &fill));
    let said = said_of_import(&site, "bea", "back.xlsx");
    for what in [
        "“agree” stands beside another component that is proposed; taken as “propose”",
        "“propose” stands there with neither a component nor a comment",
        "2 decisions of bea: 2 propose",
    ] {
        assert!(said.contains(what), "{what}: {said}");
    }
    // A name and a component written over in rows that decide nothing are told too.
    let text = |row: &mut Vec<String>, column: usize, cell: &str| row[column] = cell.to_owned();
    let mut rows = sheet(&bytes);
    let row = rows.iter_mut().find(|row| row[2] == "Checklists").unwrap();
    text(row, 2, "Tools");
    text(row, 3, "Social opportunity");
    let mut book = rust_xlsxwriter::Workbook::new();
    let to = book.add_worksheet();
    for (at, row) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row) {
            to.write_string(at, column, cell).unwrap();
        }
    }
    site.write("written.xlsx", book.save_to_buffer().unwrap());
    let said = said_of_import(&site, "bea", "written.xlsx");
    for what in
        ["“Tools” is called “Checklists” in the study", "stands under “Social opportunity” in the sheet"]
    {
        assert!(said.contains(what), "{what}: {said}");
    }
    assert!(said.contains("no decision of bea that is not in the study already"), "{said}");
}

/// A sheet as LibreOffice saves it: an OpenDocument text with one table.
fn as_odt(rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &String| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: &Vec<String>| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let body: String = rows.iter().map(row).collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>\
         <table:table>{body}</table:table></office:text></office:body></office:document-content>"
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content.as_str())]
    {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_review_sheet_that_was_saved_as_odt_is_no_transcript() {
    let site = coded();
    let fill = [("Too little time", ["agree", "", ""])];
    let rows = sheet(&filled(&export(&site, &["review"], "review.xlsx"), &fill));
    site.write("back.odt", as_odt(&rows));
    let report = site.json(&["--as", "bea", "import", "back.odt"]).remove(0);
    assert_eq!((&report["status"], &report["layout"]), (&"new".into(), &"review sheet".into()), "{report}");
    let (study, _) = site.store().load().unwrap();
    assert_eq!(study.reviews().len(), 1);
    assert_eq!(since(&site), [("Too little time".to_owned(), None)]);
    // As a list it is neither a codebook nor a transcript.
    let line = |row: &Vec<String>| {
        row.iter().map(|cell| cell.replace([',', '\n'], " ")).collect::<Vec<_>>().join(",")
    };
    site.write("back.csv", rows.iter().map(line).collect::<Vec<_>>().join("\n"));
    let ran = site.run(&["-C", "study", "--as", "bea", "import", "back.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    assert!(ran.out.contains("this is a review sheet; save it as .xlsx"), "{}", ran.out);
}

#[test]
fn a_sheet_that_does_not_fit_is_told_and_nothing_of_it_is_taken_in() {
    let site = coded();
    let bytes = export(&site, &["review"], "review.xlsx");
    let before = site.actions();
    let refused = |bytes: Vec<u8>| {
        site.write("bad.xlsx", bytes);
        let ran = site.run(&["-C", "study", "--as", "bea", "import", "bad.xlsx"]);
        assert_eq!(ran.code, 3, "{}", ran.out);
        ran.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let fill = [("Too little time", ["agree", "", ""]), ("Checklists", ["maybe", "", ""])];
    let said = refused(filled(&bytes, &fill));
    assert!(said.contains("“maybe” is no decision; write agree, question or propose"), "{said}");
    let said = refused(filled(&bytes, &[("Checklists", ["propose", "", "Automatic motivatoin"])]));
    assert!(said.contains("did you mean “Automatic motivation”?"), "{said}");
    // A word that is no decision and a component that is none: both are told at once.
    let both =
        [("Too little time", ["perhaps", "", ""]), ("Checklists", ["propose", "", "Automatic motivatoin"])];
    let said = refused(filled(&bytes, &both));
    for place in [
        "“perhaps” is no decision",
        "did you mean “Automatic motivation”?",
        "line 2, column",
        "line 3, column",
    ] {
        assert!(said.contains(place), "{place}: {said}");
    }
    let other = Site::new();
    other.in_study(&["code", "I1", "48", "74", "Elsewhere", "--new"]);
    let foreign = export(&other, &["review"], "review.xlsx");
    let said = refused(filled(&foreign, &[("Elsewhere", ["agree", "", ""])]));
    assert!(said.contains("this study has no code or theme with that reference (“Elsewhere”)"), "{said}");
    assert_eq!(site.actions(), before);
}

#[test]
fn a_review_sheet_of_word_comes_back_too() {
    let site = coded();
    let bytes = export(&site, &["review"], "review.docx");
    let mut body = part(&bytes, "word/document.xml");
    // The first blank cell behind the name is the decision, the next one the comment.
    const BLANK: &str = "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>";
    for word in ["question", "Is it time, or room?"] {
        let at = body.find(">Too little time<").unwrap();
        let blank = at + body[at..].find(BLANK).unwrap();
        let cell = format!("<w:p><w:r><w:t>{word}</w:t></w:r></w:p>");
        body.replace_range(blank..blank + BLANK.len(), &cell);
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in [("word/document.xml", body), ("word/styles.xml", part(&bytes, "word/styles.xml"))] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    site.write("back.docx", zip.finish().unwrap().into_inner());
    assert_eq!(site.json(&["--as", "bea", "import", "back.docx"])[0]["status"], "new");
    let (study, _) = site.store().load().unwrap();
    let review = study.reviews().iter().next().unwrap();
    assert_eq!((review.decision, review.comment.as_str()), (Decision::Question, "Is it time, or room?"));
    assert_eq!(study.reviews().len(), 1);
}

#[test]
fn the_report_is_one_page_that_asks_nothing_of_any_network() {
    let site = coded();
    let page = String::from_utf8(export(&site, &["report"], "r.html")).unwrap();
    for word in ["http:", "https:", "src=", "url(", "@import", " style=", " onclick"] {
        assert!(!page.contains(word), "{word}");
    }
    let links: Vec<&str> = page.match_indices("href=").map(|(at, _)| &page[at + 6..=at + 6]).collect();
    assert!(
        !links.is_empty() && links.iter().all(|first| *first == "#"),
        "links stay in the page: {links:?}"
    );
    assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"));
    assert!(SAID.iter().all(|said| page.contains(said)));
    assert!(page.contains("<svg") && page.contains(">1/1</text>"), "one of one in each group");
    assert!(page.contains("prefers-color-scheme: dark"));
}

#[test]
fn whoever_exports_is_told_what_was_written_how_large_it_is_and_what_lies_beside_it() {
    let site = coded();
    let said = |words: &[&str], file: &str| {
        let ran = site.run(&[&["-C", "study"], words, &["-o", file]].concat());
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
        let size = combe::text::size_of_file(fs::read(site.path(file)).unwrap().len());
        ran.out.replace(&size, "SIZE")
    };
    let wrote = |file: &str, what: &str| format!("Wrote {file}: {what}SIZE, and {file}.manifest.json\n");
    let ways: [(&[&str], &str, &str); 8] = [
        (&["export", "quotes"], "q.docx", "2 quotations of 2 participants, "),
        (&["export", "codings"], "c.csv", "2 rows of 2 participants, "),
        (&["export", "codebook"], "b.toml", ""),
        (&["export", "codebook"], "b.xlsx", "2 codes, "),
        (&["export", "report"], "r.html", "2 quotations of 2 participants, "),
        (&["export", "transcript", "I1"], "I1.docx", "1 quote as a comment of 1 participant, "),
        (&["table", "themes"], "t.xlsx", "1 row, "),
        (&["matrix"], "m.csv", "2 cases by 1 column of 2 participants, "),
    ];
    for (words, file, what) in ways {
        assert_eq!(said(words, file), wrote(file, what), "{words:?}");
    }
    site.in_study(&["code", "I1", "48", "74", "Checklists"]);
    assert_eq!(
        said(&["export", "quotes", "--by", "code"], "k.md"),
        "Wrote k.md: 3 quotations of 2 participants, SIZE, and k.md.manifest.json; 2 quotes, each under all its codes\n"
    );
    let line = &site.run(&["-C", "study", "--json", "export", "quotes", "-o", "j.md"]).lines()[0];
    let bytes = fs::read(site.path("j.md")).unwrap().len();
    assert_eq!((&line["bytes"], &line["participants"]), (&bytes.into(), &2.into()));
    assert_eq!((&line["file"], &line["manifest"]), (&"j.md".into(), &"j.md.manifest.json".into()));
}

#[test]
fn an_archive_holds_the_words_of_those_who_agreed() {
    let site = coded();
    let ran = site.run(&["-C", "study", "export", "archive", "bundle"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let size = combe::text::size_of_file(crate::consent::words_of(&site.path("bundle")).len());
    assert_eq!(
        ran.out,
        format!(
            "Wrote bundle: 1 transcript of 1 participant, {size}, and bundle.manifest.json; left out 1 transcript, and the words of 0 turns in the others\n"
        )
    );
    assert!(!site.path("bundle/transcripts/I1.txt").exists(), "Dana did not agree");
    let omar = fs::read_to_string(site.path("bundle/transcripts/I2.txt")).unwrap();
    assert!(
        omar.starts_with("1 interviewer: What helps you?\n\n2 P02: A checklist on paper helps."),
        "{omar}"
    );
    let list = fs::read_to_string(site.path("bundle/data_list.csv")).unwrap();
    assert_eq!(list, "transcript,file,kind,participant,words,group\nI2,I2.txt,interview,P02,16,clinician\n");
    assert_eq!(site.run(&["-C", "study", "export", "archive", "marked", "--bom"]).code, 0);
    assert_eq!(fs::read_to_string(site.path("marked/data_list.csv")).unwrap(), format!("\u{feff}{list}"));
    for file in ["README.txt", "codebook.csv", "codebook.toml"] {
        assert!(site.path(&format!("bundle/{file}")).is_file(), "{file}");
    }
    let again = site.run(&["-C", "study", "export", "archive", "bundle"]);
    assert_eq!(again.code, 3);
    assert!(again.err.contains("none of which was touched"), "{}", again.err);
}

#[test]
fn what_a_spreadsheet_would_compute_is_guarded_in_every_cell_of_an_archive() {
    let site = coded();
    site.write(
        "more.csv",
        "participant_id,session_id,speaker_label,group,roles\nP02,I2,Omar,clinician,=1+1;nurse\n",
    );
    site.in_study(&["import", "more.csv"]);
    assert_eq!(site.run(&["-C", "study", "export", "archive", "bundle"]).code, 0);
    let list = fs::read_to_string(site.path("bundle/data_list.csv")).unwrap();
    let cells = csv::Reader::from_reader(list.as_bytes()).into_records().map(Result::unwrap);
    let cells: Vec<String> =
        cells.flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    assert!(cells.iter().any(|cell| cell.contains("1+1")), "{list}");
    assert!(cells.iter().all(|cell| !cell.starts_with('=')), "{list}");
}

#[test]
fn the_report_says_how_much_consent_keeps_out() {
    let site = coded();
    let page = String::from_utf8(export(&site, &["report"], "all.html")).unwrap();
    assert!(!page.contains("left out"), "nobody refused");
    site.write("no.csv", "participant_id,session_id,speaker_label,consent_quote\nP01,I1,Dana,no\n");
    site.in_study(&["import", "no.csv"]);
    let page = String::from_utf8(export(&site, &["report"], "some.html")).unwrap();
    let told = "1 quotation is left out below, as somebody in them did not agree to be quoted; in the chart they count.";
    assert!(page.contains(told), "{page}");
    // Dana is no longer among those quoted, and still one of those who name a barrier.
    assert!(page.contains("1 quotation from 1 person") && page.contains(">1/1</text>"), "{page}");
}

/// LibreOffice: the program that `COMBE_SOFFICE` names, else what is on `PATH`.
fn libreoffice() -> Option<std::ffi::OsString> {
    let named = std::env::var_os("COMBE_SOFFICE").filter(|name| !name.is_empty());
    let there = |name: &std::ffi::OsString| Command::new(name).arg("--version").output().is_ok();
    match named {
        // Who names one that is not there is told.
        Some(name) => {
            assert!(there(&name), "COMBE_SOFFICE names {name:?}, which cannot be started");
            Some(name)
        }
        None => ["soffice", "libreoffice"].map(Into::into).into_iter().find(there),
    }
}

#[test]
fn libreoffice_reads_what_was_written() {
    let Some(office) = libreoffice() else {
        // Written past the harness, which keeps the words of tests that pass to itself.
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED libreoffice_reads_what_was_written: neither soffice nor libreoffice is on PATH, and COMBE_SOFFICE \
             names none. Word files are checked against the standard by word_schema all the same.\n"
        );
        return;
    };
    let site = coded();
    export(&site, &["quotes"], "q.docx");
    export(&site, &["transcript", "I1"], "t.docx");
    export(&site, &["review"], "v.xlsx");
    let convert = |to: &str, file: &str| {
        let home = format!("-env:UserInstallation=file://{}", site.path("office").display());
        let mut command = Command::new(&office);
        command
            .args([&home, "--headless", "--convert-to", to, "--outdir"])
            .arg(site.path(""))
            .arg(site.path(file));
        assert!(command.output().unwrap().status.success());
    };
    convert("odt", "q.docx");
    convert("odt", "t.docx");
    convert("csv", "v.xlsx");
    let quotes = part(&fs::read(site.path("q.odt")).unwrap(), "content.xml");
    assert!(quotes.contains("“I never have enough of it.” (P01)"), "{quotes}");
    let comments = part(&fs::read(site.path("t.odt")).unwrap(), "content.xml");
    assert!(comments.contains("<dc:creator>kim</dc:creator>") && comments.contains("Too little time"));
    let review = fs::read(site.path("v.csv")).unwrap();
    assert!(String::from_utf8_lossy(&review).contains("Time to talk"));
}

#[test]
fn what_left_the_study_is_passed_over_by_undo_and_its_record_stays() {
    let site = crate::hide::group();
    site.in_study(&["export", "codings", "-o", "codings.csv"]);
    let before = site.json(&["quotes"]).len();
    // The last coding is taken back, and not the export after it.
    site.in_study(&["undo"]);
    assert!(site.json(&["quotes"]).len() < before);
    let log = site.json(&["log"]);
    let export = log.iter().find(|entry| entry["command"] == "export").unwrap();
    assert!(log.iter().all(|entry| entry["undoes"] != export["id"]), "{log:?}");
    let refused = site.run(&["-C", "study", "undo", &export["seq"].to_string()]);
    assert_eq!(refused.code, 3, "{}", refused.err);
    assert!(refused.err.contains("has left the study cannot be taken back"), "{}", refused.err);
}

#[test]
fn a_file_is_not_written_in_another_format_than_its_name_says() {
    let site = crate::hide::group();
    for words in [
        ["export", "transcript", "FG1", "-o", "FG1.pdf"].as_slice(),
        &["export", "transcript", "FG1", "-o", "coded.xlsx"],
        &["export", "report", "-o", "report.pdf"],
    ] {
        let ran = site.run(&[&["-C", "study"], words].concat());
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
        assert!(ran.err.contains("cannot be written as"), "{}", ran.err);
    }
    site.in_study(&["export", "codings", "-o", "codings.txt"]);
}

#[test]
fn a_format_that_the_files_name_contradicts_is_refused() {
    let site = coded();
    for words in [
        ["export", "quotes", "--format", "docx", "-o", "q.md"].as_slice(),
        &["export", "codebook", "--format", "xlsx", "-o", "c.csv"],
        &["export", "codebook", "--csv", "-o", "c.toml"],
        &["export", "quotes", "--format", "docx", "-o", "q.txt"],
        &["table", "sample", "--format", "docx", "-o", "s.csv"],
        &["table", "sample", "--format", "csv", "-o", "s.json"],
        &["matrix", "--format", "docx", "-o", "m.csv"],
    ] {
        let ran = site.run(&[&["-C", "study"], words].concat());
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
        assert!(ran.err.contains("the name ends in ."), "{}", ran.err);
        assert!(!site.path(words.last().unwrap()).exists(), "{words:?}");
    }
    // A name without an end, and one that says the same in another word.
    for words in [
        &["export", "quotes", "--format", "docx", "-o", "quotes"][..],
        &["export", "quotes", "--format", "latex", "-o", "quotes.tex"],
        &["table", "sample", "--format", "csv", "-o", "sample.txt"],
    ] {
        assert_eq!(site.run(&[&["-C", "study"], words].concat()).code, 0, "{words:?}");
    }
}

#[test]
fn a_codebook_for_a_spreadsheet_is_guarded_and_comes_back_as_it_was() {
    let site = coded();
    site.write("more.csv", "name,definition\nLinks,\"=HYPERLINK(\"\"x\"\")\"\n@home,'tis -- so\n");
    site.in_study(&["import", "more.csv"]);
    let table = String::from_utf8(export(&site, &["codebook", "--csv"], "c.csv")).unwrap();
    assert!(table.contains("'=HYPERLINK") && table.contains("'@home"), "{table}");
    let told = site.run(&["-C", "study", "import", "c.csv"]);
    assert_eq!(told.code, 0, "{}", told.err);
    let (study, _) = site.store().load().unwrap();
    assert_eq!(study.code_named("Links").unwrap().definition, "=HYPERLINK(\"x\")");
    assert_eq!(study.code_named("@home").unwrap().definition, "'tis -- so");
}

#[test]
fn an_interviewers_words_do_not_stand_under_the_heading_of_a_group() {
    let site = coded();
    site.in_study(&["code", "I1", "13", "30", "Too little time"]);
    for (format, heading) in
        [("md", "**interviewers and others**"), ("latex", "\\paragraph{interviewers and others}")]
    {
        let out = site.in_study(&["export", "quotes", "--format", format]).out;
        let (of_group, of_others) = out.split_once(heading).unwrap_or_else(|| panic!("{out}"));
        assert!(of_group.contains("I never have enough") && !of_group.contains("(interviewer)"), "{out}");
        assert!(of_others.contains("(interviewer)"), "{out}");
    }
}

#[test]
fn what_study_toml_says_in_vain_and_a_place_that_takes_no_file_are_told() {
    let site = coded();
    let settings = "name = \"W\"\ncompare = \"group\"\n[quotation]\nmarx = \"single\"\n[attribution.styles]\npublick = \"x\"\n";
    site.write("study/study.toml", settings);
    let told = site.run(&["-C", "study", "quotes"]).err;
    let marx = "combe: study.toml line 4: quotation.marx: nothing is known by this key; perhaps `quotation.marks` is meant\n";
    assert_eq!(told.matches(marx).count(), 1, "{told}");
    assert!(
        told.contains("styles.publick: no participant is of that group; perhaps `public` is meant"),
        "{told}"
    );
    let refused = site.run(&["-C", "study", "export", "quotes", "-o", "none/q.md"]);
    assert_eq!(refused.code, 3, "{}", refused.err);
    assert!(refused.err.contains("combe: none/q.md: it cannot be written there"), "{}", refused.err);
    assert!(!refused.err.contains(".tmp"), "{}", refused.err);
    // A file in whose place a folder would have to be.
    site.write("file", "");
    let ways: [(&[&str], &str); 5] = [
        (&["-C", "study", "export", "archive", "file/bundle"], "the folder cannot be made there"),
        (&["-C", "study", "table", "themes", "-o", "file/t.csv"], "it cannot be written there"),
        (&["-C", "study", "matrix", "-o", "file/m.csv"], "it cannot be written there"),
        (&["new", "file/study"], "no study can be made there"),
        (&["demo", "file/study", "--no-open"], "no study can be made there"),
    ];
    for (words, what) in ways {
        let ran = site.run(words);
        let asked = words.iter().find(|word| word.starts_with("file/")).unwrap();
        assert_eq!(ran.code, 3, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(&format!("{asked}: {what}")), "{words:?}: {}", ran.err);
        assert!(
            ran.err.contains("where you may write") && !ran.err.contains(".tmp"),
            "{words:?}: {}",
            ran.err
        );
    }
}

#[test]
fn a_template_that_cannot_be_filled_stops_only_what_attributes() {
    let site = coded();
    let settings = fs::read_to_string(site.path("study/study.toml")).unwrap();
    let broken = format!(
        "{settings}[attribution]\nby = \"group\"\n[attribution.styles]\npublic = \"{{{{ grop }}}}\"\n"
    );
    site.write("study/study.toml", broken);
    site.write("draft.md", "“A checklist on paper helps.”\n");
    let attributing: [&[&str]; 6] = [
        &["quotes"],
        &["table", "joint"],
        &["export", "quotes", "-o", "q.md"],
        &["export", "review", "-o", "s.xlsx"],
        &["export", "report", "-o", "r.html"],
        &["verify", "draft.md"],
    ];
    for words in attributing {
        let ran = site.run(&[&["-C", "study"], words].concat());
        assert_eq!(ran.code, 3, "{words:?}: {}", ran.err);
        let place = "study.toml line 7: there is no field `grop`, which [attribution] styles.public names";
        assert!(ran.err.contains(place), "{words:?}: {}", ran.err);
    }
    assert!(["q.md", "s.xlsx", "r.html"].iter().all(|file| !site.path(file).exists()));
    let others: [&[&str]; 17] = [
        &["search", "paper"],
        &["show", "I1"],
        &["print", "I1", "--codes"],
        &["codes"],
        &["themes"],
        &["log"],
        &["check"],
        &["table", "themes"],
        &["table", "codes"],
        &["matrix"],
        &["backup"],
        &["export", "codings", "-o", "c.csv"],
        &["export", "codebook", "-o", "b.docx"],
        &["export", "memos", "-o", "m.csv"],
        &["export", "participants", "-o", "p.csv"],
        &["export", "transcript", "I1", "-o", "I1.docx"],
        &["export", "archive", "bundle"],
    ];
    for words in others {
        let ran = site.run(&[&["-C", "study"], words].concat());
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
    }
}

#[test]
fn the_table_of_quotes_says_whose_words_those_of_no_participant_are() {
    let site = coded();
    let text = fs::read_to_string(site.path("in/I1.txt")).unwrap();
    let question = text.lines().find_map(|line| line.strip_prefix("Interviewer: ")).unwrap();
    let start = text[..text.find(question).unwrap()].chars().count();
    let end = start + question.chars().count();
    site.in_study(&["code", "I1", &start.to_string(), &end.to_string(), "Checklists"]);
    let groups =
        |rows: Vec<Vec<String>>| -> Vec<String> { rows.into_iter().map(|row| row[3].clone()).collect() };
    let csv = export(&site, &["quotes", "--by", "code"], "q.csv");
    let rows = csv::Reader::from_reader(&csv[..])
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let mut found = groups(rows);
    found.sort();
    assert_eq!(found, ["clinician", "interviewer", "public"]);
    let mut book = Xlsx::new(Cursor::new(export(&site, &["quotes", "--by", "code"], "q.xlsx"))).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert!(sheet.rows().any(|row| row[3] == "interviewer"));
}
