/** The table of names, as a script of its own. */
export { default } from 'virtual:names';
