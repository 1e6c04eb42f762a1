//! Search: building the index, and queries from their text to ranked hits with highlights, beside bare
//! tantivy on the same texts in the same run.
//!
//! `cargo bench --bench search` measures on 91 and 910 transcripts; with `COMBE_BENCH_LARGE=1` on 9,100 too,
//! which takes some minutes and 2 GB of memory.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench on made-up data stops at the first surprise"
)]

mod corpus;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use combe::search::{Cancel, Corpus, FilterNames, Index, Plan, Query, ReadTurns, Results, search};
use combe::study::{RevisionId, Study};
use divan::{Bencher, black_box};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{PhraseQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};
use tantivy::{IndexWriter, Searcher, TantivyDocument, Term};

/// Hits on a screen.
const SCREEN: usize = 50;

fn main() {
    divan::main();
}

fn sizes() -> Vec<usize> {
    let large = std::env::var_os("COMBE_BENCH_LARGE").is_some();
    if large { vec![91, 910, 9_100] } else { vec![91, 910] }
}

/// A study with its texts and its index on disk, and the same turns in an index of bare tantivy.
struct Stage {
    study: Study,
    texts: BTreeMap<RevisionId, Arc<str>>,
    corpus: Arc<Corpus>,
    index: Arc<Index>,
    bare: Bare,
    _folder: tempfile::TempDir,
}

/// The stage of that size, set once. Only one is kept: the largest takes a gigabyte.
fn stage(size: usize) -> Arc<Stage> {
    static LAST: Mutex<Option<(usize, Arc<Stage>)>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap();
    if let Some((of, stage)) = &*last
        && *of == size
    {
        return Arc::clone(stage);
    }
    *last = None;
    let stage = Arc::new(set_stage(size));
    *last = Some((size, Arc::clone(&stage)));
    stage
}

fn set_stage(size: usize) -> Stage {
    let (study, texts) = corpus::study(size);
    let corpus = Arc::new(Corpus::of(&study));
    let folder = tempfile::tempdir().unwrap();
    let begun = std::time::Instant::now();
    let index = build_ours(&corpus, &texts, folder.path());
    let ours = begun.elapsed();
    let begun = std::time::Instant::now();
    let bare = build_bare(&corpus, &texts, &folder.path().join("bare"), true);
    let words: u64 =
        corpus.entries().iter().flat_map(|entry| &entry.turns.turns).map(|turn| u64::from(turn.words)).sum();
    let bytes: usize = texts.values().map(|text| text.len()).sum();
    println!(
        "{size} transcripts, {} turns, {words} words, {bytes} bytes; index built in {ours:.2?}, bare in {:.2?}",
        corpus.size(),
        begun.elapsed()
    );
    Stage { study, texts, corpus, index, bare, _folder: folder }
}

fn build_ours(
    corpus: &Arc<Corpus>,
    texts: &BTreeMap<RevisionId, Arc<str>>,
    folder: &std::path::Path,
) -> Arc<Index> {
    let index = Arc::new(Index::open(folder).unwrap());
    index.writer().unwrap().catch_up(corpus, texts, &Cancel::new(), |_| {}).unwrap();
    index
}

struct Bare {
    searcher: Searcher,
    exact: Field,
}

/// tantivy as it comes, one writing thread: its own words, and its own English stems if `stems`.
fn build_bare(
    corpus: &Corpus,
    texts: &BTreeMap<RevisionId, Arc<str>>,
    folder: &std::path::Path,
    stems: bool,
) -> Bare {
    let words = |name: &str| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(name)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut schema = Schema::builder();
    let exact = schema.add_text_field("exact", words("words"));
    let stemmed = stems.then(|| schema.add_text_field("stems", words("stems")));
    std::fs::create_dir_all(folder).unwrap();
    let index = tantivy::Index::create_in_dir(folder, schema.build()).unwrap();
    let lower = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser);
    index.tokenizers().register("words", lower.build());
    let lower = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser);
    index.tokenizers().register("stems", lower.filter(Stemmer::new(Language::English)).build());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 48 << 20).unwrap();
    for entry in corpus.entries() {
        for turn in &entry.turns.turns {
            let speech = turn.speech.slice(&texts[&entry.revision]).unwrap();
            let mut document = TantivyDocument::new();
            document.add_text(exact, speech);
            if let Some(stemmed) = stemmed {
                document.add_text(stemmed, speech);
            }
            writer.add_document(document).unwrap();
        }
    }
    writer.commit().unwrap();
    Bare { searcher: index.reader().unwrap().searcher(), exact }
}

