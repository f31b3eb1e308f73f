/** What the engine makes of a query that is a line, or a part of one: the diagnosis, or the meaning of the line. A line can be a log's, a check's or a configuration's. */
import installations from 'virtual:setups';
import type { View } from '../../components/diagnosis/view.ts';
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

/**
 * The first diagnosis, else what an output or a line means; of an output that is none of the known ones the check that it
 * looks like. `undefined` if the engine makes nothing of it.
 */
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
  if (row && kind) return { title: row.words, text: kind.meaning, url: kind.href };
  return view && (ofOutput(view) ?? ofSetting(view));
}

/** What an output means, or whose it may be. */
function ofOutput({ outputs }: View): Recognised | undefined {
  const [known] = [...(outputs?.telling ?? []), ...(outputs?.others ?? [])];
  if (known) return { title: known.ask, text: known.means, url: known.href };
  const [{ own, like: [like] = [] } = {}] = outputs?.unknown ?? [];
  const title = own?.title ?? like?.ask;
  const url = own?.href ?? like?.href;
  if (!title || !url) return undefined;
  return { title, text: 'It looks like the output of this check. See what it can print.', url };
}

/** What is wrong in a line of a configuration. */
function ofSetting({ files }: View): Recognised | undefined {
  const found = files.flatMap(({ parts }) => parts).find((part) => 'rule' in part && part.degree !== 'untidy');
  if (!found || !('rule' in found) || !found.leads) return undefined;
  const words = (parts: typeof found.says) => parts.map(({ text }) => text).join('');
  return { title: words(found.says), text: words(found.effect), url: found.leads.href };
}
