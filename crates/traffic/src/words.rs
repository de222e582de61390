//! What people say. Our own lines about an invented company; the questions of its help
//! centre come with the articles.

pub(crate) const FIRST_NAMES: &[&str] = &[
    "Anna", "Ben", "Carla", "Dario", "Elif", "Felix", "Greta", "Hugo", "Ida", "Jonas", "Klara",
    "Leo", "Mina", "Noah", "Olga", "Pavel", "Quinn", "Rosa", "Samir", "Tessa", "Umar", "Vera",
    "Wim", "Yara", "Zoe",
];
pub(crate) const LAST_NAMES: &[&str] = &[
    "Arndt", "Bakker", "Costa", "Dubois", "Engel", "Ferrari", "Garcia", "Hansen", "Ivanova",
    "Jansen", "Keller", "Larsen", "Moreno", "Novak", "Okoye", "Petit", "Quist", "Rossi", "Silva",
    "Tanaka", "Urban", "Vogel", "Weiss", "Young", "Zeller",
];
pub(crate) const SHOPS: &[&str] = &[
    "Amber", "Birch", "Copper", "Dune", "Ember", "Fern", "Grove", "Harbor", "Indigo", "Juniper",
    "Kestrel", "Linden", "Maple", "North", "Opal", "Pebble", "Quarry", "River", "Sage", "Tide",
];
pub(crate) const TRADES: &[&str] = &[
    "Books", "Candles", "Coffee", "Crafts", "Cycles", "Fabrics", "Garden", "Goods", "Lamps",
    "Music", "Outdoor", "Paper", "Pottery", "Toys",
];

/// The tools that the assistant calls, by the category of what is asked.
pub(crate) const TOOLS: &[(&str, &str)] = &[
    ("shipping", "track_parcel"),
    ("billing", "fetch_invoice"),
    ("api", "read_request_log"),
    ("account", "check_account"),
    ("integrations", "read_request_log"),
];

/// What stands before a question, more often nothing.
pub(crate) const OPENERS: &[&str] = &[
    "",
    "",
    "",
    "",
    "Hi, ",
    "Hello, ",
    "Hey, ",
    "Good morning, ",
    "Hi there, ",
    "Quick question: ",
    "Morning. ",
    "Hello team, ",
];
/// And after it.
pub(crate) const CLOSERS: &[&str] = &[
    "",
    "",
    "",
    "",
    "",
    " Thanks!",
    " Thank you.",
    " Any idea?",
    " Cheers.",
    " Please advise.",
];
/// When the first answer did not do it.
pub(crate) const AGAINS: &[&str] = &[
    "That is not what I meant. ",
    "I have seen that already. ",
    "Not quite: ",
    "Let me put it differently: ",
    "Hmm, no. ",
    "",
];
pub(crate) const NOT_HELPED: &[&str] = &[
    "That does not help me.",
    "No, that did not work.",
    "It still does not work.",
    "I tried that, same result.",
];
pub(crate) const THANKS: &[&str] = &[
    "Perfect, thanks!",
    "That worked, thank you.",
    "Great, thanks a lot.",
    "Got it, thanks.",
    "Thank you!",
];
pub(crate) const WISHES: &[&str] = &[
    "I want to talk to a person.",
    "Can I speak to a human please?",
    "Please connect me with an agent.",
    "Let me talk to a real person.",
    "I'd like to speak with someone from your team.",
    "Can you transfer me to a human agent?",
];
pub(crate) const WISHES_DE: &[&str] = &[
    "Ich möchte mit einem Menschen sprechen.",
    "Bitte verbinden Sie mich mit einem Mitarbeiter.",
    "Kann ich mit einer echten Person reden?",
];
/// What an assistant says that holds on.
pub(crate) const HELD: &[&str] = &[
    "I can sort this out for you right here. Could you describe once more what happened?",
    "Most questions are solved faster with me. Have you looked at our help centre yet?",
    "Before that, let us try one more thing together: please sign out and in again.",
    "I am able to help with this. Which page are you on at the moment?",
];
pub(crate) const CLARIFY: &str = "Could you tell me a little more in your own words: what did you want to do, and what happened?";
pub(crate) const NOTICE: &str = "I want to make sure you get the right help, so I'm looping in a colleague. I'm passing on our notes right now, so you won't have to repeat yourself.";
pub(crate) const JOINED: &str = "A colleague has joined and reads our notes before writing.";
pub(crate) const EXPIRED: &str =
    "Nobody could join you in time, and I'm sorry. You'll hear from us by e-mail.";
pub(crate) const MOVED: &str =
    "A colleague from another team will continue from here and has all our notes.";

/// How an agent begins who has read the packet; `{}` is what it is about.
pub(crate) const GREETINGS: &[&str] = &[
    "Hi, I see this is about {}, let me look at it with you.",
    "Hello, I have your notes on {} in front of me. One moment.",
    "Hi, thanks for waiting. I've read that it is about {}.",
];
/// And one who has not.
pub(crate) const REASKS: &[&str] = &[
    "Hello, how can I help you?",
    "Hi, what seems to be the problem?",
    "Hello, could you please describe your issue?",
];
pub(crate) const SOLVED: &[&str] = &["That is all sorted now.", "Done, it is set on our side."];

