//! The list of quotes, and the one key that puts a quote where its writer wants it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use combe::app::search::Failed;
use combe::app::{Effect, Msg, Screen};
use combe::study::{
    Change, Coding, Consent, Destination, Kind, Quote, Record, Revision, Source, Usage, fresh,
};
use combe::text::Span;

use crate::sample::SAMPLE;
use crate::screen::{Desk, Parts};
use crate::screen_matrix::charted;

/// I43:2 coded twice, FG06:2 starred.
fn desk() -> Desk {
    with(|_| {})
}

fn with(change: impl FnOnce(&mut Parts)) -> Desk {
    let mut parts = Parts::small();
    parts.study.settings.compare = Some("group".into());
    change(&mut parts);
    let mut desk = Desk::new(parts);
    desk.keys("g o 'I43:2' ret t c 'appoint' ret right c 'workl' ret");
    desk.keys("g o 'FG06:2' ret t s g q");
    assert_eq!(desk.model.screen, Screen::Quotes);
    desk
}

fn listed(desk: &Desk) -> Vec<String> {
    let row = |row: &combe::app::quotes::QuoteRow| format!("{} {} {}", row.address, row.who, row.heading);
    desk.model.quotes.list.rows.iter().map(|held| row(held).trim().to_owned()).collect()
}

/// The last change of the study.
fn last_records(desk: &Desk) -> Vec<&'static str> {
    let action = desk.committed.last().unwrap();
    action.changes.iter().filter_map(|change| change.after.as_ref()).map(Record::kind).collect()
}

#[test]
fn quotes_are_listed_sorted_and_counted_by_group() {
    let mut desk = desk();
    assert_eq!(listed(&desk).len(), 3);
    assert!(desk.screen().contains("3 quotes · by place"), "{}", desk.screen());
    assert!(desk.screen().contains("clinician 2"), "{}", desk.screen());
    desk.keys("o c");
    let headings: Vec<String> = desk.model.quotes.list.rows.iter().map(|row| row.heading.clone()).collect();
    assert_eq!(headings.last().unwrap(), "", "what has no code comes last");
    assert!(desk.said().starts_with("Sorted by code"));
    desk.keys("o o");
    assert_eq!(desk.model.quotes.order.name(), "theme", "the next in turn");
    desk.keys("o l");
    assert!(desk.model.quotes.list.rows[0].marks.starred, "{}", desk.screen());
}

#[test]
fn enter_goes_to_the_passage_and_one_key_comes_back() {
    let mut desk = desk();
    desk.keys("end ret");
    assert_eq!(desk.model.screen, Screen::Read);
    desk.keys("backspace");
    assert_eq!((desk.model.screen, desk.model.quotes.list.roll.chosen), (Screen::Quotes, 2));
}

#[test]
fn context_grows_and_the_question_is_one_key_away() {
    let mut desk = desk();
    desk.keys("end");
    assert!(!desk.screen().contains("How does time come into it?"), "{}", desk.screen());
    desk.keys("a");
    assert!(desk.screen().contains("Interviewer: How does time come into it?"), "{}", desk.screen());
    assert_eq!(desk.said(), "Asked: the question stands right before it.");
    desk.keys("a x");
    assert!(desk.screen().contains("You can’t do it all in ten minutes."), "the turn: {}", desk.screen());
    assert!(!desk.screen().contains("And the patients?"));
    desk.keys("x");
    assert!(desk.screen().contains("And the patients?"), "the turns around it: {}", desk.screen());
    desk.keys("X X");
    assert!(!desk.screen().contains("And the patients?"));
}

