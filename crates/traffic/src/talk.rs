//! How one conversation goes, turn by turn.

mod people;

use segue_model::event::{Actor, AssistantKind, Event, Opening, Origin, RatedPart};
use segue_model::floor::ClosedOutcome;
use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, Retrieved, ToolCall, ToolStatus};

use crate::company::{Company, Person};
use crate::concerns::{Concern, EASE_WITHIN};
use crate::dice::{Dice, logistic};
use crate::season::{Plant, Season};
use crate::tell::{Next, Teller, Written};
use crate::words;

/// Of the conversations, those that an outside assistant leads by the API.
const OUTSIDE_ASSISTANT: f64 = 0.6;
/// How long nobody says anything before it closes.
const IDLE: Span = Span::minutes(30);
/// The most answers that somebody waits for.
const ANSWERS_MAX: u32 = 4;
/// Of the answers to what a tool could help with, those that it is called for.
const USES_TOOL: f64 = 0.6;
/// Of the calls of a tool, those that fail in any case.
const TOOL_FAILS: f64 = 0.012;
/// Of those who begin, the ones that want a person from the start.
const WISH_AT_ONCE: f64 = 0.035;

/// Who asks what, and when.
#[derive(Debug, Clone)]
pub(crate) struct Case<'a> {
    pub id: ConversationId,
    pub at: Timestamp,
    pub person: &'a Person,
    pub concern: &'a Concern,
    /// The conversation whose question this one puts again.
    pub is_return: bool,
    pub is_known: bool,
}

/// What a conversation leaves behind for later ones.
#[derive(Debug, Clone)]
pub(crate) struct Done {
    pub entries: Vec<Written>,
    /// When the same person comes back with the same concern, if they do.
    pub returns_at: Option<Timestamp>,
}

/// One conversation being held.
pub(crate) struct Talk<'a> {
    pub company: &'a Company,
    pub season: &'a Season,
    pub case: Case<'a>,
    pub dice: Dice,
    pub pen: Teller<'a>,
    /// How the question lies for the assistant.
    ease: f64,
    /// Whether what it says is right.
    is_right: bool,
    /// Whether people are kept from a person here, with which chance.
    hold: f64,
    /// How often that was done.
    pub held: u32,
    is_closed: bool,
    is_helped: bool,
    failed_tool: bool,
}

impl<'a> Talk<'a> {
    pub fn hold(
        company: &'a Company,
        season: &'a Season,
        rules: &'a segue_engine::Ruleset,
        case: Case<'a>,
        mut dice: Dice,
    ) -> Done {
        let is_outside = dice.chance(OUTSIDE_ASSISTANT);
        let opening = opening(&case, is_outside, &mut dice);
        let ease = case.concern.ease_at(season, case.at) + EASE_WITHIN * dice.normal();
        let planted = season.planted(Plant::Gatekeeping, case.at);
        let hold = planted.filter(|_| is_outside).map_or(0.0, |it| it.strength);
        let is_right = case.concern.has_article && dice.chance(logistic(1.6 * ease));
        let pen = Teller::open(case.id, case.at, rules, opening);
        let mut talk = Self {
            company,
            season,
            case,
            dice,
            pen,
            ease,
            is_right,
            hold,
            held: 0,
            is_closed: false,
            is_helped: false,
            failed_tool: false,
        };
        talk.go();
        let returns_at = talk.returns();
        Done {
            entries: talk.pen.finish(),
            returns_at,
        }
    }

    fn go(&mut self) {
        self.pause(2.0, 20.0);
        let first = if self.dice.chance(WISH_AT_ONCE) {
            self.wish()
        } else {
            let question = self.question();
            self.pen.customer(&question)
        };
        if first == Next::People {
            return self.with_people();
        }
        let mut rounds = 0;
        while !self.is_closed {
            rounds += 1;
            match self.round(rounds) {
                Next::People => return self.with_people(),
                _ if rounds >= ANSWERS_MAX && !self.is_closed => self.leave(),
                _ => {}
            }
        }
    }

