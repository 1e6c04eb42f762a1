//! Two coders on one study: what each sees of the other, blind coding, the layer of record, and collisions.

use combe::app::{Effect, Loaded, Msg, Place, Screen, Setting};
use combe::store::Logged;
use combe::study::{
    Action, Attribute, AttributeOf, Case, Change, Code, CodeId, Coder, Memo, MemoKind, MemoOn, Record,
    Source, Study, Summary, SummaryState, Theme, Topic, TranscriptId, fresh,
};

use crate::fixture::action;
use crate::screen::{Desk, Parts};
use crate::screen_read::target;

/// Two programs on one study, each with a store that acknowledges everything at once; what one commits reaches the other
/// when a test says so.
struct Pair {
    /// The lead.
    c1: Desk,
    c2: Desk,
    told: [usize; 2],
}

impl Pair {
    /// Both read I43 at 80x24.
    fn new() -> Pair {
        Pair::of(Parts::small())
    }

    fn of(mut parts: Parts) -> Pair {
        let second = Coder { id: fresh(&*parts.source), name: "c2".into() };
        parts.study.apply(&[Change::create(second.clone())]).unwrap();
        let open = |me: Coder| {
            let setting = Setting { me, ..parts.setting(80, 24) };
            let mut desk = Desk::begin(setting, Study::default(), &parts, &Place::default());
            desk.load(parts.study.clone());
            desk.keys(": 'open_transcript I43' ret");
            desk
        };
        Pair { c1: open(parts.me.clone()), c2: open(second), told: [0, 0] }
    }

    /// What each did since reaches the other.
    fn meet(&mut self) {
        let news = |desk: &Desk, told: usize| -> Vec<Logged> {
            let fresh = desk.committed.iter().skip(told).cloned();
            fresh.map(|action| Logged { seq: 9, action, turns: vec![] }).collect()
        };
        let (first, second) = (news(&self.c1, self.told[0]), news(&self.c2, self.told[1]));
        self.told = [self.c1.committed.len(), self.c2.committed.len()];
        if !first.is_empty() {
            self.c2.send(Msg::Others(first));
        }
        if !second.is_empty() {
            self.c1.send(Msg::Others(second));
        }
    }

    /// c2 codes I43 blind, by a key of its own.
    fn blind() -> Pair {
        let mut pair = Pair::new();
        pair.c2.keys("C b");
        pair.meet();
        pair
    }

    /// c1 codes turns 2 and 4, with a star, a draft code and memos.
    fn first_coder_works(&mut self) {
        self.c1.keys("g g J c 'work' ret s m 'c1 thinks this is load' C-s J J c 'Kept to herself' ret");
        self.meet();
    }
}

fn last_line_but_one(desk: &Desk) -> String {
    desk.screen().lines().rev().nth(1).unwrap_or_default().trim().to_owned()
}

/// A message with what somebody did.
fn others(actions: Vec<Action>) -> Msg {
    Msg::Others(actions.into_iter().map(|action| Logged { seq: 9, action, turns: vec![] }).collect())
}

fn i43(desk: &Desk) -> TranscriptId {
    desk.model.study.transcript_named("I43").unwrap().id
}

fn code(desk: &Desk, name: &str) -> CodeId {
    desk.model.study.code_named(name).unwrap().id
}

// What the other does.

#[test]
fn two_who_define_a_code_at_once_both_keep_what_they_wrote() {
    let mut pair = Pair::new();
    let held = |desk: &Desk| desk.model.study.code_named("Appointment time").unwrap().clone();
    let before = held(&pair.c1).definition;
    let open = "g c e";
    pair.c1.keys(open);
    pair.c2.keys(open);
    pair.c1.keys("' Or too much' C-s");
    pair.meet();
    assert!(pair.c2.screen().contains("Or too much"), "nobody typed there:\n{}", pair.c2.screen());
    pair.c2.keys("down down down 'I never stop' C-s");
    pair.meet();
    for desk in [&pair.c1, &pair.c2] {
        let held = held(desk);
        assert_eq!(
            (held.definition.as_str(), held.example.as_str()),
            (format!("{before} Or too much").as_str(), "I never stop")
        );
    }
    // The same field: nothing is put in its place unseen.
    pair.c1.keys("e '?'");
    pair.c2.keys("e '!' C-s");
    pair.meet();
    pair.c1.keys("C-s");
    let said = "Somebody else changed definition meanwhile; nothing is saved yet. Ctrl-S again puts yours in its place.";
    assert_eq!(pair.c1.said(), said);
    assert_eq!(held(&pair.c1).definition, format!("{before} Or too much!"));
    pair.c1.keys("C-s");
    assert_eq!(held(&pair.c1).definition, format!("{before} Or too much?"));
}

#[test]
fn whoever_deletes_a_code_learns_that_others_coded_with_it() {
    let mut pair = Pair::new();
    pair.c1.keys("g g J c 'work' ret");
    pair.meet();
    pair.c2.keys("g c down");
    pair.c2.keys("x x");
    let said = pair.c2.said();
    assert!(said.contains("With it went 1 coding on 1 quote in all layers, 1 of them of others."), "{said}");
}

#[test]
fn what_a_colleague_does_is_said_with_who_did_it_and_moves_nothing() {
    let mut pair = Pair::new();
    pair.c2.keys("g g J t right");
    let (before, words) = (pair.c2.screen(), target(&pair.c2));
    pair.c1.keys("g g J c 'work' ret");
    pair.meet();
    assert_eq!(last_line_but_one(&pair.c2), "c1 coded I43:2 “Workload”");
    assert_eq!(target(&pair.c2), words);
    let body = |screen: &str| screen.lines().take(22).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(body(&pair.c2.screen()), body(&before), "neither cursor nor scroll nor margin moved");
    pair.c2.keys("right");
    assert!(!pair.c2.screen().contains("c1 coded"), "the next key takes it away");
    pair.c1.keys("J J . x c u");
    pair.meet();
    assert_eq!(
        last_line_but_one(&pair.c2),
        "c1: 3 steps, the last one took back I43:4 “Workload” taken away"
    );
}

