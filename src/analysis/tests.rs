//! The counting rules on studies counted by hand.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::placement::Placement;
use super::small::{Small, figures};
use super::*;
use crate::study::*;

/// Two interviews and a focus group of three, of whom Ann was interviewed too. Four people in all.
fn clinic() -> Small {
    let mut small = Small::new();
    small.interview("I1", &["Int: How is it going?", "Ann: I am so tired of the forms.", "Int: Tired?"]);
    small.interview(
        "I2",
        &["Int: And you?", "Ben: No time at all. None. I ask for time.", "Partner: He never has time."],
    );
    small.focus_group(
        "FG1",
        &[
            "Int: What about time?",
            "Cai: We never have time.",
            "Ann: More time would help.",
            "All: Yes, time!",
            "Who: Money too.",
            "Dee: I have time enough.",
        ],
    );
    small
}

#[test]
fn people_are_a_union_and_interviews_stand_apart_from_focus_groups() {
    let mut small = clinic();
    small.mark("c1", "I1", "I am [so tired of the forms].", "Time");
    small.mark("c1", "I2", "[No time at all.] None", "Time");
    small.mark("c1", "FG1", "We [never have time].", "Time");
    small.mark("c1", "FG1", "[More time] would help", "Time");
    let count = small.count("Time");
    // Ann is heard in I1 and in FG1: three people, not four.
    assert_eq!(figures(&count.all), (3, 4, 3, 4, 0, 0));
    assert_eq!(figures(&count.interviews), (2, 2, 2, 2, 0, 0));
    assert_eq!(figures(&count.focus_groups), (2, 3, 1, 2, 0, 0));
    assert_eq!(count.all.of_transcripts, 3);
    assert_eq!(count.of_kind(Kind::FocusGroup).of_transcripts, 1);
}

#[test]
fn a_parent_counts_the_union_of_people_below_it() {
    let mut small = clinic();
    small.parent("Appointments", "Time");
    small.parent("Paperwork", "Time");
    small.mark("c1", "I1", "I am [so tired of the forms].", "Paperwork");
    small.mark("c1", "FG1", "[More time] would help", "Appointments");
    small.mark("c1", "FG1", "[We never have time].", "Appointments");
    assert_eq!(figures(&small.count("Appointments").all), (2, 4, 1, 2, 0, 0));
    assert_eq!(figures(&small.count("Paperwork").all), (1, 4, 1, 1, 0, 0));
    assert_eq!(figures(&small.count("Time").all), (2, 4, 2, 3, 0, 0));
}

#[test]
fn one_code_on_overlapping_spans_counts_once_and_two_codes_twice() {
    let mut small = clinic();
    small.mark("c1", "I2", "[No time at all.] None", "Time");
    small.mark("c1", "I2", "No [time at all. None].", "Time");
    small.mark("c1", "I2", "all. [None. I ask for time].", "Time");
    // Touching is not overlapping.
    small.mark("c1", "FG1", "We [never] have", "Time");
    small.mark("c1", "FG1", "never[ have time].", "Time");
    assert_eq!(figures(&small.count("Time").all), (2, 4, 2, 3, 0, 0));
    small.parent("Workload", "Time");
    small.mark("c1", "I2", "[No time at all.] None", "Workload");
    assert_eq!(figures(&small.count("Time").all), (2, 4, 2, 4, 0, 0));
}

#[test]
fn the_layer_of_another_coder_is_not_counted() {
    let mut small = clinic();
    small.mark("c1", "I1", "I am [so tired] of", "Time");
    small.mark("c2", "I1", "of [the forms].", "Time");
    // Nobody but c2 has coded I2.
    small.mark("c2", "I2", "[No time at all.] None", "Time");
    assert_eq!(figures(&small.count("Time").all), (2, 4, 2, 2, 0, 0));
    let (transcript, coder) =
        (small.study.transcript_named("I1").unwrap().id, small.study.coder_named("c2").unwrap().id);
    small.apply(&[Change::create(LayerOfRecord { transcript, coder })]);
    let panel_of_c2 = small
        .sheets
        .counter(&small.study, &Scope::default())
        .count(small.study.code_named("Time").unwrap().id);
    assert_eq!(figures(&panel_of_c2.all), (2, 4, 2, 2, 0, 0));
    // As soon as the lead codes I2, it is the lead's layer that counts there.
    small.mark("c1", "I2", "[He never has time.]", "Time");
    assert_eq!(figures(&small.count("Time").all), (1, 4, 2, 2, 0, 1));
}

