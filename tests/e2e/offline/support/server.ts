/** A web server that can change its folder, break off in the middle of a file, and be switched off, at one address. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { contentTypes } from '../../../../scripts/content-types.ts';

export class FaultyServer {
  folder: string;
  /** Paths that end in the middle, with the connection cut. */
  cut: RegExp | undefined;
  /** Every path asked for, in order. */
  readonly asked: string[] = [];
  private server: Server | undefined;
  private port = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  get url(): string {
    return `http://localhost:${this.port}/`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      this.asked.push(path);
      let status = 200;
      let name = path.endsWith('/') ? `${path}index.html` : path;
      let body: Buffer;
      try {
        body = readFileSync(join(this.folder, name));
      } catch {
        status = 404;
        name = '/404.html';
        body = readFileSync(join(this.folder, name));
      }
      response.writeHead(status, {
        'Content-Type': contentTypes[extname(name)] ?? 'application/octet-stream',
        'Content-Length': body.length,
        'Cache-Control': 'no-cache',
        'Referrer-Policy': 'no-referrer',
      });
      if (!this.cut?.test(path)) response.end(body);
      else response.write(body.subarray(0, body.length / 2), () => response.destroy());
    });
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}
