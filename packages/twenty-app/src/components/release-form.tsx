import { useState } from 'react';
import { closeSidePanel, enqueueSnackbar, useColorScheme, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { say, toLocale } from '../domain/strings';
import { formStyles } from './form-styles';
import { useReleaseForm } from './use-release-form';

// Twenty does not carry `maxLength` over to the page.
const MOST_NOTE_CHARACTERS = 2000;

/** Reason, note and pool for the customers of a staged selection, whose id comes in the place of a record's. */
export function ReleaseForm() {
  const locale = toLocale(useLocale());
  const styles = formStyles(useColorScheme());
  const [selectionId] = useSelectedRecordIds();
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [poolId, setPoolId] = useState('');
  const { loading, busy, customers, pools, reasons, message, submit } = useReleaseForm(selectionId, locale, async (finished) => {
    await enqueueSnackbar(finished);
    await closeSidePanel();
  });

  if (loading) return <div style={styles.form}>{say(locale, 'loading')}</div>;

  const disabled = busy || customers.length === 0;
  return (
    <div style={styles.form}>
      {customers.length > 0 && <div>{say(locale, 'releaseIntro', { count: customers.length })}</div>}
      <label style={styles.label}>
        {say(locale, 'releaseReason')}
        <select style={styles.control} value={reason} disabled={disabled} onChange={(event) => setReason(event.target.value)}>
          <option value="">{say(locale, 'releaseReasonNone')}</option>
          {reasons.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label style={styles.label}>
        {say(locale, 'releaseNote')}
        <textarea style={styles.control} rows={4} value={note} disabled={disabled} placeholder={say(locale, 'releaseNoteHint')} onChange={(event) => setNote(event.target.value.slice(0, MOST_NOTE_CHARACTERS))} />
      </label>
      <label style={styles.label}>
        {say(locale, 'releasePool')}
        <select style={styles.control} value={poolId} disabled={disabled} onChange={(event) => setPoolId(event.target.value)}>
          <option value="">{say(locale, 'releasePoolHome')}</option>
          {pools.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {message && (
        <div role="alert" style={styles.message(message.variant)}>
          {[message.message, message.detailedMessage].filter(Boolean).join('\n')}
        </div>
      )}
      <button type="button" style={busy ? styles.busyButton : styles.button} disabled={disabled} onClick={() => void submit({ poolId, reason, note })}>
        {say(locale, busy ? 'releaseBusy' : 'releaseSubmit')}
      </button>
    </div>
  );
}
