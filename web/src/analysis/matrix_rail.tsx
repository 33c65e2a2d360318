import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { CaseText } from './case_panel';
import type { CaseBackground, Combination, Matrix } from './figures';
import { useElementWords } from './matrix_table';

const atFirst = 10;

/** Elements that stand together, the strongest first. Choosing one selects its rows. */
export function Combinations({ matrix, chosen, onChoose }: { matrix: Matrix; chosen: Combination | null; onChoose: (combination: Combination | null) => void }) {
  const { t } = useTranslation('analysis');
  const words = useElementWords();
  const [all, setAll] = useState(false);
  const [least, setLeast] = useState(matrix.total > 12 ? 3 : 2);
  const label = (element: string) => {
    const column = matrix.columns.find((one) => one.element === element);
    return column ? words.label(column) : element;
  };
  const enough = matrix.combinations.filter((one) => one.count >= least);
  const shown = all ? enough : enough.slice(0, atFirst);
  return (
    <Section
      id="combinations"
      title={t('combination.title')}
      more={
        <label>
          <span className="vh">{t('combination.least')}</span>
          <select className="small-select" value={least} onChange={(event) => setLeast(Number(event.target.value))}>
            {[2, 3, 4, 5, 10].map((one) => (
              <option key={one} value={one}>
                {t('combination.at_least', { cases: one })}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {enough.length === 0 ? (
        <p className="note">{t('combination.none')}</p>
      ) : (
        <table className="cmb">
          <thead>
            <tr>
              <th scope="col">{t('combination.elements')}</th>
              <th scope="col" className="r">
                {t('combination.count')}
              </th>
              <th scope="col" className="r">
                {t('combination.share')}
              </th>
              <th scope="col" className="r" aria-sort="descending">
                {t('combination.lift')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => {
              const on = chosen?.elements.join() === one.elements.join();
              return (
                <tr key={one.elements.join()} className={on ? 'on' : undefined}>
                  <td>
                    <button type="button" aria-pressed={on} onClick={() => onChoose(on ? null : one)}>
                      {one.elements.map((element, at) => (
                        <span key={element}>
                          {at > 0 && <span className="x">×</span>}
                          {label(element)}{' '}
                        </span>
                      ))}
                    </button>
                  </td>
                  <td className="r n">{one.count}</td>
                  <td className="r n">{Math.round((100 * one.count) / Math.max(1, matrix.total))}%</td>
                  <td className="r n">{one.lift.toFixed(2)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {enough.length > atFirst && (
        <Button small kind="plain" className="no-print" onPress={() => setAll(!all)}>
          {all ? t('combination.fewer') : t('combination.all', { count: enough.length })}
        </Button>
      )}
      <p className="note mt-2">{t(matrix.total < 50 ? 'combination.what_few' : 'combination.what', { count: matrix.total })}</p>
    </Section>
  );
}

/** Counting must not let them vanish: elements that one case alone shows. */
export function LoneElements({ matrix, onOpen }: { matrix: Matrix; onOpen: (id: string) => void }) {
  const { t } = useTranslation('analysis');
  const words = useElementWords();
  const language = useDateLanguage();
  const lone = matrix.columns.flatMap((column) => {
    const one = column.count === 1 ? matrix.cases.find((row) => row.elements.some((mark) => mark.element === column.element)) : undefined;
    return one ? [{ column, one }] : [];
  });
  if (lone.length === 0) return null;
  return (
    <Section id="lone" title={t('lone.title')}>
      <ul className="tl">
        {lone.map(({ column, one }) => (
          <li key={column.element}>
            <b className="n">{one.number}</b>
            <span>
              <button type="button" className="linklike" onClick={() => onOpen(one.id)}>
                {words.label(column)}
              </button>
              <span className="sub block">
                {shortDate(one.received_on, language)} {one.subject}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function CasePanel({ one, onClose }: { one: CaseBackground; onClose: () => void }) {
  const { t } = useTranslation('analysis');
  return (
    <section
      className="sec case-open no-print"
      aria-labelledby="case-h"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="sec-h">
        <h2 id="case-h">{t('case.title')}</h2>
        <span className="more">
          <Button kind="plain" small icon="x" onPress={onClose}>
            {t('common:close')}
          </Button>
        </span>
      </div>
      <CaseText one={one} />
    </section>
  );
}
