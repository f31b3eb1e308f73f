/** The one thing of the library that is used here: imported by name, the rest of it stays out of every bundle. */
export { Gunzip } from 'fflate';
