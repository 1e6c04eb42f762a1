//! Layouts of transcripts: small files of invented words, one for each way of saying who speaks.
//!
//! A turn is written here as `label|speech`, with `@seconds` after the label where it has a time; `⏎` is a line break.

use combe::document::{Bytes, Cell, Document, Format, Line};
use combe::import::{DraftTranscript, Layout, LayoutOptions, lay_out, read_transcript};
use combe::study::Kind;
use combe::text::on_grapheme_boundary;
use proptest::prelude::*;

fn read_as(name: &str, text: &str) -> DraftTranscript {
    read_transcript(name, text.as_bytes(), &LayoutOptions::default()).unwrap()
}

fn read(text: &str) -> DraftTranscript {
    read_as("I01.txt", text)
}

fn turns(draft: &DraftTranscript) -> Vec<String> {
    let turns = draft.turns.iter().map(|turn| {
        let speech = turn.speech.slice(&draft.text).unwrap().replace('\n', "⏎");
        let time = turn.start_ms.map(|ms| format!("@{}", f64::from(ms) / 1000.0)).unwrap_or_default();
        format!("{}{time}|{speech}", draft.speakers[turn.speaker].label)
    });
    turns.collect()
}

fn labels(draft: &DraftTranscript) -> Vec<&str> {
    draft.turns.iter().map(|turn| turn.label.slice(&draft.text).unwrap()).collect()
}

fn doubts(draft: &DraftTranscript) -> String {
    draft.doubts.iter().map(|doubt| format!("{:?} {}\n", doubt.line, doubt.what)).collect()
}

/// A document of a word processor: `*` before a paragraph makes it bold.
fn processed(paragraphs: &[&str]) -> Document {
    let lines = paragraphs.iter().enumerate().map(|(at, text)| {
        let plain = text.strip_prefix('*').unwrap_or(text);
        let bold = if plain.len() < text.len() { plain.len() } else { 0 };
        Line { text: plain.into(), number: at + 1, bold, ..Line::default() }
    });
    Document {
        format: Format::Docx,
        lines: lines.collect(),
        as_is: None,
        notes: Vec::new(),
        bytes: Bytes::default(),
        marks: Vec::new(),
    }
}

/// A document of one table; a cell's paragraphs are parted by `/`.
fn table(rows: &[&[&str]]) -> Document {
    let mut lines = Vec::new();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            for text in cell.split('/') {
                let cell = Some(Cell { table: 0, row, column });
                lines.push(Line { text: text.into(), number: row + 1, cell, ..Line::default() });
            }
        }
    }
    Document {
        format: Format::Docx,
        lines,
        as_is: None,
        bytes: Bytes::default(),
        notes: Vec::new(),
        marks: Vec::new(),
    }
}

fn laid(document: &Document) -> DraftTranscript {
    lay_out("I01.docx", String::new(), document, &LayoutOptions::default()).unwrap()
}

#[test]
fn label_and_colon_before_the_speech() {
    let draft =
        read("Interviewer: Who decides?\nParticipant: We both do.\n\nMostly I do.\nINTERVIEWER : Why?\n");
    assert_eq!(
        turns(&draft),
        ["Interviewer|Who decides?", "Participant|We both do.⏎⏎Mostly I do.", "Interviewer|Why?"]
    );
    assert_eq!(labels(&draft), ["Interviewer:", "Participant:", "INTERVIEWER :"]);
    assert_eq!(draft.speakers.len(), 2);
    assert_eq!(draft.speakers[1].key, "participant");
}

#[test]
fn text_with_labels_is_stored_as_it_is() {
    let text = "\n  I:\tWhat\u{a0}is it?  \nR:\tA cafe\u{301}.\u{ad}\n";
    let draft = read(text);
    assert_eq!(draft.text, text);
    assert_eq!(turns(&draft)[0], "I|What\u{a0}is it?");
}

