/**
 * What Twenty's component sandbox carries over to the page. A component that uses more would lose it there without a
 * word; here it is reported, and the browser tests fail on a report.
 */
const TAGS = new Set(
  (
    'div span section article header footer main nav aside p h1 h2 h3 h4 h5 h6 strong em small code pre blockquote a img ul ol li form label input ' +
    'textarea select option button table thead tbody tfoot tr th td br hr b i u s mark sub sup abbr time dl dt dd figure figcaption details summary ' +
    'caption colgroup col fieldset legend output progress meter optgroup svg g defs circle ellipse rect line path polygon polyline text tspan'
  ).split(' '),
);

const COMMON = new Set(['id', 'class', 'style', 'title', 'tabindex', 'role', 'draggable']);

const SVG =
  'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset opacity transform clip-path';

const OWN: Record<string, string> = {
  a: 'href target rel',
  img: 'src alt width height',
  form: 'action method',
  label: 'for',
  input: 'type name value placeholder disabled checked readonly multiple',
  textarea: 'name value placeholder disabled readonly rows cols',
  select: 'name value disabled multiple',
  option: 'value disabled selected',
  button: 'type disabled',
  th: 'colspan rowspan',
  td: 'colspan rowspan',
  time: 'datetime',
  details: 'open',
  fieldset: 'disabled name',
  progress: 'value max',
  meter: 'value min max low high optimum',
  optgroup: 'label disabled',
  colgroup: 'span',
  col: 'span',
  svg: `${SVG} viewBox xmlns width height preserveAspectRatio`,
  g: SVG,
  circle: `${SVG} cx cy r`,
  ellipse: `${SVG} cx cy rx ry`,
  rect: `${SVG} x y width height rx ry`,
  line: `${SVG} x1 y1 x2 y2`,
  path: `${SVG} d`,
  polygon: `${SVG} points`,
  polyline: `${SVG} points`,
  text: `${SVG} x y dx dy text-anchor dominant-baseline`,
  tspan: `${SVG} x y dx dy`,
};

const allowedAttribute = (tag: string, name: string): boolean =>
  COMMON.has(name) ||
  name.startsWith('aria-') ||
  name.startsWith('data-') ||
  (OWN[tag]?.split(' ').includes(name) ?? false);

/** Reports every element and attribute that Twenty would drop. */
export function watchLimits(report: (what: string) => void): void {
  const watched = new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === 'attributes' && attributeName !== null && target instanceof Element) check(target, [attributeName]);
      for (const node of addedNodes)
        if (node instanceof Element)
          for (const element of [node, ...node.querySelectorAll('*')]) check(element, element.getAttributeNames());
    }
  });
  const check = (element: Element, attributes: string[]) => {
    const tag = element.localName;
    if (!TAGS.has(tag)) report(`<${tag}>`);
    for (const name of attributes) if (!allowedAttribute(tag, name)) report(`<${tag} ${name}>`);
  };
  watched.observe(document.body, { subtree: true, childList: true, attributes: true });
}
