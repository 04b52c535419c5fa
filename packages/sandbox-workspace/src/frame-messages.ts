/** What a component is told about the page around it (the SDK's execution context). */
export interface ComponentContext {
  frontComponentId: string;
  userId: string | null;
  recordId: string | null;
  selectedRecordIds: string[];
  timelineActivityId: string | null;
  colorScheme: 'light' | 'dark';
  locale: 'en' | 'zh-CN';
}

export interface StartMessage {
  kind: 'start';
  bundleUrl: string;
  env: Record<string, string>;
  context: ComponentContext;
}

export type ToFrame =
  | StartMessage
  | { kind: 'context'; context: ComponentContext }
  | { kind: 'answer'; call: number; value?: unknown; error?: string };

export type FromFrame =
  | { kind: 'ready' }
  | { kind: 'call'; call: number; name: string; args: unknown[] }
  | { kind: 'height'; height: number }
  | { kind: 'violation'; what: string }
  | { kind: 'error'; message: string };

/** The host functions of Twenty that a component may call. */
export const HOST_FUNCTIONS = [
  'navigate',
  'requestAccessTokenRefresh',
  'openSidePanelPage',
  'openCommandConfirmationModal',
  'unmountFrontComponent',
  'enqueueSnackbar',
  'closeSidePanel',
  'updateProgress',
  'copyToClipboard',
] as const;
