package dev.lookaside.etcd.embedded.rpc;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers every call that no service takes, so that its caller learns why. */
public final class Unsupported extends HandlerRegistry {

  /** A service with some of its methods only; the others are left to this registry. */
  public static ServerServiceDefinition only(BindableService service, Set<String> supported) {
    ServerServiceDefinition all = service.bindService();
    ServerServiceDefinition.Builder some =
        ServerServiceDefinition.builder(all.getServiceDescriptor().getName());
    all.getMethods().stream()
        .filter(method -> supported.contains(method.getMethodDescriptor().getBareMethodName()))
        .forEach(some::addMethod);
    return some.build();
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
    return ServerMethodDefinition.create(descriptor(method), Unsupported::refuse);
  }

  private static MethodDescriptor<ByteString, ByteString> descriptor(String method) {
    return MethodDescriptor.<ByteString, ByteString>newBuilder()
        .setType(MethodDescriptor.MethodType.UNKNOWN)
        .setFullMethodName(method)
        .setRequestMarshaller(new WireBytes())
        .setResponseMarshaller(new WireBytes())
        .build();
  }

  private static ServerCall.Listener<ByteString> refuse(
      ServerCall<ByteString, ByteString> call, Metadata headers) {
    call.close(
        Status.UNIMPLEMENTED.withDescription(
            call.getMethodDescriptor().getFullMethodName()
                + " is not part of the embedded etcd (expected: KV, Lease, Watch,"
                + " Maintenance/Status or Cluster/MemberList; a real etcd has the rest)"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