    /// The assistant's turn, and what the customer makes of it.
    fn round(&mut self, round: u32) -> Next {
        self.pen
            .wait(Span(1_500 + (self.dice.unit() * 2_500.0) as u64));
        // Who was held back once is answered without a thought, and where people are held
        // back nobody is told of a second question without an answer.
        let is_thoughtless = self.held > 0 || (round > 1 && self.dice.chance(self.hold));
        let answered = match is_thoughtless {
            true => {
                let held = self.dice.pick(words::HELD);
                self.pen.assistant_unjudged(held, self.dice.chance(0.5));
                Next::Clarified
            }
            false => self.answer(),
        };
        match answered {
            Next::People => return Next::People,
            Next::Clarified if self.dice.chance(if is_thoughtless { 0.35 } else { 0.14 }) => {
                self.leave();
                return Next::Assistant;
            }
            Next::Clarified => {
                self.pause(15.0, 120.0);
                return self.speak_again();
            }
            Next::Assistant => {}
        }
        self.pause(20.0, 240.0);
        if self.is_right {
            self.content();
            return Next::Assistant;
        }
        match self.dice.weighted([0.24, 0.36, 0.18, 0.22].into_iter()) {
            0 => {
                self.helped(false);
                self.speak_again()
            }
            1 => self.speak_again(),
            2 if round < ANSWERS_MAX => self.wish(),
            _ => {
                self.leave();
                Next::Assistant
            }
        }
    }

    fn answer(&mut self) -> Next {
        let (scores, widened) = self.scores();
        let text = self.case.concern.answer.clone();
        self.pen.answer(&text, scores, widened)
    }

    /// What the assistant says of its answer (science §2.3: a score is the ease of the
    /// question through a noisy glass), and what a wider search makes of it.
    fn scores(&mut self) -> (AnswerScores, AnswerScores) {
        let score = logistic(1.1 * self.ease + 0.55 + 0.8 * self.dice.normal());
        let score = (score.clamp(0.02, 0.99) * 1_000.0).round() / 1_000.0;
        let concern = self.case.concern;
        let nearest = match concern.has_article {
            true => concern.article.clone(),
            false => self.any_article(),
        };
        let next = self.any_article();
        let retrieved = |id: String, score: f64| Retrieved {
            id,
            score,
            title: None,
            version: None,
        };
        let tool = concern.tool().filter(|_| self.dice.chance(USES_TOOL));
        let tool_calls: Vec<ToolCall> = tool.map(|tool| self.call(tool)).into_iter().collect();
        let of = |score: f64, tool_calls: Vec<ToolCall>| AnswerScores {
            confidence: Some(score),
            retrieval: vec![
                retrieved(nearest.clone(), score),
                retrieved(next.clone(), score * 0.7),
            ],
            tool_calls,
            ..AnswerScores::default()
        };
        let wider = (score + 0.04 * self.dice.unit()).min(0.99);
        (of(score, tool_calls), of(wider, Vec::new()))
    }

    fn any_article(&mut self) -> String {
        let at = self.dice.below(self.company.articles.len());
        let article = self.company.articles.get(at);
        article.map_or_else(String::new, |article| article.id.clone())
    }

    fn call(&mut self, tool: &str) -> ToolCall {
        let at = self.pen.at;
        let broken = self.season.planted(Plant::BrokenTool, at);
        let broken = broken
            .filter(|it| it.what == tool)
            .map_or(0.0, |it| it.strength);
        let outage = self
            .season
            .happens("outage", at)
            .map_or(0.0, |it| it.strength);
        let fails = self.dice.chance(TOOL_FAILS.max(broken).max(outage));
        let (status, ms) = match (fails, self.dice.chance(0.4)) {
            (true, true) => (ToolStatus::Timeout, 10_000),
            (true, false) => (ToolStatus::Error, 220),
            _ => (ToolStatus::Ok, 150 + (self.dice.exponential(180.0)) as u64),
        };
        self.failed_tool |= status != ToolStatus::Ok;
        ToolCall {
            name: tool.to_owned(),
            status,
            ms,
        }
    }

    /// The same concern in other words, or a wish for a person instead.
    fn speak_again(&mut self) -> Next {
        if self.dice.chance(if self.held > 0 { 0.45 } else { 0.12 }) {
            return self.wish();
        }
        let again = self.dice.pick(words::AGAINS);
        let text = match self.dice.chance(0.15) {
            true => self.dice.pick(words::NOT_HELPED).to_owned(),
            false => format!("{again}{}", self.question()),
        };
        if self.held > 0 {
            self.pen.customer_unjudged(&text);
            return Next::Assistant;
        }
        self.pen.customer(&text)
    }

    /// The customer asks for a person; an assistant that holds on does not tell of it.
    fn wish(&mut self) -> Next {
        let wish = match self.case.person.language {
            "de" => self.dice.pick(words::WISHES_DE),
            _ => self.dice.pick(words::WISHES),
        };
        // Who insists gets through more often.
        let chance = if self.held == 0 {
            self.hold
        } else {
            self.hold * 0.6
        };
        if !self.dice.chance(chance) {
            return self.pen.customer(wish);
        }
        self.held += 1;
        self.pen.customer_unjudged(wish);
        if self.dice.chance(0.30) {
            self.pen.wait(Span::seconds(3));
            let held = self.dice.pick(words::HELD);
            self.pen.assistant_unjudged(held, false);
            self.leave();
        }
        Next::Assistant
    }

