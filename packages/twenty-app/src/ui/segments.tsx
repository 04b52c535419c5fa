import { Row } from './parts';
import { useTheme } from './theme';

interface SegmentsProps<Id extends string | number> {
  label: string;
  options: { id: Id; name: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
}

/** One of a few, side by side, as small buttons. */
export function Segments<Id extends string | number>({ label, options, chosen, onChoose }: SegmentsProps<Id>) {
  const theme = useTheme();
  return (
    <div
      role="group"
      aria-label={label}
      style={{
        display: 'inline-block',
        border: `1px solid ${theme.line}`,
        borderRadius: 4,
        padding: 2,
        background: theme.ground,
      }}
    >
      <Row gap={2}>
        {options.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === chosen}
            onClick={() => onChoose(id)}
            style={{
              border: 'none',
              borderRadius: 3,
              padding: '2px 8px',
              font: 'inherit',
              fontSize: 12,
              cursor: 'pointer',
              background: id === chosen ? theme.hover : 'transparent',
              color: id === chosen ? theme.text : theme.muted,
              fontWeight: id === chosen ? 600 : 400,
            }}
          >
            {name}
          </button>
        ))}
      </Row>
    </div>
  );
}
