//! Requests and topics: phrasings that fire, near misses, other languages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/talk.rs"]
mod talk;

use segue_model::signal::{SignalKind, SignalName};
use segue_model::turn::TurnNumber;
use talk::{Talk, check, present};

#[test]
fn opt_out_fires() {
    check(
        "opt_out",
        true,
        r"
        human
        agent please
        Representative!
        talk to someone
        I want to speak to a person about this
        can you put me through to one of your colleagues
        get me a manager
        Let me talk to a real human being, not a bot
        is there anybody I could talk to?
        please connect me with support staff, I mean an actual person
        I'd rather deal with a human
        transfer me to an operator
        could I get a live agent on this
        this is useless, escalate this
        I WANT AN AGENT NOW
        i need to speek to an agnet
        could you have someone call me
        I don't want to talk to a bot
        stop sending me to this chatbot
        hi, can a human look at my case? I'd like to talk to someone
        no I want a human
    ",
    );
}

#[test]
fn opt_out_fires_in_other_languages() {
    check(
        "opt_out",
        true,
        r"
        Ich möchte mit einem Mitarbeiter sprechen
        Kann ich bitte mit einem Menschen reden?
        Verbinden Sie mich mit einem Kundenberater
        Mitarbeiter bitte
        Quiero hablar con una persona
        Páseme con un agente por favor
        Necesito un humano
        Je veux parler à un conseiller
        Est-ce que je peux parler à quelqu'un ?
        Passez-moi un humain
        Quero falar com um atendente
        Preciso falar com uma pessoa
        Vorrei parlare con un operatore
        Posso parlare con qualcuno?
        Ik wil een medewerker spreken
        Kan ik met iemand praten?
        转人工
        我要找人工客服
    ",
    );
}

#[test]
fn opt_out_does_not_fire_on_mentions() {
    check(
        "opt_out",
        false,
        r#"
        I don't need a human
        no need to transfer me to an agent
        please do not connect me to a person
        your agent told me to restart the router
        an agent already fixed my invoice yesterday
        the page says "contact an agent" but there is no link
        It says 'talk to a representative', what does that mean?
        are you a human?
        am I talking to a real person or a bot?
        can an agent get a discount?
        how do I become an agent?
        this is urgent
        what does a user agent string look like
        How do I add another person to my plan?
        where can I find an insurance agent near me
        I want to send money to someone
        how many agents can I add to the help desk
        can I see the terms of the contract
        Ich brauche keinen Menschen
        Ich will nicht mit einem Mitarbeiter sprechen
        Bist du ein Mensch?
        No quiero hablar con un agente
        Je ne veux pas parler à un conseiller
        ¿Eres humano?
    "#,
    );
}

#[test]
fn evidence_points_into_the_original() {
    let text = "Grüße — ich möchte mit einem “Menschen”… nein: mit einem Mitarbeiter sprechen!";
    let signals = Talk::new().customer(text).signals();
    let signal = present(&signals, &SignalName::Kind(SignalKind::OptOut));
    let evidence = &signal.evidence[0];
    let (start, end) = (evidence.start as usize, evidence.end as usize);
    assert!(
        text[start..end].contains("Mitarbeiter"),
        "{:?}",
        &text[start..end]
    );
    assert_eq!(evidence.turn, TurnNumber(1));
}

#[test]
fn hidden_characters_hide_nothing() {
    check(
        "opt_out",
        true,
        "I want a hu\u{200B}man a\u{00AD}gent\nＩ ｗａｎｔ ａ ｈｕｍａｎ",
    );
}

