/** All that runs where the engine does: in a worker, or loaded by the page where none starts. One chunk of the build. */
export { analyseToView, aroundLine, readWalk, rules } from '../../components/diagnosis/view.ts';
export { readFile } from './files.ts';
export { handOn } from './hand-on.ts';
export { serve } from './serve.ts';
