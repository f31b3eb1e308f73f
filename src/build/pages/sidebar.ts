/** What the sidebars list, made from the content. */

import { guideHref, messageHref, problemHref } from '../../browser/paths.ts';
import { messageWords } from '../../report/message-words.ts';
import type { Knowledge } from '../knowledge/types.ts';

export interface SideGroup {
  title: string;
  links: { href: string; title: string }[];
}

/** Problems under the step at which they arise, in the steps' order. */
export function problemGroups({ steps, problems }: Knowledge): SideGroup[] {
  return steps
    .map((step) => ({
      title: step.title,
      links: problems
        .filter((problem) => problem.step === step.id)
        .map((problem) => ({ href: problemHref(problem.id), title: problem.title })),
    }))
    .filter((group) => group.links.length > 0);
}

/** Guides: the background first, then the procedures. */
export function guideGroups({ guides }: Knowledge): SideGroup[] {
  const titles = { background: 'How it works', procedure: 'How to do it' };
  return (['background', 'procedure'] as const).map((kind) => ({
    title: titles[kind],
    links: guides
      .filter((guide) => guide.kind === kind)
      .map((guide) => ({ href: guideHref(guide.id), title: guide.title })),
  }));
}

/** The neighbours of a page in the order of a sidebar. */
export function neighbours(groups: SideGroup[], here: string) {
  const links = groups.flatMap((group) => group.links);
  const i = links.findIndex((link) => link.href === here);
  return { previous: links[i - 1], next: i < 0 ? undefined : links[i + 1] };
}

/** Messages of the client/server path under their step. Reports and traces are found in the index. */
export function messageGroups({ steps, messages }: Knowledge): SideGroup[] {
  return steps
    .map((step) => ({
      title: step.title,
      links: messages
        .filter((message) => message.step === step.id && message.kind === 'path')
        .map((message) => ({ href: messageHref(message.id), title: messageWords(message) })),
    }))
    .filter((group) => group.links.length > 0);
}