#[test]
fn topics_fire() {
    check(
        "topic.refund_return",
        true,
        "
        I want my money back
        how can I return these shoes
        please refund the last order
        Ich hätte gern eine Rückerstattung
        Quiero un reembolso
        Je voudrais un remboursement
    ",
    );
    check(
        "topic.cancel_close",
        true,
        "
        cancel my subscription
        please close my account for good
        I'd like to cancel the order I placed this morning
        Ich möchte mein Abo kündigen
        Quiero cancelar mi cuenta
        Je veux résilier mon abonnement
        Vorrei disdire il contratto
    ",
    );
    check(
        "topic.billing_dispute",
        true,
        "
        I was charged twice this month
        there is an extra charge on my invoice
        I dispute this charge
        you billed me the wrong amount, there is a billing error
        Mir wurde doppelt abgebucht
        Me cobraron dos veces
    ",
    );
    check(
        "topic.fraud_security",
        true,
        "
        someone is using my card
        my account has been hacked
        my wallet was stolen last night
        I don't recognise this transaction
        Meine Karte wurde gestohlen
        Me robaron la tarjeta
    ",
    );
    check(
        "topic.complaint",
        true,
        "
        I want to make a complaint
        how do I file a complaint against your company
        this is terrible service
        Ich möchte mich beschweren
        Quiero poner una queja
    ",
    );
    check(
        "topic.privacy_data",
        true,
        "
        delete all my personal data
        under GDPR I want a copy of my data
        Bitte löschen Sie meine Daten
        my data has been leaked
    ",
    );
    check(
        "topic.legal",
        true,
        "
        you will hear from my lawyer
        I am going to sue you
        we are taking legal action
        Ich schalte meinen Anwalt ein
        Voy a llamar a mi abogado
    ",
    );
}

#[test]
fn topics_do_not_fire_on_questions_about_policy() {
    check(
        "topic.refund_return",
        false,
        r#"
        what is your refund policy?
        how long do refunds take?
        I don't want a refund
        the mail said "request a refund" at the bottom
        what is the exchange rate today
    "#,
    );
    check(
        "topic.cancel_close",
        false,
        "
        what is the cancellation fee?
        please don't cancel my subscription
        my flight was cancelled by the airline
        which branch is closest to me
    ",
    );
    check(
        "topic.billing_dispute",
        false,
        "
        how much does shipping cost
        how long does it take to charge the battery
        can I pay by invoice
    ",
    );
    check(
        "topic.fraud_security",
        false,
        "
        I lost my password
        how do I change my card design
        I found my card again, it was in my jacket
    ",
    );
    check(
        "topic.complaint",
        false,
        "
        no complaints, all good
        I am not upset at all
    ",
    );
    check(
        "topic.privacy_data",
        false,
        "
        delete the second item from my order
        how do I update my details
    ",
    );
    check(
        "topic.legal",
        false,
        "
        where is the nearest tennis court
        my sister Sue ordered the blue one
    ",
    );
}

#[test]
fn charge_on_an_invoice_is_not_charge_of_a_battery() {
    check(
        "topic.billing",
        true,
        "
        why is there a charge on my invoice
        I need to update my credit card
        my payment was declined
    ",
    );
    check(
        "topic.billing",
        false,
        "
        the battery does not charge any more
        my phone stops charging at 80 percent
    ",
    );
    check(
        "topic.technical",
        true,
        "
        the API returns error 401
        our webhook gets no events
        the app crashes when I open it
        the battery does not charge any more
    ",
    );
    check(
        "topic.technical",
        false,
        "why is there a charge on my invoice\nwhere is my parcel",
    );
    check(
        "topic.shipping",
        true,
        "where is my parcel\nthe delivery is late\nWo bleibt meine Lieferung?",
    );
    check(
        "topic.shipping",
        false,
        "the API returns error 401\nhow do I reset my password",
    );
    check(
        "topic.account",
        true,
        "I can't log in\nhow do I reset my password\nplease update my email address",
    );
    check(
        "topic.account",
        false,
        "where is my parcel\nthe battery is dead",
    );
}

#[test]
fn a_wish_at_the_end_of_a_long_paste_is_found() {
    let log = "2024-05-01 worker 7 finished job 4711 in 31 ms without warnings\n".repeat(200);
    check_one(&format!("{log}I want to talk to a human"));
    check_one(&format!("I want to talk to a human\n{log}"));
}

fn check_one(text: &str) {
    assert!(
        Talk::new()
            .customer(text)
            .signals()
            .is_set(SignalKind::OptOut)
    );
}
