import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../analysis/export_menu';
import { api, ask, ifMatch } from '../api/client';
import type { ConfirmationRow, SurveyRound } from '../api/types';
import { useMay } from '../app/session';
import { PageProblem } from '../records/page_problem';
import { readAll } from '../records/queries';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { DateField, useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextArea, TextField } from '../ui/field';
import { longDate, shortDate, today } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { batches, printedAtOnce } from './batches';
import { roundQuery, useLooked, writtenCode } from './queries';
import { Progress } from './rounds';
import { useSending } from './sending';
import './confirmations.css';

const figures = ['all', 'open', 'late', 'answered', 'approved', 'refused', 'expired'] as const;
export default function RoundPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(roundQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} round={data} /> : <Skeleton lines={14} />;
}

/** How far a round has come, whom to remind, and the papers of those who have not answered. */
function Page({ round }: { round: SurveyRound }) {
  const { t } = useTranslation(['confirmations', 'common']);
  const may = useMay();
  const language = useDateLanguage();
  const [editing, setEditing] = useState(false);
  const where = { round: round.id, municipality_id: round.municipality_id };
  const { menu, notice } = useExport('/api/confirmations/export', where, t('requests.excel'));
  const open = useQuery({ queryKey: ['confirmations', 'round', round.id], queryFn: () => readAll<ConfirmationRow>('/api/confirmations', { ...where, state: 'sent', sort: 'due_on' }, 1000) }).data;
  const late = open?.filter((row) => row.due_on < today()) ?? [];
  return (
    <>
      <PageTitle
        title={round.text.title}
        crumbs={[{ to: '/confirmations/rounds', label: t('rounds.title') }]}
        state={round.text.closed ? <span className="sub">{t('rounds.closed')}</span> : undefined}
        actions={
          <>
            <Suspense fallback={null}>
              <span className="no-print">{menu}</span>
            </Suspense>
            <PrintButton />
            {may('resources.write') && <Button onPress={() => setEditing(true)}>{t('rounds.edit')}</Button>}
          </>
        }
      />
      {notice}
      <p>
        {t('rounds.from_to', { from: longDate(round.text.begun_on, language), to: longDate(round.text.due_on, language) })} <Progress round={round} />
      </p>
      {round.text.note && <p className="prose">{round.text.note}</p>}
      <dl className="figures-line">
        {figures.map((name) => (
          <div key={name}>
            <dt>{t(`rounds.figure.${name}`)}</dt>
            <dd className="n">{name === 'all' ? round.progress.all : <Link to="/confirmations/requests" search={{ round: round.id, ...(name === 'late' ? { late: 'true' } : { state: name === 'open' ? 'sent' : name }) }}>{round.progress[name]}</Link>}</dd>
          </div>
        ))}
      </dl>
      <Section id="open" title={t('rounds.reminders')} note={t('rounds.reminders_note', { count: late.length })}>
        {open?.length === 0 && <p className="note">{t('rounds.nobody_open')}</p>}
        {open && open.length > 0 && (
          <>
            <p className="no-print">
              {batches(open).map((part, at, all) => (
                <ButtonLink key={at} small icon="print" to="/confirmations/print" search={{ id: part.map((row) => row.id).join(',') }}>
                  {all.length > 1 ? t('rounds.print_part', { from: at * printedAtOnce + 1, to: at * printedAtOnce + part.length }) : t('rounds.print_open', { count: part.length })}
                </ButtonLink>
              ))}
            </p>
            <div className="scroll-x" tabIndex={0} role="region" aria-label={t('rounds.reminders')}>
              <table className="plain-t">
                <thead>
                  <tr>
                    <th scope="col">{t('field.place')}</th>
                    <th scope="col">{t('field.reply_code')}</th>
                    <th scope="col">{t('field.state')}</th>
                    <th scope="col">{t('field.due_on')}</th>
                    <th scope="col">{t('field.reminded_on')}</th>
                    <th scope="col">{t('field.phone')}</th>
                    <th scope="col">{t('field.fax')}</th>
                  </tr>
                </thead>
                <tbody>
                  {open.map((row) => (
                    <tr key={row.id}>
                      <th scope="row">
                        <Link to="/confirmations/$id" params={{ id: row.id }}>
                          {row.place_name}
                        </Link>
                      </th>
                      <td className="n">{writtenCode(row.reply_code)}</td>
                      <td>{late.includes(row) ? <b className="mark-check">{t('requests.late')}</b> : <StateChip kind="confirmation" state={row.state} plain />}</td>
                      <td>{shortDate(row.due_on, language)}</td>
                      <td>{shortDate(row.reminded_on, language) || '—'}</td>
                      <td>{row.phone || '—'}</td>
                      <td>{row.fax || '—'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Section>
      {editing && <EditDialog round={round} onClose={() => setEditing(false)} />}
    </>
  );
}

function EditDialog({ round, onClose }: { round: SurveyRound; onClose: () => void }) {
  const { t } = useTranslation(['confirmations', 'common']);
  const queries = useQueryClient();
  const looked = useLooked();
  const toast = useToast();
  const [text, setText] = useState(round.text);
  const { send, field, notices } = useSending((name) => t(`confirmations:field.${name}`, { defaultValue: '' }));
  const save = () =>
    void send(
      async () => {
        const saved = (await ask(api.PUT('/api/survey-rounds/{id}', { params: { path: { id: round.id } }, body: text, ...ifMatch(round.version) } as never))) as unknown as SurveyRound;
        queries.setQueryData(roundQuery(round.id).queryKey, saved);
        looked();
        toast(t('confirmations:rounds.saved'));
        onClose();
      },
      [...(text.title.trim() ? [] : [{ field: 'title' }]), ...(text.due_on ? [] : [{ field: 'due_on' }])],
    );
  return (
    <Dialog
      large
      title={t('confirmations:rounds.edit')}
      onClose={text === round.text ? onClose : undefined}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={save}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      {notices}
      <TextField {...field('title')} required maxLength={100} value={text.title} onChange={(title) => setText({ ...text, title })} />
      <DateField {...field('due_on')} required lean="future" help={t('confirmations:rounds.due_help')} value={text.due_on} onChange={(due) => setText({ ...text, due_on: due ?? '' })} />
      <TextArea {...field('note')} maxLength={1000} value={text.note} onChange={(note) => setText({ ...text, note })} />
      <label className="opt">
        <input type="checkbox" checked={text.closed} onChange={(event) => setText({ ...text, closed: event.target.checked })} />
        {t('confirmations:rounds.close')}
      </label>
    </Dialog>
  );
}
