/* eslint-disable no-restricted-syntax -- papers are printed in Japanese whatever language the screen has */
// 打診票: an ask on A4 with a part to be sent back. It says the conditions, the message, and of the case only what was chosen.
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { encode } from 'uqr';
import type { Consultation, IssuedAnswerPage, Referral, Telling } from '../api/types';
import type { Search } from '../app/router';
import { FittedSheets, PaperDesk, SheetHead, useJapaneseLabel, type Box } from '../consultations/papers/paper';
import { consultationQuery } from '../consultations/queries';
import { useCodes } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { useDesks, useNames, useNamesOnPaper } from '../regions/regions';
import { Button } from '../ui/button';
import { longDate, shortDate, today, inJapan } from '../ui/japanese_date';
import { useTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { addressOf, useIssuing } from './answer_page_section';
import { referralQuery } from './queries';
import { toldFacts, toldOfPerson } from './told';

const dayNames: Record<string, string> = { mon: '月', tue: '火', wed: '水', thu: '木', fri: '金', sat: '土', sun: '日', holiday: '祝日' };
const choices = ['受けられる', '条件つきで受けられる', '受けられない'];
const blankDay = '令和\u2003\u2003年\u2003\u2003月\u2003\u2003日(\u2003)';

export default function FaxPrint() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { as } = useSearch({ strict: false }) as Search;
  const { t } = useTranslation('referrals');
  const { data, error } = useQuery(referralQuery(id));
  const about = useQuery({ ...consultationQuery(data?.consultation_id ?? ''), enabled: data !== undefined });
  const names = useNamesOnPaper();
  useTitle(t('paper.title'));
  const failed = error ?? about.error ?? names.error;
  if (failed) return <PageProblem error={failed} />;
  if (!data || !about.data || !names.ready) return <Skeleton lines={14} />;
  const [newest] = data.told;
  return as === 'told' && newest ? <Sheet referral={asTold(data, newest)} told={newest} /> : <Sheet referral={data} consultation={about.data as Consultation} />;
}

/** The ask as it read when it was told. */
function asTold(referral: Referral, { text }: Telling): Referral {
  return { ...referral, match: text.match, text: { ...referral.text, to_name: text.to_name, message: text.message, person_label: text.person_label, reply_by: text.reply_by } };
}

function Sheet({ referral, consultation, told }: { referral: Referral; consultation?: Consultation; told?: Telling }) {
  const { t } = useTranslation('referrals');
  const { issued, issue, error } = useIssuing(referral);
  const [withCode, setWithCode] = useState(false);
  const label = useJapaneseLabel();
  const names = useNames();
  const { text } = referral;
  const person = (told ? toldFacts(told.text, label) : consultation ? toldOfPerson(text, consultation, label, names.region) : []).join('\u3000');
  const wishes = [referral.match.wishes, text.message].filter(Boolean).join('\n');
  return (
    <PaperDesk
      back={{ to: '/referrals/$id', params: { id: referral.id }, label: t('paper.back') }}
      note={t('paper.note')}
      form={
        <div className="paper-form no-print">
          <ProblemNotice error={error} />
          {told && <p className="note">{t('told.paper_what', { day: shortDate(inJapan(told.at).date), name: told.by_name })}</p>}
          {!issued && !told && (
            <p>
              <Button onPress={() => void issue()}>{t('paper.with_page')}</Button> <span className="note">{t('paper.with_page_what')}</span>
            </p>
          )}
          {issued && (
            <>
              <label className="opt">
                <input type="checkbox" checked={withCode} onChange={(event) => setWithCode(event.target.checked)} />
                {t('paper.with_code')}
              </label>
              <p className="note">
                {t('page.code')}: <b className="n reply-code">{issued.code}</b> {t('paper.code_by_phone')}
              </p>
            </>
          )}
        </div>
      }
    >
      <FittedSheets
        texts={[
          { name: 'message', text: wishes, weight: 2 },
          { name: 'answer', text: '', weight: 2 },
        ]}
        head={(goesOn) => <SheetHead desk={referral.desk_id} title="受け入れのお伺い" goesOn={goesOn} number={<>{longDate(text.sent_on ?? today())}</>} />}
        rows={(box) => <Rows referral={referral} person={person} box={box} issued={issued} withCode={withCode} />}
        heading={(name) => (name === 'message' ? '伝えたいこと' : '回答の内容・条件')}
        foot="取扱注意 — 誤って届いた場合は、お手数ですが発信元へお知らせのうえ破棄してください"
        around={JSON.stringify([issued?.path, withCode])}
      />
    </PaperDesk>
  );
}

function Tick() {
  return <span className="tick" role="img" aria-label="なし" />;
}