    fn question(&mut self) -> String {
        let concern = self.case.concern;
        let language = self.case.person.language;
        let own: Vec<&str> = concern
            .elsewhere
            .iter()
            .filter(|(of, _)| *of == language)
            .map(|(_, text)| text.as_str())
            .collect();
        if !own.is_empty() {
            return self.dice.pick(&own).to_owned();
        }
        let at = self.dice.below(concern.questions.len());
        let question = concern.questions.get(at).map_or("", String::as_str);
        let (opener, closer) = (
            self.dice.pick(words::OPENERS),
            self.dice.pick(words::CLOSERS),
        );
        let order = match self.dice.chance(0.15) {
            true => format!(" (order {})", 40_000 + self.dice.below(50_000)),
            false => String::new(),
        };
        format!("{opener}{question}{order}{closer}")
    }

    fn content(&mut self) {
        self.is_helped = true;
        match self.dice.weighted([0.42, 0.2, 0.38].into_iter()) {
            0 => {
                self.helped(true);
                self.rate_assistant();
                let outcome = ClosedOutcome::ConfirmedByCustomer;
                self.pen.close(Actor::Customer, None, outcome);
            }
            1 => {
                let thanks = self.dice.pick(words::THANKS);
                let _ = self.pen.customer(thanks);
                self.helped(true);
                self.pen.wait(IDLE);
                self.pen.close(Actor::System, None, ClosedOutcome::Idle);
            }
            _ => {
                self.rate_assistant();
                self.pen.wait(IDLE);
                self.pen.close(Actor::System, None, ClosedOutcome::Idle);
            }
        }
        self.is_closed = true;
    }

    fn helped(&mut self, helped: bool) {
        let turn = self.pen.answer_turn;
        let event = Event::AnswerConfirmed { turn, helped };
        self.pen.note(Actor::Customer, event);
    }

    /// Gone without a word, or with a click.
    fn leave(&mut self) {
        if self.dice.chance(0.2) {
            self.pause(10.0, 60.0);
            let outcome = ClosedOutcome::EndedByCustomer;
            self.pen.close(Actor::Customer, None, outcome);
        } else {
            self.pen.wait(IDLE);
            self.pen.close(Actor::System, None, ClosedOutcome::Idle);
        }
        self.is_closed = true;
    }

    fn rate_assistant(&mut self) {
        if self.dice.chance(0.14) {
            let score = if self.dice.chance(0.88) { 5 } else { 3 };
            let rated = Event::Rated {
                part: RatedPart::Assistant,
                score,
                text: None,
            };
            self.pen.note(Actor::Customer, rated);
        }
    }

    /// Whether and when the same person comes back with it.
    fn returns(&mut self) -> Option<Timestamp> {
        let is_people = self.pen.asked.is_some();
        let chance = match (self.held > 0, is_people, self.is_helped) {
            (true, false, _) => 0.5,
            (_, true, _) => 0.03,
            (_, _, true) => 0.03,
            _ => 0.22,
        };
        if self.case.is_return || !self.dice.chance(chance) {
            return None;
        }
        let mean = if self.held > 0 { 20.0 } else { 40.0 };
        let hours = 1.0 + self.dice.exponential(mean).min(24.0 * 6.5);
        Some(self.pen.at + Span((hours * 3_600_000.0) as u64))
    }

    /// Seconds pass.
    pub fn pause(&mut self, least: f64, most: f64) {
        let seconds = self.dice.between(least, most);
        self.pen.wait(Span((seconds * 1_000.0) as u64));
    }
}

fn opening(case: &Case<'_>, is_outside: bool, dice: &mut Dice) -> Opening {
    let person = case.person;
    let browser = [
        "Chrome 131 on Windows",
        "Safari 18 on iPhone",
        "Firefox 133 on Linux",
    ];
    Opening {
        customer: case.is_known.then_some(person.id),
        visitor: None,
        assistant: match is_outside {
            true => AssistantKind::External,
            false => AssistantKind::Builtin,
        },
        origin: Origin::Demo,
        channel: match is_outside {
            true => dice.pick(&["api", "api", "api", "whatsapp", "email"]),
            false => "widget",
        }
        .to_owned(),
        locale: Some(person.language.to_owned()),
        page: (!is_outside).then(|| "/dashboard".to_owned()),
        browser: (!is_outside).then(|| dice.pick(&browser).to_owned()),
        follows: None,
        bot: None,
        desk: None,
        facts: match case.is_known {
            true => person.facts.clone(),
            false => segue_model::fact::Facts::default(),
        },
    }
}