/// Nobody's business here: what no article will ever answer.
pub(crate) const OUTSIDE: &[&str] = &[
    "do you know a good pizza place near the station",
    "what will the weather be like tomorrow",
    "are you hiring drivers at the moment",
    "can you write me a poem about spring",
    "who won the match last night",
    "I need a new phone contract",
    "how do I get rust off a bicycle chain",
    "what is the capital of Peru",
    "is your office dog friendly",
    "can I book a hotel with you",
    "my printer ink is empty, where do I buy some",
    "do you sell gift cards for other shops",
    "how do I file my tax return",
    "could you sponsor our football club",
    "I am a student, can I interview you for my thesis",
    "what music do you play on hold",
    "please translate this letter for me",
    "how much does a stamp for a postcard cost",
    "do you rent out warehouse space",
    "is there a job for my nephew in your packing team",
];

/// A concern that nobody wrote an article for.
#[derive(Debug)]
pub(crate) struct Gap {
    /// What it is about, in two or three words.
    pub name: &'static str,
    /// How people ask.
    pub questions: &'static [&'static str],
    /// What the agents who know say.
    pub answer: &'static str,
}

pub(crate) const GAPS: &[Gap] = &[
    Gap {
        name: "lithium batteries",
        questions: &[
            "can I ship lithium batteries with you",
            "which label do I need for a parcel with lithium batteries inside",
            "my customer bought a drill, the lithium battery is in the box, is that allowed",
            "sending lithium batteries by air, what paperwork",
            "carrier refused our parcel because of the lithium battery sticker",
            "do lithium batteries count as dangerous goods on your labels",
            "how many watt hours may a lithium battery have in a parcel",
            "we sell e-bike lithium batteries and the label form has no field for that",
            "power banks are lithium batteries too, how do I declare them",
            "lithium battery mark UN3481, where do I tick that",
            "is there a surcharge for parcels with lithium batteries",
            "lithium batteries inside a toy, do I need the handling label",
        ],
        answer: "Lithium batteries inside equipment go as UN3481: choose the service with dangerous goods under Label > Extras and put the battery mark on the parcel; above 100 watt hours a carrier contract is needed.",
    },
    Gap {
        name: "parcel lockers",
        questions: &[
            "can my customers choose a parcel locker as delivery address",
            "how do I print a label to a parcel locker",
            "locker delivery in Poland, where do I enter the locker number",
            "parcel locker code is missing on the label",
            "the checkout sends us a locker id and your form rejects it",
            "which carriers deliver to parcel lockers",
            "customer wants it in the parcel locker next to the station",
            "what is the biggest box that fits a parcel locker",
            "parcel locker was full, where did the parcel go",
            "how long does a parcel stay in the locker",
            "we want lockers as an option in our shop",
            "locker pickup code was never sent to the buyer",
        ],
        answer: "Parcel lockers are addressed by their code: put it into the second address line as LOCKER and the code, and choose a locker service of the carrier; the pickup code is sent to the phone number of the order.",
    },
    Gap {
        name: "carbon report",
        questions: &[
            "where do I find the carbon footprint of our parcels",
            "we need a carbon report for our shipments last year",
            "our auditor asks for the CO2 per parcel",
            "can you export emissions by carrier",
            "carbon emissions of shipments for the sustainability report",
            "is there a carbon neutral label option",
            "how is the carbon footprint per shipment calculated",
            "do you have a CO2 certificate for our shop",
            "carbon figures by month and country please",
            "which carrier has the lowest carbon emissions",
            "CO2 compensation for parcels, can we switch that on",
            "our customers ask about the carbon footprint of delivery",
        ],
        answer: "Carbon figures per shipment are not in the reports yet: we send the yearly statement by carrier on request, with the method of the carriers behind it.",
    },
    Gap {
        name: "wholesale pallets",
        questions: &[
            "can I book a pallet shipment with you",
            "we have two euro pallets to send to a wholesaler",
            "pallet pick up with tail lift, how do I order that",
            "label for a pallet instead of a parcel",
            "what does a pallet to Austria cost",
            "freight on pallets is missing in the service list",
            "pallet got split and half is missing, how do I trace a pallet",
            "how high may a pallet be stacked",
            "do you do half pallets",
            "the wholesaler wants a delivery note on each pallet",
            "pallet exchange, who brings the empty pallets back",
            "import pallet orders from our ERP",
        ],
        answer: "Pallets are booked by our freight desk: send measures, weight and both addresses, and you get the price and the papers within two hours; they cannot be bought in the label form.",
    },
    Gap {
        name: "voice assistant",
        questions: &[
            "does the voice assistant skill still track parcels",
            "I asked my smart speaker for my parcel and it says the skill is disabled",
            "how do I connect the voice assistant with my account",
            "voice assistant tells the wrong delivery day",
            "linking the smart speaker skill fails with my password",
            "can the voice assistant read out all parcels of today",
            "where do I turn off the voice assistant announcements",
            "the smart speaker skill asks for a PIN that I never set",
            "is the voice assistant skill available in German",
            "voice assistant does not find the tracking skill any more",
            "my speaker announces parcels of somebody else",
            "remove the voice assistant from our account please",
        ],
        answer: "The voice skill moved to a new name in May: remove the old skill, add the new one and link it again with a code from Settings > Devices; the old PIN is not asked any more.",
    },
    Gap {
        name: "age verification",
        questions: &[
            "how do I add age verification to a delivery",
            "we sell wine and need the driver to check the age",
            "age check at the door, which service is that",
            "parcel with spirits was handed to a minor without age verification",
            "age verification 18 plus is not on the label",
            "what does the age check cost per parcel",
            "the driver refused because of the age verification, what now",
            "can I set age verification for all orders of knives",
            "age check in Germany needs which label option",
            "our licence requires proof of age verification, do you keep it",
            "buyer failed the age check, where does the parcel go",
            "import orders with an age verification column",
        ],
        answer: "An age check is an extra of the carrier: tick Visual check of age under Label > Extras, or set the product rule in the shop connection; the proof is in the delivery record for 90 days.",
    },
];

