/* eslint-disable no-restricted-syntax -- papers are printed in Japanese whatever language the screen has */
// The anonymised copy of a case: read on the screen, printed on A4, or taken along as text for reviews and training.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Anonymised, Consultation } from '../api/types';
import { PaperDesk, SheetHead, formDate, useJapaneseLabel } from '../consultations/papers/paper';
import { useConsultation } from '../consultations/queries';
import { useNames, useNamesOnPaper } from '../regions/regions';
import { Button } from '../ui/button';
import { inJapan } from '../ui/japanese_date';
import { useTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { anonymisedQuery } from './queries';
import './anonymisation.css';

const headings: Record<string, string> = {
  subject: '件名',
  request: '主訴(相談内容)',
  background: '背景',
  illness: '主病名',
  support_text: '支援内容',
  follow_up_note: 'フォロー',
  awareness: '連携の課題の気づき',
  physician_question: '医師に聞きたいこと',
  physician_assessment: '医師の診立て',
  physician_direction: '方向性',
};

export default function AnonymisedPrint() {
  const { id } = useParams({ strict: false }) as { id: string };
  const record = useConsultation(id);
  const { data, error } = useQuery(anonymisedQuery(id));
  const names = useNamesOnPaper();
  const missing = error ?? record.error ?? names.error;
  if (missing) return <ProblemNotice error={missing} />;
  if (!data || !record.data || !names.ready) return <Skeleton lines={12} />;
  return <Copy consultation={record.data} copy={data as Anonymised} />;
}

function Copy({ consultation, copy }: { consultation: Consultation; copy: Anonymised }) {
  const { t } = useTranslation(['anonymisation', 'consultations']);
  const label = useJapaneseLabel();
  const names = useNames();
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  useTitle(t('anonymisation:copy'));
  const { coded } = copy;
  const facts = [
    ['年齢層', label('age_band', coded.age_band)],
    ['世帯', label('household', coded.household)],
    ['要介護度', label('care_level', coded.care_level)],
    ['住所地', names.region(coded.district_id)],
  ].filter(([, value]) => value) as [string, string][];
  const heading = (field: string) => {
    const [name, code] = field.split('/');
    return code ? label('element', code) : (headings[name!] ?? field);
  };
  const texts = copy.fields.filter((field) => field.text.trim());
  const foot = copy.confirmed_at ? `${formDate(inJapan(copy.confirmed_at).date)} 確認${copy.confirmed_by_name ? ` ${copy.confirmed_by_name}` : ''}` : '';
  const plain = ['匿名化した事例', ...facts.map(([name, value]) => `${name}: ${value}`), ...texts.flatMap((field) => ['', `【${heading(field.field)}】`, field.text])].join('\n');
  const take = async () => {
    try {
      await navigator.clipboard.writeText(plain);
      setCopied('yes');
    } catch {
      setCopied('failed');
    }
  };
  return (
    <PaperDesk
      back={{ to: '/consultations/$id', params: { id: consultation.id }, label: t('consultations:paper.back') }}
      note={copy.version === 0 ? t('anonymisation:none') : copy.out_of_date ? t('anonymisation:out_of_date') : undefined}
      form={
        copy.version > 0 && (
          <div className="paper-form">
            <div className="row">
              <Button onPress={() => void take()}>{t('anonymisation:copy_text')}</Button>
              <span role="status" className="note">
                {copied === 'yes' ? t('anonymisation:copied') : copied === 'failed' ? t('anonymisation:copy_by_hand') : ''}
              </span>
            </div>
            {copied === 'failed' && <textarea className="in" rows={8} readOnly value={plain} aria-label={t('anonymisation:copy_text')} onFocus={(event) => event.target.select()} />}
          </div>
        )
      }
    >
      {copy.version > 0 && (
        <div className="anonymised-copy">
          <div className="copy-body">
            <SheetHead desk={undefined} title="匿名化した事例" />
            <table className="sheet-t">
              <colgroup>
                <col style={{ width: '30mm' }} />
                <col />
              </colgroup>
              <tbody>
                {facts.length > 0 && (
                  <tr>
                    <th scope="row">背景(区分)</th>
                    <td>{facts.map(([name, value]) => `${name}: ${value}`).join(' / ')}</td>
                  </tr>
                )}
                {texts.map((field) => (
                  <tr key={field.field}>
                    <th scope="row">{heading(field.field)}</th>
                    <td className="words">{field.text}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="copy-foot">{foot}</p>
          </div>
        </div>
      )}
    </PaperDesk>
  );
}