#[test]
fn context_that_is_cut_says_so_and_is_scrolled_to_its_ends() {
    let long = |speaker: &str, word: &str| {
        let sentences: Vec<String> =
            (1..=30).map(|n| format!("{word} {n} is a number that is said aloud.")).collect();
        format!("{speaker}: {}\n\n", sentences.join(" "))
    };
    let text =
        [long("Interviewer", "Asking"), long("Ann", "Saying"), long("Interviewer", "Thanking")].concat();
    let mut parts = Parts::small();
    parts.transcript("I50", Kind::Interview, &text, false);
    let mut desk = Desk::new(parts);
    desk.keys("g o 'I50:2' ret t c 'appoint' ret g q");
    let footer = |desk: &Desk| desk.screen().lines().last().unwrap_or_default().to_owned();
    assert!(!footer(&desk).contains("scroll"), "all of it is in sight: {}", desk.screen());
    desk.keys("x x C-d");
    assert!(footer(&desk).contains("Ctrl-D scroll"), "{}", desk.screen());
    let screen = desk.screen();
    let rows = |screen: &str| -> Vec<String> {
        let rows = screen.lines().skip_while(|line| !line.starts_with('─')).skip(1);
        rows.take_while(|line| !line.contains("Appointment")).map(str::to_owned).collect()
    };
    assert!(rows(&screen).first().unwrap().starts_with('…'), "{screen}");
    assert!(rows(&screen).last().unwrap().ends_with('…'), "{screen}");
    for _ in 0..20 {
        desk.keys("C-u");
    }
    assert_eq!(desk.said(), "No more of this quote stands above.");
    let screen = desk.screen();
    assert!(rows(&screen).first().unwrap().starts_with(" Interviewer: Asking 1 is"), "{screen}");
    for _ in 0..40 {
        desk.keys("C-d");
    }
    let screen = desk.screen();
    assert!(screen.contains("Thanking 30 is a number"), "{screen}");
    assert!(rows(&screen).first().unwrap().starts_with('…'), "{screen}");
    assert!(!rows(&screen).last().unwrap().ends_with('…'), "{screen}");
    desk.keys("X X");
    desk.keys("up");
    assert!(!desk.screen().contains("Thanking"), "another quote begins at its beginning: {}", desk.screen());
}

#[test]
fn a_query_narrows_the_list_and_an_impossible_one_says_why() {
    let mut desk = desk();
    desk.keys("f 'group:clinician'");
    let asked = desk.other_effects.iter().rev().find_map(|effect| match effect {
        Effect::FindQuotes { generation, query } => Some((*generation, query.clone())),
        _ => None,
    });
    let (generation, query) = asked.unwrap();
    assert_eq!(query, "group:clinician");
    let of_p088 = |desk: &Desk| -> BTreeSet<_> {
        let rows = desk.model.quotes.list.rows.iter();
        rows.filter(|row| row.who == "P088").map(|row| row.id).collect()
    };
    let found = of_p088(&desk);
    desk.send(Msg::QuotesFound { generation, found: Ok(BTreeSet::new()) });
    assert_eq!(listed(&desk).len(), 0);
    desk.send(Msg::QuotesFound { generation: generation - 1, found: Ok(BTreeSet::new()) });
    desk.send(Msg::QuotesFound { generation, found: Ok(found) });
    assert_eq!(listed(&desk).len(), 2);
    let failed = Failed::Query { sentence: "there is no group surgeon".into(), at: Span::new(0, 1) };
    desk.send(Msg::QuotesFound { generation, found: Err(failed) });
    assert!(desk.screen().contains("there is no group surgeon"), "{}", desk.screen());
    desk.keys("esc esc");
    assert_eq!(listed(&desk).len(), 3, "without a query all are listed");
}

#[test]
fn enter_behind_a_query_waits_for_what_it_finds() {
    let mut desk = desk();
    let wanted = desk.model.quotes.list.rows.iter().find(|row| row.who == "P088").unwrap().id;
    assert_ne!(desk.model.quotes.list.rows[0].id, wanted);
    desk.keys("f 'ask' ret");
    assert_eq!(desk.model.screen, Screen::Quotes, "the rows are still those of no query");
    assert!(desk.screen().contains("searching …"), "{}", desk.screen());
    let generation = desk.other_effects.iter().rev().find_map(|effect| match effect {
        Effect::FindQuotes { generation, .. } => Some(*generation),
        _ => None,
    });
    desk.send(Msg::QuotesFound { generation: generation.unwrap(), found: Ok([wanted].into()) });
    assert_eq!(desk.model.screen, Screen::Read);
    let held = desk.model.study.quotes().get(&wanted).unwrap();
    assert_eq!(desk.model.read.open.as_ref().unwrap().transcript, held.transcript);
}