/// From the text of a query to ranked hits with the highlights of a screen.
fn ask(stage: &Stage, query: &str) -> Results {
    let query = Query::parse(query, &FilterNames::of(&stage.study)).unwrap();
    let plan = Plan::new(&query, &stage.study, &stage.corpus, &ReadTurns::new()).unwrap();
    search(&plan, Some(&stage.index), &stage.texts, SCREEN, &Cancel::new()).unwrap()
}

fn bench_query(bencher: Bencher<'_, '_>, size: usize, query: &str) {
    let stage = stage(size);
    assert!(ask(&stage, query).total() > 0, "{query} finds nothing");
    bencher.bench_local(|| black_box(ask(&stage, query)));
}

fn bench_bare(
    bencher: Bencher<'_, '_>,
    size: usize,
    query: impl Fn(Field) -> Box<dyn tantivy::query::Query>,
) {
    let stage = stage(size);
    let query = query(stage.bare.exact);
    let collector = || (TopDocs::with_limit(SCREEN).order_by_score(), Count);
    bencher.bench_local(|| black_box(stage.bare.searcher.search(&query.box_clone(), &collector()).unwrap()));
}

mod build {
    use super::*;

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn ours(bencher: Bencher) {
        let stage = stage(91);
        bencher
            .with_inputs(|| tempfile::tempdir().unwrap())
            .bench_local_values(|folder| (build_ours(&stage.corpus, &stage.texts, folder.path()), folder));
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn bare_words_and_stems(bencher: Bencher) {
        let stage = stage(91);
        bencher.with_inputs(|| tempfile::tempdir().unwrap()).bench_local_values(|folder| {
            (build_bare(&stage.corpus, &stage.texts, folder.path(), true), folder)
        });
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn bare_words(bencher: Bencher) {
        let stage = stage(91);
        bencher.with_inputs(|| tempfile::tempdir().unwrap()).bench_local_values(|folder| {
            (build_bare(&stage.corpus, &stage.texts, folder.path(), false), folder)
        });
    }

    /// The analyser alone over all 91 transcripts.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn analyse(bencher: Bencher) {
        let stage = stage(91);
        bencher.bench_local(|| {
            let mut analyser = combe::text::Analyser::new(combe::text::Language::English);
            stage.texts.values().map(|text| analyser.tokens(text).count()).sum::<usize>()
        });
    }
}

macro_rules! queries {
    ($($(#[$note:meta])* $name:ident: $query:expr;)*) => {
        mod query {
            use super::*;

            $(
                $(#[$note])*
                #[divan::bench(args = sizes(), max_time = 1)]
                fn $name(bencher: Bencher, size: usize) {
                    bench_query(bencher, size, $query);
                }
            )*
        }
    };
}

queries! {
    a_rare_word: "tŷ";
    b_stemmed_word: "services";
    c_commonest_word: "the";
    d_two_words: "time pressure";
    e_four_common_words: "the and to of";
    f_alternatives: "services OR appointments";
    g_phrase: "\"the time\"";
    h_near: "\"time pressure\"~5";
    i_prefix: "commun*";
    j_fuzzy: "colour~";
    k_negated: "time -the";
    l_filter_and_word: "speaker:interviewer time";
    m_filter_alone: "code:=\"Code 3\"";
    n_uncoded: "is:uncoded services";
}

mod bare {
    use super::*;

    fn term(field: Field, word: &str) -> Term {
        Term::from_field_text(field, word)
    }

    #[divan::bench(args = sizes(), max_time = 1)]
    fn c_commonest_word(bencher: Bencher, size: usize) {
        bench_bare(bencher, size, |field| {
            Box::new(TermQuery::new(term(field, "the"), IndexRecordOption::WithFreqs))
        });
    }

    #[divan::bench(args = sizes(), max_time = 1)]
    fn a_rare_word(bencher: Bencher, size: usize) {
        bench_bare(bencher, size, |field| {
            Box::new(TermQuery::new(term(field, "tŷ"), IndexRecordOption::WithFreqs))
        });
    }

    #[divan::bench(args = sizes(), max_time = 1)]
    fn g_phrase(bencher: Bencher, size: usize) {
        bench_bare(bencher, size, |field| {
            Box::new(PhraseQuery::new(vec![term(field, "the"), term(field, "time")]))
        });
    }
}

/// What a change of transcripts costs before the next query.
#[divan::bench(args = sizes(), max_time = 1)]
fn make_corpus(bencher: Bencher, size: usize) {
    let stage = stage(size);
    bencher.bench_local(|| black_box(Corpus::of(&stage.study)));
}
