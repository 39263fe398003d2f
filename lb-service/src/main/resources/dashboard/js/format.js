// Numbers and times as people read them. What is not known is a dash.
export const NOT_KNOWN = '–';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const two = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

const known = (value) => value !== null && value !== undefined && Number.isFinite(value);

export function number(value) {
  if (!known(value)) return NOT_KNOWN;
  const size = Math.abs(value);
  return (size >= 100 ? whole : size >= 10 ? one : two).format(value);
}

export const percent = (share) => (known(share) ? `${(share >= 0.1 || share === 0 ? whole : one).format(share * 100)} %` : NOT_KNOWN);

export const times = (ratio) => (known(ratio) ? `${ratio.toFixed(2)}×` : NOT_KNOWN);

export function millis(value) {
  if (!known(value)) return NOT_KNOWN;
  return value >= 1000 ? `${two.format(value / 1000)} s` : `${number(value)} ms`;
}

export function age(value) {
  if (!known(value)) return NOT_KNOWN;
  if (value < 1000) return '< 1 s';
  const seconds = Math.round(value / 1000);
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

export const clock = (time) => new Date(time).toLocaleTimeString('en-GB');
