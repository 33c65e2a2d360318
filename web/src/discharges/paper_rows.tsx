import { useTranslation } from 'react-i18next';
import type { DueDays, Paper } from '../api/types';
import { useCodes } from '../packs/codes';
import { idOf } from '../records/record_form';
import { useOptions } from '../records/words';
import { Button } from '../ui/button';
import { DateField, useDateLanguage } from '../ui/date_field';
import { SelectField, TextField } from '../ui/field';
import { longDate, today } from '../ui/japanese_date';
import { emptyPaper } from './queries';

interface Props {
  papers: Paper[];
  due: DueDays | undefined;
  error: (row: number, part?: string) => string | undefined;
  onChange: (papers: Paper[]) => void;
}

/** Papers and meetings: asked, due (by the rule, or by hand), received or held. */
export function PaperRows({ papers, due, error, onChange }: Props) {
  const { t } = useTranslation(['discharges', 'records', 'common']);
  const codes = useCodes();
  const options = useOptions();
  const language = useDateLanguage();
  const put = (at: number, part: Partial<Paper>) => onChange(papers.map((one, row) => (row === at ? { ...one, ...part } : one)));
  const hasRule = (kind: string) => due?.rules.some((one) => one.kind === kind) ?? true;
  const ruled = (kind: string) => due?.items.find((one) => one.kind === kind)?.due_on ?? null;
  return (
    <>
      {papers.length === 0 && <p className="note">{t('paper.none_yet')}</p>}
      <div className="paper-rows">
        {papers.map((paper, at) => {
          const name = codes.label('discharge_paper', paper.kind);
          const by = ruled(paper.kind);
          const id = (part: string) => idOf('papers', at, part);
          return (
            <div key={at} role="group" aria-label={name}>
              <div className="paper-line">
                <SelectField id={id('kind')} label={t('paper.kind')} error={error(at, 'kind')} options={options('discharge_paper', paper.kind)} value={paper.kind} onChange={(kind) => put(at, { kind, due_on: paper.due_by_hand ? paper.due_on : null })} />
                <DateField id={id('asked_on')} label={t('paper.asked_on')} error={error(at, 'asked_on')} value={paper.asked_on} onChange={(day) => put(at, { asked_on: day })} />
                {paper.due_by_hand ? (
                  <DateField id={id('due_on')} label={t('paper.due_on')} lean="future" error={error(at, 'due_on')} value={paper.due_on} onChange={(day) => put(at, { due_on: day })} />
                ) : (
                  <div className="f">
                    <span className="lab">{t('paper.due_on')}</span>
                    <p>{by ? longDate(by, language) : t(hasRule(paper.kind) ? 'paper.wait' : 'paper.no_rule')}</p>
                    <Button small kind="plain" onPress={() => put(at, { due_by_hand: true, due_on: by ?? today() })}>
                      {t('paper.by_hand')}
                    </Button>
                  </div>
                )}
                <DateField id={id('received_on')} label={t('paper.received_on')} error={error(at, 'received_on')} value={paper.received_on} onChange={(day) => put(at, { received_on: day })} />
              </div>
              <div className="row2">
                <TextField id={id('with_whom')} label={t('paper.with_whom')} maxLength={200} value={paper.with_whom} onChange={(words) => put(at, { with_whom: words })} />
                <TextField id={id('note')} label={t('paper.note')} maxLength={400} value={paper.note} onChange={(note) => put(at, { note })} />
              </div>
              <div className="line-acts">
                {paper.due_by_hand && (
                  <Button small kind="plain" onPress={() => put(at, { due_by_hand: false, due_on: by })}>
                    {t('paper.by_rule')}
                  </Button>
                )}
                <label className="opt">
                  <input id={id('not_needed')} type="checkbox" checked={paper.not_needed} onChange={(event) => put(at, { not_needed: event.target.checked })} />
                  {t('paper.not_needed')}
                </label>
                {error(at, 'not_needed') && <span className="err">{t('paper.not_needed_wrong')}</span>}
                <Button small kind="plain" onPress={() => onChange(papers.filter((_, row) => row !== at))}>
                  {t('records:remove_row', { what: name })}
                </Button>
              </div>
            </div>
          );
        })}
      </div>
      <p className="add-row">
        <Button icon="plus" onPress={() => onChange([...papers, emptyPaper(codes.choices('discharge_paper').find((one) => !papers.some((paper) => paper.kind === one.code))?.code ?? 'other')])}>
          {t('records:add_row', { what: t('paper.one') })}
        </Button>
      </p>
    </>
  );
}
