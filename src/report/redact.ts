/**
 * A report that can be shown to strangers: each host name, address, user and path of the lines has a stand-in, the same
 * one everywhere. Stand-ins look like what they stand for, so that a redacted report is read, and judged, like the lines
 * themselves. Secrets are masked before anything is read (log/secrets.ts). What comes from the content stays: usual paths
 * tell nothing of anybody.
 */
import type { Input } from '../engine/input.ts';
import { pasted } from '../engine/names.ts';
import type { SetupValues } from '../engine/setup.ts';

/** Fields that hold a host or its address, and such as hold a user. */
const hostFields = new Set([
  'client',
  'host',
  'server',
  'peer',
  'address',
  'ip',
  'ip_src',
  'interface',
  'lookup',
  'obj_host',
]);
const userFields = new Set([
  'user',
  'userid',
  'owner',
  'owner_old',
  'owner_new',
  'group',
  'group_old',
  'group_new',
  'login',
]);
/** What any host may be called, or no host at all. */
const everyones =
  /^(?:localhost(?:\.localdomain)?|127\.[\d.]+|::1|0\.0\.0\.0|root|nobody|wheel|yule|samhain|\(null\)|)$/i;

const label = '[\\p{L}\\p{N}_]+(?:-+[\\p{L}\\p{N}_]+)*';
/** Whatever can be one of these: a mail address, an address of either kind, a path, a name. */
const candidates = new RegExp(
  [
    `(?<![\\w.+-])[\\w.+-]{1,64}@${label}(?:\\.${label})+`,
    '(?:\\d{1,3}\\.){3}\\d{1,3}',
    '(?<![\\w:.])(?:[\\da-fA-F]{1,4}:){3,7}[\\da-fA-F]{1,4}(?![\\w:])',
    '(?<![\\w:])[\\da-fA-F:]{0,40}::[\\da-fA-F:.]{0,40}',
    // A whole value, or a word of a shell, can hold blanks.
    `(?<==<|="|')/[^<>"'\\n]+`,
    '(?<![\\w.}/<-])/[^\\s<>"\'`;,()\\[\\]{}|&$\\\\]+',
    `${label}(?:\\.${label})*`,
  ].join('|'),
  'gu',
);

