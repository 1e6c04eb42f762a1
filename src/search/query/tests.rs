//! What queries parse to, what is refused and where, and that printing loses nothing.

use proptest::prelude::*;

use super::*;

fn names() -> FilterNames {
    FilterNames::with_attributes(["group", "Health board", "Age (years)", "9th"])
}

fn parse(text: &str) -> What {
    match Query::parse(text, &names()) {
        Ok(Query { root: Some(clause), .. }) => clause.what,
        other => panic!("{text}: {other:?}"),
    }
}

fn shape(text: &str) -> String {
    Query::parse(text, &names()).map_or_else(|error| error.to_string(), |query| query.to_string())
}

fn problem(text: &str) -> (usize, Problem) {
    let error = Query::parse(text, &names()).expect_err(text);
    (error.column, error.problem)
}

fn word(text: &str) -> What {
    What::Word(text.into())
}

fn clauses(what: What) -> Vec<What> {
    match what {
        What::All(inner) | What::Any(inner) => inner.into_iter().map(|clause| clause.what).collect(),
        other => panic!("{other:?} is no list"),
    }
}

#[test]
fn words_side_by_side_must_all_be_there_and_or_binds_weakest() {
    assert_eq!(clauses(parse("time pressure")), [word("time"), word("pressure")]);
    assert_eq!(parse("time AND pressure"), parse("time pressure"));
    let any = clauses(parse("time pressure OR money"));
    assert!(matches!(&any[..], [What::All(all), What::Word(_)] if all.len() == 2));
    assert_eq!(clauses(parse("and or not")), [word("and"), word("or"), word("not")]);
}

#[test]
fn not_and_a_hyphen_at_the_start_of_a_term_negate() {
    assert_eq!(parse("-time"), parse("NOT time"));
    assert!(matches!(parse("-(time OR money)"), What::Not(_)));
    assert!(matches!(parse("-\"time pressure\""), What::Not(_)));
    assert_eq!(parse("co-production"), word("co-production"));
    assert_eq!(parse("time - pressure"), parse("time pressure"));
    assert_eq!(parse("time -- pressure"), parse("time pressure"));
    assert_eq!(parse("--time"), word("time"));
}

#[test]
fn every_kind_of_term_is_read() {
    assert_eq!(parse("\"time pressure\""), What::Phrase("time pressure".into()));
    assert_eq!(parse("“time pressure”"), What::Phrase("time pressure".into()));
    assert_eq!(parse("„time pressure“"), What::Phrase("time pressure".into()));
    assert_eq!(parse("\"time pressure\"~5"), What::Near { words: "time pressure".into(), others: 5 });
    assert_eq!(parse("commun*"), What::Prefix("commun".into()));
    assert_eq!(parse("co-prod*"), What::Prefix("co-prod".into()));
    assert_eq!(parse("colour~"), What::Fuzzy("colour".into()));
    assert_eq!(parse("colour~1"), What::Fuzzy("colour".into()));
    assert_eq!(parse("/ti(m|n)e a/"), What::Regex("ti(m|n)e a".into()));
    assert_eq!(parse(r"/a\/b\d/"), What::Regex(r"a/b\d".into()));
}

#[test]
fn an_apostrophe_never_opens_a_string() {
    assert_eq!(clauses(parse("don't 'so' they’re")), [word("don't"), word("so"), word("they’re")]);
}

#[test]
fn times_and_addresses_are_text() {
    assert_eq!(parse("10:30"), word("10-30"));
    assert_eq!(parse("jo.b@nhs.wales"), word("jo-b-nhs-wales"));
    assert_eq!(parse("https://nhs.wales/a?b=c"), word("https-nhs-wales-a-b-c"));
    assert_eq!(parse("mailto:jo@nhs.wales"), word("mailto-jo-nhs-wales"));
    assert_eq!(parse("and/or"), word("and-or"));
    assert_eq!(parse("appointment(s)"), word("appointment-s"));
    assert_eq!(parse("#time ~50 …so!"), parse("time 50 so"));
}

