package dev.lookaside.app.command;

import java.util.List;

/** What a command line asks for. */
sealed interface Request {

  /** Tell what can be set. */
  record Help() implements Request {}

  /** Tell which version this is. */
  record Version() implements Request {}

  /**
   * Start.
   *
   * @param properties arguments as Spring Boot takes them, each property once
   */
  record Start(List<String> properties) implements Request {}
}
