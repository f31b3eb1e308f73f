/** The handshake map of a diagnosis: how far the connection came, and where it broke. */
import knowledge from 'virtual:knowledge';
import type { Diagnosis } from '../../engine/diagnosis/types.ts';
import { testFields } from '../../engine/index.ts';
import type { Finding } from '../../engine/types.ts';
import type { Stage } from '../map/Map.tsx';
import type { Clock } from './clock.ts';
import { messageById, problemById } from './words.ts';

/** A record that proves that a step was reached. */
interface Reached {
  step: string;
  time: number;
  host?: string;
}

/** Grey, and without the word that it was not reached. */
const untold = { note: '' };

const way = knowledge.steps.filter(({ around }) => !around);

/** By message, what the records of an input prove to have been reached; made once for all diagnoses. */
export function reachedIn(findings: readonly Finding[]): Reached[] {
  return findings.flatMap((finding) => {
    const message = messageById.get(finding.message ?? '');
    const time = finding.record.relay?.time ?? finding.record.time;
    if (!message || time === undefined || finding.quoted) return [];
    const reaches = message.texts.find(({ id }) => id === finding.text)?.reaches ?? message.reaches;
    if (!reaches) return [];
    const step = typeof reaches === 'string' ? reaches : testFields(reaches.fields, finding.values) && reaches.step;
    if (!step) return [];
    const host = (finding.record.relay?.client ?? finding.host)?.toLowerCase();
    return [{ step, time, ...(host ? { host } : {}) }];
  });
}

/** The steps with what is known of each; undefined for a fault that is not on the way. */
export function mapOf(members: readonly Diagnosis[], reached: readonly Reached[], clock: Clock): Stage[] | undefined {
  const [top] = members;
  if (!top) return undefined;
  const places = members.flatMap(({ problem }) => {
    const at = way.findIndex(({ id }) => id === problemById.get(problem)?.step);
    return at < 0 ? [] : [at];
  });
  if (places.length < members.length) return undefined;
  const first = Math.min(...places);
  const last = Math.max(...places);
  const host = top.host?.toLowerCase();
  const end = top.to ?? Number.POSITIVE_INFINITY;
  const timeAt = (step: string, from: number, to: number): number | undefined => {
    let found: number | undefined;
    for (const one of reached) {
      if (one.step !== step || one.time < from || one.time > to) continue;
      if (host !== undefined && one.host !== undefined && !isSame(one.host, host)) continue;
      if (found === undefined || one.time > found) found = one.time;
    }
    return found;
  };
  // What was over was passed, and so was all before the last step that was reached then.
  const later = way.map(({ id }) => timeAt(id, end, Number.POSITIVE_INFINITY) !== undefined).lastIndexOf(true);
  const farthest = Math.max(first, later);
  // Two clocks may be a little apart.
  const slack = 5000;
  // What stops a connection at its step came through all before it, and ends there. Of any other problem neither is
  // known: before and behind its step only records of the same client tell how far it came.
  const isEnd = members.length > 1 || problemById.get(top.problem)?.stops === true;
  const isShown = (step: string): boolean =>
    reached.some(
      (one) =>
        one.step === step &&
        (one.host === host || (one.host !== undefined && host !== undefined && isSame(one.host, host))),
    );
  const shown = isEnd ? -1 : way.map(({ id }) => isShown(id)).lastIndexOf(true);
  const likely = (at: number) => members.some((one, i) => places[i] === at && one.confidence !== 'possible');
  return way.map(({ id, title, arrow }, at): Stage => {
    const step = { id, title, arrow };
    if (top.over) {
      const passed = clock.at(at < first ? undefined : timeAt(id, end, Number.POSITIVE_INFINITY));
      return { ...step, state: at <= farthest ? 'passed' : 'later', ...(passed ? { note: passed } : {}) };
    }
    if (!isEnd && at !== first)
      return { ...step, state: at <= shown ? 'passed' : 'later', ...(at <= shown ? {} : untold) };
    if (at < first) {
      const note = clock.at(timeAt(id, end - 3_600_000, end + slack));
      return { ...step, state: 'passed', ...(note ? { note } : {}) };
    }
    if (members.length > 1 && places.includes(at))
      return { ...step, state: 'possible', note: likely(at) ? 'likely' : 'possible' };
    if (at > last) return { ...step, state: 'later', note: 'not reached' };
    if (members.length > 1) return { ...step, state: 'possible' };
    const time = clock.at(top.to);
    const word = isEnd ? 'broke' : 'seen';
    return { ...step, state: 'break', note: time ? `${word} ${time}` : `${word} here` };
  });
}

/** A short name is the full one's, where it is its first part. */
function isSame(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, full] = a.length < b.length ? [a, b] : [b, a];
  return !short.includes('.') && full.startsWith(`${short}.`);
}
