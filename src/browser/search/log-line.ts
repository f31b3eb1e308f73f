/** Tells whether a query looks like a log line, so that it can be handed to the diagnosis. */

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

const sourcesKey = 'samhain-troubleshooter-sources';

/** A text that another page took for the paste box, as a source of its own. */
export interface HandedSource {
  name: string;
  text: string;
  side?: 'client' | 'server';
}

/**
 * Leaves sources for the paste box of the page opened next; there they come beside what it has.
 * @returns false where the browser keeps nothing
 */
export function handOverSources(sources: readonly HandedSource[]): boolean {
  try {
    if (sources.length === 0) sessionStorage.removeItem(sourcesKey);
    else sessionStorage.setItem(sourcesKey, JSON.stringify(sources));
    return true;
  } catch {
    return false;
  }
}

/** Takes them, once. */
export function takeSources(): HandedSource[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(sourcesKey) ?? '[]') as HandedSource[];
    sessionStorage.removeItem(sourcesKey);
    return kept.filter(({ name, text }) => typeof name === 'string' && typeof text === 'string');
  } catch {
    return [];
  }
}
