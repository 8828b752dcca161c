import { suite } from "./suite.ts";

await suite("03-polling");
