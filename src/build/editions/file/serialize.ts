/**
 * Writes a page's elements as small as HTML allows while it stays plain to read: no attribute that only the search
 * index or a script of the site uses, no markup inside lines of code, closing tags left out where HTML does so itself.
 */
import { type HTMLElement, type Node, NodeType, type TextNode } from 'node-html-parser';
import { preText } from '../text/markdown.ts';

const voidTags = new Set(['AREA', 'BR', 'COL', 'HR', 'IMG', 'INPUT', 'WBR']);
const inline = new Set(['A', 'B', 'CODE', 'EM', 'I', 'KBD', 'SAMP', 'SMALL', 'SPAN', 'STRONG']);
/** Ended by what follows them, or by the end of their parent. A paragraph is left to its own tag. */
const selfEnding = new Set(['DD', 'DT', 'LI', 'TBODY', 'TD', 'TH', 'THEAD', 'TR']);
const dropped = /^(?:data-language|tabindex$|scope$)/;

const isElement = (node: Node): node is HTMLElement => node.nodeType === NodeType.ELEMENT_NODE;
const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function attributes(element: HTMLElement): string {
  return Object.entries(element.attributes)
    .filter(([name, value]) => !dropped.test(name) && !(name === 'class' && value === ''))
    .map(([name, value]) => {
      if (value === '') return ` ${name}`;
      if (/^[\w#/.:-]+$/.test(value)) return ` ${name}=${value}${value.endsWith('/') ? ' ' : ''}`;
      const escaped = value.replaceAll('&', '&amp;');
      const double = `"${escaped.replaceAll('"', '&quot;')}"`;
      const single = `'${escaped.replaceAll("'", '&#39;')}'`;
      return ` ${name}=${single.length < double.length ? single : double}`;
    })
    .join('');
}

/** Lines of a log or a shell: text only, what the message says in bold. */
function preformatted(pre: HTMLElement): string {
  const lines = pre.querySelectorAll('.log-line');
  if (lines.length === 0) return text(preText(pre));
  return lines
    .map((line) => {
      const message = line.querySelector('.l-msg')?.text;
      const whole = line.text;
      const at = message ? whole.indexOf(message) : -1;
      if (!message || at < 0) return text(whole);
      return `${text(whole.slice(0, at))}<b>${text(message)}</b>${text(whole.slice(at + message.length))}`;
    })
    .join('\n');
}

/** The nodes as HTML. */
export function serialize(nodes: readonly Node[]): string {
  let out = '';
  nodes.forEach((node, i) => {
    if (node.nodeType === NodeType.TEXT_NODE) out += text((node as TextNode).text.replace(/\s+/g, ' '));
    if (!isElement(node)) return;
    const before = nodes[i - 1];
    // What only the style sheet keeps apart would run together in a text browser.
    if (before && isElement(before) && inline.has(node.tagName) && inline.has(before.tagName)) out += ' ';
    const tag = node.tagName.toLowerCase();
    const start = `<${tag}${attributes(node)}>`;
    if (voidTags.has(node.tagName)) out += start;
    else if (tag === 'pre') out += `${start}${preformatted(node)}</pre>`;
    else if (node.classList.contains('log-line')) out += `<code class=log-line>${text(node.text)}</code>`;
    else if (tag === 'svg' || tag === 'textarea') out += node.outerHTML;
    else out += start + serialize(node.childNodes) + (selfEnding.has(node.tagName) ? '' : `</${tag}>`);
  });
  return out;
}
