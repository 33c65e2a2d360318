// Words of the audit. A name the browser does not know yet is shown as it is.
import { useTranslation } from 'react-i18next';
import { useCodes } from '../packs/codes';
import type { AuditEntry } from './queries';

export const actions = [
  'read_person', 'read', 'search', 'similar', 'create', 'change', 'state', 'correct', 'undo_finalisation', 'anonymise', 'change_person', 'share', 'delete', 'export', 'print', 'evidence', 'note', 'feedback', 'agenda', 'progress', 'series', 'choose', 'assign', 'end_assignment', 'activate', 'deactivate',
  'reset_password', 'unlock', 'reset_totp', 'sign_in', 'sign_out', 'sign_in_failed', 'change_password', 'change_password_failed', 'totp_begun', 'totp_enabled', 'totp_ended', 'totp_end_failed', 'continue_numbering', 'restore', 'import', 'undo_import', 'take_up', 'follow_up', 'withdraw', 'put_back', 'erase', 'hide', 'show', 'stage', 'apply', 'undo', 'remove', 'issue', 'open', 'answer', 'answer_failed', 'publish', 'unpublish', 'match', 'load', 'ended', 'cancelled', 'taken_up', 'readmitted', 'readmission_cancelled',
] as const;

export const subjectKinds = ['backup', 'consultation', 'activity', 'attachment', 'register', 'issue', 'meeting', 'body', 'task', 'measure', 'indicator', 'evaluation', 'month_table', 'matrix', 'user', 'sign_in_rules', 'region', 'organization', 'desk', 'packs', 'scheme', 'phrase', 'import', 'import_mapping', 'term', 'place', 'official_import', 'map', 'public_directory', 'match', 'referral', 'answer_page', 'gap', 'official_mapping', 'place_match', 'discharge', 'discharge_form', 'discharge_figures', 'holidays', 'localities', 'confirmation', 'survey_round', 'vacancy'] as const;

/** Details that are one word of the server. */
export const detailWords = ['history', 'activities', 'attachments', 'anonymisation', 'anonymised', 'referral', 'referral refused', 'asked', 'undone', 'declined', 'withdrawn', 'download', 'preview'] as const;

/** What stands in a detail, taken apart: `place` writes `local version=3`, a desk's import `consultations=13 R6-0001..R6-0013`, a list of the country `KEN_ALL.CSV +2 ~0 -1`. */
export function partsOf(detail: string) {
  const official = /^(\S+) (\w+) \+(\d+) ~(\d+) -(\d+)$/.exec(detail);
  const list = !official && /^(.+) \+(\d+) ~(\d+) -(\d+)$/.exec(detail);
  const taken = /^consultations=(\d+)((?: \S+\.\.\S+)*)$/.exec(detail);
  return {
    word: detailWords.find((word) => word === detail),
    version: /^(?:[a-z_]+ )?version[= ](\d+)$/.exec(detail)?.[1],
    official: official && { service: official[2]!, added: official[3]!, changed: official[4]!, missing: official[5]! },
    list: list ? { file: list[1]!, added: list[2]!, changed: list[3]!, missing: list[4]! } : null,
    matched: /^proposed=(\d+) joined=(\d+)$/.exec(detail),
    taken: taken && { count: Number(taken[1]), numbers: taken[2]!.trim() },
  };
}

export function useAuditWords() {
  const { t, i18n } = useTranslation(['admin', 'common']);
  const codes = useCodes();
  const known = (list: readonly string[], name: string) => list.includes(name);
  const subjectKind = (name: string) => (known(subjectKinds, name) ? t(`admin:audit_kind.${name}`) : name);
  const last = (id: string) => id.slice(-8);
  const state = (kind: string, name: string) => (i18n.exists(`common:state.${kind}.${name}`) ? t(`common:state.${kind}.${name}`) : name);
  return {
    action: (name: string) => (known(actions, name) ? t(`admin:audit_action.${name}`) : name),
    subjectKind,
    detail: (entry: AuditEntry) => {
      const { detail } = entry;
      const { word, version, official, list, matched, taken } = partsOf(detail);
      if (list) {
        const { file, ...numbers } = list;
        return t('admin:audit.official', { ...numbers, service: file });
      }
      if (entry.action === 'read_person' || entry.action === 'print') return t('admin:audit.reason', { reason: word === 'anonymisation' || word === 'referral' || word === 'referral refused' ? t(`admin:audit_detail.${word}`) : detail });
      if (entry.action === 'search' || entry.action === 'similar') return t('admin:audit.searched', { count: detail.split(' ').length });
      if (version) return t('admin:audit.version', { version });
      if (official) return t('admin:audit.official', { ...official, service: codes.label('resource_service', official.service) });
      if (matched) return t('admin:audit.matched', { proposed: matched[1], joined: matched[2] });
      if (taken) return [t('admin:audit.searched', { count: taken.count }), taken.numbers].filter(Boolean).join(' ');
      if (word && entry.action !== 'state') return t(`admin:audit_detail.${word}`);
      const step = /^([a-z_]+)>([a-z_]+)$/.exec(detail);
      if (step) return t('admin:audit.step', { from: state(entry.subject_kind, step[1]!), to: state(entry.subject_kind, step[2]!) });
      if (entry.action === 'state') return state(entry.subject_kind, detail);
      const [, name = '', value = ''] = /^([a-z]+)=(.*)$/.exec(detail) ?? [];
      if (name === 'number') return value;
      if (name === 'percent') return `${value}%`;
      if (name === 'put' || name === 'remove') return t(`admin:audit.evidence_${name}`, { id: last(value) });
      if (entry.action === 'agenda' && name) return [subjectKind(name), last(value)].join(' ');
      if (['consultation', 'activity', 'match', 'referral', 'place'].includes(name)) return [subjectKind(name), last(value)].join(' ');
      const numbering = /^(\d{4}) (\d+)$/.exec(detail);
      if (entry.action === 'continue_numbering' && numbering) return t('admin:audit.numbering', { year: numbering[1], number: numbering[2] });
      return detail;
    },
  };
}
