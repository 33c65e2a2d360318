import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { ConsultationRow, Evidence, Issue } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { useKeptFields, useKeptText } from '../records/kept_text';
import { WordsSearch } from '../records/list_screen';
import { readPage } from '../records/queries';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { Icon } from '../ui/icon';
import { shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import { Elements, usePersonLine } from './case_background';

/** The cases behind the issue, never without their background; below them those not yet decided. */
export function EvidenceSection({ issue, writes, onChange }: { issue: Issue; writes: boolean; onChange: (issue: Issue) => void }) {
  const { t } = useTranslation(['issues', 'records', 'common']);
  const may = useMay();
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Evidence | null>(null);
  const [explaining, setExplaining] = useState<Evidence | null>(null);
  const firm = issue.evidence.filter((one) => !one.candidate);
  const candidates = issue.evidence.filter((one) => one.candidate);
  const run = async (work: () => Promise<Issue>, done: string) => {
    setError(null);
    try {
      onChange(await work());
      toast(done);
    } catch (problem) {
      setError(problem);
    }
  };
  const put = (consultation: string, note: string, candidate: boolean) =>
    ask(api.PUT('/api/issues/{id}/evidence/{consultation}', { params: { path: { id: issue.id, consultation } }, body: { consultation_id: consultation, note, candidate } }));
  const remove = (consultation: string) => ask(api.DELETE('/api/issues/{id}/evidence/{consultation}', { params: { path: { id: issue.id, consultation } } }));
  const cases = issue.evidence.filter((one) => one.readable).map((one) => one.consultation_id);

  return (
    <Section
      id="evidence"
      title={t('evidence.title')}
      note={t('evidence.summary', { count: firm.length, candidates: candidates.length })}
      more={
        <>
          {may('figures.read') && cases.length > 0 && (
            <Link to={'/analysis/matrix' as never} search={{ cases: cases.join(',') } as never}>
              {t('evidence.as_matrix')}
            </Link>
          )}{' '}
          {writes && (
            <Button kind="plain" small icon="plus" onPress={() => setAdding(true)}>
              {t('evidence.add')}
            </Button>
          )}
        </>
      }
    >
      <ProblemNotice error={error} />
      {issue.evidence.length === 0 && <p className="note">{t('evidence.none')}</p>}
      {issue.evidence.length > 0 && (
        <table className="plain-t evidence-t">
          <thead>
            <tr>
              <th scope="col" className="c-case">
                {t('evidence.case')}
              </th>
              <th scope="col">{t('evidence.background')}</th>
              <th scope="col" className="c-after">
                {t('evidence.after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {[...firm, ...candidates].map((one) => (
              <Row
                key={one.consultation_id}
                one={one}
                actions={
                  writes &&
                  one.readable && (
                    <div className="row-acts no-print">
                      <Button kind={one.candidate ? 'outline' : 'plain'} small onPress={() => setExplaining(one)}>
                        {t(one.candidate ? 'evidence.make' : one.note ? 'evidence.change_why' : 'evidence.write_why')}
                      </Button>
                      <Button kind="plain" small onPress={() => setRemoving(one)}>
                        {t(one.candidate ? 'evidence.drop' : 'evidence.remove')}
                      </Button>
                    </div>
                  )
                }
              />
            ))}
          </tbody>
        </table>
      )}
      {adding && <AddDialog issueId={issue.id} known={new Set(issue.evidence.map((one) => one.consultation_id))} onAdd={async (id, note, candidate) => onChange(await put(id, note, candidate))} onClose={() => setAdding(false)} />}
      {explaining && (
        <WhyDialog
          issueId={issue.id}
          one={explaining}
          onSave={async (note) => {
            onChange(await put(explaining.consultation_id, note, false));
            toast(t(explaining.candidate ? 'evidence.added' : 'records:saved'));
          }}
          onClose={() => setExplaining(null)}
        />
      )}
      {removing && (
        <Dialog
          title={t('evidence.remove_title')}
          onClose={() => setRemoving(null)}
          actions={
            <>
              <Button onPress={() => setRemoving(null)}>{t('common:cancel')}</Button>
              {!removing.candidate && (
                <Button
                  onPress={() => {
                    const one = removing;
                    setRemoving(null);
                    void run(() => put(one.consultation_id, one.note, true), t('evidence.back_to_candidate'));
                  }}
                >
                  {t('evidence.to_candidate')}
                </Button>
              )}
              <Button
                kind="danger"
                onPress={() => {
                  const one = removing;
                  setRemoving(null);
                  void run(() => remove(one.consultation_id), t('evidence.removed'));
                }}
              >
                {t('evidence.remove')}
              </Button>
            </>
          }
        >
          <p>{t('evidence.remove_what', { number: removing.background.number })}</p>
        </Dialog>
      )}
    </Section>
  );
}

