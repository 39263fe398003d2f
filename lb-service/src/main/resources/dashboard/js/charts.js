import uPlot from '/dashboard/uplot/uPlot.esm.js';
import { $ } from './dom.js';
import { clock, number } from './format.js';

const HEIGHT = 150;
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** One chart with these series: name and custom property of the colour. */
class Chart {
  constructor(place, series) {
    Object.assign(this, { place, series });
    this.data = [[], ...series.map(() => [])];
    this.#make();
    new ResizeObserver(() => this.#size()).observe(place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#make());
  }

  #make() {
    this.plot?.destroy();
    const axis = { stroke: colour('--quiet'), font: '11px system-ui, sans-serif', ticks: { show: false },
      grid: { stroke: colour('--line'), width: 1 } };
    this.plot = new uPlot({
      width: Math.max(200, this.place.clientWidth), height: HEIGHT, padding: [8, 8, 0, 0],
      cursor: { y: false, points: { size: 6 } },
      legend: { live: true, markers: { width: 0, fill: (_, i) => colour(this.series[i - 1]?.[1] ?? '--quiet') } },
      scales: { y: { range: (_, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
      axes: [{ ...axis, space: 90, size: 26, grid: { show: false }, values: (_, ticks) => ticks.map((seconds) => clock(seconds * 1000)) },
        { ...axis, size: 46, values: (_, ticks) => ticks.map(number) }],
      series: [{ label: 'time' }, ...this.series.map(([label, name]) => ({
        label, stroke: colour(name), width: 1.5, points: { show: false }, spanGaps: false,
        value: (_, value) => (value === null ? '' : number(value)) }))],
    }, this.data, this.place);
  }

  #size() {
    const width = Math.max(200, this.place.clientWidth);
    if (width !== this.plot.width) this.plot.setSize({ width, height: HEIGHT });
  }

  show(data) {
    this.data = data;
    this.plot.setData(data);
  }
}

export class Charts {
  constructor() {
    this.work = new Chart($('chart-work'), [['picks', '--accent'], ['calls of subscribers', '--second'], ['failed calls', '--bad']]);
    this.latency = new Chart($('chart-latency'), [['mean of calls', '--accent'], ['slowest worker', '--warn']]);
  }

  show(history) {
    if (!history) return;
    this.work.show(history.slice(0, 4));
    this.latency.show([history[0], history[4], history[5]]);
  }
}
