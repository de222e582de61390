//! Whole conversations, whole packets.
//!
//! Each file of `tests/packet/` is one case: settings, a blank line, the turns, a
//! line `---`, and the packet as people would write it down. Settings are
//! `fact NAME = VALUE`, `opening NAME = VALUE`, `agent NAME`, `reason TEXT` and
//! `verdict RULE TRIGGER KIND: SIGNAL=VALUE[@TURN "words"] …`. A turn is
//! `ROLE: text` with any of `{article SLUG "Title"}`, `{tool NAME STATUS}` and
//! `{fallback}` behind it; lines that follow, indented, go on with it. `UPDATE_PACKETS=1` writes the
//! packets anew: read the difference before you keep it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use segue_engine::packet::grounding::{self, Grounds};
use segue_engine::packet::{Source, build, content_hash, stakes, subject_line};
use segue_model::escalation::{Priority, RootCause, Trigger};
use segue_model::event::{AssistantKind, Opening, Origin};
use segue_model::fact::{FactValue, Facts};
use segue_model::floor::Epoch;
use segue_model::id::{AgentId, ConversationId, PolicyVersion, QueueKey, RuleId};
use segue_model::packet::{CORE_INTENT_WORDS_MAX, Entity, Packet, SUMMARY_WORDS_MAX, TriggerNote};
use segue_model::signal::Evidence;
use segue_model::time::Timestamp;
use segue_model::turn::{
    AnswerScores, Author, NoticeKind, Retrieved, ToolCall, ToolStatus, Turn, TurnNumber,
};
use segue_model::verdict::{
    EscalationPlan, HandoffKind, Outcome, RuleTrace, SignalTrace, Trace, Verdict,
};

#[path = "support/around_packets.rs"]
mod around_packets;

#[derive(Debug, Clone)]
struct Case {
    turns: Vec<Turn>,
    opening: Opening,
    facts: Facts,
    verdict: Option<Verdict>,
    reason: String,
    told: Option<String>,
    agent: Option<String>,
    moods: Vec<(TurnNumber, f64)>,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            turns: Vec::new(),
            opening: Opening {
                customer: None,
                visitor: None,
                assistant: AssistantKind::Builtin,
                origin: Origin::Live,
                channel: "widget".to_owned(),
                locale: None,
                page: None,
                browser: None,
                follows: None,
                bot: None,
                desk: None,
                facts: Facts::default(),
            },
            facts: Facts::default(),
            verdict: None,
            reason: String::new(),
            told: None,
            agent: None,
            moods: Vec::new(),
        }
    }
}

impl Case {
    fn subject(&self) -> String {
        let stakes = stakes(self.verdict.as_ref()).into_iter().cloned();
        subject_line(&self.turns, &stakes.collect::<Vec<_>>())
    }
    fn packet(&self) -> Packet {
        build(&Source {
            conversation: ConversationId::nil(),
            turns: &self.turns,
            opening: &self.opening,
            facts: &self.facts,
            verdict: self.verdict.as_ref(),
            reason: &self.reason,
            told: self.told.as_deref(),
            policy: &PolicyVersion(Arc::from("default@1")),
            moods: &self.moods,
            agent_name: self.agent.as_deref(),
        })
    }

    fn says(mut self, role: &str, text: &str) -> Self {
        self.turns.push(turn(self.turns.len(), role, text));
        self
    }
}

fn turn(before: usize, role: &str, line: &str) -> Turn {
    let author = match role {
        "customer" => Author::Customer,
        "assistant" => Author::Assistant,
        "agent" => Author::Agent {
            agent: AgentId::nil(),
        },
        "handback" => Author::System {
            notice: NoticeKind::HandBack,
        },
        "system" => Author::System {
            notice: NoticeKind::Welcome,
        },
        other => panic!("no role `{other}`"),
    };
    let mut scores = AnswerScores::default();
    let mut text = line.to_owned();
    while let Some((before, mark)) = text
        .trim_end()
        .strip_suffix('}')
        .and_then(|it| it.rsplit_once(" {"))
    {
        let words: Vec<&str> = mark.splitn(3, ' ').collect();
        match words[0] {
            "article" => scores.retrieval.push(Retrieved {
                version: None,
                id: words[1].to_owned(),
                score: 0.8,
                title: words.get(2).map(|title| title.trim_matches('"').to_owned()),
            }),
            "tool" => {
                let status = match words[2] {
                    "ok" => ToolStatus::Ok,
                    "error" => ToolStatus::Error,
                    _ => ToolStatus::Timeout,
                };
                scores.tool_calls.push(ToolCall {
                    name: words[1].to_owned(),
                    status,
                    ms: 900,
                });
            }
            _ => scores.is_fallback = true,
        }
        text = before.to_owned();
    }
    let number = u32::try_from(before + 1).unwrap();
    Turn {
        number: TurnNumber(number),
        author,
        text,
        at: Timestamp(i64::from(number) * 1_000),
        epoch: Epoch::default(),
        scores,
    }
}

