/** Which side wrote a line: by what it says, by what was said of its text, by the block of lines in which it stands. */
import type { Aside, Finding, LogRecord, Side, Source } from '../types.ts';
import type { Catalogue } from './catalogue.ts';
import { sideOf } from './describe.ts';
import type { CatalogueText } from './types.ts';

/** A record or an explanation in the order of the text. */
interface Item {
  line: number;
  /** Where its side goes. */
  target: Finding | Aside;
  side?: Side;
  /** For whom it speaks; a relayed record is the client's and stands in a server's log. */
  vote?: Side;
}

/** Lines that stand together: between blank lines, log starts, steps back in time, changes of format. */
interface Block {
  items: Item[];
  /** Index of the stretch of blocks that no start of a log and no step back in time parts. */
  stretch: number;
  format: string | undefined;
  side?: Side;
}

/**
 * Gives each finding its side, and each explanation and emergency line its own. Several logs may stand in one text: a
 * record that tells nothing takes the side of its block, and a block that tells nothing that of its neighbours.
 */
export function assignSides(
  findings: readonly Finding[],
  asides: readonly Aside[],
  sources: readonly Source[],
  catalogue: Catalogue,
): void {
  const texts = new Map<string, { findings: Finding[]; asides: Aside[] }>();
  const textOf = (key: string) => {
    const known = texts.get(key);
    if (known) return known;
    const fresh = { findings: [], asides: [] };
    texts.set(key, fresh);
    return fresh;
  };
  for (const finding of findings) {
    finding.side ??= ownSide(finding, catalogue);
    textOf(`${finding.record.source} ${finding.record.origin ?? ''}`).findings.push(finding);
  }
  for (const aside of asides) textOf(`${aside.source} ${aside.origin ?? ''}`).asides.push(aside);
  for (const { findings: its, asides: around } of texts.values()) {
    const given = sources[(its[0]?.record ?? around[0])?.source ?? -1]?.side;
    const blocks = blocksOf(its, around);
    if (given) {
      for (const { items } of blocks) for (const { target } of items) target.side ??= given;
      continue;
    }
    for (const block of blocks) resolve(block);
    inherit(blocks);
    const named = sideOfName(
      (its[0]?.record ?? around[0])?.origin ?? sources[(its[0]?.record ?? around[0])?.source ?? -1]?.name,
    );
    for (const { items } of blocks) for (const { target } of items) target.side ??= named ?? sideOfPath(target);
  }
}

/** The files of a program have its name: /var/log/yule/yule_log. */
function sideOfPath(target: Finding | Aside): Side | undefined {
  if (!('values' in target)) return undefined;
  const { path, obj } = target.values;
  return sideOfName(path) ?? sideOfName(obj);
}

/** Names of files speak for themselves where nothing else does: yule_log, client.stderr. */
function sideOfName(name = ''): Side | undefined {
  const server = /yule|server/i.test(name);
  const client = /samhain|client/i.test(name);
  return server === client ? undefined : server ? 'server' : 'client';
}

/** What the record or its message tells by itself. */
function ownSide({ record, message, text }: Finding, catalogue: Catalogue): Side | undefined {
  const entry = message === undefined ? undefined : catalogue.entry(message);
  const known = sideOf(record, entry?.side);
  const listed = text === undefined ? undefined : entry?.texts.find(({ id }) => id === text);
  return known ?? (listed && isDecisive(listed) && listed.side !== 'both' ? listed.side : undefined);
}

/** Words of its own, or a whole value, tell a text for certain; the end or a part of a value makes a guess of it. */
function isDecisive({ text, where }: CatalogueText): boolean {
  if (text !== undefined) return true;
  return Object.values(where ?? {}).some((test) => typeof test === 'string' || test.is || test.starts);
}

/** What a record stands in: logs of one sink look alike. A relayed one has the format of the log around it, a quoted one none. */
function formatOf(record: LogRecord): string | undefined {
  if (record.relay || record.form === 'bare') return undefined;
  return [record.sink, record.form, record.loggingHost, record.program].join(' ');
}

