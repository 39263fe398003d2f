package dev.lookaside.etcd.starter.failure;

import static java.util.stream.Collectors.joining;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Says why the start failed in one line on standard error, for people and for supervisors.
 *
 * <p>An application that wants it names it in its own {@code META-INF/spring.factories}, and turns
 * the logger {@code org.springframework.boot.diagnostics} off, which says the same in many lines.
 */
public final class OneLineReporter implements FailureAnalysisReporter {

  @Override
  public void report(FailureAnalysis analysis) {
    print(analysis.getDescription());
  }

  /** Prints the text as one line. */
  @SuppressWarnings("SystemOut") // the log may not work yet, and this line is the whole message
  public static void print(String text) {
    System.err.println(
        text.lines().map(String::strip).filter(part -> !part.isEmpty()).collect(joining(" ")));
  }
}
