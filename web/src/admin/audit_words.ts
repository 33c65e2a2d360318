// Words of the audit. A name the browser does not know yet is shown as it is.
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from './queries';

export const actions = [
  'read_person', 'read', 'create', 'change', 'state', 'correct', 'change_person', 'share', 'delete', 'export', 'evidence', 'note', 'feedback', 'agenda', 'progress', 'series', 'choose', 'assign', 'end_assignment', 'activate', 'deactivate',
  'reset_password', 'unlock', 'reset_totp', 'sign_in', 'sign_out', 'sign_in_failed', 'change_password', 'change_password_failed', 'totp_begun', 'totp_enabled', 'totp_ended', 'totp_end_failed', 'continue_numbering',
] as const;

export const subjectKinds = ['consultation', 'issue', 'meeting', 'body', 'task', 'measure', 'indicator', 'evaluation', 'month_table', 'matrix', 'user', 'sign_in_rules', 'region', 'organization', 'desk', 'packs', 'scheme'] as const;

export function useAuditWords() {
  const { t } = useTranslation('admin');
  const known = (list: readonly string[], name: string) => list.includes(name);
  return {
    action: (name: string) => (known(actions, name) ? t(`audit_action.${name}`) : name),
    subjectKind: (name: string) => (known(subjectKinds, name) ? t(`audit_kind.${name}`) : name),
    detail: (entry: AuditEntry) => {
      const { detail } = entry;
      if (entry.action === 'read_person') return t('audit.reason', { reason: detail });
      const version = /^version=(\d+)$/.exec(detail)?.[1];
      return version ? t('audit.version', { version }) : detail;
    },
  };
}
