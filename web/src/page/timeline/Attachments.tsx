import type { Attachment } from '../../client';
import { Icon } from '../shell/Icon';

const SAFE = /^https?:\/\//i;

/** Files that lie elsewhere, named and linked; nothing of them is loaded from here. */
export function Attachments({ files }: { files: readonly Attachment[] }) {
  return files.length === 0 ? null : (
    <ul className="attachments" aria-label="Attachments">
      {files.map((file, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attachments of one message have no other identity
        <li key={place}>
          <Icon name="file" />
          {SAFE.test(file.url) ? (
            <a href={file.url} target="_blank" rel="noopener noreferrer nofollow">
              {file.name}
            </a>
          ) : (
            <span>{file.name}</span>
          )}
          <span className="choice-note">
            {[file.media_type, file.bytes ? sizeOf(file.bytes) : ''].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function sizeOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const size = bytes / 1_000 ** power;
  return `${size.toFixed(size < 10 && power > 0 ? 1 : 0)} ${units[power]}`;
}
