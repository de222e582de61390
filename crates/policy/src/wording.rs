//! What customers read: one template per notice, language and, where it
//! matters, trigger.

use std::collections::BTreeMap;
use std::sync::Arc;

use segue_model::escalation::Trigger;
use segue_model::id::RuleId;
use segue_model::turn::NoticeKind;

use crate::words::Word;

/// The longest template, in bytes.
pub(crate) const TEMPLATE_BYTES_MAX: usize = 2_000;

/// All texts, by language (`en`, `de`).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wording {
    /// The texts of one language each.
    pub languages: BTreeMap<String, LanguageWording>,
}

/// The texts of one language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LanguageWording {
    /// Who comes, when neither name nor team is to be told: "a colleague".
    pub who_unnamed: Arc<str>,
    /// Who comes, when the agent is known: "{name} from {team}".
    pub who_named: Template,
    /// A reason as a sentence of its own: "{reason}." where a reason is a main clause, and
    /// a frame around it where the language's order of words needs one. Without it a
    /// reason stands as it is.
    pub reason_alone: Option<Template>,
    /// One text per notice, in the order of the notices.
    pub notices: Vec<(NoticeKind, Notice)>,
    /// What the built-in assistant says in its own words, in the order of the kinds. What is
    /// not here is read in the policy that ships with the program.
    pub replies: Vec<(ReplyKind, Template)>,
}

/// What the built-in assistant says in its own words; all else it says stands in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReplyKind {
    /// To the question whether it is a machine.
    ReplyMachine,
    /// To thanks.
    ReplyThanks,
    /// To a farewell.
    ReplyFarewell,
    /// To a greeting.
    ReplyGreeting,
    /// To "ok".
    ReplyUnderstood,
    /// Asks what was meant, where no article comes near.
    ClarifyOpen,
    /// Asks whether it is about one article.
    ClarifyOne,
    /// Asks which of two articles it is about.
    ClarifyTwo,
}

impl LanguageWording {
    /// The notice of this kind, if the language has it.
    pub fn notice(&self, kind: NoticeKind) -> Option<&Notice> {
        self.notices
            .iter()
            .find(|(other, _)| *other == kind)
            .map(|(_, notice)| notice)
    }

    /// The reply of this kind, if the language has its own.
    pub fn reply(&self, kind: ReplyKind) -> Option<&Template> {
        let mut replies = self.replies.iter();
        replies
            .find(|(other, _)| *other == kind)
            .map(|(_, text)| text)
    }
}

impl ReplyKind {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 8] = [
        Self::ReplyMachine,
        Self::ReplyThanks,
        Self::ReplyFarewell,
        Self::ReplyGreeting,
        Self::ReplyUnderstood,
        Self::ClarifyOpen,
        Self::ClarifyOne,
        Self::ClarifyTwo,
    ];
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notice {
    /// The text.
    pub text: Template,
    /// Other texts for some rules and triggers.
    pub on: Vec<(On, Template)>,
}

/// What a notice has another text for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum On {
    /// A class of trigger: `vip`.
    Trigger(Trigger),
    /// One rule: `rule.third_repeat`.
    Rule(RuleId),
}

impl std::fmt::Display for On {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Trigger(trigger) => f.write_str(trigger.word()),
            Self::Rule(rule) => write!(f, "rule.{}", rule.0),
        }
    }
}

impl Notice {
    /// The text for what is behind it: the rule's own, else the trigger's.
    pub fn text_for(&self, because: Option<Because<'_>>) -> &Template {
        let Because { rule, trigger } = because.unwrap_or_default();
        let find = |wanted: &dyn Fn(&On) -> bool| self.on.iter().find(|(on, _)| wanted(on));
        find(&|on| matches!((on, rule), (On::Rule(on), Some(rule)) if on == rule))
            .or_else(|| find(&|on| matches!(on, On::Trigger(on) if Some(*on) == trigger)))
            .map_or(&self.text, |(_, template)| template)
    }
}

/// What is behind a notice.
#[derive(Debug, Clone, Copy, Default)]
pub struct Because<'a> {
    /// The rule that decided.
    pub rule: Option<&'a RuleId>,
    /// Its class of trigger.
    pub trigger: Option<Trigger>,
}

