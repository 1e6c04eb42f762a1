//! The settings screen: what `study.toml` says, where to change it, and that it is read again.

use combe::app::settings::SettingRow;
use combe::app::{About, Effect, Msg, Screen};
use combe::store::SettingsRead;
use combe::study::Settings;

use crate::screen::{Desk, Parts};

const TEXT: &str = "schema = 1\nname = \"coproduction\"\nlead = \"c1\" # whose coding counts\nframework = \"com-b\"\n\n[about]\ncountry = \"Wales\"\n\n[attribution]\nby = \"group\"\n\n[coders]\nkim = \"c1\"\n";

fn read(text: &str) -> Msg {
    let settings = Settings::parse(text).unwrap();
    Msg::SettingsRead(Box::new(SettingsRead { text: text.into(), settings, wrong: None }))
}

fn about() -> About {
    About {
        user: "kim".into(),
        folder: "/data/study".into(),
        settings: "/data/study/study.toml".into(),
        database: "/data/study/study.db".into(),
        keymap: "default".into(),
        theme: "monochrome".into(),
        version: "combe 0.1.0".into(),
        ..About::default()
    }
}

fn desk(editor: Option<&str>) -> Desk {
    let parts = Parts::small();
    let about = About { editor: editor.map(String::from), ..about() };
    let setting = combe::app::Setting { about, ..parts.setting(80, 24) };
    let mut desk =
        Desk::begin(setting, combe::study::Study::default(), &parts, &combe::app::Place::default());
    desk.load(parts.study);
    desk.send(read(TEXT));
    assert_eq!(desk.said(), "", "the first look is no news");
    desk
}

#[test]
fn the_settings_in_three_sizes() {
    let mut desk = desk(Some("vim"));
    desk.keys("g ,");
    assert_eq!(desk.model.screen, Screen::Settings);
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("settings_{width}x{height}"), desk.picture());
    }
}

#[test]
fn enter_opens_the_editor_at_the_line() {
    let mut desk = desk(Some("vim"));
    desk.keys("g , down ret");
    let edit = |line| Effect::Edit { editor: "vim".into(), file: "/data/study/study.toml".into(), line };
    assert_eq!(desk.other_effects.last(), Some(&edit(3)), "lead");
    // `compare` is not set: it would stand before the first table.
    desk.keys("down down ret");
    assert_eq!(desk.other_effects.last(), Some(&edit(4)));
    desk.keys("end ret");
    assert_eq!(desk.said(), "This is not in study.toml.");
}

#[test]
fn without_an_editor_path_and_line_are_said() {
    let mut desk = desk(None);
    desk.keys("g , down ret");
    assert_eq!(desk.said(), "/data/study/study.toml line 3. Set EDITOR and this key opens it there.");
    desk.keys("down down ret");
    assert!(desk.said().starts_with("`compare` is not set; it would stand at /data"), "{}", desk.said());
}

#[test]
fn a_changed_file_holds_at_once_and_a_broken_one_does_not() {
    let mut desk = desk(None);
    desk.keys("g ,");
    desk.send(read(
        &TEXT.replace("\"c1\" #", "\"c2\" #").replace("framework", "compare = \"group\"\nframework"),
    ));
    assert_eq!(desk.model.study.settings.lead.as_deref(), Some("c2"));
    assert!(desk.said().contains("read again"), "{}", desk.said());
    assert!(desk.screen().contains("compare, line 4"), "{}", desk.screen());
    let wrong = "study.toml line 2: it ends too early; the last good one holds until it is mended";
    let settings = desk.model.study.settings.clone();
    let broken = SettingsRead { text: "schema = 1\nname = ".into(), settings, wrong: Some(wrong.into()) };
    desk.send(Msg::SettingsRead(Box::new(broken)));
    assert_eq!(desk.said(), wrong);
    assert_eq!(desk.model.study.settings.lead.as_deref(), Some("c2"));
    desk.keys("down");
    assert!(desk.screen().contains("study.toml line 2"), "it stays in sight: {}", desk.screen());
}

#[test]
fn whether_the_number_stands_in_front_is_said_as_it_is() {
    let mut desk = desk(None);
    desk.keys("g ,");
    let shown = |desk: &Desk| {
        let screen = desk.screen();
        let row = screen.lines().find(|row| row.contains("Participant's number in front")).unwrap();
        // Behind the four words of the label.
        row.split_whitespace().nth(4).unwrap().to_owned()
    };
    assert_eq!(shown(&desk), "yes");
    desk.send(read(&TEXT.replace("by = \"group\"", "participant_number = false")));
    assert_eq!(shown(&desk), "no");
    desk.send(read(&TEXT.replace("by = \"group\"", "preset = \"paper\"")));
    assert_eq!(shown(&desk), "no");
}

