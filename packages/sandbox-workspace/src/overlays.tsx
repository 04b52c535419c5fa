import type { Say } from './strings';
import type { Confirmation, Snack } from './use-host';

interface OverlaysProps {
  snacks: Snack[];
  confirmation: Confirmation | undefined;
  say: Say;
  onDismiss: (id: number) => void;
}

/** Snackbars at the bottom right, and the centred dialog of a command. */
export function Overlays({ snacks, confirmation, say, onDismiss }: OverlaysProps) {
  return (
    <>
      <div className="snacks" role="status">
        {snacks.map(({ id, message, detailedMessage, variant }) => (
          <div key={id} className={`snack snack-${variant}`}>
            <div>
              <strong>{message}</strong>
              {detailedMessage && <p>{detailedMessage}</p>}
            </div>
            <button type="button" aria-label={say('close')} onClick={() => onDismiss(id)}>
              ✕
            </button>
          </div>
        ))}
      </div>
      {confirmation && (
        <div className="veil">
          <div role="alertdialog" aria-modal="true" aria-label={confirmation.title} className="menu dialog">
            <h2>{confirmation.title}</h2>
            <p>{confirmation.subtitle}</p>
            <button type="button" onClick={() => confirmation.answer('cancel')}>
              {say('cancel')}
            </button>
            <button type="button" autoFocus onClick={() => confirmation.answer('confirm')}>
              {confirmation.confirmButtonText ?? say('confirm')}
            </button>
          </div>
        </div>
      )}
    </>
  );
}
