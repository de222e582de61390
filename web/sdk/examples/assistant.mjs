// An assistant by the TypeScript library.
// SEGUE=http://127.0.0.1:8080 KEY=sg_live_… node assistant.mjs   (npm install @segue/sdk)
import { Segue, SegueError } from "@segue/sdk";

/** Your own model goes here. */
const answer = () => ({
  text: "Open Settings > Billing and choose Update card.",
  confidence: 0.91,
});

const segue = new Segue({ url: process.env.SEGUE, key: process.env.KEY });
const { id } = await segue.openConversation({ customer: { email: "alex@shop.example" } });
for (const text of [
  "How do I change the card on my account?",
  "Could I talk to a real person, please?",
]) {
  const { verdict, epoch } = await segue.addTurn(id, { role: "customer", text });
  console.log("customer:", text, "->", verdict?.verdict, verdict?.rule);
  try {
    const said = await segue.addTurn(id, { role: "assistant", ...answer(), epoch });
    console.log("assistant:", said.visible ? "(visible)" : "(held back)");
  } catch (error) {
    // A person has the floor: say nothing.
    if (!(error instanceof SegueError)) throw error;
    console.log("assistant: silent,", error.code);
  }
}