#[test]
fn who_speaks_decides_and_what_is_left_out_is_said() {
    let mut small = clinic();
    small.mark("c1", "FG1", "All: [Yes, time!]", "Time");
    small.mark("c1", "FG1", "Who: [Money too.]", "Time");
    small.mark("c1", "FG1", "Int: [What about time?]", "Time");
    small.mark("c1", "I2", "[He never has time.]", "Time");
    assert_eq!(figures(&small.count("Time").all), (0, 4, 2, 4, 2, 2));
    // Overlapping with a passage of a person, it is one coding, and that person's.
    small.mark("c1", "FG1", "[help.\n\nAll: Yes], time!", "Time");
    assert_eq!(figures(&small.count("Time").all), (1, 4, 2, 4, 1, 2));
    // Nobody knows who it is until the turn is given to somebody.
    let (transcript, turn) = (small.study.transcript_named("FG1").unwrap().id, TurnNumber::whole(5));
    let voice = Voice::Participant(small.person("Dee"));
    small.apply(&[Change::create(TurnVoice { transcript, turn, voice })]);
    assert_eq!(figures(&small.count("Time").all), (2, 4, 2, 4, 0, 2));
}

#[test]
fn a_quote_over_two_turns_counts_for_both_speakers_by_a_word_each() {
    let mut small = clinic();
    small.mark("c1", "FG1", "never have [time.\n\nAnn: More] time", "Both");
    small.mark("c1", "FG1", "never have time[.\n\nAnn: More] time", "Second");
    small.mark("c1", "FG1", "never have [time.\n\nAnn]: More time", "First");
    small.mark("c1", "I1", "forms[.\n\nInt: Tired]?", "Nobody");
    assert_eq!(small.count("Both").all.people, 2);
    let only = |name: &str, small: &mut Small| {
        let people = Some(BTreeSet::from([small.person(name)]));
        Scope { people, ..Scope::default() }
    };
    let (cai, ann) = (only("Cai", &mut small), only("Ann", &mut small));
    assert_eq!(figures(&small.count_in("Second", &ann).all), (1, 1, 1, 1, 0, 0));
    assert_eq!(figures(&small.count_in("Second", &cai).all), (0, 1, 0, 0, 0, 0));
    assert_eq!(figures(&small.count_in("First", &cai).all), (1, 1, 1, 1, 0, 0));
    assert_eq!(figures(&small.count("Nobody").all), (0, 4, 1, 1, 0, 1));
}

#[test]
fn a_scope_narrows_what_is_counted_and_the_denominator() {
    let mut small = clinic();
    small.mark("c1", "I1", "I am [so tired] of", "Time");
    small.mark("c1", "FG1", "[More time] would", "Time");
    small.mark("c1", "FG1", "All: [Yes, time!]", "Time");
    let groups = Scope { kind: Some(Kind::FocusGroup), ..Scope::default() };
    assert_eq!(figures(&small.count_in("Time", &groups).all), (1, 3, 1, 2, 1, 0));
    let one = small.study.transcript_named("I1").unwrap().id;
    let one = Scope { transcripts: Some(BTreeSet::from([one])), ..Scope::default() };
    assert_eq!(figures(&small.count_in("Time", &one).all), (1, 1, 1, 1, 0, 0));
    // Chosen people leave no room for codings without a person.
    let ann = Scope { people: Some(BTreeSet::from([small.person("Ann")])), ..Scope::default() };
    assert_eq!(figures(&small.count_in("Time", &ann).all), (1, 1, 2, 2, 0, 0));
}

