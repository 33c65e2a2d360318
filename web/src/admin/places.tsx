import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk, Region } from '../api/types';
import { useCodes } from '../packs/codes';
import { useDesks, useNames, useRegions } from '../regions/regions';
import { Button, ButtonLink } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { TextField } from '../ui/field';
import { shortDate, today } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { AdminTabs } from './admin_tabs';
import { DeskDialog } from './desk_dialog';
import { OrganizationDialog } from './organization_dialog';
import { useOrganizations, type Organization } from './queries';
import { RegionDialog } from './region_dialog';

const mostShown = 30;

type Asked = { region: Region | null; parent?: Region } | { organization: Organization | null } | { desk: Desk | null };

/** Regions, organizations, desks: made in this order. */
export default function Places() {
  const { t } = useTranslation('admin');
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <div className="wide">
      <PageTitle title={t('part.places')} />
      <AdminTabs current="places" />
      <p className="note mb-4">
        <a href="#regions">{t('place.regions')}</a> → <a href="#organizations">{t('place.organizations')}</a> → <a href="#desks">{t('place.desks')}</a> {t('place.order')}
      </p>
      <Regions onAsk={setAsked} />
      <Organizations onAsk={setAsked} />
      <Desks onAsk={setAsked} />
      {asked && 'region' in asked && <RegionDialog region={asked.region} parent={asked.parent} onClose={close} />}
      {asked && 'organization' in asked && <OrganizationDialog organization={asked.organization} onClose={close} />}
      {asked && 'desk' in asked && <DeskDialog desk={asked.desk} onClose={close} />}
    </div>
  );
}

export interface TreeRow {
  region: Region;
  depth: number;
}

/** Regions in the order of the tree. */
export function treeOf(regions: readonly Region[]): TreeRow[] {
  const known = new Set(regions.map((region) => region.id));
  const below = new Map<string, Region[]>();
  for (const region of regions) {
    const parent = region.parent_id && known.has(region.parent_id) ? region.parent_id : '';
    below.set(parent, [...(below.get(parent) ?? []), region]);
  }
  const walk = (parent: string, depth: number): TreeRow[] =>
    (below.get(parent) ?? []).sort((one, other) => one.position - other.position).flatMap((region) => [{ region, depth }, ...walk(region.id, depth + 1)]);
  return walk('', 0);
}

