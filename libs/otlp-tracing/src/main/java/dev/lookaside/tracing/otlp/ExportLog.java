package dev.lookaside.tracing.otlp;

import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Makes a line of what OpenTelemetry's exporter writes when spans do not arrive. By itself it
 * writes a stack trace for a collector that is away, and writes again at most of the exports that
 * follow; what is new in that is the first line.
 */
final class ExportLog implements Filter {
  /** Kept: loggers of the JDK, and what is set at them, are gone as soon as nobody has them. */
  private static final Logger EXPORTER =
      Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter");

  /** Long enough that a collector that is away for a night fills no log. */
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final String collector;
  private final LineLimit lines;

  private ExportLog(String collector, Ticker ticker) {
    this.collector = collector;
    this.lines = new LineLimit(ticker, INTERVAL, 1);
  }

  /** From now on, for this process. */
  static void keepShort(String collector, Ticker ticker) {
    EXPORTER.setFilter(new ExportLog(collector, ticker));
  }

  /** Whether to write it, and then as it is now. */
  @Override
  public boolean isLoggable(LogRecord record) {
    if (record.getLevel().intValue() < Level.WARNING.intValue()) {
      return true;
    }
    AtomicBoolean isWritten = new AtomicBoolean();
    lines.write(
        "export",
        leftOut -> {
          shorten(record, leftOut);
          isWritten.set(true);
        });
    return isWritten.get();
  }

  private void shorten(LogRecord record, String leftOut) {
    Throwable thrown = record.getThrown();
    String cause = thrown == null ? "" : " (" + thrown + ")";
    record.setMessage(
        "traces do not reach " + collector + ": " + record.getMessage() + cause + leftOut);
    record.setThrown(null);
    record.setLevel(Level.WARNING);
  }
}
