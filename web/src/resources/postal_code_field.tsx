import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { PostalTown, PostalTowns } from '../api/types';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';

/** Seven digits however they are written: full width, with a hyphen or the postal sign. */
export function sevenDigits(written: string): string | undefined {
  const digits = written.normalize('NFKC').replace(/[^0-9]/g, '');
  return digits.length === 7 ? digits : undefined;
}

/** A postal code that fills an address. It is kept nowhere: the address is what counts. */
export function PostalCodeField({ onChoose }: { onChoose: (town: PostalTown) => void }) {
  const { t } = useTranslation('resources');
  const [written, setWritten] = useState('');
  const code = sevenDigits(written);
  const { data, isFetching } = useQuery({
    queryKey: ['postal-code', code],
    queryFn: () => ask(api.GET('/api/localities/towns', { params: { query: { code: code ?? '' } } })) as Promise<PostalTowns>,
    enabled: code !== undefined,
    staleTime: Infinity,
  });
  const found = code === undefined ? undefined : data?.items;
  return (
    <div>
      <TextField id="postal-code" label={t('postal.label')} help={t('postal.help')} inputMode="numeric" maxLength={10} value={written} onChange={setWritten} />
      {isFetching && <p role="status">{t('postal.looking')}</p>}
      {found && found.length === 0 && <p role="status" className="sub">{t('postal.none')}</p>}
      {found && found.length > 0 && (
        <p role="status" className="acts-line">
          {found.map((one) => (
            <Button key={one.municipality_code + one.town} small onPress={() => onChoose(one)}>
              {t('postal.take', { address: one.prefecture + one.municipality + one.town })}
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}