/** An address with something behind it: in a hosts file and from a resolver, names. */
const address = /(?<![\w.:])(?:(?:\d{1,3}\.){3}\d{1,3}|[\da-f]{0,4}:[\da-f:.]{2,40})(?=\s)/gi;
const nameless = /^(?:STREAM|DGRAM|RAW|dev|src|via|uid|scope|\w*hosts?)$/;
/** A word that ends like a domain. */
const dotted = /(?<![\w./-])[A-Za-z0-9](?:[\w-]{0,63}\.){1,10}[a-z]{2,24}(?![\w./(-])/g;

/** The lines of outputs, as they were given. */
function* linesOf({ lines, outcomes, unknown }: Input['outputs'], sources: Input['sources']): Iterable<string> {
  const split = new Map<number, string[]>();
  for (const { source, line, endLine } of [...lines, ...outcomes, ...unknown]) {
    const all = split.get(source) ?? (sources[source]?.text ?? '').split(/\r\n|\n|\r/);
    split.set(source, all);
    yield* all.slice(line - 1, endLine).map((text) => text.slice(0, 4000));
  }
}

const isPath = (word: string) => /^\/[^/]/.test(word);
const isV4 = (word: string) => /^(?:\d{1,3}\.){3}\d{1,3}$/.test(word);
const isV6 = (word: string) => /^[\da-fA-F:.]+$/.test(word) && word.split(':').length > 2;
const isMail = (word: string) => word.includes('@');

/** What a stand-in stands for. */
export type HiddenKind = 'host' | 'domain' | 'address' | 'user' | 'path' | 'mail' | 'file' | 'own';

/** Something that was hidden, for a list that is shown before anything is copied. It never leaves the page itself. */
export interface Hidden {
  kind: HiddenKind;
  real: string;
  standIn: string;
  /** How often it was replaced so far. */
  times: number;
}

/** What to keep and what to hide. */
export interface RedactionWords {
  /** Paths and names that the content itself names: where things are in a setup. */
  usual: Iterable<string>;
  /** Words of the content, in small letters: the first label of a host that is one of them is kept where it stands alone. */
  vocabulary?: ReadonlySet<string>;
  /** The reader's own words to hide, whatever they are part of. */
  hide?: readonly string[];
}

/** What the content says of it: usual values of the setup, and its words. */
export function redactionWords(
  { variables, messages, problems }: { variables: readonly { id: string }[]; messages: unknown; problems: unknown },
  setup: SetupValues,
  hide: readonly string[] = [],
): RedactionWords {
  const sides = ['client', 'server'] as const;
  return {
    usual: variables.flatMap(({ id }) => sides.flatMap((side) => setup.of(id, side)?.value ?? [])),
    vocabulary: new Set(
      JSON.stringify([messages, problems])
        .toLowerCase()
        .match(/[a-z]{2,40}/g),
    ),
    hide,
  };
}

/** Stand-ins for what the lines of one input name. */
export class Redaction {
  private readonly known = new Map<string, Hidden>();
  private readonly counts = { host: 0, domain: 0, v6: 0, user: 0, path: 0, mail: 0 };
  /** Addresses of one network stay in one network. */
  private readonly nets = new Map<string, { standIn: string; hosts: number }>();
  private readonly files = new Map<string, Hidden>();
  private readonly domains = new Map<string, string>();
  private readonly own: Hidden[];
  private readonly usual: ReadonlySet<string>;
  private readonly usualNames: ReadonlySet<string>;
  private readonly vocabulary: ReadonlySet<string>;

  constructor(
    { findings, unrecognised, sources, settings: configurations, outputs }: Input,
    { usual, vocabulary = new Set(), hide = [] }: RedactionWords,
  ) {
    this.usual = new Set(usual);
    this.vocabulary = vocabulary;
    this.own = [...new Set(hide.map((word) => word.trim()).filter((word) => word.length > 1))]
      .sort((a, b) => b.length - a.length)
      .map((real, i) => ({ kind: 'own', real, standIn: `hidden-${i + 1}`, times: 0 }));
    this.usualNames = new Set([...this.usual].map((path) => path.slice(path.lastIndexOf('/') + 1)));
    for (const { settings } of configurations)
      for (const { facts, hosts = [] } of settings.entries)
        for (const name of [...namesIn(facts), ...hosts]) this.host(name);
    for (const { record, host, values } of findings) {
      for (const name of [host, record.loggingHost, record.relay?.client]) if (name) this.host(name);
      for (const [field, value] of [
        ...Object.entries(values),
        ...record.fields.map((f) => [f.name, f.value] as const),
      ]) {
        if (hostFields.has(field)) this.host(value);
        else if (userFields.has(field)) this.user(value);
      }
    }
    for (const { record } of findings) this.scan(record.body);
    for (const { text } of unrecognised) this.scan(text);
    for (const line of linesOf(outputs, sources)) this.output(line);
    sources.forEach(({ name }, i) => {
      if (name !== pasted) this.files.set(name, { kind: 'file', real: name, standIn: `file-${i + 1}`, times: 0 });
    });
  }

  /** The text with its stand-ins. */
  text(text: string): string {
    return this.withoutOwn(text).replace(candidates, (word) => this.use(word) ?? this.inside(word));
  }

  /** The same of every string of a value, names of fields apart. */
  all<T>(value: T): T {
    if (typeof value === 'string') return this.string(value) as T;
    if (Array.isArray(value)) return value.map((one) => this.all(one)) as T;
    if (typeof value !== 'object' || value === null) return value;
    const own = ([key, one]: [string, unknown]) =>
      contents.has(key) && !Array.isArray(one) ? (sentences.has(key) ? this.ownOnly(one) : one) : this.all(one);
    return Object.fromEntries(Object.entries(value).map((entry) => [entry[0], own(entry)])) as T;
  }

  /** All that has a stand-in, the most frequent first; what was never replaced is at the end with 0 times. */
  get hidden(): Hidden[] {
    return [...this.known.values(), ...this.files.values(), ...this.own].sort((a, b) => b.times - a.times);
  }

  /** The content's own sentences name nobody; only what the reader wants hidden goes. */
  private ownOnly<T>(value: T): T {
    if (typeof value === 'string') return this.withoutOwn(value) as T;
    if (Array.isArray(value)) return value.map((one) => this.ownOnly(one)) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.ownOnly(one)])) as T;
  }

  private use(word: string): string | undefined {
    const known = this.known.get(word.toLowerCase());
    if (!known) return undefined;
    known.times += 1;
    // A host in capitals is another spelling, and spelling can be the fault.
    const [short = ''] = word.split('.', 1);
    return known.kind === 'host' && /\p{Lu}/u.test(short) && !/\p{Ll}/u.test(short)
      ? known.standIn.replace(/^[^.]+/, (label) => label.toUpperCase())
      : known.standIn;
  }

  /** A whole value is known as it is, whatever blanks are in it. */
  private string(value: string): string {
    const file = this.files.get(value);
    if (file) file.times += 1;
    return file?.standIn ?? this.use(value) ?? this.text(this.withoutFiles(value));
  }

  private withoutOwn(text: string): string {
    let left = text;
    for (const own of this.own) {
      const word = own.real.toLowerCase();
      for (let at = left.toLowerCase().indexOf(word); at >= 0; ) {
        left = left.slice(0, at) + own.standIn + left.slice(at + word.length);
        own.times += 1;
        at = left.toLowerCase().indexOf(word, at + own.standIn.length);
      }
    }
    return left;
  }

  /** A sentence about a file names it by the name that was given, which can be a path. */
  private withoutFiles(text: string): string {
    let left = text;
    for (const [name, file] of this.files)
      if (name.length > 3 && left.startsWith(name)) {
        left = file.standIn + left.slice(name.length);
        file.times += 1;
      }
    return left;
  }

  /**
   * A path that ends in a dot or a colon of the sentence, or goes on: the longest part that is known. A name that a host's
   * or a user's is a part of (`web1-backup`): that part.
   */
  private inside(word: string): string {
    if (isPath(word))
      for (let end = word.length - 1; end > 1; end--)
        if (/[^\w-]/.test(word[end] ?? '') && this.known.has(word.slice(0, end).toLowerCase()))
          return this.use(word.slice(0, end)) + word.slice(end);
    if (this.usual.has(word)) return word;
    return word.replace(/[\p{L}\p{N}]+/gu, (part) => (/\p{L}/u.test(part) ? (this.use(part) ?? part) : part));
  }

  /** A line that a command printed: names stand behind addresses, in prompts, tables and lists as well. */
  private output(line: string): void {
    const [, who = '', where = ''] = /(?:^|\[)([\w.-]{1,64})@([\w.-]{1,255})[: ]/.exec(line) ?? [];
    const alone = /^([\w.-]{1,255}):\S{1,255} [#$%] /.exec(line)?.[1] ?? '';
    this.user(who);
    for (const name of [where, alone]) if (name) this.host(name);
    const owner = /^[-dlcbps][rwxsStT-]{9}\S?\s+(?:\d+\s+)?([a-z_][\w.-]*)\s+([a-z_][\w.-]*)\s/.exec(line);
    const runs = /^\s*([a-z_][\w.-]*\+?)\s+\d+\s+(?:\d+\s+)?[A-Z]\S*\s/.exec(line);
    const id = line.startsWith('uid=') ? [...line.matchAll(/\(([\w.-]+)\)/g)].map(([, name]) => name) : [];
    const asked = /^(?:as )?user (\S+)$/.exec(line);
    for (const name of [owner?.[1], owner?.[2], runs?.[1], asked?.[1], ...id]) if (name) this.user(name);
    for (const found of line.matchAll(address)) {
      this.host(found[0]);
      for (const name of line
        .slice(found.index + found[0].length)
        .trim()
        .split(/\s+/)) {
        if (!/^[A-Za-z][\w.-]*$/.test(name)) break;
        if (!nameless.test(name)) this.host(name);
      }
    }
    for (const [, field = '', value = ''] of line.matchAll(/\b([a-z_]+)\s*=\s*([\w.-]+)/gi))
      if (hostFields.has(field.toLowerCase())) this.host(value);
    const probed = /\/dev\/tcp\/([\w.-]+)\//.exec(line)?.[1];
    if (probed) this.host(probed);
    const own = /^(?:uname -n|hostname -f): ([\w.-]+)$/.exec(line)?.[1];
    if (own) this.host(own);
    this.scan(line);
    // Programs print few words with a dot in them that are neither a name nor a file's.
    for (const [word] of line.matchAll(dotted)) if (!this.usualNames.has(word)) this.host(word);
  }

  private scan(text: string): void {
    for (const [word] of text.matchAll(candidates)) {
      if (isMail(word)) this.add('mail', word, () => `user-${++this.counts.mail}@example.com`);
      else if (isPath(word)) this.path(word);
      else if (isV4(word) || isV6(word)) this.host(word);
      else if (word.includes('.') && this.domains.has(domainOf(word))) this.host(word);
    }
  }

  private host(name: string): void {
    if (everyones.test(name) || /[\s<>"]/.test(name)) return;
    if (isPath(name)) this.path(name);
    else if (isV4(name)) this.add('address', name, () => this.v4(name));
    else if (isV6(name)) this.add('address', name, () => `2001:db8::${(++this.counts.v6).toString(16)}`);
    else if (!/^[\d.]*$/.test(name)) this.name(name.replace(/\.$/, ''));
  }

  private name(name: string): void {
    if (this.known.has(name.toLowerCase())) return;
    // The first label alone is the same host, unless it is a word that stands for anything.
    const [short = ''] = name.split('.');
    const standIn = this.known.get(short.toLowerCase())?.standIn ?? `host-${++this.counts.host}`;
    if (name.includes('.')) {
      this.add('host', name, () => `${standIn}.${this.domain(domainOf(name))}`);
      if (!this.vocabulary.has(short.toLowerCase())) this.add('host', short, () => standIn);
    } else if (!/^(?:client|server|host|mail|log|email|none|unknown)$/i.test(name))
      this.add('host', name, () => standIn);
  }

  private domain(name: string): string {
    const known = this.domains.get(name);
    if (known !== undefined) return known;
    const n = ++this.counts.domain;
    const standIn = n === 1 ? 'example.org' : `net${n}.example.org`;
    this.domains.set(name, standIn);
    if (name.includes('.')) this.add('domain', name, () => standIn);
    return standIn;
  }

  private user(name: string): void {
    if (everyones.test(name) || /^\d*$/.test(name) || /[\s<>"]/.test(name)) return;
    this.add('user', name, () => `user-${++this.counts.user}`);
  }

  private path(path: string): void {
    let end = path.length;
    while (path[end - 1] === '.' || path[end - 1] === ':') end -= 1;
    const whole = path.slice(0, end);
    if (this.usual.has(whole)) return;
    // What a file is called tells which part it has, and nothing of anybody, if it is a usual name.
    const name = whole.slice(whole.lastIndexOf('/') + 1);
    const [first = '', ...rest] = name.split('.');
    // (A file of one host, `rc.web1`, stays one of that host.)
    const host = this.known.get(rest.join('.').toLowerCase());
    const kept = this.usualNames.has(name)
      ? name
      : rest.length > 0 && (this.usualNames.has(first) || (host?.kind === 'host' && this.vocabulary.has(first)))
        ? `${first}${host?.kind === 'host' ? `.${host.standIn}` : ''}`
        : undefined;
    this.add('path', whole, () => `/path-${++this.counts.path}${kept === undefined ? '' : `/${kept}`}`);
  }

  /** Networks for examples and for tests: 515 of them with 254 addresses each, and then again from the first. */
  private v4(address: string): string {
    const real = address.slice(0, address.lastIndexOf('.'));
    const n = this.nets.size;
    const net = this.nets.get(real) ?? {
      standIn: ['192.0.2', '198.51.100', '203.0.113'][n] ?? `198.${18 + (((n - 3) >> 8) & 1)}.${(n - 3) & 255}`,
      hosts: 0,
    };
    this.nets.set(real, net);
    net.hosts += 1;
    return `${net.standIn}.${((net.hosts - 1) % 254) + 1}`;
  }

  private add(kind: HiddenKind, real: string, standIn: () => string): void {
    const key = real.toLowerCase();
    if (!this.known.has(key)) this.known.set(key, { kind, real, standIn: standIn(), times: 0 });
  }
}

/** A reply in which stand-ins stand, with the real names. */
export function restore(reply: string, hidden: readonly Pick<Hidden, 'real' | 'standIn'>[]): string {
  const real = new Map(hidden.map((one) => [one.standIn.toLowerCase(), one.real]));
  return reply.replace(standIns, (word) => {
    // What follows a name in a sentence can look like a part of it.
    for (let end = word.length; end > 2; end -= 1)
      if (end === word.length || /[^\w]/.test(word[end] ?? '')) {
        const known = real.get(word.slice(0, end).toLowerCase());
        if (known !== undefined) return known + word.slice(end);
      }
    return word;
  });
}

/** Whatever a stand-in can be. */
const standIns =
  /\/path-\d[\w./-]*|\b[a-z]+-\d+(?:@example\.com|(?:\.\w+)*)|\b(?:net\d+\.)?example\.org\b|\b\d+(?:\.\d+){3}|2001:db8::[\da-f]+/gi;

/** Of these the ones that a person reads. */
const sentences = new Set([
  'title',
  'summary',
  'because',
  'costs',
  'impact',
  'look',
  'when',
  'meaning',
  'action',
  'lacks',
]);

/** Fields whose words are the content's, or a program's. */
const contents = new Set([
  'problem',
  'title',
  'message',
  'check',
  'setting',
  'rule',
  'outcome',
  'summary',
  'because',
  'costs',
  'impact',
  'state',
  'confidence',
  'at',
  'side',
  'on',
  'case',
  'id',
  'look',
  'when',
  'procedure',
  'lacks',
  'meaning',
  'action',
]);

const domainOf = (name: string): string => name.toLowerCase().split('.').slice(1).join('.');

/** Hosts that a line of a configuration names: the client of an entry, a server, a relay. */
function namesIn({ key, kind, value }: Readonly<Record<string, unknown>>): string[] {
  const named = kind === 'host' ? value : key;
  return typeof named === 'string' ? [named] : [];
}