function Row({ one, actions }: { one: Evidence; actions: React.ReactNode }) {
  const { t } = useTranslation('issues');
  const person = usePersonLine();
  const codes = useCodes();
  const language = useDateLanguage();
  const { background } = one;
  return (
    <tr className={one.candidate ? 'candidate' : undefined}>
      <th scope="row">
        {one.readable && background.number ? (
          <Link className="n" to="/consultations/$id" params={{ id: one.consultation_id }}>
            {background.number}
          </Link>
        ) : (
          <span>{background.number || t('evidence.hidden')}</span>
        )}
        <span className="sub block">{shortDate(background.received_on, language)}</span>
        {one.candidate && (
          <span className="sm nw">
            <Icon name="plus" /> {t('evidence.candidate')}
          </span>
        )}
      </th>
      <td>
        <p className="b">{person(background) || background.subject}</p>
        {background.subject && person(background) && <p>{background.subject}</p>}
        {background.background && <p className="prose">{background.background}</p>}
        <Elements elements={background.elements} />
        {(one.note || !one.candidate) && <p className="why">{one.note ? t('evidence.why_is', { note: one.note }) : t('evidence.why_missing')}</p>}
      </td>
      <td>
        {background.result && <p className="b">{codes.label('result', background.result)}</p>}
        {background.support_text && <p className="prose">{background.support_text}</p>}
        {actions}
      </td>
    </tr>
  );
}

/** A candidate becomes evidence, or the reason of what is evidence is put better. */
function WhyDialog({ issueId, one, onSave, onClose }: { issueId: string; one: Evidence; onSave: (note: string) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation(['issues', 'problems', 'common']);
  const { fields, set, forget } = useKeptFields(`why:${issueId}:${one.consultation_id}`, () => ({ note: one.note }));
  const note = fields.note;
  const giveUp = () => {
    forget();
    onClose();
  };
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setTried(true);
    if (!note.trim()) return;
    try {
      await onSave(note.trim());
      giveUp();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Dialog
      title={t('issues:evidence.why_of', { number: one.background.number })}
      onClose={giveUp}
      actions={
        <>
          <Button onPress={giveUp}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t(one.candidate ? 'issues:evidence.make' : 'common:save')}
          </Button>
        </>
      }
    >
      <ProblemNotice error={error} />
      <TextArea label={t('issues:evidence.why')} required help={t('issues:evidence.why_help')} maxLength={400} autoFocus value={note} onChange={(next) => set({ note: next })} error={tried && !note.trim() ? t('problems:field.required') : undefined} />
    </Dialog>
  );
}

/** Looks a case up by number or words and takes it as evidence or candidate. */
function AddDialog({ issueId, known, onAdd, onClose }: { issueId: string; known: ReadonlySet<string>; onAdd: (id: string, note: string, candidate: boolean) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation(['issues', 'problems', 'common']);
  const language = useDateLanguage();
  const [words, setWords] = useState('');
  const [note, setNote, forgetNote] = useKeptText(`evidence:${issueId}`);
  const [chosen, setChosen] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState<'case' | 'why' | null>(null);
  const hits = useQuery({ queryKey: ['consultations', 'pick', words], queryFn: () => readPage<ConsultationRow>('/api/consultations', { words, limit: '12' }), enabled: words.length > 0 });
  const rows = (hits.data?.items ?? []).filter((row) => row.state !== 'draft');
  const add = async (candidate: boolean) => {
    const lacking = !chosen ? 'case' : !candidate && !note.trim() ? 'why' : null;
    setMissing(lacking);
    if (lacking) return;
    try {
      await onAdd(chosen, note.trim(), candidate);
      forgetNote();
      onClose();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Dialog
      title={t('evidence.add')}
      onClose={onClose}
      large
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button onPress={() => void add(true)}>{t('evidence.add_candidate')}</Button>
          <Button kind="primary" onPress={() => void add(false)}>
            {t('evidence.make')}
          </Button>
        </>
      }
    >
      <WordsSearch label={t('evidence.search')} words={words} onSearch={setWords} />
      <ProblemNotice error={hits.error ?? error} />
      {missing === 'case' && !chosen && <p className="err">{t('evidence.choose_first')}</p>}
      {words && hits.data && rows.length === 0 && <p className="note">{t('common:nothing_found')}</p>}
      {rows.length > 0 && (
        <fieldset className="f">
          <legend>{t('evidence.hits')}</legend>
          {rows.map((row) => (
            <label className="opt" key={row.id}>
              <input type="radio" name="case" value={row.id} checked={chosen === row.id} onChange={() => setChosen(row.id)} />
              <span className="n">{row.number}</span> {row.subject} <span className="sub">{shortDate(row.received_on, language)}</span>
              {known.has(row.id) && <span className="tag">{t('evidence.already')}</span>}
            </label>
          ))}
        </fieldset>
      )}
      <TextArea label={t('evidence.why')} help={t('evidence.why_help_add')} rows={2} maxLength={400} value={note} onChange={setNote} error={missing === 'why' && !note.trim() ? t('problems:field.required') : undefined} />
    </Dialog>
  );
}
