/** As much of the policy's schema as shows what the editor offers. */
import type { Schema } from "../src/pages/policy/text/schema";

export const SCHEMA: Schema = {
  $defs: {
    condition: {
      oneOf: [
        {
          properties: {
            all: {
              description: "Every one of these must hold.",
              items: { $ref: "#/$defs/condition" },
            },
            any: { description: "One of these must hold.", items: { $ref: "#/$defs/condition" } },
            not: { $ref: "#/$defs/condition", description: "This must not hold." },
          },
        },
        {
          required: ["signal"],
          properties: {
            signal: {
              description: "What a detector measured.",
              enum: [
                "anger",
                "answer_confidence",
                "opt_out",
                "repeat_count",
                "sentiment",
                "turn_count",
              ],
            },
            is: { description: "For flags.", type: "boolean" },
            at_least: { description: "This or more." },
            at_most: { description: "This or less." },
          },
        },
      ],
    },
  },
  required: ["policy", "bands"],
  properties: {
    policy: { description: "The short name of the policy." },
    bands: {
      description: "How sure an answer must be.",
      properties: {
        floor: { description: "Below this score there is no answer." },
        accept: { description: "From this score on the answer is said." },
        signals: { description: "The scores that count; the lowest decides." },
      },
    },
    rules: {
      description: "The matrix: the first rule that holds decides.",
      items: {
        required: ["id", "when", "then"],
        properties: {
          id: { description: "The rule's name in traces and reports." },
          when: { $ref: "#/$defs/condition", description: "When it holds." },
          // biome-ignore lint/suspicious/noThenProperty: a key of the policy
          then: {
            description: "What follows.",
            properties: {
              verdict: {
                description: "What becomes of the turn.",
                enum: ["escalate", "review", "fall_back", "continue"],
              },
              queue: { description: "Where it waits." },
              kind: { enum: ["warm", "cold", "takeover"], description: "How it is handed over." },
            },
          },
        },
      },
    },
  },
};
