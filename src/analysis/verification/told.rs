//! Who a draft says speaks in a quotation: behind it, around it, and in comments.

use super::address::Address;
use super::check::{Checker, once};
use super::quotation::Quotation;
use super::reading::Behind;
use super::saying::describes_speaker;
use crate::study::ParticipantId;

/// Who is said to speak, and how plainly.
#[derive(Default)]
pub(super) struct Told {
    /// What stands behind the quotation, as written and read.
    pub(super) behind: Option<(String, Behind)>,
    /// What stands behind a later quotation, which both may share.
    pub(super) shared: Option<(String, Behind)>,
    /// Who plainly says it by the words around it, else whoever is named there.
    pub(super) meant: Vec<ParticipantId>,
    /// Whether it is plainly said.
    pub(super) plainly: bool,
    /// Whom the words around it describe as the speaker.
    pub(super) described: Option<(String, Behind)>,
    /// Where a comment says it was taken from.
    pub(super) hints: Vec<Address>,
}

impl Told {
    /// Whose words are compared first where nothing was said so.
    pub(super) fn named(&self) -> &[ParticipantId] {
        let behind = self.behind.as_ref().map(|(_, behind)| behind.named.as_slice());
        behind.filter(|named| !named.is_empty()).unwrap_or(&self.meant)
    }
}

impl Checker<'_> {
    /// Reads what is said around a quotation; of one that is not `is_long` only what stands behind it.
    pub(super) fn told(&self, quotation: &Quotation, is_long: bool) -> Told {
        let read = |text: &str| (text.to_owned(), self.descriptors.read(text));
        let candidates: Vec<(bool, (String, Behind))> =
            quotation.behind.iter().map(|held| (held.plain, read(&held.text))).collect();
        let names = |(plain, (_, behind)): &&(bool, (String, Behind))| match plain {
            true => self.descriptors.is_attribution(behind) || self.descriptors.describes(behind),
            false => self.descriptors.is_bare_attribution(behind),
        };
        let is_named = |(_, (_, behind)): &&(bool, (String, Behind))| behind.names_one();
        let behind = candidates.iter().filter(names).find(is_named);
        let behind = behind
            .or_else(|| candidates.iter().find(names))
            .or_else(|| candidates.iter().find(|(plain, _)| *plain));
        let mut told = Told { behind: behind.map(|(_, read)| read.clone()), ..Told::default() };
        if let Some(shared) = &quotation.shared {
            let whole = read(&shared.text);
            match whole.1.named.get(shared.number).filter(|_| whole.1.named.len() == shared.of) {
                // `“…” and “…” (P1; P2)`: one each, in this order.
                Some(person) => told.behind = Some(read(&self.name(*person))),
                None if told.behind.is_none() && is_long => told.shared = Some(whole),
                None => {}
            }
        }
        let comments = quotation.comments.iter();
        told.hints = comments.flat_map(|comment| self.descriptors.addresses.within(comment)).collect();
        // Of a few words in quotation marks nobody says whose they are.
        if !is_long {
            return told;
        }
        let around: Vec<String> =
            quotation.around.iter().map(|words| self.descriptors.spelled_out(words)).collect();
        let named = once(around.iter().flat_map(|words| self.descriptors.named_in(words)));
        // Who plainly says it counts before whoever else is mentioned.
        let said_by = once(around.iter().flat_map(|words| self.descriptors.said_by(words, &named)));
        told.plainly = !said_by.is_empty();
        told.meant = match told.plainly {
            true => said_by,
            false => {
                let hearers = once(around.iter().flat_map(|words| self.descriptors.said_to(words, &named)));
                named.into_iter().filter(|person| !hearers.contains(person)).collect()
            }
        };
        let described = around.iter().filter_map(|words| describes_speaker(words)).map(|who| read(&who));
        told.described = described.into_iter().find(|(_, who)| self.descriptors.describes(who));
        told
    }
}
