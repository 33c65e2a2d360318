import { createLink } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes, type ReactNode } from 'react';
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

interface AnchorProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'children'> {
  kind?: ButtonKind;
  small?: boolean;
  icon?: IconName;
  keys?: string[];
  children?: ReactNode;
}

const Anchor = forwardRef<HTMLAnchorElement, AnchorProps>(({ kind, small, icon, keys, className, children, ...props }, ref) => (
  <a ref={ref} {...props} className={buttonClass(kind, small, className)}>
    {icon && <Icon name={icon} />}
    {children}
    {keys && <Keys keys={keys} />}
  </a>
));
Anchor.displayName = 'Anchor';

/** A link that looks like a button, for going somewhere. */
export const ButtonLink = createLink(Anchor);
