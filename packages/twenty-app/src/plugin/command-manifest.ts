import type { defineCommandMenuItem } from '../platform/sdk';
import { bilingual } from './bilingual';
import { objectId } from './field-manifest';
import { pluginAction } from './plugin';
import type { ExtendedObject } from './plugin.types';

type CommandConfig = Parameters<typeof defineCommandMenuItem>[0];

/** A record action without its availability, which the build wants written out where the command is defined. */
export function commandManifest(name: string, object: ExtendedObject): CommandConfig {
  const action = pluginAction(name);
  return {
    universalIdentifier: action.commands[object],
    label: bilingual(action.label),
    shortLabel: bilingual(action.shortLabel),
    isPinned: action.pinned ?? true,
    availabilityType: 'RECORD_SELECTION',
    availabilityObjectUniversalIdentifier: objectId(object),
    frontComponentUniversalIdentifier: action.components[object],
  };
}