#[test]
fn news_never_stand_over_an_answer_and_are_not_lost_behind_it() {
    let mut pair = Pair::new();
    pair.c2.keys("g g J c 'writ' ret");
    pair.c1.keys("g g J c 'work' ret");
    pair.meet();
    assert_eq!(last_line_but_one(&pair.c2), "I43:2: Writing things down");
    pair.c2.keys("s");
    assert_eq!(last_line_but_one(&pair.c2), "I43:2: starred");
    pair.c2.keys("right");
    assert_eq!(last_line_but_one(&pair.c2), "c1 coded I43:2 “Workload”");
    pair.c2.keys("right");
    assert!(!pair.c2.screen().contains("c1 coded"));
    // One's own steps in another terminal are no news.
    let elsewhere = action(
        &pair.c2.source,
        pair.c2.me(),
        "new_code",
        vec![Change::create(Code::new(fresh(&*pair.c2.source), "Elsewhere"))],
    );
    pair.c2.send(others(vec![elsewhere]));
    assert_eq!(pair.c2.model.news(), None);
}

#[test]
fn the_list_of_transcripts_and_the_panels_keep_their_choice() {
    let mut pair = Pair::new();
    pair.c2.keys("g t down");
    let chosen = pair.c2.model.transcripts.list.row().unwrap().id;
    pair.first_coder_works();
    assert_eq!(pair.c2.model.transcripts.list.row().unwrap().id, chosen);
    pair.c2.keys("3 down");
    let row = |desk: &Desk| desk.model.panels.chosen_row().map(|row| row.of);
    let before = row(&pair.c2);
    // A theme comes above everything.
    let theme = Theme {
        id: fresh(&*pair.c1.source),
        name: "Time".into(),
        position: 0,
        barriers: vec![code(&pair.c1, "Appointment time")],
        facilitators: vec![],
        note: String::new(),
    };
    let step = action(&pair.c1.source, pair.c1.me(), "new_theme", vec![Change::create(theme)]);
    pair.c2.send(others(vec![step]));
    assert_eq!(row(&pair.c2), before, "{}", pair.c2.screen());
}

// Layers of others.

#[test]
fn layers_of_others_are_hidden_until_a_key_dims_or_shows_them() {
    let mut pair = Pair::new();
    pair.first_coder_works();
    pair.c2.keys("g g J c 'writ' ret");
    assert!(!pair.c2.screen().contains("c1·"), "{}", pair.c2.screen());
    pair.c2.keys("B");
    assert_eq!(pair.c2.said(), "What others coded is dimmed.");
    insta::assert_snapshot!("others_dimmed_80x24", pair.c2.picture());
    pair.c2.keys("B");
    assert!(pair.c2.screen().contains("others shown"));
    pair.c2.send(Msg::Resize(40, 12));
    insta::assert_snapshot!("others_shown_40x12", pair.c2.screen());
    pair.c2.send(Msg::Resize(200, 60));
    insta::assert_snapshot!("others_shown_200x60", pair.c2.screen());
    pair.c2.keys("B");
    assert!(!pair.c2.screen().contains("c1·"));
}

#[test]
fn showing_others_moves_no_stripe_of_ones_own() {
    let mut pair = Pair::new();
    pair.c2.keys("g g J c 'writ' ret t c 'tim' ret w");
    let own = |desk: &Desk| -> Vec<(usize, usize)> {
        let open = desk.model.read.open.as_ref().unwrap();
        let stripes = combe::app::read::Stripes::of(&desk.model, open).stripes;
        stripes.iter().filter(|s| s.coder == desk.me()).map(|s| (s.lane, s.name_row)).collect()
    };
    let before = own(&pair.c2);
    pair.first_coder_works();
    pair.c2.keys("B B");
    assert_eq!(own(&pair.c2), before);
}

#[test]
fn the_list_of_everything_here_names_the_others() {
    let mut pair = Pair::new();
    pair.first_coder_works();
    pair.c2.keys("g g J e");
    assert_eq!(pair.c2.said(), "There is nothing of yours here.");
    pair.c2.keys("B e");
    let screen = pair.c2.screen();
    for line in
        ["Workload (barrier)", "c1: “I think time", "29 words, I43:2", "star", "memo: c1 thinks this is load"]
    {
        assert!(screen.contains(line), "{line} in\n{screen}");
    }
    pair.c2.keys("ret x c");
    assert_eq!(pair.c2.said(), "There is no coding of yours here.", "what others coded is theirs");
}

// Coders.

#[test]
fn the_coders_are_listed_with_what_each_did() {
    let mut pair = Pair::new();
    pair.first_coder_works();
    pair.c2.keys(": 'coders' ret");
    insta::assert_snapshot!("coders_80x24", pair.c2.screen());
    pair.c2.keys("esc").send(Msg::Resize(40, 12));
    pair.c2.keys("g i");
    insta::assert_snapshot!("coders_40x12", pair.c2.screen());
    pair.c2.send(Msg::Resize(80, 24));
    pair.c2.keys("'c1' ret");
    assert!(target(&pair.c2).starts_with("They know."), "{}", pair.c2.said());
    assert_eq!(pair.c2.said(), "Here c1 worked last; B shows what others coded.");
}

// The layer of record.

