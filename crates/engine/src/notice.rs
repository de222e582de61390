//! The words the customer reads at a handoff, from the policy's templates.

use jiff::tz::TimeZone;
use segue_floor::Say;
use segue_model::escalation::Trigger;
use segue_model::id::EscalationId;
use segue_model::time::Timestamp;
use segue_model::turn::NoticeKind;
use segue_policy::Policy;
use segue_routing::wait::Estimate;
use segue_routing::wait::display::Display;

/// What a notice can speak of. What is empty has no value, and the template
/// leaves out the part that needs it.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Who comes: "Sarah from our finance operations team".
    pub who: String,
    /// What it is about: "billing question".
    pub subject: String,
    /// Why: "you asked for a person".
    pub reason: String,
    /// About how long: "in about 3–5 minutes".
    pub wait: String,
    /// The place in line.
    pub position: String,
    /// When the team is there: "tomorrow at 08:00".
    pub opens: String,
    /// What happens next.
    pub next: String,
    /// The company's name.
    pub company: String,
    /// The customer's first name.
    pub customer: String,
    /// The number to refer to.
    pub reference: String,
}

/// Writes one notice.
pub fn say(
    policy: &Policy,
    notice: NoticeKind,
    locale: Option<&str>,
    trigger: Option<Trigger>,
    values: &Values,
) -> Say {
    let text = policy.wording(notice, locale, trigger).render(&[
        ("who", &values.who),
        ("subject", &values.subject),
        ("reason", &values.reason),
        ("wait", &values.wait),
        ("position", &values.position),
        ("opens", &values.opens),
        ("next", &values.next),
        ("company", &values.company),
        ("customer", &values.customer),
        ("reference", &values.reference),
    ]);
    Say { notice, text }
}

/// The number that customer and staff can name: the end of the escalation's id.
pub fn reference(escalation: EscalationId) -> String {
    let hex = escalation.uuid().simple().to_string().to_ascii_uppercase();
    let tail = hex.get(hex.len().saturating_sub(6)..).unwrap_or_default();
    format!("SG-{tail}")
}

/// The languages in which durations and days are written here; another reads English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    German,
}

impl Language {
    fn of(locale: Option<&str>) -> Self {
        match locale.and_then(|locale| locale.split(['-', '_']).next()) {
            Some(language) if language.eq_ignore_ascii_case("de") => Self::German,
            _ => Self::English,
        }
    }
}

/// A wait as people say it.
pub fn wait_phrase(estimate: &Estimate, locale: Option<&str>) -> String {
    let language = Language::of(locale);
    let Some(display) = estimate.display else {
        return match language {
            Language::English => "as soon as somebody is free",
            Language::German => "sobald jemand frei ist",
        }
        .to_owned();
    };
    match (language, display) {
        (Language::English, Display::Under { hi_min: 1 }) => "in less than a minute".to_owned(),
        (Language::German, Display::Under { hi_min: 1 }) => "in weniger als einer Minute".to_owned(),
        (Language::English, Display::Under { hi_min }) => format!("in less than {hi_min} minutes"),
        (Language::German, Display::Under { hi_min }) => format!("in weniger als {hi_min} Minuten"),
        (Language::English, Display::Between { lo_min, hi_min }) => {
            format!("in about {lo_min}–{hi_min} minutes")
        }
        (Language::German, Display::Between { lo_min, hi_min }) => {
            format!("in etwa {lo_min}–{hi_min} Minuten")
        }
        (Language::English, Display::MoreThan { lo_min }) => {
            format!("in more than {lo_min} {}", if lo_min == 1 { "minute" } else { "minutes" })
        }
        (Language::German, Display::MoreThan { lo_min }) => {
            format!("in mehr als {lo_min} {}", if lo_min == 1 { "Minute" } else { "Minuten" })
        }
    }
}

/// An instant as people say it in a team's zone: "today at 14:00", "on Monday at 08:00".
pub fn moment_phrase(at: Timestamp, now: Timestamp, zone: &str, locale: Option<&str>) -> String {
    let language = Language::of(locale);
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let zoned = |instant: Timestamp| {
        jiff::Timestamp::from_millisecond(instant.0).unwrap_or_default().to_zoned(zone.clone())
    };
    let (then, today) = (zoned(at), zoned(now).date());
    let clock = format!("{:02}:{:02}", then.hour(), then.minute());
    let days = (then.date() - today).get_days();
    let day = match (language, days) {
        (Language::English, 0) => "today".to_owned(),
        (Language::German, 0) => "heute".to_owned(),
        (Language::English, 1) => "tomorrow".to_owned(),
        (Language::German, 1) => "morgen".to_owned(),
        (Language::English, 2..=6) => format!("on {}", weekday(language, &then)),
        (Language::German, 2..=6) => format!("am {}", weekday(language, &then)),
        (Language::English, _) => format!("on {}", then.date()),
        (Language::German, _) => format!("am {}", then.date()),
    };
    match language {
        Language::English => format!("{day} at {clock}"),
        Language::German => format!("{day} um {clock} Uhr"),
    }
}

fn weekday(language: Language, at: &jiff::Zoned) -> &'static str {
    use jiff::civil::Weekday;
    match (language, at.weekday()) {
        (Language::English, Weekday::Monday) => "Monday",
        (Language::English, Weekday::Tuesday) => "Tuesday",
        (Language::English, Weekday::Wednesday) => "Wednesday",
        (Language::English, Weekday::Thursday) => "Thursday",
        (Language::English, Weekday::Friday) => "Friday",
        (Language::English, Weekday::Saturday) => "Saturday",
        (Language::English, Weekday::Sunday) => "Sunday",
        (Language::German, Weekday::Monday) => "Montag",
        (Language::German, Weekday::Tuesday) => "Dienstag",
        (Language::German, Weekday::Wednesday) => "Mittwoch",
        (Language::German, Weekday::Thursday) => "Donnerstag",
        (Language::German, Weekday::Friday) => "Freitag",
        (Language::German, Weekday::Saturday) => "Samstag",
        (Language::German, Weekday::Sunday) => "Sonntag",
    }
}

/// What happens next when nobody can come now.
pub fn next_phrase(opens: Option<&str>, locale: Option<&str>) -> String {
    match (Language::of(locale), opens) {
        (Language::English, Some(opens)) => format!(
            "Leave your e-mail address and we will write to you {opens}, or come back to this chat then; nothing is lost."
        ),
        (Language::English, None) => {
            "Leave your e-mail address and we will write to you as soon as somebody is there; nothing is lost.".to_owned()
        }
        (Language::German, Some(opens)) => format!(
            "Hinterlassen Sie Ihre E-Mail-Adresse, dann schreiben wir Ihnen {opens}; oder kommen Sie dann in diesen Chat zurück. Nichts geht verloren."
        ),
        (Language::German, None) => {
            "Hinterlassen Sie Ihre E-Mail-Adresse, dann schreiben wir Ihnen, sobald jemand da ist. Nichts geht verloren.".to_owned()
        }
    }
}
