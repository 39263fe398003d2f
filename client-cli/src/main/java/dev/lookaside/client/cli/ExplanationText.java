package dev.lookaside.client.cli;

import dev.lookaside.v1.Candidate;
import dev.lookaside.v1.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** A decision as lines of text. */
final class ExplanationText {
  private final Ansi ansi;

  ExplanationText(Ansi ansi) {
    this.ansi = ansi;
  }

  /** On one line. */
  String line(Explanation decision) {
    return "%s %s %s -> %s (%s, seed %d)"
        .formatted(
            Show.instant(decision.getAt()),
            Plain.text(decision.getService()),
            decision.getClientId().isEmpty() ? Show.UNKNOWN : Plain.text(decision.getClientId()),
            decision.getChosenId().isEmpty() ? "nobody" : Plain.text(decision.getChosenId()),
            decision.getPolicy(),
            decision.getSeed());
  }

  List<String> lines(Explanation decision) {
    List<String> lines = new ArrayList<>();
    lines.add(line(decision));
    lines.add("by " + decision.getRuleId() + ": " + Plain.text(decision.getRule()));
    lines.add(
        "table version %d%s"
            .formatted(
                decision.getTableVersion(),
                decision.getStateMap().isEmpty() ? "" : ", " + values(decision.getStateMap())));
    Table table =
        new Table(1, 7, 8)
            .row(
                "WORKER",
                "STANDING",
                "IN FLIGHT",
                "REPORTED",
                "AGE",
                "SENT SINCE",
                "LATENCY",
                "VALUES",
                "WHY");
    decision.getCandidatesList().forEach(candidate -> table.row(cells(candidate)));
    List<String> rows = table.lines();
    lines.add(Paint.FAINT.on(ansi, rows.get(0)));
    for (int i = 0; i < decision.getCandidatesCount(); i++) {
      Candidate candidate = decision.getCandidates(i);
      boolean isChosen = candidate.getEndpointId().equals(decision.getChosenId());
      boolean isOpen = candidate.getStanding().equals("open");
      Paint paint = isChosen ? Paint.GOOD : isOpen ? Paint.PLAIN : Paint.FAINT;
      lines.add(paint.on(ansi, rows.get(i + 1) + (isChosen ? "  <- picked" : "")));
    }
    return lines;
  }

  private static String[] cells(Candidate candidate) {
    return new String[] {
      Plain.text(candidate.getEndpointId()),
      Plain.text(candidate.getStanding()),
      candidate.hasInFlight() ? Show.number(candidate.getInFlight()) : Show.UNKNOWN,
      candidate.hasLoad() ? Show.number(candidate.getLoad().getRequestsInFlight()) : Show.UNKNOWN,
      candidate.hasLoad() ? Show.millis(candidate.getLoad().getAge()) : Show.UNKNOWN,
      candidate.hasLoad() ? String.valueOf(candidate.getLoad().getDispatchedSince()) : Show.UNKNOWN,
      candidate.hasLatency() ? Show.millis(candidate.getLatency()) : Show.UNKNOWN,
      candidate.getValuesMap().isEmpty() ? Show.UNKNOWN : values(candidate.getValuesMap()),
      Plain.text(candidate.getReason())
    };
  }

  private static String values(Map<String, Double> values) {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(value -> Plain.text(value.getKey()) + " " + Show.number(value.getValue()))
        .collect(Collectors.joining(", "));
  }
}