fn word<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

fn verdict(line: &str) -> Verdict {
    let (head, signals) = line.split_once(':').unwrap();
    let head: Vec<&str> = head.split(' ').collect();
    let signals: Vec<SignalTrace> = signals
        .split(';')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(signal)
        .collect();
    let because = signals
        .iter()
        .map(|it| format!("{} at least 1 ({})", it.signal, it.value))
        .collect();
    let kind: HandoffKind = word(head[2]);
    Verdict {
        outcome: Outcome::Escalate {
            kind,
            queue: QueueKey::from("customer_care"),
        },
        rule: RuleId(head[0].into()),
        reason: Arc::from("you asked for a person"),
        subject: None,
        plan: Some(EscalationPlan {
            trigger: word::<Trigger>(head[1]),
            priority: Priority::Normal,
            root_cause: RootCause::Policy,
            to_account_manager: false,
        }),
        is_flagged: false,
        trace: Arc::new(Trace {
            policy: PolicyVersion(Arc::from("default@1")),
            rules: vec![RuleTrace {
                rule: RuleId(head[0].into()),
                fired: true,
                because,
            }],
            signals,
            failures: Vec::new(),
            absent: Vec::new(),
            near_misses: Vec::new(),
        }),
    }
}

fn signal(text: &str) -> SignalTrace {
    let (name, rest) = text.split_once('=').unwrap();
    let (value, place) = rest.split_once('@').unwrap_or((rest, ""));
    let evidence = place.split_once(' ').map(|(turn, words)| Evidence {
        turn: TurnNumber(turn.parse().unwrap()),
        start: 0,
        end: 4_000,
        what: Arc::from(words.trim_matches('"')),
    });
    SignalTrace {
        signal: name.to_owned(),
        value: value.parse().unwrap(),
        score: 0.9,
        evidence: evidence.into_iter().collect(),
    }
}

fn fact(value: &str) -> FactValue {
    match value {
        "yes" => FactValue::Flag(true),
        "no" => FactValue::Flag(false),
        text => text
            .parse()
            .map_or_else(|_| FactValue::Text(text.to_owned()), FactValue::Number),
    }
}

