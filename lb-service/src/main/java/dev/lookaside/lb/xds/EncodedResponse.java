package dev.lookaside.lb.xds;

import dev.lookaside.xds.v3.DiscoveryResponse;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A response whose resources are encoded already. Its head is one client's own; the parts that
 * follow are shared by all who get them, for a message's fields may come in any order.
 */
record EncodedResponse(ResourceType type, List<byte[]> parts) {

  static EncodedResponse of(ResourceType type, DiscoveryResponse head, List<byte[]> resources) {
    List<byte[]> parts = new ArrayList<>(resources.size() + 1);
    parts.add(head.toByteArray());
    parts.addAll(resources);
    return new EncodedResponse(type, parts);
  }

  int size() {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    return size;
  }

  /** Writes what is encoded already; reads nothing, for only clients do. */
  static final class Marshaller implements MethodDescriptor.Marshaller<EncodedResponse> {

    @Override
    public InputStream stream(EncodedResponse response) {
      return new Parts(response);
    }

    @Override
    public EncodedResponse parse(InputStream stream) {
      throw new UnsupportedOperationException("a balancer only sends responses");
    }
  }

  /** Lets gRPC take all bytes with one copy. */
  private static final class Parts extends InputStream implements Drainable, KnownLength {
    private final EncodedResponse response;
    private final InputStream rest;
    private int left;

    Parts(EncodedResponse response) {
      this.response = response;
      this.left = response.size();
      this.rest =
          new SequenceInputStream(
              Collections.enumeration(
                  response.parts().stream().map(ByteArrayInputStream::new).toList()));
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = left;
      for (byte[] part : response.parts()) {
        target.write(part);
      }
      left = 0;
      return length;
    }

    @Override
    public int available() {
      return left;
    }

    @Override
    public int read() throws IOException {
      int next = rest.read();
      left -= next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = rest.read(target, offset, length);
      left -= Math.max(0, count);
      return count;
    }
  }
}
