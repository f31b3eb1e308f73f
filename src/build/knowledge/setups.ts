/** Checks of variables and setups: the first setup is whole, every name is known, every value looks like its kind. */
import type { Setup, Variable } from '../../content/schemas.ts';
import { fits } from '../../engine/setup.ts';
import type { ContentError } from './files.ts';
import type { Knowledge } from './types.ts';

/** Every mistake as a ContentError. */
export function checkSetups({ variables, setups, places }: Knowledge): ContentError[] {
  const errors: ContentError[] = [];
  const report = (entry: Variable | Setup, field: string, reason: string) => {
    const { file = 'src/content/setups.yaml', lineOf } = places.get(entry) ?? {};
    errors.push({ file, line: lineOf?.(field.split('.')), field: `${entry.id}: ${field}`, reason });
  };
  const byId = new Map(variables.map((variable) => [variable.id, variable]));
  const needs = (entry: Variable | Setup, field: string, name: string) => {
    if (!byId.has(name)) report(entry, field, `there is no variable ${name} in variables.yaml`);
  };
  for (const list of [variables, setups]) {
    const seen = new Set<string>();
    for (const entry of list) {
      if (seen.has(entry.id)) report(entry, 'id', 'stands twice');
      seen.add(entry.id);
    }
  }
  for (const variable of variables) {
    if ('either' in variable) {
      for (const side of ['client', 'server'] as const) needs(variable, `either.${side}`, variable.either[side]);
    } else {
      if (variable.folderOf) needs(variable, 'folderOf', variable.folderOf);
      for (const [, name = ''] of (variable.is ?? '').matchAll(/\{(\w+)\}/g)) needs(variable, 'is', name);
    }
  }
  const [first] = setups;
  if (!first) return [{ file: 'src/content/setups.yaml', field: 'file', reason: 'holds no setup' }];
  for (const variable of variables) {
    if ('either' in variable || variable.is !== undefined || variable.folderOf) continue;
    const value = first.values[variable.id];
    if (value === undefined || (typeof value === 'object' && 'none' in value))
      report(first, 'values', `the first setup has no ${variable.id}: pages are built with its values`);
  }
  for (const setup of setups) {
    for (const [name, given] of Object.entries(setup.values)) {
      const field = `values.${name}`;
      const variable = byId.get(name);
      if (!variable || 'either' in variable || variable.is !== undefined || variable.folderOf) {
        report(setup, field, `there is no variable ${name} in variables.yaml that a setup gives`);
        continue;
      }
      if (typeof given === 'object' && 'none' in given) continue;
      const value = typeof given === 'string' ? given : given.value;
      for (const [, inner = ''] of value.matchAll(/\{(\w+)\}/g)) needs(setup, field, inner);
      if (variable.kind === 'tool') {
        // Outside the quotes of the command it stands in, it would end there.
        if ((value.match(/"/g)?.length ?? 0) % 2 || (value.match(/'/g)?.length ?? 0) % 2)
          report(setup, field, 'leaves a quotation mark open');
      } else if (!fits({ ...variable, title: name }, value)) report(setup, field, `is not like a ${variable.kind}`);
    }
  }
  return errors;
}