/// A text with places to fill.
///
/// `{who}` is replaced. A part in square brackets is left out when a place in it
/// has no value, and `[with your {subject}|with this]` falls back to the half after
/// the bar. A doubled `{{`, `}}`, `[[` or `]]` stands for itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Template {
    source: Arc<str>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Place(String),
    Group {
        first: Vec<Part>,
        otherwise: Vec<Part>,
    },
}

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A bracket has no partner.
    #[error("`{0}` has no partner; a doubled one stands for itself")]
    Unbalanced(char),
    /// A bracketed part stands in another.
    #[error("a part in square brackets cannot hold another")]
    Nested,
    /// A place without a name.
    #[error("a placeholder needs a name between its braces")]
    Unnamed,
    /// The text is too long.
    #[error("a text has at most {TEMPLATE_BYTES_MAX} bytes")]
    TooLong,
}

impl TemplateError {
    /// What to write instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Unbalanced(bracket) => format!("write `{bracket}{bracket}` for the sign itself"),
            Self::Nested => "close the first `[...]` before the next".to_owned(),
            Self::Unnamed => "for example `{who}`".to_owned(),
            Self::TooLong => "say it shorter".to_owned(),
        }
    }
}

impl Template {
    /// Reads a text.
    ///
    /// # Errors
    /// When brackets do not match or nest, or the text is too long.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        if source.len() > TEMPLATE_BYTES_MAX {
            return Err(TemplateError::TooLong);
        }
        Ok(Self {
            source: source.into(),
            parts: Parser::default().run(source)?,
        })
    }

    /// The text as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names of all places, each once, in order.
    pub fn placeholders(&self) -> Vec<&str> {
        let mut names = Vec::new();
        collect_places(&self.parts, &mut names);
        names
    }

    /// Fills the places and begins with a capital letter. A place that `values` does not
    /// name, or names with an empty text, has no value.
    pub fn render(&self, values: &[(&str, &str)]) -> String {
        let filled = self.fill(values);
        let mut chars = filled.chars();
        match chars.next() {
            Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
            _ => filled,
        }
    }

    /// Fills the places of a text that stands within a sentence.
    pub(crate) fn fill(&self, values: &[(&str, &str)]) -> String {
        let mut out = String::with_capacity(self.source.len() + 64);
        render_parts(&self.parts, values, &mut out);
        out.trim().to_owned()
    }
}

fn collect_places<'a>(parts: &'a [Part], names: &mut Vec<&'a str>) {
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Place(name) if names.contains(&name.as_str()) => {}
            Part::Place(name) => names.push(name),
            Part::Group { first, otherwise } => {
                collect_places(first, names);
                collect_places(otherwise, names);
            }
        }
    }
}

fn value_of<'a>(name: &str, values: &[(&str, &'a str)]) -> &'a str {
    values
        .iter()
        .find(|(key, _)| *key == name)
        .map_or("", |(_, value)| value)
}

fn render_parts(parts: &[Part], values: &[(&str, &str)], out: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Place(name) => out.push_str(value_of(name, values)),
            Part::Group { first, otherwise } => {
                let is_filled = first.iter().all(|part| match part {
                    Part::Place(name) => !value_of(name, values).is_empty(),
                    _ => true,
                });
                render_parts(if is_filled { first } else { otherwise }, values, out);
            }
        }
    }
}

/// Reads a template from left to right, with at most one open group.
#[derive(Default)]
struct Parser {
    parts: Vec<Part>,
    text: String,
    /// The parts of the open group's first half, once the bar was read.
    first: Option<Vec<Part>>,
    /// The parts before the open group.
    outer: Option<Vec<Part>>,
}

impl Parser {
    fn run(mut self, source: &str) -> Result<Vec<Part>, TemplateError> {
        let mut chars = source.chars().peekable();
        while let Some(char) = chars.next() {
            let is_doubled = matches!(char, '{' | '}' | '[' | ']') && chars.peek() == Some(&char);
            match char {
                _ if is_doubled => {
                    chars.next();
                    self.text.push(char);
                }
                '{' => {
                    let name: String = read_name(&mut chars)?;
                    self.end_text();
                    self.parts.push(Part::Place(name));
                }
                '[' => self.open_group()?,
                '|' if self.outer.is_some() && self.first.is_none() => {
                    self.end_text();
                    self.first = Some(std::mem::take(&mut self.parts));
                }
                ']' => self.close_group()?,
                '}' => return Err(TemplateError::Unbalanced('}')),
                other => self.text.push(other),
            }
        }
        self.end_text();
        if self.outer.is_some() {
            return Err(TemplateError::Unbalanced('['));
        }
        Ok(self.parts)
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.parts.push(Part::Text(std::mem::take(&mut self.text)));
        }
    }

    fn open_group(&mut self) -> Result<(), TemplateError> {
        if self.outer.is_some() {
            return Err(TemplateError::Nested);
        }
        self.end_text();
        self.outer = Some(std::mem::take(&mut self.parts));
        Ok(())
    }

    fn close_group(&mut self) -> Result<(), TemplateError> {
        self.end_text();
        let outer = self.outer.take().ok_or(TemplateError::Unbalanced(']'))?;
        let last = std::mem::replace(&mut self.parts, outer);
        let group = match self.first.take() {
            Some(first) => Part::Group {
                first,
                otherwise: last,
            },
            None => Part::Group {
                first: last,
                otherwise: Vec::new(),
            },
        };
        self.parts.push(group);
        Ok(())
    }
}

