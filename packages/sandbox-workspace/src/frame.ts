// Runs inside a frame of its own, whose origin is opaque as that of Twenty's component sandbox: no storage, no cookies,
// no way to the page but messages, and `Origin: null` on every request.
import { HOST_FUNCTIONS, type FromFrame, type ToFrame } from './frame-messages';
import { watchLimits } from './frame-limits';

const CONTEXT_KEY = '__twentySdkExecutionContext__';
const LISTENERS_KEY = '__twentySdkContextListeners__';

const post = (message: FromFrame): void => parent.postMessage(message, '*');
const world = globalThis as unknown as Record<string, unknown>;
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let calls = 0;

const hostFunction =
  (name: string) =>
  (...args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      calls += 1;
      waiting.set(calls, { resolve, reject });
      post({ kind: 'call', call: calls, name, args });
    });

world.frontComponentHostCommunicationApi = Object.fromEntries(HOST_FUNCTIONS.map((name) => [name, hostFunction(name)]));

window.addEventListener('message', ({ source, data }: MessageEvent<ToFrame>) => {
  if (source !== parent) return;
  switch (data.kind) {
    case 'start':
      world.process = { env: data.env };
      setContext(data.context);
      void mount(data.bundleUrl);
      break;
    case 'context':
      setContext(data.context);
      break;
    case 'answer': {
      const asked = waiting.get(data.call);
      waiting.delete(data.call);
      if (data.error === undefined) asked?.resolve(data.value);
      else asked?.reject(new Error(data.error));
    }
  }
});

function setContext(context: unknown): void {
  world[CONTEXT_KEY] = context;
  document.documentElement.style.colorScheme = (context as { colorScheme: string }).colorScheme;
  const listeners = world[LISTENERS_KEY];
  if (listeners instanceof Set) for (const listener of listeners as Set<(value: unknown) => void>) listener(context);
}

async function mount(bundleUrl: string): Promise<void> {
  try {
    const component = (await import(bundleUrl)) as { default: (container: Element) => void };
    const container = document.createElement('div');
    document.body.append(container);
    watchLimits((what) => post({ kind: 'violation', what }));
    new ResizeObserver(() =>
      post({ kind: 'height', height: Math.ceil(container.getBoundingClientRect().height) }),
    ).observe(container);
    component.default(container);
  } catch (error) {
    post({ kind: 'error', message: error instanceof Error ? error.message : String(error) });
  }
}

window.addEventListener('error', ({ message }) => post({ kind: 'error', message }));
window.addEventListener('unhandledrejection', ({ reason }) =>
  post({ kind: 'error', message: reason instanceof Error ? reason.message : String(reason) }),
);
post({ kind: 'ready' });