/// A product that is new, with an article from its first day.
#[derive(Debug)]
pub(crate) struct Product {
    pub article: &'static str,
    pub title: &'static str,
    pub questions: &'static [&'static str],
    pub answer: &'static str,
}

pub(crate) const PRODUCTS: &[Product] = &[
    Product {
        article: "scan-parcels-with-the-phone-app",
        title: "Scan parcels with the phone app",
        questions: &[
            "how do I scan parcels with the new phone app",
            "where can I download the scanner app",
            "the app asks for the camera, is that needed for scanning",
            "can two people scan with the app at once",
            "does the scanning app work offline",
            "scanned a parcel twice in the app, how do I undo it",
            "which phones does the scanner app support",
            "sign in to the scan app with my account",
        ],
        answer: "Parcels are scanned with the Brightcrate app: sign in with your account, choose Scan and hold the label before the camera. Scans made offline are sent later. A scan is taken back by swiping it to the left.",
    },
    Product {
        article: "gift-notes-on-packing-slips",
        title: "Gift notes on packing slips",
        questions: &[
            "how do I add the new gift note to a packing slip",
            "where does the gift message of the order appear",
            "can I hide prices on slips with a gift note",
            "gift note is cut off after two lines",
            "turn on gift notes for one shop only",
            "preview of the gift note before printing",
            "does the gift note cost extra",
            "gift note with emojis does not print",
        ],
        answer: "Gift notes are switched on under Settings > Packing slips > Gift notes. The message of the order is printed below the items, up to 200 characters, and prices are hidden on slips that have one.",
    },
];

/// Questions in other languages, with the article that answers them.
pub(crate) const ELSEWHERE: &[(&str, &str, &[&str])] = &[
    (
        "de",
        "tracking-has-not-updated",
        &[
            "Die Sendungsverfolgung zeigt seit Tagen nichts Neues",
            "Mein Paket bewegt sich laut Tracking nicht mehr",
            "Wo ist die Sendung, der Status steht still",
        ],
    ),
    (
        "de",
        "reset-a-forgotten-password",
        &[
            "Ich habe mein Passwort vergessen",
            "Wie setze ich das Passwort zurück",
            "Die Mail zum Zurücksetzen kommt nicht an",
        ],
    ),
    (
        "de",
        "download-invoices-and-receipts",
        &[
            "Wo finde ich die Rechnung vom letzten Monat",
            "Ich brauche die Belege als PDF",
            "Rechnung herunterladen, wo geht das",
        ],
    ),
    (
        "de",
        "create-and-print-a-label",
        &[
            "Wie drucke ich ein Versandetikett",
            "Wo erstelle ich ein Label für ein Paket",
            "Etikett drucken klappt beim ersten Mal wie",
        ],
    ),
    (
        "de",
        "connect-a-shopify-store",
        &[
            "Wie verbinde ich meinen Shop bei Shopify",
            "Shopify anbinden, was muss ich tun",
        ],
    ),
    (
        "de",
        "set-up-a-label-printer",
        &[
            "Der Etikettendrucker druckt nicht, wie richte ich ihn ein",
            "Neuer Labeldrucker, was muss ich einstellen",
        ],
    ),
    (
        "fr",
        "tracking-has-not-updated",
        &[
            "le suivi de mon colis ne bouge plus depuis trois jours",
            "où est mon colis, le suivi n'a pas changé",
        ],
    ),
    (
        "fr",
        "reset-a-forgotten-password",
        &[
            "j'ai oublié mon mot de passe",
            "je ne reçois pas le mail pour changer le mot de passe",
        ],
    ),
    (
        "es",
        "tracking-has-not-updated",
        &[
            "el seguimiento de mi paquete no cambia desde hace días",
            "dónde está mi envío, no se actualiza",
        ],
    ),
    (
        "es",
        "download-invoices-and-receipts",
        &[
            "dónde descargo la factura del mes pasado",
            "necesito los recibos en PDF",
        ],
    ),
];
