//! A coauthor's review by keys: agree, ask, propose, and the history of a classification beside it.

use combe::app::Msg;
use combe::study::{Classified, Decision};

use crate::screen::{Desk, Parts};

/// The usual study with one theme, on the queue, at its first code.
fn queue() -> Desk {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g c t n 'Time for people' ret left");
    desk.keys("R");
    desk
}

fn decisions(desk: &Desk, name: &str) -> Vec<(Decision, String, Option<String>)> {
    let of = Classified::Code(desk.model.study.code_named(name).unwrap().id);
    let said = desk.model.study.reviews_of(of);
    said.map(|review| {
        let component = review.component.as_ref().map(|(_, component)| component.clone());
        (review.decision, review.comment.clone(), component)
    })
    .collect()
}

fn chosen(desk: &Desk) -> &str {
    &desk.model.codebook.reviews[desk.model.codebook.list.chosen].name
}

#[test]
fn the_queue_holds_themes_and_codes_and_begins_where_one_was() {
    let desk = queue();
    let names: Vec<&str> = desk.model.codebook.reviews.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names[0], "Time for people", "themes come first");
    assert!(names.contains(&"Appointment time") && names.contains(&"Workload"));
    assert_eq!(chosen(&desk), "Appointment time");
}

#[test]
fn each_decision_is_kept_and_goes_on_to_the_next_row() {
    let mut desk = queue();
    desk.keys("a");
    assert_eq!(desk.said(), "“Appointment time”: agree.");
    assert_eq!(decisions(&desk, "Appointment time"), [(Decision::Agree, String::new(), None)]);
    let second = chosen(&desk).to_owned();
    assert_ne!(second, "Appointment time");
    desk.keys("t 'Is this time or money?' ret");
    assert_eq!(decisions(&desk, &second), [(Decision::Question, "Is this time or money?".into(), None)]);
    // Deciding again adds to what was said; the last word holds.
    desk.keys("home down p 'social' ret 'It is about people' ret");
    let held = decisions(&desk, "Appointment time");
    assert_eq!(held.len(), 2);
    assert_eq!(held[1], (Decision::Propose, "It is about people".into(), Some("opportunity.social".into())));
    let of = Classified::Code(desk.model.study.code_named("Appointment time").unwrap().id);
    assert_eq!(desk.model.study.standing_reviews(of).len(), 1);
}

#[test]
fn a_proposal_of_something_else_needs_words() {
    let mut desk = queue();
    desk.keys("p 'something' ret ret");
    assert_eq!(desk.said(), "A proposal needs words: what should be otherwise?");
    assert!(decisions(&desk, "Appointment time").is_empty());
    desk.keys("'Split it in two' ret");
    assert_eq!(decisions(&desk, "Appointment time"), [(Decision::Propose, "Split it in two".into(), None)]);
}

#[test]
fn a_decision_is_one_action_that_undo_takes_back() {
    let mut desk = queue();
    desk.keys("a");
    assert_eq!(desk.committed.last().unwrap().command, "review");
    desk.keys("u");
    assert!(decisions(&desk, "Appointment time").is_empty(), "{}", desk.said());
    desk.keys("U");
    assert_eq!(decisions(&desk, "Appointment time").len(), 1);
}

#[test]
fn what_is_undecided_is_found_and_its_quotes_are_a_key_away() {
    let mut desk = queue();
    desk.keys("a");
    let second = chosen(&desk).to_owned();
    desk.keys("home n");
    assert_eq!(chosen(&desk), second, "the decided one is passed over");
    desk.keys("N");
    assert_eq!(chosen(&desk), "Time for people");
    desk.keys("N");
    assert_eq!(desk.said(), "You have decided on every row before this one.");
    desk.keys("ret");
    assert_eq!(desk.model.codebook.page, combe::app::codebook::Page::Themes);
    desk.keys("R esc");
    assert_eq!(
        desk.model.codebook.page,
        combe::app::codebook::Page::Themes,
        "Esc goes where it was opened from"
    );
}

