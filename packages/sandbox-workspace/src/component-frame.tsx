import { useEffect, useRef, useState } from 'react';
import type { ComponentContext, FromFrame, ToFrame } from './frame-messages';
import type { Say } from './strings';

/** What a component asks of the page, by the names of Twenty's host API. */
export type HostApi = Record<string, (...args: never[]) => unknown>;

export interface ComponentFrameProps {
  /** Universal identifier. */
  component: string;
  title: string;
  headless?: boolean;
  /** Takes the height of what surrounds it rather than of its content. */
  fill?: boolean;
  context: ComponentContext;
  takeToken: () => Promise<string>;
  host: HostApi;
  say: Say;
}

let frameCode: Promise<string> | undefined;

/** One front component of the app, from the bundle that Twenty would serve, in a frame that can do no more than Twenty lets it. */
export function ComponentFrame({
  component,
  title,
  headless = false,
  fill = false,
  context,
  takeToken,
  host,
  say,
}: ComponentFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [document, setDocument] = useState<string>();
  const [height, setHeight] = useState(fill ? undefined : 40);
  const [failure, setFailure] = useState<string>();
  const latest = useRef({ context, takeToken, host });
  latest.current = { context, takeToken, host };

  useEffect(() => {
    frameCode ??= fetch('/workspace/frame.js').then((response) => response.text());
    void frameCode.then((code) =>
      setDocument(
        `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;background:transparent;scrollbar-width:thin}*{box-sizing:border-box}</style><body><script>${code}</script>`,
      ),
    );
  }, []);

  useEffect(() => {
    const send = (message: ToFrame) => frame.current?.contentWindow?.postMessage(message, '*');
    const start = async () => {
      const token = await latest.current.takeToken();
      const env = {
        TWENTY_API_URL: location.origin,
        TWENTY_FUNCTIONS_URL: `${location.origin}/s`,
        TWENTY_APP_ACCESS_TOKEN: token,
      };
      send({
        kind: 'start',
        bundleUrl: `${location.origin}/sandbox/components/${component}`,
        env,
        context: latest.current.context,
      });
    };
    const answer = async (call: number, name: string, args: unknown[]) => {
      try {
        const run = latest.current.host[name] as ((...given: unknown[]) => unknown) | undefined;
        send({ kind: 'answer', call, value: await run?.(...args) });
      } catch (error) {
        send({ kind: 'answer', call, error: error instanceof Error ? error.message : String(error) });
      }
    };
    const receive = ({ source, data }: MessageEvent<FromFrame>) => {
      if (!frame.current || source !== frame.current.contentWindow) return;
      if (data.kind === 'ready') void start();
      if (data.kind === 'call') void answer(data.call, data.name, data.args);
      if (data.kind === 'height' && !fill) setHeight(data.height);
      if (data.kind === 'violation') reportError(new Error(`Twenty would drop ${data.what} of ${title}`));
      if (data.kind === 'error') {
        reportError(new Error(`${title}: ${data.message}`));
        setFailure(data.message);
      }
    };
    window.addEventListener('message', receive);
    return () => window.removeEventListener('message', receive);
  }, [component, title, fill]);

  const serialized = JSON.stringify(context);
  useEffect(() => {
    frame.current?.contentWindow?.postMessage(
      { kind: 'context', context: JSON.parse(serialized) as ComponentContext } satisfies ToFrame,
      '*',
    );
  }, [serialized]);

  return (
    <>
      {failure !== undefined && !headless && <p role="alert">{say('componentFailed', { reason: failure })}</p>}
      {document !== undefined && (
        <iframe
          ref={frame}
          title={title}
          sandbox="allow-scripts"
          srcDoc={document}
          hidden={headless}
          className="component"
          style={{ height: height ?? '100%', colorScheme: context.colorScheme }}
        />
      )}
    </>
  );
}
