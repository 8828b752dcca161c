import { suite } from "./suite.ts";

await suite("02-accepted");
