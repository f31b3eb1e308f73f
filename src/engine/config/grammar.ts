import type { Build, CompiledSettings, Grammar } from './types.ts';

const BUILDS: readonly Build[] = ['client', 'server', 'stand-alone'];

export function createGrammar({ sections, options: kinds, words, files }: CompiledSettings): Grammar {
  const options = kinds.flatMap(({ names, for: initials, twice = 'last', ...kind }) => {
    const of = BUILDS.filter((build) => initials === undefined || initials.includes(build.charAt(1)));
    return names.map((name) => ({ name, ...kind, builds: of, twice }));
  });
  const names = sections.map(({ section }) => [
    section.toLowerCase(),
    options.filter((option) => option.in.includes(section)).map(({ name }) => name.toLowerCase()),
  ]);
  return {
    options,
    sections,
    files,
    words: new Map(words.map((one) => [one.kind, one])),
    names: Object.fromEntries(names),
  };
}
