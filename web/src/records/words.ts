import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../packs/codes';
import { usePlace } from '../app/place';

/** 課8-07: the server gives the bare number of an issue, the screen puts its word before it. */
export function useNumber(): (kind: string, number: string | null | undefined) => string {
  const { t } = useTranslation('records');
  return useMemo(() => (kind, number) => (!number ? '' : kind === 'issue' && /^\d/.test(number) ? t('issue_number', { number }) : number), [t]);
}

/** Choices of a scheme for a field; a retired code stays where it was chosen. */
export function useOptions(): (scheme: string, chosen?: string | readonly string[] | null) => { value: string; label: string }[] {
  const codes = useCodes();
  return useMemo(
    () => (scheme, chosen) =>
      codes.choices(scheme, { chosen: typeof chosen === 'string' ? [chosen] : (chosen ?? []) }).map((entry) => ({ value: entry.code, label: codes.label(scheme, entry.code) })),
    [codes],
  );
}

/** Where a new record belongs when nobody says otherwise, and the desks it could belong to. */
export function useOwnDesk() {
  const { desk, desks, own } = usePlace();
  const choices = own.length > 0 ? own : desks;
  const first = desk && choices.some((one) => one.id === desk.id) ? desk.id : (choices[0]?.id ?? null);
  return { first, choices };
}

export function yen(amount: number | null | undefined): string {
  return amount === null || amount === undefined ? '' : amount.toLocaleString('en-US');
}