#[test]
fn nobody_is_held_by_a_query_that_is_not_answered() {
    let mut desk = desk();
    desk.keys("f 'ask' ret \"");
    assert!(!desk.model.waiting.is_empty(), "what is pressed behind a query waits for it");
    desk.keys("esc");
    assert!(desk.model.waiting.is_empty());
    desk.keys("esc esc");
    assert_eq!(listed(&desk).len(), 3, "the filter is left, and taken away: {}", desk.screen());
}

/// Another coder's quote in I43, which is not of their layer of record.
fn with_another_layer() -> Desk {
    with(|parts| {
        let text = parts.texts.values().find(|text| text.contains("ten minutes")).unwrap().clone();
        let at = text.find("ten minutes").unwrap();
        let transcript = parts.study.transcript_named("I43").unwrap();
        let (transcript, revision) = (transcript.id, transcript.revision);
        parts.study.settings.lead = Some(parts.me.name.clone());
        let coder = combe::study::Coder { id: fresh(&*parts.source), name: "lee".into() };
        let quote = Quote {
            id: fresh(&*parts.source),
            coder: coder.id,
            transcript,
            revision,
            span: Span::new(at, at + "ten minutes".len()),
            text: "ten minutes".into(),
            starred: false,
        };
        parts.study.apply(&[Change::create(coder), Change::create(quote)]).unwrap();
    })
}

#[test]
fn a_filter_that_names_a_coder_lists_their_layer_and_words_that_look_like_one_do_not() {
    let mut desk = with_another_layer();
    assert!(desk.screen().contains("3 quotes"), "{}", desk.screen());
    assert!(desk.screen().contains("layers of record and yours"), "{}", desk.screen());
    let all: BTreeSet<_> = desk.model.study.quotes().iter().map(|quote| quote.id).collect();
    for (typed, listed_then, all_layers) in [("'by:lee'", 4, true), ("'\"passed by: him\"'", 3, false)] {
        desk.keys(&format!("f C-u {typed}"));
        let generation = desk.other_effects.iter().rev().find_map(|effect| match effect {
            Effect::FindQuotes { generation, .. } => Some(*generation),
            _ => None,
        });
        desk.send(Msg::QuotesFound { generation: generation.unwrap(), found: Ok(all.clone()) });
        assert_eq!(listed(&desk).len(), listed_then, "{typed}");
        assert_eq!(desk.screen().contains("all layers"), all_layers, "{}", desk.screen());
        desk.keys("esc");
    }
}

#[test]
fn the_header_keeps_the_beginning_of_a_filter_and_the_basket_shows_none() {
    let mut desk = desk();
    let filter = "group:clinician time OR appointment OR minutes OR patients OR nobody OR everybody";
    desk.keys(&format!("f '{filter}' esc"));
    let header = |desk: &Desk| desk.screen().lines().nth(1).unwrap().trim_end().to_owned();
    assert!(header(&desk).contains("filter: group:clinician time OR"), "{}", desk.screen());
    assert!(header(&desk).trim_end().ends_with('…'), "{}", desk.screen());
    desk.keys("b");
    assert!(desk.screen().contains("your basket · 0 quotes"), "{}", desk.screen());
    assert!(!desk.screen().contains("filter:"), "the basket does not obey it: {}", desk.screen());
    desk.keys("b");
    assert!(header(&desk).contains("filter: group:clinician"), "{}", desk.screen());
}

#[test]
fn the_footer_has_room_for_the_keys_that_are_most_wanted() {
    let desk = desk();
    let screen = desk.screen();
    let footer = screen.lines().last().unwrap();
    for hint in ["\" quote it", "f filter", "x more", "a asked", "sort", "b basket"] {
        assert!(footer.contains(hint), "{hint}: {footer}");
    }
    assert!(footer.find("quote it") < footer.find("filter"), "{footer}");
}

#[test]
fn the_key_is_offered_where_the_quotes_behind_a_number_are_open() {
    let mut desk = desk();
    desk.keys("3");
    let footer = |desk: &Desk| desk.screen().lines().last().unwrap_or_default().to_owned();
    assert_eq!(desk.model.screen, Screen::Panels);
    assert!(!footer(&desk).contains("quote it"), "{}", desk.screen());
    desk.keys("\"");
    assert_eq!(desk.said(), "Open the quotes behind a number and choose one.");
    desk.keys("ret");
    assert!(footer(&desk).contains("\" quote it"), "{}", desk.screen());
    desk.keys("\"");
    assert!(desk.said().contains("is in your basket"), "{}", desk.said());
}

