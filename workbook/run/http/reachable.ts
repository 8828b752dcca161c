/** Does anything listen at a URL's host and port? */
import net from "node:net";

/** For one attempt to connect, ms. */
const connectMs = 1_000;
/** Between two attempts, ms. */
const pauseMs = 200;

/** Tries to connect until it works (true), or until `forMs` have passed (false). Tries at least once. */
export async function isReachable(url: URL, forMs: number): Promise<boolean> {
  const until = performance.now() + forMs;
  for (;;) {
    if (await connects(url)) return true;
    if (performance.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function connects(url: URL): Promise<boolean> {
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: connectMs });
    const finish = (isConnected: boolean) => () => {
      resolve(isConnected);
      socket.destroy();
    };
    socket.on("connect", finish(true)).on("timeout", finish(false)).on("error", finish(false));
  });
}