#[test]
fn a_header_without_a_blank_line_below_it_leaves_the_turns() {
    let tabbed = read("Key: MOD = Moderator\nMOD\tShall we?\nP1\tYes.\nMOD\tGood.\nP1\tHm.\n");
    assert_eq!(turns(&tabbed), ["MOD|Shall we?", "P1|Yes.", "MOD|Good.", "P1|Hm."]);
    let dashed = read("Key: MOD = Moderator\nMOD - Shall we?\nP1 - Yes.\nMOD - Good.\nP1 - Hm.\n");
    assert_eq!(turns(&dashed), ["MOD|Shall we?", "P1|Yes.", "MOD|Good.", "P1|Hm."]);
    let apart = read("Key: MOD = Moderator\nP1 = first\n\nMOD\tShall we?\nP1\tYes.\nMOD\tGood.\nP1\tHm.\n");
    assert_eq!(turns(&apart), turns(&tabbed));
}

#[test]
fn headings_behind_a_turn_are_no_speech() {
    let text = "# Interview\n\nInt: Well?\n\n## Part 2\n\nAnn: Yes.\n\n## Aside\n\nAnd no.\n\nInt: So.\n\nAnn: Hm.\n\n## The end\n";
    let draft = read_as("I01.md", text);
    assert_eq!(turns(&draft), ["Int|Well?", "Ann|Yes.⏎⏎## Aside⏎⏎And no.", "Int|So.", "Ann|Hm."]);
    assert_eq!(draft.text, text);
    assert_eq!(
        doubts(&draft),
        "Some(5) 2 headings stand behind turns: they are no speech and were left out of them; here is the first.\n\
         Some(9) A heading stands inside a turn and was taken as its speech.\n"
    );
    // Styled so, it may yet be all that somebody says.
    let draft = read_as("I01.md", "**Int:**\n\n# Well?\n\n**Ann:**\n\nYes.\n\n**Int:**\n\nSo.\n");
    assert_eq!(turns(&draft)[0], "Int|# Well?");
}

#[test]
fn the_saved_chat_of_a_meeting_is_doubted() {
    let chat = "14:03:22 From Anna Lee to Everyone: I cannot hear you\n14:03:40 From Ben Rees to Everyone: Try again\n\
                14:04:02 From Anna Lee to Everyone: Better\n";
    assert!(
        doubts(&read(chat)).contains("None This looks like the saved chat of a meeting"),
        "{}",
        doubts(&read(chat))
    );
    let below = "14:03:22 From Anna Lee to Everyone:\n\tI cannot hear you\n14:03:40 From Ben Rees to Everyone:\n\tTry again\n";
    assert!(doubts(&read(below)).contains("saved chat"));
    let talk =
        "14:03:22 Anna: From here: I cannot hear you\n14:03:40 Ben: Try again\n14:04:02 Anna: Better\n";
    assert!(!doubts(&read(talk)).contains("chat"));
}

#[test]
fn captions_and_tables_can_be_asked_for_by_name() {
    assert_eq!(Layout::parse("Captions"), Some(Layout::Captions));
    let by = |layout, document: &Document| {
        let options = LayoutOptions { layout: Some(layout), ..LayoutOptions::default() };
        lay_out("I01.docx", String::new(), document, &options).unwrap()
    };
    // More text stands outside the table than in it, so that it would not be read as one.
    let mut document = table(&[&["Ann", "Yes."], &["Int", "So?"], &["Ann", "No."]]);
    let title = "A long title about waiting rooms, letters and everything that is not in the table";
    document.lines.insert(0, Line { text: title.into(), number: 1, ..Line::default() });
    assert_ne!(laid(&document).layout, "table");
    assert_eq!(turns(&by(Layout::Table, &document)), ["Ann|Yes.", "Int|So?", "Ann|No."]);
    // A table whose cells begin with stretches of time can be read as captions.
    let timed = table(&[
        &["[00:01 --> 00:04] Ann: Yes."],
        &["[00:04 --> 00:06] Int: So?"],
        &["[00:06 --> 00:09] Ann: No."],
    ]);
    assert!(laid(&timed).layout.starts_with("table"));
    let captions = by(Layout::Captions, &timed);
    assert_eq!(captions.layout, "stretch of time before each line, label and colon before the words");
    assert_eq!(turns(&captions), ["Ann@1|Yes.", "Int@4|So?", "Ann@6|No."]);
    // Where there are none, the text comes in without speakers, as with every layout that finds nothing.
    assert_eq!(by(Layout::Captions, &processed(&["Just words."])).turns.len(), 1);
    assert_eq!(by(Layout::Table, &processed(&["Just words."])).turns.len(), 1);
}

