import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Place } from '../api/types';
import { useMay } from '../app/session';
import { FreshnessSection } from '../confirmations/freshness_section';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { PageProblem } from '../records/page_problem';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { Skeleton } from '../ui/skeleton';
import { Hours } from './hours';
import { Joined } from './joined';
import { OwnActions } from './own_actions';
import { localFields, placeQuery, useLocalMunicipality, useLocalWords, useMunicipalityName, useSourceName } from './queries';
import '../records/records.css';
import './resources.css';

/** One place with both layers: what the municipality knows above what is published. */
export default function PlacePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(placeQuery(id, useLocalMunicipality()));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} place={data} /> : <Skeleton lines={14} />;
}

function Page({ place }: { place: Place }) {
  const { t } = useTranslation(['resources', 'exchange', 'records', 'common']);
  const may = useMay();
  const codes = useCodes();
  const language = useDateLanguage();
  const municipality = useMunicipalityName();
  const source = useSourceName();
  const names = useNames();
  const whose = useLocalMunicipality();
  const { local } = place;
  const own = place.source === 'own';
  const since = place.services.some((one) => one.since);
  const published = (field: string) => place.fields.find((one) => one.field === field)?.value ?? '';
  const missing = place.services.filter((one) => one.missing_since);
  const dayOf = (day: string | null) => (day ? longDate(day, language) : t('as_of_unknown'));
  return (
    <>
      <PageTitle
        title={place.name}
        crumbs={[{ to: '/resources', label: t('title') }]}
        actions={
          may('resources.write') && !place.joined_to && (
            <ButtonLink kind="primary" to="/resources/$id/edit" params={{ id: place.id }} search={whose ? { municipality: whose } : {}}>
              {t('write_local')}
            </ButtonLink>
          )
        }
      />
      <div className="page-acts no-print">
        {local.version > 0 && (
          <ButtonLink small kind="plain" to="/resources/$id/history" params={{ id: place.id }}>
            {t('records:versions.link')}
          </ButtonLink>
        )}
        <ButtonLink small kind="plain" to="/resources/$id/card" params={{ id: place.id }}>
          {t('card.link')}
        </ButtonLink>
        {place.municipality_id && <OwnActions id={place.id} closed={!!place.closed_on} />}
        {!place.municipality_id && (
          <>
            <a className="btn small plain" href={`/api/places/${place.id}/vcard`} download>
              {t('exchange:card')}
            </a>
            <a className="btn small plain" href={`/api/places/${place.id}/vcard?version=v3`} download>
              {t('exchange:card_older')}
            </a>
          </>
        )}
        <PrintButton />
      </div>
      {place.joined_to && (
        <p className="notice" role="note">
          {t('match.joined_here')} <Link to="/resources/$id" params={{ id: place.joined_to }}>{t('match.joined_link')}</Link>
        </p>
      )}
      {place.closed_on && (
        <p className="notice" role="note">
          {t('own.closed_notice', { day: longDate(place.closed_on, language), reason: place.closed_reason })}
        </p>
      )}
      {missing.map((one) => (
        <p key={one.id} className="notice" role="note">
          {t('missing', { service: codes.label('resource_service', one.service), day: dayOf(one.missing_since) })}
        </p>
      ))}
      <Facts
        facts={[
          { label: t('services'), value: place.services.map((one) => codes.short('resource_service', one.service)).join(t('records:and')), sub: municipality(place.municipality_code) },
          { label: t('public.phone'), value: local.text.phone || published('phone'), sub: local.text.phone ? t('from_local') : t(own ? 'own.from_own' : 'from_public') },
          { label: t('public.fax'), value: local.text.fax || published('fax'), sub: local.text.fax ? t('from_local') : t(own ? 'own.from_own' : 'from_public') },
          { label: t('local.contact'), value: codes.label('resource_contact', local.text.contact) },
          { label: t('local.checked_on'), value: shortDate(local.text.checked_on, language), sub: local.checked_by_name },
        ]}
      />
      <Section id="local" title={t('local_layer')} note={t('local_note', { name: names.region(local.municipality_id) || t('municipality') })}>
        <Local place={place} />
      </Section>
      <FreshnessSection place={place} />
      <Section id="public" title={t(own ? 'own.layer' : 'public_layer')} note={t(own ? 'own.layer_note' : 'public_note')}>
        {place.fields.length === 0 && <p className="note">{t('no_records')}</p>}
        {place.fields.length > 0 && (
          <div className="scroll-x" tabIndex={0} role="region" aria-label={t(own ? 'own.layer' : 'public_layer')}>
            <table className="plain-t layers-t">
              <thead>
                <tr>
                  <th scope="col">{t('item')}</th>
                  <th scope="col">{t('content')}</th>
                  <th scope="col">{t('source_and_day')}</th>
                </tr>
              </thead>
              <tbody>
                {place.fields.map((one) => (
                  <tr key={one.field}>
                    <th scope="row">{t(`public.${one.field}`)}</th>
                    <td className="prose">{one.field === 'corporation' && place.corporate_number ? <Link to="/corporations/$number" params={{ number: place.corporate_number }}>{one.value}</Link> : one.field === 'url' && /^https?:\/\//.test(one.value) ? <a href={one.value} rel="noreferrer" target="_blank">{one.value}</a> : one.value}</td>
                    <td className="sub">
                      {source(one.source)} {dayOf(one.as_of)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      <Section id="services" title={t('services')}>
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('services')}>
          <table className="plain-t">
            <thead>
              <tr>
                <th scope="col">{t('services')}</th>
                <th scope="col" className="r">{t('capacity')}</th>
                {since && <th scope="col">{t('since')}</th>}
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
                  {since && <td className="nw">{one.since ? longDate(one.since, language) : '—'}</td>}
                  <td>{one.open_days.map((day) => t(`day.${day}`)).join(t('day_separator')) || '—'}</td>
                  <td className="prose">{one.days_note || '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      {place.hours.length > 0 && (
        <Section id="hours" title={t('hours')} note={t('hours_note')}>
          <Hours lines={place.hours} />
        </Section>
      )}
      {place.joined.length > 0 && (
        <Section id="joined" title={t('match.joined')} note={t('match.joined_note')}>
          <Joined place={place} />
        </Section>
      )}
      {!own && (
        <Section id="records" title={t('records')} note={t('records_note')}>
          {place.records.length === 0 && <p className="note">{t('no_records')}</p>}
          {place.records.map((record) => (
            <details key={record.id} className="source-record">
              <summary>
                {codes.label('resource_service', record.service)} <span className="sub">{t('file_of', { file: record.file_name, day: dayOf(record.as_of), taken: longDate(inJapan(record.applied_at).date, language) })}</span>
              </summary>
              <dl className="kv">
                {record.cells.filter((cell) => cell.value).map((cell, at) => (
                  <Cell key={at} header={cell.header} value={cell.value} />
                ))}
              </dl>
              <p className="sub">
                {t('empty_columns', { columns: record.cells.filter((cell) => !cell.value).map((cell) => cell.header).join(t('records:and')) || t('common:none') })}
              </p>
              <p className="sub">{record.source.startsWith('mapped:') ? t('credit.mapped', { name: source(record.source) }) : t(`credit.${record.source}`)}</p>
            </details>
          ))}
        </Section>
      )}
    </>
  );
}

function Cell({ header, value }: { header: string; value: string }) {
  return (
    <>
      <dt>{header}</dt>
      <dd className="prose">{value}</dd>
    </>
  );
}

/** What is written, each line with who wrote it and when; the rest is named. */
function Local({ place }: { place: Place }) {
  const { t } = useTranslation(['resources', 'records']);
  const language = useDateLanguage();
  const { say, label } = useLocalWords();
  const { text, marks, version } = place.local;
  if (version === 0) return <p className="note">{t('no_local')}</p>;
  const written = localFields.filter((field) => say(field, text));
  const empty = localFields.filter((field) => !say(field, text));
  return (
    <>
      {written.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('local_layer')}>
          <table className="plain-t layers-t">
            <thead>
              <tr>
                <th scope="col">{t('item')}</th>
                <th scope="col">{t('content')}</th>
                <th scope="col">{t('written')}</th>
              </tr>
            </thead>
            <tbody>
              {written.map((field) => {
                const mark = marks.find((one) => one.field === field);
                return (
                  <tr key={field}>
                    <th scope="row">{label(field)}</th>
                    <td className="prose">{say(field, text)}</td>
                    <td className="sub">{mark && `${longDate(inJapan(mark.at).date, language)} ${mark.by_name}`}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {empty.length > 0 && <p className="note">{t('records:not_written_yet', { what: empty.map(label).join(t('records:and')) })}</p>}
    </>
  );
}
