import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const OUTPUT = join(ROOT, 'packages/twenty-app/.twenty/output');

interface Text {
  en: string;
  'zh-CN': string;
}
interface PluginField {
  name: string;
  type: string;
  universalIdentifier: string;
  label: Text;
  default?: unknown;
  unique?: boolean;
  readOnly?: boolean;
  options?: { value: string; label: Text; color?: string }[];
  relation?: { target: string; inverse: { name: string; universalIdentifier: string }; onDelete: string };
}
interface Plugin {
  universalIdentifier: string;
  version: string;
  twenty: { min: string };
  objects: {
    name: string;
    namePlural: string;
    universalIdentifier: string;
    labelField: string;
    fields: PluginField[];
  }[];
  extends: { object: string; fields: PluginField[] }[];
  settings: {
    key: string;
    type: string;
    universalIdentifier: string;
    default: unknown;
    options?: { value: string }[];
  }[];
  actions: {
    name: string;
    objects: string[];
    components: Record<string, string>;
    commands: Record<string, string>;
    form?: string;
  }[];
  permissions: { objects: Record<string, { read: boolean; update: boolean }>; flags: string[] };
}
interface ManifestField {
  name: string;
  type: string;
  universalIdentifier: string;
  objectUniversalIdentifier?: string;
  label: string;
  defaultValue?: unknown;
  isUnique?: boolean;
  isUIEditable?: boolean;
  options?: { value: string; label: string; color: string; position: number }[];
  relationTargetObjectMetadataUniversalIdentifier?: string;
  relationTargetFieldMetadataUniversalIdentifier?: string;
  universalSettings?: { relationType?: string; onDelete?: string; joinColumnName?: string };
}
interface Manifest {
  application: {
    universalIdentifier: string;
    defaultRoleUniversalIdentifier: string;
    settingsFrontComponent?: { universalIdentifier: string };
    requiredServerVersionRange: string | null;
    packageJsonChecksum: string;
    yarnLockChecksum: string;
    postInstallLogicFunction?: { universalIdentifier: string };
    applicationVariables: Record<
      string,
      { universalIdentifier: string; type: string; value: unknown; options?: { value: string }[]; isSecret?: boolean }
    >;
  };
  objects: {
    nameSingular: string;
    namePlural: string;
    universalIdentifier: string;
    labelIdentifierFieldMetadataUniversalIdentifier: string;
    fields: ManifestField[];
  }[];
  fields: ManifestField[];
  roles: {
    universalIdentifier: string;
    canBeAssignedToUsers: boolean;
    canUpdateAllSettings: boolean;
    fieldPermissions?: {
      objectUniversalIdentifier: string;
      fieldUniversalIdentifier: string;
      canUpdateFieldValue: boolean;
    }[];
    canReadAllObjectRecords: boolean;
    canUpdateAllObjectRecords: boolean;
    objectPermissions: {
      objectUniversalIdentifier: string;
      canReadObjectRecords: boolean;
      canUpdateObjectRecords: boolean;
      canSoftDeleteObjectRecords: boolean;
      canDestroyObjectRecords: boolean;
    }[];
    permissionFlagUniversalIdentifiers: string[];
  }[];
  views: {
    name: string;
    universalIdentifier: string;
    objectUniversalIdentifier: string;
    fields: { fieldMetadataUniversalIdentifier: string }[];
    filters: { fieldMetadataUniversalIdentifier: string; operand: string; value: unknown }[];
  }[];
  viewFields: { viewUniversalIdentifier: string; fieldMetadataUniversalIdentifier: string }[];
  navigationMenuItems: {
    name: string;
    viewUniversalIdentifier?: string;
    folderUniversalIdentifier?: string;
    universalIdentifier: string;
  }[];
  commandMenuItems: {
    universalIdentifier: string;
    label: string;
    frontComponentUniversalIdentifier: string;
    conditionalAvailabilityExpression: string;
    availabilityObjectUniversalIdentifier: string;
  }[];
  pageLayoutTabs: Tab[];
  pageLayouts: { universalIdentifier: string; tabs?: Tab[] }[];
  frontComponents: { universalIdentifier: string; builtComponentPath: string; isHeadless: boolean }[];
  logicFunctions: {
    universalIdentifier: string;
    name: string;
    description: string;
    builtHandlerPath: string;
    httpRouteTriggerSettings?: { path: string; isAuthRequired: boolean };
    workflowActionTriggerSettings?: {
      label: string;
      inputSchema: { properties: Record<string, SchemaProperty> }[];
      outputSchema: { properties: Record<string, SchemaProperty> }[];
    };
    toolTriggerSettings?: { inputSchema: { properties: Record<string, SchemaProperty>; required: string[] } };
  }[];
  translations: Record<string, Record<string, string>>;
}

