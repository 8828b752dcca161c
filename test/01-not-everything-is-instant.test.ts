import { suite } from "./suite.ts";

await suite("01-not-everything-is-instant");
