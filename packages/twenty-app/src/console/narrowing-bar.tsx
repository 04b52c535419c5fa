import type { CustomerObject } from '../domain/engine.types';
import { say, type Locale } from '../domain/strings';
import { Badge, Button, Row } from '../ui/parts';
import { Segments } from '../ui/segments';
import { TextField } from '../ui/text-field';
import type { Narrowing } from './use-narrowing';

const KINDS = ['ALL', 'COMPANY', 'PERSON'] as const satisfies readonly (CustomerObject | 'ALL')[];

/** Finds customers of a list by name and kind, and says whose they are when they are somebody's. */
export function NarrowingBar({ narrowing, locale }: { narrowing: Narrowing; locale: Locale }) {
  const { search, object, owner, isNarrow, set, clear } = narrowing;
  return (
    <Row>
      <span style={{ flex: '0 1 220px', minWidth: 120 }}>
        <TextField
          type="search"
          label={say(locale, 'findByName')}
          placeholder={say(locale, 'findByName')}
          value={search}
          onChange={(text) => set({ search: text })}
        />
      </span>
      <Segments
        label={say(locale, 'kind')}
        options={KINDS.map((id) => ({ id, name: say(locale, `kind${id}`) }))}
        chosen={object ?? 'ALL'}
        onChoose={(kind) => set({ object: kind === 'ALL' ? null : kind })}
      />
      {owner && (
        <Badge tone="info">
          {say(locale, 'ownedBy', { name: owner.name })}{' '}
          <Button
            look="plain"
            label={say(locale, 'takeAway', { name: say(locale, 'ownedBy', { name: owner.name }) })}
            onClick={() => set({ owner: null })}
          >
            ✕
          </Button>
        </Badge>
      )}
      {isNarrow && (
        <Button look="plain" onClick={clear}>
          {say(locale, 'showAll')}
        </Button>
      )}
    </Row>
  );
}
