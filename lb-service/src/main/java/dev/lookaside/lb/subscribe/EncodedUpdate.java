package dev.lookaside.lb.subscribe;

import dev.lookaside.v1.SubscribeResponse;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire in one message, made once for all who get it; what is long also in
 * several, for those who put it together themselves.
 *
 * @param pieces which are messages, and one in a row: Protobuf adds up what they say
 */
record EncodedUpdate(Kind kind, List<byte[]> pieces) {

  /** What it is about, for the meters. */
  enum Kind {
    TABLE,
    DELTA,
    LOADS,
    BALANCERS,
    HEARTBEAT,
    TERMS,
    CATCH_UP
  }

  static EncodedUpdate of(SubscribeResponse response) {
    Kind kind =
        switch (response.getUpdateCase()) {
          case TABLE -> Kind.TABLE;
          case DELTA -> Kind.DELTA;
          case LOADS -> Kind.LOADS;
          case BALANCERS -> Kind.BALANCERS;
          case HEARTBEAT -> Kind.HEARTBEAT;
          case TERMS -> Kind.TERMS;
          case CATCH_UP -> Kind.CATCH_UP;
          case UPDATE_NOT_SET -> throw new IllegalArgumentException("an update without content");
        };
    return new EncodedUpdate(kind, List.of(response.toByteArray()));
  }

  /** Several messages that are one update. */
  static EncodedUpdate of(Kind kind, List<byte[]> pieces) {
    return new EncodedUpdate(kind, List.copyOf(pieces));
  }

  boolean isLong() {
    return pieces.size() > 1;
  }

  /** The same in as many messages as it has pieces. */
  List<EncodedUpdate> parts() {
    return pieces.stream().map(piece -> new EncodedUpdate(kind, List.of(piece))).toList();
  }

  int length() {
    return pieces.stream().mapToInt(piece -> piece.length).sum();
  }

  byte[] bytes() {
    if (!isLong()) {
      return pieces.get(0);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(length());
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** By identity: each is made once. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOtherThan(@Nullable EncodedUpdate other) {
    return this != other;
  }

  /** Writes what is encoded already; reads nothing, for only clients do. */
  static final class Marshaller implements MethodDescriptor.Marshaller<EncodedUpdate> {

    @Override
    public InputStream stream(EncodedUpdate update) {
      return new Bytes(update.bytes());
    }

    @Override
    public EncodedUpdate parse(InputStream stream) {
      throw new UnsupportedOperationException("a balancer only sends updates");
    }
  }

  /** Lets gRPC take all bytes with one copy. */
  private static final class Bytes extends ByteArrayInputStream implements Drainable, KnownLength {

    Bytes(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = count - pos;
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }
}