#[test]
fn two_lines_are_enough() {
    assert_eq!(turns(&read("Anna: Hello.\nBen: Hi.\n")), ["Anna|Hello.", "Ben|Hi."]);
}

#[test]
fn header_lines_are_no_turns() {
    let draft = read(
        "Interview 4\n\nDate: 2016-03-02\nInterviewer: Ann\nKind: focus group\n\nMod: Shall we?\nP1: Yes.\nMod: Good.\nP2: Hm.\n",
    );
    assert_eq!(turns(&draft), ["Mod|Shall we?", "P1|Yes.", "Mod|Good.", "P2|Hm."]);
    let header = [("Date", "2016-03-02"), ("Interviewer", "Ann"), ("Kind", "focus group")];
    assert_eq!(draft.header, header.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!(draft.kind, Kind::FocusGroup);
}

#[test]
fn yaml_front_matter_and_addresses_are_no_turns() {
    let draft = read_as(
        "talk.md",
        "---\ntitle: A talk\nspeakers:\n  - Anna\n---\nAnna: Look at\nhttps://example.org\nBen: Thanks.\nAnna: And then.\nBen: Bye.\n",
    );
    assert_eq!(
        turns(&draft),
        ["Anna|Look at⏎https://example.org", "Ben|Thanks.", "Anna|And then.", "Ben|Bye."]
    );
    assert_eq!(draft.header[0], ("title".into(), "A talk".into()));
}

#[test]
fn what_looks_like_a_label_once_is_text() {
    let draft = read(
        "I: Go on.\nR: I told her.\nYou say: no.\nAnd: so it was.\nPart 1: the end.\nKettle: on the hob.\n10:30 it was.\nI: Right.\nR: Yes.\nAlso this.\nAnd that.\n",
    );
    assert_eq!(draft.turns.len(), 4, "{:?}", turns(&draft));
    assert!(doubts(&draft).contains("Some(6) 'Kettle' looks like a label"), "{}", doubts(&draft));
    assert!(!doubts(&draft).contains("You say"));
}

#[test]
fn somebody_seen_once_is_a_speaker_if_a_word_says_so() {
    let draft =
        read("I: Go on.\nR: I told her.\nOh.\nNurse: Tea?\nI: Right.\nR: Yes.\nMr Pugh: Hello.\nWell.\n");
    assert_eq!(draft.turns.len(), 6, "{:?}", turns(&draft));
}

#[test]
fn initials_belong_to_the_name_that_introduces_them() {
    let draft =
        read("Owain Puw (OP): I mend bikes.\nMair (M): I ring bells.\nOP: Do you?\nM: Yes.\nOP: Good.\n");
    assert_eq!(draft.speakers.iter().map(|speaker| speaker.key.as_str()).collect::<Vec<_>>(), ["op", "m"]);
    assert_eq!(labels(&draft)[0], "Owain Puw (OP):");
    assert_eq!(turns(&draft)[0], "OP|I mend bikes.");
}

#[test]
fn stars_tell_labels_from_text() {
    let draft = read_as(
        "x.md",
        "**Anna Rees:** [00:00:03] Hello.\n\nNote: it rained.\n\n**Ben:** Hi.\n\n**Anna Rees:** So.\n\n**Ben:** So.\n\n**Cai Puw:** Me too.\n",
    );
    assert_eq!(
        turns(&draft),
        ["Anna Rees@3|Hello.⏎⏎Note: it rained.", "Ben|Hi.", "Anna Rees|So.", "Ben|So.", "Cai Puw|Me too."]
    );
    assert_eq!(labels(&draft)[0], "**Anna Rees:** [00:00:03]");
}

#[test]
fn name_and_time_on_a_line_of_their_own() {
    let draft = read(
        "Talk\n\nAnna Rees  0:21  \nHello there.\nAll well?\n\nBen  1:02:03\nYes.\n\nAnna Rees  1:02:09\nGood.\n\nTranscribed by https://otter.ai\n",
    );
    assert_eq!(
        turns(&draft),
        ["Anna Rees@21|Hello there.⏎All well?", "Ben@3723|Yes.", "Anna Rees@3729|Good."]
    );
    let trint = read("Anna Rees [00:00:21] Hello there.\nBen [00:01:02] Yes.\nAnna Rees [00:01:09] Good.\n");
    assert_eq!(turns(&trint), ["Anna Rees@21|Hello there.", "Ben@62|Yes.", "Anna Rees@69|Good."]);
    let word = laid(&processed(&[
        "00:00:02 Speaker 1",
        "Hello.",
        "00:00:05 Speaker 2",
        "Yes.",
        "00:00:07 Speaker 1",
        "Ah.",
    ]));
    assert_eq!(turns(&word), ["Speaker 1@2|Hello.", "Speaker 2@5|Yes.", "Speaker 1@7|Ah."]);
    let rev = laid(&processed(&[
        "*Anna (00:02):",
        "Hello.",
        "*Ben (00:05):",
        "[inaudible 00:00:06] Yes.",
        "*Anna (00:07):",
        "Ah.",
    ]));
    assert_eq!(turns(&rev), ["Anna@2|Hello.", "Ben@5|[inaudible] Yes.", "Anna@7|Ah."]);
    assert_eq!(rev.times.len(), 1);
}

#[test]
fn times_before_labels_alone_on_lines_and_inside_speech() {
    let draft = read(
        "[00:00:02] I: Well?\n[00:00:05] R: So [00:00:07] it was.\n(00:01:00)\nNext day.\n(00:02:00)\nI: And at 10:30?\nR: Asleep.\n\n[END OF AUDIO]\n",
    );
    assert_eq!(
        turns(&draft),
        ["I@2|Well?", "R@5|So [00:00:07] it was.⏎(00:01:00)⏎Next day.", "I@120|And at 10:30?", "R|Asleep."]
    );
    assert_eq!(draft.times.iter().map(|time| time.ms).collect::<Vec<_>>(), [7_000, 60_000]);
    let marks: Vec<&str> = draft.times.iter().map(|time| &draft.text[time.at as usize..][..4]).collect();
    assert_eq!(marks, ["[00:", "(00:"]);
}

#[test]
fn end_times_belong_to_the_turn_they_close() {
    let draft = read("I: Well? #00:00:04-1#\nR: It was. #00:00:12-3#\nI: Oh. #00:00:13-0#\n");
    assert_eq!(turns(&draft), ["I|Well?", "R|It was.", "I|Oh."]);
    assert_eq!(draft.turns[1].end_ms, Some(12_300));
}

#[test]
fn tabs_capitals_dashes_and_labels_alone() {
    let tab = read("Anna\tHello.\nBen\tHi.\nAnna\tSo.\nBen\tSo.\n");
    assert_eq!(turns(&tab), ["Anna|Hello.", "Ben|Hi.", "Anna|So.", "Ben|So."]);
    let capitals = read("ANNA REES  Hello.  Well.\nBEN PUW  Hi.\nANNA REES  So.\nBEN PUW  So.\n");
    assert_eq!(turns(&capitals), ["ANNA REES|Hello.  Well.", "BEN PUW|Hi.", "ANNA REES|So.", "BEN PUW|So."]);
    let dash = read("Int - Hello.\nRes - Hi.\nInt - So.\nRes - So - or not.\n");
    assert_eq!(turns(&dash), ["Int|Hello.", "Res|Hi.", "Int|So.", "Res|So - or not."]);
    let alone = read("Anna Rees\nHello.\n\nBen Puw\nHi.\n\nAnna Rees\nSo.\n\nBen Puw\nSo.\n");
    assert_eq!(turns(&alone), ["Anna Rees|Hello.", "Ben Puw|Hi.", "Anna Rees|So.", "Ben Puw|So."]);
    let colon = read("Interviewer:\nHello.\n\nRespondent:\nHi.\n\nInterviewer:\nSo.\n");
    assert_eq!(turns(&colon), ["Interviewer|Hello.", "Respondent|Hi.", "Interviewer|So."]);
    let bold = laid(&processed(&["*Anna", "Hello.", "*Ben", "Hi.", "*Anna", "So.", "*Ben", "So."]));
    assert_eq!(bold.text, "Anna: Hello.\n\nBen: Hi.\n\nAnna: So.\n\nBen: So.\n");
}

#[test]
fn lines_numbered_through_keep_their_numbers_out_of_the_speech_beyond_a_page_and_with_letters() {
    let mut text = String::new();
    for turn in 1..=100 {
        let label = if turn % 2 == 1 { "Interviewer" } else { "Ann" };
        match turn {
            70 => text.push_str("70a\tAnn: First this.\n70b\tAnn: Then that.\n"),
            // One that is gone.
            80 => {}
            _ => text.push_str(&format!("{turn}\t{label}: In 1998 it was so.\n")),
        }
    }
    let draft = read(&text);
    assert_eq!(
        (draft.layout.as_str(), draft.turns.len()),
        ("numbered lines, label and colon before the speech", 100)
    );
    let labels: Vec<&str> = draft.speakers.iter().map(|speaker| speaker.label.as_str()).collect();
    assert_eq!(labels, ["Interviewer", "Ann"]);
    assert!(!draft.text.contains('\t') && draft.text.contains("Ann: Then that.\n"), "{}", draft.text);
}

#[test]
fn numbered_lines_of_a_court() {
    let mut text = String::new();
    let said = [
        "LADY PUW: Shall we",
        "begin?",
        "MR REES: Yes.",
        "Q. Your name?",
        "A. Mair.",
        "Q. Mair what?",
        "A. Mair Dafydd",
        "of Corwen.",
    ];
    for page in 1..=2 {
        for (at, line) in said.iter().enumerate() {
            text.push_str(&format!("{:>2}   {line}\n", at + 1));
        }
        text.push_str(&format!("                 {page}\n"));
    }
    let draft = read(&text);
    assert_eq!(draft.turns.len(), 12, "{:?}", turns(&draft));
    assert_eq!(turns(&draft)[0], "LADY PUW|Shall we begin?");
    assert_eq!(turns(&draft)[5], "A|Mair Dafydd of Corwen.");
    assert!(draft.text.starts_with("LADY PUW: Shall we begin?\n\nMR REES: Yes.\n\nQ: Your name?"));
}

#[test]
fn stretches_of_time_without_speakers() {
    let draft = read(
        "[00:01.000 --> 00:04.500]  So it was\n[00:04.500 --> 00:12.000]  a wet day.\n[00:12.000 --> 00:14.000]  Yes.\n",
    );
    assert_eq!(turns(&draft), ["Speaker@1|So it was a wet day.", "Speaker@12|Yes."]);
    assert_eq!(draft.turns[0].end_ms, Some(12_000));
    assert_eq!(draft.times.len(), 1);
    assert_eq!(draft.speakers[0].key, "speaker");
    assert!(doubts(&draft).contains("No speakers are named"));
}

#[test]
fn captions_of_one_voice_are_one_turn() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna Rees>Hello,</v>\n\n00:02.000 --> 00:03.000\n<v Anna Rees>all.</v>\n\n00:03.000 --> 00:04.000\n<v Ben>Hi.</v>\n";
    let draft = read_as("FG3.vtt", vtt);
    assert_eq!(draft.text, "Anna Rees: Hello, all.\n\nBen: Hi.\n");
    assert_eq!(turns(&draft), ["Anna Rees@1|Hello, all.", "Ben@3|Hi."]);
    assert_eq!((draft.cues, draft.times.len(), draft.kind), (3, 1, Kind::FocusGroup));
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nAnna: Hello\nthere\n\n2\n00:00:02,000 --> 00:00:03,000\nall.\n\n3\n00:00:03,000 --> 00:00:04,000\nBen: Hi.\n\n4\n00:00:04,000 --> 00:00:05,000\nBen: Well.\n\n5\n00:00:05,000 --> 00:00:06,000\nAnna: So.\n";
    let draft = read_as("a.srt", srt);
    assert_eq!(turns(&draft)[0], "Anna@1|Hello there all.");
}