#[test]
fn a_row_of_words_ends_behind_a_word() {
    let mut desk = with(|_| {});
    desk.keys("ret t \" g q");
    let screen = desk.screen();
    for row in screen.lines().filter(|line| line.contains('…') && line.contains(':')) {
        let before = row.trim_end().trim_end_matches('…');
        let last = before.rsplit(' ').next().unwrap();
        let said =
            desk.texts.values().any(|text| text.split(|c: char| c.is_whitespace()).any(|word| word == last));
        assert!(said, "“{last}” is a piece of a word: {screen}");
    }
}

#[test]
fn three_keys_from_a_thought_to_the_quote() {
    // `f`, the words thought of, Esc, and the key itself, as README counts them.
    let keys = ["f", "'key'", "esc", "\""];
    assert_eq!(keys.iter().filter(|key| !key.starts_with('\'')).count(), 3);
    let readme = crate::readme::readme().split_whitespace().collect::<Vec<_>>().join(" ");
    let counted = "it is three keys and the words in the list of quotes (`g q`): `f`, *the words you think of*, `Esc`, `\"`. It is in \
                   your basket then; where `study.toml` says `to = \"file\"`, it stands in the file beside the draft";
    assert!(readme.contains(counted), "README counts otherwise");
    let taken = |to: Destination| {
        let mut desk = with(move |parts| {
            parts.study.settings.quotation.to = to;
            parts.study.settings.quotation.draft = Some("drafts/paper.md".into());
        });
        let [filter, words, leave, take] = keys;
        desk.keys(&format!("{filter} {words}"));
        let chosen = desk.model.quotes.list.rows.iter().find(|row| row.who == "P088").unwrap().id;
        let generation = desk.other_effects.iter().rev().find_map(|effect| match effect {
            Effect::FindQuotes { generation, .. } => Some(*generation),
            _ => None,
        });
        desk.send(Msg::QuotesFound { generation: generation.unwrap(), found: Ok([chosen].into()) });
        desk.keys(&format!("{leave} {take}"));
        desk
    };
    let desk = taken(Destination::default());
    assert_eq!(last_records(&desk), ["basket_entries"]);
    assert!(desk.said().starts_with("I43:2 is in your basket"), "{}", desk.said());
    let mut desk = taken(Destination::File);
    let appended = desk.other_effects.iter().find_map(|effect| match effect {
        Effect::AppendQuotation { file, text, .. } => Some((file.clone(), text.clone())),
        _ => None,
    });
    let (file, text) = appended.unwrap();
    assert_eq!(file, "drafts/paper.quotes.md");
    assert!(text.starts_with('“') && text.contains("” (P088") && text.ends_with("<!-- I43:2 -->"), "{text}");
    assert_eq!(last_records(&desk), ["exports"], "the history knows that words left");
    assert_eq!(desk.said(), "I43:2: the quotation goes to paper.quotes.md …", "it is not there yet");
    let action = desk.committed.last().unwrap().id;
    desk.send(Msg::QuotationAppended { action, open_to_others: false });
    assert_eq!(desk.said(), "I43:2: quotation added to paper.quotes.md");
}

#[test]
fn an_undo_says_that_the_words_stay_in_the_file() {
    let mut desk = with_draft();
    desk.keys("g o 'I43:4' ret t \"");
    let action = desk.committed.last().unwrap().id;
    desk.send(Msg::QuotationAppended { action, open_to_others: false });
    desk.keys("u");
    assert_eq!(desk.said(), "Undone: I43:4 quoted into paper.quotes.md. The words stay in paper.quotes.md.");
    assert_eq!(desk.model.study.exports().len(), 1, "that they left stays in the history");
}

fn with_draft() -> Desk {
    with(|parts| {
        parts.study.settings.quotation.to = Destination::File;
        parts.study.settings.quotation.draft = Some("paper.md".into());
    })
}

fn appends(desk: &Desk) -> usize {
    desk.other_effects.iter().filter(|effect| matches!(effect, Effect::AppendQuotation { .. })).count()
}

