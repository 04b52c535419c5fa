/** The parts of a built app manifest that the sandbox installs, and those that its browser workspace shows. */
export interface AppManifest {
  application: {
    universalIdentifier: string;
    displayName: string;
    description?: string;
    version?: string;
    defaultRoleUniversalIdentifier?: string;
    applicationVariables?: Record<string, ManifestVariable>;
  };
  objects?: ManifestObject[];
  fields?: ManifestField[];
  indexes?: { universalIdentifier: string; objectUniversalIdentifier: string }[];
  roles?: ManifestRole[];
  frontComponents?: ManifestComponent[];
  logicFunctions?: {
    universalIdentifier: string;
    name?: string;
    timeoutSeconds?: number;
    /** Relative to the manifest. */
    builtHandlerPath?: string;
    handlerName?: string;
    workflowActionTriggerSettings?: { label?: string; icon?: string; inputSchema?: unknown; outputSchema?: unknown };
    toolTriggerSettings?: { inputSchema?: unknown };
    httpRouteTriggerSettings?: { path: string; httpMethod: string; isAuthRequired: boolean };
  }[];
  views?: ManifestView[];
  viewFields?: { universalIdentifier: string; viewUniversalIdentifier: string }[];
  navigationMenuItems?: {
    universalIdentifier: string;
    type: string;
    name?: string;
    icon?: string;
    position?: number;
  }[];
  pageLayouts?: { universalIdentifier: string; name: string; type: string; tabs?: { widgets?: ManifestWidget[] }[] }[];
  pageLayoutTabs?: {
    universalIdentifier: string;
    pageLayoutUniversalIdentifier?: string;
    title?: string;
    icon?: string;
  }[];
  commandMenuItems?: {
    universalIdentifier: string;
    label: string;
    shortLabel?: string;
    isPinned?: boolean;
    availabilityObjectUniversalIdentifier?: string;
    conditionalAvailabilityExpression?: string;
    frontComponentUniversalIdentifier?: string;
  }[];
  /** By locale, then by the hash of the source text. */
  translations?: Record<string, Record<string, string>>;
}

interface ManifestComponent {
  universalIdentifier: string;
  name?: string;
  description?: string;
  componentName: string;
  isHeadless?: boolean;
  /** Relative to the manifest. */
  builtComponentPath?: string;
}

export interface ManifestView {
  universalIdentifier: string;
  objectUniversalIdentifier: string;
  name?: string;
  icon?: string;
  fields?: { fieldMetadataUniversalIdentifier: string; position: number }[];
  /** Those of a group are of one "or", the only kind of group the sandbox knows. */
  filters?: {
    fieldMetadataUniversalIdentifier: string;
    operand: string;
    value: unknown;
    viewFilterGroupUniversalIdentifier?: string;
  }[];
  filterGroups?: {
    universalIdentifier: string;
    logicalOperator: string;
    parentViewFilterGroupUniversalIdentifier?: string;
  }[];
  sorts?: { fieldMetadataUniversalIdentifier: string; direction: string }[];
}

export interface ManifestChartFilter {
  fieldMetadataUniversalIdentifier: string;
  operand: string;
  value: string;
  type?: string;
  /** As with the filters of views. */
  recordFilterGroupId?: string;
}

export interface ManifestWidget {
  universalIdentifier: string;
  title?: string;
  type?: string;
  objectUniversalIdentifier?: string;
  configuration: { configurationType: string; filter?: { recordFilters?: ManifestChartFilter[] } } & Record<
    string,
    unknown
  >;
}

export interface ManifestVariable {
  universalIdentifier: string;
  description?: string;
  type?: string;
  value?: unknown;
  options?: unknown;
  isSecret?: boolean;
}

export interface ManifestField {
  universalIdentifier: string;
  objectUniversalIdentifier?: string;
  type: string;
  name: string;
  label: string;
  description?: string;
  icon?: string;
  isNullable?: boolean;
  isUnique?: boolean;
  defaultValue?: unknown;
  options?: { value: string; label: string; position?: number; color?: string }[];
  relationTargetObjectMetadataUniversalIdentifier?: string;
  relationTargetFieldMetadataUniversalIdentifier?: string;
  universalSettings?: {
    relationType?: string;
    onDelete?: string;
    joinColumnName?: string | null;
    dataType?: string;
  } | null;
}

export interface ManifestObject {
  universalIdentifier: string;
  nameSingular: string;
  namePlural: string;
  labelSingular: string;
  labelPlural: string;
  description?: string;
  icon?: string;
  fields: ManifestField[];
  labelIdentifierFieldMetadataUniversalIdentifier?: string;
}

export interface ManifestRole {
  universalIdentifier: string;
  label: string;
  canUpdateAllSettings?: boolean;
  canAccessAllTools?: boolean;
  canReadAllObjectRecords?: boolean;
  canUpdateAllObjectRecords?: boolean;
  canSoftDeleteAllObjectRecords?: boolean;
  canDestroyAllObjectRecords?: boolean;
  canBeAssignedToUsers?: boolean;
  objectPermissions?: {
    objectUniversalIdentifier: string;
    canReadObjectRecords?: boolean;
    canUpdateObjectRecords?: boolean;
    canSoftDeleteObjectRecords?: boolean;
    canDestroyObjectRecords?: boolean;
  }[];
  fieldPermissions?: {
    objectUniversalIdentifier: string;
    fieldUniversalIdentifier: string;
    canReadFieldValue?: boolean;
    canUpdateFieldValue?: boolean;
  }[];
  permissionFlagUniversalIdentifiers?: string[];
}