#[test]
fn the_layer_of_record_is_changed_in_one_action_that_can_be_undone() {
    let mut pair = Pair::new();
    pair.first_coder_works();
    pair.c2.keys("g g J J J c 'writ' ret C r");
    assert!(pair.c2.screen().contains("of record now"), "{}", pair.c2.screen());
    pair.c2.keys("'c2' ret");
    assert_eq!(pair.c2.said(), "I43: the layer of record is that of c2; that is what is counted now.");
    assert!(pair.c2.screen().lines().nth(1).unwrap().contains("record c2"), "{}", pair.c2.screen());
    let count = |desk: &mut Desk, name: &str| {
        let (code, scope) = (code(desk, name), combe::analysis::Scope::default());
        let study = &desk.model.study;
        combe::analysis::Sheets::default().counter(study, &scope).count(code).all.codings
    };
    assert_eq!((count(&mut pair.c2, "Workload"), count(&mut pair.c2, "Writing things down")), (0, 1));
    pair.c2.keys("g t");
    assert!(pair.c2.screen().contains("I43 (record c2)"), "{}", pair.c2.screen());
    pair.c2.keys("u");
    assert!(pair.c2.said().starts_with("Undone: I43: the layer of record"), "{}", pair.c2.said());
    assert!(!pair.c2.screen().contains("record c2"));
    assert_eq!((count(&mut pair.c2, "Workload"), count(&mut pair.c2, "Writing things down")), (1, 0));
    pair.meet();
    // For several transcripts at once, and back to what study.toml says.
    pair.c1.keys("g t V C r 'c2' ret");
    assert_eq!(pair.c1.model.study.layers_of_record().len(), 2);
    assert_eq!(pair.c1.committed.last().unwrap().label, "FG06, I43: the layer of record is that of c2");
    pair.c1.keys("V C r 'study' ret");
    assert_eq!(pair.c1.model.study.layers_of_record().len(), 0);
    pair.c1.keys("C r 'study' ret");
    assert_eq!(pair.c1.said(), "It is so already.");
}

// Blind coding.

#[test]
fn blindness_has_a_start_an_end_and_a_place_in_the_history() {
    let mut pair = Pair::blind();
    assert_eq!(pair.c2.said(), "You code I43 blind from now on; S ends it, after a question.");
    assert_eq!(pair.c2.committed[0].command, "start_blind");
    assert_eq!(pair.c2.committed[0].label, "c2 codes I43 blind");
    assert!(pair.c2.screen().lines().nth(1).unwrap().contains("blind"), "{}", pair.c2.screen());
    assert_eq!(pair.c1.model.news().unwrap(), "c2: c2 codes I43 blind");
    pair.c2.keys("C b");
    assert_eq!(pair.c2.said(), "You code that blind already; S ends it, after a question.");
    pair.c2.keys("g g J c 'writ' ret S");
    assert!(pair.c2.screen().contains("End coding I43 blind?"), "{}", pair.c2.screen());
    pair.c2.keys("n");
    assert!(pair.c2.model.is_blind_on(i43(&pair.c2)), "a key alone ends nothing");
    pair.c2.keys("S y right c 'writ' ret");
    assert_eq!(pair.c2.committed[2].label, "c2 no longer codes I43 blind");
    let blind: Vec<bool> = pair.c2.model.study.codings().iter().map(|coding| coding.blind).collect();
    assert_eq!(blind, [true, false], "each coding says whether it was made blind");
    let stretch = pair.c2.model.study.blinds().iter().next().unwrap();
    assert!(stretch.end.unwrap() > stretch.start);
    pair.c2.keys("S");
    assert_eq!(pair.c2.said(), "You do not code blind here.");
    // What is coded anew with open eyes is not blind any more.
    pair.c2.keys("g g J r 'resa' ret");
    assert!(pair.c2.model.study.codings().iter().all(|coding| !coding.blind), "{}", pair.c2.said());
    pair.c2.keys("u u u");
    assert!(pair.c2.model.is_blind_on(i43(&pair.c2)), "{}", pair.c2.said());
    pair.c2.keys("u u");
    assert_eq!(pair.c2.model.study.blinds().len(), 0);
}

#[test]
fn the_lead_makes_somebody_blind_on_several_transcripts_at_once() {
    let mut pair = Pair::new();
    pair.c1.keys("g t v v");
    assert!(pair.c1.screen().contains("2 marked"), "{}", pair.c1.screen());
    pair.c1.keys("C b");
    insta::assert_snapshot!("blind_whom_80x24", pair.c1.screen());
    pair.c1.keys("'c2' ret");
    assert_eq!(pair.c1.said(), "c2 codes FG06, I43 blind from now on.");
    pair.meet();
    assert_eq!(pair.c2.model.news().unwrap(), "c1 made you blind on FG06, I43; S ends it");
    pair.c2.keys("g t");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        pair.c2.send(Msg::Resize(width, height));
        assert!(pair.c2.screen().contains("I43 (blind)"), "{}", pair.c2.screen());
    }
    pair.c1.keys("V C b 'c2' ret");
    assert_eq!(pair.c1.said(), "FG06, I43: c2 is no longer blind.");
    pair.c1.keys("u u");
    assert_eq!(pair.c1.model.study.blinds().len(), 0);
    // Whoever is not the lead is not asked for whom.
    pair.c2.keys("g t C b");
    assert!(pair.c2.model.layers.is_empty());
}

#[test]
fn a_colleague_who_did_not_come_yet_can_be_made_blind_by_the_lead() {
    let mut parts = Parts::small();
    parts.study.settings.coders.insert("kb".into(), "Kim".into());
    let mut pair = Pair::of(parts);
    pair.c1.keys("C b 'kim' ret");
    let kim = pair.c1.model.study.coder_named("Kim").unwrap().id;
    assert!(pair.c1.model.study.is_blind(kim, i43(&pair.c1)), "{}", pair.c1.said());
    pair.c1.keys("u");
    assert_eq!((pair.c1.model.study.blinds().len(), pair.c1.committed.len()), (0, 2));
}

#[test]
fn a_blind_coder_sees_neither_stripes_nor_quotes_nor_memos_of_others() {
    let mut pair = Pair::blind();
    pair.c2.keys("B");
    pair.first_coder_works();
    assert_eq!(pair.c2.model.study.quotes().len(), 0);
    assert_eq!(pair.c2.model.study.memos().len(), 0);
    let screen = pair.c2.screen();
    assert!(!screen.contains("c1") && !screen.contains("Workload"), "{screen}");
    pair.c2.keys("g g J e");
    assert_eq!(pair.c2.said(), "There is nothing here.");
    pair.c2.keys("N");
    assert_eq!(pair.c2.said(), "No quote of yours comes before.");
    pair.c2.keys("B");
    assert!(pair.c2.said().ends_with("Not here: you code this transcript blind."), "{}", pair.c2.said());
    // The end of it shows everything at once.
    pair.c2.keys("S y");
    assert_eq!(pair.c2.model.study.quotes().len(), 2);
    assert!(pair.c2.screen().contains("c1·Workload"), "{}", pair.c2.screen());
    assert!(pair.c2.model.study.code_named("kept to herself").is_some());
}

