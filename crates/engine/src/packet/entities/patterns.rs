//! The forms of addresses, sums, codes and references.

use std::sync::LazyLock;

use regex::Regex;

#[expect(
    clippy::expect_used,
    reason = "the patterns are literals, and every test compiles all of them"
)]
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a literal pattern")
}

/// All of them, compiled once.
pub(super) struct Patterns {
    pub email: Regex,
    pub url: Regex,
    pub amount: Regex,
    pub code: Regex,
    pub code_after: Regex,
    pub code_before: Regex,
    pub code_got: Regex,
    pub reference_hash: Regex,
    pub reference_form: Regex,
    pub reference_named: Regex,
    pub reference_digits: Regex,
    pub reference_star: Regex,
    pub code_quoted: Regex,
    pub code_class: Regex,
    pub reference_mixed: Regex,
    pub reference_numbered: Regex,
    pub reference_voucher: Regex,
    pub reference_mine: Regex,
    pub reference_asked: Regex,
}

pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    email: pattern(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    url: pattern(concat!(
        r#"(?i)(?:https?://|(?-u:\b)www\.)[^\s<>"“”]+"#,
        r#"|(?-u:\b)(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|de|eu|co|uk|app|example|test)(?-u:\b)(?:/[^\s<>"“”]*)?"#,
    )),
    amount: pattern(concat!(
        r"(?i)(?:[$€£¥]|(?-u:\b)(?:USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|CAD|AUD|BTC|ETH)) ?[0-9](?:[0-9.,']*[0-9])?",
        r"|(?-u:\b)[0-9](?:[0-9.,']*[0-9])? ?(?:[€$£¥]|(?:USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|CAD|AUD|BTC|ETH|dollars?|euros?|bucks|pounds?|quid|franken|francs|kronen|kr|pesos)(?-u:\b))",
    )),
    code: pattern(concat!(
        r"(?-u:\b)(?:(?:HTTP|http|Http)[ /-]?[1-5][0-9]{2}|0x[0-9A-Fa-f]{2,}|(?i:err)[_-][A-Za-z0-9_]+",
        r"|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|E[0-9]{2,5}|(?:ERR|ERROR)-?[0-9]{1,5})(?-u:\b)",
        // A display's short code is one where something shows it.
        r"|(?i:show(?:s|ing|ed)?|display(?:s|ing|ed)?|says|reads|error|code|zeigt|fehler) (?:[A-Z]{1,3}-?[0-9]{1,3})(?-u:\b)",
    )),
    code_after: pattern(concat!(
        r#"(?i)(?-u:\b)([0-9]{3,5}) ?["'”“)]*[ -](?:errors?|codes?|status|response|fehler|fehlermeldung|unauthorized"#,
        r"|forbidden|payment required|not found|too many requests|bad request|internal server|bad gateway",
        r"|service unavailable|gateway timeout|conflict)(?-u:\b)",
    )),
    code_before: pattern(concat!(
        r"(?i)(?-u:\b)(?:errors?|codes?|status|fehler|fehlercode|fehlermeldung|meldung|statuscode|erreur|código)",
        r#"(?: (?:code|number|message|is|was|nummer|mit|ist|says|status))?[ :#=("'“„]{1,3}(?:[A-Z]{1,4}-)?([0-9]{2,5})(?-u:\b)"#,
    )),
    code_got: pattern(concat!(
        r#"(?i)(?:^|["“„]|(?-u:\b)(?:returns?|returned|returning|gets?|getting|got|gives?|gave|giving|throws?|threw|shows?|says?|said|reads?"#,
        r"|see|seeing|receive|received|receiving|still|bekomme|kommt|erhalte|zeigt)(?-u:\b))",
        r#"(?: ?(?:me|us|back|an|a|the|only|always|just|this|eine[nr]?|immer|nur|noch)(?-u:\b)){0,3} ?["'“„(]?([45][0-9]{2})(?-u:\b)"#,
    )),
    reference_hash: pattern(r"#\s?[A-Za-z]{0,6}-?[0-9][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*"),
    reference_form: pattern(concat!(
        r"(?-u:\b)(?:[A-Z][A-Z0-9]{0,6}(?:[-/.][A-Z0-9]{1,8})*[-/.][0-9]{3,}[A-Z0-9]*(?:[-/][A-Z0-9]+)*|[A-Z]{2,6}[0-9]{4,}[A-Z0-9]*(?:[-/][A-Z0-9]+)*",
        r"|[0-9a-f]{4,}-[0-9a-f]*[0-9][0-9a-f]*-[0-9a-f]{4,}(?:-[0-9a-f]+)*",
        r"|[A-Z]{2,6}[-/][0-9]{1,2}[-/][0-9]{3,}(?:[-/][A-Z0-9]+)*",
        r"|(?i:inv|ord|rma|tkt|req|case|ref|sub|ship|trk)[-_/][A-Za-z0-9]*[0-9][A-Za-z0-9-]*",
        r"|[a-z]{2,6}_[A-Za-z0-9]*[0-9][A-Za-z0-9]{4,}|[0-9]{2,}-[0-9]{3,}(?:-[0-9]+)*|1Z[A-Z0-9]{10,})(?-u:\b)",
    )),
    reference_named: pattern(concat!(
        r"(?i)(?-u:\b)(?:order|invoice|ticket|tracking|reference|booking|reservation|case|claim|shipment|parcel|return|transaction",
        r"|payment|account|customer|player|member|membership|user|device|contract|policy|confirmation|serial|imei|request|position",
        r"|kundennummer|kunde|vertrag|vertragsnummer|vorgang|referenz|aktenzeichen|dossier|client|cliente|reserva|bestellung|bestellnummer|rechnung|rechnungsnummer|auftrag|auftragsnummer",
        r"|sendung|sendungsnummer|pedido|factura|commande|facture)(?: ?(?:number|no\.?|nr\.?|id|nummer|code))?",
        r"(?: (?:is|was|lautet|ist|es|est))?(?: now)?[ :=#]+([A-Za-z]{0,6}-?[0-9][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*)",
    )),
    reference_digits: pattern(r"(?-u:\b)[0-9]{9,}(?-u:\b)"),
    reference_star: pattern(r"(?-u:\b)[A-Z0-9]{2,}(?:\*[A-Z0-9]+)*\*[A-Z]?[0-9]{3,}(?-u:\b)"),
    code_class: pattern(r"(?-u:\b)[A-Z][A-Za-z]{2,}(?:Error|Exception)(?-u:\b)"),
    reference_mixed: pattern(r"(?-u:\b)[A-Z0-9]{6,12}(?-u:\b)"),
    reference_numbered: pattern(
        r"(?i)(?-u:\b)(?:number|no\.?|nr\.?|nummer|id|num[ée]ro|n[úu]mero)(?: (?:is|was|ist|lautet|est|es)|:)? [A-Za-z]{0,4}-?[0-9]{4,}[A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*(?-u:\b)",
    ),
    code_quoted: pattern(r#"["“„][45][0-9]{2} [a-z]"#),
    reference_voucher: pattern(
        r"(?-u:\b)(?i:code|voucher|coupon|gutschein|gutscheincode)(?: (?i:is|was|number|ist|lautet))? [A-Z][A-Z0-9-]*[0-9][A-Z0-9-]*(?-u:\b)",
    ),
    reference_mine: pattern(
        r"(?i)(?-u:\b)(?:mine|number|right one|it)(?: is|'s|s)(?: (?:order|number))? [A-Za-z]{0,4}-?[0-9]{4,}(?-u:\b)",
    ),
    reference_asked: pattern(
        r"(?-u:\b)[A-Za-z0-9]*[0-9][A-Za-z0-9]*(?:[-/.][A-Za-z0-9]+)*(?-u:\b)",
    ),
});
