import { useTranslation } from 'react-i18next';
import type { Party } from '../api/types';
import { useCodes } from '../packs/codes';
import { idOf } from '../records/record_form';
import { useOptions } from '../records/words';
import { Button } from '../ui/button';
import { SelectField, TextField } from '../ui/field';
import { PlaceField } from './place_field';
import { emptyParty } from './queries';

interface Props {
  parties: Party[];
  error: (row: number, part?: string) => string | undefined;
  onChange: (parties: Party[]) => void;
}

/** Who takes part, with the office, the person and how to reach them. */
export function PartyRows({ parties, error, onChange }: Props) {
  const { t } = useTranslation(['discharges', 'records']);
  const codes = useCodes();
  const options = useOptions();
  const put = (at: number, part: Partial<Party>) => onChange(parties.map((one, row) => (row === at ? { ...one, ...part } : one)));
  return (
    <>
      {parties.length === 0 && <p className="note">{t('party.none_yet')}</p>}
      <div className="party-rows">
        {parties.map((party, at) => {
          const id = (part: string) => idOf('parties', at, part);
          const name = codes.label('discharge_role', party.role);
          return (
            <div key={at} role="group" aria-label={name}>
              <div className="party-line">
                <SelectField id={id('role')} label={t('party.role')} error={error(at, 'role')} options={options('discharge_role', party.role)} value={party.role} onChange={(role) => put(at, { role })} />
                <PlaceField
                  id={id('affiliation')}
                  label={t('party.affiliation')}
                  error={error(at, 'affiliation')}
                  value={party.affiliation}
                  onChange={(affiliation, place) => put(at, { affiliation, place_id: place?.id ?? null, ...(place && !party.contact ? { contact: place.phone } : {}) })}
                />
                <TextField id={id('name')} label={t('party.name')} maxLength={100} value={party.name} onChange={(words) => put(at, { name: words })} />
                <TextField id={id('contact')} label={t('party.contact')} maxLength={200} value={party.contact} onChange={(contact) => put(at, { contact })} />
              </div>
              <div className="line-acts">
                <Button small kind="plain" onPress={() => onChange(parties.filter((_, row) => row !== at))}>
                  {t('records:remove_row', { what: [name, party.affiliation].filter(Boolean).join(' ') })}
                </Button>
              </div>
            </div>
          );
        })}
      </div>
      <p className="add-row">
        <Button icon="plus" onPress={() => onChange([...parties, emptyParty(codes.choices('discharge_role').find((one) => !parties.some((party) => party.role === one.code))?.code ?? 'other')])}>
          {t('records:add_row', { what: t('party.one') })}
        </Button>
      </p>
    </>
  );
}