#[test]
fn a_blind_coder_is_told_nothing_of_what_happens_there_and_all_that_happens_elsewhere() {
    let mut pair = Pair::blind();
    pair.first_coder_works();
    assert_eq!(pair.c2.model.news(), None);
    pair.c1.keys("x a u");
    pair.meet();
    assert_eq!(pair.c2.model.news(), None);
    pair.c1.keys(": 'open_transcript FG06' ret J c 'work' ret");
    pair.c2.keys("right");
    pair.meet();
    assert_eq!(pair.c2.model.news().unwrap(), "c1 coded FG06:2 “Workload”");
}

#[test]
fn counts_of_the_picker_and_the_panels_leave_out_what_a_blind_coder_must_not_see() {
    let mut pair = Pair::blind();
    pair.first_coder_works();
    pair.c2.keys("g g J c");
    assert!(pair.c2.screen().contains("0 codings"), "{}", pair.c2.screen());
    assert!(!pair.c2.screen().contains("1 coding"), "{}", pair.c2.screen());
    pair.c2.keys("esc 3");
    assert!(!pair.c2.screen().contains("1 of 3 people"), "{}", pair.c2.screen());
    pair.c2.send(Msg::Resize(120, 24));
    assert!(pair.c2.screen().contains("c2, blind on 1"), "{}", pair.c2.screen());
    pair.c2.send(Msg::Resize(80, 24));
    pair.c2.keys("0");
    let overview = pair.c2.screen();
    let nothing = overview.lines().filter(|line| line.matches('–').count() == 5).count();
    assert_eq!(nothing, 7, "six components and what is not classified\n{overview}");
    pair.c2.keys("backspace backspace S y 3");
    assert!(pair.c2.screen().contains("1 of 3 people"), "{}", pair.c2.screen());
}

#[test]
fn per_cent_coded_and_the_list_of_coders_are_of_what_may_be_seen() {
    let mut pair = Pair::blind();
    pair.first_coder_works();
    pair.c2.keys("g i");
    let screen = pair.c2.screen();
    assert!(screen.contains("0 codings") && !screen.contains("2 codings"), "{screen}");
    assert!(pair.c2.said().starts_with("What others did in the transcript that you code blind is left out"));
    let coverage = pair.c2.model.sheets.sheet(i43(&pair.c2)).unwrap().coverage.clone();
    assert_eq!(coverage.coders().count(), 0, "nobody seems to have coded it");
    assert_eq!(coverage.layer, Some(pair.c1.me()), "yet it is counted by everybody's rule");
    pair.c2.keys("C r");
    assert!(!pair.c2.screen().contains("of record"), "{}", pair.c2.screen());
    pair.c2.keys("esc");
    // Nor does the header tell who coded it first.
    pair.c2.keys("esc g g J c 'writ' ret");
    let header = pair.c2.screen().lines().nth(1).unwrap().to_owned();
    assert!(header.contains("blind") && !header.contains("record"), "{header}");
}

#[test]
fn a_draft_code_of_others_is_not_offered_and_coming_to_the_same_word_gives_the_same_code() {
    let mut pair = Pair::blind();
    pair.first_coder_works();
    let hers = code(&pair.c1, "kept to herself");
    assert!(pair.c2.model.study.code_named("kept to herself").is_none());
    pair.c2.keys("g g J c 'kept'");
    assert!(!pair.c2.screen().contains("Kept to herself"), "{}", pair.c2.screen());
    pair.c2.keys("' to herself' ret");
    assert_eq!(pair.c2.said(), "I43:2: new code kept to herself", "as if there were none");
    assert_eq!(code(&pair.c2, "kept to herself"), hers);
    assert_eq!(pair.c2.codings().len(), 1, "hers stay out of sight");
    pair.meet();
    assert_eq!(pair.c1.codings().len(), 3);
    pair.c2.keys("u");
    assert!(pair.c2.model.study.code_named("kept to herself").is_none());
    // Once it is used elsewhere, everybody may know of it.
    pair.c1.keys(": 'open_transcript FG06' ret J c 'kept' ret");
    pair.meet();
    assert_eq!(code(&pair.c2, "kept to herself"), hers);
}

