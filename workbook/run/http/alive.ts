/** Does anybody listen at a URL's host and port? */
import net from "node:net";

/** How long one try to connect may take, ms. */
const connectMs = 1_000;

/** True if somebody took a connection within `forMs`; tried a few times a second. */
export async function answersWithin(url: URL, forMs: number): Promise<boolean> {
  const until = performance.now() + forMs;
  for (;;) {
    if (await connects(url)) return true;
    if (performance.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function connects(url: URL): Promise<boolean> {
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: connectMs });
    const tell = (answers: boolean) => () => {
      resolve(answers);
      socket.destroy();
    };
    socket.on("connect", tell(true)).on("timeout", tell(false)).on("error", tell(false));
  });
}