#[test]
fn filters_are_read_with_their_values() {
    let filter = |name, exact, value: &str| What::Filter(Filter { name, exact, value: value.into() });
    assert_eq!(parse("code:time"), filter(FilterName::Code, false, "time"));
    assert_eq!(parse("code:=\"Time pressure\""), filter(FilterName::Code, true, "Time pressure"));
    assert_eq!(parse("code:“Time pressure”"), filter(FilterName::Code, false, "Time pressure"));
    assert_eq!(
        parse("component:opportunity.physical"),
        filter(FilterName::Component, false, "opportunity.physical")
    );
    assert_eq!(parse("GROUP:clinician"), filter(FilterName::Attribute("group".into()), false, "clinician"));
    assert_eq!(parse("health-board:x"), filter(FilterName::Attribute("health_board".into()), false, "x"));
    assert_eq!(parse("healthboard:x"), parse("health_board:x"));
    assert_eq!(parse("age_years:30"), filter(FilterName::Attribute("age_years".into()), false, "30"));
    assert!(matches!(parse("-is:coded"), What::Not(_)));
}

#[test]
fn a_backslash_makes_a_word_of_anything() {
    assert_eq!(parse("\\OR"), word("OR"));
    assert_eq!(parse("\\code:time"), word("code-time"));
    assert_eq!(shape("a \\NOT b"), "a \\NOT b");
}

#[test]
fn clauses_know_where_they_stand() {
    let query = Query::parse("tŷ (code:a OR b)", &names()).expect("a query");
    let Some(Clause { at, what: What::All(found) }) = query.root else { panic!("not a list") };
    assert_eq!((at, found[0].at, found[1].at), (Span::new(0, 17), Span::new(0, 3), Span::new(4, 17)));
}

#[test]
fn what_cannot_be_parsed_is_refused_with_its_place() {
    let cases = [
        ("", 1, Problem::Nothing),
        (" … ", 1, Problem::Nothing),
        ("tŷ \"time", 4, Problem::UnclosedString),
        ("\"\"", 1, Problem::EmptyString),
        ("a \"?!\"", 3, Problem::EmptyString),
        ("a /b", 3, Problem::UnclosedRegex),
        ("(a", 1, Problem::UnclosedGroup),
        ("a)", 2, Problem::StrayClose),
        ("a ()", 3, Problem::EmptyGroup),
        ("a OR", 3, Problem::NothingAfter("OR")),
        ("a AND", 3, Problem::NothingAfter("AND")),
        ("NOT", 1, Problem::NothingAfter("NOT")),
        ("OR a", 1, Problem::NothingBefore("OR")),
        ("AND a", 1, Problem::NothingBefore("AND")),
        ("(a OR)", 4, Problem::NothingAfter("OR")),
        ("com*ity", 1, Problem::StarInside),
        ("*ity", 1, Problem::StarInside),
        ("colour~2", 1, Problem::TooManyEdits),
        ("\"a b\"~", 1, Problem::NearWithoutNumber),
        ("\"a b\"~99999999999", 1, Problem::NearWithoutNumber),
        ("code:", 1, Problem::NoValue("code".into())),
        ("a code: b", 3, Problem::NoValue("code".into())),
        ("cod:x", 1, Problem::UnknownFilter { word: "cod".into(), nearest: "code".into() }),
        ("a health:x", 3, Problem::UnknownFilter { word: "health".into(), nearest: "health_board".into() }),
        ("P088: so", 1, Problem::UnknownFilter { word: "P088".into(), nearest: "in".into() }),
    ];
    for (text, column, expected) in cases {
        let (at, found) = problem(text);
        if let (Problem::UnknownFilter { word, .. }, Problem::UnknownFilter { word: other, .. }) =
            (&found, &expected)
            && word == "P088"
        {
            assert_eq!((at, word), (column, other), "{text}");
            continue;
        }
        assert_eq!((at, found), (column, expected), "{text}");
    }
    assert!(matches!(problem("a /(b/"), (3, Problem::BadRegex(_))));
    assert!(matches!(problem(&"(".repeat(1000)), (51, Problem::TooDeep(_))));
    assert!(matches!(problem(&"NOT ".repeat(1000)), (201, Problem::TooDeep(_))));
}

