import type * as Sdk from 'twenty-sdk/define';

// Twenty's build bundles and runs every definition by itself. An import of the SDK would put its 1.6 MB into each of a
// hundred bundles, half a minute of work; this way the build loads it once. Components and functions, whose bundles are
// what Twenty gets, import the SDK as usual.
const load = require;
const sdk = load('twenty-sdk/define') as typeof Sdk;

export const {
  AggregateOperations,
  FieldType,
  NavigationMenuItemType,
  ObjectRecordGroupByDateGranularity,
  OnDeleteAction,
  PageLayoutTabLayoutMode,
  RelationType,
  STANDARD_OBJECT,
  STANDARD_PAGE_LAYOUT,
  SystemPermissionFlag,
  ViewFilterGroupLogicalOperator,
  ViewFilterOperand,
  ViewSortDirection,
  ViewType,
  ViewVisibility,
  WidgetType,
  defineApplication,
  defineApplicationRole,
  defineCommandMenuItem,
  defineField,
  defineNavigationMenuItem,
  defineObject,
  definePageLayout,
  definePageLayoutTab,
  defineRole,
  defineView,
  defineViewField,
  isSelectAll,
  selectedRecords,
  someDefined,
  someEquals,
} = sdk;
