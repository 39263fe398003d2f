package dev.lookaside.lb.subscribe;

import dev.lookaside.v1.SubscribeResponse;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** One message as it goes over the wire, made once for all who get it. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record EncodedUpdate(Kind kind, byte[] bytes) {

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
    return new EncodedUpdate(kind, response.toByteArray());
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
