package dev.lookaside.client.record;

import dev.lookaside.v1.CallDating;
import dev.lookaside.v1.CallEnding;
import dev.lookaside.v1.EndpointCondition;
import dev.lookaside.v1.RecordEnd;
import dev.lookaside.v1.RecordResponse;
import dev.lookaside.v1.RecordStart;
import dev.lookaside.v1.RecordedCall;
import dev.lookaside.v1.RecordedLoad;
import dev.lookaside.v1.RecordedLoads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Writes a recording as one CSV file: lines that begin with {@code #} say what it is, then a line
 * of column names, then a row for each call and each look at a load, as they come. A file without
 * the line {@code # complete: yes} is of a recording that was cut off.
 */
public final class TraceWriter {
  private static final String COLUMNS =
      "kind,time,endpoint,latency,ending,dating,condition,weight,capacity,in_flight,utilization";

  private final Writer out;
  private final String service;
  private final Duration duration;
  private long calls;
  private String policy = "";

  /**
   * @param service that is recorded
   * @param duration in which its calls begin
   */
  public TraceWriter(Writer out, String service, Duration duration) {
    this.out = out;
    this.service = service;
    this.duration = duration;
  }

  /** Writes one message; a part of a kind that is not known is skipped. */
  public void write(RecordResponse message) {
    try {
      switch (message.getPartCase()) {
        case START -> start(message.getStart());
        case CALLS -> {
          for (RecordedCall call : message.getCalls().getCallsList()) {
            call(call);
          }
        }
        case LOADS -> loads(message.getLoads());
        case END -> end(message.getEnd());
        case PART_NOT_SET -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many calls were written so far. */
  public long calls() {
    return calls;
  }

  private void start(RecordStart start) throws IOException {
    policy = start.getPolicy();
    out.write("# lookaside trace: 1\n");
    note("service", service);
    note("policy", policy);
    note("balancer", start.getBalancer());
    note(
        "recorded",
        Instant.ofEpochSecond(start.getAt().getSeconds(), start.getAt().getNanos()).toString());
    note("duration", seconds(duration.toNanos()));
    out.write(COLUMNS);
    out.write('\n');
  }

  private void note(String name, String value) throws IOException {
    out.write("# " + name + ": " + value.replaceAll("\\p{Cntrl}", "?") + "\n");
  }

  private void call(RecordedCall call) throws IOException {
    calls++;
    out.write(
        "call,%s,%s,%s,%s,%s,,,,,\n"
            .formatted(
                seconds(call.getAtNanos()),
                quoted(call.getEndpointId()),
                seconds(call.getLatencyNanos()),
                word(call.getEnding()),
                word(call.getDating())));
  }

  private void loads(RecordedLoads loads) throws IOException {
    String at = seconds(loads.getAtNanos());
    for (RecordedLoad load : loads.getLoadsList()) {
      out.write(
          "load,%s,%s,,,,%s,%s,%s,%s,%s\n"
              .formatted(
                  at,
                  quoted(load.getEndpointId()),
                  word(load.getCondition()),
                  number(load.getWeight()),
                  number(load.getCapacity()),
                  load.hasInFlight() ? number(load.getInFlight()) : "",
                  load.hasUtilization() ? number(load.getUtilization()) : ""));
    }
  }

  private void end(RecordEnd end) throws IOException {
    if (!end.getPolicy().equals(policy)) {
      note("policy at the end", end.getPolicy());
    }
    note("left out", Long.toUnsignedString(end.getLeftOut()));
    note("pickers", Integer.toUnsignedString(end.getPickers()));
    note("complete", "yes");
    out.flush();
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  private static String word(CallEnding ending) {
    return switch (ending) {
      case CALL_ENDING_SUCCEEDED -> "succeeded";
      case CALL_ENDING_FAILED -> "failed";
      case CALL_ENDING_REFUSED -> "refused";
      case CALL_ENDING_CANCELLED -> "cancelled";
      case CALL_ENDING_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }

  private static String word(CallDating dating) {
    return switch (dating) {
      case CALL_DATING_PICK -> "pick";
      case CALL_DATING_STATISTICS -> "statistics";
      case CALL_DATING_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }

  private static String word(EndpointCondition condition) {
    return switch (condition) {
      case ENDPOINT_CONDITION_READY -> "ready";
      case ENDPOINT_CONDITION_CONNECTING -> "connecting";
      case ENDPOINT_CONDITION_TRANSIENT_FAILURE -> "transient_failure";
      case ENDPOINT_CONDITION_EJECTED -> "ejected";
      case ENDPOINT_CONDITION_DRAINING -> "draining";
      case ENDPOINT_CONDITION_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }

  private static String quoted(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    boolean plain = printable.chars().noneMatch(c -> c == ',' || c == '"');
    return plain ? printable : '"' + printable.replace("\"", "\"\"") + '"';
  }
}
