import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { ConsultationSheet, Suggestion, Suggestions as Answer } from '../api/types';
import { useKeys } from '../app/keys';
import { useCodes } from '../packs/codes';
import { Button } from '../ui/button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { RailSection } from './rail_section';
import type { SheetField } from './sheet';
import { accepted, nameOf, openSuggestions } from './suggested';
import { usePaused } from './use_paused';

const pause = 400;
/** While the server reads the past sheets, so often is it asked again. */
const learningPause = 3000;

interface Props {
  sheet: ConsultationSheet;
  change: (patch: Partial<ConsultationSheet>) => void;
  has: (field: SheetField) => boolean;
  ownId: string | null;
  deskId: string | null;
  /** Within the sheet, at the fields they would fill: nothing while there is none, then one line that opens. */
  folds?: boolean;
}

/** Codes that the typed texts speak for, with the words that led to each. One key accepts the first, one refuses it. */
export function SuggestionList({ sheet, change, has, ownId, deskId, folds = false }: Props) {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const [refused, refuse] = useRefused(ownId);
  const [said, setSaid] = useState('');
  const texts = usePaused({ desk_id: deskId, received_on: sheet.received_on, subject: sheet.subject, request: sheet.request, background: sheet.background, illness: sheet.illness }, pause);
  const typed = [texts.subject, texts.request, texts.background, texts.illness].some((text) => text.trim().length > 1);
  const { data, error, isPending } = useQuery({
    queryKey: ['suggestions', texts],
    queryFn: (): Promise<Answer> => ask(api.POST('/api/suggestions', { body: texts })),
    enabled: typed && deskId !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    refetchInterval: (query) => (query.state.data?.learning ? learningPause : false),
  });
  const open = typed ? openSuggestions(data?.items ?? [], sheet, refused, has) : [];
  const words = (one: Suggestion) => (one.suspected ? t('element.suspected_of', { element: codes.label(one.scheme, one.code) }) : codes.label(one.scheme, one.code));
  const accept = (one: Suggestion | undefined) => {
    if (!one) return;
    change(
      accepted(
        one,
        sheet,
        (codes.scheme(one.scheme)?.codes ?? []).map((entry) => entry.code),
      ),
    );
    setSaid(t('suggest.accepted', { code: words(one) }));
  };
  const decline = (one: Suggestion | undefined) => {
    if (!one) return;
    refuse(nameOf(one));
    setSaid(t('suggest.refused', { code: words(one) }));
  };
  useKeys([
    { key: 'Alt+a', label: t('suggest.accept_first'), run: () => accept(open[0]) },
    { key: 'Alt+x', label: t('suggest.refuse_first'), run: () => decline(open[0]) },
  ]);
  const quiet = folds && open.length === 0 && !error;
  return (
    <>
      <span className="vh" role="status">
        {said}
      </span>
      {!quiet && (
        <RailSection
          id="suggested"
          title={t('suggest.title')}
          note={data && typed ? t(`suggest.basis.${data.basis}`, { count: data.learned_from }) : undefined}
          folds={folds}
          line={
            <>
              <b className="n">{t('suggest.count', { count: open.length })}</b> <span className="first">{open.map(words).join(t('and'))}</span>
            </>
          }
        >
          <ProblemNotice error={error} />
          {!typed && <p className="note">{t('suggest.write')}</p>}
          {typed && isPending && !error && <Skeleton lines={2} />}
          {typed && data && open.length === 0 && <p className="note">{t('suggest.none')}</p>}
          {typed && data?.learning && <p className="note">{t('suggest.learning')}</p>}
          {open.length > 0 && (
            <ul className="suggested">
              {open.map((one, at) => (
                <li key={nameOf(one)}>
                  <span className="sg-scheme">{codes.schemeLabel(one.scheme)}</span>
                  <b className="sg-code">{words(one)}</b>
                  <span className="sg-why">
                    {t('suggest.because')}
                    {one.words.map((word) => (
                      <q key={word} className="tag">
                        {word}
                      </q>
                    ))}
                  </span>
                  <span className="sg-acts">
                    <Button small onPress={() => accept(one)} keys={at === 0 ? ['Alt', 'A'] : undefined}>
                      {t('suggest.accept')}
                      <span className="vh">{words(one)}</span>
                    </Button>
                    <Button small kind="plain" onPress={() => decline(one)}>
                      {t('suggest.refuse')}
                      <span className="vh">{words(one)}</span>
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </RailSection>
      )}
    </>
  );
}

/** What was refused on this sheet, also after it was reloaded in this tab. Codes, never texts. */
function useRefused(ownId: string | null): [string[], (name: string) => void] {
  const [refused, setRefused] = useState<string[]>(() => {
    try {
      return ownId ? (JSON.parse(sessionStorage.getItem(`tsunagi.refused.${ownId}`) ?? '[]') as string[]) : [];
    } catch {
      return [];
    }
  });
  useEffect(() => {
    if (ownId && refused.length > 0) sessionStorage.setItem(`tsunagi.refused.${ownId}`, JSON.stringify(refused));
  }, [ownId, refused]);
  return [refused, (name) => setRefused((before) => [...before, name])];
}
