// The first module, and the smallest: what the rest will ask for is asked for while the rest is still on its way.
import { chosenLanguage, loadWords } from './i18n/catalogues';
import './ui/styles/index.css';

void loadWords(chosenLanguage(), 'common');
void import('./main');
