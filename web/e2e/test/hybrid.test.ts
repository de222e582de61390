// Contracts: the assistant drafts, a person releases.

import { expect, test } from "vitest";
import { stage } from "../src/stage";

const set = stage();

test("drafts are released, edited, rejected, and outdated by a new message", async () => {
  const elena = await (await set.agent("Elena Petrova")).is("Available");
  await elena.opens("Drafts");
  await elena.sees("No drafts wait");
  const greta = await set.customer({ as: "greta.nilsen@fjellgear.example" });
  const draft = elena.page.getByRole("article", { name: "Draft for Greta Nilsen" });

  await greta.say("Which contract terms apply to the Business plan, can we get custom pricing?");
  await greta.sees("Answers are now checked by a person");
  await draft.waitFor();
  await set.shot(elena.page, "hybrid-1-drafts");
  expect(await greta.bubbles("assistant").count(), "nothing was said yet").toBe(0);
  await draft.getByRole("button", { name: "Release" }).click();
  await greta.bubbles("agent_draft").first().waitFor();
  await greta.sees("AI draft, checked by a person");

  await greta.say("How many labels are in the Business plan under such a framework agreement?");
  await draft.waitFor();
  await draft.getByRole("button", { name: "Edit" }).click();
  const edited = draft.getByRole("textbox", { name: "Draft to edit" });
  await edited.fill(
    "Under a framework agreement you get 8,000 labels a month and more on request.",
  );
  await draft.getByRole("button", { name: "Release edited" }).click();
  await greta.sees("8,000 labels a month and more on request");
  await greta.sees(/AI draft, (checked|edited) by a person/);
  await set.shot(greta.page, "hybrid-2-edited");

  await greta.say("And is there a volume discount when we stay for two years?");
  await draft.waitFor();
  await draft.getByRole("button", { name: "Reject" }).click();
  await draft.waitFor({ state: "detached" });

  await greta.say("What are the conditions of the contract when we cancel an integration?");
  const first = draft.filter({ hasText: "cancel an integration" });
  await first.waitFor();
  await draft.getByRole("link", { name: "Greta Nilsen" }).click();
  await elena.log.getByText("Elena Petrova edited and released the draft").waitFor();
  await elena.log.getByText("Elena Petrova rejected the draft").waitFor();
  await greta.say("I mean the contract terms for the WooCommerce integration.");
  await elena.log.getByText("The draft is outdated: the customer wrote again").waitFor();
  await set.shot(elena.page, "hybrid-3-outdated");
  expect(await greta.bubbles("agent_draft").count(), "the outdated one was never said").toBe(2);
});
