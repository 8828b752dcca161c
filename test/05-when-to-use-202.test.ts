import { suite } from "./suite.ts";

await suite("05-when-to-use-202");
