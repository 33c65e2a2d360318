import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Term, TermKind } from '../api/types';
import { useKeptFields } from '../records/kept_text';
import { RestoredNotice } from '../records/restored_notice';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { SelectField, TextArea, TextField } from '../ui/field';
import { MultiSelect } from '../ui/multi_select';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import type { TermWords } from './queries';

type Text = Term['text'];

/** The names stand in one field while they are written, with commas of either language between them. */
type Fields = Omit<Text, 'names'> & { names: string };

const fieldsOf = (text: Text, and: string): Fields => ({ ...text, names: text.names.join(and) });
const textOf = (fields: Fields, known: Set<string>): Text => ({
  ...fields,
  names: fields.names.split(/[\u3001\uff0c,\n]/).map((name) => name.trim()).filter(Boolean),
  related: fields.related.filter((id) => known.has(id)),
  links: fields.links.filter((link) => link.title.trim() || link.place.trim()),
});
const empty: Fields = { headword: '', kana: '', english: '', names: '', kind: '', text: '', text_en: '', related: [], law: '', chapter: '', links: [] };

interface Props {
  term: Term | null;
  terms: Term[];
  kinds: TermKind[];
  words: TermWords;
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** A term of one's own, or one's own words over those of the pack. */
export function TermDialog({ term, terms, kinds, words, onClose, onSaved }: Props) {
  const { t } = useTranslation(['knowledge', 'problems', 'common']);
  const queries = useQueryClient();
  const toast = useToast();
  const [once] = useState(() => crypto.randomUUID());
  const [base, setBase] = useState(term);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const kept = useKeptFields<Fields>(`term:${term?.id ?? 'new'}`, () => (term ? fieldsOf(term.text, t('and')) : empty));
  const { fields: draft, set } = kept;
  const others = terms.filter((one) => one.id !== term?.id);
  const refused = (field: string) => {
    const hit = error instanceof ProblemError ? error.fields.find((one) => one.pointer === `/${field}` || one.pointer.startsWith(`/${field}/`)) : undefined;
    return hit && fieldMessage(t as never, hit);
  };
  const needed = (value: string) => (tried && !value.trim() ? t('problems:field.required') : undefined);

  const save = async () => {
    setTried(true);
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
        // What a colleague wrote meanwhile is shown above one's own text; saving again takes one's own.
        try {
          setBase((await ask(api.GET('/api/terms/{id}', { params: { path: { id: base.id } } }))) as Term);
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
  const setLink = (at: number, part: Partial<Text['links'][number]>) => set({ links: draft.links.map((link, place) => (place === at ? { ...link, ...part } : link)) });

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
      <RestoredNotice at={kept.restoredAt} onDiscard={kept.discard} />
      {stale ? (
        <div className="notice info" role="alert">
          <p>{t('stale', { name: stale.updated_by_name })}</p>
          <p className="prose">{words.text(stale.text)}</p>
        </div>
      ) : (
        <ProblemNotice error={error instanceof ProblemError && error.fields.length > 0 ? null : error} />
      )}
      <div className="row2">
        <TextField id="f-headword" label={t('headword')} required value={draft.headword} maxLength={60} onChange={(headword) => set({ headword })} error={needed(draft.headword) ?? refused('headword')} />
        <TextField id="f-kana" label={t('kana')} value={draft.kana} maxLength={120} onChange={(kana) => set({ kana })} error={refused('kana')} />
      </div>
      <div className="row2">
        <SelectField id="f-kind" label={t('kind')} required value={draft.kind} none={t('common:not_chosen')} onChange={(kind) => set({ kind })} options={kinds.map((one) => ({ value: one.kind, label: words.kind(one.kind) }))} error={(tried && !draft.kind ? t('problems:field.choose') : undefined) ?? refused('kind')} />
        <TextField id="f-names" label={t('names')} value={draft.names} onChange={(names) => set({ names })} help={t('names_help')} error={refused('names')} />
      </div>
      <TextArea id="f-text" label={t('text')} required rows={4} value={draft.text} maxLength={1000} onChange={(text) => set({ text })} help={t('text_help')} error={needed(draft.text) ?? refused('text')} />
      {term?.of_pack && (
        <details>
          <summary>{t('pack_text')}</summary>
          <p className="prose">{words.text(term.pack_text ?? term.text)}</p>
        </details>
      )}
      <fieldset className="f">
        <legend>
          {t('links')}
          <span className="help">{t('links_help')}</span>
        </legend>
        {draft.links.map((link, at) => (
          <div className="row2 term-link" key={at}>
            <TextField label={t('link_title', { number: at + 1 })} value={link.title} maxLength={120} onChange={(title) => setLink(at, { title })} error={refused(`links/${at}/title`)} />
            <TextField label={t('link_place', { number: at + 1 })} value={link.place} maxLength={500} onChange={(place) => setLink(at, { place })} error={refused(`links/${at}/place`)} />
          </div>
        ))}
        <Button small icon="plus" onPress={() => set({ links: [...draft.links, { title: '', place: '' }] })}>
          {t('add_link')}
        </Button>
      </fieldset>
      <div className="row2">
        <MultiSelect id="f-related" label={t('related')} value={draft.related} onChange={(related) => set({ related })} options={others.map((one) => ({ value: one.id, label: words.headword(one) }))} error={refused('related')} />
        <TextField id="f-law" label={t('law')} value={draft.law} maxLength={200} onChange={(law) => set({ law })} error={refused('law')} />
      </div>
      <div className="row2">
        <TextField id="f-english" label={t('english')} value={draft.english} maxLength={200} onChange={(english) => set({ english })} error={refused('english')} />
        <TextField id="f-chapter" label={t('chapter')} value={draft.chapter} maxLength={20} onChange={(chapter) => set({ chapter })} error={refused('chapter')} />
      </div>
      <TextArea id="f-text_en" label={t('text_en')} rows={2} value={draft.text_en} maxLength={2000} onChange={(text_en) => set({ text_en })} error={refused('text_en')} />
    </Dialog>
  );
}
