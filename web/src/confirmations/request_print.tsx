/* eslint-disable no-restricted-syntax -- papers are printed in Japanese whatever language the screen has */
// 確認のお願い on A4, one sheet for each place: the card as it is known, room beside each line to correct it, and a part to
// be sent back with its reply code.
import { useQueries } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { encode } from 'uqr';
import { api, ask } from '../api/client';
import type { Confirmation, IssuedAnswerPage } from '../api/types';
import type { Search } from '../app/router';
import { PaperDesk, SheetFoot, SheetHead, useJapaneseLabel } from '../consultations/papers/paper';
import { PageProblem } from '../records/page_problem';
import { useDesks, useNames, useNamesOnPaper } from '../regions/regions';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { Empty } from '../ui/empty';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { useTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { batches } from './batches';
import { addressOf } from './page_section';
import { cardFields, confirmationQuery, isList, listSchemes, writtenCode, type CardField } from './queries';
import './confirmations.css';

const labels: Record<CardField, string> = {
  contact: '望ましい連絡手段',
  phone: '電話',
  fax: 'FAX',
  mail: 'メール',
  speciality: '専門・得意なこと',
  treatments: '対応できる医療処置',
  area: '対応する範囲',
  hours: '対応する曜日・時間',
  open_times: '時間外の対応',
  capacity: '受け入れの余裕',
  costs: '費用',
  cost_note: '費用の補足',
  languages: '日本語のほかの言語',
  admission: '入院・利用開始の決まり',
  discharge: '退院・終了の決まり',
};
const blankDay = '令和\u2003\u2003年\u2003\u2003月\u2003\u2003日';

export default function RequestPrint() {
  const { t } = useTranslation('confirmations');
  const search = useSearch({ strict: false }) as Search;
  const [ids = [], ...later] = batches((search.id ?? '').split(',').filter(Boolean));
  const rest = later.flat();
  const read = useQueries({ queries: ids.map((id) => confirmationQuery(id)) });
  const names = useNamesOnPaper();
  const [issued, setIssued] = useState<Record<string, IssuedAnswerPage>>({});
  const [withCode, setWithCode] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useTitle(t('paper.title'));
  const failed = read.find((one) => one.error)?.error ?? names.error;
  if (failed) return <PageProblem error={failed} />;
  if (ids.length === 0) return <Empty>{t('paper.none')}</Empty>;
  if (read.some((one) => !one.data) || !names.ready) return <Skeleton lines={14} />;
  const requests = read.map((one) => one.data as Confirmation);
  const open = requests.filter((one) => one.state === 'sent');
  const issueAll = async () => {
    setError(null);
    try {
      for (const request of open) {
        const page = (await ask(api.POST('/api/confirmations/{id}/page', { params: { path: { id: request.id } } } as never))) as unknown as IssuedAnswerPage;
        setIssued((before) => ({ ...before, [request.id]: page }));
      }
    } catch (problem) {
      setError(problem);
    }
  };
  const done = requests.filter((one) => issued[one.id]).length;
  return (
    <PaperDesk
      back={requests.length === 1 ? { to: '/confirmations/$id', params: { id: requests[0]!.id }, label: t('paper.back_one') } : { to: '/confirmations/requests', label: t('paper.back') }}
      note={t('paper.note', { count: requests.length })}
      form={
        <div className="paper-form no-print">
          <ProblemNotice error={error} />
          {rest.length > 0 && (
            <p>
              <ButtonLink small to="/confirmations/print" search={{ id: rest.join(',') }}>
                {t('paper.rest', { count: rest.length })}
              </ButtonLink>{' '}
              <span className="note">{t('paper.rest_what', { most: ids.length })}</span>
            </p>
          )}
          {done === 0 && open.length > 0 && (
            <p>
              <Button onPress={() => void issueAll()}>{t('paper.with_page')}</Button> <span className="note">{t('paper.with_page_what')}</span>
            </p>
          )}
          {done > 0 && (
            <>
              <label className="opt">
                <input type="checkbox" checked={withCode} onChange={(event) => setWithCode(event.target.checked)} />
                {t('paper.with_code')}
              </label>
              {!withCode && (
                <ul className="page-codes">
                  {requests.filter((one) => issued[one.id]).map((one) => (
                    <li key={one.id}>
                      {one.place_name} <b className="n page-code">{issued[one.id]!.code}</b>
                    </li>
                  ))}
                </ul>
              )}
            </>
          )}
        </div>
      }
    >
      {requests.map((request) => (
        <Sheet key={request.id} request={request} issued={issued[request.id]} withCode={withCode} />
      ))}
    </PaperDesk>
  );
}

function Sheet({ request, issued, withCode }: { request: Confirmation; issued?: IssuedAnswerPage; withCode: boolean }) {
  const desks = useDesks();
  const names = useNames();
  const label = useJapaneseLabel();
  const desk = desks.find((one) => one.id === request.desk_id);
  const sender = desk?.header || desk?.name || names.region(request.municipality_id);
  const { text, shown } = request;
  const say = (field: CardField): string => {
    if (isList(field)) return shown[field].map((code) => label(listSchemes[field], code)).join('・');
    if (field === 'contact') return label('resource_contact', shown.contact);
    return shown[field];
  };
  return (
    <div className="sheet-page">
      <div className="sheet-body request-sheet">
        <SheetHead desk={request.desk_id ?? undefined} title="掲載内容の確認のお願い" number={<>{longDate(text.sent_on)}</>} />
        <p className="to-line">
          <b className="to">{request.place_name}</b> 御中
          <span className="from">
            {sender}
            {desk?.phone && `\u3000TEL ${desk.phone}`}
            {desk?.fax && `\u3000FAX ${desk.fax}`}
            <br />
            〔担当〕{request.created_by_name}
          </span>
        </p>
        <p className="lead">
          在宅療養の相談を受けたときに、次の内容をもとに貴事業所をご案内しています。変わりがないか、お手数ですが{longDate(text.due_on)}までにご確認ください。
          {text.message && (
            <>
              <br />
              {text.message}
            </>
          )}
        </p>
        <table className="sheet-t request-t">
          <colgroup>
            <col style={{ width: '34mm' }} />
            <col style={{ width: '73mm' }} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">項目</th>
              <th scope="col">いま分かっている内容</th>
              <th scope="col">違うとき・変わったとき(正しい内容)</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">所在地</th>
              <td>{request.address}</td>
              <td />
            </tr>
            {cardFields.map((field) => (
              <tr key={field}>
                <th scope="row">{labels[field]}</th>
                <td className="pre">{say(field) || (field === 'phone' ? request.public_phone : field === 'fax' ? request.public_fax : '') || '(未記入)'}</td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
        {issued && (
          <div className="page-on-paper">
            <Qr text={addressOf(issued)} />
            <div>
              登録なしで直せるページ({shortDate(inJapan(issued.expires_at).date)}まで、1回だけ送れます)
              <br />
              <span className="address">{addressOf(issued)}</span>
              <br />
              合言葉: {withCode ? <b>{issued.code}</b> : 'お電話でお知らせします'}
            </div>
          </div>
        )}
        <div className="reply-part">
          <p>
            <b>返信欄</b>(この用紙をFAXか郵送でお返しください){'\u3000'}返信番号 <b className="big-code">{writtenCode(request.reply_code)}</b>
          </p>
          <p>
            <span className="tick" role="img" aria-label="なし" /> 変わりありません{'\u3000'}{'\u3000'}
            <span className="tick" role="img" aria-label="なし" /> 上のとおり変更があります{'\u3000'}{'\u3000'}
            <span className="tick" role="img" aria-label="なし" /> 掲載を取りやめたい
          </p>
          <p>
            その他のお知らせ<span className="blank-line" />
          </p>
          <p>
            ご記入者<span className="blank-name" />
            {'\u3000'}ご記入日 {blankDay}
          </p>
        </div>
        <SheetFoot text={`返信番号 ${writtenCode(request.reply_code)}`} page={1} total={1} />
      </div>
    </div>
  );
}

function Qr({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label="回答ページのアドレス" shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
