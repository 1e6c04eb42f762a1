//! The query language on texts: what each construct finds and highlights, with the index and without it.

use std::fmt::Write;

use proptest::prelude::*;

use crate::search_fixture::{Searched, check, check_in};

#[test]
fn words_are_stemmed_and_all_must_be_there() {
    check("services", "a [service] here\ntwo [services]\nserving tea\n[Service\u{ad}s]");
    check("service", "[Services] at your [service]\nself-[service]\nserver");
    check("time pressure", "no [time], no [pressure]\ntime alone\npressure alone\n[pressured] [times]");
    check("time pressure", "[Time] and [time] and [pressure]");
}

#[test]
fn there_are_no_stop_words() {
    check("the", "[the] end\nan end\n[The] [the]");
    check("\"to be or not to be\"", "so [to be, or not to be]!\nto be or not");
    check("i am", "[I] [am] so tired\nI'm so tired");
}

#[test]
fn phrases_are_exact_and_one_stretch() {
    check(
        "\"time pressure\"",
        "[time pressure]\ntimes pressure\npressure time\n[Time, pressure]: a\ntime and pressure",
    );
    check("“the time”", "[the time] of [the time]");
    check("\"very very\"", "a [very very very] good one\nvery good");
}

#[test]
fn nothing_matches_across_turns() {
    check("\"time pressure\"", "I have no time\npressure is all\n[time pressure]");
    check("time pressure", "time\npressure");
    check("\"time pressure\"~5", "time\npressure");
}

#[test]
fn near_words_stand_in_any_order_with_at_most_so_many_between() {
    check(
        "\"time pressure\"~5",
        "[pressure] of a lack of [time] is\npressure 1 2 3 4 5 6 time\n[time] 1 2 3 4 5 [pressure]",
    );
    check("\"time pressure\"~0", "[time] [pressure] or [pressure] [time]\ntime of pressure");
    check("\"a b c\"~2", "[c] x [a] y [b] z a\nc x y z a b");
    check("\"times pressure\"~5", "time pressure\n[times] of [pressure]");
}

#[test]
fn a_star_stands_for_the_rest_of_a_word_without_stemming() {
    check(
        "commun*",
        "[community] and [Communities]\n[communal]\ncommon\nin[communicado]"
            .replace("in[communicado]", "incommunicado")
            .as_str(),
    );
    check("hous*", "[house] [housing] [hous]\nho use");
    check("co-prod*", "[co-production]\n[co‑produced] [Co produce]\nco and production\ncoproduction");
    check("ŷ*", "[ŷd] [yd]\nd");
}

#[test]
fn a_tilde_allows_one_edit() {
    check("colour~", "[colour] [color] [colours] [coluor] [dolour]\ncooler\ncolr");
    check("tŷ~", "[ty] [tŷ] [try] [y]\ntotal");
    check("co-colour~", "[co-color]\nco colr");
}

#[test]
fn regular_expressions_read_the_text_as_it_is() {
    check("/ti(m|n)e/", "no [time]\nsen[tine]l\nTon");
    check("/TIME/", "a [Time]\nno");
    check("/(?-i)TIME/", "a Time\n[TIME]");
    check(r"/\d+\/\d+/", "on [12/13] or [1/2]\n12 of 13");
    check("/x*/", "no\na[xx] e[x]tra");
    check("/^so/ time", "[so] the [time]\nno so time\nso be it");
    check("-/ti.e/ pressure", "[pressure]\ntide pressure");
    check("/a.c/ OR z", "[abc]\n[z]\nab");
}

#[test]
fn or_binds_weakest_and_not_and_parentheses_do_what_they_say() {
    check("a b OR c", "[a] and [b]\na\n[c]\nb");
    check("a (b OR c)", "[a] [b]\n[a] [c]\nb c\na");
    check("a -b", "[a]\na b\nc");
    check("a NOT (b OR c)", "[a] d\na b\na c");
    check("NOT a", "a\n[*]b");
    check("-a -b", "[*]c\na\nb");
    check("a OR NOT b", "[a] b\n[*]c\nb\n[a]");
    check("-(a b)", "[*]a\n[*]b\na b");
    check("-\"a b\"", "[*]b a\na b");
    check("a OR (b -c)", "[a] c\n[b]\nb c");
}

