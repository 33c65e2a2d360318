import { Link } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon, type IconName } from './icon';

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'outline';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'isDisabled' | 'children'> {
  kind?: ButtonKind;
  small?: boolean;
  icon?: IconName;
  /** Shown in the button as keys to press: ['Ctrl', 'Enter']. */
  keys?: string[];
  children?: ReactNode;
  className?: string;
}

export function buttonClass(kind: ButtonKind = 'outline', small = false, more = ''): string {
  return ['btn', kind === 'outline' ? '' : kind, small ? 'small' : '', more].filter(Boolean).join(' ');
}

/** A button is never disabled: pressing it says what is missing. */
export function Button({ kind, small, icon, keys, children, className, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={buttonClass(kind, small, className)}>
      {icon && <Icon name={icon} />}
      {children}
      {keys && <Keys keys={keys} />}
    </AriaButton>
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

type LinkProps = ComponentProps<typeof Link>;

/** A link that looks like a button, for going somewhere. */
export function ButtonLink({ kind, small, icon, keys, className, children, ...props }: Omit<LinkProps, 'className' | 'children'> & { kind?: ButtonKind; small?: boolean; icon?: IconName; keys?: string[]; className?: string; children: ReactNode }) {
  return (
    <Link {...(props as LinkProps)} className={buttonClass(kind, small, className)}>
      {icon && <Icon name={icon} />}
      {children}
      {keys && <Keys keys={keys} />}
    </Link>
  );
}
