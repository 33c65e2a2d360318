import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../packs/codes';
import { useCodedRegions, useHome } from '../resources/queries';
import { SelectField } from '../ui/field';
import { MultiSelect } from '../ui/multi_select';
import { ButtonLink } from '../ui/button_link';
import { PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { addressOf, files, type FileGroup } from './files';
import './exchange.css';

/** ほかのシステムへ渡す: what of the directory can be had as a file, and what each is for. */
export default function ExchangePage() {
  const { t } = useTranslation(['exchange', 'resources', 'common']);
  const codes = useCodes();
  const regions = useCodedRegions();
  const home = useHome();
  const [chosen, setChosen] = useState<string | null>(null);
  const [services, setServices] = useState<string[]>([]);
  const municipality = chosen ?? home?.code ?? '';
  const kinds = useMemo(() => codes.choices('resource_service').map((one) => ({ value: one.code, label: codes.label('resource_service', one.code) })), [codes]);
  const group = (name: FileGroup) => (
    <ul className="plain-list exchange-files">
      {files.filter((one) => one.group === name).map((one) => (
        <li key={one.name}>
          <div>
            <b>{t(`file.${one.name}.title`)}</b>
            <p className="sub">{t(`file.${one.name}.what`)}</p>
          </div>
          <a className="btn" href={addressOf(one.path, municipality, services)} download aria-label={t('download_of', { name: t(`file.${one.name}.title`) })}>
            {t('download')}
          </a>
        </li>
      ))}
    </ul>
  );
  return (
    <div className="wide">
      <PageTitle crumbs={[{ to: '/resources', label: t('resources:title') }]} title={t('title')} actions={<><PrintButton /><ButtonLink to="/credits">{t('credits.title')}</ButtonLink></>} />
      <p className="sub">{t('what')}</p>
      <p className="sub">{t('not_in')}</p>
      <Section id="which" title={t('which')}>
        <div className="row2">
          <SelectField
            id="f-municipality"
            label={t('resources:municipality')}
            value={municipality}
            onChange={setChosen}
            none={t('resources:filter.everywhere')}
            options={regions.map((one) => ({ value: one.code, label: one.name }))}
          />
          <MultiSelect id="f-service" label={t('resources:services')} help={t('services_help')} value={services} onChange={setServices} options={kinds} />
        </div>
      </Section>
      <Section id="people" title={t('for_people')}>
        {group('people')}
        <p className="sub">
          {t('card_where')} <Link to="/resources">{t('resources:title')}</Link>
        </p>
      </Section>
      <Section id="systems" title={t('for_systems')}>
        {group('systems')}
      </Section>
      <Section id="addresses" title={t('addresses')} note={t('addresses_note')}>
        <dl className="kv">
          <dt>FHIR R4</dt>
          <dd>
            <code>{`${window.location.origin}/fhir/R4`}</code> <a href="/fhir/R4/metadata">metadata</a>
            <p className="sub">{t('fhir_what')}</p>
          </dd>
          <dt>HSDS 3.0</dt>
          <dd>
            <code>{`${window.location.origin}/hsds/`}</code> <a href="/hsds/services">services</a>
            <p className="sub">{t('hsds_what')}</p>
          </dd>
        </dl>
      </Section>
      <p className="sub">{t('credit_it')}</p>
    </div>
  );
}
