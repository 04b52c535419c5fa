import { deterministicId } from '../ids';
import { field as draftField, finishField, SYSTEM_FIELD_NAMES, systemField } from '../metadata/field-factory';
import type { FieldMeta, FieldType, ObjectMeta, OnDelete, RelationMeta } from '../metadata/metadata.types';
import { PERMISSION_FLAG_IDENTIFIERS, type PermissionFlag } from '../metadata/standard-identifiers';
import type { MetadataRegistry } from '../metadata/metadata-registry';
import { TOOL_FLAGS, type FieldRights, type RecordRights, type Role } from '../auth/role';
import type { AppManifest, ManifestField, ManifestObject, ManifestRole } from './manifest.types';

/** Finds names for the universal identifiers that a manifest uses, its own and those that are installed. */
export class ManifestNames {
  private readonly objects = new Map<string, string>();
  private readonly fields = new Map<string, string>();

  constructor(manifest: AppManifest, registry: MetadataRegistry) {
    for (const object of registry.objects()) {
      this.objects.set(object.universalIdentifier, object.nameSingular);
      for (const field of object.fields.values()) this.fields.set(field.universalIdentifier, field.name);
    }
    for (const object of manifest.objects ?? []) {
      this.objects.set(object.universalIdentifier, object.nameSingular);
      for (const field of object.fields) this.fields.set(field.universalIdentifier, field.name);
    }
    for (const field of manifest.fields ?? []) this.fields.set(field.universalIdentifier, field.name);
  }

  object(identifier: string | undefined): string | undefined {
    return identifier === undefined ? undefined : this.objects.get(identifier);
  }

  field(identifier: string | undefined): string | undefined {
    return identifier === undefined ? undefined : this.fields.get(identifier);
  }
}

/** Defaults are written as SQL literals: `"'EVERYONE'"` is the text EVERYONE. */
function unquote(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unquote);
  if (typeof value === 'string' && value.length >= 2 && value.startsWith("'") && value.endsWith("'"))
    return value.slice(1, -1);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unquote(part)]));
  }
  return value;
}

export function fieldFromManifest(
  manifest: ManifestField,
  object: string,
  applicationId: string,
  names: ManifestNames,
): FieldMeta | undefined {
  if (SYSTEM_FIELD_NAMES.includes(manifest.name)) {
    return finishField(systemField(manifest.name), object, applicationId, manifest.universalIdentifier);
  }
  const relation = manifest.type === 'RELATION' ? relationFromManifest(manifest, names) : undefined;
  if (manifest.type === 'RELATION' && !relation) return undefined;
  const options = manifest.options?.map((option, index) => ({ ...option, position: option.position ?? index }));
  const draft = draftField(manifest.name, manifest.type as FieldType, {
    label: manifest.label,
    isNullable: manifest.isNullable ?? true,
    isUnique: manifest.isUnique ?? false,
    ...(manifest.description !== undefined && { description: manifest.description }),
    ...(manifest.icon !== undefined && { icon: manifest.icon }),
    ...(manifest.defaultValue !== undefined &&
      manifest.defaultValue !== null && { defaultValue: unquote(manifest.defaultValue) }),
    ...(options && { options }),
    ...(manifest.universalSettings?.dataType === 'int' && { isInteger: true }),
    ...(relation && { relation }),
  });
  return finishField(draft, object, applicationId, manifest.universalIdentifier);
}

function relationFromManifest(manifest: ManifestField, names: ManifestNames): RelationMeta | undefined {
  const target = names.object(manifest.relationTargetObjectMetadataUniversalIdentifier);
  const inverse = names.field(manifest.relationTargetFieldMetadataUniversalIdentifier);
  if (target === undefined || inverse === undefined) return undefined;
  if (manifest.universalSettings?.relationType === 'ONE_TO_MANY') return { kind: 'ONE_TO_MANY', target, inverse };
  const onDelete = (manifest.universalSettings?.onDelete ?? 'SET_NULL') as OnDelete;
  return { kind: 'MANY_TO_ONE', target, inverse, joinColumn: `${manifest.name}Id`, onDelete };
}