#[test]
fn memos_and_summaries_on_a_blind_transcript_its_people_and_cells_are_hidden() {
    let mut pair = Pair::blind();
    let (i43, fg06) = (i43(&pair.c1), pair.c1.model.study.transcript_named("FG06").unwrap().id);
    let study = &pair.c1.model.study;
    let person = |name: &str| study.participant_named(name).unwrap().id;
    let (gp, patient) = (person("P088"), person("P1F"));
    let theme = Theme {
        id: fresh(&*pair.c1.source),
        name: "Time".into(),
        position: 0,
        barriers: vec![code(&pair.c1, "Workload")],
        facilitators: vec![],
        note: String::new(),
    };
    let memo = |on: MemoOn| Memo {
        id: fresh(&*pair.c1.source),
        on,
        kind: MemoKind::Analytic,
        coder: pair.c1.me(),
        at: pair.c1.source.now(),
        text: "Hm.".into(),
    };
    let summary = |case: Case| Summary {
        id: fresh(&*pair.c1.source),
        case,
        topic: Topic::Theme(theme.id),
        coder: pair.c1.me(),
        at: pair.c1.source.now(),
        text: "Says so.".into(),
        state: SummaryState::Drafted,
        quotes: vec![],
        basis: None,
        checked_by: None,
    };
    let hidden = [
        MemoOn::Transcript(i43),
        MemoOn::Participant(gp),
        MemoOn::Cell(Case::Participant(gp), Topic::Theme(theme.id)),
        MemoOn::Cell(Case::Group(i43), Topic::Theme(theme.id)),
    ];
    let shown = [
        MemoOn::Transcript(fg06),
        MemoOn::Participant(patient),
        MemoOn::Cell(Case::Group(fg06), Topic::Theme(theme.id)),
        MemoOn::Code(code(&pair.c1, "Workload")),
        MemoOn::Theme(theme.id),
        MemoOn::Study,
    ];
    let mut changes = vec![Change::create(theme.clone())];
    changes.extend(hidden.iter().chain(&shown).map(|on| Change::create(memo(on.clone()))));
    changes.extend(
        [Case::Participant(gp), Case::Participant(patient)].map(|case| Change::create(summary(case))),
    );
    let step = action(&pair.c1.source, pair.c1.me(), "write_memo", changes);
    pair.c2.send(others(vec![step]));
    let seen = |on: &MemoOn| pair.c2.model.study.memos_on(on.clone()).count();
    assert!(hidden.iter().all(|on| seen(on) == 0));
    assert!(shown.iter().all(|on| seen(on) == 1));
    let cases: Vec<Case> = pair.c2.model.study.summaries().iter().map(|summary| summary.case).collect();
    assert_eq!(cases, [Case::Participant(patient)]);
    assert_eq!(pair.c2.model.news(), None, "an action with something hidden in it is not told");
}

#[test]
fn rules_hold_behind_the_veil_and_others_can_work_on_what_is_hidden() {
    let mut pair = Pair::blind();
    pair.first_coder_works();
    // A code that only hidden codings use cannot be deleted by whoever does not see them.
    let workload = pair.c2.model.study.code_named("workload").unwrap().clone();
    let under = pair.c2.model.study.classifications().iter();
    let under: Vec<Change> = under
        .filter(|held| held.of == combe::study::Classified::Code(workload.id))
        .cloned()
        .map(Change::delete)
        .collect();
    let changes = [under, vec![Change::delete(workload)]].concat();
    let effects = pair.c2.model.commit("delete_code", "code “Workload” deleted".into(), changes);
    assert!(effects.is_empty());
    assert!(pair.c2.said().contains("still used by codings"), "{}", pair.c2.said());
    // Others change and take away what is hidden here: nothing stumbles.
    pair.c1.keys("g g J - s x a u u");
    pair.c1.keys("c 'tim' ret x a");
    pair.meet();
    assert_eq!(pair.c2.model.study.quotes().len(), 0);
    pair.c2.keys("S y");
    let words = |desk: &Desk| desk.codings();
    assert_eq!(words(&pair.c2), words(&pair.c1));
}

#[test]
fn the_first_frame_of_a_blind_coder_shows_nothing_either() {
    let mut pair = Pair::blind();
    pair.first_coder_works();
    let parts = Parts::small();
    let whole = pair.c1.model.study.clone();
    let me = pair.c2.model.me.clone();
    let place = Place { screen: Screen::Read, transcript: Some(i43(&pair.c2)), ..Place::default() };
    let setting = Setting { me, ..parts.setting(80, 24) };
    let mut desk = Desk::begin(setting, whole.clone(), &parts, &place);
    assert_eq!(desk.model.study.quotes().len(), 0);
    let mut sheets = combe::analysis::Sheets::default();
    sheets.refresh(&whole);
    desk.send(Msg::StudyLoaded(Box::new(Loaded { study: whole, sheets, ..Loaded::default() })));
    assert_eq!(desk.model.study.quotes().len(), 0);
    let sheet = desk.model.sheets.sheet(i43(&desk));
    assert!(sheet.is_none_or(|sheet| sheet.coverage.coders().count() == 0));
}

#[test]
fn what_was_found_before_goes_when_blindness_begins_and_when_it_is_saved() {
    let mut pair = Pair::new();
    pair.c2.keys("/ 'by:c1'");
    let asked =
        |desk: &Desk| desk.other_effects.iter().filter(|e| matches!(e, Effect::Search { .. })).count();
    let generation = pair.c2.model.search.generation;
    pair.c2.send(Msg::SearchDone { generation, outcome: Ok(combe::app::search::Answer::default()) });
    assert!(pair.c2.model.search.answer.is_some());
    let before = asked(&pair.c2);
    // The lead sets it.
    pair.c1.keys("C b 'c2' ret");
    pair.meet();
    assert!(pair.c2.model.search.answer.is_none(), "what was found with open eyes is gone");
    assert_eq!(asked(&pair.c2), before + 1, "and the question is asked again");
}

// Collisions.

/// c2 codes with `Workload` while c1 deletes the code.
fn deleted_meanwhile() -> Pair {
    let mut pair = Pair::new();
    pair.c2.answers = false;
    pair.c2.keys("g g J c 'work' ret");
    let workload = pair.c1.model.study.code_named("workload").unwrap().clone();
    let under = pair.c1.model.study.classifications().iter();
    let under = under.filter(|held| held.of == combe::study::Classified::Code(workload.id)).cloned();
    let mut changes: Vec<Change> = under.map(Change::delete).collect();
    changes.push(Change::delete(workload));
    let deletion = action(&pair.c1.source, pair.c1.me(), "delete_code", changes);
    pair.c2.send(others(vec![deletion]));
    let mine = pair.c2.committed[0].id;
    let sentence = "that coding refers to a code, which is not in the study".into();
    pair.c2.answers = true;
    pair.c2.send(Msg::Refused { actions: vec![mine], sentence });
    pair
}