#[test]
fn what_stands_in_the_file_already_is_added_once_more_only_on_purpose() {
    let mut desk = with_draft();
    desk.keys("end \"");
    assert_eq!(appends(&desk), 1);
    desk.keys("\"");
    assert_eq!(appends(&desk), 1, "it is on its way: {}", desk.said());
    assert_eq!(desk.said(), "I43:2: the quotation is on its way to paper.quotes.md already.");
    let action = desk.committed.last().unwrap().id;
    desk.send(Msg::QuotationAppended { action, open_to_others: false });
    let told = "I43:2 is in paper.quotes.md already; press \" again to add it once more.";
    let exports = desk.model.study.exports().len();
    desk.keys("\"");
    assert_eq!((desk.said(), appends(&desk)), (told, 1));
    assert_eq!(desk.model.study.exports().len(), exports, "the history says nothing of it");
    // Another one in between, and it is asked anew.
    desk.keys("home \" end \"");
    assert_eq!((desk.said(), appends(&desk)), (told, 2));
    desk.keys("\"");
    assert_eq!(appends(&desk), 3, "{}", desk.said());
}

#[test]
fn a_quotation_goes_to_its_file_only_when_its_step_is_on_disk() {
    let mut desk = with_draft();
    desk.answers = false;
    desk.keys("end \"");
    let action = desk.committed.last().unwrap().id;
    assert_eq!(appends(&desk), 0, "nothing is on disk yet");
    desk.keys("C-q");
    desk.send(Msg::Committed { action, seq: 9, at: desk.model.saving.saved_at.unwrap() });
    assert_eq!(appends(&desk), 1);
    assert!(!desk.other_effects.contains(&Effect::Quit), "the file is waited for");
    desk.send(Msg::QuotationAppended { action, open_to_others: false });
    assert!(desk.other_effects.contains(&Effect::Quit));

    let mut desk = with_draft();
    desk.answers = false;
    desk.keys("end \"");
    let action = desk.committed.last().unwrap().id;
    desk.send(Msg::Refused { actions: vec![action], sentence: "the disk is full".into() });
    assert!(desk.said().starts_with("Not saved: the disk is full"), "{}", desk.said());
    assert_eq!((appends(&desk), desk.model.study.exports().len()), (0, 0));
    desk.send(Msg::Committed { action, seq: 9, at: desk.model.saving.saved_at.unwrap() });
    assert_eq!(appends(&desk), 0, "it is forgotten");
}

#[test]
fn who_is_leaving_reads_first_why_a_quotation_does_not_go_to_its_file() {
    for (there, told) in [(true, "is in paper.quotes.md already"), (false, "Not done: ")] {
        let mut desk = with_draft();
        desk.looks = false;
        // The same words become a quote by another key before the file was looked into.
        desk.keys("g o 'I43:4' ret t \" c 'workl' ret C-q");
        desk.send(Msg::QuotationLookedFor { there });
        assert!(desk.said().contains(told), "{}", desk.said());
        assert_eq!(appends(&desk), 0);
        desk.keys("s");
        assert!(!desk.other_effects.contains(&Effect::Quit), "{told}: what is saved next ends nothing");
    }
}

#[test]
fn what_the_file_does_not_take_is_taken_back() {
    let mut desk = with_draft();
    desk.keys("g o 'I43:4' ret t \"");
    assert_eq!(last_records(&desk), ["quotes", "exports"]);
    let (action, quotes) = (desk.committed.last().unwrap().id, desk.model.study.quotes().len());
    let sentence = "The quotation is not in paper.quotes.md: no space left on device.".to_owned();
    desk.send(Msg::QuotationNotAppended { action, sentence });
    assert!(desk.said().starts_with("The quotation is not in paper.quotes.md"), "{}", desk.said());
    assert!(desk.model.notice.as_ref().unwrap().text.ends_with("press the key again."));
    assert_eq!(desk.model.study.exports().len(), 0, "no words left");
    assert_eq!(desk.model.study.quotes().len(), quotes - 1);
    assert_eq!(desk.committed.last().unwrap().undoes, Some(action));
    desk.keys("U");
    assert!(!desk.said().starts_with("Undone"), "{}", desk.said());
}

