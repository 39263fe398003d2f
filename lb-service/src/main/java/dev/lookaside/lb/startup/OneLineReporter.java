package dev.lookaside.lb.startup;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says on one line of stderr why the process cannot start; Spring's own report is turned off. */
public final class OneLineReporter implements FailureAnalysisReporter {

  @Override
  @SuppressWarnings("SystemOut") // the log may not work yet, and this line is the whole message
  public void report(FailureAnalysis analysis) {
    System.err.println(String.join(" ", analysis.getDescription().split("\\s+")));
  }
}
