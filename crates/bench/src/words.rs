//! What customers write in the benches: ordinary, long enough, and never the
//! same concern twice within one conversation, so that the policy has work and
//! no reason to hand over.

use segue_model::limits::TURN_TEXT_BYTES_MAX;

const OPENINGS: [&str; 8] = [
    "Good morning, I have a small thing to ask.",
    "Thanks so far, there is one more point.",
    "While I am here, another topic.",
    "Fine, that is clear now.",
    "Understood, next one.",
    "Great, and then this.",
    "Okay, moving on.",
    "That helps, thank you.",
];

const CONCERNS: [&str; 20] = [
    "Where can the address for the invoices be changed in the settings",
    "Which sizes of the rain jacket are in stock in the colour green",
    "How long does the battery of the bicycle lamp usually last in winter",
    "Can two people share the same calendar when one of them is a guest",
    "How large may a picture be that the photo album accepts from a phone",
    "Does the kettle come with a plug for the kitchens of other countries",
    "When are the parcels for the islands put on the boat in autumn",
    "Is the cotton of the striped shirts washed before it is sewn",
    "On which days does the newsletter with the recipes arrive",
    "Who prints the paper manuals and may I have one in large letters",
    "How many chairs fit around the extendable oak table with both leaves",
    "Could the gift wrapping be done in plain brown paper with string",
    "What do the three small symbols on the thermostat stand for",
    "Are the walking poles allowed as hand luggage when they are folded",
    "Where does the export of the address book put the birthdays",
    "How is the tea packed and does the tin close tightly afterwards",
    "Which of the garden seeds can be sown before the last frost",
    "Do the headphones work with the piano that has the round socket",
    "Can the radio on the shelf be set to different times on weekends",
    "How do the blue and the grey notebook differ from each other",
];

const DETAILS: [&str; 10] = [
    "I looked at the page with the overview and it shows a table, but the last column is cut off on my small screen.",
    "My neighbour has the same model from two years ago and says that it was described on a leaflet inside the box.",
    "I am planning ahead for the family meeting that takes place at the end of June, so take all the time you like.",
    "If it makes a difference, I ordered from the new catalogue, the one with the lighthouse and the gulls on its cover.",
    "I have read the first half of the guide and liked it very much, especially the drawings of the small workshop.",
    "A short answer is enough, and a link to the right page of the manual would be even better for my notes.",
    "In the shop near the market they told me that you would know, since you answer such things every day by mail.",
    "Last year this was printed on the back of the card, but the new card only has the picture of the harbour.",
    "I use the tablet with the large letters, so please tell me also where the button is that I should look for.",
    "It is for my sister, who lives on the coast and likes to have everything written down before she decides.",
];

/// What is repeated to make the longest texts that are read, and the slowest: words that
/// rules begin with, quotes, negations, typos, nothing but pieces, folded and wide signs.
const HOSTILE: [&str; 16] = [
    "talk to ",
    "are you a human policy talk to an agent fraud ",
    "please ",
    "\"agent\" ",
    "'a ",
    "\"",
    "not ",
    "don't want not to not speak never with no person ",
    "damn :( ",
    "refundd cancell chargd compalint agnet ",
    "a ",
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "\u{FDFA}",
    "a\u{0301}",
    "\u{1F644}",
    "\u{4EBA}\u{5DE5}\u{5BA2}\u{670D} ",
];

/// Texts of the greatest length, each of one kind.
pub fn hostile() -> impl Iterator<Item = String> {
    HOSTILE
        .iter()
        .map(|part| part.repeat(TURN_TEXT_BYTES_MAX / part.len()))
}

/// The text of the `n`th turn of a conversation: about 450 bytes.
pub fn customer(n: usize) -> String {
    let pick = |list: &'static [&'static str], place: usize| {
        list.get(place % list.len()).copied().unwrap_or_default()
    };
    format!(
        "{} {}? {} {} {} Kind regards from the coast.",
        pick(&OPENINGS, n),
        pick(&CONCERNS, n),
        pick(&DETAILS, n),
        pick(&DETAILS, n + 3),
        pick(&DETAILS, n * 7 + 5),
    )
}

/// A short text, as most customers write.
pub fn short_customer(n: usize) -> String {
    let concern = CONCERNS
        .get(n % CONCERNS.len())
        .copied()
        .unwrap_or_default();
    format!("{concern}?")
}

/// An assistant's answer, different for each turn.
pub fn assistant(n: usize) -> String {
    let about = CONCERNS
        .get(n % CONCERNS.len())
        .copied()
        .unwrap_or_default();
    format!("About this, the help page says on sheet {n}: {about}. Everything else stands there.")
}