#[test]
fn an_error_is_a_sentence_that_says_where() {
    assert_eq!(
        shape("time cod:x"),
        "there is no filter cod:; the nearest is code:; to look for the words themselves, put them in quotation marks \
         (character 6 of the query)"
    );
}

/// A tree such as parsing makes: groups where they are needed, nothing joined twice.
fn trees() -> impl Strategy<Value = Clause> {
    let at = |what| Clause { at: Span::default(), what };
    let words = "([a-zA-Zŷé]{1,3}(’[a-z])?|[0-9]{1,3})(-[a-z]{1,3}){0,2}|AND|OR|NOT";
    let value = "[a-zA-Z ()=/\"“\\\\.*~:-]{0,6}[a-z]";
    let plain = "[a-z]{1,3}";
    let leaf = prop_oneof![
        words.prop_map(What::Word),
        "[a-z \"\\\\“’.-]{0,6}[a-z]".prop_map(What::Phrase),
        (plain, 0u32..30).prop_map(|(words, others)| What::Near { words, others }),
        plain.prop_map(What::Prefix),
        plain.prop_map(What::Fuzzy),
        "[a-z/][a-z/ .]{0,4}(\\\\d|\\\\\\\\|[a-z/])".prop_map(What::Regex),
        (value, any::<bool>(), 0usize..13).prop_map(|(value, exact, which)| {
            let word = names().words().nth(which).expect("thirteen filters").to_owned();
            What::Filter(Filter { name: names().find(&word).expect("a filter"), exact, value })
        }),
    ];
    let group = move |what: What| {
        let needed = matches!(what, What::All(_) | What::Any(_));
        at(if needed { What::Group(Box::new(at(what))) } else { what })
    };
    leaf.prop_map(at).prop_recursive(4, 24, 4, move |inner| {
        let grouped = inner.clone().prop_map(move |clause| group(clause.what));
        prop_oneof![
            grouped.clone().prop_map(move |clause| at(What::Not(Box::new(clause)))),
            grouped.clone().prop_map(move |clause| at(What::Group(Box::new(clause)))),
            prop::collection::vec(grouped.clone(), 2..4).prop_map(move |all| at(What::All(all))),
            prop::collection::vec(grouped, 2..4).prop_map(move |any| at(What::Any(any))),
        ]
    })
}

#[test]
fn a_coder_is_named_by_a_filter_and_not_by_words_that_look_like_one() {
    let names_coder = |text: &str| Query::parse(text, &names()).unwrap().names_coder();
    for text in ["by:kim", "time (by:kim OR is:starred)", "NOT by:kim", "-BY:kim"] {
        assert!(names_coder(text), "{text}");
    }
    for text in ["time", "\"stand by: him\"", "/by:/", "code:\"by: hand\"", "in:by"] {
        assert!(!names_coder(text), "{text}");
    }
}

proptest! {
    #[test]
    fn parse_after_print_is_identity(clause in trees()) {
        let query = Query { text: String::new(), root: Some(clause) };
        let printed = query.to_string();
        prop_assert_eq!(Query::parse(&printed, &names()).expect(&printed), query);
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_and_reads_back(text in "(\\PC|[ ()\"/\\\\*~:-]|OR |NOT |code:|[a-z]{1,3}){0,12}") {
        if let Ok(query) = Query::parse(&text, &names()) {
            let printed = query.to_string();
            prop_assert_eq!(Query::parse(&printed, &names()).expect(&printed), query);
        }
    }
}