fn parse(text: &str) -> Case {
    let mut case = Case::default();
    let (settings, turns) = text.split_once("\n\n").unwrap();
    for line in settings.lines().filter(|line| !line.starts_with('#')) {
        let (what, rest) = line.split_once(' ').unwrap();
        let pair = || rest.split_once(" = ").unwrap();
        match what {
            "fact" if pair().0 == "lookup_failed" => {
                case.facts.lookup_failed = Some(pair().1.to_owned())
            }
            "fact" => drop(case.facts.known.insert(pair().0.to_owned(), fact(pair().1))),
            "opening" => {
                let value = Some(pair().1.to_owned());
                match pair().0 {
                    "browser" => case.opening.browser = value,
                    "page" => case.opening.page = value,
                    _ => case.opening.locale = value,
                }
            }
            "agent" => case.agent = Some(rest.to_owned()),
            "reason" => case.reason = rest.to_owned(),
            "moods" => {
                let moods = rest.split(' ').map(|mood| mood.split_once(':').unwrap());
                case.moods = moods
                    .map(|(turn, mood)| (TurnNumber(turn.parse().unwrap()), mood.parse().unwrap()))
                    .collect();
            }
            _ => case.verdict = Some(verdict(rest)),
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for line in turns.lines() {
        match line.strip_prefix("  ") {
            Some(more) => write!(lines.last_mut().unwrap(), "\n{more}").unwrap(),
            None => lines.push(line.to_owned()),
        }
    }
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let (role, text) = line.split_once(':').unwrap();
        case = case.says(role, text.strip_prefix(' ').unwrap_or(text));
    }
    case
}

fn replaced(entity: &Entity) -> String {
    let now = entity.replaced_by.as_ref();
    now.map(|now| format!(", no: {now}")).unwrap_or_default()
}

fn render(packet: &Packet) -> String {
    let Packet {
        conversation: _,
        core_intent,
        summary,
        attempted_solutions,
        metadata,
        entities,
        trigger:
            TriggerNote {
                rule,
                reason,
                signals,
                told,
            },
        open_questions,
        sentiment_curve,
        suggested_first_line,
        through,
        policy: _,
        content_hash: _,
    } = packet;
    let mut out = format!("intent   [{}] {}\n", core_intent.turn.0, core_intent.text);
    let mut line = |label: &str, text: String| writeln!(out, "{label:<8} {text}").unwrap();
    summary
        .iter()
        .for_each(|it| line("summary", format!("[{}] {}", it.turn.0, it.text)));
    for it in attempted_solutions {
        let article = it
            .article
            .as_ref()
            .map(|slug| format!(" <{slug}>"))
            .unwrap_or_default();
        line(
            "tried",
            format!("[{}] {}{article}: {:?}", it.turn.0, it.what, it.outcome),
        );
    }
    for (label, value) in metadata {
        let value = serde_json::to_string(value).unwrap();
        line("known", format!("{label}: {}", value.trim_matches('"')));
    }
    entities.iter().for_each(|it| {
        line(
            "named",
            format!("[{}] {:?} {}{}", it.turn.0, it.kind, it.value, replaced(it)),
        )
    });
    line("trigger", format!("{rule}: {reason}"));
    told.iter().for_each(|it| line("told", it.clone()));
    for it in signals {
        let place: String = it
            .evidence
            .iter()
            .map(|at| format!(" [{}] {}", at.turn.0, at.what))
            .collect();
        line("signal", format!("{} = {}{place}", it.signal, it.value));
    }
    open_questions.iter().for_each(|it| line("ask", it.clone()));
    if !sentiment_curve.is_empty() {
        let moods: Vec<String> = sentiment_curve
            .iter()
            .map(|(turn, mood)| format!("{}:{mood}", turn.0))
            .collect();
        line("moods", moods.join(" "));
    }
    line("say", suggested_first_line.clone());
    line("through", through.0.to_string());
    out
}

/// What holds for every packet.
fn check_invariants(case: &Case, packet: &Packet) {
    let words = |text: &str| text.split_whitespace().count();
    assert!(
        words(&packet.core_intent.text) <= CORE_INTENT_WORDS_MAX,
        "{}",
        packet.core_intent.text
    );
    let summary: usize = packet.summary.iter().map(|it| words(&it.text)).sum();
    assert!(summary <= SUMMARY_WORDS_MAX, "{:?}", packet.summary);
    assert!(packet.summary.len() <= 3);
    assert!(
        packet.open_questions.len() <= 4,
        "{:?}",
        packet.open_questions
    );
    assert_eq!(packet.content_hash, content_hash(packet));
    assert_eq!(packet.content_hash.len(), 64);
    assert_eq!(
        *packet,
        case.packet(),
        "the same source gives the same packet"
    );
    let json = serde_json::to_string(packet).unwrap();
    assert_eq!(
        serde_json::from_str::<Packet>(&json).unwrap().content_hash,
        packet.content_hash
    );
    let texts = [&packet.core_intent.text, &packet.suggested_first_line];
    for text in texts
        .into_iter()
        .chain(packet.summary.iter().map(|it| &it.text))
    {
        assert!(
            !text.contains(['\n', '\r', '\u{202E}', '\u{200B}']),
            "{text:?}"
        );
        assert!(!text.trim().is_empty());
    }
    for cited in packet.summary.iter().chain([&packet.core_intent]) {
        assert!(
            cited.turn == TurnNumber(0) || case.turns.iter().any(|turn| turn.number == cited.turn)
        );
    }
    let is_dropped = |it: &String| it.starts_with("A sentence was left out");
    // A word that had to be cut is no word of the conversation any more.
    let is_endless = |turn: &Turn| turn.text.split_whitespace().any(|word| word.len() > 200);
    let has_dropped = packet.open_questions.iter().any(is_dropped);
    assert!(
        !has_dropped || case.turns.iter().any(is_endless),
        "{:?}",
        packet.open_questions
    );
    let subject = case.subject();
    assert!(
        subject.chars().count() <= 60 && !subject.contains('\n') && !subject.is_empty(),
        "{subject:?}"
    );
}

#[test]
fn whole_conversations_give_whole_packets() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packet");
    let mut failures = String::new();
    let mut count = 0;
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        count += 1;
        let text = fs::read_to_string(&path).unwrap();
        let (given, expected) = text.split_once("\n---\n").unwrap();
        let case = parse(given);
        let packet = case.packet();
        check_invariants(&case, &packet);
        let subject = case.subject();
        let rendered = format!("subject  {subject}\n{}", render(&packet));
        if std::env::var_os("UPDATE_PACKETS").is_some() {
            fs::write(&path, format!("{given}\n---\n{rendered}")).unwrap();
        } else if rendered != expected {
            writeln!(
                failures,
                "== {}\n{rendered}-- instead of\n{expected}",
                path.display()
            )
            .unwrap();
        }
    }
    assert!(count >= 12);
    assert!(failures.is_empty(), "{failures}");
}

