/** Servers that misbehave, each on a port of its own. */
import http from "node:http";
import net from "node:net";
import type { AddressInfo } from "node:net";

export interface Listening {
  readonly url: string;
  close(): void;
}

/** @param take gets each connection, which stays open unless it is closed there */
export function tcp(take: (socket: net.Socket) => void): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    take(socket);
  });
  return listening(server, () => sockets.forEach((socket) => socket.destroy()));
}

/** A server of whole requests. */
export function web(listener: http.RequestListener): Promise<Listening> {
  const server = http.createServer(listener);
  return listening(server, () => server.closeAllConnections());
}

async function listening(server: net.Server, cut: () => void): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    cut();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** A port where nothing listens. */
export async function closedPort(): Promise<Listening> {
  const { url, close } = await tcp(() => undefined);
  close();
  return { url, close: () => undefined };
}

/** After the first data it writes `start`, then `text` again and again, as fast as it is read. */
export function flood(start: string, text: string): Promise<Listening> {
  return tcp((socket) => {
    socket.once("data", () => {
      socket.write(start);
      const more = () => {
        while (!socket.destroyed && socket.write(text));
      };
      socket.on("drain", more);
      more();
    });
  });
}

/** Writes one character at a time, and never ends. */
export function drip(text: string, everyMs: number): Promise<Listening> {
  return tcp((socket) => {
    let at = 0;
    const timer = setInterval(() => socket.write(text[at++] ?? "x"), everyMs);
    socket.on("close", () => clearInterval(timer));
  });
}
