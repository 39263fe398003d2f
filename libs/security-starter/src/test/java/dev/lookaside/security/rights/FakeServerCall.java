package dev.lookaside.security.rights;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/** A stream of texts from a client, that remembers how it was ended. */
final class FakeServerCall extends ServerCall<String, String> {
  private final MethodDescriptor<String, String> method;
  private Optional<Status> closed = Optional.empty();

  /**
   * @param method its full name
   */
  FakeServerCall(String method) {
    this.method =
        MethodDescriptor.<String, String>newBuilder()
            .setType(MethodType.CLIENT_STREAMING)
            .setFullMethodName(method)
            .setRequestMarshaller(new NeverSent())
            .setResponseMarshaller(new NeverSent())
            .build();
  }

  /** Empty while it is open. */
  Optional<Status> closed() {
    return closed;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (closed.isPresent()) {
      throw new IllegalStateException("closed already: " + closed.get());
    }
    closed = Optional.of(status);
  }

  @Override
  public Attributes getAttributes() {
    return Attributes.EMPTY;
  }

  @Override
  public MethodDescriptor<String, String> getMethodDescriptor() {
    return method;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void request(int messages) {}

  @Override
  public void sendHeaders(Metadata headers) {}

  @Override
  public void sendMessage(String message) {}

  private static final class NeverSent implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String message) {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public String parse(InputStream bytes) {
      return "";
    }
  }
}
