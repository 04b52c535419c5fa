import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { Button, Labelled, Muted, Notice, Row } from '../ui/parts';
import { TextField } from '../ui/text-field';
import { createPool } from './twenty-records';
import { useSaving } from './use-saving';

interface NewPoolProps {
  /** Of the pools there are: two of one name cannot be told apart. */
  names: string[];
  /** After all others, until somebody says otherwise. */
  priority: number;
  locale: Locale;
  onMade: (id: string) => void;
}

/** A pool by its name; everything else begins with the defaults, which the page then shows. */
export function NewPool({ names, priority, locale, onMade }: NewPoolProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const { busy, fault, run } = useSaving(locale);
  const wanted = name.trim();
  const taken = names.includes(wanted);
  const make = () =>
    run(async () => {
      const id = await createPool({ name: wanted, priority });
      setOpen(false);
      setName('');
      onMade(id);
    });
  if (!open) return <Button onClick={() => setOpen(true)}>{say(locale, 'newPool')}</Button>;
  return (
    <div
      role="form"
      aria-label={say(locale, 'newPool')}
      style={{ display: 'flex', flexDirection: 'column', gap: 8, maxWidth: 420 }}
    >
      <Labelled caption={say(locale, 'newPoolName')} {...(taken && { hint: say(locale, 'nameTaken') })}>
        <TextField value={name} disabled={busy} onChange={(text) => setName(text.slice(0, 200))} />
      </Labelled>
      <Muted>{say(locale, 'newPoolHint')}</Muted>
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      <Row>
        <Button look="primary" disabled={busy || wanted === '' || taken} onClick={() => void make()}>
          {say(locale, busy ? 'saving' : 'createPool')}
        </Button>
        <Button disabled={busy} onClick={() => setOpen(false)}>
          {say(locale, 'cancel')}
        </Button>
      </Row>
    </div>
  );
}
