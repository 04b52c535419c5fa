import { enqueueSnackbar } from 'twenty-sdk/front-component';
import type { Message } from '../domain/summary';

/** Says it at the edge of Twenty's page, which shows what is beside the message as one running line. */
export const tell = (message: Message): Promise<void> =>
  enqueueSnackbar({
    ...message,
    ...(message.detailedMessage !== undefined && { detailedMessage: message.detailedMessage.replaceAll('\n', ' · ') }),
  });
