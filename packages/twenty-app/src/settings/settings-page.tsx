import { useState } from 'react';
import { useLocale } from 'twenty-sdk/front-component';
import { say, toLocale } from '../domain/strings';
import { SETTINGS_VIEWER } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { tell } from '../engine/tell';
import { controlStyle, Labelled } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { Tabs } from '../ui/tabs';
import { pageStyle, useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';
import { EngineHealth } from './engine-health';
import { Leaves } from './leaves';
import { matchFieldsOf } from './match-values';
import { MemberLimits } from './member-limits';
import { NewPool } from './new-pool';
import { PoolRules } from './pool-rules';
import { readPoolSettings, type TwentyRecord } from './twenty-records';
import { WorkspaceSettings } from './workspace-settings';

type Part = 'rules' | 'members' | 'workspace' | 'health';

interface Viewer {
  isWorkspaceAdmin: boolean;
  managedPools: { id: string }[];
  today: string;
}

const STEP = 10;

/** After every pool that there is. */
const nextPriority = (pools: TwentyRecord[]): number =>
  Math.max(0, ...pools.map(({ priority }) => (typeof priority === 'number' ? priority : 0))) + STEP;

/** Pools and their rules, members and limits, the workspace's settings, and whether the engine is well. */
export function SettingsPage() {
  const theme = useTheme();
  const locale = toLocale(useLocale());
  const [part, setPart] = useState<Part>('rules');
  const [chosen, setChosen] = useState('');
  // The records come from Twenty and show without the engine; who may change them, and what that would do, is the engine's.
  const records = useQuestion('pools', locale, readPoolSettings);
  const viewer = useQuestion(
    'viewer',
    locale,
    async () => (await pageEngine(locale).ask<{ viewer: Viewer }>(SETTINGS_VIEWER)).viewer,
  );
  const pools = records.answer?.pools ?? [];
  const pool = pools.find(({ id }) => id === chosen) ?? pools[0];
  const mayEdit =
    pool !== undefined &&
    viewer.answer !== undefined &&
    (viewer.answer.isWorkspaceAdmin || viewer.answer.managedPools.some(({ id }) => id === pool.id));
  const isAdmin = viewer.answer?.isWorkspaceAdmin ?? false;
  const ofThePool = (all: TwentyRecord[] = []) => all.filter(({ customerPoolId }) => customerPoolId === pool?.id);
  const made = (id: string) => {
    records.again();
    setChosen(id);
    void tell({ variant: 'success', message: say(locale, 'poolMade') });
  };
  const tabs = [
    { id: 'rules' as const, name: say(locale, 'settingsRules') },
    { id: 'members' as const, name: say(locale, 'settingsMembers') },
    { id: 'workspace' as const, name: say(locale, 'settingsWorkspace') },
    { id: 'health' as const, name: say(locale, 'settingsHealth') },
  ];
  const ofPool = part === 'rules' || part === 'members';
  return (
    <div style={pageStyle(theme)}>
      <Tabs label={say(locale, 'settingsParts')} tabs={tabs} chosen={part} onChoose={setPart} />
      <QuestionState question={records} locale={locale} />
      {part !== 'health' && <QuestionState question={viewer} locale={locale} />}
      {ofPool && pool && (
        <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: 12 }}>
          <div style={{ flex: '0 1 320px' }}>
            <Labelled caption={say(locale, 'choosePoolToManage')}>
              <select style={controlStyle(theme)} value={pool.id} onChange={(event) => setChosen(event.target.value)}>
                {pools.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {String(name)}
                  </option>
                ))}
              </select>
            </Labelled>
          </div>
          {part === 'rules' && isAdmin && (
            <NewPool
              names={pools.map(({ name }) => String(name))}
              priority={nextPriority(pools)}
              locale={locale}
              onMade={made}
            />
          )}
        </div>
      )}
      {part === 'rules' && pool && viewer.answer && (
        <PoolRules
          key={pool.id}
          pool={pool}
          overrides={ofThePool(records.answer?.overrides)}
          mayEdit={mayEdit}
          today={viewer.answer.today}
          locale={locale}
          onSaved={records.again}
        />
      )}
      {part === 'members' && pool && (
        <MemberLimits
          key={pool.id}
          poolId={pool.id}
          memberships={ofThePool(records.answer?.memberships)}
          matchFields={pool.autoAssign === 'MATCH' ? matchFieldsOf(pool.matchFields) : []}
          mayEdit={mayEdit}
          locale={locale}
          onSaved={records.again}
        />
      )}
      {part === 'members' && records.answer && viewer.answer && (
        <Leaves
          leaves={records.answer.leaves}
          today={viewer.answer.today}
          mayEdit={isAdmin || viewer.answer.managedPools.length > 0}
          locale={locale}
          onSaved={records.again}
        />
      )}
      {part === 'workspace' && <WorkspaceSettings mayEdit={isAdmin} locale={locale} />}
      {part === 'health' && records.answer && <EngineHealth pools={pools} locale={locale} />}
    </div>
  );
}
