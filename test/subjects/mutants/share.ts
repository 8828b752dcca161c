import { afterAll, beforeAll } from "vitest";
import { closePool, withSharedChildren } from "../../../workbook/run/memory/pool.ts";

/** All gradings of a test file share the same children, because starting a child costs more than grading. */
export function shareChildren(): void {
  let release: () => void = () => {};
  let sharing: Promise<void> | undefined;
  beforeAll(() => {
    sharing = withSharedChildren(() => new Promise<void>((resolve) => (release = resolve)));
  });
  afterAll(async () => {
    release();
    await sharing;
    closePool();
  });
}