#[test]
fn a_code_that_a_colleague_deleted_says_who_and_offers_another() {
    let mut pair = deleted_meanwhile();
    assert_eq!(
        pair.c2.said(),
        "Not done: I43:2 “Workload”: c1 deleted the code “Workload” meanwhile. !: do it again, or leave it."
    );
    assert!(pair.c2.screen().lines().next().unwrap().contains("1 not done"), "{}", pair.c2.screen());
    pair.c2.keys("q");
    assert!(pair.c2.screen().contains("One step was not done; it is kept"), "{}", pair.c2.screen());
    pair.c2.keys("n right !");
    insta::assert_snapshot!("refused_80x24", pair.c2.screen());
    pair.c2.keys("ret");
    pair.c2.keys("'writ' ret");
    assert_eq!(pair.c2.said(), "Done after all: I43:2 “Writing things down”");
    assert_eq!(pair.c2.codings().len(), 1);
    assert!(pair.c2.codings()[0].starts_with("I think time is really key"), "{:?}", pair.c2.codings());
    assert!(!pair.c2.screen().contains("not done"));
    pair.c2.keys("g g J u");
    assert_eq!(pair.c2.codings().len(), 0);
}

#[test]
fn a_code_that_a_colleague_deleted_can_be_made_again() {
    let mut pair = deleted_meanwhile();
    pair.c2.keys("! down ret");
    assert_eq!(pair.c2.said(), "Done after all: I43:2 “Workload”");
    assert!(pair.c2.codings()[0].ends_with("= Workload barrier"), "{:?}", pair.c2.codings());
}

#[test]
fn a_refused_step_is_kept_until_it_is_left_even_over_the_end_of_the_program() {
    let mut pair = deleted_meanwhile();
    let key = format!("refused:{}", pair.c2.committed[0].id);
    let draft = pair.c2.other_effects.iter().find_map(|effect| match effect {
        Effect::SaveDraft { key: saved, text } if *saved == key => Some(text.clone()),
        _ => None,
    });
    let drafts = [(key.clone(), draft.unwrap())].into();
    // The next session.
    let study = pair.c2.model.study.clone();
    pair.c2.model.coders.refused.clear();
    pair.c2.send(Msg::StudyLoaded(Box::new(Loaded { study, drafts, ..Loaded::default() })));
    assert!(pair.c2.screen().contains("1 not done"), "{}", pair.c2.screen());
    pair.c2.keys("! end");
    pair.c2.keys("'leave' ret");
    assert_eq!(pair.c2.said(), "Left: I43:2 “Workload”");
    assert!(pair.c2.other_effects.contains(&Effect::DropDraft(key)));
    assert!(!pair.c2.screen().contains("not done"));
    pair.c2.keys("!");
    assert_eq!(pair.c2.said(), "No step of yours waits for a choice.");
}

#[test]
fn what_was_queued_behind_a_collision_is_done_again_by_itself() {
    let mut pair = Pair::new();
    pair.c2.answers = false;
    pair.c2.keys("g g J c 'work' ret J J c 'writ' ret + s");
    let sent: Vec<_> = pair.c2.committed.iter().map(|action| action.id).collect();
    let workload = pair.c1.model.study.code_named("workload").unwrap().clone();
    let under = pair.c1.model.study.classifications().iter();
    let under = under.filter(|held| held.of == combe::study::Classified::Code(workload.id)).cloned();
    let mut changes: Vec<Change> = under.map(Change::delete).collect();
    changes.push(Change::delete(workload));
    let deletion = action(&pair.c1.source, pair.c1.me(), "delete_code", changes);
    pair.c2.send(others(vec![deletion]));
    pair.c2.send(Msg::Refused { actions: vec![sent[0]], sentence: "no".into() });
    assert_eq!(pair.c2.codings().len(), 1);
    assert!(pair.c2.codings()[0].ends_with("= Writing things down facilitator"), "{:?}", pair.c2.codings());
    let again: Vec<_> = pair.c2.committed[4..].iter().map(|action| action.id).collect();
    assert_eq!(again, sent[1..], "the same steps, sent once more");
    assert_eq!(pair.c2.model.coders.refused.len(), 1);
}

#[test]
fn a_disk_that_refuses_is_no_collision() {
    let mut pair = Pair::new();
    pair.c2.answers = false;
    pair.c2.keys("g g J c 'work' ret");
    let id = pair.c2.committed[0].id;
    pair.c2.send(Msg::Refused { actions: vec![id], sentence: "the disk is full".into() });
    assert_eq!(pair.c2.said(), "Not saved: the disk is full. The last step is taken back.");
    assert!(pair.c2.model.coders.refused.is_empty());
}

#[test]
fn numbers_of_a_blind_coder_are_not_of_their_own_layer() {
    let mut pair = Pair::blind();
    pair.first_coder_works();
    pair.c2.keys("g g J c 'writ' ret");
    let written = code(&pair.c2, "writing things down");
    let counted = |desk: &mut Desk| {
        let everything = combe::analysis::Scope::default();
        let study = desk.model.study.clone();
        desk.model.sheets.counter(&study, &everything).count_codes(&[written].into()).all.codings
    };
    pair.meet();
    assert_eq!((counted(&mut pair.c1), counted(&mut pair.c2)), (0, 0), "the same for both");
}

#[test]
fn the_past_of_the_codebook_tells_a_blind_coder_of_no_code_of_others_there() {
    let mut pair = Pair::blind();
    pair.c2.answers = false;
    pair.first_coder_works();
    pair.c2.keys("g c v");
    let known = pair.c1.committed.clone();
    assert!(known.iter().any(|action| action.label.contains("Kept to herself")));
    pair.c2.send(Msg::CodebookPast(known.clone()));
    pair.c2.keys("ret");
    assert!(!pair.c2.screen().contains("Kept to herself"), "{}", pair.c2.screen());
    assert!(pair.c1.keys("g c v ret").screen().contains("Kept to herself"), "{}", pair.c1.screen());
}

