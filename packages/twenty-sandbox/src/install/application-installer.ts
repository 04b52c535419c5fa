import { STANDARD_ROLES, type Role } from '../auth/role';
import { deterministicId } from '../ids';
import type { FieldMeta } from '../metadata/metadata.types';
import { columnOf } from '../metadata/metadata-registry';
import { defaultValue } from '../records/values';
import type { Workspace } from '../workspace';
import type { ApplicationVariable, InstalledApplication } from './installed-application';
import { fieldFromManifest, ManifestNames, objectFromManifest, roleFromManifest } from './manifest-metadata';
import type { AppManifest } from './manifest.types';
import { assertInstallable } from './validate-manifest';

/** Installs, upgrades and uninstalls apps in a workspace from their built manifest. */
export class ApplicationInstaller {
  constructor(private readonly workspace: Workspace) {}

  /** @throws TwentyError METADATA_VALIDATION_FAILED; then nothing is changed */
  install(manifest: AppManifest, bundles?: string): InstalledApplication {
    const { universalIdentifier } = manifest.application;
    const id = deterministicId(`application:${this.workspace.name}:${universalIdentifier}`);
    assertInstallable(manifest, this.workspace.registry, id);
    const names = new ManifestNames(manifest, this.workspace.registry);
    const previous = this.workspace.applications.get(universalIdentifier);
    this.removeEntitiesNotIn(manifest, id);
    this.putObjects(manifest, id, names);
    this.putFields(manifest, id, names);
    const role = this.putRoles(manifest, id, names);
    const application: InstalledApplication = {
      id,
      universalIdentifier,
      name: manifest.application.displayName,
      description: manifest.application.description ?? '',
      version: manifest.application.version ?? '0.0.0',
      manifest,
      ...(bundles !== undefined && { bundles }),
      variables: variablesOf(manifest, previous),
      frontComponents: (manifest.frontComponents ?? []).map((component) => ({
        id: deterministicId(`front-component:${this.workspace.name}:${component.universalIdentifier}`),
        name: component.name ?? component.componentName,
        universalIdentifier: component.universalIdentifier,
        isHeadless: component.isHeadless ?? false,
        componentName: component.componentName,
      })),
      roleId: role.id,
    };
    this.workspace.applications.set(universalIdentifier, application);
    return application;
  }

  /** docs/twenty-platform.md#trap-15: fields, objects, roles and their data go at once; webhooks stay. */
  uninstall(universalIdentifier: string): boolean {
    const application = this.workspace.applications.get(universalIdentifier);
    if (!application) return false;
    this.removeEntitiesNotIn({ application: application.manifest.application }, application.id);
    for (const role of this.workspace.roles.values()) {
      if (role.applicationId === application.id) this.workspace.roles.delete(role.id);
    }
    this.workspace.applications.delete(universalIdentifier);
    return true;
  }

  /** docs/twenty-platform.md#trap-16: what a new version no longer has is removed with its data. */
  private removeEntitiesNotIn(manifest: AppManifest, applicationId: string): void {
    const { registry, store } = this.workspace;
    const objects = new Set((manifest.objects ?? []).map((object) => object.universalIdentifier));
    const fields = new Set([
      ...(manifest.fields ?? []).map((field) => field.universalIdentifier),
      ...(manifest.objects ?? []).flatMap((object) => object.fields.map((field) => field.universalIdentifier)),
    ]);
    for (const object of registry.objects()) {
      if (object.applicationId === applicationId && !objects.has(object.universalIdentifier)) {
        registry.removeObject(object.nameSingular);
        store.dropTable(object.nameSingular);
        continue;
      }
      for (const field of [...object.fields.values()]) {
        const isOwn =
          field.applicationId === applicationId && (!object.isCustom || object.applicationId !== applicationId);
        if (isOwn && !fields.has(field.universalIdentifier)) this.removeField(object.nameSingular, field);
      }
    }
  }

  private removeField(object: string, field: FieldMeta): void {
    this.workspace.registry.removeField(object, field.name);
    const column = columnOf(field);
    if (column !== undefined) this.workspace.store.table(object).dropColumn(column);
  }

  private putObjects(manifest: AppManifest, applicationId: string, names: ManifestNames): void {
    const { registry, store } = this.workspace;
    for (const description of manifest.objects ?? []) {
      const object = objectFromManifest(description, applicationId, names);
      const existing = registry.find(object.nameSingular);
      if (!existing) {
        registry.addObject(object);
        store.addTable(object);
        continue;
      }
      for (const field of [...existing.fields.values()]) {
        if (field.applicationId === applicationId && !object.fields.has(field.name))
          this.removeField(object.nameSingular, field);
      }
      for (const field of object.fields.values()) this.putField(object.nameSingular, field);
    }
  }

  private putFields(manifest: AppManifest, applicationId: string, names: ManifestNames): void {
    for (const description of manifest.fields ?? []) {
      const object = names.object(description.objectUniversalIdentifier);
      if (object === undefined) continue;
      const field = fieldFromManifest(description, object, applicationId, names);
      if (field) this.putField(object, field);
    }
  }

  private putField(object: string, field: FieldMeta): void {
    const { registry, store } = this.workspace;
    registry.addField(object, field);
    const column = columnOf(field);
    if (column !== undefined && column !== 'searchVector') {
      store.table(object).addColumn(column, column === field.name ? defaultValue(field) : null);
    }
  }

  private putRoles(manifest: AppManifest, applicationId: string, names: ManifestNames): Role {
    const roles = (manifest.roles ?? []).map((role) => roleFromManifest(role, applicationId, names));
    for (const role of roles) this.workspace.roles.set(role.id, role);
    const own = roles.find((role) => role.universalIdentifier === manifest.application.defaultRoleUniversalIdentifier);
    return own ?? STANDARD_ROLES.guest;
  }
}

function variablesOf(
  manifest: AppManifest,
  previous: InstalledApplication | undefined,
): Map<string, ApplicationVariable> {
  const variables = new Map<string, ApplicationVariable>();
  for (const [key, variable] of Object.entries(manifest.application.applicationVariables ?? {})) {
    const type = variable.type ?? 'TEXT';
    variables.set(key, {
      id: deterministicId(`variable:${variable.universalIdentifier}`),
      key,
      value: previous?.variables.get(key)?.value ?? textOf(variable.value),
      description: variable.description ?? '',
      isSecret: variable.isSecret ?? false,
      type,
      options: variable.options ?? null,
    });
  }
  return variables;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
