// The landing page of the demo: things to try fill the chat's field, nothing more.

import { chat, offerSignIn } from "./sign-in";

/** What each line is there to provoke, and the line. */
const THINGS: readonly (readonly [string, string])[] = [
  ["an answer from an article", "I get a 402 when I put my new card in, what does that mean?"],
  ["asks for a person", "Can I talk to someone?"],
  ["a clarifying question", "It does not work"],
  ["out of scope", "Which wine goes with grilled trout?"],
  ["a refund", "Please refund the label I paid for twice, order BC-88-1234"],
  ["a disputed charge", "There is a charge of €49 on my invoice that I never agreed to"],
  ["cancels the account", "I want to close my account at the end of the month"],
  ["data deletion", "Delete everything you have stored about me"],
  ["fraud: a cold handoff", "Somebody signed in to my account from abroad and bought labels"],
  ["a legal threat", "My lawyer will write to you if this is not settled by Friday"],
  [
    "anger with a threat: a takeover",
    "This is the worst service ever. Fix it today or I am leaving, you useless bot!",
  ],
  [
    "several systems at once",
    "Our webhook stopped, the API returns 401 and the labels from last night are missing in WooCommerce",
  ],
  ["drafts are held for review", "Could we agree on custom pricing for 40,000 parcels a month?"],
  ["a tool that fails", "Where is my parcel BC123456503?"],
  ["a tool that times out", "Where is my parcel BC123456504?"],
  ["a concern, once", "My label does not print"],
  ["the same in other words", "The printer still will not give me that label"],
  ["and a third time", "Why can I not get this label on paper?"],
  ["a mention, not a wish", "Your agent told me to turn on two-factor sign-in, where is that?"],
];

function offerThings(): void {
  const list = document.querySelector("#chips");
  const section = document.querySelector<HTMLElement>("#try");
  if (!list || !section) return;
  for (const [purpose, text] of THINGS) {
    const button = document.createElement("button");
    button.type = "button";
    const small = document.createElement("small");
    small.textContent = `${purpose}: `;
    button.append(small, text);
    button.addEventListener("click", async () => {
      const handle = await chat();
      handle.open();
      handle.fill(text);
    });
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
  section.hidden = false;
}

offerThings();
void offerSignIn();
