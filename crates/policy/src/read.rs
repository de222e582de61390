//! From the tree to the definition: strict, with every problem at its place.
//!
//! Reading goes on after a problem, so that one run shows all of them.

mod autonomy;
mod cases;
pub(crate) mod conditions;
mod cursor;
mod handoff;
mod queues;
mod rules;
mod topics;
mod words;

use segue_model::id::QueueKey;
use segue_model::signal::{SignalKind, Unit};
use segue_model::topic::TopicKey;

pub(crate) use self::cases::case_file;
use self::cursor::{Cursor, Fields, Problems};
use crate::definition::{Bands, Definition, Disclosure, Fallback, Localized, Promises, Timers};
use crate::grammar;
use crate::problem::{Place, Problem, ProblemCode};
use crate::tree;

/// The names that other parts of the file refer to.
struct Names {
    language: String,
    queues: Vec<QueueKey>,
    topics: Vec<TopicKey>,
    tiers: Vec<String>,
}

/// Where rules, topics and queues stand, by path; for lint.
pub(crate) type Places = Vec<(String, Place)>;

/// Reads a text as a definition, or says everything that is wrong with it.
pub(crate) fn definition(yaml: &str) -> Result<(Definition, Places), Vec<Problem>> {
    let tree = tree::read(yaml).map_err(|problem| vec![problem])?;
    let mut problems = Problems::default();
    let root = Cursor::root(&tree);
    let read = root
        .fields(&mut problems, grammar::policy())
        .and_then(|fields| whole(&fields, &mut problems));
    match (read, problems.into_sorted()) {
        (Some(read), problems) if problems.is_empty() => Ok((read, places(&root))),
        // Nothing read and nothing said cannot happen: every refusal says why.
        (_, problems) => Err(problems),
    }
}

fn places(root: &Cursor<'_>) -> Places {
    let mut silent = Problems::default();
    let mut places = Places::new();
    for section in ["topics", "queues"] {
        for (key, place, _) in root
            .child(section)
            .iter()
            .flat_map(|it| it.entries(&mut silent))
        {
            places.push((format!("{section}.{key}"), place));
        }
    }
    let rules = root
        .child("rules")
        .map(|it| it.items(&mut silent))
        .unwrap_or_default();
    for rule in rules {
        if let Some(id) = rule.child("id").and_then(|id| id.raw_text()) {
            places.push((format!("rules.{id}"), rule.place()));
        }
    }
    let topics = root.child("topics");
    for (key, _, topic) in topics.iter().flat_map(|it| it.entries(&mut silent)) {
        for list in ["phrases", "patterns", "except"] {
            let items = topic
                .child(list)
                .map(|it| it.items(&mut Problems::default()));
            for (index, item) in items.iter().flatten().enumerate() {
                places.push((format!("topics.{key}.{list}[{index}]"), item.place()));
            }
        }
    }
    for section in ["bands", "rules", "root_causes", "fallback"] {
        places.extend(
            root.child(section)
                .map(|it| (section.to_owned(), it.place())),
        );
    }
    for (section, key) in [
        ("always", "opt_out"),
        ("always", "unavailable"),
        ("autonomy", "none"),
        ("autonomy", "draft"),
    ] {
        let found = root.child(section).and_then(|it| it.child(key));
        places.extend(found.map(|it| (format!("{section}.{key}"), it.place())));
    }
    let languages = root.child("wording");
    for (code, place, language) in languages.iter().flat_map(|it| it.entries(&mut silent)) {
        places.push((format!("wording.{code}"), place));
        for (notice, place, _) in language.entries(&mut Problems::default()) {
            places.push((format!("wording.{code}.{notice}"), place));
        }
    }
    places
}

fn whole(fields: &Fields<'_>, problems: &mut Problems) -> Option<Definition> {
    let language = fields
        .need("language", problems)
        .and_then(|it| language(&it, problems));
    let names = Names {
        language: language.clone().unwrap_or_else(|| "en".to_owned()),
        queues: keys_of(fields, "queues")
            .map(|key| QueueKey(key.to_owned()))
            .collect(),
        topics: keys_of(fields, "topics").map(TopicKey::from).collect(),
        tiers: fields
            .bounded("tiers", problems)
            .map(|it| it.names(problems))
            .unwrap_or_default(),
    };
    // Everything is read before anything is given up, so that all problems show.
    let name = fields
        .need("policy", problems)
        .and_then(|it| it.name(problems));
    let bands = fields
        .need("bands", problems)
        .and_then(|it| bands(&it, problems));
    let fallback = fields
        .need("fallback", problems)
        .and_then(|it| fallback(&it, &names, problems));
    let always = fields
        .need("always", problems)
        .and_then(|it| handoff::always(&it, &names, problems));
    let timers = fields
        .need("timers", problems)
        .and_then(|it| timers(&it, problems));
    let hand_backs_max = fields.whole("hand_backs_max", problems);
    let disclosure = fields
        .need("disclosure", problems)
        .and_then(|it| disclosure(&it, problems));
    let root_causes = fields
        .bounded("root_causes", problems)
        .map(|it| it.words(problems));
    let promises = fields
        .get("promises")
        .map_or(Some(Promises::default()), |it| promises(&it, problems));
    let topics = fields
        .bounded("topics", problems)
        .map(|it| topics::topics(&it, &names, problems));
    let autonomy = autonomy::autonomy(fields, topics.as_deref(), &names, problems);
    let default_queue = fields
        .need("default_queue", problems)
        .and_then(|it| queue_key(&it, &names, problems));
    let queues = fields
        .bounded("queues", problems)
        .map(|it| queues::queues(&it, &names, problems));
    let rules = fields
        .bounded("rules", problems)
        .map(|it| rules::rules(&it, &names, problems));
    let wording = fields
        .need("wording", problems)
        .map(|it| words::wording(&it, &names, rules.as_deref(), problems));
    let (opt_out, unavailable) = always?;
    Some(Definition {
        name: name?,
        language: language?,
        bands: bands?,
        fallback: fallback?,
        opt_out,
        unavailable,
        autonomy: autonomy?,
        timers: timers?,
        hand_backs_max: hand_backs_max?,
        disclosure: disclosure?,
        root_causes: root_causes?,
        tiers: names.tiers,
        promises: promises?,
        topics: topics?,
        default_queue: default_queue?,
        queues: queues?,
        rules: rules?,
        wording: wording?,
    })
}

