import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Twenty's build reads one definition a file. What plugin.json adds to Twenty's own objects needs one small file each,
// all alike; they are written before every build rather than kept.

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const fieldShell = (object, field) => `import { defineField } from '../../platform/sdk';
import { addedField } from '../../plugin/field-manifest';

export default defineField(addedField('${object}', '${field}'));
`;

const viewFieldShell = (maker, object, field) => `import { defineViewField } from '../../platform/sdk';
import { ${maker} } from '../../plugin/view-manifest';

export default defineViewField(${maker}('${object}', '${field}'));
`;

const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const pascal = (name) => camel(name).replace(/^\w/, (letter) => letter.toUpperCase());

// A command shows where it can do something for one of the selected records at least; the others are refused one by one, each with its
// reason. "Select all" hands over no records: the command stays, and leads to the console. The build wants the expression written out.
const some = (...states) =>
  ['isSelectAll', ...states.map((state) => `someEquals(selectedRecords, 'poolStatus', '${state}')`)].join(' || ');
const WHEN = {
  OWNED: some('OWNED'),
  POOLED: some('POOLED'),
  ARCHIVED: some('ARCHIVED'),
  NOT_ARCHIVED: some('OWNED', 'POOLED'),
  MANAGED: `isSelectAll || someDefined(selectedRecords, 'poolStatus')`,
};

// Where the console does for everything what the action does for a selection; elsewhere managers do it.
const CONSOLE_START = { claim: 'claim', release: 'book', 'follow-up': 'book', 'more-time': 'book' };

const commandShell = (
  { name, availableWhen },
  object,
) => `import { ${['defineCommandMenuItem', 'isSelectAll', 'selectedRecords', 'someDefined', 'someEquals'].filter((word) => word === 'defineCommandMenuItem' || WHEN[availableWhen].includes(word)).join(', ')} } from '../../platform/sdk';
import { commandManifest } from '../../plugin/command-manifest';

export default defineCommandMenuItem({
  ...commandManifest('${name}', '${object}'),
  conditionalAvailabilityExpression: ${WHEN[availableWhen]},
});
`;

const componentShell = (
  identifier,
  name,
  description,
  isHeadless,
  imports,
  element,
) => `import { defineFrontComponent } from 'twenty-sdk/define';
${imports}

const ${pascal(name)} = () => ${element};

export default defineFrontComponent({
  universalIdentifier: '${identifier}',
  name: 'highseas-${name}',
  description: ${JSON.stringify(description)},
  isHeadless: ${isHeadless},
  component: ${pascal(name)},
});
`;

// An action that needs input asks for it in a form; one that needs none may still have a form, for many records.
const headlessOf = ({ name, form, icon, needsInput }, object) =>
  needsInput
    ? [
        `import { OpenFormAction } from '../../components/open-form-action';`,
        `<OpenFormAction object="${object.toUpperCase()}" formId="${form}" title="${camel(name)}Title" icon="${icon}" start="${CONSOLE_START[name] ?? 'manage'}" />`,
      ]
    : [
        `import { ${pascal(name)}Action } from '../../components/${name}-action';`,
        `<${pascal(name)}Action object="${object.toUpperCase()}"${form ? ` formId="${form}" icon="${icon}"` : ''} />`,
      ];

// A form is a spec of src/forms/form-specs.ts, or a component of its own.
const formOf = (name) =>
  name === 'reassign'
    ? [`import { StagedReassign } from '../../components/staged-reassign';`, '<StagedReassign />']
    : [
        `import { StagedForm } from '../../components/staged-form';\nimport { ${camel(name)}Spec } from '../../forms/form-specs';`,
        `<StagedForm spec={${camel(name)}Spec} />`,
      ];

/** The command, the headless component and the form of an action. */
function actionShells(action) {
  const { name, objects, components, form, description } = action;
  const files = objects.flatMap((object) => [
    [`commands/${name}-${object}.command.ts`, commandShell(action, object)],
    [
      `components/${name}-${object}.front-component.tsx`,
      componentShell(components[object], `${name}-${object}`, description.en, true, ...headlessOf(action, object)),
    ],
  ]);
  if (!form) return files;
  return [
    ...files,
    [
      `components/${name}-form.front-component.tsx`,
      componentShell(form, `${name}-form`, `Asks for what is needed: ${description.en}`, false, ...formOf(name)),
    ],
  ];
}

/** Fields on objects of Twenty, those declared and the far ends of relations: `[object, field]`. */
function addedFields(plugin) {
  const own = new Set(plugin.objects.map(({ name }) => name));
  const declared = plugin.extends.flatMap(({ object, fields }) => fields.map(({ name }) => [object, name]));
  const inverse = [...plugin.objects, ...plugin.extends]
    .flatMap(({ fields }) => fields)
    .filter(({ relation }) => relation && !own.has(relation.target))
    .map(({ relation }) => [relation.target, relation.inverse.name]);
  return [...declared, ...inverse];
}

/**
 * The generated sources.
 *
 * @param {string} root folder of plugin.json
 * @param {string} app folder of this package
 * @returns {Map<string, string>} path under src/generated -> text
 */
export function shells(root, app) {
  const plugin = readJson(join(root, 'plugin.json'));
  const columns = readJson(join(app, 'src/plugin/columns.json'));
  const files = new Map();
  for (const [object, field] of addedFields(plugin))
    files.set(`fields/${kebab(object)}-${kebab(field)}.field.ts`, fieldShell(object, field));
  for (const { object } of plugin.extends) {
    for (const field of columns.list)
      files.set(
        `view-fields/${object}-list-${kebab(field)}.view-field.ts`,
        viewFieldShell('listColumn', object, field),
      );
    for (const field of columns.recordPage[object])
      files.set(
        `view-fields/${object}-page-${kebab(field)}.view-field.ts`,
        viewFieldShell('recordPageLine', object, field),
      );
  }
  for (const action of plugin.actions) for (const [path, text] of actionShells(action)) files.set(path, text);
  return files;
}

/**
 * Chinese for every label and description that Twenty can translate, by its English source text.
 * One English text with two translations is an error: Twenty knows a text by its words alone.
 *
 * @param {string} root folder of plugin.json
 * @returns {Record<string, string>}
 */
export function translations(root) {
  const plugin = readJson(join(root, 'plugin.json'));
  const fields = [...plugin.objects, ...plugin.extends].flatMap((object) => object.fields);
  const texts = [
    plugin.label,
    plugin.description,
    ...plugin.objects.flatMap(({ label, labelPlural, description }) => [label, labelPlural, description]),
    ...fields.flatMap(({ label, description, relation }) => [label, description, relation?.inverse.label]),
  ].filter(Boolean);
  const catalog = {};
  for (const { en, 'zh-CN': zh } of texts) {
    if (catalog[en] !== undefined && catalog[en] !== zh)
      throw new Error(`plugin.json: "${en}" is both "${catalog[en]}" and "${zh}"`);
    catalog[en] = zh;
  }
  return catalog;
}
