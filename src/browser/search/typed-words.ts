/**
 * Words that a person has typed stand in the fragment of the address: it can be kept and sent on like the rest of it,
 * but no browser sends it to a server. Old addresses have them in the query; they are read, and moved.
 */

/** The words of this name in the address of the page. */
export function takeWords(name: string): string {
  const query = new URLSearchParams(location.search);
  const words = new URLSearchParams(location.hash.slice(1)).get(name) ?? query.get(name) ?? '';
  if (query.has(name)) {
    query.delete(name);
    keepWords(name, words, query);
  }
  return words;
}

/** Puts words into the address. A fragment that is something else, such as a page of the single file, stays. */
export function keepWords(name: string, words: string, query: URLSearchParams): void {
  const { hash, pathname } = location;
  const ours = hash === '' || hash.startsWith(`#${name}=`);
  const fragment = !ours ? hash : words ? `#${new URLSearchParams({ [name]: words })}` : '';
  const rest = query.toString();
  history.replaceState(history.state, '', `${pathname}${rest ? `?${rest}` : ''}${fragment}`);
}