#[test]
fn what_was_typed_is_kept_when_the_disk_refuses_it() {
    let mut desk = Desk::new(Parts::small());
    desk.answers = false;
    desk.keys("g c home e ' Ten minutes.' C-s");
    let definition =
        |desk: &Desk| desk.model.study.code_named("appointment time").unwrap().definition.clone();
    assert!(definition(&desk).ends_with(" Ten minutes."));
    let id = desk.committed[0].id;
    desk.send(Msg::Refused { actions: vec![id], sentence: "the disk is full".into() });
    assert!(
        desk.said().starts_with("Not saved: the disk is full. The last step is taken back."),
        "{}",
        desk.said()
    );
    assert!(desk.said().contains("do again what you typed"), "{}", desk.said());
    assert!(!definition(&desk).ends_with(" Ten minutes."));
    assert!(desk.model.drafts.keys().any(|key| key.starts_with("refused:")), "it outlives the program");
    desk.keys("! ret");
    assert!(definition(&desk).ends_with(" Ten minutes."), "{}", desk.said());
}

#[test]
fn a_code_that_goes_while_the_picker_is_open_leaves_the_picker_open() {
    let mut pair = Pair::new();
    pair.c2.keys("g g J c 'work'");
    let workload = pair.c1.model.study.code_named("workload").unwrap().clone();
    let renamed = Code { name: "Burden".into(), ..workload.clone() };
    let rename =
        action(&pair.c1.source, pair.c1.me(), "rename_code", vec![Change::update(workload, renamed.clone())]);
    pair.c2.send(others(vec![rename]));
    assert!(pair.c2.screen().contains("Burden"), "{}", pair.c2.screen());
    let under = pair.c1.model.study.classifications().iter();
    let under = under.filter(|held| held.of == combe::study::Classified::Code(renamed.id)).cloned();
    let mut changes: Vec<Change> = under.map(Change::delete).collect();
    changes.push(Change::delete(renamed));
    let deletion = action(&pair.c1.source, pair.c1.me(), "delete_code", changes);
    pair.c2.send(others(vec![deletion]));
    pair.c2.keys("ret");
    assert_eq!(
        pair.c2.said(),
        "c1 deleted “Burden” meanwhile: choose another, or type the name of a new one."
    );
    pair.c2.keys("C-u 'writ' ret");
    assert_eq!(pair.c2.said(), "I43:2: Writing things down");
}

#[test]
fn the_key_of_the_last_code_never_takes_another_silently() {
    let mut pair = Pair::new();
    pair.c2.keys("g g J c 'writ' ret c 'work' ret x c J J");
    pair.meet();
    let workload = pair.c1.model.study.code_named("workload").unwrap().clone();
    let retired = Code { state: combe::study::CodeState::Retired, ..workload.clone() };
    let retire =
        action(&pair.c1.source, pair.c1.me(), "retire_code", vec![Change::update(workload, retired)]);
    pair.c2.send(others(vec![retire]));
    let before = pair.c2.codings().len();
    pair.c2.keys(".");
    assert_eq!(
        pair.c2.said(),
        "Not coded: c1 retired “Workload”, your last code. The next press codes with “Writing things down”."
    );
    assert_eq!(pair.c2.codings().len(), before);
    pair.c2.keys(".");
    assert_eq!(pair.c2.said(), "I43:4: Writing things down");
}

/// c2 is writing on with a memo of their own when c1 changes it.
fn changed_memo() -> (Pair, Memo) {
    let mut pair = Pair::new();
    pair.c2.keys("g g J m 'mine' C-s m ' goes on'");
    pair.meet();
    let memo = pair.c2.model.study.memos().iter().next().unwrap().clone();
    let theirs = Memo { text: "theirs".into(), ..memo.clone() };
    let change =
        action(&pair.c1.source, pair.c1.me(), "write_memo", vec![Change::update(memo.clone(), theirs)]);
    pair.c2.send(others(vec![change]));
    (pair, memo)
}

fn memos(desk: &Desk) -> Vec<&str> {
    desk.model.study.memos().iter().map(|memo| memo.text.as_str()).collect()
}

#[test]
fn a_memo_that_a_colleague_changed_while_it_is_written_loses_neither_text() {
    let (mut pair, _) = changed_memo();
    pair.c2.keys("C-s");
    assert_eq!(pair.c2.said(), "c1 changed this memo while you wrote. Esc goes on writing.");
    pair.c2.keys("esc '!' C-s ret");
    assert_eq!(memos(&pair.c2), ["theirs", "mine goes on!"]);
    let (mut pair, _) = changed_memo();
    pair.c2.keys("C-s down ret");
    assert_eq!(memos(&pair.c2), ["mine goes on"]);
    let (mut pair, _) = changed_memo();
    pair.c2.keys("C-s down down ret");
    assert_eq!(memos(&pair.c2), ["theirs"]);
    pair.c2.keys("m");
    assert!(pair.c2.screen().contains("mine goes on"), "{}", pair.c2.screen());
}

#[test]
fn a_memo_that_is_refused_is_a_draft_and_can_be_saved_after_all() {
    let mut pair = Pair::new();
    pair.c2.keys("g g J m 'mine' C-s");
    pair.meet();
    let memo = pair.c2.model.study.memos().iter().next().unwrap().clone();
    pair.c2.answers = false;
    pair.c2.keys("m ' goes on' C-s");
    let sent = pair.c2.committed.last().unwrap().id;
    let theirs = Memo { text: "theirs".into(), ..memo.clone() };
    let change = action(&pair.c1.source, pair.c1.me(), "write_memo", vec![Change::update(memo, theirs)]);
    pair.c2.send(others(vec![change]));
    pair.c2.answers = true;
    pair.c2.send(Msg::Refused { actions: vec![sent], sentence: "that memo was changed".into() });
    assert_eq!(
        pair.c2.said(),
        "Not done: I43:2 memo changed: c1 changed that memo meanwhile. !: do it again, or leave it."
    );
    let is_draft =
        |effect: &Effect| matches!(effect, Effect::SaveDraft { text, .. } if text == "mine goes on");
    assert!(pair.c2.other_effects.iter().any(is_draft));
    pair.c2.keys("!");
    pair.c2.keys("'own' ret");
    assert_eq!(memos(&pair.c2), ["theirs", "mine goes on"]);
    assert!(pair.c2.model.drafts.is_empty(), "{:?}", pair.c2.model.drafts);
}

