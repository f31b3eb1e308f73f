/** Words of which every program makes its errors: what is said in nothing else does not tell who said it. */
import { systemTextAt } from './systemTexts.ts';

/** Errors of network, files, processes and programs in general; then the small words between. */
const PLAIN = new Set(
  `abort aborted absolute accept accepted access accessible account action active add added address alive allocate
  allocated already alternate application argument arguments attempt authentication authenticate available bad begin
  bind block blocks body broken buffer busy bytes cache call cannot certificate change changed channel character check
  checked checking checksum child class clean client close closed closing code command commit complete completed
  condition config configuration configured connect connected connecting connection connections content contents
  continue contact copy copying corrupt corrupted count crash create created creating credentials current damaged data
  database date default define defined delete deleted denied description device directories directory disabled disk does
  domain done down download downloading downloaded dropped empty enabled encryption end ended entries entry error errors
  event exceeded exception exclusive execute executed execution exist exists exit exited expected expired fail failed
  failing fails failure fatal fetch field fields file filename files filesystem find finished flag force form format
  found full function get give given good group groups handle hash header help host hostname id idle illegal import
  in incoming incorrect index info information init initialization initialize initialized initializing input insecure
  install installed integer internal interrupted interval invalid io ip is item job keep key keys kill killed
  large last length less level library limit line lines link list listen load loading local lock locked log logfile
  login logins logs long lookup lost mail main manager match matching maximum member memory message messages method
  missing mode modified module mount move multiple name names need needed network new next node nonexistent normal not
  null number object open opened opening operation option options order out output overflow owner package packet page
  parameter parent parse parsing part partial pass passed password path peer pending permission permissions permitted
  pid pipe please pointer policy port possible preparing present previous print problem process processed processes
  processing program protocol proxy put query queue quit quota range reach reached read reading ready reason receive
  received record records recovery refused regular reject rejected release remote remove removed rename repeat repeated
  replace reply report request requested require required reset resolution resolve resource respond response restart
  resume retry retrying return returned reverse route root row rows run running safe save script sec second seconds
  section secure seek segment select send sending sent server servers service session set setting shut shutdown
  signature size skip skipped slow socket source space specified stale standard start started starting startup stat
  state status stderr stdin stdout step stop stopped storage store stream string success successful support supported
  switch symbol sync syntax system table target task temporary terminal terminated test thread time timed timeout
  times timestamp tmp token too total transfer transport tried try trying type unable unavailable unexpected unique
  unit unknown unlink unreachable unrecognized unsupported update upload usage use used user users using valid value
  variable verification verify version wait waiting warning went worker write writeable writing wrong zero
  a about after all an and any anymore are as at be because been before being below but by can could did do during
  each either else every first for from had has have here how if into it its may maybe me might more must my
  no none nor now of off on once one only or other our over please same should since so some such than that the their
  them then there these they this those through to two under until up upon via was we were what when where which while
  who will with within without would yet you your`.split(/\s+/),
);

/** Of fewer words than these nothing is a sentence. */
const SHORT = 4;
/** A sentence of so many words nobody else has by chance, however plain they are. */
const LONG = 6;

/**
 * Whether a text is a sentence that one program alone prints. Two or three words never are; a few more are if one of them
 * is no everyday word. An error text of the system counts as one word: it only says that something went wrong.
 */
export function isOwnSentence(text: string): boolean {
  let rest: string[] = text.toLowerCase().match(/[\p{L}\p{N}/]+/gu) ?? [];
  let words = 0;
  let rare = false;
  while (rest.length > 0) {
    const system = systemTextAt(rest.join(' '))?.split(' ').length ?? 0;
    if (system < 2) rare ||= !isPlainWord(rest[0] ?? '');
    words += 1;
    rest = rest.slice(Math.max(1, system));
  }
  return words >= LONG || (words >= SHORT && rare);
}

/** Whether a word is an everyday one of errors and logs; numbers are, too. */
export function isPlainWord(word: string): boolean {
  return PLAIN.has(word) || /^\p{N}+$/u.test(word);
}