#[test]
fn a_quote_that_was_coded_meanwhile_stays_when_the_file_fails() {
    let mut desk = with_draft();
    desk.keys("g o 'I43:4' ret t \"");
    let (action, quotes) = (desk.committed.last().unwrap().id, desk.model.study.quotes().len());
    desk.keys("c 'workl' ret");
    desk.send(Msg::QuotationNotAppended { action, sentence: "No.".into() });
    assert_eq!((desk.model.study.exports().len(), desk.model.study.quotes().len()), (0, quotes));
}

#[test]
fn a_file_that_others_can_read_is_told_once() {
    let mut desk = with_draft();
    for (keys, told) in [("end \"", true), ("home \"", false)] {
        desk.keys(keys);
        let action = desk.committed.last().unwrap().id;
        desk.send(Msg::QuotationAppended { action, open_to_others: true });
        assert!(desk.said().contains("quotation added to paper.quotes.md"), "{}", desk.said());
        assert_eq!(desk.said().contains("others on this machine can read"), told, "{}", desk.said());
    }
}

#[test]
fn a_unit_becomes_a_quote_and_lies_in_the_basket_in_one_action() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g o 'I43:4' ret t \"");
    assert_eq!(last_records(&desk), ["quotes", "basket_entries"]);
    let said = desk.said().to_owned();
    assert!(said.starts_with("I43:4 “") && said.contains("” is in your basket, the 1st"), "{said}");
    desk.keys("\"");
    assert_eq!(desk.said(), "I43:4 is in your basket already.");
    desk.keys("g q b");
    assert_eq!(listed(&desk), ["I43:4 P088"]);
    assert!(desk.screen().contains("your basket · 1 quote"), "{}", desk.screen());
    desk.keys("del");
    assert_eq!((desk.model.study.basket_entries().len(), desk.model.study.quotes().len()), (0, 0));
    desk.keys("u");
    assert_eq!((desk.model.study.basket_entries().len(), desk.model.study.quotes().len()), (1, 1));
    desk.keys("u u");
    assert_eq!((desk.model.study.basket_entries().len(), desk.model.study.quotes().len()), (0, 0));
}

#[test]
fn a_descriptor_that_fits_few_people_is_warned_of_in_the_list_and_when_it_is_taken() {
    let worded = |to: Destination, k: usize| {
        with(move |parts| {
            let settings = &mut parts.study.settings;
            settings.quotation.to = to;
            settings.quotation.draft = Some("paper.md".into());
            settings.attribution.k = k;
            for group in ["clinician", "public"] {
                settings.attribution.styles.insert(group.into(), format!("{group}{{{{ focus_group }}}}"));
            }
        })
    };
    let warning = "“clinician” fits 1 person, fewer than 5.";
    let mut desk = worded(Destination::Basket, 5);
    desk.keys("end");
    assert!(desk.screen().contains(" fits 1 person, fewer than 5"), "{}", desk.screen());
    desk.keys("\"");
    assert_eq!(desk.said(), format!("I43:2 is in your basket, the 1st; u takes it out. {warning}"));
    let mut desk = worded(Destination::Clipboard, 5);
    desk.keys("end \"");
    assert!(desk.said().ends_with(warning), "{}", desk.said());
    let mut desk = worded(Destination::File, 5);
    desk.keys("end \"");
    let action = desk.committed.last().unwrap().id;
    desk.send(Msg::QuotationAppended { action, open_to_others: false });
    assert_eq!(desk.said(), format!("I43:2: quotation added to paper.quotes.md. {warning}"));
    let mut desk = worded(Destination::Basket, 1);
    desk.keys("end");
    assert!(!desk.screen().contains("fewer than"), "{}", desk.screen());
    desk.keys("\"");
    assert_eq!(desk.said(), "I43:2 is in your basket, the 1st; u takes it out");
}

