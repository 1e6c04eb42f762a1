//! The words of this program beside those of NVivo, MAXQDA and ATLAS.ti.

/// One word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Here.
    pub ours: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// In NVivo.
    pub nvivo: &'static str,
    /// In MAXQDA.
    pub maxqda: &'static str,
    /// In ATLAS.ti.
    pub atlas: &'static str,
}

const fn term(
    ours: &'static str,
    meaning: &'static str,
    nvivo: &'static str,
    maxqda: &'static str,
    atlas: &'static str,
) -> Term {
    Term { ours, meaning, nvivo, maxqda, atlas }
}

/// The glossary. A dash stands where the other program has no such thing.
pub const GLOSSARY: &[Term] = &[
    term("study", "one folder with everything in it", "project", "project", "project"),
    term("transcript", "one interview or focus group", "file, source", "document", "document"),
    term("turn", "what one speaker says before the next one does", "paragraph", "paragraph", "paragraph"),
    term("participant", "a person who speaks, in one transcript or several", "case", "speaker", "speaker"),
    term("attribute", "a property of a participant or transcript", "attribute", "variable", "document group"),
    term("quote", "a passage that one coder marked", "reference", "coded segment", "quotation"),
    term("coding", "one code on one quote", "coding reference", "coded segment", "coding"),
    term("code", "a named idea in the codebook", "code, node", "code", "code"),
    term("side", "whether a code is a barrier or a facilitator", "-", "-", "-"),
    term("valence", "barrier, facilitator or both, of one coding", "sentiment", "-", "-"),
    term("component", "a part of the framework, such as physical opportunity", "code", "code", "code group"),
    term("theme", "a row of the analysis: barriers and what answers them", "code", "code set", "code group"),
    term("panel", "barriers and facilitators of one component", "matrix query", "code matrix", "code table"),
    term(
        "layer",
        "one coder's quotes and codings of a transcript",
        "user's coding",
        "user's coding",
        "user's coding",
    ),
    term("memo", "a signed, dated note on anything", "memo, annotation", "memo", "memo, comment"),
    term("summary", "what one case says on one theme", "matrix summary", "summary", "-"),
    term("in-vivo code", "a code named by the words it is on", "in vivo", "in vivo", "in vivo"),
    term("stripe", "the mark of a coding beside the text", "coding stripe", "coding stripe", "margin area"),
];
