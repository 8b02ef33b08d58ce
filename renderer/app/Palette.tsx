/**
 * The palette goes to anything of the run by its name, and runs anything that has a key. It gathers
 * the commands; `CommandPalette.tsx` shows and filters them.
 */
import { useMemo, useState } from 'react';
import { CommandPalette } from '../widgets/CommandPalette.tsx';
import { useNamedCommands } from './use-named-commands.ts';
import { usePaletteCommands } from './use-palette-commands.ts';
import { usePlaceCommands } from './use-place-commands.ts';

export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const commands = usePaletteCommands();
  const places = usePlaceCommands();
  const named = useNamedCommands(text);
  const all = useMemo(() => [...commands, ...places], [commands, places]);
  return <CommandPalette commands={all} named={named} onText={setText} onClose={onClose} />;
}
