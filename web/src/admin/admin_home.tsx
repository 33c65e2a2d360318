import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../app/session';
import { usePacks } from '../packs/codes';
import { useDesks, useRegions } from '../regions/regions';
import { Icon } from '../ui/icon';
import { PageTitle, Section } from '../ui/page';
import { AdminTabs, useAdminParts } from './admin_tabs';
import { useOrganizations, useUsers } from './queries';

/** What a new installation needs, in this order, and how far it has come. */
export default function AdminHome() {
  const { t } = useTranslation('admin');
  const may = useMay();
  const parts = useAdminParts();
  return (
    <div className="wide">
      <PageTitle title={t('home.title')} />
      <AdminTabs current="home" />
      {may('places.manage') && may('users.manage') && may('packs.manage') && <FirstSteps />}
      <Section id="parts" title={t('home.parts')}>
        <ul className="admin-parts">
          {parts.map((part) => (
            <li key={part.name}>
              <Link to={part.to}>{t(`part.${part.name}`)}</Link>
              <span className="sub block">{t(`part_what.${part.name}`)}</span>
            </li>
          ))}
          <li>
            <Link to="/settings">{t('common:settings')}</Link>
            <span className="sub block">{t('home.own_what')}</span>
          </li>
        </ul>
      </Section>
    </div>
  );
}

function FirstSteps() {
  const { t } = useTranslation('admin');
  const regions = useRegions();
  const desks = useDesks();
  const packs = usePacks();
  const organizations = useOrganizations().data;
  const users = useUsers().data;
  const working = users?.filter((user) => user.active && user.assignments.some((one) => one.role !== 'administrator')).length ?? 0;
  const steps = [
    { name: 'regions', done: regions.some((one) => one.kind === 'municipality'), count: regions.length, to: '/admin/places', hash: 'regions' },
    { name: 'organization', done: (organizations?.length ?? 0) > 0, count: organizations?.length ?? 0, to: '/admin/places', hash: 'organizations' },
    { name: 'desk', done: desks.length > 0, count: desks.length, to: '/admin/places', hash: 'desks' },
    { name: 'users', done: working > 0, count: working, to: '/admin/users', hash: '' },
    { name: 'packs', done: packs?.items.some((one) => one.chosen) ?? false, count: packs?.items.filter((one) => one.chosen).length ?? 0, to: '/admin/packs', hash: '' },
  ] as const;
  const next = steps.find((step) => !step.done);
  return (
    <Section id="steps" title={t('home.steps')} note={next ? t('home.steps_next', { step: t(`step.${next.name}`) }) : t('home.steps_done')}>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step.name} className={step === next ? 'next' : undefined}>
            <span className={step.done ? 'ok' : 'sub'}>
              <Icon name={step.done ? 'check' : 'none'} /> {step.done ? t('home.done', { count: step.count }) : t('home.not_yet')}
            </span>
            <span>
              <Link to={step.to} hash={step.hash || undefined}>
                {t(`step.${step.name}`)}
              </Link>
              <span className="sub block">{t(`step_what.${step.name}`)}</span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
