import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Place } from '../api/types';
import { useSession } from '../app/session';
import { useCodes } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { useNames, useNamesOnPaper } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';
import { useTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { Skeleton } from '../ui/skeleton';
import { localFields, placeQuery, useLocalMunicipality, useLocalWords, useMunicipalityName } from './queries';
import './resources.css';

/** One place on one sheet of A4: how to reach it, what it takes on, what it offers. */
export default function PlaceCard() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(placeQuery(id, useLocalMunicipality()));
  const names = useNamesOnPaper();
  if (error ?? names.error) return <PageProblem error={error ?? names.error} />;
  return data && names.ready ? <Card place={data} /> : <Skeleton lines={14} />;
}

function Card({ place }: { place: Place }) {
  const { t } = useTranslation(['resources', 'common', 'records']);
  const { session } = useSession();
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const municipality = useMunicipalityName();
  const { say, label } = useLocalWords();
  useTitle(place.name);
  const { text } = place.local;
  const published = (field: string) => place.fields.find((one) => one.field === field)?.value ?? '';
  const of = (mine: string, field: string) => mine || published(field) || '—';
  const written = localFields.filter((field) => !['phone', 'fax', 'mail', 'contact', 'checked_on'].includes(field) && say(field, text));
  const sources = [...new Set(place.fields.map((one) => one.source))];
  return (
    <main id="main" className="place-card">
      <p className="no-print page-acts">
        <Link to="/resources/$id" params={{ id: place.id }}>
          {t('card.back')}
        </Link>
        <PrintButton />
      </p>
      {session.demonstration && <p className="b">{t('common:demonstration')}</p>}
      <p className="sub">{published('kana')}</p>
      <h1>{place.name}</h1>
      <p>{place.services.map((one) => codes.label('resource_service', one.service)).join(t('records:and'))}</p>
      <table className="plain-t layers-t">
        <tbody>
          {(
            [
              [t('public.address'), [published('address'), published('building')].filter(Boolean).join(' ') || municipality(place.municipality_code)],
              [t('public.phone'), of(text.phone, 'phone')],
              [t('public.fax'), of(text.fax, 'fax')],
              [t('local.mail'), text.mail],
              [t('local.contact'), codes.label('resource_contact', text.contact)],
              [t('public.url'), published('url')],
              [t('public.corporation'), published('corporation')],
            ] as [string, string][]
          )
            .filter(([, value]) => value)
            .map(([head, value]) => (
              <tr key={head}>
                <th scope="row">{head}</th>
                <td className="prose">{value}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <h2>
        {t('local_layer')} <span className="sub">{names.region(place.local.municipality_id)}</span>
      </h2>
      {written.length === 0 && <p className="note">{t('card.nothing_local')}</p>}
      {written.length > 0 && (
        <table className="plain-t layers-t">
          <tbody>
            {written.map((field) => (
              <tr key={field}>
                <th scope="row">{label(field)}</th>
                <td className="prose">{say(field, text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2>{t('services')}</h2>
      <table className="plain-t">
        <thead>
          <tr>
            <th scope="col">{t('services')}</th>
            <th scope="col" className="r">{t('capacity')}</th>
            <th scope="col">{t('open_days')}</th>
            <th scope="col">{t('days_note')}</th>
          </tr>
        </thead>
        <tbody>
          {place.services.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {codes.label('resource_service', one.service)} {one.missing_since && <span className="mark-check">{t('to_check')}</span>}
              </th>
              <td className="r n">{one.capacity ?? '—'}</td>
              <td>{one.open_days.map((day) => t(`day.${day}`)).join(t('day_separator')) || '—'}</td>
              <td className="prose">{one.days_note || '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note">
        {t('card.checked', { day: text.checked_on ? longDate(text.checked_on, language) : t('card.never'), name: place.local.checked_by_name })}
      </p>
      {sources.map((one) => (
        <p key={one} className="note">
          {t(`credit.${one}`, { defaultValue: '' })}
        </p>
      ))}
    </main>
  );
}
