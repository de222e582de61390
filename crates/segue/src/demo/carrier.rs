//! The demo's parcel look-up. It stands for a carrier's API: it can find, fail,
//! and not answer, so that what Segue does then can be seen.

use std::time::Duration;

use segue_service::tool::{Tool, ToolAnswer, ToolError};

/// What a parcel number begins with.
const PREFIX: &str = "BC";
/// How many digits follow.
const DIGITS: usize = 9;
/// The ending of numbers whose look-up fails, as a carrier's does on a bad day.
const FAILS_ON: &str = "503";
/// The ending of numbers whose look-up never answers.
const HANGS_ON: &str = "504";
/// How long a look-up takes.
const LATENCY: Duration = Duration::from_millis(120);

/// A carrier without parcels of its own: what it says follows from the number.
#[derive(Debug, Default)]
pub struct Carrier {}

impl Tool for Carrier {
    fn name(&self) -> &str {
        "parcel_status"
    }

    fn argument(&self, text: &str) -> Option<String> {
        text.split(|char: char| !char.is_ascii_alphanumeric())
            .find_map(|word| {
                let upper = word.to_ascii_uppercase();
                let digits = upper.strip_prefix(PREFIX)?;
                let is_number =
                    digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
                is_number.then_some(upper)
            })
    }

    fn call(&self, argument: String) -> ToolAnswer<'_> {
        Box::pin(async move {
            tokio::time::sleep(LATENCY).await;
            if argument.ends_with(FAILS_ON) {
                return Err(ToolError {
                    message: "503 from the carrier".to_owned(),
                });
            }
            if argument.ends_with(HANGS_ON) {
                std::future::pending::<()>().await;
            }
            Ok(status(&argument))
        })
    }
}

fn status(parcel: &str) -> String {
    let last = parcel
        .bytes()
        .last()
        .map_or(0, |byte| byte.saturating_sub(b'0'));
    match last {
        0..=2 => {
            format!("Parcel {parcel} was announced to the carrier and waits for its pick-up today.")
        }
        3..=6 => {
            format!("Parcel {parcel} is on its way; the carrier expects to deliver it tomorrow.")
        }
        7..=8 => format!("Parcel {parcel} is out for delivery today."),
        _ => format!(
            "Parcel {parcel} was delivered; the proof of delivery is under Shipments > {parcel}."
        ),
    }
}
