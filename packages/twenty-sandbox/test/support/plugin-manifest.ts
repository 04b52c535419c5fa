import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  STANDARD_IDENTIFIERS,
  PERMISSION_FLAG_IDENTIFIERS,
  type PermissionFlag,
} from '../../src/metadata/standard-identifiers';
import type { AppManifest, ManifestField, ManifestObject } from '../../src/install/manifest.types';

interface PluginField {
  name: string;
  type: string;
  universalIdentifier: string;
  label: { en: string };
  default?: unknown;
  unique?: boolean;
  options?: { value: string; label: { en: string }; color?: string }[];
  relation?: {
    target: string;
    inverse: { name: string; universalIdentifier: string; label: { en: string } };
    onDelete?: string;
  };
}

interface Plugin {
  universalIdentifier: string;
  label: { en: string };
  version: string;
  objects: {
    name: string;
    namePlural: string;
    universalIdentifier: string;
    label: { en: string };
    labelPlural: { en: string };
    labelField: string;
    fields: PluginField[];
  }[];
  extends: { object: string; fields: PluginField[] }[];
  settings: { key: string; type: string; universalIdentifier: string; default?: unknown }[];
  permissions: { objects: Record<string, { read?: boolean; update?: boolean }>; flags: PermissionFlag[] };
}

export const ROLE_IDENTIFIER = '5c1b8a52-0f0a-4f3f-8f6a-2f4b1a9f6d01';
export const NO_OWNER_ROLE_IDENTIFIER = '5c1b8a52-0f0a-4f3f-8f6a-2f4b1a9f6d02';

const quoted = (value: unknown): unknown => {
  if (typeof value === 'string') return `'${value}'`;
  return Array.isArray(value) ? value.map(quoted) : value;
};

/** A manifest as the app's build writes it, made from plugin.json alone, so that these tests need no app build. */
export function pluginManifest(): AppManifest {
  const plugin = JSON.parse(readFileSync(join(__dirname, '../../../../plugin.json'), 'utf8')) as Plugin;
  const identifiers = new Map<string, string>(
    Object.entries(STANDARD_IDENTIFIERS).map(([name, { object }]) => [name, object]),
  );
  for (const object of plugin.objects) identifiers.set(object.name, object.universalIdentifier);
  const inverses: ManifestField[] = [];

  const fieldOf = (object: string, field: PluginField): ManifestField => {
    const base: ManifestField = {
      universalIdentifier: field.universalIdentifier,
      type: field.type,
      name: field.name,
      label: field.label.en,
    };
    if (!field.relation) {
      return {
        ...base,
        ...(field.default !== undefined && { defaultValue: quoted(field.default) }),
        ...(field.unique && { isUnique: true }),
        ...(field.options && {
          options: field.options.map(({ value, label, color }, position) => ({
            value,
            label: label.en,
            position,
            ...(color && { color }),
          })),
        }),
      };
    }
    const { target, inverse, onDelete = 'SET_NULL' } = field.relation;
    const [targetId, objectId] = [identifiers.get(target), identifiers.get(object)];
    if (targetId === undefined || objectId === undefined) throw new Error(`Unknown relation target ${target}`);
    inverses.push({
      universalIdentifier: inverse.universalIdentifier,
      objectUniversalIdentifier: targetId,
      type: 'RELATION',
      name: inverse.name,
      label: inverse.label.en,
      relationTargetObjectMetadataUniversalIdentifier: objectId,
      relationTargetFieldMetadataUniversalIdentifier: field.universalIdentifier,
      universalSettings: { relationType: 'ONE_TO_MANY' },
    });
    return {
      ...base,
      type: 'RELATION',
      relationTargetObjectMetadataUniversalIdentifier: targetId,
      relationTargetFieldMetadataUniversalIdentifier: inverse.universalIdentifier,
      universalSettings: { relationType: 'MANY_TO_ONE', onDelete, joinColumnName: `${field.name}Id` },
    };
  };

  const objects = plugin.objects.map((object): ManifestObject => {
    const label = object.fields.find((field) => field.name === object.labelField);
    return {
      universalIdentifier: object.universalIdentifier,
      nameSingular: object.name,
      namePlural: object.namePlural,
      labelSingular: object.label.en,
      labelPlural: object.labelPlural.en,
      fields: object.fields.map((field) => fieldOf(object.name, field)),
      ...(label && { labelIdentifierFieldMetadataUniversalIdentifier: label.universalIdentifier }),
    };
  });
  const extended = plugin.extends.flatMap(({ object, fields }) =>
    fields.map((field) => ({ ...fieldOf(object, field), objectUniversalIdentifier: identifiers.get(object) ?? '' })),
  );

  return {
    application: {
      universalIdentifier: plugin.universalIdentifier,
      displayName: plugin.label.en,
      version: plugin.version,
      defaultRoleUniversalIdentifier: ROLE_IDENTIFIER,
      applicationVariables: Object.fromEntries(
        plugin.settings.map(({ key, type, universalIdentifier, default: value }) => [
          key,
          { universalIdentifier, type, value },
        ]),
      ),
    },
    objects,
    fields: [...extended, ...inverses],
    roles: [
      {
        universalIdentifier: ROLE_IDENTIFIER,
        label: 'Highseas engine',
        permissionFlagUniversalIdentifiers: plugin.permissions.flags.map((flag) => PERMISSION_FLAG_IDENTIFIERS[flag]),
        objectPermissions: Object.entries(plugin.permissions.objects).map(([object, rights]) => ({
          objectUniversalIdentifier: identifiers.get(object) ?? '',
          canReadObjectRecords: rights.read ?? false,
          canUpdateObjectRecords: rights.update ?? false,
          canSoftDeleteObjectRecords: false,
          canDestroyObjectRecords: false,
        })),
      },
      {
        universalIdentifier: NO_OWNER_ROLE_IDENTIFIER,
        label: 'Member who cannot change owners',
        canReadAllObjectRecords: true,
        canUpdateAllObjectRecords: true,
        canBeAssignedToUsers: true,
        fieldPermissions: [
          {
            objectUniversalIdentifier: STANDARD_IDENTIFIERS.company.object,
            fieldUniversalIdentifier: STANDARD_IDENTIFIERS.company.fields.accountOwner,
            canReadFieldValue: true,
            canUpdateFieldValue: false,
          },
        ],
      },
    ],
    logicFunctions: [
      {
        universalIdentifier: '5c1b8a52-0f0a-4f3f-8f6a-2f4b1a9f6d03',
        httpRouteTriggerSettings: { path: '/highseas/engine', httpMethod: 'GET', isAuthRequired: true },
      },
      {
        universalIdentifier: '5c1b8a52-0f0a-4f3f-8f6a-2f4b1a9f6d04',
        httpRouteTriggerSettings: { path: '/highseas/settings', httpMethod: 'GET', isAuthRequired: true },
      },
    ],
    frontComponents: [
      {
        universalIdentifier: '5c1b8a52-0f0a-4f3f-8f6a-2f4b1a9f6d05',
        name: 'release-form',
        componentName: 'ReleaseForm',
      },
    ],
  };
}