export function objectFromManifest(manifest: ManifestObject, applicationId: string, names: ManifestNames): ObjectMeta {
  const fields = new Map<string, FieldMeta>();
  const label = manifest.fields.find(
    (field) => field.universalIdentifier === manifest.labelIdentifierFieldMetadataUniversalIdentifier,
  );
  const relations = manifest.fields.filter((field) => field.type === 'RELATION');
  const put = (field: FieldMeta | undefined) => {
    if (field && !fields.has(field.name)) fields.set(field.name, field);
  };
  if (!label) put(finishField(draftField('name', 'TEXT'), manifest.nameSingular, applicationId));
  for (const field of manifest.fields) {
    if (!relations.includes(field)) put(fieldFromManifest(field, manifest.nameSingular, applicationId, names));
  }
  for (const name of [
    'id',
    'createdAt',
    'createdBy',
    'deletedAt',
    'position',
    'updatedAt',
    'updatedBy',
    'searchVector',
  ]) {
    put(finishField(systemField(name), manifest.nameSingular, applicationId));
  }
  for (const field of relations) put(fieldFromManifest(field, manifest.nameSingular, applicationId, names));
  return {
    id: deterministicId(`object:${manifest.nameSingular}`),
    universalIdentifier: manifest.universalIdentifier,
    applicationId,
    nameSingular: manifest.nameSingular,
    namePlural: manifest.namePlural,
    labelSingular: manifest.labelSingular,
    labelPlural: manifest.labelPlural,
    ...(manifest.description !== undefined && { description: manifest.description }),
    ...(manifest.icon !== undefined && { icon: manifest.icon }),
    isCustom: true,
    isSystem: false,
    labelIdentifier: label?.name ?? 'name',
    fields,
  };
}

export function roleFromManifest(manifest: ManifestRole, applicationId: string, names: ManifestNames): Role {
  const objects = new Map<string, Partial<RecordRights>>();
  for (const permission of manifest.objectPermissions ?? []) {
    const object = names.object(permission.objectUniversalIdentifier);
    if (object === undefined) continue;
    objects.set(object, {
      ...(permission.canReadObjectRecords !== undefined && { read: permission.canReadObjectRecords }),
      ...(permission.canUpdateObjectRecords !== undefined && { update: permission.canUpdateObjectRecords }),
      ...(permission.canSoftDeleteObjectRecords !== undefined && { softDelete: permission.canSoftDeleteObjectRecords }),
      ...(permission.canDestroyObjectRecords !== undefined && { destroy: permission.canDestroyObjectRecords }),
    });
  }
  const fields = new Map<string, Map<string, FieldRights>>();
  for (const permission of manifest.fieldPermissions ?? []) {
    const object = names.object(permission.objectUniversalIdentifier);
    const field = names.field(permission.fieldUniversalIdentifier);
    if (object === undefined || field === undefined) continue;
    const ofObject = fields.get(object) ?? new Map<string, FieldRights>();
    ofObject.set(field, {
      canRead: permission.canReadFieldValue ?? true,
      canUpdate: permission.canUpdateFieldValue ?? true,
    });
    fields.set(object, ofObject);
  }
  const granted = new Set(manifest.permissionFlagUniversalIdentifiers ?? []);
  const flags = (Object.keys(PERMISSION_FLAG_IDENTIFIERS) as PermissionFlag[]).filter(
    (flag) =>
      manifest.canUpdateAllSettings === true ||
      (manifest.canAccessAllTools === true && TOOL_FLAGS.includes(flag)) ||
      granted.has(PERMISSION_FLAG_IDENTIFIERS[flag]),
  );
  return {
    id: deterministicId(`role:${manifest.universalIdentifier}`),
    universalIdentifier: manifest.universalIdentifier,
    label: manifest.label,
    applicationId,
    canUpdateAllSettings: manifest.canUpdateAllSettings ?? false,
    canBeAssignedToUsers: manifest.canBeAssignedToUsers ?? false,
    flags: new Set(flags),
    allObjects: {
      read: manifest.canReadAllObjectRecords ?? false,
      update: manifest.canUpdateAllObjectRecords ?? false,
      softDelete: manifest.canSoftDeleteAllObjectRecords ?? false,
      destroy: manifest.canDestroyAllObjectRecords ?? false,
    },
    objects,
    fields,
  };
}
