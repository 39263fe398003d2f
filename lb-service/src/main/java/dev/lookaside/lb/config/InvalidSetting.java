package dev.lookaside.lb.config;

/** A setting that cannot be used. The message is one line for the operator. */
public final class InvalidSetting extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public InvalidSetting(String name, Object value, String expected) {
    this(name + " is '" + value + "' (expected: " + expected + ")");
  }

  /**
   * A refusal in words of its own.
   *
   * @param message names the setting, its value and what is allowed
   */
  public InvalidSetting(String message) {
    super(message);
  }
}
