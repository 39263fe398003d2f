package dev.lookaside.client.task;

/**
 * What to run, and who asks.
 *
 * @param text a verb and its argument, such as "sleep 3"; only the worker knows which are allowed
 * @param clientId shown in logs of the balancer and of the worker
 * @param affinityKey tasks of one key go to one worker, if the policy heeds it; empty: no key
 */
public record Task(String text, String clientId, String affinityKey) {
  static final int LONGEST_KEY = 256;

  /** A task without a key. */
  public Task(String text, String clientId) {
    this(text, clientId, "");
  }

  public Task {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "task is '" + text + "' (expected: a verb and its argument, such as \"sleep 3\")");
    }
    if (clientId.isEmpty() || clientId.length() > ClientSettings.LONGEST_NAME) {
      throw new IllegalArgumentException(
          "client id is '"
              + clientId
              + "' (expected: 1 to "
              + ClientSettings.LONGEST_NAME
              + " characters)");
    }
    if (affinityKey.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "affinity key has "
              + affinityKey.length()
              + " characters (expected: at most "
              + LONGEST_KEY
              + ")");
    }
  }
}
