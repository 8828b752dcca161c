import { suite } from "./suite.ts";

await suite("06-cleaning-up");
