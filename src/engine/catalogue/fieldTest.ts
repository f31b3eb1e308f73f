import type { FieldTest } from '../../content/schemas.ts';

/**
 * Tests a value as the content states it (schemas.ts, fieldTest): a string means equal; of a list one must hold
 * (`not` and `lacks`: none may). Case is ignored throughout. A missing value fails all but `not` and `lacks`.
 */
export function testField(test: FieldTest, value: string | undefined): boolean {
  if (typeof test === 'string') return value !== undefined && value.toLowerCase() === test.toLowerCase();
  const lower = value?.toLowerCase();
  const some = (list: string[], holds: (value: string, wanted: string) => boolean) =>
    lower !== undefined && list.some((wanted) => holds(lower, wanted.toLowerCase()));
  if (test.is && !some(test.is, (a, b) => a === b)) return false;
  if (test.starts && !some(test.starts, (a, b) => a.startsWith(b))) return false;
  if (test.ends && !some(test.ends, (a, b) => a.endsWith(b))) return false;
  if (test.has && !some(test.has, (a, b) => a.includes(b))) return false;
  if (test.not && some(test.not, (a, b) => a === b)) return false;
  if (test.lacks && some(test.lacks, (a, b) => a.includes(b))) return false;
  return true;
}

/** Tests several values at once; every named one must hold. */
export function testFields(tests: Record<string, FieldTest>, values: Record<string, string>): boolean {
  return Object.entries(tests).every(([name, test]) => testField(test, values[name]));
}
