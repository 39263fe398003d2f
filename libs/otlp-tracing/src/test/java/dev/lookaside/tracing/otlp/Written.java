package dev.lookaside.tracing.otlp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged from warnings on, by whomever. */
final class Written extends Handler {
  private static final Logger ALL = Logger.getLogger("");

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private Written() {
    setLevel(Level.WARNING);
  }

  static Written fromNowOn() {
    Written written = new Written();
    ALL.addHandler(written);
    return written;
  }

  List<LogRecord> records() {
    return List.copyOf(records);
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      records.add(record);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ALL.removeHandler(this);
  }
}
