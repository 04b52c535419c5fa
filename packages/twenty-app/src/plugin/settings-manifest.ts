import type { defineApplication } from '../platform/sdk';
import { FieldType } from '../platform/sdk';
import { bilingual } from './bilingual';
import { plugin } from './plugin';

type Variables = NonNullable<Parameters<typeof defineApplication>[0]['applicationVariables']>;

/** The workspace settings as Twenty's application variables. On 2.21 the caption is the key and the description a tooltip. */
export function settingsManifest(): Variables {
  return Object.fromEntries(
    plugin.settings.map(({ key, type, universalIdentifier, label, description, options, default: value }) => [
      key,
      {
        universalIdentifier,
        type: FieldType[type],
        label: bilingual(label),
        description: bilingual(description),
        ...(options && { options: options.map((option) => ({ value: option.value, label: bilingual(option.label) })) }),
        value,
        isSecret: false,
      },
    ]),
  );
}
