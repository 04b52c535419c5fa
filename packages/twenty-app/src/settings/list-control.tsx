import { useState } from 'react';
import { sayDate } from '../domain/days';
import { say } from '../domain/strings';
import { Button, controlStyle, Muted, Row } from '../ui/parts';
import { TextField } from '../ui/text-field';
import { useTheme } from '../ui/theme';
import { Group } from './group';
import type { SettingControlProps } from './setting-control';
import { controlOf, isDate, listOf } from './setting-value';

/** A list of dates or of words: what is in it can be taken away, and more can be added. */
export function ListControl({
  setting,
  draft,
  problem,
  disabled,
  locale,
  hint,
  onChange,
}: SettingControlProps & { hint: string }) {
  const theme = useTheme();
  const [next, setNext] = useState('');
  const dates = controlOf(setting) === 'dates';
  const items = listOf(draft) ?? [];
  const caption = setting.label[locale];
  const wanted = next.trim();
  const mayAdd = wanted !== '' && !items.includes(wanted) && (!dates || isDate(wanted));
  const add = () => {
    onChange(JSON.stringify(dates ? [...items, wanted].sort() : [...items, wanted]));
    setNext('');
  };
  return (
    <Group caption={caption} hint={hint} bad={problem !== undefined}>
      <Row>
        {items.length === 0 && <Muted>{say(locale, 'emptyList')}</Muted>}
        {items.map((item) => {
          const name = dates && isDate(item) ? sayDate(item, locale) : item;
          return (
            <span
              key={item}
              style={{
                display: 'inline-flex',
                alignItems: 'center',
                gap: 4,
                padding: '1px 4px 1px 8px',
                borderRadius: 4,
                background: theme.hover,
              }}
            >
              {name}
              {!disabled && (
                <Button
                  look="plain"
                  label={say(locale, 'takeAway', { name })}
                  onClick={() => onChange(JSON.stringify(items.filter((other) => other !== item)))}
                >
                  ✕
                </Button>
              )}
            </span>
          );
        })}
      </Row>
      {!disabled && (
        <Row>
          <span style={{ flex: '0 1 180px', minWidth: 0 }}>
            {dates ? (
              <input
                type="date"
                aria-label={say(locale, 'addTo', { name: caption })}
                style={controlStyle(theme)}
                value={next}
                onChange={(event) => setNext(event.target.value)}
              />
            ) : (
              <TextField label={say(locale, 'addTo', { name: caption })} value={next} onChange={setNext} />
            )}
          </span>
          <Button label={say(locale, 'addNamed', { name: caption })} disabled={!mayAdd} onClick={add}>
            {say(locale, 'add')}
          </Button>
        </Row>
      )}
    </Group>
  );
}
