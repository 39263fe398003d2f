package dev.lookaside.worker.execution;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The tasks of this worker in Micrometer. */
public final class TaskMetrics implements TaskListener {
  private static final Duration[] BOUNDARIES = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1)
  };

  private final MeterProvider<Counter> ended;
  private final MeterProvider<Timer> durations;

  public TaskMetrics(MeterRegistry registry, ComputePool pool) {
    ended =
        Counter.builder("lookaside.tasks")
            .description("Requests that ended, by task and outcome")
            .withRegistry(registry);
    durations =
        Timer.builder("lookaside.task.duration")
            .description("How long tasks that succeeded ran, without time in the queue")
            .serviceLevelObjectives(BOUNDARIES)
            .withRegistry(registry);
    Gauge.builder("lookaside.computations.running", pool, ComputePool::running)
        .description("Computations that hold a slot")
        .register(registry);
    Gauge.builder("lookaside.computations.queued", pool, ComputePool::queued)
        .description("Computations that wait for a slot")
        .register(registry);
    Gauge.builder("lookaside.computations.capacity", pool, ComputePool::capacity)
        .description("Slots")
        .register(registry);
  }

  @Override
  public void ended(String task, Outcome outcome) {
    ended.withTags("task", task, "outcome", outcome.label()).increment();
    if (outcome instanceof Outcome.Done done) {
      durations.withTags("task", task).record(done.duration());
    }
  }
}
