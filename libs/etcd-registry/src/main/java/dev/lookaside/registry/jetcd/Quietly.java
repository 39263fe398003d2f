package dev.lookaside.registry.jetcd;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what is given up anyway: a failure to do so changes nothing. */
final class Quietly {
  private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);

  private Quietly() {}

  static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.debug("could not close {}", resource, e);
    }
  }
}
