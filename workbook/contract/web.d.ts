/**
 * The few web globals that the contract uses. Node and every browser have them, so it runs in both. The contract is
 * checked with neither DOM nor Node types (`tsconfig.json` beside this file), so nothing else slips in.
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
