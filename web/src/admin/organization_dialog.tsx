import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { useCodes } from '../packs/codes';
import { useKeptFields } from '../records/kept_text';
import { useRegions } from '../regions/regions';
import { Combo } from '../ui/combo';
import { TextField } from '../ui/field';
import { useToast } from '../ui/toast';
import { PlaceForm } from './place_form';
import type { NewOrganization, Organization } from './queries';
import { useSaving } from './saving';

export function OrganizationDialog({ organization, onClose }: { organization: Organization | null; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const queries = useQueryClient();
  const toast = useToast();
  const codes = useCodes();
  const regions = useRegions();
  const kept = useKeptFields<NewOrganization>(`organization:${organization?.id ?? 'new'}`, () => {
    if (!organization) return { name: '', kana: '', kind: '', region_id: null, phone: '', fax: '', corporate_number: '', office_number: '', ended_on: null };
    const { id: _id, ...rest } = organization;
    return rest;
  });
  const { fields: draft, set } = kept;
  const labels: Record<string, string> = {
    name: t('place.name'),
    kana: t('place.kana'),
    kind: t('place.kind'),
    region_id: t('place.region'),
    phone: t('place.phone'),
    fax: t('place.fax'),
    corporate_number: t('place.corporate_number'),
    office_number: t('place.office_number'),
    ended_on: t('place.ended_on'),
  };
  const saving = useSaving((field) => labels[field]);
  const text = (name: 'kana' | 'phone' | 'fax' | 'corporate_number' | 'office_number', digits = false) => (
    <TextField id={`f-${name}`} label={labels[name]!} value={draft[name]} onChange={(value) => set({ [name]: digits ? value.normalize('NFKC') : value })} inputMode={digits ? 'tel' : undefined} error={saving.messages[name]} />
  );
  const save = () =>
    saving.run({ name: draft.name.trim() ? undefined : t('check.write'), kind: draft.kind ? undefined : t('check.choose') }, async () => {
      await ask(organization ? api.PUT('/api/organizations/{id}', { params: { path: { id: organization.id } }, body: draft }) : api.POST('/api/organizations', { body: draft }));
      await queries.invalidateQueries({ queryKey: ['organizations'] });
      kept.forget();
      toast(t('saved'));
      onClose();
    });
  return (
    <PlaceForm title={organization ? t('place.edit_organization', { name: organization.name }) : t('place.new_organization')} draft={kept} saving={saving} onSave={() => void save()} onClose={onClose} ended={organization ? { value: draft.ended_on, onChange: (ended_on) => set({ ended_on }) } : undefined}>
      <TextField id="f-name" label={labels.name!} required value={draft.name} onChange={(name) => set({ name })} error={saving.messages.name} />
      {text('kana')}
      <Combo id="f-kind" label={labels.kind!} required value={draft.kind} onChange={(kind) => set({ kind: kind ?? '' })} options={codes.choices('organization_kind', { chosen: draft.kind ? [draft.kind] : [] }).map((entry) => ({ value: entry.code, label: codes.label('organization_kind', entry.code) }))} error={saving.messages.kind} />
      <Combo id="f-region_id" label={labels.region_id!} value={draft.region_id} onChange={(region_id) => set({ region_id })} options={regions.filter((one) => !one.ended_on).map((one) => ({ value: one.id, label: one.name, detail: t(`region_kind.${one.kind}`) }))} error={saving.messages.region_id} />
      <div className="row2">
        {text('phone', true)}
        {text('fax', true)}
      </div>
      <div className="row2">
        {text('corporate_number', true)}
        {text('office_number', true)}
      </div>
    </PlaceForm>
  );
}
