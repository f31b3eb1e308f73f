/** Does a record fit a pattern of the content? */
import type { Block, FieldTest, Pattern } from '../../content/schemas.ts';
import { testField } from '../catalogue/fieldTest.ts';
import type { Weight } from '../types.ts';
import type { Observation } from './types.ts';

/** Tests one value; `sign` holds the values of the sign, for `partOf`. */
function holds(test: FieldTest, value: string | undefined, sign?: Record<string, string>): boolean {
  if (!testField(test, value)) return false;
  if (typeof test === 'string' || !test.partOf || !sign) return true;
  const whole = sign[test.partOf]?.toLowerCase();
  return Boolean(value && whole?.includes(value.toLowerCase()));
}

/** Whether a value is another one than that of a field of the same record, where the test asks for it. */
function isOther(test: FieldTest, name: string, values: Record<string, string>): boolean {
  const other = typeof test === 'string' ? undefined : test.differs;
  if (other === undefined) return true;
  const [a, b] = [values[name], values[other]];
  return Boolean(a && b && a.toLowerCase() !== b.toLowerCase());
}

/** True if a pattern asks to compare with the sign, so that it cannot be tested alone. */
export function comparesWithSign(pattern: Pattern): boolean {
  return Object.values(pattern.fields ?? {}).some((test) => typeof test !== 'string' && test.partOf !== undefined);
}

/** The tests of a pattern's fields as a list: each of thousands of records asks for it. */
const listed = new WeakMap<NonNullable<Pattern['fields']>, [string, FieldTest][]>();

function fieldsOf(fields: NonNullable<Pattern['fields']>): readonly [string, FieldTest][] {
  let list = listed.get(fields);
  if (!list) {
    list = Object.entries(fields);
    listed.set(fields, list);
  }
  return list;
}

/** What a pattern looks at. */
type Told = Pick<Observation, 'message' | 'text' | 'values' | 'side' | 'severity' | 'sinks' | 'opens'>;

/**
 * `full` if all that the pattern asks is known and right; `loose` if side or severity is not known
 * (a bare line); false if something is wrong.
 */
export function matches(pattern: Pattern, it: Told, sign?: Record<string, string>): 'full' | 'loose' | false {
  if (it.message !== pattern.message) return false;
  if (pattern.text && !(it.text && pattern.text.includes(it.text))) return false;
  if (pattern.side && it.side && it.side !== pattern.side) return false;
  if (pattern.severity && it.severity && it.severity !== pattern.severity) return false;
  if (pattern.opens && !it.opens) return false;
  if (pattern.sink && !it.sinks.includes(pattern.sink)) return false;
  if (pattern.fields) {
    for (const [name, test] of fieldsOf(pattern.fields))
      if (!holds(test, it.values[name], sign) || !isOther(test, name, it.values)) return false;
  }
  return (pattern.side && !it.side) || (pattern.severity && !it.severity) ? 'loose' : 'full';
}

/** The same for a block of explanation. */
export function matchesBlock(block: Block, it: Observation): 'full' | 'loose' | false {
  const { words } = it;
  if (words === undefined || it.told !== block.kind) return false;
  if (block.side && it.side && it.side !== block.side) return false;
  if (!block.words.every((w) => words.includes(w.toLowerCase()))) return false;
  return block.side && !it.side ? 'loose' : 'full';
}

const weaker: Record<Weight, Weight> = { proves: 'points', points: 'fits', fits: 'fits' };

/** A line of which side or severity is not known says one step less. */
export function weigh(weight: Weight, match: 'full' | 'loose'): Weight {
  return match === 'full' ? weight : weaker[weight];
}

/** 1 fits, 2 points, 3 proves. */
export const level: Record<Weight, number> = { fits: 1, points: 2, proves: 3 };
