//! Codes, their pages, and what the service can answer agree.

use segue_api::error::{CODES, find};
use segue_floor::Refused;
use segue_model::floor::Epoch;
use segue_model::id::AgentId;
use segue_ports::{StoreError, StoreErrorKind};
use segue_service::Failure;

use super::world::{By, World};

fn refusals() -> Vec<Refused> {
    let all = vec![
        Refused::Unknown,
        Refused::Exists,
        Refused::StaleEpoch {
            given: Epoch(1),
            actual: Epoch(2),
        },
        Refused::NotHolder { holder: "queue" },
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
        Refused::TextTooLong { bytes: 2, max: 1 },
        Refused::TooManyTurns,
        Refused::NothingToRate,
        Refused::SummaryOutdated,
        Refused::NotDue,
    ];
    for refused in &all {
        // A new variant makes this match fail to compile: add it above as well.
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

fn failures() -> Vec<Failure> {
    let agent = AgentId::nil();
    let mut all: Vec<Failure> = refusals().into_iter().map(Failure::from).collect();
    all.extend([
        Failure::Unknown("conversation"),
        Failure::Unknown("key"),
        Failure::Unauthenticated,
        Failure::Forbidden("x"),
        Failure::CapacityFull { agent },
        Failure::NotAvailable { agent },
        Failure::KeyReused,
        Failure::Busy,
        Failure::Invalid {
            field: "x",
            reason: String::new(),
        },
        Failure::Exists("x"),
        Failure::Policy(Vec::new()),
        Failure::TooMany { retry_after_s: 1 },
    ]);
    let kinds = [
        StoreErrorKind::Full,
        StoreErrorKind::Closed,
        StoreErrorKind::Corrupt,
        StoreErrorKind::Unknown,
        StoreErrorKind::Failed,
    ];
    all.extend(kinds.map(|kind| Failure::Store(StoreError::bare(kind, "testing"))));
    all
}

#[test]
fn every_failure_has_a_code_and_the_code_its_status() {
    for failure in failures() {
        let code = failure.code();
        let known = find(code).unwrap_or_else(|| panic!("`{code}` is not listed"));
        let error = segue_api::ApiError::from(failure);
        assert_eq!(
            (error.code(), error.status().as_u16()),
            (code, known.status)
        );
    }
}

#[test]
fn codes_and_pages_agree() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors");
    let mut pages: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    pages.sort();
    let codes: Vec<_> = CODES.iter().map(|code| code.code.to_owned()).collect();
    assert_eq!(pages, codes);
    for code in CODES {
        assert!(
            code.page.starts_with(&format!("# {}\n", code.title)),
            "{}",
            code.code
        );
        assert!(
            code.page.contains(&format!("`{}`", code.code)),
            "{}",
            code.code
        );
        let status = format!("Status {}.", code.status);
        assert!(
            code.status == 0 || code.page.contains(&status),
            "{}",
            code.code
        );
        for part in ["## What happened", "## What to check", "## What to do"] {
            assert!(code.page.contains(part), "{} lacks {part}", code.code);
        }
    }
}

#[tokio::test]
async fn a_page_is_served_for_each_code() {
    let world = World::new().await;
    for code in CODES {
        let answer = world
            .get(&format!("/errors/{}", code.code), &By::Nobody)
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.body.as_str().unwrap()),
            (200, code.page)
        );
    }
    world
        .get("/errors/nonsense", &By::Nobody)
        .await
        .refused(404, "not_found");
}
