import { useTranslation } from 'react-i18next';
import { PageTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';

/** In place of a record that could not be read. */
export function PageProblem({ error }: { error: unknown }) {
  const { t } = useTranslation('records');
  return (
    <div className="narrow">
      <PageTitle title={t('loading_failed')} />
      <ProblemNotice error={error} />
    </div>
  );
}
