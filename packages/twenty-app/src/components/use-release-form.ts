import { useEffect, useState } from 'react';
import { submitRelease } from '../actions/submit-release';
import type { CustomerRef, Pool } from '../domain/engine.types';
import { explainFault } from '../domain/fault';
import type { ReleaseReason } from '../domain/release-reasons';
import { say, type Locale } from '../domain/strings';
import type { Message } from '../domain/summary';
import { createEngineClient } from '../engine/engine-client';
import { readHost } from '../engine/host';
import { readReleaseReasons } from '../engine/release-reasons-source';

export interface ReleaseFormState {
  loading: boolean;
  busy: boolean;
  customers: CustomerRef[];
  pools: Pool[];
  reasons: ReleaseReason[];
  message: Message | undefined;
  submit: (values: { poolId: string; reason: string; note: string }) => Promise<void>;
}

/** Loads what the form needs for the staged selection, and submits it. `onFinished` gets the message when nothing is left to ask. */
export function useReleaseForm(selectionId: string | undefined, locale: Locale, onFinished: (message: Message) => Promise<void>): ReleaseFormState {
  const [loading, setLoading] = useState(true);
  const [busy, setBusy] = useState(false);
  const [customers, setCustomers] = useState<CustomerRef[]>([]);
  const [pools, setPools] = useState<Pool[]>([]);
  const [reasons, setReasons] = useState<ReleaseReason[]>([]);
  const [message, setMessage] = useState<Message>();

  useEffect(() => {
    let current = true;
    const load = async () => {
      const host = readHost();
      const engine = createEngineClient(host, locale);
      try {
        const [staged, allPools, offered] = await Promise.all([
          selectionId ? engine.stagedSelection(selectionId) : Promise.resolve([]),
          engine.pools(),
          readReleaseReasons(host, locale),
        ]);
        if (!current) return;
        setCustomers(staged);
        setPools(allPools.filter(({ active }) => active));
        setReasons(offered);
        if (staged.length === 0) setMessage({ variant: 'warning', message: say(locale, 'releaseExpired') });
      } catch (error) {
        if (current) setMessage({ variant: 'error', message: explainFault(error, locale) });
      } finally {
        if (current) setLoading(false);
      }
    };
    void load();
    return () => {
      current = false;
    };
  }, [selectionId, locale]);

  const submit: ReleaseFormState['submit'] = async (values) => {
    setBusy(true);
    setMessage(undefined);
    const answer = await submitRelease({ ...values, customers, locale, engine: createEngineClient(readHost(), locale) });
    setBusy(false);
    if (answer.state === 'finished') {
      await onFinished(answer.message);
      return;
    }
    setCustomers(answer.remaining);
    setMessage(answer.message);
  };

  return { loading, busy, customers, pools, reasons, message, submit };
}