#[test]
fn effective_valence_puts_codings_on_their_sides() {
    let mut small = clinic();
    small.mark_as("c1", "I1", "I am [so tired] of", "Time", Some(Valence::Both));
    small.mark_as("c1", "I2", "[No time at all.] None", "Time", Some(Valence::Barrier));
    small.mark("c1", "FG1", "Dee: [I have time enough.]", "Time");
    let time = BTreeSet::from([small.code("Time")]);
    let scope = Scope::default();
    let split = small.sheets.counter(&small.study, &scope).split(&time);
    assert_eq!(figures(&split.barrier.count.all), (2, 4, 2, 2, 0, 0));
    assert_eq!(figures(&split.facilitator.count.all), (1, 4, 1, 1, 0, 0));
    assert_eq!(figures(&split.unsided.count.all), (1, 4, 1, 1, 0, 0));
    assert_eq!(figures(&small.count("Time").all), (3, 4, 3, 3, 0, 0));
}

#[test]
fn the_side_of_a_code_decides_for_its_codings_wherever_a_theme_lists_it() {
    let mut small = clinic();
    small.side("Paperwork", Side::Barrier);
    small.mark("c1", "I1", "I am [so tired of the forms].", "Paperwork");
    // Listed on the wrong hand of the theme: the side of the code is what counts.
    let theme = small.theme("Forms", &[], &["Paperwork"]);
    small.classify(Classified::Theme(theme), "opportunity.physical");
    let panel = small.panel("opportunity.physical");
    let row = small.row(&panel, "Forms");
    assert_eq!(row.split.barrier.count.all.codings, 1);
    assert_eq!(row.split.facilitator.count.all.codings, 0);
    // The side of a code may change later, and the counts with it.
    small.change_code("Paperwork", |code| code.side = Some(Side::Facilitator));
    let panel = small.panel("opportunity.physical");
    assert_eq!(small.row(&panel, "Forms").split.facilitator.count.all.codings, 1);
}

/// `clinic` with groups, a theme of two codes, and codes by themselves, all under physical opportunity.
fn panelled() -> Small {
    let mut small = clinic();
    small.study.settings.compare = Some("Group".into());
    for (person, group) in [("Ann", "public"), ("Ben", "clinician"), ("Cai", "Public"), ("Dee", "missing")] {
        small.group(person, group);
    }
    small.side("Too little time", Side::Barrier);
    small.side("More time", Side::Facilitator);
    let theme = small.theme("Time", &["Too little time"], &["More time"]);
    small.classify(Classified::Theme(theme), "opportunity.physical");
    small.mark("c1", "I2", "[No time at all.] None", "Too little time");
    small.mark("c1", "FG1", "[We never have time.]", "Too little time");
    small.mark("c1", "FG1", "[Yes, time!]", "Too little time");
    small.mark("c1", "FG1", "[More time would help.]", "More time");
    small.classify_code("Money", "opportunity.physical");
    small.mark("c1", "FG1", "Who: [Money too.]", "Money");
    small
}

#[test]
fn a_panel_sets_barriers_beside_facilitators_and_groups_side_by_side() {
    let mut small = panelled();
    let panel = small.panel("opportunity.physical");
    let headings: Vec<_> = panel.columns.columns.iter().map(|c| (c.group.label(), c.base.all.of)).collect();
    assert_eq!(headings, [("public", 2), ("clinician", 1), ("missing", 1)]);
    assert_eq!(panel.rows.iter().map(|row| small.name(row)).collect::<Vec<_>>(), ["Time", "Money"]);
    let time = &panel.rows[0];
    assert_eq!(figures(&time.split.barrier.count.all), (2, 4, 2, 3, 1, 0));
    assert_eq!(figures(&time.split.facilitator.count.all), (1, 4, 1, 1, 0, 0));
    let by_group: Vec<_> = time.split.barrier.columns.iter().map(|count| figures(&count.all)).collect();
    assert_eq!(by_group, [(1, 2, 1, 1, 0, 0), (1, 1, 1, 1, 0, 0), (0, 1, 0, 0, 0, 0)]);
    assert_eq!(time.parts.barrier.iter().map(|part| part.count.all.codings).collect::<Vec<_>>(), [3]);
    let money = small.row(&panel, "Money");
    assert_eq!(figures(&money.split.unsided.count.all), (0, 4, 1, 1, 1, 0));
    assert_eq!(figures(&panel.total.barrier.count.all), (2, 4, 2, 3, 1, 0));
}