#[test]
fn what_is_wrong_with_the_file_can_be_read_to_its_end() {
    let mut desk = desk(None);
    desk.keys("g ,");
    let end = "the last good one holds until it is mended.";
    let wrong =
        format!("study.toml line 2: {}{end}", "something is not as it has to be there, and ".repeat(3));
    let settings = desk.model.study.settings.clone();
    let broken = SettingsRead { text: TEXT.into(), settings, wrong: Some(wrong) };
    desk.send(Msg::SettingsRead(Box::new(broken)));
    desk.keys("home");
    let words: Vec<String> = desk.screen().split_whitespace().map(str::to_owned).collect();
    assert!(words.join(" ").contains(end), "{}", desk.screen());
}

#[test]
fn a_template_with_an_unknown_field_is_told_with_its_line_and_the_last_good_one_holds() {
    let mut desk = desk(None);
    let with = |field: &str| {
        let style =
            format!("[attribution.styles]\nclinician = \"{{{{ {field} }}}} of the practice\"\n\n[coders]");
        read(&TEXT.replace("[coders]", &style))
    };
    desk.send(with("group"));
    desk.keys("g , end");
    desk.send(with("grop"));
    assert_eq!(
        desk.said(),
        "study.toml line 13: there is no field `grop`, which [attribution] styles.clinician names; perhaps `group` is meant; the \
         last good one holds until it is mended"
    );
    let held = &desk.model.study.settings.attribution.styles["clinician"];
    assert_eq!(held, "{{ group }} of the practice");
    // A second slip, that makes it no settings at all: what the store holds for good is the template of the first.
    let Msg::SettingsRead(first) = with("grop") else { panic!("settings are read") };
    let wrong = "study.toml line 9: a number is wanted; the last good one holds until it is mended";
    desk.send(Msg::SettingsRead(Box::new(SettingsRead { wrong: Some(wrong.into()), ..*first })));
    assert_eq!(desk.said(), wrong);
    let style = &desk.model.study.settings.attribution.styles["clinician"];
    assert_eq!(style, "{{ group }} of the practice", "the last good one holds");
}

#[test]
fn where_no_template_was_good_yet_all_but_the_wrong_one_holds_and_no_number_appears() {
    let wrong = "[attribution]\nby = \"group\"\nparticipant_number = false\n[attribution.styles]\nclinician = \"{{ grop }}\"\n";
    let text = TEXT.replace("[attribution]\nby = \"group\"\n", wrong);
    let mut parts = Parts::small();
    parts.study.settings = Settings::parse(&text).unwrap();
    let setting = combe::app::Setting { about: about(), ..parts.setting(80, 24) };
    let mut desk =
        Desk::begin(setting, combe::study::Study::default(), &parts, &combe::app::Place::default());
    desk.load(parts.study);
    desk.send(read(&text));
    assert_eq!(
        desk.said(),
        "study.toml line 13: there is no field `grop`, which [attribution] styles.clinician names; perhaps `group` is meant; it \
         is left out until it is mended"
    );
    desk.keys("g ,");
    assert!(desk.screen().contains("it is left out until it is mended"), "{}", desk.screen());
    desk.keys("g o 'I43:2' ret t c 'appoint' ret g q");
    assert!(desk.screen().contains("(clinician)"), "{}", desk.screen());
    assert!(!desk.screen().contains("(P088"), "{}", desk.screen());
}

#[test]
fn each_key_of_attributions_and_quotations_has_a_row() {
    let mut desk = desk(None);
    desk.send(Msg::Resize(120, 60));
    desk.keys("g ,");
    for (key, of_file) in
        Settings::keys().filter(|key| key.contains('.')).map(|key| (key, key.ends_with('.')))
    {
        let is_it = |row: &SettingRow| matches!(row, SettingRow::Said { key: held, .. } if held == key);
        let is_table = ["coders.", "frame."].contains(&key) || key.starts_with("attribution.words");
        let shown = desk.model.settings.rows.iter().any(is_it);
        assert!(shown || is_table || of_file, "{key}: {}", desk.screen());
    }
}

