import type { Locale, Say } from './strings';
import { addressOf, type Place } from './use-workspace';
import type { Member, NavigationItem, WorkspaceDescription } from './workspace.types';

interface NavigationProps {
  workspace: WorkspaceDescription;
  me: Member;
  place: Place;
  locale: Locale;
  scheme: 'light' | 'dark';
  say: Say;
  onGo: (place: Place) => void;
  onMember: (email: string) => void;
  onLanguage: (locale: Locale) => void;
  onScheme: (scheme: 'light' | 'dark') => void;
}

/** Twenty's left side: who is signed in, the objects, and what the app adds. */
export function Navigation({
  workspace,
  me,
  place,
  locale,
  scheme,
  say,
  onGo,
  onMember,
  onLanguage,
  onScheme,
}: NavigationProps) {
  const { app, objects } = workspace;
  const link = (to: Place, label: string) => (
    <a
      key={addressOf(to)}
      href={addressOf(to)}
      aria-current={addressOf(to) === addressOf(place) ? 'page' : undefined}
      onClick={(event) => {
        event.preventDefault();
        onGo(to);
      }}
    >
      {label}
    </a>
  );
  const appLink = (item: NavigationItem) => {
    const view = app?.views.find(({ id }) => id === item.viewUniversalIdentifier);
    const object = view?.object === undefined ? undefined : objects[view.object];
    if (view && object) {
      const both = view.object === 'company' || view.object === 'person';
      return link(
        { at: 'list', object: object.namePlural, viewId: view.id },
        both ? `${item.name ?? view.name} · ${object.label[locale]}` : (item.name ?? view.name),
      );
    }
    return item.pageLayoutUniversalIdentifier
      ? link({ at: 'page', id: item.pageLayoutUniversalIdentifier }, item.name ?? '')
      : null;
  };
  return (
    <nav aria-label={say('navigation')} className="navigation">
      <strong title={say('sandboxHint')}>{say('sandbox')}</strong>
      <label>
        {say('signedInAs')}
        <select value={me.email} onChange={(event) => onMember(event.target.value)}>
          {workspace.members.map(({ email, name, role }) => (
            <option key={email} value={email}>{`${name} · ${role}`}</option>
          ))}
        </select>
      </label>
      <span className="group">{say('workspace')}</span>
      {(['company', 'person'] as const)
        .flatMap((name) => objects[name] ?? [])
        .map((object) => link({ at: 'list', object: object.namePlural }, object.labelPlural[locale]))}
      {objects.task && link({ at: 'list', object: objects.task.namePlural }, say('myTasks'))}
      {app && <span className="group">{app.navigation.find(({ type }) => type === 'FOLDER')?.name ?? app.name}</span>}
      {app?.navigation.filter(({ type }) => type !== 'FOLDER').map(appLink)}
      <div className="choices">
        <label>
          {say('language')}
          <select value={locale} onChange={(event) => onLanguage(event.target.value as Locale)}>
            <option value="en">English</option>
            <option value="zh-CN">简体中文</option>
          </select>
        </label>
        <label>
          {say('appearance')}
          <select value={scheme} onChange={(event) => onScheme(event.target.value as 'light' | 'dark')}>
            <option value="light">{say('light')}</option>
            <option value="dark">{say('dark')}</option>
          </select>
        </label>
      </div>
    </nav>
  );
}
