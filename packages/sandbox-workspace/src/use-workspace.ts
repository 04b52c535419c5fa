import { useCallback, useEffect, useState } from 'react';

/** Where the person is, in Twenty's own addresses. */
export type Place =
  | { at: 'list'; object: string; viewId?: string }
  | { at: 'record'; object: string; id: string }
  | { at: 'page'; id: string };

export function placeOf(path: string, query: string): Place {
  const [, kind, first = '', second = ''] = path.split('/');
  if (kind === 'page') return { at: 'page', id: first };
  if (kind === 'object') return { at: 'record', object: first, id: second };
  const viewId = new URLSearchParams(query).get('viewId');
  return { at: 'list', object: kind === 'objects' ? first : 'companies', ...(viewId && { viewId }) };
}

export function addressOf(place: Place): string {
  switch (place.at) {
    case 'page':
      return `/page/${place.id}`;
    case 'record':
      return `/object/${place.object}/${place.id}`;
    case 'list':
      return `/objects/${place.object}${place.viewId ? `?viewId=${place.viewId}` : ''}`;
  }
}

export function usePlace(): [Place, (place: Place) => void] {
  const read = () => placeOf(location.pathname, location.search);
  const [place, setPlace] = useState<Place>(read);
  useEffect(() => {
    const moved = () => setPlace(read());
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, []);
  const go = useCallback((next: Place) => {
    history.pushState(null, '', addressOf(next));
    setPlace(next);
  }, []);
  return [place, go];
}

/** A choice of the person that outlives a reload. */
export function useChoice<Value extends string>(name: string, initial: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => (sessionStorage.getItem(name) as Value | null) ?? initial);
  const choose = useCallback(
    (next: Value) => {
      sessionStorage.setItem(name, next);
      setValue(next);
    },
    [name],
  );
  return [value, choose];
}

/** What `read` answers, asked again every two seconds, as Twenty's lists follow live events. */
export function useLive<Value>(
  read: () => Promise<Value>,
  key: string,
): { value: Value | undefined; failed: boolean; again: () => void } {
  const [state, setState] = useState<{ key: string; value: Value }>();
  const [failed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    const load = () =>
      read().then(
        (value) => {
          if (!current) return;
          setState({ key, value });
          setFailed(false);
        },
        () => current && setFailed(true),
      );
    void load();
    const timer = setInterval(() => void load(), 2000);
    return () => {
      current = false;
      clearInterval(timer);
    };
    // `read` is made anew at each rendering; `key` says when it reads something else.
  }, [key, turn]);
  return {
    value: state?.key === key ? state.value : undefined,
    failed,
    again: useCallback(() => setTurn((before) => before + 1), []),
  };
}
