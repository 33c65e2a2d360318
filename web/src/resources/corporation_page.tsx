import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { useCodes } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { Skeleton } from '../ui/skeleton';
import { useMunicipalityName } from './queries';
import './resources.css';

/** One corporation with the places it runs. */
export default function CorporationPage() {
  const { t } = useTranslation('resources');
  const { number } = useParams({ strict: false }) as { number: string };
  const codes = useCodes();
  const municipality = useMunicipalityName();
  const { data, error } = useQuery({ queryKey: ['places', 'corporation', number], queryFn: () => ask(api.GET('/api/corporations/{number}', { params: { path: { number } } })) });
  if (error) return <PageProblem error={error} />;
  if (!data) return <Skeleton lines={8} />;
  return (
    <>
      <PageTitle
        title={data.name}
        crumbs={[
          { to: '/resources', label: t('title') },
          { to: '/corporations', label: t('corporations.title') },
        ]}
        actions={<PrintButton />}
      />
      <p className="sub">
        {t('public.corporate_number')} <span className="n">{data.number}</span>
      </p>
      <Section id="places" title={t('corporations.runs')}>
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('corporations.runs')}>
          <table className="plain-t">
            <thead>
              <tr>
                <th scope="col">{t('public.name')}</th>
                <th scope="col">{t('services')}</th>
                <th scope="col">{t('municipality')}</th>
                <th scope="col">{t('public.address')}</th>
                <th scope="col">{t('public.phone')}</th>
              </tr>
            </thead>
            <tbody>
              {data.places.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <Link to="/resources/$id" params={{ id: one.id }}>{one.name}</Link>
                  </th>
                  <td>{one.services.map((code) => codes.short('resource_service', code)).join(' · ') || '—'}</td>
                  <td className="nw">{municipality(one.municipality_code)}</td>
                  <td>{one.address}</td>
                  <td className="nw">{one.phone || '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {data.more && <p className="note">{t('corporations.more')}</p>}
      </Section>
    </>
  );
}
