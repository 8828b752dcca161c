export interface Queue<T> {
  push(item: T): void;
  /** The next item, as soon as there is one. */
  next(): Promise<T>;
}

/** An unbounded queue for one reader. */
export function createQueue<T>(): Queue<T> {
  const items: T[] = [];
  let wake: (() => void) | undefined;
  return {
    push(item) {
      items.push(item);
      wake?.();
    },
    async next() {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) return item;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
