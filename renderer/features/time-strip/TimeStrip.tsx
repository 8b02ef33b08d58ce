import './time-strip.css';

export function TimeStrip() {
  return <section className="time-strip" aria-label="Time" data-region="time" />;
}