#[test]
fn bold_questions_without_labels() {
    let draft = laid(&processed(&[
        "*Interview 3",
        "*How was it?",
        "Wet.",
        "*And then?",
        "Dry.",
        "And warm.",
        "*Bye.",
    ]));
    assert_eq!(
        turns(&draft),
        [
            "Interviewer|How was it?",
            "Respondent|Wet.",
            "Interviewer|And then?",
            "Respondent|Dry.⏎And warm.",
            "Interviewer|Bye."
        ]
    );
    assert_eq!(draft.speakers[0].key, "interviewer");
    assert!(labels(&draft).iter().all(|label| label.is_empty()));
    assert!(draft.text.starts_with("Interview 3\n\nHow was it?\n\nWet."));
}

#[test]
fn only_the_interviewer_is_labelled() {
    let draft = read("I: How was it?\n\nWet.\n\nI: And then?\n\nDry.\n\nAnd warm.\n\nI: Bye.\n");
    assert_eq!(
        turns(&draft),
        ["I|How was it?", "Respondent|Wet.", "I|And then?", "Respondent|Dry.⏎⏎And warm.", "I|Bye."]
    );
}

#[test]
fn tables_tell_their_columns() {
    let draft = laid(&table(&[
        &["Speaker", "Transcript", "Time"],
        &["Anna", "Hello there, all of you./And you.", "0:02"],
        &["Ben", "Hi.", "0:05"],
        &["Anna", "So.", "0:09"],
    ]));
    assert_eq!(turns(&draft), ["Anna@2|Hello there, all of you.⏎And you.", "Ben@5|Hi.", "Anna@9|So."]);
    assert!(draft.text.starts_with("Speaker\nTranscript\nTime\n\nAnna: Hello there"));
}