#[test]
fn the_quotes_behind_a_count_come_starred_first_then_in_order_of_the_study() {
    let mut small = panelled();
    let starred = small.quote("c1", "I2", "[No time at all.] None");
    let panel = small.panel("opportunity.physical");
    let row = &panel.rows[0];
    let barrier = Some(Side::Barrier);
    assert_eq!(
        small.texts(row.quotes(barrier, None)),
        ["We never have time.", "Yes, time!", "No time at all."]
    );
    let public = &panel.columns.columns[0];
    assert_eq!(small.texts(row.quotes(barrier, Some(public))), ["We never have time."]);
    small.star(starred);
    let panel = small.panel("opportunity.physical");
    assert_eq!(small.texts(panel.rows[0].quotes(barrier, None))[0], "No time at all.");
}

#[test]
fn a_quote_of_two_groups_is_in_both_columns_and_an_ambivalent_one_on_both_sides() {
    let mut small = panelled();
    small.group("Eve", "clinician");
    small.focus_group("FG2", &["Ann: Time is short.", "Eve: But we make time."]);
    small.mark_as("c1", "FG2", "[Time is short.\n\nEve: But we make time.]", "Juggling", Some(Valence::Both));
    small.classify_code("Juggling", "opportunity.physical");
    let panel = small.panel("opportunity.physical");
    let row = small.row(&panel, "Juggling");
    for side in [Side::Barrier, Side::Facilitator] {
        let split = row.split.of(Some(side));
        assert_eq!(figures(&split.count.all), (2, 5, 1, 1, 0, 0));
        let columns: Vec<_> =
            split.columns.iter().map(|count| (count.all.people, count.all.codings)).collect();
        assert_eq!(columns, [(1, 1), (1, 1), (0, 0)]);
    }
    assert_eq!(row.quotes.barrier.len(), 1);
}

#[test]
fn codes_below_others_are_rows_of_the_panel_their_classification_names() {
    let mut small = clinic();
    for (child, parent) in [("Appointments", "Time"), ("Rushed", "Appointments"), ("Calm", "Time")] {
        small.parent(child, parent);
    }
    small.classify_code("Time", "opportunity.physical");
    small.classify_code("Rushed", "motivation.automatic");
    small.theme("Pace", &["Calm"], &[]);
    small.change_code("Appointments", |code| code.state = CodeState::Retired);
    small.mark("c1", "I1", "I am [so tired] of", "Rushed");
    small.mark("c1", "I2", "[No time at all.] None", "Calm");
    let rows = |small: &mut Small, component: &str| {
        let panel = small.panel(component);
        let row = |row: &PanelRow| {
            let depth = match row.of {
                RowOf::Theme(_) | RowOf::Total => 0,
                RowOf::Code { depth, .. } => depth,
            };
            (depth, small.name(row).to_owned(), row.split.unsided.count.all.codings)
        };
        panel.rows.iter().map(row).collect::<Vec<_>>()
    };
    // The theme borrows the component of its code, whose codings count in both rows; the retired code has none.
    assert_eq!(rows(&mut small, "opportunity.physical"), [(0, "Pace".into(), 1), (0, "Time".into(), 1)]);
    assert_eq!(rows(&mut small, "motivation.automatic"), [(0, "Rushed".into(), 1)]);
    small.mark("c1", "FG1", "We [never have time].", "Appointments");
    assert_eq!(
        rows(&mut small, "opportunity.physical"),
        [(0, "Pace".into(), 1), (0, "Time".into(), 2), (1, "Appointments".into(), 1)]
    );
    assert_eq!(small.panel("opportunity.physical").total.unsided.count.all.codings, 2);
}

