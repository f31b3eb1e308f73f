/** What the engine makes of a query that is a line, or a part of one: the diagnosis, or the meaning of the line. */
import installations from 'virtual:setups';
import { pasted } from '../../engine/names.ts';
import type { Confidence } from '../../engine/types.ts';
import { readChoice } from '../setup/choice.ts';
import { type EngineClient, startEngine } from '../workbench/engine-client.ts';

export interface Recognised {
  /** Of a diagnosis; without it this is the meaning of the line. */
  confidence?: Confidence;
  title: string;
  text: string;
  url: string;
}

let engine: EngineClient | undefined;

/** The first diagnosis, else the first line that the engine knows; `undefined` if it makes nothing of it. */
export async function recognise(query: string): Promise<Recognised | undefined> {
  engine ??= startEngine();
  const view = await engine.analyse({ sources: [{ name: pasted, text: query }], choice: readChoice(installations) });
  const [verdict] = view?.verdicts ?? [];
  if (verdict) {
    const { confidence, title, summary, href } = verdict;
    return { confidence, title, text: summary, url: href };
  }
  const row = view?.log.rows.find(({ kind }) => kind !== undefined);
  const kind = view?.log.kinds[row?.kind ?? -1];
  return row && kind && { title: row.words, text: kind.meaning, url: kind.href };
}
