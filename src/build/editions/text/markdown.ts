/** A page's main part as Markdown: for machines that read, and for people with nothing but a terminal. */
import { type HTMLElement, type Node, NodeType, type TextNode } from 'node-html-parser';
import { attribute, withAny } from '../site.ts';

/** What says nothing in plain text: ways around the page, forms, pictures, what needs a script. */
const skipped =
  '.side, .toc, .walk-map, .progress, .contents, .bar, .map, .ends, .crumbs, .page-facts, .jump, .needs-js, noscript, script, style, form, svg, [data-trail], [data-edition]';

const blockTags = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE DETAILS DIV DL DT DD FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE UL'.split(
    ' ',
  ),
);

const isElement = (node: Node): node is HTMLElement => node.nodeType === NodeType.ELEMENT_NODE;
const isBlock = (node: Node): boolean =>
  isElement(node) &&
  (blockTags.has(node.tagName) || node.classList.contains('log-line') || node.childNodes.some(isBlock));
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

/** Characters that Markdown would read as its own. Underscores and brackets inside words are left as they are. */
const escaped = (text: string) => text.replace(/[\\`*<>|]/g, '\\$&');

/** The text of a block of lines: lines that are blocks by style only are put one under the other. */
export function preText(pre: HTMLElement): string {
  const lines = withAny(pre, '.log-line');
  return (lines.length > 0 ? lines.map((line) => line.text).join('\n') : pre.text).trimEnd();
}

/** Backticks around text, as many as it takes. */
function code(text: string): string {
  const ticks = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return ticks.length > 1 ? `${ticks} ${text} ${ticks}` : `\`${text}\``;
}

/** Marks around text, with the blanks at its ends kept outside. */
function around(mark: string, text: string): string {
  const inner = text.trim();
  return inner ? text.replace(inner, () => `${mark}${inner}${mark}`) : text;
}

export interface MarkdownOptions {
  /** Writes the address of a link. */
  link(address: string): string;
}

class Writer {
  private readonly options: MarkdownOptions;

  constructor(options: MarkdownOptions) {
    this.options = options;
  }

  inline(node: Node): string {
    if (node.nodeType === NodeType.TEXT_NODE) return escaped(oneLine((node as TextNode).text));
    if (!isElement(node)) return '';
    const inside = () => this.row(node.childNodes);
    switch (node.tagName) {
      case 'CODE':
      case 'SAMP':
      case 'KBD':
        return code(oneLine(node.text));
      case 'B':
      case 'STRONG':
        return around('**', inside());
      case 'EM':
      case 'CITE':
        return around('*', inside());
      case 'BR':
        return '\n';
      case 'A': {
        const text = inside().trim();
        const to = attribute(node, 'href');
        return text && to ? `[${text}](${this.options.link(to)})` : text;
      }
      case 'SMALL':
        return ` ${inside().trim()}`;
      default:
        // A place, named in a span of its own, runs into the sentence otherwise.
        return node.classList.contains('where') ? `*${inside().trim()}:* ` : inside();
    }
  }

  /** Elements that only the style sheet keeps apart get a blank between them. */
  private row(nodes: readonly Node[]): string {
    return nodes
      .map((node, i) => (i > 0 && isElement(node) && isElement(nodes[i - 1] as Node) ? ' ' : '') + this.inline(node))
      .join('');
  }

  /** Blocks of Markdown, without blank lines around them. */
  blocks(nodes: readonly Node[]): string[] {
    const out: string[] = [];
    let run: Node[] = [];
    const flush = () => {
      const lines = this.row(run).split('\n');
      const text = lines
        .map((line) => line.trim())
        .join('  \n')
        .trim();
      if (text) out.push(text);
      run = [];
    };
    for (const node of nodes) {
      if (!isBlock(node)) run.push(node);
      else {
        flush();
        out.push(...this.block(node as HTMLElement));
      }
    }
    flush();
    return out;
  }

  private block(element: HTMLElement): string[] {
    const level = /^H([1-6])$/.exec(element.tagName)?.[1];
    const line = () => this.row(element.childNodes).trim();
    if (level) return [`${'#'.repeat(Number(level))} ${line()}`];
    if (element.classList.contains('log-line')) return [code(oneLine(element.text).trim())];
    switch (element.tagName) {
      case 'HR':
        return ['---'];
      case 'PRE':
        return [`\`\`\`${attribute(element, 'data-language')}\n${preText(element)}\n\`\`\``];
      case 'SUMMARY':
        if (element.querySelector('h2, h3')) return this.blocks(element.childNodes);
        return line() ? [around('**', line())] : [];
      case 'DT':
        return line() ? [around('**', line())] : [];
      case 'BLOCKQUOTE':
        return [this.blocks(element.childNodes).join('\n\n').replace(/^/gm, '> ')];
      case 'UL':
      case 'OL':
        return [this.list(element)];
      case 'TABLE':
        return [this.table(element)];
      case 'A': {
        // A card: its first words are the link, the rest stands below.
        const [first, ...rest] = this.blocks(element.childNodes);
        return first ? [`[${first}](${this.options.link(attribute(element, 'href'))})`, ...rest] : [];
      }
      default:
        return this.blocks(element.childNodes);
    }
  }

  private list(list: HTMLElement): string {
    const items = list.childNodes.filter(isElement).filter((item) => item.tagName === 'LI');
    return items
      .map((item, i) => {
        const mark = list.tagName === 'OL' ? `${i + 1}. ` : '- ';
        const blocks = this.blocks(item.childNodes);
        const text = blocks
          .map((block, at) => (at === 0 ? block : `${/^(?:- |1\. )/.test(block) ? '\n' : '\n\n'}${block}`))
          .join('');
        return mark + text.replace(/\n(?!\n|$)/g, `\n${' '.repeat(mark.length)}`);
      })
      .join('\n');
  }

  private table(table: HTMLElement): string {
    const rows = table
      .querySelectorAll('tr')
      .map((row) =>
        row.childNodes.filter(isElement).map((cell) => this.blocks(cell.childNodes).join(' ').replaceAll('\n', ' ')),
      );
    const width = Math.max(0, ...rows.map((row) => row.length));
    const headed = table.querySelector('thead') !== null;
    const [head, ...body] = headed ? rows : [Array.from({ length: width }, () => ''), ...rows];
    const write = (row: readonly string[] = []) => `| ${row.join(' | ')} |`;
    return [write(head), `|${' --- |'.repeat(width)}`, ...body.map(write)].join('\n');
  }
}

/** The Markdown of an element, which is changed on the way: give it a copy. */
export function toMarkdown(main: HTMLElement, options: MarkdownOptions): string {
  for (const element of withAny(main, skipped)) element.remove();
  return `${new Writer(options).blocks(main.childNodes).join('\n\n')}\n`;
}