interface Tab {
  layoutMode: string;
  widgets: Widget[];
}

interface Widget {
  title: string;
  type: string;
  objectUniversalIdentifier?: string;
  gridPosition: object;
  position: object;
  configuration: {
    frontComponentUniversalIdentifier?: string;
    filter?: { recordFilters: Record<string, string>[] };
  } & Record<string, unknown>;
}

interface SchemaProperty {
  type: string;
  label?: string;
  description?: string;
  objectUniversalIdentifier?: string;
}

const plugin = JSON.parse(readFileSync(join(ROOT, 'plugin.json'), 'utf8')) as Plugin;
const STANDARD: Record<string, string> = {
  company: '20202020-b374-4779-a561-80086cb2e17f',
  person: '20202020-e674-48e5-a542-72570eee7213',
  workspaceMember: '20202020-3319-4234-a34c-82d5c0e881a6',
};
const ACCOUNT_OWNER = '20202020-95b8-4e10-9881-edb5d4765f9d';
const COMPANY_ID = 'ca0547a7-a55a-51f7-b5d7-f3a03e266c39';
const PERSON_ID = '1e99e171-d0f9-50a8-b342-7f0bdd9bea66';
const objectId = (name: string) =>
  STANDARD[name] ?? plugin.objects.find((object) => object.name === name)?.universalIdentifier;
const owners = [
  ...plugin.objects.map(({ name, fields }) => ({ name, fields })),
  ...plugin.extends.map(({ object, fields }) => ({ name: object, fields })),
];

