//! Wording that promises what no rule or queue does, and wording that is never said.

use segue_model::escalation::Trigger;
use segue_model::turn::NoticeKind;
use segue_model::verdict::HandoffKind;

use super::{LintCode, Lints};
use crate::definition::{Action, CustomerDisclosure, Hours, Rule};
use crate::wording::{Notice, On, Template};
use crate::words::Word;

/// Words that promise a call. Nothing here calls: people write.
const CALLS: &[&str] = &[
    "call you back",
    "call back",
    "callback",
    "give you a call",
    "by phone",
    "rückruf",
    "rufen sie zurück",
    "rufen wir sie",
    "telefonisch",
];
/// Words that promise that somebody is always there.
const ALWAYS: &[&str] = &[
    "24/7",
    "around the clock",
    "day and night",
    "rund um die uhr",
    "jederzeit erreichbar",
];
/// Words that promise a person of one's own.
const OWN_PERSON: &[&str] = &[
    "account manager",
    "your contact at",
    "personal contact",
    "kundenbetreuer",
    "ihr ansprechpartner",
    "ihre ansprechpartnerin",
];
/// Units of time with their seconds, by how they begin.
const UNITS: &[(&str, u32)] = &[
    ("second", 1),
    ("sekunde", 1),
    ("minute", 60),
    ("min", 60),
    ("hour", 3_600),
    ("stunde", 3_600),
];

impl Lints<'_> {
    /// What each text says beyond what the rest of the policy does.
    pub(super) fn promises(&mut self) {
        let definition = self.definition();
        for (code, wording) in &definition.wording.languages {
            for (kind, notice) in &wording.notices {
                let path = format!("wording.{code}.{}", kind.word());
                self.promise(&path, *kind, None, &notice.text);
                for (on, text) in &notice.on {
                    self.promise(&path, *kind, Some(on), text);
                }
                self.never_said(&path, *kind, notice);
            }
        }
    }

    fn promise(&mut self, path: &str, kind: NoticeKind, on: Option<&On>, text: &Template) {
        let said = text.source().to_lowercase();
        let where_on = on.map_or_else(String::new, |on| format!("for `{on}`, "));
        let find =
            |words: &[&'static str]| words.iter().find(|word| said.contains(**word)).copied();
        let mut found: Vec<(LintCode, String)> = Vec::new();
        let definition = self.definition();
        if let Some(words) = find(CALLS) {
            let why = format!(
                "`{words}` promises a call, and nobody here calls; say that somebody writes"
            );
            found.push((LintCode::PromisesCall, why));
        }
        let closed = definition
            .queues
            .iter()
            .find(|queue| queue.hours != Hours::Always);
        if let (Some(words), Some(queue)) = (find(ALWAYS), closed) {
            let why = format!(
                "`{words}` promises what the hours of `{}` do not keep",
                queue.key
            );
            found.push((LintCode::PromisesHours, why));
        }
        let leads_to_manager = definition.handoffs().any(|it| it.is_to_account_manager);
        if let Some(words) = find(OWN_PERSON).filter(|_| !leads_to_manager) {
            let why = format!(
                "`{words}` promises a person of one's own, and no handoff has `to_account_manager: true`"
            );
            found.push((LintCode::PromisesPerson, why));
        }
        let is_wait = !matches!(
            kind,
            NoticeKind::Welcome | NoticeKind::Closed | NoticeKind::HandBack
        );
        let slowest = definition.queues.iter().max_by_key(|queue| queue.target_s);
        if let (Some((words, seconds)), Some(queue), true) = (time(&said), slowest, is_wait)
            && seconds < queue.target_s
        {
            let why = format!(
                "`{words}` promises {seconds} s, and `{}` aims for {} s; `{{wait}}` says what is likely",
                queue.key, queue.target_s
            );
            found.push((LintCode::PromisesTime, why));
        }
        if definition.disclosure.customer == CustomerDisclosure::None {
            let teams = definition
                .queues
                .iter()
                .flat_map(|queue| queue.team.0.values());
            let told = teams
                .into_iter()
                .find(|team| said.contains(&team.to_lowercase()));
            if let Some(team) = told {
                let why = format!("names `{team}`, though `disclosure.customer` is `none`");
                found.push((LintCode::DisclosesTeam, why));
            }
        }
        for (code, why) in found {
            self.add(code, path.to_owned(), format!("{where_on}{why}"));
        }
    }

    /// Texts for rules and triggers that never lead to this notice.
    fn never_said(&mut self, path: &str, kind: NoticeKind, notice: &Notice) {
        for (on, _) in &notice.on {
            let is_said = match on {
                On::Trigger(trigger) => self.is_said_on(kind, *trigger),
                On::Rule(id) => {
                    let rule = self.definition().rules.iter().find(|rule| rule.id == *id);
                    rule.is_some_and(|rule| is_said_by(kind, rule))
                }
            };
            if !is_said {
                let message =
                    format!("nothing leads to this notice for `{on}`, so the text is never said");
                self.add(LintCode::WordingNeverSaid, path.to_owned(), message);
            }
        }
    }

    fn is_said_on(&self, kind: NoticeKind, trigger: Trigger) -> bool {
        // These also come from elsewhere than the policy's rules.
        let is_from_outside = matches!(
            trigger,
            Trigger::Agent | Trigger::Assistant | Trigger::ToolFailure | Trigger::Unavailable
        );
        let mut handoffs = self.definition().handoffs();
        let fits = handoffs.any(|it| it.trigger == trigger && follows(kind, it.kind));
        fits || (is_from_outside && follows(kind, HandoffKind::Warm))
    }
}

fn is_said_by(kind: NoticeKind, rule: &Rule) -> bool {
    match &rule.then {
        Some(Action::Escalate(handoff)) => follows(kind, handoff.kind),
        Some(Action::Review(_)) => kind == NoticeKind::ReviewStarted,
        _ => false,
    }
}

/// Whether a handoff of this kind is told by this notice.
fn follows(notice: NoticeKind, handoff: HandoffKind) -> bool {
    matches!(
        (notice, handoff),
        (NoticeKind::HandoffWarm, HandoffKind::Warm)
            | (NoticeKind::HandoffCold, HandoffKind::Cold)
            | (NoticeKind::Takeover, HandoffKind::Takeover)
            | (
                NoticeKind::AfterHours,
                HandoffKind::Warm | HandoffKind::Takeover
            )
    )
}

/// The first time that a text names in figures: `5 minutes`, in seconds.
fn time(said: &str) -> Option<(String, u32)> {
    let mut words = said.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let Ok(number) = word
            .trim_matches(|c: char| !c.is_ascii_digit())
            .parse::<u32>()
        else {
            continue;
        };
        let next = words.peek().copied().unwrap_or_default();
        let unit = UNITS.iter().find(|(begins, _)| next.starts_with(begins));
        if let Some((_, seconds)) = unit {
            let next = next.trim_matches(|c: char| !c.is_alphanumeric());
            return Some((format!("{number} {next}"), number.saturating_mul(*seconds)));
        }
    }
    None
}