#[test]
fn a_panel_holds_the_codes_that_stand_under_its_component_and_no_others() {
    let mut small = clinic();
    // Queues is below Time in the codebook; Pace names both Queues and Rushed, of which nothing is said.
    small.parent("Queues", "Time");
    small.classify_code("Time", "opportunity.physical");
    let pace = small.theme("Pace", &["Queues", "Rushed"], &[]);
    small.classify(Classified::Theme(pace), "motivation.automatic");
    small.parent("Hurry", "Rushed");
    small.mark("c1", "I1", "I am [so tired] of", "Queues");
    small.mark("c1", "I2", "[No time at all.] None", "Rushed");
    small.mark("c1", "FG1", "We [never have time].", "Hurry");
    let mut seen = Vec::new();
    for component in ["opportunity.physical", "motivation.automatic"] {
        let panel = small.panel(component);
        let rows =
            panel.rows.iter().map(|row| (small.name(row).to_owned(), row.split.unsided.count.all.codings));
        seen.push((rows.collect::<Vec<_>>(), panel.total.unsided.count.all.codings));
        // What the panel counts is what a filter on the component finds.
        for code in small.study.codes().iter() {
            let under = small.study.component_of(code.id, "com-b").map(|found| found.id.as_str());
            let is_in = Placement::of(&small.study).codes_in(&panel.of).contains(&code.id);
            assert_eq!(is_in, under == Some(component), "{} in {component}", code.name);
        }
    }
    // The theme counts all its codes; Queues counts where its parent puts it, and is a row there, below Time.
    let (physical, automatic) = (&seen[0], &seen[1]);
    assert_eq!(*physical, (vec![("Time".into(), 1), ("Queues".into(), 1)], 1));
    assert_eq!(*automatic, (vec![("Pace".into(), 3)], 2));
}

#[test]
fn the_overview_has_every_component_and_what_is_not_classified() {
    let mut small = panelled();
    small.mark("c1", "I1", "I am [so tired] of", "Loose");
    let scope = Scope::default();
    let overview = Overview::of(&small.sheets.counter(&small.study, &scope));
    assert_eq!(overview.rows.len(), 7);
    let physical = &overview.rows[2];
    assert_eq!(physical.component.as_ref().unwrap().abbreviation, "O-Ph");
    assert_eq!((physical.themes, physical.codes), (1, 3));
    assert_eq!(figures(&physical.split.barrier.count.all), (2, 4, 2, 3, 1, 0));
    let loose = &overview.rows[6];
    assert_eq!((&loose.of, loose.codes), (&PanelOf::Unclassified, 1));
    assert_eq!(figures(&loose.split.unsided.count.all), (1, 4, 1, 1, 0, 0));
    assert_eq!(overview.total.all.codings, 6);
}

#[test]
fn coverage_counts_each_coded_word_of_participants_once() {
    let mut small = clinic();
    let coverage = |small: &mut Small, name: &str| {
        let id = small.study.transcript_named(name).unwrap().id;
        small.sheets.coverage(&small.study, id).unwrap().clone()
    };
    assert_eq!(coverage(&mut small, "FG1").words, 12);
    assert_eq!(coverage(&mut small, "FG1").percent(Coded::default()), Some(0));
    small.mark("c1", "FG1", "We [never have] time", "Time");
    small.mark("c1", "FG1", "We never [have time].", "Time");
    small.mark("c1", "FG1", "We never [have time].", "Workload");
    // Over Ann's last word, everybody's, and up to Dee's first two: of these only Ann's and Dee's count.
    small.mark(
        "c1",
        "FG1",
        "[help.\n\nAll: Yes, time!\n\nWho: Money too.\n\nDee: I have] time enough",
        "Time",
    );
    small.quote("c1", "FG1", "[More time] would");
    small.mark("c2", "FG1", "[More time would help.]", "Time");
    let (c1, c2) = (small.study.coder_named("c1").unwrap().id, small.study.coder_named("c2").unwrap().id);
    let found = coverage(&mut small, "FG1");
    assert_eq!(found.by(c1), Coded { words: 6, quotes: 4, codings: 4 });
    assert_eq!(found.by(c2), Coded { words: 4, quotes: 1, codings: 1 });
    assert_eq!(found.percent(found.by(c1)), Some(50));
}

