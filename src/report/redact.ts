/**
 * A report that can be shown to strangers: each host name, address, user and path of the lines has a stand-in, the same
 * one everywhere. Stand-ins look like what they stand for, so that a redacted report is read, and judged, like the lines
 * themselves. Secrets are masked before anything is read (log/secrets.ts). What comes from the content stays: usual paths
 * tell nothing of anybody.
 */
import type { Input } from '../engine/input.ts';
import { pasted } from '../engine/names.ts';

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

const isPath = (word: string) => /^\/[^/]/.test(word);
const isV4 = (word: string) => /^(?:\d{1,3}\.){3}\d{1,3}$/.test(word);
const isV6 = (word: string) => /^[\da-fA-F:.]+$/.test(word) && word.split(':').length > 2;
const isMail = (word: string) => word.includes('@');

/** Stand-ins for what the lines of one input name. */
export class Redaction {
  private readonly known = new Map<string, string>();
  private readonly counts = { host: 0, v4: 0, v6: 0, user: 0, path: 0, mail: 0 };
  private readonly files = new Map<string, string>();
  private readonly domains = new Set<string>();
  private readonly usual: ReadonlySet<string>;
  private readonly usualNames: ReadonlySet<string>;

  /** @param usual paths and names that the content itself names: where things are in a setup */
  constructor({ findings, unrecognised, sources, settings: configurations }: Input, usual: Iterable<string>) {
    this.usual = new Set(usual);
    this.usualNames = new Set([...this.usual].map((path) => path.slice(path.lastIndexOf('/') + 1)));
    for (const { settings } of configurations)
      for (const { facts } of settings.entries) if (typeof facts.key === 'string') this.host(facts.key);
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
    sources.forEach(({ name }, i) => {
      if (name !== pasted) this.files.set(name, `file-${i + 1}`);
    });
  }

  /** The text with its stand-ins. */
  text(text: string): string {
    return text.replace(candidates, (word) => this.known.get(word.toLowerCase()) ?? this.inside(word));
  }

  /** The same of every string of a value, names of fields apart. */
  all<T>(value: T): T {
    if (typeof value === 'string') return this.string(value) as T;
    if (Array.isArray(value)) return value.map((one) => this.all(one)) as T;
    if (typeof value !== 'object' || value === null) return value;
    const own = ([key, one]: [string, unknown]) => (contents.has(key) && !Array.isArray(one) ? one : this.all(one));
    return Object.fromEntries(Object.entries(value).map((entry) => [entry[0], own(entry)])) as T;
  }

  /** A whole value is known as it is, whatever blanks are in it. */
  private string(value: string): string {
    return this.files.get(value) ?? this.known.get(value.toLowerCase()) ?? this.text(this.withoutFiles(value));
  }

  /** A sentence about a file names it by the name that was given, which can be a path. */
  private withoutFiles(text: string): string {
    let left = text;
    for (const [name, standIn] of this.files)
      if (name.length > 3 && left.startsWith(name)) left = standIn + left.slice(name.length);
    return left;
  }

  /** A path that ends in a dot or a colon of the sentence, or goes on: the longest part that is known. */
  private inside(word: string): string {
    if (!isPath(word)) return word;
    for (let end = word.length - 1; end > 1; end--) {
      const known = this.known.get(word.slice(0, end).toLowerCase());
      if (known && /[^\w-]/.test(word[end] ?? '')) return known + word.slice(end);
    }
    return word;
  }

  private scan(text: string): void {
    for (const [word] of text.matchAll(candidates)) {
      if (isMail(word)) this.add(word, () => `user-${++this.counts.mail}@example.com`);
      else if (isPath(word)) this.path(word);
      else if (isV4(word) || isV6(word)) this.host(word);
      else if (word.includes('.') && this.domains.has(domainOf(word))) this.host(word);
    }
  }

  private host(name: string): void {
    if (everyones.test(name) || /[\s<>"]/.test(name)) return;
    if (isPath(name)) this.path(name);
    else if (isV4(name)) this.add(name, () => v4(++this.counts.v4));
    else if (isV6(name)) this.add(name, () => `2001:db8::${(++this.counts.v6).toString(16)}`);
    else if (!/^[\d.]*$/.test(name) && !this.known.has(name.toLowerCase())) this.name(name);
  }

  private name(name: string): void {
    // The first label alone is the same host, unless it is a word that stands for anything.
    const [short = ''] = name.split('.');
    const standIn = this.known.get(short.toLowerCase())?.split('.')[0] ?? `host-${++this.counts.host}`;
    const isWord = /^\p{L}+$/u.test(short);
    if (name.includes('.')) {
      this.domains.add(domainOf(name));
      this.known.set(name.toLowerCase(), `${standIn}.example.org`);
      if (!isWord) this.add(short, () => standIn);
    } else if (!/^(?:client|server|host|mail|log|email|none|unknown)$/i.test(name)) this.add(name, () => standIn);
  }

  private user(name: string): void {
    if (everyones.test(name) || /^\d*$/.test(name) || /[\s<>"]/.test(name)) return;
    this.add(name, () => `user-${++this.counts.user}`);
  }

  private path(path: string): void {
    let end = path.length;
    while (path[end - 1] === '.' || path[end - 1] === ':') end -= 1;
    const whole = path.slice(0, end);
    if (this.usual.has(whole)) return;
    // What a file is called tells which part it has, and nothing of anybody, if it is a usual name.
    const name = whole.slice(whole.lastIndexOf('/') + 1);
    const [first = '', ...rest] = name.split('.');
    const kept = this.usualNames.has(name) ? name : this.usualNames.has(first) && rest.length > 0 ? first : undefined;
    this.add(whole, () => `/path-${++this.counts.path}${kept === undefined ? '' : `/${kept}`}`);
  }

  private add(word: string, standIn: () => string): void {
    const key = word.toLowerCase();
    if (!this.known.has(key)) this.known.set(key, standIn());
  }
}

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

/** Addresses for examples: 762 of them, and then again from the first. */
function v4(n: number): string {
  const nets = ['192.0.2', '198.51.100', '203.0.113'];
  return `${nets[Math.floor((n - 1) / 254) % nets.length]}.${((n - 1) % 254) + 1}`;
}