#[test]
fn the_draft_of_a_memo_that_was_refused_asks_before_it_takes_the_place_of_the_other() {
    let mut pair = Pair::new();
    pair.c2.keys("g g J m 'mine' C-s");
    pair.meet();
    let memo = pair.c2.model.study.memos().iter().next().unwrap().clone();
    pair.c2.answers = false;
    pair.c2.keys("m ' goes on' C-s");
    let sent = pair.c2.committed.last().unwrap().id;
    let theirs = Memo { text: "theirs".into(), ..memo.clone() };
    let change = action(&pair.c1.source, pair.c1.me(), "write_memo", vec![Change::update(memo, theirs)]);
    pair.c2.send(others(vec![change]));
    pair.c2.answers = true;
    pair.c2.send(Msg::Refused { actions: vec![sent], sentence: "that memo was changed".into() });
    pair.c2.keys("!");
    pair.c2.keys("'leave' ret m");
    assert!(
        pair.c2.said().starts_with("This is a draft, and the memo was changed since. Ctrl-S asks"),
        "{}",
        pair.c2.said()
    );
    pair.c2.keys("C-s");
    assert_eq!(memos(&pair.c2), ["theirs"], "{}", pair.c2.said());
}

#[test]
fn a_step_is_done_again_with_only_the_fields_that_it_changes() {
    let mut pair = Pair::new();
    let workload = pair.c2.model.study.code_named("workload").unwrap().clone();
    pair.c2.answers = false;
    let mine = Code { definition: "Too much at once.".into(), ..workload.clone() };
    let effects = pair.c2.model.commit(
        "define_code",
        "“Workload” defined".into(),
        vec![Change::update(workload.clone(), mine)],
    );
    let Some(Effect::Commit { action: sent, .. }) = effects.into_iter().next() else { panic!("not sent") };
    let theirs = Code { name: "Burden".into(), ..workload.clone() };
    let rename = action(&pair.c1.source, pair.c1.me(), "rename_code", vec![Change::update(workload, theirs)]);
    pair.c2.send(others(vec![rename]));
    pair.c2.answers = true;
    pair.c2.send(Msg::Refused { actions: vec![sent.id], sentence: "changed".into() });
    assert_eq!(
        pair.c2.said(),
        "Not done: “Workload” defined: c1 renamed “Workload” to “Burden” meanwhile. !: do it again, or leave it."
    );
    pair.c2.keys("! ret");
    let burden = pair.c2.model.study.code_named("burden").unwrap();
    assert_eq!(burden.definition, "Too much at once.");
}

#[test]
fn a_quote_that_is_there_already_is_used() {
    let mut pair = Pair::new();
    pair.c2.answers = false;
    pair.c2.keys("g g J c 'work' ret");
    let mine = pair.c2.committed[0].clone();
    // The same coder made a quote over the same span in another terminal.
    let quote = mine.changes.iter().find_map(|change| match &change.after {
        Some(Record::Quote(quote)) => Some(quote.clone()),
        _ => None,
    });
    let twin = combe::study::Quote { id: fresh(&*pair.c2.source), starred: true, ..quote.unwrap() };
    let elsewhere = action(&pair.c2.source, pair.c2.me(), "toggle_star", vec![Change::create(twin.clone())]);
    pair.c2.send(others(vec![elsewhere]));
    pair.c2.answers = true;
    pair.c2.send(Msg::Refused { actions: vec![mine.id], sentence: "that quote is there already".into() });
    pair.c2.keys("! ret");
    assert_eq!(pair.c2.codings().len(), 1, "{}", pair.c2.said());
    assert_eq!(pair.c2.model.study.codings_on(twin.id).count(), 1);
}

#[test]
fn an_attribute_of_the_study_is_no_secret() {
    let mut pair = Pair::blind();
    let attribute = Attribute {
        id: fresh(&*pair.c1.source),
        name: "setting".into(),
        of: AttributeOf::Participant,
        position: 9,
    };
    let step = action(&pair.c1.source, pair.c1.me(), "new_attribute", vec![Change::create(attribute)]);
    pair.c2.send(others(vec![step]));
    assert!(pair.c2.model.study.attribute_named(AttributeOf::Participant, "setting").is_some());
    pair.c2.keys("right");
    assert_eq!(pair.c2.model.news().unwrap(), "c1: the attribute “setting”");
}

#[test]
fn a_code_merged_while_the_picker_is_open_says_into_which_and_nothing_is_coded() {
    let mut pair = Pair::new();
    pair.c2.keys("g g J c 'workl'");
    let merged = pair.c1.committed.len();
    pair.c1.keys("g c 'f' 'workl' esc M 'appo' ret y");
    assert!(pair.c1.committed.len() > merged, "{}", pair.c1.screen());
    pair.meet();
    let what = "c1 merged “Workload” into “Appointment time” meanwhile";
    assert!(pair.c2.screen().contains(what), "{}", pair.c2.screen());
    pair.c2.keys("ret");
    assert!(pair.c2.said().starts_with(&format!("{what}: choose another")), "{}", pair.c2.said());
    assert!(pair.c2.codings().is_empty(), "{:?}", pair.c2.codings());
}

#[test]
fn a_blind_coder_is_told_the_same_of_a_name_that_is_new_and_of_one_that_is_hidden() {
    let mut pair = Pair::blind();
    pair.first_coder_works();
    pair.c2.keys("g g J c 'kept to Herself' ret");
    assert_eq!(pair.c2.said(), "I43:2: new code kept to Herself");
    assert_eq!(pair.c2.committed.last().unwrap().label, "I43:2 new code “kept to Herself”");
}

#[test]
fn who_sits_here_always_stands_in_the_header() {
    let mut pair = Pair::new();
    for keys in ["g t", "g r", "g c", "g m"] {
        pair.c2.keys(keys);
        for (width, height) in [(80, 24), (40, 12)] {
            pair.c2.send(Msg::Resize(width, height));
            let screen = pair.c2.screen();
            assert!(screen.lines().next().unwrap().contains("c2 · saved"), "{keys}: {screen}");
        }
    }
}
