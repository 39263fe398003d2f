package dev.lookaside.client.grpc.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The warnings of one class, as long as it is open. */
public final class CapturedLog implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Handler handler = new Catching();

  /**
   * @param name of a class
   */
  public CapturedLog(String name) {
    logger = Logger.getLogger(name);
    logger.addHandler(handler);
  }

  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }

  private final class Catching extends Handler {
    private final SimpleFormatter words = new SimpleFormatter();

    Catching() {
      setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord written) {
      if (isLoggable(written)) {
        lines.add(words.formatMessage(written));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
