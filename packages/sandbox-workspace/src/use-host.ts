import { useCallback, useMemo, useRef, useState } from 'react';
import { takeToken } from './api';
import type { HostApi } from './component-frame';
import type { Place } from './use-workspace';
import { placeOf } from './use-workspace';
import type { Member, WorkspaceDescription } from './workspace.types';

export interface Snack {
  id: number;
  message: string;
  detailedMessage?: string;
  variant: 'success' | 'info' | 'warning' | 'error';
}

export interface Panel {
  component: string;
  title: string;
  recordId?: string;
}

export interface Confirmation {
  title: string;
  subtitle: string;
  confirmButtonText?: string;
  answer: (result: 'confirm' | 'cancel') => void;
}

const SNACK_MS = 12_000;

/** The page's side of Twenty's host API: snackbars, side panel, dialogs, navigation and tokens. */
export function useHost(
  workspace: WorkspaceDescription | undefined,
  me: Member | undefined,
  go: (place: Place) => void,
) {
  const [snacks, setSnacks] = useState<Snack[]>([]);
  const [panel, setPanel] = useState<Panel>();
  const [confirmation, setConfirmation] = useState<Confirmation>();
  const count = useRef(0);

  const dismiss = useCallback((id: number) => setSnacks((all) => all.filter((snack) => snack.id !== id)), []);
  const notify = useCallback(
    (snack: Omit<Snack, 'id'>) => {
      count.current += 1;
      const id = count.current;
      setSnacks((all) => [...all.slice(-3), { ...snack, id }]);
      setTimeout(() => dismiss(id), SNACK_MS);
    },
    [dismiss],
  );
  const token = useCallback(() => takeToken(me?.email ?? '', 'component'), [me?.email]);

  const host = useMemo<HostApi>(
    () => ({
      enqueueSnackbar: (snack: Omit<Snack, 'id'>) => notify(snack),
      closeSidePanel: () => setPanel(undefined),
      openSidePanelPage: (page: {
        page?: string;
        frontComponentId?: string;
        recordId?: string;
        pageTitle?: string;
        objectNameSingular?: string;
      }) => {
        const component = workspace?.app?.components.find(({ id }) => id === page.frontComponentId);
        if (component)
          setPanel({
            component: component.universalIdentifier,
            title: page.pageTitle ?? component.name,
            ...(page.recordId && { recordId: page.recordId }),
          });
        else if (page.page === 'view-record' && page.recordId)
          go({ at: 'record', object: page.objectNameSingular ?? 'company', id: page.recordId });
      },
      openCommandConfirmationModal: (asked: Omit<Confirmation, 'answer'>) =>
        new Promise((resolve) => {
          setConfirmation({
            ...asked,
            answer: (result) => {
              setConfirmation(undefined);
              resolve(result);
            },
          });
        }),
      navigate: (to: string, parameters: Record<string, string> = {}, query: Record<string, string> = {}) => {
        const path = to.replace(/:(\w+)/g, (_, name: string) => parameters[name] ?? '');
        go(placeOf(path, new URLSearchParams(query).toString()));
      },
      requestAccessTokenRefresh: () => token(),
      copyToClipboard: (text: string) => navigator.clipboard.writeText(text),
      updateProgress: () => undefined,
    }),
    [workspace, go, notify, token],
  );
  return { host, token, snacks, dismiss, notify, panel, setPanel, confirmation };
}
