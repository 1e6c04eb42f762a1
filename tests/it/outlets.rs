//! Where exports go: a file or stdout, and what keeps them from being written at all.

use std::fs;

use crate::export::coded;

#[test]
fn a_file_called_dash_is_stdout() {
    let site = coded();
    for words in [
        &["export", "quotes"][..],
        &["export", "quotes", "--format", "csv"],
        &["export", "codings"],
        &["export", "codebook"],
        &["export", "report", "--format", "html"],
        &["export", "transcript", "I1", "--format", "text"],
        &["table", "codes"],
        &["table", "codes", "--format", "latex"],
        &["matrix", "--columns", "codes", "--format", "csv"],
    ] {
        let printed = site.in_study(words).out;
        assert!(!printed.is_empty(), "{words:?}");
        for option in ["-o", "--output", "--out"] {
            assert_eq!(site.in_study(&[words, &[option, "-"]].concat()).out, printed, "{words:?}");
        }
    }
    let office = "combe: a file of Word or Excel needs a name: add -o FILE\n";
    let folder = "combe: name the folder to make: combe export archive DIR\n";
    for (words, sentence) in [
        (&["export", "quotes", "--format", "docx"][..], office),
        (&["export", "codebook", "--format", "xlsx"], office),
        (&["export", "transcript", "I1"], office),
        (&["export", "review"], office),
        (&["export", "archive"], folder),
        (&["table", "codes", "--format", "docx"], office),
        (&["matrix", "--columns", "codes", "--format", "xlsx"], office),
    ] {
        let ran = site.run(&[&["-C", "study"], words, &["-o", "-"]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}: {}", ran.err);
        assert_eq!(ran.err, sentence, "{words:?}");
    }
    let ran = site.run(&["-C", "study", "export", "archive", "-"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, folder));
    let dashes: Vec<_> =
        fs::read_dir(site.path("")).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(dashes.iter().all(|name| !name.to_string_lossy().starts_with('-')), "{dashes:?}");
}

#[test]
fn a_query_that_finds_nothing_leaves_a_file_as_it_was() {
    let site = coded();
    let (file, beside) = ("good.md", "good.md.manifest.json");
    assert_eq!(site.run(&["-C", "study", "export", "quotes", "-o", file]).code, 0);
    let read = || [file, beside].map(|name| fs::read(site.path(name)).unwrap());
    let (before, actions) = (read(), site.actions());
    for (query, sentence) in [
        (&["nosuchword"][..], "no quote meets “nosuchword”; nothing was written"),
        (
            &["code:checklists", "nosuchword"],
            "no quote meets “code:checklists nosuchword”; nothing was written",
        ),
    ] {
        for more in [&["-o", file, "--force"][..], &["-o", "new.docx"], &[]] {
            let ran = site.run(&[&["-C", "study", "export", "quotes"], query, more].concat());
            assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{query:?} {more:?}: {}", ran.err);
            assert!(ran.err.contains(sentence), "{}", ran.err);
        }
    }
    assert_eq!((read(), site.actions()), (before, actions));
    assert!(!site.path("new.docx").exists() && !site.path("new.docx.manifest.json").exists());
}

#[test]
fn what_an_export_does_not_take_is_refused() {
    let site = coded();
    for (words, sentence) in [
        (&["codebook", "code:time", "-o", "c.md"][..], "takes no query: leave “code:time” out"),
        (&["codebook", "code:time"], "takes no query"),
        (&["report", "time", "-o", "r.html"], "takes no query"),
        (&["codebook", "--by", "code", "-o", "c.md"], "does not take --by: only quotes does"),
        (&["quotes", "--quotes", "3", "-o", "q.md"], "does not take --quotes: only review does"),
        (&["sessions", "--with-refused", "-o", "s.csv"], "does not take --with-refused: quotes, codebook"),
        (&["quotes", "--bom", "-o", "q.docx"], "--bom is a mark of CSV"),
    ] {
        let ran = site.run(&[&["-C", "study", "export"], words].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}: {}", ran.err);
        assert!(ran.err.contains(sentence), "{words:?}: {}", ran.err);
    }
}

#[test]
fn whoever_exports_words_of_few_is_told() {
    let site = coded();
    for (words, file) in [(&["quotes", "by:kim"][..], "q.md"), (&["transcript", "I1"], "t.docx")] {
        let ran = site.run(&[&["-C", "study", "export"], words, &["-o", file]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let told = format!("in it: see {file}.manifest.json before it goes on");
        assert!(ran.err.contains("small cell") && ran.err.contains(&told), "{}", ran.err);
    }
}

#[test]
fn no_export_replaces_what_a_study_is_made_of() {
    let site = coded();
    site.write("study/study.toml", "name = \"Ward\"\n[quotation]\ndraft = \"../paper.md\"\n");
    site.write("paper.md", "three years of work");
    site.write("paper.quotes.md", "quotations");
    assert_eq!(site.run(&["-C", "study", "backup"]).code, 0);
    std::os::unix::fs::symlink(site.path("study/study.toml"), site.path("link.toml")).unwrap();
    let snapshot = fs::read_dir(site.path("study/snapshots")).unwrap().next().unwrap().unwrap();
    let snapshot = format!("study/snapshots/{}", snapshot.file_name().to_string_lossy());
    let held = ["study/study.toml", &snapshot, "paper.md", "paper.quotes.md"];
    let read = || held.map(|name| fs::read(site.path(name)).unwrap());
    let before = read();
    let end = "which no export replaces; nothing was written, give another name";
    let own = &format!("this is a file of the study, {end}");
    let draft = &format!("this is the draft that study.toml names, or its quotations, {end}");
    let kept = snapshot.trim_start_matches("study/snapshots/");
    let stranger =
        &format!("it holds “{kept}”, which is of no archive, and was not touched; name another folder");
    for (words, file, why) in [
        (&["export", "quotes", "-f", "csv"][..], "study/study.db", own),
        (&["export", "codebook"], "study/study.toml", own),
        (&["export", "codebook", "-f", "toml"], "link.toml", own),
        (&["export", "codings", "-f", "csv"], &snapshot, own),
        (&["export", "codings"], "study/snapshots/codings.csv", own),
        (&["export", "quotes"], "paper.md", draft),
        (&["export", "quotes"], "study/../paper.quotes.md", draft),
        (&["table", "codes", "-f", "text"], "study/study.db-wal", own),
        (&["matrix", "--columns", "codes", "-f", "csv"], "study/study.db", own),
        (&["export", "archive"], "study/snapshots/bundle", own),
        (&["export", "archive"], "study/snapshots", stranger),
    ] {
        let ran = site.run(&[&["-C", "study"], words, &["-o", file, "--force"]].concat());
        assert_eq!(ran.code, 3, "{words:?} {file}: {}", ran.err);
        let sentence = format!("combe: {file}: {why}\n");
        assert!(ran.err.ends_with(&sentence), "{words:?} {file}: {}", ran.err);
    }
    assert!(read() == before && !site.path("study/snapshots/codings.csv").exists());
    site.assert_sound();
    let ran = site.run(&["-C", "study", "export", "codebook", "-o", "study/codebook.toml"]);
    assert_eq!(ran.code, 0, "beside them there is room: {}", ran.err);
}

#[test]
fn a_link_that_leads_nowhere_is_there_already() {
    let site = coded();
    std::os::unix::fs::symlink("nowhere", site.path("q.md")).unwrap();
    let ran = site.run(&["-C", "study", "export", "quotes", "-o", "q.md"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("it is there already and was not touched"), "{}", ran.err);
}

#[test]
fn what_no_page_and_no_cell_has_room_for_is_told() {
    let site = coded();
    let mut codebook = String::from("schema = 1\n");
    (0..60).for_each(|code| codebook.push_str(&format!("[[code]]\nname = \"Code {code}\"\n")));
    site.write("many.toml", codebook);
    site.in_study(&["import", "many.toml"]);
    let ran = site.run(&["-C", "study", "matrix", "--columns", "codes", "-o", "m.docx"]);
    assert_eq!((ran.code, site.path("m.docx").exists()), (3, false), "{}", ran.err);
    assert!(ran.err.contains("a page of Word has no room; write it as xlsx or csv"), "{}", ran.err);
    let text = format!("Dana: {}", "and on it went ".repeat(3_000));
    site.write("long.txt", format!("{text}\n"));
    site.in_study(&["import", "long.txt"]);
    let end = text.trim_end().len().to_string();
    site.in_study(&["code", "long", "6", &end, "Too little time"]);
    for (what, is_cut) in [("quotes", true), ("review", true), ("codebook", false)] {
        let file = format!("{what}.xlsx");
        let ran = site.run(&["-C", "study", "export", what, "-o", &file]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(ran.err.contains("cut at 32,767 characters"), is_cut, "{what}: {}", ran.err);
    }
}
