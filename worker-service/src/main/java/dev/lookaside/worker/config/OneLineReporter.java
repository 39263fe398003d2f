package dev.lookaside.worker.config;

import static java.util.stream.Collectors.joining;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says why the start failed in one line on standard error, for people and for supervisors. */
public final class OneLineReporter implements FailureAnalysisReporter {

  @Override
  public void report(FailureAnalysis analysis) {
    print(analysis.getDescription());
  }

  static void print(String text) {
    String line =
        text.lines().map(String::strip).filter(part -> !part.isEmpty()).collect(joining(" "));
    System.err.println(line);
  }
}
