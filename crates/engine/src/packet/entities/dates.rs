//! Dates and times, in figures and in words, in the languages of the first lines and in
//! French and Spanish.

use std::sync::LazyLock;

use regex::Regex;

/// The months' names and their common short forms.
const MONTH: &str = "(?:jan(?:uary|uar|vier)?|enero|feb(?:ruary|ruar|rero)?|f[ée]vrier|mar(?:ch|s|zo)?|m(?:ä|ae)rz\
    |apr(?:il)?|avril|abril|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|ao[ûu]t|agosto\
    |sept?(?:ember|embre|iembre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|d[eé][cz](?:ember|embre)?|diciembre)";
/// Those that are no other word, so that they name a time by themselves.
const MONTH_ALONE: &str = "(?:january|januar|janvier|enero|february|februar|f[ée]vrier|febrero|m(?:ä|ae)rz|april|avril|abril\
    |june|juni|juin|junio|july|juli|juillet|julio|august|ao[ûu]t|agosto|september|septembre|septiembre\
    |o[ck]tober|octobre|octubre|november|novembre|noviembre|de[cz]ember|d[ée]cembre|diciembre)";
const WEEKDAY: &str = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday\
    |montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag\
    |lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche\
    |lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)";
const COUNT: &str = "(?:[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|couple of|few\
    |einem?|einer|zwei|drei|vier|f[üu]nf|sechs|sieben|acht|neun|zehn|une?|deux|trois|quatre|cinq|un[ao]?|dos|tres|cuatro|cinco)";

/// All forms, the longest of those that begin alike first.
pub(super) static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        "[0-9]{4}-[0-9]{2}-[0-9]{2}".to_owned(),
        r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})?".to_owned(),
        "[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}".to_owned(),
        format!(r"[0-9]{{1,2}}(?:st|nd|rd|th|\.|er)?(?: of| de)? {MONTH}(?:(?:,? | de )[0-9]{{4}})?(?-u:\b)"),
        format!(r"{MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?(?:[-–][0-9]{{1,2}})?(?-u:\b)(?:,? [0-9]{{4}}(?-u:\b))?"),
        format!(r"{MONTH} [0-9]{{4}}(?-u:\b)"),
        r"[0-9]{1,2}\.[0-9]{2} ?[ap]m(?-u:\b)".to_owned(),
        "[0-9]{1,2}:[0-9]{2}(?: ?[ap]m)?".to_owned(),
        r"[0-9]{1,2} ?[ap]m(?-u:\b)".to_owned(),
        format!(r"(?:last|next|this) (?:week|month|year|weekend|{WEEKDAY})(?-u:\b)"),
        r"(?:this morning|last night|yesterday(?: morning| afternoon| evening)?|tomorrow(?: morning| afternoon| evening)?|tonight)(?-u:\b)".to_owned(),
        format!(r"{COUNT} (?:hours?|days?|weeks?|months?|years?) ago(?-u:\b)"),
        r"(?:vorgestern|gestern(?: abend| früh)?|übermorgen|morgen früh|letzte[nrs]? (?:woche|monat|jahr)|nächste[nrs]? (?:woche|monat|jahr))(?-u:\b)".to_owned(),
        format!(r"vor {COUNT} (?:stunden?|tage?n?|wochen?|monate?n?|jahre?n?)(?-u:\b)"),
        r"(?:avant-hier|hier|demain|la semaine (?:dernière|prochaine))(?-u:\b)".to_owned(),
        format!(r"il y a {COUNT} (?:heures?|jours?|semaines?|mois)(?-u:\b)"),
        r"(?:anteayer|ayer|mañana|la semana (?:pasada|que viene))(?-u:\b)".to_owned(),
        format!(r"hace {COUNT} (?:horas?|d[íi]as?|semanas?|meses|mes)(?-u:\b)"),
        format!(r"{WEEKDAY}(?-u:\b)"),
        format!(r"{MONTH_ALONE}(?-u:\b)"),
    ];
    super::pattern(&format!(r"(?i)(?-u:\b)(?:{})", forms.join("|")))
});

/// Whether a hit is one in this text: "hier" is yesterday in French and here in German,
/// and "14.3." the beginning of a version.
pub(super) fn is_meant(hit: &str, end: usize, body: &str) -> bool {
    const FRENCH: [&str; 8] = [
        " je ", " j'", " j’", " le ", " la ", " mon ", " ma ", " est ",
    ];
    if let Some((day, month)) = hit.strip_suffix('.').and_then(|it| it.split_once('.')) {
        let goes_on = body
            .get(end..)
            .is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()));
        let is_within =
            |part: &str, last: u32| part.parse().is_ok_and(|it: u32| (1..=last).contains(&it));
        return !goes_on && is_within(day, 31) && is_within(month, 12);
    }
    !hit.eq_ignore_ascii_case("hier") || {
        let spaced = format!(" {} ", body.to_lowercase());
        FRENCH.iter().any(|word| spaced.contains(word))
    }
}