function readManifest(): Manifest {
  const path = join(OUTPUT, 'manifest.json');
  if (!existsSync(path)) throw new Error('The app is not built: run `npm run app:build`.');
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

describe('the built app', () => {
  const manifest = readManifest();
  const allFields = [
    ...manifest.objects.flatMap(({ universalIdentifier, fields }) =>
      fields.map((field) => ({ ...field, on: universalIdentifier })),
    ),
    ...manifest.fields.map((field) => ({ ...field, on: field.objectUniversalIdentifier })),
  ];
  const built = new Map(allFields.map((field) => [field.universalIdentifier, field]));

  it('should be the app of plugin.json', () => {
    expect(manifest.application.universalIdentifier).toBe(plugin.universalIdentifier);
    // Twenty takes its version from its last instance migration. 2.21.0 has none of its own, calls itself 2.20.0 and would refuse ">=2.21.0".
    expect(plugin.twenty.min).toBe('2.21.0');
    expect(manifest.application.requiredServerVersionRange).toBe('>=2.20.0');
    expect((JSON.parse(readFileSync(join(OUTPUT, 'package.json'), 'utf8')) as { version: string }).version).toBe(
      plugin.version,
    );
  });

  it('should have the objects of plugin.json', () => {
    const labelField = (object: Plugin['objects'][number]) =>
      object.fields.find(({ name }) => name === object.labelField)?.universalIdentifier;

    const declared = plugin.objects.map((object) => [
      object.universalIdentifier,
      [object.name, object.namePlural, labelField(object)],
    ]);
    const found = manifest.objects.map((object) => [
      object.universalIdentifier,
      [object.nameSingular, object.namePlural, object.labelIdentifierFieldMetadataUniversalIdentifier],
    ]);

    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(declared));
  });

  it.each(owners.flatMap(({ name, fields }) => fields.map((field) => [`${name}.${field.name}`, name, field] as const)))(
    'should have %s as it is declared',
    (_, object, field) => {
      const found = built.get(field.universalIdentifier);

      expect(found).toMatchObject({ name: field.name, type: field.type, label: field.label.en, on: objectId(object) });
      expect(found?.isUnique ?? false).toBe(field.unique ?? false);
      expect(found?.isUIEditable ?? true).toBe(!field.readOnly);
      expect(found?.defaultValue).toEqual(typeof field.default === 'string' ? `'${field.default}'` : field.default);
      expect(found?.options?.map(({ value, color, position }) => ({ value, color, position }))).toEqual(
        field.options?.map(({ value, color }, position) => ({ value, color, position })),
      );
      for (const option of found?.options ?? []) expect(option.label).toMatch(/[\u4e00-\u9fff]/);
    },
  );

  it.each(
    owners.flatMap(({ name, fields }) =>
      fields.flatMap((field) =>
        field.relation ? [[`${name}.${field.name}`, name, field, field.relation] as const] : [],
      ),
    ),
  )('should have both ends of %s', (_, object, field, relation) => {
    expect(built.get(field.universalIdentifier)).toMatchObject({
      relationTargetObjectMetadataUniversalIdentifier: objectId(relation.target),
      relationTargetFieldMetadataUniversalIdentifier: relation.inverse.universalIdentifier,
      universalSettings: {
        relationType: 'MANY_TO_ONE',
        onDelete: relation.onDelete,
        joinColumnName: `${field.name}Id`,
      },
    });
    expect(built.get(relation.inverse.universalIdentifier)).toMatchObject({
      name: relation.inverse.name,
      on: objectId(relation.target),
      relationTargetObjectMetadataUniversalIdentifier: objectId(object),
      relationTargetFieldMetadataUniversalIdentifier: field.universalIdentifier,
      universalSettings: { relationType: 'ONE_TO_MANY' },
    });
  });

  it('should add no field that plugin.json does not declare', () => {
    const declared = new Set(
      owners.flatMap(({ fields }) =>
        fields.flatMap(({ universalIdentifier, relation }) => [
          universalIdentifier,
          ...(relation ? [relation.inverse.universalIdentifier] : []),
        ]),
      ),
    );

    expect(
      allFields.filter(({ universalIdentifier }) => !declared.has(universalIdentifier)).map(({ name }) => name),
    ).toEqual([]);
  });

  it('should have the settings of plugin.json with their defaults, none of them secret', () => {
    expect(Object.keys(manifest.application.applicationVariables).sort()).toEqual(
      plugin.settings.map(({ key }) => key).sort(),
    );
    for (const { key, type, universalIdentifier, default: value, options } of plugin.settings) {
      expect(manifest.application.applicationVariables[key]).toMatchObject({
        type,
        universalIdentifier,
        value,
        isSecret: false,
      });
      expect(manifest.application.applicationVariables[key]?.options?.map((option) => option.value)).toEqual(
        options?.map((option) => option.value),
      );
    }
  });

  it('should ask for the permissions of plugin.json and for none over all objects', () => {
    const role = manifest.roles.find(
      ({ universalIdentifier }) => universalIdentifier === manifest.application.defaultRoleUniversalIdentifier,
    );

    expect(role).toMatchObject({ canReadAllObjectRecords: false, canUpdateAllObjectRecords: false });
    expect(role?.objectPermissions).toHaveLength(Object.keys(plugin.permissions.objects).length);
    expect(role?.permissionFlagUniversalIdentifiers).toHaveLength(plugin.permissions.flags.length);
    const known = Object.entries(plugin.permissions.objects).filter(([name]) => objectId(name));
    for (const [name, { read, update }] of known) {
      expect(
        role?.objectPermissions.find(({ objectUniversalIdentifier }) => objectUniversalIdentifier === objectId(name)),
      ).toMatchObject({ canReadObjectRecords: read, canUpdateObjectRecords: update, canDestroyObjectRecords: false });
    }
  });

  it('should have a role for reps that leaves owners, pools and their rules to the engine, and that an admin may assign', () => {
    const [role, ...others] = manifest.roles.filter(
      ({ universalIdentifier }) => universalIdentifier !== manifest.application.defaultRoleUniversalIdentifier,
    );
    const barred = role?.fieldPermissions?.map(
      ({ objectUniversalIdentifier, fieldUniversalIdentifier }) =>
        `${objectUniversalIdentifier} ${fieldUniversalIdentifier}`,
    );
    const added = plugin.extends.flatMap(({ object, fields }) =>
      fields.map(({ universalIdentifier }) => `${objectId(object) ?? ''} ${universalIdentifier}`),
    );

    expect(others).toEqual([]);
    expect(role).toMatchObject({
      canBeAssignedToUsers: true,
      canUpdateAllSettings: false,
      canReadAllObjectRecords: true,
      canUpdateAllObjectRecords: true,
    });
    expect(barred?.sort()).toEqual([...added, `${STANDARD.company ?? ''} ${ACCOUNT_OWNER}`].sort());
    expect(role?.fieldPermissions?.every(({ canUpdateFieldValue }) => !canUpdateFieldValue)).toBe(true);
    expect(role?.objectPermissions.map(({ objectUniversalIdentifier }) => objectUniversalIdentifier).sort()).toEqual(
      plugin.objects.map(({ universalIdentifier }) => universalIdentifier).sort(),
    );
    for (const permission of role?.objectPermissions ?? [])
      expect(permission).toMatchObject({
        canReadObjectRecords: true,
        canUpdateObjectRecords: false,
        canSoftDeleteObjectRecords: false,
        canDestroyObjectRecords: false,
      });
  });

  it('should offer workflows and the AI the same five things, each with what it asks and answers', () => {
    const actions = manifest.logicFunctions.filter(
      ({ workflowActionTriggerSettings }) => workflowActionTriggerSettings,
    );
    const tools = manifest.logicFunctions.filter(({ toolTriggerSettings }) => toolTriggerSettings);
    const records = new Map(
      ['company', 'person', 'workspaceMember', 'customerPool'].map((name) => [objectId(name), name]),
    );

    expect(tools.map(({ name }) => name).sort()).toEqual(
      ['assign', 'claim', 'is-claimable', 'log-follow-up', 'release'].map((name) => `highseas-${name}`),
    );
    expect(actions.map(({ name }) => name.replace('-workflow', '')).sort()).toEqual(
      tools.map(({ name }) => name).sort(),
    );
    expect(actions.filter((action) => tools.includes(action))).toEqual([]);
    for (const { workflowActionTriggerSettings } of actions) {
      const { label = '', inputSchema = [], outputSchema = [] } = workflowActionTriggerSettings ?? {};
      const inputs = Object.entries(inputSchema[0]?.properties ?? {});
      expect(label).toMatch(/^[A-Z].*[\u4e00-\u9fff]/);
      for (const [, property] of [...inputs, ...Object.entries(outputSchema[0]?.properties ?? {})])
        expect(property.label).toMatch(/[\u4e00-\u9fff]/);
      expect(
        inputs
          .filter(([, { type }]) => type === 'record')
          .map(([, property]) => records.get(property.objectUniversalIdentifier)),
      ).toEqual(expect.arrayContaining(['company', 'person', 'workspaceMember']));
      expect(
        inputs.filter(
          ([, { type, objectUniversalIdentifier }]) => type === 'record' && !records.has(objectUniversalIdentifier),
        ),
      ).toEqual([]);
      expect(Object.keys(outputSchema[0]?.properties ?? {})).toEqual(
        expect.arrayContaining(['done', 'status', 'code', 'message', 'owner', 'pool']),
      );
    }
    for (const { description, toolTriggerSettings } of tools) {
      expect(description.length).toBeGreaterThan(80);
      expect(toolTriggerSettings?.inputSchema.required).toEqual(
        expect.arrayContaining(['object', 'recordId', 'member']),
      );
      for (const property of Object.values(toolTriggerSettings?.inputSchema.properties ?? {}))
        expect(property.description).toBeTruthy();
    }
  });

  it('should draw its charts over fields that are there, in the places of both server generations', () => {
    const charts = manifest.pageLayouts
      .flatMap(({ tabs }) => tabs ?? [])
      .filter(({ layoutMode }) => layoutMode === 'GRID')
      .flatMap(({ widgets }) => widgets);
    const ofStandard = new Set([ACCOUNT_OWNER, COMPANY_ID, PERSON_ID]);

    expect(charts.length).toBeGreaterThan(5);
    for (const { title, type, objectUniversalIdentifier, gridPosition, position, configuration } of charts) {
      const fields = [
        ...Object.entries(configuration).flatMap(([key, value]) =>
          key.endsWith('FieldMetadataUniversalIdentifier') && typeof value === 'string' ? [value] : [],
        ),
        ...(configuration.filter?.recordFilters ?? []).flatMap(
          ({ fieldMetadataUniversalIdentifier }) => fieldMetadataUniversalIdentifier ?? [],
        ),
      ];
      expect(title).toMatch(/[\u4e00-\u9fff]/);
      expect({ title, type, fields: fields.length > 0, position }).toEqual({
        title,
        type: 'GRAPH',
        fields: true,
        position: { layoutMode: 'GRID', ...gridPosition },
      });
      for (const field of fields)
        if (!ofStandard.has(field)) expect(built.get(field)?.on).toBe(objectUniversalIdentifier);
    }
  });

  it.each(plugin.actions.flatMap((action) => action.objects.map((object) => [action.name, object, action] as const)))(
    'should offer %s on a %s, also under "Select all"',
    (_, object, action) => {
      const command = manifest.commandMenuItems.find(
        ({ universalIdentifier }) => universalIdentifier === action.commands[object],
      );

      expect(command).toMatchObject({
        frontComponentUniversalIdentifier: action.components[object],
        availabilityObjectUniversalIdentifier: STANDARD[object],
      });
      expect(command?.label).toMatch(/[\u4e00-\u9fff]/);
      // One record that it can work on is enough; the others are refused with their reasons.
      expect(command?.conditionalAvailabilityExpression).toMatch(
        /^isSelectAll or some(Equals|Defined)\(selectedRecords, 'poolStatus'/,
      );
      expect(
        manifest.frontComponents.find(({ universalIdentifier }) => universalIdentifier === action.components[object]),
      ).toMatchObject({ isHeadless: true });
    },
  );

  it('should have the form of every action that asks for input', () => {
    const forms = plugin.actions.flatMap(({ form }) => form ?? []);
    const shown = manifest.frontComponents
      .filter(({ isHeadless }) => !isHeadless)
      .map(({ universalIdentifier }) => universalIdentifier);

    expect(forms.length).toBeGreaterThan(0);
    expect(shown).toEqual(expect.arrayContaining(forms));
  });

  it('should show every component that is no form on a page or a tab, once, and the settings also where there are settings tabs', () => {
    const forms = new Set(plugin.actions.flatMap(({ form }) => form ?? []));
    const shown = manifest.frontComponents
      .filter(({ isHeadless, universalIdentifier }) => !isHeadless && !forms.has(universalIdentifier))
      .map(({ universalIdentifier }) => universalIdentifier);
    const tabs = [...manifest.pageLayoutTabs, ...manifest.pageLayouts.flatMap((page) => page.tabs ?? [])];

    const components = tabs
      .flatMap(({ widgets }) => widgets)
      .filter(({ configuration }) => configuration.frontComponentUniversalIdentifier);
    const settingsTab = manifest.application.settingsFrontComponent?.universalIdentifier;

    expect(settingsTab).toBeTruthy();
    expect(
      [...components.map(({ configuration }) => configuration.frontComponentUniversalIdentifier), settingsTab].sort(),
    ).toEqual(shown.sort());
    // 2.21 reads the one, newer servers the other.
    for (const widget of components)
      expect(widget).toMatchObject({ gridPosition: {}, position: { layoutMode: 'CANVAS' } });
  });

  it('should show poolStatus wherever customers are listed, as the actions look at it', () => {
    for (const object of ['company', 'person']) {
      const status = plugin.extends
        .find((extension) => extension.object === object)
        ?.fields.find(({ name }) => name === 'poolStatus')?.universalIdentifier;
      const views = manifest.views.filter(
        ({ objectUniversalIdentifier }) => objectUniversalIdentifier === STANDARD[object],
      );

      expect(views).toHaveLength(5);
      for (const view of views)
        expect(view.fields.map(({ fieldMetadataUniversalIdentifier }) => fieldMetadataUniversalIdentifier)).toContain(
          status,
        );
      expect(
        manifest.viewFields.filter(
          ({ fieldMetadataUniversalIdentifier }) => fieldMetadataUniversalIdentifier === status,
        ),
      ).toHaveLength(2);
    }
  });

  it('should compare no instant in the filter of a view: Twenty 2.21 then tells nobody of changes', () => {
    const instants = new Set(
      manifest.fields.filter(({ type }) => type === 'DATE_TIME').map(({ universalIdentifier }) => universalIdentifier),
    );
    const compared = manifest.views.flatMap(({ name, filters }) =>
      filters
        .filter(
          ({ fieldMetadataUniversalIdentifier, operand }) =>
            instants.has(fieldMetadataUniversalIdentifier) && !operand.endsWith('EMPTY'),
        )
        .map(({ operand }) => `${name}: ${operand}`),
    );

    expect(instants.size).toBeGreaterThan(3);
    expect(compared).toEqual([]);
  });

  it('should put columns, filters and navigation on things that are there', () => {
    const views = new Set(manifest.views.map(({ universalIdentifier }) => universalIdentifier));
    const own = (id: string) => !id.startsWith('20202020-');
    const used = [
      ...manifest.views.flatMap(({ fields, filters }) => [...fields, ...filters]),
      ...manifest.viewFields,
    ].map(({ fieldMetadataUniversalIdentifier }) => fieldMetadataUniversalIdentifier);

    expect(used.filter((id) => own(id) && !built.has(id))).toEqual([]);
    expect(
      manifest.navigationMenuItems.filter(
        ({ viewUniversalIdentifier }) => viewUniversalIdentifier && !views.has(viewUniversalIdentifier),
      ),
    ).toEqual([]);
  });

  it('should have every label in Chinese', () => {
    const chinese = new Set(Object.values(manifest.translations['zh-CN'] ?? {}));
    const declared = owners.flatMap(({ fields }) => fields.map(({ label }) => label));

    expect(declared.filter((label) => !chinese.has(label['zh-CN']))).toEqual([]);
  });

  it('should tell members where the engine is through routes that ask for a token', () => {
    const routes = manifest.logicFunctions.flatMap(({ httpRouteTriggerSettings }) => httpRouteTriggerSettings ?? []);

    expect(routes.map(({ path }) => path).sort()).toEqual(['/highseas/engine', '/highseas/settings']);
    expect(routes.every(({ isAuthRequired }) => isAuthRequired)).toBe(true);
    expect(manifest.application.postInstallLogicFunction?.universalIdentifier).toBeTruthy();
  });

  it('should contain every file it names, and ask Twenty to install nothing', () => {
    const files = [
      ...manifest.frontComponents.map(({ builtComponentPath }) => builtComponentPath),
      ...manifest.logicFunctions.map(({ builtHandlerPath }) => builtHandlerPath),
    ];
    const checksum = (name: string) =>
      createHash('md5')
        .update(readFileSync(join(OUTPUT, name)))
        .digest('hex');
    const packageJson = JSON.parse(readFileSync(join(OUTPUT, 'package.json'), 'utf8')) as Record<string, unknown>;

    expect(files.filter((file) => !existsSync(join(OUTPUT, file)))).toEqual([]);
    expect(checksum('package.json')).toBe(manifest.application.packageJsonChecksum);
    expect(checksum('yarn.lock')).toBe(manifest.application.yarnLockChecksum);
    expect(packageJson).not.toHaveProperty('dependencies');
    expect(packageJson).not.toHaveProperty('devDependencies');
    expect(readdirSync(OUTPUT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.map'))).toEqual(
      [],
    );
  });
});
