/**
 * Returns the commands whose names contain all words of the text. Titles that begin with the text
 * come first, then names with words that begin with those of the text.
 */
export function rankCommands<C extends { title: string; group: string }>(commands: readonly C[], text: string): C[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const rankOf = ({ title, group }: C): number | null => {
    const name = `${group} ${title}`.toLowerCase();
    if (!words.every((word) => name.includes(word))) return null;
    if (title.toLowerCase().startsWith(wanted)) return 0;
    const starts = name.split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => starts.some((start) => start.startsWith(word))) ? 1 : 2;
  };
  return commands
    .flatMap((command) => {
      const rank = rankOf(command);
      return rank === null ? [] : [{ command, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map((each) => each.command);
}
