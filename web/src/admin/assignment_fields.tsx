import { useTranslation } from 'react-i18next';
import type { Role } from '../api/types';
import { useDesks, useRegions } from '../regions/regions';
import { Combo } from '../ui/combo';
import { DateField } from '../ui/date_field';
import { SelectField } from '../ui/field';
import { today } from '../ui/japanese_date';
import { placeOf, roles, type NewAssignment } from './queries';

export interface AssignmentDraft {
  role: Role | '';
  desk_id: string | null;
  region_id: string | null;
  from_on: string | null;
  until_on: string | null;
}

export const emptyAssignment = (): AssignmentDraft => ({ role: '', desk_id: null, region_id: null, from_on: today(), until_on: null });

export function useAssignmentChecks(): (draft: AssignmentDraft) => Record<string, string | undefined> {
  const { t } = useTranslation('admin');
  return (draft) => {
    const place = draft.role ? placeOf(draft.role) : null;
    return {
      role: draft.role ? undefined : t('check.choose'),
      desk_id: place === 'desk' && !draft.desk_id ? t('check.choose') : undefined,
      region_id: place && place !== 'desk' && !draft.region_id ? t('check.choose') : undefined,
      until_on: draft.until_on && draft.from_on && draft.until_on < draft.from_on ? t('check.order') : undefined,
    };
  };
}

/** Only the place that goes with the role is sent. */
export function assignmentOf(draft: AssignmentDraft): NewAssignment {
  const role = draft.role as Role;
  const place = placeOf(role);
  return { role, desk_id: place === 'desk' ? draft.desk_id : null, region_id: place && place !== 'desk' ? draft.region_id : null, from_on: draft.from_on, until_on: draft.until_on };
}

/** A role, the place that belongs to it, and for how long. */
export function AssignmentFields({ value, onChange, messages }: { value: AssignmentDraft; onChange: (value: AssignmentDraft) => void; messages: Record<string, string | undefined> }) {
  const { t } = useTranslation('admin');
  const desks = useDesks();
  const regions = useRegions();
  const place = value.role ? placeOf(value.role) : null;
  const set = (part: Partial<AssignmentDraft>) => onChange({ ...value, ...part });
  return (
    <>
      <SelectField id="f-role" label={t('user.role')} required value={value.role} onChange={(role) => set({ role: role as Role, region_id: null })} none={t('check.choose_one')} options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} help={value.role ? t(`role_what.${value.role}`) : undefined} error={messages.role} />
      {place === 'desk' && (
        <Combo id="f-desk_id" label={t('common:desk')} required value={value.desk_id} onChange={(desk_id) => set({ desk_id })} options={desks.filter((one) => !one.ended_on || one.ended_on > today()).map((one) => ({ value: one.id, label: one.name }))} help={desks.length === 0 ? t('user.no_desk_yet') : undefined} error={messages.desk_id} />
      )}
      {(place === 'municipality' || place === 'prefecture') && (
        <Combo id="f-region_id" label={t(`region_kind.${place}`)} required value={value.region_id} onChange={(region_id) => set({ region_id })} options={regions.filter((one) => one.kind === place && !one.ended_on).map((one) => ({ value: one.id, label: one.name }))} error={messages.region_id} />
      )}
      <div className="row2">
        <DateField id="f-from_on" label={t('user.from_on')} value={value.from_on} onChange={(from_on) => set({ from_on })} lean="future" error={messages.from_on} />
        <DateField id="f-until_on" label={t('user.until_on')} value={value.until_on} onChange={(until_on) => set({ until_on })} lean="future" help={t('user.until_help')} error={messages.until_on} />
      </div>
    </>
  );
}
