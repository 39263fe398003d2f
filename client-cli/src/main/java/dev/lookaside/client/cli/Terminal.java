package dev.lookaside.client.cli;

import java.io.Console;

/** Whether people read what we print. */
final class Terminal {
  private Terminal() {}

  /** Since JDK 22 there is a console also where there is no terminal. */
  @SuppressWarnings("SystemConsoleNull") // before JDK 22 it does return null
  static boolean isThere() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
