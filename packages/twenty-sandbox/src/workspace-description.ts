import { describeChart } from './chart-description';
import { dateFilter } from './date-operands';
import type { InstalledApplication } from './install/installed-application';
import type { ManifestView } from './install/manifest.types';
import type { FieldMeta, ObjectMeta } from './metadata/metadata.types';
import { translateTo, type Translate } from './metadata/translate-label';
import { SAMPLE_MEMBERS } from './sample/sample-members';
import type { Workspace } from './workspace';

function describeField(field: FieldMeta, zh: Translate) {
  const { name, type, label, options, relation } = field;
  return {
    name,
    type,
    label: { en: label, 'zh-CN': zh(label) },
    ...(options && { options }),
    ...(relation && { relation }),
  };
}

function describeObject(object: ObjectMeta, zh: Translate) {
  const { nameSingular, namePlural, labelSingular, labelPlural } = object;
  return {
    nameSingular,
    namePlural,
    label: { en: labelSingular, 'zh-CN': zh(labelSingular) },
    labelPlural: { en: labelPlural, 'zh-CN': zh(labelPlural) },
    fields: Object.fromEntries([...object.fields.values()].map((field) => [field.name, describeField(field, zh)])),
  };
}

function describeView(view: ManifestView, { registry, clock }: Workspace) {
  const nameOf = (identifier: string) => registry.findField(identifier)?.field.name;
  const filtersOf = (group: string | undefined) =>
    (view.filters ?? [])
      .filter(({ viewFilterGroupUniversalIdentifier }) => viewFilterGroupUniversalIdentifier === group)
      .flatMap(({ fieldMetadataUniversalIdentifier, operand, value }) => {
        const field = registry.findField(fieldMetadataUniversalIdentifier)?.field;
        return field
          ? [
              {
                field: field.name,
                operand,
                value,
                dates: dateFilter(operand, value, field.type === 'DATE', clock.now()),
              },
            ]
          : [];
      });
  // As far as views of apps go: one group of which one is enough, and groups within it of which all are needed.
  const groups = view.filterGroups ?? [];
  const root = groups.find(
    ({ parentViewFilterGroupUniversalIdentifier }) => parentViewFilterGroupUniversalIdentifier === undefined,
  );
  const within = groups.filter(
    ({ parentViewFilterGroupUniversalIdentifier }) => parentViewFilterGroupUniversalIdentifier !== undefined,
  );
  const sort = view.sorts?.[0];
  return {
    id: view.universalIdentifier,
    name: view.name ?? '',
    object: registry.findByUniversalIdentifier(view.objectUniversalIdentifier)?.nameSingular,
    columns: [...(view.fields ?? [])]
      .sort((a, b) => a.position - b.position)
      .flatMap((field) => nameOf(field.fieldMetadataUniversalIdentifier) ?? []),
    filters: filtersOf(undefined),
    anyOf: root
      ? [
          ...filtersOf(root.universalIdentifier).map((filter) => [filter]),
          ...within.map(({ universalIdentifier }) => filtersOf(universalIdentifier)),
        ]
      : [],
    sort: sort && { field: nameOf(sort.fieldMetadataUniversalIdentifier), direction: sort.direction },
  };
}

function describeApplication(
  { id, name, universalIdentifier, manifest, frontComponents, variables }: InstalledApplication,
  workspace: Workspace,
) {
  const { registry } = workspace;
  const objectOf = (identifier: string | undefined) =>
    identifier === undefined ? undefined : registry.findByUniversalIdentifier(identifier)?.nameSingular;
  return {
    id,
    name,
    universalIdentifier,
    engineUrl: variables.get('HIGHSEAS_ENGINE_URL')?.value ?? '',
    views: (manifest.views ?? []).map((view) => describeView(view, workspace)),
    // What the sandbox does not know of Twenty's standard pages, the page knows by their fixed identifiers.
    navigation: [...(manifest.navigationMenuItems ?? [])].sort((a, b) => (a.position ?? 0) - (b.position ?? 0)),
    pages: (manifest.pageLayouts ?? []).map((page) => ({
      ...page,
      charts: (page.tabs ?? [])
        .flatMap((tab) => tab.widgets ?? [])
        .flatMap((widget) => describeChart(widget, workspace) ?? []),
    })),
    tabs: manifest.pageLayoutTabs ?? [],
    commands: (manifest.commandMenuItems ?? []).map((command) => ({
      ...command,
      object: objectOf(command.availabilityObjectUniversalIdentifier),
    })),
    components: frontComponents,
  };
}

/** Everything about the workspace that the browser shows and no query of Twenty's API tells in one piece. */
export function describeWorkspace(workspace: Workspace) {
  const [application] = workspace.applications.values();
  const zh = translateTo('zh-CN', application?.manifest.translations?.['zh-CN'] ?? {});
  return {
    now: workspace.clock.iso(),
    members: SAMPLE_MEMBERS.map(({ email, firstName, lastName, role, locale }) => ({
      id: workspace.userByEmail(email)?.workspaceMemberId,
      email,
      name: locale === 'zh-CN' ? `${lastName}${firstName}` : `${firstName} ${lastName}`,
      role,
      locale,
    })).filter(({ id }) => id !== undefined),
    objects: Object.fromEntries(
      workspace.registry.objects().map((object) => [object.nameSingular, describeObject(object, zh)]),
    ),
    app: application && describeApplication(application, workspace),
  };
}
