/** The paste box of a page. */
import { PasteBox } from '../../components/diagnosis/PasteBox.tsx';
import { addComponent } from './components.ts';

addComponent('paste-box', PasteBox);
