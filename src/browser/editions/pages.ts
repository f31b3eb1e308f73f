/** The scripts of all pages, for the editions that have one script: a page opened from a disk may load no modules. */
import '../page/site.ts';
import '../page/paste-box.ts';
import '../page/search-box.ts';
import '../page/gather.ts';
import '../page/list-filter.ts';
import '../page/offline-state.ts';
import '../page/walk.ts';
