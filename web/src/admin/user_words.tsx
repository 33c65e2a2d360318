import { useTranslation } from 'react-i18next';
import type { Assignment, User } from '../api/types';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { Icon, type IconName } from '../ui/icon';
import { inJapan, shortDate, today } from '../ui/japanese_date';

export type UserState = 'left' | 'locked' | 'first_password' | 'no_role' | 'working';

export function userState(user: User): UserState {
  if (!user.active) return 'left';
  if (user.locked_until && user.locked_until > new Date().toISOString()) return 'locked';
  if (!user.assignments.some((one) => inForce(one))) return 'no_role';
  return user.must_change_password ? 'first_password' : 'working';
}

export function inForce(one: Assignment, on = today()): boolean {
  return one.from_on <= on && (!one.until_on || on <= one.until_on);
}

const symbols: Record<UserState, IconName> = { left: 'stopped', locked: 'lock', first_password: 'quarter', no_role: 'draft', working: 'full' };

export function UserStateChip({ user, plain = false }: { user: User; plain?: boolean }) {
  const { t } = useTranslation('admin');
  const state = userState(user);
  return (
    <span className={plain ? 'st' : 'st chip'}>
      <Icon name={symbols[state]} />
      {t(`user_state.${state}`)}
    </span>
  );
}

/** コーディネーター(中央ステーション) */
export function useRoleWords(): (one: Pick<Assignment, 'role' | 'desk_id' | 'region_id'>) => string {
  const { t } = useTranslation('admin');
  const names = useNames();
  return (one) => {
    const place = names.desk(one.desk_id) || names.region(one.region_id);
    return place ? t('role_at', { role: t(`role.${one.role}`), place }) : t(`role.${one.role}`);
  };
}

export function useMoment(): (instant: string | null | undefined) => string {
  const language = useDateLanguage();
  return (instant) => {
    if (!instant) return '';
    const { date, time } = inJapan(instant);
    return `${shortDate(date, language)} ${time}`;
  };
}
