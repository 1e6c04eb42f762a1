//! One step of the program: a message in, effects out.

use std::sync::Arc;

use super::{Effect, Model, Msg, Place, Size, Unwritten, input, layout};

/// Takes one message into the model and says what is to be done about it. Afterwards the model is laid out for its
/// size: it can be painted as it is.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = take(model, msg);
    effects.extend(settle(model));
    effects
}

fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => input::press(model, key),
        Msg::Paste(text) => input::paste(model, &text),
        Msg::Resize(width, height) => {
            model.size = Size { width, height };
            Vec::new()
        }
        Msg::StudyLoaded(loaded) => then_waiting(model, |model| model.study_loaded(*loaded)),
        Msg::TextLoaded { revision, text, turns } => then_waiting(model, |model| {
            model.texts.put(revision, Arc::clone(&text));
            model.texts.put_turns(turns.filter(|_| model.study.turns_of(revision).is_none()));
            model.replace_with_text(revision, text)
        }),
        Msg::TextMissing { revision, sentence } => {
            model.texts.give_up(revision);
            model.read.give_up();
            model.give_up_replacing();
            model.waiting.clear();
            model.trouble(sentence);
            Vec::new()
        }
        Msg::Committed { action, seq, at } => {
            model.import_committed(action, seq);
            model.timeline.stale = true;
            model.committed(action, at)
        }
        Msg::Refused { actions, sentence } => model.refused(&actions, &sentence),
        Msg::Others(logged) => {
            model.timeline.stale = true;
            model.others(logged)
        }
        Msg::HistoryLoaded { part, limit, generation, told } => {
            model.history_loaded(part, limit, generation, told);
            Vec::new()
        }
        Msg::ChangesLoaded { seq, changes } => {
            model.changes_loaded(seq, changes);
            Vec::new()
        }
        Msg::InverseLoaded { action, texts } => model.inverse_loaded(&action, texts),
        Msg::InverseMissing { action, sentence } => {
            model.inverse_missing(action, &sentence);
            Vec::new()
        }
        Msg::StandingOn { action, later } => {
            model.say_what_stands_on(action, &later);
            Vec::new()
        }
        Msg::CodebookPast(actions) => model.codebook_past_loaded(actions),
        Msg::CodebookPastMissing(sentence) => model.codebook_past_missing(sentence),
        Msg::ActionLoaded { action, texts } => model.action_loaded(*action, texts),
        Msg::ActionMissing { action, sentence } => {
            model.action_missing(action, &sentence);
            Vec::new()
        }
        Msg::BuiltOn { action, later } => {
            model.say_who_built_on(action, later.as_deref());
            Vec::new()
        }
        Msg::Scratch(unwritten) => {
            if let Some(Unwritten { sentence, .. }) = &unwritten {
                model.trouble(sentence.clone());
            }
            model.unwritten = unwritten;
            Vec::new()
        }
        Msg::DraftsElsewhere { telling, news } => model.drafts_elsewhere(telling, news),
        Msg::OnlyReading(why) => {
            model.read_only = Some(why);
            Vec::new()
        }
        Msg::SearchDone { generation, outcome } => {
            then_waiting(model, |model| model.search_done(generation, outcome))
        }
        Msg::QuotesFound { generation, found } => {
            then_waiting(model, |model| model.quotes_found(generation, found))
        }
        Msg::QuotationLookedFor { there } => model.quotation_looked_for(there),
        Msg::QuotationAppended { action, open_to_others } => model.quotation_appended(action, open_to_others),
        Msg::QuotationNotAppended { action, sentence } => model.quotation_not_appended(action, &sentence),
        Msg::HitsRead { generation, read } => then_waiting(model, |model| model.hits_read(generation, read)),
        Msg::SettingsRead(read) => {
            model.settings_read(*read);
            Vec::new()
        }
        Msg::ImportProgress { generation, done, of } => {
            model.import_progress(generation, done, of);
            Vec::new()
        }
        Msg::ImportPlanned { generation, planned } => {
            then_waiting(model, |model| model.import_planned(generation, *planned))
        }
        Msg::ImportFailed { generation, sentence } => model.import_failed(generation, &sentence),
        Msg::PathsListed { typed, paths } => {
            model.paths_listed(&typed, &paths);
            Vec::new()
        }
        Msg::Scanned { generation, scanned } => {
            model.scanned(generation, *scanned);
            Vec::new()
        }
        Msg::ScanFailed { generation, sentence } => {
            model.scan_failed(generation, sentence);
            Vec::new()
        }
        Msg::NameAdded(names) => {
            model.name_added(names);
            Vec::new()
        }
        Msg::StoreGone(sentence) => {
            model.waiting.clear();
            model.store_gone = true;
            model.read_only = Some(sentence.clone());
            model.trouble(sentence);
            model.quit_when_saved()
        }
        Msg::WorkerDied(sentence) => {
            // Whichever it was: nobody may wait for ever for what it was to do.
            model.quotes.appending.give_up();
            model.trouble(sentence);
            model.quit_when_saved()
        }
        Msg::Notice(sentence) => {
            model.trouble(sentence);
            Vec::new()
        }
    }
}

/// Takes in something that was waited for, then the keys that waited for it, in order.
fn then_waiting(model: &mut Model, take: impl FnOnce(&mut Model) -> Vec<Effect>) -> Vec<Effect> {
    let mut effects = take(model);
    effects.extend(settle(model));
    let waiting = std::mem::take(&mut model.waiting);
    for key in waiting {
        effects.extend(input::press(model, key));
        effects.extend(settle(model));
    }
    effects
}

/// What follows from every message: the layout, texts to be asked for, and the place to be remembered.
pub(super) fn settle(model: &mut Model) -> Vec<Effect> {
    model.advance_tour();
    model.code_looks.follow(&model.study, model.sheets.version());
    let mut effects = layout::arrange(model);
    model.note_news_seen();
    let place = Place::of(model);
    if model.sent_place.as_ref() != Some(&place) {
        model.sent_place = Some(place.clone());
        effects.push(Effect::SavePlace(Box::new(place)));
    }
    effects
}