// ---- the guard

fn grounds() -> Grounds {
    let case = Case::default()
        .says("customer", "Hi, my order #88-1234 cost $1,234.50, see https://www.shop.example/orders/9 at 8:30.")
        .says("customer", "I'm Jane Okafor, jane@shop.example, and INV-2026-0042 returns HTTP 429. I waited twelve days.");
    Grounds::new(&case.turns, &case.opening, &case.facts)
}

#[test]
fn what_occurs_passes() {
    let sentences = [
        "Jane asks about order #88-1234.",
        "The order cost 1234.5 dollars.",
        "The order cost 1.234,50 $.",
        "They see 429 on inv-2026-0042.",
        "Write to JANE@shop.example.",
        "See shop.example/orders/9.",
        "It began at eight thirty.",
        "They waited 12 days and tried one thing twice.",
        "Jane Okafor's order is late. They want it soon.",
        "I see that you're waiting, and I'm sorry.",
        "Nothing is named here.",
        "",
    ];
    for sentence in sentences {
        assert_eq!(grounding::check(sentence, &grounds()), Ok(()), "{sentence}");
    }
}

#[test]
fn what_does_not_occur_is_named() {
    let check = |sentence: &str, expected: &str| {
        let found = grounding::check(sentence, &grounds()).expect_err(sentence);
        assert_eq!(found.text, expected, "{sentence}");
    };
    check("The order #88-1235 is late.", "88-1235");
    check("It returned 503.", "503");
    check("The order cost $1,234.60.", "1,234.60");
    check(
        "Please write to support@shop.example now.",
        "support@shop.example",
    );
    check(
        "See https://evil.example/orders/9 for more.",
        "https://evil.example/orders/9",
    );
    check("Your colleague Miriam has the case.", "Miriam");
    check("They waited thirteen days.", "thirteen");
    check("It began at 8:45.", "8:45");
    check("Invoice INV-2026-0043 is open.", "INV-2026-0043");
    check("Code ４２８ came back.", "４２８");
}

#[test]
fn sentences_without_ground_are_dropped_and_reported() {
    let sentences = ["Order #88-1234 is late.", "Order #99-1234 is too."].map(str::to_owned);
    let checked = grounding::filter(sentences, &grounds());
    assert_eq!(checked.kept, ["Order #88-1234 is late."]);
    assert_eq!(checked.dropped.len(), 1);
    assert_eq!(
        checked.dropped[0].1.to_string(),
        "`99-1234` occurs neither in the conversation nor in the facts"
    );
}

// ---- single sentences

