//! `docs/HANDOFF-PROTOCOL.md` is true: its state table is what the floor does, and
//! every refusal stands in it.

use segue_floor::Refused;
use segue_model::escalation::Disposition;
use segue_model::event::RatedPart;
use segue_model::floor::Epoch;

use crate::action::{Action, Made, Reply, Says};
use crate::refusals::{ANSWER, ASK, COLD, CUSTOMER, LATE, REVIEWED, take};
use crate::world::World;

const DOCUMENT: &str = include_str!("../../../../docs/HANDOFF-PROTOCOL.md");

const fn customer(says: Says) -> Action {
    Action::Customer {
        says,
        is_cutting: false,
    }
}

const fn answer(says: Says) -> Action {
    Action::Assistant {
        made: Made::Fresh,
        says,
        reply: Reply::Latest,
        is_more: false,
        has_clarify: true,
    }
}

/// The situations of the table's columns.
const HOLDERS: [(&str, &[Action]); 6] = [
    ("Assistant", &[CUSTOMER]),
    ("Review", &[REVIEWED, ANSWER]),
    ("Queue", &[CUSTOMER, ANSWER, ASK, Action::Offer(0)]),
    ("Locked", &[CUSTOMER, ANSWER, COLD, Action::Offer(0)]),
    ("Agent", &[CUSTOMER, ANSWER, take(0)]),
    ("Closed", &[CUSTOMER, ANSWER, Action::End]),
];

/// The table's rows; timers have a table of their own.
const COMMANDS: [(&str, Action); 35] = [
    ("`CustomerTurn`, continue or fall back", CUSTOMER),
    ("`CustomerTurn`, review", REVIEWED),
    ("`CustomerTurn`, escalate warm", customer(Says::Warm)),
    ("`CustomerTurn`, escalate cold", COLD),
    ("`CustomerTurn`, the stakes rise", customer(Says::Rise)),
    ("`AssistantTurn`", ANSWER),
    ("`AssistantTurn`, below the band", answer(Says::Clarify)),
    ("`AssistantTurn`, escalate", answer(Says::Warm)),
    ("`AssistantTurn`, older epoch", LATE),
    ("`AskForPerson`", ASK),
    ("`Withdraw`", Action::Withdraw),
    ("`LeaveContact`", Action::LeaveContact),
    ("`ConfirmAnswer`", Action::Confirm { helped: true }),
    ("`End`", Action::End),
    (
        "`Rate` the assistant's part",
        Action::Rate(RatedPart::Assistant),
    ),
    ("`MakeOffer`", Action::Offer(1)),
    ("`DeclineOffer` by A", Action::Decline(0)),
    ("`AcceptOffer` by A", Action::Accept(0)),
    ("`AcceptOffer` by B", Action::Accept(1)),
    ("`Take` by B", take(1)),
    (
        "`AgentTurn` by A",
        Action::AgentTurn {
            agent: 0,
            made: Made::Fresh,
        },
    ),
    (
        "`AgentTurn` by B",
        Action::AgentTurn {
            agent: 1,
            made: Made::Fresh,
        },
    ),
    (
        "`AgentTurn`, older epoch",
        Action::AgentTurn {
            agent: 0,
            made: Made::Stale,
        },
    ),
    ("`AddNote`", Action::Note(0)),
    ("`ReadPacket`", Action::ReadPacket(0)),
    ("`AttachSummary`", Action::Summarize { is_late: false }),
    ("`Requeue` by A", Action::Requeue(0)),
    ("`Requeue` of what waits", Action::Move),
    ("`HandBack` by A", Action::HandBack(0)),
    ("`Resolve` by A", Action::Resolve(0, Disposition::Solved)),
    (
        "`ReleaseDraft`",
        Action::Release {
            agent: 0,
            is_edited: false,
        },
    ),
    ("`RejectDraft`", Action::Reject(0)),
    ("`EndReview`", Action::EndReview(0)),
    ("`LearnFacts`, `GrantKey`, `ClearFlag`", Action::LearnFacts),
    ("`GradeAnswer`", Action::Grade),
];