fn read_name(chars: &mut impl Iterator<Item = char>) -> Result<String, TemplateError> {
    let mut name = String::new();
    for char in chars {
        match char {
            '}' if name.is_empty() => return Err(TemplateError::Unnamed),
            '}' => return Ok(name),
            '{' | '[' | ']' => break,
            other => name.push(other),
        }
    }
    Err(TemplateError::Unbalanced('{'))
}

/// Which places a notice may and must have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places {
    pub allowed: &'static [&'static str],
    pub required: &'static [&'static str],
}

/// The places of `who_named`.
pub(crate) const WHO_PLACES: Places = Places {
    allowed: &["name", "team", "queue"],
    required: &["name"],
};

/// The places of `reason_alone`.
pub(crate) const REASON_PLACES: Places = Places {
    allowed: &["reason"],
    required: &["reason"],
};

impl Places {
    /// The places of a text for one rule or trigger, which says by itself why
    /// somebody comes.
    pub fn on(self) -> Self {
        match self.required {
            ["who", "reason", "wait"] => Self {
                required: &["who", "wait"],
                ..self
            },
            _ => self,
        }
    }
}

/// Every placeholder there is, for the help of those who write templates.
pub(crate) const PLACEHOLDERS: &[&str] = &[
    "who",
    "subject",
    "reason",
    "wait",
    "position",
    "opens",
    "next",
    "company",
    "customer",
    "reference",
    "first",
    "second",
];

/// The places of each notice. A cold handoff shows no internals, so it has the fewest;
/// a warm one must say who comes, why, and about how long (design §4).
pub(crate) fn places(kind: NoticeKind) -> Places {
    const PLAIN: &[&str] = &["company", "customer", "reference", "next"];
    const ANY: &[&str] = &[
        "who",
        "subject",
        "reason",
        "wait",
        "position",
        "opens",
        "next",
        "company",
        "customer",
        "reference",
    ];
    const COMING: &[&str] = &[
        "who",
        "subject",
        "reason",
        "wait",
        "position",
        "next",
        "company",
        "customer",
        "reference",
    ];
    let (allowed, required): (&'static [&'static str], &'static [&'static str]) = match kind {
        NoticeKind::Welcome => (&["company", "customer"], &[]),
        NoticeKind::HandoffWarm | NoticeKind::Takeover => (COMING, &["who", "reason", "wait"]),
        NoticeKind::HandoffCold => (PLAIN, &["reference"]),
        NoticeKind::AfterHours => (ANY, &["opens"]),
        NoticeKind::WaitExtended | NoticeKind::Requeued => (COMING, &["wait"]),
        NoticeKind::Transferred | NoticeKind::AgentJoined => (COMING, &["who"]),
        NoticeKind::Expired => (ANY, &["next"]),
        NoticeKind::ContactTaken => (ANY, &[]),
        NoticeKind::ReviewStarted => (
            &[
                "who",
                "subject",
                "reason",
                "company",
                "customer",
                "reference",
            ],
            &[],
        ),
        NoticeKind::HandBack => (
            &["who", "subject", "next", "company", "customer", "reference"],
            &[],
        ),
        NoticeKind::Closed => (PLAIN, &[]),
    };
    Places { allowed, required }
}

/// The places of each reply: a question that names articles must name them.
pub(crate) const fn reply_places(kind: ReplyKind) -> Places {
    let (allowed, required): (&'static [&'static str], &'static [&'static str]) = match kind {
        ReplyKind::ClarifyOne => (&["first"], &["first"]),
        ReplyKind::ClarifyTwo => (&["first", "second"], &["first", "second"]),
        ReplyKind::ReplyMachine
        | ReplyKind::ReplyThanks
        | ReplyKind::ReplyFarewell
        | ReplyKind::ReplyGreeting
        | ReplyKind::ReplyUnderstood
        | ReplyKind::ClarifyOpen => (&[], &[]),
    };
    Places { allowed, required }
}

/// All notices, in the order in which they are written.
pub(crate) fn notice_kinds() -> impl Iterator<Item = NoticeKind> {
    NoticeKind::ALL.iter().map(|(kind, _)| *kind)
}
