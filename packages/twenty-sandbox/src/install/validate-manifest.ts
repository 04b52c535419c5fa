import { TwentyError } from '../errors';
import { isUuid } from '../ids';
import { SYSTEM_FIELD_NAMES } from '../metadata/field-factory';
import type { MetadataRegistry } from '../metadata/metadata-registry';
import { isReservedName } from '../metadata/reserved-names';
import type { AppManifest, ManifestField } from './manifest.types';

const CAMEL_CASE = /^[a-z][a-zA-Z0-9]*$/;
const FIELD_TYPES = new Set([
  'ACTOR',
  'ADDRESS',
  'ARRAY',
  'BOOLEAN',
  'CURRENCY',
  'DATE',
  'DATE_TIME',
  'EMAILS',
  'FILES',
  'FULL_NAME',
  'LINKS',
  'MULTI_SELECT',
  'NUMBER',
  'NUMERIC',
  'PHONES',
  'POSITION',
  'RATING',
  'RAW_JSON',
  'RELATION',
  'RICH_TEXT',
  'SELECT',
  'TEXT',
  'TS_VECTOR',
  'UUID',
]);

/**
 * Standard views and page layouts of server generation 2.21 to 2.23; other generations have other ids
 * (docs/twenty-platform.md#trap-6).
 */
const STANDARD_VIEWS = new Set([
  '20202020-a001-4a01-8a01-c0aba11c0001',
  '20202020-a001-4a01-8a01-c0aba11c1001',
  '20202020-a002-4a02-8a02-ae0a1ea11a00',
  '20202020-a002-4a02-8a02-ae0a1ea12001',
]);
const STANDARD_PAGE_LAYOUTS = new Set(['20202020-a101-4001-8001-c0aba11c0001', '20202020-a102-4002-8002-ae0a1ea11002']);

const RESERVED = 'This name is reserved. Use a different name.';

/** Refuses a manifest that Twenty would refuse, with everything that is wrong with it. */
export function assertInstallable(manifest: AppManifest, registry: MetadataRegistry, applicationId: string): void {
  const errors: string[] = [];
  const foreign = registry.objects().filter((object) => object.applicationId !== applicationId);
  const foreignIdentifiers = new Set(
    foreign.flatMap((object) => [
      object.universalIdentifier,
      ...[...object.fields.values()]
        .filter((field) => field.applicationId !== applicationId)
        .map((field) => field.universalIdentifier),
    ]),
  );
  const identifiers = new Set<string>();
  const claim = (what: string, identifier: string) => {
    if (!isUuid(identifier)) errors.push(`${what}: universal identifier is not a UUID`);
    if (identifiers.has(identifier) || foreignIdentifiers.has(identifier))
      errors.push(`${what}: universal identifier ${identifier} is used twice`);
    identifiers.add(identifier);
  };

  const objects = manifest.objects ?? [];
  const objectIdentifiers = new Set([
    ...foreign.map((object) => object.universalIdentifier),
    ...objects.map((object) => object.universalIdentifier),
  ]);
  const fieldIdentifiers = new Set([
    ...foreignIdentifiers,
    ...objects.flatMap((object) => object.fields.map((field) => field.universalIdentifier)),
    ...(manifest.fields ?? []).map((field) => field.universalIdentifier),
  ]);
  const objectNames = new Set(foreign.flatMap((object) => [object.nameSingular, object.namePlural]));
  for (const object of objects) {
    claim(`Object ${object.nameSingular}`, object.universalIdentifier);
    for (const name of [object.nameSingular, object.namePlural]) {
      if (!CAMEL_CASE.test(name)) errors.push(`Object ${name}: name must be in camel case`);
      if (isReservedName(name)) errors.push(`Object ${name}: ${RESERVED}`);
      if (objectNames.has(name)) errors.push(`Object ${name}: name is already in use`);
      objectNames.add(name);
    }
    if (object.nameSingular === object.namePlural)
      errors.push(`Object ${object.nameSingular}: singular and plural name are the same`);
  }

  const fieldNames = new Map<string, Set<string>>();
  for (const object of foreign) {
    const own = [...object.fields.values()].filter((field) => field.applicationId !== applicationId);
    fieldNames.set(object.universalIdentifier, new Set(own.map((field) => field.name)));
  }
  const checkField = (objectIdentifier: string | undefined, field: ManifestField) => {
    const what = `Field ${field.name}`;
    claim(what, field.universalIdentifier);
    if (objectIdentifier === undefined || !objectIdentifiers.has(objectIdentifier)) {
      errors.push(`${what}: references unknown object ${String(objectIdentifier)}`);
      return;
    }
    const taken = fieldNames.get(objectIdentifier) ?? new Set<string>();
    fieldNames.set(objectIdentifier, taken);
    if (taken.has(field.name)) errors.push(`${what}: name is already in use on its object`);
    taken.add(field.name);
    if (SYSTEM_FIELD_NAMES.includes(field.name)) return;
    if (!FIELD_TYPES.has(field.type)) errors.push(`${what}: unknown type ${field.type}`);
    if (!CAMEL_CASE.test(field.name)) errors.push(`${what}: name must be in camel case`);
    if (isReservedName(field.name)) errors.push(`${what}: ${RESERVED}`);
    if ((field.type === 'SELECT' || field.type === 'MULTI_SELECT') && (field.options ?? []).length === 0)
      errors.push(`${what}: needs options`);
    if (field.type === 'RELATION') errors.push(...relationErrors(what, field, objectIdentifiers, fieldIdentifiers));
  };
  for (const object of objects) object.fields.forEach((field) => checkField(object.universalIdentifier, field));
  for (const field of manifest.fields ?? []) checkField(field.objectUniversalIdentifier, field);

  const ownObjects = new Set(objects.map((object) => object.universalIdentifier));
  for (const index of manifest.indexes ?? []) {
    // docs/twenty-platform.md#trap-12: an app cannot add an index to a standard object.
    if (!ownObjects.has(index.objectUniversalIdentifier))
      errors.push(`Index ${index.universalIdentifier}: references unknown object`);
  }
  errors.push(...viewErrors(manifest));
  if (errors.length > 0) {
    throw new TwentyError(`Validation failed: ${errors.join('; ')}`, {
      code: 'METADATA_VALIDATION_FAILED',
      extra: { errors },
    });
  }
}

