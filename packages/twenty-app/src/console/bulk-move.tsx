import { useState } from 'react';
import { OffboardPanel } from '../assignment/offboard-panel';
import { ReassignPanel } from '../assignment/reassign-panel';
import { say, type Locale } from '../domain/strings';
import { readHost } from '../engine/host';
import { readMembers } from '../engine/members-source';
import { Button, Card, controlStyle, Labelled, Muted, Row } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { Segments } from '../ui/segments';
import { useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';
import type { ConsolePool } from './console.types';

const WHERE = ['members', 'pools'] as const;

/** Everything of somebody who leaves, or everything of a pool, to others: what "select all" of a list cannot do. */
export function BulkMove({ pool, locale, onOver }: { pool: ConsolePool; locale: Locale; onOver: () => void }) {
  const theme = useTheme();
  const [what, setWhat] = useState<'owner' | 'pool'>();
  const [ownerId, setOwnerId] = useState('');
  const [where, setWhere] = useState<(typeof WHERE)[number]>('members');
  const members = useQuestion(what === 'owner' ? 'members' : null, locale, () => readMembers(readHost()));
  const owner = members.answer?.find(({ id }) => id === ownerId);
  return (
    <Card title={say(locale, 'bulkTitle')}>
      <Muted>{say(locale, 'bulkHint')}</Muted>
      <Row>
        <Button pressed={what === 'owner'} onClick={() => setWhat(what === 'owner' ? undefined : 'owner')}>
          {say(locale, 'bulkOwner')}
        </Button>
        <Button pressed={what === 'pool'} onClick={() => setWhat(what === 'pool' ? undefined : 'pool')}>
          {say(locale, 'bulkPool')}
        </Button>
      </Row>
      {what === 'owner' && (
        <>
          <QuestionState question={members} locale={locale} />
          {members.answer && (
            <Labelled caption={say(locale, 'column_owner')}>
              <select style={controlStyle(theme)} value={ownerId} onChange={(event) => setOwnerId(event.target.value)}>
                <option value="">{say(locale, 'chooseMember')}</option>
                {members.answer.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </Labelled>
          )}
          {owner && (
            <>
              <Row>
                <Segments
                  label={say(locale, 'whereTo')}
                  options={WHERE.map((id) => ({ id, name: say(locale, `whereTo_${id}`) }))}
                  chosen={where}
                  onChoose={setWhere}
                />
              </Row>
              {where === 'members' ? (
                <ReassignPanel
                  key={owner.id}
                  selection={{ allOwnedBy: owner.id }}
                  intro={say(locale, 'reassignAllOf', { name: owner.name })}
                  locale={locale}
                  onOver={onOver}
                />
              ) : (
                <OffboardPanel key={owner.id} member={owner} locale={locale} onOver={onOver} />
              )}
            </>
          )}
        </>
      )}
      {what === 'pool' && (
        <ReassignPanel
          selection={{ pooledIn: pool.id }}
          intro={say(locale, 'reassignAllIn', { name: pool.name })}
          locale={locale}
          onOver={onOver}
        />
      )}
    </Card>
  );
}
