/** The search on a page of its own. */
import { SearchBox } from '../../components/search/SearchBox.tsx';
import { addComponent } from './components.ts';

addComponent('search-box', SearchBox);