function relationErrors(
  what: string,
  field: ManifestField,
  objects: ReadonlySet<string>,
  fields: ReadonlySet<string>,
): string[] {
  const errors: string[] = [];
  const target = field.relationTargetObjectMetadataUniversalIdentifier;
  const inverse = field.relationTargetFieldMetadataUniversalIdentifier;
  if (target === undefined || !objects.has(target)) errors.push(`${what}: references unknown object ${String(target)}`);
  if (inverse === undefined || !fields.has(inverse))
    errors.push(`${what}: references unknown field ${String(inverse)}`);
  const { relationType, joinColumnName } = field.universalSettings ?? {};
  if (relationType !== 'MANY_TO_ONE' && relationType !== 'ONE_TO_MANY') errors.push(`${what}: needs a relation type`);
  if (
    relationType === 'MANY_TO_ONE' &&
    joinColumnName !== undefined &&
    joinColumnName !== null &&
    joinColumnName !== `${field.name}Id`
  ) {
    errors.push(`${what}: join column must be ${field.name}Id`);
  }
  return errors;
}

function viewErrors(manifest: AppManifest): string[] {
  const views = new Set([...STANDARD_VIEWS, ...(manifest.views ?? []).map((view) => view.universalIdentifier)]);
  const layouts = new Set([
    ...STANDARD_PAGE_LAYOUTS,
    ...(manifest.pageLayouts ?? []).map((layout) => layout.universalIdentifier),
  ]);
  return [
    ...(manifest.viewFields ?? [])
      .filter((field) => !views.has(field.viewUniversalIdentifier))
      .map((field) => `View field ${field.universalIdentifier}: View not found`),
    ...(manifest.pageLayoutTabs ?? [])
      .filter(
        (tab) => tab.pageLayoutUniversalIdentifier !== undefined && !layouts.has(tab.pageLayoutUniversalIdentifier),
      )
      .map((tab) => `Page layout tab ${tab.universalIdentifier}: Page layout not found`),
  ];
}