#[test]
fn intents_are_told_in_the_third_person_or_quoted() {
    let check = |said: &str, expected: &str| {
        let packet = Case::default().says("customer", said).packet();
        assert_eq!(packet.core_intent.text, expected, "{said}");
    };
    check(
        "I'm trying to update my billing card but I get a 402 error.",
        "Customer is trying to update their billing card but gets a 402 error.",
    );
    check(
        "How do I reset my password?",
        "Customer asks how to reset their password.",
    );
    check(
        "Hi Sarah, can you please refund me?",
        "Customer asks us to refund them.",
    );
    check(
        "My parcel never arrived!",
        "Customer's parcel never arrived.",
    );
    check(
        "We've been charged twice.",
        "Customer has been charged twice.",
    );
    check(
        "I still can't log in, and my team can't either",
        "Customer still can't log in, and their team can't either.",
    );
    check(
        "Please cancel my subscription",
        "Customer asks us to cancel their subscription.",
    );
    check(
        "The app crashes when I open my orders.",
        "Customer says that the app crashes when they open their orders.",
    );
    check("I was charged twice", "Customer was charged twice.");
    check(
        "Why was I charged twice?",
        "Customer says: “Why was I charged twice?”",
    );
    check(
        "You people lost my parcel",
        "Customer says: “You people lost my parcel”",
    );
    check(
        "Where is my \"express\" parcel?",
        "Customer says: “Where is my 'express' parcel?”",
    );
    check(
        "MY CARD WAS DECLINED AGAIN",
        "Customer says: “MY CARD WAS DECLINED AGAIN”",
    );
    check("Wo ist mein Paket?", "Customer says: “Wo ist mein Paket?”");
    check(
        "agent please",
        "Customer asks for a person and has not said what about.",
    );
    check("hi", "Customer says: “hi”");
    check("", "Customer has not written anything yet.");
}

#[test]
fn entities_are_found_by_kind() {
    let check = |said: &str, expected: &[&str]| {
        let packet = Case::default().says("customer", said).packet();
        let found: Vec<String> = packet
            .entities
            .iter()
            .map(|it| format!("{:?} {}", it.kind, it.value))
            .collect();
        assert_eq!(found, expected, "{said}");
    };
    check("Order #88-1234, yes 88-1234.", &["Reference #88-1234"]);
    check("My order BC-88-1234 is late", &["Reference BC-88-1234"]);
    check("RX/7/20931-B, please", &["Reference RX/7/20931-B"]);
    check(
        "INV-2026-0042 and BC123456789",
        &["Reference INV-2026-0042", "Reference BC123456789"],
    );
    check("My order number is 48213", &["Reference 48213"]);
    check("It returns 401 every time", &["ErrorCode 401"]);
    check("HTTP 429, later a 429 error", &["ErrorCode HTTP 429"]);
    check(
        "It says ERR_LABEL_17 and CARD_DECLINED",
        &["ErrorCode ERR_LABEL_17", "ErrorCode CARD_DECLINED"],
    );
    check("I get 450 orders a day", &[]);
    check("We ship 402 parcels a week", &[]);
    check("402 on my new card", &["ErrorCode 402"]);
    check("Error code: 1020", &["ErrorCode 1020"]);
    check("You took $49.99, that is 49.99 USD", &["Amount $49.99"]);
    check(
        "1.234,50 € am 3. März 2026",
        &["Amount 1.234,50 €", "Date 3. März 2026"],
    );
    check("on 2026-02-03 at 14:05", &["Date 2026-02-03", "Date 14:05"]);
    check("mail me at a.b@shop.example.", &["Email a.b@shop.example"]);
    check(
        "see https://shop.example/a?b=1.",
        &["Url https://shop.example/a?b=1"],
    );
    check("my card is 4242424242424242", &[]);
    check("call 2 times, 10 labels, 3 shops", &[]);
}

#[test]
fn subjects_are_short_and_the_customers_own() {
    let check = |said: &str, expected: &str| {
        assert_eq!(
            Case::default().says("customer", said).subject(),
            expected,
            "{said}"
        );
    };
    check("Hi! I get a 402 on my new card.", "402 on my new card");
    check("I'm trying to update my card", "Update my card");
    check("Hallo, wo ist mein Paket?", "Wo ist mein Paket?");
    check("I need a refund\tfor #88-1234", "Refund for #88-1234");
    check("I need\na refund for #88-1234", "A refund for #88-1234");
    check("human", "Asks for a person");
    check("", "Nothing written yet");
}

#[test]
fn a_first_line_never_asks_for_what_is_known() {
    let said = "My card was declined with error 402.";
    for role in ["customer", "assistant"] {
        let line = Case::default()
            .says("customer", said)
            .says(role, "What is the problem?")
            .packet();
        let line = line.suggested_first_line;
        assert!(!line.contains('?'), "{line}");
        assert!(line.contains("402"), "{line}");
    }
}

