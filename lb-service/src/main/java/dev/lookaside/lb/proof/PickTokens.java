package dev.lookaside.lb.proof;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.lookaside.core.time.Ticker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Makes the token of each pick, and says what one that comes back proves. Nothing is kept of a pick
 * but one bit: all else is in the token, under a keyed hash (SipHash-2-4) with a key that no other
 * balancer has and that ends with this process.
 *
 * <pre>
 * life of the balancer (4) · client (4) · number (8) · time (8) · hash of these and the endpoint (8)
 * </pre>
 */
public final class PickTokens {
  private static final int HASHED = 2 * Integer.BYTES + 2 * Long.BYTES;
  private static final int LENGTH = HASHED + Long.BYTES;

  private final HashFunction hash;
  private final int life;
  private final LatestPicks picks = new LatestPicks();
  private final Ticker ticker;

  /**
   * @param random of cryptographic strength
   */
  public PickTokens(RandomGenerator random, Ticker ticker) {
    this.hash = Hashing.sipHash24(random.nextLong(), random.nextLong());
    this.life = random.nextInt();
    this.ticker = ticker;
  }

  /** What stands for an incarnation of an endpoint in its tokens; to be kept, for many picks. */
  public long digest(String service, String id, String incarnation) {
    return hash.newHasher()
        .putInt(service.length())
        .putString(service, StandardCharsets.UTF_8)
        .putInt(id.length())
        .putString(id, StandardCharsets.UTF_8)
        .putString(incarnation, StandardCharsets.UTF_8)
        .hash()
        .asLong();
  }

  /** The same for picks by one part of a blend, whose outcomes are told apart. */
  public long digest(String service, String id, String incarnation, String policy) {
    return hash.newHasher()
        .putLong(digest(service, id, incarnation))
        .putString(policy, StandardCharsets.UTF_8)
        .hash()
        .asLong();
  }

  /** The token of a new pick. */
  public ByteString issue(long endpoint, int client) {
    ByteBuffer token = ByteBuffer.allocate(LENGTH);
    token.putInt(life).putInt(client).putLong(picks.next()).putLong(ticker.nanos());
    token.putLong(HASHED, hash(token, endpoint));
    return UnsafeByteOperations.unsafeWrap(token.array());
  }

  /** Says what a token proves that a client returns; a good one is good once. */
  public Redemption redeem(ByteString token, long endpoint, int client) {
    if (token.size() != LENGTH) {
      return new Redemption.Bad(Ignored.FORGED);
    }
    ByteBuffer read = ByteBuffer.wrap(token.toByteArray());
    if (read.getInt() != life) {
      return new Redemption.Bad(Ignored.FOREIGN);
    }
    int pickedFor = read.getInt();
    long number = read.getLong();
    long atNanos = read.getLong();
    if (read.getLong() != hash(read, endpoint)) {
      return new Redemption.Bad(Ignored.FORGED);
    }
    if (pickedFor != client) {
      return new Redemption.Bad(Ignored.FOREIGN);
    }
    if (picks.isForgotten(number)) {
      return new Redemption.Bad(Ignored.EXPIRED);
    }
    return picks.report(number)
        ? Redemption.Good.at(atNanos)
        : new Redemption.Bad(Ignored.REPLAYED);
  }

  /** Of what is before the hash, and of the endpoint, which takes the hash's place for it. */
  @SuppressWarnings("ByteBufferBackingArray") // each token has an array of its own
  private long hash(ByteBuffer token, long endpoint) {
    token.putLong(HASHED, endpoint);
    return hash.hashBytes(token.array()).asLong();
  }
}
