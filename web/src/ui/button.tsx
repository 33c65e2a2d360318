import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon';

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'outline';

export interface ButtonLook {
  kind?: ButtonKind;
  small?: boolean;
  icon?: IconName;
  /** Shown in the button as keys to press: ['Ctrl', 'Enter']. */
  keys?: string[];
  children?: ReactNode;
  className?: string;
}

export interface ButtonProps extends ButtonLook, Omit<ButtonHTMLAttributes<HTMLButtonElement>, keyof ButtonLook | 'disabled' | 'onClick'> {
  /** By pointer, finger or key. */
  onPress?: () => void;
}

export function buttonClass({ kind = 'outline', small = false, className = '' }: ButtonLook): string {
  return ['btn', kind === 'outline' ? '' : kind, small ? 'small' : '', className].filter(Boolean).join(' ');
}

/** A button is never disabled: pressing it says what is missing. */
export function Button({ kind, small, icon, keys, children, className, onPress, ...props }: ButtonProps) {
  return (
    <button type="button" {...props} onClick={onPress} className={buttonClass({ kind, small, className })}>
      <ButtonContent icon={icon} keys={keys}>
        {children}
      </ButtonContent>
    </button>
  );
}

export function ButtonContent({ icon, keys, children }: ButtonLook) {
  return (
    <>
      {icon && <Icon name={icon} />}
      {children}
      {keys && <Keys keys={keys} />}
    </>
  );
}

export function Keys({ keys }: { keys: string[] }) {
  return (
    <span className="nw" aria-hidden="true">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
