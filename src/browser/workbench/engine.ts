/** All that runs where the engine does: in the worker, or loaded by the page where no worker starts. One chunk of the build. */
export { analyseToView, aroundLine, readWalk, rules } from '../../components/diagnosis/view.ts';
export { handOn } from './hand-on.ts';
