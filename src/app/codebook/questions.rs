//! Questions about the codebook, and where their answers go.

use super::Model;
use crate::app::Effect;
use crate::app::ask::{Asked, Choice};
use crate::study::{Classified, Code, CodeId, Decision, PointId, Side, ThemeId};
use crate::text::counted;

/// What an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodebookQuestion {
    /// Why the next change is made.
    Reason,
    /// The name of a new code.
    NewCode {
        /// Below which one.
        parent: Option<CodeId>,
        /// Behind which one.
        after: Option<CodeId>,
    },
    /// Another name for a code.
    Rename(CodeId),
    /// Where to move a code.
    MoveUnder(CodeId),
    /// With which code to merge one.
    MergeInto(CodeId),
    /// Whether to merge them.
    Merge {
        /// The one that goes.
        from: CodeId,
        /// The one that stays.
        into: CodeId,
    },
    /// Under which component.
    Classify(Classified),
    /// The name of a new theme, behind another one.
    NewTheme(Option<ThemeId>),
    /// Another name for a theme.
    RenameTheme(ThemeId),
    /// Which code to name on a side of a theme.
    ThemeCode(ThemeId, Side),
    /// To which code the chosen quote is dealt.
    DealTo,
    /// To which new code the chosen quote is dealt.
    DealToNew,
    /// Whether to split as it was dealt.
    Split,
    /// What to call the codebook as it is now.
    Freeze,
    /// With which later version to compare this one.
    CompareWith(Option<PointId>),
    /// What should be otherwise.
    Propose(Classified),
    /// What is said with a decision; with a proposal, the component that is proposed by its number.
    ReviewComment(Classified, Decision, Option<u32>),
}

/// The answer that stands for the top of the tree.
const TOP: &str = "top";

impl CodebookQuestion {
    pub(super) fn asked(self) -> Asked {
        Asked::Codebook(self)
    }
}

impl Model {
    /// Takes the answer to a question about the codebook.
    pub(in crate::app) fn answer_codebook(
        &mut self,
        question: CodebookQuestion,
        answer: &str,
    ) -> Vec<Effect> {
        use CodebookQuestion as Q;
        let code = answer.parse::<CodeId>().ok();
        match question {
            Q::Reason => self.keep_reason(answer),
            Q::NewCode { parent, after } => self.add_code(parent, after, answer),
            Q::Rename(code) => self.rename_code(code, answer),
            Q::MoveUnder(code) if answer == TOP => self.move_code(code, None),
            Q::MoveUnder(moved) => code.map_or_else(Vec::new, |parent| self.move_code(moved, Some(parent))),
            Q::MergeInto(from) => code.map_or_else(Vec::new, |into| self.ask_merge(from, into)),
            Q::Merge { from, into } => self.merge_code(from, into),
            Q::Classify(of) => self.classify_thing(of, Some(answer).filter(|answer| *answer != TOP)),
            Q::NewTheme(after) => self.add_theme(after, answer),
            Q::RenameTheme(theme) => self.rename_theme(theme, answer),
            Q::ThemeCode(theme, side) => {
                code.map_or_else(Vec::new, |code| self.toggle_theme_code(theme, side, code))
            }
            Q::DealTo => code.map_or_else(Vec::new, |code| self.deal_to_code(code)),
            Q::DealToNew => self.deal_to_new(answer),
            Q::Split => self.split_code(),
            Q::Freeze => self.freeze_codebook(answer),
            Q::CompareWith(earlier) => self.compare_with(earlier, answer),
            Q::Propose(of) => self.propose(of, answer),
            Q::ReviewComment(of, decision, component) => self.decide(of, decision, component, answer),
        }
    }

    /// Asks why the next change is made.
    pub(in crate::app) fn ask_why(&mut self) -> Vec<Effect> {
        let held = self.codebook.reason.clone().unwrap_or_default();
        let hint = "kept with the next change; empty for none";
        self.prompt("why", hint, &held, CodebookQuestion::Reason.asked())
    }

    fn keep_reason(&mut self, answer: &str) -> Vec<Effect> {
        self.codebook.reason = (!answer.is_empty()).then(|| answer.to_owned());
        self.say(match answer.is_empty() {
            true => "No reason is kept.",
            false => "The next change of the codebook is kept with that reason.",
        });
        Vec::new()
    }

    /// Codes to choose from, in the order of the tree, each with where it stands.
    pub(in crate::app) fn code_choices(&mut self, offered: impl Fn(&Code) -> bool) -> Vec<Choice> {
        let codes = self.study.codes_in_tree_order().into_iter().map(|(_, code)| code);
        let codes: Vec<Code> = codes.filter(|code| offered(code)).cloned().collect();
        let counts = self.count_codes(codes.iter().map(|code| code.id));
        let codings = |code: &Code| counts.get(&code.id).map_or(0, |figures| figures.codings as usize);
        let choice = |code: &Code| Choice {
            words: code.name.clone(),
            detail: self.code_standing(code, codings(code)),
            answer: code.id.to_string(),
        };
        codes.iter().map(choice).collect()
    }

    /// The choice of no code at all, or of no component.
    pub(super) fn choice_of_none(words: &str) -> Choice {
        Choice { words: words.to_owned(), detail: String::new(), answer: TOP.to_owned() }
    }

    /// Where a code stands, in a few words: sign, component, codings.
    fn code_standing(&self, code: &Code, codings: usize) -> String {
        let sign = match code.side {
            Some(Side::Barrier) => "−",
            Some(Side::Facilitator) => "+",
            None => "",
        };
        let component = self.study.component_of(code.id, &self.study.settings.framework);
        let component = component.map_or("", |component| component.abbreviation.as_str());
        let codings = match codings {
            0 => String::new(),
            count => counted(count, "coding", "codings"),
        };
        let words = [sign, component, &codings];
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Asks for a name again that could not be taken, with what was typed still there.
    pub(super) fn ask_name_again(
        &mut self,
        why: String,
        question: &str,
        typed: &str,
        asked: CodebookQuestion,
    ) -> Vec<Effect> {
        let effects = self.prompt(question, "a name", typed, asked.asked());
        self.refuse(why);
        effects
    }
}
