import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Desk } from '../api/types';
import { useKeptFields } from '../records/kept_text';
import { useDesks, useDistricts, useRegions } from '../regions/regions';
import { Combo } from '../ui/combo';
import { SelectField, TextArea, TextField } from '../ui/field';
import { useToast } from '../ui/toast';
import { PlaceForm } from './place_form';
import { useOrganizations, type NewDesk } from './queries';
import { useSaving } from './saving';

const kinds: Desk['kind'][] = ['center', 'station', 'association'];

export function DeskDialog({ desk, onClose }: { desk: Desk | null; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const queries = useQueryClient();
  const toast = useToast();
  const regions = useRegions();
  const desks = useDesks();
  const organizations = useOrganizations().data ?? [];
  const municipalities = regions.filter((one) => one.kind === 'municipality' && !one.ended_on);
  const kept = useKeptFields<NewDesk>(`desk:${desk?.id ?? 'new'}`, () => {
    if (!desk) return { parent_id: null, municipality_id: municipalities.length === 1 ? municipalities[0]!.id : '', organization_id: null, kind: desks.length === 0 ? 'center' : 'station', name: '', short_name: '', header: '', phone: '', fax: '', region_ids: [], ended_on: null };
    const { id: _id, ...rest } = desk;
    return rest;
  });
  const { fields: draft, set } = kept;
  const served = useDistricts(draft.municipality_id || undefined).filter((one) => one.kind !== 'outside');
  const labels: Record<string, string> = {
    parent_id: t('place.parent_desk'),
    municipality_id: t('region_kind.municipality'),
    organization_id: t('place.organization'),
    kind: t('place.kind'),
    name: t('place.name'),
    short_name: t('place.short_name'),
    header: t('place.header'),
    phone: t('place.phone'),
    fax: t('place.fax'),
    region_ids: t('place.serves'),
    ended_on: t('place.ended_on'),
  };
  const saving = useSaving((field) => labels[field]);
  const save = () =>
    saving.run(
      {
        name: draft.name.trim() ? undefined : t('check.write'),
        municipality_id: draft.municipality_id ? undefined : t('check.choose'),
        parent_id: draft.kind === 'station' && !draft.parent_id ? t('check.choose') : undefined,
      },
      async () => {
        const body = { ...draft, parent_id: draft.kind === 'station' ? draft.parent_id : null };
        await ask(desk ? api.PUT('/api/desks/{id}', { params: { path: { id: desk.id } }, body }) : api.POST('/api/desks', { body }));
        await queries.invalidateQueries({ queryKey: ['desks'] });
        kept.forget();
        toast(t('saved'));
        onClose();
      },
    );
  return (
    <PlaceForm title={desk ? t('place.edit_desk', { name: desk.name }) : t('place.new_desk')} draft={kept} saving={saving} onSave={() => void save()} onClose={onClose} ended={desk ? { value: draft.ended_on, onChange: (ended_on) => set({ ended_on }) } : undefined}>
      <SelectField id="f-kind" label={labels.kind!} required value={draft.kind} onChange={(kind) => set({ kind: kind as Desk['kind'] })} options={kinds.map((kind) => ({ value: kind, label: t(`desk_kind.${kind}`) }))} help={t(`desk_kind_what.${draft.kind}`)} error={saving.messages.kind} />
      <Combo id="f-municipality_id" label={labels.municipality_id!} required value={draft.municipality_id || null} onChange={(id) => set({ municipality_id: id ?? '', region_ids: [], parent_id: null })} options={municipalities.map((one) => ({ value: one.id, label: one.name }))} error={saving.messages.municipality_id} />
      {draft.kind === 'station' && (
        <Combo id="f-parent_id" label={labels.parent_id!} required value={draft.parent_id} onChange={(parent_id) => set({ parent_id })} options={desks.filter((one) => one.id !== desk?.id && one.kind === 'center' && one.municipality_id === draft.municipality_id).map((one) => ({ value: one.id, label: one.name }))} help={t('place.parent_desk_help')} error={saving.messages.parent_id} />
      )}
      <div className="row2">
        <TextField id="f-name" label={labels.name!} required value={draft.name} onChange={(name) => set({ name })} error={saving.messages.name} />
        <TextField id="f-short_name" label={labels.short_name!} value={draft.short_name} onChange={(short_name) => set({ short_name })} error={saving.messages.short_name} />
      </div>
      <Combo id="f-organization_id" label={labels.organization_id!} value={draft.organization_id} onChange={(organization_id) => set({ organization_id })} options={organizations.filter((one) => !one.ended_on).map((one) => ({ value: one.id, label: one.name }))} error={saving.messages.organization_id} />
      <div className="row2">
        <TextField id="f-phone" label={labels.phone!} inputMode="tel" maxLength={40} value={draft.phone} onChange={(phone) => set({ phone })} error={saving.messages.phone} />
        <TextField id="f-fax" label={labels.fax!} help={t('place.fax_help')} inputMode="tel" maxLength={40} value={draft.fax} onChange={(fax) => set({ fax })} error={saving.messages.fax} />
      </div>
      {served.length > 0 && (
        <fieldset className="f" aria-describedby={saving.messages.region_ids ? 'f-region_ids-error' : undefined}>
          <legend>
            {labels.region_ids}
            <span className="help">{t('place.serves_help')}</span>
          </legend>
          <div className="opts c3">
            {served.map((one, at) => (
              <label className="opt" key={one.id}>
                <input
                  type="checkbox"
                  id={at === 0 ? 'f-region_ids' : undefined}
                  checked={draft.region_ids.includes(one.id)}
                  onChange={() => set({ region_ids: draft.region_ids.includes(one.id) ? draft.region_ids.filter((id) => id !== one.id) : [...draft.region_ids, one.id] })}
                />
                {one.name}
              </label>
            ))}
          </div>
          {saving.messages.region_ids && (
            <p className="err" id="f-region_ids-error">
              {saving.messages.region_ids}
            </p>
          )}
        </fieldset>
      )}
      <TextArea id="f-header" label={labels.header!} value={draft.header} onChange={(header) => set({ header })} maxLength={400} help={t('place.header_help')} error={saving.messages.header} />
    </PlaceForm>
  );
}
