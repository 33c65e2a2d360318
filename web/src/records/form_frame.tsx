import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../app/keys';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ErrorSummary } from '../ui/error_summary';
import { PageTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { SaveState } from '../ui/save_state';
import { ClashScreen } from './clash_screen';
import type { RecordForm } from './record_form';
import { RestoredNotice } from './restored_notice';
import './records.css';

interface Props<T> {
  title: string;
  crumbs: { to: string; label: string }[];
  number?: string;
  form: RecordForm<T>;
  /** Words on the main button. */
  save: string;
  onCancel: () => void;
  /** A value in words, for the screen that compares two texts. */
  say: (field: keyof T & string, text: T) => ReactNode;
  fieldLabel: (field: string) => string;
  children: ReactNode;
}

/** What stands around every form: title, what is wrong, the way out, and the two texts when somebody else saved first. */
export function FormFrame<T>({ title, crumbs, number, form, save, onCancel, say, fieldLabel, children }: Props<T>) {
  const { t } = useTranslation(['records', 'common']);
  useKeys([{ key: 'Ctrl+Enter', label: save, run: form.submit }]);
  return (
    <form
      className="record-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <PageTitle title={title} crumbs={crumbs} number={number} />
      <RestoredNotice at={form.restoredAt} onDiscard={form.discardRestored} />
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <ProblemNotice error={form.problem} />
      {form.clash && (
        <ClashScreen
          key={form.clash.theirs.version}
          byName={form.clash.theirs.byName}
          at={form.clash.theirs.at}
          theirs={form.clash.theirs.text}
          merged={form.clash.merged}
          fields={form.clash.fields}
          taken={form.clash.taken}
          say={say}
          label={fieldLabel}
          goOn={t('clash.save')}
          onResolve={form.resolve}
        />
      )}
      {/* While two texts are compared nothing else can be written; what was typed stays. */}
      <div hidden={form.clash !== null}>{children}</div>
      <div className="form-bar no-print" hidden={form.clash !== null}>
        {form.saving && <SaveState saving={form.saving} />}
        <Button type="button" onPress={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button kind="primary" type="submit" keys={['Ctrl', 'Enter']}>
          {save}
        </Button>
      </div>
      {form.leaving && <LeavingDialog leaving={form.leaving} />}
    </form>
  );
}

export function LeavingDialog({ leaving }: { leaving: { stay: () => void; go: () => void } }) {
  const { t } = useTranslation('records');
  return (
    <Dialog
      title={t('leaving.title')}
      onClose={leaving.stay}
      actions={
        <>
          <Button kind="danger" onPress={leaving.go}>
            {t('leaving.go')}
          </Button>
          <Button kind="primary" onPress={leaving.stay}>
            {t('leaving.stay')}
          </Button>
        </>
      }
    >
      <p>{t('leaving.what')}</p>
    </Dialog>
  );
}
