import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { useToast } from '../ui/toast';

interface Props {
  /** What was loaded, as a person knows it. */
  file: string;
  onTakeBack: () => Promise<void>;
  onProblem: (problem: unknown) => void;
}

/** The last loading of a list is taken back, after a question. */
export function TakeBack({ file, onTakeBack, onProblem }: Props) {
  const { t } = useTranslation(['admin', 'common']);
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const run = async () => {
    setAsking(false);
    onProblem(null);
    try {
      await onTakeBack();
      toast(t('admin:take_back.done'));
    } catch (problem) {
      onProblem(problem);
    }
  };
  return (
    <>
      <Button small kind="plain" onPress={() => setAsking(true)}>
        {t('admin:take_back.button')}
        <span className="vh"> {file}</span>
      </Button>
      {asking && (
        <Dialog
          title={t('admin:take_back.title')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onPress={() => setAsking(false)}>{t('common:cancel')}</Button>
              <Button kind="danger" onPress={() => void run()}>
                {t('admin:take_back.button')}
              </Button>
            </>
          }
        >
          <p>{t('admin:take_back.what', { file })}</p>
        </Dialog>
      )}
    </>
  );
}