/// What a command does in a situation: a refusal's code, the new holder, what came of
/// the words, or that it was done and the floor stayed.
fn cell(before: &World, action: Action) -> String {
    let mut world = before.clone();
    match world.act(action).unwrap() {
        Err(refused) => format!("`{}`", refused.code()),
        Ok(decision) if decision.events.is_empty() => "nothing".to_owned(),
        Ok(_) if world.state.epoch != before.state.epoch => {
            let agent = world.state.holding_agent();
            let who = agent.map_or("", |who| {
                if who == crate::world::agent(0) {
                    " A"
                } else {
                    " B"
                }
            });
            format!("→ **{}{who}**", world.state.holder.word())
        }
        Ok(decision) => match decision.said {
            segue_floor::Said::FloorLost => "kept back".to_owned(),
            segue_floor::Said::Draft(_) => "draft".to_owned(),
            _ => "done".to_owned(),
        },
    }
}

fn table() -> String {
    let worlds = HOLDERS.map(|(name, actions)| {
        let mut world = World::external();
        actions
            .iter()
            .for_each(|action| drop(world.act(*action).unwrap().unwrap()));
        (name, world)
    });
    let mut table = String::from("| command |");
    worlds
        .iter()
        .for_each(|(name, _)| table.push_str(&format!(" {name} |")));
    table.push_str("\n|---|---|---|---|---|---|---|\n");
    for (name, action) in COMMANDS {
        table.push_str(&format!("| {name} |"));
        worlds
            .iter()
            .for_each(|(_, world)| table.push_str(&format!(" {} |", cell(world, action))));
        table.push('\n');
    }
    table
}

#[test]
fn the_state_table_is_what_the_floor_does() {
    let table = table();
    assert!(DOCUMENT.contains(&table), "the table should read:\n{table}");
}

fn refusals() -> Vec<Refused> {
    let all = vec![
        Refused::Unknown,
        Refused::Exists,
        Refused::StaleEpoch {
            given: Epoch(0),
            actual: Epoch(1),
        },
        Refused::NotHolder { holder: "agent" },
        Refused::Closed,
        Refused::ReopenWindowPassed,
        Refused::OfferGone,
        Refused::AlreadyOffered,
        Refused::NoEscalation,
        Refused::NotWaiting,
        Refused::DraftGone,
        Refused::DraftOutdated,
        Refused::AlreadyAnswered,
        Refused::AlternatedTooOften,
        Refused::HandedBackTooOften,
        Refused::EmptyText,
        Refused::TextTooLong { bytes: 1, max: 0 },
        Refused::TooManyTurns,
        Refused::NothingToRate,
        Refused::SummaryOutdated,
        Refused::NotDue,
    ];
    // A new refusal does not compile until it is here, and in the list above.
    for refused in &all {
        match refused {
            Refused::Unknown
            | Refused::Exists
            | Refused::StaleEpoch { .. }
            | Refused::NotHolder { .. }
            | Refused::Closed
            | Refused::ReopenWindowPassed
            | Refused::OfferGone
            | Refused::AlreadyOffered
            | Refused::NoEscalation
            | Refused::NotWaiting
            | Refused::DraftGone
            | Refused::DraftOutdated
            | Refused::AlreadyAnswered
            | Refused::AlternatedTooOften
            | Refused::HandedBackTooOften
            | Refused::EmptyText
            | Refused::TextTooLong { .. }
            | Refused::TooManyTurns
            | Refused::NothingToRate
            | Refused::SummaryOutdated
            | Refused::NotDue => {}
        }
    }
    all
}

#[test]
fn every_refusal_stands_in_the_document() {
    for refused in refusals() {
        let row = format!("| `{}` |", refused.code());
        assert!(DOCUMENT.contains(&row), "no row for {row}");
    }
}

#[test]
fn codes_are_unique() {
    let codes: std::collections::BTreeSet<_> = refusals().iter().map(Refused::code).collect();
    assert_eq!(codes.len(), refusals().len());
}
