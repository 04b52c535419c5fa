import { AppPath, navigate } from 'twenty-sdk/front-component';
import type { CustomerRef } from '../domain/engine.types';
import { say, type Locale } from '../domain/strings';
import { useTheme } from '../ui/theme';

/** A customer's name, which opens the record. */
export function CustomerLink({
  customer: { object, recordId, name },
  locale,
}: {
  customer: CustomerRef & { name: string | null };
  locale: Locale;
}) {
  const theme = useTheme();
  const open = () =>
    void navigate(AppPath.RecordShowPage, {
      objectNameSingular: object === 'COMPANY' ? 'company' : 'person',
      objectRecordId: recordId,
    });
  return (
    <button
      type="button"
      onClick={open}
      style={{
        border: 'none',
        background: 'transparent',
        padding: 0,
        margin: 0,
        font: 'inherit',
        textAlign: 'left',
        cursor: 'pointer',
        color: theme.text,
        fontWeight: 500,
        textDecoration: 'underline',
        textDecorationColor: theme.strong,
        overflowWrap: 'anywhere',
      }}
    >
      {name ?? say(locale, 'thisCustomer')}
    </button>
  );
}