#[test]
fn any_text_gives_a_packet() {
    let long_word = "ß".repeat(5_000);
    let long_text = "I really do not know what is wrong and ".repeat(400);
    let nasty = [
        "\u{0}\u{1}\u{202E}gnp.exe\u{200B}",
        "…………",
        "???",
        "🦀🦀🦀",
        "👨‍👩‍👧‍👦 I can't log in",
        "\r\n\r\n",
        "“”„»«'\"`",
        "İıſK I am",
        "返品したいです。注文番号は12345です。",
        "أريد استرداد أموالي",
        "¡¿",
        "I",
        "I'm",
        "I'd",
        "my",
        "#",
        "# #1",
        "$",
        "€ 5,",
        "1.2.3.4",
        "9999999999999999999999999",
        "https://",
        "@",
        "a@b",
        "a@b.",
        "…I",
        "e\u{301}\u{301}\u{301}",
        "\u{FEFF}hi",
        "𝕀 𝕔𝕒𝕟'𝕥",
        "０１２ ＥＲＲ＿１",
        "٣٤٥ error",
        "I get ４０２",
        "{article}",
        "%s %n {0}",
        "-1-1-1",
        "I tried",
        "I already tried",
        "error error error",
        "ß",
        long_word.as_str(),
        long_text.as_str(),
    ];
    for first in nasty {
        for second in ["", "I already restarted it, no luck", first] {
            let mut case = Case::default()
                .says("customer", first)
                .says("assistant", first)
                .says("customer", second)
                .says("assistant", second);
            case.facts
                .known
                .insert("name".to_owned(), FactValue::Text(first.to_owned()));
            case.facts
                .known
                .insert("score".to_owned(), FactValue::Number(f64::NAN));
            case.agent = Some(second.to_owned());
            case.moods = vec![(TurnNumber(1), f64::NAN), (TurnNumber(3), -7.0)];
            check_invariants(&case, &case.packet());
        }
    }
    check_invariants(&Case::default(), &Case::default().packet());
}

#[test]
fn what_the_assistant_says_of_a_handoff_is_shown_as_far_as_it_has_ground() {
    let case = Case {
        told: Some(
            "They want the refund of order BC-48213. I gave them $900 on 3 May. \
             See http://evil.example/a. Help article tried twice."
                .to_owned(),
        ),
        ..Case::default()
    };
    let packet = case
        .says("customer", "I want my money back for order BC-48213")
        .says("assistant", "Refunds take five days.")
        .packet();
    assert_eq!(
        packet.trigger.told,
        [
            "They want the refund of order BC-48213.",
            "Help article tried twice."
        ]
    );
    let left_out = packet.open_questions.iter();
    assert_eq!(left_out.filter(|it| it.contains("left out")).count(), 2);
}

/// A conversation of so many turns, as people write them: half of them the customer's.
fn long_case(turns: usize) -> Case {
    const THINGS: [&str; 9] = [
        "the label printer in the warehouse",
        "an invoice of last month, number 48213",
        "our carrier account for parcels",
        "a webhook that returns 401 since Monday",
        "the address book with 300 contacts",
        "a refund of $49.99 for order BC-88-1234",
        "the export of tracking numbers",
        "two users who left in March",
        "the plan we booked",
    ];
    const ASKS: [&str; 5] = [
        "Hello, I have a question about",
        "I tried to change",
        "It does not work with",
        "Can you please tell me more about",
        "I still see the same error with",
    ];
    let pick = |list: &[&'static str], n: usize| list[n % list.len()];
    (0..turns / 2).fold(Case::default(), |case, n| {
        let said = format!(
            "{} {}. Yesterday it was fine, and today my colleague says that nothing has changed \
             on our side. Is there anything that I should look at before I call {n} people?",
            pick(&ASKS, n),
            pick(&THINGS, n * 7),
        );
        let answer = format!(
            "Open Settings and choose {} {n}. Save the page and try it once more. \
             {{article help-{} \"Help with {}\"}}",
            pick(&THINGS, n),
            n % 40,
            pick(&THINGS, n),
        );
        case.says("customer", &said).says("assistant", &answer)
    })
}

#[test]
fn a_long_conversation_has_a_packet_like_any_other() {
    let case = long_case(200);
    check_invariants(&case, &case.packet());
}
