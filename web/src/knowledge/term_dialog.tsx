import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Term, TermKind } from '../api/types';
import { useKeptFields } from '../records/kept_text';
import { merge } from '../records/record_form';
import { RestoredNotice } from '../records/restored_notice';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ErrorSummary } from '../ui/error_summary';
import { SelectField, TextArea, TextField } from '../ui/field';
import { MultiSelect } from '../ui/multi_select';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import type { TermWords } from './queries';
import { emptyFields, fieldsOf, filled, linkPointer, textOf, type Fields } from './term_fields';

interface Props {
  term: Term | null;
  terms: Term[];
  kinds: TermKind[];
  words: TermWords;
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** More of them nobody reads; the server refuses them. */
const mostLinks = 20;

/** A term of one's own, or one's own words over those of the pack. */
export function TermDialog({ term, terms, kinds, words, onClose, onSaved }: Props) {
  const { t } = useTranslation(['knowledge', 'problems', 'common']);
  const queries = useQueryClient();
  const toast = useToast();
  const [once] = useState(() => crypto.randomUUID());
  const [base, setBase] = useState(term);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const kept = useKeptFields<Fields>(`term:${term?.id ?? 'new'}`, () => (term ? fieldsOf(term.text, t('and')) : emptyFields));
  const { fields: draft, set } = kept;
  const [clash, setClash] = useState<(keyof Fields)[]>([]);
  // What was written while the server was asked.
  const latest = useRef(kept);
  useEffect(() => {
    latest.current = kept;
  });
  const others = terms.filter((one) => one.id !== term?.id);
  const refused = (field: string) => {
    const hit = error instanceof ProblemError ? error.fields.find((one) => one.pointer === `/${field}` || one.pointer.startsWith(`/${field}/`)) : undefined;
    if (!hit) return undefined;
    return hit.pointer === '/headword' && hit.reason === 'duplicate' ? t('headword_taken') : fieldMessage(t as never, hit);
  };
  const needed = (value: string) => (attempt > 0 && !value.trim() ? t('problems:field.required') : undefined);
  const refusedLink = (at: number, part: 'title' | 'place') => (filled(draft.links[at]!) ? refused(`${linkPointer(draft.links, at)}/${part}`) : undefined);
  const wrong: Partial<Record<keyof Fields, string>> = {
    headword: needed(draft.headword) ?? refused('headword'),
    kana: refused('kana'),
    kind: (attempt > 0 && !draft.kind ? t('problems:field.choose') : undefined) ?? refused('kind'),
    names: refused('names'),
    text: needed(draft.text) ?? refused('text'),
    links: refused('links'),
    related: refused('related'),
    law: refused('law'),
    english: refused('english'),
    chapter: refused('chapter'),
    text_en: refused('text_en'),
  };
  const errors = (Object.keys(wrong) as (keyof Fields)[]).flatMap((field) => (wrong[field] ? [{ id: `f-${field}`, label: t(field), message: wrong[field] }] : []));

  const save = async () => {
    setAttempt(attempt + 1);
    if (busy || !draft.headword.trim() || !draft.text.trim() || !draft.kind) return;
    setBusy(true);
    setError(null);
    try {
      const body = textOf(draft, new Set(others.map((one) => one.id)));
      const saved = base ? await ask(api.PUT('/api/terms/{id}', { params: { path: { id: base.id } }, body, ...ifMatch(base.version) })) : await ask(api.POST('/api/terms', { body, ...onceOnly(once) }));
      kept.forget();
      await queries.invalidateQueries({ queryKey: ['terms'] });
      toast(t('did.save'));
      onSaved(saved.id);
      onClose();
    } catch (problem) {
      let told: unknown = problem;
      if (problem instanceof ProblemError && problem.reason === 'stale' && base) {
        // What a colleague wrote meanwhile comes in; where both wrote, saving again takes one's own.
        try {
          const now = (await ask(api.GET('/api/terms/{id}', { params: { path: { id: base.id } } }))) as Term;
          await queries.invalidateQueries({ queryKey: ['terms'] });
          const { merged, fields } = merge(fieldsOf(base.text, t('and')), latest.current.fields, fieldsOf(now.text, t('and')));
          latest.current.set(merged);
          setClash(fields);
          setBase(now);
        } catch (second) {
          told = second;
        }
      }
      setError(told);
    } finally {
      setBusy(false);
    }
  };
  const stale = error instanceof ProblemError && error.reason === 'stale' && base;
  const setLink = (at: number, part: Partial<Fields['links'][number]>) => set({ links: draft.links.map((link, place) => (place === at ? { ...link, ...part } : link)) });

  return (
    <Dialog
      title={!term ? t('add') : term.of_pack ? t('edit_pack') : t('edit_own')}
      onClose={onClose}
      large
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <p className="sub">{t('whose')}</p>
      <RestoredNotice at={kept.restoredAt} overtaken={kept.overtaken} onDiscard={kept.discard} />
      {stale ? (
        <div className="notice info" role="alert">
          <p>{t('stale', { name: stale.updated_by_name })}</p>
          <p className="prose">{words.text(stale.text)}</p>
          {clash.length > 0 && <p>{t('stale_both', { fields: clash.map((field) => t(field)).join(t('and')) })}</p>}
        </div>
      ) : (
        <ProblemNotice error={error instanceof ProblemError && error.fields.length > 0 ? null : error} />
      )}
      <ErrorSummary errors={errors} attempt={attempt} />
      <div className="row2">
        <TextField id="f-headword" label={t('headword')} required value={draft.headword} onChange={(headword) => set({ headword })} error={wrong.headword} />
        <TextField id="f-kana" label={t('kana')} value={draft.kana} onChange={(kana) => set({ kana })} error={wrong.kana} />
      </div>
      <div className="row2">
        <SelectField id="f-kind" label={t('kind')} required value={draft.kind} none={t('common:not_chosen')} onChange={(kind) => set({ kind })} options={kinds.map((one) => ({ value: one.kind, label: words.kind(one.kind) }))} error={wrong.kind} />
        <TextField id="f-names" label={t('names')} value={draft.names} onChange={(names) => set({ names })} help={t('names_help')} error={wrong.names} />
      </div>
      <TextArea id="f-text" label={t('text')} required rows={4} value={draft.text} maxLength={1000} onChange={(text) => set({ text })} help={t('text_help')} error={wrong.text} />
      {term?.of_pack && (
        <details>
          <summary>{t('pack_text')}</summary>
          <p className="prose">{words.text(term.pack_text ?? term.text)}</p>
        </details>
      )}
      <fieldset className="f" id="f-links" tabIndex={-1}>
        <legend>
          {t('links')}
          <span className="help">{t('links_help')}</span>
        </legend>
        {draft.links.map((link, at) => (
          <div className="row2 term-link" key={at}>
            <TextField label={t('link_title', { number: at + 1 })} value={link.title} onChange={(title) => setLink(at, { title })} error={refusedLink(at, 'title')} />
            <TextField label={t('link_place', { number: at + 1 })} value={link.place} onChange={(place) => setLink(at, { place })} error={refusedLink(at, 'place')} />
          </div>
        ))}
        {draft.links.length < mostLinks && (
          <Button small icon="plus" onPress={() => set({ links: [...draft.links, { title: '', place: '' }] })}>
            {t('add_link')}
          </Button>
        )}
      </fieldset>
      <div className="row2">
        <MultiSelect id="f-related" label={t('related')} value={draft.related} onChange={(related) => set({ related })} options={others.map((one) => ({ value: one.id, label: words.headword(one) }))} error={wrong.related} />
        <TextField id="f-law" label={t('law')} value={draft.law} onChange={(law) => set({ law })} error={wrong.law} />
      </div>
      <div className="row2">
        <TextField id="f-english" label={t('english')} value={draft.english} onChange={(english) => set({ english })} error={wrong.english} />
        <TextField id="f-chapter" label={t('chapter')} value={draft.chapter} onChange={(chapter) => set({ chapter })} error={wrong.chapter} />
      </div>
      <TextArea id="f-text_en" label={t('text_en')} rows={2} value={draft.text_en} maxLength={2000} onChange={(text_en) => set({ text_en })} error={wrong.text_en} />
    </Dialog>
  );
}