#[test]
fn what_nobody_can_have_meant_is_told_when_the_file_is_read_and_stands_first_with_its_line() {
    let mut desk = desk(Some("vim"));
    desk.keys("g ,");
    let slip = "[quotation]\ndestination = \"file\"\n\n[coders]";
    desk.send(read(&TEXT.replace("[coders]", slip)));
    let unknown = "study.toml line 13: quotation.destination: nothing is known by this key";
    assert_eq!(desk.said(), unknown);
    let words = |desk: &Desk| desk.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&desk).contains("What is wrong with study.toml"), "{}", desk.screen());
    desk.keys("home ret");
    let edit = Effect::Edit { editor: "vim".into(), file: "/data/study/study.toml".into(), line: 13 };
    assert_eq!(desk.other_effects.last(), Some(&edit));
    let slips = "[attribution.styles]\nclinicain = \"clinician\"\n[attribution.words.grop]\npublic = \"x\"\n\n[coders]";
    desk.send(read(&TEXT.replace("[coders]", slips)));
    let group = "study.toml line 13, [attribution] styles.clinicain: no participant is of that group; perhaps `clinician` is meant.";
    assert_eq!(desk.said(), format!("{group} And 2 more, under Settings."));
    assert!(words(&desk).contains("perhaps `clinician` is meant."), "{}", desk.screen());
    desk.send(read(TEXT));
    assert!(!words(&desk).contains("What is wrong"), "{}", desk.screen());
}

#[test]
fn the_preview_shows_an_attribution_of_each_group_and_who_is_few() {
    let mut desk = desk(None);
    desk.send(Msg::Resize(120, 60));
    desk.send(read(&TEXT.replace(
        "[coders]",
        "[attribution.styles]\nclinician = \"clinician{{ focus_group }}\"\n\n[coders]",
    )));
    desk.keys("g ,");
    let screen = desk.screen();
    assert!(screen.contains("“It’s ‘so’.” (P088, clinician) <!-- I43 -->"), "{screen}");
    assert!(screen.contains("“clinician” fits 1 person, fewer than 5."), "{screen}");
}

#[test]
fn another_compared_attribute_is_counted_at_once() {
    let mut desk = desk(None);
    desk.keys("down ret down t c 'appoint' ret 3");
    assert!(!desk.screen().contains("clinician 1 of 1"), "{}", desk.screen());
    desk.send(read(&TEXT.replace("framework", "compare = \"group\"\nframework")));
    assert!(desk.screen().contains("clinician 1 of 1"), "{}", desk.screen());
}

#[test]
fn a_list_that_is_cut_is_shown_whole_and_what_is_wrapped_is_one_row() {
    let mut desk = desk(None);
    let styles: String = (1..=8).map(|n| format!("nobody{n} = \"x\"\n")).collect();
    let styles = format!("[attribution.styles]\nclinician = \"clinician\"\n{styles}\n[coders]");
    desk.send(read(&TEXT.replace("[coders]", &styles)));
    desk.keys("g , home");
    let chosen = |desk: &Desk| desk.model.settings.rows[desk.model.settings.place()].clone();
    let looked_at = |desk: &Desk| {
        let rows = desk.model.settings.rows.iter();
        rows.filter(|row| matches!(row, SettingRow::Fact { label: "Look at", .. })).count()
    };
    let down_to = |desk: &mut Desk, is_it: fn(&SettingRow) -> bool| {
        for _ in 0..80 {
            if is_it(&chosen(desk)) {
                return;
            }
            desk.keys("down");
        }
        panic!("it is not there: {}", desk.screen());
    };
    down_to(&mut desk, |row| matches!(row, SettingRow::Fact { label: "Look at", .. }));
    let first = desk.model.settings.extent();
    assert!(first.len() > 1, "it is wrapped: {}", desk.screen());
    desk.keys("down");
    assert_eq!(desk.model.settings.place(), first.end, "one key to the next");
    assert_eq!(looked_at(&desk), 6);
    down_to(&mut desk, |row| matches!(row, SettingRow::More { .. }));
    assert!(desk.screen().contains("and 3 more; Enter shows them all"), "{}", desk.screen());
    desk.keys("ret");
    assert_eq!(looked_at(&desk), 9, "and one for those who have no template");
    assert!(desk.screen().contains("nobody7"), "the choice is on the first that came: {}", desk.screen());
    down_to(&mut desk, |row| matches!(row, SettingRow::More { .. }));
    desk.keys("ret");
    assert_eq!(looked_at(&desk), 6);
}
