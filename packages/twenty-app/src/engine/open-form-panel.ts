import { SidePanelPages, openSidePanelPage } from 'twenty-sdk/front-component';
import type { CustomerObject } from '../domain/engine.types';
import { say, type Locale, type StringKey } from '../domain/strings';
import { findComponentId } from './form-component';
import { readHost } from './host';

export interface FormPanel {
  object: CustomerObject;
  /** Universal identifier of the form's component. */
  formId: string;
  title: StringKey;
  icon: string;
  locale: Locale;
}

/** Opens a form beside the list for a staged selection, whose id takes the place of a record's. @throws EngineFault */
export const openFormPanel =
  ({ object, formId, title, icon, locale }: FormPanel) =>
  async (selectionId: string): Promise<void> => {
    await openSidePanelPage({
      page: SidePanelPages.ViewFrontComponent,
      frontComponentId: await findComponentId(readHost(), formId),
      recordId: selectionId,
      objectNameSingular: object === 'COMPANY' ? 'company' : 'person',
      pageTitle: say(locale, title),
      pageIcon: icon,
    });
  };
