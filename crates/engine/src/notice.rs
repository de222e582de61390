//! The words the customer reads at a handoff, from the policy's templates.

use jiff::tz::TimeZone;
use segue_floor::Say;
use segue_model::id::EscalationId;
use segue_model::time::Timestamp;
use segue_model::turn::NoticeKind;
use segue_policy::Policy;
use segue_policy::wording::Because;
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
    /// About how long: "about 3–5 minutes".
    pub wait: String,
    /// The place in line: "2nd".
    pub position: String,
    /// When the team is there: "tomorrow at 08:00".
    pub opens: String,
    /// What happens next, as a sentence.
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
    because: Option<Because<'_>>,
    values: &Values,
) -> Say {
    let text = policy.wording(notice, locale, because).render(&[
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

/// A wait as people say it: "about 3–5 minutes". Empty where no figure can be
/// told, so that the template says something else.
pub fn wait_phrase(estimate: &Estimate, locale: Option<&str>) -> String {
    let Some(display) = estimate.display else {
        return String::new();
    };
    let (less, about, more, one, many) = match Language::of(locale) {
        Language::English => ("less than", "about", "more than", "minute", "minutes"),
        Language::German => ("weniger als", "etwa", "mehr als", "Minute", "Minuten"),
    };
    let unit = |minutes: u32| if minutes == 1 { one } else { many };
    match display {
        Display::Under { hi_min } => format!("{less} {hi_min} {}", unit(hi_min)),
        Display::Between { lo_min, hi_min } => format!("{about} {lo_min}–{hi_min} {many}"),
        Display::MoreThan { lo_min } => format!("{more} {lo_min} {}", unit(lo_min)),
    }
}

/// A place in line as people say it: "2nd".
pub fn position_phrase(position: u32, locale: Option<&str>) -> String {
    if Language::of(locale) == Language::German {
        return position.to_string();
    }
    let ending = match (position % 10, position % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{position}{ending}")
}

/// An instant as people say it in a team's zone: "today at 14:00", "on Monday at 08:00".
pub fn moment_phrase(at: Timestamp, now: Timestamp, zone: &str, locale: Option<&str>) -> String {
    let language = Language::of(locale);
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let zoned = |instant: Timestamp| {
        jiff::Timestamp::from_millisecond(instant.0)
            .unwrap_or_default()
            .to_zoned(zone.clone())
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

/// What happens next to work that is put off, as a sentence.
pub fn next_phrase(when: &str, locale: Option<&str>) -> String {
    match Language::of(locale) {
        Language::English => format!(
            "Your request is not lost: somebody will come back to it {when}. Leave your e-mail address and the answer comes to you."
        ),
        Language::German => format!(
            "Ihr Anliegen geht nicht verloren: jemand kommt {when} darauf zurück. Hinterlassen Sie Ihre E-Mail-Adresse, dann kommt die Antwort zu Ihnen."
        ),
    }
}
