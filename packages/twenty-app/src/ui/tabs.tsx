import { useTheme } from './theme';

interface TabsProps<Id extends string> {
  label: string;
  tabs: { id: Id; name: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
}

/** Parts of a page, one at a time. */
export function Tabs<Id extends string>({ label, tabs, chosen, onChoose }: TabsProps<Id>) {
  const theme = useTheme();
  return (
    <div role="tablist" aria-label={label} style={{ display: 'flex', flexWrap: 'wrap', gap: 4, borderBottom: `1px solid ${theme.line}` }}>
      {tabs.map(({ id, name }) => (
        <button key={id} type="button" role="tab" aria-selected={id === chosen} onClick={() => onChoose(id)}
          style={{ background: 'transparent', border: 'none', borderBottom: `2px solid ${id === chosen ? theme.accent : 'transparent'}`, padding: '6px 12px', font: 'inherit', fontWeight: id === chosen ? 600 : 400, color: id === chosen ? theme.text : theme.muted, cursor: 'pointer' }}>
          {name}
        </button>
      ))}
    </div>
  );
}
