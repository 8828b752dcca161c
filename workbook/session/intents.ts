/** What a learner asks of a session: the same from a key of the terminal, a click on a page, or JSON. */
import * as z from "zod";

/** Intents that open a dialog over the step. */
const dialogNames = [
  /** The hints of the open clause; while they are shown: the next one. */
  "hint",
  /** All steps. */
  "list",
  /** The lesson's text. */
  "text",
  "quiz",
  /** The solution against the learner's files. Asks first if the step is not passed. */
  "solution",
  /** Other ways to solve the step. Asks first if the step is not passed. */
  "ways",
  /** What the learner's code printed in the last run. */
  "output",
  /** All keys. */
  "keys",
] as const;

export type DialogName = (typeof dialogNames)[number];

const intentSchema = z.union([
  z.strictObject({
    is: z.enum([
      ...dialogNames,
      /** Begin the step that the welcome shows. */
      "start",
      /** To the step after this one (asks first if this one is not passed), or before it. */
      "next",
      "previous",
      /** Put the starter back. Asks first. */
      "reset",
      /** Grade without a save, slow measures included. */
      "grade",
      /** In a quiz: to the next question, or back after the last one. */
      "continue",
      /** Yes and no to a question. */
      "confirm",
      "decline",
      /** Close the dialog; over a step without one: take the message away. */
      "dismiss",
      /** End the session. A question has to be answered first. */
      "leave",
    ]),
  }),
  /** Open a step. */
  z.strictObject({ is: z.literal("open"), slug: z.string() }),
  /** Answer the quiz's question. `index` counts the answers from 0. */
  z.strictObject({ is: z.literal("answer"), index: z.number().int().nonnegative() }),
]);

export type Intent = Readonly<z.infer<typeof intentSchema>>;

/** Reads an intent that came as JSON. Null: it is none. */
export function readIntent(value: unknown): Intent | null {
  const parsed = intentSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** True if the intent only opens a dialog. */
export function isDialogName(name: Intent["is"]): name is DialogName {
  return (dialogNames as readonly string[]).includes(name);
}
