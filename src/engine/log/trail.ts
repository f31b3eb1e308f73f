/** The lines of a log file that carry signatures and trails, and those of a mail report. */

/** (`X` stands for a digit of a key that was masked.) */
const SIGNATURE_XML = /^<?sig>[ \t]{0,4}[0-9A-F]{48}/i;
const SIGNATURE_PLAIN = /^[0-9A-FX]{48}(?:\[?\d{4}-\d\d-[^\]]{0,30}\]?)?(?:[ \t]{0,2}\/?>)?$/i;
const TRAIL = /^(?:\[(?:SOF|EOF)\]|<\/?trail>|<\/log>)$/i;
const MAIL_MARK = /^-{5} ?(?:BEGIN|END) (?:MESSAGE|SIGNATURE|LOGKEY) ?-{5}$/i;
const MAIL_COUNT = /^\d{6} \d{10}::\S{1,255}$/;
const MAIL_HEADER =
  /^(?:From|To|Cc|Subject|Date|Message-ID|MIME-Version|Content-(?:Type|Transfer-Encoding)|Received|Return-Path|Reply-To|Delivered-To|X-[\w-]{1,40}|User-Agent|In-Reply-To|References|Sender|Betreff|Von|An|Datum): /i;
const MAIL_FROM = /^From \S{1,200} {1,4}\w{3} \w{3} /;
const MAIL_TITLE = /^\[?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[+-]\d\d-?\d\d)?\]? ([\w.:-]{1,255})$/;

export function isSignature(text: string): boolean {
  return text.length < 140 && (SIGNATURE_PLAIN.test(text) || SIGNATURE_XML.test(text));
}

/** `[SOF]`, `[EOF]`, `<trail>`, `</trail>`, and the end of an element on its own line. */
export function isTrailMark(text: string): boolean {
  return TRAIL.test(text);
}

/** `<trail>` and `[SOF]` open a trail: after them every record has its signature. */
export function opensTrail(text: string): boolean {
  return /^(?:\[SOF\]|<trail>)$/i.test(text);
}

export type MailLine = 'begin' | 'end' | 'logkey' | 'mark' | 'count' | 'header' | 'title';

/** What a line is in a mail report, if it can be one. A title only counts just after `-----BEGIN MESSAGE-----`. */
export function mailLine(text: string): { kind: MailLine; host?: string } | undefined {
  if (text.startsWith('-----')) {
    if (!MAIL_MARK.test(text)) return undefined;
    const mark = text.toUpperCase();
    if (mark.includes('LOGKEY')) return { kind: 'logkey' };
    if (mark.includes('BEGIN MESSAGE')) return { kind: 'begin' };
    return { kind: mark.includes('END MESSAGE') ? 'end' : 'mark' };
  }
  if (MAIL_COUNT.test(text)) return { kind: 'count', host: text.slice(text.indexOf('::') + 2) };
  if (MAIL_HEADER.test(text) || MAIL_FROM.test(text)) return { kind: 'header' };
  const title = MAIL_TITLE.exec(text);
  return title ? { kind: 'title', host: title[1] } : undefined;
}