function blocksOf(findings: readonly Finding[], asides: readonly Aside[]): Block[] {
  const rows: ({ line: number; finding: Finding } | { line: number; aside: Aside })[] = [
    ...findings.map((finding) => ({ line: finding.record.line, finding })),
    ...asides.map((aside) => ({ line: aside.line, aside })),
  ].sort((a, b) => a.line - b.line);
  const blocks: Block[] = [];
  let block: Block | undefined;
  let stretch = 0;
  let time: number | undefined;
  let blank = false;
  let afterWords = false;
  const add = (item: Item, format: string | undefined) => {
    if (!block || (format !== undefined && block.format !== undefined && format !== block.format)) {
      block = { items: [], stretch, format };
      blocks.push(block);
    }
    block.format ??= format;
    block.items.push(item);
  };
  for (const row of rows) {
    if ('aside' in row) {
      const { aside } = row;
      if (aside.kind === 'blank') blank = true;
      else if (aside.opens) {
        block = undefined;
        stretch++;
        time = undefined;
      } else if (aside.kind === 'torn' || aside.kind === 'cut') add({ line: aside.line, target: aside }, undefined);
      else if (aside.kind === 'explanation' || aside.kind === 'emergency') {
        // An explanation stands between blank lines of its own, and belongs to what is around it.
        add({ line: aside.line, target: aside }, undefined);
        blank = false;
        afterWords = true;
      }
      continue;
    }
    const { record, side } = row.finding;
    const now = record.relay?.time ?? record.time;
    if (now !== undefined && time !== undefined && now < time) {
      block = undefined;
      stretch++;
    } else if (blank && !afterWords) block = undefined;
    time = now ?? time;
    blank = false;
    afterWords = false;
    const vote = record.relay ? 'server' : side;
    add(
      { line: record.line, target: row.finding, ...(side ? { side } : {}), ...(vote ? { vote } : {}) },
      formatOf(record),
    );
  }
  return blocks;
}

/** A block of one side's lines; in one where both are mixed, the nearest line that tells decides. */
function resolve(block: Block): void {
  const votes = new Set(block.items.map(({ vote }) => vote).filter((vote) => vote !== undefined));
  if (votes.size === 1) {
    block.side = [...votes][0];
    return;
  }
  if (votes.size === 0) return;
  const before = nearestVotes(block.items);
  const after = nearestVotes([...block.items].reverse()).reverse();
  block.items.forEach(({ line, target }, i) => {
    const [a, b] = [before[i], after[i]];
    const near = a && b ? (line - a.line <= b.line - line ? a : b) : (a ?? b);
    target.side ??= near?.vote;
  });
}

/** For each item the last one that tells its side, seen from the start. */
function nearestVotes(items: readonly Item[]): (Item | undefined)[] {
  let last: Item | undefined;
  return items.map((item) => {
    if (item.vote) last = item;
    return last;
  });
}

/** Blocks that tell nothing: like the neighbours of the same stretch, like what has the same format, like all of the text. */
function inherit(blocks: readonly Block[]): void {
  const all = only(blocks);
  const alike = new Map<string | undefined, Block[]>();
  for (const block of blocks) {
    const list = alike.get(block.format);
    if (list) list.push(block);
    else alike.set(block.format, [block]);
  }
  const byFormat = new Map([...alike].map(([format, list]) => [format, only(list)] as const));
  const before = neighbours(blocks);
  const after = neighbours([...blocks].reverse()).reverse();
  blocks.forEach((block, i) => {
    const [a, b] = [before[i], after[i]];
    const close = [a, b].filter((other) => other && other.stretch === block.stretch && other.format === block.format);
    const near = [a, b].filter((other) => other && other.stretch === block.stretch);
    const side = block.side ?? only(close) ?? close[0]?.side ?? byFormat.get(block.format) ?? only(near) ?? all;
    if (side) for (const { target } of block.items) target.side ??= side;
  });
}

/** The one side of all that tell theirs. */
function only(blocks: readonly (Block | undefined)[]): Side | undefined {
  const sides = new Set(blocks.flatMap((block) => block?.side ?? []));
  return sides.size === 1 ? [...sides][0] : undefined;
}

function neighbours(blocks: readonly Block[]): (Block | undefined)[] {
  let last: Block | undefined;
  return blocks.map((block) => {
    const known = last;
    if (block.side) last = block;
    return known;
  });
}
