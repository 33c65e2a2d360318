/* eslint-disable no-restricted-syntax -- the form of 図9 is printed in Japanese whatever language the screen has */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlace } from '../../app/place';
import { useCodes, usePacks } from '../../packs/codes';
import { useDesks, useDistricts } from '../../regions/regions';
import { SelectField } from '../../ui/field';
import { today } from '../../ui/japanese_date';
import { useTitle } from '../../ui/page';
import { Skeleton } from '../../ui/skeleton';
import type { SheetField } from '../sheet';
import { FittedSheets, Numbers, PaperDesk, SheetHead, type Box } from './paper';
import { sheetHeading } from './sheet_print';

const day = '令和\u2003\u2003年\u2003\u2003月\u2003\u2003日(\u2003)';
const time = '\u2003\u2003時\u2003\u2003分';

/** 様式第1号 to be written by hand and typed in later: every choice to circle, every text a ruled box. One sheet. */
export default function BlankPrint() {
  const { t } = useTranslation('consultations');
  const packs = usePacks();
  const desks = useDesks();
  const place = usePlace();
  const own = place.own.length > 0 ? place.own : desks;
  const [chosen, setChosen] = useState<string | null>(null);
  const desk = own.find((one) => one.id === (chosen ?? place.desk?.id)) ?? own[0];
  const [pages, setPages] = useState(1);
  useTitle(t('paper.blank'));
  if (!packs || !desk) return <Skeleton lines={14} />;
  return (
    <PaperDesk
      back={{ to: '/consultations', label: t('paper.back_to_list') }}
      note={pages > 1 ? t('paper.more_pages', { count: pages }) : t('paper.blank_what')}
      form={
        own.length > 1 && (
          <div className="paper-form">
            <SelectField label={t('field.desk_id')} value={desk.id} onChange={setChosen} options={own.map((one) => ({ value: one.id, label: one.name }))} />
          </div>
        )
      }
    >
      <FittedSheets
        texts={[
          { name: 'request', text: '', weight: 5 },
          { name: 'support_text', text: '', weight: 4 },
          { name: 'awareness', text: '', weight: 3 },
        ]}
        head={(goesOn) => <SheetHead desk={desk.id} title={packs.sheet.title.ja} formNumber={packs.sheet.form_number.ja} goesOn={goesOn} number={<>受付番号<b>{'\u2003\u2003\u2003\u2003\u2003'}</b></>} />}
        rows={(box) => <Rows municipality={desk.municipality_id} box={box} />}
        heading={(name) => sheetHeading(name as SheetField)}
        foot="取扱注意 — 記入後は個人に関する情報を含みます"
        around={desk.id}
        onPages={setPages}
      />
    </PaperDesk>
  );
}

function Rows({ municipality, box }: { municipality: string; box: Box }) {
  const codes = useCodes();
  const districts = useDistricts(municipality);
  const wards = districts.filter((one) => one.kind !== 'district');
  const on = today();
  const numbers = (field: SheetField) => <Numbers field={field} chosen={[]} on={on} note="" />;
  return (
    <table className="sheet-t blank">
      <colgroup>
        {['25mm', '20mm', '45mm', '18mm', '30mm'].map((width, at) => (
          <col key={at} style={{ width }} />
        ))}
        <col />
      </colgroup>
      <tbody>
        <tr>
          <th scope="row">相談種別</th>
          <td colSpan={5}>{numbers('kind')}</td>
        </tr>
        <tr>
          <th scope="row">受付年月日</th>
          <td colSpan={4}>
            {day} {time} 〜 {time}
          </td>
          <td>
            <span className="lab">〔受付者〕</span>
          </td>
        </tr>
        <tr className="tall">
          <th scope="row">相談者名</th>
          <td colSpan={2} />
          <td colSpan={3}>
            <span className="lab">〔所属〕</span>
            <br />
            <span className="lab">〔TEL〕</span>
          </td>
        </tr>
        <tr>
          <th scope="row">
            相談者の
            <br />
            主業務
          </th>
          <td colSpan={5}>{numbers('caller_profession')}</td>
        </tr>
        <tr>
          <th scope="row">相談方法</th>
          <td colSpan={5}>{numbers('method')}</td>
        </tr>
        <tr className="thick">
          <th scope="row">{sheetHeading('request')}</th>
          {box('request')}
        </tr>
        <tr className="thick">
          <th scope="row" rowSpan={5}>
            対象者の
            <br />
            背景
          </th>
          <th scope="row">年齢層</th>
          <td colSpan={4}>{numbers('age_band')}</td>
        </tr>
        <tr>
          <th scope="row">世帯</th>
          <td colSpan={4}>{numbers('household')}</td>
        </tr>
        <tr>
          <th scope="row">要介護度</th>
          <td colSpan={4}>{numbers('care_level')}</td>
        </tr>
        <tr>
          <th scope="row">医療処置</th>
          <td colSpan={4}>{numbers('treatments')}</td>
        </tr>
        <tr>
          <th scope="row">住所地</th>
          <td colSpan={2}>{(wards.some((one) => one.kind === 'ward') ? wards : districts).map((one) => one.name).join('・')}</td>
          <td colSpan={2}>
            <span className="lab">〔主病名〕</span>
          </td>
        </tr>
        <tr>
          <th scope="row" rowSpan={2}>
            類型
          </th>
          <th scope="row">内容</th>
          <td colSpan={4}>{numbers('topic')}</td>
        </tr>
        <tr>
          <th scope="row">要素</th>
          <td colSpan={4}>
            {codes.choices('element', { on }).map((entry) => (
              <span className="c" key={entry.code}>
                {entry.label.ja}(○・疑)
              </span>
            ))}
          </td>
        </tr>
        <tr className="thick">
          <th scope="row">支援内容</th>
          <td colSpan={5}>{numbers('supports')}</td>
        </tr>
        <tr>
          <th scope="row">{sheetHeading('support_text')}</th>
          {box('support_text')}
        </tr>
        <tr>
          <th scope="row">支援結果</th>
          <td colSpan={5}>
            {numbers('result')}
            <br />
            <span className="lab">〔結果の日〕</span>
            {day}
            {'\u2003'}
            <span className="lab">〔次の対応〕</span>
            {'\u2003\u2003月\u2003\u2003日'}
          </td>
        </tr>
        <tr className="thick">
          <th scope="row">{sheetHeading('awareness')}</th>
          {box('awareness')}
        </tr>
        <tr>
          <th scope="row">場面</th>
          <td colSpan={5}>{numbers('scenes')}</td>
        </tr>
        <tr className="thick">
          <th scope="row">所要時間</th>
          <td colSpan={2}>{'\u2003\u2003\u2003\u2003'}分</td>
          <td colSpan={3}>
            <span className="lab">〔入力した日・入力者〕</span>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
