import { useId, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { useTheme, type Theme } from './theme';

interface TabsProps<Id extends string> {
  label: string;
  tabs: { id: Id; name: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
  /** `line`: the parts of a page; `pill`: parts of a part. */
  look?: 'line' | 'pill';
  /** What the chosen tab shows. */
  children?: ReactNode;
}

const KEYS: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function tabStyle(theme: Theme, look: 'line' | 'pill', chosen: boolean): CSSProperties {
  const shared: CSSProperties = {
    cursor: 'pointer',
    whiteSpace: 'nowrap',
    fontWeight: chosen ? 600 : 400,
    color: chosen ? theme.text : theme.muted,
  };
  if (look === 'line')
    return { ...shared, borderBottom: `2px solid ${chosen ? theme.accent : 'transparent'}`, padding: '6px 12px' };
  return { ...shared, padding: '3px 10px', borderRadius: 4, background: chosen ? theme.hover : 'transparent' };
}

/**
 * Parts of which one is shown at a time. The list has the focus and says which tab is active: Twenty's component sandbox lets nobody
 * move the focus from tab to tab.
 */
export function Tabs<Id extends string>({ label, tabs, chosen, onChoose, look = 'line', children }: TabsProps<Id>) {
  const theme = useTheme();
  const scope = useId();
  const idOf = (id: Id) => `${scope}-${id}`;
  const press = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[KEYS[event.key]?.(at, tabs.length) ?? at];
    if (next && next.id !== chosen) onChoose(next.id);
  };
  return (
    <>
      <div
        role="tablist"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={idOf(chosen)}
        onKeyDown={press}
        style={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 4,
          alignItems: 'center',
          ...(look === 'line' && { borderBottom: `1px solid ${theme.line}` }),
        }}
      >
        {tabs.map(({ id, name }) => (
          <div
            key={id}
            id={idOf(id)}
            role="tab"
            aria-selected={id === chosen}
            onClick={() => onChoose(id)}
            style={tabStyle(theme, look, id === chosen)}
          >
            {name}
          </div>
        ))}
      </div>
      {children !== undefined && (
        <div
          role="tabpanel"
          aria-labelledby={idOf(chosen)}
          style={{ display: 'flex', flexDirection: 'column', gap: 16, minWidth: 0 }}
        >
          {children}
        </div>
      )}
    </>
  );
}
