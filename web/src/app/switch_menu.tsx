import type { ReactNode, RefObject } from 'react';
import { Menu, MenuItem, Popover, Separator } from 'react-aria-components';

export interface Choice {
  id: string;
  name: ReactNode;
  /** A line above it. */
  gap?: boolean;
}

interface Props {
  label: string;
  choices: Choice[];
  chosen?: string;
  onChoose: (id: string) => void;
  trigger: RefObject<HTMLButtonElement | null>;
  /** Where the keyboard starts. */
  start: 'first' | 'last';
  onClose: () => void;
}

/** The open menu of a Switch. */
export default function SwitchMenu({ label, choices, chosen, onChoose, trigger, start, onClose }: Props) {
  return (
    <Popover className="pop" triggerRef={trigger} placement="bottom start" offset={4} isOpen onOpenChange={(open) => !open && onClose()} aria-label={label}>
      <Menu aria-label={label} autoFocus={start} selectionMode={chosen === undefined ? 'none' : 'single'} selectedKeys={chosen === undefined ? [] : [chosen]} onAction={(id) => onChoose(String(id))} onClose={onClose}>
        {choices.flatMap(({ id, name, gap }) => {
          const item = (
            <MenuItem key={id} id={id}>
              {name}
            </MenuItem>
          );
          return gap ? [<Separator key={`${id} gap`} />, item] : [item];
        })}
      </Menu>
    </Popover>
  );
}
