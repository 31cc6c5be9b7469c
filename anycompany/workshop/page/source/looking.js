/**
 * Hands that only look: a finger or the mouse moves the wall, two fingers or the wheel come nearer.
 *
 * @module looking
 */

/** @import { Point } from '../../../board/source/types.js' */
/** @import { Wall } from '../../../board/source/paint/wall.js' */

/** @param {Wall} wall */
export function giveLooking({ element, camera }) {
  /** @type {Map<number, Point>} */
  const fingers = new Map();
  const pointIn = (/** @type {{clientX: number, clientY: number}} */ { clientX, clientY }) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const spread = () => {
    const [one, other] = [...fingers.values()];
    return {
      distance: Math.hypot(one.x - other.x, one.y - other.y),
      middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 },
    };
  };
  element.addEventListener('pointerdown', (event) => {
    fingers.set(event.pointerId, pointIn(event));
    element.setPointerCapture?.(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = pointIn(event);
    if (fingers.size === 2) {
      const was = spread();
      fingers.set(event.pointerId, now);
      const is = spread();
      camera.zoomBy(is.distance / Math.max(was.distance, 1), is.middle);
      camera.panBy(was.middle.x - is.middle.x, was.middle.y - is.middle.y);
    } else {
      fingers.set(event.pointerId, now);
      camera.panBy(before.x - now.x, before.y - now.y);
    }
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'])
    element.addEventListener(end, (event) => fingers.delete(/** @type {PointerEvent} */ (event).pointerId));
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) camera.zoomBy(Math.exp(-event.deltaY / 300), pointIn(event));
      else camera.panBy(event.deltaX, event.deltaY);
    },
    { passive: false },
  );
  element.addEventListener('keydown', (event) => {
    const way = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
    if (way) camera.panBy(way[0], way[1]);
    else if (event.key === '+') camera.zoomBy(1.25);
    else if (event.key === '-') camera.zoomBy(0.8);
    else if (event.key === '0') camera.fit();
    else return;
    event.preventDefault();
  });
}