#[test]
fn one_row_of_labels_and_speech_is_paired_only_if_they_are_as_many() {
    let paired = laid(&table(&[&["I://R:/I:", "How was it?//Wet, as ever./And?"]]));
    assert_eq!(turns(&paired), ["I|How was it?", "R|Wet, as ever.", "I|And?"]);
    let odd = laid(&table(&[&["I:/R:/I:", "How was it?/Wet, as ever."]]));
    assert_eq!(turns(&odd), ["Speaker|How was it?", "Speaker|Wet, as ever."]);
    assert!(doubts(&odd).contains("3 labels and 2 paragraphs"), "{}", doubts(&odd));
}

#[test]
fn a_file_on_one_line_is_split_at_its_labels() {
    let line =
        "Anna Rees: How was it then, all in all? Ben Puw: Wet. It rained for days, and then: more rain. "
            .repeat(12);
    let draft = read(&line);
    assert_eq!(draft.turns.len(), 24);
    assert_eq!(turns(&draft)[1], "Ben Puw|Wet. It rained for days, and then: more rain.");
}

#[test]
fn nothing_labelled_is_one_unknown_speaker() {
    let draft = read("It rained for days.\nAnd then more.\n\nI stayed in.\n");
    assert_eq!(turns(&draft), ["Speaker|It rained for days.⏎And then more.", "Speaker|I stayed in."]);
    assert!(doubts(&draft).contains("No labels"));
}

