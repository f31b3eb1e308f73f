/** The parts of a problem's page in the order in which somebody in trouble needs them, whatever order its text has. */

export interface Section {
  id: string;
  html: string;
}

/** Ids of sections, in reading order: seen, fixed, verified, then what it costs, proof, similar problems, background. */
const order = [
  'what-you-see',
  'fix-it',
  'verify',
  'impact',
  'these-lines',
  'how-to-be-sure',
  'checks',
  'similar',
  'what-it-means',
];

/** More words than this below the lines that one sees stand between the reader and the fix. */
const fewWords = 80;

const textOf = (html: string) => html.replace(/<[^<>]*>/g, '').trim();

/** The HTML of a page, cut before each heading of the second level. What stands before the first has no id. */
export function sectionsOf(html: string): Section[] {
  return html
    .split(/(?=<h2[\s>])/)
    .map((part) => ({ id: /^<h2[^>]*\sid="([^"]+)"/.exec(part)?.[1] ?? '', html: part }))
    .filter((section) => section.html.trim() !== '');
}

/** Takes the section elements of a class out of a text. */
function takeOut(html: string, name: string): [rest: string, taken: string] {
  let taken = '';
  const rest = html.replace(new RegExp(`<section class="${name}">[\\s\\S]*?</section>`, 'g'), (all) => {
    taken += all;
    return '';
  });
  return [rest, taken];
}

/** The lines that one sees stay above the fix; many words about them go below it. */
function withoutManyWords(section: Section): Section[] {
  const end = section.html.lastIndexOf('</section>') + '</section>'.length;
  const seen = /<section class="seen-lines">([\s\S]*)<\/section>/.exec(section.html)?.[1]?.trim();
  const words = section.html.slice(end);
  if (!seen || textOf(words).length <= fewWords) return [section];
  return [
    { id: section.id, html: section.html.slice(0, end) },
    { id: 'these-lines', html: `<h2 id="these-lines">About these lines</h2>${words}` },
  ];
}

/** The same HTML in reading order; sections that are not known keep theirs, at the end. */
export function inReadingOrder(html: string): string {
  // Cut out first: their headings stand inside of other sections.
  const [withoutSimilar, similar] = takeOut(html, 'similar');
  const [rest, checks] = takeOut(withoutSimilar, 'deciding');
  const sections = sectionsOf(rest).flatMap((section) =>
    section.id === 'what-you-see' ? withoutManyWords(section) : [section],
  );
  if (similar) sections.push({ id: 'similar', html: similar });
  if (checks) sections.push({ id: 'checks', html: checks });
  const rank = ({ id }: Section) => (id === '' ? -1 : order.includes(id) ? order.indexOf(id) : order.length);
  return sections
    .map((section, place) => ({ section, place }))
    .sort((a, b) => rank(a.section) - rank(b.section) || a.place - b.place)
    .map(({ section }) => section.html)
    .join('');
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: ' ' };

/** The headings of a page with their ids, as its contents lists them. */
export function headingsOf(html: string, deep: boolean): { depth: number; slug: string; text: string }[] {
  return [...html.matchAll(/<h([23])[^>]*\sid="([^"]+)"[^>]*>([\s\S]*?)<\/h\1>/g)]
    .map(([, depth, slug = '', inner = '']) => ({
      depth: Number(depth),
      slug,
      text: textOf(inner).replace(/&(#?\w+);/g, (all, name: string) => entities[name] ?? all),
    }))
    .filter(({ depth }) => deep || depth === 2);
}
