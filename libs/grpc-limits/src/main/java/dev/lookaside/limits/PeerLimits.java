package dev.lookaside.limits;

import dev.lookaside.core.check.Require;
import java.time.Duration;

/**
 * How much a server keeps of its peers. What is in all stays below the heap, so that no peer ends
 * the process; what is for one address leaves room for the others.
 *
 * @param connections how many there may be
 * @param calls how many may be open; streams are refused from three quarters of it on, so that
 *     short calls have room when streams do not
 * @param callsPerConnection how many of them on one connection
 * @param messageBytes what messages may take together that have come in part
 * @param messageBytesPerConnection what they may take on one connection
 * @param addressShare which share of connections, calls and bytes one address may have
 * @param patience how long a peer may take to greet, and to send the rest of a message
 * @param resets how many calls the connections of one address may take back within half a minute
 */
public record PeerLimits(
    int connections,
    int calls,
    int callsPerConnection,
    long messageBytes,
    long messageBytesPerConnection,
    double addressShare,
    Duration patience,
    int resets) {
  static final Duration RESET_WINDOW = Duration.ofSeconds(30);

  /** About what a connection without calls takes, with TLS. */
  private static final int CONNECTION_BYTES = 20 << 10;

  /** About twice what an open call takes. */
  private static final int CALL_BYTES = 8 << 10;

  private static final int HEAP_PER_MESSAGE_BYTE = 8;
  private static final int CONNECTION_PER_ALL = 4;
  private static final long LARGE_MESSAGE = 5 << 20;

  public PeerLimits {
    Require.atLeast("connections", connections, 1);
    Require.atLeast("calls", calls, 1);
    Require.atLeast("callsPerConnection", callsPerConnection, 1);
    Require.aboveZero("messageBytes", messageBytes);
    Require.within("messageBytesPerConnection", messageBytesPerConnection, 1, messageBytes);
    Require.aboveZero("addressShare", addressShare, 1);
    Require.aboveZero("patience", patience);
    Require.atLeast("resets", resets, 1);
  }

  /** What a heap of this size has room for. */
  public static PeerLimits forHeap(long heapBytes) {
    long messages = Math.max(heapBytes / HEAP_PER_MESSAGE_BYTE, 2 * LARGE_MESSAGE);
    return new PeerLimits(
        (int) Math.max(500, Math.min(20_000, heapBytes / CONNECTION_BYTES)),
        (int) Math.max(2_000, Math.min(200_000, heapBytes / CALL_BYTES)),
        1_000,
        messages,
        Math.max(messages / CONNECTION_PER_ALL, LARGE_MESSAGE),
        0.5,
        Duration.ofSeconds(20),
        20_000);
  }

  long share(long all) {
    return Math.max(1, (long) (all * addressShare));
  }

  /** From how many open calls on streams are refused. */
  int streams() {
    return Math.max(1, calls / 4 * 3);
  }
}
