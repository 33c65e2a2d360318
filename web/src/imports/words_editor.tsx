import { useTranslation } from 'react-i18next';
import type { FoundWord, ImportMapping } from '../api/types';
import { Button } from '../ui/button';
import { Section } from '../ui/page';
import { useImportWords } from './words';

/** Their words for our codes, each once with its count; those nobody is sure of first. */
export function WordsEditor({ mapping, words, onChange }: { mapping: ImportMapping; words: FoundWord[]; onChange: (mapping: ImportMapping) => void }) {
  const { t } = useTranslation('imports');
  const say = useImportWords();
  const open = words.filter((one) => !one.certain);
  const guessed = open.filter((one) => one.code);
  const rest = words.filter((one) => one.certain);
  const put = (more: { field: string; word: string; code: string }[]) =>
    onChange({ ...mapping, words: [...mapping.words.filter((each) => !more.some((one) => one.field === each.field && one.word === each.word)), ...more] });
  const forget = (one: FoundWord) => onChange({ ...mapping, words: mapping.words.filter((each) => each.field !== one.field || each.word !== one.word) });
  const choose = (one: FoundWord, value: string) => (value === '?' ? forget(one) : put([{ field: one.field, word: one.word, code: value }]));
  const table = (list: FoundWord[]) => (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('step.words')}>
      <table className="plain-t words-t">
        <thead>
          <tr>
            <th scope="col">{t('field_head')}</th>
            <th scope="col">{t('word')}</th>
            <th scope="col" className="r">{t('times')}</th>
            <th scope="col">{t('means')}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr key={`${one.field} ${one.word}`}>
              <td>{say.field(one.field)}</td>
              <th scope="row">{one.word}</th>
              <td className="r n">{one.count.toLocaleString()}</td>
              <td>
                <select className="in" aria-label={t('word_means', { word: one.word })} value={one.certain ? (one.code ?? '') : '?'} onChange={(event) => choose(one, event.target.value)}>
                  {(!one.certain || one.chosen) && <option value="?">{one.code && !one.certain ? t('perhaps', { label: say.code(one.field, one.code) }) : t('not_known')}</option>}
                  <option value="">{t('leave_empty')}</option>
                  {say.choices(one.field).map((choice) => (
                    <option key={choice.value} value={choice.value}>{choice.label}</option>
                  ))}
                </select>
                {!one.certain && one.code && (
                  <Button small onPress={() => put([{ field: one.field, word: one.word, code: one.code! }])}>
                    {t('yes_it_is')}
                    <span className="vh"> {one.word}</span>
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return (
    <Section id="words" title={t('step.words')} note={open.length > 0 ? t('words_open', { count: open.length }) : t('words_known')}>
      {guessed.length > 1 && (
        <p className="no-print">
          <Button onPress={() => put(guessed.map((one) => ({ field: one.field, word: one.word, code: one.code! })))}>{t('accept_all', { count: guessed.length })}</Button>
        </p>
      )}
      {open.length > 0 && table(open)}
      {rest.length > 0 && (
        <details>
          <summary>{t('words_read', { count: rest.length })}</summary>
          {table(rest)}
        </details>
      )}
    </Section>
  );
}
