import { useState } from 'react';
import type { Say } from './strings';
import type { Command } from './workspace.types';

interface CommandMenuProps {
  commands: Command[];
  say: Say;
  onRun: (command: Command) => void;
  onClose: () => void;
}

/** Twenty's ⌘K: every command that the selection allows, found by typing. */
export function CommandMenu({ commands, say, onRun, onClose }: CommandMenuProps) {
  const [search, setSearch] = useState('');
  const found = commands.filter(({ label }) => label.toLowerCase().includes(search.toLowerCase()));
  return (
    <div className="veil" role="presentation" onClick={onClose}>
      <div
        role="dialog"
        aria-modal="true"
        aria-label={say('commands')}
        className="menu"
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      >
        <input
          autoFocus
          type="search"
          aria-label={say('commandHint')}
          placeholder={say('commandHint')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <ul>
          {found.map((command) => (
            <li key={command.universalIdentifier}>
              <button type="button" onClick={() => onRun(command)}>
                {command.label}
              </button>
            </li>
          ))}
        </ul>
        {found.length === 0 && <p className="state">{say('noCommands')}</p>}
      </div>
    </div>
  );
}
