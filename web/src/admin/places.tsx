import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk, Region } from '../api/types';
import { useCodes } from '../packs/codes';
import { useDesks, useNames, useRegions } from '../regions/regions';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
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
import { RowTable } from './row_table';

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

function New({ label, first, onPress }: { label: string; first?: boolean; onPress: () => void }) {
  return (
    <Button small={!first} kind={first ? 'primary' : undefined} icon="plus" onPress={onPress}>
      {label}
    </Button>
  );
}

function Ended({ on }: { on: string | null | undefined }) {
  const { t } = useTranslation('admin');
  const language = useDateLanguage();
  return on ? <span className="sub">{t('place.ended', { day: shortDate(on, language) })}</span> : null;
}

function Digits({ children }: { children: string }) {
  return <span className="n">{children || '—'}</span>;
}

function Regions({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('admin');
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
        <New label={t('place.new_region')} onPress={() => onAsk({ region: null })} />
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
            <New first label={t('place.new_region')} onPress={() => onAsk({ region: null })} />
          }
        >
          {t('place.no_regions')}
        </Empty>
      ) : (
        <RowTable
          tree
          heads={[t('place.name'), t('place.kind'), t('place.code'), t('place.kana')]}
          rows={rows.map(({ region, depth }) => ({
            key: region.id,
            depth,
            name: (
              <>
                <span className="vh">{t('place.level', { level: depth + 1 })}</span>
                <b>{region.name}</b> <Ended on={region.ended_on} />
              </>
            ),
            cells: [t(`region_kind.${region.kind}`), <Digits key="code">{region.code}</Digits>, region.kana],
            deeds: [
              ...(region.kind !== 'outside' && region.kind !== 'block' ? [{ label: t('place.below'), of: region.name, plain: true, onPress: () => onAsk({ region: null, parent: region }) }] : []),
              { label: t('common:edit'), of: region.name, onPress: () => onAsk({ region }) },
            ],
          }))}
        />
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
        <New label={t('place.new_organization')} onPress={() => onAsk({ organization: null })} />
      }
    >
      <ProblemNotice error={list.error} />
      {list.data && list.data.length === 0 && (
        <Empty
          action={
            <New first label={t('place.new_organization')} onPress={() => onAsk({ organization: null })} />
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
          <RowTable
            heads={[t('place.name'), t('place.kind'), t('place.region'), t('place.phone')]}
            rows={shown.map((one) => ({
              key: one.id,
              name: (
                <>
                  <b>{one.name}</b> <Ended on={one.ended_on} />
                </>
              ),
              cells: [codes.label('organization_kind', one.kind), names.region(one.region_id), <Digits key="phone">{one.phone}</Digits>],
              deeds: [{ label: t('common:edit'), of: one.name, onPress: () => onAsk({ organization: one }) }],
            }))}
          />
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
        <New label={t('place.new_desk')} onPress={() => onAsk({ desk: null })} />
      }
    >
      {rows.length === 0 ? (
        <Empty
          action={
            regions.some((region) => region.kind === 'municipality') ? (
              <New first label={t('place.new_desk')} onPress={() => onAsk({ desk: null })} />
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
        <RowTable
          heads={[t('place.name'), t('place.kind'), t('region_kind.municipality'), t('place.serves'), t('place.phone')]}
          rows={rows.map((desk) => ({
            key: desk.id,
            depth: desk.parent_id ? 1 : 0,
            name: (
              <>
                <b>{desk.name}</b>
                {desk.parent_id && <span className="sub block">{t('place.belongs_to', { desk: names.desk(desk.parent_id) })}</span>} <Ended on={desk.ended_on} />
              </>
            ),
            cells: [t(`desk_kind.${desk.kind}`), names.region(desk.municipality_id), desk.region_ids.map(names.region).join(t('common:list_and')) || t('place.serves_all'), <Digits key="phone">{desk.phone}</Digits>],
            deeds: [{ label: t('common:edit'), of: desk.name, onPress: () => onAsk({ desk }) }],
          }))}
        />
      )}
    </Section>
  );
}
