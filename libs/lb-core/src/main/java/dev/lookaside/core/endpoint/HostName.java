package dev.lookaside.core.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this machine calls itself: the first half of the ids that nobody chose. */
public final class HostName {

  private HostName() {}

  /** Such as {@code host-50052}: unique as long as hosts are and each port has one process. */
  public static String withPort(String otherwise, int port) {
    return or(otherwise) + "-" + port;
  }

  /** The name of this machine, or {@code otherwise} if it has none. */
  public static String or(String otherwise) {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return otherwise;
    }
  }
}