function Regions({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('admin');
  const language = useDateLanguage();
  const regions = useRegions();
  const [ended, setEnded] = useState(false);
  const rows = treeOf(regions.filter((region) => ended || !region.ended_on || region.ended_on > today()));
  const some = regions.some((region) => region.ended_on && region.ended_on <= today());
  return (
    <Section
      id="regions"
      title={t('place.regions')}
      note={t('place.regions_what')}
      more={
        <Button small icon="plus" onPress={() => onAsk({ region: null })}>
          {t('place.new_region')}
        </Button>
      }
    >
      {some && (
        <label className="opt inline">
          <input type="checkbox" checked={ended} onChange={() => setEnded(!ended)} />
          {t('place.show_ended')}
        </label>
      )}
      {rows.length === 0 ? (
        <Empty
          action={
            <Button kind="primary" icon="plus" onPress={() => onAsk({ region: null })}>
              {t('place.new_region')}
            </Button>
          }
        >
          {t('place.no_regions')}
        </Empty>
      ) : (
        <table className="plain-t rows-t tree">
          <thead>
            <tr>
              <th scope="col">{t('place.name')}</th>
              <th scope="col">{t('place.kind')}</th>
              <th scope="col">{t('place.code')}</th>
              <th scope="col">{t('place.kana')}</th>
              <th scope="col">
                <span className="vh">{t('deed')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ region, depth }) => (
              <tr key={region.id}>
                <th scope="row" className={`depth-${Math.min(depth, 5)}`}>
                  <span className="vh">{t('place.level', { level: depth + 1 })}</span>
                  <b>{region.name}</b>
                  {region.ended_on && <span className="sub"> {t('place.ended', { day: shortDate(region.ended_on, language) })}</span>}
                </th>
                <td>{t(`region_kind.${region.kind}`)}</td>
                <td className="n">{region.code || '—'}</td>
                <td>{region.kana || '—'}</td>
                <td className="r">
                  <span className="row-acts">
                    {region.kind !== 'outside' && region.kind !== 'block' && (
                      <Button small kind="plain" onPress={() => onAsk({ region: null, parent: region })}>
                        {t('place.below')}
                        <span className="vh"> {region.name}</span>
                      </Button>
                    )}
                    <Button small onPress={() => onAsk({ region })}>
                      {t('common:edit')}
                      <span className="vh"> {region.name}</span>
                    </Button>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function Organizations({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('admin');
  const codes = useCodes();
  const names = useNames();
  const list = useOrganizations();
  const [words, setWords] = useState('');
  const [all, setAll] = useState(false);
  const hits = (list.data ?? [])
    .filter((one) => [one.name, one.kana, codes.label('organization_kind', one.kind), names.region(one.region_id)].join(' ').normalize('NFKC').includes(words.normalize('NFKC').trim()))
    .sort((one, other) => codes.number('organization_kind', one.kind) - codes.number('organization_kind', other.kind) || (one.kana || one.name).localeCompare(other.kana || other.name, 'ja'));
  const shown = all ? hits : hits.slice(0, mostShown);
  return (
    <Section
      id="organizations"
      title={t('place.organizations')}
      note={t('place.organizations_what')}
      more={
        <Button small icon="plus" onPress={() => onAsk({ organization: null })}>
          {t('place.new_organization')}
        </Button>
      }
    >
      <ProblemNotice error={list.error} />
      {list.data && list.data.length === 0 && (
        <Empty
          action={
            <Button kind="primary" icon="plus" onPress={() => onAsk({ organization: null })}>
              {t('place.new_organization')}
            </Button>
          }
        >
          {t('place.no_organizations')}
        </Empty>
      )}
      {list.data && list.data.length > 0 && (
        <>
          <div className="filters">
            <TextField label={t('place.find_organization')} type="search" value={words} onChange={setWords} />
            <p className="sm" role="status">
              {t('place.hits', { count: hits.length })}
            </p>
          </div>
          <table className="plain-t rows-t">
            <thead>
              <tr>
                <th scope="col">{t('place.name')}</th>
                <th scope="col">{t('place.kind')}</th>
                <th scope="col">{t('place.region')}</th>
                <th scope="col">{t('place.phone')}</th>
                <th scope="col">
                  <span className="vh">{t('deed')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <b>{one.name}</b>
                    {one.ended_on && <span className="sub"> {t('place.ended', { day: one.ended_on })}</span>}
                  </th>
                  <td>{codes.label('organization_kind', one.kind)}</td>
                  <td>{names.region(one.region_id) || '—'}</td>
                  <td className="n">{one.phone || '—'}</td>
                  <td className="r">
                    <Button small onPress={() => onAsk({ organization: one })}>
                      {t('common:edit')}
                      <span className="vh"> {one.name}</span>
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {hits.length > mostShown && (
            <p className="mt-2">
              <Button small onPress={() => setAll(!all)}>
                {all ? t('place.fewer') : t('place.all', { count: hits.length })}
              </Button>
            </p>
          )}
        </>
      )}
    </Section>
  );
}

function Desks({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('admin');
  const names = useNames();
  const desks = useDesks();
  const regions = useRegions();
  // A station stands right below its centre.
  const rows = desks.filter((desk) => !desk.parent_id || !desks.some((one) => one.id === desk.parent_id)).flatMap((desk) => [desk, ...desks.filter((one) => one.parent_id === desk.id)]);
  return (
    <Section
      id="desks"
      title={t('place.desks')}
      note={t('place.desks_what')}
      more={
        <Button small icon="plus" onPress={() => onAsk({ desk: null })}>
          {t('place.new_desk')}
        </Button>
      }
    >
      {rows.length === 0 ? (
        <Empty
          action={
            regions.some((region) => region.kind === 'municipality') ? (
              <Button kind="primary" icon="plus" onPress={() => onAsk({ desk: null })}>
                {t('place.new_desk')}
              </Button>
            ) : (
              <ButtonLink to="/admin/places" hash="regions">
                {t('place.regions_first')}
              </ButtonLink>
            )
          }
        >
          {t('place.no_desks')}
        </Empty>
      ) : (
        <table className="plain-t rows-t">
          <thead>
            <tr>
              <th scope="col">{t('place.name')}</th>
              <th scope="col">{t('place.kind')}</th>
              <th scope="col">{t('region_kind.municipality')}</th>
              <th scope="col">{t('place.serves')}</th>
              <th scope="col">{t('place.phone')}</th>
              <th scope="col">
                <span className="vh">{t('deed')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((desk) => (
              <tr key={desk.id}>
                <th scope="row" className={desk.parent_id ? 'depth-1' : undefined}>
                  <b>{desk.name}</b>
                  {desk.parent_id && <span className="sub block">{t('place.belongs_to', { desk: names.desk(desk.parent_id) })}</span>}
                  {desk.ended_on && <span className="sub"> {t('place.ended', { day: desk.ended_on })}</span>}
                </th>
                <td>{t(`desk_kind.${desk.kind}`)}</td>
                <td>{names.region(desk.municipality_id)}</td>
                <td>{desk.region_ids.map(names.region).join(t('common:list_and')) || t('place.serves_all')}</td>
                <td className="n">{desk.phone || '—'}</td>
                <td className="r">
                  <Button small onPress={() => onAsk({ desk })}>
                    {t('common:edit')}
                    <span className="vh"> {desk.name}</span>
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
