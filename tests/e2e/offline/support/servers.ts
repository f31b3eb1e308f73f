/** Real web servers with the configurations that docs/deploy.md gives, on a free port and another folder. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './builds.ts';

export interface Running {
  url: string;
  end(): void;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** The configuration as the documentation gives it, with this port, this name and this folder. */
function documented(language: string, port: number, folder: string): string {
  const text = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');
  const block = new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``).exec(text)?.[1];
  if (!block) throw new Error(`docs/deploy.md has no configuration for ${language}.`);
  return block
    .replaceAll('8080', String(port))
    .replaceAll('help.example.net', 'localhost')
    .replaceAll('/srv/samhain-troubleshooter', folder);
}

async function started(child: ChildProcess, port: number, home: string): Promise<Running> {
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const url = `http://localhost:${port}/`;
  const end = () => {
    child.kill();
    rmSync(home, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) break;
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return { url, end };
    await new Promise((done) => setTimeout(done, 100));
  }
  end();
  throw new Error(`The server did not start: ${said}`);
}

const place = () => mkdtempSync(join(tmpdir(), 'web-server-'));

async function nginx(folder: string): Promise<Running> {
  const home = place();
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${home}/${kind};`,
  );
  writeFileSync(
    join(home, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${home}/pid; error_log stderr; events {}
http { include /etc/nginx/mime.types; access_log off; ${temporary.join(' ')}
${documented('nginx', port, folder)} }`,
  );
  return started(
    spawn('/usr/sbin/nginx', ['-c', join(home, 'nginx.conf'), '-p', home], { stdio: ['ignore', 'ignore', 'pipe'] }),
    port,
    home,
  );
}

async function apache(folder: string): Promise<Running> {
  const home = place();
  const port = await freePort();
  const modules = '/usr/lib/apache2/modules';
  const load = ['mpm_event', 'authz_core', 'dir', 'mime', 'alias', 'headers', 'filter', 'deflate']
    .filter((name) => existsSync(join(modules, `mod_${name}.so`)))
    .map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
  const user = process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : [];
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  mkdirSync(join(home, 'run'));
  writeFileSync(
    join(home, 'apache.conf'),
    [
      ...load,
      `ServerRoot ${home}`,
      `DefaultRuntimeDir ${home}/run`,
      `PidFile ${home}/pid`,
      'ServerName localhost',
      `Listen ${port}`,
      `ErrorLog ${home}/error.log`,
      'TypesConfig /etc/mime.types',
      ...user,
      documented('apache', port, folder),
    ].join('\n'),
  );
  return started(
    spawn('/usr/sbin/apache2', ['-X', '-f', join(home, 'apache.conf')], { stdio: ['ignore', 'ignore', 'pipe'] }),
    port,
    home,
  );
}

async function caddy(folder: string): Promise<Running> {
  const home = place();
  const port = await freePort();
  writeFileSync(join(home, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${documented('caddy', port, folder)}`);
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  return started(
    spawn('/usr/bin/caddy', ['run', '--config', join(home, 'Caddyfile'), '--adapter', 'caddyfile'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env,
    }),
    port,
    home,
  );
}

async function python(folder: string): Promise<Running> {
  const port = await freePort();
  return started(
    spawn('python3', ['-m', 'http.server', String(port), '--bind', '127.0.0.1'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
    port,
    place(),
  );
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface WebServer {
  name: string;
  installed: boolean;
  /** Whether it sends the headers and the page for what does not exist: Python's does not. */
  configured: boolean;
  start(folder: string): Promise<Running>;
}

export const webServers: WebServer[] = [
  { name: 'nginx', installed: existsSync('/usr/sbin/nginx'), configured: true, start: nginx },
  { name: 'Apache', installed: existsSync('/usr/sbin/apache2'), configured: true, start: apache },
  { name: 'caddy', installed: existsSync('/usr/bin/caddy'), configured: true, start: caddy },
  { name: 'python3 -m http.server', installed: hasPython(), configured: false, start: python },
];
