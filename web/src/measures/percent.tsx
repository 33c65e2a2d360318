/** A share as a bar of one width and the figure. */
export function Percent({ value }: { value: number }) {
  return (
    <span className="nw">
      <svg className="bar-svg" viewBox="0 0 96 10" width="96" height="10" aria-hidden="true">
        <rect x="0.5" y="0.5" width="95" height="9" />
        <rect className="full" x="0.5" y="0.5" width={(95 * Math.max(0, Math.min(100, value))) / 100} height="9" />
      </svg>{' '}
      <span className="n">{value}%</span>
    </span>
  );
}
