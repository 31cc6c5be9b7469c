// The same notes on a React Flow board: one custom node of the same size, look and words as a note of ours.
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ReactFlow, applyNodeChanges } from '@xyflow/react';
import '@xyflow/react/dist/style.css';

function StickyNote({ data }) {
  return (
    <div className="note" role="group" aria-label={data.says}>
      <div className="tag">{data.tag}</div>
      <div className="text" dir="auto">{data.text}</div>
    </div>
  );
}

const nodeTypes = { note: StickyNote };

function Wall({ notes, camera, onlyInSight }) {
  const [nodes, setNodes] = useState(() => notes.map(({ key, x, y, w, h, tag, text, says }) => (
    { id: key, type: 'note', position: { x, y }, width: w, height: h, data: { tag, text, says } })));
  return (
    <ReactFlow
      nodes={nodes}
      edges={[]}
      nodeTypes={nodeTypes}
      onNodesChange={(changes) => setNodes((now) => applyNodeChanges(changes, now))}
      onlyRenderVisibleElements={onlyInSight}
      defaultViewport={{ x: -camera.x * camera.zoom, y: -camera.y * camera.zoom, zoom: camera.zoom }}
      minZoom={0.02}
      proOptions={{ hideAttribution: true }}
    />
  );
}

globalThis.showInReactFlow = (element, notes, camera, onlyInSight) =>
  createRoot(element).render(<Wall notes={notes} camera={camera} onlyInSight={onlyInSight} />);
