import { PageLayoutTabLayoutMode, WidgetType, type definePageLayout, type definePageLayoutTab } from '../platform/sdk';
import { partId } from '../identifiers';
import { standardViews } from '../platform/standard-ids';
import { bilingual } from './bilingual';
import { objectId } from './field-manifest';
import type { ExtendedObject, Text } from './plugin.types';

type PageConfig = Parameters<typeof definePageLayout>[0];
type TabConfig = Parameters<typeof definePageLayoutTab>[0];
type Widget = NonNullable<TabConfig['widgets']>[number];

const AFTER_STANDARD_TABS = 100;
const WHOLE_GRID = { row: 0, column: 0, rowSpan: 12, columnSpan: 12 };

// `gridPosition` is what 2.21 reads and the SDK's types no longer have; `position` is for newer servers.
const widget = (
  owner: string,
  component: string,
  title: string,
  object?: ExtendedObject,
): Widget & { gridPosition: object } => ({
  universalIdentifier: partId(owner, 'widget', component),
  title,
  type: WidgetType.FRONT_COMPONENT,
  ...(object && { objectUniversalIdentifier: objectId(object) }),
  gridPosition: WHOLE_GRID,
  position: { layoutMode: PageLayoutTabLayoutMode.CANVAS },
  configuration: { configurationType: 'FRONT_COMPONENT', frontComponentUniversalIdentifier: component },
});

interface PageOptions {
  universalIdentifier: string;
  component: string;
  name: Text;
}

/** A page of its own, reached from the navigation, filled by one component. */
export function standalonePage({ universalIdentifier, component, name }: PageOptions): PageConfig {
  const title = bilingual(name);
  return {
    universalIdentifier,
    name: title,
    type: 'STANDALONE_PAGE',
    tabs: [
      {
        universalIdentifier: partId(universalIdentifier, 'tab'),
        title,
        position: 0,
        layoutMode: PageLayoutTabLayoutMode.CANVAS,
        widgets: [widget(universalIdentifier, component, title)],
      },
    ],
  };
}

/** A tab of Twenty's record page, filled by one component; Twenty loads it when it is opened. */
export function recordTab({
  universalIdentifier,
  component,
  name,
  object,
}: PageOptions & { object: ExtendedObject }): TabConfig {
  const title = bilingual(name);
  return {
    universalIdentifier,
    title,
    position: AFTER_STANDARD_TABS,
    icon: 'IconPool',
    pageLayoutUniversalIdentifier: standardViews(object).recordPageLayout,
    layoutMode: PageLayoutTabLayoutMode.CANVAS,
    widgets: [widget(universalIdentifier, component, title, object)],
  };
}
