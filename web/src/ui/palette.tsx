import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog';
import { folded } from './folded';
import { Icon } from './icon';

export interface PaletteItem {
  id: string;
  label: string;
  /** Where it belongs, before the label. */
  group?: string;
  /** A second line. */
  detail?: string;
  /** Further words by which it is found. */
  search?: string;
  chosen?: boolean;
}

interface Props {
  title: string;
  items: PaletteItem[];
  onPick: (id: string) => void;
  onClose: () => void;
  placeholder: string;
  help?: ReactNode;
  foot?: ReactNode;
}

/** Those that hold every word; what begins with the words comes first. */
export function paletteHits(items: PaletteItem[], text: string): PaletteItem[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const whole = words.join(' ');
  const hits = items.flatMap((item) => {
    const label = folded(item.label);
    const all = folded(`${item.group ?? ''} ${item.label} ${item.detail ?? ''} ${item.search ?? ''}`);
    if (!words.every((word) => all.includes(word))) return [];
    const rank = label.startsWith(whole) || folded(item.search ?? '').split(' ').some((one) => one.startsWith(whole)) ? 0 : words.every((word) => label.includes(word)) ? 1 : 2;
    return [{ item, rank }];
  });
  return hits.sort((a, b) => a.rank - b.rank).map((hit) => hit.item);
}

const mostShown = 60;

/** A few letters, Enter: for hands that stay on the keyboard. What Enter does, and whether it closes, the caller says. */
export function Palette({ title, items, onPick, onClose, placeholder, help, foot }: Props) {
  const { t } = useTranslation('common');
  const own = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const hits = useMemo(() => paletteHits(items, text).slice(0, mostShown), [items, text]);
  const active = Math.min(at, Math.max(0, hits.length - 1));
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, hits]);
  const pick = (item: PaletteItem | undefined) => {
    if (!item) return;
    onPick(item.id);
    setText('');
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.min(hits.length - 1, Math.max(0, active + step)));
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      pick(hits[active]);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="palette">
        <div className="combo">
          <Icon name="find" />
          <input
            className="in"
            type="text"
            role="combobox"
            autoFocus
            autoComplete="off"
            aria-label={title}
            aria-expanded="true"
            aria-controls={`${own}-list`}
            aria-activedescendant={hits.length > 0 ? `${own}-${active}` : undefined}
            aria-describedby={help ? `${own}-help` : undefined}
            placeholder={placeholder}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        {help && (
          <p className="help" id={`${own}-help`}>
            {help}
          </p>
        )}
        <ul className="palette-list" role="listbox" id={`${own}-list`} aria-label={title} ref={list}>
          {hits.map((item, place) => (
            <li key={item.id} id={`${own}-${place}`} role="option" aria-selected={place === active} onMouseMove={() => setAt(place)} onClick={() => pick(item)}>
              {item.chosen ? <Icon name="check" /> : <svg className="i" aria-hidden="true" />}
              <span>
                {item.group && <span className="sub">{item.group} </span>}
                <b>{item.label}</b>
                {item.chosen && <span className="vh"> {t('chosen')}</span>}
                {item.detail && <span className="palette-detail sub">{item.detail}</span>}
              </span>
            </li>
          ))}
        </ul>
        {hits.length === 0 && <p className="sub">{t('nothing_found')}</p>}
        {foot}
      </div>
    </Dialog>
  );
}
