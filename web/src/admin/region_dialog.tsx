import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Region } from '../api/types';
import { useKeptFields } from '../records/kept_text';
import { useRegions } from '../regions/regions';
import { Combo } from '../ui/combo';
import { SelectField, TextField } from '../ui/field';
import { useToast } from '../ui/toast';
import { PlaceForm } from './place_form';
import { treeOf } from './places';
import type { NewRegion } from './queries';
import { useSaving } from './saving';

const kinds: Region['kind'][] = ['prefecture', 'medical_area', 'municipality', 'ward', 'district', 'block', 'outside'];
/** What usually comes below. */
const usual: Partial<Record<Region['kind'], Region['kind']>> = { prefecture: 'municipality', medical_area: 'municipality', municipality: 'district', ward: 'district', district: 'block' };

export function RegionDialog({ region, parent, onClose }: { region: Region | null; parent?: Region; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const queries = useQueryClient();
  const toast = useToast();
  const regions = useRegions();
  const kept = useKeptFields<NewRegion>(`region:${region?.id ?? 'new'}`, () =>
    region
      ? { parent_id: region.parent_id, kind: region.kind, code: region.code, name: region.name, kana: region.kana, position: region.position, ended_on: region.ended_on }
      : { parent_id: parent?.id ?? null, kind: (parent && usual[parent.kind]) ?? (regions.length === 0 ? 'prefecture' : 'municipality'), code: '', name: '', kana: '', position: null, ended_on: null },
  );
  const { fields: draft, set } = kept;
  const saving = useSaving((field) => ({ parent_id: t('place.parent'), kind: t('place.kind'), code: t('place.code'), name: t('place.name'), kana: t('place.kana'), position: t('place.position'), ended_on: t('place.ended_on') })[field]);
  const save = () =>
    saving.run({ name: draft.name.trim() ? undefined : t('check.write'), parent_id: draft.kind !== 'prefecture' && !draft.parent_id ? t('check.choose') : undefined }, async () => {
      const body = draft.kind === 'prefecture' ? { ...draft, parent_id: null } : draft;
      await ask(region ? api.PUT('/api/regions/{id}', { params: { path: { id: region.id } }, body }) : api.POST('/api/regions', { body }));
      await queries.invalidateQueries({ queryKey: ['regions'] });
      kept.forget();
      toast(t('saved'));
      onClose();
    });
  const parents = treeOf(regions).filter((row) => row.region.id !== region?.id && row.region.kind !== 'outside');
  return (
    <PlaceForm title={region ? t('place.edit_region', { name: region.name }) : t('place.new_region')} draft={kept} saving={saving} onSave={() => void save()} onClose={onClose} ended={region ? { value: draft.ended_on, onChange: (ended_on) => set({ ended_on }) } : undefined}>
      <SelectField id="f-kind" label={t('place.kind')} required value={draft.kind} onChange={(kind) => set({ kind: kind as Region['kind'] })} options={kinds.map((kind) => ({ value: kind, label: t(`region_kind.${kind}`) }))} help={draft.kind === 'outside' ? t('place.outside_help') : undefined} error={saving.messages.kind} />
      {draft.kind !== 'prefecture' && (
        <Combo id="f-parent_id" label={t('place.parent')} required value={draft.parent_id} onChange={(parent_id) => set({ parent_id })} options={parents.map((row) => ({ value: row.region.id, label: row.region.name, detail: t(`region_kind.${row.region.kind}`) }))} error={saving.messages.parent_id} />
      )}
      <TextField id="f-name" label={t('place.name')} required value={draft.name} onChange={(name) => set({ name })} error={saving.messages.name} />
      <TextField id="f-kana" label={t('place.kana')} value={draft.kana} onChange={(kana) => set({ kana })} error={saving.messages.kana} />
      <div className="row2">
        <TextField id="f-code" label={t('place.code')} inputMode="numeric" value={draft.code} onChange={(code) => set({ code: code.normalize('NFKC') })} help={t('place.code_help')} error={saving.messages.code} />
        <TextField id="f-position" label={t('place.position')} inputMode="numeric" value={draft.position === null ? '' : String(draft.position)} onChange={(text) => set({ position: /^\d+$/.test(text.normalize('NFKC')) ? Number(text.normalize('NFKC')) : null })} help={t('place.position_help')} error={saving.messages.position} />
      </div>
    </PlaceForm>
  );
}
