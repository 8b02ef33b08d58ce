/** A style may set properties of its own (`--tracks`), which a style sheet reads. */
import 'react';

declare module 'react' {
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
