import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface Props {
  title: string;
  children: ReactNode;
  /** Absent: the dialog cannot be left but through its own buttons. */
  onClose?: () => void;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  large?: boolean;
  /** Two texts beside each other. */
  wide?: boolean;
  side?: boolean;
}

/** Rendered while it is open: `{open && <Dialog …/>}`. */
export function Dialog({ title, children, onClose, actions, large, wide, side }: Props) {
  return (
    <ModalOverlay
      className={side ? 'veil side' : 'veil'}
      isOpen
      isDismissable={false}
      isKeyboardDismissDisabled={!onClose}
      onOpenChange={(open) => !open && onClose?.()}
    >
      <Modal className="modal">
        <AriaDialog className={wide ? 'dialog wide-d' : large ? 'dialog large' : 'dialog'}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          {actions && <div className="acts">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
