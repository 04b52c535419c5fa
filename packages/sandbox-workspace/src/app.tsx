import { useEffect, useMemo, useState } from 'react';
import { RecordsApi, readWorkspace } from './api';
import { ClockControl } from './clock-control';
import { Charts } from './charts';
import { CommandMenu } from './command-menu';
import { ComponentFrame } from './component-frame';
import { isAvailable } from './expression';
import { Navigation } from './navigation';
import { Overlays } from './overlays';
import { RecordList } from './record-list';
import { RecordPage, titleOf } from './record-page';
import { readRecord } from './records';
import { sayIn, type Locale } from './strings';
import { useHost } from './use-host';
import { useChoice, useLive, usePlace } from './use-workspace';
import type { Command, StoredRecord, WorkspaceDescription } from './workspace.types';

/** Twenty's fixed identifiers of its record pages, in the server generations that the app may be built for. */
const RECORD_PAGES: Record<string, string[]> = {
  company: ['20202020-a101-4001-8001-c0aba11c0001'],
  person: ['20202020-a102-4002-8002-ae0a1ea11002'],
};

const NOTHING: StoredRecord[] = [];

export function App() {
  const { value: workspace, failed } = useLive<WorkspaceDescription>(readWorkspace, 'workspace');
  const [email, setEmail] = useChoice<string>('member', 'tom.baker@highseas.example');
  const [language, setLanguage] = useChoice<Locale | ''>('language', '');
  const [scheme, setScheme] = useChoice<'light' | 'dark'>('appearance', 'light');
  const [place, go] = usePlace();
  const [selection, setSelection] = useState<{ records: StoredRecord[]; isSelectAll: boolean }>({
    records: NOTHING,
    isSelectAll: false,
  });
  const [running, setRunning] = useState<{ command: Command; recordIds: string[] }>();
  const [menuOpen, setMenuOpen] = useState(false);

  const me = workspace?.members.find((member) => member.email === email) ?? workspace?.members[0];
  const locale: Locale = language || me?.locale || 'en';
  const say = sayIn(locale);
  const api = useMemo(() => new RecordsApi(me?.email ?? ''), [me?.email]);
  const { host, token, snacks, dismiss, notify, panel, setPanel, confirmation } = useHost(workspace, me, go);

  const view = place.at === 'list' ? workspace?.app?.views.find(({ id }) => id === place.viewId) : undefined;
  const object =
    place.at === 'page'
      ? undefined
      : Object.values(workspace?.objects ?? {}).find(
          (candidate) => (place.at === 'list' ? candidate.namePlural : candidate.nameSingular) === place.object,
        );
  const recordId = place.at === 'record' ? place.id : undefined;
  const record = useLive(
    async () => (workspace && object && recordId ? readRecord(api, workspace, object, recordId) : undefined),
    `${recordId ?? ''} ${object?.nameSingular ?? ''} ${email}`,
  );
  const page =
    place.at === 'page'
      ? workspace?.app?.pages.find(({ universalIdentifier }) => universalIdentifier === place.id)
      : undefined;

  const placeKey = JSON.stringify(place);
  useEffect(() => setSelection({ records: NOTHING, isSelectAll: false }), [placeKey, email]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dataset.scheme = scheme;
  }, [locale, scheme]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setMenuOpen((open) => !open);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);

  if (!workspace || !me)
    return (
      <p className="state" role="status">
        {failed ? say('unreachable') : say('loading')}
      </p>
    );

  const chosen =
    recordId === undefined ? selection : { records: record.value ? [record.value] : NOTHING, isSelectAll: false };
  const commands = (workspace.app?.commands ?? []).filter(
    (command) =>
      chosen.records.length > 0 &&
      command.object === object?.nameSingular &&
      isAvailable(command.conditionalAvailabilityExpression, chosen),
  );
  const run = (command: Command) => {
    setMenuOpen(false);
    setRunning({ command, recordIds: chosen.isSelectAll ? [] : chosen.records.map(({ id }) => id) });
  };
  const context = (component: string, recordIds: string[]) => ({
    frontComponentId:
      workspace.app?.components.find(({ universalIdentifier }) => universalIdentifier === component)?.id ?? component,
    userId: me.id,
    recordId: recordIds.length === 1 ? (recordIds[0] ?? null) : null,
    selectedRecordIds: recordIds,
    timelineActivityId: null,
    colorScheme: scheme,
    locale,
  });
  const frame = (
    component: string,
    title: string,
    recordIds: string[],
    more: { headless?: boolean; fill?: boolean } = {},
  ) => (
    // What a component shows is out of date when a day has passed.
    <ComponentFrame
      key={`${component} ${recordIds.join()} ${email} ${workspace.now.slice(0, 10)}`}
      component={component}
      title={title}
      context={context(component, recordIds)}
      takeToken={token}
      host={{ ...host, unmountFrontComponent: () => (more.headless ? setRunning(undefined) : undefined) }}
      say={say}
      {...more}
    />
  );
  const title =
    page?.name ??
    view?.name ??
    (recordId !== undefined
      ? record.value && titleOf(record.value)
      : object?.nameSingular === 'task'
        ? say('myTasks')
        : object && say('all', { name: object.labelPlural[locale] }));
  const pageComponents = (page?.tabs ?? [])
    .flatMap((tab) => tab.widgets ?? [])
    .flatMap(({ configuration }) => configuration.frontComponentUniversalIdentifier ?? []);

  return (
    <div className="shell">
      <Navigation
        workspace={workspace}
        me={me}
        place={place}
        locale={locale}
        say={say}
        scheme={scheme}
        onGo={go}
        onMember={setEmail}
        onLanguage={setLanguage}
        onScheme={setScheme}
      />
      <main>
        <header>
          <h1>{title}</h1>
          <div className="actions">
            {commands
              .filter(({ isPinned }) => isPinned)
              .map((command) => (
                <button
                  key={command.universalIdentifier}
                  type="button"
                  aria-label={command.label}
                  disabled={running?.command === command}
                  onClick={() => run(command)}
                >
                  {command.shortLabel ?? command.label}
                </button>
              ))}
            <button type="button" aria-label={say('commands')} onClick={() => setMenuOpen(true)}>
              ⌘K
            </button>
          </div>
          <ClockControl now={workspace.now} locale={locale} say={say} onMoved={notify} />
        </header>
        <div className="content">
          {!workspace.app && <p className="state">{say('noApp')}</p>}
          {place.at === 'list' && object && (
            <RecordList
              key={`${object.nameSingular} ${view?.id ?? ''} ${email}`}
              workspace={workspace}
              api={api}
              me={me}
              object={object}
              view={view}
              locale={locale}
              say={say}
              selected={selection.records}
              isSelectAll={selection.isSelectAll}
              onSelect={(records, isSelectAll) => setSelection({ records, isSelectAll })}
              onOpen={(id) => go({ at: 'record', object: object.nameSingular, id })}
            />
          )}
          {recordId !== undefined && object && record.value && (
            <RecordPage
              key={recordId}
              api={api}
              object={object}
              record={record.value}
              locale={locale}
              say={say}
              onNoted={() => notify({ variant: 'success', message: say('noteAdded') })}
              tabs={(workspace.app?.tabs ?? []).filter((tab) =>
                RECORD_PAGES[object.nameSingular]?.includes(tab.pageLayoutUniversalIdentifier ?? ''),
              )}
              renderComponent={(component, name) => frame(component, name, [recordId])}
            />
          )}
          {page && page.charts.length > 0 && (
            <Charts
              key={`${page.universalIdentifier} ${email} ${locale} ${workspace.now.slice(0, 10)}`}
              charts={page.charts}
              workspace={workspace}
              api={api}
              say={say}
              locale={locale}
            />
          )}
          {page && pageComponents.map((component) => frame(component, page.name, [], { fill: true }))}
        </div>
      </main>
      {panel && (
        <aside aria-label={panel.title} className="panel">
          <div className="panel-title">
            <h2>{panel.title}</h2>
            <button type="button" aria-label={say('close')} onClick={() => setPanel(undefined)}>
              ✕
            </button>
          </div>
          {frame(panel.component, panel.title, panel.recordId === undefined ? [] : [panel.recordId], { fill: true })}
        </aside>
      )}
      {running?.command.frontComponentUniversalIdentifier &&
        frame(running.command.frontComponentUniversalIdentifier, running.command.label, running.recordIds, {
          headless: true,
        })}
      {menuOpen && <CommandMenu commands={commands} say={say} onRun={run} onClose={() => setMenuOpen(false)} />}
      <Overlays snacks={snacks} confirmation={confirmation} say={say} onDismiss={dismiss} />
    </div>
  );
}
