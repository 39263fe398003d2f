package dev.lookaside.simulator.report;

import dev.lookaside.simulator.run.Simulation;
import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.scenario.ScenarioPoint;
import dev.lookaside.simulator.strategy.Strategies;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Every point with every strategy and every seed.
 *
 * @param points of the sweep, or a single one
 * @param seeds how many, from 1 on, or 0 for as many as the scenario says
 */
public record Campaign(List<ScenarioPoint> points, List<String> strategies, int seeds) {

  // Not the time on the wall, which counts what other processes take as well.
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  /** Runs all of it, on several threads: each run is alone in its own virtual time. */
  public CampaignResult run(int threads, Progress progress) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      // All are handed over before the first is waited for.
      Map<Run, Future<RunResult>> runs = new HashMap<>();
      List<PlannedPoint> plan =
          points.stream().map(point -> plan(point, runs, executor, progress)).toList();
      List<PointResult> results = new ArrayList<>();
      for (PlannedPoint planned : plan) {
        results.add(planned.result());
      }
      return new CampaignResult(results);
    } finally {
      executor.shutdownNow();
    }
  }

  /** What decides the measurements of a run. */
  private record Run(Scenario heeded, String strategy, long seed) {}

  private record PlannedPoint(ScenarioPoint point, List<PlannedStrategy> strategies) {

    PointResult result() throws InterruptedException {
      List<StrategyResult> results = new ArrayList<>();
      for (PlannedStrategy strategy : strategies) {
        results.add(new StrategyResult(strategy.name(), results(strategy.runs())));
      }
      return new PointResult(point, results);
    }
  }

  private record PlannedStrategy(String name, List<Future<RunResult>> runs) {}

  /** Hands over what has not been handed over for a point before this one. */
  private PlannedPoint plan(
      ScenarioPoint point,
      Map<Run, Future<RunResult>> planned,
      ExecutorService executor,
      Progress progress) {
    List<PlannedStrategy> ofPoint = new ArrayList<>();
    for (String strategy : strategies) {
      List<Future<RunResult>> runs = new ArrayList<>();
      for (long seed = 1; seed <= seedsOf(point); seed++) {
        Run run = new Run(Strategies.heededBy(strategy, point.scenario()), strategy, seed);
        runs.add(
            planned.computeIfAbsent(
                run, wanted -> executor.submit(() -> simulate(wanted, progress))));
      }
      ofPoint.add(new PlannedStrategy(strategy, runs));
    }
    return new PlannedPoint(point, ofPoint);
  }

  /** How many requests are expected in all runs together. */
  public double expectedRequests() {
    Set<Run> runs = new HashSet<>();
    for (ScenarioPoint point : points) {
      for (String strategy : strategies) {
        for (long seed = 1; seed <= seedsOf(point); seed++) {
          runs.add(new Run(Strategies.heededBy(strategy, point.scenario()), strategy, seed));
        }
      }
    }
    return runs.stream().mapToDouble(run -> Simulation.expectedRequests(run.heeded())).sum();
  }

  private int seedsOf(ScenarioPoint point) {
    return seeds > 0 ? seeds : point.scenario().seeds();
  }

  private static RunResult simulate(Run run, Progress progress) {
    double expected = Simulation.expectedRequests(run.heeded());
    long startNanos = CPU.getCurrentThreadCpuTime();
    double[] done = {0};
    RunResult result =
        RunResult.of(
            run.seed(),
            new Simulation(run.heeded(), run.strategy(), run.seed())
                .run(share -> {
                  progress.advanced((share - done[0]) * expected);
                  done[0] = share;
                }));
    progress.ran(run.strategy(), result.requests(), CPU.getCurrentThreadCpuTime() - startNanos);
    return result;
  }

  private static List<RunResult> results(List<Future<RunResult>> runs) throws InterruptedException {
    List<RunResult> results = new ArrayList<>();
    for (Future<RunResult> run : runs) {
      try {
        results.add(run.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a run has failed", e.getCause());
      }
    }
    return results;
  }
}
