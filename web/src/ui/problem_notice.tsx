import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, problemOf } from '../api/problem';
import type { FieldProblem } from '../api/types';
import type { FormError } from './error_summary';

/** Words for one field problem: 「4,000字までにしてください」. */
export function fieldMessage(t: TFunction<'problems'>, problem: FieldProblem): string {
  const known = t(`problems:field.${problem.reason}`, { limit: problem.limit, defaultValue: '' });
  return known || t('problems:field.other', { reason: problem.reason });
}

/**
 * Field problems of a refused request, as lines of an error summary.
 * `labels` knows the form: field name → label; `idOf` the id of the input, `f-<field>` by default.
 */
export function formErrors(t: TFunction<'problems'>, fields: readonly FieldProblem[], labels: (field: string) => string | undefined, idOf: (field: string) => string = (field) => `f-${field}`): FormError[] {
  return fields.map((problem) => {
    const field = fieldOf(problem.pointer);
    return { id: idOf(field), label: labels(field) ?? t('the_form'), message: fieldMessage(t, problem) };
  });
}

/** Messages by field, for the `error` of each Field. */
export function messagesByField(t: TFunction<'problems'>, fields: readonly FieldProblem[]): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const problem of fields) messages[fieldOf(problem.pointer)] ??= fieldMessage(t, problem);
  return messages;
}

/** What happened, what to do, and the number to give to the administrator. */
export function ProblemNotice({ error, children }: { error: unknown; children?: ReactNode }) {
  const { t } = useTranslation('problems');
  if (!error) return null;
  const problem = problemOf(error);
  const reason = t(`reason.${problem.reason}.title`, { defaultValue: '' }) ? problem.reason : 'internal';
  return (
    <div className="notice problem" role="alert">
      <h2>{t(`reason.${reason}.title`)}</h2>
      <p className="sm">{t(`reason.${reason}.what`)}</p>
      {problem.request_id && problem.status >= 500 && <p className="sub">{t('request', { id: problem.request_id })}</p>}
      {children && <div className="acts">{children}</div>}
    </div>
  );
}