fn keys_of<'a>(fields: &Fields<'a>, section: &str) -> impl Iterator<Item = &'a str> {
    let cursor = fields.get(section);
    cursor.map(|it| it.keys()).unwrap_or_default().into_iter()
}

fn language(at: &Cursor<'_>, problems: &mut Problems) -> Option<String> {
    let text = at.text(problems)?;
    let is_code =
        (2..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_code {
        at.problem(
            problems,
            ProblemCode::OutOfRange,
            format!("`{text}` is no language code"),
        )
        .hint("two or three small letters, as `en` or `de`");
        return None;
    }
    Some(text.to_owned())
}

/// A band pair, as the policy and a topic have it.
fn band_pair(fields: &Fields<'_>, problems: &mut Problems) -> Option<(f64, f64)> {
    let floor = fields.number("floor", problems);
    let accept = fields.number("accept", problems);
    let (floor, accept, at) = (floor?, accept?, fields.get("accept")?);
    if accept < floor {
        at.problem(
            problems,
            ProblemCode::Contradiction,
            format!("`accept` ({accept}) lies below `floor` ({floor})"),
        )
        .hint("answers are said from `accept` on and given up below `floor`");
        return None;
    }
    Some((floor, accept))
}

fn bands(at: &Cursor<'_>, problems: &mut Problems) -> Option<Bands> {
    let fields = at.fields(problems, grammar::bands())?;
    let pair = band_pair(&fields, problems);
    let list = fields.bounded("signals", problems)?;
    let mut signals = Vec::new();
    for item in list.items(problems) {
        let Some(text) = item.text(problems) else {
            continue;
        };
        let scores = || {
            SignalKind::ALL
                .iter()
                .filter(|kind| kind.unit() == Unit::Score)
        };
        match scores().find(|kind| kind.name() == text) {
            Some(kind) => signals.push(*kind),
            None => item.unknown(problems, "score", text, scores().map(|kind| kind.name())),
        }
    }
    let (floor, accept) = pair?;
    Some(Bands {
        floor,
        accept,
        signals,
    })
}

fn fallback(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Option<Fallback> {
    let fields = at.fields(problems, grammar::fallback())?;
    let escalate_at = fields.whole("escalate_at", problems);
    let handoff = handoff::handoff(
        &fields,
        Some(segue_model::escalation::Trigger::Fallback),
        names,
        problems,
    );
    Some(Fallback {
        escalate_at: escalate_at?,
        handoff: handoff?,
    })
}

fn timers(at: &Cursor<'_>, problems: &mut Problems) -> Option<Timers> {
    let fields = at.fields(problems, grammar::timers())?;
    let deadline = fields.whole("assistant_deadline_s", problems);
    let idle = fields.whole("idle_close_min", problems);
    Some(Timers {
        assistant_deadline_s: deadline?,
        idle_close_min: idle?,
    })
}

fn disclosure(at: &Cursor<'_>, problems: &mut Problems) -> Option<Disclosure> {
    let fields = at.fields(problems, grammar::disclosure())?;
    let customer = fields.word("customer", problems);
    let staff = fields.word("staff", problems);
    Some(Disclosure {
        customer: customer?,
        staff: staff?,
    })
}

fn promises(at: &Cursor<'_>, problems: &mut Problems) -> Option<Promises> {
    let fields = at.fields(problems, grammar::promises())?;
    let mut tools = |key: &str| {
        let list = fields.bounded(key, problems);
        list.map(|it| topics::texts(&it, problems))
            .unwrap_or_default()
    };
    Some(Promises {
        follow_up: tools("follow_up"),
        action: tools("action"),
    })
}

/// A queue that must exist.
fn queue_key(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Option<QueueKey> {
    let text = at.text(problems)?;
    let found = names.queues.iter().find(|key| key.as_str() == text);
    if found.is_none() {
        at.unknown(
            problems,
            "queue",
            text,
            names
                .queues
                .iter()
                .map(QueueKey::as_str)
                .chain(at.instead()),
        );
    }
    found.cloned()
}

/// A text of the policy's language, or one per language.
fn localized(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Option<Localized> {
    let mut read = Localized::default();
    if at.is_text() {
        read.0
            .insert(names.language.clone(), at.text(problems)?.into());
        return Some(read);
    }
    for (_, _, entry) in at.entries(problems) {
        let (Some(code), Some(text)) = (entry.key_language(problems), entry.text(problems)) else {
            continue;
        };
        read.0.insert(code, text.into());
    }
    if !read.0.contains_key(&names.language) {
        let message = format!(
            "the text is missing in the policy's language `{}`",
            names.language
        );
        at.problem(problems, ProblemCode::MissingKey, message)
            .hint(format!("add `{}: ...` to the map", names.language));
        return None;
    }
    Some(read)
}
