package dev.lookaside.app.limits;

import dev.lookaside.core.check.Require;
import dev.lookaside.limits.PeerLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the gRPC server of this process takes from its peers. What is refused is counted by
 * lookaside.limits.hit.
 *
 * @param enabled Whether the server of a worker is bounded; false leaves it as gRPC makes it. The
 *     server of a balancer always is.
 * @param connections How many connections there may be, 1 to 1000000. Default: one for each 20 KiB
 *     of the heap, at most 20000.
 * @param calls How many calls may be open, 4 to 10000000; streams are refused from three quarters
 *     of it on. Default: one for each 8 KiB of the heap, at most 200000.
 * @param callsPerConnection How many calls may be open on one connection, 1 to 100000.
 * @param messageBytes What messages may take together that have come in part, 64KB or more.
 *     Default: an eighth of the heap.
 * @param messageBytesPerConnection What they may take on one connection, at most what all may.
 *     Default: a quarter of that, at least 5MB.
 * @param addressShare Share of connections, calls and bytes that one address may have, above 0, at
 *     most 1; an IPv6 address stands for its network of 64 bits.
 * @param patience How long a peer may take to greet, and to send the rest of a message, 1s to 1h.
 * @param resets How many calls the connections of one address may take back within 30 s, 1 to
 *     100000000.
 */
@ConfigurationProperties("lookaside.limits")
public record LimitProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable Integer connections,
    @Nullable Integer calls,
    @DefaultValue("1000") int callsPerConnection,
    @Nullable DataSize messageBytes,
    @Nullable DataSize messageBytesPerConnection,
    @DefaultValue("0.5") double addressShare,
    @DefaultValue("20s") Duration patience,
    @DefaultValue("20000") int resets) {
  private static final String PREFIX = "lookaside.limits.";
  private static final long LEAST_MESSAGE_BYTES = 64 << 10;

  public LimitProperties {
    if (connections != null) {
      Require.within(PREFIX + "connections", connections, 1, 1_000_000);
    }
    if (calls != null) {
      Require.within(PREFIX + "calls", calls, 4, 10_000_000);
    }
    Require.within(PREFIX + "calls-per-connection", callsPerConnection, 1, 100_000);
    if (messageBytes != null) {
      Require.atLeast(PREFIX + "message-bytes", messageBytes.toBytes(), LEAST_MESSAGE_BYTES);
    }
    if (messageBytesPerConnection != null) {
      Require.atLeast(
          PREFIX + "message-bytes-per-connection", messageBytesPerConnection.toBytes(), 1);
    }
    Require.aboveZero(PREFIX + "address-share", addressShare, 1);
    Require.within(PREFIX + "patience", patience, Duration.ofSeconds(1), Duration.ofHours(1));
    Require.within(PREFIX + "resets", resets, 1, 100_000_000);
  }

  /** What is set, and for the rest what a heap of this size has room for. */
  public PeerLimits forHeap(long heapBytes) {
    PeerLimits room = PeerLimits.forHeap(heapBytes);
    long all = messageBytes == null ? room.messageBytes() : messageBytes.toBytes();
    long one =
        messageBytesPerConnection == null
            ? room.messageBytesPerConnection()
            : messageBytesPerConnection.toBytes();
    return new PeerLimits(
        connections == null ? room.connections() : connections,
        calls == null ? room.calls() : calls,
        callsPerConnection,
        all,
        Math.min(one, all),
        addressShare,
        patience,
        resets);
  }
}