#[test]
fn a_file_of_header_lines_is_text() {
    let draft = read("Date: 2016-03-02\nPlace: at home\n");
    assert_eq!(turns(&draft), ["Speaker|Date: 2016-03-02⏎Place: at home"]);
}

#[test]
fn a_label_without_speech_is_a_turn() {
    let draft = read("I: Well?\nR:\nI: No?\nR: No.\n");
    assert_eq!(turns(&draft), ["I|Well?", "R|", "I|No?", "R|No."]);
    assert_eq!(draft.turns[1].speech.start, draft.turns[1].label.end);
}

#[test]
fn back_channels_stay_text() {
    let draft =
        read("I: Well? [Participant: mhm] Yes?\nR: It was (I: right) wet.\nI: Oh.\n[R: mhm]\nR: Yes.\n");
    assert_eq!(draft.turns.len(), 4);
    assert_eq!(turns(&draft)[2], "I|Oh.⏎[R: mhm]");
}

#[test]
fn welsh_labels() {
    let draft = read("Cyfwelydd: Sut oedd hi?\nCyfwelai: Gwlyb.\nCyfwelydd: A wedyn?\n");
    assert_eq!(draft.turns.len(), 3);
}

#[test]
fn times_that_go_back_are_told() {
    let draft = read("Anna  0:21\nHello.\n\nBen  0:11\nYes.\n\nAnna  0:31\nGood.\n");
    assert!(doubts(&draft).contains("Some(4) Times go back once"), "{}", doubts(&draft));
}