#[test]
fn sheets_follow_changes_and_their_reversal() {
    let mut small = clinic();
    small.mark("c1", "I1", "I am [so tired] of", "Time");
    let before = small.count("Time");
    let version = small.sheets.version();
    let quote = small.study.quotes_in(small.study.transcript_named("I1").unwrap().id).next().unwrap().clone();
    let coding = small.study.codings_on(quote.id).next().unwrap().clone();
    let gone = [Change::delete(coding), Change::delete(quote)];
    small.apply(&gone);
    assert_eq!(figures(&small.count("Time").all), (0, 4, 0, 0, 0, 0));
    small.study.revert(&gone);
    small.sheets.note(&small.study, &gone);
    assert_eq!(small.count("Time"), before);
    assert!(small.sheets.version() > version);
}

proptest! {
    /// Whatever happens to the study, sheets kept in step count what fresh ones do.
    #[test]
    fn sheets_kept_in_step_count_like_fresh_ones(steps in prop::collection::vec((0usize..8, 0usize..4, 0usize..2), 1..12)) {
        let mut small = clinic();
        let scope = Scope::default();
        let passages =
            [("I1", "I am [so tired] of"), ("I2", "[No time at all.] None"), ("FG1", "[Yes, time!]"), ("FG1", "Dee: [I have time] enough")];
        for (kind, passage, coder) in steps {
            let (name, passage) = passages[passage];
            let coder = ["c1", "c2"][coder];
            let transcript = small.study.transcript_named(name).unwrap().id;
            match kind {
                0..4 => {
                    let quote = small.quote(coder, name, passage);
                    if small.study.codings_on(quote).next().is_none() {
                        small.mark(coder, name, passage, "Time");
                    }
                }
                4 => {
                    let quote = small.quote(coder, name, passage);
                    let codings: Vec<_> = small.study.codings_on(quote).cloned().map(Change::delete).collect();
                    let quote = small.study.quotes().get(&quote).unwrap().clone();
                    let gone: Vec<_> = codings.into_iter().chain([Change::delete(quote)]).collect();
                    small.apply(&gone);
                }
                5 => {
                    let (turn, voice) = (TurnNumber::whole(4), Voice::Participant(small.person("Ann")));
                    let held = small.study.turn_voices().get(&(transcript, turn)).cloned();
                    small.apply(&[match held {
                        Some(held) => Change::delete(held),
                        None => Change::create(TurnVoice { transcript, turn, voice }),
                    }]);
                }
                6 => {
                    let coder = small.study.coder_named(coder).unwrap().id;
                    let held = small.study.layers_of_record().get(&transcript).cloned();
                    small.apply(&[match held {
                        Some(held) => Change::delete(held),
                        None => Change::create(LayerOfRecord { transcript, coder }),
                    }]);
                }
                _ => {
                    let lead = small.study.coder_named("c1").unwrap().clone();
                    let renamed = Coder { name: "elsewhere".into(), ..lead.clone() };
                    small.apply(&[Change::update(lead.clone(), renamed.clone())]);
                    small.count("Time");
                    small.apply(&[Change::update(renamed, lead)]);
                }
            }
            let kept = small.count("Time");
            let time = small.code("Time");
            prop_assert_eq!(kept, Sheets::default().counter(&small.study, &scope).count(time));
        }
    }
}

#[test]
fn bands_are_compared_by_their_number_and_other_groups_as_they_came() {
    let mut small = Small::new();
    small.interview("I1", &["Ann: one two.", "Ben: three.", "Cai: four."]);
    for (person, band) in [("Ann", "75+"), ("Ben", "18-25"), ("Cai", "26-35")] {
        small.value(person, "age_band", band);
    }
    let scope = Scope::default();
    let counter = small.sheets.counter_by(&small.study, &scope, Some("age_band"));
    let labels: Vec<&str> = counter.columns().columns.iter().map(|column| column.group.label()).collect();
    assert_eq!(labels, ["18-25", "26-35", "75+"]);
}
