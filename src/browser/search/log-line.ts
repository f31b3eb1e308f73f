/** Tells whether a query looks like a log line, so that it can be handed to the diagnosis. */

import type { HandedSource, SourcesKey } from './leave-sources.ts';

const signs = [
  /\b[a-z_]{2,20}=[<"]/,
  /(?:DEBUG|INFO|NOTICE|WARN|MARK|ERROR|CRIT|ALERT|<TCP>|<NET>)\s*:\s/,
  /<log sev=/,
  /\b(?:samhain|yule)\[\d+\]:/i,
  // A message on its own, such as "Invalid connection attempt: Session key mismatch".
  /^\W{0,4}[A-Z][a-z]+ [a-z][^:\n]*: [A-Z][a-z]+ [a-z]/,
];

export const looksLikeLogLine = (query: string): boolean => signs.some((sign) => sign.test(query.slice(0, 2000)));

/** Where the paste box looks for text handed over by another page. Kept in this tab only, never in an address. */
export const handOverKey = 'samhain-troubleshooter-paste';

/** Leaves `text` for the paste box of the page opened next. */
export function handOver(text: string): void {
  try {
    sessionStorage.setItem(handOverKey, text);
  } catch {
    // Storage refused: the box opens empty, and the text is still in the search field.
  }
}

const sourcesKey: SourcesKey = 'samhain-troubleshooter-sources';

/** Takes what another page left for the paste box, once. */
export function takeSources(): HandedSource[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(sourcesKey) ?? '[]') as HandedSource[];
    sessionStorage.removeItem(sourcesKey);
    return kept.filter(({ name, text }) => typeof name === 'string' && typeof text === 'string');
  } catch {
    return [];
  }
}
