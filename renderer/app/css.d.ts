/** Style sheets that components import have no values: the bundler puts them into the page. */

declare module '*.css';