#[test]
fn the_basket_offers_what_it_takes_and_no_more() {
    let mut desk = desk();
    desk.keys("\" b");
    let footer = |desk: &Desk| desk.screen().lines().last().unwrap_or_default().to_owned();
    assert!(footer(&desk).contains("Del take out"), "{}", footer(&desk));
    assert!(!footer(&desk).contains("filter") && !footer(&desk).contains("sort"), "{}", footer(&desk));
    for keys in ["o c", "f"] {
        desk.keys(keys);
        assert!(desk.said().starts_with("The basket keeps its order"), "{keys}: {}", desk.said());
        assert!(desk.screen().contains("your basket · 1 quote"), "{keys}: {}", desk.screen());
    }
    desk.keys("b end");
    assert!(footer(&desk).contains("filter") && !footer(&desk).contains("take out"), "{}", footer(&desk));
    desk.keys("del");
    assert_eq!(desk.said(), "The chosen quote is not in your basket.");
}

#[test]
fn who_did_not_agree_is_not_quoted() {
    let mut desk = with(|parts| {
        let participant = parts.study.participant_named("P088").unwrap().id;
        let consent = Consent { participant, analyse: true, quote: false, archive: true, withdrawn: None };
        parts.study.apply(&[Change::create(consent)]).unwrap();
    });
    assert!(
        desk.screen().contains("3 quotes · by place · layers of record and yours · 2 !"),
        "{}",
        desk.screen()
    );
    let long = "group:clinician OR group:public OR in:I43";
    desk.keys(&format!("f '{long}'"));
    let generation = desk.other_effects.iter().rev().find_map(|effect| match effect {
        Effect::FindQuotes { generation, .. } => Some(*generation),
        _ => None,
    });
    let all = desk.model.study.quotes().iter().map(|quote| quote.id).collect();
    desk.send(Msg::QuotesFound { generation: generation.unwrap(), found: Ok(all) });
    desk.keys("esc");
    let filtered = format!("3 quotes · by place · 2 ! · filter: {long}");
    assert!(desk.screen().contains(&filtered), "{}", desk.screen());
    desk.keys("esc");
    let before = desk.committed.len();
    desk.keys("end \"");
    assert!(desk.said().starts_with("Not put aside: P088 did not agree to be quoted."), "{}", desk.said());
    desk.keys("ret \"");
    assert!(desk.said().contains("did not agree"), "in Read too: {}", desk.said());
    assert_eq!(desk.committed.len(), before);
}

#[test]
fn a_quote_of_a_former_text_is_refused_where_anybody_in_the_transcript_refuses() {
    let mut desk = with(|parts| {
        let participant = parts.study.participant_named("P088").unwrap().id;
        let consent = Consent { participant, analyse: true, quote: false, archive: true, withdrawn: None };
        let transcript = parts.study.transcript_named("I43").unwrap().clone();
        let now = parts.study.revisions().get(&transcript.revision).unwrap().clone();
        let former = Revision { id: fresh(&*parts.source), number: now.number + 1, ..now };
        let quote = Quote {
            id: fresh(&*parts.source),
            coder: parts.me.id,
            transcript: transcript.id,
            revision: former.id,
            span: Span::new(40, 60),
            text: "what they said before".into(),
            starred: false,
        };
        let code = parts.study.code_named("restructure time allocation").unwrap().id;
        let (id, at) = (fresh(&*parts.source), parts.source.now());
        let coding = Coding { id, quote: quote.id, code, valence: None, at, blind: false };
        let changes =
            [Change::create(consent), Change::create(former), Change::create(quote), Change::create(coding)];
        parts.study.apply(&changes).unwrap();
    });
    let before = desk.committed.len();
    // Behind the number of its code, in the panel of its component.
    desk.keys("3 home down down right ret");
    assert!(desk.screen().contains("what they said before"), "{}", desk.screen());
    assert!(desk.screen().contains(" !I43 · "), "it is marked: {}", desk.screen());
    desk.keys("\"");
    assert!(desk.said().starts_with("Not put aside: P088 did not agree to be quoted."), "{}", desk.said());
    assert_eq!(desk.committed.len(), before);
}

#[test]
fn the_clipboard_only_where_the_study_allows_it_and_never_in_silence() {
    let mut desk = with(|parts| parts.study.settings.quotation.to = Destination::Clipboard);
    desk.keys("end \"");
    assert!(matches!(desk.other_effects.last(), Some(Effect::Copy(text)) if text.contains("P088")));
    assert!(desk.said().contains("in the clipboard of your terminal"), "{}", desk.said());
    let Some(Record::Export(export)) = desk.committed.last().unwrap().changes[0].after.clone() else {
        panic!()
    };
    assert_eq!(
        (export.file.as_str(), export.kind.as_str(), export.participants.len()),
        ("clipboard", "quotes", 1)
    );
    let mut desk = with(|parts| parts.study.settings.quotation.to = Destination::File);
    desk.keys("end \"");
    assert!(desk.said().contains("draft = \"paper.md\""), "{}", desk.said());
}