#[test]
fn only_what_holds_is_highlighted() {
    check("(a b) OR c", "a [c]\n[a] [b] [c]");
    check("time OR \"time pressure\"", "[time pressure] and [time]");
}

#[test]
fn marks_hyphens_and_apostrophes_do_not_tell_words_apart() {
    for query in ["tŷ", "ty\u{302}", "ty", "TŶ"] {
        check(query, "y [tŷ] hwn\ny [ty\u{302}] hwn\n[Tŷ]");
    }
    check("coproduction", "[co\u{ad}pro\u{ad}duction]\n[coproduction]\nco-production");
    for query in ["co-production", "co\u{2011}production", "\"co production\""] {
        check(query, "[co-production] is\n[co\u{2011}production]\n[co – production]\ncoproduction");
    }
    for query in ["don't", "don’t"] {
        check(query, "I [don't]\nI [don’t]\ndo not");
    }
    check("so", "‘[so]’ and '[so]' and “[so]”");
    check("cafe", "the [café] and [cafe\u{301}] 👩🏽‍⚕️");
}

#[test]
fn times_and_addresses_are_found_as_they_stand() {
    check("10:30", "at [10:30] sharp\nat 10 or 30\n[10.30]".replace("[10.30]", "10.30").as_str());
    check(
        "jo.b@nhs.wales",
        "write to [jo.b@nhs.wales].\njo b nhs wales".replace("jo b nhs wales", "[jo b nhs wales]").as_str(),
    );
    check("https://nhs.wales", "see [https://nhs.wales]/a");
    check("next", "the end.[Next] one");
}

#[test]
fn texts_in_other_languages_are_not_stemmed() {
    check_in(Some("cy"), "services", "[services]\nservice");
    check_in(Some("cy"), "gwasanaethau", "[gwasanaethau] iechyd\ngwasanaeth");
    check_in(Some("cy"), "gwasanaethau iechyd", "y [gwasanaethau] [iechyd]");
    check_in(Some("cy-GB"), "co-services", "[co-services]\nco-service");
    check_in(Some("en-GB"), "services", "[services]\n[service]");
    let mut searched = Searched::new(&[("I01", "Ann: services\nAnn: service\n")]);
    searched.add("I02", "Bethan: services\nBethan: service\nBethan: y tŷ\n", Some("cy"));
    assert_eq!(searched.found("service"), "I01:1 I01:2 I02:2");
    assert_eq!(searched.found("-service"), "I02:1 I02:3");
    assert_eq!(searched.found("lang:cy services OR tŷ"), "I02:1 I02:3");
}

#[test]
fn labels_are_not_searched() {
    let searched = Searched::new(&[("I01", "Ann: so\nso: Ann\n")]);
    assert_eq!(searched.found("ann"), "I01:2");
}

#[test]
fn hits_are_ranked_by_bm25_and_ties_stand_in_order_of_the_study() {
    let searched = Searched::new(&[
        ("I10", "Ann: time\n"),
        ("I2", "Ann: time\nAnn: time time\nAnn: time and so on and on\n"),
    ]);
    searched.catch_up();
    for results in [searched.search("time"), searched.scan("time")] {
        let order: Vec<String> = results.hits.iter().map(|hit| searched.address(hit)).collect();
        assert_eq!(order, ["I2:2", "I2:1", "I10:1", "I2:3"]);
    }
    let plan = searched.plan("time").unwrap();
    for limit in 0..5 {
        let best = combe::search::search(
            &plan,
            Some(&searched.index),
            &searched.texts,
            limit,
            &combe::search::Cancel::new(),
        );
        let best = best.unwrap();
        assert_eq!(best.total(), 4);
        assert_eq!(best.hits[..], searched.search("time").hits[..limit.min(4)]);
    }
    let results = searched.search("time");
    assert_eq!(searched.addresses(&results), "I2:1 I2:2 I2:3 I10:1");
}