#[test]
fn a_layout_can_be_forced() {
    let text = b"I: Well?\nR: It was.\nI: No?\n";
    let forced = |layout| {
        let options = LayoutOptions { layout: Some(layout), kind: Some(Kind::FocusGroup) };
        read_transcript("folder/I  07 b.txt", text, &options).unwrap()
    };
    let draft = forced(Layout::Unlabelled);
    assert_eq!(turns(&draft), ["Speaker|I: Well?⏎R: It was.⏎I: No?"]);
    assert_eq!((draft.name.as_str(), draft.kind), ("I 07 b", Kind::FocusGroup));
    assert_eq!(forced(Layout::parse("COLON").unwrap()).turns.len(), 3);
}

/// What is in `text` but blanks and what layouts may take away: markup, separators, times, numbers.
fn visible(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

pub(crate) fn some_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "(I|R|Anna|Mr Puw|P1 \\(F\\)|You say|Note): [a-zé .?]{0,20}",
        "(I|R|Anna|Ben)\t[a-z .]{0,9}",
        "\\*\\*(Anna|Ben)\\*\\*: [a-z .]{0,9}",
        "(Anna|Ben Puw)  [0-9]:[0-5][0-9]",
        "\\[00:0[0-9]:[0-5][0-9]\\] (I|R): [a-z]{0,9}",
        "\\(00:0[0-9]:[0-5][0-9]\\)",
        "[ 1-9][0-9]   [A-Z]\\. [a-z]{1,9}",
        "\\[00:0[0-9].000 --> 00:0[0-9].500\\]  [a-z]{0,9}",
        "(Q|A)\\. [a-z]{0,9}",
        "(I|R):\u{301}[a-z]{0,5}",
        "(\\PC|👩🏽‍⚕️|e\u{301}|\u{ad}){0,12}",
        Just(String::new()),
    ]
}

proptest! {
    #[test]
    fn no_visible_character_is_lost(lines in proptest::collection::vec(some_line(), 1..30)) {
        let text = lines.join("\n");
        let Ok(draft) = read_transcript("x.txt", text.as_bytes(), &LayoutOptions::default()) else { return Ok(()) };
        let stored = visible(&draft.text);
        let mut rest = stored.chars();
        for c in visible(&text).chars() {
            prop_assert!(rest.any(|other| other == c), "{c} of {text:?} is not in {:?}", draft.text);
        }
    }

    #[test]
    fn spans_are_in_order_and_cut_no_grapheme(lines in proptest::collection::vec(some_line(), 1..30)) {
        let text = lines.join("\n");
        let Ok(draft) = read_transcript("x.txt", text.as_bytes(), &LayoutOptions::default()) else { return Ok(()) };
        let mut from = 0;
        for turn in &draft.turns {
            for span in [turn.label, turn.speech] {
                prop_assert!(span.start >= from && span.end >= span.start, "{turn:?} after {from} in {:?}", draft.text);
                prop_assert!(on_grapheme_boundary(&draft.text, span.start as usize));
                prop_assert!(on_grapheme_boundary(&draft.text, span.end as usize));
                from = span.end;
            }
            prop_assert!(turn.speaker < draft.speakers.len());
        }
        prop_assert!(draft.times.iter().all(|time| (time.at as usize) <= draft.text.len()));
    }

    #[test]
    fn reading_a_stored_text_again_gives_the_same(lines in proptest::collection::vec(some_line(), 1..20)) {
        let text = lines.join("\n");
        let Ok(once) = read_transcript("x.txt", text.as_bytes(), &LayoutOptions::default()) else { return Ok(()) };
        if once.text == text {
            let twice = read_transcript("x.txt", once.text.as_bytes(), &LayoutOptions::default()).unwrap();
            prop_assert_eq!(once, twice);
        }
    }
}