#[test]
fn used_ones_are_marked() {
    let mut desk = desk();
    let quote = desk.model.quotes.list.rows[2].id;
    let usage = Usage { quote, draft: "paper.md".into() };
    desk.model.commit("verify", "paper.md".into(), vec![Change::create(usage)]);
    desk.keys("end");
    assert!(desk.model.quotes.list.rows[2].marks.used);
    assert!(desk.screen().contains("used in paper.md"), "{}", desk.screen());
}

#[test]
fn the_sample_is_listed_at_once() {
    // A build for tests is about ten times slower than a release.
    let most = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 50 });
    let mut desk = sample();
    let mut least = Duration::MAX;
    for keys in ["g q", "o c", "o t", "o k"] {
        let began = Instant::now();
        desk.keys(keys);
        least = least.min(began.elapsed());
        assert!(desk.model.quotes.list.rows.len() > 2_500, "{}", desk.screen());
    }
    assert!(least < most, "{least:?}");
}

/// The sample study, as `c1` has it.
fn sample() -> Desk {
    let mut parts = Parts::new();
    parts.study = SAMPLE.study.clone();
    parts.me = parts.study.coder_named("c1").unwrap().clone();
    parts.texts = SAMPLE.texts.clone();
    Desk::new(parts)
}

#[test]
fn every_list_marks_alike_what_is_used_and_what_was_coded_by_an_earlier_definition() {
    let mut desk = Desk::new(charted());
    let quote = desk.model.study.quotes().iter().find(|quote| quote.text == "time is really key").unwrap().id;
    let usage = Usage { quote, draft: "paper.md".into() };
    desk.model.commit("verify", "paper.md".into(), vec![Change::create(usage)]);
    desk.keys("g q end");
    assert!(!desk.screen().contains("earlier definition"), "{}", desk.screen());
    desk.keys("g c e ' Ten minutes.' C-s");
    let words = |desk: &Desk| {
        let screen = desk.screen();
        let line = screen.lines().find(|line| line.contains("I43:2 · P088")).unwrap_or_default();
        line.split("P088").nth(1).unwrap_or_default().trim().to_owned()
    };
    desk.keys("ret");
    assert_eq!(words(&desk), "used, earlier definition", "codebook: {}", desk.screen());
    desk.keys("g x f 'P088' ret ret tab");
    assert!(words(&desk).ends_with("used, earlier definition"), "matrix: {}", desk.screen());
    desk.keys("3 ret");
    assert_eq!(words(&desk), "used, earlier definition", "panel: {}", desk.screen());
    desk.keys("g q home");
    let row = desk.model.quotes.list.rows.iter().find(|row| row.id == quote).unwrap();
    assert!(row.marks.used && row.marks.earlier);
    assert!(desk.screen().contains(" u  e I43:2"), "{}", desk.screen());
}

#[test]
fn only_what_is_in_sight_is_laid_out_and_the_choice_always_is() {
    let mut desk = sample();
    desk.keys("3 end ret");
    assert!(desk.model.panels.quotes.open, "{}", desk.screen());
    let list = |desk: &Desk| desk.model.panels.quotes.list.clone();
    assert!(list(&desk).len() > 200, "{}", list(&desk).len());
    let rows = usize::from(desk.model.size.height);
    for key in ["down", "down", "end", "up", "pageup", "pageup", "home", "pagedown", "down"].repeat(3) {
        desk.keys(key);
        let list = list(&desk);
        // A quote takes two lines at least.
        assert!(list.in_sight.len() <= rows / 2, "{} after {key}", list.in_sight.len());
        let laid = list.laid().unwrap();
        assert_eq!(Some(laid.quote), list.quote());
        let screen = desk.screen();
        let line = screen.lines().find(|line| line.starts_with(" >")).unwrap_or_default();
        assert!(line.contains(&laid.place[..laid.place.len().min(40)]), "{key}: {screen}");
    }
}
