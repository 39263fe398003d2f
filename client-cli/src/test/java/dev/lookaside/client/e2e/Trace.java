package dev.lookaside.client.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.otlp.CollectedSpan;
import java.util.List;
import java.util.function.Predicate;

/** The spans of one task, out of all that a collector has. */
final class Trace {
  private Trace() {}

  /** The trace of the one task of a client; nothing as long as the task's own span is missing. */
  static List<CollectedSpan> ofClient(String id, List<CollectedSpan> collected) {
    List<String> traces =
        collected.stream()
            .filter(span -> span.name().equals("task"))
            .filter(span -> span.attribute("lookaside.client.id").equals(id))
            .map(CollectedSpan::traceId)
            .toList();
    return collected.stream().filter(span -> traces.contains(span.traceId())).toList();
  }

  /** Whether so many spans of it have come. */
  static Predicate<List<CollectedSpan>> isWhole(String clientId, int spans) {
    return collected -> ofClient(clientId, collected).size() >= spans;
  }

  static CollectedSpan one(List<CollectedSpan> trace, String service, String kind) {
    List<CollectedSpan> found =
        trace.stream()
            .filter(span -> span.service().equals(service) && span.kind().equals(kind))
            .toList();
    assertThat(found).describedAs("%s of %s in %s", kind, service, trace).hasSize(1);
    return found.get(0);
  }

  static CollectedSpan parentOf(CollectedSpan child, List<CollectedSpan> trace) {
    List<CollectedSpan> found = trace.stream().filter(child::isChildOf).toList();
    assertThat(found).describedAs("parents of %s in %s", child, trace).hasSize(1);
    return found.get(0);
  }
}
