import { createLink } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes } from 'react';
import { ButtonContent, buttonClass, type ButtonLook } from './button';

type AnchorProps = ButtonLook & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonLook>;

const Anchor = forwardRef<HTMLAnchorElement, AnchorProps>(({ kind, small, icon, keys, className, children, ...props }, ref) => (
  <a ref={ref} {...props} className={buttonClass({ kind, small, className })}>
    <ButtonContent icon={icon} keys={keys}>
      {children}
    </ButtonContent>
  </a>
));
Anchor.displayName = 'Anchor';

/** A link that looks like a button, for going somewhere. */
export const ButtonLink = createLink(Anchor);