#[test]
fn how_a_code_was_classified_is_told_with_who_and_why() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g c w 'the coauthors disagreed' ret c 4");
    desk.keys("R");
    let row = &desk.model.codebook.reviews[desk.model.codebook.list.chosen];
    let told = row.lines.join(" ");
    assert!(told.contains("classified: under Social opportunity"), "{told}");
    assert!(told.contains("by c1, because: the coauthors disagreed"), "{told}");
}

/// In a window of which what is told of one row takes more than all.
#[test]
fn what_is_told_of_a_row_is_read_to_its_end_and_starts_anew_on_the_next() {
    let mut desk = Desk::sized(Parts::small(), 80, 12);
    desk.keys("g c R");
    let of = chosen(&desk).to_owned();
    for point in 'a'..='l' {
        desk.keys(&format!("home t 'point {point}' ret home"));
    }
    assert_eq!((chosen(&desk), decisions(&desk, &of).len()), (of.as_str(), 12));
    let told = desk.model.codebook.reviews[desk.model.codebook.list.chosen].lines.clone();
    let (first, last) = (told.first().unwrap(), told.last().unwrap());
    assert!(
        told.len() > 12 && desk.screen().contains(first) && !desk.screen().contains(last),
        "{}",
        desk.screen()
    );
    assert!(desk.screen().contains("read on"), "{}", desk.screen());
    desk.keys("C-d C-d C-d C-d");
    assert!(desk.screen().contains(last) && !desk.screen().contains(first), "{}", desk.screen());
    desk.keys("down up");
    desk.keys("C-u C-u C-u C-u");
    assert!(desk.screen().contains(first), "{}", desk.screen());
}

#[test]
fn what_was_moved_after_a_decision_is_open_again_and_says_on_what_it_was_decided() {
    let mut desk = queue();
    let row = |desk: &Desk| {
        desk.model.codebook.reviews.iter().find(|row| row.name == "Appointment time").unwrap().clone()
    };
    let component = desk.model.study.reviewed_component(row(&desk).of).to_owned();
    assert_ne!(component, "Social opportunity");
    desk.keys("a");
    assert_eq!(row(&desk).own, Some(Decision::Agree));
    desk.keys("home down esc c 4 R");
    assert_eq!(chosen(&desk), "Appointment time");
    assert_eq!(row(&desk).own, None, "it is to be decided again");
    assert_eq!(row(&desk).others, "c1 agreed to O-Ph, since moved");
    assert!(desk.screen().contains("O-So · c1 agreed to O-Ph, since moved"), "{}", desk.screen());
    let told = row(&desk).lines;
    let said = format!("review: c1 agreed to {component}, before it was moved");
    assert!(told.join(" ").contains(&said), "{told:?}");
    let place = |what: &str| told.iter().position(|line| line.contains(what)).unwrap();
    assert!(place("classified: under Social opportunity") < place("review: c1 agreed to"), "{told:?}");
    // Deciding again holds, and so does the first decision once the move is taken back.
    desk.keys("a");
    assert_eq!((row(&desk).own, row(&desk).others.as_str()), (Some(Decision::Agree), ""));
    desk.keys("u u");
    assert_eq!(desk.model.study.reviewed_component(row(&desk).of), component);
    desk.keys("esc R");
    assert_eq!(row(&desk).own, Some(Decision::Agree));
}

#[test]
fn a_code_that_goes_takes_its_reviews_along_and_a_merged_one_hands_them_on() {
    let mut desk = queue();
    desk.keys("a esc");
    desk.keys("M 'workload' ret y");
    assert_eq!(decisions(&desk, "Workload").len(), 1, "{}\n{}", desk.said(), desk.screen());
    desk.keys("u");
    assert_eq!(decisions(&desk, "Appointment time").len(), 1);
    desk.keys("home x x");
    assert!(desk.model.study.code_named("Appointment time").is_none(), "{}\n{}", desk.said(), desk.screen());
    assert_eq!(desk.model.study.reviews().len(), 0);
    desk.keys("u");
    assert_eq!(decisions(&desk, "Appointment time").len(), 1);
}

#[test]
fn the_queue_in_three_sizes() {
    let mut desk = queue();
    desk.keys("p 'something' ret 'Split it in two, time in the room and time to get there' ret k");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("reviews_{width}x{height}"), desk.picture());
    }
}