#[test]
fn matches_count_bytes_of_the_whole_text_and_cut_no_grapheme() {
    let searched = Searched::new(&[("I01", "Ann: so\nAnn: e\u{301}te\u{301} time\n")]);
    searched.catch_up();
    let results = searched.search("/et|e/");
    let text = &searched.texts.values().next().unwrap()[..];
    let slices: Vec<&str> = results.hits[0].matches.iter().map(|span| span.slice(text).unwrap()).collect();
    assert_eq!(slices, ["e\u{301}", "e\u{301}", "e"]);
}

/// Queries of a small vocabulary, so that they find something.
fn queries() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        3 => "[a-d]{1,2}",
        1 => "[a-d]{1,2}s",
        1 => "[a-d]-[a-d]",
        1 => "\"[a-d]( [a-d]){0,2}\"",
        1 => "\"[a-d]( [a-d]){1,2}\"~[0-3]",
        1 => "[a-d]\\*",
        1 => "[a-d]-[a-d]\\*",
        1 => "[a-d]{2}~",
        1 => "[a-d]-[a-d]{2}~",
        1 => "/[a-d][a-d.]/",
        1 => "in:I0[1-3]",
        1 => "speaker:(ann|ben)",
    ];
    let leaf = leaf.prop_map(|text: String| text.replace("\\*", "*"));
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|any| format!("({})", any.join(" OR "))),
            inner.clone().prop_map(|clause| format!("-({clause})")),
            inner.clone().prop_map(|clause| format!("-{clause}")),
            inner.prop_map(|clause| format!("NOT {clause}")),
        ]
    })
}

/// Turns of a few letters, with hyphens and marks in them.
fn texts() -> impl Strategy<Value = Vec<Vec<String>>> {
    let word = "[a-d]{1,2}s?|[a-d]-[a-d]|[àb]́?|d’s";
    let turn = prop::collection::vec(word, 0..8).prop_map(|words| words.join(" "));
    prop::collection::vec(prop::collection::vec(turn, 0..5), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// The index and the scanner are two ways to one answer, also while the index is behind.
    #[test]
    fn the_index_and_the_scanner_agree(texts in texts(), queries in prop::collection::vec(queries(), 8), behind in 0usize..3) {
        // Both speakers are known, whatever is made up below.
        let mut searched = Searched::new(&[("I04", "Ann: a\nBen: a-b c\n")]);
        for (i, turns) in texts.iter().enumerate() {
            if i == texts.len().saturating_sub(behind) {
                searched.catch_up();
            }
            let mut text = String::new();
            for (turn, speech) in turns.iter().enumerate() {
                writeln!(text, "{}: {speech}", ["Ann", "Ben"][turn % 2]).unwrap();
            }
            searched.add(&format!("I0{}", i + 1), &text, [None, None, Some("cy")][i % 3]);
        }
        for i in texts.len()..3 {
            searched.add(&format!("I0{}", i + 1), "Ann: a\nBen: b c\n", None);
        }
        for query in &queries {
            let (indexed, scanned) = (searched.search(query), searched.scan(query));
            prop_assert_eq!(&indexed.found, &scanned.found, "{}", query);
            prop_assert_eq!(indexed.hits.len(), indexed.total());
            for hit in &indexed.hits {
                let same = scanned.hits.iter().find(|other| other.place == hit.place).unwrap();
                prop_assert_eq!(&hit.matches, &same.matches);
            }
            // A shorter list is the beginning of the longer one.
            let plan = searched.plan(query).unwrap();
            let short = combe::search::search(&plan, Some(&searched.index), &searched.texts, 2, &combe::search::Cancel::new()).unwrap();
            prop_assert_eq!(&short.hits[..], &indexed.hits[..short.hits.len()]);
        }
    }
}
