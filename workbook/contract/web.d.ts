/**
 * The few web globals that the contract uses. They are in Node and in every browser, so it runs in both; it is checked
 * with neither DOM nor Node types (`tsconfig.json` beside this file), so that nothing else slips in.
 */
declare class URL {
  constructor(url: string, base?: string);
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  hash: string;
  readonly searchParams: Iterable<[string, string]>;
}
