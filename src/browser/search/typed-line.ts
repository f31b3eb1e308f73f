/** Tells whether a query is a line that somebody copied; apart from log-line.ts, which pages load that have no search. */
import { looksLikeLogLine } from './log-line.ts';

const signs = [
  // What checks print: sockets, the status page, a connection that is tried, an address with its name, rights of a file.
  /^\s*(?:LISTEN|tcp[46]{0,2})\s+\d/,
  /\[STATUS:\]/,
  /^\s*(?:\(UNKNOWN\) \[|Connection to \S+ .{0,60}port |(?:nc|ncat|ls|ss|df|stat|bash|sh|-bash|getent): \S)/,
  /^\s*\d{1,3}(?:\.\d{1,3}){3}\s+[A-Za-z]/,
  /^\s*[-dl][-rwxsStT]{9}[.+@]?\s+\d/,
  /^\[?[\w.-]{1,64}@[\w.-]{1,255}[: ][^\s#$%>]{0,255}[#$%] \S/,
  // A line of a configuration.
  /^\s*[A-Za-z]{4,40}[ \t]?=[ \t]?\S/,
];

/** True for a line of a log, of what a check prints, or of a configuration: the engine is asked for it. */
export const looksLikeLine = (query: string): boolean =>
  looksLikeLogLine(query) || signs.some((sign) => sign.test(query.slice(0, 2000)));
