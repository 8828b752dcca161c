import { suite } from "./suite.ts";

await suite("04-failing");
