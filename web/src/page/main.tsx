import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import './style/page.css';

const place = document.getElementById('page');
if (place === null) {
  throw new Error('Expected an element #page, but the document has none');
}
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
