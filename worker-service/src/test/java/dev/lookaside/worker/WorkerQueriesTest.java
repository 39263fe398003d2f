package dev.lookaside.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.metrics.DocumentedMetrics;
import dev.lookaside.testing.metrics.Exported;
import dev.lookaside.testing.metrics.Queries;
import dev.lookaside.testing.metrics.Wanted;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What dashboards, rules and docs say of workers is what a worker exports. */
final class WorkerQueriesTest {
  private static final Path PROJECT = Path.of("..");

  private static RunningWorker worker;
  private static Exported exported;

  @BeforeAll
  static void work() throws Exception {
    worker = RunningWorker.start();
    var unused = worker.execute("sum-up 10");
    exported = new Exported(worker.http("/actuator/prometheus"));
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void everyMetricAndLabelThatIsAskedForIsExported() {
    List<Wanted> ofWorkers =
        Queries.all(PROJECT).stream().filter(Wanted::isOfWorkers).map(Wanted::atWorker).toList();

    assertThat(ofWorkers).hasSizeGreaterThan(2);
    assertThat(exported.missing(ofWorkers)).isEmpty();
  }

  @Test
  void everyMetricAndLabelThatTheDocsPromiseIsExported() {
    List<Wanted> promised = DocumentedMetrics.ofWorkers(PROJECT);

    assertThat(promised).extracting(Wanted::metric).contains("lookaside_lease_losses");
    assertThat(exported.broken(promised)).isEmpty();
  }

  @Test
  void aPromiseThatIsNotKeptIsFound() {
    assertThat(
            exported.broken(
                List.of(
                    new Wanted("lookaside_tasks", Set.of("task", "outcome"), "a"),
                    new Wanted("lookaside_tasks", Set.of("verb"), "b"),
                    new Wanted("lookaside_task", Set.of(), "c"))))
        .containsExactly("lookaside_tasks[verb] of: b", "lookaside_task[] of: c");
  }
}