function Rows({ referral, person, box, issued, withCode }: { referral: Referral; person: string; box: Box; issued: IssuedAnswerPage | null; withCode: boolean }) {
  const label = useJapaneseLabel();
  const codes = useCodes();
  const desks = useDesks();
  const desk = desks.find((one) => one.id === referral.desk_id);
  const { text, match } = referral;
  const when = [match.days.map((day) => dayNames[day]).join('・'), match.hours, match.open_times.map((code) => label('open_time', code)).join('・'), match.starts_on && `${longDate(match.starts_on)}から`].filter(Boolean).join('\u3000');
  const others = [...match.costs.map((code) => label('cost', code)), ...match.languages.map((code) => label('language', code))].join('・');
  return (
    <table className="sheet-t letter">
      <colgroup>
        {['25mm', '25mm', '22mm', '45mm', '16mm'].map((width, at) => (
          <col key={at} style={{ width }} />
        ))}
        <col />
      </colgroup>
      <tbody>
        <tr className="tall">
          <th scope="row">宛先</th>
          <td colSpan={3}>
            <b className="to">{referral.place_name}</b> {text.to_name ? '' : '御中'}
            <br />
            {text.to_name ? `${text.to_name} 様` : '\u2003'}
          </td>
          <th scope="row">{text.method === 'fax' ? 'FAX' : '連絡先'}</th>
          <td>{text.reached_at}</td>
        </tr>
        <tr>
          <th scope="row">発信元</th>
          <td colSpan={3}>
            <span className="lines">{desk?.header || desk?.name}</span>
            <br />
            <span className="lab">〔担当〕</span>
            {referral.created_by_name}
          </td>
          <th scope="row">
            TEL
            {desk?.fax && (
              <>
                <br />
                FAX
              </>
            )}
          </th>
          <td>
            {desk?.phone}
            {desk?.fax && (
              <>
                <br />
                {desk.fax}
              </>
            )}
          </td>
        </tr>
        <tr>
          <th scope="row">お伺い</th>
          <td colSpan={5}>次の方の{label('resource_service', match.service)}をお受けいただけるか、お知らせください。</td>
        </tr>
        <tr className="thick">
          <th scope="row">対象の方</th>
          <td colSpan={5}>{person || '(お受けいただけるときに、お電話でお伝えします)'}</td>
        </tr>
        <tr>
          <th scope="row">医療処置</th>
          <td colSpan={5}>{match.treatments.map((code) => label('treatment', code)).join('・') || '指定なし'}</td>
        </tr>
        <tr>
          <th scope="row">
            曜日・時間
            <br />
            開始
          </th>
          <td colSpan={5}>{when || 'ご相談'}</td>
        </tr>
        {others && (
          <tr>
            <th scope="row">費用・言語</th>
            <td colSpan={5}>{others}</td>
          </tr>
        )}
        {match.area && (
          <tr>
            <th scope="row">場所</th>
            <td colSpan={5}>{match.area}</td>
          </tr>
        )}
        <tr>
          <th scope="row">伝えたいこと</th>
          {box('message')}
        </tr>
        <tr>
          <th scope="row">
            回答の
            <br />
            希望日
          </th>
          <td colSpan={5}>
            {text.reply_by ? `${longDate(text.reply_by)}まで` : `${blankDay}まで`}。お電話か、下の返信欄に記入してFAX{desk?.fax ? `(${desk.fax})` : ''}でお返しください。
          </td>
        </tr>
        {issued && (
          <tr>
            <th scope="row">
              インター
              <br />
              ネットで
            </th>
            <td colSpan={5}>
              <div className="page-on-paper">
                <Qr text={addressOf(issued)} />
                <div>
                  登録なしで回答できるページ({shortDate(inJapan(issued.expires_at).date)}まで)
                  <br />
                  <span className="address">{addressOf(issued)}</span>
                  <br />
                  合言葉: {withCode ? <b>{issued.code}</b> : 'お電話でお知らせします'}
                </div>
              </div>
            </td>
          </tr>
        )}
        <tr className="thick">
          <th scope="row">返信欄</th>
          <td colSpan={5}>
            {choices.map((one) => (
              <span className="c" key={one}>
                <Tick /> {one}
              </span>
            ))}
          </td>
        </tr>
        <tr>
          <th scope="row">
            受けられ
            <br />
            ない理由
          </th>
          <td colSpan={5} className="tight">
            {codes.choices('refusal_reason').map((one) => (
              <span className="c" key={one.code}>
                <Tick /> {one.label.ja}
              </span>
            ))}
          </td>
        </tr>
        <tr>
          <th scope="row">
            回答の
            <br />
            内容・条件
          </th>
          {box('answer')}
        </tr>
        <tr className="tall">
          <th scope="row">回答者</th>
          <td colSpan={3}>
            <span className="lab">〔所属・氏名〕</span>
          </td>
          <th scope="row">連絡先</th>
          <td />
        </tr>
        <tr>
          <th scope="row">回答日</th>
          <td colSpan={5}>{blankDay}</td>
        </tr>
      </tbody>
    </table>
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
