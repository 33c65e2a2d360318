export interface Part {
  text: string;
  changed: boolean;
}

/** Words of Japanese and Latin text, by the browser's own word rules. */
function words(text: string): string[] {
  return [...new Intl.Segmenter('ja', { granularity: 'word' }).segment(text)].map((part) => part.segment);
}

/** Marks what differs between two texts, word by word, by their longest common subsequence. */
export function compareTexts(before: string, after: string): { left: Part[]; right: Part[] } {
  const a = words(before);
  const b = words(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const m = a.length - start - end;
  const n = b.length - start - end;
  const left: Part[] = [];
  const right: Part[] = [];
  const push = (list: Part[], text: string, changed: boolean) => {
    const last = list[list.length - 1];
    if (text === '') return;
    if (last && last.changed === changed) last.text += text;
    else list.push({ text, changed });
  };
  const both = (text: string) => {
    push(left, text, false);
    push(right, text, false);
  };
  both(a.slice(0, start).join(''));
  if (m * n > 4_000_000) {
    push(left, a.slice(start, start + m).join(''), true);
    push(right, b.slice(start, start + n).join(''), true);
  } else {
    const lengths = Array.from({ length: m + 1 }, () => new Uint16Array(n + 1));
    for (let i = m - 1; i >= 0; i--) for (let j = n - 1; j >= 0; j--) lengths[i]![j] = a[start + i] === b[start + j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    let i = 0;
    let j = 0;
    while (i < m || j < n) {
      if (i < m && j < n && a[start + i] === b[start + j]) {
        both(a[start + i]!);
        i++;
        j++;
      } else if (j >= n || (i < m && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) push(left, a[start + i++]!, true);
      else push(right, b[start + j++]!, true);
    }
  }
  both(a.slice(a.length - end).join(''));
  return { left, right };
}
