import { sayDate } from '../domain/days';
import { say, type Locale, type StringKey } from '../domain/strings';
import type { TabEvent } from './pool-tab.types';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** What the clock waited for in vain, or that a person went along with their company. */
function whyReclaimed({ rule, facts }: TabEvent, locale: Locale): string | undefined {
  if (facts?.followedCompany !== undefined) return say(locale, 'withCompany');
  const days = number(facts?.days);
  if (rule === null) return undefined;
  return days === undefined ? say(locale, `rule${rule}`) : say(locale, `within${rule}`, { days });
}

function sayHeld({ facts }: TabEvent, actor: string, locale: Locale): string {
  const date = (name: string) => {
    const on = text(facts?.[name]);
    return on === undefined ? '' : sayDate(on.slice(0, 10), locale);
  };
  const days = number(facts?.days) ?? 0;
  switch (facts?.kind) {
    case 'QUIET':
      return say(locale, 'tellQUIET', { actor, date: date('quietUntil') });
    case 'REQUEST':
      return say(locale, 'tellREQUEST', { actor, days });
    case 'EXTENSION':
      return say(locale, 'tellEXTENSION', { actor, days });
    case 'DECISION':
      return say(locale, facts.approved ? 'tellGRANTED' : 'tellDECLINED', { actor });
    default:
      return say(locale, 'tellHELD', { actor, from: date('from'), until: date('until') });
  }
}

function sayProtected({ facts }: TabEvent, actor: string, locale: Locale): string {
  const until = text(facts?.until);
  if (facts?.lock === true) return say(locale, 'tellLOCKED', { actor });
  return until === undefined
    ? say(locale, 'tellUNPROTECTED', { actor })
    : say(locale, 'tellPROTECTED', { actor, date: sayDate(until.slice(0, 10), locale) });
}

/** One line of the history as a colleague would tell it: who did what, from whom to whom, and for a reclaim why. */
export function eventWords(event: TabEvent, locale: Locale): string {
  const { type, bySystem } = event;
  const known = {
    actor: bySystem ? say(locale, 'theSystem') : (event.actor?.name ?? say(locale, 'unknownMember')),
    from: event.from?.name ?? say(locale, 'unknownMember'),
    to: event.to?.name ?? say(locale, 'unknownMember'),
    pool: event.pool?.name ?? say(locale, 'itsPool'),
  };
  const tell = (key: StringKey) => say(locale, key, known);
  const toSomebody = event.to !== null;
  switch (type) {
    case 'CLAIMED':
      return tell('tellCLAIMED');
    case 'RELEASED':
      return tell(event.from === null || event.from.id === event.actor?.id ? 'tellRELEASED' : 'tellRELEASED_OF');
    case 'RECLAIMED': {
      const why = whyReclaimed(event, locale);
      return why === undefined
        ? tell('tellRECLAIMED')
        : say(locale, 'detail', { name: tell('tellRECLAIMED'), message: why });
    }
    case 'ASSIGNED':
      return tell(bySystem ? 'tellASSIGNED_SYSTEM' : 'tellASSIGNED');
    case 'REASSIGNED':
      return tell('tellREASSIGNED');
    case 'OFFBOARDED':
      return tell(toSomebody ? 'tellOFFBOARDED_TO' : bySystem ? 'tellOFFBOARDED' : 'tellOFFBOARDED_BY');
    case 'OBSERVED': {
      if (event.from === null) return tell(toSomebody ? 'tellOBSERVED_TO' : 'eventOBSERVED');
      return tell(toSomebody ? 'tellOBSERVED_FROM_TO' : 'tellOBSERVED_FROM');
    }
    case 'REVERTED':
      return tell(toSomebody ? 'tellREVERTED_TO' : 'tellREVERTED');
    case 'ROUTED':
      return tell(toSomebody ? 'tellROUTED_TO' : 'tellROUTED');
    case 'PROTECTED':
      return sayProtected(event, known.actor, locale);
    case 'HELD':
      return sayHeld(event, known.actor, locale);
    case 'ARCHIVED':
      return tell('tellARCHIVED');
    case 'RESTORED':
      return tell('tellRESTORED');
    case 'UNDONE':
      return tell(toSomebody ? 'tellUNDONE_TO' : 'tellUNDONE');
  }
}
